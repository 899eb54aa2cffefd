"""What is kept beside purchases: suppliers' numbers, last rates, held excess, what is claimed."""

from __future__ import annotations

from sqlalchemy import Column, Index, UniqueConstraint

from dms_desktop.store.tables.columns import Words, check, key, refers, table, whole, words

# A supplier numbers each invoice once a year: it is booked once (product rule 24).
supplier_number = table(
    "supplier_number",
    refers("document_id", "document", primary=True),
    refers("party_id", "party"),
    whole("year"),  # its April
    words("number", default=None),  # folded
    UniqueConstraint("party_id", "year", "number"),
)
# The lines of goods receipts by item: the last one says the last MRP and rate.
bought = table(
    "bought",
    refers("line_id", "goods_line", primary=True),
    refers("item_id", "item"),
    Index("ix_bought_item_id", "item_id", "line_id"),
)
# Pieces beyond the invoice, owed by nobody until they are billed or sent back (product rule 25).
excess_held = table(
    "excess_held",
    refers("line_id", "goods_line", primary=True),
    whole("qty"),
    whole("rest"),
    check("within", "rest BETWEEN 0 AND qty"),
)
excess_release = table(
    "excess_release",
    key(),
    refers("line_id", "goods_line"),
    whole("qty"),
    words("way", default=None),  # billed, sent_back
    words("note"),
    whole("at"),
    refers("user_id", "user_account"),
    Index("ix_excess_release_line_id", "line_id"),
)
# Which column of a supplier's own invoice file is what, learnt the first time.
supplier_columns = table(
    "supplier_columns",
    refers("party_id", "party", primary=True),
    words("columns", default=None),  # JSON: field -> heading
    whole("row_version", default=1),
)
# How many pieces of a goods receipt's line went back to its supplier.
returned = table(
    "returned",
    refers("line_id", "goods_line", primary=True),
    whole("qty"),
)
# What is asked of the supplier for one line: short and damaged of a receipt, sent back of a return.
supplier_claim = table(
    "supplier_claim",
    refers("line_id", "goods_line", primary=True),
    Column("what", Words, primary_key=True),  # short, damaged, returned
    refers("party_id", "party"),
    whole("qty"),
    whole("paise"),
    whole("rest"),
    words("told_day"),  # when he was told of it
    whole("row_version", default=1),
    Index("ix_supplier_claim_party_id", "party_id"),
    check("within", "rest BETWEEN 0 AND paise"),
)
# What a note of his accepted and refused of a claim, or a return took over of damaged pieces.
claim_answer = table(
    "claim_answer",
    refers("document_id", "document", primary=True),
    refers("line_id", "goods_line", primary=True),
    Column("what", Words, primary_key=True),
    whole("accepted"),
    whole("refused"),
    Index("ix_claim_answer_line_id", "line_id"),
)
