"""A plot of measured points as SVG, written by hand: two logarithmic axes, a line for each series, nothing to install."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10
from typing import Final

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 150, 40, 50
_COLOURS: Final = ("#1b6ca8", "#c1440e", "#3a7d44", "#6a4c93", "#8d6a00")

Points = Sequence[tuple[float, float]]


def plot(title: str, across: str, up: str, series: Mapping[str, Points]) -> str:
    """The plot; every value must be greater than 0."""
    xs = [x for points in series.values() for x, _ in points]
    ys = [y for points in series.values() for _, y in points]
    x_axis, y_axis = _axis(xs), _axis(ys)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="{LEFT}" y="22" font-size="14">{escape(title)}</text>',
    ]
    for power in range(x_axis[0], x_axis[1] + 1):
        x = _place(10.0**power, x_axis, LEFT, WIDTH - RIGHT)
        parts += [
            f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{HEIGHT - BOTTOM}" stroke="#ddd"/>',
            _words(x, HEIGHT - BOTTOM + 18, _figure(power), "middle"),
        ]
    for power in range(y_axis[0], y_axis[1] + 1):
        y = _place(10.0**power, y_axis, HEIGHT - BOTTOM, TOP)
        parts += [f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#ddd"/>', _words(LEFT - 8, y + 4, _figure(power), "end")]
    parts += [_words((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, across, "middle"), _words(LEFT, TOP - 4, up, "start")]
    for n, (name, points) in enumerate(series.items()):
        colour = _COLOURS[n % len(_COLOURS)]
        places = [(_place(x, x_axis, LEFT, WIDTH - RIGHT), _place(y, y_axis, HEIGHT - BOTTOM, TOP)) for x, y in points]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        parts.append(f'<text x="{WIDTH - RIGHT + 12}" y="{TOP + 14 + 18 * n}" fill="{colour}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _axis(values: Sequence[float]) -> tuple[int, int]:
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return low, max(high, low + 1)


def _place(value: float, axis: tuple[int, int], begin: float, end: float) -> float:
    return begin + (log10(value) - axis[0]) / (axis[1] - axis[0]) * (end - begin)


def _words(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _figure(power: int) -> str:
    return f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"
