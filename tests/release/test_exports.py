"""Every export read back with the tool that its users use; the same incidents give the same bytes in whatever order they come."""

from __future__ import annotations

import builtins
import csv
import datetime
import io
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.model import Actor, EventDate, Incident, Place, Report, Review, incident_schema
from marsad.release import FORMATS, Export, ExportError, Release, export, export_names
from tests.release.made import DAY, NOWHERE, REPORT, claim, exported, made, reports, told

OPTIONAL = {"xlsx": "openpyxl", "parquet": "pyarrow", "ftm": "followthemoney"}


def needs(name: str) -> None:
    """Skip where the extra that an export needs is missing."""
    if name in OPTIONAL:
        pytest.importorskip(OPTIONAL[name], reason=f"the extra {name} of marsad is not installed")


@pytest.mark.parametrize("name", export_names())
def test_the_same_incidents_give_the_same_bytes_in_whatever_order_they_come(name: str) -> None:
    needs(name)
    incidents, kept = told()
    mixed = [*incidents, made(), NOWHERE]
    lookup = {**kept, "r1": REPORT}.get
    first = exported(name, mixed, lookup)
    assert first
    assert exported(name, mixed[::-1], lookup) == first == exported(name, sorted(mixed, key=lambda one: one.grade.why), lookup)


@settings(max_examples=25)
@given(st.permutations(range(6)))
def test_jsonl_has_one_order(order: list[int]) -> None:
    one = [made(f"inc-{n}", date=EventDate(DAY + datetime.timedelta(days=n % 3), None, "day", None)) for n in range(6)]
    assert exported("jsonl", [one[n] for n in order]) == exported("jsonl", one)


def test_jsonl_is_the_schema_of_an_incident_with_every_key() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    incidents, kept = told()
    lines = exported("jsonl", incidents, kept.get, internal=True).decode().splitlines()
    assert len(lines) == len(incidents)
    schema = jsonschema.Draft202012Validator(incident_schema())
    keys = [field.encode_name for field in msgspec.structs.fields(Incident)]
    for line in lines:
        value = json.loads(line)
        schema.validate(value)
        assert list(value) == keys
    back = {one.id: one for one in (msgspec.json.decode(line, type=Incident) for line in lines)}
    assert {one.id: msgspec.to_builtins(one) for one in incidents} == {id_: msgspec.to_builtins(one) for id_, one in back.items()}


def test_csv_is_read_back_with_and_without_its_byte_order_mark() -> None:
    incidents, kept = told()
    plain, marked = exported("csv", incidents, kept.get), exported("csv", incidents, kept.get, bom=True)
    assert marked == b"\xef\xbb\xbf" + plain
    rows = list(csv.DictReader(io.StringIO(marked.decode("utf-8-sig"), newline="")))
    assert rows == list(csv.DictReader(io.StringIO(plain.decode(), newline="")))
    assert list(rows[0]) == [column.name for column in FORMATS["csv"].columns]
    by_id = {row["id"]: row for row in rows}
    assert set(by_id) == {one.id for one in incidents}
    for one in incidents:
        row = by_id[one.id]
        assert (row["type"], row["status"], row["date_start"]) == (one.type, one.status, str(one.date.start or ""))
        assert row["reports"].split(" | ") == list(one.reports)
        assert int(row["claims"]) == len(one.claims)
        assert all(row[f"{tally.what}_best"] for tally in one.tallies)
    assert b"\r\n" in plain
    assert plain.count(b"\r\n") == len(rows) + 1


def test_csv_of_claims_has_a_line_for_each_claim_with_its_words() -> None:
    incidents, kept = told()
    rows = list(csv.DictReader(io.StringIO(exported("csv-claims", incidents, kept.get, internal=True).decode(), newline="")))
    claims = {(one.id, c.id): c for one in incidents for c in one.claims}
    assert {(row["incident"], row["claim"]) for row in rows} == set(claims)
    for row in rows:
        told_ = claims[row["incident"], row["claim"]]
        assert row["words"].lstrip("'") == (told_.words or "").replace("\0", "")
        assert (row["about"], row["stance"], row["asserter_kind"]) == (told_.about, told_.stance, told_.asserter.kind)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])
def test_no_cell_of_csv_is_a_formula(start: str) -> None:
    words = start + 'HYPERLINK("http://x")'
    text = exported("csv-claims", [made(claims=(claim(1, "occurred", True, words=words),))]).decode()
    cell = next(csv.DictReader(io.StringIO(text, newline="")))["words"]
    assert cell == "'" + words


def test_a_cell_with_quotes_commas_and_lines_comes_back_whole() -> None:
    words = 'قال: "نعم"، لا, \n ثم\r\nسكت'
    text = exported("csv-claims", [made(claims=(claim(1, "occurred", True, words=words),))]).decode()
    assert next(csv.DictReader(io.StringIO(text, newline="")))["words"] == words


