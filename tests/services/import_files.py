"""What the import tests share: two small files, and a book laid bare."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dms_desktop.domain.incoming import Intake
from dms_desktop.files.importing import Report, bring_in
from tests.books import Book
from tests.files.sheets import write_csv

OURS_ALONE = {"audit", "audit_tip", "import_run", "import_change"}
ITEMS = [
    ["code", "name", "principal", "hsn", "gst_rate", "unit", "case", "barcode", "mrp"],
    ["soap", "Toilet soap 100 g", "Brand", "34011190", "18", "PCS", "24", "8901", "45.00"],
    ["GHEE", "Cow ghee 1 l", "Gokul", "04059020", "12", "LTR", "12", "8902", "650"],
    ["JAM", "", "Gokul", "20079910", "12", "PCS", "12", "", "99"],
    ["TEA", "Leaf tea 250 g", "Brand", "34011190", "5", "PCS", "12", "", "120"],
]
LOTS = [
    ["item", "batch", "mrp", "ptr", "cost", "packed", "expiry", "godown", "qty"],
    ["SOAP", "S1", "40", "31.00", "27", "", "31-01-2027", "MAIN", "2c 6p"],
    ["SOAP", "S9", "40", "31", "27", "01-11-2026", "OCT-28", "Cold store", "10"],
    ["TEA", "T9", "120", "95", "90", "", "12/27", "", "0"],
]


def run(book: Book, kind: Intake, path: Path, **options: Any) -> Report:
    return bring_in(book, kind, path, **options)


def dump(book: Book, without: set[str] = OURS_ALONE) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as it lies there."""
    tables = [name for (name,) in book.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name: book.rows(f"SELECT * FROM {name}") for name in sorted(tables) if name not in without
    }


def standing(book: Book) -> dict[str, object]:
    """What there is to sell, what it cost, and what the ledger says."""
    return {
        "stock": dict(
            book.rows("SELECT lot_id, sum(qty) FROM stock GROUP BY lot_id HAVING sum(qty) > 0")
        ),
        "cost": book.rows("SELECT lot_id, qty, paise FROM lot_cost WHERE qty > 0 ORDER BY lot_id"),
        "ledger": book.rows(
            "SELECT account_id, sum(paise) FROM ledger_entry GROUP BY account_id"
            " HAVING sum(paise) <> 0 ORDER BY account_id"
        ),
    }


def few_items(folder: Path) -> Path:
    return write_csv(folder / "items.csv", ITEMS)


def few_lots(folder: Path) -> Path:
    return write_csv(folder / "lots.csv", LOTS)


def many_items(path: Path, count: int, name: str = "Item") -> Path:
    rows = [ITEMS[0]] + [
        [
            f"N{at}",
            f"{name} {at}",
            f"Principal {at // 400}",
            "20079910",
            "12",
            "PCS",
            "12",
            f"77{at}",
            "9",
        ]
        for at in range(count)
    ]
    return write_csv(path, rows)


def many_lots(path: Path, count: int) -> Path:
    rows = [LOTS[0]] + [
        ["SOAP" if at % 2 else "TEA", f"B{at}", "120", "30", "27", "", "12/28", "", "3"]
        for at in range(count)
    ]
    return write_csv(path, rows)
