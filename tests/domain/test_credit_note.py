"""What comes back of a bill, step by step, adds up to the bill and never beyond it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from dms_desktop.domain.billing import summed
from dms_desktop.domain.credit_note import (
    CreditNote,
    Given,
    NoteKind,
    Sold,
    given_back,
    part,
    totals_of,
)
from dms_desktop.domain.documents import Head
from dms_desktop.domain.goods_line import Adjustment, Bucket, GoodsLine, Totals
from dms_desktop.domain.money import Money, Rate, total
from dms_desktop.domain.tax import Gst, TaxRate
from tests.domain.hand_made import DAY, SHOP

PAISE = st.integers(0, 2_000_000)


@st.composite
def billed(draw: st.DrawFn) -> GoodsLine:
    qty, free = draw(st.integers(0, 60)), draw(st.integers(0, 12))
    if not qty + free:
        qty = 1
    half = Money(draw(PAISE))
    taxable, off = (Money(draw(PAISE)), Money(draw(PAISE))) if qty else (Money(), Money())
    tax = Gst(half, half, Money(), Money(draw(PAISE))) if qty else Gst()
    return GoodsLine(
        1, 7, "S", "Soap", "3401", "PCS", "B7", date(2027, 4, 30), Money(4000), qty, free,
        Rate(Money(3000)), taxable + off, (Adjustment("trade", off),), taxable,
        TaxRate(Decimal(18)), tax, Money(draw(PAISE)),
    )  # fmt: skip


@given(PAISE, st.lists(st.integers(1, 9), min_size=1, max_size=9))
def test_parts_of_an_amount_make_the_whole_in_any_steps(paise: int, steps: list[int]) -> None:
    of, before, found = sum(steps), 0, Money()
    for step in steps:
        found += part(Money(paise), before, step, of)
        before += step
    assert found == Money(paise)


@settings(max_examples=150)
@given(st.lists(billed(), min_size=1, max_size=4), st.data())
def test_notes_in_any_steps_sum_to_their_bill_to_the_paisa(
    lines: list[GoodsLine], data: st.DataObject
) -> None:
    bill = summed(tuple(lines))
    sold = [Sold(at, line) for at, line in enumerate(lines)]
    credited, cost, pieces = Totals(), Money(), 0
    while any(each.left + each.free_left for each in sold):
        back: list[GoodsLine] = []
        rest = data.draw(st.booleans())
        for at, each in enumerate(sold):
            qty = each.left if rest else data.draw(st.integers(0, each.left))
            free = each.free_left if rest else data.draw(st.integers(0, each.free_left))
            if qty + free:
                back.append(given_back(Given(each, qty, free)))
                sold[at] = replace(
                    each, returned=each.returned + qty, returned_free=each.returned_free + free
                )
        if not back:
            break
        note = totals_of(tuple(back), bill, credited)
        assert note.total.paise % 100 == 0
        assert Money() <= note.total
        credited = Totals(
            credited.taxable + note.taxable,
            credited.tax + note.tax,
            credited.round_off + note.round_off,
            credited.total + note.total,
        )
        assert credited.total <= bill.total
        cost += total(line.cost for line in back)
        pieces += sum(line.pieces for line in back)
        done = _note(tuple(back), note).done()
        assert sum(move.qty for move in done.moves) == sum(line.pieces for line in back)
    if any(each.left + each.free_left for each in sold):
        return
    assert credited == bill
    assert cost == total(line.cost for line in lines)
    assert pieces == sum(line.pieces for line in lines)


def _note(lines: tuple[GoodsLine, ...], totals: Totals) -> CreditNote:
    head = Head(UUID(int=1), DAY, place_id=1, party=SHOP)
    buckets = tuple(Bucket.SALEABLE for _ in lines)
    kind = NoteKind.NOT_DELIVERED
    return CreditNote(head, lines, totals, kind, "REFUSED", UUID(int=2), "B1", buckets)
