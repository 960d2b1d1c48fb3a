"""Changes to the store, each a part of one transaction."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from marsad.store.kept import parts
from marsad.store.reads import ReadTx, tags_of
from marsad.store.schema import (
    BELONGED,
    DECISION,
    DECISION_ON,
    DERIVED,
    EVENT,
    FILED,
    INCIDENT,
    LINK,
    OUTLINE,
    PROOF,
    PUBLIC_ID,
    RAW,
    READING,
    REPORT,
    STATE,
    TAG,
    TAGGED,
    TOLD_BY,
    deflated,
)
from marsad.store.words import doc_of

_DAY: Final = 43  # bits of an incident's id in its key
_HASHED: Final = 12  # figures of an id's hash


class NewEvent(NamedTuple):
    """An event to be kept, its number in the reading, and the entries under which it is filed."""

    number: int
    type: str
    start: int
    end: int
    entries: Sequence[int]


class Outline(NamedTuple):
    """What is compared of the events of a report, and the stamp of what it depends on beside the reading."""

    stamp: str
    record: bytes


class NewLink(NamedTuple):
    """A link to be kept."""

    a: tuple[int, int]
    b: tuple[int, int]
    score: float
    why: bytes


class NewIncident(NamedTuple):
    """An incident to be kept: `day` on which it begins (ordinal), `reports` that tell it, `events` that it is made of, `tags` by which it is found."""

    id: str
    component: int
    day: int | None
    changed: str
    record: bytes
    reports: Sequence[int]
    events: Sequence[tuple[int, int]]
    tags: Sequence[str]


def key_of(id: str, day: int | None) -> int:
    """The place of an incident in the order in which incidents are shown: by day, then by id."""
    figures = id.rpartition("-")[2][:_HASHED]
    return ((day or 0) << _DAY) | (int(figures, 16) >> (4 * _HASHED - _DAY))


def keys_between(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    """The least and the greatest key of incidents that begin on these days (ordinals)."""
    return None if first is None else first << _DAY, None if last is None else ((last + 1) << _DAY) - 1


class WriteTx(ReadTx):
    """What one transaction changes; it sees its own changes."""

    # -- kept for good

    def keep_raw(self, sha256: str, content: bytes) -> None:
        """Keep raw bytes under their hash; those that are there, or were erased, are not kept again."""
        if not self.has_raw(sha256) and not self.raw_was_erased(sha256):
            self.connection.execute(self._unless_there(RAW), {"sha256": sha256, "size": len(content), "content": deflated(content)})

    def keep_report(self, *, id: str, sha256: str, address: str | None, day: int | None, outlet: str | None, record: bytes, added: str) -> int:
        """Keep a report; gives its number."""
        row = {"id": id, "sha256": sha256, "address": address, "day": day, "outlet": outlet, "record": record, "added": added}
        made = self.connection.execute(_NEW_REPORT, row)
        assert made.inserted_primary_key is not None
        return int(made.inserted_primary_key[0])

    def keep_proof(self, report: int, *, sha256: str, address: str, record: bytes, added: str) -> bool:
        """Keep a proof of a report; whether it is a new one."""
        row = {"report": report, "sha256": sha256, "address": address, "record": record, "added": added}
        return self.connection.execute(self._unless_there(PROOF), row).rowcount > 0

    def keep_decision(self, *, number: int, kind: str, at: str, record: bytes, words: bytes, texts: Iterable[str]) -> None:
        """Keep a decision, `texts`: the hashes of the texts that it speaks of."""
        self.connection.execute(sa.insert(DECISION), {"number": number, "kind": kind, "at": at, "record": record, "words": words})
        on = [{"sha256": sha256, "number": number} for sha256 in sorted(set(texts))]
        if on:
            self.connection.execute(sa.insert(DECISION_ON), on)

    def give_ids(self, ids: Sequence[str], at: str) -> None:
        """Write down that ids were given, in this order."""
        if ids:
            last = int(self.connection.execute(_LAST_ID).scalar_one())
            rows = [{"id": id_, "number": last + n, "at": at, "forward": None} for n, id_ in enumerate(ids, 1)]
            self._change(_NEW_IDS, rows)

    def keep_belonging(self, incidents: Mapping[tuple[int, int], str], at: str) -> None:
        """Write down that events are of other incidents from now on."""
        rows = [{"report": r, "index": i, "at": at, "incident": id_} for (r, i), id_ in sorted(incidents.items())]
        self._change(_belong_now(self.connection.dialect.name), rows)

    def send_on(self, id: str, to: str | None) -> None:
        """Write down that another id took the place of this one; None: it stands again."""
        self.connection.execute(sa.update(PUBLIC_ID).where(PUBLIC_ID.c.id == id).values(forward=to))

    def erase_report(self, n: int, at: str) -> list[str]:
        """Take a report's text and facts away, and the bytes that no other report was made of; gives the hashes of these bytes. Its id, hash and proofs'
        hashes stay."""
        hashes = list(self.connection.execute(sa.select(PROOF.c.sha256).where(PROOF.c.report == n).distinct()).scalars())
        self.connection.execute(sa.update(REPORT).where(REPORT.c.n == n).values(record=None, outlet=None, address=None, erased=at))
        self.connection.execute(sa.delete(BELONGED).where(BELONGED.c.report == n))
        self.connection.execute(sa.delete(PROOF).where(PROOF.c.report == n, PROOF.c.address != ""))
        for sha256 in hashes:
            self.keep_proof(n, sha256=sha256, address="", record=b"", added=at)
        self.connection.execute(sa.update(PROOF).where(PROOF.c.report == n).values(record=None))
        gone = sorted(sha256 for sha256 in hashes if not self.raw_is_used(sha256))
        if gone:
            self.connection.execute(sa.delete(RAW).where(RAW.c.sha256.in_(gone)))
        return gone

    def scrub(self) -> None:
        """Leave no trace of what was taken away: no tag without an incident, no word in the index."""
        self.connection.execute(sa.delete(TAG).where(TAG.c.n.not_in(sa.select(TAGGED.c.tag).distinct())))
        self.words.scrub(self.connection)

    def erase_words(self, numbers: Iterable[int]) -> None:
        """Take the words of decisions away; what stands in the chain stays."""
        self.connection.execute(sa.update(DECISION).where(DECISION.c.number.in_(sorted(numbers))).values(words=None))

    def set_state(self, name: str, value: str) -> None:
        """Remember a value."""
        if self.connection.execute(sa.update(STATE).where(STATE.c.name == name).values(value=value)).rowcount == 0:
            self.connection.execute(sa.insert(STATE), {"name": name, "value": value})

    # -- derived

    def keep_reading(
        self, n: int, *, day: int | None, reader: str, record: bytes, terms: Sequence[str], events: Sequence[NewEvent], outline: Outline | None = None
    ) -> None:
        """Keep what was read in a report, which has no reading yet: its terms are indexed, its events stand alone until they are grouped."""
        self._change(_NEW_READING, [{"report": n, "reader": reader, "record": record, "terms": " ".join(terms).encode()}])
        self.words.put(self.connection, doc_of(n, day), terms)
        if events:
            rows = [
                {"report": n, "index": e.number, "type": e.type, "start": e.start, "end": e.end, "component": component_of([(n, e.number)]), "incident": None}
                for e in events
            ]
            self._change(_NEW_EVENTS, rows)
        self._file(n, events, outline)

    def _file(self, n: int, events: Sequence[NewEvent], outline: Outline | None) -> None:
        if outline is not None and events:
            self._change(_NEW_OUTLINE, [{"report": n, "stamp": outline.stamp, "record": outline.record}])
        filed = [{"entry": entry, "report": n, "index": e.number} for e in events for entry in sorted(set(e.entries))]
        self._change(_FILE, filed)

    def file_again(self, events: Iterable[tuple[int, Sequence[NewEvent], Outline | None]]) -> None:
        """File all events anew: those of each report, by its number, with its outline."""
        self.connection.execute(sa.delete(FILED))
        self.connection.execute(sa.delete(OUTLINE))
        for n, its, outline in events:
            self._file(n, its, outline)

    def drop_reading(self, n: int, day: int | None) -> None:
        """Take the reading of a report away, with its events and their links; incidents are the caller's to make again."""
        packed = self.connection.execute(sa.select(READING.c.terms).where(READING.c.report == n)).scalar()
        if packed is not None:
            self.words.take(self.connection, doc_of(n, day), packed.decode().split(" ") if packed else ())
        for table, where in (
            (READING, READING.c.report == n),
            (OUTLINE, OUTLINE.c.report == n),
            (FILED, FILED.c.report == n),
            (LINK, sa.or_(LINK.c.a_report == n, LINK.c.b_report == n)),
            (EVENT, EVENT.c.report == n),
        ):
            self.connection.execute(sa.delete(table).where(where))

    def keep_links(self, links: Iterable[NewLink]) -> None:
        """Keep new links."""
        rows = [{"a_report": one.a[0], "a_index": one.a[1], "b_report": one.b[0], "b_index": one.b[1], "score": one.score, "why": one.why} for one in links]
        self._change(_NEW_LINKS, rows)

    def set_components(self, components: Mapping[int, Sequence[tuple[int, int]]]) -> None:
        """Say which component events are of."""
        rows = [{"report_": r, "index_": i, "component": number} for number, events in components.items() for r, i in events]
        self._change(_IS_PART, rows)

    def join_components(self, joined: Mapping[int, int]) -> None:
        """Make components part of others, by their numbers."""
        for number, into in joined.items():
            self.connection.execute(_EVENTS_JOIN, {"number": number, "into": into})
            self.connection.execute(_INCIDENTS_JOIN, {"number": number, "into": into})

    def drop_component(self, component: int) -> None:
        """Take the incidents of a component away; its events stay and wait for others."""
        self._drop(_KEYS_OF_COMPONENT, {"is": component})

    def _drop(self, asked: sa.Select[Any], value: Mapping[str, Any]) -> None:
        self._take_away({key: tags_of(packed) for key, packed in self.connection.execute(asked, value)})

    def _take_away(self, gone: Mapping[int, Iterable[int]]) -> None:
        """Take incidents away, by their keys with the numbers of their tags."""
        self._change(_UNTAG, [{"tag_": tag, "key_": key} for key, tags in gone.items() for tag in tags])
        for part in parts(gone):
            self.connection.execute(_UNTELL, {"keys": part})
            self.connection.execute(_GO, {"keys": part})

    def keep_incidents(self, incidents: Sequence[NewIncident]) -> None:
        """Keep new incidents, and say of their events that they are theirs."""
        self.replace_incidents((), incidents)

    def replace_incidents(self, gone: Collection[str], incidents: Sequence[NewIncident]) -> None:
        """Keep incidents in place of those that go; of one that stays under its id what is as it was is not written again."""
        before = {id_: (key, set(tags_of(packed))) for key, id_, packed in self.among(_CALLED, gone)}
        stay = {new.id for new in incidents if new.id in before and before[new.id][0] >> _DAY == (new.day or 0)}
        self._take_away(dict(had for id_, had in before.items() if id_ not in stay))
        tellers = self.tellers([before[id_][0] for id_ in stay])
        numbers = self._tag_numbers_of({name for new in incidents for name in new.tags})
        fresh = iter(self._free_keys([key_of(new.id, new.day) for new in incidents if new.id not in stay]))
        made: dict[Any, list[dict[str, Any]]] = {
            change: [] for change in (_NEW_INCIDENTS, _AS_NOW, _UNTAG, _NEW_TAGGED, _TELLS_NO_MORE, _NEW_TELLERS, _BELONGS)
        }
        for new in incidents:
            tags = {numbers[name] for name in new.tags}
            row = {"component": new.component, "changed": new.changed, "record": new.record, "tags": array("I", sorted(tags)).tobytes()}
            key, had = before[new.id] if new.id in stay else (next(fresh), set())
            if new.id in stay:
                made[_AS_NOW].append({"key_": key, **{f"{name}_": value for name, value in row.items()}})
            else:
                made[_NEW_INCIDENTS].append({"key": key, "id": new.id, **row})
            told, told_before = set(new.reports), set(tellers.get(key, ()))
            made[_UNTAG] += [{"tag_": tag, "key_": key} for tag in sorted(had - tags)]
            made[_NEW_TAGGED] += [{"tag": tag, "key": key} for tag in sorted(tags - had)]
            made[_TELLS_NO_MORE] += [{"report_": n, "key_": key} for n in sorted(told_before - told)]
            made[_NEW_TELLERS] += [{"report": n, "key": key} for n in sorted(told - told_before)]
            made[_BELONGS] += [{"report_": r, "index_": i, "component": new.component, "incident": new.id} for r, i in new.events]
        for change, values in made.items():
            self._change(change, values)

    def _change(self, change: Any, values: Sequence[Mapping[str, Any]]) -> None:
        """Make a change once for each row of values, by their names. All rows have the same names."""
        if values:
            spelt = _spelt(change, tuple(values[0]), self.connection.dialect)
            self.connection.exec_driver_sql(spelt.text, spelt.rows(values))

    def _free_keys(self, keys: Sequence[int]) -> list[int]:
        """These keys, each moved on where another incident has it."""
        taken = {row[0] for row in self.among(_TAKEN, keys)}
        found: list[int] = []
        for key in keys:
            while key in taken or (key not in keys and self.connection.execute(_TAKEN, {"keys": [key]}).first()):
                key += 1
            taken.add(key)
            found.append(key)
        return found

    def _tag_numbers_of(self, names: Collection[str]) -> dict[str, int]:
        """The numbers of tags, given to those that have none."""
        found: dict[str, int] = {row[0]: row[1] for row in self.among(_TAGS, names)}
        new = sorted(set(names) - found.keys())
        if new:
            last = int(self.connection.execute(_LAST_TAG).scalar_one())
            found.update((name, last + k) for k, name in enumerate(new, 1))
            self._change(_NEW_TAGS, [{"n": found[name], "name": name} for name in new])
        return found

    def clear_derived(self) -> None:
        """Empty every table that can be made again."""
        for table in DERIVED:
            self.connection.execute(sa.delete(table))
        self.words.clear(self.connection)

    def _unless_there(self, table: sa.Table) -> Any:
        return _unless_there(table, self.connection.dialect.name)


