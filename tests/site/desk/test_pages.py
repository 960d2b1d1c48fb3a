"""The desk as it is used: every page in both languages, acts of review and what undoes them, pasting, special reports."""

from __future__ import annotations

import re
import threading
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from marsad.site.desk.queue import ranked
from marsad.site.format import keys
from tests.site.desk.signed import PASSWORD, Newsroom, newsroom

__all__ = ["newsroom"]


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_page_opens_in_its_language(newsroom: Newsroom, lang: str) -> None:
    admin, ids = newsroom.client("administrator"), newsroom.incidents
    assert admin.send(f"/{lang}/desk/articles", incidents=ids["shelling"]).status_code == 200
    article = re.search(r"/desk/articles/([0-9a-f]{16})", admin.get(f"/{lang}/desk/articles").text)
    assert article is not None
    paths = ["", "/withheld", "/merge", f"/merge?a={ids['shelling']}&b={ids['air_strike']}", "/paste", "/articles", "/account", "/people", "/report?id=r1"]
    paths += [f"/incidents/{id_}" for id_ in ids.values()] + [f"/articles/{article.group(1)}", f"/articles/{article.group(1)}/preview"]
    for path in paths:
        answer = admin.get(f"/{lang}/desk{path}")
        assert answer.status_code == 200, (path, answer.text[:300])
        assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}"' in answer.text, path
        assert answer.headers["cache-control"] == "no-store", path
        assert " style=" not in answer.text, path
        assert "onclick" not in answer.text, path


def test_both_languages_have_the_same_sentences() -> None:
    assert keys("ar") == keys("en")
    for lang in ("ar", "en"):  # no sentence of the desk takes the place of one of the site
        own, desk = (tomllib.loads((files("marsad.site") / "words" / name).read_text("utf-8")) for name in (f"{lang}.toml", f"desk_{lang}.toml"))
        assert not [f"{table}.{key}" for table in own.keys() & desk.keys() for key in own[table].keys() & desk[table].keys()]


def test_a_decision_is_made_told_and_undone(newsroom: Newsroom) -> None:
    editor, id_ = newsroom.client("editor"), newsroom.incidents["air_strike"]
    observatory = newsroom.desk.site.observatory

    def state() -> str:
        found = observatory.incident(id_)
        assert found is not None
        return found.review.state

    assert editor.send(f"/en/desk/incidents/{id_}/act", act="confirm", why="").status_code == 422
    assert state() == "unreviewed"
    assert "written down" in editor.send(f"/en/desk/incidents/{id_}/act", act="confirm", why="two more reports").text
    assert state() == "confirmed"
    made = observatory.decisions()[-1]
    assert (made.kind, made.by, made.why) == ("confirm", "editor1", "two more reports")
    assert "Undone" in editor.send(f"/en/desk/decisions/{made.number}/undo", why="the wrong one").text
    assert state() == "unreviewed"
    assert observatory.decisions()[-1].kind == "reopen"
    assert list(observatory.verify()) == []


def test_some_kinds_ask_for_two_people(newsroom: Newsroom) -> None:
    id_ = newsroom.incidents["execution"]
    observatory = newsroom.desk.site.observatory
    path = f"/en/desk/incidents/{id_}/act"
    editor, reviewer = newsroom.client("editor"), newsroom.client("reviewer")
    assert "second person" in editor.send(path, act="confirm", why="I read it").text
    assert "second person" in editor.send(path, act="confirm", why="I read it again").text  # one person is not two
    found = observatory.incident(id_)
    assert found is not None
    assert found.review.state == "unreviewed"
    assert id_ in reviewer.get("/en/desk?why=second").text
    assert "written down" in reviewer.send(path, act="confirm", why="so did I").text
    found = observatory.incident(id_)
    assert found is not None
    assert (found.review.state, found.review.by) == ("confirmed", "reviewer1")
    other = newsroom.client()
    assert other.sign_in("editor2", PASSWORD).status_code == 200


