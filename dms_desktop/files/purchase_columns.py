"""The columns of a brand's invoice file: what the trade calls them, and how each cell is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dms_desktop.domain.money import Money
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.files.cells import read_date, read_expiry, read_number, read_text
from dms_desktop.files.fields import TEXT, Reader, money, percent, price, words
from dms_desktop.files.headings import Columns, squeezed
from dms_desktop.files.raw import Cell

TITLE_ROWS = 15
_MOST_ROUNDING = 1000  # rupees
NEEDED = ("number", "invoice_day", "item", "qty", "rate")
HEAD = (
    "number", "invoice_day", "irn", "order", "transport", "place_of_supply", "freight",
    "freight_gst", "tcs", "round_off", "total",
)  # fmt: skip
TAXES = ("cgst", "sgst", "igst", "cess")
# Field: what else stands above it, the likelier word first.
_WORDS = {
    "number": "invoice no|invoice number|inv no|bill no|document no|doc no|billing document",
    "invoice_day": "invoice date|inv date|bill date|document date|doc date|billing date|date",
    "irn": "irn no",
    "order": "po no|po number|purchase order|customer po",
    "transport": "lr no|vehicle no|transporter",
    "place_of_supply": "pos",
    "item": "item code|sku code|material code|material|product code|article code|article|ean"
    "|barcode|item id|code",
    "batch": "batch no|batch number|lot no|lot",
    "packed": "mfg date|mfd|manufacturing date|pkd|packed on|date of packing",
    "expiry": "exp date|expiry date|exp|use by|best before",
    "mrp": "m r p|unit mrp",
    "qty": "billed qty|invoice qty|qty pcs|quantity|qty in pcs|billing qty|units",
    "free": "free qty|scheme qty|foc|foc qty",
    "rate": "basic rate|unit rate|unit price|price|base rate|rate per pc",
    "discount_1": "trade discount|td|disc 1|discount|disc",
    "discount_2": "special discount|sd|disc 2|scheme discount",
    "discount_3": "disc 3|additional discount",
    "discount_4": "cash discount|cd|disc 4",
    "amount_off": "discount amount|disc amount|disc amt|discount value",
    "gst": "gst rate|tax rate|total gst rate|gst slab",
    "cgst": "cgst amount|cgst amt|central tax",
    "sgst": "sgst amount|sgst amt|utgst amount|state tax",
    "igst": "igst amount|igst amt|integrated tax",
    "cess": "cess amount|cess amt",
    "ptr": "retailer price",
    "pts": "stockist price",
    "scheme": "scheme name|scheme code|remarks",
    "line_total": "net amount|line total|gross amount|item total|total amount",
    "total": "invoice total|invoice value|invoice amount|bill amount|net payable",
    "freight": "freight amount|other charges",
    "freight_gst": "",
    "tcs": "tcs amount|tcs amt",
    "round_off": "rounding|round off amount|rounding off",
}


def _off(cell: Cell) -> str:
    """A percentage, whether the sheet writes 5 or `5 %`."""
    return f"{percent(cell).normalize():f}%"


def _signed(cell: Cell) -> Money:
    return Money(int(read_number(cell, most=_MOST_ROUNDING, least=-_MOST_ROUNDING, places=2) * 100))


READERS: Mapping[str, Reader] = {
    **dict.fromkeys(("number", "item", "order", "batch", "irn"), TEXT),
    **dict.fromkeys(("transport", "place_of_supply"), TEXT),
    **dict.fromkeys(("invoice_day", "packed"), read_date),
    "expiry": read_expiry,
    "scheme": words(200),
    **dict.fromkeys(("qty", "free"), read_text),
    **dict.fromkeys(("rate", "ptr", "pts"), price),
    **dict.fromkeys(("discount_1", "discount_2", "discount_3", "discount_4"), _off),
    **dict.fromkeys(("gst", "freight_gst"), percent),
    **dict.fromkeys((*TAXES, "mrp", "amount_off", "line_total", "total"), money),
    **dict.fromkeys(("freight", "tcs"), money),
    "round_off": _signed,
}


def found_columns(rows: Sequence[Sequence[Cell]], said: Mapping[str, str]) -> Columns:
    """The row with the most headings that are known; what is `said` (field -> heading) stands.

    Refuses BAD_FILE for a field that there is none of, and for a needed column that is wanting.
    """
    for name in said:
        if name not in _WORDS:
            raise refuse(Reason.BAD_FILE, fault="file_unknown_field", field=name)
    best = max(
        (_guess(at, row, said) for at, row in enumerate(rows[:TITLE_ROWS], start=1)),
        key=lambda found: (sum(name in found.places for name in NEEDED), len(found.places)),
        default=Columns(0, {}, {}),
    )
    for name, heading in said.items():
        if heading and name not in best.places:
            raise refuse(Reason.BAD_FILE, fault="file_unknown_heading", heading=heading)
    if missing := [name for name in NEEDED if name not in best.places]:
        raise refuse(Reason.BAD_FILE, fault="file_no_headings", missing=", ".join(missing))
    return best


def _guess(at: int, row: Sequence[Cell], said: Mapping[str, str]) -> Columns:
    names = [squeezed(cell) if isinstance(cell, str) else "" for cell in row]
    places: dict[str, int] = {}

    def take(field: str, word: str) -> None:
        free = [
            place
            for place, name in enumerate(names)
            if word and name == word and place not in places.values()
        ]
        if free and field not in places:
            places[field] = free[0]

    for field, heading in said.items():
        take(field, squeezed(heading))
    for field, words_of in _WORDS.items():
        if field not in said:
            for word in (field, *words_of.split("|")):
                take(field, squeezed(word))
    return Columns(at, places, {name: str(row[place]).strip() for name, place in places.items()})
