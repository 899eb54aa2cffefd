"""Goods go from godown to godown: none is lost on the way, and what is short has a name."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from dms_desktop.domain.godown_papers import Carriage
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason
from dms_desktop.domain.transfer import Transfer, TransferReceipt
from dms_desktop.services import documents, transfers
from dms_desktop.services.stock_rows import Piece
from dms_desktop.store.session import Tx
from tests.books import Book
from tests.services.godowns import (
    KEEPER,
    cancel,
    ledger,
    lot_cost,
    lying,
    proved,
    refused,
    second_godown,
    sent,
    taxed,
    took,
)


def test_goods_are_on_the_way_until_they_are_taken_in(either: Book) -> None:
    """First expiry goes first: all of S1, then the rest out of S2."""
    second_godown(either)
    carriage = Carriage(vehicle="MH12AB1234", transporter="Own")
    done = sent(either, Piece("soap", "5c"), carriage=carriage, note="for the hills")
    assert done.number == "TO/26-27/00001"
    assert lying(either, "SOAP") == {
        ("TRANSIT", "S1", "saleable"): 100,
        ("MAIN", "S2", "saleable"): 480,
        ("TRANSIT", "S2", "saleable"): 20,
    }
    paper = either.read(documents.issued, done.id).document
    assert isinstance(paper, Transfer)
    assert (paper.carriage, paper.direct) == (carriage, False)
    assert str(done.total) == "3240.00"
    assert ledger(either, done.id) == {}
    assert [row.left for row in either.read(transfers.transfers, open_only=True)] == [120]
    came = took(either, done)
    assert came.number == "TI/26-27/00001"
    assert lying(either, "SOAP") == {
        ("COLD", "S1", "saleable"): 100,
        ("MAIN", "S2", "saleable"): 480,
        ("COLD", "S2", "saleable"): 20,
    }
    assert either.read(transfers.transfers, open_only=True) == []
    again = refused(lambda: took(either, done))
    assert (again.reason, again.facts["what"]) == (Reason.ALREADY_RECEIVED, came.number)
    proved(either)


def test_a_part_comes_a_part_is_found_later_and_the_rest_is_given_up(either: Book) -> None:
    """30 pieces cost 100.01 and came with 9.00 CGST; 4 of them never arrive."""
    second_godown(either)
    taxed(either)
    done = sent(either, Piece("SOAP", "24", "X7"))
    took(either, done, came={0: 15})
    shown = either.read(transfers.show, done.id)
    assert [(leg.line.batch, leg.came, leg.lost, leg.left) for leg in shown.legs] == [
        ("X7", 15, 0, 9)
    ]
    took(either, done, came={0: 5})
    assert refused(lambda: took(either, done, came={}, lost={0: 4})).facts["field"] == "reason"
    lost = took(either, done, came={}, lost={0: 4}, reason="lost", note="fell off")
    assert ledger(either, lost.id) == {
        "goods_lost": 1333 + 120 + 120, "stock": -1333, "input_cgst": -120, "input_sgst": -120,
    }  # fmt: skip
    assert lot_cost(either, "X7") == (26, 10001 - 1333, 26, 780, 780)
    assert either.read(transfers.show, done.id).left == 0
    proved(either)
    cancel(either, lost.id)
    assert lot_cost(either, "X7") == (30, 10001, 30, 900, 900)
    assert either.read(transfers.show, done.id).left == 4
    proved(either)


def test_what_has_arrived_and_what_hangs_on_it_is_cancelled_in_turn(either: Book) -> None:
    second_godown(either)
    done = sent(either, Piece("TEA", "10", "T2"), Piece("SALT", "1c"))
    came = took(either, done)
    hangs = refused(lambda: cancel(either, done.id))
    assert (hangs.reason, hangs.facts["what"]) == (Reason.HANGS_ON_IT, came.number)
    cancel(either, came.id)
    cancel(either, done.id)
    assert lying(either, "TEA") == {
        ("MAIN", "T1", "saleable"): 60, ("MAIN", "T2", "saleable"): 240,
    }  # fmt: skip
    assert refused(lambda: took(either, done)).reason is Reason.ALREADY_CANCELLED
    proved(either)


def test_at_once_and_into_a_van(either: Book) -> None:
    second_godown(either, "VAN1", "van")
    done = sent(either, Piece("OIL", "40", "O1"), to="VAN1", direct=True)
    assert lying(either, "OIL") == {("VAN1", "O1", "saleable"): 40}
    assert refused(lambda: took(either, done)).reason is Reason.ALREADY_RECEIVED
    back = sent(either, Piece("OIL", "7"), source="van1", to="main", direct=True)
    assert lying(either, "OIL") == {("VAN1", "O1", "saleable"): 33, ("MAIN", "O1", "saleable"): 7}
    assert either.value("SELECT count(*) FROM place WHERE kind = 'in_transit'") == 0
    assert back.number.endswith("2")
    proved(either)


def test_goods_of_any_bucket_go_and_stay_in_it(either: Book) -> None:
    second_godown(either)
    taxed(either, "BAD", bucket=Bucket.NON_SALEABLE)
    done = sent(either, Piece("SOAP", "30", bucket=Bucket.NON_SALEABLE))
    took(either, done)
    assert lying(either, "SOAP")["COLD", "BAD", "non_saleable"] == 30
    paper = either.read(documents.issued, took_last(either)).document
    assert isinstance(paper, TransferReceipt)
    proved(either)


def took_last(book: Book) -> object:
    from uuid import UUID

    sql = "SELECT uid FROM document WHERE kind = 'transfer_receipt' ORDER BY id DESC LIMIT 1"
    return UUID(bytes=bytes(book.value(sql)))


def test_the_same_id_sends_and_receives_once(either: Book) -> None:
    second_godown(either)
    uid, piece = uuid4(), Piece("SALT", "3")
    done = sent(either, piece, id=uid)
    assert sent(either, piece, id=uid) == done
    assert refused(lambda: sent(either, Piece("SALT", "4"), id=uid)).reason is Reason.OTHER_CONTENT
    key = uuid4()
    assert took(either, done, id=key) == took(either, done, id=key)
    proved(either)


@needs(Power.MASTERS)
def _other_gstin(tx: Tx) -> None:
    tx.run("INSERT INTO registration (gstin, state, gst_type) VALUES ('29X', '29', 'regular')")
    tx.run("UPDATE place SET registration_id = 2 WHERE code = 'HUBLI'")


def test_what_is_refused(either: Book) -> None:
    second_godown(either)
    second_godown(either, "HUBLI")
    either.write(_other_gstin)
    same = refused(lambda: sent(either, Piece("SALT", "1"), to="main"))
    assert (same.reason, same.facts["godown"]) == (Reason.SAME_GODOWN, "Main godown")
    other = refused(lambda: sent(either, Piece("SALT", "1"), to="HUBLI"))
    assert (other.reason, other.facts["gstin"]) == (Reason.OTHER_GSTIN, "29X")
    assert refused(lambda: sent(either, to="COLD")).reason is Reason.NO_ROWS
    assert refused(lambda: sent(either, Piece("SALT", "1"), to="")).reason is Reason.MISSING
    assert refused(lambda: sent(either, Piece("SALT", "1"), to="X")).reason is Reason.UNKNOWN_GODOWN
    assert refused(lambda: sent(either, Piece("NONE", "1"))).reason is Reason.UNKNOWN_ITEM
    assert refused(lambda: sent(either, Piece("SALT", "many"))).reason is Reason.BAD_QUANTITY
    assert refused(lambda: sent(either, Piece("TEA", "1", "T9"))).reason is Reason.UNKNOWN_BATCH
    short = refused(lambda: sent(either, Piece("OIL", "41")))
    assert (short.reason, short.row, short.facts["short"]) == (Reason.SHORT_STOCK, 0, 1)
    done = sent(either, Piece("OIL", "4"), Piece("SALT", "9"))
    more = refused(lambda: took(either, done, came={1: 10}))
    assert (more.reason, more.row, more.facts["have"]) == (Reason.MORE_THAN_SENT, 1, 9)
    assert refused(lambda: took(either, done, came={})).reason is Reason.NO_ROWS
    assert refused(lambda: took(either, done, came={0: -1})).reason is Reason.MORE_THAN_SENT
    bill = either.bill(SALT=1)
    assert refused(lambda: took(either, bill)).reason is Reason.UNKNOWN_DOCUMENT
    proved(either)


def test_a_reserved_or_expired_piece_does_not_go_by_itself(either: Book) -> None:
    from datetime import timedelta

    second_godown(either)
    either.clock.now += timedelta(days=75)  # past S1's 31 January
    done = sent(either, Piece("SOAP", "10"))
    assert lying(either, "SOAP")["TRANSIT", "S2", "saleable"] == 10
    assert done.number
    sent(either, Piece("SOAP", "100", "S1", expiry=date(2027, 1, 31)))
    assert lying(either, "SOAP")["TRANSIT", "S1", "saleable"] == 100


def test_a_loss_above_the_limit_waits_for_who_may(either: Book) -> None:
    second_godown(either)
    done = sent(either, Piece("TEA", "200", "T2"), actor=KEEPER)
    much = {"came": {}, "lost": {0: 200}, "reason": "LOST"}
    stop = refused(lambda: took(either, done, actor=KEEPER, **much))
    assert (stop.reason, str(stop.facts["limit"])) == (Reason.ABOVE_STOCK_LIMIT, "5000.00")
    took(either, done, **much)
    proved(either)
