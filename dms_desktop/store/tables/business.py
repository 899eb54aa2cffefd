"""Ourselves: the company as its papers name it, its GST registrations, places, series and locks."""

from __future__ import annotations

from sqlalchemy import Column, UniqueConstraint

from dms_desktop.store.tables.columns import (
    Whole,
    Words,
    check,
    key,
    refers,
    table,
    uid,
    whole,
    words,
)

# One row a version: a document names the version that its paper must show for ever.
company = table(
    "company",
    key(),
    words("name", default=None),
    words("address"),
    words("city"),
    words("pin"),
    words("state", default=None),
    words("phone"),
    words("email"),
    words("pan"),
    words("fssai"),
    words("drug_licence"),
    words("bank_name"),
    words("bank_account"),
    words("bank_ifsc"),
    words("vpa"),
    words("warranty"),
    words("terms"),
    whole("saved_at"),
)
# The licences of one version of our particulars.
company_licence = table(
    "company_licence",
    key(),
    refers("company_id", "company"),
    words("kind", default=None),  # FSSAI, a drug form such as 20B, or the owner's own word
    words("number", default=None),
    words("valid_to"),
    UniqueConstraint("company_id", "kind", "number"),
)
turnover = table(
    "turnover",
    Column("year", Whole, primary_key=True, autoincrement=False),  # its April
    whole("paise"),
    whole("row_version", default=1),
)
# How many digits of the HSN a bill must show, by the turnover of the year before; 0 = none.
hsn_rule = table(
    "hsn_rule",
    key(),
    words("from_day", default=None),
    whole("above"),  # paise: for a turnover above this
    whole("registered"),  # to a registered buyer
    whole("unregistered"),
    words("source"),
    UniqueConstraint("from_day", "above"),
)
registration = table(
    "registration",
    key(),
    words("gstin"),
    words("state", default=None),
    words("gst_type", default=None),
    words("from_day"),
)
place = table(
    "place",
    key(),
    uid(),
    words("code", default=None),
    words("name", default=None),
    words("kind", default=None),  # godown, van, in_transit, on_challan
    refers("registration_id", "registration"),
    whole("active", default=1),
    whole("row_version", default=1),
    UniqueConstraint("code"),
)
series = table(
    "series",
    key(),
    uid(),
    refers("registration_id", "registration"),
    words("kind", default=None),
    words("paper"),  # '' serves every paper of the kind
    words("counter"),
    whole("principal_id", default=0),  # 0 serves every principal
    whole("year"),  # the April of the financial year
    words("prefix", default=None),
    whole("width"),
    whole("first", default=1),
    whole("last", default=0),
    words("last_day"),
    whole("row_version", default=1),
    UniqueConstraint("registration_id", "kind", "paper", "counter", "principal_id", "year"),
    UniqueConstraint("year", "prefix"),
    check("fits", "length(prefix) + width <= 16"),
)
# Why something is done: the owner's own list, for cancelling, blocking, returning and the like.
reason = table(
    "reason",
    key(),
    words("code", default=None),
    words("name", default=None),
    words("use", default=None),
    words("ledger"),  # of an adjustment: the account that it goes to; '' = stock_differences
    whole("keeps_credit", default=0),  # the input tax of what is gone stays ours; 0 = it reverses
    whole("active", default=1),
    whole("row_version", default=1),
    UniqueConstraint("code"),
)
period = table(
    "period",
    key(),
    words("closed_until"),  # the day lock
    words("filed_until"),  # the GST-filed month, as its last day
    words("locked_until"),  # the locked financial year, as its last day
    words("snapshot_until"),  # the newest month end of `stock_month`, or a later one
    whole("row_version", default=1),
)
setting = table(
    "setting",
    Column("code", Words, primary_key=True),
    words("value"),
    whole("row_version", default=1),
)
printer = table(
    "printer",
    key(),
    words("code", default=None),
    words("name", default=None),
    words("way", default=None),  # queue, windows, socket, folder
    words("address"),
    whole("active", default=1),
    whole("drawer"),  # the cash drawer hangs on it
    whole("row_version", default=1),
    UniqueConstraint("code"),
)
# Which paper of which counter comes out of which printer; none = it is not printed there.
print_rule = table(
    "print_rule",
    key(),
    words("kind", default=None),
    words("counter"),  # '' = every counter without a rule of its own
    refers("printer_id", "printer", null=True),
    words("size", default=None),
    words("copies", default=None),
    whole("on_save", default=1),
    whole("since"),  # what was saved before was never meant to be printed
    whole("row_version", default=1),
    UniqueConstraint("kind", "counter"),
)
statutory_limit = table(
    "statutory_limit",
    key(),
    words("code", default=None),
    words("from_day", default=None),
    whole("paise"),
    words("source"),
    UniqueConstraint("code", "from_day"),
)
