"""Attribution: every line of attribution.tsv: text, event word, name, kind and id of who tells it, how it is judged."""

from __future__ import annotations

import csv
import random
from importlib.resources import files
from pathlib import Path

import pytest

from marsad.arabic.letters import fold
from marsad.model import Report, Source
from marsad.reading.attribution import as_source, voice_at
from marsad.reading.events import Draft, Told
from marsad.reading.manner import voices_of
from marsad.reading.reader import read, set_out

LINES = Path(__file__).with_name("attribution.tsv").read_text("utf-8").splitlines()
CASES = [
    pytest.param(*cells[:5], "".join(cells[5:]), id=f"line {n}")
    for n, line in enumerate(LINES, 1)
    if line and not line.startswith("#")
    for cells in [line.split("\t")]
]
ACTORS = list(csv.DictReader(files("marsad.knowledge").joinpath("actors.csv").read_text("utf-8").splitlines()))
LISTED = {id_ for line in LINES if line.startswith("#: ") for id_ in line[3:].split()}
OUTLET = "شبكة العيّنة"
DAY = "2018-12-03"
MARKS = "«»“”\"'()[]،؛:.!؟?"


def sources_of(text: str, word: str, judged: str) -> list[Source]:
    """Who tells `word`: by the voice that reaches it, by the reading of the event that it tells (`whole`), or all that can (`held`); none for the outlet."""
    report = Report.from_text(text, date=DAY, outlet=OUTLET)
    at = text.index(word)
    assert text.count(word) == 1, "the event word stands once in its text"
    if judged == "whole":
        sources = [e.source for e in read(report).events if any(start <= at + len(word) - 1 and at < end for start, end in e.mentions)]
        assert sources, f"no event is read in {word}"
        return [source for source in sources[:1] if source.span]
    scene = set_out(report)
    words = scene.document.words
    token = next(i for i, end in enumerate(words.ends) if end > at)
    if judged == "held":
        told = [Told(t, t.types[0], 1.0, [], {}) for t in scene.triggers if t.first <= token <= t.last and t.types]
        assert told, f"{word} tells no event"
        return [as_source(scene.document, voice) for voice in voices_of(scene, Draft(told))]
    voice = voice_at(scene.voices, token)
    return [as_source(scene.document, voice)] if voice is not None else []


def listed(actor: str | None) -> str:
    """An id as the list of the file has it: a finer one is its parent, `-` if it has none there."""
    parents = {row["id"]: row["parent"] for row in ACTORS}
    while actor and actor not in LISTED:
        actor = parents.get(actor)
    return actor or "-"


def bare(name: str) -> list[str]:
    """The words of a name, folded, without marks; the first without the clitics in front of it."""
    words = fold("".join(" " if c in MARKS else c for c in name)).split()
    if words:
        first = words[0]
        if first.startswith("لل"):
            first = "ا" + first
            first = first.replace("الل", "ال", 1)
        elif len(first) > 4 and first[0] in "وفبلك" and first[1:3] == "ال":
            first = first[1:]
        words[0] = first
    return words


def agrees(expected: str, given: str) -> bool:
    """Whether the given name holds the expected words, or is a part of them with their head."""
    wanted, got = bare(expected), bare(given)
    if not got:
        return False
    for drop in (0, 1):  # a clitic of one letter in front of a word without an article: لقائد
        for a, b in ((wanted, got), ([wanted[0][drop:], *wanted[1:]], got), (wanted, [got[0][drop:], *got[1:]])):
            if any(b[k : k + len(a)] == a for k in range(len(b) - len(a) + 1)) or a[: len(b)] == b:
                return True
    return False


@pytest.mark.parametrize(("text", "word", "name", "kind", "actor", "judged"), CASES)
def test_attribution(text: str, word: str, name: str, kind: str, actor: str, judged: str) -> None:
    sources = sources_of(text.replace("\\n", "\n"), word, judged)
    given = [(source.name or "-", str(source.kind), listed(source.id)) for source in sources] or [("-", "outlet", "-")]
    assert any(is_right(one, name, kind, actor) for one in given), f"{given} for {name} · {kind} · {actor}"


