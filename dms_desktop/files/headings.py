"""Which column is which: our own headings, what the trade calls them, and what a user says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dms_desktop.domain.incoming import Intake
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.files.raw import Cell

_TITLE_ROWS = 15  # a report may carry the firm's name and a date above its headings
_WORD = re.compile(r"[^\W_]+")
_SAYS_NOTHING = {"rs", "inr", "in", "of", "the", "percent", "perc", "pct"}


@dataclass(frozen=True, slots=True)
class Columns:
    """Field -> place of its column and heading; `row` is the number of the headings' row."""

    row: int
    places: Mapping[str, int]
    headings: Mapping[str, str]


# Field: what else stands above it, the likelier word first. `|` parts words of one field.
_ITEMS = {
    "code": "item code|sku|sku code|product code|material|material code|article|article no|item no"
    "|part no|stock code|short code|prod code|item id|product id",
    "name": "item name|product name|item description|product description|sku name|description"
    "|material description|stock item|particulars|item|product|prod name",
    "alias": "short name|local name|hindi name|print name",
    "principal": "company|company name|manufacturer|mfr|mfg|supplier|brand owner|principal name",
    "brand": "brand name",
    "category": "group|item group|product group|stock group|segment|sub category|item category",
    "hsn": "hsn code|hsn sac|hsn no|hsn sac code|hsncode",
    "gst_rate": "gst|gst rate|tax|tax rate|igst|igst rate|total gst|gst slab",
    "cess_rate": "cess|cess rate|compensation cess",
    "unit": "uom|uqc|base unit|units|unit name|base uom",
    "inner": "inner qty|inner pack|inner size|pcs per inner|pieces per inner",
    "case": "case size|case qty|pcs per case|pieces per case|case pack|carton|carton size|units per"
    " case|cfc|conversion|case lot|pcs case",
    "barcode": "bar code|ean|ean code|ean13|ean no|gtin|upc",
    "mrp": "m r p|max retail price|maximum retail price|mrp unit|mrp per unit",
    "keep_batch": "batch wise|maintain batch|maintain in batches|has batch",
    "active": "status|is active",
    "tax_class": "",
    "selling_multiple": "sold in multiples of",
    "grams": "weight grams|net weight g",
    "shelf_months": "shelf life months",
    "regime": "",
}
_PARTIES = {
    "code": "party code|customer code|cust code|retailer code|outlet code|outlet id|shop code"
    "|account code|ledger code|customer id|retailer id|store code",
    "name": "party name|customer name|retailer name|outlet name|shop name|ledger name|store name"
    "|account name|party|customer|retailer|outlet|cust name",
    "gstin": "gst no|gst number|gstin no|gstin uin|gst in|gst|gstn|party gstin",
    "state": "state code|state name",
    "class": "party class|category|customer category|type|outlet type|grade|channel|customer class",
    "beat": "beat name|route|route name|area|market",
    "salesman": "salesman name|sales man|salesperson|sales person|dsr|dse|psr|sales rep"
    "|representative|salesman code",
    "phone": "mobile|mobile no|phone no|mobile number|phone number|contact|contact no"
    "|contact number|whatsapp|telephone",
    "credit_limit": "limit|cr limit|credit limit amount",
    "credit_days": "cr days|due days|days|payment days",
    "min_life_days": "min life|minimum life|minimum shelf life days|min shelf life days",
    "address": "address 1|billing address|street|full address",
    "city": "town|place|district",
    "pin": "pincode|pin code|zip|postal code",
    "gst_type": "registration type|gst registration type",
    "alias": "short name|local name|print name",
    "pan": "pan no|pan number|income tax no",
    "fssai": "fssai no|fssai number|fssai licence",
    "licences": "licence|license|licence no|drug licence|drug licence no|dl no|dl number",
    "ship_to": "shipping address|delivery address",
    "ship_state": "shipping state|delivery state",
    "price_list": "rate list|price list code",
    "supplier": "is supplier",
    "customer": "is customer",
    "active": "status|is active",
}
_LOTS = {
    "item": "item code|sku|sku code|product code|material|material code|article|code|stock code"
    "|prod code|item no|product|item id",
    "batch": "batch no|batch number|lot|lot no|b no|batchno",
    "mrp": _ITEMS["mrp"],
    "ptr": "price to retailer|retailer price|sale rate|selling rate|selling price|sales rate"
    "|retail rate|ptr rate",
    "pts": "price to stockist|stockist price|price to stockiest|pts rate",
    "cost": "cost price|cost rate|landed cost|landing cost|purchase rate|purchase price|pur rate"
    "|p rate|unit cost",
    "packed": "mfg|mfg date|mfd|pkd|pkg date|packed on|manufacturing date|packing date|mfd date",
    "expiry": "exp|exp date|expiry date|best before|use before|exp dt|expiry dt|expires on",
    "godown": "warehouse|location|store|depot|godown name|warehouse code",
    "qty": "quantity|closing stock|closing qty|stock|balance|balance qty|pieces|pcs|on hand"
    "|current stock|stock qty|closing balance|qty pcs",
}
_BILLS = {
    "number": "bill no|invoice no|inv no|bill number|invoice number|voucher no|document no|vch no"
    "|doc no|billno",
    "day": "date|bill date|invoice date|inv date|voucher date|doc date|document date",
    "party": _PARTIES["code"] + "|party name|customer name|customer",
    "salesman": _PARTIES["salesman"],
    "item": _LOTS["item"],
    "batch": _LOTS["batch"],
    "expiry": _LOTS["expiry"],
    "mrp": _ITEMS["mrp"],
    "qty": "quantity|billed qty|bill qty|sale qty|sales qty|pcs|pieces|qty pcs|billed quantity",
    "free": "free qty|free quantity|scheme qty|bonus",
    "rate": "price|sale rate|selling rate|unit price|basic rate|unit rate|ptr",
    "discount_percent": "disc|discount|disc percent|disc per|cd|td",
    "gst_rate": _ITEMS["gst_rate"],
    "cess_rate": _ITEMS["cess_rate"],
}
_PRICES = {
    "list": "price list|list code|rate list",
    "item": _LOTS["item"],
    "from_day": "from|from date|start date|effective from|wef",
    "until_day": "until|until date|to|to date|end date|valid until",
    "mrp": _ITEMS["mrp"],
    "rate": "price|net rate|fixed rate|selling rate",
    "per": "",
    "percent_of_ptr": "% of ptr|ptr %|on ptr",
    "percent_of_mrp": "% of mrp|mrp %|on mrp",
    "inclusive": "tax inclusive|incl tax|with tax",
    "net": "is net|no discount",
}
_BALANCES = {
    "account": "ledger|ledger name|account name|account code|particulars|name",
    "debit": "dr|debit amount|debit balance|closing debit|opening debit",
    "credit": "cr|credit amount|credit balance|closing credit|opening credit",
}
_DUES = {
    "party": _PARTIES["code"] + "|party name|customer name|customer|supplier",
    "number": "bill no|invoice no|ref no|bill number|invoice number|voucher no|ref|reference",
    "day": "date|bill date|invoice date|voucher date|ref date",
    "due": "due date|due day|due on",
    "amount": "pending|pending amount|balance|balance amount|outstanding|due amount|net due",
    "account": "ledger|control account",
}
FIELDS: Mapping[Intake, Mapping[str, str]] = {
    Intake.ITEMS: _ITEMS,
    Intake.PARTIES: _PARTIES,
    Intake.LOTS: _LOTS,
    Intake.BILLS: _BILLS,
    Intake.PRICES: _PRICES,
    Intake.BALANCES: _BALANCES,
    Intake.DUES: _DUES,
}
NEEDED: Mapping[Intake, tuple[str, ...]] = {
    Intake.ITEMS: ("code",),
    Intake.PARTIES: ("code",),
    Intake.LOTS: ("item", "qty"),
    Intake.PRICES: ("list", "item"),
    Intake.BALANCES: ("account",),
    Intake.DUES: ("party", "number", "day", "amount"),
    Intake.BILLS: ("number", "day", "party", "item", "qty", "rate"),
}