def test_a_field_is_corrected_with_its_words(newsroom: Newsroom) -> None:
    editor = newsroom.client("editor")
    observatory = newsroom.desk.site.observatory
    count = next(n for n, c in enumerate(observatory.told("r1")[0].event.counts) if c.what == "killed")
    own = {"event": "r1#0", "field": "counts", "index": str(count), "what": "killed", "min": "2", "max": "2", "who": "مدنيا", "why": "a slip"}
    assert "not in the report" in editor.send("/en/desk/correct", **own, words="3 نساء").text
    assert observatory.told("r1")[0].event.counts[count].min == 12
    assert editor.send("/en/desk/correct", **own, words="12 مدنيا").status_code == 200
    changed = observatory.told("r1")[0].event.counts[count]
    assert (changed.min, changed.max) == (2, 2)
    assert observatory.told("r1")[0].text[changed.span[0] : changed.span[1]] == "12 مدنيا"
    number = observatory.decisions()[-1].number
    assert editor.send(f"/en/desk/decisions/{number}/undo", why="it was right").status_code == 200
    assert observatory.told("r1")[0].event.counts[count].min == 12


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"field": "type", "value": "air_strike", "words": "قصفت"}, lambda e: e.type == "air_strike"),
        ({"field": "status", "value": "failed"}, lambda e: e.status == "failed"),
        ({"field": "date", "start": "2018-05-01", "end": "2018-05-02", "precision": "day", "words": "أمس"}, lambda e: str(e.date.end) == "2018-05-02"),
        ({"field": "places", "index": "new", "role": "at", "words": "كفرزيتا"}, lambda e: e.places[-1].gazetteer_id and e.places[-1].lat),
        ({"field": "actors", "index": "new", "role": "target", "words": "مدنيا", "id": "civilians"}, lambda e: e.actors[-1].id == "civilians"),
        ({"field": "source", "kind": "monitor", "name": "قوات النظام", "words": "قوات النظام"}, lambda e: e.source.kind == "monitor"),
    ],
)  # fmt: skip
def test_every_field_can_be_corrected(newsroom: Newsroom, form: dict[str, str], expected: object) -> None:
    answer = newsroom.client("editor").send("/en/desk/correct", event="r1#0", why="as it says", **form)
    assert answer.status_code == 200, re.sub(r"<[^>]+>", " ", answer.text)[-900:]
    assert callable(expected)
    assert expected(newsroom.desk.site.observatory.told("r1")[0].event)


def test_two_are_merged_with_the_reasons_in_sight_and_parted_again(newsroom: Newsroom) -> None:
    editor, ids = newsroom.client("editor"), newsroom.incidents
    observatory = newsroom.desk.site.observatory
    a, b = ids["air_strike"], ids["execution"]
    page = editor.get(f"/en/desk/merge?a={a}&b={b}").text
    assert "Not joined:" in page
    assert editor.send("/en/desk/merge", a=a, b=b, why="one happening").status_code == 200
    one, other = observatory.incident(a), observatory.incident(b)
    assert one is not None
    assert other is not None
    assert one.id == other.id
    assert editor.send(f"/en/desk/decisions/{observatory.decisions()[-1].number}/undo", why="two after all").status_code == 200
    one, other = observatory.incident(a), observatory.incident(b)
    assert one is not None
    assert other is not None
    assert len(one.events) == len(other.events) == 1


def test_a_merge_of_several_is_undone_part_by_part(newsroom: Newsroom) -> None:
    observatory, ids = newsroom.desk.site.observatory, newsroom.incidents
    parts = [ids["shelling"], ids["execution"], ids["air_strike"]]
    events = [frozenset(f"{e.report}#{e.index}" for e in made.events) for id_ in parts if (made := observatory.incident(id_)) is not None]
    observatory.review("merge", parts, why="one happening", by="editor1")
    assert len({made.id for made in observatory.incidents()}) == len(ids) - 2
    number = observatory.decisions()[-1].number
    editor = newsroom.client("editor")
    assert editor.send(f"/en/desk/decisions/{number}/undo", why="three after all").status_code == 200
    found = {frozenset(f"{e.report}#{e.index}" for e in made.events) for made in observatory.incidents()}
    assert found >= set(events)
    assert [d.kind for d in observatory.decisions()][-2:] == ["split", "split"]
    assert "cannot be undone" in editor.send(f"/en/desk/decisions/{number}/undo", why="again").text  # it is undone already
    list(observatory.rebuild())
    assert {frozenset(f"{e.report}#{e.index}" for e in made.events) for made in observatory.incidents()} == found