def test_xlsx_is_read_back_with_openpyxl() -> None:
    needs("xlsx")
    from openpyxl import load_workbook

    formula = '=HYPERLINK("http://x")'
    one = made(claims=(claim(1, "occurred", True, words=formula), *made().claims[1:]))
    book = load_workbook(io.BytesIO(exported("xlsx", [one, NOWHERE])))
    assert book.sheetnames == ["incidents", "claims", "tallies", "codebook"]
    table = list(book["incidents"].iter_rows(values_only=True))
    head = list(table[0])
    assert head == [column.name for column in FORMATS["xlsx"].columns]
    row = dict(zip(head, table[1], strict=True))
    assert (row["id"], row["killed_best"], row["killed_high"], row["wounded_high"]) == ("inc-1", 5, 7, None)
    assert row["date_start"].date() == DAY
    assert row["lat"] == pytest.approx(33.5714)
    claims = book["claims"]
    column = [cell.value for cell in claims[1]].index("words") + 1
    assert claims.cell(2, column).value == formula
    assert claims.cell(2, column).data_type == "s"
    assert next(row[:6] for row in book["tallies"].iter_rows(min_row=2, values_only=True)) == ("inc-1", "killed", "civilians", 5, 5, 7)
    assert {row[1] for row in book["codebook"].iter_rows(min_row=2, values_only=True)} >= set(head)


def test_geojson_keeps_the_rules_of_rfc_7946() -> None:
    incidents, kept = told()
    away = made("inc-far", places=(msgspec.structs.replace(made().places[0], lat=91.0, lon=190.0),))
    raw = exported("geojson", [*incidents, NOWHERE, away], {**kept, "r1": REPORT}.get)
    assert not raw.startswith(b"\xef\xbb\xbf")  # RFC 8259, 8.1
    collection = json.loads(raw.decode())
    assert set(collection) == {"type", "features"}  # no crs (4), no bbox that could be wrong (5)
    assert collection["type"] == "FeatureCollection"
    ids = [feature["id"] for feature in collection["features"]]
    assert len(set(ids)) == len(ids) == len(incidents) + 2
    assert "inc-0" in ids
    placed = 0
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}  # 3.2; nothing of another type in it (7.1)
        assert feature["type"] == "Feature"
        assert isinstance(feature["properties"], dict)
        geometry = feature["geometry"]
        if geometry is None:
            continue
        placed += 1
        assert set(geometry) == {"type", "coordinates"}
        assert geometry["type"] == "Point"
        lon, lat = geometry["coordinates"]
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90
        assert all(len(str(x).partition(".")[2]) <= 7 for x in (lon, lat))
    assert placed >= len(incidents) // 2
    first = next(feature for feature in collection["features"] if feature["id"] == incidents[0].id)
    assert len(first["properties"]["claims"]) == len(incidents[0].claims)


def test_a_point_is_longitude_first() -> None:
    feature = json.loads(exported("geojson", [made()]))["features"][0]
    assert feature["geometry"]["coordinates"] == [36.4012, 33.5714]


def test_parquet_is_read_back_with_pyarrow() -> None:
    needs("parquet")
    from pyarrow import parquet, types

    table = parquet.read_table(io.BytesIO(exported("parquet", [made(), NOWHERE])))
    assert table.num_rows == 2
    assert table.column_names == [column.name for column in FORMATS["parquet"].columns if column.name != "claims"] + ["claims"]
    assert types.is_date32(table.schema.field("date_start").type)
    assert types.is_int64(table.schema.field("killed_best").type)
    assert types.is_float64(table.schema.field("lat").type)
    assert types.is_list(table.schema.field("evidence").type)
    assert table.schema.field("killed_best").metadata[b"meaning"]
    rows = table.to_pylist()
    assert (rows[0]["id"], rows[0]["date_start"], rows[0]["killed_best"], rows[0]["killed_high"]) == ("inc-1", DAY, 5, 7)
    assert [one["about"] for one in rows[0]["claims"]] == ["occurred", "count:killed"]
    assert json.loads(rows[0]["claims"][1]["value"])["who"]["id"] == "civilians"
    assert (rows[1]["id"], rows[1]["date_start"], rows[1]["claims"]) == ("inc-0", None, [])


def test_an_empty_export_is_read_back_too() -> None:
    for name in export_names():
        if name in OPTIONAL:
            try:
                __import__(OPTIONAL[name])
            except ImportError:
                continue
        raw = exported(name, [])
        if name == "parquet":
            from pyarrow import parquet

            assert parquet.read_table(io.BytesIO(raw)).num_rows == 0
        elif name == "geojson":
            assert json.loads(raw) == {"type": "FeatureCollection", "features": []}
        elif FORMATS[name].suffix == ".csv":
            assert len(list(csv.reader(io.StringIO(raw.decode(), newline="")))) == 1


