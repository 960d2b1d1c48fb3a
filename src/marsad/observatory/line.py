"""Inputs → reports → readings, in order, on one core or several. Readings leave it encoded, so that no more than a few of them are ever held."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Final, NamedTuple

import msgspec

from marsad.intake import Fault, Intake, take_in
from marsad.model import Reading, Report
from marsad.reading import Because, explain, read

_CHUNK: Final = 16  # reports that a worker is given at once
_CHARACTERS: Final = 200_000  # … or so many characters of text, whichever is less
_AHEAD: Final = 3  # chunks under way for each worker


class Read(NamedTuple):
    """One report read: its reading as JSON, foreign keys of the record at the end, and why, if that was asked; or what went wrong."""

    content: bytes
    fault: Fault | None = None
    why: list[list[Because]] | None = None


def read_all(intake: Intake, jobs: int = 1) -> Iterator[Read]:
    """Read everything that comes in, in order of input. `jobs`: processes."""
    return (Read(b"", item.fault) if isinstance(item, Passed) else item for item in read_items(map(_passed, take_in(intake)), jobs))


class Passed(NamedTuple):
    """What is not to be read and keeps its place among what is: a fault, or whatever the caller wants to find again there."""

    fault: Fault | None
    other: object = None


def _passed(item: Report | Fault) -> Report | Passed:
    return Passed(item) if isinstance(item, Fault) else item


def read_items(items: Iterator[Report | Passed], jobs: int = 1) -> Iterator[Read | Passed]:
    """The readings of the reports among `items`, in their order, with what is `Passed` in its place. Some items are taken ahead of time."""
    if jobs <= 1:
        for item in items:
            yield item if isinstance(item, Passed) else read_one(item)
        return
    yield from _in_parallel(items, jobs)


def explained_all(intake: Intake) -> Iterator[Read]:
    """`read_all` on one core, each event with the reasons for its fields."""
    for item in take_in(intake):
        if isinstance(item, Fault):
            yield Read(b"", item)
            continue
        try:
            reading, why = explain(item)
            yield Read(encoded(reading, item.extra), None, why)
        except Exception as error:  # as in `read_one`
            yield Read(b"", Fault(item.id, None, f"internal error: {type(error).__name__}: {error}"))


def read_one(report: Report) -> Read:
    """The reading of one report; whatever goes wrong inside costs that report alone."""
    try:
        return Read(encoded(read(report), report.extra))
    except Exception as error:  # a mistake of ours must not cost the other reports
        return Read(b"", Fault(report.id, None, f"internal error: {type(error).__name__}: {error}"))


def encoded(reading: Reading, extra: dict[str, msgspec.Raw]) -> bytes:
    """A reading as one line of JSON; the keys of the input record that marsad does not know follow, untouched."""
    line = msgspec.json.encode(reading)
    own = {field.encode_name for field in msgspec.structs.fields(Reading)}
    foreign = {key: value for key, value in extra.items() if key not in own}
    if not foreign:
        return line
    return line[:-1] + b"," + msgspec.json.encode(foreign)[1:]


def _in_parallel(items: Iterator[Report | Passed], jobs: int) -> Iterator[Read | Passed]:
    context = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else None)
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        waiting: list[Future[list[Read]] | Passed] = []
        chunks = _chunks(items)
        try:
            while True:
                more = islice(chunks, max(0, jobs * _AHEAD - len(waiting)))
                waiting.extend(chunk if isinstance(chunk, Passed) else pool.submit(_read_chunk, chunk) for chunk in more)
                if not waiting:
                    return
                first = waiting.pop(0)
                if isinstance(first, Passed):
                    yield first
                else:
                    yield from first.result()
        except BrokenProcessPool:
            yield Read(b"", Fault("marsad", None, "a worker process was ended from outside (out of memory?); the rest was not read"))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _read_chunk(reports: list[Report]) -> list[Read]:
    return [read_one(report) for report in reports]


def _chunks(items: Iterator[Report | Passed]) -> Iterator[list[Report] | Passed]:
    chunk: list[Report] = []
    size = 0
    for item in items:
        if isinstance(item, Passed):
            if chunk:
                yield chunk
                chunk, size = [], 0
            yield item
            continue
        chunk.append(item)
        size += len(item.text)
        if len(chunk) >= _CHUNK or size >= _CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
