"""One module a version, `v` and its number in front; each is written once and never changed."""
