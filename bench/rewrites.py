"""Rewrites of reports as sites make them of a wire text, and the texts that only look like copies; each with the family that it belongs to.

    families(texts, chance) → [(family, kind, text)]

Copies of a text keep its family; what is another text, however alike, has a family of its own: the same event in other words, the bulletins of two
days in one form, the same report with a new toll, a digest that holds several reports. All words that are added are our own.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

AGENCIES = "رويترز|فرانس برس|الأناضول|سانا|وفا|أسوشيتد برس".split("|")
_CITIES = "دمشق بيروت بغداد صنعاء طرابلس القاهرة عمان أنقرة".split()
_OPENERS = "عاجل:|بالصور..|تطورات ميدانية:|متابعة|خاص |".split("|")
_SUBJECTS = "الشمال السوري|الساحل الغربي|الجنوب|الحدود|المحافظة|ريف العاصمة|المنطقة الشرقية".split("|")
_TELLINGS = "ماذا جرى في {}؟|تفاصيل جديدة من {}|آخر ما وصل من {}|يوم دام يعيشه أهالي {}|التوتر يعود إلى {} من جديد".split("|")
_PARAGRAPHS = (
    "ولم يتسن لموقعنا التحقق من هذه الرواية من مصدر مستقل، كما لم يصدر حتى ساعة إعداد هذا الخبر تعليق من الأطراف التي ورد ذكرها فيه.",
    "وتأتي هذه التطورات فيما يستعد وسطاء محليون لعقد جولة أخرى من المحادثات، يأمل سكان القرى القريبة أن تفضي إلى فتح الطرق قبل حلول الشتاء.",
    "وكان مراسلنا قد زار المنطقة قبل شهر، ووصف أسواقها بأنها شبه خالية بعدما غادرها معظم التجار، في حين ترتفع أسعار الوقود والخبز من أسبوع إلى آخر.",
    "ويرى باحثون تحدثوا إلى موقعنا أن ما جرى حلقة من سلسلة طويلة، وأن أحدا لا يملك اليوم مصلحة في تهدئة دائمة ما لم تتغير موازين القوى على الأرض.",
    "يشار إلى أن منظمات إغاثة حذرت مرارا من أن المدنيين هم من يدفعون ثمن هذه الجولات، وطالبت بممرات آمنة وبوصول غير مشروط إلى المحتاجين.",
)
_FURNITURE = (
    "اقرأ أيضا: صور من معرض الكتاب",
    "شارك عبر فيسبوك",
    "تابعونا على قناة تلغرام",
    "جميع الحقوق محفوظة",
    "زر الذهاب إلى الأعلى",
    "الوسوم: أخبار، تقارير",
)
_SYNONYMS = {
    "وقال": "وذكر", "وأضاف": "وتابع", "أعلنت": "أفادت", "أعلن": "أكد", "مقتل": "سقوط", "بحسب": "وفق", "وفق": "بحسب", "وأوضح": "وبين", "اليوم": "صباح",
    "خلال": "أثناء",
    "بعد": "عقب", "قال": "ذكر", "قالت": "ذكرت", "وقالت": "وذكرت", "كما": "وكذلك", "لكن": "إلا",
    "حيث": "إذ", "منطقة": "ناحية", "مدينة": "بلدة", "عناصر": "مسلحي",
}  # fmt: skip


class Told(NamedTuple):
    """One text: its family, how it was made, its words, the day after the family's first, and the outlet where that matters."""

    family: str
    kind: str
    text: str
    day: int = 0


# --- copies


def same(text: str, chance: random.Random) -> str:
    """Another hand's spelling: digits, signs, blank lines."""
    if chance.random() < 0.5:
        text = text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    if chance.random() < 0.5:
        text = text.translate(str.maketrans({"أ": "ا", "إ": "ا", "ـ": None}))
    return re.sub(r"\n+", "\n" if chance.random() < 0.5 else "\n\n\n", text)


def retitled(text: str, chance: random.Random) -> str:
    """Another headline in place of the first line."""
    lines = text.strip().split("\n")
    body = lines[1:] if len(lines) > 2 and len(lines[0].split()) < 25 else lines
    return "\n".join([_title(chance), "", *body])


