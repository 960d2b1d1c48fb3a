"""Passkeys in a real browser with an authenticator that the browser plays; and what a foe makes of a recorded answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page

from tests.site.browser import Open, Watched, follow, served
from tests.site.desk.signed import PASSWORD, Newsroom, newsroom

__all__ = ["newsroom"]

_DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def at(newsroom: Newsroom) -> Iterator[str]:
    """Where the desk is served, by a name: there are no passkeys for addresses of figures."""
    with served(newsroom.app) as found:
        yield found.replace("127.0.0.1", "localhost")


def device(page: Page) -> tuple[Any, str]:
    """An authenticator of this page, and its number."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": _DEVICE})["authenticatorId"]


def sign_in(watched: Watched, lang: str, name: str) -> Page:
    page = watched.go(f"/{lang}/desk/sign-in")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    follow(page, "main form:not([data-passkey]) button[type=submit]")
    page.wait_for_url(f"**/{lang}/desk")
    return page


def make(watched: Watched, lang: str, label: str = "a test device") -> Page:
    page = watched.go(f"/{lang}/desk/account")
    page.fill("#plabel", label)
    page.fill("#ppw", PASSWORD)
    page.click("form[data-passkey] button[type=submit]")
    page.wait_for_url("**/account?told=passkey_made")
    return page


def _audit(newsroom: Newsroom) -> list[str]:
    return [f"{row['who']} {row['act']} {row['about']}" for row in newsroom.desk.accounts.audit()]


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_passkey_is_made_used_and_taken_away(newsroom: Newsroom, opened: Open, at: str, lang: str) -> None:
    watched = opened(at=at)
    session, number = device(watched.page)
    sign_in(watched, lang, "editor1")
    page = make(watched, lang)
    assert "a test device" in page.inner_text("section:has(#h-pk)")
    assert len(session.send("WebAuthn.getCredentials", {"authenticatorId": number})["credentials"]) == 1
    follow(page, ".desk-nav form button")
    page.wait_for_url(f"**/{lang}/")
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.post_data or "") if request.url.endswith("/passkey") and request.method == "POST" else None)
    watched.go(f"/{lang}/desk/sign-in?to=/{lang}/desk/withheld")
    page.click("form[data-passkey] button[type=submit]")
    page.wait_for_url(f"{at}/{lang}/desk/withheld")  # where they wanted to go, with no name, password or code
    assert "editor1 signed in passkey" in _audit(newsroom)

    # what was sent serves once: neither in this browser nor in another
    cookies = page.context.cookies()
    before = next(c["value"] for c in cookies if c["name"] == "marsad-before")
    answer = parse_qs(posted[-1])["answer"][0]
    foe = newsroom.client()
    own = {"answer": answer, "to": ""}
    assert foe.send(f"/{lang}/desk/sign-in/passkey", on=f"/{lang}/desk/sign-in", **own).status_code == 403
    foe.client.cookies.set("marsad-before", before)
    assert foe.send(f"/{lang}/desk/sign-in/passkey", csrf=before, **own).status_code == 403
    assert any("refused passkey" in row for row in _audit(newsroom))

    watched.go(f"/{lang}/desk/account")
    follow(page, "section:has(#h-pk) li button")
    page.wait_for_url("**/account?told=passkey_ended")
    follow(page, ".desk-nav form button")
    watched.go(f"/{lang}/desk/sign-in")
    page.click("form[data-passkey] button[type=submit]")
    page.wait_for_selector("main .desk-wrong")
    assert watched.outside == []
    assert [e for e in watched.errors if "403" not in e] == []


def test_a_passkey_needs_the_password_to_be_made_and_goes_with_the_account(newsroom: Newsroom, opened: Open, at: str) -> None:
    watched = opened(at=at)
    device(watched.page)
    page = sign_in(watched, "en", "editor1")
    watched.go("/en/desk/account")
    page.fill("#ppw", "not-the-password")
    page.click("form[data-passkey] button[type=submit]")
    page.wait_for_selector("text=The password is not right")
    make(watched, "en")
    newsroom.desk.accounts.end("editor1", by="t")
    watched.go("/en/desk/sign-in")
    page.click("form[data-passkey] button[type=submit]")
    page.wait_for_selector("main .desk-wrong")
    assert page.url.endswith("/sign-in/passkey")


def test_one_that_does_not_know_its_owner_is_not_taken(opened: Open, at: str) -> None:
    watched = opened(at=at)
    session, number = device(watched.page)
    page = sign_in(watched, "en", "editor1")
    make(watched, "en")
    follow(page, ".desk-nav form button")
    session.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": False})
    watched.go("/en/desk/sign-in")
    page.click("form[data-passkey] button[type=submit]")
    watched.until("document.querySelector('[data-passkey-said]').textContent !== ''")
    assert page.url.endswith("/en/desk/sign-in")


def test_where_there_can_be_none_codes_serve(newsroom: Newsroom, opened: Open, at: str) -> None:
    without = opened(at=at, java_script_enabled=False)
    page = without.go("/ar/desk/sign-in")
    assert not page.is_visible("form[data-passkey]")
    page.fill("#name", "editor1")
    page.fill("#password", PASSWORD)
    follow(page, "main form button[type=submit]")
    page.goto(f"{at}/ar/desk/account")
    assert page.is_visible("[data-passkey-none]")
    figures = opened(at=at.replace("localhost", "127.0.0.1"))
    assert figures.go("/ar/desk/sign-in").locator("form[data-passkey]").count() == 0
    assert newsroom.client().get("/en/desk/passkey").status_code == 404


@pytest.mark.parametrize(
    "answer", ["", "{}", "x", "[]", "null", '{"id":"a","response":{"clientDataJSON":"e30"}}', '{"id":1,"response":{"clientDataJSON":"***"}}', "[" * 9_000]
)
def test_rubbish_is_no_passkey(newsroom: Newsroom, answer: str) -> None:
    made = newsroom.client().send("/en/desk/sign-in/passkey", on="/en/desk/sign-in", answer=answer, to="")
    assert made.status_code == 403
    own = newsroom.client("editor").send("/en/desk/account/passkey", answer=answer, label="x", password=PASSWORD)
    assert own.status_code == 422
    assert sum("no_passkey" in row for row in _audit(newsroom)) >= 2
