"""What the grammar expects: the role of a party by its place in the clause of an event word, where that place is plain.

    VSO   قصفت [قوات النظام: s] [مواقع الفصائل: o]          SVO   [قوات النظام: s] قصفت …
    noun  قصف [التحالف: g] · قصف لـ[التحالف] · هجوم على [الحاجز] · مقتل [عناصر: g] بنيران [القوات] · اشتباكات بين [A] و[B]
    light شنت [القوات: s of the light verb] هجوما على [المواقع] · تعرض [الرتل] لهجوم · تمكنت [القوات] من صد هجوم لـ[التنظيم]

What it finds is one sign among others (`rule=…`); the model knows how far each rule can be trusted. Ryding, A Reference Grammar of Modern
Standard Arabic, chs. 4 (clauses), 8 (construct), 16 (prepositions), 38 (passives).
"""

from __future__ import annotations

from typing import Final, NamedTuple

from marsad.arabic.letters import fold
from marsad.knowledge.lexicon import ADJECTIVE, COMPLEMENT, EVENT, NOUN, PREPOSITION, PUNCTUATION, RELATIVE, VERB, Form
from marsad.knowledge.wordlists import words
from marsad.reading.document import Mention
from marsad.reading.scene import Scene
from marsad.reading.triggers import Trigger

ROLE_OF: Final = {"i": "initiator", "t": "target", "p": "participant", "b": "beneficiary", "k": "target"}
ANSWERS: Final = words("frames.answers")
_SUFFERS: Final = words("frames.suffers")
_REPELS: Final = words("frames.repels")
_HANDS: Final = words("frames.weapons")
_MEN_OF: Final = words("frames.men_of")


_BORDERS: Final = frozenset("VgtvsQR,")  # a mention behind one of them is no more the word's own


class Expected(NamedTuple):
    """A role by a named rule of grammar."""

    role: str
    rule: str


def expected(scene: Scene, trigger: Trigger, mention: Mention) -> Expected | None:
    """The role that the clause gives a mention, or None where its place says nothing plain. Worked out once a pair."""
    pair = (id(trigger), id(mention))
    if pair not in scene.expected:
        scene.expected[pair] = _expected(scene, trigger, mention)
    found: Expected | None = scene.expected[pair]
    return found


def _expected(scene: Scene, trigger: Trigger, mention: Mention) -> Expected | None:
    if trigger.first <= mention.last and mention.head <= trigger.last:
        frame = trigger.entry.frame
        return Expected(ROLE_OF.get(frame.g if not trigger.verbal else frame.s, "initiator"), "inside the phrase")
    if mention.head > trigger.last:
        return _behind(scene, trigger, mention)
    return _in_front(scene, trigger, mention)


def _behind(scene: Scene, trigger: Trigger, mention: Mention) -> Expected | None:
    shape = scene.shapes[trigger.sentence]
    path = shape.between(trigger.last, mention.head)
    pre = shape.before(mention.head, 1)
    forms = scene.document.forms
    frame = trigger.entry.frame
    if "Y" in path[-2:]:
        return Expected("initiator", "behind على يد، من قبل") if _EVENTS.isdisjoint(path) else None
    inside = _between_parties(path)
    if inside:
        return Expected("participant", "بين … و…")
    author = _author(forms, trigger, mention, path)
    if author is not None:
        return author
    if not _BORDERS.isdisjoint(path):
        return None
    head = forms[mention.head - 1] if mention.head > trigger.last + 1 else None
    men_of = head is not None and head.stem in _MEN_OF and "a" not in path
    if men_of and head is not None:
        if trigger.harm or head.preposition or "o" in path or "f" in path:
            return Expected("target", "men and posts of a party")
    if _by_hand(forms, trigger, mention):
        return Expected("initiator", "by its fire")
    if pre in ("o", "x"):
        return Expected("target", "behind على، ضد")
    if pre == "w":
        return Expected("participant", "behind مع")
    if pre == "L" and not trigger.verbal:
        return Expected("initiator" if frame.g in ("i", "x", "p") else ROLE_OF.get(frame.g, "target"), "noun and لـ")
    if trigger.verbal:
        return _verb_behind(scene, trigger, mention, path, men_of)
    if not path.strip("n#"):
        return _genitive(scene, trigger, mention, men_of)
    return None


