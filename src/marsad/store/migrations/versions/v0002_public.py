"""The tables of what is shown to everybody."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Three empty tables; what they hold is made of the rest when it is first asked for."""
    op.create_table(
        "public_incident",
        sa.Column("key", _BIG, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.Column("facets", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "public_report",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("day", sa.Integer),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "public_change",
        sa.Column("n", _BIG, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("gone", sa.Text),
        sa.Column("forward", sa.Text),
        sa.UniqueConstraint("kind", "id", name="public_change_of"),
    )
