"""Reading: from a report to the events that it tells, each field with the words that say it."""

from marsad.reading.reader import read

__all__ = ["read"]
