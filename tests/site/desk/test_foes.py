"""What the audits of such systems find, tried on the desk: each is refused, and what was refused is written down."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from marsad.site import publish
from marsad.site.desk import pasting, totp
from marsad.site.desk.accounts import AccountError, Accounts
from marsad.site.desk.asking import FORM, own_path
from marsad.store import ACCOUNT, ARTICLE, SESSION, DeskRows
from tests.site.desk.signed import BASE, PASSWORD, Newsroom, newsroom

__all__ = ["newsroom"]

SCRIPT = '<script>alert(1)</script><img src=x onerror="alert(2)">"><svg onload=alert(3)>'


def _article(newsroom: Newsroom, **text: str) -> str:
    writer = newsroom.client("writer")
    path: str = writer.send("/en/desk/articles", incidents="").url.path
    if text:
        assert writer.send(path, act="save", **text).status_code == 200
    return path


def _acts(newsroom: Newsroom) -> list[str]:
    return [f"{row['act']} {row['about']}" for row in newsroom.desk.accounts.audit()]


# -- whose is what


def test_nobody_reads_or_changes_the_draft_of_another(newsroom: Newsroom) -> None:
    path = _article(newsroom, title_en="Mine", body_en="A secret draft.")
    other = newsroom.client()
    assert other.sign_in("writer2", PASSWORD).status_code == 200
    missing = other.get("/en/desk/articles/0000000000000000")
    for answer in (other.get(path), other.get(f"{path}/preview"), other.send(path, act="save", title_en="Yours"), other.send(f"{path}/withdraw", note="x")):
        assert answer.status_code == missing.status_code == 404
        assert "secret" not in answer.text
    assert "Mine" not in other.get("/en/desk/articles").text
    assert newsroom.client("editor").get(path).status_code == 403
    assert any(act.startswith("not allowed article") for act in _acts(newsroom))
    assert "Mine" in newsroom.client("writer").get(path).text


@pytest.mark.parametrize("role", ["reader", "editor", "reviewer", "writer", None])
def test_each_role_gets_its_own_pages_and_no_others(newsroom: Newsroom, role: str | None) -> None:
    allowed = {
        "reader": {"", "/withheld"}, "editor": {"", "/withheld", "/paste"}, "reviewer": {"", "/withheld", "/paste"}, "writer": {"", "/withheld", "/articles"},
        None: set(),
    }[role]  # fmt: skip
    browser = newsroom.client(role)
    for path in ("", "/withheld", "/paste", "/articles", "/people"):
        answer = browser.get(f"/en/desk{path}", follow_redirects=False)
        assert answer.status_code == (200 if path in allowed else 303 if role is None else 403), (role, path)
    id_ = newsroom.incidents["air_strike"]
    if role in ("reader", "writer"):
        assert browser.send(f"/en/desk/incidents/{id_}/act", act="withhold", why="no").status_code == 403
    assert not newsroom.desk.site.observatory.decisions()


@pytest.mark.parametrize(
    ("role", "path", "fields"),
    [
        ("writer", "ARTICLE", {"act": "save", "title_en": "T", "body_en": "B", "state": "published"}),
        ("writer", "ARTICLE", {"act": "save", "title_en": "T", "body_en": "B", "owner": "1", "id": "f" * 16}),
        ("writer", "ARTICLE", {"act": "save", "title_en": "T", "body_en": "B", "pins": "{}"}),
        ("writer", "/en/desk/articles", {"incidents": "", "owner": "1"}),
        ("writer", "/en/desk/account/password", {"old": PASSWORD, "new": "another-long-secret", "again": "another-long-secret", "role": "administrator"}),
        ("editor", "/en/desk/incidents/SHELLING/act", {"act": "confirm", "why": "x", "by": "reviewer1"}),
        ("editor", "/en/desk/paste", {"text": "قصف", "keep": "1", "id": "r1", "sha256": "0" * 64}),
    ],
)
def test_a_form_with_more_than_it_asks_for_is_refused(newsroom: Newsroom, role: str, path: str, fields: dict[str, str]) -> None:
    article = _article(newsroom)
    browser = newsroom.client(role)
    path = path.replace("ARTICLE", article).replace("SHELLING", newsroom.incidents["shelling"])
    assert browser.send(path, **fields).status_code == 422
    assert any(act.startswith("form refused fields that it does not have") for act in _acts(newsroom))
    with newsroom.desk.site.observatory.store.asking() as tx:
        row, account = DeskRows(tx).one(ARTICLE, id=article.rpartition("/")[2]), DeskRows(tx).one(ACCOUNT, name="writer1")
    assert row is not None
    assert account is not None
    assert (row["state"], row["slug"], row["owner"]) == ("draft", None, account["id"])
    assert account["role"] == "writer"
    assert newsroom.client().sign_in("writer1", PASSWORD).status_code == 200
    assert not newsroom.desk.site.observatory.decisions()


@pytest.mark.parametrize("role", ["reader", "editor", "reviewer", "writer"])
def test_nobody_gives_themselves_another_role(newsroom: Newsroom, role: str) -> None:
    browser = newsroom.client(role)
    for fields in ({"act": "role", "name": f"{role}1", "role": "administrator"}, {"act": "add", "name": "mine", "role": "administrator"}):
        assert browser.send("/en/desk/people", **fields).status_code == 403
    assert any(act == "not allowed keep /en/desk/people" for act in _acts(newsroom))
    assert browser.send("/en/desk/account/token", label="x", scope="keep", days="9").status_code == 422
    assert any(act.startswith("refused no_scope") for act in _acts(newsroom))
    known = {one["name"]: one["role"] for one in newsroom.desk.accounts.all()}
    assert known[f"{role}1"] == role
    assert "mine" not in known


# -- what runs in a page


def test_what_is_written_never_runs(newsroom: Newsroom) -> None:
    body = f"{SCRIPT}\n\n[a](javascript:alert(1)) [b](data:text/html,x) [c](vbscript:x) ![d](https://evil.example/pixel.png) [e](//evil.example)\n\n# {SCRIPT}"
    body += "\n\n[x](claim:inc-1/<script>) [y](incident:\"onclick=alert(1)) <a href='javascript:x'>z</a>"
    path = _article(newsroom, title_en=SCRIPT, summary_en=SCRIPT, body_en=body, byline=SCRIPT)
    writer = newsroom.client("writer")
    assert writer.send(path, act="publish", slug="foe", title_en=SCRIPT, summary_en=SCRIPT, body_en=body, byline=SCRIPT).status_code == 200
    pages = {p: newsroom.client().get(p).text for p in ("/en/special/foe", "/ar/special/foe", "/en/special", "/en/", "/en/special.rss")}
    pages |= {p: writer.get(p).text for p in (path, f"{path}/preview", "/en/desk/articles")}
    for where, page in pages.items():
        assert "<script>alert" not in page, where
        assert not re.search(r"<(img|svg)[^>]*\bon\w+", page), where
        assert not re.search(r'(?:href|src)="\s*(?:javascript|data|vbscript|//)', page, re.IGNORECASE), where
        assert "evil.example/pixel.png" not in re.sub(r"<textarea.*?</textarea>", "", page, flags=re.DOTALL) or "<img" not in page, where


def test_a_link_that_runs_something_is_none_and_is_written_down(newsroom: Newsroom) -> None:
    body = "[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html;base64,eA==) [d](//evil.example/x) [e](vbscript:x) <javascript:alert(1)>"
    path = _article(newsroom)
    writer = newsroom.client("writer")
    page = writer.send(path, act="publish", slug="links", title_en="T", body_en=body).text
    assert "no link is made of" in page
    assert any(act.startswith("link refused article") and "javascript:alert(1)" in act for act in _acts(newsroom))
    shown = newsroom.client().get("/en/special/links").text
    assert not re.search(r'href="\s*(?:javascript|data|vbscript|//)', shown, re.IGNORECASE)


def test_names_and_reasons_never_run(newsroom: Newsroom) -> None:
    editor, id_ = newsroom.client("editor"), newsroom.incidents["air_strike"]
    assert editor.send(f"/en/desk/incidents/{id_}/act", act="note", why=SCRIPT).status_code == 200
    assert "<script>alert" not in editor.get(f"/en/desk/incidents/{id_}").text
    pasted = editor.send("/en/desk/paste", text=f"قصف الطيران أمس مدينة سراقب. {SCRIPT}", title=SCRIPT, outlet=SCRIPT, url="javascript:alert(1)", keep="1")
    assert pasted.status_code == 200
    assert "<script>alert" not in pasted.text
    assert 'href="javascript' not in pasted.text
    admin = newsroom.client("administrator")
    assert admin.send("/en/desk/people", act="add", name=SCRIPT, role="editor").status_code == 422
    assert any(act.startswith("refused bad_name") for act in _acts(newsroom))
    newsroom.client().sign_in(SCRIPT, "x")
    assert "<script>alert" not in admin.get("/en/desk/people").text


def test_every_answer_forbids_what_a_page_does_not_need(newsroom: Newsroom) -> None:
    admin = newsroom.client("administrator")
    for path in ("/en/desk", "/en/desk/sign-in", "/en/special", "/en/desk/nothing", "/desk/desk.js"):
        headers = admin.get(path).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "*" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"


# -- who one is


@pytest.mark.parametrize(
    "to", [
        "https://evil.example/", "//evil.example", "/\\evil.example", "/ar/desk/../../x", "/ar/desk@evil.example",
        "javascript:x", "/ar/deskevil", "/en//evil.example",
    ],
)  # fmt: skip
def test_one_is_sent_nowhere_else_after_signing_in(newsroom: Newsroom, to: str) -> None:
    assert own_path(to, "en") == "/en/desk"
    browser = newsroom.client()
    word = browser.csrf("/en/desk/sign-in")
    form = {"csrf": word, "name": "editor1", "password": PASSWORD, "to": to}
    answer = browser.client.post("/en/desk/sign-in", data=form, headers={"origin": BASE}, follow_redirects=False)
    assert answer.headers["location"] == "/en/desk"
    assert f"way refused {to}" in _acts(newsroom)
    assert own_path("/ar/desk/incidents/inc-1?x=1", "en") == "/ar/desk/incidents/inc-1?x=1"


def test_a_session_that_a_browser_came_with_is_never_taken_over(newsroom: Newsroom) -> None:
    browser = newsroom.client()
    browser.client.cookies.set(newsroom.desk.cookie, "chosen-by-a-foe")
    assert browser.sign_in("editor1", PASSWORD).status_code == 200
    words = [c.value for c in browser.client.cookies.jar if c.name == newsroom.desk.cookie]
    assert any(word != "chosen-by-a-foe" for word in words)
    assert newsroom.desk.accounts.user("chosen-by-a-foe") is None
    first = next(w for w in words if w != "chosen-by-a-foe")
    with newsroom.desk.site.observatory.store.asking() as tx:
        held = [row["digest"] for row in DeskRows(tx).all(SESSION)]
    assert first not in held  # the store holds a hash alone
    assert any(act.startswith("session refused") for act in _acts(newsroom))


def test_sessions_end(newsroom: Newsroom) -> None:
    accounts = newsroom.desk.accounts
    signed = accounts.sign_in("editor1", PASSWORD, "", "here")
    assert signed is not None
    assert accounts.user(signed[0]) is not None
    newsroom.clock.pass_by(minutes=59)
    assert accounts.user(signed[0]) is not None
    newsroom.clock.pass_by(minutes=61)
    assert accounts.user(signed[0]) is None  # idle
    for change in (lambda: accounts.set_role("editor1", "reader", by="t"), lambda: accounts.end("editor1", by="t")):
        accounts.set_role("editor1", "editor", by="t")
        again = accounts.sign_in("editor1", PASSWORD, "", "here")
        assert again is not None
        change()
        assert accounts.user(again[0]) is None
    assert accounts.sign_in("editor1", PASSWORD, "", "here") is None


def test_a_cookie_is_for_this_site_and_no_script(newsroom: Newsroom) -> None:
    browser = newsroom.client()
    form = {"csrf": browser.csrf("/en/desk/sign-in"), "name": "editor1", "password": PASSWORD}
    answer = browser.client.post("/en/desk/sign-in", data=form, headers={"origin": BASE}, follow_redirects=False)
    cookie = next(v for v in answer.headers.get_list("set-cookie") if v.startswith(newsroom.desk.cookie))
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()


def test_nobody_learns_who_has_an_account(newsroom: Newsroom) -> None:
    def answer(name: str, password: str) -> tuple[int, str]:
        made = newsroom.client().sign_in(name, password)
        return made.status_code, re.sub(r'value="[^"]{20,}"', "", made.text)

    assert answer("editor1", "wrong") == answer("nobody-at-all", "wrong") == answer("editor1'; --", "wrong") == answer("", "")
    hashed: list[str | None] = []
    true = newsroom.desk.accounts.passwords.matches

    def counted(digest: str | None, password: str) -> bool:
        hashed.append(digest)
        return true(digest, password)

    newsroom.desk.accounts.passwords.matches = counted  # type: ignore[method-assign]
    answer("nobody-at-all", "wrong")
    assert len(hashed) == 1  # a name that nobody has costs one hash, as any other
    for name in ("nobody-at-all", "editor1", "", "*"):  # and the same look at a code
        opened: list[str] = []
        true_opened = newsroom.desk.accounts.key.opened

        def counted_opened(kept: str, about: str, seen: list[str] = opened, true: Any = true_opened) -> Any:
            seen.append(about)
            return true(kept, about)

        newsroom.desk.accounts.key.opened = counted_opened  # type: ignore[method-assign]
        answer(name, "wrong")
        newsroom.desk.accounts.key.opened = true_opened  # type: ignore[method-assign]
        assert opened == ["totp 0"], name
    rows = newsroom.desk.accounts.audit(3)
    assert {row["act"] for row in rows} == {"refused"}


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B (SHA-1), the last six figures."""
    secret = totp.secret_of(b"12345678901234567890")
    told = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"}
    assert {second: totp.code(secret, second // 30) for second in told} == told


def test_a_code_serves_once(newsroom: Newsroom) -> None:
    accounts = newsroom.desk.accounts
    signed = accounts.sign_in("editor1", PASSWORD, "", "here")
    assert signed is not None
    secret = accounts.begin_totp(signed[1])
    assert accounts.sign_in("editor1", PASSWORD, "", "here") is not None  # not asked for before it is confirmed
    with pytest.raises(AccountError):
        accounts.confirm_totp(signed[1], "000000")

    def now() -> str:
        return totp.code(secret, int(newsroom.clock.moment.timestamp()) // 30)

    accounts.confirm_totp(signed[1], now())
    assert accounts.sign_in("editor1", PASSWORD, now(), "here") is None  # it confirmed
    newsroom.clock.pass_by(seconds=60)
    assert accounts.sign_in("editor1", PASSWORD, "", "here") is None
    assert accounts.sign_in("editor1", "wrong", now(), "here") is None
    told = now()
    assert accounts.sign_in("editor1", PASSWORD, told, "here") is not None
    assert accounts.sign_in("editor1", PASSWORD, told, "here") is None
    assert _acts(newsroom)[0] == "refused a code that was used"
    newsroom.clock.pass_by(seconds=600)
    assert accounts.sign_in("editor1", PASSWORD, told, "here") is None


# -- forms


@pytest.mark.parametrize(
    ("headers", "csrf"),
    [
        ({"origin": "https://evil.example"}, None),
        ({"origin": "null"}, None),
        ({"origin": "http://127.0.0.1:9"}, None),
        ({"sec-fetch-site": "cross-site"}, None),
        ({"sec-fetch-site": "same-site"}, None),
        ({}, "of-another-session-of-another-session"),
        ({}, ""),
    ],
)
def test_a_form_of_another_site_is_refused(newsroom: Newsroom, headers: dict[str, str], csrf: str | None) -> None:
    editor, id_ = newsroom.client("editor"), newsroom.incidents["air_strike"]
    assert editor.send(f"/en/desk/incidents/{id_}/act", act="confirm", why="x", headers=headers, csrf=csrf).status_code == 403
    assert not newsroom.desk.site.observatory.decisions()
    assert any(act.startswith("form refused") for act in _acts(newsroom))


def test_a_form_is_a_form_and_not_too_large(newsroom: Newsroom) -> None:
    editor, id_ = newsroom.client("editor"), newsroom.incidents["air_strike"]
    path, word = f"/en/desk/incidents/{id_}/act", editor.csrf("/en/desk/account")
    assert editor.client.post(path, json={"csrf": word, "act": "confirm", "why": "x"}, headers={"origin": BASE}).status_code == 415
    assert editor.client.post(path, data={"csrf": word, "why": "x" * (FORM + 1)}, headers={"origin": BASE}).status_code == 413
    assert editor.send(path, act="confirm", why="x" * 3_000).status_code == 422
    large = [act for act in _acts(newsroom) if act.startswith(("form refused 413", "form refused 415", "refused too_long"))]
    assert len(large) == 3
    many = "&".join(f"f{n}=1" for n in range(1_000))
    kind = {"content-type": "application/x-www-form-urlencoded", "origin": BASE}
    assert editor.client.post(path, content=f"csrf={word}&{many}", headers=kind).status_code == 413
    assert not newsroom.desk.site.observatory.decisions()


def test_the_site_answers_to_its_names_alone(newsroom: Newsroom) -> None:
    browser = newsroom.client()
    for host in ("evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "evil.example:80", ""):
        for path in ("/en/", "/en/desk/sign-in", "/static/site.css", "/api/v1/incidents"):
            assert browser.get(path, headers={"host": host}).status_code == 421, (host, path)
    assert "host refused evil.example" in _acts(newsroom)
    assert browser.get("/en/", headers={"host": "127.0.0.1:8000"}).status_code == 200
    assert "evil" not in browser.get("/en/", headers={"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}).text


# -- files


@pytest.mark.parametrize("slug", ["../../etc/passwd", "..", ".", "a/b", "a\\b", "A", "con.", "", "a" * 81, "-a", "a%2fb", "ا", "index.html"])
def test_no_address_leads_out_of_a_published_folder(newsroom: Newsroom, slug: str, tmp_path: Path) -> None:
    path = _article(newsroom)
    answer = newsroom.client("writer").send(path, act="publish", slug=slug, title_en="T", body_en="B")
    assert answer.status_code == 422, slug
    assert any(act.startswith("refused bad_slug" if len(slug) < 81 else "refused too_long") for act in _acts(newsroom))
    if slug == "..":
        publish(newsroom.desk.site, tmp_path / "out")
        assert not list(tmp_path.rglob("*passwd*"))


def test_special_reports_are_published_and_drafts_are_not(newsroom: Newsroom, tmp_path: Path) -> None:
    path = _article(newsroom)
    writer = newsroom.client("writer")
    body = f"نص [قصف](incident:{newsroom.incidents['shelling']})"
    assert writer.send(path, act="publish", slug="a-report", title_ar="عنوان", body_ar=body).status_code == 200
    _article(newsroom, title_en="Draft-canary", body_en="Draft-canary")
    assert writer.send(path, act="save", title_ar="Later-canary", body_ar="Later-canary").status_code == 200
    newsroom.desk.site.renew()
    publish(newsroom.desk.site, tmp_path / "out")
    files = {str(p.relative_to(tmp_path / "out")): p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()}
    assert any("special/a-report" in name for name in files)
    canaries: tuple[str, ...] = ("Draft-canary", "Later-canary", "writer1", "administrator1", PASSWORD, "desk/sign-in", "argon2")
    for name, content in files.items():
        for canary in canaries:
            assert canary.encode() not in content, (name, canary)


def test_what_is_uploaded_is_taken_apart_with_limits(newsroom: Newsroom) -> None:
    editor = newsroom.client("editor")

    def upload(name: str, content: bytes) -> Any:
        data = {"csrf": editor.csrf("/en/desk/paste")}
        return editor.client.post("/en/desk/paste", data=data, files={"upload": (name, content)}, headers={"origin": BASE})

    for name in ("x.exe", "../../x.sh", "x.svg", "x.html.php", ""):
        assert upload(name or "x", b"<svg onload=alert(1)>").status_code == 422, name
    assert sum(act.startswith("refused no_such_format") for act in _acts(newsroom)) == 5
    page = "<html><body><article><p>قصفت قوات النظام بلدة كفرزيتا أمس، ما أدى لمقتل 3 مدنيين.</p><script>alert(1)</script></article></body></html>"
    answer = upload("../../../etc/x.html", page.encode())
    assert answer.status_code == 200
    assert "كفرزيتا" in answer.text
    assert "<script>alert" not in answer.text


def test_what_takes_an_upload_apart_sees_no_secrets_and_writes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A parser that a foe's file took over, played by a program in its place."""
    kept = tmp_path / "written"
    head = pasting._CONFINED.partition("sys.argv = ")[0]
    body = "import json, os\ntry:\n    with open({0!r}, 'w') as out:\n        out.write('x')\n    ok = 'wrote'\nexcept OSError:\n    ok = 'kept out'\n"
    body = body.replace("{0!r}", repr(str(kept))) + "print(json.dumps(dict(text=ok + ' ' + ' '.join(os.environ))))\n"
    monkeypatch.setattr(pasting, "_CONFINED", f"import signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n{head}{body}")
    monkeypatch.setenv("MARSAD_SECRET", "s" * 40)
    monkeypatch.setenv("MARSAD_DB", "postgresql://name:word@host/db")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    report = pasting._uploaded("x.txt", b"x")
    assert report.text.startswith("kept out")
    assert "MARSAD" not in report.text
    assert "AWS" not in report.text
    assert not kept.exists() or kept.read_bytes() == b""


# -- tokens


def test_a_token_may_no_more_than_its_owner(newsroom: Newsroom) -> None:
    accounts: Accounts = newsroom.desk.accounts
    with pytest.raises(AccountError):
        accounts.token("reader1", "", ["review"], 30, by="t")
    for wrong in ([], ["keep"], ["*"]):
        with pytest.raises(AccountError):
            accounts.token("administrator1", "", wrong, 30, by="t")
    word = accounts.token("editor1", "a script", ["read", "review"], 30, by="t")
    found = accounts.bearer(word)
    assert found is not None
    assert found[1] == {"read", "review"}
    accounts.set_role("editor1", "reader", by="t")
    found = accounts.bearer(word)
    assert found is not None
    assert found[1] == {"read"}
    newsroom.clock.pass_by(days=31)
    assert accounts.bearer(word) is None
    assert accounts.bearer("marsad_guess") is None


def test_a_token_is_shown_once(newsroom: Newsroom) -> None:
    editor = newsroom.client("editor")
    assert 'class="secret"' not in editor.get("/en/desk/account").text
    page = editor.send("/en/desk/account/token", label="a script", scope="read", days="9").text
    word = re.search(r'class="secret">(marsad_[^<]+)<', page)
    assert word is not None
    assert newsroom.desk.accounts.bearer(word.group(1)) is not None
    later = editor.get("/en/desk/account").text
    assert word.group(1) not in later
    assert "a script" in later


def test_programs_do_what_their_token_is_for(newsroom: Newsroom) -> None:
    accounts, id_ = newsroom.desk.accounts, newsroom.incidents["air_strike"]
    client = newsroom.client().client
    words = {scope: accounts.token("editor1", "", [scope], 30, by="t") for scope in ("read", "add", "review")}

    def ask(scope: str | None, method: str, path: str, body: Any = None) -> Any:
        headers = {"authorization": f"Bearer {words[scope]}"} if scope else {}
        return client.request(method, f"/api/v1/desk/{path}", json=body, headers=headers)

    decision = {"kind": "confirm", "subject": [id_], "why": "by a program"}
    report = {"text": "قصف الطيران الحربي أمس مدينة سراقب، ما أدى لمقتل 4 مدنيين.", "date": "2018-06-01"}
    for scope, status in ((None, 401), ("read", 403), ("add", 403)):
        assert ask(scope, "POST", "decisions", decision).status_code == status
    for scope, status in ((None, 401), ("add", 403), ("read", 200)):
        assert ask(scope, "GET", f"incidents/{id_}").status_code == status
    assert ask("review", "POST", "reports", report).status_code == 403
    assert ask("review", "POST", "decisions", {**decision, "by": "somebody-else"}).status_code == 422
    assert not newsroom.desk.site.observatory.decisions()
    assert ask("review", "POST", "decisions", decision).json()["decision"]["by"] == "editor1"
    assert ask("add", "POST", "reports", {**report, "id": "r1"}).status_code == 422
    assert ask("add", "POST", "reports", report).json()["events"] == 1


def test_no_formula_gets_into_a_table(newsroom: Newsroom) -> None:
    import csv
    import io

    editor = newsroom.client("editor")
    own = {"text": "قصف الطيران الحربي أمس مدينة سراقب، ما أدى لمقتل 4 مدنيين.", "date": "2018-06-01", "title": "@SUM(1)", "keep": "1"}
    assert editor.send("/en/desk/paste", **own, outlet="=HYPERLINK(1)").status_code == 200
    for path in ("/en/incidents.csv", "/en/claims.csv"):
        cells = [cell for row in csv.reader(io.StringIO(newsroom.client().get(path).text.lstrip("\ufeff"))) for cell in row]
        assert any("HYPERLINK" in cell for cell in cells) or "incidents" in path
        assert not [cell for cell in cells if cell[:1] in ("=", "@", "+") or (cell[:1] == "-" and not re.fullmatch(r"-?[0-9.]+", cell))]


def test_the_last_administrator_stays(newsroom: Newsroom) -> None:
    accounts = newsroom.desk.accounts
    accounts.end("administrator2", by="t")
    with pytest.raises(AccountError):
        accounts.set_role("administrator1", "reader", by="t")
    with pytest.raises(AccountError):
        accounts.end("administrator1", by="t")
    assert accounts.first_run() is None
