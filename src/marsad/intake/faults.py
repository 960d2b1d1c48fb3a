"""What could not be taken in: one record, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """A record that could not be taken in: the file, which record of it (a line, an id), and the reason."""

    file: str
    record: str | None
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}, {self.record}" if self.record else self.file
        return f"{where}: {self.reason}"
