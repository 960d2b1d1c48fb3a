"""The heads of the models and the teaching of layers and heads together, on annotated reports and on those that several models read (`together.py`)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from mean import kept
from multilingual import rows
from net import SHIPPED, TEACHER, Found, Layers, Shape, Tokens, Vocabulary, parts_of
from net import begun as net_begun
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from marsad.reading.weights import Model, save


@dataclass
class Task:
    """A decision that is taught: its classes, prior weights by (sign, class), how strongly the weights are drawn to them, what it weighs.

    `lean`: by how much less its first class (nothing) weighs when it is read than when it was taught.
    """

    name: str
    classes: Sequence[str]
    prior: dict[tuple[str, str], float]
    strength: float
    weight: float = 1.0
    lean: float = 0.0
    signs: dict[str, int] = field(default_factory=dict)


@dataclass
class Batch:
    """All examples of one task in a group of reports: the tokens that they are about on both sides (`a`, `b` point into `a_tokens`, `b_tokens`)."""

    a_tokens: Tensor
    a: Tensor
    a_starts: Tensor
    b_tokens: Tensor
    b: Tensor
    b_starts: Tensor
    b_none: Tensor
    signs: Tensor
    sign_starts: Tensor
    chances: Tensor
    mask: Tensor
    weights: Tensor


class Head(nn.Module):
    def __init__(self, task: Task, shape: Shape) -> None:
        super().__init__()
        count = len(task.classes)
        self.left, self.right = nn.Linear(shape.width, shape.head), nn.Linear(shape.width, shape.head)
        self.by_left, self.by_right, self.by_both = (nn.Linear(shape.head, count, bias=False) for _ in range(3))
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
        left, right = F.relu(self.left(rows[batch.a_tokens])), F.relu(self.right(rows[batch.b_tokens]))
        left = F.embedding_bag(batch.a, left, batch.a_starts, mode="mean")
        right = F.embedding_bag(batch.b, right, batch.b_starts, mode="mean").masked_fill(batch.b_none[:, None], 0)
        left, right = self.drop(left), self.drop(right)
        signs = batch.signs
        if self.training and sign_drop:
            signs = signs.masked_fill(torch.rand(len(signs)) < sign_drop, 0)
        return self.wide(signs, batch.sign_starts) + self.bias + self.by_left(left) + self.by_right(right) + self.by_both(left * right) + batch.mask

    def go_on_from(self, model: Model, task: Task) -> None:
        """Begin as a model that was taught before."""
        with torch.no_grad():
            for name in ("left", "right"):
                getattr(self, name).weight.copy_(torch.from_numpy(model.inner[name].astype(np.float32).T))
                getattr(self, name).bias.copy_(torch.from_numpy(model.inner[f"{name}_bias"].astype(np.float32)))
            for name in ("by_left", "by_right", "by_both"):
                getattr(self, name).weight.copy_(torch.from_numpy(model.inner[name].astype(np.float32).T))
            self.bias.copy_(torch.from_numpy(model.bias.astype(np.float32)))
            self.bias[0] += task.lean  # which `export` takes away
            for sign, row in model.known.items():
                self.wide.weight[task.signs[sign]] = torch.from_numpy(model.matrix[row].astype(np.float32))


class Net(nn.Module):
    """The layers and a head for each task."""

    def __init__(self, layers: Layers, tasks: list[Task]) -> None:
        super().__init__()
        self.layers = layers
        self.heads = nn.ModuleDict({t.name: Head(t, layers.shape) for t in tasks})

    def loss(self, tokens: Tokens, batches: dict[str, Batch], tasks: dict[str, Task], sign_drop: float) -> Tensor:
        rows = self.layers(tokens)
        total = torch.zeros(())
        for name, batch in batches.items():
            each = F.cross_entropy(self.heads[name](rows, batch, sign_drop), batch.chances, reduction="none")
            total = total + tasks[name].weight * (each * batch.weights).sum()
        return total

    def away(self, tasks: dict[str, Task]) -> Tensor:
        """How far the weights by sign went from their priors, each task with its strength."""
        parts = (0.5 * t.strength * t.weight * ((self.heads[n].wide.weight - self.heads[n].prior) ** 2).sum() for n, t in tasks.items())
        return sum(parts, torch.zeros(()))


GAP = 2 * max(*SHIPPED.steps, *TEACHER.steps)
"""Tokens of nothing between two reports that are taught together: twice as far as a convolution reaches at the most."""


def group_of(held: Sequence[tuple[Tokens, dict[str, list[Any]]]], tasks: dict[str, Task]) -> tuple[Tokens, dict[str, Batch]]:
    """Several reports behind one another, with gaps, and all their examples by task."""
    lemmas, signs, starts, of, names, far = [], [], [], [], [], []
    moved = token = 0
    by_task: dict[str, list[tuple[Any, int]]] = {}
    for number, (tokens, examples) in enumerate(held):
        count = len(tokens.lemmas)
        lemmas += [tokens.lemmas, torch.zeros(GAP, dtype=torch.long)]
        signs += [tokens.signs, torch.zeros(GAP, dtype=torch.int32)]
        starts += [tokens.starts + moved, torch.arange(GAP, dtype=torch.int32) + moved + len(tokens.signs)]
        of += [torch.full((count,), number), torch.full((GAP,), len(held))]
        names += [torch.zeros(count, dtype=torch.bool) if tokens.names is None else tokens.names, torch.zeros(GAP, dtype=torch.bool)]
        if tokens.far is not None:
            far += [tokens.far, torch.zeros(GAP, tokens.far.shape[1], dtype=tokens.far.dtype)]
        for name, some in examples.items():
            by_task.setdefault(name, []).extend((e, token) for e in some)
        moved += len(tokens.signs) + GAP
        token += count + GAP
    together_ = Tokens(torch.cat(lemmas), torch.cat(signs), torch.cat(starts), torch.cat(of), torch.cat(names), torch.cat(far) if far else None)
    return together_, {name: batch_of(some, tasks[name]) for name, some in by_task.items()}


def batch_of(examples: Sequence[tuple[Any, int]], task: Task) -> Batch:
    """Examples of one task, each with the place where its report begins; an example has `signs, label, allowed, weight, anchors`, perhaps `chances`."""

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
    chances = F.one_hot(torch.tensor([e.label for e, _ in examples]), len(task.classes)).float()
    for k, (e, _) in enumerate(examples):
        if e.chances is not None:
            chances[k] = torch.from_numpy(e.chances)
    weights = torch.tensor([e.weight for e, _ in examples])
    (a_tokens, a), (b_tokens, b) = torch.unique(a, return_inverse=True), torch.unique(b, return_inverse=True)
    return Batch(a_tokens, a, a_starts, b_tokens, b, b_starts, none, signs, sign_starts, chances, mask, weights)


Taught = tuple[Found, dict[str, list[Any]]]
"""A report's tokens as `told` gives them, and its examples by task."""
Group = tuple[int, Tokens, dict[str, Batch]]
GROUP = 10  # reports that are taught together


