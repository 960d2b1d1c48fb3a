"""Questions to what is kept for good: reports as they came in, their proofs and raw bytes, decisions, public ids.

What was made of these is asked in `reads.py`, whose `ReadTx` answers both.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from marsad.store.schema import BELONGED, DECISION, DECISION_ON, PROOF, PUBLIC_ID, RAW, REPORT, STATE

_MANY: Final = 400  # values in one list of a statement


class ReportRow(NamedTuple):
    """A report that came in. `record`: as it was taken in (JSON), None where it was erased."""

    n: int
    id: str
    sha256: str
    day: int | None
    outlet: str | None
    address: str | None
    record: bytes | None
    added: str
    erased: str | None


class DecisionRow(NamedTuple):
    """A decision: what stands in the chain, and its words, None where they were erased."""

    number: int
    kind: str
    at: str
    record: bytes
    words: bytes | None


class KeptReads:
    """One view of what is kept for good."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def among(self, asked: sa.Executable, values: Iterable[Any]) -> Iterator[Sequence[Any]]:
        """The rows that a statement with one list gives, for all of these values, as the driver gives them. SQLAlchemy would spell the list anew, with a
        name for each value, which takes longer than the database does for a few."""
        spelt, mark, times = _listed(asked, self.connection.dialect)
        for part in parts(values):
            yield from self.connection.exec_driver_sql(spelt.format(", ".join([mark] * len(part))), tuple(part) * times).all()

    # -- reports

    def report(self, *, n: int | None = None, id: str | None = None) -> ReportRow | None:
        """By its number or its id."""
        asked, value = (_REPORT_NUMBERED, n) if n is not None else (_REPORT_CALLED, id)
        row = self.connection.execute(asked, {"is": value}).first()
        return None if row is None else ReportRow(*row)

    def reports_numbered(self, numbers: Iterable[int]) -> dict[int, ReportRow]:
        """By their numbers; those that are not there are left out."""
        return {row[0]: ReportRow(*row) for part in parts(numbers) for row in self.connection.execute(_REPORTS_NUMBERED, {"numbers": part})}

    def reports(self, *, sha256: str | None = None, address: str | None = None) -> list[ReportRow]:
        """Those of this text, or of this address, in the order of coming in."""
        asked, value = (_REPORTS_OF_TEXT, sha256) if sha256 is not None else (_REPORTS_AT, address)
        return [ReportRow(*row) for row in self.connection.execute(asked, {"is": value})]

    def all_reports(self, *, after: int = 0, until: str | None = None) -> Iterator[ReportRow]:
        """All, in the order of coming in, page by page; those added up to `until`."""
        while True:
            asked = _REPORT.where(REPORT.c.n > after).order_by(REPORT.c.n).limit(200)
            if until is not None:
                asked = asked.where(REPORT.c.added <= until)
            rows = [ReportRow(*row) for row in self.connection.execute(asked)]
            yield from rows
            if len(rows) < 200:
                return
            after = rows[-1].n

    def ids(self, numbers: Iterable[int]) -> dict[int, str]:
        """Numbers of reports → their ids."""
        found: dict[int, str] = {}
        for part in parts(numbers):
            found.update((n, id_) for n, id_ in self.connection.execute(sa.select(REPORT.c.n, REPORT.c.id).where(REPORT.c.n.in_(part))))
        return found

    def added(self, numbers: Iterable[int]) -> dict[int, str]:
        """Numbers of reports → when they came in."""
        found: dict[int, str] = {}
        for part in parts(numbers):
            found.update((n, at) for n, at in self.connection.execute(sa.select(REPORT.c.n, REPORT.c.added).where(REPORT.c.n.in_(part))))
        return found

    def last_report(self) -> int:
        """The number of the report that came in last; 0 where there is none."""
        return int(self.connection.execute(_LAST_REPORT).scalar() or 0)

    def proofs(self, n: int) -> list[bytes]:
        """The proofs of a report, JSON, in the order of coming in."""
        rows = self.connection.execute(sa.select(PROOF.c.record).where(PROOF.c.report == n).order_by(PROOF.c.added, PROOF.c.sha256, PROOF.c.address))
        return [bytes(row[0]) for row in rows if row[0] is not None]

    def has_proof(self, n: int, sha256: str, address: str) -> bool:
        """Whether a report has this proof."""
        return self.connection.execute(_PROOF, {"report": n, "sha256": sha256, "address": address}).first() is not None

    def proof_hashes(self, n: int) -> set[str]:
        """The hashes of the bytes that a report was made of."""
        return set(self.connection.execute(sa.select(PROOF.c.sha256).where(PROOF.c.report == n)).scalars())

    def addresses(self, n: int) -> list[str]:
        """The addresses at which a report was found."""
        return list(self.connection.execute(sa.select(PROOF.c.address).where(PROOF.c.report == n, PROOF.c.address != "").order_by(PROOF.c.address)).scalars())

    def raw(self, sha256: str) -> bytes | None:
        """The raw bytes of this hash. Raises zlib.error where they were damaged."""
        packed = self.connection.execute(sa.select(RAW.c.content).where(RAW.c.sha256 == sha256)).scalar()
        return None if packed is None else zlib.decompress(bytes(packed))

    def has_raw(self, sha256: str) -> bool:
        """Whether there are raw bytes of this hash."""
        return self.connection.execute(_RAW, {"is": sha256}).first() is not None

    def raw_hashes(self) -> list[str]:
        """The hashes of all raw bytes, sorted."""
        return list(self.connection.execute(sa.select(RAW.c.sha256).order_by(RAW.c.sha256)).scalars())

    def raw_is_used(self, sha256: str) -> bool:
        """Whether a report that is there was made of these bytes."""
        return False in self._erased_of(sha256)

    def raw_was_erased(self, sha256: str) -> bool:
        """Whether these bytes were taken away for good: reports were made of them, and none of these is there."""
        return self._erased_of(sha256) == {True}

    def _erased_of(self, sha256: str) -> set[bool]:
        """Whether the reports that were made of these bytes were erased."""
        return set(self.connection.execute(_ERASED_OF, {"is": sha256}).scalars())

    def outlets(self) -> list[tuple[str | None, int]]:
        """The outlets and how many reports each has, the most first."""
        number = sa.func.count()
        asked = sa.select(REPORT.c.outlet, number).where(REPORT.c.erased.is_(None)).group_by(REPORT.c.outlet).order_by(number.desc(), REPORT.c.outlet)
        return [(outlet, int(n)) for outlet, n in self.connection.execute(asked)]

    # -- decisions, ids, state

    def decisions(self, *, until: str | None = None, sha256: Collection[str] | None = None) -> list[DecisionRow]:
        """The decisions, in order: all, those made up to a moment, those that speak of these texts."""
        if sha256 is not None:
            numbers: set[int] = set()
            for part in parts(sha256):
                numbers.update(self.connection.execute(sa.select(DECISION_ON.c.number).where(DECISION_ON.c.sha256.in_(part))).scalars())
            return [row for part in parts(sorted(numbers)) for row in self._decisions(DECISION.c.number.in_(part), until)]
        return self._decisions(sa.true(), until)

    def _decisions(self, where: Any, until: str | None) -> list[DecisionRow]:
        asked = sa.select(DECISION.c.number, DECISION.c.kind, DECISION.c.at, DECISION.c.record, DECISION.c.words).where(where).order_by(DECISION.c.number)
        if until is not None:
            asked = asked.where(DECISION.c.at <= until)
        return [
            DecisionRow(n, kind, at, bytes(record), None if words is None else bytes(words)) for n, kind, at, record, words in self.connection.execute(asked)
        ]

    def last_decision(self) -> DecisionRow | None:
        """The latest decision."""
        row = self.connection.execute(_LAST_DECISION).first()
        return None if row is None else DecisionRow(row[0], row[1], row[2], bytes(row[3]), None if row[4] is None else bytes(row[4]))

    def has_decisions(self) -> bool:
        """Whether anybody has decided anything about events."""
        return self.connection.execute(sa.select(DECISION_ON.c.number).limit(1)).first() is not None

    def forward(self, id: str) -> str | None:
        """The id that took the place of this one, to the end of the way; itself where it stands; None where it was never given."""
        seen = set()
        while id not in seen:
            seen.add(id)
            row = self.connection.execute(sa.select(PUBLIC_ID.c.forward).where(PUBLIC_ID.c.id == id)).first()
            if row is None:
                return None
            if row[0] is None:
                return id
            id = row[0]
        return None

    def id_numbers(self, ids: Collection[str]) -> dict[str, int]:
        """Public ids → the order in which they were given."""
        return {row[0]: row[1] for row in self.among(_ID_NUMBERS, ids)}

    def belonged(self, events: Iterable[tuple[int, int]], until: str) -> dict[tuple[int, int], str]:
        """Events → the incidents that they were of at a moment."""
        wanted = set(events)
        found: dict[tuple[int, int], str] = {}
        for part in parts({n for n, _ in wanted}):
            asked = sa.select(BELONGED.c.report, BELONGED.c.index, BELONGED.c.incident).where(BELONGED.c.report.in_(part), BELONGED.c.at <= until)
            for report, index, incident in self.connection.execute(asked.order_by(BELONGED.c.at)):
                if (report, index) in wanted:
                    found[report, index] = incident
        return found

    def state(self, name: str) -> str | None:
        """A value that the store remembers about itself."""
        return self.connection.execute(_STATE, {"is": name}).scalar()


