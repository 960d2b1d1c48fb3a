"""Incidents: what many reports tell, put together.

What comes in: reports and their readings. What goes out: clusters of reports that are one text passed on (`copies`), and incidents, each with
everybody's claims side by side. It may not know how a report was taken in or read, nor where anything is kept.

    told = told_in(reading)                     # a `Told` for each event
    keys(t), probes(t)                          # where it is filed, and where its possible partners are
    link(a, b), apart(a, b)                     # are two taken to be one, and why; why not
    rows_of(told), possible(rows, rows)         # thousands of pairs at once: which of them may be linked at all
    cluster(told, links, must=…, cannot=…)      # the groups inside one component of links
    grow(kept, told)                            # an add: the new links, and each component that it touched, clustered again (`Memory` is a `Kept`)
    links_of(kept, told)                        # the new links alone
    components(told, links, must=…, cannot=…)   # the components of events whose links are known: after a ruling, or for all at once
    incident(group, id=…, links=…, copies=…, review=…, decided=…)
    copies_in(group, marks)                     # its reports that are one text, for `incident`
    packed(t), unpacked(…), in_full(t)          # an event without its text, to be compared somewhere else, or later; `stamp`: what the bytes depend on
    packed_report(told), parts_of(…)            # those of a report, with what tells whether its text may be another's copy (`marks_of`)
    Member(ref, day, vague, …)                  # an event that is only grouped with others: nothing else of it is at hand
    held(told, rulings)                         # editors' decisions, by anchors, as `must` and `cannot`

To teach it: which types may be one happening, what each sign weighs, who stands against whom: `knowledge/incidents.toml`; another rule for
tallies: a function in `RULES` (`tally.py`); another name of an agency: a line in `knowledge/sources.csv`.
"""

from marsad.incidents.cluster import cluster, holding
from marsad.incidents.columns import ROW, Rows, chosen, possible
from marsad.incidents.copies import copies, marks_of
from marsad.incidents.decided import Held, Ruling, held, of_anchor
from marsad.incidents.grow import Around, Component, Growth, Kept, Memory, components, grow, links_of
from marsad.incidents.incident import copies_in, id_of, incident
from marsad.incidents.keys import keys, probes
from marsad.incidents.link import Link, apart, link
from marsad.incidents.outline import Member, Whole, in_full, packed, packed_report, packed_rows, parts_of, rows_of, stamp, unpacked
from marsad.incidents.tally import RULES
from marsad.incidents.told import Ref, Told, home_of, told_in

__all__ = [
    "ROW", "RULES", "Around", "Component", "Growth", "Held", "Kept", "Link", "Member", "Memory", "Ref", "Rows", "Ruling", "Told", "Whole", "apart", "chosen",
    "cluster", "components", "copies", "copies_in", "grow", "held", "holding", "home_of", "id_of", "in_full", "incident", "keys", "link", "links_of",
    "marks_of", "of_anchor", "packed", "packed_report", "packed_rows", "parts_of", "possible", "probes", "rows_of", "stamp", "told_in", "unpacked",
]  # fmt: skip
