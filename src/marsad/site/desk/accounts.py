"""Accounts: who may do what, how somebody is known, how long, and what is written down of it.

Passwords are kept as Argon2id (RFC 9106). A browser holds a random word, the store its hash alone. Whoever fails to sign in is told the same, whatever
was wrong, and after as long a time; a name, known or not, and an address from which too many attempts failed, wait. Every act is in the audit.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import re
import secrets
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from marsad.observatory import utc_now
from marsad.site.desk import totp
from marsad.site.desk.passwords import Passwords
from marsad.store import ACCOUNT, ATTEMPT, AUDIT, SESSION, TOKEN, DeskRows, Row, Store

Role = Literal["reader", "editor", "reviewer", "writer", "administrator"]
Right = Literal["read", "review", "second", "add", "write", "keep"]
"""`read`: what is not for everybody; `review`: decide; `second`: confirm what asks for two; `add`: take reports in; `write`: special reports;
`keep`: accounts and the audit."""

RIGHTS: Final[dict[str, frozenset[Right]]] = {
    "reader": frozenset(("read",)),
    "editor": frozenset(("read", "review", "add")),
    "reviewer": frozenset(("read", "review", "add", "second")),
    "writer": frozenset(("read", "write")),
    "administrator": frozenset(get_args(Right)),
}
ROLES: Final = tuple(RIGHTS)
SCOPES: Final = ("read", "add", "review")
"""What a token may be for; it never may more than its owner."""

_SESSION: Final = datetime.timedelta(hours=12)
_IDLE: Final = datetime.timedelta(hours=1)
_FREE: Final = {"name": 5, "from": 30}  # failures before one waits
_WAIT: Final = datetime.timedelta(minutes=1)  # doubled with each further failure
_LONGEST_WAIT: Final = datetime.timedelta(hours=1)
_FORGOTTEN: Final = datetime.timedelta(hours=24)  # after which failures do not count any more
_NAME: Final = re.compile(r"[\w][\w.\-]{1,39}")
SHORTEST: Final = 12
"""Characters of a password at the least."""
_LONGEST: Final = 256


class AccountError(ValueError):
    """Something that cannot be done to an account; the message, a key of the desk's sentences, says why."""


@dataclass(frozen=True)
class User:
    """Somebody who is signed in. `csrf`: what a form of theirs carries; `session`: hash of what the browser holds; `once`: another password is due."""

    id: int
    name: str
    role: str
    once: bool = False
    has_totp: bool = False
    csrf: str = ""
    session: str = ""

    def may(self, right: Right) -> bool:
        """Whether they may do this."""
        return right in RIGHTS.get(self.role, frozenset())


