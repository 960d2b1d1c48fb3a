"""A report is read as if the furniture that intake marked were not there, and told where it stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marsad.model import Report, Residue
from marsad.reading import read
from marsad.reading.apart import Apart
from marsad.reading.reader import read_whole

HEADLINE = "مقتل ثلاثة مدنيين بقصف لقوات النظام على كفرزيتا"
LEAD = "قتل ثلاثة مدنيين وأصيب سبعة آخرون بجروح صباح اليوم إثر قصف مدفعي نفذته قوات النظام على بلدة كفرزيتا بريف حماة، بحسب ناشطين."
OTHER = "غارة للتحالف على البوكمال تقتل خمسة من تنظيم الدولة"


def _report(parts: list[tuple[str, str]]) -> Report:
    """A report of lines; those with a kind are furniture."""
    text, residue = "", []
    for words, kind in parts:
        text += "\n\n" if text else ""
        if kind:
            residue.append(Residue((len(text), len(text) + len(words)), kind))
        text += words
    return Report(id="r", text=text, residue=tuple(residue))


PLAIN = read(_report([(HEADLINE, ""), (LEAD, "")]))


def test_furniture_between_headline_and_lead_changes_nothing() -> None:
    page = read(_report([("fbpx", "share"), (HEADLINE, ""), ("فيسبوك تويتر", "share"), ("قبل ساعتين", "byline"), (LEAD, ""), (OTHER, "related")]))
    assert PLAIN.events
    assert [(e.type, e.counts and e.counts[0].min) for e in page.events] == [(e.type, e.counts and e.counts[0].min) for e in PLAIN.events]
    for one, other in zip(page.events, PLAIN.events, strict=True):
        assert [page.text[b:e] for b, e in one.mentions] == [PLAIN.text[b:e] for b, e in other.mentions]
        assert [page.text[slice(*a.span)] for a in one.actors] == [PLAIN.text[slice(*a.span)] for a in other.actors]
    assert len(page.residue) == 4
    assert page.text.count("\n\n") == 5


@given(st.text(alphabet="اب \n", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5))
def test_what_is_left_stands_where_it_is_told(text: str, spans: list[tuple[int, int]]) -> None:
    residue = tuple(Residue((min(a, b), max(a, b)), "x") for a, b in spans if a != b and max(a, b) <= len(text))
    apart = Apart(Report(id="r", text=text, residue=residue))
    kept = apart.report.text
    for begin in range(len(kept)):
        at, end = apart.span((begin, begin + 1))
        assert end == at + 1
        assert text[at] == kept[begin]
        assert not any(b <= at < e for b, e in (r.span for r in residue))


def test_furniture_that_words_show_is_as_far_away() -> None:
    """A text whose lines of furniture are known by their words alone is read as the one without them."""
    body = ["قصف مدفعي على كفرزيتا", "قصفت قوات النظام أمس بلدة كفرزيتا، ما أدى إلى مقتل ثلاثة مدنيين، بحسب ناشطين.", "وردت الفصائل بقصف مواقع النظام."]
    bare = read(Report.from_text("\n".join(body), date="2018-12-03"))
    report = Report.from_text("\n".join(("fbpx", body[0], "تقرير خاص لـ شبكة محلية", "شارك", body[1], body[2], "مقالات ذات صلة")), date="2018-12-03")
    shown, scene, _ = read_whole(report)
    assert [shown.text[b:e] for b, e in (r.span for r in shown.residue)] == ["fbpx", "تقرير خاص لـ شبكة محلية", "شارك", "مقالات ذات صلة"]
    assert len(bare.events) > 0
    for one, other in zip(bare.events, shown.events, strict=True):
        assert (one.type, one.status, one.date.start, one.location_of_evidence is None) == (
            other.type, other.status, other.date.start, other.location_of_evidence is None,
        )  # fmt: skip
        assert [bare.text[b:e] for b, e in one.mentions] == [shown.text[b:e] for b, e in other.mentions]
        assert [place.name for place in one.places] == [place.name for place in other.places]
    assert not scene.document.silent
    assert "fbpx" not in scene.document.words.text
