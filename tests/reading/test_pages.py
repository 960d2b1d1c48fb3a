"""Which pages are judged to be of another world, and that a long text is judged some thousand words at a time."""

from __future__ import annotations

from itertools import pairwise

from marsad.model import Reading, Report
from marsad.reading import read
from marsad.reading.events import QUIET, pages_of
from marsad.reading.reader import set_out
from marsad.reading.weights import model

WAR = """قصفت قوات النظام بالمدفعية الثقيلة بلدة كفرنبل في ريف إدلب الجنوبي، فقتل ثلاثة مدنيين بينهم طفلة وأصيب تسعة آخرون بجروح متفاوتة.
وقال الدفاع المدني إن فرقه انتشلت الضحايا من تحت أنقاض منزلين. وفي حلب انفجرت عبوة ناسفة بسيارة قيادي في فصيل معارض عند دوار الكرة الأرضية."""
SPORT = """فاز الفريق الأحمر على ضيفه بهدفين مقابل هدف في الجولة العاشرة من الدوري الممتاز، وسجل المهاجم البرازيلي هدفيه في الشوط الأول من تسديدتين
قويتين خارج منطقة الجزاء. ورفع الفائز رصيده إلى عشرين نقطة في صدارة الترتيب، بينما تجمد رصيد الخاسر عند المركز السادس. وقال المدرب الإسباني بعد المباراة إن
لاعبيه قدموا عرضا رائعا أمام الجماهير التي ملأت المدرجات، وإن الموسم ما زال طويلا. وينتقل النادي الأسبوع المقبل إلى ملعب البطولة لخوض نصف نهائي الكأس،
حيث يغيب الحارس الأساسي بسبب الإيقاف، ويعود الجناح الأيسر من الإصابة. وفي كرة السلة تأهل المنتخب إلى البطولة القارية بعد تغلبه على نظيره بفارق تسع نقاط."""
WAR_LONG = "\n\n".join([WAR] * 25)
SPORT_LONG = "\n\n".join([SPORT] * 45)


def other_worlds(most: int = 1_500) -> str:
    """A text of the words that speak most for another world, three times each."""
    tilts = model("page").tilts("w=")
    words = sorted((word for word in tilts if word.isalpha()), key=tilts.__getitem__)[:most] * 3
    return "\n".join(" ".join(words[n : n + 12]) + "." for n in range(0, len(words), 12))


def told(text: str) -> Reading:
    return read(Report.from_text(text, date="2019-05-12"))


def test_what_is_long_and_of_another_world_does_not_hush_what_stands_before_it() -> None:
    alone, both = told(WAR_LONG), told(f"{WAR_LONG}\n\n{other_worlds()}")
    assert {e.type for e in both.events} == {e.type for e in alone.events} >= {"shelling", "explosive_device"}


def test_a_long_page_of_sport_is_quiet() -> None:
    assert not told(SPORT_LONG).events


def test_a_page_is_judged_whole_and_a_long_text_by_stretches_that_leave_out_no_word() -> None:
    for text, long in ((WAR, False), (SPORT_LONG, True)):
        scene = set_out(Report.from_text(text, date="2019-05-12"))
        pages = pages_of(scene)
        assert (len(pages) > 3) is long
        assert (pages[0].begin, pages[-1].end) == (0, len(scene.document.forms))
        assert all(one.end == other.begin for one, other in pairwise(pages))
    assert all(page.margin < QUIET for page in pages)
