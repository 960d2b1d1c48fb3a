"""What `make audit` looks at: known vulnerabilities of what marsad needs, licences, a bill of materials, and whether a wheel can be built again byte for byte.

    python tools/audit.py [--only vulnerabilities|licences|materials|wheel]

Of what is installed beside it only what marsad names in pyproject.toml, with all that this pulls in, is looked at. Bills and reports go to `build/audit/`.
Exit status 1 where something is known to be vulnerable, has a licence that is not in `LICENCES`, or where two wheels differ.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
OUT = HERE / "build" / "audit"

LICENCES = re.compile(
    r"\b(?:MIT|MIT-0|MIT-CMU|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|Python-2\.0|HPND|Zlib|Unlicense|CC0|CNRI-Python|MPL|Mozilla|LGPL|"
    r"Lesser General Public|CC-BY-4\.0|CC BY 4\.0)",
    re.IGNORECASE,
)
"""Words of licences under which a library may be used by an Apache-2.0 program that does not change it. Not among them: GPL and AGPL, non-commercial ones."""
REFUSED = re.compile(r"(?<!L)(?<!Lesser )\bA?GPL|GNU (?:Affero )?General Public|non-?commercial", re.IGNORECASE)
SAID: dict[str, str] = {"daft": "Apache-2.0"}
"""Licences of libraries that tell none in their metadata, as their source has it: name → licence."""

BEYOND = ("dev", "bench", "learn", "audit")  # extras that no user installs


def main() -> int:
    """Everything, or what was asked for; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("vulnerabilities", "licences", "materials", "wheel"))
    only = parser.parse_args().only
    OUT.mkdir(parents=True, exist_ok=True)
    deeds = {"licences": licences, "materials": materials, "vulnerabilities": vulnerabilities, "wheel": wheel}
    failed = [name for name, deed in deeds.items() if only in (None, name) and not deed()]
    if failed:
        print(f"audit: {', '.join(failed)}: not as they should be", file=sys.stderr)
    return 1 if failed else 0


