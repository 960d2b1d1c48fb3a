"""Exports of Telegram Desktop, in JSON and HTML: each message with a text one report, the rest said or passed over."""

from __future__ import annotations

import datetime
import json
from typing import Any

import msgspec
import pytest

from marsad.intake import Fault
from marsad.model import Report
from tests.intake import made
from tests.intake.taken import items, proved, reports, told

DAY = datetime.date(2018, 12, 3)


def about(report: Report) -> dict[str, Any]:
    """What a report keeps of its message."""
    found: dict[str, Any] = msgspec.json.decode(report.extra["telegram"])
    return found


def both() -> list[tuple[list[Report], list[Fault]]]:
    found = [items(made.telegram(), "result.json"), items(made.telegram_page(), "messages.html")]
    return [([i for i in each if isinstance(i, Report)], [i for i in each if isinstance(i, Fault)]) for each in found]


def test_each_message_with_a_text_is_a_report() -> None:
    (of_json, _), (of_page, _) = both()
    assert [about(r)["message"] for r in of_json] == [2, 3, 4, 7, 8, 12]
    assert [about(r)["message"] for r in of_page] == [2, 3, 4, 7, 8]
    for report in (*of_json, *of_page):
        assert (report.outlet, report.date) == (made.OUTLET, DAY)


def test_what_is_kept_of_a_message_in_either_form() -> None:
    for found, _ in both():
        by_number = {about(r)["message"]: r for r in found}
        assert by_number[2].text == made.SHELLING
        assert about(by_number[4])["album"] == ([5, 6] if len(found) == 6 else [5])
        assert by_number[4].text == made.AID
        assert by_number[7].original == "القناة الأولى"
        assert about(by_number[8])["reply_to"] == 2
        kinds = {e["type"] for e in about(by_number[3])["entities"]}
        assert {"hashtag", "bold", "mention", "text_link"} <= kinds
        for entity in about(by_number[3])["entities"]:
            begin, end = entity["span"]
            words = by_number[3].text[begin:end]
            assert words.startswith({"hashtag": "#", "mention": "@", "bold": "اغتال", "text_link": "للمزيد", "custom_emoji": "🔴"}[entity["type"]])


def test_edits_and_custom_emoji() -> None:
    (found, _), _ = both()
    assert about(found[4])["edited"] == "2018-12-03T15:00:00"
    assert [e["document_id"] for e in about(found[1])["entities"] if e["type"] == "custom_emoji"] == ["5368324170671202286"]


def test_the_message_has_its_own_address() -> None:
    (found, _), (of_page, _) = both()
    assert found[0].url == "https://t.me/c/1122334455/2"
    assert found[0].id == "telegram-1122334455-2"
    assert of_page[0].url is None  # the HTML form tells neither name nor number of the channel
    assert of_page[0].proof is not None
    assert of_page[0].proof.path == "messages.html#message 2"


def test_the_proof_is_the_message_as_it_stands_in_the_export() -> None:
    content = made.telegram()
    begin = content.index(b"{", content.index(b'"action": "create_channel"'))
    end = content.index(b"\n  },", begin) + 4
    assert json.loads(content[begin:end])["id"] == 2
    assert proved(reports(made.telegram([made.telegram_messages()[1]]), "result.json")[0], content[begin:end])


def test_tags_and_addresses_of_channels_below_a_message_are_residue() -> None:
    for found, _ in both():
        report = found[1]
        assert [(r.kind, report.text[slice(*r.span)]) for r in report.residue] == [("tags", "#إدلب #سوريا"), ("share", "@sample_network")]
        assert not found[0].residue


def test_a_tag_in_front_and_a_link_to_a_source_are_no_residue() -> None:
    text = [{"type": "hashtag", "text": "#عاجل"}, "\n", made.SHELLING, "\n", {"type": "link", "text": "https://example.org/1"}]
    assert not reports(made.telegram([made.message(1, text)]), "result.json")[0].residue


