"""What a GS1 code says: item, batch, dates and serial in one scan (General Specifications, 3).

Element strings with FNC1 or in brackets, from Data Matrix, QR or Code 128, and GS1 Digital Links.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, unquote, urlsplit

SEPARATOR = "\x1d"  # FNC1 as scanners send it
_SYMBOLOGIES = ("]d2", "]Q3", "]C1", "]e0", "]J1")
# Identifiers of a fixed length that need no separator after them.
_FIXED = {
    "00": 18, "01": 14, "02": 14, "03": 14, "04": 16, "11": 6, "12": 6, "13": 6, "14": 6,
    "15": 6, "16": 6, "17": 6, "18": 6, "19": 6, "20": 2, "41": 13,
}  # fmt: skip
_MEASURES = ("31", "32", "33", "34", "35", "36")  # four figures of identifier, six of value
_LONGEST = 90
_BRACKETS = re.compile(r"\((\d{2,4})\)([^(]+)")
_FOUR_FIGURES = ("23", "24", "25", "39", "40", "42", "43", "70", "71", "72", "80", "81", "82")
_THREE_FIGURES = ("24", "25", "40", "41", "42", "71")


class NotGs1(ValueError):
    """The scan is no GS1 code, or one that is broken; an ordinary barcode is looked up instead."""


@dataclass(frozen=True, slots=True)
class Scan:
    """`gtin` has fourteen figures. Dates are days: a day of 00 is the last of its month."""

    gtin: str
    batch: str = ""
    expiry: date | None = None  # AI 17, else best before (15) or sell by (16)
    packed: date | None = None  # AI 13, else produced (11)
    serial: str = ""
    count: int = 0  # AI 37 or 30: pieces in it

    @property
    def codes(self) -> tuple[str, ...]:
        """The forms in which the item's barcode may be kept: EAN-13, UPC-A, the whole GTIN."""
        forms = [
            self.gtin,
            *(self.gtin[cut:] for cut in (1, 2, 6) if not self.gtin[:cut].strip("0")),
        ]
        return tuple(dict.fromkeys(reversed(forms)))


def read(scan: str, today: date) -> Scan:
    """What a scanner sent, or a person typed in brackets. Raises NotGs1.

    `today` decides the century of a year in two figures: at most 49 years ahead or 50 back.
    """
    if not scan.isascii():
        raise NotGs1("its characters are not those of a code")
    said = dict(_elements(scan.strip()))
    gtin = said.get("01") or said.get("02")
    if gtin is None or not has_check_digit(gtin):
        raise NotGs1("it names no item")
    expiry = next((said[ai] for ai in ("17", "15", "16") if ai in said), None)
    packed = next((said[ai] for ai in ("13", "11") if ai in said), None)
    count = said.get("37") or said.get("30") or "0"
    if not count.isdigit():
        raise NotGs1("its count is no figure")
    return Scan(
        gtin,
        said.get("10", ""),
        _day(expiry, today) if expiry else None,
        _day(packed, today) if packed else None,
        said.get("21", ""),
        int(count),
    )


def has_check_digit(code: str) -> bool:
    """Whether the last figure of an EAN-8, UPC-A, EAN-13 or GTIN-14 is right."""
    if not (code.isascii() and code.isdigit() and len(code) in (8, 12, 13, 14)):
        return False
    weighted = sum(int(figure) * (3 if at % 2 else 1) for at, figure in enumerate(reversed(code)))
    return weighted % 10 == 0


def _elements(text: str) -> Iterator[tuple[str, str]]:
    if text.lower().startswith(("http://", "https://")):
        return _of_link(text)
    if text.startswith("("):
        return _of_brackets(text)
    for symbology in _SYMBOLOGIES:
        text = text.removeprefix(symbology)
    return _of_string(text.removeprefix(SEPARATOR))


def _of_brackets(text: str) -> Iterator[tuple[str, str]]:
    found = _BRACKETS.findall(text)
    if "".join(f"({ai}){value}" for ai, value in found) != text:
        raise NotGs1("its brackets do not close")
    yield from ((ai, value.strip()) for ai, value in found)


def _of_link(text: str) -> Iterator[tuple[str, str]]:
    link = urlsplit(text)
    parts = [unquote(part) for part in link.path.split("/") if part]
    start = next((at for at, part in enumerate(parts[:-1]) if part == "01"), None)
    if start is None:
        raise NotGs1("the link names no item")
    for ai, value in zip(parts[start::2], parts[start + 1 :: 2], strict=False):
        yield ai, value.zfill(14) if ai == "01" else value
    yield from ((ai, value) for ai, value in parse_qsl(link.query) if ai.isdigit())


def _of_string(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        ai = _identifier(text, at)
        at += len(ai)
        length = 6 if ai[:2] in _MEASURES else _FIXED.get(ai[:2] if ai[:2] == "41" else ai)
        if length is None:
            end = text.find(SEPARATOR, at)
            end = len(text) if end < 0 else end
        else:
            end = at + length
        value = text[at:end]
        if not value or len(value) > _LONGEST or (length is not None and len(value) < length):
            raise NotGs1(f"identifier {ai} has no proper value")
        yield ai, value
        at = end + (end < len(text) and text[end] == SEPARATOR)


def _identifier(text: str, at: int) -> str:
    first = text[at : at + 2]
    if not first.isdigit():
        raise NotGs1("an identifier has two figures at least")
    if first in _MEASURES or (first in _FOUR_FIGURES and first not in _THREE_FIGURES):
        return text[at : at + 4]
    if first in _THREE_FIGURES:
        return text[at : at + 3]
    return first


def _day(text: str, today: date) -> date:
    """YYMMDD; the century is the one that comes nearest to today (section 7.12)."""
    if len(text) != 6 or not text.isdigit():
        raise NotGs1(f"{text} is no date")
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:])
    ahead = year - today.year % 100
    century = today.year // 100 * 100
    century += -100 if ahead >= 51 else 100 if ahead <= -50 else 0
    try:
        return date(century + year, month, day or monthrange(century + year, month)[1])
    except ValueError as error:
        raise NotGs1(f"{text} is no date") from error
