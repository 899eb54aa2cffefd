"""The tables of the books, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from dms_desktop.store.tables import (
    business,
    buying,
    counting,
    dispatch,
    documents,
    goods,
    ledger,
    parties,
    people,
    picking,
    records,
    tray,
)
from dms_desktop.store.tables.columns import metadata

__all__ = [
    "business",
    "buying",
    "counting",
    "dispatch",
    "documents",
    "goods",
    "ledger",
    "metadata",
    "parties",
    "people",
    "picking",
    "records",
    "tray",
]
