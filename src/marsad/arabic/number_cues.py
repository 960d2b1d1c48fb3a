"""The words around a numeral: hedges (أكثر من, على الأقل), and labels, which name and date but count nothing."""

from __future__ import annotations

from typing import Final, Literal

from marsad.arabic.counted import bare_noun, counted, counted_nouns
from marsad.arabic.letters import fold
from marsad.arabic.numerals import read
from marsad.arabic.words import Words

Hedge = Literal["more", "least", "less", "about", "most"]


def each(*words: str) -> frozenset[str]:
    """The folded words of `words`."""
    return frozenset(fold(" ".join(words)).split())


def _phrases(table: dict[Hedge, str]) -> dict[tuple[str, ...], Hedge]:
    return {tuple(fold(phrase).split()): hedge for hedge, phrases in table.items() for phrase in phrases.split("|")}


# --- hedges ---------------------------------------------------------------------------------------------------------

_BEFORE: Final = _phrases(
    {
        "more": "أكثر من|أكتر من|اكثر عن|أكثر عن|ما يزيد عن|ما يزيد على|يزيد عن|يزيد على|يزيد عددهم عن|يزيد عددهم على|تزيد عن"
        "|تزيد على|أزيد من|ما يفوق|يفوق عددهم|يفوق|تفوق|فاق|فاقت|تجاوز|تجاوزت|يتجاوز|تتجاوز|يتجاوز عددهم|ما يتجاوز|تجاوز عددهم"
        "|تخطى|تخطت|يتخطى|تتخطى|تجاوز حاجز|تجاوزت حاجز|يتجاوز حاجز|تخطى حاجز|تخطت حاجز|فاق حاجز|تجاوز عتبة|تخطى عتبة"
        "|ينوف عن|ما ينوف عن|ينيف على|ما يربو على|يربو على|تربو على|يربو عن|ما يربو عن|زاد عن|زاد على|زادت عن|زادت على",
        "least": "ما لا يقل عن|ما لايقل عن|لا يقل عن|لا تقل عن|لايقل عن|لا يقل عددهم عن|على الأقل|بما لا يقل عن"
        "|كحد أدنى|مالا يقل عن|ما لا تقل عن|لا أقل من|ليس أقل من",
        "less": "أقل من|ما يقل عن|اقل من|دون",
        "about": "نحو|حوالي|حوالى|قرابة|زهاء|ما يقارب|ما يقارب من|ما يقرب من|يقارب|تقارب|يقارب عددهم|نحوا من|قريبا من"
        "|بحدود|في حدود|ما يناهز|يناهز|تناهز|ما يقدر بـ|يقدر بنحو|تقدر بنحو|يقدر عددهم بنحو|تقريبا|ما مجموعه"
        "|ما يصل عددهم إلى|يصل إلى|تصل إلى|لغاية|إلى حوالي",
        "most": "ما يصل إلى|لا يتجاوز|لا تتجاوز|لم يتجاوز|لم تتجاوز|لا يتجاوز عددهم|لم يتجاوز عددهم|لا يتعدى|لا تتعدى"
        "|لا يتعدى عددهم|ما لا يتجاوز|لا يزيد عن|لا يزيد على|لا تزيد عن|لا تزيد على|لم يزد عن|لم يزد على"
        "|ما لا يزيد عن|ما لا يزيد على|لا يزيد عددهم عن|لا يزيد عددهم على|لا أكثر من|ليس أكثر من|كحد أقصى",
    }
)
_AFTER: Final = _phrases(
    {
        "least": "على الأقل|كحد أدنى|على أقل تقدير|في الأقل|حدا أدنى|أو أكثر|فأكثر|فما فوق|أو يزيد",
        "about": "تقريبا|على وجه التقريب",
        "most": "على الأكثر|كحد أقصى|على أكثر تقدير",
        "more": "ونيف|و نيف",
    }
)
HEDGE_WORDS: Final = frozenset(phrase[0] for phrase in _BEFORE)
_HEDGE_HEADS: Final = frozenset(phrase[-1] for phrase in _BEFORE)
_AFTER_HEADS: Final = frozenset(phrase[0] for phrase in _AFTER)
_NOUN_PHRASE_ENDS: Final = each("في إلى عن التي الذي الذين")
BETWEEN: Final = each("بين وبين مابين ومابين")


