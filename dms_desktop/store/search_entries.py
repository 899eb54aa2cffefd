"""What goes into the search index and what comes out, and how its text is folded and cut."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

MOST_POPULAR = 2**31 - 1
FRAGMENT = 4  # a shorter piece of a number is more likely a size or a count

# Zero-width joiners change how a syllable is drawn, not which word it is.
_UNSEEN = {0x200C: None, 0x200D: None} | dict.fromkeys(range(32), " ")
_BETWEEN_DIGITS = re.compile(r"[\s()+-]+")
_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0963\u0971-\u0d7f])+")


class ItemEntry(NamedTuple):
    """An item. `barcodes` are (code, base units in what it is printed on); `popularity` is any
    count of how often it is asked for; `detail` is shown and not searched."""

    id: int
    code: str
    name: str
    alias: str = ""
    barcodes: tuple[tuple[str, int], ...] = ()
    popularity: int = 0
    detail: str = ""


class PartyEntry(NamedTuple):
    """A party. Its phone number and GSTIN are found by any piece of four characters or more."""

    id: int
    code: str
    name: str
    alias: str = ""
    phone: str = ""
    gstin: str = ""
    beat: str = ""
    popularity: int = 0


Entry = ItemEntry | PartyEntry


@dataclass(frozen=True, slots=True)
class Found:
    """One answer. `units`: base units of the barcode that was asked for, else 1. `near`: nothing
    is called what was typed, and this is spelt alike: never to be taken without a look."""

    id: int
    code: str
    name: str
    detail: str = ""
    units: int = 1
    near: bool = False


class Mark(NamedTuple):
    """A code or number that leads to a row. `whole`: all of it, so that it may be taken unseen."""

    key: str
    units: int = 1
    whole: bool = True


class Row(NamedTuple):
    """An entry as the index keeps it; rows sort by `place`, the popular first."""

    place: int
    id: int
    code: str
    name: str
    detail: str
    words: str
    marks: frozenset[Mark]


def folded(text: str) -> str:
    """`text` as it is compared: one case, one spelling of each letter, nothing invisible."""
    if text.isascii() and text.isprintable():
        return text.lower().strip()  # the same in a tenth of the time
    return unicodedata.normalize("NFC", text).translate(_UNSEEN).casefold().strip()


def number(text: str) -> str:
    """The digits of a barcode or phone number without its spaces and leading zeros (a UPC-A is the
    EAN-13 that begins with 0); empty when it is not all digits."""
    digits = _BETWEEN_DIGITS.sub("", text)
    return digits.lstrip("0") if digits.isascii() and digits.isdigit() else ""


def words_in(text: str) -> set[str]:
    """The words of a folded text that a slip of the finger can be measured against."""
    return {word for word in _WORD.findall(text) if len(word) > 2}


def row_of(entry: Entry) -> Row:
    if not 0 < entry.id < 2**32:
        raise ValueError(f"an id beyond 32 bits cannot be indexed: {entry.id}")
    place = MOST_POPULAR - max(0, min(entry.popularity, MOST_POPULAR)) << 32 | entry.id
    marks = {Mark(folded(entry.code))}
    if isinstance(entry, ItemEntry):
        words: tuple[str, ...] = (entry.name, entry.code, entry.alias)
        shown = (entry.alias, entry.detail)
        for barcode, units in entry.barcodes:
            marks |= {Mark(key, units) for key in (folded(barcode), number(barcode))}
    else:
        words = (entry.name, entry.code, entry.alias, entry.beat)
        shown = (entry.beat, entry.phone or entry.gstin)
        marks |= _pieces(number(entry.phone)[-10:]) | _pieces(folded(entry.gstin))
    return Row(
        place,
        entry.id,
        entry.code,
        entry.name,
        " · ".join(filter(None, shown)),
        folded(" ".join(words)),
        frozenset(mark for mark in marks if mark.key),
    )


def _pieces(key: str) -> set[Mark]:
    """The key and each of its ends: whatever begins one of them is a piece of the key."""
    return {Mark(key[at:], whole=at == 0) for at in range(max(1, len(key) - FRAGMENT + 1))}