def columns(
    kind: Intake, rows: Sequence[Sequence[Cell]], said: Mapping[str, str] | None = None
) -> Columns:
    """The headings' row and the columns it names, `said` (field -> heading) before any guess.

    A field said to be under no heading is left out. Refuses BAD_FILE where a needed column is
    not found, or what was said is not there.
    """
    said = said or {}
    for field in said:
        if field not in FIELDS[kind]:
            raise refuse(Reason.BAD_FILE, fault="file_unknown_field", field=field)
    best = guess(kind, rows, said)
    for field, heading in said.items():
        if heading and field not in best.places:
            raise refuse(Reason.BAD_FILE, fault="file_unknown_heading", heading=heading)
    if missing := [field for field in NEEDED[kind] if field not in best.places]:
        raise refuse(Reason.BAD_FILE, fault="file_no_headings", missing=", ".join(missing))
    return best


def guess(
    kind: Intake, rows: Sequence[Sequence[Cell]], said: Mapping[str, str] | None = None
) -> Columns:
    """The same, for somebody who will mend it: whatever is found, and nothing refused.

    Where no heading is known, the headings are taken to stand in the first row that is as full of
    words as any.
    """
    title_rows = rows[:_TITLE_ROWS]
    fullest = max((sum(isinstance(cell, str) for cell in row) for row in title_rows), default=0)
    return max(
        (_guessed(kind, at, row, said or {}) for at, row in enumerate(title_rows, start=1)),
        key=lambda found: (
            _needed(kind, found),
            len(found.places),
            sum(isinstance(cell, str) for cell in rows[found.row - 1]) == fullest,
            -found.row,
        ),
        default=Columns(0, {}, {}),
    )


