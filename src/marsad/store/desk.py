"""What editors and writers need beside the reports: accounts, sessions, tokens, the audit, and special reports with all their versions.

None of it is derived, none of it is shown to everybody but `public_article`, which is written when a special report is published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Column, Integer, LargeBinary, Table, Text
from sqlalchemy.engine import RowMapping

from marsad.store.reads import ReadTx
from marsad.store.schema import Big, Packed, metadata

ACCOUNT: Final = Table(
    "account", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),  # Argon2id, with its parameters
    Column("once", Integer, nullable=False),  # 1: the password serves once, to choose another
    Column("made", Text, nullable=False),
    Column("ended", Text),
    Column("totp", Text),  # secret of the second factor, sealed
    Column("totp_waits", Text),  # one that is not confirmed yet
    Column("totp_step", Big),  # the last step of time whose code was used
)  # fmt: skip
SESSION: Final = Table(
    "session", metadata,
    Column("digest", Text, primary_key=True),  # SHA-256 of what the browser holds
    Column("account", Integer, nullable=False, index=True),
    Column("csrf", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("seen", Text, nullable=False),
    Column("ends", Text, nullable=False),
)  # fmt: skip
ATTEMPT: Final = Table(
    "attempt", metadata,
    Column("subject", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last", Text, nullable=False),
    Column("until", Text),
)  # fmt: skip
TOKEN: Final = Table(
    "token", metadata,
    Column("digest", Text, primary_key=True),
    Column("account", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("ends", Text, nullable=False),
)  # fmt: skip
PASSKEY: Final = Table(
    "passkey", metadata,
    Column("id", Text, primary_key=True),  # of the credential, base64url
    Column("account", Integer, nullable=False, index=True),
    Column("key", LargeBinary, nullable=False),  # the public key, COSE
    Column("signs", Big, nullable=False),  # how often it signed, as it told; 0 always where it does not count
    Column("label", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("used", Text),
)  # fmt: skip
SPENT: Final = Table(
    "spent", metadata,
    Column("digest", Text, primary_key=True),  # of a word that served once
    Column("ends", Text, nullable=False),  # when it would not serve any more anyway
)  # fmt: skip
AUDIT: Final = Table(
    "audit", metadata,
    Column("n", Big, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("origin", Text, nullable=False),
)  # fmt: skip
SECONDING: Final = Table(
    "seconding", metadata,
    Column("incident", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("decision", Integer, nullable=False),
)  # fmt: skip
ARTICLE: Final = Table(
    "article", metadata,
    Column("id", Text, primary_key=True),
    Column("owner", Integer, nullable=False, index=True),
    Column("slug", Text, unique=True),
    Column("state", Text, nullable=False),  # draft, published, withdrawn
    Column("changed", Text, nullable=False),
    Column("record", Packed, nullable=False),
)  # fmt: skip
ARTICLE_VERSION: Final = Table(
    "article_version", metadata,
    Column("article", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),  # publish, correct, withdraw
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("record", Packed, nullable=False),
)  # fmt: skip
PUBLIC_ARTICLE: Final = Table(
    "public_article", metadata,
    Column("slug", Text, primary_key=True),
    Column("published", Text, nullable=False, index=True),
    Column("record", Packed, nullable=False),
)  # fmt: skip

DESK: Final = (ACCOUNT, SESSION, ATTEMPT, TOKEN, PASSKEY, SPENT, AUDIT, SECONDING, ARTICLE, ARTICLE_VERSION, PUBLIC_ARTICLE)
"""The tables of this module."""

Row = RowMapping


class DeskRows:
    """Rows of the desk's tables inside a transaction; what they mean is its caller's."""

    def __init__(self, tx: ReadTx) -> None:
        self.connection = tx.connection

    def one(self, table: Table, **where: Any) -> Row | None:
        """The row with these values; None where there is none."""
        return self.connection.execute(_where(sa.select(table), table, where)).mappings().first()

    def all(self, table: Table, *, newest: str | None = None, limit: int = 10_000, **where: Any) -> Iterator[Row]:
        """The rows with these values. `newest`: the column of which the greatest comes first."""
        asked = _where(sa.select(table), table, where).limit(limit)
        yield from self.connection.execute(asked.order_by(table.c[newest].desc()) if newest else asked.order_by(*table.primary_key.columns)).mappings()

    def count(self, table: Table, **where: Any) -> int:
        """How many rows have these values."""
        return int(self.connection.execute(_where(sa.select(sa.func.count()).select_from(table), table, where)).scalar_one())

    def put(self, table: Table, **values: Any) -> Any:
        """Put a row in; gives its key."""
        made = self.connection.execute(sa.insert(table).values(values))
        return made.inserted_primary_key[0] if made.inserted_primary_key else None

    def change(self, table: Table, where: Mapping[str, Any], **values: Any) -> int:
        """Change the rows with these values; gives how many."""
        return int(self.connection.execute(_where(sa.update(table), table, where).values(values)).rowcount)

    def drop(self, table: Table, **where: Any) -> int:
        """Take rows away; gives how many."""
        return int(self.connection.execute(_where(sa.delete(table), table, where)).rowcount)

    def drop_beginning(self, table: Table, column: str, start: str) -> int:
        """Take the rows away whose words begin like this; gives how many."""
        return int(self.connection.execute(sa.delete(table).where(table.c[column].startswith(start, autoescape=True))).rowcount)

    def drop_before(self, table: Table, column: str, moment: str) -> int:
        """Take the rows away whose moment lies before this one."""
        return int(self.connection.execute(sa.delete(table).where(table.c[column] < moment)).rowcount)


def _where(statement: Any, table: Table, where: Mapping[str, Any]) -> Any:
    for name, value in where.items():
        statement = statement.where(table.c[name].is_(None) if value is None else table.c[name] == value)
    return statement
