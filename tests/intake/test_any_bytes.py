"""Bytes that no program wrote, under every name; and that no file makes anything be fetched. `tests/fuzz` changes files that programs wrote."""

from __future__ import annotations

import socket

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.model import Report
from tests.fuzz.formats import FILES
from tests.intake.taken import items


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses of pictures, of document types, of entities and styles are words: no file of any format opens a connection."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for name, makers in FILES.values():
        for make in makers:
            assert any(isinstance(item, Report) for item in items(make(), name)), name


@pytest.mark.parametrize("name", sorted({name for name, _ in FILES.values()} | {"x", "x.gz", "x.tsv"}))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda t: t.encode("utf-8", "surrogatepass"))))
def test_any_bytes(name: str, content: bytes) -> None:
    items(content, name)
