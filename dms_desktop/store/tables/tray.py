"""The order tray: what waits for its bill, what is reserved for it, and what was dropped."""

from __future__ import annotations

from sqlalchemy import Index, text

from dms_desktop.store.tables.columns import check, key, refers, table, whole, words

OPEN = text("open = 1")

# A row for each order, estimate and challan: whether anything of it is left, and may be billed.
waiting = table(
    "waiting",
    refers("document_id", "document", primary=True),
    refers("party_id", "party", null=True),
    words("kind", default=None),
    whole("open", default=1),
    whole("held", default=0),
    words("reason"),  # why it is held
    whole("priority", default=0),  # the higher is billed sooner; then the older
    whole("row_version", default=1),
    # What is open is found at once however many orders the years leave behind.
    Index("ix_waiting_party", "party_id", sqlite_where=OPEN, postgresql_where=OPEN),
    Index("ix_waiting_kind", "kind", sqlite_where=OPEN, postgresql_where=OPEN),
)
# Pieces that only the order's own bill may take, whichever lots they come from.
reservation = table(
    "reservation",
    refers("line_id", "goods_line", primary=True),
    refers("item_id", "item"),
    refers("place_id", "place"),
    whole("qty"),
    Index("ix_reservation_item_id", "item_id", "place_id"),
    check("some", "qty > 0"),
)
# What of a line nobody waits for any more.
line_drop = table(
    "line_drop",
    key(),
    refers("line_id", "goods_line"),
    whole("qty"),
    whole("free_qty"),
    whole("at"),
    refers("user_id", "user_account"),
    words("reason"),
    Index("ix_line_drop_line_id", "line_id"),
)
