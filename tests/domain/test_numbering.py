"""A number is lawful on paper and at every machine, and a series never gives out another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dms_desktop.domain.numbering import (
    NumberFault,
    Series,
    fits_gstr1,
    fits_irp,
    fits_rule_46,
    follows,
    number_fault,
)
from tests.gst_cases import gst_cases

PREDICATES: dict[str, Callable[[str], bool]] = {
    "rule46_ok": fits_rule_46,
    "irp_ok": fits_irp,
    "gstr1_ok": fits_gstr1,
}
series = st.builds(Series, st.text("AB1/", max_size=6), st.integers(1, 6))


def test_the_number_cases_of_others(subtests: pytest.Subtests) -> None:
    for case in gst_cases("document_number"):
        for machine, allowed in case.expected.items():
            with subtests.test(f"{case.id} {machine}"):
                assert PREDICATES[machine](case.given["doc_no"]) is allowed


def test_the_neighbour_cases_of_others(subtests: pytest.Subtests) -> None:
    for case in gst_cases("doc_series_adjacency"):
        with subtests.test(case.id):
            answer = follows(case.given["first"], case.given["second"])
            assert answer is case.expected["consecutive_same_series"]


def test_the_series_cases_of_others(subtests: pytest.Subtests) -> None:
    for case in gst_cases("number_series"):
        with subtests.test(case.id):
            prefix, n = case.given["prefix"], case.given["n"]
            joined = prefix + case.given["separator"] if prefix else ""
            assert Series(joined, case.given["padding"]).format(n) == case.expected["number"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("INV/26-27/00123", None),
        ("1", None),
        ("9/A", None),
        ("A" * 16, None),
        ("", NumberFault.EMPTY),
        ("A" * 17, NumberFault.TOO_LONG),
        ("inv/1", NumberFault.LOWER_CASE),
        ("INV#1", NumberFault.CHARACTER),
        ("INV 1", NumberFault.CHARACTER),
        ("INV_1", NumberFault.CHARACTER),
        ("INV1\n", NumberFault.CHARACTER),
        ("बिल/1", NumberFault.CHARACTER),
        ("ſ1", NumberFault.CHARACTER),
        ("A१", NumberFault.CHARACTER),
        ("012", NumberFault.FIRST),
        ("-INV1", NumberFault.FIRST),
        ("/1", NumberFault.FIRST),
    ],
)
def test_our_own_numbers_are_held_to_the_strictest_rule(
    text: str, fault: NumberFault | None
) -> None:
    assert number_fault(text) is fault


def test_gstr1_refuses_a_number_that_is_nought() -> None:
    assert not fits_gstr1("000")
    assert not fits_gstr1("-0")
    assert fits_gstr1("0001")


@pytest.mark.parametrize(
    ("prefix", "width", "most", "fault"),
    [
        ("INV/FY26-27/", 4, None, None),
        ("INV/FY26-27/", 5, None, NumberFault.TOO_LONG),
        ("INV/FY26-27/", 4, 10_000, NumberFault.TOO_LONG),
        ("S/26-27/", 5, 99_999_999, None),
        ("S/26-27/", 5, 100_000_000, NumberFault.TOO_LONG),
        ("", 3, None, NumberFault.FIRST),
        ("", 1, None, None),
        ("inv", 3, None, NumberFault.LOWER_CASE),
        ("INV26", 4, None, NumberFault.PREFIX_ENDS_IN_FIGURE),
        ("A" * 16, 1, None, NumberFault.TOO_LONG),
    ],
)
def test_a_series_is_proved_when_it_is_opened(
    prefix: str, width: int, most: int | None, fault: NumberFault | None
) -> None:
    assert Series(prefix, width).fault(most) is fault


def test_a_full_series_gives_out_no_seventeenth_character() -> None:
    tight = Series("INV/FY26-27/", 4)
    assert tight.format(tight.last) == "INV/FY26-27/9999"
    with pytest.raises(ValueError, match="no number 10000"):
        tight.next_after("INV/FY26-27/9999")
    assert Series("A" * 17, 1).last == 0
    with pytest.raises(ValueError, match="no figures"):
        Series("A", 0)


def test_a_wide_series_outgrows_its_padding() -> None:
    assert Series("S/", 2).next_after("S/99") == "S/100"


@pytest.mark.parametrize("text", ["SE-7", "SE-00007", "SE-0000", "SA-0007", "SE-", "SE-0007 ", ""])
def test_a_number_of_another_series_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match="is no number of the series"):
        Series("SE-", 4).read(text)


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        ("INV-9", "INV-10", True),
        ("INV-09", "INV-10", True),
        ("INV-099", "INV-100", True),
        ("INV-009", "INV-10", False),
        ("INV-10", "INV-9", False),
        ("INV-10", "INV-10", False),
        ("INV-10", "INX-11", False),
        ("INV-10", "INV-11-1", False),
        ("INV", "INX", False),
        ("", "", False),
        ("A1", "A", False),
    ],
)
def test_neighbours_in_a_range(first: str, second: str, answer: bool) -> None:
    assert follows(first, second) is answer


@given(series, st.integers(1, 10**7))
def test_what_a_sound_series_gives_out_is_lawful_everywhere(one: Series, number: int) -> None:
    assume(number <= one.last)
    assume(one.fault(number) is None)
    text = one.format(number)
    assert number_fault(text) is None
    assert fits_rule_46(text)
    assert fits_irp(text)
    assert fits_gstr1(text)


@given(series, st.integers(1, 10**7))
def test_a_number_is_read_back_and_followed_by_its_neighbour(one: Series, number: int) -> None:
    assume(number < one.last)
    assume(one.fault(number + 1) is None)
    assert one.read(one.format(number)) == number
    assert follows(one.format(number), one.next_after(one.format(number)))


@given(series, series, st.integers(1, 120), st.integers(1, 120))
def test_different_prefixes_never_give_out_the_same_number(
    one: Series, other: Series, here: int, there: int
) -> None:
    assume(one.prefix != other.prefix)
    assume(one.fault() is None)
    assume(other.fault() is None)
    assert one.format(here) != other.format(there)