@pytest.mark.parametrize("address", ["/en/desk", "/api/v1/desk/queue"])
def test_an_answer_stands_on_one_state_of_the_site(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    site, ids = newsroom.desk.site, newsroom.incidents

    def overtaken(*given: Any) -> Any:
        found = ranked(*given)
        site.observatory.review("merge", [ids["shelling"], ids["execution"], ids["air_strike"]], why="one happening", by="editor1")
        another = threading.Thread(target=site.renew)
        another.start()
        another.join()
        return found

    reader = newsroom.client("editor")
    monkeypatch.setattr("marsad.site.desk.queue.ranked", overtaken)
    monkeypatch.setattr("marsad.site.desk.programs.ranked", overtaken)
    word = newsroom.desk.accounts.token("editor1", "a test", ["read"], 30, by="t")
    answer = reader.get(address, headers={"Authorization": f"Bearer {word}"})
    assert answer.status_code == 200
    assert len(site.index) == len(ids) - 2


def test_a_pasted_report_is_read_at_once_and_kept_when_that_is_said(newsroom: Newsroom) -> None:
    editor = newsroom.client("editor")
    observatory = newsroom.desk.site.observatory
    before = observatory.stats().get("report", None)
    own = {"text": "قصف الطيران الحربي أمس مدينة سراقب، ما أدى لمقتل 4 مدنيين.", "date": "2018-06-01", "outlet": "وكالة"}
    page = editor.send("/ar/desk/paste", **own).text
    assert "سراقب" in page
    assert 'class="mark-no"' in page
    assert before is None or observatory.stats()["report"] == before
    kept = editor.send("/ar/desk/paste", keep="1", **own)
    assert kept.status_code == 200
    assert "حُفظ التقرير" in kept.text
    assert any(made.type == "air_strike" and "سراقب" in {p.name for p in made.places} for made in observatory.incidents())


def test_a_special_report_from_draft_to_stone(newsroom: Newsroom) -> None:
    writer, ids = newsroom.client("writer"), newsroom.incidents
    path = writer.send("/en/desk/articles", incidents=ids["shelling"]).url.path.split("?")[0]
    page = writer.get(path).text
    body = {lang: re.search(rf'name="body_{lang}"[^>]*>(.*?)</textarea>', page, re.DOTALL).group(1) for lang in ("ar", "en")}  # type: ignore[union-attr]
    assert "claim:" in body["ar"]
    assert newsroom.client().get("/ar/special/kafr-zita").status_code == 404
    text = {f"{k}_{lang}": v for lang in ("ar", "en") for k, v in {"title": f"عنوان {lang}", "summary": "ملخص", "body": body[lang]}.items()}
    assert writer.send(path, act="publish", slug="kafr-zita", byline="مينا", **text).status_code == 200
    reader = newsroom.client()
    shown = reader.get("/ar/special/kafr-zita").text
    assert "تقرير خاص لـ" in shown
    assert '"@type":"NewsArticle"' in shown
    assert shown.count('hreflang="') >= 3
    assert 'property="og:title"' in shown
    assert "kafr-zita" in reader.get("/ar/special").text
    assert "kafr-zita" in reader.get("/ar/").text
    assert "kafr-zita" in reader.get("/sitemap.xml").text
    for kind in ("rss", "atom", "json"):
        assert "kafr-zita" in reader.get(f"/ar/special.{kind}").text
    assert "readers will see it" in writer.send(path, act="publish", **text).text
    assert writer.send(path, act="publish", note="صُحح العدد", **text).status_code == 200
    assert "صُحح العدد" in reader.get("/en/special/kafr-zita").text
    assert writer.send(f"{path}/withdraw", note="لم يصح المصدر").status_code == 200
    gone = reader.get("/ar/special/kafr-zita")
    assert gone.status_code == 410
    assert "لم يصح المصدر" in gone.text
    assert "عنوان ar" not in gone.text
    assert "kafr-zita" not in reader.get("/ar/special").text


def test_a_figure_whose_claim_changed_is_flagged(newsroom: Newsroom) -> None:
    writer, editor = newsroom.client("writer"), newsroom.client("editor")
    observatory = newsroom.desk.site.observatory
    incident = next(made for made in observatory.incidents() if any(c.about == "count:killed" and c.report == "r1" for c in made.claims))
    claim = next(c for c in incident.claims if c.about == "count:killed" and c.report == "r1")
    path = writer.send("/en/desk/articles", incidents="").url.path
    text = {"title_en": "A strike", "body_en": f"It killed [12](claim:{incident.id}/{claim.id})."}
    assert writer.send(path, act="publish", slug="a-strike", **text).status_code == 200
    assert "ref-flag" not in newsroom.client().get("/en/special/a-strike").text
    own = {"event": "r1#0", "field": "counts", "index": "0", "what": "killed", "min": "15", "max": "15", "words": "12 مدنيا", "why": "a test"}
    assert editor.send("/en/desk/correct", **own).status_code == 200
    assert "the claim changed since" in newsroom.client().get("/en/special/a-strike").text
    page = writer.get(path).text
    assert "the claim changed since" in page
    assert "Figures that their claim does not say" in page  # the text still says 12
    text["body_en"] = text["body_en"].replace("[12]", "[15]")
    assert writer.send(path, act="publish", note="The figure was 15.", checked="1", **text).status_code == 200
    shown = newsroom.client().get("/en/special/a-strike").text
    assert "the claim changed since" not in shown
    assert "The figure was 15." in shown


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_why_two_are_not_joined_is_said_in_the_readers_language(newsroom: Newsroom, lang: str) -> None:
    """Of all pairs of events of the sample reports."""
    from marsad.incidents import apart
    from marsad.intake import Intake
    from marsad.site.desk.review import _against
    from marsad.site.format import speech
    from tests.site.kept import SAMPLES

    observatory, s = newsroom.desk.site.observatory, speech("ar" if lang == "ar" else "en")
    list(observatory.add(Intake((str(SAMPLES),))))
    told = [t for r in dict.fromkeys(r for made in observatory.incidents() for r in made.reports) for t in observatory.told(r)]
    words = {apart(a, b) for n, a in enumerate(told) for b in told[n + 1 :]}
    assert len(words) > 100
    wrong = r"[a-z]{2,} [a-z]{2,}" if lang == "ar" else r"[\u0621-\u064a]{3,}"
    names = {name for t in told for p in (*t.event.places, *t.event.actors) for name in (p.name,)}
    said = {w: str(_against(w, s).striptags()) for w in words}
    assert {w: m for w, m in said.items() if re.search(wrong, m) and not any(name in m for name in names)} == {}


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_queue_puts_first_what_matters_and_says_why(newsroom: Newsroom, lang: str) -> None:
    from marsad.intake import Intake
    from marsad.site.desk.queue import ranked
    from tests.site.kept import SAMPLES

    site = newsroom.desk.site
    list(site.observatory.add(Intake((str(SAMPLES),))))
    site.renew()
    newsroom.clock.pass_by(days=30)
    rows = ranked(site, {newsroom.incidents["execution"]: "editor2"}, newsroom.clock())
    reasons = [why for _, _, why in rows]
    assert reasons[0][0] == "second"
    assert reasons[1][0] == "contested"
    first = {name: min(n for n, why in enumerate(reasons) if why and why[0] == name) for name in ("second", "contested", "far", "vague")}
    assert sorted(first, key=lambda name: first[name]) == ["second", "contested", "far", "vague"]
    assert not any("new" in why for why in reasons)  # nothing is, after a month
    for _, n, why in rows:
        made = site.incident(site.index.ids[n])
        assert made is not None
        killed = [t.best for t in made.incident.tallies if t.what == "killed"]
        assert ("far" in why) == (len(made.incident.reports) >= 5 or max(killed, default=0) >= 10), site.index.ids[n]
        assert ("contested" in why) == (made.incident.grade.value == "contested")
    editor = newsroom.client("editor")
    said = {"ar": "مختلَف فيه", "en": "contested"}[lang]
    page = editor.get(f"/{lang}/desk?why=contested").text
    assert page.count('class="queue-row"') == page.count("reason-contested") == sum("contested" in why for why in reasons)
    assert said in page
