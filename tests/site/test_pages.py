"""Pages in both languages: directions, links to the same in the other, no untranslated words, figures, hostile reports, headers."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest
from litestar.testing import TestClient

from marsad.site import Site
from marsad.site.format import keys, speech
from tests.site.kept import client, links, observatory, site

__all__ = ["client", "observatory", "site"]

_VOID = frozenset(("meta", "link", "input", "br", "img", "circle", "path", "rect"))


class _Words(HTMLParser):
    """The words of a page in one language: those inside elements of another language, or of names and codes, are left out."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang, self.stack, self.words = lang, [], []  # type: ignore[var-annotated]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            own = dict(attrs).get("lang")
            skipped = tag in ("title", "script", "style", "bdi", "code") or (own is not None and own != self.lang)
            shown = own == self.lang
            self.stack.append((tag, (skipped or (bool(self.stack) and self.stack[-1][1])) and not shown))

    def handle_endtag(self, tag: str) -> None:
        while self.stack:
            if self.stack.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if not (self.stack and self.stack[-1][1]):
            self.words.append(data)


def _pages(client: TestClient, site: Site, lang: str) -> list[str]:
    own = ["", "incidents", "reports", "special", "places", "actors", "outlets", "methodology", "downloads", "about"]
    own += [f"incidents/{id_}" for id_ in site.index.ids]
    found = [f"/{lang}/{path}" for path in own]
    for kind in ("reports", "places", "actors", "outlets"):
        found += [a for a in links(client.get(f"/{lang}/{kind}").text) if a.startswith(f"/{lang}/{kind}/")][:40]
    return found


_LATIN_ALLOWED = {"JSON", "GeoJSON", "CSV", "RSS", "SHA", "HTTP", "OpenAPI", "Atom", "Feed"}


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_no_word_is_left_untranslated(client: TestClient, site: Site, lang: str) -> None:
    wrong: dict[str, str] = {}
    for address in _pages(client, site, lang):
        reader = _Words(lang)
        reader.feed(client.get(address).text)
        words = " ".join(reader.words)
        foreign = r"[\u0600-\u06ff]+" if lang == "en" else r"[A-Za-z]{2,}"
        left = [word for word in re.findall(foreign, words) if word not in _LATIN_ALLOWED]
        for word in left:
            wrong.setdefault(word, address)
    assert not wrong


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_page_says_its_language_and_leads_to_the_same_in_the_other(client: TestClient, site: Site, lang: str) -> None:
    other = "en" if lang == "ar" else "ar"
    for address in _pages(client, site, lang)[:60]:
        text = client.get(address).text
        assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}"' in text
        switch = re.search(r'class="lang-switch"[^>]* href="([^"]*)"', text)
        assert switch is not None
        assert switch[1] == f"/{other}{address[3:]}"
        base = "https://observatory.example"
        hreflang = dict(re.findall(r'hreflang="([\w-]+)" href="(https[^"]*)"', text))
        assert hreflang == {"ar": f"{base}/ar{address[3:]}", "en": f"{base}/en{address[3:]}", "x-default": f"{base}/ar{address[3:]}"}
        assert len(re.findall(r"<h1[ >]", text)) == 1


def test_the_switch_keeps_what_is_asked_for(client: TestClient) -> None:
    text = client.get("/ar/incidents?country=SY&type=shelling").text
    assert 'href="/en/incidents?type=shelling&amp;country=SY"' in text


def test_digits_are_chosen_and_remembered(client: TestClient) -> None:
    total = re.search(r'class="shown"[^>]*>.*?<span class="n">(\d+)</span>', client.get("/ar/incidents").text)
    assert total is not None
    answer = client.get("/digits?digits=arab&to=/ar/incidents", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/ar/incidents")
    assert "٣٠" in client.get("/ar/incidents").text
    assert "٣٠" not in client.get("/en/incidents").text
    client.cookies.clear()


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "/ar//evil.example/", "javascript:alert(1)", "/ar/\r\nX: y"])
def test_the_choice_leads_nowhere_else(client: TestClient, to: str) -> None:
    answer = client.get("/digits", params={"digits": "arab", "to": to}, follow_redirects=False)
    assert answer.headers["location"] == "/ar/"
    client.cookies.clear()


