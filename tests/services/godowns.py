"""What the tests of the godown's own papers share: a second godown, and the words of its deeds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from dms_desktop.domain.documents import Head, Opening, OpeningLot
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.money import Money, rupees
from dms_desktop.domain.powers import Actor, Power, needs
from dms_desktop.domain.refusals import Problem, Refused
from dms_desktop.domain.tax import Gst
from dms_desktop.services import cancelling, posting
from dms_desktop.services.posting import Posted
from dms_desktop.services.registers.every import register_of
from dms_desktop.services.stock_rows import Piece
from dms_desktop.services.transfers import Sending, Taking, receive, send
from dms_desktop.services.verifying import verify
from dms_desktop.store.session import Tx
from tests.books import TODAY, Book

KEEPER = Actor(1, "owner", "", frozenset({Power.LOOK, Power.MOVE_STOCK}))


def second_godown(book: Book, code: str = "COLD", kind: str = "godown") -> None:
    book.write(register_of("godown").add, {"code": code, "name": code.title(), "kind": kind})


def sent(book: Book, *pieces: Piece, to: str = "COLD", **more: Any) -> Posted:
    who = {"actor": more.pop("actor")} if "actor" in more else {}
    asked = Sending(more.pop("id", None) or uuid4(), to, pieces, **more)
    done: Posted = book.write(send, asked, **who)
    return done


def took(book: Book, of: Posted, **more: Any) -> Posted:
    who = {"actor": more.pop("actor")} if "actor" in more else {}
    done: Posted = book.write(
        receive, Taking(more.pop("id", None) or uuid4(), of.id, **more), **who
    )
    return done


def refused(done: Callable[[], Any]) -> Problem:
    with pytest.raises(Refused) as caught:
        done()
    (problem,) = caught.value.problems
    return problem


def lying(book: Book, code: str) -> dict[tuple[str, str, str], int]:
    """Place, batch and bucket -> pieces, where any lie."""
    return {
        (place, batch, bucket): qty
        for place, batch, bucket, qty in book.rows(
            "SELECT place.code, batch, bucket, qty FROM stock JOIN lot ON lot.id = lot_id"
            " JOIN place ON place.id = place_id WHERE lot.item_id = :item AND qty > 0",
            item=book.items[code],
        )
    }


def ledger(book: Book, posted: UUID) -> dict[str, int]:
    """Account -> paise of one document."""
    return dict(
        book.rows(
            "SELECT account.code, paise FROM ledger_entry JOIN account ON account.id = account_id"
            " JOIN document ON document.id = document_id WHERE uid = :uid",
            uid=posted.bytes,
        )
    )


def lot_cost(book: Book, batch: str) -> tuple[int, ...]:
    """Pieces, paise, pieces with input tax, CGST, SGST of a batch."""
    (row,) = book.rows(
        "SELECT qty, paise, received, input_cgst, input_sgst FROM lot_cost"
        " JOIN lot ON lot.id = lot_id WHERE batch = :batch",
        batch=batch,
    )
    return tuple(row)


def proved(book: Book) -> None:
    report = book.read(verify)
    assert report.findings == (), report.findings


def cancel(book: Book, uid: UUID) -> Posted:
    done: Posted = book.write(cancelling.cancel, uid, by=uuid4(), why="was wrong")
    return done


def taxed(book: Book, batch: str = "X7", pieces: int = 30, **more: Any) -> None:
    """A batch of soap that came with its input tax: 100.01 for 30 pieces, 9.00 a head."""
    book.write(_receive, batch, pieces, **more)


@needs(Power.OPENING)
def _receive(
    tx: Tx, batch: str, pieces: int, expiry: str = "2027-03-31", bucket: Bucket = Bucket.SALEABLE
) -> None:
    from datetime import date

    tx.run(
        "INSERT INTO lot (item_id, batch, mrp, expiry, ptr) VALUES (1, :b, 4000, :e, 3000)",
        b=batch, e=expiry,
    )  # fmt: skip
    lot = tx.value("SELECT id FROM lot WHERE batch = :b", b=batch)
    line = OpeningLot(
        1, lot, "SOAP", "Toilet soap 100 g", "34011190", "PCS", batch, date.fromisoformat(expiry),
        Money(4000), pieces, rupees("100.01"), Gst(rupees("9"), rupees("9")), bucket,
    )  # fmt: skip
    posting.post(tx, Opening(Head(uuid4(), TODAY, 1), (line,)))
