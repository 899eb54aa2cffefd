"""The double entry: accounts, entries, what is open, and totals that verify recomputes."""

from __future__ import annotations

from sqlalchemy import Column, Index, UniqueConstraint

from dms_desktop.store.tables.columns import Words, check, key, refers, table, whole, words

account = table(
    "account",
    key(),
    words("code", default=None),
    words("name", default=None),
    words("group", default=None),
    whole("active", default=1),
    whole("row_version", default=1),
    UniqueConstraint("code"),
)
ledger_entry = table(
    "ledger_entry",
    key(),
    refers("document_id", "document"),
    whole("leg"),
    refers("account_id", "account"),
    refers("party_id", "party", null=True),
    whole("paise"),  # debit positive, credit negative
    words("day", default=None),
    Index("ix_ledger_entry_document_id", "document_id"),
    Index("ix_ledger_entry_party_id", "party_id", "day"),
)
account_month = table(
    "account_month",
    refers("account_id", "account", primary=True),
    Column("month", Words, primary_key=True),  # 2026-11
    whole("debit", default=0),
    whole("credit", default=0),
)
# What he owes us as a customer; and as a supplier what we owe him, as a credit below nil.
party_balance = table(
    "party_balance",
    refers("party_id", "party", primary=True),
    whole("paise", default=0),
    whole("supplied", default=0),
)
open_item = table(
    "open_item",
    refers("document_id", "document", primary=True),
    refers("party_id", "party", null=True),  # a walk-in has none
    words("due_day"),
    whole("paise"),
    whole("open_paise"),
    Index("ix_open_item_party_id", "party_id", "due_day"),
    check(
        "within",
        "(paise >= 0 AND open_paise BETWEEN 0 AND paise) OR "
        "(paise < 0 AND open_paise BETWEEN paise AND 0)",
    ),
)
settlement = table(
    "settlement",
    key(),
    refers("document_id", "document"),
    whole("settles_id"),
    whole("paise"),
    Index("ix_settlement_settles_id", "settles_id"),
)