_EVENTS: Final = frozenset("TV")  # غارات بالتزامن مع | قصف من قبل قوات النظام


def _between_parties(path: str) -> bool:
    """Behind بين, as the first or a further party of it."""
    at = path.rfind("b")
    return at >= 0 and not path[at + 1 :].strip("an+#l,bh") and path[at + 1 :].count("a") <= 3


_AUTHORS: Final = words("frames.authors")


def _author(forms: list[Form], trigger: Trigger, mention: Mention, path: str) -> Expected | None:
    """هجوم شنه التنظيم, الغارات التي نفذتها طائرات, تفجير تبناه داعش: the subject of a verb whose pronoun is the event."""
    if trigger.verbal or path.count("a") > 0 or "Q" in path or mention.head == 0:
        return None
    verb = forms[mention.head - 1]
    if verb.verb is None or not verb.enclitic or not verb.pos & VERB:
        return None
    if any(c in str(verb.verb[1]) for c in ("light", "begin", "cause")) or fold(str(verb.verb[0])) in _AUTHORS:
        return Expected("initiator", "subject of a verb that means the event")
    return None


def _by_hand(forms: list[Form], trigger: Trigger, mention: Mention) -> bool:
    """بنيران قوات الاحتلال, إثر قصف لطيران التحالف: the weapon's phrase right in front of the party."""
    for k in range(mention.head - 1, max(trigger.last, mention.head - 4), -1):
        form = forms[k]
        if (form.preposition == "ب" and form.stem in _HANDS) or "agent.fire" in form.cues:
            return True
        if not form.pos & (NOUN | EVENT) or form.pos & PUNCTUATION:
            return False
    return False


def _verb_behind(scene: Scene, trigger: Trigger, mention: Mention, path: str, men_of: bool) -> Expected | None:
    frame = trigger.entry.frame
    if trigger.voice == "passive" or (trigger.harm and frame.s == "k"):
        return Expected("target", "subject of a passive") if not path.strip("n#") else None
    if path.strip("an#lf+d"):
        return None
    head = scene.document.forms[mention.head]
    people = mention.label in ("fighter", "civilian", "civilians", "neutral", "named", "held")
    if trigger.harm and path.count("a") == 0 and people and ("#" in path or not head.article):
        return Expected("target", "victim behind the verb")
    if path.count("a") == 0 and "l" not in path and not _has_subject(scene, trigger, head, people):
        if (men_of or path.count("n") > 1) and not _has_an_object(scene, trigger, mention):
            return Expected(ROLE_OF.get(frame.o, "target"), "object of the verb")
        return Expected(ROLE_OF.get(frame.s, "initiator"), "subject behind the verb")
    if "+" in path[-1:]:
        return None
    return Expected(ROLE_OF.get(frame.o, "target"), "object of the verb")


def _has_an_object(scene: Scene, trigger: Trigger, mention: Mention) -> bool:
    """منعت حواجز الأمن | دخول المساعدات, اقتحمت آليات الجيش | مخيم جنين: a bare noun behind a party and its posts is what the verb was done to, and they did it."""
    at = mention.last + 1
    if at >= scene.document.sentences[trigger.sentence].end or scene.document.forms[at].conjunction:
        return False
    behind = scene.document.forms[at]
    time = behind.noun is not None and behind.noun[1] == "time"
    return scene.shapes[trigger.sentence].after(mention.last, 1) in ("n", "l", "T", "a") and not (behind.preposition or behind.pos & PREPOSITION or time)


def _has_subject(scene: Scene, trigger: Trigger, head: Form, people: bool) -> bool:
    """The verb's subject is told already: in its plural ending, in front of it, or not by a man behind a feminine verb."""
    verb = trigger.form.verb
    if verb is not None and len(verb) >= 6:
        if verb[5] == "p":
            return True
        if verb[4] == "f" and people and head.noun is not None and head.noun[3] == "m":
            return True
    return _subject_in_front(scene, trigger) is not None


