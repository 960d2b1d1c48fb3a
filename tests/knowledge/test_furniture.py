"""The rules of `furniture.toml`: every example is found by its own rule, no counter-example is."""

from __future__ import annotations

import pytest

from marsad.knowledge.furniture import furniture

RULES = furniture().rules
EXAMPLES = [(number, example) for number, rule in enumerate(RULES) for example in rule.example]
COUNTER = [(number, example) for number, rule in enumerate(RULES) for example in rule.not_]


def _numbers(tokens: str) -> list[int]:
    return [furniture().number(token) for token in tokens.split()]


@pytest.mark.parametrize(("number", "tokens"), EXAMPLES, ids=[f"{RULES[n].kind}: {t}" for n, t in EXAMPLES])
def test_an_example(number: int, tokens: str) -> None:
    assert min((n for n in _numbers(tokens) if n >= 0), default=-1) == number


@pytest.mark.parametrize(("number", "tokens"), COUNTER, ids=[f"{RULES[n].kind}: {t}" for n, t in COUNTER])
def test_what_is_nothing_of_the_kind(number: int, tokens: str) -> None:
    assert number not in _numbers(tokens)


def test_every_rule_has_an_example_and_a_counter_example() -> None:
    assert [rule.kind for rule in RULES if not rule.example or not rule.not_] == []
    assert [rule.says for rule in furniture().walls if not rule.example or not rule.not_] == []
