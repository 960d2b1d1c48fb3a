"""marsad (مرصد, *observatory*): reads Arabic conflict reports and gives sourced events.

The way of the data is one straight line: bytes → `Report` → `Reading`. The doors are

    from marsad.model import Report
    from marsad.reading import read
"""

__version__ = "0.1.0"
