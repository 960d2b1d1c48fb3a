"""Codes of the second factor by time (RFC 6238 over RFC 4226: SHA-1, six figures, thirty seconds), as every authenticator makes them.

>>> code(secret_of(b"12345678901234567890"), 59 // STEP)
'287082'
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import struct
from typing import Final
from urllib.parse import quote

STEP: Final = 30
"""Seconds for which a code holds."""

_FIGURES: Final = 6
_LATE: Final = 1  # steps by which a clock may be off


def new_secret() -> str:
    """A secret of 160 bits, in Base32."""
    return secret_of(secrets.token_bytes(20))


def secret_of(key: bytes) -> str:
    """A key as it is shown and kept."""
    return base64.b32encode(key).decode()


def code(secret: str, step: int) -> str:
    """The code of a step of time (seconds since 1970, by thirty)."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    at = digest[-1] & 15
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**_FIGURES:0{_FIGURES}}"


def step_of(secret: str, told: str, seconds: float, last: int | None) -> int | None:
    """The step whose code was told; None where none of those that hold is it. A step up to `last`, whose code was used, does not hold any more."""
    given = "".join(told.split()).translate(_ARABIC)
    if len(given) != _FIGURES or not given.isascii() or not given.isdigit():
        return None
    now = int(seconds) // STEP
    for step in range(now - _LATE, now + _LATE + 1):
        if (last is None or step > last) and hmac.compare_digest(code(secret, step), given):
            return step
    return None


_ARABIC: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def address(secret: str, name: str, issuer: str) -> str:
    """The address that an authenticator takes the secret from."""
    return f"otpauth://totp/{quote(issuer)}:{quote(name)}?secret={secret}&issuer={quote(issuer)}"
