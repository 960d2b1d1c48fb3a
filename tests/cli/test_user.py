"""`marsad user`, and what `marsad serve` needs of accounts."""

from __future__ import annotations

import http.client
import re
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from marsad.observatory import Observatory
from marsad.site.desk.accounts import Accounts


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store without accounts."""
    Observatory(str(tmp_path / "a.db")).close()
    return tmp_path / "a.db"


def test_an_account_is_made_changed_and_ended(command: Any, store: Path) -> None:
    made = command("user", "add", "mina", "writer", "--db", store)
    assert made.returncode == 0, made.stderr
    once = made.stdout.decode().strip().rpartition(" ")[2]
    with Observatory(str(store)) as kept:
        signed = Accounts(kept.store).sign_in("mina", once, "", "here")
        assert signed is not None
        assert (signed[1].role, signed[1].once) == ("writer", True)
    assert command("user", "role", "mina", "reviewer", "--db", store).returncode == 0
    assert b"reviewer" in command("user", "list", "--db", store).stdout
    token = command("user", "token", "mina", "read", "add", "--label", "a script", "--db", store).stdout.decode().strip()
    assert re.fullmatch(r"marsad_[\w-]{40,}", token)
    with Observatory(str(store)) as kept:
        found = Accounts(kept.store).bearer(token)
        assert found is not None
        assert found[1] == {"read", "add"}
    again = command("user", "reset", "mina", "--db", store).stdout.decode().strip().rpartition(" ")[2]
    assert again != once
    assert command("user", "end", "mina", "--db", store).returncode == 0
    with Observatory(str(store)) as kept:
        assert Accounts(kept.store).sign_in("mina", again, "", "here") is None
        assert Accounts(kept.store).bearer(token) is None
        assert {row["who"] for row in Accounts(kept.store).audit() if row["act"] not in ("signed in", "refused")} == {"terminal"}
    assert stat.S_IMODE(store.with_name("a.db.key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("add", "mina", "king"), 1, "there is no such role"),
        (("add", "m"), 1, "a name has 2 to 40"),
        (("add",), 2, "name an account"),
        (("role", "nobody", "editor"), 1, "there is no account of that name"),
        (("token", "nobody", "read"), 1, "there is no account of that name"),
        (("crown", "mina"), 2, "invalid choice"),
    ],
)
def test_what_cannot_be_done_is_one_line(command: Any, store: Path, words: tuple[str, ...], status: int, told: str) -> None:
    done = command("user", *words, "--db", store)
    assert done.returncode == status
    assert told in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_token_is_for_no_more_than_its_owner_may(command: Any, store: Path) -> None:
    command("user", "add", "mina", "reader", "--db", store)
    done = command("user", "token", "mina", "review", "--db", store)
    assert (done.returncode, done.stdout) == (1, b"")
    assert len(done.stderr.splitlines()) == 1


def test_a_key_that_others_may_read_is_refused(command: Any, store: Path) -> None:
    command("user", "add", "mina", "reader", "--db", store)
    store.with_name("a.db.key").chmod(0o644)
    for words in (("user", "list"), ("serve",)):
        done = command(*words, "--db", store)
        assert done.returncode == 1, words
        assert b"chmod 600" in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_a_proxy_is_an_address(command: Any, store: Path) -> None:
    done = command("serve", "--db", store, "--proxy", "everybody")
    assert done.returncode == 2
    assert b"is no address" in done.stderr


@pytest.mark.parametrize(("options", "expected"), [((), "127.0.0.1"), (("--proxy", "127.0.0.1"), "203.0.113.7")])
def test_where_one_comes_from_is_what_a_named_proxy_says(store: Path, options: tuple[str, ...], expected: str) -> None:
    """The server itself takes nobody's word either: it would by default that of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    line = [sys.executable, "-m", "marsad", "serve", "--db", str(store), "--port", str(port), *options]
    with subprocess.Popen(line, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as server:
        try:
            end = time.monotonic() + 60
            while True:
                link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
                try:
                    link.request("GET", "/en/", headers={"Host": "evil.example", "X-Forwarded-For": "1.2.3.4, 203.0.113.7", "X-Forwarded-Proto": "https"})
                    assert link.getresponse().status == 421
                    break
                except ConnectionRefusedError:
                    assert time.monotonic() < end
                    assert server.poll() is None
                    time.sleep(0.05)
                finally:
                    link.close()
        finally:
            server.terminate()
    with Observatory(str(store)) as kept:
        rows = [row for row in Accounts(kept.store).audit() if row["act"] == "host refused"]
    assert [row["origin"] for row in rows] == [expected]
