"""What is bought and sold: principals, tax classes, items, lots, and what lies where."""

from __future__ import annotations

from sqlalchemy import Column, Index, UniqueConstraint, text

from dms_desktop.store.tables.columns import Words, check, key, refers, table, uid, whole, words

principal = table(
    "principal",
    key(),
    uid(),
    words("code", default=None),
    words("name", default=None),
    whole("active", default=1),
    whole("row_version", default=1),
    UniqueConstraint("code"),
)
tax_class = table(
    "tax_class",
    key(),
    words("code", default=None),
    words("name"),
    whole("active", default=1),
    whole("row_version", default=1),
    UniqueConstraint("code"),
)
tax_rate = table(
    "tax_rate",
    key(),
    refers("tax_class_id", "tax_class"),
    words("from_day"),
    whole("gst"),  # ten-thousandths of a percent
    whole("cess", default=0),
    whole("cess_paise", default=0),  # a specific cess: so many paise
    whole("cess_per", default=1),  # for so many base units
    words("basis", default="value"),
    words("source"),
    UniqueConstraint("tax_class_id", "from_day"),
)
item = table(
    "item",
    key(),
    uid(),
    words("code", default=None),
    words("code_key", default=None),  # folded: unique whatever the case
    words("name", default=None),
    words("alias"),
    refers("principal_id", "principal"),
    words("brand"),
    words("category"),
    words("hsn"),
    refers("tax_class_id", "tax_class"),
    words("unit"),
    whole("inner_units", default=0),
    whole("case_units", default=0),
    whole("selling_multiple", default=1),
    whole("grams", default=0),
    whole("mrp", default=0),
    whole("keep_batch", default=1),
    whole("shelf_months", default=0),
    words("regime"),  # food or drug: whose licence it needs
    whole("active", default=1),
    whole("row_version", default=1),
    UniqueConstraint("code_key"),
    check("factors", "inner_units >= 0 AND case_units >= 0 AND selling_multiple > 0"),
)
barcode = table(
    "barcode",
    key(),
    refers("item_id", "item"),
    words("code", default=None),
    whole("units", default=1),  # base units that one scan stands for
    UniqueConstraint("item_id", "code"),
    Index("ix_barcode_code", "code"),
)
# Empty text stands for no batch and no expiry, so that UNIQUE sees them.
lot = table(
    "lot",
    key(),
    refers("item_id", "item"),
    words("batch"),
    whole("mrp", default=0),
    words("expiry"),
    words("packed"),
    whole("ptr", null=True),
    whole("ptr_per", default=1),
    whole("pts", null=True),
    whole("pts_per", default=1),
    whole("blocked", default=0),
    words("blocked_why"),
    whole("row_version", default=1),
    UniqueConstraint("item_id", "batch", "mrp", "expiry"),
)
# The lot's whole cost and quantity, wherever it lies; and the input tax that came with it.
lot_cost = table(
    "lot_cost",
    refers("lot_id", "lot", primary=True),
    whole("qty", default=0),
    whole("paise", default=0),
    whole("received", default=0),
    whole("input_cgst", default=0),
    whole("input_sgst", default=0),
    whole("input_igst", default=0),
    whole("input_cess", default=0),
    check("not_negative", "qty >= 0"),
)
stock = table(
    "stock",
    refers("lot_id", "lot", primary=True),
    refers("place_id", "place", primary=True),
    Column("bucket", Words, primary_key=True),
    refers("item_id", "item"),
    whole("qty"),
    check("not_negative", "qty >= 0"),
    # What can be sold is found at once however many empty lots the years leave behind.
    Index(
        "ix_stock_live",
        "item_id",
        "place_id",
        "bucket",
        sqlite_where=text("qty > 0"),
        postgresql_where=text("qty > 0"),
    ),
)
# What lay where at a month's end: derived, told again by verify. Only months that stand in
# `stock_month` count; a paper of an earlier day takes them out, and the next building sweeps.
stock_month = table(
    "stock_month",
    Column("month_end", Words, primary_key=True),
    whole("spots", default=0),
)
stock_snapshot = table(
    "stock_snapshot",
    Column("month_end", Words, primary_key=True),
    refers("lot_id", "lot", primary=True),
    refers("place_id", "place", primary=True),
    Column("bucket", Words, primary_key=True),
    whole("qty"),
    whole("paise"),  # this spot's share of the lot's cost
)
# Where in a godown an item is looked for, and how much of it should lie there; nil = not said.
rack = table(
    "rack",
    key(),
    refers("item_id", "item"),
    refers("place_id", "place"),
    words("rack", default=None),
    whole("least", default=0),
    whole("reorder", default=0),
    whole("most", default=0),
    whole("row_version", default=1),
    UniqueConstraint("item_id", "place_id"),
    check("levels", "least >= 0 AND reorder >= 0 AND most >= 0"),
)
price_list = table(
    "price_list",
    key(),
    uid(),
    words("code", default=None),
    words("name"),
    words("party_class"),  # '' unless it serves a whole class
    whole("active", default=1),
    whole("row_version", default=1),
    UniqueConstraint("code"),
)
list_price = table(
    "list_price",
    key(),
    refers("price_list_id", "price_list"),
    refers("item_id", "item"),
    words("from_day"),
    words("until_day"),
    whole("rate", null=True),
    whole("per", default=1),
    whole("percent_of_ptr", null=True),
    whole("percent_of_mrp", null=True),
    whole("mrp", default=0),  # a fixed rate holds for this MRP only; 0 = for any
    whole("inclusive", default=0),
    whole("net", default=0),
    whole("row_version", default=1),
    UniqueConstraint("price_list_id", "item_id", "from_day", "mrp"),
    Index("ix_list_price_item_id", "item_id"),
)
