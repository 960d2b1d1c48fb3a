"""Who says so, as one across reports, and who is independent of whom.

An asserter that is listed (a party, a monitor, an agency) is one wherever it is named. One that is not is known by its folded name. A source
without a name («مصادر محلية», «شهود») and an outlet's own telling belong to the outlet that printed them: they are several voices, of which a
later word of one does not take the place of another's, but one witness. Copies of one text are one publisher: an agency's text on ten sites is one
outlet's telling, and so are the unnamed sources in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from marsad.incidents.told import Told, plain
from marsad.knowledge.joining import joining
from marsad.model import Asserter, Source


class Witnesses:
    """The asserters of one incident's events."""

    def __init__(self, copies: Iterable[tuple[str, ...]] = ()) -> None:
        self._printed = {report: group for group in copies for report in group}
        self._names: dict[str, Asserter] = {}

    def asserter(self, told: Told, source: Source | None = None) -> tuple[str, Asserter]:
        """The key of who asserts this, and the asserter as the first report names it; `witness` of the keys says who is independent of whom.

        `source`: who asserts it, where another than the event's. Reports must come in one order each time.
        """
        who = source or told.event.source
        key = self._key(told, who)
        if key not in self._names:
            name = who.name or (told.outlet if who.kind == "outlet" else None)
            self._names[key] = Asserter(name, who.id, who.kind)
        return key, self._names[key]

    def _key(self, told: Told, who: Source) -> str:
        if who.id:
            return f"id:{who.id}"
        if who.kind == "outlet":
            return f"outlet/{self._publisher(told)}"
        if who.name is None or is_unnamed(who.name):
            return f"{who.kind}/{self._publisher(told)}"
        return f"name:{plain(who.name)}"

    def _publisher(self, told: Told) -> str:
        group = self._printed.get(told.report)
        if group is not None:
            return "copies of " + min(group)
        return plain(told.outlet) if told.outlet else told.report


def witness(key: str) -> str:
    """The one witness that an asserter, by its key, belongs to: two asserters are independent if their witnesses differ."""
    return key if key.startswith(("id:", "name:")) else key.partition("/")[2]


@cache
def is_unnamed(name: str) -> bool:
    """Whether the words for a source name nobody in particular: they begin with such a word (`[unnamed]`)."""
    words = plain(name).split()
    return not words or words[0] in _unnamed()


@cache
def _unnamed() -> frozenset[str]:
    return frozenset(plain(word) for word in joining().unnamed.words)
