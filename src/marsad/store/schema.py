"""The tables. What is kept for good comes first, what is derived and can be made again second.

A report has a number `n`, given in the order of coming in; an event is known by its report's number and its index there. `key` of an incident is
its place in the order in which incidents are shown: its first day in the upper 20 bits, its id below, so that an index over (tag, key) gives any
filter its first page without sorting. Texts of JSON are packed with zlib, as they are read whole or not at all.
"""

from __future__ import annotations

import zlib
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Float, Index, Integer, LargeBinary, MetaData, Table, Text, TypeDecorator, UniqueConstraint

Big = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits: SQLite's INTEGER has them always, and only an INTEGER is its row's number."""


_SMALL: Final = 16_384  # bytes


def deflated(content: bytes) -> bytes:
    """Bytes as they are kept, for `zlib.decompress`. Most are few, and to make room for the greatest window and its table takes twice as long as to pack
    them."""
    window, table = (13, 6) if len(content) < _SMALL else (zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL)
    made = zlib.compressobj(3, zlib.DEFLATED, window, table)
    return made.compress(content) + made.flush()


class Packed(TypeDecorator[bytes]):
    """Bytes, kept packed."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Any) -> bytes | None:  # noqa: ARG002
        """On the way in."""
        return None if value is None else deflated(value)

    def process_result_value(self, value: Any, dialect: Any) -> bytes | None:  # noqa: ARG002
        """On the way out; raises zlib.error for bytes that were damaged."""
        return None if value is None else zlib.decompress(bytes(value))


metadata: Final = MetaData()

# -- kept for good

RAW: Final = Table(
    "raw", metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", Big, nullable=False),
    Column("content", LargeBinary, nullable=False),  # packed; unpacked by hand, so that a damaged row can be told from the rest
)  # fmt: skip
REPORT: Final = Table(
    "report", metadata,
    Column("n", Big, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("sha256", Text, nullable=False, index=True),
    Column("address", Text, index=True),  # of its page, without what only tracks
    Column("day", Integer),  # ordinal
    Column("outlet", Text),
    Column("record", Packed),  # the report as it was taken in; null where it was erased
    Column("added", Text, nullable=False, index=True),
    Column("erased", Text),
)  # fmt: skip
PROOF: Final = Table(
    "proof", metadata,
    Column("report", Big, primary_key=True, autoincrement=False),
    Column("sha256", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("record", LargeBinary),
    Column("added", Text, nullable=False),
    Index("proof_sha256", "sha256"),
)  # fmt: skip
DECISION: Final = Table(
    "decision", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),  # all but the words
    Column("words", LargeBinary),  # why, before, after; null where they were erased
)  # fmt: skip
DECISION_ON: Final = Table(
    "decision_on", metadata,
    Column("sha256", Text, primary_key=True),  # of the text of a report that it speaks of
    Column("number", Integer, primary_key=True, autoincrement=False),
)  # fmt: skip
PUBLIC_ID: Final = Table(
    "public_id", metadata,
    Column("id", Text, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),  # order in which ids were given
    Column("at", Text, nullable=False),
    Column("forward", Text),  # the id that took its place
)  # fmt: skip

BELONGED: Final = Table(
    "belonged", metadata,
    Column("report", Big, primary_key=True, autoincrement=False),
    Column("index", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, primary_key=True),  # from when on
    Column("incident", Text, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

# -- derived

READING: Final = Table(
    "reading", metadata,
    Column("report", Big, primary_key=True, autoincrement=False),
    Column("reader", Text, nullable=False),
    Column("record", Packed, nullable=False),
    Column("terms", Packed, nullable=False),  # as they were indexed, to be taken out of the index again
)  # fmt: skip
OUTLINE: Final = Table(
    "outline", metadata,
    Column("report", Big, primary_key=True, autoincrement=False),
    Column("stamp", Text, nullable=False),  # what it depends on beside the reading
    Column("record", LargeBinary, nullable=False),  # of all events of a report, what is compared
)  # fmt: skip
EVENT: Final = Table(
    "event", metadata,
    Column("report", Big, primary_key=True, autoincrement=False),
    Column("index", Integer, primary_key=True, autoincrement=False),
    Column("type", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("component", Big, nullable=False, index=True),
    Column("incident", Text, index=True),
)  # fmt: skip
FILED: Final = Table(
    "filed", metadata,
    Column("entry", Big, primary_key=True, autoincrement=False),  # hash of the entry
    Column("report", Big, primary_key=True, autoincrement=False),
    Column("index", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)  # fmt: skip
LINK: Final = Table(
    "link", metadata,
    Column("a_report", Big, primary_key=True, autoincrement=False),
    Column("a_index", Integer, primary_key=True, autoincrement=False),
    Column("b_report", Big, primary_key=True, autoincrement=False),
    Column("b_index", Integer, primary_key=True, autoincrement=False),
    Column("score", Float, nullable=False),
    Column("why", Packed, nullable=False),
    Index("link_b", "b_report", "b_index"),
)  # fmt: skip
INCIDENT: Final = Table(
    "incident", metadata,
    Column("key", Big, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("component", Big, nullable=False, index=True),
    Column("changed", Text, nullable=False),  # when the last report or decision of its component came in
    Column("record", Packed, nullable=False),
    Column("tags", LargeBinary, nullable=False),  # numbers of its tags, four bytes each
)  # fmt: skip
TOLD_BY: Final = Table(
    "told_by", metadata,
    Column("report", Big, primary_key=True, autoincrement=False),
    Column("key", Big, primary_key=True, autoincrement=False),
    Index("told_by_key", "key"),
    sqlite_with_rowid=False,
)  # fmt: skip
TAG: Final = Table(
    "tag", metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("name", name="tag_name"),
)  # fmt: skip
TAGGED: Final = Table(
    "tagged", metadata,
    Column("tag", Integer, primary_key=True, autoincrement=False),
    Column("key", Big, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)  # fmt: skip
STATE: Final = Table(
    "state", metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)  # fmt: skip

# -- shown to everybody: written from the rest without what is not for everybody, and read alone by what shows it

PUBLIC_INCIDENT: Final = Table(
    "public_incident", metadata,
    Column("key", Big, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("source", Text, nullable=False),  # hash of what it was made from
    Column("record", Packed, nullable=False),
    Column("facets", Packed, nullable=False),  # by what it is found
)  # fmt: skip
PUBLIC_REPORT: Final = Table(
    "public_report", metadata,
    Column("id", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("day", Integer),
    Column("record", Packed, nullable=False),
)  # fmt: skip
PUBLIC_CHANGE: Final = Table(
    "public_change", metadata,
    Column("n", Big, primary_key=True, autoincrement=False),  # greater than that of every change before
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("gone", Text),  # why it is not there any more; null where it is
    Column("forward", Text),  # the id that took its place
    UniqueConstraint("kind", "id", name="public_change_of"),
)  # fmt: skip

PUBLIC: Final = (PUBLIC_INCIDENT, PUBLIC_REPORT, PUBLIC_CHANGE)
"""What is shown to everybody."""

DERIVED: Final = (READING, OUTLINE, EVENT, FILED, LINK, INCIDENT, TOLD_BY, TAG, TAGGED)
"""What a rebuild empties and makes again."""

KEPT: Final = (RAW, REPORT, PROOF, DECISION, DECISION_ON, PUBLIC_ID, BELONGED, STATE)
"""What nothing can make again."""
