"""What each token means where it stands: a vector for every token of a report, made of what the earlier steps found there.

A token comes in as the vector of its lemma and as named signs (`form_signs`, `place_signs`: part of speech, clitics, tense, cues, the party, place, day or
figure that it belongs to, the events that it can tell). Five layers of convolution let it see fifteen tokens to either side and a mean of the whole report.
They do so in two strands that know nothing of each other, each of which makes half of a row (`tools/join.py`); what comes out are the rows of a `Field`. The
heads in `weights.py` read two of these rows, that of an event word and that of a mention, beside the signs that each step names itself.

The lemma vectors are skip-gram with negative sampling (Mikolov et al. 2013); the layers were first taught to guess words that were hidden in
unlabelled reports, then, with all heads together, on the annotated ones (`tools/net.py`). They ship as half-precision numbers in
`knowledge/weights/encoder.npz`.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one report is too small to be shared among threads

import numpy as np
import numpy.typing as npt

from marsad.knowledge.lexicon import Form, Lexicon
from marsad.reading import weights

if TYPE_CHECKING:
    from marsad.reading.scene import Scene

Array = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.intp]
DILATIONS: Final = (1, 2, 4, 8, 1)
CONTEXT_BEFORE: Final = 2  # the layer that is the first to see the mean of the report
_FORMS_HELD: Final = 16_000
_PLACES_HELD: Final = 6_000
"""How many forms and sets of signs are remembered, at a kilobyte each. Of a report 29 forms are new where 12,000 are remembered, 23 where 20,000 are."""
SEGMENT: Final = 2048  # tokens that are seen together; a longer report is seen in pieces


# --- signs of a token ------------------------------------------------------------------------------------------------------


def form_signs(form: Form, words: Lexicon) -> tuple[str, ...]:
    """The signs of a form wherever it stands."""
    out = [f"pos={bit}" for bit in range(17) if form.pos >> bit & 1]
    out.append(f"b={form.bare}")
    if form.conjunction:
        out.append(f"conj={form.conjunction}")
    if form.preposition:
        out.append(f"prep={form.preposition}")
    if form.article:
        out.append("article")
    if form.enclitic:
        out += ("enclitic", f"enclitic={form.enclitic}")
    if form.verb is not None:
        _, classes, tense, person, gender, number, voice = form.verb[:7]
        out += (f"tense={tense}", f"voice={voice}", f"verb={person}{gender}{number}", f"class={classes}")
    if form.noun is not None:
        _, kind, number, gender, state = form.noun[:5]
        out += (f"noun={kind}", f"number={number}", f"gender={gender}", f"state={state}")
    if form.adjective is not None:
        out.append("adjective")
    if form.person:
        out.append(f"person={form.person}")
    if form.nisba:
        out.append("nisba")
    if form.names:
        out.append("name")
    out += (f"cue={cue}" for cue in sorted(form.cues))  # in one order: the last bit of a sum hangs on it
    for number, verbal, rest in form.events:
        entry = words.events[number]
        out += (f"event={entry.key}", f"verbal={verbal}", *(f"tells={kind}" for kind in entry.types[:2]))
        if entry.harm:
            out.append(f"harm={entry.harm}")
        if entry.general:
            out.append("general")
        if rest:
            out.append("begins a phrase")
    return tuple(dict.fromkeys(out))


def place_signs(scene: Scene) -> list[list[str]]:
    """The signs that each token has from where it stands: the mentions that it belongs to, its sentence."""
    document = scene.document
    out: list[list[str]] = [[] for _ in document.forms]
    for mention in document.actors:
        for k in range(mention.head, mention.tail + 1):
            out[k].append(f"actor={mention.label}")
        out[mention.first].append(f"actor<{mention.label}")
        if mention.id and mention.label != "named":
            out[mention.first].append("listed")
        if mention.id in ("civilians", "unidentified", "protesters"):
            out[mention.first].append(f"id={mention.id}")
        if mention.back:
            out[mention.first].append("back")
    for mention in document.places:
        for k in range(mention.first, mention.last + 1):
            out[k].append("place")
        out[mention.first] += ("place<", f"place<{mention.label if mention.row >= 0 else 'cued'}")
        if mention.relation:
            out[mention.first].append(f"relation={mention.relation}")
        if mention.parent_of >= 0:
            out[mention.first].append("parent")
    for date in document.dates:
        for k in range(date.first, date.last + 1):
            out[k].append("date")
        out[date.first].append(f"date<{date.precision}")
    for trigger in scene.triggers:
        out[trigger.first] += (
            "trigger",
            f"trigger={'verb' if trigger.verbal else 'noun'}",
            f"voice<{trigger.voice}",
            *(f"may={kind}" for kind in trigger.types),
        )
        if trigger.definite:
            out[trigger.first].append("definite")
        if trigger.weak:
            out[trigger.first].append("weak")
    for counted in scene.counts:
        out[counted.first] += ("count", f"count={counted.what}")
    for voice in scene.voices.all:
        if not voice.carried:
            out[voice.opener].append("opens a voice")
            for k in range(voice.first, voice.last + 1):
                out[k].append("speaker")
    for begin, end, _ in document.silent:
        for k in range(begin, end):
            out[k].append("furniture")
    _sentence_signs(scene, out)
    return out


def _sentence_signs(scene: Scene, out: list[list[str]]) -> None:
    document = scene.document
    for number, part in enumerate(document.sentences):
        where = "headline" if number == document.headline else f"sentence{min(number - max(document.headline, 0), 6)}"
        for k in range(part.begin, part.end):
            out[k].append(where)
        if part.begin < part.end:
            out[part.begin].append("opens")
            out[part.end - 1].append("closes")


def lemma_of(form: Form) -> str:
    """The word that stands for a form in the table of vectors: the lemma of a noun or verb, else the stem."""
    if form.noun is not None:
        return str(form.noun[0])
    return str(form.verb[0]) if form.verb is not None else form.stem


# --- the layers --------------------------------------------------------------------------------------------------------------


class Layer:
    """One convolution with its normalisation and its way back: x + relu([u-, u, u+] wide + …) back.

    The gain and the shift of the normalisation are worked into `wide` and `wide_bias`. At either end of the text, where there is no u- or no u+, there is
    no shift of it either: `before` and `behind` are what the bias has too much there.
    """

    def __init__(self, held: dict[str, Array], number: int) -> None:
        gain, shift, wide = held[f"gain{number}"], held[f"shift{number}"], held[f"wide{number}"]
        width = len(gain)
        self.wide: Array = np.tile(gain, 3)[:, None] * wide
        self.before: Array = shift @ wide[:width]
        self.behind: Array = shift @ wide[2 * width :]
        self.wide_bias: Array = held[f"wide_bias{number}"] + self.before + shift @ wide[width : 2 * width] + self.behind
        self.back, self.back_bias = held[f"back{number}"], held[f"back_bias{number}"]


class Strand:
    """Layers of one width, and what ends them, for a part of each row."""

    def __init__(self, held: dict[str, Array]) -> None:
        self.layers = [Layer(held, k) for k in range(len(DILATIONS))]
        self.context, self.context_bias = held["context"], held["context_bias"]
        self.gain, self.shift = held["gain"], held["shift"]

    def see(self, x: Array, wanted: IntArray | None = None) -> Array:
        """The layers, one after another: shape (tokens, width) in and out; `x` is overwritten. The last one is worked out for the wanted tokens only."""
        count, width = x.shape
        around = np.zeros((count, 3 * width), np.float32)
        spare, inside = np.empty((2, count, width), np.float32)
        before, here, behind = around[:, :width], around[:, width : 2 * width], around[:, 2 * width :]
        for number, (layer, step) in enumerate(zip(self.layers, DILATIONS, strict=True)):
            if number == CONTEXT_BEFORE:
                x += np.maximum(x.mean(axis=0) @ self.context + self.context_bias, 0)
            _normal(x, here)
            before[:step] = 0
            before[step:] = here[:-step]
            behind[-step:] = 0
            behind[:-step] = here[step:]
            early, late = step, max(0, count - step)
            if wanted is not None and number == len(self.layers) - 1:
                early, late = np.searchsorted(wanted, (early, late)).tolist()
                whole, count = np.zeros_like(x), len(wanted)
                around, x, inside, spare = around[wanted], x[wanted], inside[:count], spare[:count]
            np.matmul(around, layer.wide, out=inside)
            inside += layer.wide_bias
            inside[:early] -= layer.before
            inside[late:] -= layer.behind
            np.maximum(inside, 0, out=inside)
            np.matmul(inside, layer.back, out=spare)
            spare += layer.back_bias
            x += spare
        _normal(x, spare)
        spare *= self.gain
        spare += self.shift
        if wanted is None:
            return spare
        whole[wanted] = spare
        return whole


_OF_ALL: Final = ("table", "by_sign", "entry", "entry_bias")
"""What stands before the strands; all other arrays of the file have an axis for them."""


class Encoder:
    """The shipped layers."""

    def __init__(self, held: dict[str, Array], words: Sequence[str], signs: Sequence[str]) -> None:
        self.rows = {word: k for k, word in enumerate(words, 1)}
        self.signs = {sign: k for k, sign in enumerate(signs)}
        self.table, self.by_sign = held["table"], held["by_sign"]
        self.entry, self.entry_bias = held["entry"], held["entry_bias"]
        self.strands = [Strand({name: held[name][k] for name in held if name not in _OF_ALL}) for k in range(len(held["gain"]))]
        self._memo: dict[str, int] = {}
        self._bank = np.zeros((_FORMS_HELD, self.width), np.float32)
        self._places: dict[tuple[str, ...], int] = {}
        self._place_bank = np.zeros((_PLACES_HELD, self.width), np.float32)

    @property
    def width(self) -> int:
        """How many numbers a token's row has."""
        return int(self.entry.shape[1])

    def form_row(self, form: Form, words: Lexicon) -> int:
        """Where the bank holds what a form brings in wherever it stands: its lemma and its signs. Memoised."""
        found = self._memo.get(form.key)
        if found is None:
            found = len(self._memo)
            known = self.signs
            signs = [k for s in form_signs(form, words) if (k := known.get(s)) is not None]
            self._bank[found] = self.table[self.rows.get(lemma_of(form), 0)] @ self.entry + self.entry_bias + self.by_sign[signs].sum(axis=0)
            self._memo[form.key] = found
        return found

    def place_row(self, signs: tuple[str, ...]) -> int:
        """Where the bank of places holds what the signs of a place bring in. Memoised: a report has about six sets that none before it had."""
        number = len(self._places)
        self._place_bank[number] = self.by_sign[[k for s in signs if (k := self.signs.get(s)) is not None]].sum(axis=0)
        self._places[signs] = number
        return number

    def encode(self, scene: Scene, wanted: Iterable[int] | None = None) -> Array:
        """A row for every token of a report: shape (tokens, `width`). Where only some tokens are wanted, the rows of others hold nothing."""
        forms = scene.document.forms
        if not forms:
            return np.zeros((0, self.width), np.float32)
        more = place_signs(scene)
        words = scene.document.lexicon
        asked = None if wanted is None else np.array(sorted(wanted), np.intp)
        pieces = []
        for begin in range(0, len(forms), SEGMENT):
            end = min(begin + SEGMENT, len(forms))
            some = None if asked is None else asked[np.searchsorted(asked, begin) : np.searchsorted(asked, end)] - begin
            entered = np.split(self._enter(forms[begin:end], more[begin:end], words), len(self.strands), axis=1)
            pieces.append(np.concatenate([strand.see(part, some) for strand, part in zip(self.strands, entered, strict=True)], axis=1))
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)

    def _enter(self, forms: Sequence[Form], more: Sequence[Sequence[str]], words: Lexicon) -> Array:
        """What goes into the layers: what each form brings in, and the signs of its place."""
        memo, places = self._memo, self._places
        if len(memo) + len(forms) > _FORMS_HELD:
            memo.clear()
        if len(places) + len(forms) > _PLACES_HELD:
            places.clear()
        rows: list[int] = []
        for form in forms:
            row = memo.get(form.key)
            rows.append(self.form_row(form, words) if row is None else row)
        where: list[int] = []
        for signs in map(tuple, more):
            place = places.get(signs)
            where.append(self.place_row(signs) if place is None else place)
        found: Array = self._bank.take(rows, axis=0)
        found += self._place_bank.take(where, axis=0)
        return found


