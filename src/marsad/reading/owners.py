"""Whose the people of a figure are: civilians, a party that its words name, a party of its event, or those of the figure before.

counts_for   an event's bound figures (`counting.py`) as counts, each with an id of the list of actors where that is known      (model `whose`)
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from marsad.arabic.letters import fold
from marsad.knowledge.lexicon import ADJECTIVE, CLOSED, COMPLEMENT, EVENT, NOUN, PUNCTUATION, RELATIVE, VERB, Form
from marsad.knowledge.wordlists import words
from marsad.reading.arguments import sentences_of
from marsad.reading.counted import NOUN_SAYS, OF_THEM, OTHERS, Counted, is_part, of_them, others_word, who_of
from marsad.reading.counting import Bound
from marsad.reading.document import Mention
from marsad.reading.encoder import lemma_of
from marsad.reading.events import Draft
from marsad.reading.figures import Figure
from marsad.reading.forces import ORDINALS
from marsad.reading.identity import RANKS
from marsad.reading.parties import PERSON_IDS
from marsad.reading.party_names import bare_stem, has_article
from marsad.reading.roles import Part
from marsad.reading.scene import Scene
from marsad.reading.weights import Anchors, model

OWNERS: Final = ("none", "civilians", "inside", "target", "initiator", "before", "participant")
OF_STATES: Final = words("counts.of_states")
OF_GROUPS: Final = words("counts.of_groups")
_GROUPS: Final = ("insurgent", "militia")  # kinds of actors
_UNLISTED: Final = ("group", "insurgent", "militia", "coalition")  # sorts of parties
_NOBODYS: Final = ("civilians", "unidentified")  # civilians are asked for by themselves, and whoever shot unknown has no people who are counted
_WHO: Final = 6  # tokens behind the counted noun in which its party is looked for


def inside_of(scene: Scene, figure: Figure) -> Mention | None:
    """The listed party that the words of a figure name: عنصرا من قسد, جنود أتراك, مقاتلي الحركة, ومن البيشمركة خمسة."""
    forms = scene.document.forms
    if figure.noun < 0 and not forms[figure.first].conjunction:  # من رجال الشرطة | وأربعة من أفراد الجيش
        for mention in scene.actors_in.get(figure.sentence, ()):
            first = min(mention.head, mention.first)
            if mention.id and mention.last + 1 == figure.first and first > 0 and forms[first - 1].bare == "من":
                return mention
    part = scene.document.sentences[figure.sentence]
    start = figure.noun if figure.noun >= 0 else figure.last
    end = min(part.end, start + _WHO)
    for k in range(start + 1, end):
        form = forms[k]
        if form.conjunction and form.person and forms[k - 1].person and not form.article and not forms[k - 1].article:
            continue  # عناصر وضباط الحرس
        if form.conjunction or form.pos & (RELATIVE | COMPLEMENT) or (form.pos & PUNCTUATION and form.text not in '"«»()“”'):
            end = k
            break
        fired = "agent.fire" in form.cues  # برصاص قسد
        if fired or (form.pos & (VERB | EVENT) and (not form.pos & (NOUN | ADJECTIVE) or (forms[k - 1].text == "في" and not form.person))):
            end = k
            break  # … في القصف الإسرائيلي
    held = [m for m in scene.actors_in.get(figure.sentence, ()) if m.id and m.head <= max(start, m.first) and start <= m.last and m.first < end]
    others = [m for m in held if m.id not in ("civilians", "unidentified")]
    return others[0] if others else held[0] if held else None


def owner_anchors(bound: Bound) -> Anchors:
    """The event's word and the noun of the figure."""
    return (bound.trigger.first,), (bound.figure.noun if bound.figure.noun >= 0 else bound.figure.first,)


