"""Special reports: what a writer published, in Markdown with references to incidents and claims, and how it stands to them now.

A reference is a link of its own kind: `[12](claim:INCIDENT/CLAIM)`, `[the strike](incident:INCIDENT)`, `[a report](report:REPORT)`. When a text is saved,
what each reference said is kept with it (`pins`), so that what changed since is flagged wherever the text is shown. References lead to what everybody
may see, and to nothing else. Raw HTML is off, images are off, and a link leads to the web or is one of these.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal
from urllib.parse import quote, unquote

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from marsad.model import Claim
from marsad.site.context import Site
from marsad.site.format import Lang, Speech
from marsad.site.views import incident_href, report_href
from marsad.store import PUBLIC_ARTICLE, DeskRows

Flag = Literal["changed", "superseded", "gone", "rejected"]
_LONGEST: Final = 200_000
_WEB: Final = re.compile(r"https?://[^\s]", re.IGNORECASE)
_OWN: Final = re.compile(r"(incident|claim|report):([^\s]{1,300})")


class Text(msgspec.Struct, frozen=True):
    """A special report in one language."""

    title: str = ""
    summary: str = ""
    body: str = ""

    @property
    def is_there(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.title and self.body)


class Content(msgspec.Struct, frozen=True):
    """What a writer writes: by language, who signs, and what each reference said when it was saved."""

    texts: Mapping[str, Text]
    byline: str = ""
    pins: dict[str, str] = {}


class Correction(msgspec.Struct, frozen=True):
    """A correction that readers are told of."""

    at: str
    note: str


class PublicArticle(msgspec.Struct, frozen=True):
    """A special report as everybody sees it. `withdrawn`: why; then nothing else of it is there."""

    slug: str
    content: Content
    published: str
    updated: str
    corrections: tuple[Correction, ...] = ()
    withdrawn: str | None = None
    gone: str | None = None  # when it was withdrawn


class Reference(msgspec.Struct, frozen=True):
    """What a reference leads to now. `pin`: what it says, to be compared; `claim`: of a claim; `incident`: the id of an incident that is shown."""

    ref: str
    href: str | None
    pin: str
    claim: Claim | None = None
    incident: str | None = None
    state: Flag | None = None


def published(site: Site) -> list[PublicArticle]:
    """All special reports that are there, the latest first; withdrawn ones among them."""
    with site.observatory.store.asking() as tx:
        return [_PUBLIC.decode(row["record"]) for row in DeskRows(tx).all(PUBLIC_ARTICLE, newest="published")]


def article(site: Site, slug: str) -> PublicArticle | None:
    """One of them."""
    with site.observatory.store.asking() as tx:
        row = DeskRows(tx).one(PUBLIC_ARTICLE, slug=slug)
    return None if row is None else _PUBLIC.decode(row["record"])


_PUBLIC: Final = msgspec.json.Decoder(PublicArticle)


# -- references


def references(content: Content) -> list[str]:
    """All references of a text, in order, each once."""
    found = [ref for text in content.texts.values() for ref in _refs(_parsed(text.body))]
    return list(dict.fromkeys(found))


def look_up(site: Site, ref: str, s: Speech) -> Reference:
    """What a reference leads to now, of what everybody may see."""
    kind, _, name = ref.partition(":")
    if kind == "report":
        report = site.report(name)
        return Reference(ref, report_href(name, s) if report else None, "" if report else "gone", state=None if report else "gone")
    id_, _, claim_id = name.partition("/")
    made = site.incident(id_)
    if made is None:
        return Reference(ref, incident_href(id_, s), "gone", state="gone")
    rejected: Flag | None = "rejected" if made.incident.review.state == "rejected" else None
    if kind == "incident":
        return Reference(ref, incident_href(id_, s), _pin([made.incident.type, rejected]), incident=id_, state=rejected)
    claim = next((c for c in made.incident.claims if c.id == claim_id), None)
    if claim is None:
        return Reference(ref, incident_href(id_, s), "gone", incident=id_, state="gone")
    state: Flag | None = "superseded" if claim.superseded_by is not None else rejected
    return Reference(ref, f"{incident_href(id_, s)}#{quote(claim_id)}", _pin([claim.about, claim.value, claim.stance]), claim, id_, state)


def _pin(value: Any) -> str:
    return hashlib.blake2b(msgspec.json.encode(value, order="sorted"), digest_size=12).hexdigest()


def pinned(site: Site, content: Content, s: Speech, *, anew: bool = False) -> Content:
    """The content with what its references say: kept where they were there before, taken now where they are new, or all are taken `anew`."""
    pins = {}
    for ref in references(content):
        pins[ref] = content.pins[ref] if ref in content.pins and not anew else look_up(site, ref, s).pin
    return msgspec.structs.replace(content, pins=pins)


def flag_of(reference: Reference, pins: dict[str, str]) -> Flag | None:
    """What became of a reference since its text was saved; None where nothing did."""
    if reference.state is not None:
        return reference.state
    return "changed" if pins.get(reference.ref, reference.pin) != reference.pin else None


def flagged(site: Site, content: Content, s: Speech) -> list[tuple[Reference, Flag]]:
    """The references of a text that say something else by now."""
    found = ((reference, flag_of(reference, content.pins)) for reference in (look_up(site, ref, s) for ref in references(content)))
    return [(reference, flag) for reference, flag in found if flag is not None]


def misquoted(site: Site, content: Content, s: Speech) -> list[tuple[str, str]]:
    """Figures in the words of a link that its claim does not say: reference, words."""
    found = []
    for text in content.texts.values():
        for ref, words in _links(_parsed(text.body)):
            claim = look_up(site, ref, s).claim if ref.startswith("claim:") else None
            said = {int(n) for n in re.findall(r"\d+", words.replace(",", "").replace("٬", ""))}
            if claim is not None and claim.about.startswith("count:") and said and not said & {claim.value.get("min"), claim.value.get("max")}:
                found.append((ref, words))
    return found


# -- Markdown


def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 20}).enable("table").disable(["image", "html_block", "html_inline"])
    made.validateLink = lambda url: bool(_WEB.match(url) or _OWN.fullmatch(unquote(url)))  # type: ignore[method-assign]
    return made


def refused_links(content: Content) -> list[str]:
    """Addresses in a text that are made no links of: those that run something, and those of no kind that is known."""
    found: list[str] = []
    parser = _markdown()
    takes = parser.validateLink

    def taken(url: str) -> bool:
        if not takes(url):
            found.append(url)
        return takes(url)

    parser.validateLink = taken  # type: ignore[method-assign]
    for text in content.texts.values():
        parser.parse(text.body[:_LONGEST])
    return list(dict.fromkeys(found))


def _parsed(body: str) -> list[Token]:
    return _markdown().parse(body[:_LONGEST])


def _inline(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or ()


def _refs(tokens: Sequence[Token]) -> Iterator[str]:
    for token in _inline(tokens):
        if token.type == "link_open" and (own := _OWN.fullmatch(unquote(str(token.attrGet("href") or "")))):
            yield own.group(0)


def _links(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    ref, words = "", ""
    for token in _inline(tokens):
        if token.type == "link_open":
            own = _OWN.fullmatch(unquote(str(token.attrGet("href") or "")))
            ref, words = own.group(0) if own else "", ""
        elif token.type == "link_close":
            if ref:
                yield ref, words
            ref = ""
        elif ref:
            words += token.content


def rendered(site: Site, content: Content, lang: Lang, s: Speech) -> Markup:
    """A text as a page shows it. References lead where they say; what changed since is marked."""
    tokens = _parsed(content.texts[lang].body)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"
    known: dict[str, Reference] = {}

    def found(ref: str) -> Reference:
        if ref not in known:
            known[ref] = look_up(site, ref, s)
        return known[ref]

    for token in tokens:
        if token.children:
            token.children = list(_led(token.children, found, content.pins, s))
    renderer = _markdown()
    return Markup(renderer.renderer.render(tokens, renderer.options, {}))


def _led(tokens: Sequence[Token], found: Callable[[str], Reference], pins: dict[str, str], s: Speech) -> Iterator[Token]:
    """Links as a page has them, each with a mark behind it where what it says changed."""
    mark: Flag | None = None
    for token in tokens:
        if token.type == "link_open":
            href = unquote(str(token.attrGet("href") or ""))
            own, mark = _OWN.fullmatch(href), None
            if own is None:
                token.attrs = {"href": str(token.attrGet("href")), "rel": "noopener noreferrer nofollow", "class": "external"}
            else:
                reference = found(own.group(0))
                mark = flag_of(reference, pins)
                token.attrs = {"href": reference.href or "#", "class": f"ref ref-{own.group(1)}{' is-flagged' if mark else ''}"}
        yield token
        if token.type == "link_close" and mark:
            yield _marked(str(s.t(f"special.flag.{mark}")))
            mark = None


def _marked(words: str) -> Token:
    """A note in the text. It is code that the renderer is to escape, and it says which class it has."""
    made = Token("code_inline", "code", 0)
    made.content, made.attrs = words, {"class": "ref-flag"}
    return made


def cited(site: Site, content: Content, lang: Lang, s: Speech) -> list[Reference]:
    """The claims that a text in this language refers to, in its order, of those that are shown."""
    refs = dict.fromkeys(_refs(_parsed(content.texts[lang].body)))
    return [reference for ref in refs if ref.startswith("claim:") and (reference := look_up(site, ref, s)).claim is not None]


def told_in(content: Content) -> list[str]:
    """The ids of the incidents that a text refers to, in order."""
    return list(dict.fromkeys(ref.partition(":")[2].partition("/")[0] for ref in references(content) if not ref.startswith("report:")))


def words_in(content: Content, lang: Lang) -> int:
    """How many words a text has."""
    return sum(len(token.content.split()) for token in _inline(_parsed(content.texts[lang].body)) if token.type == "text")
