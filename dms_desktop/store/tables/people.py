"""Who may do what: users, their roles, and the powers of each role."""

from __future__ import annotations

from sqlalchemy import Column, Index, UniqueConstraint

from dms_desktop.store.tables.columns import Words, blob, key, refers, table, uid, whole, words

role = table(
    "role",
    key(),
    words("code", default=None),
    words("name"),
    whole("active", default=1),
    whole("row_version", default=1),
    UniqueConstraint("code"),
)
role_power = table(
    "role_power",
    refers("role_id", "role", primary=True),
    Column("power", Words, primary_key=True),
)
user_account = table(
    "user_account",
    key(),
    uid(),
    words("code", default=None),
    words("name", default=None),
    refers("role_id", "role"),
    words("pin_hash"),
    whole("failed", default=0),
    whole("locked_until", default=0),
    whole("active", default=1),
    whole("row_version", default=1),
    UniqueConstraint("code"),
)
# Somebody with the power said yes to one draft, up to an amount; its id becomes the bill's.
approval = table(
    "approval",
    key(),
    blob("draft_uid"),
    words("reasons", default=None),  # parted by spaces
    whole("ceiling"),  # paise
    refers("user_id", "user_account"),  # who said yes
    refers("clerk_id", "user_account"),
    words("counter"),
    whole("at"),
    words("why"),
    Index("ix_approval_draft_uid", "draft_uid"),
)
draft = table(
    "draft",
    Column("uid", blob("uid").type, primary_key=True),
    words("kind", default=None),
    words("counter"),
    refers("user_id", "user_account"),
    words("body", default=None),
    whole("saved_at"),
    # One that the clerk put aside, and what a list of such says of it.
    whole("aside", default=0),
    words("name"),
    whole("total", default=0),
)