def owner_signs(scene: Scene, draft: Draft, bound: Bound, parts: list[Part], before: str | None) -> list[str]:
    """Signs for whose the people of a figure are."""
    figure = bound.figure
    forms = scene.document.forms
    noun = forms[figure.noun] if figure.noun >= 0 else None
    person = noun.person if noun is not None else "no noun"
    inside = inside_of(scene, figure)
    own = "0" if inside is None else "civilians" if inside.id == "civilians" else "id"
    held = "".join(sorted({p.role[:1] for p in parts if p.mention.id and p.mention.id != "civilians"}))
    hit = any(p.mention.id == "civilians" for p in parts)
    kind = draft.kind
    lemma = lemma_of(noun) if noun is not None else "-"
    out = [
        f"inside={own}",
        f"inside={own}|{person}",
        f"person={person}",
        f"person={person}|{kind}",
        f"n={lemma}",
        f"n={lemma}|{bound.what}",
        f"type={kind}",
        f"what={bound.what}",
        f"what={bound.what}|{kind}",
        f"held={held}",
        f"held={held}|{person}",
        f"held={held}|{hit}|{kind}",
        f"hit={hit}|{person}",
        f"before={'civilians' if before == 'civilians' else 'id' if before else '0'}",
        f"before={'civilians' if before == 'civilians' else 'id' if before else '0'}|{person}",
        f"form={figure.form}|{person}",
    ]
    if noun is not None and others_word(noun):
        out += ("others", f"others|before={'civilians' if before == 'civilians' else 'id' if before else '0'}")
    if _nation_of(scene, figure):
        out += ("nation", f"nation|{person}")
    of = _of_whom(scene, figure)
    if of:
        out += (f"of={of}", f"of={of}|inside={own}")
    for rule in figure.rules:
        out.append(f"rule={'civilians' if rule.who_id == 'civilians' else 'id' if rule.who_id else rule.who_label}")
    return out


def _of_whom(scene: Scene, figure: Figure) -> str:
    """What sort of word tells whose a figure without a noun is: أربعة من الحراس, ستة منهم; empty where none does."""
    document = scene.document
    forms, at = document.forms, figure.last + 1
    if figure.noun >= 0 or at >= document.sentences[figure.sentence].end:
        return ""
    if forms[at].text != "من":
        return "them" if forms[at].bare in OF_THEM else ""
    behind = at + 1
    if behind >= document.sentences[figure.sentence].end:
        return ""
    return forms[behind].person or ("party" if document.parties_at.get(behind) else "word")


def open_owners(scene: Scene, bound: Bound, parts: list[Part], before: str | None) -> dict[str, str | None]:
    """The owners that can be asked, each with its id."""
    out: dict[str, str | None] = {"none": None, "civilians": _civilians(scene, bound.figure)}
    if bound.figure.noun >= 0 and bare_stem(scene.document.forms[bound.figure.noun]) in _DOERS:
        return {"none": None}
    nation = _nation_of(scene, bound.figure)
    inside = inside_of(scene, bound.figure)
    if inside is not None and _is_of(scene, bound.figure, inside):
        return {"civilians": out["civilians"]} if inside.id == "civilians" else {"inside": inside.id}
    own = _told_by_pronoun(scene, bound.figure) if inside is None else None
    if own is not None and _may_be(scene, own, nation):
        return {"inside": own}
    if inside is not None and inside.id and inside.id not in _NOBODYS and _may_be(scene, inside.id, nation):
        out["inside"] = inside.id
    barred = _barred(scene, bound.figure)
    if inside is None and _is_of_strangers(scene, bound.figure):
        parts = [part for part in parts if part.role != "initiator"]
        before = before if any(part.mention.id == before for part in parts) else None
    if barred == _GROUPS or _is_officer(scene, bound.figure):
        del out["civilians"]
    for part in parts:
        id_ = part.mention.id
        if part.role == "initiator" and _fired(scene, part.mention):
            continue
        if id_ and id_ not in _NOBODYS and part.role in OWNERS and _may_be(scene, id_, nation) and _kind_of(scene, id_) not in barred:
            out.setdefault(part.role, id_)
    if before and before not in _NOBODYS and _may_be(scene, before, nation) and _kind_of(scene, before) not in barred:
        out["before"] = before
    return out


