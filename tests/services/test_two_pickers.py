"""Two pickers share a list on one server: no row is taken twice, and nothing is lost."""

from __future__ import annotations

from collections import Counter as Tally
from uuid import UUID

from dms_desktop.services.verifying import verify
from tests.books import Book
from tests.services import pickers
from tests.services.test_picking import an_order, listed, shown
from tests.services.test_two_databases import gapless, run_two


def a_list(book: Book) -> UUID:
    return listed(
        book, book.bill(SOAP=104, TEA=7), book.bill("PATEL", SOAP=9, SALT=5, TEA=55, OIL=2)
    )


def test_each_row_is_taken_once(on_server: Book) -> None:
    uid = a_list(on_server)
    outcomes = run_two(on_server, pickers.take_rows, (uid,))
    rows = shown(on_server, uid).rows
    assert [row.picked for row in rows] == [row.qty for row in rows]
    assert sum(len(each.posted) for each in outcomes) == len(rows)
    refused = Tally(reason for each in outcomes for reason in each.refused)
    assert refused == {"picked_already": len(rows)}
    assert on_server.read(verify).findings == ()


def test_no_piece_is_taken_twice(on_server: Book) -> None:
    uid = listed(on_server, on_server.bill(SOAP=9, TEA=5), on_server.bill(SOAP=6))
    outcomes = run_two(on_server, pickers.take_pieces, (uid,))
    assert [row.picked for row in shown(on_server, uid).rows] == [5, 15]
    assert sum(len(each.posted) for each in outcomes) == 20
    assert {reason for each in outcomes for reason in each.refused} == {"picked_already"}


def test_a_bill_comes_on_one_of_two_lists(on_server: Book) -> None:
    bills = tuple(on_server.bill(SOAP=2, TEA=1).id for _ in range(4))
    outcomes = run_two(on_server, pickers.make_both, bills)
    assert [reason for each in outcomes for reason in each.refused] == ["on_a_list"]
    assert on_server.rows("SELECT count(*) FROM pick_list") == [(1,)]
    assert on_server.read(verify).findings == ()


def test_both_work_and_close_bills_while_the_counter_sells(on_server: Book) -> None:
    worked_and_closed(on_server, a_list(on_server))


def test_both_work_and_close_orders_while_the_counter_sells(on_server: Book) -> None:
    orders = (an_order(on_server, SOAP=60, TEA=20), an_order(on_server, "PATEL", TEA=30, SALT=9))
    worked_and_closed(on_server, listed(on_server, *orders))


def worked_and_closed(book: Book, uid: UUID) -> None:
    outcomes = run_two(book, pickers.work_and_close, (uid,))
    fine = {
        "picked_already", "pick_too_many", "pick_swapped", "picks_open", "list_closed",
        "unknown_batch", "short_stock", "nothing_changed", "unknown_list", "swap_other_mrp",
    }  # fmt: skip
    assert {reason for each in outcomes for reason in each.refused} <= fine
    found = shown(book, uid)
    assert (found.head.state.value, found.head.open) == ("done", 0)
    gapless(book)
    assert book.read(verify).findings == ()
