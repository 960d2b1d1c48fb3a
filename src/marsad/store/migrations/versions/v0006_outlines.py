"""What is compared of the events of a report stands beside its reading, so that a comparison need not unpack the reading."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """An empty table: reports without a row are compared by their readings, until `marsad rebuild` gives them one."""
    op.create_table(
        "outline",
        sa.Column("report", _BIG, primary_key=True, autoincrement=False),
        sa.Column("stamp", sa.Text, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
