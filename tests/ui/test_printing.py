"""F10 prints; while the printer is away the bill, its paper and its place in the row are kept."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs import VERBS
from dms_desktop.domain.printers import Way
from dms_desktop.services.registers.printers import PRINT_RULES, PRINTERS
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from tests.books import Book
from tests.cups import Queue
from tests.printing.reading import sheets
from tests.ui.conftest import CTRL, SHIFT, Counter, Key, Watch, open_counter

PRINTED = "SELECT count(*) FROM document_event WHERE event = 'printed'"


def set_printer(book: Book, way: Way, address: str, **rule: Any) -> None:
    """What the owner does once: name the printer, and say that bills are printed on it."""
    printer = {"code": "LASER", "name": "Laser by the door", "way": way.value, "address": address}
    assert PRINTERS.add is not None
    assert PRINT_RULES.add is not None
    book.write(PRINTERS.add, printer)
    book.write(PRINT_RULES.add, {"kind": "bill", "printer": "LASER", "copies": "original", **rule})


@pytest.fixture
def laser(book: Book, queue: Queue) -> Queue:
    """A real CUPS queue, by which this counter prints its bills. Ask for it before the counter."""
    set_printer(book, Way.QUEUE, queue.name)
    return queue


def text_of(paper: bytes) -> str:
    return "\n".join(sheets(paper))


def sell(counter: Counter, item: str = "soap") -> str:
    counter.party("sharma")
    counter.line(item, "1")
    return counter.save()


def printed(counter: Counter, many: int) -> None:
    """Wait until so many papers are remembered, and nothing is on its way."""
    counter.wait(lambda: counter.book.value(PRINTED) == many)
    counter.wait(lambda: counter.screen.papers.idle)


def fails(counter: Counter) -> str:
    """Wait for the banner; what it says."""
    counter.wait(lambda: "paper" in counter.faults)
    return counter.faults["paper"]


def test_f10_saves_and_prints_and_a_reprint_is_marked(laser: Queue, counter: Counter) -> None:
    assert sell(counter) == "B/26-27/00001"
    printed(counter, 1)
    assert laser.papers() == ["B-26-27-00001"]
    assert counter.book.value("SELECT detail FROM document_event WHERE event = 'printed'") == (
        "B-26-27-00001.pdf on LASER"
    )
    counter.press(Key.Key_P, modifier=CTRL)
    printed(counter, 2)
    assert laser.papers() == ["B-26-27-00001", "B-26-27-00001 reprint 1"]
    first, second = sorted(laser.tray.iterdir())
    assert "REPRINT" not in text_of(first.read_bytes())
    assert "REPRINT" in text_of(second.read_bytes())
    assert "DUPLICATE" not in text_of(first.read_bytes()), "the rule asks for the original alone"
    assert counter.faults == {}


def test_a_printer_that_is_away_gets_every_paper_once_when_it_is_back(
    laser: Queue, counter: Counter
) -> None:
    laser.pause("out of paper")
    sell(counter)
    sentence = fails(counter)
    paper = counter.papers / "B-26-27-00001.pdf"
    assert sentence == (
        "The printer Laser by the door is stopped: out of paper. Start it again. "
        f"The paper lies at {paper}."
    )
    assert paper.read_bytes().startswith(b"%PDF")
    assert counter.book.value("SELECT count(*) FROM document WHERE kind = 'bill'") == 1

    with counter.qtbot.waitSignal(counter.screen.papers.made, timeout=20_000):
        sell(counter, "tea")
    counter.wait(lambda: counter.screen.papers.idle)
    counter.press(Key.Key_P, modifier=CTRL)  # the clerk tries the key that prints
    counter.wait(lambda: counter.screen.papers.idle)
    assert counter.book.value(PRINTED) == 0
    assert set(counter.faults) == {"paper"}

    laser.resume()
    counter.press(Key.Key_R, modifier=CTRL)
    printed(counter, 2)
    assert laser.papers() == ["B-26-27-00001", "B-26-27-00002"], "in order, each once"
    assert counter.faults == {}
    assert "REPRINT" not in "".join(text_of(path.read_bytes()) for path in laser.tray.iterdir())


def test_the_next_bill_takes_along_what_waits(laser: Queue, counter: Counter) -> None:
    laser.pause("jammed")
    sell(counter)
    fails(counter)
    laser.resume()
    sell(counter, "tea")
    printed(counter, 2)
    assert laser.papers() == ["B-26-27-00001", "B-26-27-00002"]
    assert counter.faults == {}


def test_what_a_prompt_prints_meanwhile_is_not_printed_again(
    laser: Queue, counter: Counter
) -> None:
    laser.pause("jammed")
    sell(counter)
    sell(counter, "tea")
    fails(counter)
    counter.wait(lambda: counter.screen.papers.idle)
    laser.resume()
    shop = Shop(counter.book.books, counter.book.database, b"", counter.book.owner)
    first = VERBS["print"].do(shop, {"ref": "B/26-27/00001"})
    assert (first["printer"], first["reprint"]) == ("LASER", False)
    counter.press(Key.Key_R, modifier=CTRL)
    printed(counter, 2)
    assert laser.papers() == ["B-26-27-00001", "B-26-27-00002"]
    assert counter.faults == {}
    assert VERBS["print unprinted"].do(shop, {"kind": "bill"}) == {"printed": [], "left": 0}


def test_what_is_on_its_way_from_the_counter_is_not_printed_by_a_prompt(
    book: Book, counter: Counter, slow_printer: tuple[str, threading.Event]
) -> None:
    address, let = slow_printer
    set_printer(book, Way.SOCKET, address)
    with counter.qtbot.waitSignal(counter.screen.papers.made, timeout=20_000):
        sell(counter)
    shop = Shop(book.books, book.database, b"", book.owner, book.clock)
    with ThreadPoolExecutor(1) as prompt:
        asked = prompt.submit(VERBS["print unprinted"].do, shop, {"kind": "bill"})
        assert not asked.done()
        let.set()
        printed(counter, 1)
        assert asked.result(20) == {"printed": [], "left": 0}


def test_a_paper_that_is_being_taken_when_the_program_ends_is_remembered(
    qtbot: QtBot,
    qapp: QApplication,
    book: Book,
    tmp_path: Path,
    slow_printer: tuple[str, threading.Event],
) -> None:
    address, let = slow_printer
    set_printer(book, Way.SOCKET, address)
    counter = open_counter(qtbot, qapp, book, tmp_path)
    with counter.qtbot.waitSignal(counter.screen.papers.made, timeout=20_000):
        sell(counter)
    threading.Timer(0.3, let.set).start()
    counter.desk.finish()
    counter.window.close()
    counter.desk.close()
    book.database = Database(driver_for(book.books), clock=book.clock)
    assert book.value(PRINTED) == 1


def test_what_was_not_printed_is_told_at_the_next_start(
    laser: Queue, qtbot: QtBot, qapp: QApplication, book: Book, tmp_path: Path, watch: Watch
) -> None:
    before = open_counter(qtbot, qapp, book, tmp_path)
    laser.pause("jammed")
    sell(before)
    sell(before, "tea")
    fails(before)
    before.desk.finish()
    before.window.close()
    before.desk.close()

    book.database = Database(driver_for(book.books), clock=book.clock)
    after = open_counter(qtbot, qapp, book, tmp_path)
    watch.armed = True
    after.screen.start()
    assert fails(after) == "Saved but not printed yet: B/26-27/00001, B/26-27/00002."
    laser.resume()
    after.press(Key.Key_R, modifier=CTRL)
    printed(after, 2)
    assert laser.papers() == ["B-26-27-00001", "B-26-27-00002"]
    assert after.faults == {}
    after.desk.finish()
    watch.armed = False
    after.window.close()
    after.desk.close()


def test_who_wants_paper_only_when_asked_presses_the_key(
    book: Book, queue: Queue, counter: Counter
) -> None:
    set_printer(book, Way.QUEUE, queue.name, on_save=False)
    with counter.qtbot.waitSignal(counter.screen.papers.made, timeout=20_000):
        sell(counter)
    counter.wait(lambda: counter.screen.papers.idle)
    assert (counter.papers / "B-26-27-00001.pdf").exists()
    assert (queue.papers(), counter.book.value(PRINTED)) == ([], 0)
    counter.press(Key.Key_P, modifier=CTRL)
    printed(counter, 1)
    assert queue.papers() == ["B-26-27-00001"]
    (paper,) = queue.tray.iterdir()
    assert "REPRINT" not in text_of(paper.read_bytes())


def test_all_that_was_never_printed_is_printed_by_one_key(
    book: Book, queue: Queue, counter: Counter
) -> None:
    set_printer(book, Way.QUEUE, queue.name, on_save=False)
    for item in ("soap", "tea", "salt"):
        sell(counter, item)
    counter.wait(lambda: counter.screen.papers.idle)
    assert queue.papers() == []
    counter.press(Key.Key_P, modifier=CTRL | SHIFT)
    printed(counter, 3)
    assert queue.papers() == [f"B-26-27-0000{number}" for number in (1, 2, 3)]
    counter.press(Key.Key_P, modifier=CTRL | SHIFT)
    counter.wait(lambda: counter.said == "Everything that was saved here is printed.")
    assert len(queue.papers()) == 3


def test_another_printer_prints_what_the_first_left(
    laser: Queue, counter: Counter, tmp_path: Path
) -> None:
    laser.remove()
    sell(counter)
    assert laser.name in fails(counter)
    (tmp_path / "tray").mkdir()
    other = {"way": "folder", "address": str(tmp_path / "tray")}
    assert PRINTERS.change is not None
    counter.book.write(PRINTERS.change, "LASER", other, 1)
    counter.press(Key.Key_R, modifier=CTRL)
    printed(counter, 1)
    assert [path.name for path in (tmp_path / "tray").iterdir()] == ["B-26-27-00001.pdf"]
    assert counter.faults == {}


@pytest.fixture
def slow_printer() -> Iterator[tuple[str, threading.Event]]:
    """A network printer that takes the paper when it is let."""
    let = threading.Event()

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                let.wait(20)
                while connection.recv(65_536):
                    pass

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}", let
        server.shutdown(socket.SHUT_RDWR)
        thread.join(20)


def test_the_clerk_bills_on_while_the_printer_is_slow(
    book: Book, counter: Counter, slow_printer: tuple[str, threading.Event]
) -> None:
    address, let = slow_printer
    set_printer(book, Way.SOCKET, address)
    with counter.qtbot.waitSignal(counter.screen.papers.made, timeout=20_000):
        sell(counter)
    counter.party("laxmi")
    counter.line("tea", "2")
    assert counter.asked == [("TEA", 2, 0)]
    with counter.qtbot.waitSignal(counter.screen.papers.made, timeout=20_000):
        counter.press(Key.Key_F10)
    assert (counter.papers / "B-26-27-00002.pdf").exists(), "the folder waits for no printer"
    assert counter.book.value(PRINTED) == 0, "not printed before the printer has it"
    counter.press(Key.Key_P, modifier=CTRL)  # too early: that one is on its way
    let.set()
    printed(counter, 2)


def test_a_run_shows_how_far_it_is_can_be_stopped_and_goes_on(
    book: Book, counter: Counter, slow_printer: tuple[str, threading.Event]
) -> None:
    address, let = slow_printer
    set_printer(book, Way.SOCKET, address, on_save=False)
    for _ in range(4):
        sell(counter)
    counter.wait(lambda: counter.screen.papers.idle)
    strip = counter.screen.strip
    counter.press(Key.Key_P, modifier=CTRL | SHIFT)
    counter.wait(lambda: counter.screen.papers.sending)
    assert not strip.isHidden()
    assert strip.told.text() == "0 of 4 papers are through."
    assert (strip.bar.value(), strip.bar.maximum()) == (0, 4)
    assert counter.at is not strip.stop, "the clerk bills on"
    strip.stop.click()
    let.set()
    printed(counter, 1)
    assert strip.isHidden(), "what the printer had begun was the last"
    assert counter.faults == {}

    counter.press(Key.Key_P, modifier=CTRL | SHIFT)
    printed(counter, 4)
    assert strip.isHidden()
    assert book.value("SELECT count(DISTINCT document_id) FROM document_event") == 4


def test_the_key_that_prints_all_stops_the_run_too(
    book: Book, counter: Counter, slow_printer: tuple[str, threading.Event]
) -> None:
    address, let = slow_printer
    set_printer(book, Way.SOCKET, address, on_save=False)
    for _ in range(3):
        sell(counter)
    counter.wait(lambda: counter.screen.papers.idle)
    counter.press(Key.Key_P, modifier=CTRL | SHIFT)
    counter.wait(lambda: counter.screen.papers.sending)
    assert not counter.screen.strip.isHidden()
    counter.press(Key.Key_P, modifier=CTRL | SHIFT)
    let.set()
    printed(counter, 1)
    assert counter.faults == {}


def test_a_run_whose_printer_dies_waits_and_prints_the_rest_once(
    laser: Queue, counter: Counter
) -> None:
    laser.pause("jammed")
    for _ in range(3):
        sell(counter)
    fails(counter)
    counter.wait(lambda: counter.screen.papers.idle)
    counter.press(Key.Key_P, modifier=CTRL | SHIFT)
    counter.wait(lambda: not counter.screen.strip.isHidden())
    counter.wait(lambda: counter.screen.papers.idle)
    assert counter.screen.strip.bar.value() == 0
    laser.resume()
    counter.press(Key.Key_R, modifier=CTRL)
    printed(counter, 3)
    assert laser.papers() == ["B-26-27-00001", "B-26-27-00002", "B-26-27-00003"]
    assert counter.screen.strip.isHidden()
