"""What several models decide together on reports that nobody annotated: lessons for the one that ships.

Models that were taught with different seeds err in different places; the mean of what they say is nearer to the truth than what any of them says
(Hinton, Vinyals, Dean 2015). `read_together` lets them read unlabelled reports as one reader, step after step, and keeps every decision that was asked
with the mean of their probabilities. `tools/learn.py` teaches the shipped model on these beside the annotated reports. There are few such reports, so
they read besides reports that are made of those of the working half (`bench.variants`): sentences of several, with other towns, names, figures and days.
Annotated reports of the closed half, and those of the shared gold, are never among them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import torch
from corpus import SHARED, agency_texts, annotated, closed_half
from fit import Example
from mean import models_in
from multilingual import rows as far_rows
from net import SHIPPED, TEACHER, Found, Layers, Vocabulary, shipped, told

from bench.variants import base_of, variant
from marsad.model import Report
from marsad.reading import arguments, counting, events, linking, manner, owners, reader, setting, weights
from marsad.reading.scene import Scene
from marsad.reading.weights import Anchors, Asked, Field

LENGTHS = (300, 6000)  # letters of a report that teaches
PLAIN = 3.0  # the margin of a page that is plainly about a conflict
FORGOTTEN = ("extent",)  # decisions asked in a way that says nothing of what else could have been
_ASKING = (events, linking, arguments, setting, counting, owners, manner)  # the modules that ask models


class Rows:
    """The tokens' rows as each member sees them."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self.fields = list(fields)


class Together:
    """Several models of one kind of decision that answer as one (the mean of their scores), and a note of all that was asked."""

    def __init__(self, name: str, members: Sequence[weights.Model]) -> None:
        self.name, self.members = name, list(members)
        self.weight = 1.0
        self.noted: list[Example] = []
        self.allowed: list[Sequence[int]] = []  # the classes open to each of the next decisions; empty: all
        self._leans: tuple[np.ndarray, list[Anchors], int] | None = None

    def forget(self) -> None:
        self.noted, self.allowed, self._leans = [], [], None

    def scores(self, rows: Rows, asked: Iterable[Asked]) -> list[list[float]]:
        held = list(asked)
        if not held:
            return []
        each = np.stack([np.array(m.scores(f, held), np.float32) for m, f in zip(self.members, rows.fields, strict=True)])
        for k, (signs, anchors) in enumerate(held):
            self._note(signs, anchors, each[:, k], self.allowed[k] if self.allowed else None)
        found: list[list[float]] = each.mean(axis=0).tolist()
        return found

    def yes(self, rows: Rows, asked: Iterable[Asked]) -> list[float]:
        return [float(yes - no) for no, yes in self.scores(rows, asked)]

    def prepare(self, rows: Rows, tokens: Sequence[int]) -> None:
        """Nothing: it saves time only."""

    def lean(self, rows: Rows, anchors: Sequence[Anchors]) -> np.ndarray:
        each = np.stack([m.lean(f, anchors) for m, f in zip(self.members, rows.fields, strict=True)])
        self._leans = each, list(anchors), 0
        found: np.ndarray = each.mean(axis=0)
        return found

    def wides(self, each: Sequence[Iterable[str]]) -> np.ndarray:
        """Like `wide`, for several decisions at once."""
        found: np.ndarray = np.stack([self.wide(signs) for signs in each])
        return found

    likeliest = weights.Model.likeliest

    def wide(self, signs: Iterable[str]) -> np.ndarray:
        """Asked once for each of the decisions that `lean` was asked for, in their order."""
        held = list(signs)
        wide = np.stack([m.wide(held) for m in self.members])
        assert self._leans is not None
        each, anchors, at = self._leans
        self._leans = each, anchors, at + 1
        self._note(held, anchors[at], each[:, at] + wide, self.allowed[0] if self.allowed else None)
        found: np.ndarray = wide.mean(axis=0)
        return found

    def _note(self, signs: Iterable[str], anchors: Anchors, each: np.ndarray, allowed: Sequence[int] | None) -> None:
        if allowed is not None:
            shut = np.full(each.shape[1], -1e9, np.float32)
            shut[list(allowed)] = 0
            each = each + shut
        each = np.exp(each - each.max(axis=1, keepdims=True))
        chances = (each / each.sum(axis=1, keepdims=True)).mean(axis=0)
        self.noted.append(Example(tuple(signs), int(chances.argmax()), allowed, self.weight, anchors, chances.astype(np.float32)))


