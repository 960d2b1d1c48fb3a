"""The list of decisions: each is chained to the one before by its hash, so that none can be changed or taken out unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from marsad.model import Decision
from marsad.store import DecisionRow, ReadTx, WriteTx

FIRST: Final = "0" * 64
"""What the first decision says of the one before."""

_WORDS: Final = ("why", "before", "after")


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces, UTF-8."""
    return msgspec.json.encode(value, order="sorted")


def appended(tx: WriteTx, *, texts: Iterable[str], **fields: Any) -> Decision:
    """Write down a decision; `fields`: those of `Decision` but number, previous and hash; `texts`: the hashes of the texts that it speaks of."""
    last = tx.last_decision()
    number, previous = (1, FIRST) if last is None else (last.number + 1, _fixed(last)["hash"])
    made = Decision(number=number, previous=previous, hash="", **fields)
    told = msgspec.to_builtins(made)
    words = {name: told.pop(name) for name in _WORDS}
    del told["hash"]
    fixed = {**told, "words": _hash(canonical(words))}
    fixed["hash"] = _hash(canonical(fixed))
    tx.keep_decision(number=number, kind=made.kind, at=made.when, record=canonical(fixed), words=canonical(words), texts=texts)
    return msgspec.structs.replace(made, hash=fixed["hash"])


def decision_of(row: DecisionRow) -> Decision:
    """A decision as it was made; its words are empty where they were erased."""
    fixed = _fixed(row)
    del fixed["words"]
    words = msgspec.json.decode(row.words) if row.words is not None else {"why": "[erased]", "before": None, "after": None}
    return msgspec.convert({**fixed, **words}, Decision)


def broken(rows: Iterable[DecisionRow]) -> Iterator[str]:
    """What does not hold in a chain, in words, one line each; nothing where all is as it was written."""
    previous, number = FIRST, 0
    for row in rows:
        number += 1
        where = f"decision {row.number}"
        try:
            fixed = _fixed(row)
            told = fixed.pop("hash")
        except (msgspec.DecodeError, KeyError):
            yield f"{where}: its record is damaged"
            previous = ""
            continue
        if row.number != number or fixed.get("number") != row.number:
            yield f"{where}: a decision is missing before it, or its number was changed"
            number = row.number
        if previous and fixed.get("previous") != previous:
            yield f"{where}: it does not follow the decision before it"
        if _hash(canonical(fixed)) != told:
            yield f"{where}: it was changed after it was made"
        if row.words is not None and _hash(row.words) != fixed.get("words"):
            yield f"{where}: its words were changed after it was made"
        if row.kind != fixed.get("kind") or row.at != fixed.get("when"):
            yield f"{where}: its kind or its time is not what the chain says"
        previous = told


def all_decisions(tx: ReadTx, until: str | None = None) -> list[Decision]:
    """All decisions, in order; those made up to a moment."""
    return [decision_of(row) for row in tx.decisions(until=until)]


def _fixed(row: DecisionRow) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(row.record)
    return found


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
