"""The layers of the encoder and the heads of the models, as PyTorch teaches them; `marsad.reading.encoder` runs them with numpy.

    python tools/net.py pretrain     teach the layers to guess hidden words of unlabelled reports (writes build/encoder.pt)

`tools/learn.py` then teaches layers and heads together on the annotated reports.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from corpus import HERE, SHARED, agency_texts
from fit import kept
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from marsad.model import Report
from marsad.reading.encoder import CONTEXT_BEFORE, DILATIONS, form_signs, lemma_of, place_signs
from marsad.reading.reader import set_out
from marsad.reading.scene import Scene
from marsad.reading.weights import Model, save

WIDTH, HEAD = 128, 64
BUILD = HERE / "build"
PRETRAINED = BUILD / "encoder.pt"
VECTORS = BUILD / "vectors.npz"


# --- tokens as numbers -----------------------------------------------------------------------------------------------------


@dataclass
class Tokens:
    """A report's tokens: row of the lemma, and the signs of each, flat with starts."""

    lemmas: Tensor
    signs: Tensor
    starts: Tensor
    of: Tensor | None = None  # where several reports stand behind one another: the number of the report of each token; the gaps are the last number


class Vocabulary:
    """Lemmas and signs with their numbers; lemma 0 is unknown, sign 0 is none, sign 1 marks a hidden word."""

    def __init__(self, words: Sequence[str], signs: Sequence[str]) -> None:
        self.words, self.signs = list(words), list(signs)
        self.row = {w: k for k, w in enumerate(words, 1)}
        self.sign = {s: k for k, s in enumerate(signs, 2)}

    def tokens(self, found: Sequence[tuple[str, Sequence[str]]]) -> Tokens:
        flat: list[int] = []
        starts = []
        for _, signs in found:
            starts.append(len(flat))
            flat += [k for s in signs if (k := self.sign.get(s)) is not None] or [0]
        lemmas = torch.tensor([self.row.get(w, 0) for w, _ in found])
        return Tokens(lemmas, torch.tensor(flat, dtype=torch.int32), torch.tensor(starts, dtype=torch.int32))


def told(scene: Scene) -> list[tuple[str, Sequence[str]]]:
    """The lemma and the signs of each token."""
    words = scene.document.lexicon
    return [(lemma_of(form), (*form_signs(form, words), *more)) for form, more in zip(scene.document.forms, place_signs(scene), strict=True)]


# --- layers ------------------------------------------------------------------------------------------------------------------


class Layer(nn.Module):
    def __init__(self, width: int, step: int, drop: float) -> None:
        super().__init__()
        self.norm, self.wide, self.back = nn.LayerNorm(width), nn.Linear(3 * width, width), nn.Linear(width, width)
        self.step, self.drop = step, nn.Dropout(drop)

    def forward(self, x: Tensor) -> Tensor:
        u, s = self.norm(x), self.step
        around = torch.cat([F.pad(u, (0, 0, s, 0))[: len(u)], u, F.pad(u, (0, 0, 0, s))[s:]], dim=1)
        return x + self.back(self.drop(F.relu(self.wide(around))))


class Layers(nn.Module):
    """Tokens → rows; `table` are the lemma vectors, which are not taught further."""

    def __init__(self, table: Tensor, signs: int, drop: float = 0.15) -> None:
        super().__init__()
        self.register_buffer("table", torch.cat([torch.zeros(1, table.shape[1]), table]))
        self.by_sign = nn.EmbeddingBag(signs + 2, WIDTH, mode="sum", padding_idx=0)
        nn.init.normal_(self.by_sign.weight, std=0.05)
        self.entry, self.context = nn.Linear(table.shape[1], WIDTH), nn.Linear(WIDTH, WIDTH)
        self.layers = nn.ModuleList(Layer(WIDTH, step, drop) for step in DILATIONS)
        self.norm, self.drop = nn.LayerNorm(WIDTH), nn.Dropout(drop)

    def forward(self, tokens: Tokens, hidden: Tensor | None = None) -> Tensor:
        lemmas, summed = tokens.lemmas, self.by_sign(tokens.signs, tokens.starts)
        if hidden is not None:
            lemmas = lemmas.masked_fill(hidden, 0)
            summed = torch.where(hidden[:, None], self.by_sign.weight[1], summed)
        elif self.training:
            lemmas = lemmas.masked_fill(torch.rand(len(lemmas)) < 0.1, 0)
        x = self.drop(self.entry(self.table[lemmas]) + summed)
        for number, layer in enumerate(self.layers):
            if number == CONTEXT_BEFORE:
                if tokens.of is None:
                    x = x + F.relu(self.context(x.mean(0)))
                else:
                    count = int(tokens.of.max()) + 1
                    sums = torch.zeros(count, x.shape[1]).index_add(0, tokens.of, x)
                    sizes = torch.bincount(tokens.of, minlength=count)[:, None]
                    x = x + F.relu(self.context(sums / sizes))[tokens.of]
            x = layer(x)
            if tokens.of is not None:
                x = x * (tokens.of < tokens.of.max())[:, None]  # nothing is seen across a gap
        return self.norm(x)


