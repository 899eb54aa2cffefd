"""A spreadsheet of 50,000 items brought in at the screen, and keys pressed meanwhile.

The floor of the import is reading the same file and doing nothing with it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import counter
from benchmarks.clerk import p99, run_for, started
from benchmarks.figure import Figure

ROWS = 50_000
RATIO = 2.0
KEY_BOUND = 33.0
LINES = 50
HEADINGS = ("Item code", "Item name", "Company", "Brand", "Category", "HSN", "GST %", "UOM",
            "Case", "Barcode", "MRP")  # fmt: skip


def measure(quick: bool = False) -> list[Figure]:
    """`quick` brings in a tenth as many."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from dms_desktop import app
    from dms_desktop.files.table import read_table

    rows = ROWS // 10 if quick else ROWS
    with TemporaryDirectory() as folder:
        books, files = Path(folder) / "books.db", (Path(folder) / "a.xlsx", Path(folder) / "b.xlsx")
        app.make_sample(books, bills=0)
        for letter, file in zip("AB", files, strict=True):
            write_items(file, letter, rows)
        begun = time.perf_counter()
        read_table(files[0])
        floor = time.perf_counter() - begun
        with started(books) as (program, floor_):
            alone = _import(program, floor_, files[0], lambda: run_for(program, 0.005))
            screen = floor_.go("counter")
            items = counter.in_stock(program, screen)
            counter.load(program, screen, items[:LINES])
            pressed: counter.Times = ([], [])

            def type_on() -> None:
                for every, some in zip(
                    pressed, counter.press(program, screen, 20, pause=0.03), strict=True
                ):
                    every.extend(some)

            beside = _import(program, floor_, files[1], type_on)
    return [
        Figure(
            f"an import of {rows:,} rows, from the file chosen to all in the books", alone, floor,
            alone / floor, f"<= {RATIO:g} x reading it", "s", alone <= RATIO * floor,
        ),
        _keys(pressed, beside, rows),
    ]  # fmt: skip


def write_items(path: Path, letter: str, rows: int) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("items")
    sheet.append(HEADINGS)
    for at in range(rows):
        sheet.append((
            f"{letter}{at:06d}", f"New article {letter} {at} of the range", f"Principal {at % 20}",
            f"Brand {at % 90}", "Goods", "34011190", 18, "PCS", 24, f"8{ord(letter)}{at:010d}",
            90 + at % 50,
        ))  # fmt: skip
    book.save(path)


def _import(program: Any, floor: Any, file: Path, meanwhile: Callable[[], object]) -> float:
    """Seconds until the last row is in the books; nobody stops to look at what was tried."""
    page = floor.go("import").page
    done: list[Any] = []

    def bring(_: object) -> None:
        program.later(0, page.bring.click)

    def brought(*found: object) -> None:
        done.append(found)

    slots = ((page.work.tried, bring), (page.work.brought, brought), (page.work.failed, brought))
    for signal, slot in slots:
        signal.connect(slot)
    begun = time.perf_counter()
    page.begin()
    page.file.take(file)
    floor.go("counter")
    while not done:
        meanwhile()
    spent = time.perf_counter() - begun
    for signal, slot in slots:
        signal.disconnect(slot)
    _, outcome = done[0]
    assert not outcome.refused, outcome.refused[:3]
    return spent


def _keys(pressed: counter.Times, beside: float, rows: int) -> Figure:
    keys, bare = pressed
    wall, cpu = (p99([each[at] for each in keys]) for at in (0, 1))
    least = p99([each[0] for each in bare])
    return Figure(
        f"a key priced and painted while {rows:,} rows come in, p99 of {len(keys):,}",
        wall,
        least,
        wall / least,
        f"<= {KEY_BOUND:g} ms",
        "ms",
        wall <= KEY_BOUND,
        f"CPU p99 {cpu:.1f} ms, worst {max(each[0] for each in keys):.1f} ms;"
        f" {LINES} lines on the bill; the import took {beside:.1f} s",
    )
