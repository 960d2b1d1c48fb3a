"""A plain text file → one `Report`; its id is the file's stem."""

from __future__ import annotations

from collections.abc import Iterator

from marsad.intake.encoding import EncodingError, decode
from marsad.intake.faults import Fault
from marsad.model import Report


def read_text(content: bytes, name: str) -> Iterator[Report | Fault]:
    """The report of one text file, or why there is none."""
    try:
        text, notes = decode(content)
    except EncodingError as error:
        yield Fault(name, None, str(error))
        return
    if not text.strip():
        yield Fault(name, None, "empty")
        return
    yield Report(id=name.rsplit("/", 1)[-1].rsplit(".", 1)[0], text=text, notes=notes)