def _told_by_pronoun(scene: Scene, figure: Figure) -> str | None:
    """«نعت سرايا القدس | ثلاثة من مقاتليها … مع قوة إسرائيلية»: the one listed party that stands before people who are told as its own; None where there are several."""
    forms, at = scene.document.forms, figure.noun
    if at < 0 and figure.last + 2 < len(forms) and forms[figure.last + 1].text == "من":
        at = figure.last + 2
    if at < 0 or forms[at].enclitic not in _ITS or forms[at].person not in _ITS_MEN:
        return None
    before = {m.id for m in scene.actors_in.get(figure.sentence, ()) if m.id and m.id not in _NOBODYS and m.last < figure.first}
    return before.pop() if len(before) == 1 else None


_ITS: Final = ("ه", "ها", "هم")
_ITS_MEN: Final = ("fighter", "official")


def _fired(scene: Scene, party: Mention) -> bool:
    """«قتل محمد العلي برصاص قسد»: whose fire it was is not whose man he was."""
    first = min(party.head, party.first)
    return first > scene.document.sentences[party.sentence].begin and "agent.fire" in scene.document.forms[first - 1].cues


def without_speakers(scene: Scene, draft: Draft, bounds: list[Bound], parts: list[Part]) -> list[Part]:
    """The parties of an event without whoever only tells it: in «أعلن الجيش مقتل عشرين من عناصر التنظيم» the army was not hit, for those who were are others."""
    struck = [inside_of(scene, bound.figure) for bound in bounds]
    others = {party.id for party in struck if party is not None and party.id not in _NOBODYS}
    if not struck or len(others) != 1 or any(party is None or party.id not in others for party in struck):
        return parts
    if not any(part.role == "target" and part.mention.id in others for part in parts):
        return parts
    return [part for part in parts if part.role != "target" or part.mention.id in others or not _only_speaks(scene, draft, part.mention)]


def with_own_men(scene: Scene, draft: Draft, bounds: list[Bound], parts: list[Part]) -> list[Part]:
    """The parties of an event of which one tells that its own men were hit in it: «أعلنت قسد مقتل أربعة من مقاتليها في قصف تركي» made her the doer."""
    hit = {_told_by_pronoun(scene, bound.figure) for bound in bounds if bound.what in _HURT}
    others = any(part.role == "initiator" and part.mention.id not in hit for part in parts)
    return [
        replace(part, role="target") if others and part.role == "initiator" and part.mention.id in hit and _only_speaks(scene, draft, part.mention) else part
        for part in parts
    ]


def _only_speaks(scene: Scene, draft: Draft, party: Mention) -> bool:
    """Whether every mention of a party in the sentences of an event is of a speaker."""
    named = [m for s in sentences_of(draft) for m in scene.actors_in.get(s, ()) if m.id == party.id]
    return party.id is not None and bool(named) and all(scene.voices.naming(m.first) for m in named)


def with_the_named(scene: Scene, bounds: list[Bound], parts: list[Part]) -> list[Part]:
    """The parties of an event of which nobody is told to be hit, and whom it killed or hurt by name: «قتل محمد العلي برصاص قسد»."""
    if any(part.role in ("target", "participant") for part in parts):
        return parts
    named = {bound.figure.first: bound.figure for bound in bounds if bound.figure.form == "named" and bound.what in _HURT and bound.figure.rules}
    held = {(part.mention.first, part.mention.last) for part in parts}
    found = [m for k in named for m in scene.actors_in.get(named[k].sentence, ()) if m.first == k and m.label == "named" and m.holds is None]
    return [*parts, *(Part(m, "target", 0.0, ["named", "counted"]) for m in found if (m.first, m.last) not in held)]


_HURT: Final = ("killed", "wounded", "killed_or_wounded")


