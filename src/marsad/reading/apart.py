"""A report without the furniture that intake marked in it, and the way back: what is read in the one is told in characters of the other.

Furniture is not only silent: it is not there. A share bar between the headline and the first paragraph would else make them no neighbours, and the same
report would be read one way as a text and another as a page.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, TypeVar

import msgspec

from marsad.model import Report, Span

_T = TypeVar("_T")
_SPANS = frozenset(("span", "location_of_evidence"))


class Apart:
    """`report` is the given one without its residue; `back` moves what was read in it to where it stands in the given one."""

    def __init__(self, report: Report) -> None:
        parts: list[str] = []
        self._starts: list[int] = []  # of the parts that are kept, in the shorter text …
        self._offsets: list[int] = []  # … and how far they stood behind that
        done = length = 0
        text = report.text
        for begin, end in sorted(residue.span for residue in report.residue):
            length = self._keep(parts, text[done:begin], done, length)
            done = max(done, end)
            while done < len(text) and text[done].isspace():
                done += 1
        self._keep(parts, text[done:], done, length)
        self.report = msgspec.structs.replace(report, text="".join(parts), residue=())

    def _keep(self, parts: list[str], part: str, begin: int, length: int) -> int:
        if part:
            parts.append(part)
            self._starts.append(length)
            self._offsets.append(begin - length)
        return length + len(part)

    def span(self, span: Span) -> Span:
        """A span of the shorter text in the given one."""
        return self._at(span[0]), self._at(span[1] - 1) + 1

    def _at(self, character: int) -> int:
        return character + self._offsets[max(bisect_right(self._starts, character) - 1, 0)] if self._starts else character

    def back(self, value: _T) -> _T:
        """A value of the model with all its spans moved."""
        moved: _T = self._moved(value)
        return moved

    def _moved(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self._moved(part) for part in value)
        if not isinstance(value, msgspec.Struct):
            return value
        changed: dict[str, Any] = {}
        for name in value.__struct_fields__:
            part = getattr(value, name)
            if name in _SPANS:
                changed[name] = None if part is None else self.span(part)
            elif name == "mentions":
                changed[name] = tuple(map(self.span, part))
            elif isinstance(part, tuple | msgspec.Struct):
                changed[name] = self._moved(part)
        return msgspec.structs.replace(value, **changed)
