"""What is shown to everybody: reads and writes of its tables, and what tells whether they are behind the rest."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from marsad.store.kept import parts
from marsad.store.reads import ReadTx
from marsad.store.schema import DECISION, INCIDENT, PUBLIC_CHANGE, PUBLIC_ID, PUBLIC_INCIDENT, PUBLIC_REPORT, REPORT, STATE, TOLD_BY
from marsad.store.writes import WriteTx

_PAGE: Final = 500

Kind = str
"""`incident`, `report` or `special`."""


class PublicRow(NamedTuple):
    """An incident as everybody sees it: its place in the order, its JSON, and by what it is found."""

    key: int
    id: str
    source: str
    record: bytes
    facets: bytes


class ChangeRow(NamedTuple):
    """The latest change of an incident or a report. `gone`: why it is not there any more; `forward`: the id that took its place."""

    n: int
    kind: Kind
    id: str
    gone: str | None
    forward: str | None


class PublicReads:
    """Questions to what is shown to everybody, and to what tells whether it is behind."""

    def __init__(self, tx: ReadTx) -> None:
        self.connection = tx.connection
        self.tx = tx

    # -- the rest

    def mark(self) -> str:
        """What is another after every change of the store that may change what is shown; cheap."""
        ask = self.connection.execute
        reports = ask(sa.select(sa.func.max(REPORT.c.n), sa.func.count(REPORT.c.erased))).one()
        incidents = ask(sa.select(sa.func.count(), sa.func.max(INCIDENT.c.changed), sa.func.sum(INCIDENT.c.key % 1_000_003))).one()
        decision = ask(sa.select(sa.func.max(DECISION.c.number))).scalar()
        special = ask(sa.select(sa.func.max(PUBLIC_CHANGE.c.n)).where(PUBLIC_CHANGE.c.kind == "special")).scalar()
        return "|".join(str(value) for value in (*reports, *incidents, decision, special))

    def sources(self) -> dict[str, tuple[int, str]]:
        """Ids of all incidents → their place in the order, and a hash of what is kept of them and of when it changed."""
        made = sa.type_coerce(INCIDENT.c.record, sa.LargeBinary)
        asked = sa.select(INCIDENT.c.key, INCIDENT.c.id, INCIDENT.c.changed, made)
        return {
            id_: (key, hashlib.blake2b(f"{key}|{changed}|".encode() + bytes(packed), digest_size=12).hexdigest())
            for key, id_, changed, packed in self.connection.execute(asked)
        }

    def changed_since(self, moment: str, limit: int) -> list[str]:
        """Ids of the incidents that changed after a moment, the latest first."""
        asked = sa.select(INCIDENT.c.id).where(INCIDENT.c.changed > moment).order_by(INCIDENT.c.changed.desc()).limit(limit)
        return list(self.connection.execute(asked).scalars())

    def forwards(self) -> dict[str, str]:
        """Ids of incidents that another took the place of → the next id on the way."""
        asked = sa.select(PUBLIC_ID.c.id, PUBLIC_ID.c.forward).where(PUBLIC_ID.c.forward.is_not(None))
        return {row[0]: row[1] for row in self.connection.execute(asked)}

    def tellers(self) -> dict[str, list[str]]:
        """Ids of reports → ids of the incidents that they tell, sorted."""
        joined = TOLD_BY.join(INCIDENT, INCIDENT.c.key == TOLD_BY.c.key).join(REPORT, REPORT.c.n == TOLD_BY.c.report)
        found: dict[str, list[str]] = {}
        for report, incident in self.connection.execute(sa.select(REPORT.c.id, INCIDENT.c.id).select_from(joined).order_by(REPORT.c.id, INCIDENT.c.id)):
            found.setdefault(report, []).append(incident)
        return found

    # -- what is shown

    def held(self, kind: Kind) -> dict[str, str]:
        """Ids → the hash of what each was made from."""
        table = PUBLIC_INCIDENT if kind == "incident" else PUBLIC_REPORT
        return {row[0]: row[1] for row in self.connection.execute(sa.select(table.c.id, table.c.source))}

    def standing(self, kind: Kind) -> set[str]:
        """Ids of those that everybody was told of and not that they are gone."""
        where = (PUBLIC_CHANGE.c.kind == kind, PUBLIC_CHANGE.c.gone.is_(None))
        return set(self.connection.execute(sa.select(PUBLIC_CHANGE.c.id).where(*where)).scalars())

    def rows(self) -> Iterator[tuple[int, str, bytes]]:
        """All incidents, the newest first: place in the order, id, facets."""
        asked = sa.select(PUBLIC_INCIDENT.c.key, PUBLIC_INCIDENT.c.id, PUBLIC_INCIDENT.c.facets).order_by(PUBLIC_INCIDENT.c.key.desc())
        yield from ((row[0], row[1], row[2]) for row in self.connection.execute(asked))

    def incident(self, id: str) -> bytes | None:
        """The JSON of one incident."""
        found: bytes | None = self.connection.execute(sa.select(PUBLIC_INCIDENT.c.record).where(PUBLIC_INCIDENT.c.id == id)).scalar()
        return found

    def incidents(self, keys: Collection[int]) -> dict[int, bytes]:
        """The JSON of many, by their places in the order."""
        found: dict[int, bytes] = {}
        for part in parts(keys):
            asked = sa.select(PUBLIC_INCIDENT.c.key, PUBLIC_INCIDENT.c.record).where(PUBLIC_INCIDENT.c.key.in_(part))
            found.update((key, record) for key, record in self.connection.execute(asked))
        return found

    def report(self, id: str) -> bytes | None:
        """The JSON of one report."""
        found: bytes | None = self.connection.execute(sa.select(PUBLIC_REPORT.c.record).where(PUBLIC_REPORT.c.id == id)).scalar()
        return found

    def reports(self, ids: Collection[str] | None = None) -> Iterator[tuple[str, bytes]]:
        """The JSON of reports, the newest first: these, or all."""
        order = (PUBLIC_REPORT.c.day.is_(None), PUBLIC_REPORT.c.day.desc(), PUBLIC_REPORT.c.id)
        asked = sa.select(PUBLIC_REPORT.c.id, PUBLIC_REPORT.c.record).order_by(*order)
        for part in [None] if ids is None else parts(ids):
            yield from ((row[0], row[1]) for row in self.connection.execute(asked if part is None else asked.where(PUBLIC_REPORT.c.id.in_(part))))

    def report_days(self) -> list[tuple[str, int | None]]:
        """Ids and days of all reports, the newest first."""
        order = (PUBLIC_REPORT.c.day.is_(None), PUBLIC_REPORT.c.day.desc(), PUBLIC_REPORT.c.id)
        return [(id_, day) for id_, day in self.connection.execute(sa.select(PUBLIC_REPORT.c.id, PUBLIC_REPORT.c.day).order_by(*order))]

    def change(self, kind: Kind, id: str) -> ChangeRow | None:
        """The latest change of one."""
        row = self.connection.execute(_CHANGE.where(PUBLIC_CHANGE.c.kind == kind, PUBLIC_CHANGE.c.id == id)).first()
        return None if row is None else ChangeRow(*row)

    def changes(self, kind: Kind, *, after: int = 0, limit: int = 1000) -> list[ChangeRow]:
        """The latest changes after one, in order, each incident or report once."""
        asked = _CHANGE.where(PUBLIC_CHANGE.c.kind == kind, PUBLIC_CHANGE.c.n > after).order_by(PUBLIC_CHANGE.c.n).limit(limit)
        return [ChangeRow(*row) for row in self.connection.execute(asked)]

    def last_change(self) -> int:
        """The number of the latest change; 0 where there was none."""
        return int(self.connection.execute(sa.select(sa.func.coalesce(sa.func.max(PUBLIC_CHANGE.c.n), 0))).scalar_one())


class PublicWrites(PublicReads):
    """Writing down what is shown to everybody."""

    def __init__(self, tx: WriteTx) -> None:
        super().__init__(tx)

    def put_incidents(self, rows: Sequence[PublicRow]) -> None:
        """Put these in, in place of those of the same ids."""
        if rows:
            self._delete(PUBLIC_INCIDENT, PUBLIC_INCIDENT.c.id, [row.id for row in rows])
            self.connection.execute(sa.insert(PUBLIC_INCIDENT), [row._asdict() for row in rows])

    def put_reports(self, rows: Sequence[dict[str, Any]]) -> None:
        """Put these in (`id`, `source`, `day`, `record`), in place of those of the same ids."""
        if rows:
            self._delete(PUBLIC_REPORT, PUBLIC_REPORT.c.id, [row["id"] for row in rows])
            self.connection.execute(sa.insert(PUBLIC_REPORT), list(rows))

    def drop(self, kind: Kind, ids: Collection[str]) -> None:
        """Take these away."""
        table = PUBLIC_INCIDENT if kind == "incident" else PUBLIC_REPORT
        self._delete(table, table.c.id, ids)

    def forget(self, reports: Collection[str], incidents: Collection[str]) -> None:
        """Take away at once what was made of erased words; what stands in their place is told when it is next brought up to the store."""
        self.drop("report", reports)
        self.drop("incident", incidents)
        self.set_state("public_mark", "")

    def changed(self, kind: Kind, changes: Sequence[tuple[str, str | None, str | None]]) -> None:
        """Write down changes, in order: id, why it is gone or None, the id that took its place."""
        if not changes:
            return
        for part in parts(id_ for id_, _, _ in changes):
            self.connection.execute(sa.delete(PUBLIC_CHANGE).where(PUBLIC_CHANGE.c.kind == kind, PUBLIC_CHANGE.c.id.in_(part)))
        last = max(self.last_change(), int(self.tx.state("public_change") or 0))
        rows = [{"n": last + k, "kind": kind, "id": id_, "gone": gone, "forward": forward} for k, (id_, gone, forward) in enumerate(changes, 1)]
        self.connection.execute(sa.insert(PUBLIC_CHANGE), rows)
        self.set_state("public_change", str(last + len(rows)))

    def set_state(self, name: str, value: str) -> None:
        """Remember a value."""
        self.connection.execute(sa.delete(STATE).where(STATE.c.name == name))
        self.connection.execute(sa.insert(STATE), {"name": name, "value": value})

    def _delete(self, table: sa.Table, column: Any, values: Collection[str]) -> None:
        for part in parts(values):
            self.connection.execute(sa.delete(table).where(column.in_(part)))


_CHANGE: Final = sa.select(PUBLIC_CHANGE.c.n, PUBLIC_CHANGE.c.kind, PUBLIC_CHANGE.c.id, PUBLIC_CHANGE.c.gone, PUBLIC_CHANGE.c.forward)