def test_unknown_kinds_of_messages_are_faults() -> None:
    (_, of_json), (_, of_page) = both()
    assert [str(f) for f in of_json] == ["result.json, message 11: a message of the unknown type 'unsupported'"]
    assert [str(f) for f in of_page] == ["messages.html, message 9: a message of the unknown type 'hologram clearfix'"]


def test_an_unknown_entity_is_read_and_said() -> None:
    (found, _), _ = both()
    assert found[-1].text.startswith("مجسم ")
    assert "hologram" in found[-1].notes[0].message


def test_people_are_not_named() -> None:
    message = made.message(1, made.SHELLING, forwarded_from="فلان", forwarded_from_id="user5", author="فلان", **{"from": "فلان", "from_id": "user5"})
    (report,) = reports(made.telegram([message], type="private_supergroup"), "result.json")
    assert "فلان" not in msgspec.json.encode(report).decode()


def test_an_export_of_an_account_gives_its_channels_alone() -> None:
    channel = json.loads(made.telegram([made.message(2, made.SHELLING)]))
    person = {"name": "فلان", "type": "personal_chat", "id": 5, "messages": [made.message(1, made.KILLING)]}
    account = {"about": "Here is the data you requested.", "chats": {"about": "…", "list": [person, channel]}, "left_chats": {"list": [{**channel, "id": 6}]}}
    found = told(json.dumps(account).encode(), "result.json")
    assert found == [
        "[result.json, chat 5: a personal_chat in the export of an account: only its channels and open groups are read]",
        "telegram-1122334455-2",
        "telegram-6-2",
    ]
    cut = json.dumps(account).encode()
    assert [line for line in told(cut[: cut.rindex(b'"text_entities"')], "result.json") if not line.startswith("[")] == ["telegram-1122334455-2"]


def test_an_export_that_is_cut_gives_what_is_whole() -> None:
    content = made.telegram()
    found = told(content[: content.index(b'"reply_to_message_id"')], "result.json")
    assert [line for line in found if not line.startswith("[")] == [f"telegram-1122334455-{n}" for n in (2, 3, 4, 7)]
    assert "the export ends here" in found[-1]


def test_the_escapes_of_telegram_that_json_does_not_know() -> None:
    content = made.telegram([made.message(1, "قبل"), made.message(2, "مقتل~خمسة"), made.message(3, r"\x41")]).replace(b"~", rb"\x1F")
    found = reports(content, "result.json")
    assert [r.text for r in found] == ["قبل", "مقتل\x1fخمسة", r"\x41"]


# a message, what is said of it
BAD = [
    ({"id": 1, "type": "message", "text": 5}, "no message"),
    ({"id": 1, "text": "x"}, "no message"),
    ({"type": "message", "text": "x"}, "no message"),
    ({"id": 1, "type": "message", "text": ["x", 5]}, "neither words nor an entity"),
    ({"id": 1, "type": "message", "text": [{"type": "bold"}]}, "neither words nor an entity"),
    ("hello", "no message"),
]


@pytest.mark.parametrize(("message", "said"), BAD)
def test_a_bad_message_costs_itself(message: Any, said: str) -> None:
    found = told(made.telegram([message, made.message(2, made.SHELLING)]), "result.json")
    assert said in found[0]
    assert found[1:] == ["telegram-1122334455-2"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"name": "x", "type": "public_channel", "messages": ' + b"[" * 100_000, "the export ends here"),
        (b'{"name": "x", "type": "public_channel", "messages"', "broken JSON"),
        (b'{"name": "x", "type": "public_channel", "id": 1, "messages": [' + b'{"a":' * 100_000, "the export ends here"),
        (b'{"about": "x", "chats": {"list": []}}', "an export without messages"),
    ],
)
def test_an_export_that_is_none(content: bytes, said: str) -> None:
    assert said in told(content, "result.json")[-1]


def test_pages_nested_without_measure_do_not_hang() -> None:
    content = made.telegram_page().replace(b"&amp;", b"<b>" * 100_000 + b"x", 1)
    assert len(told(content, "messages.html")) >= 5
