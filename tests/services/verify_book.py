"""A book with every kind of document in it, for whatever proves or breaks books."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

from dms_desktop.domain.documents import Entry, Head, Journal, Opening, OpeningLot
from dms_desktop.domain.draft import Ask, Draft, WalkIn
from dms_desktop.domain.goods_line import Kind, Mode, Payment, Terms
from dms_desktop.domain.incoming import Intake, Line
from dms_desktop.domain.masters import LotRecord
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason
from dms_desktop.domain.tax import Gst
from dms_desktop.services import (
    approvals,
    billing,
    cancelling,
    fulfilment,
    imports,
    journals,
    picking,
    picking_close,
    picking_deeds,
    picking_rows,
    picking_swaps,
    posting,
    printed,
    receipts,
    tray,
)
from dms_desktop.services.credit_notes import NotDelivered, not_delivered
from dms_desktop.services.lot_papers import Correction, Stickers, correct, resticker
from dms_desktop.services.lots import put_lots
from dms_desktop.services.picking import Wanted
from dms_desktop.services.picking_deeds import Tick
from dms_desktop.services.picking_swaps import Swapping
from dms_desktop.services.posting import Posted
from dms_desktop.store.session import Reading, Tx
from tests.books import OWNER_PIN, PEPPER, TODAY, Book, founded
from tests.services.buying import purchases_of_all_sorts
from tests.services.godown_book import godown_papers, past_a_date
from tests.services.roads import trips_of_all_sorts
from tests.services.sending_back import returns_of_all_sorts

EARLIER = date(2026, 11, 18)
# code, GST %, cess %, cess paise a piece, basis, MRP, pieces, their cost
DEAR_GOODS = (
    ("COLA", 28, 12, 0, "value", 4000, 480, 960000),
    ("SODA", 28, 5, 150, "value", 3000, 200, 300000),
    ("PAN", 40, 0, 0, "retail_price", 10000, 300, 1800000),
)


def rich_book(books: Path | str) -> Book:
    """Bills of all sorts, what they came of, and what was cancelled. Close its database."""
    book = founded(books)
    book.write(_dear_goods)
    book.items = dict(book.rows("SELECT code, id FROM item"))
    book.write(_post, Opening(Head(uuid4(), date(2026, 11, 2)), (), _balances()))
    _bills(book)
    _chains(book)
    _cancellations(book)
    _imports(book)
    _lot_papers(book)
    _picking(book)
    purchases_of_all_sorts(book)
    returns_of_all_sorts(book)
    godown_papers(book)
    trips_of_all_sorts(book)
    past_a_date(book)
    return book


@needs(Power.OPENING)
def _post(tx: Tx, document: Opening) -> Posted:
    return posting.post(tx, document)


def _balances() -> tuple[Entry, ...]:
    return (Entry("cash", Money(5000000)), Entry("capital", Money(-4000000)))


@needs(Power.MASTERS)
def _dear_goods(tx: Tx) -> None:
    lots = []
    for code, gst, cess, each, basis, mrp, pieces, cost in DEAR_GOODS:
        tx.run("INSERT INTO tax_class (code, name) VALUES (:c, :c)", c=f"class {code}")
        tx.run(
            "INSERT INTO tax_rate (tax_class_id, gst, cess, cess_paise, basis) SELECT id, :gst,"
            " :cess, :each, :basis FROM tax_class WHERE code = :c",
            gst=gst * 10_000, cess=cess * 10_000, each=each, basis=basis, c=f"class {code}",
        )  # fmt: skip
        item = tx.value(
            "INSERT INTO item (uid, code, code_key, name, principal_id, hsn, tax_class_id, unit,"
            " case_units, mrp) SELECT :u, :code, lower(:code), :code, 1, '24039990', id, 'PCS', 24,"
            " :mrp FROM tax_class WHERE code = :c RETURNING id",
            u=uuid4().bytes, code=code, mrp=mrp, c=f"class {code}",
        )  # fmt: skip
        lot = tx.value(
            "INSERT INTO lot (item_id, batch, mrp, ptr) VALUES (:i, 'X1', :m, :p) RETURNING id",
            i=item, m=mrp, p=mrp * 6 // 10,
        )  # fmt: skip
        tax = Gst(Money(cost // 20), Money(cost // 20))
        lots.append(
            OpeningLot(
                item, lot, code, code, "24039990", "PCS", "X1", None, Money(mrp), pieces,
                Money(cost), tax,
            )
        )  # fmt: skip
    posting.post(tx, Opening(Head(uuid4(), date(2026, 11, 1), 1), tuple(lots)))


def _bills(book: Book) -> None:
    book.bill(SOAP=120, SALT=10, TEA=7)
    book.bill("PATEL", SOAP=7, TEA=3, COLA=30)
    book.bill("LAXMI", SALT=13, PAN=10, SODA=9)
    free = book.draft("LAXMI", TEA=12).plus(Ask(book.items["TEA"], 0, free=2))
    save(book, replace(free, terms=Terms.CASH))
    draft = book.draft()
    soap, tea, cola = (book.items[code] for code in ("SOAP", "TEA", "COLA"))
    asks = (
        Ask(soap, 25, free=3, discounts=(Decimal("3.5"), Decimal(2)), discount=Money(1234)),
        Ask(tea, 11, rate=Rate(Money(107333), 12), discounts=(Decimal("1.25"),)),
        Ask(cola, 24, rate=Rate(Money(3599)), inclusive=True),
    )
    save(
        book,
        replace(
            draft, asks=asks, bill_discount=Money(5000), bill_discount_percent=Decimal(1),
            cash_discount_percent=Decimal("0.5"), order_no="PO 7", note="as agreed",
        ),
    )  # fmt: skip
    net = replace(asks[1], discounts=None, net=True)
    save(book, replace(book.draft(SALT=9).plus(net), bill_discount=Money(700)))
    over = replace(book.draft(SALT=1), allowed=frozenset({Reason.ABOVE_MRP}))
    pin = (OWNER_PIN, PEPPER)
    for why in ("festival", "festival again"):
        book.write(
            approvals.approve, "owner", *pin, draft=over.id, reasons=over.allowed,
            ceiling=Money(10000), why=why,
        )  # fmt: skip
    save(book, over)
    save(book, Draft(uuid4(), TODAY, WalkIn("Ravi", "98-11"), asks=(Ask(soap, 1),)))
    walk_in = WalkIn("Asha", "9811111111", "29")
    save(book, Draft(uuid4(), TODAY, walk_in, asks=(Ask(soap, 2), Ask(tea, 1))))
    save(book, replace(book.draft(SALT=5), reverse_charge=True))
    save(book, replace(book.draft(SOAP=3), reverse_charge=True))
    save(book, replace(book.draft("PATEL", SALT=6), day=EARLIER))


def sent(draft: Draft) -> Draft:
    return replace(draft, kind=Kind.CHALLAN, note="on approval")


def _chains(book: Book) -> None:
    order = save(book, replace(book.draft("SHARMA", SOAP=30, TEA=12), kind=Kind.ORDER))
    first = drawn(book, order)
    save(book, replace(first, asks=(replace(first.asks[0], qty=18), first.asks[1])))
    save(book, replace(book.draft("PATEL", OIL=5), kind=Kind.ESTIMATE))
    kept = save(book, replace(book.draft("SHARMA", SALT=20, SOAP=4), kind=Kind.ORDER, reserve=True))
    book.write(tray.hold, kept.id, "until Monday")
    book.write(tray.drop, save(book, replace(book.draft(OIL=1), kind=Kind.ORDER)).id, "no answer")
    challan = save(book, sent(book.draft("LAXMI", COLA=48, TEA=6)))
    part = drawn(book, challan)
    save(book, replace(part, asks=(replace(part.asks[0], qty=20),)))
    head = Head(uuid4(), TODAY, note="rent for November")
    rent = (Entry("rent", Money(250000)), Entry("cash", Money(-250000)))
    book.write(journals.post_journal, Journal(head, rent))


def _cancellations(book: Book) -> None:
    wrong = book.bill("PATEL", OIL=4, SODA=7, SALT=3)
    book.write(printed.mark, wrong.id, "x.pdf")
    cancel(book, wrong)
    cancel(book, save(book, replace(book.draft("SHARMA", SALT=9), terms=Terms.CASH, day=EARLIER)))
    cancel(book, save(book, sent(book.draft("LAXMI", OIL=3))))
    order = save(book, replace(book.draft("SHARMA", SOAP=8), kind=Kind.ORDER))
    cancel(book, save(book, drawn(book, order)))
    cancel(book, save(book, replace(book.draft("SHARMA", TEA=8), kind=Kind.ORDER)))
    fees = (Entry("bank_charges", Money(11800)), Entry("bank", Money(-11800)))
    cancel(book, book.write(journals.post_journal, Journal(Head(uuid4(), TODAY), fees)))
    paid = save(
        book, replace(book.draft("SHARMA", SOAP=2), payments=(Payment(Mode.UPI, Money(5000)),))
    )
    cancel(book, book.read(_receipt, paid))
    again = book.bill("SHARMA", SOAP=1)
    book.write(printed.mark, again.id, "y.pdf")
    book.write(printed.mark, again.id, "y.pdf")


@needs(Power.LOOK)
def _receipt(reading: Reading, bill: Posted) -> Posted:
    found = receipts.posted_with(reading, bill.id)
    assert found is not None
    return found


def _lot_papers(book: Book) -> None:
    """A batch put right in itself and into another, pieces re-stickered, and all of it undone."""
    book.write(correct, Correction(uuid4(), "OIL > O1", {"batch": "O2"}, "smudged"))
    book.write(resticker, Stickers(uuid4(), "COLA > X1", "1c 7p", Money(4500), "MRP raised"))
    dear = {"mrp": Money(4500)}
    book.write(correct, Correction(uuid4(), "SODA > X1", dear, "mistyped"))
    stray = book.write(resticker, Stickers(uuid4(), "PAN > X1", "11", Money(11000), "by mistake"))
    cancel(book, stray)
    cancel(book, book.write(correct, Correction(uuid4(), "TEA > T2", {"batch": "T3"}, "no")))
    join = {"batch": "S2", "expiry": date(2027, 6, 30)}
    received = LotRecord("SOAP", 30, "S9", Money(4000), cost=Money(2500), expiry=date(2027, 9, 30))
    book.write(put_lots, [received])
    book.write(correct, Correction(uuid4(), "SOAP > S9", join, "was S2 all along"))


def _picking(book: Book) -> None:
    """Lists of bills and of orders: short, swapped, let go, closed, and one that is open still."""
    fresh = LotRecord("SOAP", 50, "S7", Money(4000), cost=Money(2700), expiry=date(2027, 8, 31))
    book.write(put_lots, [fresh])
    ordered = save(book, replace(book.draft("SHARMA", SALT=9, TEA=4), kind=Kind.ORDER))
    bills = [book.bill("PATEL", SOAP=9, SALT=4), book.bill("SHARMA", SOAP=3)]
    for papers in (bills, [ordered]):
        made = Wanted(uuid4(), tuple(each.id for each in papers), "East", "MH 12 AB 1234")
        book.write(picking.make, made)
        if papers is bills:
            rows = book.read(picking_rows.shown, made.id).rows
            soap = next(row for row in rows if row.code == "SOAP")
            swapping = Swapping(uuid4(), made.id, soap.id, "S7", "crushed", 11)
            book.write(picking_swaps.swap_batch, swapping)
        for row in book.read(picking_rows.shown, made.id).rows:
            if row.left and row.code == "SALT":
                book.write(picking_deeds.short, made.id, row.id, row.qty - 2, "not found")
            elif row.left:
                book.write(picking_deeds.tick, Tick(made.id, row.id))
        while book.write(picking_close.settle_next, made.id):
            pass
    book.write(not_delivered, NotDelivered(uuid4(), bills[1].id, "shop closed"))
    book.write(picking_close.packed, made.id)
    for _ in range(2):
        open_still = Wanted(uuid4(), (book.bill(TEA=3).id,))
        book.write(picking.make, open_still)
    book.write(picking_close.let_go, open_still.id)


def _imports(book: Book) -> None:
    """Old bills of another program: some kept, some taken back."""
    columns = {"number": "Bill No"}
    for name, count in (("2025.csv", 3), ("wrong.csv", 2)):
        run = book.write(imports.begin, Intake.BILLS, name, name.encode(), columns)
        lines = [_old_line(row, f"{name}/{row // 2}") for row in range(2, 2 + 2 * count)]
        book.write(imports.step, run, lines, 0, last=True)
    book.write(imports.undo_import, run.id, "read wrongly")


def _old_line(row: int, number: str) -> Line:
    given = {
        "number": number, "day": date(2025, 6, 3), "party": "SHARMA",
        "item": ("TEA", "SALT")[row % 2], "qty": str(row), "rate": Rate(Money(8000)),
        "discount_percent": Decimal(5),
    }  # fmt: skip
    return Line(row, given)


def save(book: Book, draft: Draft) -> Posted:
    saved: billing.Saved = book.write(billing.post_draft, draft)
    return saved.posted


def drawn(book: Book, source: Posted) -> Draft:
    made: Draft = book.read(fulfilment.draft_of, source.id, new=uuid4(), day=TODAY)
    return made


def cancel(book: Book, posted: Posted) -> UUID:
    by = uuid4()
    book.write(cancelling.cancel, posted.id, by=by, why="wrong shop")
    return by
