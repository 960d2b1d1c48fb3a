"""Special reports as a writer works on them: drafts that nobody else sees, preview, publishing, corrections that readers are told of, withdrawal.

A form gives the fields that are asked for here and no others: state, owner and versions are never taken from it.
"""

from __future__ import annotations

import re
import secrets
from typing import Any, Final

import msgspec

from marsad.site.articles import Content, Correction, PublicArticle, Text, flagged, misquoted, pinned, refused_links
from marsad.site.desk.asking import Ask, DeskError, Reply, not_found
from marsad.site.desk.drafts import written
from marsad.site.format import LANGS
from marsad.site.pages.special import shown
from marsad.store import ARTICLE, ARTICLE_VERSION, PUBLIC_ARTICLE, DeskRows, PublicWrites, Row

_SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")
_BODY: Final = 200_000
_CONTENT: Final = msgspec.json.Decoder(Content)
_MOST_INCIDENTS: Final = 40


def articles(ask: Ask) -> Reply:
    """The special reports of the one who asks; of an administrator all."""
    with ask.site.observatory.store.asking() as tx:
        where = {} if ask.who.may("keep") else {"owner": ask.who.id}
        rows = [dict(row) for row in DeskRows(tx).all(ARTICLE, newest="changed", limit=500, **where)]
    lines = []
    for row in rows:
        content = _CONTENT.decode(row["record"])
        title = next((content.texts[lang].title for lang in (ask.speech.lang, *LANGS) if content.texts.get(lang, Text()).title), row["id"])
        flags = len(flagged(ask.site, content, ask.speech)) if row["state"] != "withdrawn" else 0
        lines.append({"id": row["id"], "title": ask.speech.name(title), "state": row["state"], "changed": ask.speech.day(row["changed"][:10]), "flags": flags})
    return ask.page("articles.html", "desk.articles", lines=lines)


def new(ask: Ask) -> Reply:
    """A new draft: empty, or made of chosen incidents."""
    ids = [id_ for id_ in re.split(r"[\s,،]+", ask.one("incidents", 4_000)) if id_][:_MOST_INCIDENTS]
    texts: dict[str, Text] = {lang: written(ask.site, ids, lang) for lang in LANGS} if ids else {lang: Text() for lang in LANGS}
    content = pinned(ask.site, Content(texts=texts), ask.speech)
    id_ = secrets.token_hex(8)
    with ask.site.observatory.store.writing() as tx:
        now = ask.desk.accounts.now()
        DeskRows(tx).put(ARTICLE, id=id_, owner=ask.who.id, slug=None, state="draft", changed=now, record=msgspec.json.encode(content))
    return ask.to(f"/articles/{id_}")


def _own(ask: Ask) -> Row | None:
    """The article of the address, if it is theirs; another's is as one that there is not."""
    with ask.site.observatory.store.asking() as tx:
        row = DeskRows(tx).one(ARTICLE, id=ask.part("id"))
    if row is None:
        return None
    if row["owner"] != ask.who.id and not ask.who.may("keep"):
        ask.desk.accounts.note(ask.who.name, "not allowed", f"article {ask.part('id')}", ask.origin)
        return None
    return row


def article(ask: Ask, row: Row | None = None, **values: Any) -> Reply:
    """A draft to be written."""
    row = row or _own(ask)
    if row is None:
        return not_found(ask)
    content = _CONTENT.decode(row["record"])
    s = ask.speech
    with ask.site.observatory.store.asking() as tx:
        versions = [dict(v) for v in DeskRows(tx).all(ARTICLE_VERSION, article=row["id"])]
    flags = [(r.ref, s.t(f"special.flag.{flag}")) for r, flag in flagged(ask.site, content, s)]
    told = ask.parameters.one("told")
    return ask.page(
        "article.html", "desk.article", article=row, texts={lang: content.texts.get(lang, Text()) for lang in LANGS}, byline=content.byline,
        versions=[(v["number"], s.said(f"desk.version.{v['kind']}", v["kind"]), s.day(v["at"][:10]), s.name(v["by"]), s.name(v["note"])) for v in versions],
        flags=flags, misquoted=misquoted(ask.site, content, s), refused=refused_links(content), slug=row["slug"] or "",
        told=s.t(f"desk.told.{told}") if told in ("saved", "published", "corrected", "withdrawn") else None, **values,
    )  # fmt: skip


def _written(ask: Ask, row: Row) -> Content:
    before = _CONTENT.decode(row["record"])
    texts: dict[str, Text] = {lang: Text(ask.one(f"title_{lang}", 300), ask.one(f"summary_{lang}", 1_000), ask.one(f"body_{lang}", _BODY)) for lang in LANGS}
    content = Content(texts=texts, byline=ask.one("byline", 200), pins=before.pins)
    return pinned(ask.site, content, ask.speech, anew=bool(ask.one("checked")))


