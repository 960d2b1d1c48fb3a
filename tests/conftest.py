"""What tests of several rooms need: the command as a process, and the shared folder where there is one."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.postgres import server

HERE = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("MARSAD_SHARED", HERE.parent / "shared"))

settings.register_profile("marsad", deadline=None)  # how long an example takes is the machine's business, and measured in bench/
settings.load_profile("marsad")

Command = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of annotated reports and corpus; tests that need it are skipped where it is not there."""
    if not (SHARED / "gold").is_dir():
        pytest.skip(f"the shared reports are not here ({SHARED.name}/ beside the repository, or MARSAD_SHARED)")
    return SHARED


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample reports that ship with the package."""
    return HERE / "src" / "marsad" / "samples"


@pytest.fixture(scope="session")
def command() -> Command:
    """Runs `marsad …` as a process of its own, as a person does: `command("read", "x.txt", stdin=b"…")`."""

    def run(*arguments: str | Path, stdin: bytes = b"", seconds: float = 120, **environment: str) -> subprocess.CompletedProcess[bytes]:
        line = [sys.executable, "-m", "marsad", *map(str, arguments)]
        return subprocess.run(line, input=stdin, capture_output=True, timeout=seconds, check=False, env={**os.environ, **environment})

    return run


_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL that runs while tests do."""
    with server() as address:
        yield address


@pytest.fixture
def new_database(postgres: str) -> Callable[[], str]:
    """Makes an empty database on PostgreSQL; gives its address."""
    import sqlalchemy as sa

    def made() -> str:
        name = f"test_{os.getpid()}_{next(_NUMBERS)}"
        engine = sa.create_engine(postgres, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE template0"))
        engine.dispose()
        return postgres.replace("/postgres?", f"/{name}?")

    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes the address of an empty store: every test that takes it runs on both databases."""
    if request.param == "postgresql":
        made: Callable[[], str] = request.getfixturevalue("new_database")
        return made
    return lambda: str(tmp_path / f"store{next(_NUMBERS)}.db")
