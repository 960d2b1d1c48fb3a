"""The desk as people use it, in a real Chromium and both languages: by mouse, by keyboard alone, without scripts, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.site.browser import Open, Watched, axe, follow, served
from tests.site.desk.signed import PASSWORD, Newsroom, newsroom

__all__ = ["newsroom"]

both = pytest.mark.parametrize("lang", ["ar", "en"])


@pytest.fixture
def at(newsroom: Newsroom) -> Iterator[str]:
    """Where the desk is served."""
    with served(newsroom.app) as found:
        yield found


def signed(watched: Watched, lang: str, role: str) -> Page:
    """A page of somebody of that role, at the desk."""
    page = watched.go(f"/{lang}/desk/sign-in")
    page.fill("#name", f"{role}1")
    page.fill("#password", PASSWORD)
    follow(page, "main form:not([data-passkey]) button[type=submit]")
    page.wait_for_url(f"**/{lang}/desk")
    return page


def _state(newsroom: Newsroom, id_: str) -> str:
    found = newsroom.desk.site.observatory.incident(id_)
    assert found is not None
    return found.review.state


def _pages(newsroom: Newsroom) -> list[str]:
    ids = newsroom.incidents
    path: str = newsroom.client("administrator").send("/en/desk/articles", incidents=ids["shelling"]).url.path.removeprefix("/en/desk")
    pages = [
        "",
        "/withheld",
        "/merge",
        f"/merge?a={ids['shelling']}&b={ids['air_strike']}",
        "/paste",
        "/articles",
        path,
        "/account",
        "/people",
        "/report?id=r1",
    ]
    return [*pages, f"/incidents/{ids['shelling']}", f"/incidents/{ids['execution']}"]


@both
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious_at_the_desk(newsroom: Newsroom, opened: Open, at: str, lang: str, dark: bool) -> None:
    watched = opened(at=at, dark=dark)
    found = {"/sign-in": axe(watched.go(f"/{lang}/desk/sign-in"))}
    page = signed(watched, lang, "administrator")
    for path in _pages(newsroom):
        watched.go(f"/{lang}/desk{path}")
        for details in page.locator("details:not([open]) > summary").all():
            if details.is_visible():
                details.click()
        page.evaluate("scrollTo(0, 0)")
        found[path] = axe(page)
    page.keyboard.press("?")
    found["?"] = axe(page)
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert watched.errors == []
    assert watched.outside == []


@both
@pytest.mark.parametrize("width", [320, 360])
def test_nothing_scrolls_sideways_at_the_desk(newsroom: Newsroom, opened: Open, at: str, lang: str, width: int) -> None:
    watched = opened(at=at, width=width, height=740)
    page = signed(watched, lang, "administrator")
    for path in _pages(newsroom):
        watched.go(f"/{lang}/desk{path}")
        for details in page.locator("details:not([open]) > summary").all():
            if details.is_visible():
                details.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        small = page.evaluate(
            "[...document.querySelectorAll('main button, main select, main summary, main input:not([type=hidden])')].filter(e => e.getClientRects().length)"
            ".map(e => [e.outerHTML.slice(0, 80), Math.round((e.closest('label') || e).getBoundingClientRect().height)]).filter(([, h]) => h < 24)"
        )
        assert small == [], path


@both
def test_everything_is_done_without_scripts(newsroom: Newsroom, opened: Open, at: str, lang: str) -> None:
    watched = opened(at=at, java_script_enabled=False)
    page, ids, observatory = signed(watched, lang, "reviewer"), newsroom.incidents, newsroom.desk.site.observatory
    strike, shelling = ids["air_strike"], ids["shelling"]
    acts = ".desk-acts button[value={}]"

    def act(kind: str, id_: str, why: str) -> None:
        watched.go(f"/{lang}/desk/incidents/{id_}")
        page.fill(".desk-acts .why", why)
        follow(page, acts.format(kind))

    for kind, state in (("confirm", "confirmed"), ("reject", "rejected"), ("withhold", "withheld"), ("reopen", "unreviewed")):
        act(kind, strike, f"because {kind}")
        assert page.is_visible(".desk-told")
        assert _state(newsroom, strike) == state
    act("note", strike, "ملاحظة")
    assert "ملاحظة" in page.inner_text(".decisions")
    # correct a field with its words, then take that back
    watched.go(f"/{lang}/desk/report?id=r1")
    field = page.locator("#event-0 dl.fields > div").filter(has=page.locator("input[name=field][value=counts]")).first
    field.locator("summary").click()
    field.locator("input[name=min]").fill("3")
    field.locator("input[name=max]").fill("3")
    field.locator("input[name=why]").fill("a slip")
    follow(page, field.locator("button[type=submit]").first)
    assert observatory.told("r1")[0].event.counts[0].min == 3
    page.locator(".decisions summary").first.click()
    page.locator(".decisions input[name=why]").first.fill("it was right")
    follow(page, page.locator(".decisions details button").first)
    assert observatory.told("r1")[0].event.counts[0].min == 12
    # merge, side by side, with the reasons; then split
    watched.go(f"/{lang}/desk/incidents/{strike}")
    page.fill("#b", ids["execution"])
    follow(page, "form:has(#b) button")
    assert page.locator(".desk-compare > section").count() == 2
    assert page.locator(".pairs li").count() >= 1
    page.fill(".desk-acts .why", "one happening")
    follow(page, ".desk-acts button")
    whole = observatory.incident(strike)
    assert whole is not None
    assert len(whole.events) == 2
    watched.go(f"/{lang}/desk/incidents/{whole.id}")
    page.locator(".desk-events input[type=checkbox]").nth(1).check()
    page.fill("#why-split", "two after all")
    follow(page, "form:has(#why-split) button")
    assert all(len(made.events) < 2 or made.id not in (strike, ids["execution"]) for made in observatory.incidents())
    # a report is pasted, read at once, kept
    watched.go(f"/{lang}/desk/paste")
    page.fill("#text", "قصف الطيران الحربي أمس مدينة سراقب، ما أدى لمقتل 4 مدنيين.")
    page.fill("#pdate", "2018-06-01")
    follow(page, page.locator("main form button[type=submit]").first)
    assert page.locator(".marked .in-event").count() >= 1
    follow(page, "button[name=keep]")
    assert page.is_visible(".desk-told")
    assert "سراقب" in page.inner_text(".marked")
    assert shelling in newsroom.incidents.values()


@both
def test_everything_is_done_by_keyboard(newsroom: Newsroom, opened: Open, at: str, lang: str) -> None:
    watched = opened(at=at)
    page, press = signed(watched, lang, "editor"), None
    press = page.keyboard.press
    first = page.locator(".queue-row a").first.get_attribute("href")
    press("?")
    assert page.locator("#keys-help").is_visible()
    press("j")  # the sheet is read, nothing else is done
    press("Escape")
    assert not page.locator("#keys-help").is_visible()
    press("j")
    press("j")
    press("k")
    press("Enter")
    page.wait_for_url(f"{at}{first}")
    id_ = str(first).rpartition("/")[2]
    press("n")
    page.keyboard.type("seen by keyboard alone")
    press("Enter")
    page.wait_for_url("**told=done")
    assert [(d.kind, d.why) for d in newsroom.desk.site.observatory.decisions()] == [("note", "seen by keyboard alone")]
    press("w")
    page.keyboard.type("not yet")
    press("Enter")
    page.wait_for_selector(".decisions li:nth-child(2)")
    assert _state(newsroom, id_) == "withheld"
    press("u")
    page.keyboard.type("after all")
    press("Enter")
    page.wait_for_url("**told=undone")
    assert _state(newsroom, id_) == "unreviewed"
    press("m")
    assert page.evaluate("document.activeElement.dataset.key") == "m"
    press("Escape")
    watched.go(f"/{lang}/desk/report?id=r1")
    press("j")
    press("e")
    assert page.evaluate("document.activeElement.closest('details').open")
    assert page.evaluate("document.activeElement.closest('.queue-row').id") == "event-0"
    page.evaluate("document.activeElement.blur()")
    press("j")
    press("a")
    assert page.evaluate("document.activeElement.closest('form').elements.index.value") == "new"
    page.evaluate("document.activeElement.blur()")
    press("q")
    page.wait_for_url(f"**/{lang}/desk")
    press("p")
    page.wait_for_url("**/desk/paste")
    page.click("[data-keys-switch]")  # and they can be turned off
    page.evaluate("document.activeElement.blur()")
    press("?")
    assert not page.locator("#keys-help").is_visible()
    assert watched.errors == []


@both
def test_two_people_confirm_what_asks_for_two(newsroom: Newsroom, opened: Open, at: str, lang: str) -> None:
    id_ = newsroom.incidents["execution"]
    for role, state in (("editor", "unreviewed"), ("reviewer", "confirmed")):
        watched = opened(at=at)
        page = signed(watched, lang, role)
        if role == "reviewer":
            assert page.locator(".queue-row").first.locator(".reason-second").is_visible()
            follow(page, page.locator(".queue-row a").first)
        else:
            watched.go(f"/{lang}/desk/incidents/{id_}")
        page.fill(".desk-acts .why", "I read both reports")
        follow(page, ".desk-acts button[value=confirm]")
        assert page.is_visible(".desk-told")
        assert _state(newsroom, id_) == state


@both
def test_a_file_is_read_at_once(newsroom: Newsroom, opened: Open, at: str, lang: str, tmp_path: Path) -> None:
    path = tmp_path / "تقرير.html"
    path.write_text(
        "<html><head><title>قصف</title></head><body><article><p>قصفت قوات النظام بلدة كفرزيتا أمس، ما أدى لمقتل 3 مدنيين.</p></article></body></html>"
    )
    watched = opened(at=at)
    page = signed(watched, lang, "editor")
    watched.go(f"/{lang}/desk/paste")
    page.set_input_files("#upload", str(path))
    page.fill("#pdate", "2018-06-01")
    follow(page, page.locator("main form button[type=submit]").first)
    page.wait_for_selector(".marked .in-event")
    assert "كفرزيتا" in page.inner_text(".desk-fields")
    assert page.evaluate("getComputedStyle(document.querySelector('.marked')).direction") == "rtl"
    assert newsroom.desk.site.observatory.report("pasted") is None


@both
def test_a_writer_from_draft_to_stone(newsroom: Newsroom, opened: Open, at: str, lang: str) -> None:
    watched = opened(at=at)
    page = signed(watched, lang, "writer")
    watched.go(f"/{lang}/desk/articles")
    page.fill("[name=incidents]", f"{newsroom.incidents['shelling']} {newsroom.incidents['air_strike']}")
    follow(page, "form:has([name=incidents]) button")
    page.wait_for_url("**/desk/articles/*")
    address = page.url.partition("?")[0]
    assert "claim:" in page.input_value(f"#body_{lang}")
    page.fill("#byline", "مينا")
    follow(page, "button[value=preview]")
    page.wait_for_url("**/preview")
    assert page.locator("article a.ref-claim").count() >= 3
    page.goto(address)
    page.fill("#slug", "two-days")
    follow(page, "button[value=publish]")
    page.wait_for_url("**told=published")
    reader = opened(at=at)
    seen = reader.go(f"/{lang}/special/two-days")
    assert seen.evaluate("document.documentElement.lang") == lang
    assert seen.locator("article a.ref-claim").count() >= 3
    page.fill("#note", "صُحح الاسم")
    follow(page, "button[value=publish]")
    page.wait_for_url("**told=corrected")
    assert "صُحح الاسم" in reader.go(f"/{lang}/special/two-days").inner_text("main")
    page.click("details:has(#wnote) summary")
    page.fill("#wnote", "لم يصح المصدر")
    follow(page, "form:has(#wnote) button")
    page.wait_for_url("**told=withdrawn")
    reader.page.goto(f"{at}/{lang}/special/two-days")
    assert "لم يصح المصدر" in reader.page.inner_text("main")
    assert reader.page.locator("a.ref-claim").count() == 0


def test_each_text_keeps_its_own_direction(newsroom: Newsroom, opened: Open, at: str) -> None:
    watched = opened(at=at)
    page = signed(watched, "en", "editor")

    def way(selector: str) -> Any:
        return page.evaluate(f"[...document.querySelectorAll('{selector}')].map(e => getComputedStyle(e).direction)")

    watched.go(f"/en/desk/incidents/{newsroom.incidents['shelling']}")
    assert set(way("blockquote")) == {"rtl"}
    assert set(way("main, h1")) == {"ltr"}
    watched.go(f"/en/desk/merge?a={newsroom.incidents['shelling']}&b={newsroom.incidents['air_strike']}")
    assert set(way("blockquote")) == {"rtl"}
    assert set(way("code")) == {"ltr"}
