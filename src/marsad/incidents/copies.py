"""Which reports are one text passed on: one wire text on ten sites is one witness, not ten.

    reports ──words──▶ same words? ──fingerprints──▶ pairs worth comparing ──true likeness, figures──▶ clusters ──▶ each with its likely origin

The work is linear in the number of reports: pairs come from shared fingerprints (`candidates`), never from comparing each with each. The answer
does not depend on the order of the reports: texts are sorted by the hash of their words, links are followed from the most alike to the least.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np

from marsad.arabic.words import Words, tokens_of
from marsad.incidents.candidates import candidates
from marsad.incidents.fingerprints import Hashes, WordHashes, fingerprints, shared, shingles, text_hash
from marsad.incidents.likeness import HEAD, LEAST, MOST, WHOLE, Figures, Likeness, contradict, figures_of, heads_shared, is_copy, likeness, united
from marsad.incidents.named import source_of, sources_in
from marsad.incidents.origin import Member, cluster_of
from marsad.model import CopyCluster, Report, Span

_SHORT: Final = 20  # words: so short a text can be written twice, so its copies are looked for within a few days only
_DAYS: Final = 3
_FEW: Final = 6  # texts that are compared each with each
_HASH: Final = 16  # bytes of `text_hash`
_APART: Final = 0.2  # two parts of a digest have less in common than this


def copies(reports: Iterable[Report]) -> list[CopyCluster]:
    """The clusters of two or more reports that are one text, sorted by their origin's day and id. Ids of reports must differ.

    Of each report its hashes and figures are kept and not its text: some 10 kB for a report of 200 words.
    """
    texts = _texts(reports)
    links = _links(texts)
    clusters = [_cluster([member for text in group for member in text.members]) for group in _grouped(texts, links)]
    return sorted(clusters, key=lambda c: (c.copies[0].date or datetime.date.max, c.origin.report))


def marks_of(text: str) -> bytes:
    """What of a text tells whether it may be another's copy, to be kept with it: the hash of its words, then its fingerprints, 32 bits of each."""
    marked = _marked(text, ())
    return marked.hash + np.unique(marked.marks.astype(np.uint32)).tobytes()


def may_share(marks: Sequence[bytes]) -> bool:
    """Whether texts of which only these marks are at hand may have copies among them: some have the same words, or a fingerprint in common.

    False only where `copies` finds none: what it compares has fingerprints in common, and what has these has their last bits.
    """
    if len({mark[:_HASH] for mark in marks}) < len(marks):
        return True
    prints = np.frombuffer(b"".join(mark[_HASH:] for mark in marks), np.uint32)
    return len(np.unique(prints)) < len(prints)


def may_have_copies(reports: Iterable[Report]) -> bool:
    """Whether some of a few reports may be one text: cheaper than to look for them, and mostly none are."""
    marked = [_marked(report.text, tuple(sorted(r.span for r in report.residue))) for report in reports]
    if len({text.hash for text in marked}) < len(marked):
        return True
    pairs = combinations(range(len(marked)), 2) if len(marked) <= _FEW else candidates([text.marks for text in marked]).tolist()
    return any(is_copy(likeness(marked[one].shingles, marked[other].shingles)) for one, other in pairs)


class _Marked(NamedTuple):
    """What is looked at first in a text: the hash of its words, and hashes of runs of them."""

    hash: bytes
    shingles: Hashes
    marks: Hashes


@lru_cache(maxsize=1024)  # the reports of one incident are compared each time that another joins them
def _marked(text: str, furniture: tuple[Span, ...]) -> _Marked:
    words = tokens_of(text)
    forms = [words.forms[token] for token in _kept(words, furniture)]
    row = _hashes().of(forms)
    return _Marked(text_hash(forms), shingles(row), fingerprints(row))


@dataclass(slots=True)
class _Text:
    """All reports that have the same words (and, where these are few, the same days)."""

    hash: bytes
    shingles: Hashes
    head: Hashes
    marks: Hashes
    figures: Figures
    length: int
    members: list[Member]

    @property
    def days(self) -> tuple[datetime.date, datetime.date] | None:
        """The first and the last day of its reports; None where no day is known."""
        known = [m.date for m in self.members if m.date is not None]
        return (min(known), max(known)) if known else None


def _texts(reports: Iterable[Report]) -> list[_Text]:
    """The texts, each with its reports, in an order that depends on them alone."""
    same: dict[bytes, _Text] = {}
    for report in reports:
        laid = _laid_out(report.text, tuple(sorted(r.span for r in report.residue)))
        if not laid.length:
            continue
        text = same.get(laid.hash)
        if text is None:
            text = same[laid.hash] = _Text(laid.hash, laid.shingles, laid.head, laid.marks, laid.figures, laid.length, [])
        text.members.append(_member(report, laid.named, text))
    return sorted((part for text in same.values() for part in _by_day(text)), key=lambda t: (t.hash, min(m.id for m in t.members)))


class _Laid(NamedTuple):
    """What is looked at in a text: the hash of its words, hashes of runs of them, its figures, and the sources that it names."""

    hash: bytes
    shingles: Hashes
    head: Hashes
    marks: Hashes
    figures: Figures
    length: int
    named: tuple[str, ...]


