"""What a scanner sent: which item, how many of it and of which batch; or why it is nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from dms_desktop.domain.draft import Ask
from dms_desktop.domain.facts import Item
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.language.catalogue import _
from dms_desktop.language.figures import day_text
from dms_desktop.language.sentences import say
from dms_desktop.store.search_entries import Found
from dms_desktop.ui.kit.lookup import is_scan

if TYPE_CHECKING:
    from dms_desktop.domain.gs1 import Scan

LENGTHS = (8, 12, 13, 14)
SHOWN = 40  # of a text that is too long to be repeated


class Scanned(NamedTuple):
    """What a label asks for, of which item by name, and when it says that the goods expire."""

    ask: Ask
    name: str
    expiry: date | None = None


ByCode = Callable[[str], Sequence[Found]]


def gs1_of(text: str, today: date) -> Scan | None:
    """What a code that says several things says; None for every other text."""
    from dms_desktop.domain.gs1 import NotGs1, read  # no start waits for it

    try:
        return read(text, today)
    except NotGs1:
        return None


def scanned(text: str, found: Found, today: date) -> Scanned:
    """So many of the pack that the label is on; a label that names a batch forces it."""
    scan = gs1_of(text, today)
    if scan is None:
        return Scanned(Ask(found.id, found.units), found.name)
    ask = Ask(found.id, scan.count or found.units, batch=scan.batch or None)
    return Scanned(ask, found.name, scan.expiry)


def of_lot(wanted: Scanned, item: Item) -> Ask:
    """The batch as the books write it; where the label says but the expiry, the batch with it."""
    ask = wanted.ask
    if ask.batch is not None:
        from dms_desktop.domain.masters import folded  # no start waits for it

        said = folded(ask.batch)
        same = (lot.batch for lot in item.lots if folded(lot.batch) == said)
        return replace(ask, batch=next(same, ask.batch))
    if wanted.expiry is None:
        return ask
    ends = {lot.batch for lot in item.lots if lot.batch and lot.expiry == wanted.expiry}
    return replace(ask, batch=ends.pop()) if len(ends) == 1 else ask


def disagreement(wanted: Scanned, ask: Ask, item: Item) -> str:
    """Where label and books say otherwise of a batch: somebody typed one of them wrongly."""
    kept = {lot.expiry for lot in item.lots if lot.batch == ask.batch and lot.expiry}
    if ask.batch is None or wanted.expiry is None or not kept or wanted.expiry in kept:
        return ""
    differs = _(
        "{item} batch {batch}: the label says that it expires on {label}, the books say {books}."
    )
    label, books = day_text(wanted.expiry), day_text(min(kept))
    return differs.format(item=item.name, batch=ask.batch, label=label, books=books)


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
    from dms_desktop.domain.gs1 import has_check_digit

    for one, other in product(LENGTHS, LENGTHS):
        if len(text) == one + other and text.isdigit():
            parts = text[:one], text[one:]
            if all(map(has_check_digit, parts)):
                yield parts