def with_agency(text: str, chance: random.Random) -> str:
    """The agency in a line of its own, at the head of the body, or at the end."""
    agency, lines = chance.choice(AGENCIES), text.strip().split("\n")
    way = chance.randrange(4)
    if way == 0:
        lines.insert(1, f"{chance.choice(_CITIES)} – {agency}")
    elif way == 1:
        place = next((n for n, line in enumerate(lines) if n and line.strip()), 0)
        lines[place] = f"{chance.choice(_CITIES)} ({agency}) - {lines[place]}"
    else:
        lines.append(f"المصدر: {agency}" if way == 2 else f"({agency})")
    return "\n".join(lines)


def trimmed(text: str, chance: random.Random) -> str:
    """The head of the text, 40 to 85 % of its words, to the end of a sentence where there is one near."""
    words = re.split(r"(?<=\s)", text.strip())
    cut = int(len(words) * chance.uniform(0.4, 0.85))
    end = next((n for n in range(cut, min(cut + 15, len(words))) if words[n].rstrip().endswith(".")), cut)
    return "".join(words[: end + 1])


def extended(text: str, chance: random.Random) -> str:
    """One or two paragraphs of the site's own, at the end or before the last."""
    lines = [line for line in text.strip().split("\n") if line.strip()]
    for paragraph in chance.sample(_PARAGRAPHS, chance.randrange(1, 3)):
        lines.insert(len(lines) if chance.random() < 0.7 else max(1, len(lines) - 1), paragraph)
    return "\n\n".join(lines)


def furnished(text: str, chance: random.Random) -> str:
    """Lines of the page's furniture at the head and the end."""
    return "\n".join(["الرئيسية | أخبار | تقارير", text, *chance.sample(_FURNITURE, 3)])


def edited(text: str, chance: random.Random) -> str:
    """A word in ten or twenty in another's place or gone; figures stay as they are."""
    share = chance.uniform(0.03, 0.08)
    words = re.split(r"(\s+)", text)
    for place in range(0, len(words), 2):
        word = words[place]
        if word in _SYNONYMS and chance.random() < 0.5:
            words[place] = _SYNONYMS[word]
        elif chance.random() < share and word and not any(c.isdigit() for c in word) and word not in _NUMERALS:
            words[place] = chance.choice(("", word + " أيضا", "هذا " + word))
    return "".join(words)


_NUMERALS = frozenset("اثنان اثنين ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست سبعة سبع ثمانية ثماني تسعة تسع عشرة عشر مئة ألف آلاف نحو أكثر أقل من".split())


def reordered(text: str, chance: random.Random) -> str:
    """Two paragraphs of the body in each other's place."""
    lines = [line for line in text.strip().split("\n") if line.strip()]
    if len(lines) > 4:
        one = chance.randrange(2, len(lines) - 1)
        lines[one], lines[one + 1] = lines[one + 1], lines[one]
    return "\n".join(lines)


REWRITES: dict[str, Callable[[str, random.Random], str]] = {
    f.__name__: f for f in (same, retitled, with_agency, trimmed, extended, furnished, edited, reordered)
}
_ORDER = ("trimmed", "edited", "reordered", "retitled", "with_agency", "extended", "furnished", "same")


def rewritten(text: str, chance: random.Random, most: int = 4) -> tuple[str, str]:
    """The kinds of one to `most` rewrites, and the text after all of them."""
    kinds = sorted(chance.sample(list(REWRITES), chance.randrange(1, most + 1)), key=_ORDER.index)
    for kind in kinds:
        text = REWRITES[kind](text, chance)
    return "+".join(kinds), text


def _title(chance: random.Random) -> str:
    return f"{chance.choice(_OPENERS)} {chance.choice(_TELLINGS).format(chance.choice(_SUBJECTS))}".strip()


# --- what only looks like a copy


def updated(text: str, chance: random.Random) -> str | None:
    """The same report hours later: new headline, a first sentence with a new toll, every figure of the old one raised. None where it tells none."""
    lines = [line for line in text.strip().split("\n") if line.strip()]
    if not re.search(r"(?<![\d٠-٩,.])[1-9]\d{0,2}(?![\d٠-٩,.])", " ".join(lines)[:400]):
        return None

    def raised(found: re.Match[str]) -> str:
        return str(int(found[0]) + chance.randrange(2, 40)) if len(found[0]) < 4 else found[0]

    return "\n\n".join([_title(chance), *(re.sub(r"(?<![\d٠-٩,.])[1-9]\d{0,2}(?![\d٠-٩,.])", raised, line) for line in lines[1:])])


