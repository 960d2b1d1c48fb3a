"""How large the blocks of `marsad scale incidents` become: a simulation of the events of many reports under the skew that archives have.

What is drawn: the country of a report (the n-th of 22 as often as 1/n, as in the shared agency reports), its month (a heavy-tailed walk for each
country over twenty years, `variants.fighting`, so that a bad month has some twenty times an ordinary one), the family of types of each event by the
shares that are measured in readings, and how many months and families it stands in. What is counted: the events of each block, and of each bin.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bench.variants import fighting

COUNTRIES = 22


@dataclass(frozen=True)
class Shape:
    """What readings tell of events. `per_report`: events of a report; `blocks`: in which an event stands, on average; `families`: their shares in blocks;
    `compared`: pairs compared, as a share of all pairs of a block; `seconds`: of one comparison."""

    per_report: float
    blocks: float
    families: tuple[float, ...]
    compared: float
    seconds: float


@dataclass(frozen=True)
class Sizes:
    """Blocks of so many reports."""

    reports: int
    blocks: int
    median: float
    most: int
    pieces: int
    largest_hours: float
    hours: float


def simulated(reports: int, shape: Shape, *, large: int, seed: int = 7) -> Sizes:
    """Draw the blocks of so many reports."""
    chance = np.random.default_rng(seed)
    rows = reports * shape.per_report * shape.blocks
    country = 1 / np.arange(1, COUNTRIES + 1)
    months = np.array([np.diff([0.0, *fighting(f"land {n}")]) for n in range(COUNTRIES)])
    shares = (country / country.sum())[:, None] * months / months.sum(axis=1, keepdims=True)
    family = np.array(shape.families) / sum(shape.families)
    sizes = chance.poisson(rows * (shares[:, :, None] * family[None, None, :])).ravel()
    sizes = sizes[sizes > 0]
    pairs = sizes.astype(float) ** 2 / 2 * shape.compared
    pieces = np.ceil(sizes / large)
    units = pieces * (pieces + 1) / 2
    return Sizes(
        reports,
        len(sizes),
        float(np.median(sizes)),
        int(sizes.max()),
        int(units[pieces > 1].sum()),
        float(pairs.max()) * shape.seconds / 3600,
        float(pairs.sum()) * shape.seconds / 3600,
    )


def measured(folder: str, most: int = 40_000) -> Shape:
    """The shape of the readings in a folder of `marsad scale read`: of up to so many events."""
    import time
    from collections import Counter

    from marsad.incidents import packed, told_in, unpacked
    from marsad.scale.blocks import Found, Item, blocks_of
    from marsad.scale.files import Folder
    from marsad.scale.rows import reading_of, rows_of

    place = Folder(folder)
    names = [name for name in place.names("readings") if name.endswith(".parquet")]
    by_block: dict[str, list[Item]] = {}
    reports = events = 0
    for batch in rows_of(place, names, ["id", "sha256", "text", "reading", "same_as"]):
        for row in batch:
            reports += 1
            for told in told_in(reading_of(row)):
                blocks = blocks_of(told)
                item = Item(events, frozenset(blocks), unpacked(packed(told)) if blocks else told)
                events += 1
                for block in blocks:
                    by_block.setdefault(block, []).append(item)
        if events >= most:
            break
    found = Found()
    start = time.process_time()
    for block in sorted(by_block):
        found.add(block, by_block[block])
    found.done()
    seconds = time.process_time() - start
    pairs = sum(len(items) * (len(items) - 1) / 2 for items in by_block.values())
    families = Counter[str]()
    for block, items in by_block.items():
        families[block.split("|")[0]] += len(items)
    rows = sum(families.values())
    shares = tuple(count / rows for _, count in families.most_common())
    return Shape(events / reports, rows / events, shares, found.compared / max(1.0, pairs), seconds / max(1, found.compared))


def largest_components(incidents: str, shares: tuple[float, ...] = (0.0625, 0.125, 0.25, 0.5, 1.0), seed: int = 7) -> list[tuple[float, int, int, int, int]]:
    """For a share of the reports of a folder of incidents, taken at random: the share, events that have a link, links, the events of the largest component,
    and how many components there are."""
    from collections import Counter

    from marsad.scale.files import Folder
    from marsad.scale.loading import rows_in

    place = Folder(incidents)
    links = [((r["a_report"], r["a_index"]), (r["b_report"], r["b_index"])) for name in place.names("links") for r in rows_in(place, name)]
    chance = np.random.default_rng(seed)
    order = {report: float(chance.random()) for report in sorted({end[0] for pair in links for end in pair})}
    found = []
    for share in shares:
        own = [(a, b) for a, b in links if order[a[0]] < share and order[b[0]] < share]
        parent: dict[tuple[str, int], tuple[str, int]] = {}

        def root(n: tuple[str, int], parent: dict[tuple[str, int], tuple[str, int]] = parent) -> tuple[str, int]:
            while parent.setdefault(n, n) != n:
                parent[n] = parent[parent[n]]
                n = parent[n]
            return n

        for a, b in own:
            parent[root(a)] = root(b)
        sizes = Counter(root(n) for n in parent)
        found.append((share, len(parent), len(own), max(sizes.values(), default=0), len(sizes)))
    return found