def teach(
    reports: list[Taught],
    tasks: list[Task],
    shared: Sequence[Taught] = (),
    *,
    shape: Shape = SHIPPED,
    begun: dict[str, Any] | None = None,
    heads: dict[str, Model] | None = None,
    pace: float = 1.0,
    epochs: int = 10,
    seen: int = 3,
    seed: int = 1,
    drop: float = 0.15,
    head_drop: float = 0.2,
    sign_drop: float = 0.15,
    name_drop: float = 0.1,
    decay: float = 0.02,
    average: float = 0.998,
    share: float = 0.6,
    say: Callable[[str], None] = print,
) -> tuple[Net, Vocabulary]:
    """Teach layers and heads on reports, each with its examples by task; `shared` are unlabelled ones with what several models think of them together.

    `begun`: the layers to go on from, by default those that the unlabelled lessons left; `heads`: the models to go on from, by default none;
    `pace`: how fast, a small one for what was taught before.
    Of these an epoch takes a `share`, another one each time. What is kept is a running mean of the weights over the last 1/(1 - `average`) steps or so (Polyak, Juditsky 1992).
    """
    torch.manual_seed(seed), random.seed(seed)
    layers, vocabulary = _begun(reports, drop, shape, begun or net_begun(shape))
    layers.name_drop, layers.spelling = name_drop, vocabulary.spelling()
    _name_signs(tasks, reports, shared, seen, heads or {})
    by_name = {t.name: t for t in tasks}
    groups = _groups(reports, vocabulary, by_name, far=shape.far)
    more = [(0, *group) for _, *group in _groups(shared, vocabulary, by_name, far=shape.far)]
    net = Net(layers, tasks)
    for name, head in net.heads.items():
        head.drop.p = head_drop
        if heads:
            head.go_on_from(heads[name], by_name[name])
    wide = [p for h in net.heads.values() for p in (h.wide.weight, h.bias)]
    held = {id(p) for p in wide}
    inner = [p for p in net.parameters() if id(p) not in held]
    optimizer = torch.optim.AdamW([{"params": inner, "weight_decay": decay}, {"params": wide, "weight_decay": 0.0}])
    taken = int(share * len(more))
    steps = epochs * (len(groups) + taken)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [1.2e-3 * pace, 1.5e-2 * pace], total_steps=steps, pct_start=0.15)
    count, mean, step = sum(group[0] for group in groups), {k: v.clone() for k, v in net.state_dict().items()}, 0
    net.train()
    for epoch in range(epochs):
        now = [*groups, *random.sample(more, taken)]
        random.shuffle(now)
        running = 0.0
        for size, tokens, batches in now:
            optimizer.zero_grad()
            loss = net.loss(tokens, batches, by_name, sign_drop) + net.away(by_name) * (size / count)
            loss.backward()
            nn.utils.clip_grad_norm_(inner, 20.0)
            optimizer.step(), schedule.step()
            running += loss.item()
            step += 1
            if step % 4 == 0:
                _near(mean, net, min(average**4, step / (step + 20)))
        say(f"epoch {epoch + 1}: loss {running / count:.2f}")
    net.load_state_dict(mean)
    return net.eval(), vocabulary