@lru_cache(maxsize=1024)  # as `_marked`: of those with copies all are laid out again and again
def _laid_out(text: str, furniture: tuple[Span, ...]) -> _Laid:
    words = tokens_of(text)
    kept = _kept(words, furniture)
    forms = [words.forms[token] for token in kept]
    row = _hashes().of(forms)
    return _Laid(
        text_hash(forms), shingles(row), shingles(row[:HEAD]), fingerprints(row), figures_of(words, kept), len(forms), tuple(sources_in(words))
    )  # fmt: skip


@cache
def _hashes() -> WordHashes:
    return WordHashes()


def _kept(words: Words, furniture: tuple[Span, ...]) -> list[int]:
    """The tokens that are words or figures and stand in no furniture (sorted spans)."""
    if not furniture:
        return [n for n, form in enumerate(words.forms) if form[0].isalnum()]
    kept = []
    place = 0
    for n, form in enumerate(words.forms):
        while place < len(furniture) and furniture[place][1] <= words.starts[n]:
            place += 1
        if form[0].isalnum() and not (place < len(furniture) and furniture[place][0] <= words.starts[n]):
            kept.append(n)
    return kept


def _member(report: Report, named: tuple[str, ...], text: _Text) -> Member:
    if report.original:
        original = source_of(report.original) or report.original
        named = (original, *(source for source in named if source != original))
    return Member(report.id, report.outlet, report.date, report.title, report.url, named, text.length, text.hash, text.shingles)


def _by_day(text: _Text) -> Iterator[_Text]:
    """The text; one of a few words is another text after a gap of days in which nobody had it."""
    if text.length >= _SHORT or len(text.members) == 1:
        yield text
        return
    members = sorted(text.members, key=lambda m: (m.date or datetime.date.min, m.id))
    begin = 0
    for place in range(1, len(members) + 1):
        if place == len(members) or _gap(members[place - 1].date, members[place].date) > _DAYS:
            yield _Text(text.hash, text.shingles, text.head, text.marks, text.figures, text.length, members[begin:place])
            begin = place


def _gap(one: datetime.date | None, other: datetime.date | None) -> int:
    return 0 if one is None or other is None else abs((other - one).days)


@dataclass(frozen=True, slots=True)
class _Link:
    """Two texts (by their place) that are alike; `short` is the one with fewer shingles."""

    short: int
    long: int
    likeness: Likeness


def _links(texts: Sequence[_Text]) -> list[_Link]:
    """The pairs of texts that are one text passed on, the most alike first; those of digests left out."""
    links: list[_Link] = []
    for one, other in candidates([text.marks for text in texts]).tolist():
        a, b = texts[one], texts[other]
        found = likeness(a.shingles, b.shingles)
        if is_copy(found) and _one_news(a, b, found) and not _too_late(a, b) and not contradict(a.figures, b.figures):
            short, long = (one, other) if (len(a.shingles), one) <= (len(b.shingles), other) else (other, one)
            links.append(_Link(short, long, found))
    digests = _digests(texts, links)
    kept = [link for link in links if link.long not in digests or link.likeness.covered > 0.8]
    return sorted(kept, key=lambda link: (-link.likeness.covered, -link.likeness.contained, link.short, link.long))


def _one_news(one: _Text, other: _Text, found: Likeness) -> bool:
    return found.contained >= WHOLE or found.covered >= MOST or heads_shared(one.head, other.shingles, other.head, one.shingles) >= LEAST


def _too_late(one: _Text, other: _Text) -> bool:
    """Whether one of them is of a few words and days lie between the two."""
    if min(one.length, other.length) >= _SHORT or one.days is None or other.days is None:
        return False
    return max((other.days[0] - one.days[1]).days, (one.days[0] - other.days[1]).days) > _DAYS


def _digests(texts: Sequence[_Text], links: Sequence[_Link]) -> set[int]:
    """Texts that hold two or more texts which have nothing to do with each other: bulletins of the day. They are no copy of any of them."""
    parts: dict[int, list[int]] = {}
    for link in links:
        if link.likeness.contained > 0.8 and link.likeness.covered < 0.8:
            parts.setdefault(link.long, []).append(link.short)
    found = set()
    for whole, inside in parts.items():
        largest = max(inside, key=lambda place: (len(texts[place].shingles), place))
        for other in inside:
            if other != largest and shared(texts[other].shingles, texts[largest].shingles) < _APART * len(texts[other].shingles):
                found.add(whole)
                break
    return found


def _grouped(texts: Sequence[_Text], links: Iterable[_Link]) -> Iterator[list[_Text]]:
    """Groups of texts, each of two or more reports, joined along the links; a link that would bring together what contradicts itself is not followed."""
    parent = list(range(len(texts)))
    told: dict[int, Figures] = {}
    groups: dict[int, list[int]] = {}

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for link in links:
        one, other = sorted((root(link.short), root(link.long)))
        if one == other:
            continue
        mine, theirs = told.get(one, texts[one].figures), told.get(other, texts[other].figures)
        if contradict(mine, theirs):
            continue
        parent[other] = one
        groups[one] = groups.pop(one, [one]) + groups.pop(other, [other])
        told[one] = united(mine, theirs)
        told.pop(other, None)
    for place, text in enumerate(texts):
        if root(place) != place:
            continue
        group = [texts[n] for n in sorted(groups.get(place, [place]))]
        if len(group) > 1 or len(text.members) > 1:
            yield group


def _cluster(members: list[Member]) -> CopyCluster:
    members.sort(key=lambda member: member.id)
    id_ = hashlib.sha256("\n".join(member.id for member in members).encode("utf-8", "replace")).hexdigest()[:16]
    return cluster_of(members, id_)
