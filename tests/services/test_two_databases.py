"""Two counters on one server, each an operating-system process, at the same lots and series."""

from __future__ import annotations

import multiprocessing
from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from dms_desktop.domain.goods_line import Kind
from dms_desktop.services import billing
from dms_desktop.services.verifying import verify
from tests.books import TODAY, Book
from tests.services import second_counter
from tests.services.second_counter import Counter, Outcome, Shift

SECONDS = 20


def run_two(
    book: Book, work: Callable[[Counter], None], shared: tuple[UUID, ...] = ()
) -> list[Outcome]:
    """Both begin at the same moment; nothing but refusals may come of it."""
    context = multiprocessing.get_context("spawn")
    start, out = context.Barrier(2), context.Queue()
    shifts = [
        Shift(str(book.books), book.owner, book.items, book.parties, seed, shared, book.clock)
        for seed in (1, 2)
    ]
    processes = [
        context.Process(target=second_counter.stand, args=(shift, work, start, out), daemon=True)
        for shift in shifts
    ]
    for process in processes:
        process.start()
    try:
        outcomes = [out.get(timeout=SECONDS) for _ in processes]
    finally:
        for process in processes:
            process.join(5)
            process.kill()
    assert [trace for outcome in outcomes for trace in outcome.broken] == []
    return outcomes


def gapless(book: Book) -> None:
    """In every series the serials are 1 to the last, each once, and the last is the series' own."""
    for last, count, low, high in book.rows(
        "SELECT series.last, count(document.id), min(serial), max(serial) FROM series"
        " JOIN document ON document.series_id = series.id GROUP BY series.id, series.last"
    ):
        assert (low, high, count) == (1, last, last)


def test_every_pair_of_verbs_from_two_counters(on_server: Book) -> None:
    """Bills, orders, challans, cancellations, journals and receipts of goods against each other."""
    outcomes = run_two(on_server, second_counter.every_verb)
    gapless(on_server)
    posted = [one.number for outcome in outcomes for one in outcome.posted]
    assert len(posted) == len(set(posted)) > 40
    assert set(posted) <= {number for (number,) in on_server.rows("SELECT number FROM document")}
    assert set(outcomes[0].refused + outcomes[1].refused) <= {"short_stock", "another_mrp"}
    assert on_server.value("SELECT sum(paise) FROM ledger_entry") == 0
    assert on_server.read(verify).findings == ()


def test_lots_are_mended_at_one_counter_while_the_other_bills(on_server: Book) -> None:
    """Nobody waits for ever, and no piece or paisa is lost between the lots."""
    outcomes = run_two(on_server, second_counter.mend_and_bill)
    gapless(on_server)
    fine = {"short_stock", "another_mrp", "stale", "unknown_code", "nothing_changed",
            "hangs_on_it"}  # fmt: skip
    assert {reason for outcome in outcomes for reason in outcome.refused} <= fine
    kinds = dict(on_server.rows("SELECT kind, count(*) FROM document GROUP BY kind"))
    assert min(kinds["lot_correction"], kinds["restickering"], kinds["bill"]) > 5
    assert on_server.read(verify).findings == ()


def test_the_last_pieces_are_sold_once(on_server: Book) -> None:
    """40 of oil, asked for 24 times three: 13 bills have them, and one piece is left."""
    outcomes = run_two(on_server, second_counter.sell_out)
    assert sum(len(outcome.posted) for outcome in outcomes) == 13
    assert Tally(reason for outcome in outcomes for reason in outcome.refused) == {
        "short_stock": 11
    }
    assert on_server.stock("OIL") == {"O1": 1}
    assert sum(on_server.stock("TEA").values()) == 300 - 39
    gapless(on_server)
    assert on_server.read(verify).findings == ()


def test_a_document_sent_from_two_counters_is_posted_once_and_answered_alike(
    on_server: Book,
) -> None:
    one, other = run_two(on_server, second_counter.the_same_drafts)
    assert len(one.posted) > 8
    assert one == other  # down to the refusal of those that the shelf did not bear
    assert on_server.value("SELECT count(*) FROM document WHERE kind = 'bill'") == len(one.posted)
    gapless(on_server)
    assert on_server.read(verify).findings == ()


def test_a_document_is_cancelled_once_however_many_try(on_server: Book) -> None:
    """Its goods and its money come back one time only."""
    before = on_server.rows("SELECT lot_id, qty, paise FROM lot_cost ORDER BY lot_id")
    shared = tuple(on_server.bill(SOAP=12, TEA=5).id for _ in range(8))
    one, other = run_two(on_server, second_counter.cancel_them, shared)
    assert len(one.posted) + len(other.posted) == 8
    assert set(one.refused + other.refused) <= {"already_cancelled"}
    assert on_server.rows("SELECT lot_id, qty, paise FROM lot_cost ORDER BY lot_id") == before
    assert on_server.value("SELECT sum(paise) FROM party_balance") == 0
    gapless(on_server)
    assert on_server.read(verify).findings == ()


def test_two_counters_at_the_same_orders(on_server: Book) -> None:
    shared = tuple(order(on_server, SOAP=6, TEA=3, OIL=2) for _ in range(6))
    outcomes = run_two(on_server, second_counter.quarrel_over_orders, shared)
    fine = {"already_billed", "already_cancelled", "hangs_on_it", "on_hold", "unknown_document"}
    assert {reason for outcome in outcomes for reason in outcome.refused} <= fine
    # an order is never cancelled while a bill of it stands
    assert not on_server.rows(
        "SELECT cancelled.number FROM document cancelled JOIN document_event"
        " ON document_event.document_id = cancelled.id AND event = 'cancelled'"
        " JOIN document_link ON to_id = cancelled.id AND document_link.kind = 'bills'"
        " JOIN document bill ON bill.id = from_id WHERE NOT EXISTS (SELECT 1 FROM document_event"
        " WHERE document_id = bill.id AND event = 'cancelled')"
    )
    gapless(on_server)
    assert on_server.read(verify).findings == ()


def order(book: Book, **goods: int) -> UUID:
    draft = replace(book.draft("SHARMA", TODAY, **goods), kind=Kind.ORDER)
    saved: billing.Saved = book.write(billing.post_draft, draft)
    return saved.posted.id
