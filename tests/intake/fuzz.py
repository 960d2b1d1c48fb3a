"""Input that nobody would write: the files of `made` with bytes and words changed, cut, doubled and put together.

    python -m tests.intake.fuzz [--seconds 600] [--seed 1] [FORMAT …]      (`make fuzz`)

Whatever comes in, a format gives reports that hold what every report holds, or faults; it raises nothing, and it has an end. An input that
breaks this is written to `build/fuzz/` and named; the same seed finds it again.
"""

from __future__ import annotations

import argparse
import faulthandler
import gzip
import io
import random
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tests.intake import made
from tests.intake.taken import items

DATA: Final = Path(__file__).with_name("data")
PATIENCE: Final = 20.0
"""Seconds that one small file may take, on a machine that is busy with other things too."""


def _table() -> bytes:
    row = f'"{made.SHELLING} ""قال"" سطر\nآخر",2018-12-03,{made.TITLE},https://example.org/1'
    return ("text,date,title,url\r\n" + f"{row}\r\n" * 3).encode()


def _text() -> bytes:
    return f"---\ntitle: {made.TITLE}\ndate: 2018-12-03\n---\n{made.SHELLING}\n".encode()


def _pdf(name: str) -> Callable[[], bytes]:
    return (DATA / f"{name}.pdf").read_bytes


def _sheet() -> bytes:
    return made.xlsx([("العنوان", "النص", "التاريخ"), (made.TITLE, made.SHELLING, 43437), (made.OTHER, made.KILLING, "3/12/2018")])


TARGETS: Final[dict[str, tuple[str, tuple[Callable[[], bytes], ...]]]] = {
    "feed": ("f.xml", (made.wordpress, made.blogger, made.atom_xhtml, made.rdf, made.old_rss)),
    "json feed": ("f.json", (made.json_feed,)),
    "archive": ("a.warc", (lambda: b"".join(made.records()),)),
    "packed archive": ("a.warc.gz", (lambda: made.packed(made.records()),)),
    "wacz": ("a.wacz", (made.wacz,)),
    "telegram": ("result.json", (made.telegram,)),
    "telegram page": ("messages.html", (made.telegram_page,)),
    "table": ("t.csv", (_table,)),
    "sheet": ("s.xlsx", (_sheet,)),
    "document": ("d.docx", (made.bulletin_docx,)),
    "pdf": ("p.pdf", (_pdf("english"), _pdf("dejavu"))),
    "mail": ("m.eml", (lambda: made.eml(attached=[("b.docx", made.bulletin_docx())]), lambda: made.eml(None, f"<p>{made.KILLING}</p>"))),
    "mbox": ("m.mbox", (lambda: made.mbox(made.eml(), made.eml()),)),
    "text": ("r.txt", (_text,)),
}
"""Each parser, the name by which it is found, and the files that are changed."""

WORDS: Final = [
    b"<item>", b"</item>", b"<entry>", b"<![CDATA[", b"]]>", b"&", b"&nbsp;", b"<!ENTITY a 'b'>", b"\x00", b"\xff\xfe", b"\r\n\r\n", b"WARC/1.0\r\n", b"Content-Length: 99999999\r\n",
    b"Content-Length: -1\r\n", b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"PK\x05\x06", b'"', b'""', b",", b"\t", b"{", b"}", b"[", b"]", b'"messages": [', b'"type": "x"', b'"id": 99999999999999999999',
    b"From - Mon\n", b"--\n", b"Content-Type: multipart/mixed; boundary=x\n", b"\xd9\x82", b"\xed\xa0\x80", "\u202e".encode(), b"obj", b"endstream", b"/Length 9999999", b"---\n", b"date: 1\n",
    b"<div class=\"message default\" id=\"message1\">", b"<w:p>", b"</w:p>", b"2018-99-99", b"1e999", b"\\ud800", b"\\x1f", b"=?utf-8?b?", b"9" * 400,
]  # fmt: skip


def mutant(content: bytes, chance: random.Random) -> bytes:
    """The content with one to six things done to it."""
    made_ = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(made_) + 1)
        size = chance.choice((1, 2, 8, 64, 512))
        match chance.randrange(7):
            case 0:
                made_[at : at + size] = chance.randbytes(size)
            case 1:
                del made_[at : at + size]
            case 2:
                made_[at:at] = chance.choice(WORDS) * chance.choice((1, 1, 1, 50))
            case 3:
                other = chance.randrange(len(made_) + 1)
                made_[at:at] = made_[other : other + size]
            case 4 if at < len(made_):
                made_[at] ^= 1 << chance.randrange(8)
            case 5 if chance.random() < 0.3:
                del made_[at:]
            case _:
                made_[at:at] = bytes([chance.randrange(256)]) * size
    return bytes(made_)


def inside(content: bytes, chance: random.Random) -> bytes:
    """A packed file with one of the files in it changed, so that the change reaches the parser behind the unpacking; other files as in `mutant`."""
    if content.startswith(b"PK") and chance.random() < 0.8:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = [(m.filename, packed.read(m)) for m in packed.infolist()]
        chosen = chance.randrange(len(members))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            for number, (name, member) in enumerate(members):
                packed.writestr(name, inside(member, chance) if number == chosen else member)
        return out.getvalue()
    if content.startswith(b"\x1f\x8b") and chance.random() < 0.7:
        return gzip.compress(mutant(gzip.decompress(content), chance), 1)
    return mutant(content, chance)


def tries(target: str, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Without end: a name and a content that may break the parser."""
    name, makers = TARGETS[target]
    originals = [make() for make in makers]
    while True:
        yield name, inside(chance.choice(originals), chance)


def fault_of(name: str, content: bytes) -> str | None:
    """What is wrong with how a content is taken; None where nothing is."""
    begin = time.perf_counter()
    try:
        items(content, name)
    except Exception:  # anything at all is what is looked for
        return traceback.format_exc(limit=-4)
    spent = time.perf_counter() - begin
    return f"took {spent:.1f} seconds" if spent > PATIENCE else None


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.intake.fuzz", description=__doc__.split("\n\n")[0] if __doc__ else "")
    parser.add_argument("targets", nargs="*", metavar="FORMAT", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=float, default=600, help="for all together")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    targets = options.targets or list(TARGETS)
    broken = 0
    for target in targets:
        end = time.monotonic() + options.seconds / len(targets)
        count = 0
        for name, content in tries(target, random.Random(options.seed)):
            count += 1
            faulthandler.dump_traceback_later(3 * PATIENCE, exit=True)  # one that hangs: where, and the seed and the number say which
            wrong = fault_of(name, content)
            if wrong:
                broken += 1
                folder = Path("build/fuzz")
                folder.mkdir(parents=True, exist_ok=True)
                path = folder / f"{options.seed}-{count}-{name}"
                path.write_bytes(content)
                print(f"{path}: {wrong}", file=sys.stderr, flush=True)
            if time.monotonic() > end:
                break
        print(f"{target}: {count:,} files", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
