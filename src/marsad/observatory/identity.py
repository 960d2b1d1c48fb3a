"""When a report that comes in is one that is kept already, and under which id a new one is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from marsad.knowledge.addresses import tracking
from marsad.model import Report

if TYPE_CHECKING:
    from marsad.store import ReadTx, ReportRow

_SUFFIXES: Final = (8, 16, 64)


def address_of(url: str | None) -> str | None:
    """The address of a page without what does not tell it from another: scheme, `www.`, parameters that only track, fragment, a slash at the end."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return None
    if not host or parts.scheme not in ("http", "https"):
        return None
    kept = sorted((key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(key))
    path = quote(unquote(parts.path).rstrip("/"), safe="/:@!$&'()*+,;=-._~")
    return f"{host}{port}{path}" + (f"?{urlencode(kept)}" if kept else "")


def _tracks(key: str) -> bool:
    key = key.casefold()
    return key in tracking().parameters or key.startswith(tracking().beginnings)


def known(tx: ReadTx, report: Report) -> ReportRow | None:
    """The kept report that this one is: it has the same text, and neither address, outlet nor day says that it is another's."""
    same = [row for row in tx.reports(sha256=report.sha256) if row.erased or _agrees(row, tx, report)]
    return min(same, key=lambda row: (row.erased is None, row.id != report.id, row.n), default=None)


def _agrees(row: ReportRow, tx: ReadTx, report: Report) -> bool:
    day = report.date.toordinal() if report.date else None
    address = address_of(report.url)
    if not agree((row.outlet, row.day, row.address), (report.outlet, day, None)):
        return False
    return address is None or row.address is None or address == row.address or address in tx.addresses(row.n)


Facts = tuple[str | None, int | None, str | None]
"""Outlet, day as an ordinal, and address of a report, as far as they are known."""


def agree(one: Facts, other: Facts) -> bool:
    """Whether two reports of the same text can be one: none of the facts that both know differs."""
    return not any(a and b and a != b for a, b in zip(one, other, strict=True))


def id_beside(id: str, sha256: str) -> str:
    """The id of a report where another text has its own: with the beginning of its text's hash."""
    return f"{id}~{sha256[: _SUFFIXES[0]]}"


def id_for(tx: ReadTx, report: Report) -> str:
    """The id under which a new report is kept: its own, or with the beginning of its text's hash where another text has its own."""
    if tx.report(id=report.id) is None:
        return report.id
    for length in _SUFFIXES:
        made = f"{report.id}~{report.sha256[:length]}"
        if tx.report(id=made) is None:
            return made
    number = 2
    while tx.report(id=f"{report.id}~{report.sha256}~{number}") is not None:
        number += 1
    return f"{report.id}~{report.sha256}~{number}"
