"""The documents: every command in them runs, every Python example runs, every link leads somewhere, and nothing names a machine."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from marsad.intake import Intake
from marsad.observatory import Observatory

HERE = Path(__file__).resolve().parent.parent.parent
PAGES = sorted([*HERE.glob("*.md"), *(HERE / "docs").rglob("*.md"), *(p for p in (HERE / "src").rglob("*.md") if "node_modules" not in p.parts)])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#]+)(?:#[^)]*)?\)")
PROMISED = {"docs/accuracy.md", "docs/bench.md"}
"""Pages that `make` writes; they are not in a tree in which nobody has run it."""


def fenced(page: Path, *languages: str) -> list[str]:
    return [text for language, text in FENCE.findall(page.read_text("utf-8")) if language in languages]


COMMANDS = [
    (page.relative_to(HERE), line.strip())
    for page in PAGES
    for block in fenced(page, "sh", "bash", "console", "")
    for line in block.splitlines()
    if line.strip().removeprefix("$ ").startswith("marsad ")
]
EXAMPLES = [(page.relative_to(HERE), block) for page in PAGES for block in fenced(page, "python")]


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, str]]:
    """A store with the samples and an account, and what ID and REPORT stand for there."""
    store = str(tmp_path_factory.mktemp("docs") / "marsad.db")
    with Observatory(store) as observatory:
        list(observatory.add(Intake((str(HERE / "src" / "marsad" / "samples"),))))
        incident = next(observatory.incidents())
    subprocess.run([sys.executable, "-m", "marsad", "user", "add", "reader", "reader", "--db", store], check=True, capture_output=True)
    return store, {"ID": incident.id, "REPORT": incident.reports[0]}


@pytest.mark.parametrize(("page", "line"), COMMANDS, ids=[line[:60] for _, line in COMMANDS])
def test_a_command_runs(page: Path, line: str, tmp_path: Path, kept: tuple[str, dict[str, str]]) -> None:
    words = shlex.split(line.removeprefix("$ "), comments=True)[1:]
    words = [str(tmp_path / Path(word).name) if word.startswith("/tmp/") else kept[1].get(word, word) for word in words]
    environment = {**os.environ, "MARSAD_DB": kept[0]}
    line_ = [sys.executable, "-m", "marsad", *words]
    done = subprocess.run(line_, cwd=HERE, capture_output=True, text=True, timeout=120, check=False, env=environment)
    assert (done.returncode, done.stderr) == (0, ""), page
    assert done.stdout or "-o" in words


@pytest.mark.parametrize(("page", "block"), EXAMPLES, ids=[f"{page}-{n}" for n, (page, _) in enumerate(EXAMPLES)])
def test_an_example_runs(page: Path, block: str, tmp_path: Path) -> None:
    place = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE / "src"), os.environ.get("PYTHONPATH", "")])}
    block = block.replace('"src/', f'"{HERE}/src/')
    done = subprocess.run([sys.executable, "-c", block], cwd=tmp_path, env=place, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, f"{page}: {done.stderr}"
    assert done.stdout


def test_there_are_commands_and_examples() -> None:
    assert len(COMMANDS) >= 5
    assert EXAMPLES


@pytest.mark.parametrize("page", PAGES, ids=[str(p.relative_to(HERE)) for p in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        if "://" in target:
            continue
        place = (page.parent / target).resolve()
        assert place.exists() or str(place.relative_to(HERE)) in PROMISED, target


def test_files_that_the_contributors_page_names_exist() -> None:
    text = (HERE / "CONTRIBUTING.md").read_text("utf-8")
    for name in re.findall(r"`((?:src|tests|tools)/[\w./-]+)`", text):
        assert (HERE / name).exists(), name


def test_the_picture_is_small() -> None:
    assert (HERE / "docs" / "table.png").stat().st_size < 300_000


def test_make_says_what_it_can_do() -> None:
    makefile = (HERE / "Makefile").read_text("utf-8")
    for target in ("demo", "test", "fuzz", "accuracy", "bench", "learn"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    assert (HERE / ".ci" / "run").stat().st_mode & 0o100
