"""Fuzzing of everything that reads bytes from outside: `python tools/fuzz.py SECONDS [NAME…]`; `make fuzz` runs it longer than the tests do.

Each module `tests/fuzz/<name>.py` has a function `target(data: bytes)` that must return, whatever the bytes are, within `SLOW` seconds; any exception is a
finding. It may have `SEEDS: tuple[bytes, ...]`, whole inputs to start from, `SLOW: float` (default 5) and `LONGEST: int` (bytes, default 65,536). A module of
many targets has `TARGETS: dict[str, tuple[target, seeds]]` instead, by name.

Inputs are mutations of the seeds and of each other: bits, blocks, numbers, words that parsers look for, cuts, doublings; in what is packed (gzip, ZIP) mostly
of the bytes inside, so that they reach the parser behind the unpacking. An input that makes the target reach lines that
none did before (in the modules of marsad) is kept to mutate further. The same `--start` gives the same inputs. What was found
is written to `build/fuzz/<name>-<sha256>`, and the command says how to run it again (`--again FILE`).
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import gzip
import hashlib
import importlib.util
import io
import random
import signal
import struct
import sys
import time
import traceback
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, ModuleType

HERE = Path(__file__).resolve().parent.parent
TARGETS = HERE / "tests" / "fuzz"
sys.path[:0] = [str(HERE)]  # targets make their seeds with what tests make their input with
FOUND = HERE / "build" / "fuzz"
_NUMBERS = (
    b"\0",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"-1",
    b"0",
    b"99999999999999999999",
    b"1e999",
    b"%00",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xed\xa0\x80",
)
_WORDS = (
    b"<item>", b"</item>", b"<entry>", b"<![CDATA[", b"]]>", b"&", b"&nbsp;", b"<!ENTITY a 'b'>", b"\r\n\r\n", b"WARC/1.0\r\n", b"Content-Length: 99999999\r\n",
    b"Content-Length: -1\r\n", b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"PK\x05\x06", b'"', b'""', b",", b"\t", b"{", b"}", b"[", b"]", b'"messages": [', b'"type": "x"',
    b'"id": 99999999999999999999', b"From - Mon\n", b"--\n", b"Content-Type: multipart/mixed; boundary=x\n", b"\xd9\x82", "\u202e".encode(), b"obj", b"endstream",
    b"/Length 9999999", b"---\n", b"date: 1\n", b'<div class="message default" id="message1">', b'<div class="tgme_widget_message x" data-post="abc/1">', b"<w:p>", b"</w:p>",
    b"</div>", b"<table><tr><td>", b"2018-99-99", b"\\ud800", b"\\x1f", b"=?utf-8?b?", b"9" * 400,
)  # fmt: skip
_UNPACKED = 1 << 20  # bytes of a packed input that are looked into
_MOST = 400  # inputs that are kept to mutate


class SlowError(Exception):
    """The target did not return in time."""


@dataclass
class Finding:
    """An input that went wrong, and how."""

    name: str
    data: bytes
    told: str


@dataclass
class Target:
    """One module of `tests/fuzz`, or one of its `TARGETS`."""

    name: str
    run: Callable[[bytes], object]
    seeds: tuple[bytes, ...] = (b"",)
    slow: float = 5.0
    longest: int = 65_536
    reached: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, path: Path) -> list[Target]:
        """The targets of a module, loaded from its file."""
        spec = importlib.util.spec_from_file_location(f"fuzz_{path.stem}", path)
        assert spec is not None
        assert spec.loader is not None
        module: ModuleType = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        many = getattr(module, "TARGETS", None) or {path.stem: (module.target, getattr(module, "SEEDS", ()))}
        slow, longest = getattr(module, "SLOW", 5.0), getattr(module, "LONGEST", 65_536)
        return [cls(name, run, tuple(seeds) or (b"",), slow, longest) for name, (run, seeds) in many.items()]


def targets(names: list[str] | None = None) -> list[Target]:
    """All targets, or those that are named, by name."""
    found = [target for path in sorted(TARGETS.glob("*.py")) if not path.stem.startswith(("test_", "_")) for target in Target.of(path)]
    unknown = set(names or ()) - {target.name for target in found}
    if unknown:
        raise SystemExit(f"no target {', '.join(sorted(unknown))}; there are {', '.join(target.name for target in found)}")
    return [target for target in found if not names or target.name in names]


def fuzz(target: Target, seconds: float, start: int = 0) -> tuple[int, list[Finding]]:
    """How many inputs were tried, and the findings, one a kind of mistake."""
    chance = random.Random(f"{target.name} {start}")
    kept = [seed[: target.longest] for seed in target.seeds]
    found: dict[str, Finding] = {}
    tried = 0
    for data in kept[:]:
        tried += 1
        _try(target, data, found)
    end = time.monotonic() + seconds  # the first inputs load what the target needs; that is not counted
    while time.monotonic() < end:
        data = mutated(chance, kept, target.longest)
        tried += 1
        if _try(target, data, found):
            kept.append(data)
            if len(kept) > _MOST:
                kept.pop(chance.randrange(len(target.seeds), len(kept)))
    return tried, list(found.values())


def _try(target: Target, data: bytes, found: dict[str, Finding]) -> bool:
    """Whether the input reached lines that none did before; what went wrong is put into `found`."""
    before = len(target.reached)
    try:
        with _limited(target.slow), _traced(target.reached):
            target.run(data)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        kind = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}" if not isinstance(error, SlowError) else "slow"
        if kind not in found or len(data) < len(found[kind].data):
            found[kind] = Finding(target.name, data, "".join(traceback.format_exception(error))[-2000:])
    return len(target.reached) > before


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    def late(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise SlowError(f"more than {seconds:g} seconds")

    faulthandler.dump_traceback_later(20 * seconds + 60, exit=True)  # where code in C hangs, which no signal ends; `--start` finds the input again
    if not hasattr(signal, "setitimer"):
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
        return
    old = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)


@contextmanager
def _traced(reached: set[tuple[str, int]]) -> Iterator[None]:
    """Notes the lines of marsad that run."""

    def line(frame: FrameType, event: str, _: object) -> object:
        if event == "line":
            reached.add((frame.f_code.co_filename, frame.f_lineno))
        return line

    def call(frame: FrameType, event: str, _: object) -> object:
        del event
        return line if "/marsad/" in frame.f_code.co_filename.replace("\\", "/") else None

    old = sys.gettrace()
    sys.settrace(call)  # type: ignore[arg-type]
    try:
        yield
    finally:
        sys.settrace(old)


def mutated(chance: random.Random, kept: list[bytes], longest: int) -> bytes:
    """One of the kept inputs, changed in one to eight places, where it is packed mostly inside."""
    return _changed(chance.choice(kept), chance, kept)[:longest]


def _changed(content: bytes, chance: random.Random, kept: list[bytes], depth: int = 0) -> bytes:
    if depth < 3 and chance.random() < 0.75:
        with contextlib.suppress(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, struct.error):
            if content.startswith(b"PK\x03\x04"):
                return _changed_zip(content, chance, kept, depth)
            if content.startswith(b"\x1f\x8b"):
                return gzip.compress(_changed(gzip.GzipFile(fileobj=io.BytesIO(content)).read(_UNPACKED), chance, kept, depth + 1), 1, mtime=0)
    return _mutant(content, chance, kept)


def _changed_zip(content: bytes, chance: random.Random, kept: list[bytes], depth: int) -> bytes:
    """A ZIP with one of its files changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        members = [(member.filename, packed.open(member).read(_UNPACKED)) for member in packed.infolist()[:50]]
    chosen = chance.randrange(len(members))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two files of one name are what is wanted
        for number, (name, member) in enumerate(members):
            packed.writestr(zipfile.ZipInfo(name), _changed(member, chance, kept, depth + 1) if number == chosen else member)
    return out.getvalue()


