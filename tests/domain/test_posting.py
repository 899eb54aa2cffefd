"""What a document does: legs that balance, goods that leave as they lie, and the exact mirror."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import assume, given

from dms_desktop.domain.billing import price
from dms_desktop.domain.documents import (
    Bill,
    Cancellation,
    Challan,
    Entry,
    Head,
    Journal,
    Move,
    Opening,
    OpeningLot,
    Spot,
)
from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.drawn_up import document, receipt
from dms_desktop.domain.effect import Effect, mirror
from dms_desktop.domain.facts import Facts, Party
from dms_desktop.domain.goods_line import Bucket, Kind, Mode, Payment, Terms, Totals
from dms_desktop.domain.money import Money, rupees, total
from dms_desktop.domain.posting import effect
from dms_desktop.domain.tax import Gst
from tests.domain.hand_made import DAY, SHOP, draft, facts, item, lot
from tests.domain.test_billing import trades

HEAD = Head(UUID(int=9), DAY, place_id=1)


def sums(done: Effect) -> dict[str, Money]:
    """By account, what the legs come to; each account once."""
    assert len({leg.account for leg in done.entries}) == len(done.entries)
    return {leg.account: leg.amount for leg in done.entries}


def posted(known: Facts, made: Draft) -> Bill:
    priced = price(made, known)
    assert not priced.problems
    bill = document(made, known, priced)
    assert isinstance(bill, Bill)
    return bill


def test_the_legs_of_a_bill_on_credit() -> None:
    """10 at 30.00 and 1 free: 300 + 54 tax, and eleven pieces leave at 20 each."""
    known = facts(item(1, lot(cost="2000")))
    done = effect(posted(known, draft(Ask(1, 10, 1))))
    assert sums(done) == {
        "debtors": rupees("354"),
        "sales": -rupees("300"),
        "output_cgst": -rupees("27"),
        "output_sgst": -rupees("27"),
        "cost_of_goods": rupees("220"),
        "stock": -rupees("220"),
    }
    (owed,) = [leg for leg in done.entries if leg.party_id is not None]
    assert (owed.account, owed.party_id) == ("debtors", SHOP.id)
    assert done.moves == (Move(1, 1, 11, Spot(1), None, rupees("220")),)


def test_a_bill_for_cash_is_owed_and_the_rupee_s_rest_has_its_own_account() -> None:
    known = facts(item(1, lot(ptr="30.01")))
    bill = posted(known, draft(Ask(1, 1), terms=Terms.CASH))
    done = effect(bill)
    assert sums(done) == {
        "debtors": rupees("35"),
        "sales": -rupees("30.01"),
        "output_cgst": -rupees("2.70"),
        "output_sgst": -rupees("2.70"),
        "round_off": rupees("0.41"),
    }
    parts = (Payment(Mode.UPI, rupees("20"), "UTR1"), Payment(Mode.CASH, rupees("15")))
    paid = effect(receipt(bill, parts, UUID(int=7)))
    assert sums(paid) == {
        "upi_clearing": rupees("20"), "cash": rupees("15"), "debtors": -rupees("35"),
    }  # fmt: skip
    assert not paid.moves
    assert [leg.party_id for leg in done.entries if leg.account == "debtors"] == [SHOP.id]


def test_a_walk_in_pays_at_once_and_stands_in_the_account_of_all_walk_ins() -> None:
    known = facts(item(1, lot()), party=Party(0, "", "CASH", "27"))
    bill = posted(known, draft(Ask(1, 10)))
    paid = effect(receipt(bill, (Payment(Mode.CASH, rupees("354")),), UUID(int=7)))
    assert sums(effect(bill))["walk_ins"] == rupees("354")
    assert sums(paid) == {"cash": rupees("354"), "walk_ins": -rupees("354")}
    assert all(leg.party_id is None for leg in (*effect(bill).entries, *paid.entries))


def test_a_bill_across_the_border() -> None:
    known = facts(item(1, lot()), party=replace(SHOP, state="24"))
    legs = sums(effect(posted(known, draft(Ask(1, 10)))))
    assert legs["output_igst"] == -rupees("54")
    assert "output_cgst" not in legs


def test_under_reverse_charge_no_output_tax_is_posted() -> None:
    legs = sums(effect(posted(facts(item(1, lot())), draft(Ask(1, 10), reverse_charge=True))))
    assert legs == {"debtors": rupees("300"), "sales": -rupees("300")}


@given(trades())
def test_every_bill_balances_and_moves_what_it_says(trade: tuple[Facts, Draft]) -> None:
    known, made = trade
    made = replace(made, kind=Kind.BILL)
    priced = price(made, known)
    assume(priced.lines)
    bill = document(made, known, priced)
    assert isinstance(bill, Bill)
    done = effect(bill)
    assert total(leg.amount for leg in done.entries) == Money()
    moved = Counter[int]()
    for move in done.moves:
        assert (move.start, move.end, move.received) == (Spot(1), None, 0)
        moved[move.item_id] += move.qty
    asked = Counter[int]()
    for line in bill.lines:
        asked[line.item_id] += line.pieces
    assert moved == asked
    legs = {leg.account: leg.amount for leg in done.entries}
    cost = total(move.cost for move in done.moves)
    assert legs.get("cost_of_goods", Money()) == cost
    assert legs.get("stock", Money()) == -cost


@given(trades())
def test_no_lot_gives_more_pieces_or_more_cost_than_it_has(trade: tuple[Facts, Draft]) -> None:
    """A lot that a bill empties gives all its paise, however many rows it was taken by."""
    known, made = trade
    priced = price(replace(made, kind=Kind.BILL), known)
    pieces, cost = Counter[int](), Counter[int]()
    for line in priced.lines:
        assert line.lot_id is not None
        pieces[line.lot_id] += line.pieces
        cost[line.lot_id] += line.cost.paise
    for goods in known.items.values():
        for one in goods.lots:
            assert pieces[one.id] <= one.on_hand
            assert cost[one.id] <= one.cost.paise
            if one.held and pieces[one.id] == one.held:
                assert cost[one.id] == one.cost.paise


@given(trades())
def test_a_cancellation_undoes_it_to_the_paisa_and_the_piece(trade: tuple[Facts, Draft]) -> None:
    known, made = trade
    made = replace(made, kind=Kind.BILL)
    bill = document(made, known, price(made, known))
    done = effect(bill)
    back = mirror(done)
    cancelled = Cancellation(
        HEAD, bill.head.id, Kind.BILL, "B/1", Totals(), back.entries, back.moves
    )
    assert effect(cancelled) == back
    assert mirror(back) == done
    legs = Counter[tuple[str, int | None]]()
    goods = Counter[tuple[int, Spot | None]]()
    for half in (done, back):
        for leg in half.entries:
            legs[leg.account, leg.party_id] += leg.amount.paise
        for move in half.moves:
            goods[move.lot_id, move.start] -= move.qty
            goods[move.lot_id, move.end] += move.qty
    assert not any(legs.values())
    assert not any(goods.values())


def test_a_challan_moves_goods_and_no_money_and_its_bill_moves_them_on() -> None:
    known = facts(item(1, lot(cost="2000")))
    made = draft(Ask(1, 10, 1), kind=Kind.CHALLAN)
    challan = document(made, known, price(made, known), on_challan=2)
    assert isinstance(challan, Challan)
    done = effect(challan)
    assert done == Effect((), (Move(1, 1, 11, Spot(1), Spot(2)),))
    billed = effect(posted(known, draft(Ask(1, 10, 1, lot_id=1), goods_from=2)))
    assert billed.moves == (Move(1, 1, 11, Spot(2), None, rupees("220")),)


@pytest.mark.parametrize("kind", [Kind.ORDER, Kind.ESTIMATE])
def test_a_promise_does_nothing(kind: Kind) -> None:
    known = facts(item(1, lot()))
    made = draft(Ask(1, 10), kind=kind)
    assert effect(document(made, known, price(made, known))) == Effect()


def _opening_lot(key: int, qty: int, cost: str, bucket: Bucket = Bucket.SALEABLE) -> OpeningLot:
    return OpeningLot(
        1, key, "I1", "Item 1", "34011190", "PCS", f"B{key}", None, rupees("40"), qty,
        rupees(cost), Gst(rupees("9"), rupees("9")), bucket,
    )  # fmt: skip


def test_what_is_brought_in_stands_against_the_opening_account() -> None:
    lots = (_opening_lot(1, 10, "100"), _opening_lot(2, 5, "40", Bucket.EXPIRED))
    entries = (Entry("debtors", rupees("500"), 1), Entry("capital", -rupees("600")))
    done = effect(Opening(HEAD, lots, entries))
    assert sums(done) == {
        "stock": rupees("140"),
        "debtors": rupees("500"),
        "capital": -rupees("600"),
        "opening": -rupees("40"),
    }
    assert done.moves == (
        Move(1, 1, 10, None, Spot(1), rupees("100"), 10, Gst(rupees("9"), rupees("9"))),
        Move(
            1, 2, 5, None, Spot(1, Bucket.EXPIRED), rupees("40"), 5, Gst(rupees("9"), rupees("9"))
        ),
    )
    assert mirror(done).moves[0] == Move(
        1, 1, 10, Spot(1), None, rupees("100"), -10, -Gst(rupees("9"), rupees("9"))
    )


def test_an_opening_that_balances_leaves_no_difference() -> None:
    entries = (Entry("cash", rupees("600")), Entry("capital", -rupees("600")))
    assert "opening" not in sums(effect(Opening(HEAD, (), entries)))


def test_legs_that_do_not_balance_cannot_exist() -> None:
    entries = (Entry("cash", rupees("1")), Entry("capital", -rupees("0.99")))
    with pytest.raises(ValueError, match="balance"):
        effect(Journal(HEAD, entries))
    fine = Journal(HEAD, (Entry("cash", rupees("1")), Entry("capital", -rupees("1"))))
    assert effect(fine).entries == fine.entries