def _genitive(scene: Scene, trigger: Trigger, mention: Mention, men_of: bool) -> Expected | None:
    """The construct: مقتل عناصر, قصف التحالف; a second noun phrase behind it makes the first one the doer (استهداف التحالف مواقع …)."""
    frame = trigger.entry.frame
    if men_of:
        return Expected("target", "men and posts of a party")
    if frame.g in ("t", "k") and not trigger.harm:
        shape = scene.shapes[trigger.sentence]
        if shape.after(mention.last, 1) in ("n", "l", "a") and mention.label not in ("civilian", "civilians", "neutral"):
            return Expected("initiator", "doer in the construct, object behind it")
    role = ROLE_OF.get(frame.g)
    return Expected(role, "construct") if role else None


def _in_front(scene: Scene, trigger: Trigger, mention: Mention) -> Expected | None:
    shape = scene.shapes[trigger.sentence]
    path = shape.between(mention.last, trigger.first)
    if "Q" in path:
        return None
    frame = trigger.entry.frame
    before = shape.before(mention.head, 1)
    governor = _governor(scene, trigger, mention)
    if trigger.verbal and not path.strip('n,"d#h+fl') and "f" not in path[:1] and path.count(",") in (0, 2) and before in ("", "Q", ",", "+", "C", '"'):
        if trigger.voice == "passive" or (trigger.harm and frame.s == "k"):
            return Expected("target", "subject in front of a passive")
        return Expected(ROLE_OF.get(frame.s, "initiator"), "subject in front of the verb")
    if trigger.verbal and trigger.voice != "passive" and before in ("", "Q") and not path.strip(_SAID_OF_IT) and _is_told_more_of(scene, trigger, mention):
        return Expected(ROLE_OF.get(frame.s, "initiator"), "subject in front of the verb")
    if trigger.verbal and path.startswith("R") and len(path) <= 2 and not trigger.form.enclitic:
        return Expected(ROLE_OF.get(frame.s, "initiator"), "subject of a relative clause")
    if governor is not None:
        found = _governed(scene, trigger, mention, path, before, governor)
        if found is not None:
            return found
    return _carried_on(scene, trigger, mention, before)


def _is_told_more_of(scene: Scene, trigger: Trigger, mention: Mention) -> bool:
    """Whether a party and a verb that agrees with it are parted by what is said of the party: «الطيران الحربي التابع للجيش قصف»، «مقاتلو الحركة المدعومة من إيران قصفوا»."""
    forms, verb = scene.document.forms, trigger.form.verb
    noun = forms[mention.head].noun
    if verb is None or noun is None or trigger.form.conjunction:
        return False
    one, of_men = noun[2] == "s", noun[3] == "m"
    if (verb[4] in ("m", "-"), verb[5]) != ((of_men, "s") if one or not of_men else (True, "p")):
        return False
    return any(form.article and form.pos & ADJECTIVE and not form.pos & PUNCTUATION for form in forms[mention.last + 1 : trigger.first])


_SAID_OF_IT: Final = "nalLBfom#+"  # letters of what may stand between a party and its verb


def _carried_on(scene: Scene, trigger: Trigger, mention: Mention, before: str) -> Expected | None:
    """The subject of an earlier verb goes on: قصفت القوات … واعتقلت …; تسعى القوات بعد سيطرتها على …"""
    frame = trigger.entry.frame
    verbal = trigger.verbal and not (trigger.form.enclitic and frame.o == "x")  # سيطرته, استقالته: the verb has no object
    by_it = before == "s" and "agent.fire" in trigger.form.cues and _points_to(trigger.form, scene.document.forms[mention.head])
    if not (before in ("g", "t", "v", "V") or by_it) or (trigger.harm and trigger.voice != "active"):
        return None
    if verbal:
        if trigger.voice == "passive" or not trigger.form.conjunction or frame.s not in ("i", "p") or _own_subject(scene, trigger):
            return None
    elif not trigger.form.enclitic or frame.g not in ("i", "l", "x", "p", "t"):
        return None
    if scene.document.forms[mention.head - 1].pos & COMPLEMENT or _later_subject(scene, trigger, mention) or _is_done_to(scene, mention):
        return None
    return Expected(ROLE_OF.get(frame.s if frame.s != "x" else "i", "initiator"), "subject carried on" if verbal else "its pronoun")


def _points_to(form: Form, head: Form) -> bool:
    """Whether the pronoun of a word may be a party's whose phrase begins so: «أقرت إسرائيل بمقتل رهينتين بنيرانها»."""
    if head.noun is None:
        return form.enclitic in ("ه", "ها")
    return bool(form.enclitic == ("ه" if (head.noun[2], head.noun[3]) == ("s", "m") else "هم" if head.noun[1] == "person" and head.noun[2] == "p" else "ها"))


