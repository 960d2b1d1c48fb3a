"""`marsad gazetteer` as a person runs it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Command = Callable[..., "CompletedProcess[bytes]"]


def test_find_tells_the_places_and_their_scores(command: Command, tmp_path: Path) -> None:
    done = command("gazetteer", "find", "طرابلس", "--kind", "settlement", "--format", "json", MARSAD_GAZETTEER=str(tmp_path))
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert {place["country"] for place in found} >= {"LY", "LB"}
    assert [place["score"] for place in found] == sorted((place["score"] for place in found), reverse=True)
    near = command("gazetteer", "find", "طرابلس", "--near", "حمص", "--format", "json", MARSAD_GAZETTEER=str(tmp_path))
    best = json.loads(near.stdout)[0]
    assert best["country"] == "LB"
    assert 60 < best["distance_km"] < 110


def test_find_as_a_table(command: Command, tmp_path: Path) -> None:
    done = command("gazetteer", "find", "Deir ez-Zor", "--country", "sy", "--format", "table", MARSAD_GAZETTEER=str(tmp_path))
    assert done.returncode == 0
    lines = done.stdout.decode().splitlines()
    assert lines[0].split()[:2] == ["score", "match"]
    assert "دير الزور" in lines[1]
    assert "geonames:170794" in done.stdout.decode()


def test_a_name_that_nobody_bears(command: Command, tmp_path: Path) -> None:
    done = command("gazetteer", "find", "شسيبلاتنم", MARSAD_GAZETTEER=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, b"[]\n")
    assert done.stderr.decode() == "marsad: no place called شسيبلاتنم\n"
    done = command("gazetteer", "find", "حلب", "--near", "شسيبلاتنم", MARSAD_GAZETTEER=str(tmp_path))
    assert done.returncode == 1
    assert b"--near" in done.stderr


def test_info_shows_licence_and_attribution(command: Command, tmp_path: Path) -> None:
    done = command("gazetteer", "info", "--format", "json", MARSAD_GAZETTEER=str(tmp_path))
    told = {source["name"]: source for source in json.loads(done.stdout)["sources"]}
    assert told["geonames"]["licence"] == "CC-BY-4.0"
    assert "geonames.org" in told["geonames"]["attribution"]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("none.txt",), 1, "none.txt: No such file"),
        (("empty.txt",), 1, "empty.txt: the file is empty"),
        (("line.txt",), 1, "line.txt, line 1: 1 columns"),
        (("line.txt", "--kind", "castle"), 2, "--kind: 'castle' is none of"),
        (("line.txt", "--as", "castle"), 2, "--as: 'castle' is none of"),
        (("line.txt", "--most", "0"), 2, "--most"),
    ],
)
def test_a_file_that_is_refused(command: Command, tmp_path: Path, arguments: tuple[str, ...], status: int, said: str) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "line.txt").write_text("no dump\n")
    done = command("gazetteer", "import", tmp_path / arguments[0], *arguments[1:], MARSAD_GAZETTEER=str(tmp_path / "own"))
    assert (done.returncode, done.stdout) == (status, b"")
    assert said in done.stderr.decode()
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "own").exists()


@pytest.mark.slow
def test_an_import_is_found_shown_and_removed(command: Command, tmp_path: Path) -> None:
    """Builds the whole index twice in a cache of its own, so that the user's is left alone."""
    homes = {"MARSAD_GAZETTEER": str(tmp_path / "own"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    (tmp_path / "own.csv").write_text("name_ar,country,lat,lon\nقرية الاختبار الوحيدة,SY,35.1,38.2\n", "utf-8")
    done = command("gazetteer", "import", tmp_path / "own.csv", "--licence", "CC0-1.0", **homes)
    assert done.returncode == 0
    assert b"own: 1 place, 1 of them located; licence: CC0-1.0" in done.stdout
    found = json.loads(command("gazetteer", "find", "قرية الاختبار الوحيدة", **homes).stdout)
    assert (found[0]["lat"], found[0]["sources"]) == (35.1, ["own"])
    assert b"CC0-1.0" in command("gazetteer", "info", **homes).stdout
    assert command("gazetteer", "remove", "own", **homes).returncode == 0
    assert command("gazetteer", "remove", "own", **homes).returncode == 1
    assert command("gazetteer", "find", "قرية الاختبار الوحيدة", **homes).returncode == 1
