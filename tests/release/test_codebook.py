"""The codebook says what every column, noun and type is, and the page in the documents is the one that is made now."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import msgspec
import pytest

from marsad.model import EventType, Incident
from marsad.release import FORMATS, codebook, export_names
from marsad.release.columns import CLAIM_COLUMNS, INCIDENT_COLUMNS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "codebook.md"


def test_the_page_in_the_documents_is_current() -> None:
    assert PAGE.read_text("utf-8") == codebook(), "write it anew: marsad export codebook -o docs/codebook.md"


@pytest.mark.parametrize("name", export_names())
def test_it_has_every_export_with_every_column(name: str) -> None:
    book = codebook()
    assert f"### {name}\n" in book
    for column in FORMATS[name].columns:
        assert f"| `{column.name}` |" in book
        assert column.meaning


def test_it_has_every_field_of_an_incident_and_every_type() -> None:
    book = codebook()
    assert all(f"| `{field.encode_name}` |" in book for field in msgspec.structs.fields(Incident))
    assert all(f"| `{type_}` | " in book for type_ in get_args(EventType))


def test_no_column_stands_twice_in_a_table() -> None:
    for columns in (INCIDENT_COLUMNS, CLAIM_COLUMNS, *(FORMATS[name].columns for name in export_names())):
        names = [column.name for column in columns]
        assert len(set(names)) == len(names)


def test_a_meaning_breaks_no_row_of_the_page() -> None:
    for line in codebook().splitlines():
        if line.startswith("|"):
            assert line.endswith("|")
            assert line.count("|") in (3, 5)