def component_of(events: Iterable[tuple[int, int]]) -> int:
    """The number of a component: its first event's."""
    n, index = min(events)
    return (n << 20) | index


class _Spelt(NamedTuple):
    """A change as the driver takes it: `packs` what is to be packed of a row of values on the way, by name; `ordered` gives a row's values in the order in
    which the driver wants them, None where it wants them by name."""

    text: str
    packs: tuple[tuple[str, Callable[[Any], Any]], ...]
    ordered: Callable[[Mapping[str, Any]], Any] | None

    def rows(self, values: Iterable[Mapping[str, Any]]) -> list[Any]:
        """Rows as the driver takes them."""
        if self.packs:
            values = [{**row, **{name: pack(row[name]) for name, pack in self.packs}} for row in values]
        return list(values if self.ordered is None else map(self.ordered, values))


_SPELT: Final[dict[tuple[Any, tuple[str, ...], str], _Spelt]] = {}


def _spelt(change: Any, names: tuple[str, ...], dialect: sa.Dialect) -> _Spelt:
    """A change to be made many times, put into words once. SQLAlchemy would look at the type of each value of each row again, which takes longer than
    the database does with it."""
    known = _SPELT.get((change, names, dialect.name))
    if known is None:
        compiled = change.compile(dialect=dialect, column_keys=list(names))
        packs = ((name, bound.type.dialect_impl(dialect).bind_processor(dialect)) for name, bound in compiled.binds.items())
        ordered = itemgetter(*compiled.positiontup) if compiled.positional else None  # every change has two values and more
        known = _SPELT[change, names, dialect.name] = _Spelt(str(compiled), tuple((name, pack) for name, pack in packs if pack is not None), ordered)
    return known


