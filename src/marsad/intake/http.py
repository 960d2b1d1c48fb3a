"""An HTTP response as an archive keeps it: status, headers, and the body without the codings of its transfer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from marsad.intake.given import IntakeError
from marsad.intake.gunzip import unpacked

BODY: Final = 64 * 1024 * 1024  # bytes of an unpacked body
_STATUS: Final = re.compile(rb"HTTP/[\d.]+ +(\d{3})")
_END: Final = re.compile(rb"\r?\n\r?\n")
_PRIVATE: Final = frozenset(("set-cookie", "set-cookie2", "cookie", "authorization"))  # of the one who fetched; the raw bytes have them still


@dataclass(frozen=True, slots=True)
class Response:
    """A response; names of headers in lower case."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The value of a header; empty where there is none."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def media_type(self) -> str:
        """The media type that it names, in lower case, without parameters."""
        return self.header("content-type").partition(";")[0].strip().lower()


def head_of(block: bytes) -> tuple[Response, bytes]:
    """Status and headers of a response, and the body as it was transferred; raises `IntakeError` for what is no response."""
    status = _STATUS.match(block)
    end = _END.search(block)
    if status is None or end is None:
        raise IntakeError("no HTTP response")
    headers: list[tuple[str, str]] = []
    for line in block[: end.start()].split(b"\n")[1:]:
        name, colon, value = line.decode("utf-8", "replace").strip().partition(":")
        if colon and name.lower() not in _PRIVATE:
            headers.append((name.strip().lower(), value.strip()))
    return Response(int(status[1]), tuple(headers), b""), block[end.end() :]


def body_of(response: Response, transferred: bytes) -> bytes:
    """The body of a response; raises `IntakeError` for a coding that is damaged, not known, or unpacks beyond the limit.

    Archives differ in whether they keep the codings that the headers name; a body that is not coded so is taken as it is.
    """
    body = transferred
    if "chunked" in response.header("transfer-encoding").lower():
        body = _joined(body)
    for coding in reversed(response.header("content-encoding").lower().replace(" ", "").split(",")):
        if coding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
            body = unpacked(body, BODY)
        elif coding == "deflate" and body:
            body = _inflated(body)
        elif coding == "br" and body:
            body = _brotli(body)
        elif coding not in ("", "identity", "gzip", "x-gzip", "deflate", "br"):
            raise IntakeError(f"coded as {coding!r}, which is not read")
    return body


def _joined(body: bytes) -> bytes:
    """The chunks of a body as one; the body itself where it is not in chunks. A body that is cut gives the chunks that are whole."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at, at + 1024)
        size = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        if not size or len(size) > 8 or not re.fullmatch(rb"[\da-fA-F]+", size):
            return b"".join(parts) if parts else body
        length = int(size, 16)
        if length == 0:
            return b"".join(parts)
        parts.append(body[end + 1 : end + 1 + length])
        at = end + 1 + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1


def _inflated(body: bytes) -> bytes:
    for window in (47, -15):
        try:
            return unpacked(body, BODY, window)
        except IntakeError as error:
            if "more than" in str(error):
                raise
    return body


def _brotli(body: bytes) -> bytes:
    """What Brotli packs. Most archives of browsers name the coding and keep the body unpacked."""
    if body.lstrip()[:1] in (b"<", b"{", b"%"):
        return body
    try:
        import brotli
    except ImportError:
        raise IntakeError("packed with Brotli; to read it: pip install 'marsad[archive]'") from None
    unpacker = brotli.Decompressor()
    made = bytearray()
    try:
        made += unpacker.process(body, output_buffer_limit=1 << 20)
        while not unpacker.is_finished() and len(made) <= BODY:
            more = unpacker.process(b"", output_buffer_limit=1 << 20)
            if not more:
                break
            made += more
    except brotli.error:
        raise IntakeError("damaged Brotli") from None
    if len(made) > BODY:
        raise IntakeError(f"unpacks to more than {BODY:,} bytes")
    return bytes(made)