def is_right(given: tuple[str, str, str], name: str, kind: str, actor: str) -> bool:
    """Whether a source is one of those that the line allows."""
    named = any(given[0] == "-" if each == "-" else agrees(each, given[0]) for each in name.split("|"))
    return named and given[1] in kind.split("|") and given[2] in actor.split("|")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قال محافظها عبد الله كميل إن القصف قتل ثلاثة", "محافظها عبد الله كميل"),
        ("تقول القيادية روهلات عفرين إن القصف قتل ثلاثة", "القيادية روهلات عفرين"),
        ("قال القائد مظلوم كوباني إن القصف قتل ثلاثة", "القائد مظلوم كوباني"),
        ("زعم وزير خارجية تركيا حقان فيدان أن القصف قتل ثلاثة", "وزير خارجية تركيا حقان فيدان"),
        ("أعلن أنور رجب أن القصف قتل ثلاثة", "أنور رجب"),
        ("قال أحمد أمس إن القصف قتل ثلاثة", "أحمد"),
        ("قال المتحدث أحمد غاضبا إن القصف قتل ثلاثة", "المتحدث أحمد"),
        ("قال مسؤول تركي كبير إن القصف قتل ثلاثة", "مسؤول تركي كبير"),
        ("قال وزير خارجية تركيا إن القصف قتل ثلاثة", "وزير خارجية تركيا"),
        ("قال أحد سكان البلدة إن القصف قتل ثلاثة", "أحد سكان البلدة"),
        ("أعلنت وزارة شؤون اللاجئين أن القصف قتل ثلاثة", "وزارة شؤون اللاجئين"),
        ("أشار مديره رامي عبد الرحمن إلى أن القصف قتل ثلاثة", "مديره رامي عبد الرحمن"),
        ("قال القيادي في «حماس» محمود الزهار إن القصف قتل ثلاثة", "القيادي في «حماس» محمود الزهار"),
        ('قال الناطق باسم "قسد" محمود برخدان إن القصف قتل ثلاثة', 'الناطق باسم "قسد" محمود برخدان'),
        ("قال المتحدث باسمها علي ميثم نظري إن القصف قتل ثلاثة", "المتحدث باسمها علي ميثم نظري"),
        ("قال نجله للمركز إن القصف قتل ثلاثة", "نجله"),
        ("أكد ذلك مصدر طبي بعد القصف", "مصدر طبي"),
        ("مصدر في الشركة نفى الأنباء عن القصف", "مصدر في الشركة"),
        ("الجيش يتهم الدعم السريع بمواصلة القصف", "الجيش"),
        ("قدر مصدر طبي عدد القتلى في القصف بعشرين", "مصدر طبي"),
        ("قتل آمر اللواء السادس العميد خليفة سالم في القصف", None),
        ("حصيلة الانتهاكات في ناحية راجو: ثلاثة قتلى في القصف", None),
        ("استشهد عشرون ليبلغ عدد الجنود القتلى ستين في القصف", None),
        ("قال محمد أبو سلمية، مدير المستشفى، إن القصف قتل ثلاثة", "محمد أبو سلمية، مدير المستشفى"),
        ("ذكر الناطق باسم عملية بركان الغضب مصطفى المجعي أن القصف قتل ثلاثة", "الناطق باسم عملية بركان الغضب مصطفى المجعي"),
        ("توعد الرئيس التركي رجب طيب أردوغان بالرد على القصف", "الرئيس التركي رجب طيب أردوغان"),
        ("حذرت منسقة الإغاثة كليمنتين نكويتا سلامي جميع الأطراف من مواصلة القصف", "منسقة الإغاثة كليمنتين نكويتا سلامي"),
        ("وكان المتحدث باسم الشرطة صادق دوديشي قد تحدث عن القصف", "المتحدث باسم الشرطة صادق دوديشي"),
        ("نفى الناطق باسم القيادة اللواء تحسين الخفاجي وقوع القصف", "الناطق باسم القيادة اللواء تحسين الخفاجي"),
        ("أكد العقيد استمرار القصف", "العقيد"),
        ("قال رئيس الشبكة محمد العمدة إن القصف قتل ثلاثة", "رئيس الشبكة محمد العمدة"),
        ("قال رئيس الرابطة محمد العمدة إن الرابطة تضررت. ونددت الرابطة بمواصلة القصف", "الرابطة"),
        ("قال الصحفي أيمن الجدي للجزيرة مباشر إن القصف قتل ثلاثة", "الصحفي أيمن الجدي"),
        ("قال شقيق الضحية، ويدعى سالم، للشبكة إن القصف قتل ثلاثة", "شقيق الضحية"),
        ("اتهمت والدة الشاب عناصر الأمن بخطف ابنها قبل القصف", "والدة الشاب"),
        ('أعلنت غرفة عمليات "الفتح المبين" أن القصف قتل ثلاثة', 'غرفة عمليات "الفتح المبين"'),
        ("قال محافظ شبوة عوض ابن الوزير إن القصف قتل ثلاثة", "محافظ شبوة عوض ابن الوزير"),
        ("قال مصدر في قيادة شرطة المحافظة إن القصف قتل ثلاثة في ديالى", "مصدر في قيادة شرطة المحافظة"),
        ("أكد رئيس لجنة الأمن والدفاع النيابية محمد رضا آل حيدر أن القصف قتل ثلاثة", "رئيس لجنة الأمن والدفاع النيابية محمد رضا آل حيدر"),
        ("قال الناطق باسم جهاز الإسعاف والطوارئ أسامة علي إن القصف قتل ثلاثة", "الناطق باسم جهاز الإسعاف والطوارئ أسامة علي"),
        ("قالت الوحدة التنفيذية لإدارة مخيمات النازحين في مأرب إن القصف قتل ثلاثة", "الوحدة التنفيذية لإدارة مخيمات النازحين في مأرب"),
        ("قال زعيم محلي إنه أحصى 59 جثة بعد القصف", "زعيم محلي"),
        ("وقال الشيخ عماد الدليمي، الناطق بلسان العشائر، إن القصف قتل ثلاثة", "الشيخ عماد الدليمي، الناطق بلسان العشائر"),
        ("ودعا الشيخ عبد المهدي الكربلائي إلى وقف القصف", "الشيخ عبد المهدي الكربلائي"),
        ("وطالبت حكومة بن دغر بوقف القصف", "حكومة بن دغر"),
        ("قالت المتحدثة باسم الصليب الأحمر أوليا آرياني إن القصف قتل ثلاثة", "المتحدثة باسم الصليب الأحمر أوليا آرياني"),
        ("أوضح محافظ كركوك والسليمانية أن القصف قتل ثلاثة", "محافظ كركوك والسليمانية"),
        ("أفاد بيان للمتحدثة باسم الخارجية الأميركية هيذر نويرت بأن القصف قتل ثلاثة", "بيان للمتحدثة باسم الخارجية الأميركية هيذر نويرت"),
        ("آبي هانتسمان ابنة السفير الأميركي لدى موسكو زارت القرية قبل القصف", None),
        ("قال الخبير في شؤون الجماعات محمدو ولد سيدي لـ«الشرق الأوسط» إن القصف قتل ثلاثة", "الخبير في شؤون الجماعات محمدو ولد سيدي"),
        ("وسجل المرصد سبعة قتلى، ووثق ناشطين اعتقلوا قبل القصف", "المرصد"),
        ("يظهر مقاتلين من التنظيم في تسجيل بث قبل القصف", None),
        ("وصلت تعزيزات تابعة لميليشيا «لواء القدس» إلى السخنة بعد القصف", None),
        ("قال تعالى: (ولا تهنوا)، وذلك بعد القصف", None),
        ("قال مفتي طرابلس والشمال الشيخ مالك الشعار إن القصف قتل ثلاثة", "مفتي طرابلس والشمال الشيخ مالك الشعار"),
        ("درعا - تجمع أحرار حوران: أصيب شابان في القصف", "تجمع أحرار حوران"),
        ("غزة – مصادر طبية: استشهد ثلاثة في القصف", "مصادر طبية"),
        ("بيروت - رويترز عن مصدر أمني: قتل ثلاثة في القصف", "مصدر أمني"),
        ("القاهرة - محمود العلي: قتل ثلاثة في القصف", None),
        ("تل أبيب – وكالات: قتل ثلاثة في القصف", None),
        ("قال المتحدث باسم الوزارة العميد خالد المحنا للصحفيين إن القصف قتل ثلاثة", "المتحدث باسم الوزارة العميد خالد المحنا"),
        ("أعلن وزير الأشغال علي حمية أن القصف قتل ثلاثة", "وزير الأشغال علي حمية"),
        ("نعت كتائب القسام في لبنان خمسة من مقاتليها سقطوا في القصف", "كتائب القسام في لبنان"),
        ('قتل ثلاثة في القصف، بحسب شبكة "البادية 24".', 'شبكة "البادية 24"'),
        ('قالت القناة "لن نعلق على القصف".', "القناة"),
        ("أفاد العقيد أركان حرب أحمد سالم بأن القصف قتل ثلاثة", "العقيد أركان حرب أحمد سالم"),
        ("أعلن مركز طب الطوارئ والدعم أن القصف قتل ثلاثة", "مركز طب الطوارئ والدعم"),
        ("أفاد مسؤول ملاحي رويترز بأن القصف قتل ثلاثة", "مسؤول ملاحي"),
    ],
)
def test_names_of_speakers_whole(text: str, name: str | None) -> None:
    assert [source.name for source in sources_of(text, "القصف", "")] == ([name] if name else [])


def test_of_an_outlet_named_after_a_town_the_town_hall_is_not_the_outlet() -> None:
    scene = set_out(Report.from_text("أعلنت بلدية صور أن القصف قتل ثلاثة. وقال مراسل الشبكة إن القصف مستمر.", outlet="شبكة صور الإخبارية"))
    assert [voice.kind for voice in scene.voices.all] == ["official", "outlet"]


PIECES = [
    *'قال أعلن الجيش إن أن « » ، : . ( ) " بحسب مصدر أمني وأضاف نقلت وكالة عن في بيان ل الناطق باسم 12 كما على ما أنباء إعلان أحمد المسماري من ب'.split(),
    "\n",
]


def test_no_order_of_words_stops_it() -> None:
    """Words of saying in any order, cut off anywhere, make voices that lie within the text."""
    order = random.Random(6)
    for _ in range(1500):
        scene = set_out(Report.from_text(" ".join(order.choice(PIECES) for _ in range(order.randint(1, 25))), outlet=OUTLET))
        for voice in scene.voices.all:
            assert 0 <= voice.first <= voice.last < len(scene.document.forms)
            assert 0 <= voice.reach[0] <= voice.reach[1] <= len(scene.document.forms)
            assert as_source(scene.document, voice).name
