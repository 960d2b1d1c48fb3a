"""Reading: from a report to the events that it tells, each field with the words that say it.

What comes in: a `Report`. What goes out: a `Reading`. What it may not know: where reports come from, and what becomes of readings.
The steps stand in `reader.py`; a new word is an entry in `knowledge/` (in `wordlists.toml`, if a rule asks for it), a new rule of who does what in a
clause stands in `frames.py`.
"""

from marsad.reading.explain import Because, explain
from marsad.reading.reader import read

__all__ = ["Because", "explain", "read"]