def needed() -> dict[str, str]:
    """What marsad needs, core and extras for users, with all that these pull in, as far as it is installed: name → version."""
    project = tomllib.loads((HERE / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *(r for name, found in project["optional-dependencies"].items() if name not in BEYOND for r in found)]
    found: dict[str, str] = {}
    waiting = list(_names(asked, frozenset()))
    while waiting:
        name, extras = waiting.pop()
        if name in found or name == "marsad":
            continue
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            print(f"audit: {name} is not installed, and not looked at", file=sys.stderr)
            continue
        found[name] = package.version
        waiting += _names(package.requires or (), extras)
    return dict(sorted(found.items()))


def _names(requirements: Iterable[str], extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """The names in requirements that hold here, each with its extras."""
    from packaging.requirements import Requirement

    for line in requirements:
        requirement = Requirement(line)
        if requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in (*extras, "")):
            yield re.sub(r"[-_.]+", "-", requirement.name).lower(), frozenset(requirement.extras)


def licence_of(name: str) -> str:
    """The licence of an installed library, as its metadata tells it; empty where they do not."""
    about = metadata.metadata(name)
    told = about.get("License-Expression") or " / ".join(c.rpartition(" :: ")[2] for c in about.get_all("Classifier") or () if c.startswith("License ::"))
    short = (about.get("License") or "").strip().splitlines()
    return told or (short[0][:80] if short else "") or SAID.get(name, "")


def licences() -> bool:
    """Whether each library has a licence that is known to fit."""
    wrong = []
    lines = []
    for name, version in needed().items():
        licence = licence_of(name)
        lines.append(f"{name} {version}: {licence or 'none told'}")
        if not LICENCES.search(licence) or (REFUSED.search(licence) and not re.search(r"\bOR\b|/", licence)):
            wrong.append(lines[-1])
    (OUT / "licences.txt").write_text("\n".join(lines) + "\n", "utf-8")
    print(f"licences: {len(lines)} libraries, {len(wrong)} to look at" + "".join(f"\n  {line}" for line in wrong))
    return not wrong


def materials() -> bool:
    """A bill of materials (CycloneDX 1.6, JSON) of what marsad needs: by cyclonedx-bom where it is here, else from pip's own metadata."""
    target = OUT / "sbom.cdx.json"
    wanted = needed()
    tool = shutil.which("cyclonedx-py", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    if tool:
        with tempfile.TemporaryDirectory() as folder:
            pinned = Path(folder) / "requirements.txt"
            pinned.write_text("".join(f"{name}=={version}\n" for name, version in wanted.items()), "utf-8")
            subprocess.run(
                [tool, "requirements", str(pinned), "--spec-version", "1.6", "--output-reproducible", "--of", "JSON", "-o", str(target)],
                check=True,
                stderr=subprocess.DEVNULL,
            )
        bill = json.loads(target.read_text("utf-8"))
    else:
        bill = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [_component(n, v) for n, v in wanted.items()]}
    told = {component["name"].lower().replace("_", "-"): component for component in bill["components"]}
    for name, version in wanted.items():  # licences, which a list of requirements does not tell
        told[name] |= {key: value for key, value in _component(name, version).items() if key == "licenses"}
    target.write_text(json.dumps(bill, indent=1, sort_keys=True) + "\n", "utf-8")
    print(
        f"materials: {len(bill['components'])} libraries in {target.relative_to(HERE)}{'' if tool else ' (from the metadata alone: cyclonedx-bom is not here)'}"
    )
    return len(bill["components"]) == len(wanted)


def _component(name: str, version: str) -> dict[str, object]:
    licence = licence_of(name)
    found: dict[str, object] = {"type": "library", "name": name, "version": version, "purl": f"pkg:pypi/{name}@{version}", "bom-ref": f"{name}=={version}"}
    return {**found, "licenses": [{"license": {"name": licence}}]} if licence else found


def vulnerabilities() -> bool:
    """Whether none of the libraries is known to be vulnerable; said where nobody could be asked."""
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder) / "requirements.txt"
        pinned.write_text("".join(f"{name}=={version}\n" for name, version in needed().items()), "utf-8")
        line = [sys.executable, "-m", "pip_audit", "--requirement", str(pinned), "--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
    try:
        told = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        last = (done.stderr.strip().splitlines() or ["pip-audit is not here"])[-1]
        print(f"vulnerabilities: not looked at, since nobody could be asked: {last[:200]}")
        return "No module named" not in last
    (OUT / "vulnerabilities.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    found = [
        f"{entry['name']} {entry['version']}: {v['id']} (mended in {', '.join(v['fix_versions']) or 'no version'})"
        for entry in told
        for v in entry.get("vulns", ())
    ]
    missed = [entry["name"] for entry in told if "skip_reason" in entry]
    if missed:
        print(
            f"vulnerabilities: {len(missed)} of {len(told)} could NOT be looked up (the index that was asked tells none): {', '.join(missed[:5])}{' …' if len(missed) > 5 else ''}"
        )
    print(f"vulnerabilities: {len(told) - len(missed)} libraries looked up, {len(found)} known" + "".join(f"\n  {line}" for line in found))
    return not found


def wheel() -> bool:
    """Whether the pure wheel is the same when it is built twice: in two folders, at two times, with two umasks."""
    hashes = []
    with tempfile.TemporaryDirectory() as folder:
        for name, mask, stamp in (("one", 0o022, None), ("another-place", 0o077, 1_000_000_000)):
            tree, out = Path(folder) / name / "tree", Path(folder) / name / "out"
            tracked = subprocess.run(["git", "ls-files", "-z"], cwd=HERE, capture_output=True, check=True).stdout.decode().split("\0")
            for file in filter(None, tracked):
                (tree / file).parent.mkdir(parents=True, exist_ok=True)
                if (HERE / file).is_file():
                    shutil.copy(HERE / file, tree / file)
                    if stamp:
                        os.utime(tree / file, (stamp, stamp))
            before = os.umask(mask)
            try:
                line = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "wheel", "--no-deps", "--wheel-dir", str(out), str(tree)]
                subprocess.run(line, check=True, env=os.environ | {"MARSAD_PURE": "1"})
            finally:
                os.umask(before)
            (made,) = out.glob("*.whl")
            hashes.append(hashlib.sha256(made.read_bytes()).hexdigest())
            shutil.copy(made, OUT / made.name)
    print(f"wheel: {made.name}, {'the same' if hashes[0] == hashes[1] else 'NOT the same'} when built twice (SHA-256 {', '.join(dict.fromkeys(hashes))})")
    return hashes[0] == hashes[1]


if __name__ == "__main__":
    sys.exit(main())
