"""Pick lists: which lines of bills and orders are taken off the racks, by whom, and how far."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from dms_desktop.store.tables.columns import blob, check, key, refers, table, uid, whole, words

pick_list = table(
    "pick_list",
    key(),
    uid(),
    whole("year"),  # its April
    whole("serial"),
    words("number", default=None),
    words("day", default=None),
    refers("place_id", "place"),
    words("kind", default=None),  # bill or order: what its lines are of
    words("route"),  # beat or trip
    words("vehicle"),
    words("state", default="open"),  # open, done, dropped
    whole("at"),
    refers("user_id", "user_account"),
    whole("closed_at", default=0),
    whole("packed_at", default=0),
    blob("asked"),  # digest of what was asked for: the same uid with other content is refused
    whole("row_version", default=1),
    UniqueConstraint("year", "serial"),
    UniqueConstraint("number"),
)
# The bills or orders of a list; `paper_id` is what its picks made: a bill, or a credit note.
pick_source = table(
    "pick_source",
    refers("list_id", "pick_list", primary=True),
    refers("document_id", "document", primary=True),
    words("state", default="open"),  # open, done, dropped
    refers("paper_id", "document", null=True),
    Index("ix_pick_source_document_id", "document_id"),
)
# A line stands on one living list; that of a bill stays taken once it was picked.
pick_claim = table(
    "pick_claim",
    refers("line_id", "goods_line", primary=True),
    refers("list_id", "pick_list"),
    Index("ix_pick_claim_list_id", "list_id"),
)
pick = table(
    "pick",
    key(),
    refers("list_id", "pick_list"),
    refers("line_id", "goods_line"),
    refers("document_id", "document"),
    refers("item_id", "item"),
    refers("lot_id", "lot"),  # what was asked for
    refers("now_lot", "lot", null=True),  # what was taken in its place
    words("rack"),
    whole("qty"),
    whole("picked", default=0),
    words("state", default="open"),  # open, picked, short, swapped
    words("reason"),  # code: why short or swapped
    refers("swap_id", "document", null=True),
    refers("user_id", "user_account", null=True),
    whole("at", default=0),
    whole("row_version", default=1),
    Index("ix_pick_list_id", "list_id"),
    Index("ix_pick_line_id", "line_id"),
    check("within", "qty > 0 AND picked BETWEEN 0 AND qty"),
)
