"""How long somebody waits who failed to sign in, so that guessing leads nowhere and nobody can lock another out.

- A browser that somebody signed in with before holds a word that shows it. What fails in it counts for it alone: no foe who knows a name, or comes from
  the same address, makes its owner wait (the "device cookie" of OWASP's guide to credential stuffing).
- In any other browser a name and an address together wait, longer with each failure. A name from all addresses, and an address with all names, wait too,
  after many more failures and never for longer than a minute.
- What is tried during a wait neither counts nor makes it longer. A passkey cannot be guessed and never waits.
"""

from __future__ import annotations

import datetime
import hashlib
import ipaddress
from typing import Final, NamedTuple

from marsad.store import ATTEMPT, DeskRows


class _Limit(NamedTuple):
    free: int  # failures before one waits
    longest: datetime.timedelta


_LIMITS: Final = {
    "known": _Limit(10, datetime.timedelta(hours=1)),
    "pair": _Limit(5, datetime.timedelta(hours=1)),
    "name": _Limit(50, datetime.timedelta(minutes=1)),
    "from": _Limit(30, datetime.timedelta(minutes=1)),
}
_WAIT: Final = datetime.timedelta(minutes=1)  # doubled with each further failure, up to the longest
_FORGOTTEN: Final = datetime.timedelta(hours=24)  # after which failures do not count any more
_NET_6: Final = 64  # bits of an IPv6 address that one house has


def subjects(name: str, origin: str, known: str) -> tuple[str, ...]:
    """What an attempt counts for. `known`: the word of a browser that its owner signed in with before; "" of another."""
    if known:
        return (f"known:{hashed(known)}",)
    return (f"pair:{hashed(name)}:{hashed(net(origin))}", f"name:{hashed(name)}", f"from:{hashed(net(origin))}")


def waits(rows: DeskRows, of: tuple[str, ...], now: str) -> bool:
    """Whether one of these has to wait still."""
    return any((row := rows.one(ATTEMPT, subject=one)) is not None and (row["until"] or "") > now for one in of)


def failed(rows: DeskRows, of: tuple[str, ...], now: str) -> None:
    """Write down that an attempt failed."""
    rows.drop_before(ATTEMPT, "last", later(now, -_FORGOTTEN))
    for one in of:
        limit = _LIMITS[one.partition(":")[0]]
        before = rows.one(ATTEMPT, subject=one)
        failures = 1 if before is None else int(before["failures"]) + 1
        beyond = failures - limit.free
        until = None if beyond < 0 else later(now, min(limit.longest, _WAIT * 2 ** min(beyond, 10)))
        rows.drop(ATTEMPT, subject=one)
        rows.put(ATTEMPT, subject=one, failures=failures, last=now, until=until)


def forgotten(rows: DeskRows, of: tuple[str, ...]) -> None:
    """Whoever signed in begins anew; an address that tries many names does not."""
    for one in of:
        if not one.startswith("from:"):
            rows.drop(ATTEMPT, subject=one)


def forgiven(rows: DeskRows, name: str) -> None:
    """Nobody waits for this name any more."""
    rows.drop(ATTEMPT, subject=f"name:{hashed(name)}")
    rows.drop_beginning(ATTEMPT, "subject", f"pair:{hashed(name)}:")


def net(origin: str) -> str:
    """The address, or of an IPv6 address the net that one house has: it changes the rest at will."""
    try:
        address = ipaddress.ip_address(origin)
    except ValueError:
        return origin
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((int(address), _NET_6), strict=False))
    return str(address)


def hashed(words: str) -> str:
    """Words as they are kept here: nobody reads who tried what."""
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:24]


def later(moment: str, by: datetime.timedelta) -> str:
    """A moment, moved."""
    return (datetime.datetime.fromisoformat(moment) + by).astimezone(datetime.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