@cache
def _unless_there(table: sa.Table, dialect: str) -> Any:
    return _kind(dialect).insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


@cache
def _belong_now(dialect: str) -> Any:
    new = _kind(dialect).insert(BELONGED)
    return new.on_conflict_do_update(index_elements=[BELONGED.c.report, BELONGED.c.index, BELONGED.c.at], set_={"incident": new.excluded.incident})


def _kind(dialect: str) -> Any:
    return sqlite if dialect == "sqlite" else postgresql


# Statements that every report asks are made once: making one costs as much as asking it.
_KEYS: Final[Any] = sa.bindparam("keys", expanding=True)
_NEW_REPORT: Final = sa.insert(REPORT)
_NEW_READING: Final = sa.insert(READING)
_NEW_OUTLINE: Final = sa.insert(OUTLINE)
_NEW_EVENTS: Final = sa.insert(EVENT)
_NEW_LINKS: Final = sa.insert(LINK)
_NEW_INCIDENTS: Final = sa.insert(INCIDENT)
_NEW_TAGGED: Final = sa.insert(TAGGED)
_NEW_TELLERS: Final = sa.insert(TOLD_BY)
_NEW_TAGS: Final = sa.insert(TAG)
_NEW_IDS: Final = sa.insert(PUBLIC_ID)
_FILE: Final = sa.insert(FILED)
_LAST_ID: Final = sa.select(sa.func.coalesce(sa.func.max(PUBLIC_ID.c.number), 0))
_LAST_TAG: Final = sa.select(sa.func.coalesce(sa.func.max(TAG.c.n), 0))
_TAGS: Final = sa.select(TAG.c.name, TAG.c.n).where(TAG.c.name.in_(sa.bindparam("names", expanding=True)))
_TAKEN: Final = sa.select(INCIDENT.c.key).where(INCIDENT.c.key.in_(_KEYS))
_KEYS_OF_COMPONENT: Final = sa.select(INCIDENT.c.key, INCIDENT.c.tags).where(INCIDENT.c.component == sa.bindparam("is"))
_CALLED: Final = sa.select(INCIDENT.c.key, INCIDENT.c.id, INCIDENT.c.tags).where(INCIDENT.c.id.in_(sa.bindparam("ids", expanding=True)))
_AS_NOW: Final = (
    sa.update(INCIDENT)
    .where(INCIDENT.c.key == sa.bindparam("key_"))
    .values({name: sa.bindparam(f"{name}_") for name in ("component", "changed", "record", "tags")})
)
_UNTELL: Final = sa.delete(TOLD_BY).where(TOLD_BY.c.key.in_(_KEYS))
_GO: Final = sa.delete(INCIDENT).where(INCIDENT.c.key.in_(_KEYS))
_TELLS_NO_MORE: Final = sa.delete(TOLD_BY).where(TOLD_BY.c.report == sa.bindparam("report_"), TOLD_BY.c.key == sa.bindparam("key_"))
_UNTAG: Final = sa.delete(TAGGED).where(TAGGED.c.tag == sa.bindparam("tag_"), TAGGED.c.key == sa.bindparam("key_"))
_IS_PART: Final = (
    sa.update(EVENT).where(EVENT.c.report == sa.bindparam("report_"), EVENT.c.index == sa.bindparam("index_")).values(component=sa.bindparam("component"))
)
_EVENTS_JOIN, _INCIDENTS_JOIN = (
    sa.update(table).where(table.c.component == sa.bindparam("number")).values(component=sa.bindparam("into")) for table in (EVENT, INCIDENT)
)
_BELONGS: Final = (
    sa.update(EVENT)
    .where(EVENT.c.report == sa.bindparam("report_"), EVENT.c.index == sa.bindparam("index_"))
    .values(component=sa.bindparam("component"), incident=sa.bindparam("incident"))
)
