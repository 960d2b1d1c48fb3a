"""The layers of the encoder and the heads of the models, as PyTorch teaches them; `marsad.reading.encoder` runs them with numpy.

    python tools/net.py pretrain              teach the layers that ship to guess hidden words of unlabelled reports (writes build/encoder.pt)
    python tools/net.py pretrain teacher      the same for the larger ones of the members (build/teacher.pt)

`tools/learn.py` then teaches layers and heads together on the annotated reports. The members of `together.py`, which read unlabelled reports for the one
that ships and need not be fast, have wider layers, and attention (Vaswani et al. 2017) through which a token sees the whole report.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from corpus import HERE, SHARED, agency_texts
from multilingual import WIDTH as FAR_WIDTH
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from marsad.model import Report
from marsad.reading.encoder import CONTEXT_BEFORE, DILATIONS, form_signs, lemma_of, place_signs
from marsad.reading.reader import set_out
from marsad.reading.scene import Scene

BUILD = HERE / "build"
VECTORS = BUILD / "vectors.npz"


class Shape(NamedTuple):
    """How large layers are.

    `width`: numbers of a token's row, made by so many `strands`, which know nothing of each other; `steps`: how far each convolution reaches to either side; `attend`: in front of which of them a token sees the whole
    report; `head`: how many numbers a side of a head makes of a row; `begun`: where the layers are kept after the unlabelled lessons,
    `pace`: how fast they learn in these at the most; `far`: whether a token also brings what the encoder of `multilingual.py` makes of it.
    """

    width: int
    steps: tuple[int, ...]
    attend: tuple[int, ...]
    head: int
    begun: Path
    pace: float
    strands: int = 1
    far: bool = False


SHIPPED = Shape(256, DILATIONS, (), 128, BUILD / "encoder.pt", 3e-3, strands=2)
TEACHER = Shape(256, (1, 2, 4, 8, 16, 1), (2, 4), 96, BUILD / "teacher.pt", 1.5e-3)
FAR = SHIPPED._replace(far=True)
ATTENTIONS = 4  # heads of an attention


# --- tokens as numbers -----------------------------------------------------------------------------------------------------


@dataclass
class Tokens:
    """A report's tokens: row of the lemma, and the signs of each, flat with starts."""

    lemmas: Tensor
    signs: Tensor
    starts: Tensor
    of: Tensor | None = None  # where several reports stand behind one another: the number of the report of each token; the gaps are the last number
    names: Tensor | None = None  # which tokens are part of a name
    far: Tensor | None = None  # what the encoder of `multilingual.py` makes of each


class Found(list[tuple[str, Sequence[str]]]):
    """A report's tokens: the lemma and the signs of each, and the words as they stand."""

    words: Sequence[str] = ()


class Vocabulary:
    """Lemmas and signs with their numbers; lemma 0 is unknown, sign 0 is none, sign 1 marks a hidden word."""

    def __init__(self, words: Sequence[str], signs: Sequence[str]) -> None:
        self.words, self.signs = list(words), list(signs)
        self.row = {w: k for k, w in enumerate(words, 1)}
        self.sign = {s: k for k, s in enumerate(signs, 2)}

    def tokens(self, found: Found) -> Tokens:
        flat: list[int] = []
        starts = []
        for _, signs in found:
            starts.append(len(flat))
            flat += [k for s in signs if (k := self.sign.get(s)) is not None] or [0]
        lemmas = torch.tensor([self.row.get(w, 0) for w, _ in found])
        named = torch.tensor([any(s in _NAMED or s.startswith("actor=") for s in signs) for _, signs in found], dtype=torch.bool)
        return Tokens(lemmas, torch.tensor(flat, dtype=torch.int32), torch.tensor(starts, dtype=torch.int32), names=named)

    def spelling(self) -> Tensor:
        """Which signs say no more than how a word is spelled."""
        return torch.tensor([False, False, *(s.startswith("b=") for s in self.signs)])


_NAMED = frozenset(("place", "name"))


def told(scene: Scene) -> Found:
    """The lemma and the signs of each token."""
    lexicon, words = scene.document.lexicon, scene.document.words
    found = Found((lemma_of(form), (*form_signs(form, lexicon), *more)) for form, more in zip(scene.document.forms, place_signs(scene), strict=True))
    found.words = [words.text[a:b] for a, b in zip(words.starts, words.ends, strict=True)]
    return found


# --- layers ------------------------------------------------------------------------------------------------------------------


class Step(nn.Module):
    """A linear step of each strand: (strands, tokens, `into`) → (strands, tokens, `out`)."""

    def __init__(self, strands: int, into: int, out: int) -> None:
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.empty(strands, into, out)), nn.Parameter(torch.empty(strands, out))
        for part in (self.weight, self.bias):
            nn.init.uniform_(part, -(into**-0.5), into**-0.5)

    def forward(self, x: Tensor) -> Tensor:
        return torch.baddbmm(self.bias[:, None], x, self.weight)


