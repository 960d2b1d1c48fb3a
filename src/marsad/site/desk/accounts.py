"""Accounts: who may do what, how somebody is known, how long, and what is written down of it.

Passwords are kept as Argon2id (RFC 9106). A browser holds a random word, the store its hash alone. Whoever fails to sign in is told the same, whatever
was wrong, and after as long a time; who waits after failures is in `attempts`. Secrets of second factors are sealed (`keys`). Every act is in the audit.
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
from marsad.site.desk import attempts, totp
from marsad.site.desk.attempts import later
from marsad.site.desk.keys import Key, is_sealed, key_of
from marsad.site.desk.passwords import Passwords
from marsad.store import ACCOUNT, AUDIT, PASSKEY, SESSION, TOKEN, DeskRows, Row, Store

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
_STRANGERS: Final = 60
"""Rows a minute that the audit takes of what strangers tried: nobody fills the store by knocking. One more says that there was more."""
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
    """The accounts of a store. `now`: the time, as `utc_now` gives it. `key`: with which secrets are sealed; of the store, where none is given.
    Raises `StoreError` where there can be none."""

    def __init__(self, store: Store, *, now: Callable[[], str] = utc_now, passwords: Passwords | None = None, key: Key | None = None) -> None:
        self.store, self.now = store, now
        self.passwords = passwords or Passwords()
        self.key = key or key_of(store)
        self._lock = threading.Lock()
        self._nobody = self.key.sealed(totp.new_secret(), "totp 0")
        self._told: tuple[str, int] = ("", 0)

    # -- keeping accounts

    def first_run(self) -> tuple[str, str] | None:
        """Make an administrator where there is none: the name and the password that serves once. None where there is one."""
        self._seal()
        with self.store.asking() as tx:
            rows = DeskRows(tx)
            if rows.count(ACCOUNT, role="administrator", ended=None):
                return None
            name = next(n for k in range(1_000) if rows.one(ACCOUNT, name=(n := "admin" + (str(k) if k else ""))) is None)
        return name, self.add(name, "administrator", by="first run")

    def _seal(self) -> None:
        """Seal the secrets that an earlier version kept as they are."""
        with self.store.writing() as tx:
            rows = DeskRows(tx)
            clear = [(r["id"], n, r[n]) for r in rows.all(ACCOUNT) for n in ("totp", "totp_waits") if r[n] is not None and not is_sealed(r[n])]
            for id_, name, secret in clear:
                rows.change(ACCOUNT, {"id": id_}, **{name: self.key.sealed(secret, f"totp {id_}")})
        if clear:
            self.store.cleaned()

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
            self.write(rows, by, "account", f"{known} {role}")
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
            self.write(rows, by, "role", f"{known['name']} {known['role']} → {role}")

    def reset(self, name: str, *, by: str) -> str:
        """Give somebody a new password that serves once, without second factor or passkeys; sessions end. Raises `AccountError`."""
        once = secrets.token_urlsafe(15)
        digest = self.passwords.digest(once)
        with self.store.writing() as tx:
            rows = DeskRows(tx)
            known = self._known(rows, name)
            rows.change(ACCOUNT, {"id": known["id"]}, password=digest, once=1, totp=None, totp_waits=None, totp_step=None, ended=None)
            rows.drop(SESSION, account=known["id"])
            rows.drop(PASSKEY, account=known["id"])
            attempts.forgiven(rows, known["name"])
            self.write(rows, by, "reset", known["name"])
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
            rows.drop(PASSKEY, account=known["id"])
            self.write(rows, by, "end", known["name"])

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

    def sign_in(self, name: str, password: str, code: str, origin: str, known: str = "") -> tuple[str, User] | None:
        """A session: what the browser is to hold, and who it is. None where something was wrong, or too much was before. `known`: what `knows` gave
        this browser when somebody signed in with it."""
        try:
            own_name = plain_name(name)
        except AccountError:
            own_name = ""
        with self.store.asking() as tx:
            rows = DeskRows(tx)
            found = rows.one(ACCOUNT, name=own_name) if own_name else None
            counted = attempts.subjects(own_name or name[:200], origin, known if found is not None and self._is_known(found["id"], known) else "")
            waits = attempts.waits(rows, counted, self.now())
        right = self.passwords.matches(found["password"] if found is not None else None, password[:_LONGEST])
        with self._lock, self.store.writing() as tx:
            rows = DeskRows(tx)
            account = rows.one(ACCOUNT, id=found["id"]) if found is not None else None  # as it is now: its code may have been used in between
            step, spent = self._step(account, code)
            if waits or not right or account is None or account["ended"] is not None or step is None:
                if not waits:
                    attempts.failed(rows, counted, self.now())
                why = "waits" if waits else "a code that was used" if right and spent else ""
                self._stranger(rows, own_name[:40] if found is not None else "?", "refused", why, origin)
                return None
            if account["totp"]:
                rows.change(ACCOUNT, {"id": account["id"]}, totp_step=step)
            if self.passwords.is_old(account["password"]):
                rows.change(ACCOUNT, {"id": account["id"]}, password=self.passwords.digest(password))
            attempts.forgotten(rows, counted)
            self.write(rows, account["name"], "signed in", "", origin)
            return self.begin_session(rows, account["id"])

    def _step(self, account: Row | None, code: str) -> tuple[int | None, bool]:
        """The step of time of a code (0 where none is asked for), and whether it is one that was used. Where there is nobody, the same is done."""
        is_asked = account is not None and account["totp"] is not None
        kept, about, last = (
            (account["totp"], f"totp {account['id']}", account["totp_step"]) if account is not None and is_asked else (self._nobody, "totp 0", 0)
        )
        secret = self.key.opened(kept, about) or totp.new_secret()
        step, ever = (totp.step_of(secret, code, _seconds(self.now()), used) for used in (last, None))
        return (step, step is None and ever is not None) if is_asked else (0, False)

    def knows(self, user: User) -> str:
        """A word by which a browser shows later that somebody signed in with it."""
        word = secrets.token_urlsafe(12)
        return f"{word}.{self.key.mark('known', str(user.id), word)}"

    def _is_known(self, id: int, known: str) -> bool:
        word, _, mark = known[:200].partition(".")
        return self.key.holds(mark, "known", str(id), word)

    def begin_session(self, rows: DeskRows, account: int) -> tuple[str, User]:
        """A new session of an account: what the browser is to hold, and who it is."""
        now, word = self.now(), secrets.token_urlsafe(32)
        rows.drop_before(SESSION, "ends", now)
        rows.put(SESSION, digest=_digest(word), account=account, csrf=secrets.token_urlsafe(24), made=now, seen=now, ends=later(now, _SESSION))
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
        if session is None or found is None or session["ends"] <= now or session["seen"] <= later(now, -_IDLE):
            return None
        if session["seen"] < later(now, -_IDLE / 12):
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
            self.write(rows, user.name, "signed out", "everywhere" if everywhere else "")

    # -- what one does with one's own account

    def asked(self, user: User, password: str) -> None:
        """Ask again for the password of somebody who is signed in. Raises `AccountError`."""
        counted = attempts.subjects(user.name, "session", user.session)
        with self.store.asking() as tx:
            account = DeskRows(tx).one(ACCOUNT, id=user.id)
            waits = attempts.waits(DeskRows(tx), counted, self.now())
        right = account is not None and self.passwords.matches(account["password"], password[:_LONGEST])
        with self.store.writing() as tx:
            if right and not waits:
                attempts.forgotten(DeskRows(tx), counted)
                return
            if not waits:
                attempts.failed(DeskRows(tx), counted, self.now())
            self.write(DeskRows(tx), user.name, "refused", "waits" if waits else "a wrong password in a session")
        raise AccountError("wrong_password")

    def change_password(self, user: User, old: str, new: str) -> tuple[str, User]:
        """Choose another password; all sessions end, and a new one begins. Raises `AccountError`."""
        self.asked(user, old)
        if not SHORTEST <= len(new) <= _LONGEST or user.name in new.casefold() or len(set(new)) < 5 or hmac.compare_digest(old.encode(), new.encode()):
            raise AccountError("weak_password")
        digest = self.passwords.digest(new)
        with self.store.writing() as tx:
            rows = DeskRows(tx)
            rows.change(ACCOUNT, {"id": user.id}, password=digest, once=0)
            rows.drop(SESSION, account=user.id)
            self.write(rows, user.name, "password", "")
            return self.begin_session(rows, user.id)

    def begin_totp(self, user: User) -> str:
        """A secret for the second factor, which holds once a code of it is told."""
        secret = totp.new_secret()
        with self.store.writing() as tx:
            DeskRows(tx).change(ACCOUNT, {"id": user.id}, totp_waits=self.key.sealed(secret, f"totp {user.id}"))
        return secret

    def confirm_totp(self, user: User, code: str) -> None:
        """Ask for codes of the secret from now on. Raises `AccountError`."""
        with self.store.writing() as tx:
            rows = DeskRows(tx)
            account = rows.one(ACCOUNT, id=user.id)
            waits = account["totp_waits"] if account is not None else None
            secret = self.key.opened(waits, f"totp {user.id}") if waits else None
            step = totp.step_of(secret, code, _seconds(self.now()), None) if secret else None
            if step is None:
                raise AccountError("wrong_code")
            rows.change(ACCOUNT, {"id": user.id}, totp=waits, totp_waits=None, totp_step=step)
            self.write(rows, user.name, "second factor", "on")

    def end_totp(self, user: User, password: str) -> None:
        """Ask for no codes any more. Raises `AccountError`."""
        self.asked(user, password)
        with self.store.writing() as tx:
            rows = DeskRows(tx)
            rows.change(ACCOUNT, {"id": user.id}, totp=None, totp_waits=None, totp_step=None)
            self.write(rows, user.name, "second factor", "off")

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
            ends = later(now, datetime.timedelta(days=days))
            rows.put(TOKEN, digest=_digest(word), account=known["id"], label=label[:80], scopes=" ".join(sorted(set(scopes))), made=now, ends=ends)
            self.write(rows, by, "token", f"{known['name']} {label[:80]} {' '.join(sorted(set(scopes)))}")
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
            self.write(rows, user.name, "token ended", id)

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
            self.write(DeskRows(tx), who, act, about, origin)

    def stranger(self, act: str, about: str, origin: str = "") -> None:
        """Write down what somebody tried who is not signed in."""
        with self.store.writing() as tx:
            self._stranger(DeskRows(tx), "?", act, about, origin)

    def _stranger(self, rows: DeskRows, who: str, act: str, about: str, origin: str) -> None:
        minute = self.now()[:16]
        count = self._told[1] + 1 if self._told[0] == minute else 1
        self._told = (minute, count)
        if count <= _STRANGERS:
            self.write(rows, who, act, about, origin)
        elif count == _STRANGERS + 1:
            self.write(rows, "?", "refused", "more of the same this minute", origin)

    def write(self, rows: DeskRows, who: str, act: str, about: str, origin: str = "") -> None:
        """A row of the audit, inside a transaction."""
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


def _seconds(moment: str) -> float:
    return datetime.datetime.fromisoformat(moment).timestamp()