def _own_subject(scene: Scene, trigger: Trigger) -> bool:
    """Whether a party stands right behind the verb."""
    shape = scene.shapes[trigger.sentence]
    return shape.after(trigger.last, 1) == "a"


def _later_subject(scene: Scene, trigger: Trigger, mention: Mention) -> bool:
    """Whether another party behind a verb stands nearer to the event word."""
    shape = scene.shapes[trigger.sentence]
    return any(
        mention.last < other.head < trigger.first and shape.before(other.head, 1) in ("g", "t", "v", "V") and not _is_done_to(scene, other)
        for other in scene.actors_in.get(trigger.sentence, ())
    )


def _is_done_to(scene: Scene, mention: Mention) -> bool:
    """Whether a party right behind a verb is its object: «واعتقلت شخصين وصادرت أسلحة»."""
    for trigger in scene.triggers_in.get(mention.sentence, ()):
        if trigger.verbal and trigger.last == mention.head - 1:
            found = expected(scene, trigger, mention)
            return found is not None and found.rule == "object of the verb"
    return False


def _governor(scene: Scene, trigger: Trigger, mention: Mention) -> Form | None:
    """The verb that governs an event noun: the one right in front of the mention (VSO), or the last one between the two (SVO)."""
    forms = scene.document.forms
    for k in range(trigger.first - 1, mention.last, -1):
        form = forms[k]
        if (
            form.pos & VERB
            and form.verb is not None
            and not (form.pos & NOUN and (form.article or form.preposition))
            and not form.pos & (NOUN | PREPOSITION | ADJECTIVE)
        ):
            return form  # «أكثر» may be a verb too
        if form.pos & (COMPLEMENT | RELATIVE) and not form.pos & NOUN:
            return None
    for k in range(mention.head - 1, max(mention.head - 4, scene.document.sentences[trigger.sentence].begin - 1), -1):
        form = forms[k]
        if form.pos & PUNCTUATION and form.text not in '"«»':
            return None
        if form.pos & VERB and form.verb is not None and not form.pos & PREPOSITION:
            return form
    return None


def _governed(scene: Scene, trigger: Trigger, mention: Mention, path: str, before: str, governor: Form) -> Expected | None:
    """The subject of a verb that has the event noun as its object: شن، نفذ، تمكن من، تعرض لـ، صد."""
    answers = governor.bare in ANSWERS and (trigger.form.preposition == "ب" or "B" in path)  # ردت الفصائل بقصف المعسكر
    if governor.verb is None or (governor.pos & EVENT and governor.verb[1] == "event" and not answers):
        return None
    if path.count("a") > 0 and before not in ("g", "t"):
        return None
    classes = str(governor.verb[1])
    carries = answers or "light" in classes or "begin" in classes or "try" in classes or "intend" in classes
    if path.strip('nhdl#tgv"BLmefoaw+' if carries else 'nhdg#"'):
        return None
    lemma = fold(str(governor.verb[0]))
    frame = trigger.entry.frame
    plain = before in ("g", "t", "v", "V", "s", "c") or before in ("", "Q", ",", "+", "C", '"')
    if not plain:
        return None
    if lemma in _SUFFERS:
        return Expected("target", "subject of to suffer")
    if lemma in _REPELS and not answers:
        return Expected("target" if frame.g in ("i", "p", "x") else "initiator", "subject of to repel")
    if "speech" in str(governor.verb[1]) and not answers:
        return None
    doer = ROLE_OF.get(frame.s if frame.s != "x" else "i", "initiator")
    return Expected("participant" if frame.g == "p" else doer if doer in ("initiator", "participant") else "initiator", "subject of a light verb")


def _subject_in_front(scene: Scene, trigger: Trigger) -> Mention | None:
    """A party that stands in front of the verb as its subject."""
    for mention in scene.actors_in.get(trigger.sentence, ()):
        if mention.last < trigger.first:
            found = _in_front(scene, trigger, mention)
            if found is not None and found.rule in ("subject in front of the verb", "subject of a relative clause"):
                return mention
    return None