def save(ask: Ask) -> Reply:
    """Save a draft; what was published stays as it is until it is corrected."""
    row = _own(ask)
    if row is None:
        return not_found(ask)
    if row["state"] == "withdrawn":
        raise DeskError("is_withdrawn")
    content = _written(ask, row)
    if refused := refused_links(content):
        ask.logged("link refused", f"article {row['id']}: {' '.join(refused)[:300]}")
    with ask.site.observatory.store.writing() as tx:
        DeskRows(tx).change(ARTICLE, {"id": row["id"]}, record=msgspec.json.encode(content), changed=ask.desk.accounts.now())
    act = ask.one("act", 20)
    if act == "preview":
        return Reply(to=f"/{ask.speech.lang}/desk/articles/{row['id']}/preview")
    if act == "publish":
        return _publish(ask, row, content)
    return ask.to(f"/articles/{row['id']}", "saved")


def preview(ask: Ask) -> Reply:
    """A draft as readers would see it."""
    row = _own(ask)
    if row is None:
        return not_found(ask)
    content, now = _CONTENT.decode(row["record"]), ask.desk.accounts.now()
    if not any(text.is_there for text in content.texts.values()):
        raise DeskError("nothing_written")
    made = PublicArticle(row["slug"] or "preview", content, now, now)
    return Reply(shown(ask.site, ask.speech, made, ask.path, ask.parameters, None, f"/{ask.speech.lang}/desk/articles/{row['id']}"))


def _publish(ask: Ask, row: Row, content: Content) -> Reply:
    """Publish a draft, or a correction of what was published, with a note for the readers."""
    if not any(text.is_there for text in content.texts.values()):
        raise DeskError("nothing_written")
    slug, note = row["slug"] or ask.one("slug", 80), ask.one("note", 1_000)
    if not _SLUG.fullmatch(slug):
        raise DeskError("bad_slug")
    now, id_ = ask.desk.accounts.now(), row["id"]
    with ask.site.observatory.store.writing() as tx:
        rows = DeskRows(tx)
        versions = [dict(v) for v in rows.all(ARTICLE_VERSION, article=id_)]
        if versions and not note:
            raise DeskError("no_note")
        taken = rows.one(ARTICLE, slug=slug)
        if taken is not None and taken["id"] != id_:
            raise DeskError("slug_taken")
        kind = "correct" if versions else "publish"
        _keep_version(rows, ask, id_, kind, note, content, len(versions) + 1, now)
        rows.change(ARTICLE, {"id": id_}, slug=slug, state="published", changed=now)
        first = versions[0]["at"] if versions else now
        corrections = tuple(Correction(v["at"], v["note"]) for v in versions if v["kind"] == "correct")
        corrections = (*corrections, Correction(now, note)) if versions else ()
        _show(rows, tx, PublicArticle(slug, content, first, now, corrections))
    return _told(ask, id_, "corrected" if versions else "published", slug)


def withdraw(ask: Ask) -> Reply:
    """Take a special report back; a stone with the reason stays in its place."""
    row = _own(ask)
    if row is None:
        return not_found(ask)
    note = ask.one("note", 1_000)
    if row["state"] != "published":
        raise DeskError("not_published")
    if not note:
        raise DeskError("no_note")
    now, id_ = ask.desk.accounts.now(), row["id"]
    with ask.site.observatory.store.writing() as tx:
        rows = DeskRows(tx)
        versions = [dict(v) for v in rows.all(ARTICLE_VERSION, article=id_)]
        _keep_version(rows, ask, id_, "withdraw", note, _CONTENT.decode(row["record"]), len(versions) + 1, now)
        rows.change(ARTICLE, {"id": id_}, state="withdrawn", changed=now)
        _show(rows, tx, PublicArticle(row["slug"], Content({}), versions[0]["at"], now, (), note, now))
    return _told(ask, id_, "withdrawn", row["slug"])


def _keep_version(rows: DeskRows, ask: Ask, id_: str, kind: str, note: str, content: Content, number: int, now: str) -> None:
    record = msgspec.json.encode(content)
    rows.put(ARTICLE_VERSION, article=id_, number=number, kind=kind, at=now, by=ask.who.name, note=note, record=record)


def _show(rows: DeskRows, tx: Any, made: PublicArticle) -> None:
    """Write it where everybody sees it."""
    rows.drop(PUBLIC_ARTICLE, slug=made.slug)
    rows.put(PUBLIC_ARTICLE, slug=made.slug, published=made.published, record=msgspec.json.encode(made))
    PublicWrites(tx).changed("special", [(made.slug, "withdrawn" if made.withdrawn is not None else None, None)])


def _told(ask: Ask, id_: str, told: str, slug: str) -> Reply:
    ask.desk.accounts.note(ask.who.name, f"special report {told}", slug)
    ask.site.renew()
    return ask.to(f"/articles/{id_}", told)
