"""What readers must be able to rely on, in a real Chromium. The table in docs/site.md names the test of each point."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from marsad.site import Site
from marsad.site.finding import Query
from marsad.site.pages import incidents as list_page
from tests.site.browser import Open, Watched, follow
from tests.site.press import CORRECTION, Press, press

__all__ = ["press"]

LANGS = pytest.mark.parametrize("lang", ["ar", "en"])

# Of every element that stands in one line: its words, and where its first and its last letter stand.
_ENDS = """(selector) => [...document.querySelectorAll(selector)].map((e) => {
  const walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), nodes = [];
  while (walk.nextNode()) if (walk.currentNode.data.trim()) nodes.push(walk.currentNode);
  const at = (node, n) => {
    const range = document.createRange();
    range.setStart(node, n);
    range.setEnd(node, n + 1);
    return range.getBoundingClientRect();
  };
  const [first, last] = [at(nodes[0], 0), at(nodes.at(-1), nodes.at(-1).data.length - 1)];
  return [e.textContent, first.left, last.left, Math.abs(first.top - last.top) < 3];
}).filter(([, , , line]) => line).map((told) => told.slice(0, 3))"""


def _telling(site: Site) -> str:
    return max(site.index.ids, key=lambda id_: len((site.incident(id_) or pytest.fail(id_)).incident.claims))


def test_codes_addresses_and_ranges_run_from_left_to_right_in_arabic(opened: Open, press: Press) -> None:
    watched = opened(f"/ar/incidents/{_telling(press.site)}", at=press.address)
    told = watched.page.evaluate(_ENDS, "bdi[dir=ltr]")
    assert any("inc-" in words for words, _, _ in told)
    for words, first, last in told:
        assert first < last, words
    citation = watched.page.locator(".citation").inner_text()
    assert f"{press.site.base}/ar/incidents/" in citation
    page = watched.go("/ar/incidents?from=31")
    spans = page.evaluate(_ENDS, "#shown bdi[dir=ltr]")
    assert spans
    assert all(first < last for _, first, last in spans)  # the smaller figure stands on the left
    page.click("#digits")
    (words, first, last), *_ = page.evaluate(_ENDS, "#shown bdi[dir=ltr]")
    assert re.fullmatch("[٠-٩]+–[٠-٩]+", words)
    assert first > last  # figures of Arabic's own are read from the right, the smaller first


@LANGS
def test_claims_stand_side_by_side_and_in_one_column_at_320(opened: Open, press: Press, lang: str) -> None:
    watched = opened(f"/{lang}/incidents/{_telling(press.site)}", at=press.address)
    page = watched.page
    boxes = "[...document.querySelectorAll('.claim-row')].map(row => [...row.children].map(e => e.getBoundingClientRect()).map(b => [b.left, b.top]))"
    rows = [row for row in page.evaluate(boxes) if len(row) > 1]
    assert rows
    assert all(row[0][1] == row[1][1] and row[0][0] != row[1][0] for row in rows)
    page.set_viewport_size({"width": 320, "height": 700})
    assert all(len({left for left, _ in row}) == 1 for row in page.evaluate(boxes))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@LANGS
def test_every_claim_shows_its_words_and_where_they_are_from(opened: Open, press: Press, lang: str) -> None:
    watched = opened(at=press.address)
    shown = 0
    for id_ in press.site.index.ids[:12]:
        page = watched.go(f"/{lang}/incidents/{id_}")
        held = press.site.incident(id_)
        assert held is not None
        reports = press.site.reports(list(held.incident.reports))
        for claim in held.incident.claims:
            if claim.about == "status" and claim.value == "occurred":
                continue
            report = reports[claim.report]
            told = page.locator(f'[id="{claim.id}"]')
            text = told.inner_text()
            if claim.words:
                assert " ".join(claim.words.split()) in " ".join(text.split())
            assert told.locator(".claim-asserter").inner_text().strip()
            assert told.locator(f'a[href*="/{lang}/reports/"]').count() == 1
            assert told.locator(".claim-source dt").count() >= 3  # source, day of telling, day of retrieval
            if report.proofs:
                assert report.proofs[0].sha256 in text
            if report.url:
                assert told.locator("a.external").get_attribute("href") == report.url
            shown += 1
    assert shown > 20


@LANGS
def test_figures_stand_per_group_with_their_rule_one_click_away(opened: Open, press: Press, lang: str) -> None:
    index = press.site.index
    held = {id_: press.site.incident(id_) for id_ in index.ids}
    id_, made = max(held.items(), key=lambda one: len(one[1].incident.tallies if one[1] else ()))
    assert made is not None
    watched = opened(f"/{lang}/incidents/{id_}", at=press.address)
    page = watched.page
    assert page.locator(".tally").count() == len(made.incident.tallies) > 1
    for tally in made.incident.tallies:
        figures = {str(n) for n in (tally.low, tally.high) if n is not None}
        texts = page.locator(f".tally-{tally.what} .tally-bounds").all_inner_texts()
        assert any(figures <= set(re.findall(r"\d+", text)) or tally.low == tally.high == 1 for text in texts), (tally, texts)
    page.click(".tallies .note a")
    page.wait_for_url("**/methodology#ranges")
    assert page.locator("#ranges").is_visible()


@LANGS
def test_grade_and_review_are_badges_of_their_own_that_lead_to_what_they_mean(opened: Open, press: Press, lang: str) -> None:
    watched = opened(f"/{lang}/incidents/{press.site.index.ids[0]}", at=press.address)
    page = watched.page
    for kind in ("grade", "review"):
        badge = page.locator(f".incident-head .badge-{kind}")
        assert badge.count() == 1
        assert badge.locator("svg").count() == 1
        assert len(badge.inner_text().strip()) > 3
        target = urlsplit(badge.get_attribute("href") or "").fragment
        assert target.startswith(f"{kind}-")
    page.click(".incident-head .badge-grade")
    page.wait_for_url("**/methodology#grade-*")
    assert page.locator(":target").is_visible()


@LANGS
def test_what_is_gone_is_explained_under_its_old_address(opened: Open, press: Press, lang: str) -> None:
    watched = opened(f"/{lang}/incidents/{press.merged}", at=press.address)
    page = watched.page
    assert press.merged in page.inner_text("main")
    page.locator(f'main a[href^="/{lang}/incidents/inc-"]').first.click()
    page.wait_for_url(re.compile(rf"/{lang}/incidents/inc-"))
    assert page.locator(".history li").count() >= 1
    answer = page.goto(f"{press.address}/{lang}/incidents/{press.withheld}")
    assert answer is not None
    assert answer.status == 410
    assert len(page.inner_text("main")) > 40
    assert "danger" not in page.content()


@LANGS
def test_how_much_is_shown_is_told_politely(opened: Open, press: Press, lang: str) -> None:
    watched = opened(f"/{lang}/incidents", at=press.address)
    page = watched.page
    assert page.get_attribute("#shown", "aria-live") == "polite"
    total = len(press.site.index)
    assert re.findall(r"\d+", page.inner_text("#shown")) == [str(min(30, total)), str(total)]
    page.click("#more")
    watched.until("document.querySelectorAll('#incident-list > li').length > 30")
    assert re.findall(r"\d+", page.inner_text("#shown"))[0] == str(min(60, total))
    assert page.evaluate("document.activeElement.closest('#incident-list > li') !== null")  # one goes on reading where the list grew


@LANGS
def test_undated_and_unlocated_are_one_counted_click_away(opened: Open, press: Press, lang: str) -> None:
    index = press.site.index
    watched = opened(at=press.address)
    for name in ("undated", "unlocated"):
        number = getattr(index, name)(index.mask(Query()))
        page = watched.go(f"/{lang}/incidents")
        link = page.locator(f'.list-links a[href*="{name}=1"]')
        assert link.count() == (1 if number else 0)
        if number:
            assert f"({number})" in link.inner_text()
            link.click()
            watched.until(f"location.search.includes('{name}=1') && !document.querySelector('.is-loading')")
            assert re.findall(r"\d+", page.inner_text("#shown"))[-1] == str(number)


_SMALL = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, textarea')].filter((e) => {
  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
  if (!e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) || e.closest('.skip, .visually-hidden')) return false;
  if (box.width < 2 || box.right < 0) return false;
  const inText = style.display === 'inline' && e.closest('p, dd, dt, li, h1, h2, h3, td, figcaption');
  return !inText && (box.height < 23.5 || box.width < 23.5);
}).map((e) => `${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 30)} ${JSON.stringify(e.getBoundingClientRect())}`)"""


