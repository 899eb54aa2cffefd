"""Amounts in words, in the Indian system, as a bill or a cheque must say them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

Tongue = Literal["en", "hi"]

MOST = 10**15  # paise: ten lakh crore rupees
_LAKH, _CRORE = 10**5, 10**7

_SMALL = (
    "Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen "
    "Sixteen Seventeen Eighteen Nineteen"
).split()
_TENS = "- - Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety".split()

# No rule makes a Hindi number below a hundred from its figures: each is a word of its own.
_HINDI = (
    "शून्य एक दो तीन चार पाँच छह सात आठ नौ "
    "दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस "
    "बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस "
    "तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस "
    "चालीस इकतालीस बयालीस तैंतालीस चवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास "
    "पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ "
    "साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर "
    "सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उन्यासी "
    "अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी "
    "नब्बे इक्यानवे बानवे तिरानवे चौरानवे पंचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे"
).split()


def amount_in_words(paise: int, tongue: Tongue = "en") -> str:
    """`Rupees Twelve Lakh Thirty Four Thousand Five Hundred Sixty Seven and Fifty Paise Only`.

    Above a crore the crores are counted in words again: ten lakh crore. Raises ValueError below
    nought and above 10**15 paise.
    """
    if not 0 <= paise <= MOST:
        raise ValueError(f"{paise} paise cannot be put in words")
    rupees, rest = divmod(paise, 100)
    if tongue == "hi":
        fraction = f" और {_HINDI[rest]} पैसे" if rest else ""
        return f"रुपये {_in_hindi(rupees)}{fraction} मात्र"
    fraction = f" and {_english_below_hundred(rest)} Paise" if rest else ""
    return f"Rupees {_in_english(rupees)}{fraction} Only"


def _in_english(number: int) -> str:
    return _words(number, _english_below_hundred, ("Crore", "Lakh", "Thousand", "Hundred"))


def _in_hindi(number: int) -> str:
    return _words(number, _HINDI.__getitem__, ("करोड़", "लाख", "हज़ार", "सौ"))


def _words(number: int, below_hundred: Callable[[int], str], names: tuple[str, ...]) -> str:
    words = []
    for unit, name in zip((_CRORE, _LAKH, 1000, 100), names, strict=True):
        count, number = divmod(number, unit)
        if count:
            words += [_words(count, below_hundred, names), name]
    if number or not words:
        words.append(below_hundred(number))
    return " ".join(words)


def _english_below_hundred(number: int) -> str:
    if number < len(_SMALL):
        return _SMALL[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]} {_SMALL[ones]}" if ones else _TENS[tens]