def likeliest(rows: Sequence[Sequence[Cell]], name: str = "") -> Intake:
    """What a file holds, by its headings; where they would do for several, its name may tell."""
    words = set(_WORD.findall(name.casefold().replace("_", " ")))

    def likeness(kind: Intake) -> tuple[bool, int, bool]:
        found = guess(kind, rows)
        whole = _needed(kind, found) == len(NEEDED[kind])
        return whole, len(found.places), kind.value in words

    return max(Intake, key=likeness)


def squeezed(heading: object) -> str:
    """`MRP (Rs.)`, `M.R.P.` and `mrp` are one heading."""
    words = _WORD.findall(str(heading).casefold().replace("₹", " "))
    return "".join(word for word in words if word not in _SAYS_NOTHING)


def _guessed(kind: Intake, row: int, cells: Sequence[Cell], said: Mapping[str, str]) -> Columns:
    """Said headings first, then our own, then the trade's; a column serves one field only."""
    names = {at: squeezed(cell) for at, cell in enumerate(cells) if isinstance(cell, str)}
    places: dict[str, int] = {}

    def take(field: str, word: str) -> None:
        if field in places or (field in said and word != squeezed(said[field])):
            return
        free = [at for at, name in names.items() if name == word and at not in places.values()]
        if word and free:
            places[field] = free[0]

    for field, heading in said.items():
        take(field, squeezed(heading))
    for field in FIELDS[kind]:
        take(field, squeezed(field))
    longest = max(words.count("|") for words in FIELDS[kind].values()) + 1
    for rank in range(longest):
        for field, words in FIELDS[kind].items():
            others = words.split("|")
            if rank < len(others):
                take(field, squeezed(others[rank]))
    headings = {field: str(cells[at]).strip() for field, at in places.items()}
    return Columns(row, places, headings)


def _needed(kind: Intake, found: Columns) -> int:
    return sum(field in found.places for field in NEEDED[kind])
