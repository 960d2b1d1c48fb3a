"""Signing in and out, one's own account, and, for administrators, all accounts and the audit."""

from __future__ import annotations

from typing import Any

from marsad.site.desk import totp
from marsad.site.desk.accounts import ROLES, SCOPES, SHORTEST, User
from marsad.site.desk.asking import KNOWN, Ask, DeskError, Reply, not_found, own_path
from marsad.site.desk.passkeys import Passkeys


def sign_in_page(ask: Ask) -> Reply:
    """Where one says who one is."""
    if ask.user is not None:
        return ask.to("")
    return _sign_in_page(ask, 200, _back(ask, ask.parameters.one("to")))


def _sign_in_page(ask: Ask, status: int, to: str, **values: Any) -> Reply:
    return ask.page("sign_in.html", "desk.sign_in", status, to=to, can_passkey=_passkeys(ask).can_be, **values)


def _back(ask: Ask, asked: str) -> str:
    to = own_path(asked, ask.speech.lang)
    if asked and to != asked:
        ask.logged("way refused", asked)
    return to


def _passkeys(ask: Ask) -> Passkeys:
    return Passkeys(ask.desk.accounts, ask.host, secure=ask.desk.secure, title=ask.site.name("en"))


def sign_in(ask: Ask) -> Reply:
    """A new session, never one that the browser came with."""
    accounts, held = ask.desk.accounts, ask.held.get(ask.desk.cookie, "")
    if held and ask.user is None:
        ask.logged("session refused", "a browser came with a session that nobody has")
    known = ask.held.get(KNOWN, "")
    done = accounts.sign_in(ask.one("name", 200), ask.form.get("password", [""])[-1], ask.one("code", 20), ask.origin, known)
    return _signed_in(ask, done)


def _signed_in(ask: Ask, done: tuple[str, User] | None, wrong: str = "desk.sign_in_wrong") -> Reply:
    to = _back(ask, ask.one("to"))
    if done is None:
        return _sign_in_page(ask, 403, to, wrong=ask.speech.t(wrong))
    word, user = done
    return Reply(to=f"/{ask.speech.lang}/desk/account" if user.once else to, session=word, known=ask.desk.accounts.knows(user))


def passkey_asked(ask: Ask) -> Reply:
    """What a browser needs to sign in with a passkey, or, signed in, to make one."""
    passkeys = _passkeys(ask)
    if not passkeys.can_be:
        return not_found(ask)
    make = ask.parameters.one("for") == "make" and ask.user is not None and not ask.user.once
    return Reply(json=passkeys.asked_to_make(ask.who) if make else passkeys.asked_to_sign(ask.before))


def passkey_sign_in(ask: Ask) -> Reply:
    """A new session by a passkey."""
    return _signed_in(ask, _passkeys(ask).sign_in(ask.one("answer", 20_000), ask.before, ask.origin), "desk.passkey_wrong")


def passkey(ask: Ask) -> Reply:
    """Keep a passkey that was made, or end one."""
    if ask.one("end", 400):
        _passkeys(ask).end(ask.who, ask.one("end", 400))
        return ask.to("/account", "passkey_ended")
    _passkeys(ask).make(ask.who, ask.one("answer", 20_000), ask.one("label", 80), ask.form.get("password", [""])[-1])
    return ask.to("/account", "passkey_made")


def sign_out(ask: Ask) -> Reply:
    """End the session, or all."""
    ask.desk.accounts.sign_out(ask.who, everywhere=bool(ask.one("everywhere")))
    return Reply(to=f"/{ask.speech.lang}/", session="")


def account(ask: Ask, **values: Any) -> Reply:
    """One's own account."""
    own = ask.desk.accounts.tokens(ask.who)
    told = ask.parameters.one("told")
    shown: dict[str, Any] = {"secret": None, "address": None, "token": None, "told": ask.speech.t(f"desk.told.{told}") if told in _TOLD else None, **values}
    scopes = [scope for scope in SCOPES if ask.who.may(scope)]
    passkeys = _passkeys(ask)
    shown |= {"passkeys": passkeys.all(ask.who), "can_passkey": passkeys.can_be}
    return ask.page("account.html", "desk.account", tokens=own, scopes=scopes, shortest=ask.speech.n(SHORTEST), **shown)


_TOLD = frozenset(("password", "totp_on", "totp_off", "token_ended", "passkey_made", "passkey_ended"))


def password(ask: Ask) -> Reply:
    """Another password."""
    new = ask.form.get("new", [""])[-1]
    if new != ask.form.get("again", [""])[-1]:
        raise DeskError("not_the_same")
    word, _ = ask.desk.accounts.change_password(ask.who, ask.form.get("old", [""])[-1], new)
    made = ask.to("/account", "password")
    made.session = word
    return made


def second_factor(ask: Ask) -> Reply:
    """Begin, confirm or end the second factor."""
    accounts = ask.desk.accounts
    if ask.one("act") == "begin":
        secret = accounts.begin_totp(ask.who)
        issuer = ask.site.name("en")
        return account(ask, secret=" ".join(secret[n : n + 4] for n in range(0, len(secret), 4)), address=totp.address(secret, ask.who.name, issuer))
    if ask.one("act") == "confirm":
        accounts.confirm_totp(ask.who, ask.one("code", 20))
        return ask.to("/account", "totp_on")
    accounts.end_totp(ask.who, ask.form.get("password", [""])[-1])
    return ask.to("/account", "totp_off")


def token(ask: Ask) -> Reply:
    """A token of one's own, shown this once; or the end of one."""
    if ask.one("end"):
        ask.desk.accounts.end_token(ask.who, ask.one("end", 20))
        return ask.to("/account", "token_ended")
    days = ask.one("days", 5)
    word = ask.desk.accounts.token(ask.who.name, ask.one("label", 80), ask.form.get("scope", []), int(days) if days.isdigit() else 90, by=ask.who.name)
    return account(ask, token=word)


def people(ask: Ask, once: tuple[str, str] | None = None) -> Reply:
    """All accounts, and what was done of late."""
    accounts = ask.desk.accounts
    return ask.page("people.html", "desk.people", people=accounts.all(), roles=ROLES, audit=accounts.audit(), once=once)


def person(ask: Ask) -> Reply:
    """Make an account, give another role, another password, or end it."""
    accounts, act, name, by = ask.desk.accounts, ask.one("act", 20), ask.one("name", 80), ask.who.name
    if act == "add":
        return people(ask, (name, accounts.add(name, ask.one("role", 20), by=by)))
    if act == "reset":
        return people(ask, (name, accounts.reset(name, by=by)))
    if act == "role":
        accounts.set_role(name, ask.one("role", 20), by=by)
    elif act == "end":
        accounts.end(name, by=by)
    else:
        raise DeskError("unknown_act")
    return ask.to("/people")
