"""Compiles the rooms that read a report to machine code with mypyc: `python tools/compile.py` makes the tree `build/compiled/`.

    python tools/compile.py            compile if a source is other than what was compiled
    python tools/compile.py --force    compile in any case
    python tools/compile.py --check    only tell whether it is compiled and up to date (exit status 1 where it is not)

Nothing is ever put beside the sources, so what runs from them is what stands in them. The tree is the package once more: links to the sources, and
beside them the compiled modules, which Python takes first; `PYTHONPATH=build/compiled python -m marsad …` runs them. A wheel gets the same modules
(`hatch_build.py`). They read the same as the sources do (`tests/reading/test_compiled.py`). Needs mypy, setuptools, a C compiler and Python's headers.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCE: Final = ROOT / "src"
BUILT: Final = ROOT / "build" / "compiled"
NEEDS: Final = ("mypy>=1.11", "setuptools>=70")
"""What compiling needs beside a C compiler and Python's headers."""
PATTERNS: Final = (
    "marsad/arabic/*.py",
    "marsad/reading/*.py",
    "marsad/knowledge/lexicon.py",
    "marsad/knowledge/gazetteer/distance.py",
    "marsad/knowledge/gazetteer/names.py",
)
"""What is compiled: the rooms whose every line runs for every word or every event of a report. Doors (`__init__.py`) stay as they are."""
_STAMP: Final = "sources.sha256"
_GROUP: Final = "marsad"


class CompileError(RuntimeError):
    """The modules could not be compiled; the message says why, in one line."""


def modules(source: Path = SOURCE) -> list[str]:
    """The paths of the modules that are compiled, below `source`."""
    found = {path.relative_to(source).as_posix() for pattern in PATTERNS for path in source.glob(pattern) if path.name != "__init__.py"}
    return sorted(found)


def fingerprint(source: Path = SOURCE) -> str:
    """One hash over all that compiling reads: every module of the package (their types go into each other), this tool, the Python that runs."""
    whole = hashlib.sha256(f"{sys.version}\0{sysconfig.get_platform()}".encode())
    for path in (Path(__file__), *sorted((source / "marsad").rglob("*.py"))):
        whole.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def is_current(built: Path = BUILT) -> bool:
    """Whether the tree is there, and was compiled from the sources as they are now."""
    stamp = built / _STAMP
    return stamp.is_file() and stamp.read_text().strip() == fingerprint()


def missing() -> str:
    """What this machine lacks to compile, in words; empty where it lacks nothing."""
    if sys.implementation.name != "cpython":
        return "no CPython"
    if not (Path(sysconfig.get_path("include")) / "Python.h").is_file():
        return "no headers of Python (Python.h; Debian has them in python3-dev)"
    if os.name == "nt":
        return ""  # setuptools finds the compiler of Visual Studio, or says that there is none
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    return "" if shutil.which(compiler) else f"no C compiler ({compiler})"


def build(built: Path = BUILT, *, level: str = "2", quiet: bool = True) -> list[str]:
    """Make the tree anew; gives the paths of the compiled modules below it. `level`: how hard the C compiler works, "0" to "3" (with "0" it is soon done, and
    what it made is slow). Raises `CompileError`; what was built before then stays."""
    lack = missing()
    if lack:
        raise CompileError(lack)
    stamp = fingerprint()
    built.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=built.parent, prefix=".compiling-") as folder:
        work, tree = Path(folder) / "work", Path(folder) / "tree"
        _copy_sources(work)
        log = built.parent / "compile.log"
        with log.open("w") as out:
            line = [sys.executable, str(Path(__file__)), "--here", level]
            env = os.environ | {"SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "0"), "PYTHONHASHSEED": "0"}
            ended = subprocess.run(line, cwd=work, env=env, stdout=out if quiet else None, stderr=subprocess.STDOUT if quiet else None)
        if ended.returncode:
            raise CompileError(f"{_last_error(log)} (all of it: {log})")
        done = compiled(work)
        asked = len(modules(work)) + 1  # and what they share
        if len(done) != asked:
            raise CompileError(f"{len(done)} compiled modules where {asked} were asked for (all of it: {log})")
        _link_sources(tree)
        for path in done:
            shutil.copy(work / path, tree / path)
        (tree / _STAMP).write_text(stamp + "\n")
        shutil.rmtree(built, ignore_errors=True)
        tree.rename(built)
    return done


def _copy_sources(work: Path) -> None:
    for path in (SOURCE / "marsad").rglob("*.py"):
        place = work / path.relative_to(SOURCE)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)


def _link_sources(tree: Path) -> None:
    """Folders of the package as folders, its files as links."""
    for folder, folders, files in os.walk(SOURCE / "marsad"):
        folders[:] = [name for name in folders if name not in ("__pycache__", "node_modules")]
        place = tree / Path(folder).relative_to(SOURCE)
        place.mkdir(parents=True, exist_ok=True)
        for name in files:
            (place / name).symlink_to(Path(folder) / name)


def compiled(tree: Path = BUILT) -> list[str]:
    """The paths of the compiled modules below a tree."""
    found = (path.relative_to(tree) for path in tree.rglob(f"*{sysconfig.get_config_var('EXT_SUFFIX')}"))
    return sorted(path.as_posix() for path in found if path.parts[0] != "build")


def _last_error(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if "error" in line.lower()]
    return lines[0][:300] if lines else "the compiler failed"


def _compile_here(level: str) -> None:
    """Compile the modules below the current folder, each beside its source; runs in a process of its own."""
    from mypyc.build import mypycify
    from setuptools import setup

    extensions = mypycify(["--ignore-missing-imports", *modules(Path.cwd())], opt_level=level, debug_level="0", multi_file=True, group_name=_GROUP)
    for extension in extensions:
        if os.name != "nt":  # a compiler that warns of more than mypyc's makers know of shall compile all the same; modules call each other directly
            extension.extra_compile_args = [*(flag for flag in extension.extra_compile_args if flag != "-Werror"), "-w", "-fvisibility=hidden"]
    setup(name="marsad-compiled", packages=[], ext_modules=extensions, script_args=["build_ext", "--inplace"])


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--force", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--here", metavar="LEVEL", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        _compile_here(options.here)
        return 0
    if options.check:
        return 0 if is_current() else 1
    if is_current() and not options.force:
        return 0
    try:
        done = build()
    except CompileError as error:
        print(f"not compiled: {error}", file=sys.stderr)
        return 1
    print(f"compiled: {len(done) - 1} modules in {BUILT}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
