"""Passkeys of accounts, and words that served once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Two empty tables."""
    op.create_table(
        "passkey",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("account", sa.Integer, nullable=False, index=True),
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.Column("signs", _BIG, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("used", sa.Text),
    )
    op.create_table("spent", sa.Column("digest", sa.Text, primary_key=True), sa.Column("ends", sa.Text, nullable=False))
