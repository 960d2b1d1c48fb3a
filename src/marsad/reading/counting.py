"""What the figures of an event's sentences count: killed, wounded, arrested … or nothing (model `count`). Whose they are is asked in `owners.py`.

A figure goes to the event that wants it most. What `counts.py` finds by rule is one sign among others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args

from marsad.arabic.letters import fold
from marsad.model import Counted as What
from marsad.reading.arguments import nearest, sentences_of
from marsad.reading.counted import are_missing, is_part, of_dead_and_wounded, others_word, what_of
from marsad.reading.denial import undone, without
from marsad.reading.encoder import lemma_of
from marsad.reading.events import FAMILY, Draft, tellers
from marsad.reading.figures import Bearing, Figure, figures_in
from marsad.reading.scene import Scene
from marsad.reading.signs import kind_of
from marsad.reading.triggers import Trigger
from marsad.reading.uncounted import KIN, KIN_FORMS, OTHERS_RULE
from marsad.reading.weights import Anchors, Asked, model

NOTHING: Final = "none"
WHATS: Final[tuple[str, ...]] = (NOTHING, *get_args(What))
_RULED: Final = 0.5  # what the rule that counts a figure adds to a doubt of the model: as right on the closed half, and plain sentences are counted


@dataclass(slots=True, eq=False)
class Bound:
    """A figure with the event that it belongs to."""

    figure: Figure
    what: str
    margin: float
    trigger: Trigger
    signs: list[str]
    owner: str = "none"


def candidates(scene: Scene, draft: Draft) -> list[Figure]:
    """The figures of an event's own sentences."""
    return [figure for sentence in sorted(sentences_of(draft)) for figure in figures_in(scene, sentence)]


def bind_all(scene: Scene, drafts: list[Draft]) -> list[list[Bound]]:
    """For each event its figures; a figure goes to the event that wants it most."""
    asked: list[Asked] = []
    whose: list[tuple[int, Figure, list[str]]] = []
    for number, draft in enumerate(drafts):
        for figure in candidates(scene, draft):
            if any(rule.trigger.harm and (undone(scene, rule.trigger) or without(scene, rule.trigger)) for rule in figure.rules):
                continue  # ولم ترد أنباء عن سقوط قتلى، دون إصابات
            signs = count_signs(scene, drafts, draft, figure)
            asked.append((signs, count_anchors(draft, figure)))
            whose.append((number, figure, signs))
    best: dict[int, tuple[int, Bound]] = {}
    order: list[Figure] = []
    for scores, (number, figure, signs) in zip(model("count").scores(scene.rows, asked), whose, strict=True):
        for rule in figure.rules:
            scores[WHATS.index(rule.what)] += _RULED
        top = max(range(len(scores)), key=scores.__getitem__)
        if not top and _lost(scene, figure):
            top = WHATS.index("missing")
        if not top:
            continue
        trigger = nearest(drafts[number], figure.sentence, figure.first)
        assert trigger is not None
        bound = Bound(figure, _said(scene, figure, WHATS[top]), scores[top] - scores[0], trigger, signs)
        if id(figure) not in best:
            order.append(figure)
        if id(figure) not in best or best[id(figure)][1].margin < bound.margin:
            best[id(figure)] = (number, bound)
    for figure, mate in _with_their_kin(scene, {f.sentence for f in order}, best):
        number, bound = best[id(mate)]
        trigger = nearest(drafts[number], figure.sentence, figure.first)
        assert trigger is not None
        best[id(figure)] = number, Bound(figure, bound.what, bound.margin, trigger, bound.signs)
        order.append(figure)
    out: list[list[Bound]] = [[] for _ in drafts]
    for figure in order:
        number, bound = best[id(figure)]
        out[number].append(bound)
    for one in out:
        one.sort(key=lambda b: b.figure.first)
    return out


def _with_their_kin(scene: Scene, sentences: set[int], best: dict[int, tuple[int, Bound]]) -> list[tuple[Figure, Figure]]:
    """Figures that nothing counts, each with one that is counted and joined to it: in «قتل رجل وزوجته وأطفاله الثلاثة» what befell the children befell them all."""
    out: list[tuple[Figure, Figure]] = []
    for sentence in sorted(sentences):
        row: list[Figure] = []
        for figure in figures_in(scene, sentence):
            if row and not _are_kin_of(scene, row[-1], figure):
                out += _row_with_one(scene, row, best)
                row = []
            row.append(figure)
        out += _row_with_one(scene, row, best)
    return out


