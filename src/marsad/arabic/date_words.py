"""The words that dates are made of, folded, and whether a date can begin at a word.

    >>> role_of("وبالسبت"), role_of("ديسمبر"), role_of("قصف")
    ('weekday', 'month', None)

Month names: Levantine, Egyptian and Gulf, Maghrebi, Hijri. Weekdays and ordinals: Ryding, A Reference Grammar of Modern
Standard Arabic, ch. 15 (numerals and numeral phrases).
"""

from __future__ import annotations

from typing import Final

from marsad.arabic import numerals
from marsad.arabic.letters import fold
from marsad.arabic.words import Words


def each(*words: str) -> frozenset[str]:
    """The folded words of `words`; _ stands for a blank."""
    return frozenset(fold(word) for word in " ".join(words).split())


def _numbered(names: dict[int, str]) -> dict[str, int]:
    return {fold(name.lstrip("!")): n for n, spellings in names.items() for name in spellings.split()}


# --- days, months, seasons ------------------------------------------------------------------------------------------

WEEKDAYS: Final = _numbered(
    {
        0: "الاثنين الإثنين الأثنين",
        1: "الثلاثاء الثلثاء الثلاثا",
        2: "الأربعاء الأربعا",
        3: "الخميس",
        4: "الجمعة",
        5: "السبت",
        6: "الأحد",
    }
)
_MONTH_NAMES: Final = {
    1: "يناير كانون_الثاني كانون_ثاني كانون2 جانفي !ينايير",
    2: "فبراير شباط فيفري",
    3: "آذار !مارس",
    4: "أبريل إبريل نيسان أفريل",
    5: "مايو أيار !ماي",
    6: "يونيو يونيه يونية حزيران !جوان",
    7: "يوليو يوليه يولية تموز جويلية يوليوز",
    8: "أغسطس !آب !أوت غشت",
    9: "سبتمبر أيلول شتنبر",
    10: "أكتوبر تشرين_الأول تشرين_أول أوكتوبر",
    11: "نوفمبر تشرين_الثاني تشرين_ثاني نونبر",
    12: "ديسمبر كانون_الأول كانون_أول دجنبر",
}
MONTHS: Final = _numbered(_MONTH_NAMES)
DOUBTFUL: Final = each("ينايير مارس ماي جوان آب أوت")
"""Months that are other words too: they need a day, a year, شهر or a preposition such as في beside them."""
HIJRI: Final = _numbered(
    {
        1: "محرم المحرم",
        2: "صفر",
        3: "ربيع_الأول ربيع_أول",
        4: "ربيع_الثاني ربيع_الآخر ربيع_ثاني",
        5: "جمادى_الأولى جمادى_الأول",
        6: "جمادى_الثانية جمادى_الآخرة جمادى_الآخر",
        7: "رجب",
        8: "شعبان",
        9: "رمضان",
        10: "شوال",
        11: "ذو_القعدة ذي_القعدة",
        12: "ذو_الحجة ذي_الحجة",
    }
)
TWO_WORD_HEADS: Final = frozenset(name.split()[0] for name in (*MONTHS, *HIJRI) if " " in name)
SEASONS: Final = each("ربيع صيف خريف شتاء")
DECADES: Final = {
    fold(f"{article}{name}{end}"): 1900 + decade
    for name, decade in (("خمسين", 50), ("ستين", 60), ("سبعين", 70), ("ثمانين", 80), ("تسعين", 90))
    for end in ("يات", "ات")
    for article in ("ال", "")
}
"""الثمانينيات, تسعينات القرن الماضي: the decades of the last century."""
FIRST_MONTHS: Final = {fold(name): month for name, month in (("ربيع", 3), ("صيف", 6), ("خريف", 9))}
TODAY: Final = each("اليوم")
ITS_DAY: Final = each("يومه يومها يومهم يومهما")
ITS_SPAN: Final = {form: unit for unit, forms in (("week", "أسبوعه أسبوعها"), ("month", "شهره شهرها"), ("year", "عامه عامها")) for form in each(forms)}
YESTERDAY: Final = each("أمس الأمس البارحة امبارح مبارح")
TOMORROW: Final = each("غد غدا الغد")
DAYPARTS: Final = each(
    "فجر صباح ضحى ظهر ظهيرة عصر مساء ليل ليلة عشية منتصف غروب سحر فجرا صباحا ظهرا عصرا مساءا ليلا نهار صبيحة",
    "بعيد قبيل بعد ساعات",
)
EDGES: Final = each("مطلع بداية بدء أوائل نهاية أواخر منتصف أواسط مستهل ختام غرة بدايات نهايات")
PARTS: Final = {fold("النصف"): 6, fold("الربع"): 3, fold("الثلث"): 4}
"""Parts of a year by their months."""
_ORDINAL_NAMES: Final = (
    "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر الحادي_عشر الثاني_عشر الثالث_عشر الرابع_عشر"
    " الخامس_عشر السادس_عشر السابع_عشر الثامن_عشر التاسع_عشر العشرين الحادي_والعشرين الثاني_والعشرين الثالث_والعشرين"
    " الرابع_والعشرين الخامس_والعشرين السادس_والعشرين السابع_والعشرين الثامن_والعشرين التاسع_والعشرين الثلاثين"
    " الحادي_والثلاثين"
)
ORDINALS: Final = {
    fold(name): n
    for n, accusative in enumerate(_ORDINAL_NAMES.split(), 1)
    for name in {accusative, accusative.replace("شرين", "شرون").replace("ثلاثين", "ثلاثون")}
}
ORDINALS[fold("الفاتح")] = 1  # الفاتح من نوفمبر, as the Maghreb says
ORDINAL_HEADS: Final = frozenset(name.split()[0] for name in ORDINALS)
ORDERED: Final = ORDINAL_HEADS | {f"{name}ه" for name in ORDINAL_HEADS} | each("الأولى الواحدة")
"""The ordinals of men and women: السادس, التاسعة."""