def _normal(x: Array, out: Array) -> None:
    """Layer normalisation (Ba, Kiros, Hinton 2016), without gain and shift."""
    np.subtract(x, x @ _column(x.shape[1]), out=out)
    spread = np.einsum("ij,ij->i", out, out)
    spread /= x.shape[1]
    spread += 1e-5
    np.sqrt(spread, out=spread)
    np.reciprocal(spread, out=spread)
    out *= spread[:, None]


@cache
def _column(width: int) -> Array:
    """The column that makes means of rows of `width` numbers."""
    return np.full((width, 1), 1 / width, np.float32)


@cache
def encoder() -> Encoder:
    """The shipped encoder."""
    with np.load(io.BytesIO((weights.FOLDER / "encoder.npz").read_bytes())) as held:
        arrays = {name: held[name].astype(np.float32) for name in held.files if held[name].dtype != np.uint8}
        table = arrays["table"] * arrays.pop("scale")
        arrays["table"] = np.vstack([np.zeros((1, table.shape[1]), np.float32), table])
        arrays["by_sign"] = np.vstack([arrays["by_sign"], np.zeros((1, arrays["by_sign"].shape[1]), np.float32)])
        words, signs = (bytes(held[name]).decode().split("\n") for name in ("words", "signs"))
        return Encoder(arrays, words, signs)