@pytest.mark.parametrize(("header", "lang"), [("", "ar"), ("en-GB,en;q=0.9", "en"), ("fr,en;q=0.3,ar;q=0.8", "ar"), ("de", "ar"), ("en;q=x", "ar")])
def test_the_start_page_follows_the_reader(client: TestClient, header: str, lang: str) -> None:
    answer = client.get("/", headers={"Accept-Language": header}, follow_redirects=False)
    assert answer.headers["location"] == f"/{lang}/"


def test_hostile_words_stay_words(client: TestClient, site: Site) -> None:
    told = next(id_ for id_ in site.index.ids if any(r.startswith("..") for r in site.index.row(site.index.number(id_) or 0).reports))
    for lang in ("ar", "en"):
        for address in (f"/{lang}/incidents/{told}", f"/{lang}/reports", f"/{lang}/outlets"):
            text = client.get(address).text
            assert "<script>alert" not in text
            assert "<img src=x" not in text
            assert "javascript:" not in text
    assert not re.search(r"(?m)(^|,)\"?[=+@]", client.get("/ar/claims.csv").text)


def test_every_answer_has_its_guards(client: TestClient) -> None:
    for address in ("/ar/", "/en/incidents.csv", "/api/v1/counts", "/ar/nothing", "/en/incidents?since=x", "/static/site.css"):
        headers = client.get(address).headers
        policy = headers["content-security-policy"]
        assert "unsafe-inline" not in policy
        assert "default-src 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers


def test_no_page_runs_or_asks_for_anything_of_another(client: TestClient, site: Site) -> None:
    for address in _pages(client, site, "ar")[:80]:
        text = client.get(address).text
        assert not re.search(r'(?:src|srcset)="(?!/static/)', text)
        assert not re.search(r"\son\w+=\"|\sstyle=\"|<style", text)
        assert not re.search(r'<link rel="(?:stylesheet|icon|preload)" href="(?!/static/)', text)


@pytest.mark.parametrize("address", ["/ar/feed.rss", "/en/feed.atom", "/sitemap.xml", "/ar/feed.rss?country=SY"])
def test_feeds_are_xml(client: TestClient, address: str) -> None:
    root = ET.fromstring(client.get(address).content)
    assert len(list(root.iter())) > 10


def test_an_answer_that_is_known_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/ar/methodology")
    again = client.get("/ar/methodology", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_both_languages_have_the_same_sentences() -> None:
    assert keys("ar") == keys("en")


ARABIC_COUNTS = [
    (0, "لا حوادث"),
    (1, "حادثة واحدة"),
    (2, "حادثتان"),
    (3, "3 حوادث"),
    (10, "10 حوادث"),
    (11, "11 حادثة"),
    (99, "99 حادثة"),
    (100, "100 حادثة"),
    (103, "103 حوادث"),
]


@pytest.mark.parametrize(("number", "words"), ARABIC_COUNTS)
def test_arabic_counts(number: int, words: str) -> None:
    assert speech("ar").count("incidents", number).striptags() == words


@pytest.mark.parametrize(("lang", "digits", "words"), [
    ("ar", "latn", "3 كانون الأول/ديسمبر 2018"), ("ar", "arab", "٣ كانون الأول/ديسمبر ٢٠١٨"), ("en", "latn", "3 December 2018"),
])  # fmt: skip
def test_days(lang: str, digits: str, words: str) -> None:
    assert speech(lang, digits).day_plain("2018-12-03") == words  # type: ignore[arg-type]


def test_a_range_reads_from_left_to_right_in_both() -> None:
    assert str(speech("ar").span(2012, 2019)) == '<bdi dir="ltr" class="n">2012–2019</bdi>'
    assert speech("ar").bounds(3, 5).striptags() == "من 3 إلى 5"
    assert speech("ar", "arab").bounds(3, None).striptags() == "٣ أو أكثر"