def digest(texts: Sequence[str]) -> str:
    """Several reports in one bulletin of the day."""
    return "\n\n".join(["حصاد اليوم: أبرز ما جرى", *texts])


_FACTIONS = "الجيش|الفصائل|قوات سوريا الديمقراطية|هيئة محلية|الحوثيون|قوات الحكومة|حرس الحدود".split("|")
_TOWNS = "كفرزيتا|اللطامنة|خان شيخون|معرة النعمان|جسر الشغور|نوى|طفس|البصيرة|هجين|السوسة|الدريهمي|التحيتا|حيس|باقم|صرواح|الزاوية|غريان|ترهونة".split("|")
_MEANS = "المدفعية|راجمات الصواريخ|قذائف الهاون|الرشاشات الثقيلة|الطيران المروحي|طائرات مسيرة".split("|")


def bulletin(day: int, chance: random.Random) -> str:
    """A bulletin in a fixed form: the frame is the same each day, what it tells is not."""
    items = [
        f"استهدفت {chance.choice(_FACTIONS)} بـ{chance.choice(_MEANS)} بلدة {chance.choice(_TOWNS)}، ما أدى إلى سقوط {chance.randrange(2, 60)} جريحا."
        for _ in range(chance.randrange(3, 7))
    ]
    return "\n".join(
        (
            f"نشرة الرصد اليومية ليوم {1 + day % 28} {'كانون الثاني|شباط|آذار|نيسان'.split('|')[day // 28 % 4]} 2019",
            "تصدر هذه النشرة عن وحدة الرصد الميداني، وتعتمد على شبكة من المتعاونين في القرى والبلدات، ولا تعبر الأرقام الواردة فيها إلا عما أمكن توثيقه حتى ساعة النشر.",
            *items,
            f"وبذلك يرتفع عدد الخروق الموثقة منذ بداية الاتفاق إلى {300 + day * 7} خرقا.",
            "تعيد وحدة الرصد التذكير بأن جميع المعلومات قابلة للمراجعة، وأن باب التصحيح مفتوح أمام الأهالي عبر البريد المعروف، وتدعو الأطراف كافة إلى احترام التهدئة.",
        )
    )


def families(texts: Sequence[str], chance: random.Random, copies: int = 9) -> list[Told]:
    """For each text itself and `copies` rewrites of it (one family), a later version of it with a new toll and two copies of that (another family);
    a bulletin in a fixed form for every other text, and a digest of three texts for every tenth, each alone in its family."""
    told: list[Told] = []
    for number, text in enumerate(texts):
        told.append(Told(f"t{number}", "wire", text))
        told += [Told(f"t{number}", *rewritten(text, chance), day=chance.randrange(2)) for _ in range(copies)]
        later = updated(text, chance) if number % 2 else None
        if later is not None:
            told.append(Told(f"u{number}", "updated", later, 1))
            told += [Told(f"u{number}", "updated+" + kind, words, 1) for kind, words in (rewritten(later, chance, 2) for _ in range(2))]
        if number % 2 == 0:
            told.append(Told(f"b{number}", "bulletin", bulletin(number // 2, chance), number // 2))
        if number % 10 == 9:
            told.append(Told(f"d{number}", "digest", digest(texts[number - 2 : number + 1]), 1))
    return told


class Score(NamedTuple):
    """Pairs of one family in one cluster, pairs of two families in one cluster, pairs of one family in two clusters."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the pairs that were put together which belong together."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the pairs that belong together which were put together."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def score(told: Sequence[Told], clusters: Sequence[Sequence[int]]) -> Score:
    """How clusters (of places in `told`) agree with the families, by pairs."""
    sizes = Counter(t.family for t in told)
    whole = sum(n * (n - 1) // 2 for n in sizes.values())
    right = wrong = 0
    for cluster in clusters:
        inside = Counter(told[place].family for place in cluster)
        together = sum(n * (n - 1) // 2 for n in inside.values())
        right += together
        wrong += len(cluster) * (len(cluster) - 1) // 2 - together
    return Score(right, wrong, whole - right)
