"""Reports on a small book whose every piece is known: what the keeper counts is what they say."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from dms_desktop.domain.draft import Ask, Draft, WalkIn
from dms_desktop.domain.money import Money
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.services import billing, cancelling
from dms_desktop.services.credit_notes import NotDelivered, not_delivered
from dms_desktop.services.registers import racks
from dms_desktop.services.stock_reports import ageing, levels, movers, recalls, standing, value
from dms_desktop.services.stock_reports.ledgers import Course, ledger
from dms_desktop.services.stock_reports.movers import Pace
from dms_desktop.services.stock_reports.standing import By
from dms_desktop.services.stock_reports.wanted import Wanted
from tests.books import TODAY, Book
from tests.services.test_stock_snapshots import receive


def stock_ledger(book: Book) -> int:
    return int(
        book.value(
            "SELECT sum(paise) FROM ledger_entry JOIN account ON account.id = account_id"
            " WHERE code = 'stock'"
        )
    )


def test_stock_is_paged_in_order_and_every_spot_bears_its_share_of_the_cost(either: Book) -> None:
    whole = either.read(standing.by_lot).rows
    assert [(row.item, row.batch, row.qty) for row in whole] == [
        ("OIL", "O1", 40), ("SALT", "", 1000), ("SOAP", "S1", 100), ("SOAP", "S2", 500),
        ("TEA", "T1", 60), ("TEA", "T2", 240),
    ]  # fmt: skip
    assert sum(row.cost.paise for row in whole) == stock_ledger(either)
    first = either.read(standing.by_lot, most=4)
    assert first.after == 4
    rest = either.read(standing.by_lot, after=4, most=4)
    assert ([*first.rows, *rest.rows], rest.after) == ([*whole], None)


def test_filters_narrow_by_text_brand_godown_and_bucket(either: Book) -> None:
    def found(wanted: Wanted) -> list[str]:
        return [row.batch for row in either.read(standing.by_lot, wanted).rows]

    assert found(Wanted(text="soap")) == ["S1", "S2"]
    assert found(Wanted(text="t2")) == ["T2"]
    assert found(Wanted(item="tea", godown="main", bucket="saleable")) == ["T1", "T2"]
    assert found(Wanted(bucket="expired")) == []
    assert found(Wanted(brand="None such")) == []
    assert found(Wanted(principal="brand", text="hair")) == ["O1"]
    with pytest.raises(Refused) as caught:
        found(Wanted(godown="NOWHERE"))
    assert caught.value.problems[0].reason is Reason.UNKNOWN_CODE


def test_a_rack_orders_the_list_and_its_levels_tell_what_to_order(either: Book) -> None:
    add = racks.RACKS.add
    assert add is not None
    for item, rack, least, reorder, most in (
        ("TEA", "A-1", 400, 450, 600), ("SOAP", "", 0, 600, 0), ("OIL", "A-0", 0, 0, 30),
        ("SALT", "B-1", 10, 20, 2000),
    ):  # fmt: skip
        given = {"item": item, "godown": "MAIN", "rack": rack, "least": least,
                 "reorder": reorder, "most": most}  # fmt: skip
        either.write(add, given)
    listed = either.read(standing.by_lot, by=By.RACK).rows
    assert [row.item for row in listed] == ["OIL", "TEA", "TEA", "SALT", "SOAP", "SOAP"]
    told = [(row.item, row.standard.value, row.order) for row in either.read(levels.levels).rows]
    assert told == [("OIL", "above_most", 0), ("SOAP", "to_order", 0), ("TEA", "below_least", 300)]
    either.bill("SHARMA", OIL=40)
    due = [row.item for row in either.read(levels.levels).rows]
    assert due == ["SOAP", "TEA"]  # none of it, and none is asked for
    every = either.read(levels.levels, every=True).rows
    assert [row.item for row in every] == ["OIL", "SALT", "SOAP", "TEA"]


def test_near_expiry_counts_the_last_day_and_expired_begins_after_it(either: Book) -> None:
    def batches(days: int) -> list[str]:
        return [row.batch for row in either.read(standing.near_expiry, days=days).rows]

    gap = (date(2026, 12, 31) - TODAY).days
    assert (batches(gap - 1), batches(gap), batches(90)) == ([], ["T1"], ["T1", "S1"])
    assert either.read(standing.expired).rows == []
    either.clock.now += timedelta(days=gap)
    assert either.read(standing.expired).rows == []
    either.clock.now += timedelta(days=1)
    assert [row.batch for row in either.read(standing.expired).rows] == ["T1"]


def test_a_ledger_runs_to_what_is_there_and_names_every_paper(either: Book) -> None:
    bill = either.bill("SHARMA", SOAP=110)
    wrong = either.bill("PATEL", SOAP=20)
    either.write(cancelling.cancel, wrong.id, by=uuid4(), why="wrong shop")
    steps = either.read(ledger, Course("soap")).rows
    assert [(step.kind, step.came, step.went, step.balance) for step in steps] == [
        ("opening", 100, 0, 100), ("opening", 500, 0, 600), ("bill", 0, 100, 500),
        ("bill", 0, 10, 490), ("bill", 0, 20, 470), ("cancellation", 20, 0, 490),
    ]  # fmt: skip
    assert (steps[2].uid, steps[2].number, steps[2].party) == (
        bill.id, bill.number, "Sharma Stores",
    )  # fmt: skip
    of_batch = either.read(ledger, Course("SOAP", "S1")).rows
    assert [step.balance for step in of_batch] == [100, 0]
    since = either.read(ledger, Course("SOAP", from_day=TODAY), most=2)
    assert ([step.balance for step in since.rows], since.after) == ([500, 490], 2)
    assert either.read(ledger, Course("SOAP", bucket="expired")).rows == []


def test_a_recall_names_every_shop_that_has_pieces_and_what_came_back(either: Book) -> None:
    soap = either.items["SOAP"]
    first = either.bill("SHARMA", SOAP=30)
    either.write(not_delivered, NotDelivered(uuid4(), first.id, "CLOSED", {0: (7, 0)}))
    walk_in = Draft(uuid4(), TODAY, WalkIn("Ravi", "98-11 22"), asks=(Ask(soap, 4, free=1),))
    either.write(billing.post_draft, walk_in)
    wrong = either.bill("PATEL", SOAP=20)
    either.write(cancelling.cancel, wrong.id, by=uuid4(), why="wrong shop")
    found = either.read(recalls.recall, "soap", "s1")
    assert [(shop.party, shop.qty, shop.came_back) for shop in found.shops] == [
        ("Ravi", 5, 0), ("Sharma Stores", 30, 7),
    ]  # fmt: skip
    assert found.shops[0].phone == "981122"
    assert sum(row.qty for row in found.here) == 100 - 35 + 7
    assert (found.received, found.sold, found.came_back, found.gone) == (100, 35, 7, 0)
    with pytest.raises(Refused) as caught:
        either.read(recalls.recall, "SOAP", "S77")
    assert caught.value.problems[0].reason is Reason.UNKNOWN_BATCH


def test_what_sells_is_fast_slow_or_not_moving_by_days_of_cover(either: Book) -> None:
    either.bill("SHARMA", SOAP=300, SALT=100)
    wrong = either.bill("PATEL", TEA=50)
    either.write(cancelling.cancel, wrong.id, by=uuid4(), why="wrong shop")

    def told(pace: Pace) -> list[tuple[str, int, int | None]]:
        rows = either.read(movers.movers, pace, days=30, cover=60).rows
        return [(row.item, row.sold, row.cover) for row in rows]

    assert told(Pace.FAST) == [("SOAP", 300, 30)]
    assert told(Pace.SLOW) == [("SALT", 100, 270)]
    assert {item for item, _, _ in told(Pace.NON_MOVING)} == {"TEA", "OIL"}
    either.clock.now += timedelta(days=29)
    assert told(Pace.FAST) == [("SOAP", 300, 30)]
    either.clock.now += timedelta(days=1)
    assert told(Pace.FAST) == []
    (soap,) = either.read(movers.movers, Pace.NON_MOVING, Wanted(text="toilet"), days=30).rows
    assert (soap.qty, soap.last_sale) == (300, TODAY)


def test_what_is_in_hand_is_what_came_in_last(either: Book) -> None:
    soap = either.items["SOAP"]
    either.write(receive, soap, 40, TODAY - timedelta(days=100))
    either.write(receive, soap, 20, TODAY - timedelta(days=40))
    either.write(receive, soap, 10, TODAY - timedelta(days=30))
    either.bill("SHARMA", SOAP=30)
    (aged,) = either.read(ageing.ageing, Wanted(text="soap")).rows
    assert aged.pieces == (600, 30, 0, 10, 0)
    lots = "SELECT sum(paise) FROM lot_cost JOIN lot ON lot.id = lot_id WHERE item_id = 1"
    assert sum(aged.cost, Money()) == Money(int(either.value(lots)))
    whole = either.read(ageing.ages)
    assert sum(whole.pieces) == either.value("SELECT sum(qty) FROM stock")
    assert sum(whole.cost, Money()).paise == stock_ledger(either)


def test_the_worth_at_cost_is_the_stock_ledger_however_it_is_sorted(either: Book) -> None:
    either.bill("SHARMA", SOAP=7, TEA=61)
    for each in value.Each:
        rows = either.read(value.value, each=each)
        assert value.total(rows).cost.paise == stock_ledger(either)
    (oil,) = either.read(value.value, Wanted(item="OIL"))
    assert (oil.qty, oil.ptr, oil.mrp) == (40, Money(280000), Money(396000))
