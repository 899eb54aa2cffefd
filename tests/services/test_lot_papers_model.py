"""Corrections, re-stickerings, bills and cancellations in any order: no piece or paisa is lost."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from dms_desktop.domain.money import Money
from dms_desktop.domain.refusals import Refused
from dms_desktop.services import cancelling
from dms_desktop.services.lot_papers import Correction, Stickers, correct, resticker
from dms_desktop.services.registers.lots import LOTS
from dms_desktop.services.verifying import verify
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from tests.books import Book, Clock
from tests.services.test_lot_papers import receive

SOAK = bool(os.environ.get("DMS_SOAK"))
SUMS = (
    "SELECT sum(qty), sum(paise), sum(received), sum(input_cgst), sum(input_sgst) FROM lot_cost"
    " JOIN lot ON lot.id = lot_id WHERE item_id = :item"
)
Deed = tuple[str, int, int, int]
deeds = st.lists(
    st.tuples(
        st.sampled_from(["right", "join", "stickers", "stickers", "bill", "cancel"]),
        st.integers(0, 9), st.integers(1, 90), st.sampled_from([4000, 4100, 4250]),
    ),
    min_size=3,
    max_size=12,
)  # fmt: skip


def do(book: Book, deed: Deed, posted: list[UUID]) -> bool:
    """Whether it may have changed how many pieces there are."""
    what, pick, pieces, mrp = deed
    codes = [match.code for match in book.read(LOTS.find, "SOAP")]
    lot = codes[pick % len(codes)]
    if what == "bill":
        posted.append(book.bill(SOAP=pieces).id)
        return True
    if what == "cancel":
        if posted:
            uid = posted[pick % len(posted)]
            book.write(cancelling.cancel, uid, by=uuid4(), why="no")
        return True
    if what == "stickers":
        asked = Stickers(uuid4(), lot, str(pieces), Money(mrp), "MRP raised")
        posted.append(book.write(resticker, asked).id)
        return False
    other = book.read(LOTS.show, codes[pieces % len(codes)]).record
    join = {"batch": other.batch, "expiry": other.expiry, "mrp": other.mrp}
    right = join if what == "join" else {"batch": f"N{pieces}", "mrp": Money(mrp)}
    posted.append(book.write(correct, Correction(uuid4(), lot, right, "mistyped")).id)
    return False


@settings(max_examples=200 if SOAK else 12)
@given(deeds=deeds)
def test_nothing_is_lost(once: Book, deeds: list[Deed]) -> None:
    path = Path(str(once.books)).with_name(f"{uuid4()}.db")
    shutil.copyfile(once.books, path)
    database = Database(driver_for(path), clock=Clock())
    book = Book(database, once.owner, Clock(), path, dict(once.items), dict(once.parties))
    try:
        book.write(receive, "SOAP > S1", 50, "1000.01", "9.07")
        posted: list[UUID] = []
        for deed in deeds:
            before = book.rows(SUMS, item=book.items["SOAP"])
            try:
                changes = do(book, deed, posted)
            except Refused:
                changes = False
            if not changes:
                assert book.rows(SUMS, item=book.items["SOAP"]) == before, deed
        assert book.read(verify).findings == ()
    finally:
        database.close()
        path.unlink()