_REPORT: Final = sa.select(
    REPORT.c.n, REPORT.c.id, REPORT.c.sha256, REPORT.c.day, REPORT.c.outlet, REPORT.c.address, REPORT.c.record, REPORT.c.added, REPORT.c.erased
)
_LAST_REPORT: Final = sa.select(sa.func.max(REPORT.c.n))
_ID_NUMBERS: Final = sa.select(PUBLIC_ID.c.id, PUBLIC_ID.c.number).where(PUBLIC_ID.c.id.in_(sa.bindparam("ids", expanding=True)))

# Statements that every report asks are made once: making one costs as much as asking it.
_IS: Final[Any] = sa.bindparam("is")
_NUMBERS: Final[Any] = sa.bindparam("numbers", expanding=True)
_REPORT_NUMBERED: Final = _REPORT.where(REPORT.c.n == _IS)
_REPORTS_NUMBERED: Final = _REPORT.where(REPORT.c.n.in_(_NUMBERS))
_REPORT_CALLED: Final = _REPORT.where(REPORT.c.id == _IS)
_REPORTS_OF_TEXT: Final = _REPORT.where(REPORT.c.sha256 == _IS).order_by(REPORT.c.n)
_REPORTS_AT: Final = _REPORT.where(REPORT.c.address == _IS).order_by(REPORT.c.n)
_PROOF: Final = sa.select(PROOF.c.report).where(
    PROOF.c.report == sa.bindparam("report"), PROOF.c.sha256 == sa.bindparam("sha256"), PROOF.c.address == sa.bindparam("address")
)
_RAW: Final = sa.select(RAW.c.sha256).where(RAW.c.sha256 == _IS)
_ERASED_OF: Final = (
    sa.select(REPORT.c.erased.is_not(None)).join(PROOF, REPORT.c.n == PROOF.c.report).where(PROOF.c.sha256 == _IS).distinct()
)  # fmt: skip
_LAST_DECISION: Final = (
    sa.select(DECISION.c.number, DECISION.c.kind, DECISION.c.at, DECISION.c.record, DECISION.c.words).order_by(DECISION.c.number.desc()).limit(1)
)
_STATE: Final = sa.select(STATE.c.value).where(STATE.c.name == _IS)

_LISTED: Final[dict[tuple[Any, str], tuple[str, str, int]]] = {}


def _listed(asked: Any, dialect: sa.Dialect) -> tuple[str, str, int]:
    """A statement with {} where its list stands, how the driver marks a value, and how often the list stands in it."""
    known = _LISTED.get((asked, dialect.name))
    if known is None:
        text, times = re.subn(r"__\[POSTCOMPILE_\w+\]", "{}", str(asked.compile(dialect=dialect)))
        mark = "?" if dialect.paramstyle == "qmark" else "%s"
        known = _LISTED[asked, dialect.name] = (text.replace("{}", "{0}"), mark, times)
    return known


def parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Values, each once, sorted, in lists that one statement can hold."""
    listed = sorted(set(values))
    for at in range(0, len(listed), _MANY):
        yield listed[at : at + _MANY]
