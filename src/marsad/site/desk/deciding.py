"""Acts of review as the desk does them: each is a decision with who and why; some kinds of incident ask for two people; undoing is a new decision."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple, get_args

from marsad.model import Decision, EventType
from marsad.observatory import Observatory
from marsad.site.desk.accounts import User
from marsad.site.desk.asking import Desk, DeskError
from marsad.store import SECONDING, DeskRows

STATES: Final = ("confirm", "reject", "withhold", "reopen", "note")
_BACK: Final = {"confirmed": "confirm", "rejected": "reject", "withheld": "withhold", "unreviewed": "reopen"}
_SMALL: Final = 20_000  # incidents, up to which what is shown to everybody is brought up at once


class Act(NamedTuple):
    """An act to be done."""

    kind: str
    subject: tuple[str, ...]
    fields: dict[str, Any] | None = None


@cache
def asks_for_two() -> frozenset[str]:
    """The kinds of incident that two people confirm. Raises ValueError for a table that names a kind that there is not."""
    told = tomllib.loads((files("marsad.site.desk") / "second.toml").read_text("utf-8"))["types"]
    if wrong := set(told) - set(get_args(EventType)):
        raise ValueError(f"second.toml: {min(wrong)!r} is no type of event")
    return frozenset(told)


def decide(desk: Desk, user: User, act: Act, why: str) -> str:
    """Do it; gives the key of the sentence that says what was done. Raises `DeskError`, `ReviewError`."""
    if not why.strip():
        raise DeskError("no_why")
    with desk.turn:
        told = _state(desk, user, act, why) if act.kind == "confirm" else _plain(desk, user, act, why)
    if len(desk.site.index) <= _SMALL:
        desk.site.renew()
    desk.accounts.note(user.name, act.kind, " ".join(act.subject))
    return told


def _plain(desk: Desk, user: User, act: Act, why: str) -> str:
    desk.site.observatory.review(act.kind, act.subject, why=why, by=user.name, fields=act.fields)
    if act.kind in ("reject", "withhold", "reopen"):
        with desk.site.observatory.store.writing() as tx:
            DeskRows(tx).drop(SECONDING, incident=act.subject[0])
    return "done"


def _state(desk: Desk, user: User, act: Act, why: str) -> str:
    """A confirmation; of some kinds of incident the first one is a note that waits for somebody else."""
    observatory = desk.site.observatory
    incident = observatory.incident(act.subject[0])
    if incident is None or incident.type not in asks_for_two():
        return _plain(desk, user, act, why)
    with observatory.store.asking() as tx:
        first = DeskRows(tx).one(SECONDING, incident=incident.id)
    if first is not None and first["by"] != user.name:
        if not user.may("second"):
            raise DeskError("not_second")
        _plain(desk, user, act, why)
        with observatory.store.writing() as tx:
            DeskRows(tx).drop(SECONDING, incident=incident.id)
        return "done"
    made = observatory.review("note", [incident.id], why=why, by=user.name)
    with observatory.store.writing() as tx:
        rows = DeskRows(tx)
        rows.drop(SECONDING, incident=incident.id)
        rows.put(SECONDING, incident=incident.id, kind="confirm", by=user.name, at=made.when, decision=made.number)
    return "second_waits"


def waiting(desk: Desk) -> dict[str, str]:
    """Ids of incidents that wait for a second person → the first."""
    with desk.site.observatory.store.asking() as tx:
        return {row["incident"]: row["by"] for row in DeskRows(tx).all(SECONDING)}


def undo(desk: Desk, user: User, number: int, why: str) -> Act:
    """Undo a decision by new ones; gives the last of them. A merge of several is undone part by part: each goes back to be an incident of its own.
    Raises `DeskError`, `ReviewError`."""
    observatory = desk.site.observatory
    decisions = observatory.decisions()
    found = next((d for d in decisions if d.number == number), None)
    if found is None:
        raise DeskError("not_undone")
    if found.kind == "merge":
        return _parted(desk, user, found, why)
    act = _inverse(observatory, decisions, found)
    if act is None:
        raise DeskError("not_undone")
    decide(desk, user, act, why)
    return act


def _parted(desk: Desk, user: User, d: Decision, why: str) -> Act:
    """Each part of a merge but the first is taken out of the incident that it is in now; what was taken out before stays out."""
    observatory, last = desk.site.observatory, None
    first, *others = observatory.named(d)
    stays = {i for name in first if (i := _incident_of(observatory, name))}
    for part in others:
        together = [name for name in part if _incident_of(observatory, name) in stays]
        if first and together:
            id_ = _incident_of(observatory, together[0])
            assert id_ is not None
            last = Act("split", (id_, *together))
            decide(desk, user, last, why)
            stays = {i for name in first if (i := _incident_of(observatory, name))}
    if last is None:
        raise DeskError("not_undone")
    return last


def _inverse(observatory: Observatory, decisions: list[Decision], d: Decision) -> Act | None:
    if d.kind in ("confirm", "reject", "withhold", "reopen"):
        back = _BACK.get(str(d.before))
        return Act(back, d.subject) if back else None
    if d.kind == "correct":
        own = [e for e in decisions if e.kind == "correct" and e.subject == d.subject and e.number < d.number]
        before: dict[str, Any] = {}
        for earlier in own:
            before.update(earlier.after or {})
        return Act("correct", d.subject, {name: before.get(name) for name in (d.after or {})})
    if d.kind == "move":
        event = next((name for name in d.subject if "#" in name), None)
        return Act("move", (event, str(d.before))) if event and d.before else None
    if d.kind == "split":
        ids = [i for part in observatory.named(d) for name in part if (i := _incident_of(observatory, name))]
        both = tuple(dict.fromkeys(ids))
        return Act("merge", both) if len(both) > 1 else None
    return None


def _incident_of(observatory: Observatory, name: str) -> str | None:
    report, _, number = name.rpartition("#")
    kept = observatory.report(report)
    return kept.incidents[int(number)] if kept is not None and int(number) < len(kept.incidents) else None
