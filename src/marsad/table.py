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
    ("place · المكان", "place"),
    ("who → whom · من → ضد من", "who"),
    ("counts · الأعداد", "counts"),
    ("who says so · المصدر", "source"),
    ("words · الكلمات", "words"),
)
_TYPES: Final = {
    "armed_clash": "اشتباك",
    "territory_change": "تغير السيطرة",
    "air_strike": "ضربة جوية",
    "shelling": "قصف",
    "explosive_device": "عبوة أو لغم",
    "suicide_attack": "هجوم انتحاري",
    "chemical_attack": "هجوم كيماوي",
    "assassination": "اغتيال",
    "attack_on_civilians": "اعتداء على مدنيين",
    "execution": "إعدام",
    "sexual_violence": "عنف جنسي",
    "abduction": "خطف",
    "arrest": "اعتقال",
    "restriction": "حصار أو إغلاق",
    "destruction": "نهب أو تدمير",
    "weapons_seizure": "ضبط سلاح",
    "troop_movement": "تحرك قوات",
    "displacement": "نزوح",
    "surrender": "استسلام",
    "negotiation": "تفاوض",
    "agreement": "اتفاق",
    "release": "إفراج",
    "protest": "احتجاج",
    "riot": "شغب",
    "aid": "إغاثة",
    "organisation": "تشكيل أو تعيين",
}
_STATUSES: Final = {"occurred": "وقع", "ongoing": "مستمر", "failed": "فشل", "planned": "مزمع", "denied": "منفي"}
_SHARES: Final = {"words": 4, "who": 3}  # of the width, where another column has 2
_WIDE: Final = 130  # columns from which a table is drawn
_WHAT_WIDE: Final = 20  # columns of the first column: "2018-11-01 … (month)"
_GAP: Final = 2
_RULER: Final = Console(file=io.StringIO(), width=400)
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
        console.print(_table(rows, width))
    else:
        for number, row in enumerate(rows):
            _card(console, number + 1, row)
            if why is not None:
                _reasons(console, why[number])
    console.print()
    return out.getvalue()


_DIRECTIONS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


def isolated(words: str) -> str:
    """Words in a first-strong isolate; controls of direction and of the terminal inside them are shown as nothing."""
    return f"\u2068{plain(words)}\u2069"


def plain(words: str) -> str:
    """Words without controls of direction and of the terminal."""
    return "".join(c for c in words if c not in _DIRECTIONS and (c >= " " or c == "\n") and not "\x7f" <= c <= "\x9f")


def arabic_of(kind: str) -> str:
    """The Arabic word for a type of event."""
    return _TYPES[kind]


def _head(console: Console, reading: dict[str, Any]) -> None:
    title = reading["title"] or reading["text"].strip().split("\n", 1)[0][:100]
    told = " · ".join(
        x for x in (plain(reading["id"]), reading["reference_date"] or "no reference day", isolated(reading["outlet"]) if reading["outlet"] else "") if x
    )
    for line in in_lines(told, console.width):
        console.print(Text(line, style="bold"), soft_wrap=True)
    for line in in_lines(isolated(title), console.width - 2):
        console.print(Text("  " + line), soft_wrap=True)
    for note in reading["notes"]:
        console.print(Text(f"  note: {note['message']}", style="yellow"))


def _row(text: str, event: dict[str, Any]) -> dict[str, str]:
    mentions = list(dict.fromkeys(text[a:b] for a, b in event["mentions"]))
    start, end = event["location_of_evidence"]
    passage = " ".join(text[start:end].split())
    return {
        "type": event["type"] + (f" ×{event['repeats']}" if event["repeats"] else ""),
        "status": f"{event['status']} {isolated(_STATUSES[event['status']])}" + ("\nbackground" if event["background"] else ""),
        "arabic": isolated(_TYPES[event["type"]]),
        "day": _day(event["date"]),
        "place": "، ".join(_place(p) for p in event["places"]) or "-",
        "who": _parties(event["actors"]),
        "counts": "; ".join(_count(c) for c in event["counts"]) or "-",
        "source": f"{isolated(event['source']['name'] or '-')} ({event['source']['kind']})",
        "words": f"{isolated(' / '.join(mentions))}\n{isolated(passage[:160] + ('…' if len(passage) > 160 else ''))}",
    }


def _day(date: dict[str, Any]) -> str:
    if date["precision"] == "unknown":
        return "not told" if date["span"] is None else "unresolved"
    if date["start"] == date["end"]:
        return str(date["start"])
    return f"{date['start']} …\n{date['end']} ({date['precision']})"


def _place(place: dict[str, Any]) -> str:
    role = {"at": "", "from": "from ", "to": "to "}[place["role"]]
    relation = f" [{place['relation']}]" if place["relation"] else ""
    distance = f" {place['distance_km']:g} km" if place["distance_km"] else ""
    return f"{role}{isolated(place['name'])}{relation}{distance}{_spot(place)}"


def _spot(place: dict[str, Any]) -> str:
    """Where it was located, by the English name of what gave the point, and how finely."""
    if place["precision"] == "unknown":
        return " (not located)"
    return f" ({place['name_en'] or place['admin1'] or place['country'] or ''}: {place['precision']})"


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


def _table(rows: list[dict[str, str]], width: int) -> Table:
    table = Table(box=SIMPLE_HEAD, show_lines=True, pad_edge=False, padding=(0, _GAP, 0, 0))
    table.add_column("what, when\nماذا ومتى", width=_WHAT_WIDE, no_wrap=True)
    shares = [_SHARES.get(key, 2) for _, key in _HEADS]
    room = width - _WHAT_WIDE - (len(_HEADS) + 1) * (_GAP + 1) - 1  # the box puts a blank at either edge and between columns
    widths = [room * share // sum(shares) for share in shares]
    for (head, _), columns in zip(_HEADS, widths, strict=True):
        table.add_column(head.replace(" · ", "\n"), width=columns, no_wrap=True)
    for row in rows:
        what = Text(row["type"], style="bold").append(f"\n{row['arabic']}\n{row['status']}\n{row['day']}", style="not bold")
        table.add_row(what, *(Text("\n".join(in_lines(row[key], columns))) for (_, key), columns in zip(_HEADS, widths, strict=True)))
    return table


def _card(console: Console, number: int, row: dict[str, str]) -> None:
    head_line = " · ".join(row[key].replace("\n", " ") for key in ("type", "arabic", "status", "day"))
    console.print(Text(f"  {number}. {head_line}", style="bold"), soft_wrap=True)
    for head, key in _HEADS:
        if row[key] != "-":
            for place, line in enumerate(in_lines(f"{head.split(' · ')[0]}: {row[key]}", console.width - 5)):
                console.print(Text(("     " if place == 0 else "       ") + line), soft_wrap=True)


def in_lines(words: str, width: int) -> list[str]:
    """Words broken into lines of `width` columns; an isolate ends with its line and opens again on the next, so that none swallows a neighbour."""
    lines: list[str] = []
    open_ = False
    for line in Text(words).wrap(_RULER, width, overflow="fold"):
        plain_line = line.plain.rstrip()
        begun = ("\u2068" if open_ else "") + plain_line
        open_ = begun.count("\u2068") > begun.count("\u2069")
        lines.append(begun + ("\u2069" if open_ else ""))
    return lines


def _reasons(console: Console, reasons: list[Any]) -> None:
    for because in reasons:
        words = f" {isolated(because.words)}" if because.words else ""
        console.print(Text(f"       {because.field} = {because.value}{words}  [{because.entry}] {because.rule}", style="dim"))