def _row_with_one(scene: Scene, row: list[Figure], best: dict[int, tuple[int, Bound]]) -> list[tuple[Figure, Figure]]:
    """Those of a row who are not counted, each with the last one who is; none where the row is not the object of a word of harm or of capture."""
    mate = next((f for f in reversed(row) if id(f) in best), None)
    if mate is None or len(row) < 2 or not (row[0].rules or _befallen(scene, row[0])):
        return []
    return [(figure, mate) for figure in row if id(figure) not in best]


def _befallen(scene: Scene, figure: Figure) -> bool:
    """Whether a word that counts people stands right in front of a figure: استشهدت | أم وأطفالها."""
    return any(t.last == figure.first - 1 and what_of(t) for t in scene.triggers_in.get(figure.sentence, ()))


def _are_kin_of(scene: Scene, before: Figure, figure: Figure) -> bool:
    """رجل | وزوجته, زوجته | وأطفاله الثلاثة, زوجته | وثلاثة من أبنائه: joined by «و», with nothing between, and told by whose they are."""
    forms = scene.document.forms
    opener = min(figure.first, figure.noun) if figure.noun >= 0 else figure.first
    if opener != before.last + 1 or forms[opener].conjunction != "و":
        return False
    behind = forms[opener : figure.last + 3]
    told = [form for form in behind if form.noun is not None and fold(str(form.noun[0])) in KIN or form.bare in KIN_FORMS]
    return bool(told) and (bool(told[0].enclitic) or told[0].bare in KIN_FORMS)


def _said(scene: Scene, figure: Figure, what: str) -> str:
    """What the words right in front of a figure say, where the model hears something else: قتل وجرح 25; وفقد العشرات; وأسر ثالث."""
    if figure.form == OTHERS_RULE and figure.rules:
        return figure.rules[0].what
    if figure.form in ("figure", "words", "round") and what in ("killed", "wounded"):
        end = scene.document.sentences[figure.sentence].end
        if any(rule.both for rule in figure.rules) or of_dead_and_wounded(scene.document, figure.last, end):
            return "killed_or_wounded"
        if _lost(scene, figure):
            return "missing"
    if what == "wounded" and figure.low == figure.high == 1 and _died_of_it(scene, figure):
        return "killed"
    return what


def _died_of_it(scene: Scene, figure: Figure) -> bool:
    """«أطلقوا النار على سائق، ما أدى إلى مقتله»: of somebody whom no word says to be wounded it is told behind that he died."""
    behind = [t for t in scene.triggers_in.get(figure.sentence, ()) if t.harm and t.first > figure.last]
    said = any(what_of(rule.trigger) == "wounded" for rule in figure.rules if rule.trigger.harm)
    return not said and bool(behind) and behind[0].form.enclitic in ("ه", "ها") and what_of(behind[0]) == "killed"


def _lost(scene: Scene, figure: Figure) -> bool:
    """Whether the words around a figure say that its people are missing."""
    sentence = scene.document.sentences[figure.sentence]
    return figure.form in ("figure", "words", "round") and are_missing(scene.document, figure.first, figure.last, sentence.begin, sentence.end)


def count_anchors(draft: Draft, figure: Figure) -> Anchors:
    """The event's word nearest to a figure, and the figure with its noun."""
    trigger = nearest(draft, figure.sentence, figure.first)
    return [trigger.first] if trigger is not None else [], (figure.first, figure.noun if figure.noun >= 0 else figure.last)


def count_signs(scene: Scene, drafts: list[Draft], draft: Draft, figure: Figure) -> list[str]:
    """Signs for what a figure counts in an event."""
    if not figure.signs:
        figure.signs = _lasting_signs(scene, figure)
    forms = scene.document.forms
    kind = draft.kind
    trigger = nearest(draft, figure.sentence, figure.first)
    assert trigger is not None
    noun = forms[figure.noun] if figure.noun >= 0 else None
    person = noun.person if noun is not None else "no noun"
    lemma = lemma_of(noun) if noun is not None else "-"
    sort = figure.form
    own = {id(t) for t in draft.by_sentence.get(figure.sentence, ())}
    out = [*figure.signs, f"type={kind}", f"type={kind}|{person}", f"type={kind}|form={sort}", f"n={lemma}|{kind}"]
    for rule in figure.rules:
        mine = id(rule.trigger) in own
        out += (f"rule={rule.what}|{mine}", f"rule={rule.rule}|{mine}", f"rule={rule.what}|{kind}", f"rule={rule.what}|{sort}|{mine}")
    out += _way_signs(scene, draft, figure, trigger, sort, person)
    out += _bearing_signs(scene, drafts, own, figure, sort)
    return list(dict.fromkeys(out))


