"""The sample company as the three import files that anyone could have written."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from dms_desktop.sample.items import items
from dms_desktop.sample.lots import lots
from dms_desktop.sample.parties import parties
from dms_desktop.sample.rows import ItemRow, LotRow, PartyRow, table


def write_csv(folder: Path, seed: int, today: date) -> tuple[Path, Path, Path]:
    """Write items.csv, parties.csv and lots.csv, in the order in which they must be imported."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        folder / "items.csv": table(ItemRow, items(seed)),
        folder / "parties.csv": table(PartyRow, parties(seed)),
        folder / "lots.csv": table(LotRow, lots(seed, today)),
    }
    for path, rows in tables.items():
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    items_csv, parties_csv, lots_csv = tables
    return items_csv, parties_csv, lots_csv