# --- amounts of time ------------------------------------------------------------------------------------------------

UNITS: Final = {
    **dict.fromkeys(each("ساعة ساعات ساعتين ساعتان الساعة الساعات الساعتين"), "hour"),
    **dict.fromkeys(each("دقيقة دقائق"), "hour"),
    **dict.fromkeys(each("يوم يوما أيام يومين يومان اليوم الأيام اليومين اليومان ليال الليالي ليلتين ليلة"), "day"),
    **dict.fromkeys(each("أسبوع أسبوعا أسابيع أسبوعين أسبوعان الأسبوع الأسابيع الأسبوعين"), "week"),
    **dict.fromkeys(each("شهر شهرا أشهر شهور شهرين شهران الشهر الأشهر الشهرين الشهور"), "month"),
    **dict.fromkeys(each("عام عاما أعوام عامين عامان العام الأعوام العامين"), "year"),
    **dict.fromkeys(each("سنة سنوات سنتين سنتان السنة السنوات السنتين سنين"), "year"),
}
DUALS: Final = each(
    "ساعتين ساعتان الساعتين يومين يومان اليومين اليومان ليلتين أسبوعين أسبوعان الأسبوعين شهرين شهران الشهرين",
    "عامين عامان العامين سنتين سنتان السنتين",
)
PLURALS: Final = each(
    "ساعات الساعات دقائق أيام الأيام ليال الليالي أسابيع الأسابيع أشهر شهور الأشهر الشهور أعوام الأعوام",
    "سنوات السنوات سنين",
)
NEXT_ONE: Final = each("التالي التالية الموالي الموالية التاليين")
"""Behind a unit of time: the one behind the date told before."""
OF_THEN: Final = each("ذلك تلك")
"""In front of a unit of time: that of the date told before."""
OF_IT: Final = each("منه")
"""Behind a day or a month: of the month or the year told before."""
YEAR_WORDS: Final = each("عام العام سنة السنة عامي سنتي العامين السنتين")
MONTH_WORDS: Final = each("شهر شهري أشهر شهور")
"""In front of a month, of two or of more of them: شهر آب, شهري آب وأيلول, أشهر تموز وآب وأيلول."""
LAST: Final = each(
    "الماضي الماضية الماضيين الماضيتين الفائت الفائتة المنصرم المنصرمة الأخير الأخيرة الفارط الفارطة المنقضي",
    "المنقضية الماضيان السابق السابقة الأخيرين الأخيرتين الماضيات الماضيتان المنصرمين المنصرمتين المنصرمان المنصرمتان الفائتين",
    "الفائتتين الفائتان الفائتتان المنقضيين المنقضيتين الفارطين الفارطتين",
)
NEXT: Final = each(
    "المقبل المقبلة القادم القادمة المقبلين المقبلتين القادمين القادمتين الآتي الآتية الآتيين الآتيتين",
)
THIS: Final = each("الجاري الجارية الحالي الحالية هذا هذه")
FINAL: Final = each("الأخير الأخيرة")
SELF: Final = each("نفسه نفسها ذاته ذاتها عينه عينها")
OFFICES: Final = each(
    "الأمين المدير النائب القائد المؤتمر المراقب الاتحاد الأمن الرأي المنسق الحاكم المندوب المدعي المشرف السكرتير",
    "المفوض المفتش الإضراب القطاع الوضع",
)
"""Behind these العام is an adjective: الأمين العام السابق."""
SAME: Final = each("نفس ذات")
FEW: Final = each("القليلة القلائل المعدودة المعدودات")
"""الأيام القليلة الماضية."""
HEDGES: Final = frozenset(
    tuple(fold(phrase).split())
    for phrase in (
        "نحو|حوالي|قرابة|زهاء|أكثر من|أقل من|نصف|أزيد من|ما يقارب|ما يقارب من|ما يقرب من|ما يناهز|ما يربو على|ما يزيد على|ما يزيد عن"
        "|ما لا يقل عن|لا يقل عن|نحو من|حوالي من|قرابة من"
    ).split("|")
)
"""Hedges of an amount of time: قبل ما يقرب من شهرين."""
HEDGE_HEADS: Final = frozenset(phrase[0] for phrase in HEDGES)
DEADLINES: Final = each(
    "أمهل أمهلت أمهلهم أمهلتهم يمهل تمهل إمهال مهلة المهلة هدد هددت هددوا يهدد تهدد مهددا مهددة مهددين تهديد بالتهديد أنذر أنذرت ينذر تنذر",
    "إنذار إنذارا الإنذار",
)
"""Words of a deadline or a threat: أمهلت السكان حتى صباح السبت."""
UNTIL: Final = each("حتى وحتى قبل بحلول لغاية")
TAKEN_FROM: Final = each(
    "منزل منزله منزلها منزلهم منازلهم المنزل بيت بيته بيتها بيوتهم البيت مزرعة مزرعته مقهى سوق السوق قرية القرية بلدة البلدة مدينة المدينة حي طريق محيط",
    "قرب أمام داخل مكان مقر مكتبه سيارته متجره محله مدرسة جامعة مسجد مخيم كمين حاجز سواحل تلة أراضي أرض ريف جنوب شمال شرق غرب وسط قبل",
)
"""Whence somebody was taken or came: خطف قبل يومين من منزله."""
PAUSES: Final = each("توقف التوقف انقطاع الانقطاع غياب هدوء الهدوء جمود تأخر")
"""In front of how long it lasted: a time in which nothing happened is no event's (بعد توقف دام شهرين)."""
LASTING: Final = each(
    "القتال قتال المعارك معارك الاشتباكات اشتباكات المواجهات مواجهات الاقتتال اقتتال الحرب حرب الحصار حصار القصف قصف الغارات غارات الاحتجاجات احتجاجات",
    "التظاهرات تظاهرات المظاهرات مظاهرات الإضراب إضراب الاعتصام اعتصام المفاوضات مفاوضات المباحثات مباحثات المشاورات مشاورات المحادثات محادثات",
    "الاحتجاز الاعتقال السجن الأسر التعذيب التوتر الهدوء الإغلاق التهجير النزوح الاحتلال الحملة العمليات التوقيف الصدامات صدامات الاضطرابات",
)
"""What lasts: بعد ثلاثة أيام من القتال. With a pronoun (بعد ثلاثة أيام من اعتقاله) it is when it began."""
ELAPSED: Final = each("مضت خلت مضى")

