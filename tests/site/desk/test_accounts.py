"""Keeping accounts: what is sealed, who waits, whose word counts on where somebody comes from."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from marsad.site import Site
from marsad.site.desk import totp
from marsad.site.desk.accounts import Accounts
from marsad.site.desk.attempts import net
from marsad.site.desk.keys import Key, key_of, key_path
from marsad.site.desk.passwords import Passwords
from marsad.site.desk.routes import desk_of, with_desk
from marsad.store import ACCOUNT, DeskRows, Store, StoreError
from tests.site.desk.signed import BASE, PASSWORD, Newsroom, newsroom

__all__ = ["newsroom"]


# -- what is sealed


def _secret(newsroom: Newsroom, name: str = "editor1") -> str:
    accounts = newsroom.desk.accounts
    signed = accounts.sign_in(name, PASSWORD, "", "here")
    assert signed is not None
    secret = accounts.begin_totp(signed[1])
    accounts.confirm_totp(signed[1], totp.code(secret, int(newsroom.clock.moment.timestamp()) // 30))
    newsroom.clock.pass_by(seconds=60)
    return secret


def _now(newsroom: Newsroom, secret: str) -> str:
    return totp.code(secret, int(newsroom.clock.moment.timestamp()) // 30)


def test_secrets_do_not_stand_in_the_store(newsroom: Newsroom, tmp_path: Path) -> None:
    secret = _secret(newsroom)
    for path in tmp_path.glob("desk.db*"):
        if path.suffix != ".key":
            assert secret.encode() not in path.read_bytes(), path
    key = key_path(newsroom.desk.accounts.store)
    assert key.parent == tmp_path
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert newsroom.desk.accounts.sign_in("editor1", PASSWORD, _now(newsroom, secret), "here") is not None


def test_another_key_opens_nothing_and_a_reset_mends_it(newsroom: Newsroom) -> None:
    secret = _secret(newsroom)
    other = Accounts(newsroom.desk.accounts.store, now=newsroom.clock, passwords=Passwords(memory=64, passes=1), key=Key(b"\x01" * 32))
    assert other.sign_in("editor1", PASSWORD, _now(newsroom, secret), "here") is None
    once = other.reset("editor1", by="t")
    assert other.sign_in("editor1", once, "", "here") is not None


def test_what_was_kept_as_it_is_gets_sealed(newsroom: Newsroom, tmp_path: Path) -> None:
    accounts, secret = newsroom.desk.accounts, totp.new_secret()
    with accounts.store.writing() as tx:
        DeskRows(tx).change(ACCOUNT, {"name": "editor1"}, totp=secret)
    assert accounts.first_run() is None
    with accounts.store.asking() as tx:
        row = DeskRows(tx).one(ACCOUNT, name="editor1")
    assert row is not None
    assert row["totp"].startswith("1:")
    assert all(secret.encode() not in path.read_bytes() for path in tmp_path.glob("desk.db*"))
    assert accounts.sign_in("editor1", PASSWORD, _now(newsroom, secret), "here") is not None


def test_a_seal_is_of_one_account() -> None:
    key = Key(b"\x02" * 32)
    kept = key.sealed("words", "totp 1")
    assert key.opened(kept, "totp 1") == "words"
    assert key.opened(kept, "totp 2") is None
    assert key.opened(kept[:-6] + "AAAA==", "totp 1") is None
    assert key.sealed("words", "totp 1") != kept


def test_where_the_key_comes_from(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    store: Store = newsroom.desk.accounts.store
    first = key_of(store).sealed("x", "y")
    assert key_of(store).opened(first, "y") == "x"
    monkeypatch.setenv("MARSAD_SECRET", "s" * 31)
    with pytest.raises(StoreError, match="31 characters"):
        key_of(store)
    monkeypatch.setenv("MARSAD_SECRET", "s" * 32)
    assert key_of(store).opened(first, "y") is None
    monkeypatch.delenv("MARSAD_SECRET")
    if os.name == "posix":
        key_path(store).chmod(0o644)
        with pytest.raises(StoreError, match="chmod 600"):
            key_of(store)
        key_path(store).chmod(0o600)
    key_path(store).write_text("rubbish")
    with pytest.raises(StoreError, match="no key"):
        key_of(store)


# -- who waits


def _fail(accounts: Accounts, name: str, origin: str, times: int, known: str = "") -> None:
    for _ in range(times):
        assert accounts.sign_in(name, "wrong", "", origin, known) is None


@pytest.mark.parametrize("name", ["editor1", "nobody"])
def test_a_name_and_an_address_wait_longer_each_time(newsroom: Newsroom, name: str) -> None:
    accounts = newsroom.desk.accounts
    password = PASSWORD if name == "editor1" else "wrong"
    _fail(accounts, name, "10.0.0.1", 5)
    for minutes in (1, 2, 4, 8):
        assert accounts.sign_in(name, password, "", "10.0.0.1") is None
        assert any(row["about"] == "waits" for row in accounts.audit(1))
        newsroom.clock.pass_by(minutes=minutes)
        _fail(accounts, name, "10.0.0.1", 1)
    newsroom.clock.pass_by(minutes=61)
    assert (accounts.sign_in(name, password, "", "10.0.0.1") is not None) == (name == "editor1")


def test_a_foe_elsewhere_does_not_lock_somebody_out(newsroom: Newsroom) -> None:
    accounts = newsroom.desk.accounts
    _fail(accounts, "editor1", "10.0.0.1", 40)
    assert accounts.sign_in("editor1", PASSWORD, "", "10.0.0.2") is not None
    for n in range(80):  # from as many addresses as they like
        _fail(accounts, "editor1", f"10.1.0.{n}", 1)
    assert accounts.sign_in("editor1", PASSWORD, "", "10.0.0.2") is None
    newsroom.clock.pass_by(seconds=61)  # a name alone never waits for longer
    assert accounts.sign_in("editor1", PASSWORD, "", "10.0.0.2") is not None


def test_a_browser_that_was_signed_in_does_not_wait_for_foes(newsroom: Newsroom) -> None:
    accounts = newsroom.desk.accounts
    signed = accounts.sign_in("editor1", PASSWORD, "", "10.0.0.1")
    assert signed is not None
    known = accounts.knows(signed[1])
    for n in range(90):
        accounts.sign_in("editor1", "wrong", "", f"10.1.0.{n}")
        accounts.sign_in(f"guess{n}", "wrong", "", "10.0.0.1")
    _fail(accounts, "editor1", "10.0.0.1", 6)
    assert accounts.sign_in("editor1", PASSWORD, "", "10.0.0.1") is None
    assert accounts.sign_in("editor1", PASSWORD, "", "10.0.0.1", known) is not None
    forged = f"{known.partition('.')[0]}x.{known.partition('.')[2]}"
    for word in (forged, "x", ".", known[:-1]):
        assert accounts.sign_in("editor1", PASSWORD, "", "10.0.0.1", word) is None
    _fail(accounts, "editor1", "10.0.0.1", 10, known)  # who took the browser waits
    assert accounts.sign_in("editor1", PASSWORD, "", "10.0.0.1", known) is None
    assert accounts.sign_in("editor2", PASSWORD, "", "10.0.0.9", known) is not None  # it is a word of one account


def test_an_address_that_tries_many_names_waits_a_minute(newsroom: Newsroom) -> None:
    accounts = newsroom.desk.accounts
    for n in range(31):
        accounts.sign_in(f"guess{n}", "wrong", "", "10.0.0.1")
    assert accounts.sign_in("editor2", PASSWORD, "", "10.0.0.1") is None
    newsroom.clock.pass_by(seconds=61)
    assert accounts.sign_in("editor2", PASSWORD, "", "10.0.0.1") is not None


def test_a_house_has_one_net() -> None:
    assert net("2001:db8::1") == net("2001:db8::ffff:1") != net("2001:db8:0:1::1")
    assert net("::ffff:10.0.0.1") == net("10.0.0.1") != net("10.0.0.2")


def test_a_browser_gets_the_word_that_shows_it(newsroom: Newsroom) -> None:
    browser = newsroom.client("editor")
    known = browser.client.cookies.get("marsad-known")
    assert known
    newsroom.desk.accounts.sign_out(newsroom.desk.accounts.user(browser.client.cookies.get(newsroom.desk.cookie)), everywhere=True)  # type: ignore[arg-type]
    for n in range(40):
        newsroom.desk.accounts.sign_in(f"guess{n}", "wrong", "", "testclient")
    assert newsroom.client().sign_in("editor1", PASSWORD).status_code == 403
    assert browser.sign_in("editor1", PASSWORD).status_code == 200


# -- whose word counts


@pytest.mark.parametrize(
    ("proxies", "told", "expected"),
    [
        (set(), "10.9.9.9", "testclient"),
        ({"10.0.0.7"}, "10.9.9.9", "testclient"),  # somebody else's word
        ({"testclient"}, "10.9.9.9", "10.9.9.9"),
        ({"testclient"}, "1.2.3.4, 10.9.9.9", "10.9.9.9"),  # what the one who asks wrote in front
        ({"testclient", "10.0.0.7"}, "1.2.3.4, 10.9.9.9, 10.0.0.7", "10.9.9.9"),
        ({"testclient"}, "[2001:db8::5]:443", "2001:db8::5"),
        ({"testclient"}, "10.9.9.9:5555", "10.9.9.9"),
        ({"testclient"}, "nonsense", "testclient"),
        ({"testclient"}, "", "testclient"),
    ],
)
def test_only_a_named_server_says_where_one_comes_from(newsroom: Newsroom, proxies: set[str], told: str, expected: str) -> None:
    from litestar.testing import TestClient

    desk = desk_of(Site(newsroom.desk.site.observatory, base=BASE), accounts=newsroom.desk.accounts, proxies=frozenset(proxies))
    with TestClient(with_desk(desk), base_url=BASE) as client:
        client.get("/en/", headers={"host": "evil.example", "x-forwarded-for": told})
    row: dict[str, Any] = newsroom.desk.accounts.audit(1)[0]
    assert (row["act"], row["about"], row["origin"]) == ("host refused", "evil.example", expected)


def test_knocking_does_not_fill_the_audit(newsroom: Newsroom) -> None:
    accounts = newsroom.desk.accounts
    for _ in range(300):
        accounts.stranger("host refused", "evil.example", "10.0.0.1")
    rows = [row for row in accounts.audit(1_000) if row["who"] == "?"]
    assert len(rows) == 61
    assert rows[0]["about"] == "more of the same this minute"
    newsroom.clock.pass_by(minutes=1)
    accounts.stranger("host refused", "again", "10.0.0.1")
    assert accounts.audit(1)[0]["about"] == "again"
