"""Whatever comes on whatever invoice: its money and its goods are conserved to the last paisa."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.documents import Head, Spot
from dms_desktop.domain.effect import Effect
from dms_desktop.domain.facts import Party, Seller
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money, Rate, rupees, total
from dms_desktop.domain.posting import effect
from dms_desktop.domain.purchase_draft import (
    BoughtItem,
    PrintedTax,
    PurchaseAsk,
    PurchaseDraft,
    PurchaseFacts,
)
from dms_desktop.domain.purchase_facts import Charge, Credit, Invoice, Taken, gst_total
from dms_desktop.domain.purchase_pricing import PricedPurchase, price
from dms_desktop.domain.purchases import GoodsInTransit, GoodsReceipt
from dms_desktop.domain.signed_qr import NotEInvoice, read_qr
from dms_desktop.domain.tax import Gst, GstType, TaxRate
from tests.shared import shared

DAY = date(2026, 11, 21)
RATES = (Decimal(0), Decimal(5), Decimal(18), Decimal(40))
BRAND = Party(4, "BRAND", "Brand Ltd", "27", "27AAACB2894G1ZN", GstType.REGULAR)
PARTIES = (
    BRAND,
    replace(BRAND, state="24", gstin="24AAACC1206D1ZM"),
    replace(BRAND, gstin="", gst_type=GstType.UNREGISTERED),
)
ITEMS = {
    at: BoughtItem(at, f"I{at}", f"Item {at}", mrp=Money(10**7), rate=TaxRate(rate))
    for at, rate in enumerate(RATES, start=1)
}


@st.composite
def asks(draw: st.DrawFn) -> PurchaseAsk:
    qty, free = draw(st.integers(0, 500)), draw(st.integers(0, 40))
    qty = qty or int(not free)
    received = draw(st.integers(0, qty + free))
    return PurchaseAsk(
        draw(st.integers(1, len(RATES))),
        f"B{draw(st.integers(1, 3))}",
        qty=qty,
        free=free,
        received=received,
        damaged=draw(st.integers(0, received)),
        excess=draw(st.integers(0, 3)),
        rate=Rate(Money(draw(st.integers(1, 99_999))), draw(st.sampled_from((1, 12, 100)))),
        inclusive=draw(st.booleans()),
        discounts=tuple(draw(st.lists(st.sampled_from((None, Decimal("2.5"), Decimal(10))),
                                      max_size=4))),
    )  # fmt: skip


@st.composite
def drafts(draw: st.DrawFn) -> tuple[PurchaseDraft, PurchaseFacts]:
    charges = tuple(
        Charge("freight", Money(draw(st.integers(0, 99_999))), TaxRate(rate))
        for rate in draw(st.lists(st.sampled_from(RATES), max_size=2))
    )
    made = PurchaseDraft(
        UUID(int=1), Kind.GOODS_RECEIPT, DAY, BRAND.id, 1,
        tuple(draw(st.lists(asks(), min_size=1, max_size=6))), "INV", DAY, charges=charges,
        tcs=Money(draw(st.integers(0, 500))), round_off=Money(draw(st.integers(-50, 50))),
        total=Money(), credit=draw(st.sampled_from(list(Credit))),
    )  # fmt: skip
    return made, PurchaseFacts(Seller(1, 1, "27"), draw(st.sampled_from(PARTIES)), ITEMS)


def drawn_up(made: PurchaseDraft, facts: PurchaseFacts, **more: object) -> GoodsReceipt:
    """The receipt that a draft with the right total becomes; lots by item and batch."""
    priced = price(replace(made, total=price(made, facts).totals.total), facts)
    assert not priced.problems
    lines = tuple(
        replace(line, lot_id=line.item_id * 10 + int(line.batch[1:])) for line in priced.lines
    )
    head = Head(made.id, DAY, 1, facts.party, due_day=DAY, interstate=priced.interstate)
    invoice = Invoice("INV", DAY, "", priced.charges, made.tcs, priced.credit)
    return GoodsReceipt(head, lines, priced.totals, priced.came, invoice, **more)  # type: ignore[arg-type]


def sums(done: Effect) -> Counter[str]:
    found: Counter[str] = Counter()
    for leg in done.entries:
        found[leg.account] += leg.amount.paise
    return found


def worth(done: Effect) -> int:
    """Paise by which the moves change what the lots cost."""
    return sum(one.cost.paise * (1 if one.start is None else -1) for one in done.moves)


@given(drafts())
def test_stock_claims_credit_and_charges_are_the_invoice(
    known: tuple[PurchaseDraft, PurchaseFacts],
) -> None:
    paper = drawn_up(*known)
    done, said = effect(paper), sums(effect(paper))
    assert worth(done) == said["stock"]
    assert sum(one.qty for one in done.moves) == sum(each.received for each in paper.came)
    credit = [f"input_{head}" for head in ("cgst", "sgst", "igst", "cess")]
    owed = [f"reverse_{head}" for head in ("cgst", "sgst", "igst", "cess")]
    parts = ("stock", "claims_receivable", "freight_in", "tcs_receivable", "round_off")
    assert sum(said[name] for name in (*parts, *credit, *owed)) == paper.totals.total.paise
    assert -said["creditors"] == paper.totals.total.paise
    assert min(said["stock"], said["claims_receivable"], *(said[name] for name in credit)) >= 0
    kept = gst_total(one.input_tax for one in done.moves)
    charged = paper.invoice.charged_tax() if paper.invoice.credit.taken else Gst()
    assert (kept + charged).total.paise == sum(said[name] for name in credit)
    assert paper.whole()


@given(drafts())
def test_what_is_on_disk_says_the_same(known: tuple[PurchaseDraft, PurchaseFacts]) -> None:
    paper = drawn_up(*known)
    took = replace(paper.came[0], took=Taken(1, Money(5), 1, Spot(1), 9, Money(77)))
    for each in (paper, replace(paper, came=(took, *paper.came[1:]), provisional=UUID(int=3))):
        told = json.loads(json.dumps(each.said()))
        assert GoodsReceipt.of(each.head, each.lines, each.totals, told) == each


@given(drafts())
def test_an_invoice_before_its_truck_ends_as_if_both_had_come_together(
    known: tuple[PurchaseDraft, PurchaseFacts],
) -> None:
    together = drawn_up(*known)
    way = GoodsInTransit(together.head, together.lines, together.totals, together.came,
                         together.invoice)  # fmt: skip
    later = replace(together, transit=UUID(int=2))
    both = sums(effect(way))
    both.update(sums(effect(later)))
    assert {name: paise for name, paise in both.items() if paise} == {
        name: paise for name, paise in sums(effect(together)).items() if paise
    }
    assert (way.owed, later.owed) == (-together.totals.total, Money())


@given(drafts(), st.integers(-40, 40), st.integers(-40, 40))
def test_tax_within_a_rupee_of_what_comes_out_is_spread_to_the_paisa(
    known: tuple[PurchaseDraft, PurchaseFacts], more: int, less: int
) -> None:
    made, facts = replace(known[0], credit=Credit.ELIGIBLE), replace(known[1], party=BRAND)
    computed: dict[Decimal, Gst] = {}
    found = price(made, facts)
    parts = [(line.tax_rate.gst, line.tax) for line in found.lines]
    for rate, tax in (*parts, *((each.rate.gst, each.tax) for each in found.charges)):
        computed[rate] = computed.get(rate, Gst()) + tax
    printed = tuple(
        PrintedTax(rate, Gst(_nudged(tax.cgst, more), _nudged(tax.sgst, less)))
        for rate, tax in computed.items()
    )
    told: PricedPurchase = price(replace(made, printed=printed), facts)
    booked = gst_total([*(line.tax for line in told.lines), *(each.tax for each in told.charges)])
    assert booked == gst_total(each.tax for each in printed)
    assert {each.reason.value for each in told.problems} <= {"invoice_differs"}


def _nudged(amount: Money, paise: int) -> Money:
    return Money(max(0, amount.paise + paise))


def test_pieces_that_came_before_their_invoice_are_told_apart_by_where_they_are() -> None:
    """40 of 60 are left: of 3.00 more each, 120.00 to stock and 60.00 to the cost of sales."""
    ask = PurchaseAsk(1, "B1", qty=60, rate=Rate(rupees("21")))
    made = PurchaseDraft(UUID(int=1), Kind.GOODS_RECEIPT, DAY, 4, 1, (ask,), "INV", DAY,
                         total=Money())  # fmt: skip
    paper = drawn_up(made, PurchaseFacts(Seller(1, 1, "27"), BRAND, ITEMS))
    took = Taken(60, rupees("1080"), 40, Spot(1), 40, rupees("720"))
    paper = replace(paper, came=(replace(paper.came[0], took=took),))
    done = effect(paper)
    assert sums(done) == {
        "stock": 12000, "cost_of_goods": 6000, "received_not_billed": 108000, "creditors": -126000,
    }  # fmt: skip
    assert worth(done) == 12000
    assert [(one.qty, one.received) for one in done.moves] == [(40, -60), (40, 60)]


@pytest.mark.parametrize(
    "scan", ["", "a.b", "a.b.c", "e30.e30.x", "e30.W10.x", "x" * 9000, "a.ÿ.c"]
)
def test_what_is_no_qr_of_an_e_invoice_is_told(scan: str) -> None:
    with pytest.raises(NotEInvoice):
        read_qr(scan)


def test_every_signed_qr_of_the_portal_s_sandbox_is_read_and_its_irn_agrees() -> None:
    text = shared("gst_data/einvoice_fixtures.json").read_text(encoding="utf-8")
    found = [read_qr(scan) for scan in re.findall(r'"SignedQRCode"\s*:\s*"([^"]{50,})"', text)]
    assert found
    assert all(each.irn_agrees and each.total > Money() for each in found)
    assert not any(replace(each, number=each.number + "1").irn_agrees for each in found)


def test_short_pieces_take_the_remainder_so_that_nothing_is_lost() -> None:
    """100.00 over three pieces, one short: 66.67 and 33.33."""
    ask = PurchaseAsk(1, "B1", qty=3, received=2, rate=Rate(rupees("100"), 3))
    made = PurchaseDraft(UUID(int=1), Kind.GOODS_RECEIPT, DAY, 4, 1, (ask,), "INV", DAY,
                         total=Money())  # fmt: skip
    paper = drawn_up(made, PurchaseFacts(Seller(1, 1, "27"), BRAND, ITEMS))
    (line,) = paper.goods
    landed = line.landed(Credit.ELIGIBLE)
    assert (landed.cost, landed.claim) == (rupees("66.67"), rupees("33.33"))
    assert total((landed.cost, landed.claim)) == rupees("100")
