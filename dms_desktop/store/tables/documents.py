"""One head table for every document, one for whatever moves goods; none of it ever changes."""

from __future__ import annotations

from sqlalchemy import Column, Index, UniqueConstraint, text

from dms_desktop.store.tables.columns import (
    Whole,
    blob,
    check,
    key,
    refers,
    table,
    uid,
    whole,
    words,
)

document = table(
    "document",
    key(),
    uid(),
    words("kind", default=None),
    refers("series_id", "series"),
    whole("serial"),
    words("number", default=None),
    words("day", default=None),
    whole("posted_at"),
    refers("user_id", "user_account"),
    words("counter"),
    refers("registration_id", "registration"),
    refers("company_id", "company"),
    refers("place_id", "place", null=True),
    refers("party_id", "party", null=True),
    words("party_code"),
    words("party_name"),
    words("party_gstin"),
    words("party_gst_type"),
    words("party_state"),
    words("place_of_supply"),
    whole("interstate", default=0),
    words("paper"),
    words("terms"),
    words("due_day"),
    refers("salesman_id", "salesman", null=True),
    refers("beat_id", "beat", null=True),
    words("order_no"),
    whole("reverse_charge", default=0),
    whole("taxable", default=0),
    whole("cgst", default=0),
    whole("sgst", default=0),
    whole("igst", default=0),
    whole("cess", default=0),
    whole("round_off", default=0),
    whole("total", default=0),
    words(
        "particulars"
    ),  # JSON: address, phone, ship-to, transport, note, and the kind's own facts
    words("origin", default="ours"),
    words("external_ref"),
    blob("asked"),  # digest of what was asked for: the same uid with other content is refused
    blob("digest"),  # digest of everything that was written
    UniqueConstraint("series_id", "serial"),
    Index("ix_document_day", "day", "id"),
    Index("ix_document_party_id", "party_id", "day"),
    Index("ix_document_number", "number"),
    Index("ix_document_kind", "kind", "day"),
    Index("ix_document_total", "total"),
    Index(
        "ix_document_external_ref",
        "external_ref",
        sqlite_where=text("external_ref <> ''"),
        postgresql_where=text("external_ref <> ''"),
    ),
)
# How a walk-in is found again: his number in figures only, and his name folded.
walk_in_buyer = table(
    "walk_in_buyer",
    refers("document_id", "document", primary=True),
    words("phone"),
    words("name"),
    Index("ix_walk_in_buyer_phone", "phone"),
    Index("ix_walk_in_buyer_name", "name"),
)
# The id is document << 16 | row: lines are written in one go, and what hangs on them knows its key.
goods_line = table(
    "goods_line",
    Column("id", Whole, primary_key=True, autoincrement=False),
    refers("document_id", "document"),
    whole("row"),
    refers("item_id", "item"),
    refers("lot_id", "lot", null=True),
    words("code"),
    words("name"),
    words("hsn"),
    words("uqc"),
    words("batch"),
    words("expiry"),
    whole("mrp"),
    whole("qty"),
    whole("free_qty"),
    whole("rate"),
    whole("per"),
    whole("inclusive"),
    whole("net", default=0),
    whole("gross"),
    whole("discount"),
    whole("taxable"),
    whole("gst_rate"),
    whole("cess_rate"),
    words("basis"),
    whole("cgst"),
    whole("sgst"),
    whole("igst"),
    whole("cess"),
    whole("cost"),
    refers("principal_id", "principal", null=True),
    whole("case_units"),
    whole("inner_units"),
    words("why"),
    whole("source_line", null=True),
    words("free_reason"),
    words("free_reason_name"),
    UniqueConstraint("document_id", "row"),
    Index("ix_goods_line_item_id", "item_id", "document_id"),
)
line_adjustment = table(
    "line_adjustment",
    key(),
    refers("line_id", "goods_line"),
    whole("step"),
    words("kind"),
    whole("percent", null=True),
    words("source"),
    whole("version", default=0),
    whole("paise"),
    Index("ix_line_adjustment_line_id", "line_id"),
)
# How much of a bill's line came back, and how much of its value was credited.
line_credit = table(
    "line_credit",
    refers("line_id", "goods_line", primary=True),
    whole("returned_qty", default=0),
    whole("returned_free", default=0),
    whole("credited_paise", default=0),
)
# What of an order, estimate or challan line still waits for its bill.
line_left = table(
    "line_left",
    refers("line_id", "goods_line", primary=True),
    whole("qty"),
    whole("free_qty"),
    check("not_negative", "qty >= 0 AND free_qty >= 0"),
)
document_event = table(
    "document_event",
    key(),
    refers("document_id", "document"),
    whole("at"),
    refers("user_id", "user_account"),
    words("event", default=None),  # printed, cancelled, billed ...
    words("detail"),
    Index("ix_document_event_document_id", "document_id"),
)
document_link = table(
    "document_link",
    refers("from_id", "document", primary=True),
    refers("to_id", "document", primary=True),
    words("kind", default=None),  # cancels, bills
    Index("ix_document_link_to_id", "to_id"),
)
stock_move = table(
    "stock_move",
    key(),
    refers("document_id", "document"),
    whole("leg"),
    refers("item_id", "item"),
    refers("lot_id", "lot"),
    whole("qty"),
    refers("from_place", "place", null=True),
    words("from_bucket"),
    refers("to_place", "place", null=True),
    words("to_bucket"),
    whole("cost", default=0),
    whole("received", default=0),
    whole("input_cgst", default=0),
    whole("input_sgst", default=0),
    whole("input_igst", default=0),
    whole("input_cess", default=0),
    words("day", default=None),
    Index("ix_stock_move_document_id", "document_id"),
    Index("ix_stock_move_lot_id", "lot_id", "day"),
    Index(  # how old goods are: few moves are receipts, and a bill pays nothing for it
        "ix_stock_move_received",
        "lot_id",
        "day",
        sqlite_where=text("received > 0"),
        postgresql_where=text("received > 0"),
    ),
    check("some", "qty > 0"),
)
