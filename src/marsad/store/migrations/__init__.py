"""The versions of the schema, and how a store is brought up to the newest.

A store is looked at each time that it is opened; only where it is not at the newest version is Alembic loaded, which runs the steps of `versions`
in one transaction. A store of a newer marsad is refused, as nothing is known about what it means.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from marsad.store.words import WordIndex

NEWEST: Final = "0007"
"""The version that this marsad writes; the name of the last module of `versions`."""

_FOLDER: Final = Path(__file__).parent


def version_of(connection: Connection) -> str | None:
    """The version of a store; None of a database without one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return found


def brought_up_to_date(connection: Connection, words: WordIndex) -> None:
    """Make the tables, or change them to what this marsad writes. Raises `SQLAlchemyError` for a store that is newer, or a database of another."""
    version = version_of(connection)
    if version == NEWEST:
        return
    if version is None and set(sa.inspect(connection).get_table_names()) & {"report", "raw", "incident"}:
        raise sa.exc.InvalidRequestError("this database has tables of another program (report, raw or incident); name another database")
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes.update(connection=connection, words=words)
    if version is not None and version not in known_versions():
        raise sa.exc.InvalidRequestError(f"the store has version {version}, which a newer marsad made; this one knows {NEWEST}: bring marsad up to date")
    command.upgrade(config, NEWEST)


def known_versions() -> frozenset[str]:
    """The versions that there are steps for."""
    return frozenset(path.stem.partition("_")[0].removeprefix("v") for path in (_FOLDER / "versions").glob("v*.py"))
