"""The first version of the store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

revision = "0001"
down_revision = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """All tables, and the index of words."""
    _kept()
    _derived()
    context.config.attributes["words"].create(op.get_bind())


def _kept() -> None:
    op.create_table(
        "raw",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("size", _BIG, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "report",
        sa.Column("n", _BIG, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("sha256", sa.Text, nullable=False, index=True),
        sa.Column("address", sa.Text, index=True),
        sa.Column("day", sa.Integer),
        sa.Column("outlet", sa.Text),
        sa.Column("record", sa.LargeBinary),
        sa.Column("added", sa.Text, nullable=False, index=True),
        sa.Column("erased", sa.Text),
    )
    op.create_table(
        "proof",
        sa.Column("report", _BIG, primary_key=True, autoincrement=False),
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("address", sa.Text, primary_key=True),
        sa.Column("record", sa.LargeBinary),
        sa.Column("added", sa.Text, nullable=False),
        sa.Index("proof_sha256", "sha256"),
    )
    op.create_table(
        "decision",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.Column("words", sa.LargeBinary),
    )
    op.create_table(
        "decision_on",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    )
    op.create_table(
        "public_id",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False, unique=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("forward", sa.Text),
    )
    op.create_table(
        "belonged",
        sa.Column("report", _BIG, primary_key=True, autoincrement=False),
        sa.Column("index", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Text, primary_key=True),
        sa.Column("incident", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table("state", sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False))


def _derived() -> None:
    op.create_table(
        "reading",
        sa.Column("report", _BIG, primary_key=True, autoincrement=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.Column("terms", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "event",
        sa.Column("report", _BIG, primary_key=True, autoincrement=False),
        sa.Column("index", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("component", _BIG, nullable=False, index=True),
        sa.Column("incident", sa.Text, index=True),
    )
    op.create_table(
        "filed",
        sa.Column("entry", _BIG, primary_key=True, autoincrement=False),
        sa.Column("report", _BIG, primary_key=True, autoincrement=False),
        sa.Column("index", sa.Integer, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "link",
        *(sa.Column(name, kind, primary_key=True, autoincrement=False) for name, kind in
          (("a_report", _BIG), ("a_index", sa.Integer), ("b_report", _BIG), ("b_index", sa.Integer))),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("why", sa.LargeBinary, nullable=False),
        sa.Index("link_b", "b_report", "b_index"),
    )  # fmt: skip
    op.create_table(
        "incident",
        sa.Column("key", _BIG, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("component", _BIG, nullable=False, index=True),
        sa.Column("changed", sa.Text, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.Column("tags", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "told_by",
        sa.Column("report", _BIG, primary_key=True, autoincrement=False),
        sa.Column("key", _BIG, primary_key=True, autoincrement=False),
        sa.Index("told_by_key", "key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tag",
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.UniqueConstraint("name", name="tag_name"),
    )
    op.create_table(
        "tagged",
        sa.Column("tag", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", _BIG, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
