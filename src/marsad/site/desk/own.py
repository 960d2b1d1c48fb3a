"""Signing in and out, one's own account, and, for administrators, all accounts and the audit."""

from __future__ import annotations

from typing import Any

from marsad.site.desk import totp
from marsad.site.desk.accounts import ROLES, SCOPES, SHORTEST
from marsad.site.desk.asking import Ask, DeskError, Reply, own_path


def sign_in_page(ask: Ask) -> Reply:
    """Where one says who one is."""
    if ask.user is not None:
        return ask.to("")
    return ask.page("sign_in.html", "desk.sign_in", to=own_path(ask.parameters.one("to"), ask.speech.lang))


def sign_in(ask: Ask) -> Reply:
    """A new session, never one that the browser came with."""
    done = ask.desk.accounts.sign_in(ask.one("name", 200), ask.form.get("password", [""])[-1], ask.one("code", 20), ask.origin)
    to = own_path(ask.one("to"), ask.speech.lang)
    if done is None:
        return ask.page("sign_in.html", "desk.sign_in", 403, to=to, wrong=ask.speech.t("desk.sign_in_wrong"))
    word, user = done
    return Reply(to=f"/{ask.speech.lang}/desk/account" if user.once else to, session=word)


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
    return ask.page("account.html", "desk.account", tokens=own, scopes=scopes, shortest=ask.speech.n(SHORTEST), **shown)


_TOLD = frozenset(("password", "totp_on", "totp_off", "token_ended"))


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