class Norm(nn.Module):
    """Layer normalisation, of each strand by itself."""

    def __init__(self, strands: int, width: int) -> None:
        super().__init__()
        self.gain, self.shift = nn.Parameter(torch.ones(strands, width)), nn.Parameter(torch.zeros(strands, width))

    def forward(self, x: Tensor) -> Tensor:
        return F.layer_norm(x, x.shape[-1:]) * self.gain[:, None] + self.shift[:, None]


class Layer(nn.Module):
    def __init__(self, strands: int, width: int, step: int, drop: float) -> None:
        super().__init__()
        self.norm, self.wide, self.back = Norm(strands, width), Step(strands, 3 * width, width), Step(strands, width, width)
        self.step, self.drop = step, nn.Dropout(drop)

    def forward(self, x: Tensor) -> Tensor:
        u, s = self.norm(x), self.step
        around = torch.cat([F.pad(u, (0, 0, s, 0))[:, : x.shape[1]], u, F.pad(u, (0, 0, 0, s))[:, s:]], dim=2)
        return x + self.back(self.drop(F.relu(self.wide(around))))


class Attention(nn.Module):
    """Each token of a report asks all others of it."""

    def __init__(self, width: int, drop: float) -> None:
        super().__init__()
        self.norm, self.ask, self.back = nn.LayerNorm(width), nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.drop = nn.Dropout(drop)

    def forward(self, x: Tensor, of: Tensor | None) -> Tensor:
        count, width = x.shape
        asked = self.ask(self.norm(x)).view(count, 3, ATTENTIONS, width // ATTENTIONS).permute(1, 2, 0, 3)
        sizes = [count] if of is None else torch.unique_consecutive(of, return_counts=True)[1].tolist()
        parts = [F.scaled_dot_product_attention(*report) for report in asked.split(sizes, dim=2)]
        return x + self.back(self.drop(torch.cat(parts, 1).permute(1, 0, 2).reshape(count, width)))


@cache
def knows_short_numbers() -> bool:
    """Whether the processor multiplies numbers of sixteen bits itself: then they teach three times as fast, and else eighteen times as slowly."""
    known = Path("/proc/cpuinfo")
    return known.exists() and "bf16" in known.read_text("utf-8")


class Layers(nn.Module):
    """Tokens → rows, one strand's numbers behind the other's; `table` are the lemma vectors, which are not taught further."""

    def __init__(self, table: Tensor, signs: int, drop: float = 0.15, shape: Shape = SHIPPED) -> None:
        super().__init__()
        self.shape, width, strands = shape, shape.width, shape.strands
        each = width // strands
        self.register_buffer("table", torch.cat([torch.zeros(1, table.shape[1]), table]))
        self.by_sign = nn.EmbeddingBag(signs + 2, width, mode="sum", padding_idx=0)
        nn.init.normal_(self.by_sign.weight, std=0.05)
        self.entry, self.context = nn.Linear(table.shape[1], width), Step(strands, each, each)
        self.layers = nn.ModuleList(Layer(strands, each, step, drop) for step in shape.steps)
        self.attentions = nn.ModuleDict({str(number): Attention(each, drop) for number in shape.attend})
        self.norm, self.drop = Norm(strands, each), nn.Dropout(drop)
        self.far = nn.Sequential(nn.LayerNorm(FAR_WIDTH), nn.Dropout(drop), nn.Linear(FAR_WIDTH, width)) if shape.far else None
        self.name_drop = 0.0  # how often a token of a name is not told while heads are taught
        self.spelling = torch.zeros(signs + 2, dtype=torch.bool)

    def forward(self, tokens: Tokens, hidden: Tensor | None = None) -> Tensor:
        lemmas, signs = tokens.lemmas, tokens.signs
        if hidden is None and self.training:
            lemmas = lemmas.masked_fill(torch.rand(len(lemmas)) < 0.1, 0)
            if self.name_drop and tokens.names is not None:
                unsaid = tokens.names & (torch.rand(len(lemmas)) < self.name_drop)
                counts = torch.diff(tokens.starts.long(), append=torch.tensor([len(signs)]))
                lemmas, signs = lemmas.masked_fill(unsaid, 0), signs.masked_fill(torch.repeat_interleave(unsaid, counts) & self.spelling[signs.long()], 0)
        summed = self.by_sign(signs, tokens.starts)
        if hidden is not None:
            lemmas = lemmas.masked_fill(hidden, 0)
            summed = torch.where(hidden[:, None], self.by_sign.weight[1], summed)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training and knows_short_numbers()):
            entered = self.entry(self.table[lemmas]) + summed
            if self.far is not None and tokens.far is not None:
                entered = entered + self.far(tokens.far.float())
            apart = self.drop(entered).view(len(lemmas), self.shape.strands, -1).transpose(0, 1)
            return self._see(tokens, apart).transpose(0, 1).reshape(len(lemmas), -1).float()

    def _see(self, tokens: Tokens, x: Tensor) -> Tensor:
        for number, layer in enumerate(self.layers):
            if number == CONTEXT_BEFORE:
                if tokens.of is None:
                    x = x + F.relu(self.context(x.mean(1, keepdim=True)))
                else:
                    count = int(tokens.of.max()) + 1
                    sums = torch.zeros(len(x), count, x.shape[2]).index_add(1, tokens.of, x)
                    sizes = torch.bincount(tokens.of, minlength=count)[:, None]
                    x = x + F.relu(self.context(sums / sizes))[:, tokens.of]
            if str(number) in self.attentions:
                x = torch.stack([self.attentions[str(number)](strand, tokens.of) for strand in x])
            x = layer(x)
            if tokens.of is not None:
                x = x * (tokens.of < tokens.of.max())[:, None]  # nothing is seen across a gap
        return self.norm(x)


