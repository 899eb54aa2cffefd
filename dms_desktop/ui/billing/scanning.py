"""What a scanner sent: which item, how many of it and of which batch; or why it is nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import product

from dms_desktop.domain.gs1 import NotGs1, Scan, has_check_digit, read
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.language.catalogue import _
from dms_desktop.language.sentences import say
from dms_desktop.store.search_entries import Found
from dms_desktop.ui.kit.lookup import is_scan

LENGTHS = (8, 12, 13, 14)
SHOWN = 40  # of a text that is too long to be repeated

ByCode = Callable[[str], Sequence[Found]]


def gs1_of(text: str, today: date) -> Scan | None:
    """What a code that says several things says; None for every other text."""
    try:
        return read(text, today)
    except NotGs1:
        return None


def found_by(text: str, by_code: ByCode, today: date) -> Sequence[Found]:
    """The items that this code or label stands for."""
    if exact := by_code(text):
        return exact
    scan = gs1_of(text, today)
    for code in scan.codes if scan else ():
        if exact := by_code(code):
            return exact
    return ()


def flaw_of(text: str, today: date) -> str:
    """Why nothing can be made of this."""
    if scan := gs1_of(text, today):
        return say(Problem(Reason.UNKNOWN_ITEM, facts={"code": scan.codes[0]}))
    for one, other in _joined(text):
        two = _("Two labels came as one: {one} and {other}. Scan them one after the other.")
        return two.format(one=one, other=other)
    if (is_scan(text) and not text.isdigit()) or not text.isprintable():
        garbled = _("The scanner sent “{text}”, which is no whole label. Scan it again.")
        return garbled.format(text=shortened(text))
    return say(Problem(Reason.UNKNOWN_ITEM, facts={"code": shortened(text)}))


def shortened(text: str) -> str:
    """As much of it as a sentence can bear, and of that what can be seen."""
    seen = "".join(letter if letter.isprintable() else "·" for letter in text)
    return seen if len(seen) <= SHOWN else f"{seen[:SHOWN]}…"


def _joined(text: str) -> Iterator[tuple[str, str]]:
    """Two barcodes without a break between them, each with a right check digit."""
    for one, other in product(LENGTHS, LENGTHS):
        if len(text) == one + other and text.isdigit():
            parts = text[:one], text[one:]
            if all(map(has_check_digit, parts)):
                yield parts