def hedge_before(words: Words, i: int, taken: int) -> tuple[int, Hedge | None]:
    """The hedge that ends right before token `i`: (first token, hedge)."""
    forms, k = words.forms, i
    if k > taken and forms[k - 1] in ("ال", "ب", "(", '"', "ل", "«", "“"):
        k -= 1
    if k - 1 < taken:
        return i, None
    last = forms[k - 1]
    if last in ("فوق", "وفوق") and (forms[k] == "ال" or forms[i].startswith("ال")):  # فوق الـ100, ما فوق الثمانين; but فوق 3 قرى
        return k - 1 - (k - 2 >= taken and forms[k - 2] in ("ما", "وما")), "more"
    if last not in _HEDGE_HEADS and not (last[0] in "وفبل" and len(last) > 3 and last[1:] in _HEDGE_HEADS):
        return i, None
    for size in (5, 4, 3, 2, 1):
        if k - size < taken:
            continue
        phrase = tuple(forms[k - size : k])
        hedge = _BEFORE.get(phrase)
        if hedge is None and phrase[0][0] in "وفبلك" and len(phrase[0]) > 3:
            hedge = _BEFORE.get((phrase[0][1:], *phrase[1:]))
        if hedge is not None:
            return k - size, hedge
    return i, None


_EXCEEDS: Final = each("تجاوز تجاوزت يتجاوز تتجاوز فاق فاقت يفوق تفوق تخطى تخطت يتخطى تتخطى تعدى تعدت يتعدى تتعدى")
_RISES: Final = each("زاد زادت يزيد تزيد يربو تربو ينيف ينوف")
"""Verbs that mean so with على or عن in front of the figure: يزيد عدد القتلى على 20."""
_FALLS: Final = each("يقل تقل")
"""… and that mean less, or, behind a negation, at least: لا يقل عدد القتلى عن 30."""
_NUMBER_OF: Final = each(
    "عدد أعداد حصيلة عددهم عددها عددهن أعدادهم أعدادها العدد الحصيلة القتلى الجرحى الشهداء الضحايا المصابون المصابين المفقودون المفقودين",
    "النازحون النازحين المعتقلون المعتقلين الأسرى",
)
_NOT: Final = each("لا لم لن ولا ولم")
_STOPS: Final = frozenset(".،؛:!؟?\n")
_FAR: Final = 14  # words between the verb and its figure


def exceeded(words: Words, i: int, taken: int) -> Hedge | None:
    """The hedge that a verb in front of what is counted makes of token `i`: تجاوز عدد القتلى في الإقليم 200, لا يقل عدد القتلى عن 30."""
    forms = words.forms
    from_it = i > 0 and forms[i - 1] in ("علي", "عن")
    for k in range(i - 2, max(taken, i - _FAR) - 1, -1):
        if forms[k + 1] in _STOPS:
            return None
        if forms[k + 1] not in _NUMBER_OF:
            continue
        verb = forms[k][1:] if forms[k][0] in "وف" and len(forms[k]) > 3 else forms[k]
        negated = k > 0 and forms[k - 1] in _NOT
        if verb in (_RISES if from_it else _EXCEEDS):
            return "most" if negated else "more"
        if from_it and (verb in _FALLS or forms[k] in _FALLS):
            return "least" if negated else "less"
    return None


def hedge_after(words: Words, after: int, end: int) -> tuple[int, Hedge | None]:
    """The hedge that follows the counted noun: 3 أشخاص على الأقل. Gives (last token, hedge)."""
    forms = words.forms
    for k in range(after, min(end, after + 6)):
        form = forms[k]
        if form in _AFTER_HEADS:
            for size in (3, 2, 1):
                hedge = _AFTER.get(tuple(forms[k : k + size])) if k + size <= end else None
                following = read(forms[k + size]) if k + size < end else None
                if hedge == "more" and following is not None and following.kind == "tens" and following.joined:
                    break  # 22 قتيلا | ونيف وسبعين جريحا
                if hedge is not None:
                    return k + size - 1, hedge
        if form in (".", "،", ",", "؛", "\n") or read(form) is not None:
            break
        if form in _NOUN_PHRASE_ENDS or (form[0] == "و" and k > after):
            break
    return after - 1, None


# --- labels ---------------------------------------------------------------------------------------------------------

