"""What somebody types to find a bill: its number, a name, a phone, an amount, a day, or some."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dms_desktop.domain.calendar import read_day
from dms_desktop.domain.money import Money, rupees
from dms_desktop.services.bill_list import Wanted

PHONE_DIGITS = 10
LONGEST_FIGURE = 9  # of a serial number; a longer one is a scan, or a part of a name
LONGEST_AMOUNT = 18
_DAY = re.compile(r"\d{1,2}([-/.])(\d{1,2}|[A-Za-z]{3})\1\d{2,4}")
_AMOUNT = re.compile(
    r"(?:₹|[Rr][Ss]\.?)\s*[\d,]+(?:\.\d{1,2})?|[\d,]*\d\.\d{1,2}|\d{1,3}(?:,\d{2,3})+"
)
_SIGN = re.compile(r"₹|[Rr][Ss]\.?|,|\s")
_PHONE = re.compile(r"(?:\+?91[- ]?)?\d{5}[- ]?\d{5}")


def ways(text: str, boxes: Wanted) -> Sequence[Wanted]:
    """What the text may mean beside what the boxes ask for, the likeliest first; the next one is
    for when nothing answers to it."""
    bare = " ".join(text.split())
    if not bare:
        return (boxes,)
    meant = _read(bare, boxes)
    as_name = replace(boxes, text=bare)
    return (meant,) if meant == as_name else (meant, as_name)


def _read(text: str, boxes: Wanted) -> Wanted:
    if _PHONE.fullmatch(text):
        return replace(boxes, phone=_digits(text)[-PHONE_DIGITS:])
    found, words, days = boxes, list[str](), list[date]()
    for word in re.sub(r"(₹|\b[Rr][Ss]\.?)\s+(?=\d)", r"\1", text).split():
        if (day := _day(word)) is not None:
            days.append(day)
        elif (amount := _amount(word)) is not None:
            found = replace(found, amount=amount)
        elif word.isdigit() and word.isascii() and len(word) <= LONGEST_FIGURE:
            found = replace(found, figure=word)
        elif "/" in word and _digits(word):
            found = replace(found, number=word)
        else:
            words.append(word)
    if days:
        found = replace(found, from_day=min(days), until_day=max(days))
    return replace(found, text=" ".join(words))


def _day(word: str) -> date | None:
    if not _DAY.fullmatch(word):
        return None
    try:
        return read_day(word.replace(".", "-"))
    except ValueError:
        return None


def _amount(word: str) -> Money | None:
    if not _AMOUNT.fullmatch(word) or len(word) > LONGEST_AMOUNT:
        return None
    try:
        return rupees(_SIGN.sub("", word))
    except ValueError:
        return None


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
