"""`marsad user`: accounts of the site's desk."""

from __future__ import annotations

import argparse
import sys
from typing import Final

from marsad.cli.store import UsageError, observatory, take_store, told

_ABOUT: Final = """\
Accounts of those who work at the site's desk. Roles: reader, editor (reviews, takes reports in), reviewer (an editor who is the second where a kind
of incident asks for two), writer (special reports), administrator (all). It needs: pip install 'marsad[site]'.

  add NAME [ROLE]                  make one; prints a password that serves once
  role NAME ROLE                   give another role
  token NAME [SCOPE…]              a token for a program: read, add, review; shown this once
  reset NAME                       a new password that serves once, no second factor
  end NAME                         let it act no more
  list                             all of them"""

_WRONG: Final = {
    "no_role": "there is no such role; there are: reader, editor, reviewer, writer, administrator",
    "name_taken": "there is an account of that name",
    "bad_name": "a name has 2 to 40 letters, figures, dots, hyphens",
    "no_account": "there is no account of that name",
    "last_administrator": "it is the last administrator; make another first",
    "no_scope": "a token is for read, add or review, for what its owner may, and holds for 1 to 366 days",
}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    command = commands.add_parser("user", help="accounts of the site's desk", description=_ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter)
    command.add_argument("act", choices=("add", "role", "token", "reset", "end", "list"))
    command.add_argument("words", nargs="*", metavar="NAME|ROLE|SCOPE")
    command.add_argument("--label", default="", metavar="TEXT", help="what a token is for, in your words")
    command.add_argument("--days", type=int, default=90, metavar="N", help="for how long a token holds (90)")
    take_store(command)
    command.set_defaults(run=told(_user))


def _user(options: argparse.Namespace) -> int:
    try:
        from marsad.site.desk.accounts import AccountError, Accounts
    except ModuleNotFoundError as error:
        print(f"marsad user: accounts need marsad[site] ({error.name} is not installed): pip install 'marsad[site]'", file=sys.stderr)
        return 1
    if options.act != "list" and not options.words:
        raise UsageError(f"user {options.act} whom? name an account")
    with observatory(options, create=options.act == "add") as kept:
        try:
            return _done(Accounts(kept.store), options)
        except AccountError as error:
            print(f"marsad user: {_WRONG.get(str(error), str(error))}", file=sys.stderr)
            return 1


def _done(accounts: object, options: argparse.Namespace) -> int:
    from marsad.site.desk.accounts import Accounts

    assert isinstance(accounts, Accounts)
    words: list[str] = [*options.words, ""]
    name, more = words[0], words[1:]
    by = "terminal"
    more = more or [""]
    if options.act == "list":
        listed = accounts.all()
        if not listed:
            print("there is no account yet; make one: marsad user add NAME ROLE", file=sys.stderr)
        for one in listed:
            state = "ended" if one["ended"] else "new password due" if one["once"] else "second factor" if one["totp"] else ""
            print(f"{one['name']:24} {one['role']:14} {state}".rstrip())
    elif options.act == "add":
        print(f"password, serves once: {accounts.add(name, more[0] or 'editor', by=by)}")
    elif options.act == "role":
        accounts.set_role(name, more[0], by=by)
    elif options.act == "token":
        print(accounts.token(name, options.label, [scope for scope in more if scope] or ["read"], options.days, by=by))
    elif options.act == "reset":
        print(f"password, serves once: {accounts.reset(name, by=by)}")
    else:
        accounts.end(name, by=by)
    return 0
