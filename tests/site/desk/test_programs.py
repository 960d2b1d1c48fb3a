"""The API as a program meets it: every answer that is described is asked for and is as described; tokens, limits, cursors, other sites' pages."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from marsad.site.desk.asking import FORM
from tests.site.desk.signed import Newsroom, newsroom

__all__ = ["newsroom"]

_REPORT = {"text": "قصف الطيران الحربي أمس مدينة سراقب، ما أدى لمقتل 4 مدنيين.", "date": "2018-06-01"}


class Program:
    """A program with a token for each scope. `ask` gives the answer, and holds it against the description."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.client = newsroom.client().client
        accounts = newsroom.desk.accounts
        self.words = {scope: accounts.token("editor1", "a test", [scope], 30, by="t") for scope in ("read", "add", "review")}
        self.told: dict[str, Any] = self.client.get("/api/v1/openapi.json").json()
        self.met: set[tuple[str, str, str]] = set()

    def ask(self, method: str, path: str, at: str, status: int, *, scope: str | None = None, query: str = "", **options: Any) -> Any:
        """Ask `at`, an address that the description calls `path`."""
        headers = {"authorization": f"Bearer {self.words.get(scope, scope)}"} if scope else {}
        made = self.client.request(method.upper(), f"/api/v1{at}{query}", headers=headers, **options)
        assert made.status_code == status, (path, made.status_code, made.text[:300])
        assert made.headers["content-type"].startswith("application/json")
        answer = self.told["paths"][path][method]["responses"][str(status)]
        schema = {**answer["content"]["application/json"]["schema"], "components": self.told["components"]}
        jsonschema.validate(made.json(), schema, cls=jsonschema.Draft202012Validator)
        self.met.add((path, method, str(status)))
        return made.json()


def test_every_answer_that_is_described_is_as_described(newsroom: Newsroom) -> None:
    program, ids, site = Program(newsroom), newsroom.incidents, newsroom.desk.site
    shelling = ids["shelling"]
    one = program.ask
    # the public part
    page = one("get", "/incidents", "/incidents", 200, query="?limit=2")
    assert page["next"]
    one("get", "/incidents", "/incidents", 200, query=f"?limit=2&cursor={page['next']}&type=shelling&q=كفرزيتا")
    for path in ("/incidents", "/counts"):
        one("get", path, path, 400, query="?since=never")
    one("get", "/changes", "/changes", 400, query="?since=x")
    one("get", "/incidents/{id}", f"/incidents/{shelling}", 200)
    one("get", "/reports/{id}", "/reports/r1", 200)
    for path in ("/incidents", "/reports"):
        one("get", f"{path}/{{id}}", f"{path}/none", 404)
    one("get", "/counts", "/counts", 200)
    changes = one("get", "/changes", "/changes", 200)
    assert {c["id"] for c in changes["changes"]} == set(ids.values())
    # the desk's
    seen = one("get", "/desk/incidents/{id}", f"/desk/incidents/{shelling}", 200, scope="read")
    assert seen["id"] == shelling
    assert one("get", "/desk/reports", "/desk/reports", 200, scope="read", query="?id=r1")["events"]
    queue = one("get", "/desk/queue", "/desk/queue", 200, scope="read", query="?limit=1")
    assert queue["total"] == len(ids)
    assert one("get", "/desk/queue", "/desk/queue", 200, scope="read", query=f"?from={queue['next']}")["incidents"][0]["id"] != queue["incidents"][0]["id"]
    one("get", "/desk/queue", "/desk/queue", 422, scope="read", query="?why=because")
    decision = {"kind": "withhold", "subject": [ids["air_strike"]], "why": "by a program"}
    assert one("post", "/desk/decisions", "/desk/decisions", 200, scope="review", json=decision)["decision"]["by"] == "editor1"
    assert one("post", "/desk/decisions", "/desk/decisions", 200, scope="review", json={**decision, "kind": "confirm", "subject": [ids["execution"]]})[
        "told"
    ] == "second_waits"  # fmt: skip
    one("post", "/desk/decisions", "/desk/decisions", 422, scope="review", json={**decision, "by": "reviewer1"})
    kept = one("get", "/desk/decisions", "/desk/decisions", 200, scope="read", query="?limit=1")
    assert kept["more"]
    assert len(one("get", "/desk/decisions", "/desk/decisions", 200, scope="read", query=f"?after={kept['next']}")["decisions"]) == 1
    one("get", "/desk/decisions", "/desk/decisions", 422, scope="read", query="?after=x")
    one("post", "/desk/reports", "/desk/reports", 200, scope="add", json=_REPORT)
    for wrong in ({**_REPORT, "id": "r1"}, {"text": ""}, {**_REPORT, "date": "never"}, []):
        one("post", "/desk/reports", "/desk/reports", 422, scope="add", json=wrong)
    for path in ("/desk/incidents/{id}", "/desk/reports"):
        one("get", path, path.replace("{id}", "none"), 404, scope="read")
    # what was withheld is gone for everybody, and they are told
    site.renew()
    assert one("get", "/incidents/{id}", f"/incidents/{ids['air_strike']}", 410)["gone"] == "withheld"
    gone = one("get", "/changes", "/changes", 200, query=f"?since={changes['next']}")["changes"]
    assert {"id": ids["air_strike"], "gone": "withheld", "forward": None} in gone
    assert len(program.client.get("/api/v1/changes").json()["changes"]) == len(ids) + 1
    report = next(c for c in one("get", "/changes", "/changes", 200, query="?kind=report")["changes"] if c["gone"])
    one("get", "/reports/{id}", f"/reports/{report['id']}", 410)
    # who may not
    for path, told in program.told["paths"].items():
        for method, operation in told.items():
            if "security" not in operation:
                continue
            at, body = path.replace("{id}", shelling), {"json": {}} if method == "post" else {}
            one(method, path, at, 401, **body)
            one(method, path, at, 401, scope="guessed", **body)
            for scope in {"read", "add", "review"} - {operation["x-scope"]}:
                one(method, path, at, 403, scope=scope, **body)
            if method == "post":
                one(method, path, at, 413, scope=operation["x-scope"], content=b"x" * (FORM + 1))
    acts = {row["act"] for row in newsroom.desk.accounts.audit(1_000)}
    assert {"token refused", "not allowed", "not taken"} <= acts
    # too often
    for path in ("/counts", "/desk/queue"):
        for _ in range(601):
            if program.client.get(f"/api/v1{path}").status_code == 429:
                break
    for path, told in program.told["paths"].items():
        for method in told:
            made = program.client.request(method.upper(), f"/api/v1{path}")
            assert int(made.headers["ratelimit-reset"]) <= 60
            one(method, path, path, 429)
    described = {(path, method, status) for path, told in program.told["paths"].items() for method, op in told.items() for status in op["responses"]}
    assert program.met == described


