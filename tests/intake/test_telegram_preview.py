"""Previews of channels (`t.me/s/CHANNEL`): the same reports as from an export, with the address that the web knows."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest

from marsad.intake.formats import format_of
from marsad.intake.given import Given
from marsad.model import Report
from tests.intake import made
from tests.intake.taken import items, proved, reports, told

DAY = datetime.date(2018, 12, 3)


def about(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(report.extra["telegram"])
    return found


@pytest.fixture(scope="module")
def shown() -> dict[int, Report]:
    return {about(report)["message"]: report for report in reports(made.telegram_preview(), "s.html")}


def test_each_message_with_a_text_is_a_report(shown: dict[int, Report]) -> None:
    assert list(shown) == [2, 3, 5, 7, 8, 10]  # 1 is a service message, 9 a picture alone
    for number, report in shown.items():
        assert (report.id, report.url) == (f"telegram-sample_network-{number}", f"https://t.me/sample_network/{number}")
        assert (report.outlet, report.date, report.language) == (made.OUTLET, DAY, "ar")
    assert shown[2].text == made.SHELLING
    assert about(shown[2])["unixtime"] == 1543833015


def test_the_words_of_others_are_not_the_messages(shown: dict[int, Report]) -> None:
    assert shown[8].text == "تحديث: ارتفاع الحصيلة إلى خمسة قتلى"  # not those that it answers
    assert "عنوان الصفحة" not in shown[3].text  # nor those of the page that it links to
    assert "فلان" not in msgspec.json.encode(list(shown.values())).decode()  # nor any name of a person


def test_forwarded_answered_edited_album(shown: dict[int, Report]) -> None:
    assert (shown[7].original, about(shown[7])["forwarded_from_id"]) == ("القناة الأولى", "first_channel/55")
    assert (about(shown[8])["reply_to"], about(shown[8])["edited"]) == (2, True)
    assert (about(shown[5])["album"], about(shown[5])["media"]) == ([6], "photo")
    assert shown[10].original is None
    assert "edited" not in about(shown[7])


def test_a_moment_late_in_utc_is_said(shown: dict[int, Report]) -> None:
    assert [note.code for note in shown[8].notes] == ["day"]
    assert not shown[7].notes


def test_entities_lie_where_their_words_are(shown: dict[int, Report]) -> None:
    report = shown[3]
    spans = {(e["type"], report.text[slice(*e["span"])]) for e in about(report)["entities"]}
    assert {("hashtag", "#عاجل"), ("custom_emoji", "🔴"), ("bold", made.KILLING), ("text_link", "للمزيد"), ("mention", "@sample_network")} <= spans
    assert not any(words == "🚨" for _, words in spans)  # an emoji is a letter like others
    assert [(r.kind, report.text[slice(*r.span)]) for r in report.residue] == [("tags", "#إدلب #سوريا"), ("share", "@sample_network")]


def test_the_proof_is_the_message_as_it_stands_in_the_page() -> None:
    content = made.telegram_preview()
    begin = content.index(b'<div class="tgme_widget_message text_not_supported_wrap js-widget_message" data-post="sample_network/2"')
    end = content.index(b'<div class="tgme_widget_message text_not_supported_wrap js-widget_message" data-post="sample_network/3"')
    report = reports(content, "s.html", url="https://t.me/s/sample_network", fetched="2018-12-04T00:00:00Z")[0]
    assert proved(report, content[begin:end])
    assert report.proof is not None
    assert (report.proof.url, report.proof.path, report.proof.fetched) == ("https://t.me/s/sample_network", "s.html#message 2", "2018-12-04T00:00:00Z")


def test_a_page_of_one_message() -> None:
    message = made.preview_message(12, made.AID).removeprefix('<div class="tgme_widget_message_wrap js-widget_message_wrap">').removesuffix("</div>")
    page = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>Telegram Widget</title></head><body class="widget_frame_base tgme_widget body_widget_post">{message}</body></html>'
    (report,) = reports(page.encode(), "12.html")
    assert (report.outlet, report.text) == (made.OUTLET, made.AID)


BARE = '<html><body><div class="tgme_widget_message" data-post="sample_network/2"><div class="tgme_widget_message_text">{}</div></div></body></html>'


# a page, its format
PAGES = [
    (BARE.format(made.AID).encode(), "telegram preview"),
    (f"<html><body><article><h1>{made.TITLE}</h1><p>{made.SHELLING}</p>{BARE.format(made.AID)[12:-14]}</article></body></html>".encode(), "page"),
    (made.telegram_preview(), "telegram preview"),
    (made.telegram_preview([]), "telegram preview"),
    (made.telegram_page(), "telegram page"),
    (made.page(), "page"),
    (made.page(body='<script async src="https://telegram.org/js/telegram-widget.js" data-telegram-post="sample_network/2"></script>' + made.AID), "page"),
]


@pytest.mark.parametrize(("content", "expected"), PAGES, ids=range(len(PAGES)))
def test_what_is_a_preview(content: bytes, expected: str) -> None:
    assert format_of(Given.of_bytes(content, "s.html")).name == expected


def test_the_least_that_a_preview_has() -> None:
    (report,) = reports(BARE.format(made.AID).encode(), "s.html")
    assert (report.id, report.outlet, report.text, report.date) == ("telegram-sample_network-2", "sample_network", made.AID, None)


def test_a_channel_without_a_preview_is_said() -> None:
    found = b'<html><head><meta property="og:title" content="x"></head><body class="no_transitions"><div class="tgme_body_wrap"><div class="tgme_page">'
    for content in (made.telegram_preview([]), found + b"You can view and join @x right away.</div></div></body></html>"):
        assert told(content, "s.html") == ["[s.html: a page of Telegram without messages (a channel that shows no preview, or nothing more to show)]"]


BROKEN = [
    ("a message without an end", lambda m: [m[1][: m[1].index("الثقيلة")], m[2]], [2, 3]),
    ("no moment", lambda m: [m[1].replace("<time", "<tim")], [2]),
    ("a moment that is none", lambda m: [m[1].replace("2018-12-03T10", "2018-99-03T10")], [2]),
    ("no text but for the answered", lambda m: [made.preview_message(4, "", reply=m[5][m[5].index("<a class=\"tgme_widget_message_reply") : m[5].index("</a>", m[5].index("js-message_reply_text")) + 4])], []),
    ("nested without measure", lambda m: [made.preview_message(4, "<b>" * 50_000 + "قصف"), m[2]], [3]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "numbers"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_a_broken_message_costs_no_other(change: Any, numbers: list[int]) -> None:
    found = items(made.telegram_preview(change(made.preview_messages())), "s.html")
    assert [about(item)["message"] for item in found if isinstance(item, Report)] == numbers
