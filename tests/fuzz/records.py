"""Lines of records, ours and others', in whatever encoding."""

from __future__ import annotations

import io

from marsad.intake.own import encoded
from marsad.intake.records import read_lines
from marsad.model import Proof, Report, Residue

_OWN = encoded(Report("r", "قصف بلدة\nشارك", None, "سانا", residue=(Residue((9, 13), "share"),), proof=Proof("ab" * 32, 3)))
SEEDS = (
    _OWN,
    _OWN + b"\r\n" + '{"id": 7, "text": "غارة", "date": "2018-05-04", "x": [1e3, null]}'.encode(),
    '{"text": "قصف \\ud83d"}\n{"html": "<p>قصف"}'.encode("utf-16"),
    '{"text": "قصف على بلدة"}'.encode("cp1256"),
)


def target(data: bytes) -> None:
    for item in read_lines(io.BytesIO(data), "x.jsonl"):
        if isinstance(item, Report):
            encoded(item)
