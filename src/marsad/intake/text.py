"""A plain text file → one `Report`, with or without a front matter; its id is the file's stem.

    ---
    title: قصف على كفرزيتا
    date: 2018-05-04
    outlet: شبكة العيّنة
    url: https://example.org/1
    ---
    قصفت قوات النظام …

The lines of dashes may be left out; then the front matter begins with the first line, holds no other keys than `title`, `date`, `outlet`,
`url`, and ends at an empty line. Between dashes other keys are kept as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from marsad.intake.given import Given, IntakeError, Item
from marsad.intake.markup import Decoded, decoded
from marsad.model import Report, encodable, reference_day

_FIELDS: Final = ("title", "date", "outlet", "url")
_FENCE: Final = re.compile(r"-{3,}[ \t]*(?:\r?\n|\Z)")
_LINE: Final = re.compile(r"([A-Za-z][\w -]{0,40}?)[ \t]*:[ \t]*(.*?)[ \t]*(?:\r?\n|\Z)")
_EMPTY: Final = re.compile(r"[ \t]*(?:\r?\n|\Z)")
_MOST: Final = 100  # lines of a front matter


def read_text_file(given: Given) -> Iterator[Item]:
    """The report of one text file, or why there is none."""
    content = given.whole()
    yield _report(decoded(content), given, content)


def _report(found: Decoded, given: Given, content: bytes) -> Report:
    text = found.text
    told, body = front_matter(text)
    if not body.strip():
        raise IntakeError("empty" if not told else "nothing below the front matter")
    fields: dict[str, Any] = {key: told[key][1] or None for key in ("title", "outlet", "url") if key in told}
    if told.get("date", (0, ""))[1]:
        number, day = told["date"]
        try:
            fields["date"] = reference_day(day[:10])
        except ValueError as error:
            raise IntakeError(f"front matter, line {number}: date {error}") from None
    fields.setdefault("url", given.url)
    extra = {encodable(key): msgspec.Raw(msgspec.json.encode(encodable(value))) for key, (_, value) in told.items() if key not in _FIELDS}
    proof = given.proof(content, extractor="marsad.text", encoding=found.encoding, encoding_from=found.known_from)
    return Report(id=given.stem, text=body, notes=found.notes, extra=extra, proof=proof, **fields)


def front_matter(text: str) -> tuple[dict[str, tuple[int, str]], str]:
    """The keys of a front matter, each with the number of its line and its value, and the text below it; no keys and all of it where there is none."""
    start = 1 if text.startswith("\ufeff") else 0
    fence = _FENCE.match(text, start)
    at = fence.end() if fence else start
    told: dict[str, tuple[int, str]] = {}
    for number in range(2 if fence else 1, _MOST):
        end = _FENCE.match(text, at) if fence else _EMPTY.match(text, at)
        if end:
            at = end.end()
            break
        line = _LINE.match(text, at)
        key = line[1].strip().lower() if line else ""
        if line is None or (not fence and key not in _FIELDS) or key in told:
            return {}, text
        told[key] = (number, line[2].strip("\"'") if line[2][:1] == line[2][-1:] and line[2][:1] in "\"'" else line[2])
        at = line.end()
    else:
        return {}, text
    if not told:
        return {}, text
    return told, text[at:].lstrip("\r\n")
