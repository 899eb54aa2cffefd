"""What is past its date leaves the saleable stock by itself, and where it cannot it is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.refusals import Reason
from dms_desktop.services import billing, expiry, options
from dms_desktop.services.expiry import Expired
from dms_desktop.services.stock_rows import Piece
from tests.books import Book
from tests.services.godowns import (
    KEEPER,
    ledger,
    lying,
    proved,
    refused,
    second_godown,
    sent,
)

DAY = timedelta(days=1)


def day_after_t1(book: Book) -> None:
    """T1 is good until 31 December and was opened the day before."""
    book.clock.now += 40 * DAY
    book.write(expiry.move_expired)
    assert lying(book, "TEA")["MAIN", "T1", "saleable"]
    book.clock.now += DAY


def test_the_last_day_sells_and_the_next_one_does_not(either: Book) -> None:
    day_after_t1(either)
    assert either.read(expiry.due)
    done: Expired = either.write(expiry.move_expired, actor=KEEPER)
    assert done.posted is not None
    assert done.posted.number == "EX/26-27/00001"
    assert [(line.batch, line.qty) for line in done.moved] == [("T1", 60)]
    assert lying(either, "TEA")["MAIN", "T1", "expired"] == 60
    assert ledger(either, done.posted.id) == {}
    assert not either.read(expiry.due)
    again: Expired = either.write(expiry.move_expired)
    assert (again.posted, again.moved) == (None, ())
    paper = "SELECT document_id IS NOT NULL FROM day_opened ORDER BY day DESC"
    assert bool(either.value(paper))
    proved(either)


def test_one_document_for_all_godowns_and_what_is_elsewhere_is_named(either: Book) -> None:
    second_godown(either)
    second_godown(either, "VAN", "van")
    sent(either, Piece("TEA", "10", "T1"), direct=True)
    sent(either, Piece("TEA", "5", "T1"))
    sent(either, Piece("TEA", "4", "T1"), to="VAN", direct=True)
    draft = either.draft("SHARMA", TEA=3)
    either.write(billing.post_draft, replace(draft, kind=Kind.CHALLAN, note="on approval"))
    day_after_t1(either)
    done: Expired = either.write(expiry.move_expired)
    assert sorted(line.qty for line in done.moved) == [10, 38]
    assert {(each.kind, each.line.qty) for each in done.elsewhere} == {
        ("in_transit", 5), ("van", 4), ("on_challan", 3),
    }  # fmt: skip
    assert lying(either, "TEA")["COLD", "T1", "expired"] == 10
    assert either.value("SELECT count(*) FROM document WHERE kind = 'expiry_move'") == 1
    proved(either)


def test_a_clock_that_jumped_asks_first(either: Book) -> None:
    either.write(expiry.move_expired)
    either.clock.now += 75 * DAY
    stop = refused(lambda: either.write(expiry.move_expired))
    assert (stop.reason, stop.facts["lines"]) == (Reason.CLOCK_JUMPED, 2)
    assert either.read(expiry.due)
    assert lying(either, "TEA")["MAIN", "T1", "saleable"] == 60
    assert refused(lambda: either.write(expiry.move_anyway, actor=KEEPER)).reason is (
        Reason.NOT_ALLOWED
    )
    done: Expired = either.write(expiry.move_anyway)
    assert len(done.moved) == 2
    proved(either)


def test_more_lots_than_usual_ask_first(either: Book) -> None:
    either.write(options.choose, "expiry_lots", "1", 0)
    either.clock.now += 75 * DAY
    stop = refused(lambda: either.write(expiry.move_expired))
    assert (stop.reason, stop.facts["lines"], stop.facts["most"]) == (Reason.MANY_EXPIRE, 2, 1)
    either.write(options.choose, "expiry_lots", "2", 1)
    assert either.write(expiry.move_expired).posted


def test_no_expiry_never_expires_and_a_quiet_day_writes_no_paper(either: Book) -> None:
    assert either.read(expiry.expired).moved == ()
    assert either.write(expiry.move_expired).posted is None
    assert either.value("SELECT count(*) FROM day_opened") == 1
    proved(either)
