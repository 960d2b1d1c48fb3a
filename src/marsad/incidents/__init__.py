"""Incidents: what many reports tell, put together.

What comes in: reports, and later their readings. What goes out: clusters of reports that are one text passed on (`copies`). It may not know how a
report was taken in or read. To teach it another name of an agency: a line in `knowledge/sources.csv`.
"""

from marsad.incidents.copies import copies

__all__ = ["copies"]
