"""Which addresses are fetched, and that the machine that was checked is the one that is connected to."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from marsad.intake.fetch import RefusedError, target_of
from marsad.intake.fetch.address import check, connected

# told, base, what is asked for
GOOD = [
    ("http://example.org", None, "http://example.org/"),
    ("HTTPS://Example.ORG:443/a?b=c#d", None, "https://example.org/a?b=c"),
    ("https://example.org:8443/a", None, "https://example.org:8443/a"),
    ("/أخبار/سوريا?س=1", "https://example.org/x/y", "https://example.org/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D8%B3%D9%88%D8%B1%D9%8A%D8%A7?%D8%B3=1"),
    ("https://مثال.إختبار/%D8%A3", None, "https://xn--mgbh0fb.xn--kgbechtv/%D8%A3"),
    ("../z", "https://example.org/x/y/", "https://example.org/x/z"),
    ("//example.net/a", "https://example.org/", "https://example.net/a"),
    ("http://8.8.8.8/", None, "http://8.8.8.8/"),
    ("https://[2606:4700::1111]/", None, "https://[2606:4700::1111]/"),
    ("  https://example.org/a b ", None, "https://example.org/a%20b"),
]


@pytest.mark.parametrize(("told", "base", "url"), GOOD, ids=[u for _, _, u in GOOD])
def test_what_is_asked_for(told: str, base: str | None, url: str) -> None:
    assert target_of(told, base).url == url


BAD = [
    "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "javascript:alert(1)", "example.org", "", "http://", "http:///x",
    "http://user:secret@example.org/", "http://localhost/", "http://printer.local/", "http://metadata.google.internal/", "http://a.localhost:8080/",
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0/", "http://[::1]/", "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::7f00:1]/", "http://169.254.169.254/latest", "http://192.168.1.1/", "http://10.1.2.3/", "http://172.20.0.1/", "http://100.64.0.1/",
    "http://0.0.0.0/", "http://224.0.0.1/", "http://[fe80::1]/", "http://[fd00:ec2::254]/", "http://example.org:22/", "http://example.org:99999/",
    "http://[::1/", "http://exa mple.org/", "https://example.org/" + "a" * 9000, "http://example.org:25/", "http://[2002:7f00:1::]/",
]  # fmt: skip


@pytest.mark.parametrize("url", BAD, ids=[u[:40] for u in BAD])
def test_what_is_refused(url: str) -> None:
    with pytest.raises(RefusedError):
        target_of(url)


def test_the_flag_for_tests_opens_no_metadata() -> None:
    for address in ("127.0.0.1", "::1", "10.0.0.1", "192.168.3.4", "172.16.0.9"):
        check(address, private=True)
    for address in ("169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "fd00:ec2::254", "100.100.100.200", "::ffff:169.254.169.254"):
        with pytest.raises(RefusedError):
            check(address, private=True)


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::1"], ["169.254.169.254"], ["::ffff:127.0.0.1"]], ids=str)
def test_a_name_with_an_address_that_is_not_public_is_refused(addresses: list[str]) -> None:
    with pytest.raises(RefusedError):
        connected("example.org", 80, 1, resolve=lambda *_: addresses)


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers with a public address first and a private one later: it is asked once."""
    asked: list[str] = []
    reached: list[Any] = []

    def rebinding(host: str, _: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34"] if len(asked) == 1 else ["127.0.0.1"]

    def connecting(address: Any, **_: Any) -> socket.socket:
        reached.append(address)
        return socket.socket()

    monkeypatch.setattr(socket, "create_connection", connecting)
    line, address = connected("rebinding.example", 80, 1, resolve=rebinding)
    line.close()
    assert (asked, reached, address) == (["rebinding.example"], [("93.184.216.34", 80)], "93.184.216.34")


def test_the_next_address_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    def connecting(address: Any, **_: Any) -> socket.socket:
        if address[0] == "93.184.216.34":
            raise ConnectionRefusedError(111, "refused")
        return socket.socket()

    monkeypatch.setattr(socket, "create_connection", connecting)
    line, address = connected("example.org", 80, 1, resolve=lambda *_: ["93.184.216.34", "93.184.216.35"])
    line.close()
    assert address == "93.184.216.35"


def test_what_is_too_long_when_it_is_encoded_is_refused() -> None:
    """So that an address which was taken once is taken again."""
    taken = target_of("https://example.org/" + "ق" * 1_300)
    assert target_of(taken.url) == taken
    with pytest.raises(RefusedError, match="an address of"):
        target_of("https://example.org/" + "ق" * 1_400)
