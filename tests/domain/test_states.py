"""A State is found by whatever a clerk, a file or a return writes for it."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.states import STATES, State, UnknownState, state
from tests.shared import shared


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("27", "27"),
        (" 07 ", "07"),
        ("7", "07"),
        ("Maharashtra", "27"),
        ("महाराष्ट्र", "27"),
        ("27 महाराष्ट्र", "27"),
        ("छत्तीसगढ", "22"),
        ("छत्तीसगढ़", "22"),
        ("तमिल नाडु", "33"),
        ("दमन और दीव", "26"),
        ("  maha RASHTRA ", "27"),
        ("27-Maharashtra", "27"),
        ("7-Delhi", "07"),
        ("TamilNadu", "33"),
        ("tamil-nadu", "33"),
        ("Jammu & Kashmir", "01"),
        ("J&K", "01"),
        ("jammu and kashmir", "01"),
        ("Orissa", "21"),
        ("Pondicherry", "34"),
        ("Andaman & Nicobar", "35"),
        ("A.P.", "37"),
        ("Andhra Pradesh", "37"),
        ("28-Andhra Pradesh", "28"),
        ("Daman and Diu", "26"),
        ("25-Daman and Diu", "25"),
        ("97", "97"),
    ],
)
def test_a_state_is_found_by_code_or_name(written: str, code: str) -> None:
    assert state(written).code == code


@pytest.mark.parametrize(
    "written",
    ["", " ", "-", "00", "0", "39", "99", "127", "27-Gujarat", "Bombay", "and", "&", "०७"],
)
def test_what_names_no_state_is_refused(written: str) -> None:
    with pytest.raises(UnknownState):
        state(written)


def test_utgst_is_levied_where_there_is_no_legislature() -> None:
    assert {one.code for one in STATES if one.utgst} == {"04", "26", "31", "35", "38", "97"}
    assert {one.code for one in STATES if one.legacy} == {"25", "28"}


def test_the_list_holds_every_state_of_gstns_own() -> None:
    masters = json.loads(shared("gst_data/gstn_masters.json").read_text(encoding="utf-8"))
    listed = next(one["data"]["states"] for one in masters["cases"] if one["id"] == "state-codes")
    assert {one["code"] for one in listed} == {one.code for one in STATES} - {"28"}
    for one in listed:
        assert state(f"{one['code']}-{one['name']}").code == one["code"]


@pytest.mark.parametrize("one", STATES, ids=lambda one: one.code)
def test_every_state_is_found_by_its_own_name(one: State) -> None:
    for written in (one.name, one.name.upper(), one.name.casefold().replace(" and ", " & ")):
        assert state(written) is one


@given(st.text(max_size=30))
def test_no_text_breaks_the_look_up(text: str) -> None:
    with suppress(UnknownState):
        assert state(text) in STATES
