"""Whom we trade with, on which beat, and on what terms for each principal."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from dms_desktop.store.tables.columns import key, refers, table, uid, whole, words

salesman = table(
    "salesman",
    key(),
    uid(),
    words("code", default=None),
    words("name", default=None),
    words("phone"),
    whole("active", default=1),
    whole("row_version", default=1),
    UniqueConstraint("code"),
)
beat = table(
    "beat",
    key(),
    uid(),
    words("code", default=None),
    words("name", default=None),
    whole("active", default=1),
    whole("row_version", default=1),
    UniqueConstraint("code"),
)
party = table(
    "party",
    key(),
    uid(),
    words("code", default=None),
    words("code_key", default=None),
    words("name", default=None),
    words("alias"),
    words("address"),
    words("city"),
    words("pin"),
    words("state", default=None),
    words("phone"),
    words("pan"),
    words("fssai"),  # as the list of licences has it
    words("ship_to"),
    words("ship_state"),
    words("party_class"),
    refers("beat_id", "beat", null=True),
    refers("salesman_id", "salesman", null=True),
    refers("price_list_id", "price_list", null=True),
    whole("credit_limit", null=True),  # paise; NULL = none was set
    whole("credit_days", default=0),
    whole("min_life_days", default=0),
    whole("customer", default=1),
    whole("supplier", default=0),
    whole("active", default=1),
    whole("row_version", default=1),
    UniqueConstraint("code_key"),
    Index("ix_party_beat_id", "beat_id"),
)
# What the party is to the GST department, from a day on; '' = always.
party_gst = table(
    "party_gst",
    key(),
    refers("party_id", "party"),
    words("from_day"),
    words("gst_type", default=None),
    words("gstin"),
    UniqueConstraint("party_id", "from_day"),
)
party_licence = table(
    "party_licence",
    key(),
    refers("party_id", "party"),
    words("kind", default=None),  # FSSAI, a drug form such as 20B, or the owner's own word
    words("number", default=None),
    words("valid_to"),  # its last day; '' = it was not said
    whole("active", default=1),  # 0: taken off the list
    UniqueConstraint("party_id", "kind", "number"),
)
party_principal = table(
    "party_principal",
    refers("party_id", "party", primary=True),
    refers("principal_id", "principal", primary=True),
    refers("beat_id", "beat", null=True),
    words("visit_day"),
    refers("salesman_id", "salesman", null=True),
    refers("price_list_id", "price_list", null=True),
    whole("trade_discount", null=True),  # ten-thousandths of a percent
    whole("special_discount", null=True),
    whole("credit_limit", null=True),
    whole("credit_days", null=True),
    whole("stopped", default=0),
    whole("row_version", default=1),
)
