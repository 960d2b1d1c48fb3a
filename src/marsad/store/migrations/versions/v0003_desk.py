"""The tables of the desk: accounts, sessions, tokens, the audit, special reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Empty tables; the first account is made when the site is first served."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        *_texts("name", "role", "password"),
        sa.Column("once", sa.Integer, nullable=False),
        *_texts("made"),
        *_texts("ended", "totp", "totp_waits", nullable=True),
        sa.Column("totp_step", _BIG),
        sa.UniqueConstraint("name", name="account_name"),
    )
    op.create_table("session", _key("digest"), sa.Column("account", sa.Integer, nullable=False, index=True), *_texts("csrf", "made", "seen", "ends"))
    op.create_table("attempt", _key("subject"), sa.Column("failures", sa.Integer, nullable=False), *_texts("last"), *_texts("until", nullable=True))
    op.create_table("token", _key("digest"), sa.Column("account", sa.Integer, nullable=False), *_texts("label", "scopes", "made", "ends"))
    op.create_table("audit", sa.Column("n", _BIG, primary_key=True, autoincrement=True), *_texts("at", "who", "act", "about", "origin"))
    op.create_table("seconding", _key("incident"), *_texts("kind", "by", "at"), sa.Column("decision", sa.Integer, nullable=False))
    op.create_table(
        "article",
        _key("id"),
        sa.Column("owner", sa.Integer, nullable=False, index=True),
        *_texts("slug", nullable=True),
        *_texts("state", "changed"),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("slug", name="article_slug"),
    )
    op.create_table(
        "article_version",
        _key("article"),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        *_texts("kind", "at", "by", "note"),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "public_article", _key("slug"), sa.Column("published", sa.Text, nullable=False, index=True), sa.Column("record", sa.LargeBinary, nullable=False)
    )


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=True)


def _texts(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=nullable) for name in names]
