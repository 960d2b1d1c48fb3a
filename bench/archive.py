"""How an archive streams: `python -m bench.archive [MB]` (default 1,000) makes a WARC of so many megabytes and reads it.

A process of its own reads the archive, so that its peak of memory is that of the reading. Beside it fastwarc, where that is installed, goes
over the same records and hands out their bytes; it makes no reports of them, so the column to compare is that of records alone.
"""

from __future__ import annotations

import gzip
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.measure import Table
from bench.texts import HERE
from tests.intake import made

_PICTURE = 300_000  # bytes of a response that is no page; between the pages as crawls have them
_READ = """
import sys, time
from {module} import {names}
begin = time.perf_counter()
count = {count}
seconds = time.perf_counter() - begin
peak = next((line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")), "0")  # ru_maxrss is that of the parent too
print(count, seconds, int(peak) / 1024)
"""
_WAYS = {
    "reports of marsad": ("marsad.intake", "Intake, take_in", "sum(1 for _ in take_in(Intake((sys.argv[1],))))"),
    "records of marsad": ("marsad.intake.warc", "records", "sum(1 for _ in records(open(sys.argv[1], 'rb'), lambda h: h.get('warc-type') == 'response'))"),
    "records of fastwarc": (
        "fastwarc.warc",
        "ArchiveIterator, WarcRecordType",
        "sum(r.reader.read() is not None for r in ArchiveIterator(open(sys.argv[1], 'rb'), record_types=WarcRecordType.response))",
    ),
}


def write(path: Path, size: int) -> int:
    """Write a WARC of `size` bytes, packed where its name ends in .gz; gives the bytes of its records."""
    chance = random.Random(1)
    sentences = (made.SHELLING, made.KILLING, made.AID)
    written = unpacked = number = 0
    with path.open("wb") as file:
        while written < size:
            number += 1
            body = " ".join(chance.choice(sentences) for _ in range(12)) + f" ({number})"
            menu = '<a href="/x">قسم من الأقسام</a>' * 200
            furniture = f"<nav>{menu}</nav><script>{chance.randbytes(20_000).hex()}</script>"
            page = made.page(body=body).replace(b"<article>", furniture.encode() + b"<article>")
            for record in (made.warc_record(2 * number, page), made.warc_record(2 * number + 1, chance.randbytes(_PICTURE), media="image/jpeg")):
                unpacked += len(record)
                written += file.write(gzip.compress(record, 6) if path.suffix == ".gz" else record)
    return unpacked


def streaming(megabytes: int = 1_000) -> Table:
    """Peak memory and speed over archives of a tenth of the size and of the whole size, plain and in gzip."""
    table = Table(
        "Archives",
        "Peak memory of a process that reads a WARC; it must not grow with the archive. MB/s: of unpacked records.",
        ("archive", "what is read", "count", "MB/s", "peak MB"),
    )
    with tempfile.TemporaryDirectory(prefix="marsad-bench-") as folder:
        for ending in ("warc", "warc.gz"):
            for size in (max(1, megabytes // 10), megabytes):
                path = Path(folder) / f"bench.{ending}"
                unpacked = write(path, size * 1_000_000)
                for name, (module, names, count) in _WAYS.items():
                    code = _READ.format(module=module, names=names, count=count)
                    told = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, cwd=HERE, check=False)
                    if told.returncode:
                        table.rows.append((f"{size:,} MB {ending}", name, "not installed", "", ""))
                        continue
                    found, seconds, peak = told.stdout.split()
                    table.rows.append((f"{size:,} MB {ending}", name, f"{int(found):,}", f"{unpacked / 1e6 / float(seconds):,.0f}", f"{float(peak):,.0f}"))
                path.unlink()
    return table


if __name__ == "__main__":
    print(streaming(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000).lines())