@LANGS
@pytest.mark.parametrize("width", [360, 1280])
def test_targets_are_large_enough(opened: Open, press: Press, lang: str, width: int) -> None:
    watched = opened(at=press.address, width=width)
    small: dict[str, list[str]] = {}
    for path in ("/", "/incidents?type=air_strike", f"/incidents/{_telling(press.site)}", "/reports", "/special/first", "/methodology"):
        if found := watched.go(f"/{lang}{path}").evaluate(f"({_SMALL})()"):
            small[path] = found
    assert small == {}


_COVERED = """() => {
  const e = document.activeElement, box = e.getClientRects()[0];
  if (!box || e === document.body) return null;
  const style = getComputedStyle(e), at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const seen = at && (at === e || e.contains(at) || at.contains(e) || e.labels && [...e.labels].some((l) => l.contains(at)));
  return [e.tagName + '.' + e.className + ' ' + (e.id || e.name || e.textContent.trim().slice(0, 30))
    + (at ? ` by ${at.tagName}.${at.className}#${at.id}` : ""), Boolean(seen), style.outlineStyle !== 'none' || style.boxShadow !== 'none'];
}"""


@pytest.mark.parametrize("path", ["/ar/incidents", "/en/special/first"])
def test_focus_is_always_seen(opened: Open, press: Press, path: str) -> None:
    watched = opened(path, at=press.address, width=360, height=640, reduced_motion="reduce")
    page = watched.page
    looked = 0
    for _ in range(70):
        page.keyboard.press("Tab")
        told = page.evaluate(f"({_COVERED})()")
        if told is not None and not told[1]:
            page.wait_for_timeout(150)  # what floats makes way within a frame or two
            told = page.evaluate(f"({_COVERED})()")
        if told is not None:
            name, seen, ringed = told
            assert seen, f"{name} is covered"
            assert ringed, f"{name} has no ring"
            looked += 1
    assert looked > 40


