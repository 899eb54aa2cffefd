"""What may stand in a row or on a bill as typed: a figure that no trade knows is named here."""

from __future__ import annotations

from collections.abc import Iterator

from dms_desktop.domain.draft import Ask, Draft, WalkIn
from dms_desktop.domain.money import LARGEST, Money, is_percent
from dms_desktop.domain.pricing import COLUMNS
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.domain.units import MOST


def row_flaws(row: int, ask: Ask) -> Iterator[Problem]:
    """BAD_QUANTITY for nil, for less, and for more than one entry may say; BAD_FIGURE."""
    if ask.qty < 0 or ask.free < 0 or not 0 < ask.qty + ask.free <= MOST:
        text = f"{ask.qty}+{ask.free}" if ask.free else str(ask.qty)
        yield Problem(Reason.BAD_QUANTITY, row, {"text": text})
    if ask.rate is not None and not _believable(ask.rate.amount):
        yield _bad("rate", ask.rate.amount, row)
    if ask.discount is not None and not _believable(ask.discount):
        yield _bad("discount", ask.discount, row)
    percents = ask.discounts or ()
    if len(percents) > len(COLUMNS) or not all(map(is_percent, percents)):
        yield _bad("discounts", " ".join(map(str, percents)), row)


def bill_flaws(draft: Draft) -> Iterator[Problem]:
    """BAD_FIGURE for a discount on the whole bill that is no discount, BAD_ENTRY for a text that
    cannot be kept."""
    texts = {name: getattr(draft, name) for name in ("order_no", "transport", "note")}
    if isinstance(draft.party, WalkIn):
        texts |= {name: getattr(draft.party, name) for name in ("name", "phone", "address")}
    for field, text in texts.items():
        if not writable(text):
            yield Problem(Reason.BAD_ENTRY, None, {"field": field, "value": legible(text)})
    if draft.bill_discount is not None and not _believable(draft.bill_discount):
        yield _bad("bill_discount", draft.bill_discount)
    for field in ("bill_discount_percent", "cash_discount_percent"):
        percent = getattr(draft, field)
        if percent is not None and not is_percent(percent):
            yield _bad(field, percent)


def writable(text: str) -> bool:
    """Whether a database can keep it: no half of a character, and no NUL."""
    return (text.isascii() and "\0" not in text) or legible(text) == text


def legible(text: str) -> str:
    """The text with a mark in place of what cannot be written."""
    return text.encode("utf-8", "replace").decode().replace("\0", "?")


def _believable(amount: Money) -> bool:
    return 0 <= amount.paise <= LARGEST


def _bad(field: str, value: object, row: int | None = None) -> Problem:
    return Problem(Reason.BAD_FIGURE, row, {"field": field, "value": value})
