"""Weighs the signs of persons' names on annotated reports, and says which names a reader would still find in what is published.

python tools/persons.py                    score: private names that are left whole or in part, words that are masked and are no name
python tools/persons.py --show             also each of them, of the half that is worked on
python tools/persons.py --learn            weigh the signs anew from the worked half, and write `knowledge/weights/persons.npz` (a minute)
python tools/persons.py --gate             fail where a figure is worse than its limit (tests/gold/person_limits.toml)

`tests/gold/persons.csv` has the columns report, start, end, public: where persons are named in the text of a report, and whether by the words the person
holds or held an office, commands, or is otherwise public. A line without a place says that the report was read and names nobody more. A report is worked
on (`worked`) or `closed`, which is only ever counted; names in `taught` ones were marked by the reader and looked through where it was not sure: they
teach, and nothing is measured on them. The texts stay where they are.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from corpus import HERE, SHARED, agency_texts

from marsad.arabic.letters import fold
from marsad.arabic.words import Words, tokenise
from marsad.knowledge import lexicon, persons, vocabulary
from marsad.knowledge.lexicon import NAME
from marsad.release.name_places import protected
from marsad.release.name_signs import letter_parts, signs
from marsad.release.name_tokens import NameTokens
from marsad.release.names import names

GOLD = HERE / "tests" / "gold" / "persons.csv"
LIMITS = HERE / "tests" / "gold" / "person_limits.toml"
WEIGHTS = HERE / "src" / "marsad" / "knowledge" / "weights" / "persons.npz"
ROUNDS = 25
FIRST = 8  # round from which on the weights are averaged


class Named(NamedTuple):
    """Where a report names a person, and whether the person is public."""

    start: int
    end: int
    public: bool


class Read(NamedTuple):
    """A report that somebody read for names."""

    id: str
    text: str
    names: list[Named]
    half: str


def main() -> int:
    options = _options()
    if not (SHARED / "corpus").is_dir():
        print(f"persons: skipped; the annotated reports are not here ({SHARED.name}/ beside the repository, or MARSAD_SHARED)")
        return 0
    reports = read_gold(GOLD)
    if options.learn:
        learn([report for report in reports if report.half != "closed"])
        return 0
    worst = {half: score(f"{half} half", [r for r in reports if r.half == half], options.show and half == "worked") for half in ("worked", "closed")}
    return _gate(worst) if options.gate else 0


def read_gold(path: Path) -> list[Read]:
    """The annotated reports, in the order of the file."""
    texts = agency_texts()
    found: dict[str, list[Named]] = {}
    half: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["report"], [])
            half[row["report"]] = row["half"]
            if row["start"]:
                found[row["report"]].append(Named(int(row["start"]), int(row["end"]), row["public"] == "yes"))
    return [Read(id_, texts[id_]["text"], sorted(spans), half[id_]) for id_, spans in found.items()]


# -- score


def score(name: str, reports: Sequence[Read], show: bool) -> dict[str, float]:
    """Print, and give, the shares of private names left and of masked words that are no name."""
    count: Counter[str] = Counter()
    for report in reports:
        count.update(_scored(report, show))
    private, public, masked = max(1, count["private"]), max(1, count["public"]), max(1, count["masked"])
    shares = {"left": count["left"] / private, "left_in_part": count["part"] / private, "no_name": count["no name"] / masked}
    print(
        f"{name}: {len(reports)} reports, {count['words']} words; {count['private']} private names: {count['left']} left ({shares['left']:.3f}), "
        f"{count['part']} in part ({shares['left_in_part']:.3f}); {count['public']} public: {count['hidden']} masked ({count['hidden'] / public:.3f}); "
        f"{count['masked']} words masked: {count['no name']} of no name ({shares['no_name']:.3f}; {count['no name'] / max(1, count['words']) * 1000:.2f} in 1,000)"
    )
    return shares


def _scored(report: Read, show: bool) -> Counter[str]:
    words = tokenise(report.text)
    hidden = _letters((n.start, n.end) for n in names(report.text) if not n.public)
    person = _letters((n.start, n.end) for n in report.names)
    count: Counter[str] = Counter(words=len(words))
    for named in report.names:
        covered = [any(at in hidden for at in range(max(a, named.start), z)) for a, z in _tokens(words, named)]
        left = "" if all(covered) else "part" if any(covered) else "left"
        what = ("hidden" if any(covered) else "") if named.public else left
        count["public" if named.public else "private"] += 1
        count[what] += bool(what)
        if show and what:
            print(f"  {what:7} {report.id} {report.text[named.start : named.end]}")
    for a, z in zip(words.starts, words.ends, strict=True):
        if any(at in hidden for at in range(a, z)):
            count["masked"] += 1
            if not any(at in person for at in range(a, z)):
                count["no name"] += 1
                if show:
                    print(f"  no name {report.id} {report.text[a:z]}")
    return count


def _letters(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def _tokens(words: Words, named: Named) -> list[tuple[int, int]]:
    return [(a, z) for a, z in zip(words.starts, words.ends, strict=True) if z > named.start and a < named.end]


def _gate(shares: dict[str, dict[str, float]]) -> int:
    limits = tomllib.loads(LIMITS.read_text("utf-8"))
    worse = [
        f"{half} half: {what} {share:.3f}, limit {limits[half][what]}"
        for half, of in shares.items()
        for what, share in of.items()
        if share > limits[half][what]
    ]
    print("\n".join(worse))
    return 1 if worse else 0


# -- learn


def learn(reports: Sequence[Read]) -> None:
    """Weigh the letters and then the signs, and write both."""
    letters, letters_bias = _learn_letters()
    _write({}, 0.0, letters, letters_bias)
    persons.name_weights.cache_clear()
    weights, bias = _learn_signs(reports)
    _write(weights, bias, letters, letters_bias)


def _learn_letters() -> tuple[dict[str, float], float]:
    """From listed names that are no words, and from the words of the corpus that the vocabulary has and no list of names."""
    listed, table = persons.name_words(), lexicon()
    figures = {fold(word) for row in persons.figure_rows() for name in (row.name_ar, *vocabulary.names(row.names)) for word in name.split()}
    names_ = sorted(w for w in listed.given | listed.family | listed.more | figures if len(w) > 2 and not (table.form(w).noun or table.form(w).adjective))
    words: set[str] = set()
    for record in agency_texts().values():
        words.update(tokenise(record["text"]).forms)
    others = sorted(w for w in words - set(names_) if len(w) > 2 and w[0] >= "\u0620" and _is_common(w))
    rows = [sorted(letter_parts(w)) for w in (*names_, *others)]
    gold = np.array([1.0] * len(names_) + [0.0] * len(others))
    weight = np.array([len(others) / len(names_) / 2] * len(names_) + [1.0] * len(others))
    print(f"letters: {len(names_)} names, {len(others)} words")
    return _logistic(rows, gold, weight, least=3, ridge=2e-6)


def _is_common(word: str) -> bool:
    form = lexicon().form(word)
    known = form.noun or form.adjective or form.nisba or (form.verb and form.verb[1] != "-")
    return bool(known) and not form.pos & NAME


def _learn_signs(reports: Sequence[Read]) -> tuple[dict[str, float], float]:
    rows, gold = [], []
    for report in reports:
        tokens = NameTokens(report.text)
        places = protected(tokens.words, tokens.known)
        person = _letters((n.start, n.end) for n in report.names)
        rows += signs(tokens, places)
        gold += [float(any(at in person for at in range(a, z))) for a, z in zip(tokens.words.starts, tokens.words.ends, strict=True)]
    print(f"signs: {len(rows)} tokens, {int(sum(gold))} of names")
    return _logistic(rows, np.array(gold), np.ones(len(gold)), least=2, ridge=1e-5)


def _logistic(rows: Sequence[Sequence[str]], gold: Any, weight: Any, *, least: int, ridge: float) -> tuple[dict[str, float], float]:
    """Weights of a logistic regression, by AdaGrad over batches; parts that fewer than `least` rows have are left out."""
    seen = Counter(part for row in rows for part in row)
    index = {part: k for k, part in enumerate(sorted(part for part, n in seen.items() if n >= least))}
    columns = [np.array([index[part] for part in row if part in index], dtype=np.int64) for row in rows]
    total, gradients, bias = np.zeros(len(index)), np.full(len(index), 1e-6), -1.0
    mean, mean_bias = np.zeros(len(index)), 0.0
    order, chance = np.arange(len(rows)), np.random.default_rng(0)
    for done in range(ROUNDS):
        chance.shuffle(order)
        for start in range(0, len(order), 64):
            batch = order[start : start + 64]
            flat = np.concatenate([columns[i] for i in batch])
            of = np.repeat(np.arange(len(batch)), [len(columns[i]) for i in batch])
            odds = bias + np.bincount(of, total[flat], len(batch))
            wrong = (1 / (1 + np.exp(-odds)) - gold[batch]) * weight[batch]
            gradient = np.bincount(flat, wrong[of], len(index)) / len(batch) + ridge * total
            gradients += gradient**2
            total -= 0.15 * gradient / np.sqrt(gradients)
            bias -= 0.02 * float(wrong.mean())
        if done >= FIRST:  # the mean of the last rounds says less of the order in which they came
            mean, mean_bias = mean + total / (ROUNDS - FIRST), mean_bias + bias / (ROUNDS - FIRST)
    return {part: float(mean[k]) for part, k in index.items() if abs(mean[k]) >= 0.02}, mean_bias


def _write(weights: dict[str, float], bias: float, letters: dict[str, float], letters_bias: float) -> None:
    packed = io.BytesIO()
    arrays: dict[str, Any] = {"bias": np.array([bias, letters_bias], np.float32)}
    for part, table in (("signs", weights), ("letters", letters)):
        arrays[part] = np.frombuffer(json.dumps(sorted(table), ensure_ascii=False).encode(), np.uint8)
        arrays[f"{part}_weights"] = np.array([table[key] for key in sorted(table)], np.float16)
    np.savez_compressed(packed, **arrays)
    WEIGHTS.write_bytes(packed.getvalue())
    print(f"{WEIGHTS.name}: {len(weights)} signs, {len(letters)} runs of letters, {len(packed.getvalue()):,} bytes")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name in ("--show", "--learn", "--gate"):
        parser.add_argument(name, action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
