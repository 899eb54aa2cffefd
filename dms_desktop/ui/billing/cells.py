"""How a line of the bill is written in its cells, and how what is typed into them is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from dms_desktop.domain import money
from dms_desktop.domain.draft import Ask
from dms_desktop.domain.facts import Item
from dms_desktop.domain.goods_line import GoodsLine
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.pricing import COLUMNS as DISCOUNTS
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.domain.tax import TaxRate
from dms_desktop.domain.units import BadQuantity, Quantity, QuantityFault, read_quantity, spell
from dms_desktop.language.catalogue import _
from dms_desktop.language.figures import RupeeSign, amount, grouped
from dms_desktop.language.sentences import say
from dms_desktop.ui import messages
from dms_desktop.ui.kit.lookup import is_scan

OFF = "/-"
_RATE = re.compile(r"([0-9.,]+) *([icn ]*)", re.IGNORECASE)
SHARED = ("line", "bill", "cash")  # discounts that are an amount, not the row's own percentage


class BadCell(Exception):
    """What was typed cannot be; `sentence` is for the clerk."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def rupees(value: Money) -> str:
    return amount(value.paise)


def with_sign(value: Money) -> str:
    """`₹ 1,062.00`, as totals are shown."""
    minus = "-" if value.paise < 0 else ""
    return f"{minus}{RupeeSign.SYMBOL} {amount(abs(value.paise))}"


def rate_text(rate: Rate) -> str:
    """A price per piece with two decimals, or as many as it needs up to six."""
    if rate.per == 1:
        return amount(rate.amount.paise)
    exact = Decimal(rate.amount.paise) / 100 / rate.per
    figure = f"{exact:.6f}".rstrip("0")
    return grouped(exact, max(2, len(figure.partition(".")[2])))


def percent_text(percent: Decimal) -> str:
    return f"{percent.normalize():f}"


def tax_text(rate: TaxRate) -> str:
    """`18`, `28 + 12` with a cess; goods that are exempt say so."""
    if rate.exempt:
        return _("Exempt")
    cess = f" + {percent_text(rate.cess)}" if rate.cess else ""
    return percent_text(rate.gst) + cess


def batch_text(line: GoodsLine) -> str:
    """`S1 · 01/27`; nothing for goods without batches."""
    expiry = f"{line.expiry:%m/%y}" if line.expiry else ""
    return " · ".join(filter(None, (line.batch, expiry)))


def discount_text(lines: Sequence[GoodsLine]) -> str:
    """The row's own percentages in their order, `2+1.5`, and what is off all its lots: `50/-`."""
    first = lines[0].adjustments
    own = [percent_text(a.percent) for a in first if a.percent and a.kind not in SHARED]
    off = money.total(a.amount for line in lines for a in line.adjustments if a.kind == "line")
    return "+".join((*own, *([rupees(off) + OFF] if off else [])))


def typed_discounts(ask: Ask) -> str:
    """The clerk's own, as he would type them again."""
    off = [] if ask.discount is None and not ask.off else [str(ask.off) + OFF]
    return " + ".join((*map(percent_text, ask.discounts or ()), *off))


def quantity_text(ask: Ask, item: Item | None) -> str:
    """As the clerk would type it again: `2c 6p+1`."""
    case, inner = (item.case, item.inner) if item else (0, 0)
    return spell(Quantity(ask.qty, ask.free), case, inner)


def read_cell_quantity(text: str, item: Item | None, name: str) -> Quantity:
    """Raises BadCell. An item not read yet has no case factor: pieces can be typed all the same."""
    case, inner = (item.case, item.inner) if item else (0, 0)
    if is_scan(text):  # an EAN-8 may begin with noughts, and would pass for a count
        label = BadQuantity(QuantityFault.TOO_MANY, {"typed": text.strip()})
        raise BadCell(messages.of_quantity(label, name))
    try:
        return read_quantity(text, case, inner)
    except BadQuantity as error:
        if item is None and error.reason in (QuantityFault.NO_CASE, QuantityFault.NO_INNER):
            raise BadCell(
                _("{item} is still being read. Press Enter again.").format(item=name)
            ) from error
        raise BadCell(messages.of_quantity(error, name)) from error


def with_quantity(ask: Ask, text: str, item: Item | None, name: str) -> Ask:
    typed = read_cell_quantity(text, item, name)
    reason = ask.free_reason if typed.free else ""
    return replace(ask, qty=typed.billed, free=typed.free, free_reason=reason)


def with_free(ask: Ask, text: str, item: Item | None, name: str) -> Ask:
    """Pieces given free beside those billed; nothing, or nil, for none."""
    if text.strip() in ("", "0"):
        return replace(ask, free=0, free_reason="")
    return replace(ask, free=read_cell_quantity(text, item, name).billed)


def with_rate(ask: Ask, text: str, item: Item | None, name: str) -> Ask:
    """A typed rate, or with nothing typed the price that the lists say.

    Letters behind the figure: `95i` has its tax in it, `95n` is net, so that no discount of the
    party or the bill goes on top, and `1140c` is for a case.
    """
    if not text.strip():
        return replace(ask, rate=None, promised=False, inclusive=False, net=False)
    found = _RATE.fullmatch(text.strip())
    try:
        rate = money.rate(found[1] if found and not is_scan(text) else "")
    except ValueError as error:
        raise BadCell(_bad_figure(text, _("the rate"))) from error
    letters = found[2].lower() if found else ""
    if "c" in letters:
        if not item or not item.case:
            said = BadQuantity(QuantityFault.NO_CASE, {"typed": text.strip()})
            raise BadCell(messages.of_quantity(said, name))
        rate = Rate(rate.amount, rate.per * item.case)
    return replace(ask, rate=rate, promised=False, inclusive="i" in letters, net="n" in letters)


def with_discounts(ask: Ask, text: str, item: Item | None, name: str) -> Ask:
    """Percentages, each on what the one before left, and an amount off the whole row with the
    trade's mark for rupees: `2 + 1.5 + 50/-`; nothing typed = the party's own."""
    if not text.strip():
        return replace(ask, discounts=None, discount=None, promise=None)
    parts = [part.strip() for part in text.split("+")]
    try:
        off = [_off(part) for part in parts if part.endswith(OFF)]
        read = tuple(money.percent(part) for part in parts if not part.endswith(OFF))
    except ValueError as error:
        raise BadCell(_bad_figure(text, _("the discount"))) from error
    if len(read) > len(DISCOUNTS) or len(off) > 1:
        raise BadCell(_bad_figure(text, _("the discount")))
    return replace(ask, discounts=read, discount=off[0] if off else None, promise=None)


def rate_letters(*, inclusive: bool, net: bool) -> str:
    """What stands behind a rate that is not a plain one."""
    return " i" * inclusive + " n" * net


def _off(part: str) -> Money:
    off = money.rupees(part.removesuffix(OFF))
    if off < money.ZERO:
        raise ValueError(part)
    return off


def _bad_figure(text: str, field: str) -> str:
    return say(Problem(Reason.BAD_FIGURE, facts={"value": text.strip(), "field": field}))


def summed(lines: Sequence[GoodsLine]) -> tuple[int, int, Money]:
    """Billed and free pieces, and the amount with tax, of the lots of one row."""
    return (
        sum(line.qty for line in lines),
        sum(line.free_qty for line in lines),
        money.total(line.amount for line in lines),
    )
