"""Texts, two and three at a time, through the search for copies."""

from __future__ import annotations

from marsad.incidents import copies
from marsad.model import Report, Residue

SEEDS = ("قتل 12 مدنيا وأصيب 30 آخرون في قصف على سوق بلدة كفرنبل، بحسب الدفاع المدني.\n(رويترز)".encode() * 3, b"\n\n\xff12 \xd9\xa1\xd9\xa2", "عاجل".encode())


def target(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    half = len(text) // 2
    reports = [
        Report("a", text),
        Report("b", text[half:], residue=(Residue((0, max(1, half // 2)), "share"),)),
        Report("c", text[:half] + "\nالمصدر: سانا", outlet=text[:20]),
    ]
    assert copies(reports) == copies(reports[::-1])
