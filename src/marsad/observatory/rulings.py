"""What editors' decisions mean for the events as they are read now.

Merges, splits and moves become pairs of events that must, or cannot, be one incident; confirmations, rejections, withholdings and corrections
become the state and the corrected fields of an incident. A decision is about events, by their anchors: it goes with most of them wherever a
later grouping puts them. What is withheld stays so for each single event of it, and for each that its anchor may mean.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import msgspec

from marsad.incidents import Held, Ref, Ruling, Told, held, of_anchor
from marsad.model import Anchor, Decision, Event, Review

_STATES: Final = {"confirm": "confirmed", "reject": "rejected", "withhold": "withheld", "reopen": "unreviewed"}
_UNREVIEWED: Final = Review("unreviewed", None, None)

OfText = Callable[[str], Sequence[Told]]
"""The events of all reports of this text (SHA-256), as they were read, not corrected."""


def parts_of(decision: Decision) -> list[tuple[Anchor, ...]]:
    """The anchors of a decision, part by part."""
    found, at = [], 0
    for size in decision.parts or (len(decision.anchors),):
        found.append(decision.anchors[at : at + size])
        at += size
    return found


def rulings_in(decision: Decision) -> list[Ruling]:
    """What a decision says about which events are one."""
    parts = parts_of(decision)
    if decision.kind == "merge":
        return [Ruling([anchor for part in parts for anchor in part])]
    if decision.kind == "split":
        out, rest = parts
        return [Ruling(out), Ruling(out, rest)]
    if decision.kind == "move":
        event, rest, target = parts
        return [*([Ruling(event, rest)] if rest else []), *([Ruling([*event, *target])] if target else [])]
    return []


@dataclass
class Decided:
    """All decisions, ready to be asked. `of_text` is asked for the events that they speak of."""

    decisions: Sequence[Decision]
    of_text: OfText
    _by_text: dict[str, list[Decision]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for decision in self.decisions:
            for text in dict.fromkeys(anchor.sha256 for anchor in decision.anchors):
                self._by_text.setdefault(text, []).append(decision)

    def on(self, texts: Collection[str]) -> list[Decision]:
        """The decisions that speak of these texts, in order."""
        if not self._by_text:
            return []
        found = {d.number: d for text in texts for d in self._by_text.get(text, ())}
        return [found[number] for number in sorted(found)]

    def pairs(self, texts: Collection[str]) -> Held:
        """Which events must, or cannot, be one, as far as decisions on these texts say so."""
        decisions = [d for d in self.on(texts) if rulings_in(d)]
        if not decisions:
            return _NOTHING
        named = {anchor.sha256 for d in decisions for anchor in d.anchors}
        told = [t for text in sorted(named) for t in self.of_text(text)]
        return held(told, [ruling for d in decisions for ruling in rulings_in(d)])

    def texts_beside(self, text: str) -> set[str]:
        """The texts that some decision on which events are one names together with this one."""
        return {anchor.sha256 for d in self.on([text]) if d.kind in ("merge", "move") for anchor in d.anchors}

    def events(self, told: Sequence[Told]) -> list[Told]:
        """The events of one report, with what editors corrected in them."""
        corrections = [d for d in self.on([told[0].sha256]) if d.kind == "correct" and is_of_event(d)] if told else []
        if not corrections:
            return list(told)
        found = {t.ref: t for t in told}
        for decision in corrections:
            for t in of_anchor(decision.anchors[0], told):
                found[t.ref] = replace(found[t.ref], event=corrected(t.event, found[t.ref].event, decision.after))
        return [found[t.ref] for t in told]

    def review(self, group: Sequence[Told]) -> tuple[Review, dict[str, Any]]:
        """The state of an incident, and the fields that editors corrected in it."""
        decisions = self.on({t.sha256 for t in group})
        own = {t.ref for t in group}
        state, fields = _UNREVIEWED, dict[str, Any]()
        for decision in decisions:
            if decision.kind not in _STATES and (decision.kind != "correct" or is_of_event(decision)):
                continue
            refs = self.refs(decision.anchors, alike=decision.kind == "withhold")
            hit = refs & own
            mostly = 2 * len(hit) > len(refs) or (bool(hit) and 2 * len(hit) == len(refs) and min(refs) in hit)
            if decision.kind == "correct":
                if mostly and isinstance(decision.after, dict):
                    fields.update(decision.after)
            elif mostly or (hit and decision.kind == "withhold"):
                state = Review(_STATES[decision.kind], decision.by, decision.when)  # type: ignore[arg-type]
        return state, {name: value for name, value in fields.items() if value is not None}

    def refs(self, anchors: Iterable[Anchor], *, alike: bool = False) -> set[Ref]:
        """The events that anchors name; with `alike` each that an anchor may mean."""
        return {t.ref for anchor in anchors for t in of_anchor(anchor, self.of_text(anchor.sha256), alike=alike)}

    def asked_again(self) -> Iterator[tuple[Decision, Anchor]]:
        """Decisions whose ground changed: an event that they name is not told any more in a text that is there, or not in these words."""
        for decision in self.decisions:
            for anchor in decision.anchors:
                own = self.of_text(anchor.sha256)
                hits = of_anchor(anchor, own)
                if own and not any(t.is_at(anchor) for t in hits):
                    yield decision, anchor


_NOTHING: Final = Held((), (), (), ())


def is_of_event(decision: Decision) -> bool:
    """Whether a correction is of one event of one report, and not of an incident."""
    return len(decision.subject) == 1 and "#" in decision.subject[0]


def corrected(read: Event, event: Event, fields: Mapping[str, Any] | None) -> Event:
    """An event with fields as an editor gave them (JSON); a field that is None is as it was read again. Raises `msgspec.ValidationError`, `ValueError`."""
    types = {known.name: known.type for known in msgspec.structs.fields(Event)}
    for name, value in (fields or {}).items():
        if name not in types:
            raise ValueError(f"an event has no field {name!r}; there are: {', '.join(types)}")
        event = msgspec.structs.replace(event, **{name: getattr(read, name) if value is None else msgspec.convert(value, types[name])})
    return event