# --- guessing hidden words ----------------------------------------------------------------------------------------------------


def unlabelled() -> Iterable[tuple[str, str, str | None]]:
    """(id, text, day) of every report that may be learnt from without labels."""
    for r in agency_texts().values():
        yield r["id"], r["text"], r["date"]
    for line in (SHARED / "corpus" / "quiet-2018.jsonl").open(encoding="utf-8"):
        r = json.loads(line)
        yield r["id"], r["text"], r.get("date")


def pretrain(epochs: int = 5, seconds: float = 3600, *, resume: bool = False) -> None:
    """Teach the layers on unlabelled reports; keeps them, with the vocabulary, in `PRETRAINED`."""
    torch.manual_seed(1), random.seed(1)
    with np.load(VECTORS) as held:
        words = bytes(held["words"]).decode().split("\n")
        table = torch.tensor(held["table"].astype(np.float32) * float(held["scale"]))
    seen: Counter[str] = Counter()
    reports = []
    for id_, text, day in unlabelled():
        if len(text) < 9000:
            found = told(set_out(Report.from_text(text, id=id_, date=day)))
            seen.update(s for _, signs in found for s in signs)
            reports.append([(sys.intern(w), tuple(map(sys.intern, signs))) for w, signs in found])
    vocabulary = Vocabulary(words, sorted(s for s, n in seen.items() if n >= (60 if s.startswith("b=") else 12)))
    print(len(reports), "reports", len(vocabulary.signs), "signs", flush=True)
    ready = [t for found in reports if len((t := vocabulary.tokens(found)).lemmas) >= 20]
    del reports
    net = Layers(table, len(vocabulary.signs), 0.05)
    if resume:
        kept = torch.load(PRETRAINED, weights_only=True)
        assert kept["signs"] == vocabulary.signs and kept["words"] == words
        net.load_state_dict(kept["net"])
    guess, bias = nn.Linear(WIDTH, table.shape[1]), nn.Parameter(torch.zeros(len(words) + 1))
    optimizer = torch.optim.AdamW([*net.parameters(), *guess.parameters(), bias], lr=2e-3, weight_decay=0.01)
    total = epochs * (len(ready) // 6)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=total + 10, pct_start=0.1)
    begun, running = time.time(), []
    scaled = F.normalize(net.table, dim=1)
    for epoch in range(epochs):
        random.shuffle(ready)
        for k in range(0, len(ready) - 6, 6):
            tokens = together(ready[k : k + 6])
            hidden = (torch.rand(len(tokens.lemmas)) < 0.15) & (tokens.lemmas > 0)
            loss = F.cross_entropy(guess(net(tokens, hidden)[hidden]) @ scaled.T + bias, tokens.lemmas[hidden])
            optimizer.zero_grad(), loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step(), schedule.step()
            running.append(loss.item())
            if len(running) % 200 == 0:
                print(epoch, len(running), total, round(float(np.mean(running[-200:])), 3), round(time.time() - begun), flush=True)
            if time.time() - begun > seconds:
                break
        BUILD.mkdir(exist_ok=True)
        torch.save({"words": words, "signs": vocabulary.signs, "net": net.state_dict()}, PRETRAINED.with_suffix(".new"))
        PRETRAINED.with_suffix(".new").replace(PRETRAINED)
        if time.time() - begun > seconds:
            break


def together(held: list[Tokens]) -> Tokens:
    """Several reports behind one another; each sees a little of its neighbours, which does no harm where words are guessed."""
    starts, moved = [], 0
    for t in held:
        starts.append(t.starts + moved)
        moved += len(t.signs)
    return Tokens(torch.cat([t.lemmas for t in held]), torch.cat([t.signs for t in held]), torch.cat(starts))


# --- heads -----------------------------------------------------------------------------------------------------------------------


@dataclass
class Task:
    """A decision that is taught: its classes, prior weights by (sign, class), how strongly the weights are drawn to them, what it weighs."""

    name: str
    classes: Sequence[str]
    prior: dict[tuple[str, str], float]
    strength: float
    weight: float = 1.0
    signs: dict[str, int] = field(default_factory=dict)


@dataclass
class Batch:
    """All examples of one task in one report."""

    a: Tensor
    a_starts: Tensor
    b: Tensor
    b_starts: Tensor
    b_none: Tensor
    signs: Tensor
    sign_starts: Tensor
    labels: Tensor
    mask: Tensor
    weights: Tensor


class Head(nn.Module):
    def __init__(self, task: Task) -> None:
        super().__init__()
        count = len(task.classes)
        self.left, self.right = nn.Linear(WIDTH, HEAD), nn.Linear(WIDTH, HEAD)
        self.by_left, self.by_right, self.by_both = (nn.Linear(HEAD, count, bias=False) for _ in range(3))
        for part in (self.by_left, self.by_right, self.by_both):
            nn.init.normal_(part.weight, std=0.02)
        prior, bias = torch.zeros(len(task.signs) + 1, count), torch.zeros(count)
        number = {c: k for k, c in enumerate(task.classes)}
        for (sign, cls), value in task.prior.items():
            if sign == "bias":
                bias[number[cls]] = value
            else:
                prior[task.signs[sign], number[cls]] = value
        self.register_buffer("prior", prior)
        self.wide = nn.EmbeddingBag.from_pretrained(prior.clone(), freeze=False, mode="sum", padding_idx=0)
        self.bias = nn.Parameter(bias)
        self.drop = nn.Dropout(0.2)

    def forward(self, rows: Tensor, batch: Batch, sign_drop: float) -> Tensor:
        left = F.embedding_bag(batch.a, F.relu(self.left(rows)), batch.a_starts, mode="mean")
        right = F.embedding_bag(batch.b, F.relu(self.right(rows)), batch.b_starts, mode="mean").masked_fill(batch.b_none[:, None], 0)
        left, right = self.drop(left), self.drop(right)
        signs = batch.signs
        if self.training and sign_drop:
            signs = signs.masked_fill(torch.rand(len(signs)) < sign_drop, 0)
        return self.wide(signs, batch.sign_starts) + self.bias + self.by_left(left) + self.by_right(right) + self.by_both(left * right) + batch.mask


class Net(nn.Module):
    """The layers and a head for each task."""

    def __init__(self, layers: Layers, tasks: list[Task]) -> None:
        super().__init__()
        self.layers = layers
        self.heads = nn.ModuleDict({t.name: Head(t) for t in tasks})

    def loss(self, tokens: Tokens, batches: dict[str, Batch], tasks: dict[str, Task], sign_drop: float) -> Tensor:
        rows = self.layers(tokens)
        total = torch.zeros(())
        for name, batch in batches.items():
            each = F.cross_entropy(self.heads[name](rows, batch, sign_drop), batch.labels, reduction="none")
            total = total + tasks[name].weight * (each * batch.weights).sum()
        return total

    def away(self, tasks: dict[str, Task]) -> Tensor:
        """How far the weights by sign went from their priors, each task with its strength."""
        parts = (0.5 * t.strength * t.weight * ((self.heads[n].wide.weight - self.heads[n].prior) ** 2).sum() for n, t in tasks.items())
        return sum(parts, torch.zeros(()))


GAP = max(DILATIONS) * 2
"""Tokens of nothing between two reports that are taught together."""


def group_of(held: Sequence[tuple[Tokens, dict[str, list[Any]]]], tasks: dict[str, Task]) -> tuple[Tokens, dict[str, Batch]]:
    """Several reports behind one another, with gaps, and all their examples by task."""
    lemmas, signs, starts, of = [], [], [], []
    moved = token = 0
    by_task: dict[str, list[tuple[Any, int]]] = {}
    for number, (tokens, examples) in enumerate(held):
        count = len(tokens.lemmas)
        lemmas += [tokens.lemmas, torch.zeros(GAP, dtype=torch.long)]
        signs += [tokens.signs, torch.zeros(GAP, dtype=torch.int32)]
        starts += [tokens.starts + moved, torch.arange(GAP, dtype=torch.int32) + moved + len(tokens.signs)]
        of += [torch.full((count,), number), torch.full((GAP,), len(held))]
        for name, some in examples.items():
            by_task.setdefault(name, []).extend((e, token) for e in some)
        moved += len(tokens.signs) + GAP
        token += count + GAP
    together_ = Tokens(torch.cat(lemmas), torch.cat(signs), torch.cat(starts), torch.cat(of))
    return together_, {name: batch_of(some, tasks[name]) for name, some in by_task.items()}


def batch_of(examples: Sequence[tuple[Any, int]], task: Task) -> Batch:
    """Examples of one task, each with the place where its report begins; an example has `signs, label, allowed, weight, anchors`."""

    def bags(lists: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
        flat: list[int] = []
        starts = []
        for one in lists:
            starts.append(len(flat))
            flat += one or [0]
        return torch.tensor(flat), torch.tensor(starts)

    mask = torch.zeros(len(examples), len(task.classes))
    for k, (e, _) in enumerate(examples):
        if e.allowed is not None:
            mask[k] = -1e9
            mask[k, list(e.allowed)] = 0
    a, a_starts = bags([[x + at for x in e.anchors[0]] for e, at in examples])
    b, b_starts = bags([[x + at for x in e.anchors[1]] for e, at in examples])
    signs, sign_starts = bags([[task.signs[s] for s in dict.fromkeys(e.signs) if s in task.signs] for e, _ in examples])
    none = torch.tensor([not e.anchors[1] for e, _ in examples])
    labels, weights = torch.tensor([e.label for e, _ in examples]), torch.tensor([e.weight for e, _ in examples])
    return Batch(a, a_starts, b, b_starts, none, signs, sign_starts, labels, mask, weights)


Taught = tuple[Scene, dict[str, list[Any]]]


def teach(
    reports: list[Taught],
    tasks: list[Task],
    *,
    epochs: int = 14,
    seen: int = 3,
    seed: int = 1,
    drop: float = 0.15,
    head_drop: float = 0.2,
    sign_drop: float = 0.15,
    decay: float = 0.02,
    say: Callable[[str], None] = print,
) -> tuple[Net, Vocabulary]:
    """Teach layers and heads on reports, each with its examples by task."""
    torch.manual_seed(seed), random.seed(seed)
    kept = torch.load(PRETRAINED, weights_only=True)
    vocabulary = Vocabulary(kept["words"], kept["signs"])
    found = [told(scene) for scene, _ in reports]
    common = Counter(s for one in found for _, signs in one for s in set(signs))
    fresh = sorted(s for s, n in common.items() if n >= 8 and s not in vocabulary.sign and not s.startswith("b="))
    layers = Layers(kept["net"]["table"][1:], len(vocabulary.signs) + len(fresh), drop)
    with torch.no_grad():  # signs that are newer than the unlabelled lessons begin small
        kept["net"]["by_sign.weight"] = torch.cat([kept["net"]["by_sign.weight"], layers.by_sign.weight[len(vocabulary.signs) + 2 :] * 0.2])
    layers.load_state_dict(kept["net"])
    vocabulary = Vocabulary(vocabulary.words, [*vocabulary.signs, *fresh])
    counted: dict[str, Counter[str]] = {t.name: Counter() for t in tasks}
    for _, by_task in reports:
        for name, examples in by_task.items():
            for e in examples:
                counted[name].update(set(e.signs))
    for task in tasks:
        named = sorted({s for s, n in counted[task.name].items() if n >= seen} | {s for s, _ in task.prior if s != "bias"})
        task.signs = {s: k for k, s in enumerate(named, 1)}
    by_name = {t.name: t for t in tasks}
    ready = [(vocabulary.tokens(one), {n: ex for n, ex in by_task.items() if ex}) for one, (_, by_task) in zip(found, reports, strict=True)]
    ready = [(t, b) for t, b in ready if b and len(t.lemmas)]
    random.shuffle(ready)
    group = 10
    groups = [(len(ready[k : k + group]), *group_of(ready[k : k + group], by_name)) for k in range(0, len(ready), group)]
    net = Net(layers, tasks)
    for head in net.heads.values():
        head.drop.p = head_drop
    wide = [p for h in net.heads.values() for p in (h.wide.weight, h.bias)]
    held = {id(p) for p in wide}
    inner = [p for p in net.parameters() if id(p) not in held]
    optimizer = torch.optim.AdamW([{"params": inner, "lr": 1e-3, "weight_decay": decay}, {"params": wide, "lr": 1.5e-2, "weight_decay": 0.0}])
    steps = epochs * len(groups)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [1.2e-3, 1.5e-2], total_steps=steps, pct_start=0.15)
    net.train()
    for epoch in range(epochs):
        random.shuffle(groups)
        running = 0.0
        for count, tokens, batches in groups:
            optimizer.zero_grad()
            loss = net.loss(tokens, batches, by_name, sign_drop) + net.away(by_name) * (count / len(ready))
            loss.backward()
            nn.utils.clip_grad_norm_(inner, 20.0)
            optimizer.step(), schedule.step()
            running += loss.item()
        if epoch % 4 == 3 or epoch == epochs - 1:
            say(f"epoch {epoch + 1}: loss {running / len(ready):.2f}")
    return net.eval(), vocabulary


def export(net: Net, vocabulary: Vocabulary, tasks: list[Task], folder: Path) -> None:
    """Write the layers as `encoder.npz` and the heads, with their weights by sign, as `models.npz`."""
    layers = net.layers

    def half(x: Tensor) -> np.ndarray:
        return x.detach().numpy().astype(np.float16)

    held: dict[str, Any] = {"by_sign": half(layers.by_sign.weight[2:]), "gain": half(layers.norm.weight), "shift": half(layers.norm.bias)}
    for name in ("entry", "context"):
        held |= {name: half(getattr(layers, name).weight.T), f"{name}_bias": half(getattr(layers, name).bias)}
    for k, layer in enumerate(layers.layers):
        held |= {f"gain{k}": half(layer.norm.weight), f"shift{k}": half(layer.norm.bias)}
        for name in ("wide", "back"):
            held |= {f"{name}{k}": half(getattr(layer, name).weight.T), f"{name}_bias{k}": half(getattr(layer, name).bias)}
    table = layers.table[1:].numpy()
    scale = float(np.abs(table).max() / 127)
    held |= {"table": np.clip(np.round(table / scale), -127, 127).astype(np.int8), "scale": np.float32(scale)}
    held |= {"words": np.frombuffer("\n".join(vocabulary.words).encode(), np.uint8), "signs": np.frombuffer("\n".join(vocabulary.signs).encode(), np.uint8)}
    np.savez(folder / "encoder.npz", **held)
    models = []
    for task in tasks:
        head = net.heads[task.name]
        inner: dict[str, Any] = {}
        for name in ("left", "right"):
            inner |= {name: getattr(head, name).weight.T.detach().numpy(), f"{name}_bias": getattr(head, name).bias.detach().numpy()}
        for name in ("by_left", "by_right", "by_both"):
            inner[name] = getattr(head, name).weight.T.detach().numpy()
        weights = np.vstack([head.bias.detach().numpy()[None], head.wide.weight.detach().numpy()[1:]])
        models.append(Model(task.name, task.classes, *kept(list(task.signs), weights, 0.04), inner))
    save(folder, models)


if __name__ == "__main__":
    if sys.argv[1:2] == ["pretrain"]:
        pretrain(*map(int, sys.argv[2:3]), resume="resume" in sys.argv)
    else:
        sys.exit(__doc__)
