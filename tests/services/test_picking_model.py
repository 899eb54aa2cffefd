"""Lists of bills and orders worked in any order: every piece is on the shelf or at a shop."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.picking import ListState
from dms_desktop.domain.refusals import Refused
from dms_desktop.services import cancelling, picking, picking_close, picking_deeds, picking_rows
from dms_desktop.services.bulk import Rest
from dms_desktop.services.credit_notes import NotDelivered, not_delivered
from dms_desktop.services.picking_deeds import Tick
from dms_desktop.services.picking_swaps import Swapping, swap_batch
from dms_desktop.services.verifying import verify
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from tests.books import TODAY, Book, Clock
from tests.services.verify_book import save

SOAK = bool(os.environ.get("DMS_SOAK"))
PARTIES = ("SHARMA", "PATEL", "LAXMI")
AT_SHOPS = (
    "SELECT coalesce(sum(CASE WHEN from_place IS NULL THEN -qty ELSE qty END), 0) FROM stock_move"
    " JOIN document ON document.id = document_id WHERE document.kind <> 'opening'"
    " AND (from_place IS NULL) <> (to_place IS NULL) AND item_id = :item"
)
BILLED = (
    "SELECT coalesce(sum(goods_line.qty + free_qty - coalesce(returned_qty + returned_free, 0)), 0)"
    " FROM goods_line JOIN document ON document.id = document_id"
    " LEFT JOIN line_credit ON line_id = goods_line.id WHERE kind = 'bill' AND item_id = :item"
    " AND NOT EXISTS (SELECT 1 FROM document_event WHERE document_id = document.id"
    " AND event = 'cancelled')"
)
# Batches that expire before one that a list of orders took, and of which more lies than lists take.
EARLIER_FREE = """
SELECT other.batch, taken.batch FROM pick
JOIN document ON document.id = pick.document_id JOIN party ON party.id = document.party_id
JOIN lot taken ON taken.id = pick.lot_id
JOIN lot other ON other.item_id = taken.item_id AND other.expiry < taken.expiry
WHERE list_id = (SELECT id FROM pick_list WHERE uid = :list) AND party.min_life_days = 0
    AND (SELECT qty FROM stock WHERE lot_id = other.id) > (SELECT coalesce(sum(picks.qty), 0)
    FROM pick picks JOIN pick_list lists ON lists.id = picks.list_id AND lists.kind = 'order'
    JOIN pick_source ON pick_source.list_id = picks.list_id
        AND pick_source.document_id = picks.document_id AND pick_source.state = 'open'
    WHERE coalesce(picks.now_lot, picks.lot_id) = other.id)"""
Deed = tuple[str, int, int, int]
BEGUN: tuple[Deed, ...] = (
    ("bill", 0, 104, 0), ("order", 0, 60, 1), ("bill", 0, 9, 1), ("order", 0, 90, 2),
    ("list", 6, 1, 0), ("list", 7, 1, 0),
)  # fmt: skip
deeds = st.lists(
    st.tuples(
        st.sampled_from(
            ["bill", "order", "list", "list", "tick", "short", "swap", "undo", "close", "close",
             "let go", "return", "cancel", "sell"]
        ),
        st.integers(0, 9), st.integers(1, 120), st.integers(0, 2),
    ),
    min_size=8,
    max_size=25,
)  # fmt: skip


def do(book: Book, deed: Deed, papers: dict[Kind, list[UUID]], lists: list[UUID]) -> None:
    what, pick, pieces, party = deed
    if what in ("bill", "order"):
        draft = book.drafted({"SOAP": pieces, "TEA": 1 + pieces // 9}, PARTIES[party])
        kind = Kind.BILL if what == "bill" else Kind.ORDER
        papers[kind].append(save(book, replace(draft, kind=kind)).id)
    elif what == "sell":
        save(book, book.drafted({"SOAP": pieces}, "SHARMA"))
    elif what == "list":
        kind = (Kind.BILL, Kind.ORDER)[pick % 2]
        waiting = book.read(picking.unpicked, kind, TODAY)
        wanted = picking.Wanted(uuid4(), tuple(one.id for one in waiting[: 1 + pick // 3]))
        lists.append(book.write(picking.make, wanted))
        if kind is Kind.ORDER:
            fefo(book, lists[-1])
    elif what in ("return", "cancel") and papers[Kind.BILL]:
        uid = papers[Kind.BILL][pick % len(papers[Kind.BILL])]
        if what == "cancel":
            book.write(cancelling.cancel, uid, by=uuid4(), why="no")
        else:
            book.write(not_delivered, NotDelivered(uuid4(), uid, "shut", {0: (pieces % 30, 0)}))
    elif lists:
        at_work(book, what, lists[pick % len(lists)], pick, pieces)


def fefo(book: Book, uid: UUID) -> None:
    """No later batch is taken while an earlier one is free."""
    assert book.rows(EARLIER_FREE, list=uid.bytes) == []


def at_work(book: Book, what: str, uid: UUID, pick: int, pieces: int) -> None:
    found = book.read(picking_rows.shown, uid)
    row = found.rows[pick % len(found.rows)]
    if what == "tick":
        book.write(picking_deeds.tick, Tick(uid, row.id, None if pieces % 2 else pieces))
    elif what == "short":
        book.write(picking_deeds.short, uid, row.id, pieces % (row.qty + 1), "not there")
    elif what == "swap":
        batch = {"S1": "S2", "S2": "S1", "T1": "T2", "T2": "T1"}[row.batch]
        some = None if pieces % 2 else pieces
        book.write(swap_batch, Swapping(uuid4(), uid, row.id, batch, "torn", some))
    elif what == "undo":
        book.write(picking_deeds.undo, uid, row.id)
    elif what == "let go":
        book.write(picking_close.let_go, uid)
    elif what == "close":
        for each in found.rows:
            if each.left:
                book.write(picking_deeds.tick, Tick(uid, each.id))
        while book.write(picking_close.settle_next, uid, list(Rest)[pick % 2]):
            pass
        assert book.read(picking_rows.shown, uid).head.state is ListState.DONE


def test_no_piece_is_lost_whatever_the_pickers_do(once: Book, tmp_path: Path) -> None:
    @settings(max_examples=200 if SOAK else 12, deadline=None)
    @given(deeds)
    def worked(told: list[Deed]) -> None:
        path = tmp_path / f"{uuid4()}.db"
        shutil.copyfile(once.books, path)
        database = Database(driver_for(path), clock=Clock())
        book = Book(database, once.owner, Clock(), path, dict(once.items), dict(once.parties))
        try:
            papers: dict[Kind, list[UUID]] = {Kind.BILL: [], Kind.ORDER: []}
            lists: list[UUID] = []
            for deed in (*BEGUN, *told):
                try:
                    do(book, deed, papers, lists)
                except Refused:
                    continue
            for code in ("SOAP", "TEA"):
                out = book.value(AT_SHOPS, item=book.items[code])
                assert out == book.value(BILLED, item=book.items[code])
                opened = {"SOAP": 600, "TEA": 300}[code]
                assert out + sum(book.stock(code).values()) == opened
            assert book.read(verify).findings == ()
        finally:
            database.close()
            path.unlink()

    worked()
