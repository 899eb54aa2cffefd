"""Goods and paise that change their lot are neither more nor fewer, down to the last paisa."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.documents import Head, Marking, Move, Relabel, Spot
from dms_desktop.domain.effect import mirror
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.lot_mending import Ground, mending_faults, revives
from dms_desktop.domain.money import Money
from dms_desktop.domain.posting import effect
from dms_desktop.domain.refusals import Reason
from dms_desktop.domain.stock_papers import (
    Holding,
    LotCorrection,
    Restickering,
    StockLine,
    lot_to_lot,
)
from dms_desktop.domain.tax import Gst

DAY = date(2026, 11, 21)
HEAD = Head(UUID(int=9), DAY, place_id=1)
PACK = Marking("A", Money(4000), date(2027, 1, 31))
OLD = StockLine(1, 7, "SOAP", "Soap", "3401", "PCS", "A", date(2027, 1, 31), Money(4000), 0)
NEW = replace(OLD, lot_id=8, mrp=Money(4200))
GROUND = Ground("Soap", keeps_batch=True, today=DAY, late=False)
paise = st.integers(0, 10**9)


@st.composite
def holdings(draw: st.DrawFn) -> Holding:
    qty = draw(st.integers(1, 10_000))
    tax = Gst(*(Money(draw(paise)) for _ in range(4)))
    return Holding(qty, Money(draw(paise)), qty + draw(st.integers(0, 5_000)), tax)


@given(holdings(), st.data())
def test_goods_and_paise_are_conserved_however_the_pieces_go(
    held: Holding, data: st.DataObject
) -> None:
    """Some of the pieces, lying at some spots, part after part: none of it is lost on the way."""
    out, left, rest = [], held.qty, held
    for at in range(data.draw(st.integers(1, 4))):
        if left:
            qty = data.draw(st.integers(1, left))
            out.append((replace(OLD, qty=qty), Spot(1 + at, data.draw(st.sampled_from(Bucket)))))
            left -= qty
    paper = Restickering(HEAD, lot_to_lot(out, NEW, held), "MRP raised")
    assert paper.whole()
    for _, move in zip(out, paper.moves[::2], strict=True):
        rest = rest.less(rest.part(move.qty))
    done = effect(paper)
    assert not done.entries
    gone = [move for move in done.moves if move.end is None]
    came = [move for move in done.moves if move.start is None]
    assert {move.lot_id for move in gone} == {7}
    assert {move.lot_id for move in came} == {8}
    for one, other in zip(gone, came, strict=True):
        assert (one.start, one.qty, one.cost) == (other.end, other.qty, other.cost)
        assert (one.received, one.input_tax) == (-other.received, -other.input_tax)
    assert sum(move.qty for move in came) + rest.qty == held.qty
    assert sum(move.cost.paise for move in came) + rest.cost.paise == held.cost.paise
    for head in ("cgst", "sgst", "igst", "cess"):
        moved = sum(getattr(move.input_tax, head).paise for move in came)
        assert moved + getattr(rest.input_tax, head).paise == getattr(held.input_tax, head).paise
        assert getattr(rest.input_tax, head).paise >= 0
    assert rest.cost.paise >= 0
    if not left:
        assert (rest.qty, rest.cost) == (0, Money())
    assert mirror(mirror(done)) == done


def test_the_last_piece_takes_the_remainder() -> None:
    held = Holding(3, Money(100), 3, Gst(Money(10)))
    first = held.part(1)
    assert (first.cost, first.input_tax.cgst) == (Money(33), Money(3))
    rest = held.less(first)
    assert rest.part(1).cost == Money(34)  # half up
    assert rest.less(rest.part(1)).part(1).cost == Money(33)
    assert held.part(3).cost == Money(100)


def test_a_correction_relabels_or_moves_and_never_both() -> None:
    now = replace(PACK, batch="B")
    named = LotCorrection(HEAD, (replace(OLD, qty=5),), "smudged", 7, PACK, now)
    assert effect(named).moves == ()
    assert effect(named).relabels == (Relabel(7, PACK, now),)
    assert mirror(effect(named)).relabels == (Relabel(7, now, PACK),)
    lines = lot_to_lot([(replace(OLD, qty=5), Spot(1))], NEW, Holding(5, Money(9), 5, Gst()))
    joined = replace(named, goods=lines)
    assert effect(joined).relabels == ()
    assert effect(joined).moves == (
        Move(1, 7, 5, Spot(1), None, Money(9), -5), Move(1, 8, 5, None, Spot(1), Money(9), 5),
    )  # fmt: skip


def test_a_paper_whose_lines_do_not_agree_is_not_whole() -> None:
    lines = lot_to_lot([(replace(OLD, qty=5), Spot(1))], NEW, Holding(9, Money(90), 9, Gst()))
    for wrong in (
        replace(lines[1], qty=4), replace(lines[1], cost=Money(49)), replace(lines[1], received=4),
        replace(lines[1], end=Spot(2)), replace(lines[1], input_tax=Gst(Money(1))),
    ):  # fmt: skip
        assert not Restickering(HEAD, (lines[0], wrong), "x").whole()


def test_what_is_wrong_with_a_mending_is_told_all_at_once() -> None:
    late = replace(PACK, expiry=date(2026, 1, 1), packed=date(2026, 2, 1), mrp=Money())
    found = [one.reason for one in mending_faults(PACK, late, "", GROUND)]
    assert found == [Reason.MISSING, Reason.BAD_ENTRY, Reason.EXPIRY_BEFORE_PACKED]


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_only_an_expired_batch_that_would_live_longer_is_revived(was: date, now: date) -> None:
    before, after = replace(PACK, expiry=was), replace(PACK, expiry=now)
    assert revives(before, after, DAY) == (was < DAY and now > was)
    assert revives(before, replace(PACK, expiry=None), DAY) == (was < DAY)