_LABELLED: Final = each(
    "اللواء لواء الفرقة فرقة الفوج فوج الكتيبة كتيبة الساعة ساعة المادة مادة القرار قرار رقم البند بند طريق الطريق الوحدة",
    "القطاع قطاع غرفة الحلقة الدورة دورة الجولة القناة قناة الفصل المجموعة مجموعة الطراز طراز نوع عيار نسخة المنطقة الخط",
    "العدد عددها الموسم الصفحة الفقرة بلوك مربع المربع الطابق الدرجة فئة محطة المحطة الملعب شارع الشارع ميدان القرن الذكرى",
    "النسخة الإصدار المرحلة الرحلة جسر",
)
_IN_A_ROW: Final = each("يوم أسبوع شهر عام سنة مرة جمعة سبت قمة جلسة ذكرى")
_ISSUES: Final = each("العدد عددها")
_GROUNDS: Final = each("القطاع المنطقة الشارع الطريق المحطة الملعب المربع الطابق")
_HOURS: Final = each("الساعة ساعة")
_UNITS: Final = each("اللواء الفرقة الفوج الكتيبة الوحدة المجموعة")
_ARMS: Final = each("مشاة مظليين مظليون مدفعية مدرعات دبابات قناصة مغاوير صاعقة كوماندوس مهندسين")
"""Arms that stand behind the number of a unit: اللواء 44 مشاة."""
_IN_ALL: Final = each("ما بما وما وبما لما")
_PAIRS: Final = each("اللواءين اللواءان الفرقتين الفرقتان الكتيبتين الكتيبتان القرارين القراران المادتين المادتان")
_NAMED: Final = each("شارع ميدان ساحة طريق مجموعة حي جسر سن")
_DESIGNS: Final = each("سوخوي ميغ إف إس إم تي سو سام بي سي جي ميراج رافال توبوليف إليوشن بوينغ إيرباص كورنيت")
_CALIBRES: Final = each("ملم مم ملليمتر ميليمتر مليمتر ميلليمتر")
_YEAR_CUES: Final = each(
    "عام العام سنة السنة عامي سنتي أعوام منذ يناير فبراير مارس أبريل إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر",
    "ديسمبر الثاني الأول شباط آذار نيسان أيار حزيران تموز آب أيلول للعام لعام بعام كعام والعام وعام بسنة هجرية",
    "مونديال انتخابات كأس أولمبياد ثورة حرب اتفاق اتفاقية انقلاب بطولة ميزانية موازنة",
)
_YEAR_PLACES: Final = each("في منذ حتى مطلع نهاية بداية أواخر أوائل منتصف خلال")
_YEAR_WORDS: Final = each("عام العام سنة السنة لعام وعام بعام")
_MONTHS: Final = each(
    "يناير فبراير مارس أبريل إبريل نيسان مايو أيار يونيو يونيه يونية حزيران يوليو يوليه يولية تموز أغسطس آب سبتمبر",
    "أيلول أكتوبر نوفمبر ديسمبر شباط آذار كانون تشرين جانفي فيفري أفريل ماي جوان جويلية أوت غشت شتنبر نونبر دجنبر",
    "يوليوز محرم صفر ربيع جمادى رجب شعبان رمضان شوال ذو ذي",
)
_ORDINALS: Final = each(
    "الأول الحادي الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع الأولى الحادية الثانية الثالثة الرابعة",
    "الخامسة السادسة السابعة الثامنة التاسعة",
)
_PARTS: Final = each("أرباع أخماس أثلاث أسداس أسباع أثمان أعشار")
_WEEKDAY_NUMERALS: Final = ("الاثنين", "والاثنين", "الاحد", "للاثنين")
_PERCENT: Final = each("بالمئة بالمائة")
_HUNDRED: Final = each("المئة المائة")
_AGE: Final = each("العمر عمره عمرها عمرهم عمرهما")
_SHARES: Final = _PERCENT | {"%", "٪"}
_LINKS: Final = ("و", "-", "–", "الي", "حتي")
_SLASHES: Final = ("/", ":", "\\", "+")


def is_label(words: Words, i: int, end: int) -> bool:
    """A figure that names or dates rather than counts: اللواء 44, الساعة 11, عام 2013, 3 كانون الأول, 10:30, 24/3."""
    form = words.forms[i]
    return _names_in_figures(words, i, end) if form[0].isdecimal() else _names_in_words(words, i, end)


