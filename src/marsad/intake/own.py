"""Reports as `marsad intake` writes them, one JSON object a line, and back again with residue, notes and proof.

    {"id": …, "sha256": of the text, "text": …, "date": …, "outlet": …, "title": …, "url": …, "residue": [{"span": [a, b], "kind": …}], "notes": […],
     "original": …, "language": …, "proof": {"sha256": of the raw bytes, "size": …, …}, and the foreign keys of the record, untouched}

A record of somebody else may use the same names for other things ("notes": "call back"). Such a value does not have our shape, so it passes
through as any foreign key does.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from marsad.model import Note, Proof, Report, Residue, encodable

KEYS: Final[dict[str, Any]] = {
    "residue": tuple[Residue, ...],
    "notes": tuple[Note, ...],
    "original": str | None,
    "language": str | None,
    "proof": Proof | None,
}
"""The keys beyond those of any record, and what they must be to be ours."""


def encoded(report: Report) -> bytes:
    """The report as one line of JSON, without its end; read again by `take_in` it gives the same report."""
    fields = {name: getattr(report, name) for name in report.__struct_fields__ if name != "extra"}
    own = {"id": fields.pop("id"), "sha256": report.sha256, **fields, "text": encodable(report.text)}
    line = msgspec.json.encode(own)
    foreign = {key: value for key, value in report.extra.items() if key not in own}
    if not foreign:
        return line
    return line[:-1] + b"," + msgspec.json.encode(foreign)[1:]


def restored(report: Report) -> Report:
    """A report made of a record, with those of its extra keys that are ours put where they belong.

    A span of residue that lies outside of the text is dropped and said in a note. So is a text that no longer has the hash that was written
    beside it: the proof is kept, and says what it says of the bytes, but the text is not what was taken from them.
    """
    extra = dict(report.extra)
    if "proof" not in extra and "residue" not in extra:
        return report
    found: dict[str, Any] = {}
    for key, kind in KEYS.items():
        if key in extra:
            try:
                found[key] = msgspec.json.decode(extra[key], type=kind)
            except msgspec.DecodeError:
                continue
            del extra[key]
    notes = [*report.notes, *found.pop("notes", ())]
    if "residue" in found:
        inside = tuple(r for r in found["residue"] if 0 <= r.span[0] < r.span[1] <= len(report.text))
        if len(inside) < len(found["residue"]):
            notes.append(Note("residue", f"{len(found['residue']) - len(inside)} spans of residue lie outside of the text; left out"))
        found["residue"] = inside
    if found.get("proof") is not None and "sha256" in extra:
        told = extra.pop("sha256")
        if bytes(told) != msgspec.json.encode(report.sha256):
            notes.append(Note("text-changed", "the text is not the one that was taken in: its SHA-256 is another"))
    return msgspec.structs.replace(report, notes=tuple(notes), extra=extra, **found)
