"""Entries are numbered by their time, and what is compared of an event bears its row: what was filed before is not found by what is asked now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """The first add files all events anew, with their outlines (`observatory.grouping`), as it finds nothing that says in which form they are filed."""
    op.execute(sa.text("DELETE FROM state WHERE name = 'filed_as'"))
