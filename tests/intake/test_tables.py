"""Tables: columns that are known, columns that are told, days in every writing, and rows that do not fit."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import msgspec
import pytest

from marsad import __version__
from marsad.intake import Fault
from marsad.intake.columns import day_of
from marsad.knowledge import columns as known
from marsad.knowledge.vocabulary import VocabularyError
from marsad.model import Report
from tests.intake import made
from tests.intake.taken import items, proved, reports, told

DAY = datetime.date(2018, 12, 3)
T, S, K = made.TITLE, made.SHELLING, made.KILLING


def line(*cells: str, delimiter: str = ",") -> str:
    return delimiter.join('"' + c.replace('"', '""') + '"' if any(x in c for x in (delimiter, '"', "\n")) else c for c in cells) + "\r\n"


# head, row, then id, text, title, day, outlet, url, original; the name of the table
KNOWN = [
    ("event_id_cnty,event_date,disorder_type,source,notes", ("SYR1", "03 December 2018", "x", "SOHR", S), ("SYR1", S, None, DAY, None, None, "SOHR"), "ACLED events"),
    ("URL,MobileURL,Date,Title", ("https://e.org/1", "", "2018-12-03 10:15:00", T), ("t-1", T, T, DAY, None, "https://e.org/1", None), "GDELT article list"),
    ("id,title,sjac_title,title_ar,sources,description,publish_date,source_link", ("7", "x", "y", T, "وكالة", f"<p>{S}</p>", "2018-12-03T00:00", "https://e.org/2"), ("7", S, T, DAY, "وكالة", "https://e.org/2", None), "Bayanat bulletins"),
    ("Page Name,Post Created,Message,URL,Likes", (made.OUTLET, "2018-12-03 10:00:00 EET", S, "https://e.org/3", "5"), ("t-1", S, None, DAY, made.OUTLET, "https://e.org/3", None), "CrowdTangle posts"),
    ("id,thread_id,author,body,timestamp,chat", ("9", "9", "a", S, "2018-12-03 10:00:00", made.OUTLET), ("9", S, None, DAY, made.OUTLET, None, None), "4CAT posts"),
    ("message_id,date,message,views,channel", ("5", "2018-12-03 10:00:00+00:00", S, "9", made.OUTLET), ("t-1", S, None, DAY, made.OUTLET, None, None), "Telegram messages of a scraper"),
    ("stories_id,publish_date,title,url,language,media_name", ("4", "2018-12-03 10:00:00", T, "https://e.org/5", "ar", made.OUTLET), ("4", T, T, DAY, made.OUTLET, "https://e.org/5", None), "Media Cloud stories"),
    ("url,fingerprint,hostname,title,date,text", ("https://e.org/6", "f", "e.org", T, "2018-12-03", S), ("t-1", S, T, DAY, "e.org", "https://e.org/6", None), "trafilatura extracts"),
    ("العنوان,نص الخبر,تاريخ النشر,المصدر,الرابط", (T, S, "3 كانون الأول 2018", made.OUTLET, "https://e.org/7"), ("t-1", S, T, DAY, made.OUTLET, "https://e.org/7", None), "table"),
    ("Title,Body,Published At,Source", (T, S, "2018-12-03T10:00:00Z", made.OUTLET), ("t-1", S, T, DAY, made.OUTLET, None, None), "table"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "row", "expected", "table"), KNOWN, ids=[t for *_, t in KNOWN])
def test_a_known_table(head: str, row: tuple[str, ...], expected: tuple[object, ...], table: str) -> None:
    (report,) = reports(f"{head}\r\n{line(*row)}".encode(), "t.csv")
    assert (report.id, report.text, report.title, report.date, report.outlet, report.url, report.original) == expected
    assert report.proof is not None
    assert report.proof.extractor == f"marsad.columns {__version__} ({table})"


def test_the_schema_of_known_tables_is_checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = (known.__file__ and Path(known.__file__).with_name("columns.toml").read_text("utf-8")) or ""
    (tmp_path / "columns.toml").write_text(text.replace("columns = { text =", "columns = { txet =", 1), "utf-8")
    monkeypatch.setattr("marsad.knowledge.vocabulary.folder", lambda: tmp_path)
    known.known_tables.cache_clear()
    with pytest.raises(VocabularyError, match=r"columns.toml, line \d+: unknown key 'txet'; did you mean 'text'"):
        known.known_tables()
    monkeypatch.undo()
    known.known_tables.cache_clear()
    assert known.known_tables()[-1].name == "table"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_delimiters_and_encodings(delimiter: str, encoding: str) -> None:
    body = f'{S} "كما قيل"\nسطر ثان{delimiter} وبقية'
    content = (line("title", "text", "date", delimiter=delimiter) + line(T, body, "2018-12-03", delimiter=delimiter) * 2).encode(encoding)
    found = reports(content, "t.csv")
    assert [(r.title, r.text, r.date) for r in found] == [(T, body, DAY)] * 2
    assert found[0].proof is not None
    if encoding == "utf-8":
        assert proved(found[0], line(T, body, "2018-12-03", delimiter=delimiter).encode())


def test_the_delimiter_that_excel_names() -> None:
    assert [r.text for r in reports(f"sep=;\r\ntext;id\r\n{S.replace('،', ',')};4\r\n".encode(), "t.csv")] == [S.replace("،", ",")]


def test_columns_that_are_told() -> None:
    content = (line("Body", "When", "Who", "text") + line(S, "3/12/2018", "ناشط", "no")).encode()
    (report,) = reports(content, "t.csv", columns={"text": "body", "date": "When"})
    assert (report.text, report.date) == (S, DAY)
    assert {k: msgspec.json.decode(v) for k, v in report.extra.items()} == {"Who": "ناشط", "text": "no"}
    (fault,) = told(content, "t.csv", columns={"text": "Bodi"})
    assert "no column 'Bodi'; did you mean 'Body'?" in fault


# content, what is said of which line, how many reports
FAULTS: list[tuple[str, list[str], int]] = [
    ("id^text^date\n1^x^2018-01-01\n", ["its head is one column, 'id^text^date', not divided by any of , ; | or tab: is '^' the delimiter?"], 0),
    ("Name,Age\nx,5\n", ["no column with a text; the columns are 'Name', 'Age'; name it with --columns text="], 0),
    ("GlobalEventID,SQLDATE,Actor1Name,SOURCEURL\n1,20181203,x,u\n", ["take in the pages that its column SOURCEURL names"], 0),
    (f"id,text\n1,{S}, وبقية\n2,{S}\n", ["line 2: 3 cells where the head has 2 (divided by ,)"], 1),
    (f"id,text\n1,{S}\n2\n", ["line 3: 1 cells where the head has 2"], 1),
    (f'id,text\n1,"{S}\n2,{S}\n3,{S}\n', ["line 2: a quotation mark that is not closed"], 2),
    (f"id,text\n1,\n\n2,{S}\n", ["line 2: empty text"], 1),
    (f"id,text,date\n1,{S},soon\n2,{S},2018-12-03\n", ["line 2: date 'soon' is no day"], 1),
    ("", ["empty"], 0),
]


@pytest.mark.parametrize(("content", "said", "good"), FAULTS, ids=[s[0][:40] for _, s, _ in FAULTS])
def test_what_does_not_fit_costs_itself(content: str, said: list[str], good: int) -> None:
    found = items(content.encode(), "t.csv")
    faults = [str(item) for item in found if isinstance(item, Fault)]
    assert len(faults) == len(said)
    assert all(words in fault for words, fault in zip(said, faults, strict=True))
    assert sum(isinstance(item, Report) for item in found) == good


def test_a_table_of_nothing_but_quotation_marks_is_left_in_time() -> None:
    content = b"id,text\n" + b'1,"x\n' * 30_001
    assert len(told(content, "t.csv")) > 1


DATES = [row.split("\t") for row in Path(__file__).with_name("dates.tsv").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", DATES, ids=[row[0] for row in DATES])
def test_a_day(row: list[str]) -> None:
    if row[1] == "-":
        with pytest.raises(ValueError, match="day"):
            day_of(row[0])
        return
    day, said = day_of(row[0])
    assert str(day) == row[1]
    assert bool(said) == (len(row) > 2)


def sheet(*rows: tuple[str | int | float, ...]) -> bytes:
    return made.xlsx([("العنوان", "النص", "التاريخ", "عدد"), *rows])


def test_a_sheet() -> None:
    found = items(sheet((T, S, 43437, 5.5), ("", "", "", ""), (T, K, "3 كانون الأول 2018", 7), (T, K, "soon", 1)), "s.xlsx")
    good = [item for item in found if isinstance(item, Report)]
    assert [(r.id, r.text, r.date) for r in good] == [("s-أخبار-2", S, DAY), ("s-أخبار-4", K, DAY)]
    assert [str(item) for item in found if isinstance(item, Fault)] == ["s.xlsx, sheet أخبار, row 5: date 'soon' is no day"]
    assert good[0].proof is not None
    assert good[0].proof.path == "s.xlsx#أخبار!2"
    assert msgspec.json.decode(good[0].extra["عدد"]) == 5.5


def test_cells_of_every_kind() -> None:
    """Shared strings, numbers that are days by their format, truths, errors, and columns that are left out, as Excel writes them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet())) as packed, zipfile.ZipFile(out, "w") as made_:
        main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        for name in packed.namelist():
            if name != "xl/worksheets/sheet1.xml":
                made_.writestr(name, packed.read(name))
        strings = "".join(f"<si><t>{words}</t></si>" for words in ("text", "date", "flag", S))
        made_.writestr("xl/sharedStrings.xml", f"<sst {main}>{strings}<si><r><t>{K}</t></r><r><t> (ن)</t></r><rPh><t>no</t></rPh></si></sst>")
        formats = '<numFmts><numFmt numFmtId="164" formatCode="[$-2000401]dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="0.00&quot;day&quot;"/></numFmts>'
        xfs = "".join(f'<xf numFmtId="{n}"/>' for n in (0, 164, 14, 165))
        made_.writestr("xl/styles.xml", f"<styleSheet {main}>{formats}<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs>{xfs}</cellXfs></styleSheet>")
        rows = (
            '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c><c r="D1" t="s"><v>2</v></c></row>'
            '<row r="3"><c r="A3" t="s"><v>3</v></c><c r="C3" s="1"><v>43437.5</v></c><c r="D3" t="b"><v>1</v></c></row>'
            '<row r="9"><c r="A9" t="s"><v>4</v></c><c r="C9" s="2"><f>A1</f><v>43437</v></c><c r="D9" t="e"><v>#REF!</v></c></row>'
            '<row r="10"><c r="A10" t="s"><v>99</v></c><c r="D10" s="3"><v>43437</v></c><c r="XFD10"><v>1</v></c></row>'
        )
        made_.writestr("xl/worksheets/sheet1.xml", f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>")
    found = items(out.getvalue(), "s.xlsx")
    good = [item for item in found if isinstance(item, Report)]
    assert [(r.text, r.date) for r in good] == [(S, DAY), (f"{K} (ن)", DAY)]
    assert bytes(good[0].extra["flag"]) == b"true"
    assert [str(item) for item in found if isinstance(item, Fault)] == ["s.xlsx, sheet أخبار, row 10: empty text"]


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet())) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made_:
        for name in packed.namelist():
            made_.writestr(name, bytes(513 << 20) if name == "xl/worksheets/sheet1.xml" else packed.read(name))
    return out.getvalue()