def _begun(reports: Sequence[Taught], drop: float, shape: Shape, kept: dict[str, Any]) -> tuple[Layers, Vocabulary]:
    """The layers as they are to begin, with signs that are newer than these."""
    vocabulary = Vocabulary(kept["words"], kept["signs"])
    common = Counter(s for found, _ in reports for _, signs in found for s in set(signs))
    fresh = sorted(s for s, n in common.items() if n >= 8 and s not in vocabulary.sign and not s.startswith("b="))
    layers = Layers(kept["net"]["table"][1:], len(vocabulary.signs) + len(fresh), drop, shape)
    with torch.no_grad():  # signs that are newer than the unlabelled lessons begin small
        kept["net"]["by_sign.weight"] = torch.cat([kept["net"]["by_sign.weight"], layers.by_sign.weight[len(vocabulary.signs) + 2 :] * 0.2])
    layers.load_state_dict(kept["net"], strict=not shape.far)
    return layers, Vocabulary(vocabulary.words, [*vocabulary.signs, *fresh])


OFTEN = 30
"""How often the readers together must see a sign that annotated reports hardly have."""


def _name_signs(tasks: Sequence[Task], reports: Sequence[Taught], shared: Sequence[Taught], seen: int, heads: dict[str, Model]) -> None:
    """Give each task the signs that it learns: those that its examples have often enough, those with a prior, and those that its model knows already."""
    for task in tasks:
        own, far = (Counter(s for _, by_task in some for e in by_task.get(task.name, ()) for s in set(e.signs)) for some in (reports, shared))
        named = {s for s, n in own.items() if n >= seen} | {s for s, n in far.items() if n >= OFTEN} | {s for s, _ in task.prior if s != "bias"}
        named.update(heads[task.name].known if heads else ())
        task.signs = {s: k for k, s in enumerate(sorted(named), 1)}


def _groups(reports: Sequence[Taught], vocabulary: Vocabulary, by_name: dict[str, Task], *, far: bool) -> list[Group]:
    """The reports in groups that are taught together, in an order of no meaning; `far`: with what the multilingual encoder makes of their words."""
    ready = [(vocabulary.tokens(found), {n: ex for n, ex in by_task.items() if ex}) for found, by_task in reports]
    if far:
        for (tokens, _), row in zip(ready, rows([found.words for found, _ in reports]), strict=True):
            tokens.far = torch.from_numpy(row)
    ready = [(t, b) for t, b in ready if b and len(t.lemmas)]
    random.shuffle(ready)
    return [(len(some), *group_of(some, by_name)) for some in (ready[k : k + GROUP] for k in range(0, len(ready), GROUP))]


def _near(mean: dict[str, Tensor], net: Net, keep: float) -> None:
    """Draw the mean towards the weights as they are now."""
    with torch.no_grad():
        for name, value in net.state_dict().items():
            if value.is_floating_point():
                mean[name].lerp_(value, 1 - keep)


def export(net: Net, vocabulary: Vocabulary, tasks: list[Task], folder: Path) -> None:
    """Write the layers as `encoder.npz`, those of a member as `layers.pt`, and the heads, with their weights by sign, as `models.npz`."""
    if net.layers.shape == SHIPPED:
        _export_layers(net.layers, vocabulary, folder)
    else:
        torch.save({"words": vocabulary.words, "signs": vocabulary.signs, "net": net.layers.state_dict()}, folder / "layers.pt")
    models = []
    for task in tasks:
        head = net.heads[task.name]
        inner: dict[str, Any] = {}
        for name in ("left", "right"):
            inner |= {name: getattr(head, name).weight.T.detach().numpy(), f"{name}_bias": getattr(head, name).bias.detach().numpy()}
        for name in ("by_left", "by_right", "by_both"):
            inner[name] = getattr(head, name).weight.T.detach().numpy()
        first = np.eye(1, len(task.classes), dtype=np.float32)
        weights = np.vstack([head.bias.detach().numpy()[None] - task.lean * first, head.wide.weight.detach().numpy()[1:]])
        models.append(Model(task.name, task.classes, *kept(list(task.signs), weights), inner))
    save(folder, models)


def _export_layers(layers: Layers, vocabulary: Vocabulary, folder: Path) -> None:
    """Write the layers that ship, for numpy."""

    def half(x: Tensor) -> np.ndarray:
        return x.detach().numpy().astype(np.float16)

    net = layers.state_dict()
    held: dict[str, Any] = {"by_sign": half(layers.by_sign.weight[2:])}
    held |= {part: half(net[name].T if turned else net[name]) for part, (name, turned) in parts_of(layers.shape).items()}
    table = layers.table[1:].numpy()
    scale = float(np.abs(table).max() / 127)
    held |= {"table": np.clip(np.round(table / scale), -127, 127).astype(np.int8), "scale": np.float32(scale)}
    held |= {"words": np.frombuffer("\n".join(vocabulary.words).encode(), np.uint8), "signs": np.frombuffer("\n".join(vocabulary.signs).encode(), np.uint8)}
    np.savez(folder / "encoder.npz", **held)
