"""Names of two words that are also written as one: عبد الله and عبدالله, صلاح الدين and صلاحالدين, كفر زيتا and كفرزيتا.

>>> closed_up(["كفر", "زيتا"]), closed_up(["ابي", "كمال"]), closed_up(["تل", "ابيض"])
('كفرزيتا', 'ابوكمال', 'تلابيض')
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from marsad.arabic.letters import fold

SECOND: Final = frozenset(fold(word) for word in ("الله", "الدين", "الإسلام", "الحق", "الزمان", "العابدين", "الرحمن", "الزهراء", "النصر", "اللهيان"))
"""Second halves of compound names, folded: نصر الله، صلاح الدين."""

HEADS: Final = {
    "عبد": "عبد",
    "ابو": "ابو",
    "ابي": "ابو",
    "ابا": "ابو",
    "بن": "بن",
    "ابن": "بن",
    "كفر": "كفر",
    "دير": "دير",
    "تل": "تل",
    "خان": "خان",
    "راس": "راس",
}
"""First halves that no other word follows so, folded, each with the one spelling that stands for it."""

WEAK_HEADS: Final = frozenset(("بيت", "عين", "ام", "ال", "جبل", "وادي", "حوش", "خربه", "مزرعه", "بير"))
"""First halves that are ordinary words too: the two are closed up in a text, and in a query only where they were typed so."""


def is_first_half(word: str) -> bool:
    """Whether a folded token makes a name with whatever stands behind it (`closed_up`)."""
    return word in HEADS or word in WEAK_HEADS


def closed_up(pair: Sequence[str]) -> str | None:
    """The one word of two folded tokens that make a name together; None where they do not."""
    first, second = pair
    if first in HEADS:
        return HEADS[first] + second
    if second in SECOND and len(first) > 1:
        return first + second
    return first + second if is_first_half(first) else None
