"""How fast marsad reads: `python -m bench` measures everything in one run and prints a page of tables; `--write` keeps it as `docs/bench.md`.

pages    an HTML page around a report, as news themes make them
texts    the reports that are read: the shared corpus where it is, else the samples that ship with the package
measure  the measurements, each a function that gives rows
"""