def _names_in_words(words: Words, i: int, end: int) -> bool:
    """الاثنين, الساعة الثالثة, الخامس والعشرين, شارع الستين, القرن العشرين, ثلاثة أرباع, 30 بالمئة."""
    forms, form = words.forms, words.forms[i]
    if form in _WEEKDAY_NUMERALS or form in _PERCENT:
        return True
    before = _before(words, i)
    if form in ("الميه", "المايه") and before == "في":
        return True
    if i + 1 < end and forms[i + 1] in _PARTS:
        return True
    if form in ("عشر", "عشره") and (before in _ORDINALS or f"ال{before}" in _ORDINALS):
        return True
    if before in _ORDINALS and form.startswith("وال"):
        return True
    if not form.startswith("ال"):
        return False
    if before in ("الساعه", "ساعه") or before in _NAMED:
        return True
    part = read(form)
    if part is None or part.kind != "tens" or not before.startswith("ال"):
        return False
    noun = counted_nouns().get(before[2:])
    return noun is None or noun[1] != 0  # الذكرى الأربعين, but الجنود العشرين


def _names_in_figures(words: Words, i: int, end: int) -> bool:
    forms, form = words.forms, words.forms[i]
    before = _before(words, i)
    after = forms[i + 1] if i + 1 < end else ""
    in_all = before == "مجموعه" and i > 1 and forms[i - 2] in _IN_ALL  # ما مجموعه 339 متظاهرا
    in_all = in_all or (before in _ISSUES and not (i > 1 and forms[i - 2] in ("في", "من")))  # بلغ عددها 30، but: في عددها 30
    labelled = before in _LABELLED and not in_all and not _counts_behind(before, after)
    if labelled or before in _PAIRS or before in _DESIGNS or after in _CALIBRES or (form[0] == "0" and form.isdecimal() and len(form) > 1):
        return True
    if forms[i - 1 : i] == ["ال"] and before.removeprefix("ل").removeprefix("ال").removeprefix("ل") in _IN_A_ROW:
        return True  # للمرة الـ12, الجمعة الـ15
    if i > 2 and forms[i - 1] == "و" and forms[i - 2][0].isdecimal() and forms[i - 3] in _PAIRS:
        return True  # اللواءين 34 و55
    if before in _SLASHES and i > 1 and forms[i - 2][0].isdecimal():
        return True
    if after in _SLASHES and i + 2 < end and forms[i + 2][0].isdecimal():
        return True
    if len(form) == 4 and form.isdecimal() and 1900 <= int(form) <= 2100 and _is_year(words, i, end, before, after):
        return True
    if form.isdecimal() and len(form) <= 2 and 1 <= int(form) <= 31 and _is_day(words, i, end):
        return True
    return _is_glued(words, i, end)


def _counts_behind(label: str, after: str) -> bool:
    """Whether a figure behind a word for a place, an hour or a unit counts: قتل في القطاع 12 شخصا, حتى الساعة 320 شهيدا, but اللواء 44 مشاة."""
    known = counted_nouns().get(after)
    return known is not None and (
        label in _GROUNDS or (label in _HOURS and known[0] == "person") or (label in _UNITS and known[0] == "person" and after not in _ARMS)
    )


def _before(words: Words, i: int) -> str:
    """The word in front of token `i`, without و; the article of a figure (الـ21) is passed over."""
    k = i - 1
    if k > 0 and words.forms[k] == "ال":
        k -= 1
    form = words.forms[k] if k >= 0 else ""
    return form[1:] if form[:1] in ("و", "ف") and len(form) > 2 else form


def _is_year(words: Words, i: int, end: int, before: str, after: str) -> bool:
    forms = words.forms
    if before in _YEAR_CUES or (before in ("و", "-", "–") and i > 1 and forms[i - 2].isdecimal() and len(forms[i - 2]) == 4):
        return True
    if before in _YEAR_PLACES and bare_noun(after) not in counted_nouns():
        return True
    for near, far, link in ((i + 2, i + 3, after), (i - 2, i + 1, before)):  # من 2011 إلى 2018
        if link in _LINKS and 0 <= near < end and forms[near].isdecimal() and len(forms[near]) == 4:
            behind = forms[far] if far < end else ""
            if 1900 <= int(forms[near]) <= 2100 and bare_noun(behind) not in counted_nouns():
                return True
    return False


def _is_day(words: Words, i: int, end: int) -> bool:
    """3 كانون الأول, 3 من الشهر الجاري, 3 و4 ديسمبر."""
    forms, k = words.forms, i + 1
    while k + 1 < end and forms[k] in _LINKS and forms[k + 1].isdecimal() and len(forms[k + 1]) <= 2:
        k += 2
    if k + 1 < end and forms[k] == "من" and forms[k + 1] == "الشهر":
        return True
    while k + 1 < end and forms[k] in ("من", "شهر"):
        k += 1
    return k < end and forms[k] in _MONTHS