@LANGS
def test_months_and_years_stand_in_the_order_of_time_with_their_counts(opened: Open, press: Press, lang: str) -> None:
    watched = opened(f"/{lang}/incidents", at=press.address)
    page = watched.page
    for facet in ("month", "year"):
        told = page.evaluate(
            f"[...document.querySelectorAll('[data-facet={facet}] a.choice')].map(a => [a.href, a.querySelector('.choice-count').textContent])"
        )
        values = [parse_qs(urlsplit(href).query)[facet][0] for href, _ in told]
        assert values == sorted(values, reverse=True)
        counts = press.site.index.counts(facet, Query())
        assert [int(n) for _, n in told] == [counts[v] for v in values]
    bars = page.evaluate("[...document.querySelectorAll('.bar')].map(a => a.dataset.month)")
    assert bars == sorted(bars)
    assert len(bars) > 2


@LANGS
def test_a_cut_is_told_before_the_download(opened: Open, press: Press, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = opened(f"/{lang}/incidents?until=2030-01-01", at=press.address)
    assert str(5) not in re.findall(r"\d+", watched.page.inner_text(".download-note"))
    monkeypatch.setattr(list_page, "CUT", 5)
    page = watched.go(f"/{lang}/incidents?until=2030-01-02")
    total = press.site.index.found(Query()).total - press.site.index.undated(press.site.index.mask(Query()))
    assert re.findall(r"\d+", page.inner_text(".download-note")) == ["5", str(total)]


def _fetched(watched: Watched, path: str) -> object:
    return json.loads(watched.page.evaluate("(path) => fetch(path).then((answer) => answer.text())", path))


@LANGS
def test_a_program_in_a_page_gets_what_the_list_holds(opened: Open, press: Press, lang: str) -> None:
    watched = opened(f"/{lang}/incidents?country=SY&show=300", at=press.address)
    page = watched.page
    listed = page.evaluate("[...document.querySelectorAll('#incident-list > li')].map(e => e.dataset.id)")
    ids: list[str] = []
    cursor = ""
    while True:
        told = _fetched(watched, f"/api/v1/incidents?country=SY&limit=3&cursor={cursor}")
        assert isinstance(told, dict)
        ids += [one["id"] for one in told["incidents"]]
        cursor = told["next"]
        if not cursor:
            break
    assert ids == listed
    assert told["total"] == len(ids)
    changes = _fetched(watched, "/api/v1/changes")
    assert isinstance(changes, dict)
    gone = {c["id"]: c["gone"] for c in changes["changes"] if c["gone"]}
    assert gone == {press.merged: "merged", press.withheld: "withheld"}
    for kind in ("json", "geojson"):
        held = _fetched(watched, f"/{lang}/incidents.{kind}?country=SY")
        assert isinstance(held, dict)
        assert sorted(one["id"] for one in held.get("incidents") or held["features"]) == sorted(ids)


# -- special reports


@LANGS
def test_a_special_report_has_all_that_belongs_to_one(opened: Open, press: Press, lang: str) -> None:
    watched = opened(f"/{lang}/special/first", at=press.address)
    page = watched.page
    assert page.locator(".byline").inner_text().startswith("تقرير خاص لـ" if lang == "ar" else "")
    assert "مينا" in page.inner_text(".byline")
    assert CORRECTION in page.inner_text(".corrections")
    assert re.search(r"\d|دقيقة", page.locator(".report-meta").inner_text())
    related = page.locator("#related li")
    assert 1 <= related.count() <= 4
    assert page.inner_text("#related h2") == ("مقالات ذات صلة" if lang == "ar" else page.inner_text("#related h2"))
    assert all(line.locator(".note").count() == 1 for line in related.all())  # the reason of each
    before, more = related.count(), page.locator("#related .list-more a")
    if more.count():
        assert page.inner_text("#related .list-more a") == ("اظهر المزيد" if lang == "ar" else page.inner_text("#related .list-more a"))
        href = more.get_attribute("href") or ""
        assert "related=" in href
        more.click()
        watched.until(f"document.querySelectorAll('#related li').length > {before}")
    top = page.locator("#to-top")
    assert top.inner_text() == ("زر الذهاب إلى الأعلى" if lang == "ar" else top.inner_text())
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    top.click()
    watched.until("scrollY < 200")
    assert page.input_value(".share-link") == f"{press.site.base}/{lang}/special/first"
    assert watched.outside == []


@LANGS
def test_a_special_report_tells_machines_what_it_is(opened: Open, press: Press, lang: str) -> None:
    watched = opened(f"/{lang}/special/first", at=press.address)
    page = watched.page
    told = json.loads(page.evaluate("document.querySelector('script[type=\"application/ld+json\"]').textContent"))
    assert told["@type"] == "NewsArticle"
    assert told["inLanguage"] == lang
    assert told["correction"][0]["text"] == CORRECTION
    links = "Object.fromEntries([...document.querySelectorAll('link[hreflang]')].map(e => [e.hreflang, e.href]))"
    here = page.evaluate(links)
    assert set(here) == {"ar", "en", "x-default"}
    page.click(".lang-switch")
    page.wait_for_url(f"**/{'en' if lang == 'ar' else 'ar'}/special/first")
    assert page.evaluate(links) == here
    page.go_back()
    for name in ("title", "type", "locale", "url", "description", "site_name"):
        assert page.evaluate(f"document.querySelector('meta[property=\"og:{name}\"]').content"), name
    for kind in ("rss", "atom"):
        feed = page.evaluate(
            "(path) => fetch(path).then((a) => a.text()).then((text) => new DOMParser().parseFromString(text, 'text/xml')).then((made) => "
            "[made.querySelector('parsererror') === null, made.documentElement.textContent])", f"/{lang}/special.{kind}",
        )  # fmt: skip
        assert feed[0]
        assert "first" in feed[1] or "مينا" in feed[1] or "1" in feed[1]
    feed = _fetched(watched, f"/{lang}/special.json")
    assert isinstance(feed, dict)
    assert {urlsplit(item["url"]).path for item in feed["items"]} == {f"/{lang}/special/{slug}" for slug in ("first", "second", "third")}
    assert "/special/first" in str(page.evaluate("fetch('/sitemap.xml').then((a) => a.text())"))


@LANGS
def test_a_special_report_prints_clean(opened: Open, press: Press, lang: str) -> None:
    watched = opened(f"/{lang}/special/first", at=press.address, dark=True)
    page = watched.page
    page.emulate_media(media="print")
    for gone in (".site-nav", ".site-search", ".site-choices", ".share", ".to-top"):
        assert page.locator(f"{gone}:visible").count() == 0, gone
    assert page.locator("article h1").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('article p')).color") in ("rgb(0, 0, 0)", "rgb(51, 51, 51)")


