"""What goes out: exports of incidents, without the names of private persons, and the codebook that explains them.

What comes in: incidents, and a function that gives their reports by id. What goes out: bytes on a stream. It knows no database.

    export("csv", incidents, reports, out)      # any of FORMATS; `internal=True` leaves all names in
    public(incident, reports)                   # what of one incident may be shown; None where it is withheld (`Privacy` for many)
    masked(words)                               # words with private names as […]
    codebook()                                  # what every column and every noun means, as Markdown

To add

- a format: a module with `EXPORTS`, its line in `formats._MODULES`; from another package an `Export` as an entry point of the group `marsad.exports`;
- a column: a `Column` in `columns.py` (CSV, XLSX, Parquet, GeoJSON) with its meaning, and the codebook has it;
- a public figure: a line in `knowledge/public_figures.csv`, with the office; a word that shows a name to be a person's: `knowledge/persons.toml`;
- a field of the model to what is published: in `privacy.py`, which makes the public form field by field.
"""

from marsad.release.codebook import codebook
from marsad.release.columns import Column
from marsad.release.formats import FORMATS, Export, ExportError, Release, export, export_names
from marsad.release.masking import MASK, Reports, masked
from marsad.release.privacy import Privacy, public

write = export
"""The former name of `export`."""

__all__ = [
    "FORMATS", "MASK", "Column", "Export", "ExportError", "Privacy", "Release", "Reports", "codebook", "export", "export_names", "masked", "public", "write",
]  # fmt: skip