# --- names that hold a date's words and tell none ---------------------------------------------------------------------

NOT_TODAY_AFTER: Final = each(
    "التالي الثاني الأول الثالث الرابع الخامس السابع نفسه ذاته عينه العالمي الوطني الدولي الذي السابق المقبل القادم",
    "الموالي الواحد التاريخي الموعود الأخير",
)
NOT_TODAY_BEFORE: Final = each("حتى ذلك ذات بذلك نفس وسوريا عراق سوريا صحيفة جريدة قناة موقع ليبيا روسيا مصري المصري كل شام العراق")
NAMED_PLACES: Final = each(
    "سوق حي مسجد جامع كنيسة جسر شارع ساحة ميدان جامعة ملعب لواء كتيبة حدود حركة حزب مستشفى مشفى مدرسة سد سجن تيار",
    "مجموعة فرقة دوار مخيم بلدة قرية منطقة أبو ابن محمد الشيخ السيد عملة مدينة معسكر استاد قاعة نادي ثانوية معهد",
    "كلية حديقة نهج شباب قوى فريق صحيفة جريدة موقع قناة تحالف ائتلاف مؤسسة خميس مفاعل مجمع محور سرايا",
    "مقهى مطعم فندق ألوية كوبري كبري نفق",
)
NAMED_EVENTS: Final = each("ثورة هجمات أحداث اعتداءات حرب انتفاضة نكسة")
"""Events known by their day (هجمات 11 سبتمبر): a name, unless the year stands behind it."""
NAMES_BEFORE: Final = NAMED_PLACES | NAMED_EVENTS
NO_WEEKDAY_BEHIND: Final = NAMED_PLACES | each("ثورة حرب انتفاضة نكسة")
"""Behind these a weekday is a name (حرب الأحد), but هجمات الخميس are those of that day."""

