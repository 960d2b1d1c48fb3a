"""The store: what is kept, and how it is found again. SQLite by default, PostgreSQL by its address.

What comes in: rows of plain values, JSON as bytes, terms as words. What goes out: the same. It knows no Arabic, no reading and no incident's making:
`observatory` puts these together. Kept for good are raw bytes, reports as they were taken in, proofs, decisions and public ids; everything else
(readings, events, links, incidents, what is found by which word) is derived and made again by a rebuild.

    store = Store("marsad.db")                 # or postgresql+psycopg://…; made or brought up to date when it is opened
    with store.writing() as tx: …              # one writer at a time; all of it or nothing
    with store.asking() as tx: …               # as many readers as one likes

To change a table: `schema.py`, and a new module in `migrations/versions`.
"""

from marsad.store.connection import Store, StoreError
from marsad.store.desk import ACCOUNT, ARTICLE, ARTICLE_VERSION, ATTEMPT, AUDIT, PASSKEY, PUBLIC_ARTICLE, SECONDING, SESSION, SPENT, TOKEN, DeskRows, Row
from marsad.store.kept import DecisionRow, ReportRow
from marsad.store.public import ChangeRow, PublicReads, PublicRow, PublicWrites
from marsad.store.reads import EventRow, IncidentRow, LinkRow, ReadTx
from marsad.store.words import Wanted, has_terms
from marsad.store.writes import NewEvent, NewIncident, NewLink, Outline, WriteTx, component_of, key_of, keys_between

__all__ = [
    "ACCOUNT",
    "ARTICLE",
    "ARTICLE_VERSION",
    "ATTEMPT",
    "AUDIT",
    "PASSKEY",
    "PUBLIC_ARTICLE",
    "SECONDING",
    "SESSION",
    "SPENT",
    "TOKEN",
    "ChangeRow",
    "DecisionRow",
    "DeskRows",
    "EventRow",
    "IncidentRow",
    "LinkRow",
    "NewEvent",
    "NewIncident",
    "NewLink",
    "Outline",
    "PublicReads",
    "PublicRow",
    "PublicWrites",
    "ReadTx",
    "ReportRow",
    "Row",
    "Store",
    "StoreError",
    "Wanted",
    "WriteTx",
    "component_of",
    "has_terms",
    "key_of",
    "keys_between",
]  # fmt: skip
