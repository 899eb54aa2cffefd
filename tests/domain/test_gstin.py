"""A GSTIN is judged as the portal would judge it, before the portal does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.gstin import (
    Gstin,
    GstinFault,
    IdKind,
    NotGstin,
    check_digit,
    normalised,
    read_gstin,
)
from dms_desktop.domain.states import STATES
from tests.gst_cases import gst_cases

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LETTERS = ALPHABET[10:]
THEIR_WORD = {
    IdKind.REGULAR: "regular",
    IdKind.ECOMMERCE: "eco-tcs",
    IdKind.TDS: "tds",
    IdKind.UIN: "uin",
}


def text_of(alphabet: str, size: int) -> st.SearchStrategy[str]:
    return st.text(alphabet, min_size=size, max_size=size)


@st.composite
def gstins(draw: st.DrawFn) -> str:
    code = draw(st.sampled_from([one.code for one in STATES if one.code != "28"]))
    pan = draw(text_of(LETTERS, 5)) + draw(text_of(ALPHABET[:10], 4)) + draw(text_of(LETTERS, 1))
    entity = draw(st.sampled_from(ALPHABET[1:]))
    body = code + pan + entity + draw(st.sampled_from("ZCD"))
    return body + check_digit(body)


def test_the_cases_of_others(subtests: pytest.Subtests) -> None:
    for case in gst_cases("gstin"):
        with subtests.test(case.id):
            answer = read_gstin(case.given["gstin"])
            assert isinstance(answer, Gstin) is case.expected["valid"]
            if "normalised" in case.expected:
                assert answer.text == case.expected["normalised"]
            if isinstance(answer, Gstin) and "form" in case.expected:
                assert THEIR_WORD[answer.kind] == case.expected["form"]
                assert answer.state.code == case.expected["state"]
                assert answer.pan == case.expected.get("pan", "")


@pytest.mark.parametrize(
    ("typed", "fault", "expected"),
    [
        ("", GstinFault.LENGTH, ""),
        ("27AAPFU0939F1Z", GstinFault.LENGTH, ""),
        ("27AAPFU0939F1ZVV", GstinFault.LENGTH, ""),
        ("27AAPFU0939F0ZV", GstinFault.FORM, ""),
        ("02AMBPG7773M002", GstinFault.FORM, ""),
        ("27AAPFU0939F1KV", GstinFault.FORM, ""),
        ("२७AAPFU0939F1ZV", GstinFault.FORM, ""),
        ("40AAPFU0939F1ZV", GstinFault.STATE, ""),
        ("00AAPFU0939F1ZV", GstinFault.STATE, ""),
        ("28AAPFU0939F1ZV", GstinFault.STATE, ""),
        ("24AAGCC7144L6ZE", GstinFault.CHECK_DIGIT, "D"),
        ("27DJMPM8965E1ZE", GstinFault.CHECK_DIGIT, "J"),
        ("37AAPFU0939F1ZV", GstinFault.CHECK_DIGIT, "U"),
    ],
)
def test_the_clerk_is_told_what_is_wrong(typed: str, fault: GstinFault, expected: str) -> None:
    assert read_gstin(typed) == NotGstin(typed, fault, expected)


def test_a_non_resident_and_a_deductor_by_tan_have_no_pan() -> None:
    for body, kind in (("0717USA00123NR", IdKind.NRI), ("27MUMA12345B1D", IdKind.TDS)):
        answer = read_gstin(body + check_digit(body))
        assert isinstance(answer, Gstin)
        assert (answer.kind, answer.pan) == (kind, "")


def test_a_letter_that_only_looks_latin_is_not_made_one() -> None:
    assert normalised("27aapſu0939f1zv") == "27aapſu0939f1zv"
    assert read_gstin("27aapſu0939f1zv") == NotGstin("27aapſu0939f1zv", GstinFault.FORM)


def test_spaces_from_a_pasted_letter_are_dropped() -> None:
    answer = read_gstin(" 27 AAPFU\u00a00939F 1zv\n")
    assert isinstance(answer, Gstin)
    assert answer.text == "27AAPFU0939F1ZV"


@given(gstins())
def test_a_proper_check_digit_passes(gstin: str) -> None:
    answer = read_gstin(gstin.lower())
    assert isinstance(answer, Gstin)
    assert (answer.text, answer.state.code, answer.pan) == (gstin, gstin[:2], gstin[2:12])


@given(gstins(), st.integers(0, 14), st.sampled_from(ALPHABET))
def test_one_wrong_character_never_passes(gstin: str, at: int, wrong: str) -> None:
    mistyped = gstin[:at] + wrong + gstin[at + 1 :]
    assert isinstance(read_gstin(mistyped), NotGstin) is (mistyped != gstin)


@given(st.text(max_size=20))
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(read_gstin(text), Gstin | NotGstin)
