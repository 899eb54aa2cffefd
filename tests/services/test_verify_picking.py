"""What is altered in pick lists and swaps is found, and the row that was touched named."""

from __future__ import annotations

import pytest

from dms_desktop.store.tables import metadata
from tests.services.test_verify_damage import FREE, Bench, another, bench

__all__ = ["bench"]  # the fixture of the damaged books

# What may say something else without anything being wrong: who, when, where to look, and counts.
TOLD_ONLY = {
    "pick": {"rack", "reason", "user_id", "at", "row_version", "id", "swap_id", "now_lot"},
    "pick_claim": set[str](),
    "pick_source": {"paper_id"},
    "pick_list": {
        "uid", "year", "serial", "number", "day", "route", "vehicle", "at", "user_id", "asked",
        "row_version", "closed_at", "packed_at", "place_id",
    },
}  # fmt: skip
CELLS = [
    (table, column.name)
    for table, free in TOLD_ONLY.items()
    for column in metadata.tables[table].columns
    if column.name not in free
]
SWAPPED = {"document": "id", "goods_line": "document_id", "stock_move": "document_id",
           "ledger_entry": "document_id", "document_link": "from_id"}  # fmt: skip
PICKS = {"pick", "pick_claim", "pick_source", "pick_list"}


# Only the picker knows how far an open or short row is, and which lot an order's line was given.
UNWITNESSED = {
    ("pick", "qty"): "state IN ('picked', 'swapped')",
    ("pick", "picked"): "state IN ('picked', 'swapped')",
    ("pick", "lot_id"): "list_id IN (SELECT id FROM pick_list WHERE kind = 'bill')",
}


@pytest.mark.parametrize(("table", "column"), CELLS)
def test_a_changed_cell_of_a_list_is_found(bench: Bench, table: str, column: str) -> None:
    change = f"{column} = {another(table, column, key=False)}"
    which = UNWITNESSED.get((table, column), "1 = 1")
    for (rowid,) in bench.rows(f"SELECT rowid FROM {table} WHERE {which}"):
        with bench.damage(f"UPDATE {table} SET {change} WHERE rowid = :r", r=rowid):
            found = bench.report().findings
        assert found, (table, column, rowid)
        assert {each.table for each in found} & PICKS


@pytest.mark.parametrize("table", sorted(PICKS - {"pick"}))
def test_a_row_that_was_cut_out_is_found(bench: Bench, table: str) -> None:
    for rowid in bench.rowids(table):
        with bench.damage(f"DELETE FROM {table} WHERE rowid = :r", r=rowid):
            assert bench.first() is not None, (table, rowid)


@pytest.mark.parametrize(
    "change",
    [
        "pick SET state = 'picked' WHERE state = 'short'",
        "pick SET state = 'picked' WHERE state = 'swapped'",
        "pick SET reason = '' WHERE state = 'short'",
        "pick SET swap_id = NULL WHERE swap_id IS NOT NULL",
        "pick_source SET paper_id = 1 WHERE paper_id IS NOT NULL",
        "pick_source SET state = 'open' WHERE state = 'done'",
        "pick_list SET state = 'dropped' WHERE state = 'done'",
        "pick_list SET packed_at = 1 WHERE state = 'open'",
    ],
)
def test_what_no_picker_did_is_found(bench: Bench, change: str) -> None:
    with bench.damage(f"UPDATE {change}"):
        assert {each.table for each in bench.report().findings} & PICKS


@pytest.mark.parametrize("table", SWAPPED)
def test_a_changed_cell_of_a_swap_is_named_by_its_row(bench: Bench, table: str) -> None:
    rows = [
        row
        for (row,) in bench.rows(
            f"SELECT {table}.rowid FROM {table} JOIN document swap ON swap.id ="
            f" {table}.{SWAPPED[table]} WHERE swap.kind = 'swap' ORDER BY 1"
        )
    ]
    for column in metadata.tables[table].columns:
        if (table, column.name) in FREE:
            continue
        change = f"{column.name} = {another(table, column.name, key=bool(column.primary_key))}"
        for rowid in rows[:2]:
            names = bench.names_of(table, rowid)
            with bench.damage(f"UPDATE {table} SET {change} WHERE rowid = :r", r=rowid):
                found = bench.first()
            assert found is not None, (table, column.name, rowid)
            if table != "document_link":
                assert (found.table, found.key in names) == (table, True), (column.name, found)
