"""The masters of the goods: items, their lots, price lists and prices, tax classes, racks."""

from __future__ import annotations

from typing import Any

from dms_desktop.domain.registers import PriceRecord
from dms_desktop.domain.tax import Basis
from dms_desktop.domain.uqc import UQC
from dms_desktop.language.catalogue import N_
from dms_desktop.services.registers.lists import Line
from dms_desktop.services.registers.register import told
from dms_desktop.services.registers.twins import doubts_of_item
from dms_desktop.ui.kit.form import Group
from dms_desktop.ui.kit.form_boxes import Box, Kind
from dms_desktop.ui.kit.table import Column
from dms_desktop.ui.masters.lot_papers import RIGHT, STICKERS
from dms_desktop.ui.masters.master import (
    ACTIVE,
    CODE,
    CODE_COLUMN,
    NAME,
    NAME_COLUMN,
    NEW,
    Master,
    cell,
    named,
    shown,
)

REGIMES = {"": N_("None"), "food": N_("Food (FSSAI)"), "drug": N_("Drug (licence 20/21)")}
BASES = {
    Basis.VALUE.value: N_("Value"),
    Basis.EXEMPT.value: N_("Exempt"),
    Basis.RETAIL_PRICE.value: N_("Retail price"),
}
HINT = N_("Code, a part of the name, or a barcode")

