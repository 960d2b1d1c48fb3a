"""Passwords as they are kept: Argon2id with the second set of parameters that RFC 9106 recommends (64 MiB, three passes)."""

from __future__ import annotations

import secrets
import threading
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_AT_ONCE: Final = 2  # hashes under way, each of which takes its memory


class Passwords:
    """How passwords are hashed. `memory`: KiB, `passes`: both by RFC 9106."""

    def __init__(self, memory: int = 65_536, passes: int = 3) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory, parallelism=4)
        self._turns = threading.BoundedSemaphore(_AT_ONCE)
        self._nobody = self._hasher.hash(secrets.token_urlsafe(16))

    def digest(self, password: str) -> str:
        """What is kept of a password."""
        with self._turns:
            return self._hasher.hash(password)

    def matches(self, digest: str | None, password: str) -> bool:
        """Whether a password is the one. None, for a name that nobody has, takes as long and is never."""
        with self._turns:
            try:
                return self._hasher.verify(digest or self._nobody, password) and digest is not None
            except (VerificationError, InvalidHashError, UnicodeError):
                return False

    def is_old(self, digest: str) -> bool:
        """Whether it was made with other parameters."""
        return self._hasher.check_needs_rehash(digest)
