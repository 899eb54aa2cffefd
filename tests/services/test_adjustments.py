"""Pieces that are gone or found, and pieces that are set apart: ledger and input tax follow."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from dms_desktop.domain.adjustment import Adjustment
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.money import Money, rupees
from dms_desktop.domain.powers import Actor, Power
from dms_desktop.domain.refusals import Reason
from dms_desktop.services import documents
from dms_desktop.services.adjustments import Adjusting, Moving, adjust, move_bucket
from dms_desktop.services.posting import Posted
from dms_desktop.services.registers.every import register_of
from dms_desktop.services.stock_grounds import approve_stock, grounds
from dms_desktop.services.stock_rows import Piece
from tests.books import OWNER_PIN, PEPPER, Book
from tests.services.godowns import (
    KEEPER,
    cancel,
    ledger,
    lot_cost,
    lying,
    proved,
    refused,
    taxed,
)


def adjusted(book: Book, *rows: Piece, reason: str = "LOST", **more: Any) -> Posted:
    who = {"actor": more.pop("actor")} if "actor" in more else {}
    asked = Adjusting(more.pop("id", None) or uuid4(), rows, reason, **more)
    done: Posted = book.write(adjust, asked, **who)
    return done


def moved(book: Book, *rows: Piece, to: Bucket, reason: str = "BROKEN", **more: Any) -> Posted:
    asked = Moving(more.pop("id", None) or uuid4(), rows, to, reason, **more)
    done: Posted = book.write(move_bucket, asked)
    return done


def test_what_is_lost_takes_its_cost_and_its_input_tax_along(either: Book) -> None:
    """30 pieces cost 100.01 with 9.00 CGST and SGST; 12 were sold and 4 are lost."""
    taxed(either)
    done = adjusted(either, Piece("SOAP", "-4", "X7"), note="rats")
    assert done.number == "SA/26-27/00001"
    assert ledger(either, done.id) == {
        "goods_lost": 1573, "stock": -1333, "input_cgst": -120, "input_sgst": -120,
    }  # fmt: skip
    assert lot_cost(either, "X7") == (26, 8668, 26, 780, 780)
    paper = either.read(documents.issued, done.id).document
    assert isinstance(paper, Adjustment)
    assert (paper.ground.code, paper.ground.account, paper.reason) == ("LOST", "goods_lost", "rats")
    last = adjusted(either, Piece("SOAP", "26", "X7"), reason="SAMPLE")
    assert ledger(either, last.id)["samples"] == 8668 + 780 + 780
    assert lot_cost(either, "X7") == (0, 0, 0, 0, 0)
    proved(either)
    cancel(either, last.id)
    cancel(either, done.id)
    assert lot_cost(either, "X7") == (30, 10001, 30, 900, 900)
    proved(either)


def test_a_reason_may_keep_the_credit_and_name_its_own_ledger(either: Book) -> None:
    taxed(either)
    own = {"code": "TASTED", "use": "adjust", "ledger": "rent", "keeps_credit": True}
    either.write(register_of("reason").add, own)
    done = adjusted(either, Piece("SOAP", "10", "X7"), reason="tasted")
    assert ledger(either, done.id) == {"rent": 3334, "stock": -3334}
    assert lot_cost(either, "X7") == (20, 6667, 30, 900, 900)
    proved(either)
    wrong = {"code": "W", "use": "adjust", "ledger": "nowhere"}
    assert refused(lambda: either.write(register_of("reason").add, wrong)).reason is (
        Reason.UNKNOWN_CODE
    )
    assert [ground.code for ground in either.read(grounds)] == [
        "COUNTED", "LOST", "BROKEN", "DESTROYED", "SAMPLE", "TASTED",
    ]  # fmt: skip


def test_what_is_found_is_taken_up_at_what_it_cost(either: Book) -> None:
    """The lot's own cost, or that of the item's last lot where the batch never was."""
    done = adjusted(either, Piece("TEA", "+5", "T1"), reason="COUNTED")
    assert ledger(either, done.id) == {"stock": 5 * 8550, "stock_differences": -5 * 8550}
    new = Piece("TEA", "+2", "T3", expiry=date(2028, 1, 31))
    fresh = adjusted(either, new, reason="COUNTED")
    assert ledger(either, fresh.id)["stock"] == 2 * 8550
    assert lying(either, "TEA")["MAIN", "T3", "saleable"] == 2
    assert lot_cost(either, "T3") == (2, 2 * 8550, 0, 0, 0)
    proved(either)
    cancel(either, fresh.id)
    proved(either)


def test_above_the_limit_somebody_else_says_yes_up_to_an_amount(either: Book) -> None:
    uid, row = uuid4(), Piece("TEA", "60", "T1")
    stop = refused(lambda: adjusted(either, row, id=uid, actor=KEEPER))
    assert (stop.reason, str(stop.facts["amount"])) == (Reason.ABOVE_STOCK_LIMIT, "5130.00")
    yes = {"of": uid, "ceiling": rupees("5000"), "why": "seen"}
    assert either.write(approve_stock, "owner", OWNER_PIN, PEPPER, actor=KEEPER, **yes)
    assert refused(lambda: adjusted(either, row, id=uid, actor=KEEPER)).reason is (
        Reason.ABOVE_STOCK_LIMIT
    )
    yes["ceiling"] = rupees("6000")
    assert not either.write(approve_stock, "owner", "000000", PEPPER, actor=KEEPER, **yes)
    assert either.write(approve_stock, "owner", OWNER_PIN, PEPPER, actor=KEEPER, **yes)
    assert adjusted(either, row, id=uid, actor=KEEPER).number
    proved(either)


def test_pieces_are_set_apart_and_put_back_but_never_past_their_date(either: Book) -> None:
    out = moved(either, Piece("SOAP", "1c", "S1"), to=Bucket.NON_SALEABLE)
    assert out.number == "BM/26-27/00001"
    assert lying(either, "SOAP")["MAIN", "S1", "non_saleable"] == 24
    assert ledger(either, out.id) == {}
    torn = Piece("SOAP", "20", "S1", bucket=Bucket.NON_SALEABLE)
    moved(either, torn, to=Bucket.SALEABLE)
    assert lying(either, "SOAP")["MAIN", "S1", "saleable"] == 96
    either.clock.now += timedelta(days=75)
    left = Piece("SOAP", "4", "S1", bucket=Bucket.NON_SALEABLE)
    stop = refused(lambda: moved(either, left, to=Bucket.SALEABLE))
    assert (stop.reason, stop.facts["batch"]) == (Reason.WRONG_BUCKET, "S1")
    moved(either, left, to=Bucket.EXPIRED)
    proved(either)


def test_what_is_refused(either: Book) -> None:
    clerk = Actor(1, "ravi", "", frozenset({Power.LOOK, Power.BILL}))
    row = Piece("SOAP", "1", "S1")
    assert refused(lambda: adjusted(either, row, actor=clerk)).reason is Reason.NOT_ALLOWED
    assert refused(lambda: adjusted(either, row, reason=" ")).facts["field"] == "reason"
    assert refused(lambda: adjusted(either, row, reason="FUN")).reason is Reason.UNKNOWN_CODE
    assert refused(lambda: adjusted(either, row, reason="RECALL")).reason is Reason.UNKNOWN_CODE
    assert refused(lambda: adjusted(either, Piece("SOAP", "1"))).facts["field"] == "batch"
    assert refused(lambda: adjusted(either, Piece("SOAP", "1", "S9"))).reason is (
        Reason.UNKNOWN_BATCH
    )
    assert refused(lambda: adjusted(either, Piece("SOAP", "101", "S1"))).reason is (
        Reason.SHORT_STOCK
    )
    assert refused(lambda: adjusted(either, Piece("SOAP", "0", "S1"))).reason is Reason.BAD_QUANTITY
    assert refused(lambda: adjusted(either)).reason is Reason.NO_ROWS
    old = Piece("SOAP", "+1", "OLD", expiry=date(2026, 1, 31))
    assert refused(lambda: adjusted(either, old)).reason is Reason.WRONG_BUCKET
    assert refused(lambda: moved(either, row, to=Bucket.SALEABLE)).reason is Reason.NOTHING_CHANGED
    uid = uuid4()
    first = adjusted(either, row, id=uid)
    assert adjusted(either, row, id=uid) == first
    assert refused(lambda: adjusted(either, Piece("SOAP", "2", "S1"), id=uid)).reason is (
        Reason.OTHER_CONTENT
    )
    assert either.value("SELECT count(*) FROM lot WHERE batch = 'OLD'") == 0
    proved(either)


def test_two_mrps_of_a_batch_are_told_apart(either: Book) -> None:
    adjusted(either, Piece("SOAP", "+3", "S1", Money(4500), date(2027, 1, 31)), reason="COUNTED")
    several = refused(lambda: adjusted(either, Piece("SOAP", "1", "S1")))
    assert several.reason is Reason.SEVERAL_LOTS
    adjusted(either, Piece("SOAP", "1", "S1", Money(4500)))
    proved(either)
