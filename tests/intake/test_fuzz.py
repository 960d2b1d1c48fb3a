"""A few of the inputs that nobody would write, for each parser; `make fuzz` tries many more."""

from __future__ import annotations

import random
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.intake.fuzz import TARGETS, fault_of, tries
from tests.intake.taken import items

FEW = {"pdf": 25, "sheet": 40}


@pytest.mark.parametrize("target", TARGETS)
def test_changed_files(target: str) -> None:
    for name, content in islice(tries(target, random.Random(7)), FEW.get(target, 80)):
        assert fault_of(name, content) is None


@pytest.mark.parametrize("name", sorted({name for name, _ in TARGETS.values()} | {"x", "x.gz", "x.tsv"}))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda t: t.encode("utf-8", "surrogatepass"))))
def test_any_bytes(name: str, content: bytes) -> None:
    items(content, name)