def _is_of(scene: Scene, figure: Figure, party: Mention) -> bool:
    """«ثمانية من رجال الصحوة»، «300 عنصر من "داعش"», «أربعة من أفراد الجيش»: the words say plainly whose they are."""
    forms = scene.document.forms
    if figure.noun >= 0 and party.head == figure.noun < party.last:
        return True
    behind = max(figure.noun, figure.last) + 1
    return behind < party.first <= behind + 2 and forms[behind].text == "من"


def _is_of_strangers(scene: Scene, figure: Figure) -> bool:
    """«ثمانية من رجال الصحوة»: the words say plainly whose they are, and the party is not listed: they are not of who attacked."""
    return any(m.id is None and m.label in _UNLISTED and _is_of(scene, figure, m) for m in scene.actors_in.get(figure.sentence, ()))


def _civilians(scene: Scene, figure: Figure) -> str:
    """The id of people who are no party's: journalists, aid workers, protesters and settlers by their noun, else civilians."""
    person = scene.document.forms[figure.noun].person if figure.noun >= 0 else ""
    return PERSON_IDS[person] if person in _KNOWN_BY_WORK else "civilians"


_DOERS: Final = words("counts.doers")
_KNOWN_BY_WORK: Final = words("counts.known_by_work")


def _barred(scene: Scene, figure: Figure) -> tuple[str, ...]:
    """The kinds of parties that people of a figure's noun are not of, unless its words say so: soldiers are no armed group's, insurgents no state's."""
    forms = scene.document.forms
    at = figure.noun
    if at < 0 and figure.last + 2 < len(forms) and forms[figure.last + 1].text == "من" and forms[figure.last + 2].person:
        at = figure.last + 2  # ستة من | العناصر التكفيرية
    noun = forms[at].noun if at >= 0 else None
    if noun is None:
        return ()
    word, behind = fold(noun[0]), forms[at + 1] if at + 1 < len(forms) else None
    described = behind.stem.removesuffix("ه") if behind is not None and behind.article == forms[at].article else ""  # العناصر | التكفيرية
    return _GROUPS if word in OF_STATES else ("state",) if word in OF_GROUPS or described in OF_GROUPS else ()


def _is_officer(scene: Scene, figure: Figure) -> bool:
    """«العميد أحمد حسن», «الملازم أول كرار حيدر», «العقيد الركن سالم علي»: one who is told by his name behind a rank."""
    forms, k = scene.document.forms, figure.first - 1
    if figure.form != "named":
        return False
    while k > 0 and (forms[k].stem in ORDINALS or (bare_stem(forms[k]) in RANKS and bare_stem(forms[k - 1]) in RANKS)):
        k -= 1
    return k >= 0 and has_article(forms[k]) and bare_stem(forms[k]) in RANKS


def _kind_of(scene: Scene, id_: str) -> str:
    row = scene.document.lexicon.actors.get(id_)
    return row[2] if row is not None else ""


def _nation_of(scene: Scene, figure: Figure) -> str:
    """The country whose people the words of a figure name: تسعة إيرانيين, جنود أتراك; empty where they name none."""
    forms, end = scene.document.forms, scene.document.sentences[figure.sentence].end
    told = _nationals(scene, figure)
    if told >= 0:
        return forms[told].nisba
    first = figure.noun if figure.noun >= 0 else figure.last + 1
    for k in range(first, min(first + 2, end)):
        form = forms[k]
        if (form.conjunction or form.preposition) and k > figure.noun:
            break
        if form.nisba:
            return form.nisba
    return ""


def _nationals(scene: Scene, figure: Figure) -> int:
    """The word by which alone people are told, with its hedge behind it or none: 15 فلسطينيا على الأقل; -1 where they are told by a noun."""
    forms, end = scene.document.forms, scene.document.sentences[figure.sentence].end
    if figure.noun >= 0 or figure.form == "named":
        return -1
    return next((k for k in range(figure.first, min(figure.last + 2, end)) if forms[k].nisba and _is_indefinite(forms[k])), -1)


