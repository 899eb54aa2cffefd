"""Goods come in by the brand's invoice: every rupee of it finds its account, each piece its lot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money, Rate, rupees
from dms_desktop.domain.purchase_draft import PrintedTax, PurchaseAsk
from dms_desktop.domain.purchase_facts import Charge, Credit
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.domain.tax import Gst, TaxRate
from dms_desktop.services import cancelling, purchase_list, purchase_orders, purchase_register
from dms_desktop.services.purchases import judge
from tests.books import TODAY, Book
from tests.services.buying import ask, draft, legs, post, proved, supplier


def refused(done: Any) -> list[Reason]:
    with pytest.raises(Refused) as caught:
        done()
    return [problem.reason for problem in caught.value.problems]


def warned(book: Book, made: Any) -> list[Problem]:
    return list(book.read(judge, made).warnings)


def lot(book: Book, item: str, batch: str) -> tuple[Any, ...]:
    """Pieces, paise, pieces with input tax, CGST."""
    (row,) = book.rows(
        "SELECT qty, paise, received, input_cgst FROM lot JOIN lot_cost ON lot_id = lot.id"
        " WHERE item_id = :item AND batch = :batch",
        item=book.items[item],
        batch=batch,
    )
    return row


def cancel(book: Book, uid: Any) -> None:
    book.write(cancelling.cancel, uid, by=uuid4(), why="typed wrongly")


def test_one_line_makes_its_lot_its_credit_and_the_supplier_s_due(either: Book) -> None:
    """100 at 20.00 and 18 %: 2,000 of stock, 180 and 180 of credit, 2,360 owed."""
    supplier(either)
    saved = post(either, draft(either, ask(either, "SOAP", 100), total="2360"))
    assert saved.posted.number == "GR/26-27/00001"
    assert legs(either, saved.posted.id) == {
        "creditors": "-2360.00", "input_cgst": "180.00", "input_sgst": "180.00",
        "stock": "2000.00",
    }  # fmt: skip
    assert either.stock("SOAP")["N1"] == 100
    assert lot(either, "SOAP", "N1") == (100, 200000, 100, 18000)
    assert either.rows(
        "SELECT open_item.due_day, paise, open_paise FROM open_item JOIN document ON document.id ="
        " document_id WHERE kind = 'goods_receipt'"
    ) == [("2026-12-19", -236000, -236000)]
    proved(either)


def test_short_is_claimed_damaged_lies_aside_and_excess_is_held(either: Book) -> None:
    """100 and 10 free billed at 22.00: 100 came, 4 of them broken, and 5 of another batch more."""
    supplier(either)
    line = ask(either, "SOAP", 100, "22.00", free=10, received=100, damaged=4)
    more = ask(either, "TEA", 0, mrp=rupees("120"), excess=5, batch="X")
    saved = post(either, draft(either, line, more, total="2596"))
    assert legs(either, saved.posted.id) == {
        "claims_receivable": "236.00",  # a tenth less: 10 of 110, with their tax
        "creditors": "-2596.00", "input_cgst": "180.00", "input_sgst": "180.00",
        "stock": "2000.00",
    }  # fmt: skip
    assert lot(either, "SOAP", "N1") == (100, 200000, 100, 18000)
    assert dict(
        either.rows("SELECT bucket, qty FROM stock JOIN lot ON lot.id = lot_id WHERE batch = 'N1'")
    ) == {"saleable": 96, "non_saleable": 4}
    (held,) = either.read(purchase_list.excess_held)
    assert (held.item, held.batch, held.left) == ("Leaf tea 250 g", "X", 5)
    proved(either)
    either.write(purchase_register.release, held.line, 2, "sent_back", "challan 4")
    assert either.read(purchase_list.excess_held)[0].left == 3
    assert refused(
        lambda: either.write(purchase_register.release, held.line, 4, "billed")
    ) == [Reason.NOT_HELD]  # fmt: skip
    assert refused(lambda: cancel(either, saved.posted.id)) == [Reason.HANGS_ON_IT]
    proved(either)


def test_the_tax_is_booked_as_printed_within_a_rupee_and_named_beyond(copied: Book) -> None:
    supplier(copied)
    lines = (ask(copied, "SOAP", 7, "13.37"), ask(copied, "OIL", 3, "51.19", batch="O9"))
    heads = Gst(rupees("22.50"), rupees("22.50"))
    made = draft(copied, *lines, printed=(PrintedTax(Decimal(18), heads),))
    saved = post(copied, made)
    said = legs(copied, saved.posted.id)
    assert (said["input_cgst"], said["input_sgst"]) == ("22.50", "22.50")
    proved(copied)
    far = replace(made, id=uuid4(), number="other", printed=(PrintedTax(Decimal(18), Gst()),))
    with pytest.raises(Refused) as caught:
        post(copied, far)
    (problem, *_) = caught.value.problems
    assert problem.reason is Reason.TAX_DIFFERS
    assert (problem.facts["rate"], str(problem.facts["difference"])) == ("18", "44.48")
    wrong_head = PrintedTax(Decimal(18), Gst(igst=rupees("44.48")))
    told = refused(lambda: post(copied, replace(far, printed=(wrong_head,))))
    assert told[0] is Reason.TAX_DIFFERS


def test_freight_tcs_and_round_off_make_the_invoice_s_total_to_the_paisa(copied: Book) -> None:
    supplier(copied)
    made = draft(
        copied,
        ask(copied, "SOAP", 10, "20.03"),
        total="256.00",
        charges=(Charge("freight", rupees("15"), TaxRate(Decimal(18))),),
        tcs=rupees("1.90"),
        round_off=rupees("0.05"),
    )
    assert refused(lambda: post(copied, made)) == [Reason.INVOICE_DIFFERS]
    saved = post(copied, replace(made, total=rupees("256.00"), round_off=rupees("0.04")))
    assert legs(copied, saved.posted.id) == {
        "creditors": "-256.00", "freight_in": "15.00", "input_cgst": "19.38",
        "input_sgst": "19.38", "round_off": "0.04", "stock": "200.30", "tcs_receivable": "1.90",
    }  # fmt: skip
    proved(copied)


@pytest.mark.parametrize(
    ("credit", "expected"),
    [
        (Credit.BLOCKED, {"creditors": "-2360.00", "stock": "2360.00"}),
        (Credit.REVERSE, {"creditors": "-2000.00", "stock": "2000.00", "input_cgst": "180.00",
                          "input_sgst": "180.00", "reverse_cgst": "-180.00",
                          "reverse_sgst": "-180.00"}),
    ],
)  # fmt: skip
def test_tax_without_credit_is_cost_and_under_reverse_charge_is_owed_to_the_state(
    copied: Book, credit: Credit, expected: dict[str, str]
) -> None:
    supplier(copied)
    saved = post(copied, draft(copied, ask(copied, "SOAP", 100), credit=credit))
    assert legs(copied, saved.posted.id) == expected
    proved(copied)


def test_who_is_not_registered_charges_no_tax(copied: Book) -> None:
    supplier(copied, gstin="", kind="unregistered")
    saved = post(copied, draft(copied, ask(copied, "SOAP", 100)))
    assert legs(copied, saved.posted.id) == {"creditors": "-2000.00", "stock": "2000.00"}
    printed = (PrintedTax(Decimal(18), Gst(rupees("0.5"), rupees("0.5"))),)
    told = refused(lambda: post(copied, draft(copied, ask(copied, "SOAP", 100), printed=printed)))
    assert Reason.TAX_NOT_CHARGED in told


def test_across_the_border_it_is_igst(copied: Book) -> None:
    supplier(copied, state="24", gstin="24AAACC1206D1ZM")
    saved = post(copied, draft(copied, ask(copied, "SOAP", 100)))
    assert legs(copied, saved.posted.id)["input_igst"] == "360.00"
    proved(copied)


def test_an_invoice_is_booked_once_a_year_however_its_number_is_typed(either: Book) -> None:
    supplier(either)
    first = draft(either, ask(either, "SOAP", 1), number="INV 7/a")
    saved = post(either, first)
    again = replace(first, id=uuid4(), number=" inv  7/A ")
    assert refused(lambda: post(either, again)) == [Reason.INVOICE_KNOWN]
    assert post(either, first).posted.number == saved.posted.number
    last_year = replace(again, id=uuid4(), invoice_day=date(2026, 3, 30))
    post(either, last_year)
    cancel(either, saved.posted.id)
    post(either, replace(again, id=uuid4()))
    proved(either)


def test_what_is_wrong_with_a_lot_is_asked_before_it_comes(copied: Book) -> None:
    supplier(copied)
    other_mrp = ask(copied, "SOAP", 1, batch="S1", expiry=date(2027, 1, 31), mrp=rupees("42"))
    assert refused(lambda: post(copied, draft(copied, other_mrp))) == [Reason.BATCH_OTHER_MRP]
    other_day = replace(other_mrp, mrp=rupees("40"), expiry=date(2027, 2, 28))
    assert refused(lambda: post(copied, draft(copied, other_day))) == [Reason.BATCH_OTHER_EXPIRY]
    post(copied, draft(copied, replace(other_mrp, second_lot=True)))
    early = ask(copied, "SOAP", 1, packed=date(2027, 1, 1), expiry=date(2026, 12, 31))
    assert refused(lambda: post(copied, draft(copied, early))) == [Reason.EXPIRY_BEFORE_PACKED]
    past = ask(copied, "SOAP", 1, expiry=date(2026, 11, 20), batch="OLD")
    assert refused(lambda: post(copied, draft(copied, past))) == [Reason.CAME_EXPIRED]
    post(copied, draft(copied, replace(past, as_expired=True)))
    assert copied.value("SELECT bucket FROM stock JOIN lot ON lot.id = lot_id"
                        " WHERE batch = 'OLD'") == "expired"  # fmt: skip
    proved(copied)


def test_the_last_receipt_stands_beside_the_new_one(copied: Book) -> None:
    supplier(copied)
    first = post(copied, draft(copied, ask(copied, "SOAP", 10), number="A1"))
    assert first.warnings == ()
    dearer = ask(copied, "SOAP", 10, "38.00", batch="N2", mrp=rupees("42"))
    said = warned(copied, draft(copied, dearer))
    assert [each.reason for each in said] == [
        Reason.MRP_CHANGED, Reason.RATE_CHANGED, Reason.COST_ABOVE_MRP,
    ]  # fmt: skip
    assert (str(said[0].facts["was"]), str(said[1].facts["was"])) == ("40.00", "20.00")
    near = ask(copied, "SOAP", 10, batch="N3", expiry=date(2026, 12, 15))
    assert [each.reason for each in warned(copied, draft(copied, near))] == [Reason.NEAR_EXPIRY]
    last = copied.read(purchase_list.last_bought, [copied.items["SOAP"]])
    assert last[copied.items["SOAP"]].number == "A1"


def test_discounts_fall_on_what_the_one_before_left(copied: Book) -> None:
    """1,000 less 10 %, less 5 %, less 5.00, less 1 %: 841.50."""
    supplier(copied)
    line = ask(copied, "SOAP", 10, "100.00", mrp=rupees("200"),
               discounts=(Decimal(10), Decimal(5), rupees("5"), Decimal(1)))  # fmt: skip
    saved = post(copied, draft(copied, line))
    assert legs(copied, saved.posted.id)["stock"] == "841.50"
    proved(copied)


@pytest.mark.parametrize("sold", [0, 20, 60])
def test_goods_before_their_invoice_sell_at_once_and_the_difference_finds_them(
    either: Book, sold: int
) -> None:
    """60 came at 18.00, some are sold; the invoice says 21.00: 3.00 more each, where each is."""
    supplier(either)
    came = draft(
        either, replace(ask(either, "OIL", 60, "18.00", batch="P"), mrp=rupees("99")),
        kind=Kind.PROVISIONAL_RECEIPT, number="", invoice_day=None,
    )  # fmt: skip
    before = post(either, came)
    assert legs(either, before.posted.id) == {"received_not_billed": "-1080.00", "stock": "1080.00"}
    if sold:
        either.bill(OIL=sold)  # a new lot goes at the PTR of its MRP
    invoice = draft(
        either, replace(ask(either, "OIL", 60, "21.00", batch="P"), mrp=rupees("99")),
        provisional=came.id,
    )  # fmt: skip
    saved = post(either, invoice)
    said = legs(either, saved.posted.id)
    assert said["received_not_billed"] == "1080.00"
    assert said.get("stock", "0.00") == str(Money(300 * (60 - sold)))
    assert said.get("cost_of_goods", "0.00") == str(Money(300 * sold))
    assert (said["input_cgst"], said["creditors"]) == ("113.40", "-1486.80")
    assert refused(lambda: cancel(either, before.posted.id)) == [Reason.HANGS_ON_IT]
    proved(either)
    again = replace(invoice, id=uuid4(), number="second")
    broken = replace(again, provisional=came.id, asks=(replace(invoice.asks[0], damaged=1),))
    assert refused(lambda: post(either, again)) == [Reason.NOT_WAITING]
    cancel(either, saved.posted.id)
    proved(either)
    assert refused(lambda: post(either, broken)) == [Reason.DAMAGED_TOO_MANY]
    post(either, again)
    proved(either)


def test_an_invoice_before_its_truck_has_no_credit_until_the_goods_are_there(
    either: Book,
) -> None:
    supplier(either)
    line = ask(either, "SOAP", 100, free=10)
    freight = (Charge("freight", rupees("50"), TaxRate(Decimal(18))),)
    way = draft(either, line, kind=Kind.GOODS_IN_TRANSIT, charges=freight, number="T9")
    before = post(either, way)
    assert legs(either, before.posted.id) == {
        "creditors": "-2419.00", "goods_in_transit": "2050.00", "input_later": "369.00",
    }  # fmt: skip
    assert "N1" not in either.stock("SOAP")
    proved(either)
    short = replace(line, received=99)
    receipt = draft(either, short, transit=way.id, number="", invoice_day=None, total="1")
    wrong = replace(receipt, asks=(replace(short, qty=101, received=100),))
    assert Reason.INVOICE_DIFFERS in refused(lambda: post(either, wrong))
    saved = post(either, receipt)
    assert legs(either, saved.posted.id) == {
        "claims_receivable": "236.00", "freight_in": "50.00", "goods_in_transit": "-2050.00",
        "input_cgst": "166.50", "input_later": "-369.00", "input_sgst": "166.50",
        "stock": "1800.00",
    }  # fmt: skip
    assert either.value("SELECT supplied FROM party_balance") == -241900
    again = replace(receipt, id=uuid4())
    assert refused(lambda: post(either, again)) == [Reason.ALREADY_RECEIVED]
    assert refused(lambda: cancel(either, before.posted.id)) == [Reason.HANGS_ON_IT]
    proved(either)
    cancel(either, saved.posted.id)
    whole = replace(again, id=uuid4(), asks=())
    with pytest.raises(Refused):
        post(either, replace(whole, transit=uuid4()))
    post(either, whole)
    cancel_all = either.stock("SOAP")["N1"]
    assert cancel_all == 110
    proved(either)


def test_an_order_waits_for_what_has_not_come_and_more_than_ordered_is_told(
    either: Book,
) -> None:
    supplier(either)
    ordered = draft(
        either, ask(either, "SOAP", 100), ask(either, "TEA", 50, "80.00"),
        kind=Kind.PURCHASE_ORDER, number="", invoice_day=None,
    )  # fmt: skip
    assert refused(
        lambda: post(either, replace(ordered, asks=(replace(ordered.asks[0], rate=None),)))
    ) == [Reason.MISSING]
    number = post(either, ordered).posted.number
    assert number == "PO/26-27/00001"
    made = draft(either, ask(either, "SOAP", 60))
    bound = either.read(purchase_orders.against, made, ordered.id)
    first = post(either, bound)
    assert [order.left for order in either.read(purchase_orders.open_orders)] == [90]
    usual = replace(ordered, id=uuid4(), asks=(replace(ordered.asks[0], rate=None),))
    assert either.read(judge, usual).totals.taxable == rupees("2000")  # as it was last bought
    rest = draft(either, ask(either, "SOAP", 70))
    rest = either.read(purchase_orders.against, rest, ordered.id)
    (told,) = [each for each in warned(either, rest) if each.reason is Reason.MORE_THAN_ORDERED]
    assert (told.facts["have"], told.facts["next"]) == (40, 70)
    post(either, rest)
    assert [order.left for order in either.read(purchase_orders.open_orders)] == [50]
    assert refused(lambda: cancel(either, ordered.id)) == [Reason.HANGS_ON_IT]
    cancel(either, first.posted.id)
    assert [order.left for order in either.read(purchase_orders.open_orders)] == [80]
    proved(either)


def test_it_is_cancelled_as_a_mirror_while_nothing_was_sold_of_it(either: Book) -> None:
    supplier(either)
    saved = post(either, draft(either, ask(either, "SOAP", 100, batch="A", damaged=3)))
    cancel(either, saved.posted.id)
    assert either.value("SELECT sum(qty) FROM stock JOIN lot ON lot.id = lot_id"
                        " WHERE batch = 'A'") == 0  # fmt: skip
    assert either.value("SELECT supplied FROM party_balance") == 0
    (row,) = either.read(purchase_list.purchases)
    assert (row.cancelled, row.owed) == (True, Money())
    proved(either)


def test_only_a_supplier_sells_to_us_and_only_whole_lines_are_taken(copied: Book) -> None:
    supplier(copied)
    made = draft(copied, ask(copied, "SOAP", 10))
    assert refused(lambda: post(copied, replace(made, party_id=copied.parties["SHARMA"]))) == [
        Reason.NOT_A_SUPPLIER
    ]
    bad = (
        ask(copied, "SOAP", 10, received=11),
        ask(copied, "SOAP", 10, damaged=11),
        PurchaseAsk(copied.items["SOAP"], "B", qty=10, rate=None),
        ask(copied, "SOAP", 10, batch=""),
        ask(copied, "SOAP", -1),
        replace(ask(copied, "SOAP", 1), rate=Rate(Money(100))),
    )
    assert refused(lambda: post(copied, replace(made, asks=bad))) == [
        Reason.CAME_TOO_MANY, Reason.DAMAGED_TOO_MANY, Reason.MISSING, Reason.MISSING,
        Reason.BAD_QUANTITY,
    ]  # fmt: skip
    dear = replace(made, asks=(ask(copied, "SOAP", 1, discounts=(rupees("20.01"),)),))
    assert Reason.DISCOUNT_TOO_LARGE in refused(lambda: post(copied, dear))
    owed = replace(made, asks=(ask(copied, "SOAP", 1, discounts=(rupees("-1"),)),))
    assert refused(lambda: post(copied, owed)) == [Reason.BAD_FIGURE]
    late = replace(made, invoice_day=date(2026, 11, 22), day=TODAY)
    assert refused(lambda: post(copied, late)) == [Reason.INVOICE_AFTER_GOODS]