def _mutant(content: bytes, chance: random.Random, kept: list[bytes]) -> bytes:
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        place = chance.randrange(len(data) + 1)
        size = min(len(data) - place, chance.choice((1, 2, 4, 16, 64, 1024)))
        way = chance.randrange(10)
        if way == 0 and data:
            data[place % len(data)] ^= 1 << chance.randrange(8)
        elif way == 1:
            data[place:place] = chance.randbytes(chance.choice((1, 2, 4, 16)))
        elif way == 2:
            del data[place : place + size]
        elif way == 3:
            data[place : place + size] = chance.choice(_NUMBERS)
        elif way == 4:
            data[place:place] = bytes(data[place : place + size]) * chance.choice((1, 2, 50))
        elif way == 5:
            other = chance.choice(kept)
            begin = chance.randrange(len(other) + 1)
            data[place : place + size] = other[begin : begin + chance.choice((4, 32, 512, 8192))]
        elif way == 6:
            del data[place:]
        elif way in (7, 8):
            data[place:place] = chance.choice(_WORDS) * chance.choice((1, 1, 1, 50))
        elif data:
            data[place : place + size] = chance.randbytes(size)
    return bytes(data)


def main() -> int:
    """Fuzz; the exit status is 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seconds", type=float, nargs="?", default=60.0, help="for each target")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--start", type=int, default=int(time.time()), help="number that the inputs follow from (default: the time)")
    parser.add_argument("--again", type=Path, help="run one file that was found through its target")
    options = parser.parse_args()
    if options.again is not None:
        (target,) = targets([options.again.name.rsplit("-", 1)[0]])
        target.run(options.again.read_bytes())
        return 0
    status = 0
    for target in targets(options.names):
        tried, found = fuzz(target, options.seconds, options.start)
        print(f"{target.name}: {tried:,} inputs, {len(target.reached):,} lines reached, {len(found)} findings", flush=True)
        for finding in found:
            status = 1
            FOUND.mkdir(parents=True, exist_ok=True)
            path = FOUND / f"{finding.name}-{hashlib.sha256(finding.data).hexdigest()[:16]}"
            path.write_bytes(finding.data)
            print(f"{finding.told}\n  python tools/fuzz.py --again {path}", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