def _is_indefinite(form: Form) -> bool:
    return not (form.article or form.conjunction or form.preposition)


def _may_be(scene: Scene, id_: str, nation: str) -> bool:
    """Whether people of a nation can be a party's: nobody is laid to another country's state."""
    row = scene.document.lexicon.actors.get(id_)
    return not nation or row is None or row[2] != "state" or row[3] == nation


def counts_for(scene: Scene, draft: Draft, bounds: list[Bound], parts: list[Part]) -> list[Counted]:
    """The counts of an event, before those told twice are laid together."""
    weights = model("whose")
    out: list[Counted] = []
    before: str | None = None
    parted = False
    for bound, lean in zip(bounds, weights.lean(scene.rows, [owner_anchors(b) for b in bounds]), strict=True):
        figure = bound.figure
        options = open_owners(scene, bound, parts, before)
        every = (weights.wide(owner_signs(scene, draft, bound, parts, before)) + lean).tolist()
        scores = [every[OWNERS.index(name)] for name in options]
        bound.owner = list(options)[max(range(len(scores)), key=scores.__getitem__)]
        id_ = options[bound.owner]
        noun = scene.document.forms[figure.noun] if figure.noun >= 0 else None
        sentence = scene.document.sentences[figure.sentence]
        part = (
            is_part(scene.document, figure.first, sentence.begin)
            or of_them(scene.document, figure.first, figure.last + 1, sentence.begin, sentence.end)
            or any(r.part for r in figure.rules)
        )
        parted = part or (parted and _joined(scene, out[-1].last if out else -9, figure.first) and not _is_of_its_own(scene, figure, out[-1].what))
        label = noun.person if noun is not None else ""
        out.append(
            Counted(
                bound.what,
                figure.low,
                figure.high,
                figure.first,
                figure.last,
                who_span(scene, figure),
                id_,
                label,
                parted,
                bound.trigger,
                ", ".join(r.rule for r in figure.rules) or "learnt",
                figure.sentence,
                noun is not None and others_word(noun),
            )
        )
        before = id_ or before
    return out


def who_span(scene: Scene, figure: Figure) -> tuple[int, int] | None:
    """The words for whom a figure counts: 12 | عنصرا من قسد, 15 | فلسطينيا, 35 من | أفراد المليشيا; None where no word says so."""
    if figure.form == "named":
        return figure.first, figure.last
    forms, end = scene.document.forms, scene.document.sentences[figure.sentence].end
    if figure.noun >= 0:
        noun = forms[figure.noun]
        if noun.only_verb and not noun.guessed and noun.stem not in OTHERS:
            return None  # 201 | قتلوا
        return who_of(scene.document, figure.noun, end)
    if (told := _nationals(scene, figure)) >= 0:
        return told, told
    behind = figure.last + 2
    if behind < end and forms[behind - 1].text == "من" and forms[behind].person:
        return who_of(scene.document, behind, end)
    return None


def _is_of_its_own(scene: Scene, figure: Figure, what: str) -> bool:
    """«205 قتلى، بينهم 18 مدنيا، و913 جريحا»: a noun that says what befell them, and not what befell those of the part before."""
    noun = scene.document.forms[figure.noun].noun if figure.noun >= 0 else None
    said = NOUN_SAYS.get(fold(str(noun[0]))) if noun is not None else None
    return said is not None and said != what


def _joined(scene: Scene, left: int, right: int) -> bool:
    """Whether a figure is joined by و to the one before, with no verb between."""
    forms = scene.document.forms
    if not 0 < right - left <= 6:
        return False
    return bool(forms[right].conjunction == "و" or forms[right - 1].text == "و") and not any(
        forms[k].pos & (VERB | EVENT) and not forms[k].pos & (NOUN | CLOSED) for k in range(left + 1, right)
    )