def _is_glued(words: Words, i: int, end: int) -> bool:
    """M4, T-72, إف-16; 2018-03-24."""
    forms, starts, ends, text = words.forms, words.starts, words.ends, words.text
    previous = text[starts[i] - 1 : starts[i]] if starts[i] else ""
    if previous.isascii() and previous.isalpha():
        return True
    left = right = i
    while left > 1 and forms[left - 1] == "-" and ends[left - 2] == starts[left - 1] and ends[left - 1] == starts[left]:
        left -= 2
        if not forms[left][0].isdecimal():
            return forms[left][0].isalpha()
    while right + 2 < end and forms[right + 1] == "-" and forms[right + 2][0].isdecimal() and ends[right] == starts[right + 1]:
        right += 2
    return right - left >= 4


def is_share(words: Words, after: int, end: int) -> bool:
    """Whether the number in front of token `after` is so many of a hundred, or somebody's age: 30%, ثلاثين بالمئة, 60 في المئة, في الستين من عمره."""
    forms = words.forms
    if after >= end:
        return False
    if forms[after] == "من" and after + 1 < end and forms[after + 1] in _AGE:
        return True
    return forms[after] in _SHARES or (forms[after] == "في" and after + 1 < end and forms[after + 1] in _HUNDRED)


def is_year_in_words(words: Words, i: int, low: int) -> bool:
    """عام ألفين وثلاثة عشر."""
    return 1900 <= low <= 2100 and i > 0 and words.forms[i - 1] in _YEAR_WORDS


_LOADS: Final = each("هاون غراد سكود كاتيوشا أرض مدفعية آر بي طراز من توماهوك هيلفاير نفط كلور إسعاف")


def is_adjective(words: Words, i: int, end: int) -> bool:
    """صاروخي, مدفعي, شخصي: an adjective, unless the noun of a construct dual follows (صاروخي غراد, عنصري الشرطة)."""
    form = words.forms[i]
    if not form.endswith("ي") or form.endswith("تي") or form[0] == "ب":
        return False
    following = words.forms[i + 1] if i + 1 < end else ""
    return following not in _LOADS and not following.startswith("ال")


# --- singulars that count nobody ------------------------------------------------------------------------------------

_BRACKETS: Final = frozenset("()[]«»\"“”'")
_NOT_ONE: Final = each("كل أي لكل بأي ولا لا غير أول آخر ليس دون بدون بين رصاص برصاص نيران بنيران رصاصة برصاصة")
_DESCRIBING: Final = each(
    "انتحاري عسكري إرهابي متطرف متشدد أجنبي جهادي انتحارية إرهابية عسكرية فلسطيني سوري عراقي يمني ليبي سوداني لبناني",
    "صومالي مصري إسرائيلي إيراني أفغاني تركي أميركي أمريكي روسي فرنسي سعودي كردي فلسطينية سورية عراقية يمنية ليبية سودانية",
    "لبنانية صومالية مصرية إسرائيلية إيرانية أفغانية تركية أميركية أمريكية روسية فرنسية سعودية كردية أجنبية حوثي حوثية",
    "داعشي مسن عامل مصاب مطلوب متهم مشتبه عائد زائر مرتزق إعلامي صحفي صحفية صحافي صحافية إعلامية مختار عميل قاصر محتجز",
    "مفقود فرد قائد سائح أخ إمام حاج نسمة",
)
_OFFICES: Final = each("أمير نائب وزير زعيم مستشار مسؤول شيخ ابن")
_COUNTRIES: Final = each("سوريا ليبيا تركيا روسيا")
_BEFALLEN: Final = each(
    "مقتل قتل قتلت وقتل يقتل استشهاد استشهد واستشهد إصابة وإصابة أصيب أصيبت وأصيب جرح وجرح وفاة مصرع لقي اغتيال اغتيل",
    "اعتقال واعتقال اعتقل اعتقلت واعتقل توقيف احتجاز احتجز خطف اختطاف اختطف اختطفت إعدام أعدم أسر أسرت تصفية ذبح طعن",
    "سقوط سقط يخطفون خطفوا اختطفوا يختطفون قتلوا يقتلون اعتقلوا يعتقلون تعتقل تخطف تختطف تقتل أوقفت أوقف احتجزت أصابت",
    "سراح بينهم وبينهم بينها منهم بينهما ضمنهم",
)
_FREED: Final = each("الإفراج إفراج أفرج أفرجت وأفرجت يفرج القبض قبض قبضت")
_CRIMES: Final = each("جريمة محاولة عملية عمليات جرائم")
_PRONOUNS: Final = each("ه ها هم هن هما")
_CASUALTIES: Final = each("قتيل قتيلا جريح جريحا شهيد شهيدا مصاب مصابا")


