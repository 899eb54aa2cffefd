"""A lot that was typed wrongly is put right, pieces get another MRP, and nothing is lost by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from dms_desktop.domain.documents import Head, Opening, OpeningLot
from dms_desktop.domain.goods_line import Bucket, Kind
from dms_desktop.domain.money import Money, Rate, rupees
from dms_desktop.domain.powers import Actor, Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.domain.registers import DatedRate, joined
from dms_desktop.domain.stock_papers import LotCorrection, Restickering
from dms_desktop.domain.tax import Gst
from dms_desktop.services import billing, cancelling, documents, fulfilment, posting
from dms_desktop.services.lot_papers import Correction, Stickers, correct, resticker
from dms_desktop.services.posting import Posted
from dms_desktop.services.registers.every import register_of
from dms_desktop.services.registers.history import history
from dms_desktop.services.registers.lots import LOTS
from dms_desktop.services.verifying import verify
from dms_desktop.store.session import Tx
from tests.books import TODAY, Book

S1, S2 = "SOAP > S1", "SOAP > S2"


def mend(book: Book, lot: str, why: str = "typed wrongly", **right: Any) -> Posted:
    version = right.pop("version", None)
    who = {"actor": right.pop("actor")} if "actor" in right else {}
    asked = Correction(right.pop("id", None) or uuid4(), lot, right, why, version)
    done: Posted = book.write(correct, asked, **who)
    return done


def sticker(book: Book, lot: str, qty: int, mrp: str, **more: Any) -> Posted:
    who = {"actor": more.pop("actor")} if "actor" in more else {}
    asked = Stickers(
        more.pop("id", None) or uuid4(), lot, str(qty), rupees(mrp), "MRP raised", **more
    )
    done: Posted = book.write(resticker, asked, **who)
    return done


def refused(done: Any) -> Problem:
    with pytest.raises(Refused) as caught:
        done()
    (problem,) = caught.value.problems
    return problem


def lots(book: Book, item: str = "SOAP") -> list[tuple[Any, ...]]:
    """Batch, MRP, expiry, pieces, paise, pieces with input tax, CGST; by their keys."""
    return book.rows(
        "SELECT batch, mrp, expiry, qty, paise, received, input_cgst FROM lot"
        " JOIN lot_cost ON lot_id = lot.id WHERE item_id = :item ORDER BY lot.id",
        item=book.items[item],
    )


def proved(book: Book) -> None:
    assert book.read(verify).findings == ()


def cancel(book: Book, uid: UUID) -> Posted:
    done: Posted = book.write(cancelling.cancel, uid, by=uuid4(), why="was right")
    return done


@needs(Power.OPENING)
def receive(tx: Tx, lot: str, pieces: int, cost: str, cgst: str) -> Posted:
    """More of a lot, with its input tax."""
    shown = LOTS.show(tx, lot)
    item = tx.value("SELECT item_id FROM lot WHERE id = :id", id=shown.id)
    half = rupees(cgst)
    line = OpeningLot(
        item, shown.id, lot, lot, "34011190", "PCS", shown.record.batch, shown.record.expiry,
        shown.record.mrp, pieces, rupees(cost), Gst(half, half),
    )  # fmt: skip
    return posting.post(tx, Opening(Head(uuid4(), TODAY, 1), (line,)))


def test_a_mistyped_batch_is_put_right_and_the_printed_bill_stays(either: Book) -> None:
    bill = either.bill(SOAP=3)
    before = lots(either)
    done = mend(either, S1, batch="S1A", expiry=date(2027, 2, 28), mrp=rupees("41"))
    assert done.number == "LC/26-27/00001"
    assert lots(either)[0] == ("S1A", 4100, "2027-02-28", *before[0][3:])
    issued = either.read(documents.issued, bill.id)
    assert [(line.batch, line.mrp) for line in issued.document.lines] == [("S1", rupees("40"))]
    paper = either.read(documents.issued, done.id).document
    assert isinstance(paper, LotCorrection)
    assert (paper.was.batch, paper.was.mrp, paper.was.expiry) == (
        "S1", rupees("40"), date(2027, 1, 31),
    )  # fmt: skip
    assert (paper.now.batch, paper.reason) == ("S1A", "typed wrongly")
    assert [(line.code, line.batch, line.qty) for line in paper.goods] == [("SOAP", "S1A", 97)]
    assert either.bill(SOAP=1).number
    assert either.value("SELECT batch FROM goods_line ORDER BY id DESC LIMIT 1") == "S1A"
    proved(either)


def test_a_correction_bears_its_own_id_once(either: Book) -> None:
    uid = uuid4()
    first = mend(either, S1, id=uid, batch="X")
    assert mend(either, S1, id=uid, batch="X") == first
    other = refused(lambda: mend(either, S1, id=uid, batch="Y"))
    assert other.reason is Reason.OTHER_CONTENT


def test_a_batch_that_is_there_already_takes_the_pieces_with_cost_and_tax(either: Book) -> None:
    """S1 was S2 all along: 97 of the 150 that came with 9.00 CGST are left."""
    either.write(receive, S1, 50, "1000.01", "9")
    either.bill(SOAP=53)
    (_, _, _, qty, paise, received, tax), s2 = lots(either)[:2]
    assert (qty, received, tax) == (97, 150, 900)
    done = mend(either, S1, batch="S2", expiry=date(2027, 6, 30))
    empty, joined_lot = lots(either)
    moved = tax * 97 // 150
    assert empty[3:] == (0, 0, 53, tax - moved)
    assert joined_lot[3:] == (s2[3] + 97, s2[4] + paise, s2[5] + 97, s2[6] + moved)
    assert either.stock("SOAP") == {"S1": 0, "S2": 597}
    assert either.rows("SELECT count(*) FROM ledger_entry JOIN document ON document.id ="
                       " document_id WHERE kind = 'lot_correction'") == [(0,)]  # fmt: skip
    paper = either.read(documents.issued, done.id).document
    assert [(line.batch, line.qty) for line in paper.goods] == [("S1", 97), ("S2", 97)]
    proved(either)


def test_pieces_get_another_mrp_and_their_share_of_cost(either: Book) -> None:
    before = lots(either)
    done = sticker(either, S2, 333, "42.50", ptr=Rate(rupees("31")))
    assert done.number == "RS/26-27/00001"
    old, new = lots(either)[1:]
    cost = (before[1][4] * 333 + 250) // 500
    assert old[:5] == ("S2", 4000, "2027-06-30", 167, before[1][4] - cost)
    assert new[:5] == ("S2", 4250, "2027-06-30", 333, cost)
    paper = either.read(documents.issued, done.id).document
    assert isinstance(paper, Restickering)
    assert [(s.code, s.batch, s.mrp, s.expiry, s.qty) for s in paper.stickers] == [
        ("SOAP", "S2", rupees("42.50"), date(2027, 6, 30), 333)
    ]
    shown = either.read(LOTS.show, joined("SOAP", "S2", "42.50", "2027-06-30"))
    assert shown.record.ptr == Rate(rupees("31"))
    sticker(either, joined("SOAP", "S2", "40.00", "2027-06-30"), 167, "42.50")
    assert [row[3:5] for row in lots(either)[1:]] == [(0, 0), (500, before[1][4])]
    proved(either)


def test_both_are_cancelled_by_their_mirror(either: Book) -> None:
    either.write(receive, S1, 50, "1000.01", "9")
    before = lots(either)
    done = [
        mend(either, S1, batch="S2", expiry=date(2027, 6, 30)),
        sticker(either, S2, 101, "43"),
    ]
    for posted in reversed(done):
        cancel(either, posted.id)
    assert lots(either)[:2] == before
    assert lots(either)[2][3:] == (0, 0, 0, 0)
    label = mend(either, S1, batch="Q", packed=date(2026, 1, 1))
    cancel(either, label.id)
    assert lots(either)[:2] == before
    assert either.value("SELECT packed FROM lot ORDER BY id LIMIT 1") == ""
    proved(either)


def test_what_hangs_on_them_keeps_them(either: Book) -> None:
    relabelled = mend(either, S1, batch="Q")
    bill = either.bill(SOAP=1)
    problem = refused(lambda: cancel(either, relabelled.id))
    assert (problem.reason, problem.facts["what"]) == (Reason.HANGS_ON_IT, bill.number)
    cancel(either, bill.id)
    cancel(either, relabelled.id)
    stickers = sticker(either, S1, 100, "41")
    sold = either.bill(SOAP=1)
    problem = refused(lambda: cancel(either, stickers.id))
    assert (problem.reason, problem.facts["what"]) == (Reason.HANGS_ON_IT, sold.number)
    proved(either)


def test_a_cancellation_does_not_take_the_name_of_another_lot(either: Book) -> None:
    relabelled = mend(either, S1, batch="Q")
    mend(either, S2, batch="S1", expiry=date(2027, 1, 31))
    problem = refused(lambda: cancel(either, relabelled.id))
    assert problem.reason is Reason.DUPLICATE


def test_orders_and_reservations_go_on(either: Book) -> None:
    draft = replace(either.draft(SOAP=110), kind=Kind.ORDER, reserve=True)
    order = either.write(billing.post_draft, draft).posted
    mend(either, S1, batch="S2", expiry=date(2027, 6, 30))
    assert either.value("SELECT sum(qty) FROM reservation") == 110
    bill = either.read(fulfilment.draft_of, order.id, new=uuid4(), day=TODAY)
    either.write(billing.post_draft, bill)
    assert either.stock("SOAP") == {"S1": 0, "S2": 490}
    proved(either)


def test_goods_on_challan_keep_their_batch_till_they_are_billed(either: Book) -> None:
    draft = replace(either.draft(SOAP=5), kind=Kind.CHALLAN, note="on approval")
    challan = either.write(billing.post_draft, draft).posted
    problem = refused(lambda: mend(either, S1, batch="S2", expiry=date(2027, 6, 30)))
    assert (problem.reason, problem.facts["qty"]) == (Reason.LOT_AWAY, 5)
    mend(either, S1, batch="Q")  # the same lot by another name goes on
    bill = either.read(fulfilment.draft_of, challan.id, new=uuid4(), day=TODAY)
    either.write(billing.post_draft, bill)
    mend(either, "SOAP > Q", batch="S2", expiry=date(2027, 6, 30))
    proved(either)


def test_what_is_refused(either: Book) -> None:
    def reason(**right: Any) -> tuple[Reason, Any]:
        found = refused(lambda: mend(either, right.pop("lot", S1), **right))
        return found.reason, found.facts.get("field")

    assert reason(batch="S1") == (Reason.NOTHING_CHANGED, None)
    assert reason(batch="Q", why=" ") == (Reason.MISSING, "reason")
    assert reason(mrp=Money(0)) == (Reason.BAD_ENTRY, "mrp")
    assert reason(expiry=date(2026, 1, 1), packed=date(2026, 2, 1))[0] is (
        Reason.EXPIRY_BEFORE_PACKED
    )
    assert reason(lot="SOAP > S9", batch="Q") == (Reason.UNKNOWN_CODE, "lot")
    assert reason(ptr=Rate(Money(1))) == (Reason.BAD_ENTRY, "ptr")
    assert reason(version=7, batch="Q") == (Reason.STALE, "lot")
    either.bill(SOAP=100)
    assert reason(batch="S2", expiry=date(2027, 6, 30)) == (Reason.DUPLICATE, "lot")
    stick = refused(lambda: sticker(either, S2, 501, "42"))
    assert (stick.reason, stick.facts["have"]) == (Reason.SHORT_STOCK, 500)
    assert refused(lambda: sticker(either, S2, 1, "40")).reason is Reason.NOTHING_CHANGED
    assert refused(lambda: sticker(either, S2, 0, "41")).reason is Reason.BAD_QUANTITY
    assert refused(lambda: sticker(either, S2, 1, "41", godown="X")).reason is (
        Reason.UNKNOWN_GODOWN
    )
    assert refused(
        lambda: sticker(either, S2, 1, "41", bucket=Bucket.EXPIRED)
    ).reason is Reason.SHORT_STOCK  # fmt: skip
    assert either.value("SELECT count(*) FROM document WHERE kind IN"
                        " ('lot_correction', 'restickering')") == 0  # fmt: skip
    assert either.value("SELECT count(*) FROM lot WHERE item_id = 1") == 2


def test_an_item_without_batches_gets_none(either: Book) -> None:
    shown = either.read(LOTS.show, "SALT")
    item = {"keep_batch": False}
    register = register_of("item")
    version = either.read(register.show, "SALT").version
    either.write(register.change, "SALT", item, version)
    found = refused(lambda: mend(either, "SALT", batch="A"))
    assert (found.reason, found.facts["field"]) == (Reason.BAD_ENTRY, "batch")
    assert shown.record.batch == ""
    mend(either, "SALT", mrp=rupees("26"))
    proved(either)


def test_an_expired_batch_lives_longer_only_by_the_owner(either: Book) -> None:
    either.clock.now += timedelta(days=100)
    keeper = Actor(1, "asha", "", frozenset({Power.LOOK, Power.MOVE_STOCK}))
    problem = refused(lambda: mend(either, S1, expiry=date(2028, 1, 31), actor=keeper))
    assert (problem.reason, problem.facts["power"]) == (Reason.NOT_ALLOWED, "approve_stock")
    assert refused(lambda: mend(either, S1, expiry=None, actor=keeper)).reason is Reason.NOT_ALLOWED
    mend(either, S1, expiry=date(2026, 12, 31), actor=keeper)
    mend(either, S1, expiry=date(2028, 1, 31))
    proved(either)


def test_a_blocked_batch_does_not_come_free_by_it(either: Book) -> None:
    version = either.read(LOTS.show, S1).version
    either.write(LOTS.change, S1, {"blocked": True, "blocked_why": "leaks"}, version)
    join: dict[str, Any] = {"batch": "S2", "expiry": date(2027, 6, 30)}
    assert refused(lambda: mend(either, S1, **join)).reason is Reason.BLOCKED_BATCH
    sticker(either, S1, 10, "41")
    fresh = either.read(LOTS.show, joined("SOAP", "S1", "41.00", "2027-01-31"))
    assert (fresh.record.blocked, fresh.record.blocked_why) == (True, "leaks")
    mend(either, joined("SOAP", "S1", "40.00", "2027-01-31"), batch="Q")
    assert either.read(LOTS.show, "SOAP > Q").record.blocked


def test_no_tax_stands_on_such_a_paper_so_a_rate_may_begin_the_same_day(either: Book) -> None:
    mend(either, S1, batch="Q")
    classes = register_of("tax-class")
    version = either.read(classes.show, "GST 18").version
    rates = (DatedRate(Decimal(18)), DatedRate(Decimal(5), TODAY))
    assert either.write(classes.change, "GST 18", {"rates": rates}, version)


def test_the_history_beside_the_lot_tells_it(either: Book) -> None:
    version = either.read(LOTS.show, S1).version
    either.write(LOTS.change, S1, {"ptr": Rate(Money(2900))}, version)
    done = mend(either, S1, batch="Q", why="smudged")
    sticker(either, "SOAP > Q", 7, "41")
    told = either.read(history, "lot", joined("SOAP", "Q", "40.00", "2027-01-31"))
    assert [event.action for event in told] == [
        "restickering RS/26-27/00001", f"lot_correction {done.number}", "change lot",
    ]  # fmt: skip
    assert dict(told[1].fields) == {"batch": ("S1", "Q")}
    assert told[1].why == "smudged"
    assert dict(told[0].fields) == {
        "qty": (None, 7),
        "lot": ("SOAP > Q > 40.00 > 2027-01-31", "SOAP > Q > 41.00 > 2027-01-31"),
    }
    cancelled = mend(either, S2, batch="R")
    by = cancel(either, cancelled.id)
    told = either.read(history, "lot", S2)
    assert [event.action.split()[0] for event in told] == ["cancellation", "lot_correction"]
    assert told[0].action.endswith(by.number)
    assert dict(told[0].fields) == {"batch": ("R", "S2")}
