"""Amounts in words say the same amount as the figures, in English and in Hindi."""

from __future__ import annotations

import unicodedata
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.language.words import MOST, Tongue, amount_in_words
from tests.gst_cases import gst_cases

ENGLISH_SMALL = {
    word: number
    for number, word in enumerate(
        "Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen "
        "Fifteen Sixteen Seventeen Eighteen Nineteen Twenty".split()
    )
} | {"Thirty": 30, "Forty": 40, "Fifty": 50, "Sixty": 60, "Seventy": 70, "Eighty": 80, "Ninety": 90}
ENGLISH_UNITS = {"Hundred": 100, "Thousand": 1000, "Lakh": 10**5, "Crore": 10**7}
HINDI_UNITS = {"सौ": 100, "हज़ार": 1000, "लाख": 10**5, "करोड़": 10**7}


def hindi(number: int) -> str:
    """The words between `रुपये` and `मात्र`."""
    return amount_in_words(number * 100, "hi").removeprefix("रुपये ").removesuffix(" मात्र")


def number_of(words: list[str], small: dict[str, int], units: dict[str, int]) -> int:
    """Read words back: what stands before a unit counts how many there are of it."""
    total, pending = 0, 0
    for word in words:
        if word in units and units[word] == 10**7:
            total, pending = (total + pending) * 10**7, 0
        elif word in units and units[word] == 100:
            pending *= 100
        elif word in units:
            total, pending = total + pending * units[word], 0
        else:
            pending += small[word]
    return total + pending


def plain(words: str) -> list[str]:
    bare = words.lower().replace("-", " ").replace(",", " ")
    return [word for word in bare.split() if word != "and"]


def test_the_cases_of_others(subtests: pytest.Subtests) -> None:
    for case in gst_cases("amount_in_words"):
        with subtests.test(case.id):
            rupees = Decimal(case.given["amount"])
            paise = int((rupees * 100).quantize(Decimal(1), ROUND_HALF_UP))
            assert plain(amount_in_words(paise)) == plain(case.expected["words"])


@pytest.mark.parametrize(
    ("paise", "tongue", "words"),
    [
        (0, "en", "Rupees Zero Only"),
        (1, "en", "Rupees Zero and One Paise Only"),
        (100, "en", "Rupees One Only"),
        (2000, "en", "Rupees Twenty Only"),
        (
            123456750,
            "en",
            "Rupees Twelve Lakh Thirty Four Thousand Five Hundred Sixty Seven and Fifty Paise Only",
        ),
        (10**9, "en", "Rupees One Crore Only"),
        (10**15, "en", "Rupees Ten Lakh Crore Only"),
        (
            10**15 - 1,
            "en",
            (
                "Rupees Nine Lakh Ninety Nine Thousand Nine Hundred Ninety Nine Crore "
                "Ninety Nine Lakh Ninety Nine Thousand Nine Hundred Ninety Nine "
                "and Ninety Nine Paise Only"
            ),
        ),
        (0, "hi", "रुपये शून्य मात्र"),
        (123456750, "hi", "रुपये बारह लाख चौंतीस हज़ार पाँच सौ सड़सठ और पचास पैसे मात्र"),
        (10**15, "hi", "रुपये दस लाख करोड़ मात्र"),
        (1_01_01_101_01, "hi", "रुपये एक करोड़ एक लाख एक हज़ार एक सौ एक और एक पैसे मात्र"),
    ],
)
def test_an_amount_in_words(paise: int, tongue: Tongue, words: str) -> None:
    assert amount_in_words(paise, tongue) == words


@pytest.mark.parametrize("paise", [-1, -100, MOST + 1])
def test_an_amount_that_no_bill_bears_is_refused(paise: int) -> None:
    for tongue in ("en", "hi"):
        with pytest.raises(ValueError, match="cannot be put in words"):
            amount_in_words(paise, tongue)


def test_the_hindi_numbers_below_a_hundred_are_a_hundred_clean_words() -> None:
    words = [hindi(number) for number in range(100)]
    assert len(set(words)) == 100
    for word in words:
        assert unicodedata.is_normalized("NFC", word)
        assert {unicodedata.name(mark).split()[0] for mark in word} == {"DEVANAGARI"}


# How a Hindi number ends tells its ten; those in nine (but 89, 99) belong to the next one.
ENDINGS = {
    1: ("ह", "स"),
    2: ("ीस", "ईस"),
    3: ("तीस",),
    4: ("ालीस",),
    5: ("वन", "पन", "चास"),
    6: ("सठ", "साठ"),
    7: ("हत्तर", "सत्तर"),
    8: ("ासी", "अस्सी"),
    9: ("नवे", "नब्बे"),
}


@pytest.mark.parametrize("number", range(10, 100))
def test_a_hindi_number_ends_as_its_ten_does(number: int) -> None:
    ten, one = divmod(number, 10)
    counted_down = one == 9 and ten < 8
    assert hindi(number).endswith(ENDINGS[ten + counted_down])
    assert hindi(number).startswith(("उन", "उन्")) is counted_down


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (19, "उन्नीस"), (29, "उनतीस"), (31, "इकतीस"), (37, "सैंतीस"), (38, "अड़तीस"), (44, "चवालीस"),
        (47, "सैंतालीस"), (49, "उनचास"), (53, "तिरपन"), (55, "पचपन"), (59, "उनसठ"), (64, "चौंसठ"),
        (67, "सड़सठ"), (69, "उनहत्तर"), (75, "पचहत्तर"), (79, "उन्यासी"), (83, "तिरासी"), (89, "नवासी"),
        (92, "बानवे"), (96, "छियानवे"), (99, "निन्यानवे"),
    ],
)  # fmt: skip
def test_the_hindi_numbers_that_are_easily_mistaken(number: int, word: str) -> None:
    assert hindi(number) == unicodedata.normalize("NFC", word)


@given(st.integers(0, MOST))
def test_the_english_words_say_the_amount(paise: int) -> None:
    words = amount_in_words(paise).removeprefix("Rupees ").removesuffix(" Only")
    rupees, _, fraction = words.partition(" and ")
    read = number_of(rupees.split(), ENGLISH_SMALL, ENGLISH_UNITS) * 100
    if fraction:
        read += number_of(fraction.split()[:-1], ENGLISH_SMALL, ENGLISH_UNITS)
    assert read == paise


@given(st.integers(0, MOST))
def test_the_hindi_words_say_the_amount(paise: int) -> None:
    small = {hindi(number): number for number in range(100)}
    words = amount_in_words(paise, "hi").removeprefix("रुपये ").removesuffix(" मात्र")
    rupees, _, fraction = words.partition(" और ")
    read = number_of(rupees.split(), small, HINDI_UNITS) * 100
    if fraction:
        read += small[fraction.removesuffix(" पैसे")]
    assert read == paise
