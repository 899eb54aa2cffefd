"""Receipts reach the printer in its own language, byte for byte, whichever way it is reached."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs import VERBS
from dms_desktop.domain.printers import SIZES, PrinterRecord, Way
from dms_desktop.printing.escpos import CUT, RESET
from dms_desktop.services.registers.printers import PRINT_RULES, PRINTERS
from tests.books import Book
from tests.cups import Queue
from tests.spool.conftest import Listener

RAW_SIZES = SIZES[2:]
PICTURE = b"\x1dv0\x00"


def prints(book: Book, printer: PrinterRecord, size: str, **rule: Any) -> dict[str, Any]:
    """A bill is saved and printed by the rule; what the prompt was told."""
    assert PRINTERS.add is not None
    assert PRINT_RULES.add is not None
    told = {"code": "TILL", "name": "Till", "way": printer.way, "address": printer.address}
    book.write(PRINTERS.add, told)
    rule = {"kind": "bill", "printer": "TILL", "size": size, "copies": "original", **rule}
    book.write(PRINT_RULES.add, rule)
    posted = book.bill(TEA=2)
    shop = Shop(book.books, book.database, b"", book.owner, book.clock)
    done: dict[str, Any] = VERBS["print"].do(shop, {"ref": posted.number})
    return done


def test_a_bill_comes_out_of_an_80_mm_printer_on_the_network(
    book: Book, listener: Listener
) -> None:
    said = prints(book, listener.record, "80mm")
    paper = Path(said["pdf"])
    (heard,) = listener.heard
    assert (paper.suffix, heard) == (".bin", paper.read_bytes())
    assert heard.startswith(RESET + PICTURE + (576 // 8).to_bytes(2, "little"))
    assert heard.endswith(CUT)
    assert heard.count(CUT) == 1


@pytest.mark.parametrize("size", RAW_SIZES)
def test_a_queue_with_or_without_a_driver_changes_no_byte(
    book: Book, queue: Queue, size: str
) -> None:
    said = prints(book, PrinterRecord("", "", Way.QUEUE, queue.name), size)
    queue.papers()
    (came_out,) = queue.tray.iterdir()
    assert came_out.read_bytes() == Path(said["pdf"]).read_bytes()


@pytest.mark.parametrize("size", RAW_SIZES)
def test_a_folder_gets_the_file_under_its_own_ending(book: Book, tmp_path: Path, size: str) -> None:
    tray = tmp_path / "tray"
    tray.mkdir()
    said = prints(book, PrinterRecord("", "", Way.FOLDER, str(tray)), size)
    (came_out,) = tray.iterdir()
    assert came_out.name == Path(said["pdf"]).name
    assert came_out.suffix == (".bin" if size.endswith("mm") else ".txt")


def test_each_copy_is_cut_off(book: Book, listener: Listener) -> None:
    prints(book, listener.record, "58mm", copies="original,duplicate")
    (heard,) = listener.heard
    assert heard.count(CUT) == 2
    assert heard.startswith(RESET + PICTURE + (384 // 8).to_bytes(2, "little"))
