"""What the owner may set for the whole business: each option's word, kind and usual value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from dms_desktop.domain.loss import Loss
from dms_desktop.domain.money import Money, rupees
from dms_desktop.domain.shortage import Sharing


def _amount(text: str) -> None:
    if rupees(text) < Money():
        raise ValueError(f"{text} is below nil")


def _days(text: str) -> None:
    if text and not (text.isascii() and text.isdigit() and int(text) <= 3_650):
        raise ValueError(f"{text} is no number of days")


def _lots(text: str) -> None:
    if not (text.isascii() and text.isdigit() and int(text) <= 1_000_000):
        raise ValueError(f"{text} is no number of batches")


def _minutes(text: str) -> None:
    if not (text.isascii() and text.isdigit() and int(text) <= 1_440):
        raise ValueError(f"{text} is no number of minutes")


def _regimes(text: str) -> None:
    if set(text.replace(",", " ").split()) - {"food", "drug"}:
        raise ValueError(f"{text} names other goods than food and drug")


class Option(NamedTuple):
    """`check` raises ValueError for a text that will not do."""

    usual: str
    check: Callable[[str], None]
    choices: tuple[str, ...] = ()  # where it is one of a few words


def _one_of(*words: str) -> Option:
    """The first is the usual one."""

    def check(text: str) -> None:
        if text not in words:
            raise ValueError(f"{text} is none of {', '.join(words)}")

    return Option(words[0], check, words)


# The word is kept on disk; its meaning may not change.
OPTIONS: Mapping[str, Option] = {
    "credit_tolerance": Option("100.00", _amount),  # rupees beyond limit or overdue that only warn
    "credit_stop_days": Option("", _days),  # days past the due day that stop credit; '' = none do
    "licence_needed": Option("", _regimes),  # goods that a buyer without a licence does not get
    "licence_near_days": Option("30", _days),  # from when a licence is told as near its end
    "lock_minutes": Option("10", _minutes),  # without a key or click, till the PIN is asked; 0 = no
    "loss_warning": _one_of(*Loss),  # what is done about a line that is sold below its cost
    "shortage_sharing": _one_of(*Sharing),  # how too few pieces go to too many orders
    "stock_limit": Option("5000.00", _amount),  # rupees of stock that change without an approval
    "expiry_lots": Option("200", _lots),  # batches that move to expired without asking
    "tax_tolerance": Option("1.00", _amount),  # product rule 24: rupees a rate, printed to computed
    "near_expiry_days": Option("60", _days),  # from when a lot is shown as near its end
}
