"""What goes out of the godown on wheels: who drives what, which bills a trip took, what became."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint, text

from dms_desktop.store.tables.columns import blob, key, refers, table, uid, whole, words

# Whoever goes out with goods: driver, helper, van salesman. His shortages stand in `staff_due`.
delivery_man = table(
    "delivery_man",
    key(),
    uid(),
    words("code", default=None),
    words("name", default=None),
    words("phone"),
    whole("active", default=1),
    whole("row_version", default=1),
    UniqueConstraint("code"),
)
vehicle = table(
    "vehicle",
    key(),
    uid(),
    words("number", default=None),
    whole("grams", default=0),  # what it may carry; 0 = not known
    refers("man_id", "delivery_man", null=True),
    refers("place_id", "place", null=True),  # goods sold from it lie in this van
    whole("active", default=1),
    whole("row_version", default=1),
    UniqueConstraint("number"),
)
trip = table(
    "trip",
    key(),
    uid(),
    whole("year"),  # its April
    whole("serial"),
    words("number", default=None),
    words("day", default=None),
    refers("vehicle_id", "vehicle"),
    refers("man_id", "delivery_man", null=True),
    words("state", default=None),  # loading, out, back, settled, dropped
    words("note"),
    whole("at"),
    refers("user_id", "user_account"),
    blob("asked"),
    refers("settlement_id", "document", null=True),
    whole("row_version", default=1),
    UniqueConstraint("number"),
    UniqueConstraint("year", "serial"),
    Index("ix_trip_day", "day", "id"),
    # A vehicle is loaded, or on the road, once at a time.
    Index(
        "ix_trip_vehicle_id",
        "vehicle_id",
        unique=True,
        sqlite_where=text("state IN ('loading', 'out')"),
        postgresql_where=text("state IN ('loading', 'out')"),
    ),
)
trip_bill = table(
    "trip_bill",
    key(),
    refers("trip_id", "trip"),
    refers("document_id", "document"),
    whole("position"),  # the order of the drops
    whole("loaded", default=0),
    whole("living", default=1),  # 0: taken off, or to go with the next trip
    words("result"),  # delivered, part, refused, shop_closed, reload
    words("reason"),
    whole("at", default=0),
    refers("user_id", "user_account", null=True),
    refers("note_id", "document", null=True),  # the credit note of what did not reach the shop
    UniqueConstraint("trip_id", "document_id"),
    # A bill is on one living trip.
    Index(
        "ix_trip_bill_document_id",
        "document_id",
        unique=True,
        sqlite_where=text("living = 1"),
        postgresql_where=text("living = 1"),
    ),
)
# What of the staff's dues is whose: each paper that wrote some, and the man that it named.
staff_due = table(
    "staff_due",
    refers("document_id", "document", primary=True),
    refers("man_id", "delivery_man"),
    whole("paise"),  # what he owes more; below nil less
    Index("ix_staff_due_man_id", "man_id"),
)
