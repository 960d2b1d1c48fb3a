"""A corpus, and what one machine makes of it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pytest

from marsad.incidents import Memory, Told, copies_in, incident, told_in
from marsad.intake import Intake, take_in
from marsad.model import Incident, Reading, Report
from marsad.observatory import read_all
from marsad.scale import start

LOCAL = Path(__file__).parent.parent / "gold" / "local"


HERE = find_spec("daft") is not None
collect_ignore_glob = [] if HERE else ["test_*.py"]


def pytest_report_header() -> str:
    """Say so where nothing of this folder is run."""
    return "" if HERE else "tests/scale: left out, the extra `scale` is not here (pip install 'marsad[scale]')"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The engine leaves the pipes of its processes to the collector of garbage."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"))


@dataclass(frozen=True)
class Corpus:
    """Reports in files of several kinds; `readings` and `incidents` as one machine makes them, by id."""

    inputs: tuple[str, ...]
    readings: dict[str, Reading]
    incidents: dict[str, Incident]
    told: list[Told]


@pytest.fixture(scope="session", autouse=True)
def _engine() -> None:
    start(jobs=2)


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Some of our own reports, twice told, as lines and in gzip; a few lines are no records."""
    folder = tmp_path_factory.mktemp("corpus")
    lines = [line for name in ("sy", "third", "other") for line in (LOCAL / f"{name}.jsonl").read_bytes().splitlines()]
    (folder / "one.jsonl").write_bytes(b"\n".join([*lines[: len(lines) // 2], b"{no record", b'{"id": "empty", "text": ""}']) + b"\n")
    (folder / "two.jsonl.gz").write_bytes(gzip.compress(b"\n".join(lines[len(lines) // 2 :]) + b"\n"))
    again = [
        json.dumps({**record, "id": f"{record['id']}-again", "outlet": "وكالة أخرى", "text": "نقلا عن مراسلها. " + record["text"]})
        for record in map(json.loads, lines[::2])
    ]
    (folder / "again.jsonl").write_text("\n".join(again) + "\n", "utf-8")
    inputs = (str(folder),)
    readings = [msgspec.json.decode(done.content, type=Reading) for done in read_all(Intake(inputs)) if done.fault is None]
    memory = Memory()
    told = [t for reading in readings for t in told_in(reading)]
    memory.add(told)
    made = [incident(group, links=c.links, copies=copies_in(group)) for c in memory.components() for group in c.groups]
    return Corpus(inputs, {r.id: r for r in readings}, {i.id: i for i in made}, told)


@pytest.fixture(scope="session")
def out(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The corpus read into five partitions."""
    from marsad.scale import Reads, read

    place = str(tmp_path_factory.mktemp("readings") / "out")
    for _ in read(Reads(corpus.inputs, place, 5)):
        pass
    return place


@pytest.fixture(scope="session")
def made(out: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Its incidents."""
    from marsad.scale import incidents

    place = str(tmp_path_factory.mktemp("incidents") / "made")
    for _ in incidents(out, place, bins=3):
        pass
    return place


def reports_of(corpus: Corpus) -> Iterator[Report]:
    """The reports of the corpus, as one machine takes them in."""
    return (item for item in take_in(Intake(corpus.inputs)) if isinstance(item, Report))