ITEM = Master(
    "item",
    N_("Items"),
    N_("item"),
    (
        CODE_COLUMN,
        NAME_COLUMN,
        cell(2, N_("HSN"), 9),
        cell(3, N_("GST %"), 6, right=True),
        cell(4, N_("MRP ₹"), 12, right=True),
        cell(5, N_("Stock"), 10, right=True),
    ),
    (
        Group(
            N_("What it is"),
            (
                CODE,
                Box("name", N_("Name"), width=4, needed=True),
                Box("alias", N_("Also called")),
                Box("principal", N_("Principal"), Kind.LOOKUP, of="principal", by_name=True),
                Box("brand", N_("Brand")),
                Box("category", N_("Category")),
                Box("regime", N_("Licence it needs"), Kind.CHOICE, choices=REGIMES),
                ACTIVE,
            ),
        ),
        Group(
            N_("Price and tax"),
            (
                Box("mrp", N_("MRP ₹"), Kind.MONEY, emptied="0"),
                Box("hsn", N_("HSN")),
                Box("tax_class", N_("Tax class"), Kind.LOOKUP, of="tax-class"),
                Box("gst_rate", N_("GST %"), Kind.PERCENT),
                Box("cess_rate", N_("Cess %"), Kind.PERCENT, emptied="0"),
            ),
        ),
        Group(
            N_("Packing"),
            (
                Box("unit", N_("Unit"), Kind.CHOICE, choices={each: each for each in sorted(UQC)}),
                Box("inner", N_("Pieces in an inner"), Kind.NUMBER, emptied="0"),
                Box("case", N_("Pieces in a case"), Kind.NUMBER, emptied="0"),
                Box("selling_multiple", N_("Sold in steps of"), Kind.NUMBER, emptied="1"),
                Box("grams", N_("Weight of a piece, g"), Kind.NUMBER, emptied="0"),
                Box("shelf_months", N_("Shelf life, months"), Kind.NUMBER, emptied="0"),
                Box("keep_batch", N_("Keep batches and expiry"), Kind.YES, width=6),
                Box(
                    "barcodes",
                    N_("Barcodes"),
                    Kind.ROWS,
                    width=6,
                    columns=(
                        Box("code", N_("Barcode"), width=4),
                        Box("units", N_("Pieces in it"), Kind.NUMBER),
                    ),
                ),
            ),
        ),
    ),
    frozenset({"item", "lot", "stock", "stock_move", "document"}),
    fresh={**NEW, "unit": "PCS", "keep_batch": True, "selling_multiple": 1},
    related="lot",
    hanging=N_("Its lots"),
    named="item",
    either=(("gst_rate", "tax_class"),),
    doubts=doubts_of_item,
    hint=HINT,
)
OPENING_LOT = Master(
    "lot",
    N_("Lots"),
    N_("lot that is in stock already"),
    (),
    (
        Group(
            N_("Which it is, as printed on the pack"),
            (
                Box("item", N_("Item"), Kind.LOOKUP, width=6, of="item", needed=True),
                Box("batch", N_("Batch")),
                Box("mrp", N_("MRP ₹"), Kind.MONEY, hint=N_("as of the item")),
                Box("expiry", N_("Expiry"), Kind.DAY),
                Box("packed", N_("Packed on"), Kind.DAY),
            ),
        ),
        Group(
            N_("Its prices, for a piece"),
            (
                Box("ptr", N_("PTR ₹, before GST"), Kind.NUMBER),
                Box("pts", N_("PTS ₹, before GST"), Kind.NUMBER),
                Box("cost", N_("Cost ₹, before GST"), Kind.NUMBER, hint=N_("as PTS")),
            ),
        ),
        Group(
            N_("What lies there (it is posted as opening stock)"),
            (
                Box("qty", N_("Pieces, or 2c for two cases"), needed=True),
                Box("godown", N_("Godown"), Kind.LOOKUP, width=4, of="godown"),
            ),
        ),
    ),
    frozenset(),
)
LOT = Master(
    "lot",
    N_("Lots"),
    N_("lot"),
    (
        CODE_COLUMN,
        NAME_COLUMN,
        cell(2, N_("Batch"), 10),
        cell(3, N_("MRP ₹"), 8, right=True),
        cell(4, N_("Expiry"), 10),
        cell(5, N_("PTR ₹"), 8, right=True),
        cell(6, N_("Stock"), 8, right=True),
        cell(7, N_("Blocked"), 7),
    ),
    (
        Group(
            N_("Which it is (printed bills name it, so a correction document changes it)"),
            (
                Box("item", N_("Item"), Kind.LOOKUP, width=6, of="item", fixed=True),
                Box("batch", N_("Batch"), fixed=True),
                Box("mrp", N_("MRP ₹"), Kind.MONEY, fixed=True),
                Box("expiry", N_("Expiry"), Kind.DAY, fixed=True),
            ),
        ),
        Group(
            N_("Its prices"),
            (
                Box("ptr", N_("PTR ₹, before GST"), Kind.NUMBER),
                Box("pts", N_("PTS ₹, before GST"), Kind.NUMBER),
                Box("packed", N_("Packed on"), Kind.DAY),
            ),
        ),
        Group(
            N_("May it be sold?"),
            (
                Box("blocked", N_("Blocked from sale"), Kind.YES),
                Box("blocked_why", N_("Why it is blocked"), width=4),
            ),
        ),
    ),
    frozenset({"lot", "item", "stock", "stock_move"}),
    gone="",
    beginning=OPENING_LOT,
    hint=N_("Item or batch"),
    heading=lambda line: " · ".join(filter(None, line.cells[1:3])),
    papers={"lots.right": RIGHT, "lots.stickers": STICKERS},
)
PRICE_LIST = Master(
    "price-list",
    N_("Price lists"),
    N_("price list"),
    (CODE_COLUMN, NAME_COLUMN, cell(2, N_("Class of parties"), 18)),
    named(Box("party_class", N_("For a whole class of parties"))),
    frozenset({"price_list"}),
    fresh=NEW,
    related="price",
    hanging=N_("Its prices"),
    named="list",
)


def _price(record: PriceRecord) -> dict[str, Any]:
    rate = record.rate
    split = {"rate": str(rate.amount) if rate else None, "per": rate.per if rate else None}
    return {**told(record), **split}


def _price_text(line: Line) -> str:
    rate, of_ptr, of_mrp = line.cells[6:9]
    if rate is not None:
        return shown(rate)
    return f"PTR × {shown(of_ptr)} %" if of_ptr is not None else f"MRP × {shown(of_mrp)} %"


