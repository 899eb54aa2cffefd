"""Stock as it stood on any day, with and without what was counted at months' ends."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dms_desktop.domain.documents import Head, Opening, OpeningLot
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.services import billing, cancelling, posting
from dms_desktop.services.stock_reports import as_on, snapshots, value
from dms_desktop.services.stock_reports.wanted import MOST
from dms_desktop.services.verifying import verify
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.session import Tx
from tests.books import TODAY, Book, founded

AUGUST, OCTOBER = date(2026, 8, 31), date(2026, 10, 31)
FIRST = date(2026, 8, 3)


@needs(Power.OPENING)
def receive(tx: Tx, item: int, pieces: int, day: date, batch: str = "OLD") -> posting.Posted:
    """Pieces of a batch that came in on a day of the past, at seven paise more than they divide."""
    found = tx.value("SELECT id FROM lot WHERE item_id = :i AND batch = :b", i=item, b=batch)
    lot = found or tx.value(
        "INSERT INTO lot (item_id, batch, mrp, expiry, ptr) VALUES (:i, :b, 5000, '2026-12-31',"
        " 3000) RETURNING id",
        i=item,
        b=batch,
    )
    last, cost = date(2026, 12, 31), Money(pieces * 2700 + 7)
    one = OpeningLot(item, lot, "X", "X", "3401", "PCS", batch, last, Money(5000), pieces, cost)
    return posting.post(tx, Opening(Head(uuid4(), day, 1), (one,)))


def counted(book: Book) -> list[date]:
    """Builds every month that is over."""
    while book.write(snapshots.build):
        pass
    return [each.month_end for each in book.read(snapshots.months)]


def stood(book: Book, day: date) -> dict[tuple[str, str, str, str], tuple[int, int]]:
    """(item, batch, godown, bucket) -> (pieces, cost) as the report has it."""
    return {
        (row.item, row.batch, row.godown, row.bucket): (row.qty, row.cost.paise)
        for row in book.read(as_on.as_on, day, most=MOST).rows
    }


def replayed(book: Book, day: date) -> dict[tuple[str, str, str, str], int]:
    """The same pieces from all moves until that day, one by one."""
    held: dict[tuple[str, str, str, str], int] = {}
    for item, batch, start, from_bucket, end, to_bucket, qty in book.rows(
        "SELECT item.code, batch, here.code, from_bucket, there.code, to_bucket, qty"
        " FROM stock_move JOIN lot ON lot.id = lot_id JOIN item ON item.id = lot.item_id"
        " LEFT JOIN place here ON here.id = from_place LEFT JOIN place there ON there.id = to_place"
        " WHERE day <= :day",
        day=day.isoformat(),
    ):
        for place, bucket, sign in ((start, from_bucket, -1), (end, to_bucket, 1)):
            if place:
                key = (item, batch, place, bucket)
                held[key] = held.get(key, 0) + sign * qty
    return {key: qty for key, qty in held.items() if qty}


def ledger(book: Book, day: date) -> int:
    return int(
        book.value(
            "SELECT coalesce(sum(paise), 0) FROM ledger_entry JOIN account"
            " ON account.id = account_id WHERE code = 'stock' AND day <= :day",
            day=day.isoformat(),
        )
    )


def right(book: Book, *days: date) -> None:
    """The report of each day is the moves, its cost the stock ledger."""
    for day in days:
        report = stood(book, day)
        assert {key: qty for key, (qty, _) in report.items()} == replayed(book, day)
        assert sum(cost for _, cost in report.values()) == ledger(book, day)
        assert book.read(as_on.worth, day).paise == ledger(book, day)
    assert [*book.read(verify).findings] == []


def test_a_past_day_is_told_alike_with_and_without_counted_months(either: Book) -> None:
    book = either
    soap = book.items["SOAP"]
    book.write(receive, soap, 30, FIRST)
    book.bill("SHARMA", date(2026, 9, 15), SOAP=11)
    gone = book.bill("PATEL", date(2026, 11, 3), SOAP=5, TEA=2)
    book.write(cancelling.cancel, gone.id, by=uuid4(), why="wrong shop")
    days = (FIRST - timedelta(days=1), FIRST, AUGUST, date(2026, 9, 14), date(2026, 9, 15),
            date(2026, 10, 20), date(2026, 11, 2), TODAY)  # fmt: skip
    right(book, *days)
    before = [stood(book, day) for day in days]
    assert counted(book) == [AUGUST, date(2026, 9, 30), OCTOBER]
    assert [stood(book, day) for day in days] == before
    right(book, *days)
    now = book.read(value.value)
    assert value.total(now).cost.paise == ledger(book, TODAY)


def test_a_paper_of_an_earlier_day_takes_the_months_since_out(either: Book) -> None:
    book = either
    soap = book.items["SOAP"]
    book.write(receive, soap, 30, FIRST)
    counted(book)
    book.bill(SOAP=3)
    assert [each.month_end for each in book.read(snapshots.months)][-1] == OCTOBER
    book.bill("SHARMA", date(2026, 9, 10), SOAP=4)
    assert [each.month_end for each in book.read(snapshots.months)] == [AUGUST]
    right(book, AUGUST, date(2026, 9, 30), OCTOBER, TODAY)
    assert counted(book)[-1] == OCTOBER
    right(book, AUGUST, date(2026, 9, 30), OCTOBER, TODAY)


def test_a_paper_that_moves_no_goods_leaves_the_months(book: Book) -> None:
    from dms_desktop.domain.documents import Entry, Journal
    from dms_desktop.services import journals

    book.write(receive, book.items["SOAP"], 30, FIRST)
    before = counted(book)
    rent = (Entry("rent", Money(100)), Entry("cash", Money(-100)))
    book.write(journals.post_journal, Journal(Head(uuid4(), OCTOBER), rent))
    assert [each.month_end for each in book.read(snapshots.months)] == before


def test_a_refused_paper_takes_nothing_out(book: Book) -> None:
    book.write(receive, book.items["SOAP"], 30, FIRST)
    before = counted(book)
    with pytest.raises(Refused):
        book.bill("SHARMA", date(2026, 9, 10), SOAP=10_000)
    assert [each.month_end for each in book.read(snapshots.months)] == before


def test_a_day_that_has_not_come_is_refused(book: Book) -> None:
    with pytest.raises(Refused) as caught:
        book.read(as_on.as_on, TODAY + timedelta(days=1))
    assert caught.value.problems[0].reason is Reason.FUTURE_DAY


def test_months_are_counted_while_two_counters_date_bills_back(on_server: Book) -> None:
    """Whoever is first: no count stands that does not know of a bill."""
    book = on_server
    soap = book.items["SOAP"]
    book.write(receive, soap, 900, FIRST)
    counted(book)
    days = [FIRST + timedelta(days=7 * at) for at in range(12)]
    others = [Database(driver_for(book.books), clock=book.clock) for _ in range(3)]
    try:
        jobs: list[Any] = []
        for at, day in enumerate(days):
            for counter, on in zip(others, (day, days[-1 - at]), strict=False):
                bill = book.draft("SHARMA", on, SOAP=3)
                jobs.append(counter.write(book.owner, billing.post_draft, bill))
            jobs.append(others[2].write(book.owner, snapshots.build))
        for job in jobs:
            job.result()
    finally:
        for counter in others:
            counter.close()
    right(book, *days, TODAY)
    assert counted(book)[-1] == OCTOBER
    right(book, *days, TODAY)


@needs(Power.BOOKS)
def hurt(tx: Tx, sql: str) -> None:
    tx.run(sql)


DAMAGE: tuple[tuple[str, str, Callable[[Any], bool]], ...] = (
    ("UPDATE stock_snapshot SET qty = qty + 1 WHERE month_end = '2026-09-30'", "stock_snapshot",
     lambda key: key[0] == "2026-09-30"),
    ("UPDATE stock_snapshot SET paise = paise - 1 WHERE month_end = '2026-08-31'",
     "stock_snapshot", lambda key: key[0] == "2026-08-31"),
    ("UPDATE stock_snapshot SET bucket = 'expired' WHERE month_end = '2026-08-31'",
     "stock_snapshot", lambda key: key[0] == "2026-08-31"),
    ("DELETE FROM stock_snapshot WHERE month_end = '2026-10-31'", "stock_snapshot",
     lambda key: key[0] == "2026-10-31"),
    ("UPDATE stock_month SET spots = 7 WHERE month_end = '2026-10-31'", "stock_month",
     lambda key: key == "2026-10-31"),
    ("UPDATE stock_month SET month_end = '2026-10-30' WHERE month_end = '2026-10-31'",
     "stock_month", lambda key: key == "2026-10-30"),
    ("UPDATE period SET snapshot_until = '2026-09-30'", "period", lambda key: key == 1),
)  # fmt: skip


@pytest.mark.parametrize(("sql", "table", "names"), DAMAGE)
def test_verify_names_what_was_changed_in_a_count(
    book: Book, sql: str, table: str, names: Callable[[Any], bool]
) -> None:
    book.write(receive, book.items["SOAP"], 30, FIRST)
    counted(book)
    assert book.read(verify).clean
    book.write(hurt, sql)
    found = book.read(verify).findings[0]
    assert found.table == table
    assert names(found.key)


Papers = st.lists(
    st.tuples(st.integers(0, 110), st.integers(1, 9), st.sampled_from(["in", "bill", "count"])),
    max_size=8,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(papers=Papers, days=st.lists(st.integers(0, 110), min_size=1, max_size=4))
def test_whatever_is_posted_in_whatever_order_every_day_is_right(
    papers: list[tuple[int, int, str]],
    days: list[int],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    book = founded(tmp_path_factory.mktemp("days") / "books.db")
    book.write(receive, book.items["SOAP"], 40, FIRST)
    for gap, pieces, what in papers:
        day = min(FIRST + timedelta(days=gap), TODAY)
        if what == "in":
            book.write(receive, book.items["SOAP"], pieces, day)
        elif what == "bill":
            with suppress(Refused):  # too few lay there on that day, or would on a later one
                book.bill("SHARMA", day, SOAP=pieces)
        else:
            book.write(snapshots.build)
    right(book, *(min(FIRST + timedelta(days=gap), TODAY) for gap in days))
    book.database.close()
