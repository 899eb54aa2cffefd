"""Who may do what: users, their roles, and the powers of each role."""

from __future__ import annotations

from sqlalchemy import Column, UniqueConstraint

from dms_desktop.store.tables.columns import Words, blob, key, refers, table, uid, whole, words

role = table("role", key(), words("code", default=None), words("name"), UniqueConstraint("code"))
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
draft = table(
    "draft",
    Column("uid", blob("uid").type, primary_key=True),
    words("kind", default=None),
    words("counter"),
    refers("user_id", "user_account"),
    words("body", default=None),
    whole("saved_at"),
)