def test_the_description_is_one(newsroom: Newsroom) -> None:
    told = newsroom.client().get("/api/v1/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    for path, operations in told["paths"].items():
        for operation in operations.values():
            named = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
            assert named == {part[1:-1] for part in path.split("/") if part.startswith("{")}
            assert ("security" in operation) == path.startswith("/desk/")
    refs = [ref for ref in _refs(told) if ref.rpartition("/")[2] not in told["components"]["schemas"]]
    assert refs == []
    for schema in told["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def _refs(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [ref for inner in value.values() for ref in _refs(inner)]
    return [ref for inner in value for ref in _refs(inner)] if isinstance(value, list) else []


@pytest.mark.parametrize(("path", "open_"), [("/incidents", True), ("/changes?since=x", True), ("/incidents/none", True), ("/desk/queue", False)])
def test_pages_of_others_may_ask_the_public_part_alone(newsroom: Newsroom, path: str, open_: bool) -> None:
    client = newsroom.client("editor").client
    for method in ("GET", "OPTIONS"):
        made = client.request(method, f"/api/v1{path}", headers={"origin": "https://other.example", "access-control-request-method": "GET"})
        assert (made.headers.get("access-control-allow-origin") == "*") == open_, method
        assert "access-control-allow-credentials" not in made.headers
    assert client.get("/en/", headers={"origin": "https://other.example"}).headers.get("access-control-allow-origin") is None


def test_a_session_is_no_token(newsroom: Newsroom) -> None:
    """A page of another site that makes a browser ask gets nowhere: cookies do not count here."""
    client = newsroom.client("administrator").client
    assert client.get("/api/v1/desk/queue").status_code == 401
    assert client.post("/api/v1/desk/decisions", json={"kind": "confirm", "subject": ["x"], "why": "x"}).status_code == 401
