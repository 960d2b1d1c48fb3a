"""Passkeys (WebAuthn, level 3): a key in somebody's device takes the place of password and code. It cannot be guessed, handed on or fished for.

A key is asked to know its owner (a finger, a PIN), so it is both factors; and to be found without a name, so nobody learns from what is asked whether
there is an account. What it signs is a word that only this desk can have given, to this browser, a short while ago, and that serves once.
"""

from __future__ import annotations

import base64
import datetime
import ipaddress
import secrets
from typing import Any, Final

import msgspec
import webauthn
from webauthn.helpers import structs
from webauthn.helpers.exceptions import WebAuthnException

from marsad.site.desk.accounts import AccountError, Accounts, User
from marsad.site.desk.attempts import hashed, later
from marsad.store import ACCOUNT, PASSKEY, SPENT, DeskRows

_HOLDS: Final = datetime.timedelta(minutes=5)
_NONCE: Final = 16
_MOST: Final = 12  # passkeys of one account
_LONGEST: Final = 20_000  # characters of an answer
_FAILS: Final = (WebAuthnException, msgspec.DecodeError, ValueError, TypeError, KeyError, RecursionError)


class Passkeys:
    """The passkeys of a desk's accounts. `host`: under which the browser came, with its port; `secure`: by HTTPS."""

    def __init__(self, accounts: Accounts, host: str, *, secure: bool, title: str) -> None:
        self.accounts, self.title = accounts, title
        self.name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        self.origin = f"{'https' if secure else 'http'}://{host}"

    @property
    def can_be(self) -> bool:
        """Whether there can be passkeys here: they are for a name, not for an address of figures."""
        try:
            ipaddress.ip_address(self.name.strip("[]"))
        except ValueError:
            return bool(self.name)
        return False

    # -- making one

    def asked_to_make(self, user: User) -> str:
        """What a browser needs to make one, as JSON."""
        options = webauthn.generate_registration_options(
            rp_id=self.name, rp_name=self.title, user_name=user.name, user_id=self._handle(user.id), user_display_name=user.name,
            challenge=self._word("make", user.session), exclude_credentials=[_named(row["id"]) for row in self._rows(user)],
            authenticator_selection=structs.AuthenticatorSelectionCriteria(
                resident_key=structs.ResidentKeyRequirement.REQUIRED, user_verification=structs.UserVerificationRequirement.REQUIRED
            ),
        )  # fmt: skip
        return webauthn.options_to_json(options)

    def make(self, user: User, answer: str, label: str, password: str) -> None:
        """Keep one that was made. Raises `AccountError`."""
        self.accounts.asked(user, password)
        challenge = self._challenge(answer, "make", user.session)
        if len(self._rows(user)) >= _MOST:
            raise AccountError("many_passkeys")
        try:
            made = webauthn.verify_registration_response(
                credential=answer, expected_challenge=challenge, expected_rp_id=self.name, expected_origin=self.origin, require_user_verification=True
            )
        except _FAILS as error:
            raise AccountError("no_passkey") from error
        with self.accounts.store.writing() as tx:
            rows = DeskRows(tx)
            self._spend(rows, challenge)
            name = _text(made.credential_id)
            if rows.one(PASSKEY, id=name) is not None:
                raise AccountError("no_passkey")
            now = self.accounts.now()
            rows.put(
                PASSKEY, id=name, account=user.id, key=made.credential_public_key, signs=made.sign_count, label=label[:80] or now[:10], made=now, used=None
            )  # fmt: skip
            self.accounts.write(rows, user.name, "passkey", f"made {name[:12]}")

    def all(self, user: User) -> list[dict[str, Any]]:
        """Somebody's own."""
        return [{name: row[name] for name in ("id", "label", "made", "used")} for row in self._rows(user)]

    def end(self, user: User, id: str) -> None:
        """Let one serve no more. Raises `AccountError`."""
        with self.accounts.store.writing() as tx:
            rows = DeskRows(tx)
            if not rows.drop(PASSKEY, id=id, account=user.id):
                raise AccountError("no_passkey")
            self.accounts.write(rows, user.name, "passkey", f"ended {id[:12]}")

    # -- signing in with one

    def asked_to_sign(self, browser: str) -> str:
        """What a browser needs to sign in with one, as JSON: the same for everybody. `browser`: the word that it holds before anybody is signed in."""
        options = webauthn.generate_authentication_options(
            rp_id=self.name, challenge=self._word("sign", browser), user_verification=structs.UserVerificationRequirement.REQUIRED
        )
        return webauthn.options_to_json(options)

    def sign_in(self, answer: str, browser: str, origin: str) -> tuple[str, User] | None:
        """A session, as `Accounts.sign_in` gives it; None where the passkey is none of ours, or did not sign what it was asked to."""
        try:
            challenge = self._challenge(answer, "sign", browser)
            name = str(msgspec.json.decode(answer)["id"])
            with self.accounts.store.writing() as tx:
                rows = DeskRows(tx)
                row = rows.one(PASSKEY, id=name)
                account = rows.one(ACCOUNT, id=row["account"], ended=None) if row is not None else None
                if row is None or account is None:
                    raise AccountError("no_passkey")
                done = webauthn.verify_authentication_response(
                    credential=answer, expected_challenge=challenge, expected_rp_id=self.name, expected_origin=self.origin,
                    credential_public_key=row["key"], credential_current_sign_count=row["signs"], require_user_verification=True,
                )  # fmt: skip
                self._spend(rows, challenge)
                rows.change(PASSKEY, {"id": name}, signs=done.new_sign_count, used=self.accounts.now())
                self.accounts.write(rows, account["name"], "signed in", "passkey", origin)
                return self.accounts.begin_session(rows, account["id"])
        except (AccountError, *_FAILS) as error:
            self.accounts.stranger("refused", f"passkey: {error}"[:120], origin)
            return None

    def _rows(self, user: User) -> list[Any]:
        with self.accounts.store.asking() as tx:
            return list(DeskRows(tx).all(PASSKEY, account=user.id))

    def _handle(self, id: int) -> bytes:
        """By which a device tells the accounts of a site apart; it says nothing of whose it is."""
        return bytes.fromhex(self.accounts.key.mark("handle", str(id)))

    # the word that is signed: it need not be kept until it was used, so nobody fills the store by asking for words

    def _word(self, use: str, holder: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        ends = later(self.accounts.now(), _HOLDS)
        return nonce + ends.encode() + bytes.fromhex(self.accounts.key.mark("word", use, holder, nonce.hex(), ends))

    def _challenge(self, answer: str, use: str, holder: str) -> bytes:
        """The word in an answer, where it is one that was given for this use to this holder and still holds. Raises `AccountError`."""
        try:
            if len(answer) > _LONGEST:
                raise ValueError("too long")
            told = msgspec.json.decode(webauthn.base64url_to_bytes(msgspec.json.decode(answer)["response"]["clientDataJSON"]))
            word = webauthn.base64url_to_bytes(told["challenge"])
            nonce, ends, mark = word[:_NONCE], word[_NONCE:-20].decode("ascii"), word[-20:].hex()
        except _FAILS as error:
            raise AccountError("no_passkey") from error
        if not holder or not self.accounts.key.holds(mark, "word", use, holder, nonce.hex(), ends) or ends <= self.accounts.now():
            raise AccountError("no_passkey")
        return word

    def _spend(self, rows: DeskRows, word: bytes) -> None:
        now, digest = self.accounts.now(), hashed(word.hex())
        rows.drop_before(SPENT, "ends", now)
        if rows.one(SPENT, digest=digest) is not None:
            raise AccountError("no_passkey")
        rows.put(SPENT, digest=digest, ends=later(now, _HOLDS))


def _text(id: bytes) -> str:
    return base64.urlsafe_b64encode(id).decode().rstrip("=")


def _named(id: str) -> structs.PublicKeyCredentialDescriptor:
    return structs.PublicKeyCredentialDescriptor(id=webauthn.base64url_to_bytes(id))
