"""A run of papers whose printer dies half-way: nothing is lost, nothing comes out twice."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs import VERBS
from dms_desktop.domain.printers import Way
from dms_desktop.services.registers.printers import PRINT_RULES, PRINTERS
from dms_desktop.spool.faults import PrinterAway, PrinterFault, PrinterStopped
from tests.books import Book
from tests.cups import Queue
from tests.spool.conftest import Listener

PRINTED = "SELECT count(*) FROM document_event WHERE event = 'printed'"


def rule(book: Book, way: str, address: str, kind: str = "bill", **about: Any) -> None:
    assert PRINTERS.add is not None
    assert PRINT_RULES.add is not None
    code = f"P{book.value('SELECT count(*) FROM printer')}"
    book.write(PRINTERS.add, {"code": code, "name": code, "way": way, "address": address})
    said = {"kind": kind, "printer": code, "copies": "original", "size": "80mm", **about}
    book.write(PRINT_RULES.add, said)


def shop_of(book: Book) -> Shop:
    return Shop(book.books, book.database, b"", book.owner, book.clock)


def prints_all(book: Book, **asked: Any) -> dict[str, Any]:
    done: dict[str, Any] = VERBS["print unprinted"].do(shop_of(book), {"kind": "bill", **asked})
    return done


def billed_until_it_stops(book: Book) -> PrinterStopped:
    """CUPS stops the queue a moment after the paper that jammed: bills go on till then."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            if not prints_all(book)["printed"]:
                book.bill(TEA=1)
        except PrinterStopped as fault:
            return fault
    raise AssertionError("the queue never stopped")


@pytest.mark.parametrize("size", ["a4", "80mm", "136col"])
def test_a_printer_that_dies_half_way_prints_each_bill_once(
    book: Book, queue: Queue, size: str
) -> None:
    for _ in range(7):
        book.bill(TEA=1)
    rule(book, Way.QUEUE, queue.name, size=size)
    queue.jam(after=3)
    fault = billed_until_it_stops(book)
    assert fault.facts["found"]
    assert book.value(PRINTED) > 3, "what CUPS took is its own to print"
    queue.mend()
    prints_all(book)
    numbers = [number for (number,) in book.rows("SELECT number FROM document ORDER BY id")]
    titles = [number.replace("/", "-") for number in numbers if number.startswith("B/")]
    assert queue.papers() == titles, "each once, in order"
    assert book.value(PRINTED) == len(titles)
    assert prints_all(book) == {"printed": [], "left": 0}


def test_a_network_printer_that_drops_a_paper_gets_that_one_again_and_no_other(
    book: Book, listener: Listener
) -> None:
    for _ in range(5):
        book.bill(TEA=1)
    rule(book, Way.SOCKET, listener.record.address)
    listener.takes = 2
    with pytest.raises(PrinterFault) as caught:
        prints_all(book)
    assert isinstance(caught.value, PrinterAway)
    assert (caught.value.facts["left"], book.value(PRINTED)) == (3, 2)
    whole = len(listener.heard)
    listener.takes = 100
    assert len(prints_all(book)["printed"]) == 3
    assert whole == 2
    assert len(listener.heard) == 5
    assert len(set(listener.heard)) == 5, "five bills, each a receipt of its own"


def test_all_that_has_a_rule_is_printed_in_one_go(book: Book, tmp_path: Path) -> None:
    tray = tmp_path / "tray"
    tray.mkdir()
    book.bill(TEA=1)
    rule(book, Way.FOLDER, str(tray))
    rule(book, Way.FOLDER, str(tray), kind="pick_list")
    done = prints_all(book, kind="")
    assert len(done["printed"]) == 1
    assert done["left"] == 0
