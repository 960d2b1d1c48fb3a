"""Where the store is, how it is opened, and what goes wrong there, in words for people.

SQLite: one file, WAL, a writer that waits for another up to half a minute. PostgreSQL: the same tables; one writer at a time by an advisory lock.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from marsad.store.migrations import NEWEST, brought_up_to_date, version_of
from marsad.store.reads import ReadTx
from marsad.store.words import index_for
from marsad.store.writes import WriteTx

_WAIT: Final = 30.0  # seconds for another writer
_LOCK: Final = 0x6D617273  # the advisory lock of writers on PostgreSQL: "mars"
_ASKED_AGAIN: Final = "marsad add again with the same inputs goes on where it stopped"


class StoreError(Exception):
    """The store cannot be opened, read or written; the message says why in one line. What was kept before is there as it was."""


class Store:
    """A database. `url`: a path, or an address that SQLAlchemy knows (`sqlite:///…`, `postgresql+psycopg://…`).

    It is made where it is not there, unless not `create`, and brought up to the version of this marsad. Raises `StoreError`.
    """

    def __init__(self, url: str, *, create: bool = True) -> None:
        self.url = address_of(url)
        self.name = self.url.render_as_string(hide_password=True)
        self._is_sqlite = self.url.get_backend_name() == "sqlite"
        if self._is_sqlite:
            self._look_at_file(create)
        with self._told():
            self.engine = _engine(self.url, self._is_sqlite)
            self.words = index_for(self.engine.dialect.name)
        try:
            self._bring_up_to_date()
        except BaseException:
            self.engine.dispose()
            raise

    @contextlib.contextmanager
    def asking(self) -> Iterator[ReadTx]:
        """One consistent view of what is kept."""
        with self._told(), self._connection(write=False) as connection:
            yield ReadTx(connection, self.words)

    @contextlib.contextmanager
    def writing(self) -> Iterator[WriteTx]:
        """One transaction of the one writer: all of it is kept when it ends well, nothing else."""
        with self._told(), self._connection(write=True) as connection:
            yield WriteTx(connection, self.words)

    def cleaned(self) -> None:
        """Give back, and overwrite, the room of what was taken away (SQLite); PostgreSQL does so by itself."""
        if self._is_sqlite:
            with self._told(), self.engine.connect() as connection:
                raw: Any = connection.connection.driver_connection
                raw.execute("VACUUM")
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def size(self) -> int:
        """Bytes on the disk."""
        if self._is_sqlite:
            path = Path(self.url.database or "")
            return sum(p.stat().st_size for p in (path, path.with_name(path.name + "-wal")) if p.exists())
        with self.asking() as tx:
            return int(tx.connection.execute(sa.text("SELECT pg_database_size(current_database())")).scalar_one())

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def _bring_up_to_date(self) -> None:
        with self._told():
            with self._connection(write=False) as connection:
                known = version_of(connection) == NEWEST
            if not known:
                with self._connection(write=True) as connection:
                    brought_up_to_date(connection, self.words)

    def _look_at_file(self, create: bool) -> None:
        path = self.url.database
        if not path or path == ":memory:":
            raise StoreError("a store in memory would be gone at once; name a file")
        if path.startswith("file:"):
            return
        if not create and not Path(path).exists():
            raise StoreError(f"there is no store at {path}; `marsad add INPUT… --db {path}` makes one")
        if not Path(path).resolve().parent.is_dir():
            raise StoreError(f"there is no folder {Path(path).resolve().parent} to keep the store in")

    @contextlib.contextmanager
    def _connection(self, *, write: bool) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            if self._is_sqlite:
                connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
            with connection.begin() if not self._is_sqlite else _ended(connection):
                if write and not self._is_sqlite:
                    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
                yield connection

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """What the database says, in words for people."""
        try:
            yield
        except sa.exc.DBAPIError as error:
            raise StoreError(f"{self.name}: {_reason(error)}") from error
        except sa.exc.SQLAlchemyError as error:
            raise StoreError(f"{self.name}: {error}") from error
        except (sqlite3.Error, zlib.error) as error:
            raise StoreError(f"{self.name}: {_of_sqlite(str(error))}") from error


@contextlib.contextmanager
def _ended(connection: Connection) -> Iterator[None]:
    """The end of a transaction that was begun by hand, as pysqlite would begin it too late."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(sa.exc.SQLAlchemyError):  # the first error is the one to tell
            connection.exec_driver_sql("ROLLBACK")
        raise
    connection.exec_driver_sql("COMMIT")


def address_of(url: str) -> sa.URL:
    """A path or an address as SQLAlchemy has it."""
    if "://" not in url:
        return sa.URL.create("sqlite", database=url)
    try:
        known = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise StoreError(f"{url!r} is no path and no address of a database (sqlite:///…, postgresql+psycopg://…)") from None
    if known.get_backend_name() == "postgresql" and "+" not in known.drivername:
        known = known.set(drivername="postgresql+psycopg")
    if known.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(f"{known.get_backend_name()} is not a database that marsad keeps its store in; SQLite and PostgreSQL are")
    return known


def _engine(url: sa.URL, is_sqlite: bool) -> Engine:
    try:
        if not is_sqlite:
            return sa.create_engine(url, pool_pre_ping=True)
        engine = sa.create_engine(url, connect_args={"timeout": _WAIT, "isolation_level": None})
    except ModuleNotFoundError as error:
        raise StoreError(f"a store on PostgreSQL needs marsad[postgres] ({error.name} is not installed)") from None
    sa.event.listen(engine, "connect", _on_connect)
    return engine


def _on_connect(connection: Any, _record: Any) -> None:
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "cache_size=-163840",
        "temp_store=MEMORY",
        "wal_autocheckpoint=8000",
    ):
        try:
            connection.execute(f"PRAGMA {pragma}")
        except sqlite3.OperationalError as error:
            if "readonly" not in str(error) and "read-only" not in str(error):
                raise


_LOST: Final = re.compile(r"server closed|terminat|connection (?:refused|failed|is closed|was closed|not open)|could not (?:connect|receive)|timeout expired")


def _reason(error: sa.exc.DBAPIError) -> str:
    told = str(error.orig).strip()
    line = told.splitlines()[0] if told else type(error.orig).__name__
    if isinstance(error.orig, sqlite3.Error):
        return _of_sqlite(line)
    if error.connection_invalidated or _LOST.search(told):
        return f"the connection to the database was lost or refused ({line}); what was committed is kept; {_ASKED_AGAIN}"
    if "No space left" in told or "disk full" in told.lower():
        return f"the disk of the database is full; what was committed is kept; {_ASKED_AGAIN}"
    return line


def _of_sqlite(line: str) -> str:
    if "locked" in line or "busy" in line:
        return f"another process is writing and did not stop for {_WAIT:.0f} seconds; {_ASKED_AGAIN}"
    if "full" in line:
        return f"the disk is full; what was committed is kept; {_ASKED_AGAIN}"
    if "readonly" in line or "read-only" in line:
        return "the file, or its folder, may not be written to"
    if "unable to open" in line:
        return "the file cannot be opened: may it be read and written to, and is it a file?"
    if "malformed" in line or "not a database" in line or "incorrect" in line or "invalid" in line:
        return f"this is no store of marsad, or a damaged one ({line}); `marsad verify` says what is left whole, a copy brings back the rest"
    if "I/O" in line:
        return f"the disk cannot be read or written ({line})"
    return line
