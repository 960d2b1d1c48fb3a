"""A report that somebody pastes or uploads: it is read at once, shown with its events, and kept only when that is said.

An upload is taken apart in a process of its own, with limits of time and memory, from a folder of its own under a name of ours.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import msgspec

from marsad.model import Reading, Report, reference_day
from marsad.observatory import read_one
from marsad.site.desk.asking import Ask, DeskError, Reply
from marsad.site.desk.marks import paragraphs, shown
from marsad.site.desk.review import report_path

LARGEST: Final = 8_000_000
"""Bytes of an upload."""
_TEXT: Final = 400_000  # characters
_SECONDS: Final = 60
_MEMORY: Final = 2_000_000_000  # bytes that taking an upload apart may ask for
_ENDINGS: Final = (".html", ".htm", ".txt", ".docx", ".pdf", ".eml", ".jsonl", ".mhtml")
_MANY: Final = 20
_FIELDS: Final = ("title", "outlet", "date", "url")

_CONFINED: Final = """\
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
sys.argv = ["marsad", "intake", sys.argv[1], "--format", "jsonl"]
runpy.run_module("marsad", run_name="__main__")
"""


_SEEN: Final = ("PATH", "PYTHONPATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "XDG_CACHE_HOME", "VIRTUAL_ENV")
"""What of the environment the process that takes an upload apart gets: no secrets, no address of a store."""


def paste_page(ask: Ask) -> Reply:
    """Where a report is pasted."""
    return ask.page("paste.html", "desk.paste", given=dict.fromkeys((*_FIELDS, "text"), ""), read=None, endings=", ".join(_ENDINGS))


def paste(ask: Ask) -> Reply:
    """Read what was pasted or uploaded, and show it; keep it where that was said."""
    given = {name: ask.one(name, 2_000) for name in _FIELDS}
    given["text"] = ask.one("text", _TEXT)
    if ask.upload is not None:
        first = _uploaded(*ask.upload)
        given |= {"text": first.text, "title": first.title or given["title"], "outlet": given["outlet"] or first.outlet or ""}
        given |= {"date": first.date.isoformat() if first.date else given["date"], "url": given["url"] or first.url or ""}
    if not given["text"]:
        raise DeskError("no_text")
    report = _report(given)
    if ask.one("keep"):
        return _kept(ask, report)
    done = read_one(report)
    if done.fault is not None:
        raise DeskError("not_read")
    reading = msgspec.json.decode(done.content, type=Reading)
    s = ask.speech
    read = {
        "lines": paragraphs(report.text, reading.events, [r.span for r in reading.residue]),
        "events": [shown(e, n, report.id, report.text, s) for n, e in enumerate(reading.events)],
        "count": s.count("events", len(reading.events)),
    }
    return ask.page("paste.html", "desk.paste", given=given, read=read, endings=", ".join(_ENDINGS))


def _report(given: dict[str, str]) -> Report:
    try:
        day = reference_day(given["date"]) if given["date"] else None
    except ValueError:
        raise DeskError("no_day") from None
    url = given["url"] if given["url"].lower().startswith(("http://", "https://")) else None
    return Report.from_text(given["text"], id="pasted", date=day, outlet=given["outlet"] or None, title=given["title"] or None, url=url)


def _kept(ask: Ask, report: Report) -> Reply:
    made = msgspec.structs.replace(report, id=f"pasted-{report.sha256[:16]}")
    with ask.desk.turn:
        added = next(iter(ask.site.observatory.add([made])))
    if added.fault is not None:
        raise DeskError("not_read")
    ask.desk.accounts.note(ask.who.name, "add", added.report)
    if len(ask.site.index) <= 20_000:
        ask.site.renew()
    return ask.to(report_path(added.report), "kept")


def _uploaded(name: str, content: bytes) -> Report:
    """The first report of an upload. Raises `DeskError`."""
    ending = Path(name).suffix.lower()
    if ending not in _ENDINGS:
        raise DeskError("no_such_format")
    if len(content) > LARGEST:
        raise DeskError("too_long")
    with tempfile.TemporaryDirectory(prefix="marsad-upload-") as folder:
        path = Path(folder) / f"upload{ending}"
        path.write_bytes(content)
        code = _CONFINED.format(memory=_MEMORY, seconds=_SECONDS)
        try:
            done = subprocess.run(
                [sys.executable, "-c", code, str(path)], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False,
                env={name: os.environ[name] for name in _SEEN if name in os.environ},
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise DeskError("not_read") from None
    for line in done.stdout.splitlines()[:_MANY]:
        with contextlib.suppress(msgspec.DecodeError, msgspec.ValidationError):
            found = msgspec.json.decode(line, type=_Taken)
            if found.text.strip():
                return Report(id="pasted", text=found.text[:_TEXT], date=found.date, outlet=found.outlet, title=found.title, url=found.url)
    raise DeskError("not_read")


class _Taken(msgspec.Struct):
    """What of a report that was taken in is asked for."""

    text: str
    date: datetime.date | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
