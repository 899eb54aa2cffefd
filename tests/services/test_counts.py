"""A count while billing goes on: whatever is billed meanwhile, the shelf and the books agree."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason
from dms_desktop.services import counts
from dms_desktop.services.counts import Closed, Closing, Found, NewSheet
from dms_desktop.services.registers.every import register_of
from dms_desktop.services.stock_rows import Piece
from dms_desktop.services.verifying import verify
from dms_desktop.store.session import Tx
from tests.books import Book
from tests.services.godowns import (
    KEEPER,
    cancel,
    ledger,
    lying,
    proved,
    refused,
    second_godown,
    sent,
    taxed,
)


def sheet(book: Book, scope: str = "godown", what: str = "", **more: Any) -> UUID:
    uid: UUID = book.write(counts.start, NewSheet(uuid4(), scope, what, **more))
    return uid


def count(book: Book, of: UUID, item: str, qty: str, batch: str | None, **more: Any) -> Found:
    done: Found = book.write(counts.count, of, Piece(item, qty, batch, **more))
    return done


def close(book: Book, of: UUID, **more: Any) -> Closed:
    who = {"actor": more.pop("actor")} if "actor" in more else {}
    done: Closed = book.write(counts.close, Closing(uuid4(), of, **more), **who)
    return done


def test_bills_between_count_and_close_are_not_lost(either: Book) -> None:
    """97 are counted where the books say 100; then 40 are billed. 57 lie there, and 57 it is."""
    of = sheet(either, "item", "SOAP")
    found = count(either, of, "SOAP", "4c 1p", "S1")
    assert (found.book, found.counted, found.difference) == (100, 97, -3)
    assert count(either, of, "SOAP", "502", "S2").difference == 2
    either.bill(SOAP=40)
    done = close(either, of)
    assert done.posted is not None
    assert done.posted.number == "PC/26-27/00001"
    assert either.stock("SOAP") == {"S1": 57, "S2": 502}
    assert ledger(either, done.posted.id) == {"stock_differences": 2700, "stock": -2700}
    assert (done.differing, done.counted, done.uncounted) == (2, 2, 0)
    shown = either.read(counts.show, of)
    assert (shown.number, shown.closed_at > 0) == ("PC/26-27/00001", True)
    proved(either)
    cancel(either, done.posted.id)
    proved(either)


def test_a_loss_found_by_counting_gives_its_input_tax_back(either: Book) -> None:
    taxed(either)
    of = sheet(either, "item", "SOAP")
    count(either, of, "SOAP", "26", "X7")
    done = close(either, of)
    assert done.posted is not None
    assert ledger(either, done.posted.id) == {
        "stock_differences": 1573, "stock": -1333, "input_cgst": -120, "input_sgst": -120,
    }  # fmt: skip
    proved(either)


def test_counted_again_the_last_word_holds(either: Book) -> None:
    of = sheet(either, "item", "TEA")
    count(either, of, "TEA", "50", "T1")
    again = count(either, of, "TEA", "5c", "T1")
    assert again.difference == 0
    row = next(row for row in either.read(counts.show, of).rows if row.line.batch == "T1")
    assert (row.tries, row.counted, row.book) == (2, 60, 60)
    done = close(either, of)
    assert (done.posted, done.differing, done.uncounted) == (None, 0, 1)
    assert refused(lambda: close(either, of)).reason is Reason.COUNT_CLOSED
    assert refused(lambda: count(either, of, "TEA", "1", "T1")).reason is Reason.COUNT_CLOSED
    proved(either)


def test_the_same_close_posts_once(either: Book) -> None:
    of = sheet(either, "item", "OIL")
    count(either, of, "OIL", "0", "O1")
    asked = Closing(uuid4(), of)
    first = either.write(counts.close, asked)
    assert either.write(counts.close, asked) == first
    assert lying(either, "OIL") == {}
    proved(either)


def test_two_sheets_do_not_put_the_same_lot_right_twice(either: Book) -> None:
    one, other = sheet(either, "item", "OIL"), sheet(either, "item", "OIL")
    count(either, one, "OIL", "38", "O1")
    count(either, other, "OIL", "38", "O1")
    close(either, one)
    again = refused(lambda: close(either, other))
    assert (again.reason, again.facts["batch"]) == (Reason.COUNT_AGAIN, "O1")
    assert count(either, other, "OIL", "38", "O1").difference == 0
    close(either, other)
    assert either.stock("OIL") == {"O1": 38}
    proved(either)


def test_what_went_since_and_cannot_have_been_there_is_counted_again(either: Book) -> None:
    of = sheet(either, "item", "OIL")
    count(either, of, "OIL", "10", "O1")
    either.bill(OIL=30)
    assert refused(lambda: close(either, of)).reason is Reason.COUNT_AGAIN
    proved(either)


def test_sheets_of_a_rack_a_godown_and_of_what_was_not_found(either: Book) -> None:
    either.write(register_of("rack").add, {"item": "TEA", "godown": "MAIN", "rack": "A-1"})
    assert len(either.read(counts.show, sheet(either, "rack", "a-1")).rows) == 2
    assert len(either.read(counts.show, sheet(either)).rows) == 6
    assert refused(lambda: sheet(either, "rack", "B")).reason is Reason.UNKNOWN_CODE
    assert refused(lambda: sheet(either, "item", "B")).reason is Reason.UNKNOWN_ITEM
    assert refused(lambda: sheet(either, "moon")).reason is Reason.BAD_ENTRY
    assert either.read(counts.show, sheet(either, "asked")).rows == ()

    @needs(Power.PICK)
    def ask(tx: Tx) -> None:
        counts.ask_for(tx, 3, 1, "not found by Asha")

    either.write(ask)
    either.write(ask)
    of = sheet(either, "asked")
    (row,) = either.read(counts.show, of).rows
    assert (row.line.batch, row.why) == ("T1", "not found by Asha")
    likely = either.read(counts.show, sheet(either, "likely", most=2)).rows
    assert "T1" in [each.line.batch for each in likely]
    either.clock.now += timedelta(seconds=5)
    count(either, of, "TEA", "60", "T1")
    assert either.read(counts.show, sheet(either, "asked")).rows == ()


def test_the_same_id_opens_one_sheet_and_the_newest_open_one_is_found(either: Book) -> None:
    asked = NewSheet(uuid4(), "item", "SALT")
    assert either.write(counts.start, asked) == either.write(counts.start, asked)
    assert either.value("SELECT count(*) FROM count_sheet") == 1
    assert either.read(counts.find, "") == asked.id
    assert either.read(counts.find, "1") == asked.id
    assert refused(lambda: close(either, asked.id)).reason is Reason.NOTHING_COUNTED
    count(either, asked.id, "SALT", "1000", None)
    close(either, asked.id)
    assert refused(lambda: either.read(counts.find, "")).reason is Reason.UNKNOWN_DOCUMENT


def test_other_buckets_and_batches_that_never_were_are_counted_too(either: Book) -> None:
    of = sheet(either, "item", "SOAP")
    assert count(either, of, "SOAP", "3", "S1", bucket=Bucket.NON_SALEABLE).difference == 3
    assert count(either, of, "SOAP", "5", "NEW").difference == 5
    close(either, of)
    assert lying(either, "SOAP")["MAIN", "S1", "non_saleable"] == 3
    assert either.stock("SOAP")["NEW"] == 5
    proved(either)


def test_much_waits_for_who_may_approve(either: Book) -> None:
    of = sheet(either, "item", "TEA")
    count(either, of, "TEA", "100", "T2")
    assert refused(lambda: close(either, of, actor=KEEPER)).reason is Reason.ABOVE_STOCK_LIMIT
    close(either, of)
    proved(either)


DEEDS = st.lists(
    st.tuples(st.sampled_from(["bill", "send", "count"]), st.integers(1, 5)), max_size=8
)


@settings(
    max_examples=15, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(DEEDS, st.integers(-3, 3), st.integers(-3, 3))
def test_whatever_happens_meanwhile_the_shelf_is_right_at_the_end(
    copied: Book, deeds: list[tuple[str, int]], first: int, second: int
) -> None:
    """A shelf of its own is kept by hand: each sale and transfer takes from both."""
    if not copied.value("SELECT count(*) FROM place WHERE code = 'COLD'"):
        second_godown(copied)
    was = copied.stock("TEA")
    hand = {batch: max(was[batch] + off, 0) for batch, off in (("T1", first), ("T2", second))}
    of = sheet(copied, "item", "TEA")
    uncounted = list(hand)
    for deed, qty in deeds:
        if deed == "count" and uncounted:
            batch = uncounted.pop()
            count(copied, of, "TEA", str(hand[batch]), batch)
        elif deed != "count" and all(hand[batch] >= qty for batch in hand):
            before = copied.stock("TEA")
            copied.bill(TEA=qty) if deed == "bill" else sent(copied, Piece("TEA", str(qty)))
            for batch, now in copied.stock("TEA").items():
                hand[batch] += now - before[batch]
    for batch in uncounted:
        count(copied, of, "TEA", str(hand[batch]), batch)
    close(copied, of)
    assert copied.stock("TEA") == hand
    proved(copied)


def test_a_count_that_was_altered_is_found(copied: Book) -> None:
    of = sheet(copied, "item", "OIL")
    count(copied, of, "OIL", "38", "O1")
    copied.bill(OIL=1)
    close(copied, of)

    @needs(Power.BOOKS)
    def alter(tx: Tx, column: str, more: int) -> None:
        tx.many(f"UPDATE count_line SET {column} = {column} + ?", [(more,)])

    for column, what in (
        ("book", "count_book"),
        ("counted", "count_sheet"),
        ("seen", "count_book"),
    ):
        copied.write(alter, column, 9)
        assert what in {found.what for found in copied.read(verify).findings}, column
        copied.write(alter, column, -9)
    proved(copied)

    @needs(Power.BOOKS)
    def lose(tx: Tx) -> None:
        tx.run("UPDATE count_sheet SET document_id = NULL")

    copied.write(lose)
    found = [each.what for each in copied.read(verify).findings]
    assert found == ["count_sheet", "count_lost"]
