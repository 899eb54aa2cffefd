"""What is altered in a paper about our own goods is found, and the row that was touched named."""

from __future__ import annotations

import pytest

from dms_desktop.domain.stock_papers import STOCK_PAPERS
from dms_desktop.store.tables import metadata
from tests.services.test_verify_damage import FREE, Bench, another, bench

__all__ = ["bench"]  # the fixture of the damaged books

HELD_BY = {"document": "id", "goods_line": "document_id", "stock_move": "document_id"}
CELLS = [
    (table, column.name)
    for table in HELD_BY
    for column in metadata.tables[table].columns
    if (table, column.name) not in FREE
]


def rows_of(bench: Bench, table: str) -> list[int]:
    """The rows of all such papers and of what cancelled them."""
    kinds = ", ".join(f"'{kind}'" for kind in STOCK_PAPERS)
    papers = (
        f"SELECT id FROM document WHERE kind IN ({kinds}) OR id IN (SELECT from_id FROM"
        f" document_link JOIN document ON document.id = to_id WHERE document.kind IN ({kinds}))"
    )
    held = f"SELECT rowid FROM {table} WHERE {HELD_BY[table]} IN ({papers}) ORDER BY rowid"
    return [row for (row,) in bench.rows(held)]


@pytest.mark.parametrize(("table", "column"), CELLS)
def test_a_changed_cell_is_named_by_its_row(
    bench: Bench, table: str, column: str, soak: bool
) -> None:
    primary = bool(metadata.tables[table].columns[column].primary_key)
    change = f"{column} = {another(table, column, key=primary)}"
    rows = rows_of(bench, table)
    for rowid in rows if soak else rows[:: max(1, len(rows) // 5)]:
        names = bench.names_of(table, rowid)
        with bench.damage(f"UPDATE {table} SET {change} WHERE rowid = :r", r=rowid):
            found = bench.first()
        assert found is not None, (table, column, rowid)
        assert (found.table, found.key in names) == (table, True), (rowid, names, found)


def test_a_batch_that_is_called_otherwise_than_its_correction_says_is_found(bench: Bench) -> None:
    lot = bench.value("SELECT id FROM lot WHERE batch = 'O2'")
    with bench.damage("UPDATE lot SET batch = 'O1' WHERE id = :lot", lot=lot):
        found = bench.first()
    assert found is not None
    assert (found.what, found.table, found.key) == ("lot_called", "lot", lot)
