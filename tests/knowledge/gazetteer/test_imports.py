"""Files of places, good and bad: what is taken in, what is said of a bad one, and that the gazetteer is then as it was."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from marsad.knowledge.gazetteer import Candidate, gazetteer, imported, index_file
from marsad.knowledge.gazetteer.imports import ImportFault, Outcome, Wish, import_file, remove

LINE = "{id}\t{name}\t{name}\t{other}\t{lat}\t{lon}\t{cls}\t{code}\tSY\t\t07\t\t\t\t{people}\t\t200\tAsia/Damascus\t2020-01-01"


def geonames(**told: object) -> str:
    return LINE.format(**{"id": 1, "name": "X", "other": "", "lat": 34.7, "lon": 40.8, "cls": "P", "code": "PPL", "people": 0, **told})


DUMP = "\n".join(
    [
        geonames(id=174506, name="Hajin", other="هجين,Hajine", lat=34.69, lon=40.83, people=37935),
        geonames(id=5001, name="As Susah", other="السوسة,Al Soussa", lat=34.62, lon=40.9),
        geonames(id=5002, name="Al Tanak Field", other="حقل التنك", lat=35.06, lon=40.63, cls="L", code="OILF"),
        geonames(id=5003, name="Some Spring", other="عين", cls="H", code="SPNG"),
    ]
)


def best(name: str, **told: object) -> Candidate:
    return gazetteer().candidates(name, **told)[0]  # type: ignore[arg-type]


# -- what is taken in


def test_a_dump_of_geonames(homes: Path) -> None:
    (homes / "SY.txt").write_text(DUMP, "utf-8")
    done = import_file(homes / "SY.txt")
    assert done == Outcome("sy", 3, 3, True, (), "CC-BY-4.0", "GeoNames (https://www.geonames.org)")
    assert best("السوسة").id == "geonames:5001"
    assert best("هجين").ids == ("marsad:SY/hajin", "geonames:174506")
    assert best("هجين").sources == ("geonames", "marsad", "sy")
    assert best("حقل التنك").ids == ("marsad:SY/tanak", "geonames:5002")
    assert gazetteer().candidates("عين") == ()


def test_a_zipped_dump(homes: Path) -> None:
    with zipfile.ZipFile(homes / "SY.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "what the columns are")
        archive.writestr("SY.txt", DUMP)
    assert import_file(homes / "SY.zip").places == 3
    assert best("السوسة").located


def test_twice_changes_nothing(homes: Path) -> None:
    (homes / "SY.txt").write_text(DUMP, "utf-8")
    import_file(homes / "SY.txt")
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in [*imported.folder().iterdir(), index_file()]}
    assert not import_file(homes / "SY.txt").changed
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in [*imported.folder().iterdir(), index_file()]} == before


def test_an_id_never_changes_by_an_import_and_a_source_goes_again(homes: Path) -> None:
    before = {name: best(name).id for name in ("هجين", "حلب", "التنك", "باريس")}
    (homes / "SY.txt").write_text(DUMP, "utf-8")
    import_file(homes / "SY.txt")
    (homes / "own.csv").write_text("name_ar,country,lat,lon,id\nباريس,FR,48.86,2.35,p\nهجين,SY,34.69,40.83,h\n", "utf-8")
    import_file(homes / "own.csv")
    assert best("باريس").ids == ("geonames:2988507", "own:p")
    assert {name: best(name).id for name in before} == before
    assert len(gazetteer().candidates("السوسة")) == 1
    assert remove("SY")
    assert not remove("SY")
    assert gazetteer().candidates("السوسة") == ()


def test_a_later_import_of_a_name_replaces_the_earlier(homes: Path) -> None:
    (homes / "a.csv").write_text("name_ar,country,lat,lon\nألف القرية,SY,34.5,40.5\n", "utf-8")
    (homes / "b.csv").write_text("name_ar,country,lat,lon\nباء القرية,SY,34.5,40.5\n", "utf-8")
    import_file(homes / "a.csv", name="mine")
    import_file(homes / "b.csv", name="mine")
    assert gazetteer().candidates("ألف القرية") == ()
    assert best("باء القرية").sources == ("mine",)


PLAIN = """name_ar;name_en;names;kind;lat;lon;known;admin1;id
الشعفة;Al-Shafah;الشعفه | Shafa;settlement;34,58;40,93;km;دير الزور;1
معبر القائم;Al-Qaim crossing;;crossing;34.38;40.99;exact;Deir ez-Zor;2
بلا نقطة;Pointless;;settlement;;;;Aleppo;3
"""


def test_a_plain_table(homes: Path) -> None:
    (homes / "own.csv").write_bytes(b"\xef\xbb\xbf" + PLAIN.encode())
    done = import_file(homes / "own.csv", Wish(country="SY"), licence="CC0-1.0", attribution="A village council")
    assert (done.places, done.located, done.licence) == (3, 2, "CC0-1.0")
    shafah = best("الشعفه")
    assert (shafah.lat, shafah.lon, shafah.known, shafah.admin1) == (34.58, 40.93, "km", "Deir ez-Zor")  # the area by its Arabic name, ours
    assert best("القائم", kind="crossing").radius_km == 0.5
    assert not best("بلا نقطة").located
    assert gazetteer().about["sources"]["own"]["attribution"] == "A village council"


def test_a_table_of_ocha(homes: Path) -> None:
    (homes / "adm.csv").write_text(
        "admin2Name_en,admin2Name_ar,admin2Pcode,admin1Name_en,admin1Name_ar,admin1Pcode,admin0Pcode\n"
        "#adm2+name+en,#adm2+name+ar,#adm2+code,#adm1+name+en,#adm1+name+ar,#adm1+code,#country+code\n"
        "Menbij,منبج,SY0205,Alep,حلب,SY02,SY\nAbu-Kamal,البوكمال,SY0903,Deir-ez-Zor,دير الزور,SY09,SYR\n",
        "utf-8",
    )
    assert import_file(homes / "adm.csv").attribution == "OCHA (https://data.humdata.org)"
    menbij, kamal = best("منبج"), best("البوكمال")
    assert (menbij.id, menbij.kind, menbij.admin1, menbij.admin2) == ("ocha:SY0205", "admin2", "Aleppo", "Menbij")  # by the code of ours
    assert kamal.ids == ("marsad:SY/admin2/abu-kamal", "ocha:SY0903")
    assert (kamal.admin1, kamal.admin2) == ("Deir ez-Zor", "Abu Kamal")


def test_a_workbook(homes: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["name_ar", "country", "lat", "lon", "population"])
    book.active.append(["السوسة", "SY", 34.62, 40.9, 12000])
    book.save(homes / "own.xlsx")
    assert import_file(homes / "own.xlsx").places == 1
    assert (best("السوسة").lat, best("السوسة").population) == (34.62, 12000)


OVERPASS = {
    "elements": [
        {"type": "node", "id": 7, "lat": 34.62, "lon": 40.9, "tags": {"place": "village", "name": "السوسة", "name:en": "As Susah", "population": "9000"}},
        {"type": "way", "id": 8, "center": {"lat": 34.7, "lon": 40.7}, "tags": {"landuse": "military", "name": "معسكر الطلائع"}},
        {"type": "node", "id": 9, "lat": 34.6, "lon": 40.8, "tags": {"shop": "bakery", "name": "مخبز"}},
        {"type": "node", "id": 10, "lat": 34.6, "lon": 40.8},
    ]
}


def test_overpass_and_geojson(homes: Path) -> None:
    (homes / "osm.overpass.json").write_text(json.dumps(OVERPASS), "utf-8")
    done = import_file(homes / "osm.overpass.json", Wish(country="SY"), name="deir")
    assert (done.places, done.licence, done.attribution) == (2, "ODbL-1.0", "© OpenStreetMap contributors")
    assert (best("السوسة").id, best("السوسة").name_en, best("الطلائع").kind) == ("osm:node/7", "As Susah", "base")
    feature = {
        "type": "Feature",
        "properties": {"@id": "node/7", "place": "town", "name": "السوسة"},
        "geometry": {"type": "Point", "coordinates": [40.9, 34.62]},
    }
    square = {"type": "Polygon", "coordinates": [[[40.0, 34.0], [40.2, 34.0], [40.2, 34.2], [40.0, 34.2], [40.0, 34.0]]]}
    area = {"type": "Feature", "properties": {"@id": "relation/5", "boundary": "administrative", "admin_level": "6", "name": "الناحية"}, "geometry": square}
    (homes / "turbo.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature, area]}), "utf-8")
    import_file(homes / "turbo.geojson", Wish(country="SY"))
    assert len(gazetteer().candidates("السوسة")) == 1
    found = best("الناحية")
    assert (found.kind, round(found.lat or 0, 3), round(found.lon or 0, 3)) == ("admin2", 34.1, 40.1)
    assert 10 < found.radius_km < 16


def test_an_extract_of_openstreetmap(homes: Path) -> None:
    osmium = pytest.importorskip("osmium")
    with osmium.SimpleWriter(str(homes / "x.osm.pbf")) as writer:
        writer.add_node(osmium.osm.mutable.Node(id=7, location=(40.9, 34.62), tags={"place": "village", "name": "السوسة"}))
        writer.add_node(osmium.osm.mutable.Node(id=8, location=(40.90, 34.60)))
        writer.add_node(osmium.osm.mutable.Node(id=9, location=(40.92, 34.62)))
        writer.add_way(osmium.osm.mutable.Way(id=3, nodes=[8, 9], tags={"aeroway": "aerodrome", "name": "مطار الحمدان"}))
    assert import_file(homes / "x.osm.pbf", Wish(country="SY")).places == 2
    assert (best("السوسة").id, best("الحمدان").id, best("الحمدان").lat) == ("osm:node/7", "osm:way/3", 34.61)


def gpkg(path: Path, srs: int = 4326, geometry: bytes | None = None) -> None:
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z TINYINT, m TINYINT)")
    base.execute("INSERT INTO gpkg_geometry_columns VALUES ('places', 'geom', 'POINT', ?, 0, 0)", (srs,))
    base.execute("CREATE TABLE places (fid INTEGER PRIMARY KEY, geom BLOB, NAME_AR TEXT, NAME_EN TEXT, PCODE TEXT, ADM0_PCODE TEXT)")
    point = b"GP\x00\x01" + struct.pack("<i", srs) + struct.pack("<BIdd", 1, 1, 40.9, 34.62)
    base.execute("INSERT INTO places VALUES (1, ?, 'السوسة', 'As Susah', 'C7001', 'SY')", (point if geometry is None else geometry,))
    base.commit()
    base.close()


def test_a_geopackage(homes: Path) -> None:
    gpkg(homes / "x.gpkg")
    assert import_file(homes / "x.gpkg").places == 1
    assert (best("السوسة").id, best("السوسة").lat, best("السوسة").kind) == ("ocha:C7001", 34.62, "settlement")


def shapefile_of(path: Path, encoding: str = "utf-8", cpg: str | None = None) -> None:
    import shapefile

    with shapefile.Writer(str(path), shapeType=shapefile.POLYGON, encoding=encoding) as writer:
        writer.field("NAME_AR", "C", 80)
        writer.field("PCODE", "C", 20)
        writer.field("ADM1_PCODE", "C", 20)
        writer.field("ADM0_PCODE", "C", 20)
        writer.poly([[[40.0, 34.0], [40.0, 34.2], [40.2, 34.2], [40.2, 34.0], [40.0, 34.0]]])
        writer.record("الناحية", "SY0299", "SY02", "SY")
    for written in path.parent.glob(f"{path.stem}.cpg"):
        written.unlink()
    if cpg is not None:
        path.with_suffix(".cpg").write_text(cpg)


def test_a_shapefile(homes: Path) -> None:
    shapefile_of(homes / "adm2.shp", cpg="UTF-8")
    assert import_file(homes / "adm2.shp").places == 1
    found = best("الناحية")
    assert (found.id, found.kind, found.admin1, round(found.lat or 0, 2), round(found.lon or 0, 2)) == ("ocha:SY0299", "admin2", "Aleppo", 34.1, 40.1)


@pytest.mark.parametrize(("cpg", "wish"), [("1256", ""), ("windows-1256", ""), ("ANSI 1256", ""), (None, "windows-1256"), (None, "1256")])
def test_a_shapefile_in_a_legacy_code_page(homes: Path, cpg: str | None, wish: str) -> None:
    shapefile_of(homes / "adm2.shp", "cp1256", cpg)
    assert import_file(homes / "adm2.shp", Wish(encoding=wish)).places == 1
    assert best("الناحية").id == "ocha:SY0299"


@pytest.mark.usefixtures("homes")
def test_the_files_of_ocha(shared: Path) -> None:
    folder = shared / "places" / "ocha-syria"
    if not folder.is_dir():
        pytest.skip("OCHA's files are not among the shared ones")
    found = [import_file(folder / f"{name}.shp").places for name in ("syr_admin1", "syr_admin2", "syr_admin3", "city_neighbourhoods")]
    assert found == [14, 62, 272, 414]
    aleppo = gazetteer().area("Aleppo", country="SY", level="admin1")
    assert aleppo is not None
    assert aleppo.id == "marsad:SY/admin1/aleppo"
    assert aleppo.sources == ("marsad", "syr_admin1")
    kamal = best("البوكمال", kind="admin2")
    assert kamal.admin1 == "Deir ez-Zor"
    waer = best("الوعر", kind="neighbourhood")
    assert (waer.admin1, waer.known) == ("Homs", "km")
    assert waer.lat == pytest.approx(34.74, abs=0.02)
    assert {name: said["attribution"] for name, said in gazetteer().about["sources"].items()}["syr_admin3"] == "OCHA (https://data.humdata.org)"


# -- what is refused

BOMB = b"0" * 3_000_000


def _zip(path: Path, **members: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in members.items():
            archive.writestr(name.replace("_", "."), held)


def _lying(path: Path) -> None:
    """An archive that says that its member is small."""
    _zip(path, SY_txt=BOMB)
    raw = path.read_bytes()
    path.write_bytes(raw.replace(struct.pack("<I", len(BOMB)), struct.pack("<I", 1000)))


def _text(words: str | bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(words if isinstance(words, bytes) else words.encode()) and None  # type: ignore[func-returns-value]


def _long(path: Path) -> None:
    """A file of a gigabyte that takes no room: a hole."""
    with path.open("wb") as file:
        file.write((geonames(id=5) + "\n").encode())
        file.truncate(1_000_000_000)


def _without_table(path: Path) -> None:
    shapefile_of(path, cpg="UTF-8")
    path.with_suffix(".dbf").unlink()


def _with_code_page(cpg: str | None, encoding: str = "cp1256") -> Callable[[Path], None]:
    return lambda path: shapefile_of(path, encoding, cpg)


def _cut(ending: str) -> Callable[[Path], None]:
    def cut(path: Path) -> None:
        shapefile_of(path, cpg="UTF-8")
        part = path.with_suffix(ending)
        part.write_bytes(part.read_bytes()[:130])

    return cut


def _projected(path: Path) -> None:
    shapefile_of(path, cpg="UTF-8")
    path.with_suffix(".prj").write_text('PROJCS["WGS_1984_UTM_Zone_37N",GEOGCS["GCS_WGS_1984"]]')


# what it is, the file, how it is made, what is said of it
BAD = [
    ("an empty file", "SY.txt", _text(""), ("SY.txt", "empty")),
    ("no file", "no.txt", lambda _: None, ("no.txt", "No such file")),
    ("a broken line", "SY.txt", _text(DUMP + "\nthis is no line"), ("SY.txt, line 5", "1 columns", "19")),
    ("a column too few", "SY.txt", _text(geonames() + "\n" + geonames().replace("\t200", "")), ("SY.txt, line 2", "18 columns")),
    ("a column too many", "SY.txt", _text(geonames() + "\tmore"), ("SY.txt, line 1", "20 columns")),
    ("off the globe", "SY.txt", _text(geonames() + "\n" + geonames(lat=97.2, lon=200)), ("SY.txt, line 2", "not on the globe")),
    ("swapped, off the globe", "SY.txt", _text(geonames(lat=136.2, lon=37.1)), ("SY.txt, line 1", "swapped")),
    ("swapped, on the globe", "SY.txt", _text(geonames(lat=40.8, lon=34.7)), ("SY.txt, line 1", "not in SY", "swapped")),
    ("no number", "SY.txt", _text(geonames(lat="north")), ("SY.txt, line 1", "north", "no numbers")),
    ("not a number", "SY.txt", _text(geonames(lat="nan")), ("SY.txt, line 1", "not on the globe")),
    ("no id", "SY.txt", _text(geonames(id="x1")), ("SY.txt, line 1", "no id of GeoNames")),
    ("bytes that are no UTF-8", "SY.txt", _text(DUMP.encode() + b"\n" + geonames(other="حلب").encode("cp1256")), ("SY.txt, line 5", "UTF-8", "--encoding")),
    ("nothing of use", "SY.txt", _text(geonames(cls="H", code="SPNG")), ("SY.txt", "no place in it")),
    ("a gigabyte", "SY.txt", _long, ("SY.txt", "1000 MB", "--most")),
    ("a line without end", "SY.txt", _text(b"x" * 1_500_000), ("SY.txt, line 1", "longer than")),
    ("a zip bomb", "SY.zip", lambda path: _zip(path, SY_txt=BOMB), ("SY.zip", "unpacks to", "taken in")),
    ("a zip bomb that lies", "SY.zip", _lying, ("SY.zip",)),
    ("no zip", "SY.zip", _text(b"PK\x03\x04 and no more"), ("SY.zip", "no zip archive")),
    ("a zip of nothing", "SY.zip", lambda path: _zip(path, a_csv=b"x"), ("SY.zip", "0 dumps")),
    ("a shapefile without its table", "adm.shp", _without_table, ("adm.shp", "adm.dbf", "not beside")),
    ("a shapefile of an unknown code page", "adm.shp", _with_code_page("Klingon"), ("adm.cpg", "Klingon", "--encoding")),
    ("a shapefile of an untold code page", "adm.shp", _with_code_page(None), ("adm.shp, record 1", "utf-8", "--encoding")),
    ("a shapefile of the wrong code page", "adm.shp", _with_code_page("UTF-8"), ("adm.shp, record 1", "utf-8", "--encoding")),
    ("half a shapefile", "adm.shp", _cut(".shp"), ("adm.shp", "damaged")),
    ("a shapefile with half a table", "adm.shp", _cut(".dbf"), ("adm.shp",)),
    ("a shapefile in metres", "adm.shp", _projected, ("adm.shp", "WGS_1984_UTM_Zone_37N", "not degrees")),
    ("a table without names", "x.csv", _text("lat,lon\n1,2\n"), ("x.csv, line 1", "no column tells a name")),
    ("a row too short", "x.csv", _text("name_ar,country,lat,lon\nحلب,SY,36.2\n"), ("x.csv, line 2", "3 columns", "names 4")),
    ("no country", "x.csv", _text("name_ar,lat,lon\nحلب,36.2,37.1\n"), ("x.csv, line 2", "--country")),
    ("an unknown country", "x.csv", _text("name_ar,country\nحلب,Atlantis\n"), ("x.csv, line 2", "Atlantis")),
    ("half a point", "x.csv", _text("name_ar,country,lat,lon\nحلب,SY,36.2,\n"), ("x.csv, line 2", "without a longitude")),
    ("point zero", "x.csv", _text("name_ar,country,lat,lon\nحلب,SY,0,0\n"), ("x.csv, line 2", "no place lies there")),
    ("no name", "x.csv", _text("name_ar,country\n  ,SY\n"), ("x.csv, line 2", "no name")),
    ("an open quotation", "x.csv", _text('name_ar,country\n"حلب,SY\n'), ("x.csv, line 2",)),
    ("zero bytes", "x.csv", _text(b"name_ar,country\n\0\0,SY\n"), ("x.csv, line 2", "zero byte")),
    ("no JSON", "x.json", _text("{"), ("x.json", "no JSON")),
    ("JSON of something else", "x.json", _text('{"a": 1}'), ("x.json", "neither")),
    ("an element without a point", "x.json", _text('{"elements":[{"type":"way","tags":{"place":"village","name":"x"}}]}'), ("x.json, element 1", "out center")),
    ("a broken geometry", "x.geojson", _text('{"features":[{"properties":{"name":"x"},"geometry":{"type":"Point"}}]}'), ("x.geojson, feature 1", "geometry")),
    ("no workbook", "x.xlsx", lambda path: _zip(path, a_xml=b"x"), ("x.xlsx", "workbook")),
    ("no GeoPackage", "x.gpkg", _text("x" * 5000), ("x.gpkg", "damaged GeoPackage")),
    ("a GeoPackage in metres", "x.gpkg", lambda path: gpkg(path, 32637), ("x.gpkg", "EPSG:32637", "not degrees")),
    ("a GeoPackage of broken geometry", "x.gpkg", lambda path: gpkg(path, geometry=b"GP\0\1....\1\3\0\0\0\xff\xff\0\0"), ("row 1", "broken geometry")),
    ("no extract", "x.osm.pbf", _text("x" * 100), ("x.osm.pbf",)),
    ("an unknown ending", "x.doc", _text("x"), ("x.doc", "not known", "geonames")),
]


@pytest.mark.parametrize(("name", "make", "said"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_what_is_refused(homes: Path, name: str, make: Callable[[Path], None], said: tuple[str, ...]) -> None:
    if name.endswith(".pbf"):
        pytest.importorskip("osmium")
    (homes / "in").mkdir()
    (homes / "good.csv").write_text("name_ar,country,lat,lon\nالسوسة,SY,34.62,40.9\n", "utf-8")
    import_file(homes / "good.csv")
    before = {path: path.read_bytes() for path in [*imported.folder().iterdir(), index_file()]}
    make(homes / "in" / name)
    wish = Wish(most=2_000_000)
    with pytest.raises(ImportFault) as refused:
        import_file(homes / "in" / name, wish)
    for words in said:
        assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert {path: path.read_bytes() for path in [*imported.folder().iterdir(), index_file()]} == before
    assert best("السوسة").located


def test_lines_that_cannot_be_read_are_left_out_when_asked(homes: Path) -> None:
    (homes / "SY.txt").write_text(DUMP + "\nbroken\n" + geonames(id=5009, lat=99), "utf-8")
    done = import_file(homes / "SY.txt", leave_out=True)
    assert done.places == 3
    assert ["line 5" in done.left_out[0], "line 6" in done.left_out[1]] == [True, True]


def test_a_disk_that_is_full_leaves_the_gazetteer_as_it_was(homes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    (homes / "SY.txt").write_text(DUMP, "utf-8")
    before = index_file()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ImportFault, match="No space left"):
        import_file(homes / "SY.txt")
    assert index_file() == before
    assert list(imported.folder().iterdir()) == []


def test_a_stored_source_that_is_damaged_is_named(homes: Path) -> None:
    (homes / "SY.txt").write_text(DUMP, "utf-8")
    import_file(homes / "SY.txt")
    path = imported.file_of("sy")
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())[:-40]))
    gazetteer.cache_clear()
    with pytest.raises(imported.StoredError, match=r"sy\.places\.jsonl\.gz, line 4"):
        gazetteer()


def test_a_missing_library_names_the_extra(homes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.setitem(sys.modules, "osmium", None)
    _zip(homes / "x.xlsx", a_xml=b"x")
    (homes / "x.osm.pbf").write_bytes(b"x")
    with pytest.raises(ImportFault, match=r"pip install 'marsad\[xlsx\]'"):
        import_file(homes / "x.xlsx")
    with pytest.raises(ImportFault, match=r"pip install 'marsad\[osm\]'"):
        import_file(homes / "x.osm.pbf")


def test_bytes_of_any_kind_are_refused_with_a_word(homes: Path) -> None:
    """Every format meets the bytes of every other."""
    gpkg(homes / "a.gpkg")
    shapefile_of(homes / "a.shp", cpg="UTF-8")
    held = [(homes / "a.gpkg").read_bytes(), (homes / "a.shp").read_bytes(), DUMP.encode(), PLAIN.encode(), io.BytesIO(b"\x00" * 5000).read()]
    for ending in (".txt", ".zip", ".gpkg", ".csv", ".json", ".xlsx"):
        for number, content in enumerate(held):
            path = homes / f"mixed{number}{ending}"
            path.write_bytes(content)
            if (ending, number) in ((".txt", 2), (".gpkg", 0), (".csv", 3)):
                continue
            with pytest.raises(ImportFault):
                import_file(path)
    shutil.copy(homes / "a.dbf", homes / "b.dbf")
    for content in held[2:]:
        (homes / "b.shp").write_bytes(content)
        with pytest.raises(ImportFault):
            import_file(homes / "b.shp")