class Member:
    """The layers of a member, or those that ship, as PyTorch runs them."""

    def __init__(self, folder: Path) -> None:
        own = folder / "layers.pt"
        kept = torch.load(own, weights_only=True) if own.exists() else shipped(folder)
        self.vocabulary = Vocabulary(kept["words"], kept["signs"])
        net = kept["net"]
        shape = (SHIPPED if len(net["norm.gain"]) == SHIPPED.strands else TEACHER)._replace(far="far.0.weight" in net)
        self.layers = Layers(net["table"][1:], len(kept["signs"]), shape=shape)
        self.layers.load_state_dict(kept["net"])
        self.layers.eval()

    def encode(self, found: Found) -> np.ndarray:
        """A row for each token."""
        tokens = self.vocabulary.tokens(found)
        if self.layers.far is not None:
            tokens.far = torch.from_numpy(far_rows([found.words])[0])
        with torch.no_grad():
            rows: np.ndarray = self.layers(tokens).numpy()
        return rows


def load(folder: Path) -> tuple[Member, dict[str, weights.Model]]:
    """The layers and the models that lie in a folder."""
    return Member(folder), models_in(folder)


def unlabelled() -> list[dict[str, Any]]:
    """The reports that may be read: not annotated, not of the shared gold, and of what would be closed by its id one in four is kept aside, to be
    annotated one day without any model having seen it; in an order of no meaning."""
    known = {x.record["id"] for x in annotated()}
    known |= {r["id"] for r in json.loads((SHARED / "gold" / "agency.gold.json").read_text("utf-8"))}
    least, most = LENGTHS
    found = [r for r in agency_texts().values() if r["id"] not in known and not _kept_aside(r["id"]) and least < len(r["text"]) < most]
    return sorted(found, key=lambda r: hashlib.sha256(f"u{r['id']}".encode()).digest())


def _kept_aside(id_: str) -> bool:
    return closed_half(id_) and hashlib.sha256(f"aside {id_}".encode()).digest()[0] % 4 == 0


@contextmanager
def _asking(together: dict[str, Together]) -> Iterator[None]:
    """While it lasts the reading asks the members together."""
    page = weights.model("page")
    patches = [mock.patch.object(module, "model", lambda name: page if name == "page" else together[name]) for module in _ASKING]
    opened = owners.open_owners

    def open_owners(*given: Any) -> dict[str, str | None]:
        found = opened(*given)
        together["whose"].allowed = [[owners.OWNERS.index(name) for name in found]]
        return found

    for patch in (*patches, mock.patch.object(owners, "open_owners", open_owners)):
        patch.start()
    try:
        yield
    finally:
        mock.patch.stopall()


def made_of_others(count: int) -> Iterator[dict[str, Any]]:
    """So many reports made of those of the working half and of the unlabelled ones, each with sentences of several; the same each time."""
    records = [x.record for x in annotated() if not x.closed] + unlabelled()
    reports = (Report.from_text(r["text"], id=r["id"], date=r.get("date"), outlet=r.get("source") or r.get("outlet")) for r in records)
    among = tuple(base for base in (base_of(report) for report in reports if report.date is not None) if base.is_long)
    for number in range(count):
        record = variant(number, among)
        yield {**record, "source": record["outlet"]}


def read_together(
    folders: Sequence[Path], most: int, weight: float, say: Callable[[str], None] = print, made: int = 0
) -> list[tuple[Found, dict[str, list[Example]]]]:
    """The tokens of up to `most` unlabelled reports, and of `made` that are made of others, with all decisions that the members of the folders made on
    each together, and what these weigh."""
    members = [load(folder) for folder in folders]
    together = {name: Together(name, [models[name] for _, models in members]) for name in members[0][1] if name != "page"}
    for one in together.values():
        one.weight = weight
    records = [*unlabelled()[:most], *made_of_others(made)]  # these are read by what ships, before the members are asked
    out: list[tuple[Found, dict[str, list[Example]]]] = []
    with _asking(together):
        for number, record in enumerate(records):
            if number % 1000 == 0:
                say(f"{number} reports read together, {len(out)} tell events")
            scene = reader.set_out(Report.from_text(record["text"], id=record["id"], date=record["date"], outlet=record["source"]))
            found = told(scene)
            if _read(scene, found, [layers for layers, _ in members], together):
                out.append((found, {name: one.noted for name, one in together.items() if one.noted and name not in FORGOTTEN}))
    return out


def _read(scene: Scene, found: Found, layers: Sequence[Member], together: dict[str, Together]) -> bool:
    """Read a report; whether it tells an event."""
    if not scene.triggers or min(page.margin for page in events.pages_of(scene)) < PLAIN:
        return False
    for one in together.values():
        one.forget()
    scene.rows = Rows([Field(one.encode(found)) for one in layers])  # type: ignore[assignment]
    together["trigger"].allowed = [events.allowed(trigger) for trigger in scene.triggers]
    drafts = linking.link(scene, events.decide(scene))
    drafts.sort(key=lambda d: min(t.trigger.first for t in d.told))
    if drafts:
        reader.fill_in_all(scene, drafts)
    return bool(drafts)