def stands_alone(words: Words, i: int, begin: int, end: int) -> bool:
    """An indefinite singular that is no construct head of a definite noun, no adjective, not negated, not counted already."""
    forms, form = words.forms, words.forms[i]
    name = bare_noun(form)
    if name in _COUNTRIES or form in _COUNTRIES or _is_second(words, i, begin) or is_in_front(words, i):
        return False
    if i > begin and not form.startswith("و") and counted(forms[i - 1]) is not None:
        return False  # شاب مدني: one man
    k = i - 1
    while k > begin and forms[k] in _BRACKETS:
        k -= 1
    before = forms[k] if k >= begin else ""
    if before in _NOT_ONE:
        return False
    if _is_doubtful(form, name) and not befell(words, i, begin):
        return False  # بيان صحفي, قال نائب وزير الخارجية; but مقتل صحفي
    if before and (part := read(before)) is not None and part.kind != "several":
        return False
    following = forms[i + 1] if i + 1 < end else ""
    if following in _DESIGNS:
        return False  # مقاتلة إف-16
    return not (following.startswith("ال") and following not in ("الي", "الا") and len(following) > 3)


def is_in_front(words: Words, i: int) -> bool:
    """أمام, which is written with its hamza and is no إمام."""
    return words.forms[i] in ("امام", "وامام") and "أ" in words.text[words.starts[i] : words.ends[i]]


def _is_doubtful(form: str, name: str) -> bool:
    """A word that describes or heads an office, in the accusative too."""
    words = {form, name, form.removesuffix("ا"), name.removesuffix("ا")}
    return not (words.isdisjoint(_DESCRIBING) and words.isdisjoint(_OFFICES))


def is_and_one(words: Words, i: int, end: int) -> bool:
    """وأحد مرافقيه, which is written as واحد is but for the hamza; not وأحد عشر."""
    if words.forms[i] != "واحد" or (i + 1 < end and words.forms[i + 1] in ("عشر", "عشره")):
        return False
    return "أ" in words.text[words.starts[i] : words.ends[i]]


def is_one_of(words: Words, i: int) -> bool:
    """أحد الجنود, أحد عناصر الحرس, وأحد جنوده."""
    form, noun = words.forms[i], words.forms[i + 1]
    several = (noun.removeprefix("ال"), *(noun.removesuffix(whose) for whose in _PRONOUNS if noun.endswith(whose)))
    return form.removeprefix("و") in ("احد", "احدي") and any(counted_nouns().get(form) == ("person", 0) for form in several)


def befell(words: Words, i: int, begin: int) -> bool:
    """Whether something befell the person at token `i`: مقتل صحفي, بينهم مسؤول, جندي ومسؤول, اعتقلت الشرطة مشتبها به."""
    forms, k = words.forms, i - 1
    while k > begin and forms[k] in _BRACKETS:
        k -= 1
    before = forms[k] if k >= begin else ""
    if before in _BEFALLEN or (before[:1] in ("و", "ف") and before[1:] in _BEFALLEN):
        return i - 2 < begin or bare_noun(forms[i - 2]) not in _CRIMES
    if forms[i][0] == "و" and counted_nouns().get(before) == ("person", 1) and not _is_doubtful(before, before):
        return i - 2 < begin or read(forms[i - 2]) is None
    if before in ("عن", "علي") and i - 2 >= begin and forms[i - 2] in _FREED:
        return True
    if not forms[i].endswith("ا") or before.endswith("ا"):
        return False  # عملا إرهابيا
    return not _BEFALLEN.isdisjoint(forms[max(begin, i - 3) : i])


def _is_second(words: Words, i: int, begin: int) -> bool:
    """بين قتيل وجريح; 12 قتيلا وجريحا; 43 قتيلا بين مدني وعسكري; 47 مقاتلا ومقاتلة."""
    forms, form = words.forms, words.forms[i]
    if not form.startswith("و") or i - 2 < begin:
        return False
    before = forms[i - 1]
    if forms[i - 2] in BETWEEN:
        return counted_nouns().get(before) == ("person", 1)
    if read(forms[i - 2]) is None:
        return False
    return (form[1:] in _CASUALTIES and before in _CASUALTIES) or form[1:].removesuffix("ه") == before.removesuffix("ا")
