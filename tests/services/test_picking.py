"""What was billed or ordered is fetched from the racks; what is not there never stays on a bill."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.picking import ListState, PickList, PickRow, PickState
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.printers import PaperKind
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.services import cancelling, papers, picking_close, picking_deeds, picking_rows
from dms_desktop.services import picking as lists
from dms_desktop.services.bulk import Rest
from dms_desktop.services.credit_notes import NotDelivered, not_delivered
from dms_desktop.services.picking import Wanted
from dms_desktop.services.picking_deeds import Tick
from dms_desktop.services.picking_swaps import Swapping, choices, swap_batch
from dms_desktop.services.posting import Posted
from dms_desktop.services.stock_reports.recalls import recall
from dms_desktop.services.swaps import delivered
from dms_desktop.services.verifying import verify
from dms_desktop.store.session import Reading, Tx
from tests.books import TODAY, Book
from tests.services import roads
from tests.services.verify_book import save


@pytest.fixture
def book(either: Book) -> Book:
    """On both databases."""
    return either


def listed(book: Book, *papers: Posted) -> UUID:
    made: UUID = book.write(lists.make, Wanted(uuid4(), tuple(each.id for each in papers), "East"))
    return made


def shown(book: Book, uid: UUID) -> PickList:
    found: PickList = book.read(picking_rows.shown, uid)
    return found


def rows(book: Book, uid: UUID) -> list[tuple[str, str, int, int, str]]:
    return [
        (row.code, row.batch, row.qty, row.picked, row.state.value) for row in shown(book, uid).rows
    ]


def row_of(book: Book, uid: UUID, code: str, batch: str | None = None) -> PickRow:
    return next(
        row
        for row in shown(book, uid).rows
        if row.code == code and (batch is None or row.batch == batch)
    )


def tick_all(book: Book, uid: UUID) -> None:
    for row in shown(book, uid).rows:
        if row.state is PickState.OPEN:
            book.write(picking_deeds.tick, Tick(uid, row.id))


def close(book: Book, uid: UUID, rest: Rest = Rest.KEEP) -> list[Any]:
    steps: list[Any] = []
    while (step := book.write(picking_close.settle_next, uid, rest)) is not None:
        steps.append(step)
    return steps


def refused(done: Any) -> Reason:
    with pytest.raises(Refused) as caught:
        done()
    return caught.value.problems[0].reason


def sound(book: Book) -> None:
    assert [*book.read(verify).findings] == []


def an_order(book: Book, party: str = "SHARMA", **goods: int) -> Posted:
    return save(book, replace(book.drafted(goods, party), kind=Kind.ORDER))


@needs(Power.MASTERS)
def _rack(tx: Tx, item: int, rack: str) -> None:
    tx.insert("rack", ("item_id", "place_id", "rack"), [(item, 1, rack)])


def test_bills_become_one_list_in_rack_order_with_the_lots_they_billed(book: Book) -> None:
    book.write(_rack, book.items["TEA"], "A-1")
    book.write(_rack, book.items["SOAP"], "B-4")
    one, other = book.bill(SOAP=90, TEA=7), book.bill("PATEL", SOAP=20, SALT=5)
    uid = listed(book, one, other)
    found = shown(book, uid)
    assert [(row.rack, row.code, row.batch, row.qty) for row in found.rows] == [
        ("A-1", "TEA", "T1", 7), ("B-4", "SOAP", "S1", 100), ("B-4", "SOAP", "S2", 10),
        ("", "SALT", "", 5),
    ]  # fmt: skip
    assert found.rows[1].papers == (one.number, other.number)
    assert found.head.number.startswith("PK/26-27/")
    assert (found.head.papers, found.head.pieces, found.head.picked) == (2, 122, 0)
    assert refused(lambda: listed(book, one)) is Reason.ON_A_LIST
    sound(book)


def test_a_list_told_twice_is_one_and_one_of_nothing_or_of_all_sorts_is_none(book: Book) -> None:
    bill, order = book.bill(SOAP=5), an_order(book, TEA=3)
    wanted = Wanted(uuid4(), (bill.id,))
    assert book.write(lists.make, wanted) == book.write(lists.make, wanted)
    other = replace(wanted, route="West")
    assert refused(lambda: book.write(lists.make, other)) is Reason.OTHER_CONTENT
    assert refused(lambda: listed(book)) is Reason.NO_PAPERS
    assert refused(lambda: listed(book, book.bill(TEA=1), order)) is Reason.PICK_MIXED
    gone = book.bill(TEA=2)
    book.write(cancelling.cancel, gone.id, by=uuid4(), why="x")
    assert refused(lambda: listed(book, gone)) is Reason.ALREADY_CANCELLED


def test_rows_are_ticked_once_by_whoever_is_first(book: Book) -> None:
    uid = listed(book, book.bill(SOAP=10, TEA=4))
    soap = row_of(book, uid, "SOAP")
    assert book.write(picking_deeds.tick, Tick(uid, soap.id, 4)).picked == 4
    many = Tick(uid, soap.id, 7)
    assert refused(lambda: book.write(picking_deeds.tick, many)) is Reason.PICK_TOO_MANY
    assert book.write(picking_deeds.tick, Tick(uid, soap.id)).state is PickState.PICKED
    assert refused(lambda: book.write(picking_deeds.tick, Tick(uid, soap.id))) is (
        Reason.PICKED_ALREADY
    )
    book.write(picking_deeds.undo, uid, soap.id)
    assert row_of(book, uid, "SOAP").picked == 0
    assert refused(lambda: close(book, uid)) is Reason.PICKS_OPEN
    sound(book)


def test_a_scan_takes_one_unit_and_says_what_is_wrong(book: Book) -> None:
    uid = listed(book, book.bill(SOAP=110))
    assert book.write(picking_deeds.scan, uid, "soap").picked == 1
    assert refused(lambda: book.write(picking_deeds.scan, uid, "TEA")) is Reason.NOT_ON_LIST
    assert refused(lambda: book.write(picking_deeds.scan, uid, "890")) is Reason.UNKNOWN_ITEM
    book.write(_barcode, book.items["SOAP"], "8901234567890", 24)
    gs1 = "(01)08901234567890(10){}"
    assert book.write(picking_deeds.scan, uid, gs1.format("S1")).picked == 25
    row = book.write(picking_deeds.scan, uid, gs1.format("S2") + "(37)10")
    assert (row.batch, row.picked, row.state) == ("S2", 10, PickState.PICKED)
    again = gs1.format("S2")
    assert refused(lambda: book.write(picking_deeds.scan, uid, again)) is Reason.PICKED_ALREADY
    other = gs1.format("S9")
    assert refused(lambda: book.write(picking_deeds.scan, uid, other)) is Reason.BATCH_NOT_ON_LIST


@needs(Power.MASTERS)
def _barcode(tx: Tx, item: int, code: str, units: int) -> None:
    tx.insert("barcode", ("item_id", "code", "units"), [(item, code, units)])


def test_what_a_bill_lacks_is_credited_when_the_list_closes(book: Book) -> None:
    before = book.stock("SOAP")
    bill, whole = book.bill(SOAP=110, TEA=7), book.bill("PATEL", TEA=2)
    uid = listed(book, bill, whole)
    s1 = row_of(book, uid, "SOAP", "S1")
    assert refused(lambda: book.write(picking_deeds.short, uid, s1.id, 96, " ")) is Reason.MISSING
    row = book.write(picking_deeds.short, uid, s1.id, 96, "crushed by a rat")
    assert (row.picked, row.state, row.reason) == (96, PickState.SHORT, "crushed by a rat")
    tick_all(book, uid)
    first, second = close(book, uid)
    assert (first.number, first.short, second.paper) == (bill.number, 4, None)
    assert first.paper.number.startswith("CN")
    asked = "SELECT batch, why FROM count_ask JOIN lot ON lot.id = lot_id"
    assert book.rows(asked) == [("S1", f"{shown(book, uid).head.number}: crushed by a rat")]
    assert book.stock("SOAP") == {"S1": before["S1"] - 96, "S2": before["S2"] - 10}
    assert shown(book, uid).head.state is ListState.DONE
    assert close(book, uid) == []
    assert refused(lambda: book.write(picking_deeds.undo, uid, s1.id)) is Reason.LIST_CLOSED
    assert book.write(picking_close.packed, uid) == 2
    assert book.write(picking_close.packed, uid) == 0
    told = book.rows("SELECT event, count(*) FROM document_event GROUP BY event ORDER BY event")
    assert told == [("packed", 2), ("picked", 2)]
    sound(book)


def test_an_order_is_billed_for_what_was_picked_from_just_those_lots(book: Book) -> None:
    order = an_order(book, SOAP=110, TEA=7)
    uid = listed(book, order)
    assert rows(book, uid) == [
        ("TEA", "T1", 7, 0, "open"), ("SOAP", "S1", 100, 0, "open"), ("SOAP", "S2", 10, 0, "open"),
    ]  # fmt: skip
    assert book.value("SELECT sum(qty) FROM reservation") == 117
    book.write(picking_deeds.short, uid, row_of(book, uid, "SOAP", "S1").id, 60, "damaged")
    tick_all(book, uid)
    (step,) = close(book, uid)
    assert (step.short, step.paper.number[:2]) == (40, "B/")
    assert (book.stock("SOAP"), book.stock("TEA")["T1"]) == ({"S1": 40, "S2": 490}, 53)
    assert book.value("SELECT count(*) FROM reservation") == 0
    assert book.value("SELECT sum(qty) FROM line_left") == 40
    sound(book)
    again = listed(book, order)
    assert rows(book, again) == [("SOAP", "S1", 40, 0, "open")]
    book.write(picking_deeds.short, again, row_of(book, again, "SOAP").id, 0, "gone")
    (step,) = close(book, again, Rest.DROP)
    assert (step.paper, step.short) == (None, 40)
    assert book.value("SELECT sum(qty) FROM line_left") == 0
    sound(book)


def test_two_lists_of_orders_never_share_a_carton(book: Book) -> None:
    """LAXMI wants 90 days of life and takes the later batch; the earlier stays for the others."""
    picky, plain = an_order(book, "LAXMI", SOAP=490), an_order(book, "PATEL", SOAP=105)
    first, second = listed(book, picky), listed(book, plain)
    assert rows(book, first) == [("SOAP", "S2", 490, 0, "open")]
    assert rows(book, second) == [
        ("SOAP", "S1", 100, 0, "open"), ("SOAP", "S2", 5, 0, "open")
    ]  # fmt: skip
    for uid in (second, first):
        tick_all(book, uid)
        close(book, uid)
    assert book.stock("SOAP") == {"S1": 0, "S2": 5}
    sound(book)


def test_what_is_settled_changes_no_more_while_the_rest_is(book: Book) -> None:
    first, second = book.bill(SOAP=3), book.bill(SOAP=4, TEA=1)
    uid = listed(book, first, second)
    tick_all(book, uid)
    book.write(picking_close.settle_next, uid)
    soap = row_of(book, uid, "SOAP")
    assert book.write(picking_deeds.undo, uid, soap.id).picked == 3
    assert refused(lambda: close(book, uid)) is Reason.PICKS_OPEN
    assert book.write(picking_deeds.tick, Tick(uid, soap.id)).picked == 7
    assert [step.number for step in close(book, uid)] == [second.number]
    sound(book)


def test_what_is_let_go_may_stand_on_another_list(book: Book) -> None:
    order, bill, other = an_order(book, SOAP=5), book.bill(TEA=5), book.bill(TEA=1)
    uid = listed(book, order)
    assert book.write(picking_close.let_go, uid) == 1
    assert shown(book, uid).head.state is ListState.DROPPED
    assert book.value("SELECT count(*) FROM reservation") == 0
    listed(book, order)
    uid = listed(book, bill, other)
    assert book.write(picking_close.let_go, uid, bill.id) == 1
    assert refused(lambda: book.write(picking_close.let_go, uid, bill.id)) is (
        Reason.UNKNOWN_DOCUMENT
    )
    listed(book, bill)
    sound(book)


def swapped(book: Book, uid: UUID, row: PickRow, batch: str, pieces: int | None = None) -> PickRow:
    asked = Swapping(uuid4(), uid, row.id, batch, "crushed", pieces)
    done: PickRow = book.write(swap_batch, asked)
    assert book.write(swap_batch, asked) == done
    return done


def test_another_batch_of_a_billed_line_goes_out_and_comes_back(book: Book) -> None:
    bill = book.bill(SOAP=10)
    uid = listed(book, bill)
    soap = row_of(book, uid, "SOAP")
    assert [one.batch for one in book.read(choices, uid, soap.id)] == ["S2"]
    row = swapped(book, uid, soap, "s2", 4)
    assert (row.batch, row.instead_of, row.qty, row.state) == ("S2", "S1", 4, PickState.SWAPPED)
    assert rows(book, uid) == [("SOAP", "S1", 6, 0, "open"), ("SOAP", "S2", 4, 4, "swapped")]
    assert book.stock("SOAP") == {"S1": 94, "S2": 496}
    sound(book)
    tick_all(book, uid)
    close(book, uid)
    for batch, pieces in (("S1", 6), ("S2", 4)):
        (shop,) = book.read(recall, "SOAP", batch).shops
        assert (shop.number, shop.qty, shop.came_back) == (bill.number, pieces, 0)
    (out,) = book.read(_delivered, bill.id)
    assert (out.line.batch, out.qty) == ("S2", 4)
    assert refused(lambda: book.write(cancelling.cancel, bill.id, by=uuid4(), why="x")) is (
        Reason.HANGS_ON_IT
    )
    part = NotDelivered(uuid4(), bill.id, "REFUSED", {0: (3, 0)})
    book.write(not_delivered, part)
    assert book.stock("SOAP") == {"S1": 94, "S2": 499}
    sound(book)
    book.write(not_delivered, NotDelivered(uuid4(), bill.id, "REFUSED"))
    assert book.stock("SOAP") == {"S1": 100, "S2": 500}
    for batch, pieces in (("S1", 6), ("S2", 4)):
        found = book.read(recall, "SOAP", batch)
        assert (found.shops[0].qty, found.shops[0].came_back, found.gone) == (pieces, pieces, 0)
    assert book.read(_delivered, bill.id) == ()
    assert book.value("SELECT sum(paise) FROM ledger_entry JOIN account ON account.id = account_id"
                      " WHERE code = 'cost_of_goods'") == 0  # fmt: skip
    sound(book)


@needs(Power.LOOK)
def _delivered(reading: Reading, bill: UUID) -> Any:
    return delivered(reading, bill)


def test_a_swap_is_refused_where_the_price_would_change_or_nothing_lies(book: Book) -> None:
    uid = listed(book, book.bill(SOAP=10))
    soap = row_of(book, uid, "SOAP")

    def asked(batch: str, pieces: int | None = None, why: str = "x") -> Swapping:
        return Swapping(uuid4(), uid, soap.id, batch, why, pieces)

    for wrong, reason in (
        (asked("S1"), Reason.UNKNOWN_BATCH), (asked("S9"), Reason.UNKNOWN_BATCH),
        (asked("S2", 11), Reason.PICK_TOO_MANY), (asked("S2", why=""), Reason.MISSING),
    ):  # fmt: skip
        assert refused(lambda wrong=wrong: book.write(swap_batch, wrong)) is reason
    book.write(_dear_lot, book.items["SOAP"])
    assert refused(lambda: book.write(swap_batch, asked("S3"))) is Reason.SWAP_OTHER_MRP
    book.write(_block)
    assert refused(lambda: book.write(swap_batch, asked("S2"))) is Reason.BLOCKED_BATCH


@needs(Power.MASTERS)
def _dear_lot(tx: Tx, item: int) -> None:
    lot = tx.value(
        "INSERT INTO lot (item_id, batch, mrp, ptr) VALUES (:i, 'S3', 4500, 3000) RETURNING id",
        i=item,
    )
    tx.insert("stock", ("lot_id", "place_id", "bucket", "item_id", "qty"),
              [(lot, 1, "saleable", item, 9)])  # fmt: skip
    tx.insert("lot_cost", ("lot_id", "qty", "paise"), [(lot, 9, 900)])


@needs(Power.MASTERS)
def _block(tx: Tx) -> None:
    tx.run("UPDATE lot SET blocked = 1 WHERE batch = 'S2'")


def test_an_order_is_billed_from_the_batch_that_was_taken_instead(book: Book) -> None:
    uid = listed(book, an_order(book, SOAP=10))
    swapped_row = book.write(
        swap_batch, Swapping(uuid4(), uid, row_of(book, uid, "SOAP").id, "S2", "crushed")
    )
    assert (swapped_row.batch, swapped_row.state) == ("S2", PickState.SWAPPED)
    close(book, uid)
    assert book.stock("SOAP") == {"S1": 100, "S2": 490}
    sound(book)


def test_what_waits_to_be_picked_is_told_until_it_is_on_a_list(book: Book) -> None:
    bill, order = book.bill(SOAP=2), an_order(book, TEA=2)
    for kind, paper in ((Kind.BILL, bill), (Kind.ORDER, order)):
        (found,) = book.read(lists.unpicked, kind, TODAY)
        assert found.number == paper.number
        listed(book, paper)
        assert book.read(lists.unpicked, kind, TODAY) == ()


def test_the_bills_of_a_trip_are_found_by_its_vehicle(book: Book) -> None:
    roads.road(book)
    one, _other = book.bill(SOAP=2), book.bill(TEA=2)
    roads.made(book, one)
    (found,) = book.read(lists.unpicked, Kind.BILL, TODAY, trip=roads.VEHICLE.lower())
    assert (found.number, found.vehicle) == (one.number, roads.VEHICLE)
    assert len(book.read(lists.unpicked, Kind.BILL, TODAY)) == 2


def test_the_list_on_paper_says_what_to_fetch_and_what_was(book: Book) -> None:
    bill = book.bill(SOAP=110, TEA=7)
    uid = listed(book, bill)
    kind = PaperKind.PICK_LIST
    assert [one.id for one in book.read(papers.unprinted, kind)] == [uid]
    book.write(picking_deeds.short, uid, row_of(book, uid, "TEA").id, 6, "torn")
    paper, _route = book.read(papers.to_print, uid, kind)
    assert [(row.goods.code, row.goods.batch, row.goods.qty, row.picked, row.why)
            for row in paper.rows] == [
        ("TEA", "T1", 7, 6, "torn"), ("SOAP", "S1", 100, None, ""), ("SOAP", "S2", 10, None, ""),
    ]  # fmt: skip
    assert (paper.bills, paper.route, paper.heading.printed) == ((bill.number,), "East", 0)
    book.write(papers.mark, uid, "x.pdf", kind)
    assert book.read(papers.unprinted, kind) == []
    assert book.read(papers.to_print, uid, kind)[0].heading.printed == 1
    sound(book)
