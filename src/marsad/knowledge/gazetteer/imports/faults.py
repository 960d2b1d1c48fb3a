"""What can be wrong with a file of places, and how much of it is taken in."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

import msgspec

MEGABYTE: Final = 1_000_000
MOST_PLACES: Final = 1_000_000
"""Places of one import; each takes about three kilobytes of memory while the index is built."""
LONGEST_LINE: Final = 1_000_000


class ImportFault(ValueError):  # noqa: N818 - the word of the intake, too
    """A file, or a line of it, cannot be imported; the message names both."""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What the user says of a file, beside its name.

    `country`: of the places that tell none; `kind`: of those that tell none; `encoding`: of the text, where the file does not say it;
    `layer`: of a GeoPackage or sheet of a workbook; `most`: bytes that a file may have, unpacked.
    """

    country: str = ""
    kind: str = ""
    encoding: str = ""
    layer: str = ""
    most: int = 400 * MEGABYTE


class Missing(ImportFault):
    """A library that only some formats need is not installed."""

    def __init__(self, library: str, extra: str, what: str) -> None:
        super().__init__(f"{what} needs {library}: pip install 'marsad[{extra}]'")


def checked_size(path: Path, most: int) -> None:
    """Raises `ImportFault` where the file is not there, is empty or larger than `most` bytes."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise ImportFault(f"{path}: no file")
    except OSError as error:
        raise ImportFault(f"{path}: {error.strerror or error}") from None
    if size == 0:
        raise ImportFault(f"{path}: the file is empty")
    if size > most:
        raise ImportFault(
            f"{path}: {size / MEGABYTE:.0f} MB, more than the {most / MEGABYTE:.0f} MB that are taken in; import a country's part, or raise --most"
        )


def lines(file: IO[bytes], path: str, most: int) -> Iterator[tuple[int, bytes]]:
    """(number from 1, line without its end). Raises `ImportFault` where a line or the whole is longer than may be."""
    total = number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        total += len(line)
        if len(line) > LONGEST_LINE:
            raise ImportFault(f"{path}, line {number}: longer than {LONGEST_LINE / MEGABYTE:.0f} MB; this is no table of places")
        if total > most:
            raise ImportFault(f"{path}, line {number}: more than the {most / MEGABYTE:.0f} MB that are taken in; import a country's part, or raise --most")
        yield number, line.rstrip(b"\r\n")


def opened_archive(path: Path, most: int) -> zipfile.ZipFile:
    """A zip archive whose members are not larger, all together, than `most` bytes by its own account. Raises `ImportFault`."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise ImportFault(f"{path}: no zip archive ({error})") from None
    members = archive.infolist()
    whole = sum(member.file_size for member in members)
    if whole > most or len(members) > 1000:
        archive.close()
        raise ImportFault(f"{path}: unpacks to {whole / MEGABYTE:.0f} MB in {len(members)} files, more than the {most / MEGABYTE:.0f} MB that are taken in")
    if any(member.flag_bits & 1 for member in members):
        archive.close()
        raise ImportFault(f"{path}: the archive is locked with a password")
    return archive


def member_bytes(archive: zipfile.ZipFile, name: str, path: Path, most: int) -> bytes:
    """A whole member, whatever size the archive claims it to have. Raises `ImportFault`."""
    try:
        with archive.open(name) as file:
            content = file.read(most + 1)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise ImportFault(f"{path}: {name}: damaged ({error})") from None
    if len(content) > most:
        raise ImportFault(f"{path}: {name}: unpacks to more than the {most / MEGABYTE:.0f} MB that are taken in")
    return content


def text_of(raw: bytes, where: str, encoding: str) -> str:
    """The text of a line. Raises `ImportFault` where it is not in the encoding (UTF-8 unless one is told)."""
    try:
        return raw.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        hint = "" if encoding else "; tell its encoding with --encoding (Arabic of older programs: windows-1256)"
        raise ImportFault(f"{where}: not {encoding or 'UTF-8'} text ({error.reason} at byte {error.start + 1}){hint}") from None
    except LookupError:
        raise ImportFault(f"{where}: unknown encoding {encoding!r}") from None
