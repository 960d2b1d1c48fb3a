"""What intake makes of a file, in the short."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec

from marsad.intake import Fault, Given, Item, encoded
from marsad.intake.formats import read_given
from marsad.model import Report, encodable


def items(content: bytes, name: str, **more: Any) -> list[Item]:
    """All reports and faults of a file, each checked."""
    found = list(read_given(Given(name, content[:65_536], content=content, **more)))
    for item in found:
        if isinstance(item, Report):
            check(item)
        else:
            assert not item.reason.startswith("internal error"), item.reason
    return found


def reports(content: bytes, name: str, **more: Any) -> list[Report]:
    """The reports of a file, of which nothing may be a fault."""
    found = items(content, name, **more)
    faults = [str(item) for item in found if isinstance(item, Fault)]
    assert not faults
    return [item for item in found if isinstance(item, Report)]


def told(content: bytes, name: str, **more: Any) -> list[str]:
    """Ids of reports, and faults in brackets."""
    return [f"[{item}]" if isinstance(item, Fault) else item.id for item in items(content, name, **more)]


def check(report: Report) -> None:
    """What holds for every report of every format: a text that UTF-8 can hold, spans that lie in it, a proof, and JSON that comes back."""
    assert report.text.strip()
    if report.proof is None or "#line=" not in (report.proof.path or ""):  # a record may hold a lone surrogate, which the reading marks
        report.text.encode()
    end = 0
    for residue in sorted(report.residue, key=lambda r: r.span):
        assert 0 <= residue.span[0] < residue.span[1] <= len(report.text)
        assert residue.span[0] >= end
        end = residue.span[1]
    line = encoded(report)
    assert msgspec.json.decode(line)["text"] == encodable(report.text)
    if report.proof is not None:
        assert len(report.proof.sha256) == 64
        assert report.proof.size > 0
        assert report.proof.path


def proved(report: Report, raw: bytes) -> bool:
    """Whether the proof of a report is that of these bytes."""
    return report.proof is not None and report.proof.sha256 == hashlib.sha256(raw).hexdigest() and report.proof.size == len(raw)


def write(folder: Path, name: str, content: bytes) -> Path:
    """A file in a folder."""
    path = folder / name
    path.write_bytes(content)
    return path
