"""What is said and kept of the payments of a bill, without the boxes that they are typed in."""

from __future__ import annotations

from dataclasses import replace

from dms_desktop.domain.goods_line import Mode, Payment
from dms_desktop.domain.money import ZERO, Money, total
from dms_desktop.language.catalogue import N_, _
from dms_desktop.ui.billing.cells import with_sign

NAMES = {
    Mode.CASH: N_("Cash"),
    Mode.UPI: N_("UPI"),
    Mode.CARD: N_("Card"),
    Mode.BANK: N_("Bank"),
    Mode.CHEQUE: N_("Cheque"),
}


def fitted(
    payments: tuple[Payment, ...], due: Money, *, on_cash: bool = True
) -> tuple[Payment, ...]:
    """The cash of a split follows the total of the bill, on credit only when that falls below what
    is paid; what was paid otherwise stays."""
    before = cash_of(payments)
    cash = due - (total(one.amount for one in payments) - before)
    if cash < ZERO or not before or (cash > before and not on_cash):
        return payments
    kept = (one for one in payments if cash or one.mode is not Mode.CASH)
    return tuple(replace(one, amount=cash) if one.mode is Mode.CASH else one for one in kept)


def cash_of(payments: tuple[Payment, ...]) -> Money:
    return total(one.amount for one in payments if one.mode is Mode.CASH)


def paid_text(payments: tuple[Payment, ...]) -> str:
    """`UPI ₹ 500.00 + Cash ₹ 62.00`."""
    return " + ".join(f"{_(NAMES[one.mode])} {with_sign(one.amount)}" for one in payments)
