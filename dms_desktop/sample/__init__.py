"""A believable distributor in Pune, made from a seed: masters, stock and months of orders."""

from __future__ import annotations

from dms_desktop.sample.csv_files import write_csv
from dms_desktop.sample.history import Day, history, working_days
from dms_desktop.sample.items import items
from dms_desktop.sample.lots import lots
from dms_desktop.sample.parties import company, parties, suppliers
from dms_desktop.sample.rows import Company, ItemRow, LotRow, PartyRow

__all__ = [
    "Company",
    "Day",
    "ItemRow",
    "LotRow",
    "PartyRow",
    "company",
    "history",
    "items",
    "lots",
    "parties",
    "suppliers",
    "working_days",
    "write_csv",
]
