"""Each format of intake: whatever comes in gives reports that hold what every report holds, or faults; nothing is raised, and it has an end."""

from __future__ import annotations

import datetime
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.intake import made
from tests.intake.taken import items

DATA: Final = Path(__file__).parent.parent / "intake" / "data"
SLOW: Final = 20.0  # seconds for one small file, traced, on a machine that is busy with other things too


def _table() -> bytes:
    row = f'"{made.SHELLING} ""قال"" سطر\nآخر",2018-12-03,{made.TITLE},https://example.org/1'
    return ("text,date,title,url\r\n" + f"{row}\r\n" * 3).encode()


def _text() -> bytes:
    return f"---\ntitle: {made.TITLE}\ndate: 2018-12-03\n---\n{made.SHELLING}\n".encode()


def _lines() -> bytes:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in ({"id": "a", "text": made.SHELLING}, {"html": f"<p>{made.KILLING}</p>"})).encode()


def _mhtml() -> bytes:
    head = b'From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/1\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    part = b"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: https://example.org/1\r\n\r\n"
    return head + part + made.page() + b"\r\n--b--\r\n"


def _file(name: str) -> Callable[[], bytes]:
    return (DATA / f"{name}.pdf").read_bytes


def _sheet() -> bytes:
    return made.xlsx([("العنوان", "النص", "التاريخ"), (made.TITLE, made.SHELLING, 43437), (made.OTHER, made.KILLING, "3/12/2018")])


def _parquet() -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    out = io.BytesIO()
    rows = [{"id": "a", "text": made.SHELLING, "date": datetime.date(2018, 12, 3), "more": [1, 2]}, {"id": "b", "text": made.KILLING, "date": None, "more": []}]
    parquet.write_table(pa.Table.from_pylist(rows), out, compression="none")
    return out.getvalue()


FILES: Final[dict[str, tuple[str, tuple[Callable[[], bytes], ...]]]] = {
    "page": ("p.html", (made.page, lambda: made.page(charset="cp1256"), lambda: made.page().decode().encode("utf-16"))),
    "mhtml": ("p.mhtml", (_mhtml,)),
    "feed": ("f.xml", (made.wordpress, made.blogger, made.atom_xhtml, made.rdf, made.old_rss)),
    "json_feed": ("f.json", (made.json_feed,)),
    "archive": ("a.warc", (lambda: b"".join(made.records()),)),
    "packed_archive": ("a.warc.gz", (lambda: made.packed(made.records()),)),
    "wacz": ("a.wacz", (made.wacz,)),
    "gzip": ("a.jsonl.gz", (lambda: gzip.compress(_lines(), mtime=0),)),
    "telegram": ("result.json", (made.telegram,)),
    "telegram_page": ("messages.html", (made.telegram_page,)),
    "telegram_preview": ("s.html", (made.telegram_preview,)),
    "table": ("t.csv", (_table,)),
    "parquet": ("t.parquet", (_parquet,)),
    "sheet": ("s.xlsx", (_sheet,)),
    "document": ("d.docx", (made.bulletin_docx,)),
    "pdf": ("p.pdf", (_file("english"), _file("dejavu"))),
    "mail": ("m.eml", (lambda: made.eml(attached=[("b.docx", made.bulletin_docx())]), lambda: made.eml(None, f"<p>{made.KILLING}</p>"))),
    "mbox": ("m.mbox", (lambda: made.mbox(made.eml(), made.eml()),)),
    "lines": ("r.jsonl", (_lines,)),
    "text": ("r.txt", (_text,)),
}
"""Each parser: the name by which it is found, and the files that are changed."""


def _target(name: str) -> Callable[[bytes], object]:
    return lambda data: items(data, name)


TARGETS: Final = {format_: (_target(name), tuple(make() for make in makers)) for format_, (name, makers) in FILES.items()}