def begun(shape: Shape) -> dict[str, Any]:
    """The layers as the unlabelled lessons left them: `words`, `signs`, `net`."""
    found: dict[str, Any] = torch.load(shape.begun, weights_only=True)
    return found


def shipped(folder: Path) -> dict[str, Any]:
    """The layers that ship, as `begun` gives others."""
    with np.load(folder / "encoder.npz") as held:
        own = {name: held[name] for name in held.files}
    words, signs = (bytes(own[name]).decode().split("\n") for name in ("words", "signs"))
    table = torch.from_numpy(own["table"].astype(np.float32) * float(own["scale"]))
    net = Layers(table, len(signs)).state_dict()  # of the sign of a hidden word there is nothing any more, and nobody asks
    net["by_sign.weight"][2:] = torch.from_numpy(own["by_sign"].astype(np.float32))
    for part, (name, turned) in parts_of(SHIPPED).items():
        value = torch.from_numpy(own[part].astype(np.float32))
        net[name] = value.T.contiguous() if turned else value
    return {"words": words, "signs": signs, "net": net}


def parts_of(shape: Shape) -> dict[str, tuple[str, bool]]:
    """By the name of each array of `encoder.npz` that is one of the layers' weights: its name there, and whether it lies turned."""
    found = {"gain": ("norm.gain", False), "shift": ("norm.shift", False), "entry": ("entry.weight", True), "entry_bias": ("entry.bias", False)}
    found |= {"context": ("context.weight", False), "context_bias": ("context.bias", False)}
    for k in range(len(shape.steps)):
        found |= {f"{name}{k}": (f"layers.{k}.norm.{name}", False) for name in ("gain", "shift")}
        for name in ("wide", "back"):
            found |= {f"{name}{k}": (f"layers.{k}.{name}.weight", False), f"{name}_bias{k}": (f"layers.{k}.{name}.bias", False)}
    return found


# --- guessing hidden words ----------------------------------------------------------------------------------------------------


def unlabelled() -> Iterable[tuple[str, str, str | None]]:
    """(id, text, day) of every report that may be learnt from without labels."""
    for r in agency_texts().values():
        yield r["id"], r["text"], r["date"]
    for line in (SHARED / "corpus" / "quiet-2018.jsonl").open(encoding="utf-8"):
        r = json.loads(line)
        yield r["id"], r["text"], r.get("date")


def pretrain(shape: Shape = SHIPPED, epochs: int = 5, seconds: float = 3600, *, resume: bool = False) -> None:
    """Teach the layers on unlabelled reports; keeps them, with the vocabulary, where `shape` says."""
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
    net = Layers(table, len(vocabulary.signs), 0.05, shape)
    if resume:
        kept = torch.load(shape.begun, weights_only=True)
        assert kept["signs"] == vocabulary.signs and kept["words"] == words
        net.load_state_dict(kept["net"])
    guess, bias = nn.Linear(shape.width, table.shape[1]), nn.Parameter(torch.zeros(len(words) + 1))
    optimizer = torch.optim.AdamW([*net.parameters(), *guess.parameters(), bias], lr=1e-3, weight_decay=0.01)  # the schedule sets the pace
    total = epochs * (len(ready) // 6)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, shape.pace, total_steps=total + 10, pct_start=0.1)
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
        torch.save({"words": words, "signs": vocabulary.signs, "net": net.state_dict()}, shape.begun.with_suffix(".new"))
        shape.begun.with_suffix(".new").replace(shape.begun)
        if time.time() - begun > seconds:
            break


def together(held: list[Tokens]) -> Tokens:
    """Several reports behind one another, with one token of nothing at the end; a convolution sees a little of its neighbours, which does no harm here."""
    starts, moved = [], 0
    for t in held:
        starts.append(t.starts + moved)
        moved += len(t.signs)
    of = [torch.full((len(t.lemmas),), number) for number, t in enumerate(held)]
    nothing = torch.zeros(1, dtype=torch.int32)
    return Tokens(
        torch.cat([*(t.lemmas for t in held), nothing.long()]),
        torch.cat([*(t.signs for t in held), nothing]),
        torch.cat([*starts, nothing + moved]),
        torch.cat([*of, torch.tensor([len(held)])]),
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["pretrain"]:
        pretrain(TEACHER if "teacher" in sys.argv else SHIPPED, resume="resume" in sys.argv)
    else:
        sys.exit(__doc__)
