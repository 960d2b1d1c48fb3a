"""Work that is parted among forked processes, each of which has all that its parent had loaded."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

_T = TypeVar("_T")


def parted(work: Sequence[_T], do: Callable[[_T], dict[str, str]], least: int, step: Callable[[int], None] = lambda _: None) -> dict[str, str]:
    """Do each of `work`, and give all that was given. By as many processes as there are cores, where there are at least `least` of it for each, the system
    can fork, and no other thread runs (which a forked process would not have). What goes wrong in a process goes wrong here."""
    number = min(os.cpu_count() or 1, len(work) // max(1, least))
    if number < 2 or not hasattr(os, "fork") or threading.active_count() > 1:
        found: dict[str, str] = {}
        for one in work:
            found.update(do(one))
            step(1)
        return found
    pipes = [_forked(work[n::number], do) for n in range(1, number)]
    found = {}
    try:
        for one in work[::number]:
            found.update(do(one))
            step(1)
    finally:
        told = [_ended(*pipe) for pipe in pipes]
    for n, (status, content) in enumerate(told, 1):
        if status:
            raise ChildProcessError(content.decode("utf-8", "replace") or f"a process of publishing ended with status {status}")
        found.update(msgspec.json.decode(content, type=dict[str, str]))
        step(len(work[n::number]))
    return found


def _forked(work: Sequence[_T], do: Callable[[_T], dict[str, str]]) -> tuple[int, int]:
    """A process that does some of it, and the pipe by which it tells what came of it."""
    read, write = os.pipe()
    own = os.fork()
    if own:
        os.close(write)
        return own, read
    status = 1
    try:
        os.close(read)
        with open(write, "wb") as stream:
            try:
                found: dict[str, str] = {}
                for one in work:
                    found.update(do(one))
                stream.write(msgspec.json.encode(found))
                status = 0
            except Exception as error:  # told by the parent, in one line
                stream.write(f"{type(error).__name__}: {error}".encode("utf-8", "replace"))
    finally:
        os._exit(status)


def _ended(own: int, read: int) -> tuple[int, bytes]:
    with open(read, "rb") as stream:
        content = stream.read()
    _, status = os.waitpid(own, 0)
    return os.waitstatus_to_exitcode(status), content
