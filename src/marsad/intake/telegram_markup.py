"""The text of a message in HTML, as words and entities: the form in which the JSON export has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

_DEEPEST: Final = 100

Entity = dict[str, Any]
"""`{"type": …, "text": …}` and what else is known of it."""


def parts_of(element: Any, entity_of: Callable[[Any], Entity | None]) -> list[Any]:
    """The words and entities of an element of a tree. `entity_of`: what an element inside it is, None for one that is nothing but its words."""
    parts: list[Any] = []
    _walk(element, parts, None, 0, entity_of)
    while parts and isinstance(parts[0], str) and not parts[0].strip():
        parts.pop(0)
    while parts and isinstance(parts[-1], str) and not parts[-1].strip():
        parts.pop()
    for place, trim in ((0, str.lstrip), (-1, str.rstrip)):
        if parts and isinstance(parts[place], str):
            parts[place] = trim(parts[place])
    return parts


def _walk(element: Any, parts: list[Any], entity: Entity | None, depth: int, entity_of: Callable[[Any], Entity | None]) -> None:
    for node in element.child_nodes if depth < _DEEPEST else ():
        if node.type == 3:
            _add(node.text, parts, entity)
        elif node.type != 1 or node.tag in ("script", "style"):
            continue
        elif node.tag == "br":
            _add("\n", parts, entity)
        else:
            _walk(node, parts, entity or entity_of(node), depth + 1, entity_of)


def _add(words: str, parts: list[Any], entity: Entity | None) -> None:
    if entity is not None:
        if parts and parts[-1] is entity:
            entity["text"] += words
        else:
            entity["text"] = words
            parts.append(entity)
    elif parts and isinstance(parts[-1], str):
        parts[-1] += words
    else:
        parts.append(words)
