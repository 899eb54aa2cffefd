"""A discount on the whole bill lands on lines, so that each rupee of it meets its own tax rate."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dms_desktop.domain.draft import Draft
from dms_desktop.domain.goods_line import Adjustment, GoodsLine
from dms_desktop.domain.lines import Terrain, taxed
from dms_desktop.domain.money import Money, share, total


def with_bill_discounts(
    lines: Sequence[GoodsLine], draft: Draft, terrain: Terrain
) -> tuple[GoodsLine, ...]:
    """Amount, percentage, then on-bill cash discount, each shared by taxable value over the lines
    that are not at a net rate (product rule 5), and the tax of each line computed afresh.

    The odd paisa goes by item, so that the same goods typed in another order cost the same.
    """
    steps: tuple[tuple[str, Money | None, Decimal | None], ...] = (
        ("bill", draft.bill_discount, None),
        ("bill", None, draft.bill_discount_percent),
        ("cash", None, draft.cash_discount_percent),
    )
    shared = tuple(lines)
    for kind, amount, percent in steps:
        if amount or percent:
            shared = _step(shared, terrain, Adjustment(kind, amount or Money(), percent))
    return shared


def _step(lines: tuple[GoodsLine, ...], terrain: Terrain, off: Adjustment) -> tuple[GoodsLine, ...]:
    weights = [0 if line.net else max(line.taxable.paise, 0) for line in lines]
    amount = off.amount
    if off.percent is not None:
        amount = total(Money(weight) for weight in weights).percent(off.percent)
    if not any(weights):
        return lines
    order = sorted(range(len(lines)), key=lambda at: (lines[at].item_id, at))
    parts = dict(zip(order, share(amount, [weights[at] for at in order]), strict=True))
    return tuple(
        taxed(line, terrain, Adjustment(off.kind, parts[at], off.percent)) if parts[at] else line
        for at, line in enumerate(lines)
    )