def broken_sheet() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet((T, S, 43437, 5), (T, K, 43437, 5)))) as packed, zipfile.ZipFile(out, "w") as made_:
        for name in packed.namelist():
            made_.writestr(name, packed.read(name).replace(K.encode(), b"&"))
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NONE = {
    "cut": (sheet((T, S, 43437, 5))[:-40], "damaged or cut"),
    "without text": (made.xlsx([("A", "B"), ("x", "y")]), "sheet أخبار, row 1: no column with a text"),
    "empty": (made.xlsx([]), "a spreadsheet without rows"),
    "encrypted": (OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "an encrypted spreadsheet"),
    "of old": (OLE + bytes(512), "an old file of an office program"),
}


@pytest.mark.parametrize(("content", "said"), NONE.values(), ids=NONE.keys())
def test_a_sheet_that_is_none(content: bytes, said: str) -> None:
    assert said in told(content, "s.xlsx")[-1]


def test_a_sheet_that_breaks_off_gives_what_is_whole() -> None:
    found = told(broken_sheet(), "s.xlsx")
    assert found[0] == "s-أخبار-2"
    assert "sheet أخبار: xl/worksheets/sheet1.xml, line 1: broken XML" in found[1]


@pytest.mark.slow
def test_a_sheet_that_unpacks_without_measure_is_refused() -> None:
    assert "the limit is" in told(zip_bomb(), "s.xlsx")[0]
