"""XML that is not trusted: no entity is declared in it, nothing is fetched for it, it is no deeper and no larger than reports are.

Over `expat` of the standard library. Names of elements and attributes come as `namespace name`, or as the bare name where they have no namespace.
"""

from __future__ import annotations

from collections.abc import Callable
from html.entities import name2codepoint
from typing import Final
from xml.parsers import expat

_DEEPEST: Final = 256  # elements in each other
_CHUNK: Final = 1 << 16


class XmlError(ValueError):
    """The bytes are no XML that is read; `line` counts from 1, `at` is the byte."""

    def __init__(self, reason: str, line: int, at: int) -> None:
        super().__init__(reason)
        self.line = line
        self.at = at


class RefusedError(XmlError):
    """The document declares entities: an attack, and in no feed or document that reports come in."""


Start = Callable[[str, dict[str, str], int], None]
End = Callable[[str, int], None]


def parse(content: bytes, start: Start, end: End, words: Callable[[str], None], encoding: str | None = None) -> None:
    """Read a document: `start` is called with name, attributes and the byte at which an element begins, `end` with the name and the byte behind it.

    Raises `RefusedError` for a document that declares entities, `XmlError` where it is broken; what came before the break has been told.
    Entities of HTML (`&nbsp;`) that feeds use without declaring them are read as HTML reads them.
    """
    parser = expat.ParserCreate(encoding, namespace_separator=" ")
    parser.buffer_text = True
    parser.UseForeignDTD(True)  # only so that an undeclared entity is told to us; there is no such DTD and none is read
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
    parser.ExternalEntityRefHandler = lambda *_: 1  # nothing that a document asks for is fetched
    depth = 0

    def refuse(*_: object) -> None:
        raise RefusedError("declares XML entities, which could expand without end; refused", parser.CurrentLineNumber, parser.CurrentByteIndex)

    def entered(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise XmlError(f"elements nested more than {_DEEPEST} deep", parser.CurrentLineNumber, parser.CurrentByteIndex)
        start(name, attributes, parser.CurrentByteIndex)

    def left(name: str) -> None:
        nonlocal depth
        depth -= 1
        at = parser.CurrentByteIndex
        tail = content.find(b">", at)
        end(name, tail + 1 if tail >= 0 else at)

    def unknown(name: str, is_parameter: bool) -> None:
        if not is_parameter:
            words(chr(name2codepoint[name]) if name in name2codepoint else f"&{name};")

    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = entered
    parser.EndElementHandler = left
    parser.CharacterDataHandler = words
    parser.SkippedEntityHandler = unknown
    try:
        for at in range(0, len(content), _CHUNK):
            parser.Parse(content[at : at + _CHUNK], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise XmlError(f"broken XML ({expat.errors.messages.get(error.code, 'error')})", error.lineno, max(0, parser.ErrorByteIndex)) from None
    except (ValueError, LookupError) as error:
        if isinstance(error, XmlError):
            raise
        raise XmlError(f"broken XML ({error})", parser.CurrentLineNumber, max(0, parser.CurrentByteIndex)) from None


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(" ")[2]