class Accounts:
    """The accounts of a store. `now`: the time, as `utc_now` gives it."""

    def __init__(self, store: Store, *, now: Callable[[], str] = utc_now, passwords: Passwords | None = None) -> None:
        self.store, self.now = store, now
        self.passwords = passwords or Passwords()
        self._lock = threading.Lock()

    # -- keeping accounts

    def first_run(self) -> tuple[str, str] | None:
        """Make an administrator where there is none: the name and the password that serves once. None where there is one."""
        with self.store.asking() as tx:
            rows = DeskRows(tx)
            if rows.count(ACCOUNT, role="administrator", ended=None):
                return None
            name = next(n for k in range(1_000) if rows.one(ACCOUNT, name=(n := "admin" + (str(k) if k else ""))) is None)
        return name, self.add(name, "administrator", by="first run")

    def add(self, name: str, role: str, *, by: str) -> str:
        """Make an account; gives a password that serves once. Raises `AccountError`."""
        known = plain_name(name)
        if role not in RIGHTS:
            raise AccountError("no_role")
        once = secrets.token_urlsafe(15)
        digest = self.passwords.digest(once)
        with self.store.writing() as tx:
            rows = DeskRows(tx)
            if rows.one(ACCOUNT, name=known) is not None:
                raise AccountError("name_taken")
            rows.put(ACCOUNT, name=known, role=role, password=digest, once=1, made=self.now())
            self._write(rows, by, "account", f"{known} {role}")
        return once

    def set_role(self, name: str, role: str, *, by: str) -> None:
        """Give somebody another role; their sessions end. Raises `AccountError`."""
        if role not in RIGHTS:
            raise AccountError("no_role")
        with self.store.writing() as tx:
            rows = DeskRows(tx)
            known = self._known(rows, name)
            self._stays_an_administrator(rows, known["role"], role)
            rows.change(ACCOUNT, {"id": known["id"]}, role=role)
            rows.drop(SESSION, account=known["id"])
            self._write(rows, by, "role", f"{known['name']} {known['role']} → {role}")

    def reset(self, name: str, *, by: str) -> str:
        """Give somebody a new password that serves once, without second factor; sessions end. Raises `AccountError`."""
        once = secrets.token_urlsafe(15)
        digest = self.passwords.digest(once)
        with self.store.writing() as tx:
            rows = DeskRows(tx)
            known = self._known(rows, name)
            rows.change(ACCOUNT, {"id": known["id"]}, password=digest, once=1, totp=None, totp_waits=None, totp_step=None, ended=None)
            rows.drop(SESSION, account=known["id"])
            rows.drop(ATTEMPT, subject=f"name:{_hashed(known['name'])}")
            self._write(rows, by, "reset", known["name"])
        return once

    def end(self, name: str, *, by: str) -> None:
        """Let an account act no more; its sessions and tokens end. Raises `AccountError`."""
        with self.store.writing() as tx:
            rows = DeskRows(tx)
            known = self._known(rows, name)
            self._stays_an_administrator(rows, known["role"], "")
            rows.change(ACCOUNT, {"id": known["id"]}, ended=self.now())
            rows.drop(SESSION, account=known["id"])
            rows.drop(TOKEN, account=known["id"])
            self._write(rows, by, "end", known["name"])

    def _stays_an_administrator(self, rows: DeskRows, was: str, will: str) -> None:
        if was == "administrator" != will and rows.count(ACCOUNT, role="administrator", ended=None) < 2:
            raise AccountError("last_administrator")

    def _known(self, rows: DeskRows, name: str) -> Row:
        found = rows.one(ACCOUNT, name=plain_name(name))
        if found is None:
            raise AccountError("no_account")
        return found

    def all(self) -> list[dict[str, object]]:
        """All accounts, without what nobody should see."""
        with self.store.asking() as tx:
            return [
                {**{name: r[name] for name in ("id", "name", "role", "made", "ended")}, "totp": r["totp"] is not None, "once": bool(r["once"])}
                for r in DeskRows(tx).all(ACCOUNT)
            ]  # fmt: skip

    # -- signing in

    def sign_in(self, name: str, password: str, code: str, origin: str) -> tuple[str, User] | None:
        """A session: what the browser is to hold, and who it is. None where something was wrong, or too much was before."""
        try:
            known_name = plain_name(name)
        except AccountError:
            known_name = ""
        subjects = {"name": f"name:{_hashed(known_name or name[:200])}", "from": f"from:{_hashed(origin)}"}
        with self.store.asking() as tx:
            rows = DeskRows(tx)
            waits = any((row := rows.one(ATTEMPT, subject=s)) is not None and (row["until"] or "") > self.now() for s in subjects.values())
            known = rows.one(ACCOUNT, name=known_name) if known_name else None
        right = self.passwords.matches(known["password"] if known is not None else None, password[:_LONGEST])
        with self._lock, self.store.writing() as tx:
            rows = DeskRows(tx)
            account = rows.one(ACCOUNT, id=known["id"]) if known is not None else None  # as it is now: its code may have been used in between
            step = self._step(account, code) if account is not None and account["totp"] else 0
            if waits or not right or account is None or account["ended"] is not None or step is None:
                self._failed(rows, subjects)
                self._write(rows, known_name[:40] if known is not None else "?", "refused", "waits" if waits else "", origin)
                return None
            if account["totp"]:
                rows.change(ACCOUNT, {"id": account["id"]}, totp_step=step)
            if self.passwords.is_old(account["password"]):
                rows.change(ACCOUNT, {"id": account["id"]}, password=self.passwords.digest(password))
            rows.drop(ATTEMPT, subject=subjects["name"])
            self._write(rows, account["name"], "signed in", "", origin)
            return self._session(rows, account["id"])

    def _step(self, account: Row, code: str) -> int | None:
        return totp.step_of(account["totp"], code, _seconds(self.now()), account["totp_step"])

    def _failed(self, rows: DeskRows, subjects: dict[str, str]) -> None:
        now = self.now()
        rows.drop_before(ATTEMPT, "last", _later(now, -_FORGOTTEN))
        for kind, subject in subjects.items():
            before = rows.one(ATTEMPT, subject=subject)
            failures = 1 if before is None else int(before["failures"]) + 1
            beyond = failures - _FREE[kind]
            until = None if beyond < 0 else _later(now, min(_LONGEST_WAIT, _WAIT * 2 ** min(beyond, 10)))
            rows.drop(ATTEMPT, subject=subject)
            rows.put(ATTEMPT, subject=subject, failures=failures, last=now, until=until)

    def _session(self, rows: DeskRows, account: int) -> tuple[str, User]:
        now, word = self.now(), secrets.token_urlsafe(32)
        rows.drop_before(SESSION, "ends", now)
        rows.put(SESSION, digest=_digest(word), account=account, csrf=secrets.token_urlsafe(24), made=now, seen=now, ends=_later(now, _SESSION))
        found = self._user(rows, _digest(word))
        assert found is not None
        return word, found

    def user(self, word: str | None) -> User | None:
        """Who holds this word; None where nobody does, or the session has ended."""
        if not word or len(word) > 100:
            return None
        now, digest = self.now(), _digest(word)
        with self.store.asking() as tx:
            rows = DeskRows(tx)
            session, found = rows.one(SESSION, digest=digest), self._user(rows, digest)
        if session is None or found is None or session["ends"] <= now or session["seen"] <= _later(now, -_IDLE):
            return None
        if session["seen"] < _later(now, -_IDLE / 12):
            with self.store.writing() as tx:
                DeskRows(tx).change(SESSION, {"digest": digest}, seen=now)
        return found

    def _user(self, rows: DeskRows, digest: str) -> User | None:
        session = rows.one(SESSION, digest=digest)
        account = rows.one(ACCOUNT, id=session["account"], ended=None) if session is not None else None
        if session is None or account is None:
            return None
        return User(account["id"], account["name"], account["role"], bool(account["once"]), account["totp"] is not None, session["csrf"], digest)

    def sign_out(self, user: User, *, everywhere: bool = False) -> None:
        """End this session, or all of theirs."""
        with self.store.writing() as tx:
            rows = DeskRows(tx)
            if everywhere:
                rows.drop(SESSION, account=user.id)
            else:
                rows.drop(SESSION, digest=user.session)
            self._write(rows, user.name, "signed out", "everywhere" if everywhere else "")

    # -- what one does with one's own account

    def change_password(self, user: User, old: str, new: str) -> tuple[str, User]:
        """Choose another password; all sessions end, and a new one begins. Raises `AccountError`."""
        with self.store.asking() as tx:
            account = DeskRows(tx).one(ACCOUNT, id=user.id)
        if account is None or not self.passwords.matches(account["password"], old[:_LONGEST]):
            raise AccountError("wrong_password")
        if not SHORTEST <= len(new) <= _LONGEST or user.name in new.casefold() or len(set(new)) < 5 or hmac.compare_digest(old.encode(), new.encode()):
            raise AccountError("weak_password")
        digest = self.passwords.digest(new)
        with self.store.writing() as tx:
            rows = DeskRows(tx)
            rows.change(ACCOUNT, {"id": user.id}, password=digest, once=0)
            rows.drop(SESSION, account=user.id)
            self._write(rows, user.name, "password", "")
            return self._session(rows, user.id)

    def begin_totp(self, user: User) -> str:
        """A secret for the second factor, which holds once a code of it is told."""
        secret = totp.new_secret()
        with self.store.writing() as tx:
            DeskRows(tx).change(ACCOUNT, {"id": user.id}, totp_waits=secret)
        return secret

    def confirm_totp(self, user: User, code: str) -> None:
        """Ask for codes of the secret from now on. Raises `AccountError`."""
        with self.store.writing() as tx:
            rows = DeskRows(tx)
            account = rows.one(ACCOUNT, id=user.id)
            waits = account["totp_waits"] if account is not None else None
            step = totp.step_of(waits, code, _seconds(self.now()), None) if waits else None
            if step is None:
                raise AccountError("wrong_code")
            rows.change(ACCOUNT, {"id": user.id}, totp=waits, totp_waits=None, totp_step=step)
            self._write(rows, user.name, "second factor", "on")

    def end_totp(self, user: User, password: str) -> None:
        """Ask for no codes any more. Raises `AccountError`."""
        with self.store.asking() as tx:
            account = DeskRows(tx).one(ACCOUNT, id=user.id)
        if account is None or not self.passwords.matches(account["password"], password[:_LONGEST]):
            raise AccountError("wrong_password")
        with self.store.writing() as tx:
            rows = DeskRows(tx)
            rows.change(ACCOUNT, {"id": user.id}, totp=None, totp_waits=None, totp_step=None)
            self._write(rows, user.name, "second factor", "off")

    # -- tokens

    def token(self, name: str, label: str, scopes: list[str], days: int, *, by: str) -> str:
        """A token of an account: what a program holds, shown this once. Raises `AccountError`."""
        if not scopes or set(scopes) - set(SCOPES) or not 1 <= days <= 366:
            raise AccountError("no_scope")
        word = f"marsad_{secrets.token_urlsafe(32)}"
        with self.store.writing() as tx:
            rows = DeskRows(tx)
            known = self._known(rows, name)
            if any(scope not in RIGHTS[known["role"]] for scope in scopes):
                raise AccountError("no_scope")
            now = self.now()
            ends = _later(now, datetime.timedelta(days=days))
            rows.put(TOKEN, digest=_digest(word), account=known["id"], label=label[:80], scopes=" ".join(sorted(set(scopes))), made=now, ends=ends)
            self._write(rows, by, "token", f"{known['name']} {label[:80]} {' '.join(sorted(set(scopes)))}")
        return word

    def tokens(self, user: User) -> list[dict[str, str]]:
        """Somebody's tokens, by the beginnings of their hashes."""
        with self.store.asking() as tx:
            return [
                {"id": r["digest"][:12], "label": r["label"], "scopes": r["scopes"], "made": r["made"], "ends": r["ends"]}
                for r in DeskRows(tx).all(TOKEN, account=user.id)
            ]

    def end_token(self, user: User, id: str) -> None:
        """End one of somebody's own tokens. Raises `AccountError`."""
        with self.store.writing() as tx:
            rows = DeskRows(tx)
            own = [r["digest"] for r in rows.all(TOKEN, account=user.id) if r["digest"][:12] == id]
            if not own:
                raise AccountError("no_account")
            rows.drop(TOKEN, digest=own[0])
            self._write(rows, user.name, "token ended", id)

    def bearer(self, word: str) -> tuple[User, frozenset[str]] | None:
        """Whose token this is, and for what: no more than its owner may by now."""
        if not word or len(word) > 100:
            return None
        with self.store.asking() as tx:
            rows = DeskRows(tx)
            row = rows.one(TOKEN, digest=_digest(word))
            account = rows.one(ACCOUNT, id=row["account"], ended=None) if row is not None and row["ends"] > self.now() else None
        if row is None or account is None:
            return None
        user = User(account["id"], account["name"], account["role"])
        return user, frozenset(scope for scope in row["scopes"].split() if scope in RIGHTS[user.role])

    # -- the audit

    def audit(self, limit: int = 200) -> list[dict[str, str]]:
        """What was done, the latest first."""
        with self.store.asking() as tx:
            return [dict(row) for row in DeskRows(tx).all(AUDIT, newest="n", limit=limit)]

    def note(self, who: str, act: str, about: str, origin: str = "") -> None:
        """Write down what somebody did, or tried."""
        with self.store.writing() as tx:
            self._write(DeskRows(tx), who, act, about, origin)

    def _write(self, rows: DeskRows, who: str, act: str, about: str, origin: str = "") -> None:
        clean = "".join(c if c.isprintable() else "�" for c in about)
        rows.put(AUDIT, at=self.now(), who=who[:80], act=act[:40], about=clean[:400], origin=origin[:80])


def plain_name(name: str) -> str:
    """A name as accounts have it: letters, figures, dot, hyphen; 2 to 40. Raises `AccountError`."""
    known = unicodedata.normalize("NFKC", name).strip().casefold()
    if not _NAME.fullmatch(known):
        raise AccountError("bad_name")
    return known


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode("utf-8", "replace")).hexdigest()


def _hashed(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:24]


def _later(moment: str, by: datetime.timedelta) -> str:
    return (datetime.datetime.fromisoformat(moment) + by).astimezone(datetime.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _seconds(moment: str) -> float:
    return datetime.datetime.fromisoformat(moment).timestamp()