# --- the word at which a date can begin -------------------------------------------------------------------------------


def variants(form: str) -> tuple[str, ...]:
    """`form` with و, ف and one-letter prepositions taken off."""
    out = [form]
    rest = form
    if rest[0] in "وف" and len(rest) > 3:
        rest = rest[1:]
        out.append(rest)
    if rest.startswith("لل") and len(rest) > 4:
        out.append("ال" + rest[2:])
    elif rest[0] in "بلك" and len(rest) > 3:
        out.append(rest[1:])
    return tuple(out)


def bare(form: str) -> str:
    """`form` without و, ف and a one-letter preposition; بداية and ليلة have none."""
    return form if form[0] not in "وفبلك" or form in _WHOLE else variants(form)[-1]


def month_bare(form: str) -> str:
    """`form` as the month tables spell it, if it is one of theirs."""
    for variant in variants(form):
        if variant in MONTHS or variant in TWO_WORD_HEADS or variant in HIJRI:
            return variant
    return form


def _starts() -> dict[str, str]:
    starts: dict[str, str] = {}
    for words, kind in (
        (TODAY, "today"),
        (ITS_DAY, "its day"),
        (ITS_SPAN, "its day"),
        (YESTERDAY, "yesterday"),
        (TOMORROW, "tomorrow"),
        (each("الليلة لليلة"), "tonight"),
        (WEEKDAYS, "weekday"),
        (UNITS, "unit"),
        (MONTHS, "month"),
        (HIJRI, "month"),
        (TWO_WORD_HEADS, "month"),
        (each("منذ مذ"), "since"),
        (each("قبل قبيل"), "ago"),
        (each("خلال أثناء غضون مدى مدار طوال طيلة"), "within"),
        (each("أول"), "first"),
        (each("آخر"), "latest"),
        (each("بعد"), "after"),
        (EDGES, "edge"),
        (tuple(PARTS), "part"),
        (SEASONS, "season"),
        (each("الربيع الصيف الخريف"), "season"),
        (DECADES, "decade"),
        (each("بين ما"), "between"),
        (each("من"), "from"),
        (each("يومي ليلتي"), "day"),
        (each("عامي سنتي شهري"), "unit"),
        (each("عيد العيد"), "feast"),
        (each("في وفي ففي"), "in"),
        (each("الـ"), "within"),
    ):
        for word in words:
            if " " not in word:
                starts.setdefault(word, kind)
    for word in ORDINALS:
        starts.setdefault(word.split()[0], "ordinal")
    return starts


STARTS: Final = _starts()
_WHOLE: Final = EDGES | DAYPARTS | frozenset(STARTS)
roles: dict[str, str | None] = {}
"""What `role_of` has found so far; the scan over a text reads it first."""


def role_of(form: str) -> str | None:
    """Which kind of date can begin at `form`; None for almost every word. Memoised."""
    if len(roles) > 100_000:
        roles.clear()
    role = _role(form)
    if len(form) < 40:
        roles[form] = role
    return role


def _role(form: str) -> str | None:
    if form[0].isdecimal():
        return "figure"
    for variant in variants(form):
        if variant in STARTS:
            return STARTS[variant]
    numeral = numerals.value_at(Words(form, [form], [0], [len(form)]), 0, 1) is not None
    return "numeral" if numeral and (not form.startswith(("ال", "وال", "بال")) or len(form) > 4) else None