def _lasting_signs(scene: Scene, figure: Figure) -> tuple[str, ...]:
    """Signs of a figure that are the same for every event."""
    document = scene.document
    forms = document.forms
    part = document.sentences[figure.sentence]
    noun = forms[figure.noun] if figure.noun >= 0 else None
    person = noun.person if noun is not None else "no noun"
    sort = figure.form
    out = [f"form={sort}", f"person={person}", f"n={lemma_of(noun) if noun is not None else '-'}", f"form={sort}|{person}"]
    if not figure.rules:
        out.append("norule")
    before = forms[figure.first - 1] if figure.first > part.begin else None
    behind = forms[figure.last + 1] if figure.last + 1 < part.end else None
    if before is not None:
        out += (f"p={before.bare}", f"p={before.bare}|{sort}")
    if behind is not None:
        out += (f"f={behind.bare}", f"f={behind.bare}|{sort}")
    if noun is not None and noun.article:
        out += ("definite", f"definite|{sort}")
    if forms[figure.first].preposition:
        out.append(f"clitic={forms[figure.first].preposition}|{sort}")
    if is_part(document, figure.first, part.begin):
        out.append("part")
    if noun is not None and others_word(noun):
        out.append("others")
    if scene.voices.naming(figure.first):
        out += ("speaker", f"speaker|{sort}")
    return tuple(out)


def _way_signs(scene: Scene, draft: Draft, figure: Figure, trigger: Trigger, sort: str, person: str) -> list[str]:
    """The way between the event's nearest word and the figure."""
    shape = scene.shapes[figure.sentence]
    if figure.first > trigger.last:
        side, path = "R", shape.between(trigger.last, figure.first)
    elif figure.last < trigger.first:
        side, path = "L", shape.between(figure.last, trigger.first)
    else:
        side, path = "W", ""
    kind = kind_of(trigger)
    short = path if len(path) <= 5 else "~"
    what = what_of(trigger) or "-"
    return [
        f"{side}{short}|{what}",
        f"{side}{short}|{kind[:2]}|{sort}",
        f"{side}{min(len(path) // 2, 8)}|{what}",
        f"{side}{min(len(path) // 2, 8)}|{person}",
        f"{side}|{what}|{person}",
        f"{side}|e={trigger.key}|{person}",
        f"{side}|e={trigger.key}|{sort}",
        f"{side}|pre={shape.before(figure.first, 1)}|{sort}",
        f"{side}|{FAMILY[draft.kind]}|{'v' if 'V' in path or 'v' in path else ''}{'T' if 'T' in path else ''}{',' if ',' in path else ''}",
    ]


def _bearing_signs(scene: Scene, drafts: list[Draft], own: set[int], figure: Figure, sort: str) -> list[str]:
    """The nearest words on either side that say what befell somebody, and whether they are this event's."""
    near = figure.bearing
    if near is None:
        near = figure.bearing = _bearing(scene, figure)
    out: list[str] = []
    for side, bearing in near:
        if bearing is None:
            out.append(f"{side}=0")
            continue
        what = what_of(bearing)
        mine = id(bearing) in own
        other = not mine and any(t is bearing for t, _ in tellers(scene, drafts).get(figure.sentence, ()))
        gap = figure.first - bearing.last if side == "l" else bearing.first - figure.last
        whose = "mine" if mine else "other" if other else "nobody"
        out += (
            f"{side}={what}|{whose}",
            f"{side}={what}|{whose}|{sort}",
            f"{side}={what}|{whose}|{min(max(gap, 0) // 3, 4)}",
            f"{side}e={bearing.key}|{whose}",
        )
        if bearing.verbal:
            out.append(f"{side}={what}|{whose}|{bearing.voice}")
    (_, left), (_, right), _ = near
    out.append(f"lr={what_of(left) if left else 0}|{what_of(right) if right else 0}|{sort}")
    return out


def _bearing(scene: Scene, figure: Figure) -> Bearing:
    """The nearest words in front of a figure, behind it and in it that say what befell somebody."""
    left = right = inside = None
    for trigger in scene.triggers_in.get(figure.sentence, ()):
        if what_of(trigger) is None:
            continue
        if trigger.last < figure.first:
            left = trigger
        elif trigger.first <= figure.last:
            inside = trigger
        elif right is None:
            right = trigger
    return ("l", left), ("r", right), ("i", inside)
