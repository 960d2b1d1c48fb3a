"""The pages of the public side, one module a family. A page is a function of the site, the reader's speech and what is asked for; it gives `Rendered`."""
