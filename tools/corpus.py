"""Annotated reports as the learner and the accuracy run see them: text, gold events, and the half that each belongs to.

Notes are in the compact notation of the guide (`tests/gold/notes/*.txt`); the texts of agency reports stay where they are (a folder
given by MARSAD_SHARED, else `../shared`), those of our own writing ship beside the notes: reports in `tests/gold/local/`, and in `tests/gold/notices/` notices of
one to three sentences, pairs of which differ in the word that changes what is told; four of ten tell nothing.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from notation import read_notes

HERE = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("MARSAD_SHARED", HERE.parent / "shared"))


@dataclass
class Annotated:
    """One report with what a careful reader found in it."""

    record: dict[str, Any]
    gold: dict[str, Any]
    closed: bool

    folder: str = ""
    """Where it stands: `local`, `notices`, or `notes` for an agency's."""

    @property
    def agency(self) -> bool:
        """Whether it is an agency's report, of the shared corpus."""
        return self.folder == "notes"

    @property
    def notice(self) -> bool:
        """Whether it is a notice of a few sentences."""
        return self.folder == "notices"


def closed_half(id_: str) -> bool:
    """Whether a report belongs to the half that is only ever looked at through the scorer."""
    return hashlib.sha256(id_.encode()).digest()[0] % 2 == 1


def shared_tool(name: str) -> ModuleType:
    """A module of the shared gold folder: `score` or `compact_gold`."""
    spec = importlib.util.spec_from_file_location(name, SHARED / "gold" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def agency_texts() -> dict[str, dict[str, Any]]:
    """The agency reports of the shared corpus by id; none where it is not there."""
    found: dict[str, dict[str, Any]] = {}
    if (SHARED / "corpus").is_dir():
        for path in (SHARED / "corpus" / "agency-2018-all.jsonl.gz", SHARED / "corpus" / "agency-2018.jsonl"):
            opener = gzip.open if path.suffix == ".gz" else open
            with opener(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    record = json.loads(line)
                    found[record["id"]] = record
    return found


def annotated(folder: Path | None = None) -> list[Annotated]:
    """All annotated reports that can be had here, agency reports only where the shared corpus is."""
    root = folder or HERE / "tests" / "gold"
    out: list[Annotated] = []
    for texts, notes in _pairs(root):
        out += [Annotated(dict(texts[r["id"]]), r, closed_half(r["id"]), notes.parent.name) for r in read_notes(notes, texts)]
    return out


def quiet_pages(*, closed: bool) -> list[Annotated]:
    """The quiet pages of one half: nothing is to be read in them. Only the working half teaches."""
    path = SHARED / "corpus" / "quiet-2018.jsonl"
    if not path.is_file():
        return []
    records = [json.loads(line) for line in path.open(encoding="utf-8")]
    return [Annotated(r, {"id": r["id"], "events": []}, closed) for r in records if closed_half(r["id"]) == closed]


def _pairs(root: Path) -> Iterator[tuple[dict[str, dict[str, Any]], Path]]:
    agency = agency_texts()
    for notes in sorted((root / "notes").glob("*.txt")):
        yield agency, notes
    for texts in sorted([*(root / "local").glob("*.jsonl"), *(root / "notices").glob("*.jsonl")]):
        with texts.open(encoding="utf-8") as lines:
            records = {r["id"]: r for r in map(json.loads, lines)}
        yield records, texts.with_suffix(".txt")
