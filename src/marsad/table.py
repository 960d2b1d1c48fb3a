"""A reading as a table that a person can check against the text: Arabic values, English heads with their Arabic beside.

Arabic stands in isolates (U+2068 … U+2069), so that a terminal that reorders keeps each value whole; on a narrow terminal each event
is a card of lines instead of a row.
"""

from __future__ import annotations

import io
from typing import Any, Final

import msgspec
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

_HEADS: Final = (
    ("type · النوع", "type"),
    ("status · الحالة", "status"),
    ("day · اليوم", "day"),
    ("place · المكان", "place"),
    ("who → whom · من → ضد من", "who"),
    ("counts · الأعداد", "counts"),
    ("who says so · المصدر", "source"),
    ("words · الكلمات", "words"),
)
_WIDE: Final = 130  # columns from which a table is drawn
_WHAT: Final = {
    "killed": "قتل killed",
    "wounded": "جرح wounded",
    "captured": "أسر captured",
    "arrested": "اعتقال arrested",
    "abducted": "خطف abducted",
    "missing": "فقدان missing",
    "displaced": "نزوح displaced",
    "surrendered": "استسلام surrendered",
    "released": "إفراج released",
    "deployed": "نشر deployed",
    "killed_or_wounded": "قتل أو جرح killed or wounded",
}


def table_of(content: bytes, why: Any, width: int, *, colour: bool = False) -> str:
    """The reading `content` (JSON) as text for a screen of `width` columns; `why`: the reasons of each event's fields, to be shown below it."""
    reading = msgspec.json.decode(content)
    out = io.StringIO()
    console = Console(file=out, width=max(width, 40), force_terminal=colour, no_color=not colour, highlight=False, emoji=False, markup=False)
    _head(console, reading)
    rows = [_row(reading["text"], event) for event in reading["events"]]
    if not rows:
        console.print(Text("  no events · لا أحداث"))
    elif width >= _WIDE and why is None:
        console.print(_table(rows))
    else:
        for number, row in enumerate(rows):
            _card(console, number + 1, row)
            if why is not None:
                _reasons(console, why[number])
    console.print()
    return out.getvalue()


def isolated(words: str) -> str:
    """Words in a first-strong isolate, controls of direction inside them shown as nothing."""
    return (
        "\u2068"
        + "".join(c for c in words if c not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f" and (c >= " " or c == "\n"))
        + "\u2069"
    )


def _head(console: Console, reading: dict[str, Any]) -> None:
    title = reading["title"] or reading["text"].strip().split("\n", 1)[0][:100]
    told = " · ".join(
        x for x in (reading["id"], reading["reference_date"] or "no reference day", isolated(reading["outlet"] or "") if reading["outlet"] else "") if x
    )
    console.print(Text(told, style="bold"))
    console.print(Text("  " + isolated(title)))
    for note in reading["notes"]:
        console.print(Text(f"  note: {note['message']}", style="yellow"))


def _row(text: str, event: dict[str, Any]) -> dict[str, str]:
    mentions = list(dict.fromkeys(text[a:b] for a, b in event["mentions"]))
    start, end = event["location_of_evidence"]
    passage = " ".join(text[start:end].split())
    return {
        "type": event["type"] + (f" ×{event['repeats']}" if event["repeats"] else ""),
        "status": event["status"] + (" (background)" if event["background"] else ""),
        "day": _day(event["date"]),
        "place": "، ".join(_place(p) for p in event["places"]) or "-",
        "who": _parties(event["actors"]),
        "counts": "; ".join(_count(c) for c in event["counts"]) or "-",
        "source": f"{isolated(event['source']['name'] or '-')} ({event['source']['kind']})",
        "words": f"{isolated(' / '.join(mentions))}: {isolated(passage[:160] + ('…' if len(passage) > 160 else ''))}",
    }


def _day(date: dict[str, Any]) -> str:
    if date["precision"] == "unknown":
        return "not told" if date["span"] is None else "unresolved"
    if date["start"] == date["end"]:
        return str(date["start"])
    return f"{date['start']} … {date['end']} ({date['precision']})"


def _place(place: dict[str, Any]) -> str:
    role = {"at": "", "from": "from ", "to": "to "}[place["role"]]
    relation = f" [{place['relation']}]" if place["relation"] else ""
    distance = f" {place['distance_km']:g} km" if place["distance_km"] else ""
    return f"{role}{isolated(place['name'])}{relation}{distance}"


def _parties(actors: list[dict[str, Any]]) -> str:
    def named(*roles: str) -> str:
        return "، ".join(isolated(a["name"]) + (f" {{{a['id']}}}" if a["id"] else "") for a in actors if a["role"] in roles)

    doers, hit, both, helped = named("initiator"), named("target"), named("participant"), named("beneficiary")
    parts = [f"{doers or '?'} → {hit}" if hit else doers, both and f"with: {both}", helped and f"for: {helped}"]
    return "; ".join(p for p in parts if p) or "-"


def _count(count: dict[str, Any]) -> str:
    low, high = count["min"], count["max"]
    figure = f"{low}" if low == high else f"{low}+" if high is None else f"{low}-{high}"
    who = f" {isolated(count['who']['name'])}" if count["who"]["name"] else ""
    part = " (part)" if count["part"] else ""
    source = f", says {isolated(count['source']['name'])}" if count["source"] else ""
    return f"{_WHAT[count['what']]} {figure}{who}{part}{source}"


def _table(rows: list[dict[str, str]]) -> Table:
    table = Table(box=SIMPLE_HEAD, show_lines=True, expand=True, pad_edge=False)
    for head, key in _HEADS:
        table.add_column(head, ratio={"words": 5, "who": 3, "place": 2, "source": 2, "counts": 2}.get(key, 1), overflow="fold")
    for row in rows:
        table.add_row(*(Text(row[key], style="bold" if key == "type" else "") for _, key in _HEADS))
    return table


def _card(console: Console, number: int, row: dict[str, str]) -> None:
    console.print(Text(f"  {number}. {row['type']} · {row['status']} · {row['day']}", style="bold"))
    for head, key in _HEADS[3:]:
        if row[key] != "-":
            line = Text(f"     {head.split(' · ')[0]}: ", style="dim")
            line.append(row[key], style="none")
            console.print(line, soft_wrap=False)


def _reasons(console: Console, reasons: list[Any]) -> None:
    for because in reasons:
        words = f" {isolated(because.words)}" if because.words else ""
        console.print(Text(f"       {because.field} = {because.value}{words}  [{because.entry}] {because.rule}", style="dim"))
