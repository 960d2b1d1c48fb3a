"""The draft of a special report, made of chosen incidents: sentences from templates, in either language.

Every figure, name, place and day is a link to the claim that says it, and stands beside the one who says it. What no claim says is not said: there is
no sentence without its evidence, and figures of several claims are told side by side and never made one. Nominal sentences are used in Arabic, as a
name from a report does not tell the gender that a verb would have to agree with.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from markupsafe import Markup

from marsad.model import Claim, Incident
from marsad.site.articles import Text
from marsad.site.context import Site
from marsad.site.format import Lang, Speech, arabic_name, speech
from marsad.site.records import PublicIncident, standing_place
from marsad.site.views import plain_title

_CASUALTIES: Final = (
    "killed", "wounded", "killed_or_wounded", "captured", "arrested", "abducted", "missing", "displaced", "surrendered", "released", "deployed",
)  # fmt: skip
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~])")
_NO_DAY: Final = datetime.date.max


def written(site: Site, ids: Sequence[str], lang: Lang) -> Text:
    """A draft in a language of these incidents, in the order of their days; those that nobody may see are left out."""
    s = speech(lang)
    found = [made for id_ in dict.fromkeys(ids) if (made := site.incident(id_)) is not None]
    found.sort(key=lambda made: (made.incident.date.start or _NO_DAY, made.incident.id))
    if not found:
        return Text()
    paragraphs = [_Draft(site, made, s).paragraph() for made in found]
    return Text(_title(found, s), _summary(found, s), "\n\n".join(p for p in paragraphs if p) + "\n")


def as_markdown(text: Text) -> str:
    """A draft as one document."""
    return f"# {escaped(text.title)}\n\n{escaped(text.summary)}\n\n{text.body}"


def escaped(words: str) -> str:
    """Words as Markdown that says them and nothing else."""
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))


def _plain(said: Markup | str) -> str:
    return " ".join(Markup(said).striptags().split())


def _title(found: Sequence[PublicIncident], s: Speech) -> str:
    if len(found) == 1:
        return plain_title(found[0].incident, s)
    places = [place for made in found if (place := standing_place(made.incident)) is not None]
    areas = {(p.admin1, p.country) for p in places}
    count = s.count("incidents", len(found))
    if len(places) == len(found) and len(areas) == 1 and places[0].admin1:
        return _plain(s.t("draft.title_in", count=count, place=s.area(places[0].admin1, places[0].country)))
    countries = {p.country for p in places}
    if len(places) == len(found) and len(countries) == 1 and places[0].country:
        return _plain(s.t("draft.title_in", count=count, place=s.country(places[0].country)))
    return _plain(s.t("draft.title", count=count))


def _summary(found: Sequence[PublicIncident], s: Speech) -> str:
    told = [c.value["start"] for made in found for c in made.incident.claims if c.about == "day" and c.superseded_by is None and _is_a_day(c)]
    days = sorted(datetime.date.fromisoformat(day) for day in told)
    reports = {r for made in found for r in made.incident.reports}
    parts = {"count": s.count("incidents", len(found)), "reports": s.count("reports", len(reports))}
    if not days:
        return _plain(s.t("draft.summary_undated", **parts))
    return _plain(s.t("draft.summary", when=s.days(days[0], days[-1], "day"), **parts))


def _is_a_day(claim: Claim) -> bool:
    return claim.value.get("start") is not None and claim.value.get("precision") == "day"


class _Draft:
    """The paragraph of one incident."""

    def __init__(self, site: Site, made: PublicIncident, s: Speech) -> None:
        self.site, self.s = site, s
        self.incident: Incident = made.incident
        self._alone = False
        self.claims = [c for c in made.incident.claims if c.superseded_by is None and c.stance != "retracts"]

    def paragraph(self) -> str:
        """Its sentences: that it happened and where and when, who, how many, who denies it. Where one alone says all of it, that stands once, in front."""
        sayers = {self._who([claim]) for claim in self.claims}
        self._alone = len(sayers) == 1
        sentences = [*self._happened(), *self._actors(), *self._figures(), *self._denials()]
        if self._alone and sentences:
            sentences[0] = self._t("draft.alone", who=sayers.pop(), said=sentences[0])
        return " ".join(sentences)

    def _said(self, words: str, who: str) -> str:
        """Something with who says so, unless one alone says everything."""
        return words if self._alone else self._t("draft.named", name=words, who=who)

    def _happened(self) -> Iterator[str]:
        told = self._of("occurred", "asserts")
        kind = "happened"
        if not told:
            told = [c for c in self._of("status", "asserts") if c.value == "planned"]
            kind = "planned"
        if not told:
            return
        what = _link(_plain(self.s.t(f"type.{self.incident.type}")), f"claim:{self.incident.id}/{told[0].id}")
        place, day = self._of("place", "asserts"), self._of("day", "asserts")
        where = self._t("draft.in", place=self._claimed(place[0], self._place(place[0]))) if place else ""
        when = self._t("draft.on", day=self._claimed(day[0], self._day(day[0]))) if day else ""
        yield self._said(self._t(f"draft.{kind}", what=what, where=where, when=when), self._who(told)) + "."

    def _actors(self) -> Iterator[str]:
        for role in ("initiator", "target", "participant", "beneficiary"):
            by: dict[str, list[Claim]] = {}
            for claim in self._of(role, "asserts"):
                by.setdefault(claim.value.get("id") or claim.value.get("name") or "", []).append(claim)
            said = [
                self._said(self._claimed(own[0], _plain(self.s.actor(own[0].value.get("id"), own[0].value.get("name")))), self._who(own))
                for own in by.values()
            ]  # fmt: skip
            if said:
                yield self._t("draft.role", role=_plain(self.s.t(f"role.{role}")), said=self._joined(said))

    def _figures(self) -> Iterator[str]:
        for what in _CASUALTIES:
            said = []
            for claim in self._of(f"count:{what}", "asserts"):
                figure = self._claimed(claim, self._figure(what, claim.value))
                said.append(self._said(self._t("draft.part", name=figure) if claim.value.get("part") else figure, self._who([claim])))
            if said:
                yield self._t("draft.figures", what=_plain(self.s.t(f"counted.{what}")), said=self._joined(said))

    def _figure(self, what: str, value: dict[str, Any]) -> str:
        """So many of whom, in the form that the number asks for; of a range the greater number asks."""
        low, high = int(value.get("min") or 0), value.get("max")
        if high is None:
            said = self.s.t("draft.at_least", count=self.s.count(f"people.{what}", low))
        elif int(high) == low:
            said = self.s.count(f"people.{what}", low)
        else:
            said = self.s.t("draft.between", low=self.s.n(low), count=self.s.count(f"people.{what}_of", int(high)))
        who = value.get("who") or {}
        if who.get("id") or who.get("name"):
            said = self.s.t("claim.of_whom", value=said, who=self.s.actor(who.get("id"), who.get("name")))
        return _plain(said)

    def _denials(self) -> Iterator[str]:
        denied = self._of("occurred", "denies")
        if denied:
            yield self._said(_link(_plain(self.s.t("draft.denial")), f"claim:{self.incident.id}/{denied[0].id}"), self._who(denied)) + "."

    def _of(self, about: str, stance: str) -> list[Claim]:
        return sorted((c for c in self.claims if c.about == about and c.stance == stance), key=lambda c: (c.told or _NO_DAY, c.id))

    def _who(self, claims: Sequence[Claim]) -> str:
        """Those who say so, each once, with who printed it."""
        found: dict[tuple[str | None, str | None, str | None], str] = {}
        for claim in claims:
            a, s = claim.asserter, self.s
            kind = s.t(f"kind.{a.kind}")
            name = s.name(a.name) or s.actor(a.id) if a.name or a.id else s.t("kind.unnamed", kind=kind)
            if a.kind == "outlet" and claim.publisher and (not a.name or a.name == claim.publisher):
                said = escaped(claim.publisher)
            elif claim.publisher:
                said = self._t("draft.printed", who=escaped(_plain(name)), publisher=escaped(claim.publisher))
            else:
                said = escaped(_plain(name))
            found.setdefault((a.id or a.name, a.kind, claim.publisher), said)
        return self._joined(list(found.values()), "draft.and")

    def _joined(self, parts: Sequence[str], last: str = "draft.further") -> str:
        if len(parts) < 2:
            return "".join(parts)
        between = _raw(self.s, "draft.comma" if last == "draft.and" else "draft.further")
        return between.join(parts[:-1]) + _raw(self.s, last) + parts[-1]

    def _claimed(self, claim: Claim, words: str) -> str:
        return _link(words, f"claim:{self.incident.id}/{claim.id}")

    def _place(self, claim: Claim) -> str:
        known = next((p for p in self.incident.places if p.gazetteer_id and p.gazetteer_id == claim.value.get("gazetteer_id")), None)
        if known is not None:
            return _plain(self.s.where(known))
        id_, name = claim.value.get("gazetteer_id"), claim.value.get("name")
        return _plain(self.s.name((arabic_name(id_) if self.s.lang == "ar" else None) or name))

    def _day(self, claim: Claim) -> str:
        start, end = (datetime.date.fromisoformat(claim.value[k]) if claim.value.get(k) else None for k in ("start", "end"))
        return _plain(self.s.days(start, end, claim.value.get("precision") or "day"))

    def _t(self, key: str, **parts: str) -> str:
        return _raw(self.s, key).format(**parts)


def _raw(s: Speech, key: str) -> str:
    return str(s.t(key).unescape())


def _link(words: str, ref: str) -> str:
    return f"[{escaped(words)}]({ref})"