def test_followthemoney_takes_the_entities_as_valid() -> None:
    pytest.importorskip("followthemoney", reason="the extra ftm of marsad is not installed")
    from followthemoney import model

    incidents, kept = told()
    entities = [json.loads(line) for line in exported("ftm", [*incidents, made()], {**kept, "r1": REPORT}.get).decode().splitlines()]
    ids = {entity["id"] for entity in entities}
    assert len(ids) == len(entities)
    assert {entity["schema"] for entity in entities} == {"Event", "Article", "Organization", "PublicBody"}
    for entity in entities:
        proxy = model.get_proxy(entity)
        proxy.schema.validate({"properties": entity["properties"]})  # raises InvalidData
        for prop, value in proxy.itervalues():
            assert value in entity["properties"][prop.name]
            if prop.type.name == "entity":
                assert value in ids
            else:
                assert prop.type.clean(value) is not None, (prop.name, value)
        assert sum(len(values) for values in entity["properties"].values()) == sum(1 for _ in proxy.itervalues())
    events = [entity for entity in entities if entity["schema"] == "Event"]
    assert {entity["properties"]["recordId"][0] for entity in events} == {one.id for one in incidents} | {"inc-1"}


def test_a_party_of_no_list_gets_no_entity() -> None:
    pytest.importorskip("followthemoney", reason="the extra ftm of marsad is not installed")
    one = made(actors=(Actor("سعيد", None, "initiator", (0, 4)),))
    assert "سعيد" not in exported("ftm", [one], internal=True).decode()


@pytest.mark.parametrize("name", sorted(OPTIONAL))
def test_a_missing_extra_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    really = builtins.__import__

    def without(module: str, *rest: Any) -> Any:
        if module.partition(".")[0] == OPTIONAL[name]:
            raise ImportError(module)
        return really(module, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ExportError, match=rf"marsad\[{name}\]"):
        exported(name, [made()])


def test_an_unknown_export_says_which_there_are() -> None:
    with pytest.raises(ExportError, match="no export is called 'pdf'; there are: csv, "):
        exported("pdf", [])
    assert "pdf" not in FORMATS


def test_an_export_of_another_package_goes_through_the_same_door(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(incidents: Any, out: Any, release: Release) -> None:
        out.write("|".join(f"{one.id} {one.claims[0].words} {release.report('r1').title}" for one in incidents).encode())  # type: ignore[union-attr]

    class Point:
        name, value, group = "lines", "elsewhere:LINES", "marsad.exports"

        def load(self) -> Export:
            return Export("lines", "lines", ".txt", write)

    from marsad.release import formats

    monkeypatch.setattr(formats, "entry_points", lambda group: [Point()] if group == "marsad.exports" else [])
    formats._names.cache_clear()
    try:
        one = made(claims=(claim(1, "occurred", True, words="قتل الطفل سعيد الأحمد"),))
        lookup = reports(msgspec.structs.replace(REPORT, title="مقتل الطفل سعيد الأحمد"))
        assert exported("lines", [one], lookup).decode() == "inc-1 قتل الطفل […] مقتل الطفل […]"
        assert "سعيد" in exported("lines", [one], lookup, internal=True).decode()
        assert export_names()[-1] == "lines"
    finally:
        formats._names.cache_clear()


def test_what_did_not_happen_has_no_place_in_others_columns() -> None:
    rejected = made("inc-2", review=Review("rejected", "a", "2018-03-05T00:00:00Z"))
    for name in ("acled", "ucdp", "hapi"):
        assert len(exported(name, [made("inc-3", status="planned"), made("inc-4", status="denied"), rejected]).splitlines()) == 1
    assert len(exported("jsonl", [made("inc-3", status="planned"), rejected]).splitlines()) == 2


def test_a_lone_surrogate_stops_no_export() -> None:
    for name in export_names():
        if name not in OPTIONAL:
            assert exported(name, [made(claims=(claim(1, "occurred", True, words="a\ud800b"),))], reports())


def test_an_export_reads_its_incidents_once_and_from_any_iterable() -> None:
    out = io.BytesIO()
    export("csv", iter([made()]), reports(), out)
    assert out.getvalue().count(b"\r\n") == 2


def test_reports_that_are_not_kept_leave_their_columns_empty() -> None:
    row = next(csv.DictReader(io.StringIO(exported("csv", [made()], lambda _: None).decode(), newline="")))
    assert (row["outlets"], row["titles"], row["links"], row["reports"]) == ("", "", "", "r1")


def test_a_report_may_lack_everything() -> None:
    bare = Report("r1", "")
    for name in export_names():
        if name not in OPTIONAL:
            exported(name, [made(places=(Place("هنا", "at", None, None, None, None, (0, 3)),))], {"r1": bare}.get)
