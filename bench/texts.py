"""The reports that the measurements read, and texts of any length made of them."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from marsad.intake import Fault, Intake, take_in
from marsad.model import Report

HERE = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("MARSAD_SHARED", HERE.parent / "shared"))
SAMPLES = HERE / "src" / "marsad" / "samples"


@dataclass(frozen=True)
class Texts:
    """Reports, and where they are from."""

    reports: list[Report]
    origin: str

    @classmethod
    def at_hand(cls) -> Texts:
        """The agency reports of the shared corpus, else the samples."""
        path = SHARED / "corpus" / "agency-2018.jsonl"
        if path.is_file():
            return cls(_taken(path), "the shared agency reports of 2018")
        return cls(_taken(SAMPLES), "the sample reports that ship with the package (the shared corpus is not here)")

    def of_length(self, characters: int) -> str:
        """A text of so many characters, made of different reports as long as there are any."""
        parts: list[str] = []
        length = 0
        for report in cycle(self.reports):
            parts.append(report.text)
            length += len(report.text) + 2
            if length >= characters:
                break
        return "\n\n".join(parts)[:characters]

    def records(self, most: int) -> Iterator[bytes]:
        """`most` lines of JSON, one a record, ids all different, texts different as long as there are any."""
        large = SHARED / "corpus" / "agency-2018-all.jsonl.gz"
        number = 0
        if large.is_file():
            with gzip.open(large, "rt", encoding="utf-8") as lines:
                for line in islice(lines, most):
                    yield _record(number, json.loads(line)["text"])
                    number += 1
        for report in islice(cycle(self.reports), max(0, most - number)):
            yield _record(number, report.text)
            number += 1


def _record(number: int, text: str) -> bytes:
    return json.dumps({"id": f"r{number}", "text": text, "date": "2018-06-15", "source": "شبكة"}, ensure_ascii=False).encode() + b"\n"


def _taken(path: Path) -> list[Report]:
    return [item for item in take_in(Intake((str(path),))) if not isinstance(item, Fault)]