# -- the desk


@LANGS
def test_texts_of_reviews_and_previews_keep_their_own_direction(opened: Open, press: Press, lang: str) -> None:
    watched = press.signed_in(opened)
    page = watched.page
    one, other = press.site.index.ids[:2]
    direction = "(selector) => [...document.querySelectorAll(selector)].map(e => getComputedStyle(e).direction)"
    page.goto(f"{press.address}/{lang}/desk/merge?a={one}&b={other}")
    own = "rtl" if lang == "ar" else "ltr"
    assert page.evaluate("getComputedStyle(document.documentElement).direction") == own
    quotes = page.evaluate(direction, "main blockquote")
    assert len(quotes) >= 2
    assert set(quotes) == {"rtl"}
    page.goto(f"{press.address}/{lang}/desk/articles")
    hrefs = page.evaluate("[...document.querySelectorAll('main a[href]')].map(a => a.getAttribute('href'))")
    for href in (href for href in hrefs if re.fullmatch(r"/\w+/desk/articles/[^/?]+", href)):
        page.goto(press.address + href)
        if page.locator("textarea[name=body_ar]").count():  # of one that was withdrawn nothing can be written any more
            break
    assert page.evaluate(direction, "textarea[name=body_ar]") == ["rtl"]
    assert page.evaluate(direction, "textarea[name=body_en]") == ["ltr"]
    page.goto(f"{page.url.partition('?')[0]}/preview")
    assert page.evaluate(direction, "article h1")[0] == own
    assert page.evaluate(direction, "body")[0] == own


@LANGS
def test_one_reviews_without_scripts(opened: Open, press: Press, lang: str) -> None:
    watched = press.signed_in(opened, java_script_enabled=False, width=360, height=740)
    page = watched.page
    page.goto(f"{press.address}/{lang}/desk/incidents/{press.site.index.ids[0]}")
    page.fill(".desk-acts input[name=why]", f"seen without scripts, {lang}")
    follow(page, ".desk-acts button[value=note]")
    page.goto(f"{press.address}/{lang}/desk/incidents/{press.site.index.ids[0]}")
    assert f"seen without scripts, {lang}" in page.inner_text("main")
