"""How a command writes: a file that appears whole or not at all, faults and a progress bar on standard error."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from typing import IO, Final

_LONG: Final = 2_000_000  # bytes of input from which the work is long


@contextlib.contextmanager
def opened(name: str | None) -> Iterator[IO[bytes]]:
    """Standard output, or a file that takes its name only when it is whole."""
    if name is None:
        yield sys.stdout.buffer
        return
    folder = os.path.dirname(os.path.abspath(name))
    handle, part = tempfile.mkstemp(dir=folder, prefix=".marsad-")
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(part, 0o666 & ~mask)
        os.replace(part, name)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise


class Step:
    """What is shown while the work goes on: nothing but faults, where standard error is no terminal."""

    def done(self, size: int) -> None:
        """One report more; `size`: bytes of its reading."""

    def say(self, words: str) -> None:
        """A line on standard error."""
        print(harmless(words), file=sys.stderr)


def harmless(words: str) -> str:
    """Words from outside (names of files, ids) without the characters that command a terminal."""
    return "".join(c if c >= " " and not "\x7f" <= c <= "\x9f" else "\ufffd" for c in words).encode("utf-8", "replace").decode()


@contextlib.contextmanager
def progress(inputs: Sequence[str], *, shown: bool) -> Iterator[Step]:
    """A progress bar on a terminal when the work is long and the output is not itself `shown` there; else faults alone."""
    from marsad.intake import size_of

    total = size_of(inputs) if sys.stderr.isatty() else None
    if total is None or total < _LONG or shown:
        yield Step()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("kB about"), TimeElapsedColumn(), console=Console(stderr=True))

    class Bar(Step):
        def done(self, size: int) -> None:
            bar.advance(task, size * 0.45 / 1000)  # a reading is about twice as long as its record

        def say(self, words: str) -> None:
            bar.console.print(harmless(words), markup=False, highlight=False)

    with bar:
        task = bar.add_task("read", total=total // 1000)
        yield Bar()


def screen_width() -> int:
    """Columns of the terminal; 120 where there is none."""
    import shutil

    return shutil.get_terminal_size((120, 40)).columns


def coloured(out: IO[bytes]) -> bool:
    """Whether `out` is a terminal that wants colour."""
    return out is sys.stdout.buffer and sys.stdout.isatty() and "NO_COLOR" not in os.environ
