"""What the books know of a purchase before it is posted: supplier, items, lots, last rates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from dms_desktop.domain.facts import Party, Seller
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money, Rate, rupees
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.purchase_draft import (
    BoughtItem,
    KnownLot,
    LastBought,
    PurchaseDraft,
    PurchaseFacts,
)
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.tax import Basis, TaxRate
from dms_desktop.services import catalogue, options, purchase_orders
from dms_desktop.store.session import Reading

_ITEMS = (
    "SELECT id, code, name, hsn, unit, inner_units, case_units, principal_id, mrp, keep_batch,"
    " shelf_months, active, tax_class_id FROM item WHERE id IN :ids"
)
_RATES = (
    "SELECT tax_class_id, from_day, gst, cess, cess_paise, cess_per, basis FROM tax_rate"
    " WHERE tax_class_id IN :classes AND from_day <= :day ORDER BY from_day"
)
_LOTS = "SELECT item_id, id, batch, mrp, expiry, packed FROM lot WHERE item_id IN :ids ORDER BY id"
_OF_BATCHES = _LOTS.replace(" ORDER", " AND batch IN :batches ORDER")
_LAST = (
    "SELECT goods_line.item_id, document.day, external_ref, mrp, goods_line.taxable, qty,"
    " qty + free_qty FROM goods_line JOIN document ON document.id = document_id"
    " WHERE goods_line.id IN (SELECT max(line_id) FROM bought WHERE item_id IN :ids"
    " GROUP BY item_id)"
)
_WORTH = (
    "SELECT item_id, paise, qty FROM lot_cost JOIN lot ON lot.id = lot_id WHERE lot_id IN (SELECT"
    " max(lot_id) FROM lot_cost JOIN lot ON lot.id = lot_id WHERE item_id IN :ids AND qty > 0"
    " GROUP BY item_id)"
)
_PTS = (
    "SELECT item_id, pts, pts_per FROM lot WHERE id IN (SELECT max(id) FROM lot"
    " WHERE item_id IN :ids AND pts IS NOT NULL GROUP BY item_id)"
)


@needs(Power.RECEIVE)
def facts_of(reading: Reading, draft: PurchaseDraft) -> PurchaseFacts:
    """Refuses UNKNOWN_PARTY, NOT_A_SUPPLIER, INACTIVE."""
    us = catalogue.seller(reading)
    chosen = options.values(reading)
    return PurchaseFacts(
        us,
        supplier(reading, draft, us),
        bought_items(
            reading,
            {ask.item_id for ask in draft.asks},
            draft.tax_day,
            {"", *(ask.batch.strip() for ask in draft.asks)},
            worth=draft.kind is Kind.PROVISIONAL_RECEIPT,
        ),
        purchase_orders.left_of(reading, (ask.source_line for ask in draft.asks)),
        int(chosen["near_expiry_days"] or 0),
        rupees(chosen["tax_tolerance"]),
    )


def supplier(reading: Reading, draft: PurchaseDraft, us: Seller) -> Party:
    """As he is on the invoice's day; his GSTIN decides what tax he may charge."""
    party = catalogue.party(reading, draft.party_id, draft.tax_day, us)
    sql = "SELECT supplier FROM party WHERE id = :id"
    if not reading.value(sql, id=party.id):
        raise refuse(Reason.NOT_A_SUPPLIER, party=party.name, code=party.code)
    if not party.active:
        raise refuse(Reason.INACTIVE, item=party.name, code=party.code)
    return party


def bought_items(
    reading: Reading,
    ids: Iterable[int],
    day: date,
    batches: Iterable[str] | None = None,
    *,
    worth: bool = True,
) -> dict[int, BoughtItem]:
    """Items by id, with every lot that is known of them, or those of some batches only; and what a
    piece was last taken in at, where that is wanted."""
    wanted = sorted(ids)
    rows = reading.rows(_ITEMS, ids=wanted)
    rates = _rates(reading, sorted({row[-1] for row in rows}), day)
    lots: defaultdict[int, list[KnownLot]] = defaultdict(list)
    rows_of_lots = (
        reading.rows(_LOTS, ids=wanted)
        if batches is None
        else reading.rows(_OF_BATCHES, ids=wanted, batches=sorted(batches))
    )
    for item, key, batch, mrp, expiry, packed in rows_of_lots:
        lots[item].append(KnownLot(key, batch, Money(mrp), _day(expiry), _day(packed)))
    last = last_bought(reading, wanted)
    worths = _worth(reading, wanted) if worth else {}
    found: dict[int, BoughtItem] = {}
    for key, code, name, hsn, unit, inner, case, owner, mrp, keep, months, active, tax in rows:
        found[key] = BoughtItem(
            key, code, name, hsn, unit, inner, case, owner, Money(mrp), bool(keep), months,
            rates.get(tax), bool(active), tuple(lots.get(key, ())), last.get(key), worths.get(key),
        )  # fmt: skip
    return found


def last_bought(reading: Reading, ids: Sequence[int]) -> dict[int, LastBought]:
    """By item, what the last goods receipt said of it; nothing for one that never came by one."""
    return {
        item: LastBought(date.fromisoformat(day), number, Money(mrp), Rate(Money(paise), qty))
        for item, day, number, mrp, paise, qty, _ in reading.rows(_LAST, ids=list(ids))
    }


def _worth(reading: Reading, ids: Sequence[int]) -> dict[int, Rate]:
    """What a piece was last taken in at: by the last receipt, else by the newest lot that is still
    there, else as its PTS says."""
    pts = reading.rows(_PTS, ids=list(ids))
    lots = reading.rows(_WORTH, ids=list(ids))
    receipts = [(row[0], row[4], row[6]) for row in reading.rows(_LAST, ids=list(ids))]
    return {
        item: Rate(Money(paise), pieces)
        for item, paise, pieces in (*pts, *lots, *receipts)
        if pieces
    }


def _rates(reading: Reading, classes: Sequence[int], day: date) -> dict[int, TaxRate]:
    found: dict[int, TaxRate] = {}
    rows = reading.rows(_RATES, classes=list(classes), day=day.isoformat())
    for tax_class, begun, gst, cess, paise, per, basis in rows:
        specific = Rate(Money(paise), per) if paise else None
        from_day = _day(begun) or date.min
        found[tax_class] = TaxRate(_scaled(gst), _scaled(cess), specific, Basis(basis), from_day)
    return found


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _scaled(value: int) -> Decimal:
    return Decimal(value).scaleb(-4)
