"""What is kept beside stock papers: sheets of a physical count, and the days that were opened."""

from __future__ import annotations

from sqlalchemy import Column, Index, UniqueConstraint

from dms_desktop.store.tables.columns import (
    Words,
    check,
    key,
    refers,
    table,
    uid,
    whole,
    words,
)

count_sheet = table(
    "count_sheet",
    key(),
    uid(),
    refers("place_id", "place"),
    words("scope", default=None),  # godown, rack, item, likely, asked
    words("what"),  # the rack or the item's code
    whole("opened_at"),
    refers("user_id", "user_account"),
    whole("closed_at", default=0),  # 0: it is still counted on
    refers("document_id", "document", null=True),  # none where nothing differed
)
# A lot on a sheet; `book` and `counted` are of one instant, and empty until it was counted.
count_line = table(
    "count_line",
    key(),
    refers("sheet_id", "count_sheet"),
    refers("lot_id", "lot"),
    words("bucket", default=None),
    words("why"),  # who asked for it, and what for
    whole("book", null=True),
    whole("counted", null=True),
    whole("seen", default=0),  # the last document in the books when it was counted
    whole("at", default=0),
    refers("user_id", "user_account", null=True),
    whole("tries", default=0),
    UniqueConstraint("sheet_id", "lot_id", "bucket"),
    Index("ix_count_line_lot_id", "lot_id", "at"),
    check("whole", "(book IS NULL) = (counted IS NULL) AND coalesce(counted, 0) >= 0"),
)
# A lot that somebody did not find: counted since, it waits no longer.
count_ask = table(
    "count_ask",
    key(),
    refers("lot_id", "lot"),
    refers("place_id", "place"),
    words("why"),
    whole("at"),
    refers("user_id", "user_account"),
    Index("ix_count_ask_place_id", "place_id", "lot_id"),
)
# The last day on which batches past their date were looked for, one row a day.
day_opened = table(
    "day_opened",
    Column("day", Words, primary_key=True),
    whole("at"),
    refers("user_id", "user_account"),
    refers("document_id", "document", null=True),
)