PRICE = Master(
    "price",
    N_("Prices"),
    N_("price"),
    (
        cell(0, N_("List"), 9),
        cell(1, N_("Item"), 10),
        cell(2, N_("Name")),
        cell(3, N_("From"), 10),
        cell(4, N_("Until"), 10),
        cell(5, N_("MRP ₹"), 8, right=True),
        Column(N_("Price ₹"), _price_text, 12, right=True),
    ),
    (
        Group(
            N_("For what"),
            (
                Box("list", N_("Price list"), Kind.LOOKUP, of="price-list", fixed=True,
                    needed=True),
                Box("item", N_("Item"), Kind.LOOKUP, width=4, of="item", fixed=True, needed=True),
                Box("from_day", N_("From"), Kind.DAY, fixed=True, hint=N_("always")),
                Box("until_day", N_("Until"), Kind.DAY, hint=N_("no end")),
                Box("mrp", N_("MRP ₹"), Kind.MONEY, fixed=True, emptied="0"),
            ),
        ),
        Group(
            N_("One of the three ways to price"),
            (
                Box("rate", N_("Rate ₹"), Kind.NUMBER),
                Box("per", N_("for so many pieces"), Kind.NUMBER, hint="1"),
                Box("percent_of_ptr", N_("or percent of PTR"), Kind.PERCENT),
                Box("percent_of_mrp", N_("or percent of MRP"), Kind.PERCENT),
                Box("inclusive", N_("GST is in it"), Kind.YES),
                Box("net", N_("Net: no discount on it"), Kind.YES),
            ),
        ),
    ),
    frozenset({"list_price", "item", "price_list"}),
    gone=N_("Ended too"),
    together=(frozenset({"rate", "per"}),),
    values=_price,
    hint=N_("List or item"),
    heading=lambda line: f"{line.cells[2]} · {line.cells[0]}",
)  # fmt: skip
TAX_CLASS = Master(
    "tax-class",
    N_("Tax classes"),
    N_("tax class"),
    (CODE_COLUMN, NAME_COLUMN, cell(2, N_("GST % today"), 14, right=True)),
    (
        Group("", (CODE, NAME, ACTIVE)),
        Group(
            N_("Rates, each from a day on; what bills were made at stays"),
            (
                Box(
                    "rates",
                    N_("Rates"),
                    Kind.ROWS,
                    width=6,
                    columns=(
                        Box("gst", N_("GST %"), Kind.PERCENT, needed=True),
                        Box("from_day", N_("From"), Kind.DAY, width=3, hint=N_("always")),
                        Box("cess", N_("Cess %"), Kind.PERCENT, emptied="0"),
                        Box("cess_amount", N_("Cess ₹"), Kind.MONEY, emptied="0"),
                        Box("cess_per", N_("on pieces"), Kind.NUMBER),
                        Box("basis", N_("On"), Kind.CHOICE, width=3, choices=BASES),
                        Box("source", N_("Source"), width=3),
                    ),
                ),
            ),
        ),
    ),
    frozenset({"tax_class", "item"}),
    fresh=NEW,
)
RACK = Master(
    "rack",
    N_("Racks"),
    N_("rack"),
    (CODE_COLUMN, NAME_COLUMN, cell(2, N_("Godown"), 16), cell(3, N_("Rack"), 16),
     cell(4, N_("At least"), 8, right=True), cell(5, N_("Order at"), 8, right=True),
     cell(6, N_("At most"), 8, right=True)),
    (
        Group(
            "",
            (
                Box("item", N_("Item"), Kind.LOOKUP, width=6, of="item", fixed=True, needed=True),
                Box("godown", N_("Godown"), Kind.LOOKUP, width=3, of="godown", fixed=True,
                    needed=True),
                Box("rack", N_("Rack"), width=3),
                Box("least", N_("Never fewer than"), Kind.NUMBER, emptied="0"),
                Box("reorder", N_("Order again at"), Kind.NUMBER, emptied="0"),
                Box("most", N_("Never more than"), Kind.NUMBER, emptied="0"),
            ),
        ),
    ),
    frozenset({"rack", "item", "place"}),
    gone=N_("Emptied too"),
    hint=N_("Item or rack"),
    heading=lambda line: f"{line.cells[1]} · {line.cells[2]}",
)  # fmt: skip
