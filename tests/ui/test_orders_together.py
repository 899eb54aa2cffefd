"""More than one order at once: a short item shared, a beat billed while the counter goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.domain.draft import Ask
from dms_desktop.domain.goods_line import Kind
from dms_desktop.services import billing, cancelling, options, tray
from dms_desktop.services.bulk import Fate, Outcome, Rest
from dms_desktop.services.verifying import verify
from dms_desktop.ui.orders.bulk import Run
from dms_desktop.ui.orders.screen import OrdersScreen
from tests.books import Book
from tests.ui.conftest import CTRL, Key, Watch
from tests.ui.shop import Shop, beat, close, opened, rows_of
from tests.ui.test_faults import FullDisk, disk

__all__ = ("disk",)


@pytest.fixture
def shop(
    qtbot: QtBot, qapp: QApplication, book: Book, tmp_path: Path, watch: Watch
) -> Iterator[Shop]:
    with opened(qtbot, qapp, book, tmp_path) as made:
        watch.armed = True
        yield made
    watch.armed = False
    close(made)


def finished(shop: Shop, screen: OrdersScreen) -> list[list[str]]:
    """Wait for the end of the run; what became of the orders."""
    panel = screen._bulk
    assert panel is not None
    shop.wait(lambda: not panel.going)
    shop.settle()
    return rows_of(panel.table)


def test_a_short_item_is_shared_the_oldest_first_or_in_proportion(shop: Shop) -> None:
    shop.post(Kind.ORDER, SOAP=1, OIL=30)
    shop.post(Kind.ORDER, "LAXMI", OIL=50)
    screen = shop.go("orders")
    shop.press(Key.Key_F12)
    shop.settle()
    panel = screen._share
    assert panel is not None
    assert panel.heading.text() == (
        "Hair oil 200 ml: 40 there, 80 wanted, 40 short. Shared the oldest first."
    )
    assert [row[3:] for row in rows_of(panel.table)] == [["30", "30", "0"], ["50", "10", "40"]]
    shop.press(Key.Key_F12)
    shop.settle()
    assert [row[3:] for row in rows_of(panel.table)] == [["30", "15", "15"], ["50", "25", "25"]]
    assert shop.book.value("SELECT count(*) FROM reservation") == 0  # only shown so far
    shop.press(Key.Key_F10)
    shop.settle()
    assert screen.said.text() == "40 pieces are kept for 2 orders."
    assert [row[6] for row in rows_of(screen.table)] == ["15", "25"]


def test_a_short_item_is_first_shared_as_the_house_shares(shop: Shop) -> None:
    shop.book.write(options.choose, "shortage_sharing", "proportional", 0)
    shop.post(Kind.ORDER, SOAP=1, OIL=30)
    shop.post(Kind.ORDER, "LAXMI", OIL=50)
    screen = shop.go("orders")
    for gets in (["15", "25"], ["30", "10"]):
        shop.press(Key.Key_F12)
        shop.settle()
        assert [row[4] for row in rows_of(screen._share.table)] == gets


def test_a_plan_that_is_out_of_date_is_not_done(shop: Shop) -> None:
    shop.post(Kind.ORDER, OIL=60)
    screen = shop.go("orders")
    shop.press(Key.Key_F12)
    shop.settle()
    shop.book.bill("LAXMI", OIL=10)
    shop.press(Key.Key_F10)
    shop.settle()
    assert "changed" in screen.said.text()
    assert shop.book.value("SELECT count(*) FROM reservation") == 0


def test_a_beat_is_billed_and_the_counter_goes_on(shop: Shop) -> None:
    shop.done(beat, "Kothrud", shop.book.parties["SHARMA"], shop.book.parties["LAXMI"])
    whole, short = shop.post(Kind.ORDER, SOAP=24), shop.post(Kind.ORDER, "LAXMI", OIL=60)
    held, other = shop.post(Kind.ORDER, TEA=6), shop.post(Kind.ORDER, "PATEL", TEA=6)
    shop.done(tray.hold, held.id, "cheque came back")
    screen = shop.go("orders")
    shop.press(Key.Key_F4)
    shop.type("Kothrud")
    shop.press(Key.Key_Return)
    shop.settle()
    shop.press(Key.Key_F11)
    shop.settle()
    assert screen._bulk.heading.text() == (
        "3 orders of Kothrud wait. 1 is held. What is short goes on waiting."
    )
    shop.press(Key.Key_F10)
    shop.press(Key.Key_1, modifier=CTRL)
    shop.party("laxmi")
    shop.line("salt", "10")  # while they are billed
    assert shop.save().startswith("B/26-27/")
    shop.go("orders")
    assert [(row[0], row[2], row[5]) for row in finished(shop, screen)] == [
        (whole.number, "Billed", ""),
        (short.number, "Short", "20 pieces are short"),
        (held.number, "Held", f"{held.number} is on hold: cheque came back. Release it first."),
    ]
    assert screen._bulk.bar.value() == screen._bulk.bar.maximum() == 3
    assert screen._bulk.heading.text() == (
        "1 billed in full, 1 in part, 1 held, 0 refused. Ctrl+3, F6 prints the bills."
    )
    assert [row.number for row in shop.book.read(tray.tray)] == [
        short.number, held.number, other.number,
    ]  # fmt: skip
    shop.press(Key.Key_Escape)
    assert screen.panel is None
    assert shop.book.read(verify).findings == ()


def test_a_run_that_was_stopped_goes_on_and_bills_nothing_twice(shop: Shop) -> None:
    for _ in range(12):
        shop.post(Kind.ORDER, SOAP=6, OIL=4)  # the oil ends with the tenth
    screen = shop.go("orders")
    shop.press(Key.Key_F11)
    shop.settle()
    shop.press(Key.Key_F10)
    shop.wait(lambda: screen._bulk.outcomes)
    shop.press(Key.Key_Escape)
    finished(shop, screen)
    done = len(screen._bulk.outcomes)
    assert 0 < done < 12
    assert shop.book.value("SELECT count(*) FROM document WHERE kind = 'bill'") == done
    shop.press(Key.Key_F10)
    assert len(finished(shop, screen)) == 12
    assert [row[2] for row in rows_of(screen._bulk.table)] == ["Billed"] * 10 + ["Short"] * 2
    assert shop.book.value("SELECT count(*) FROM document WHERE kind = 'bill'") == 12


def test_a_run_goes_on_as_itself_in_a_program_that_was_started_again(shop: Shop) -> None:
    """Thirty of 45 are billed when the plug is pulled; ten come back. It is the same run: the order
    has its one bill of it, and the rest waits for another."""
    sold = shop.book.bill(OIL=10)
    shop.post(Kind.ORDER, OIL=45)
    shop.post(Kind.ORDER, "LAXMI", SOAP=2)
    screen = shop.go("orders")
    cut = Run(screen.floor, 0, Rest.KEEP, screen)
    cut.outcome.connect(lambda _: cut.stop())
    cut.start()
    shop.wait(lambda: not cut.going)
    shop.book.write(cancelling.cancel, sold.id, by=uuid4(), why="typed twice")
    told: list[Outcome] = []
    again = Run(screen.floor, 0, Rest.KEEP, screen)
    again.outcome.connect(told.append)
    again.start()
    shop.wait(lambda: not again.going)
    assert again.id == cut.id
    assert [(each.fate, each.short) for each in told] == [(Fate.SHORT, 15), (Fate.BILLED, 0)]
    assert shop.book.value("SELECT count(*) FROM document WHERE kind = 'bill'") == 3
    assert Run(screen.floor, 0, Rest.KEEP, screen).id != cut.id  # that one came to its end


def test_a_run_that_the_disk_stopped_goes_on_when_there_is_room(disk: FullDisk, shop: Shop) -> None:
    salt = shop.book.items["SALT"]
    for _ in range(3):
        long = replace(shop.book.draft(), asks=tuple(Ask(salt, 1) for _ in range(300)))
        shop.book.write(billing.post_draft, replace(long, kind=Kind.ORDER))
    screen = shop.go("orders")
    shop.press(Key.Key_F11)
    shop.settle()
    disk.full = True
    shop.press(Key.Key_F10)
    shop.wait(lambda: shop.faults)
    assert "The disk is full." in shop.faults["orders"]
    assert screen._bulk is not None
    assert not screen._bulk.going
    done = len(screen._bulk.outcomes)
    disk.full = False
    shop.press(Key.Key_R, modifier=CTRL)
    assert [row[2] for row in finished(shop, screen)] == ["Billed"] * 3
    assert done < 3
    assert shop.faults == {}
    assert shop.book.value("SELECT count(*) FROM document WHERE kind = 'bill'") == 3
    assert shop.book.read(verify).findings == ()


def test_where_no_order_is_open_that_is_said_and_nothing_is_offered(shop: Shop) -> None:
    screen = shop.go("orders")
    shop.press(Key.Key_F11)
    shop.settle()
    panel = screen._bulk
    assert panel is not None
    assert panel.heading.text() == "No order is open."
    assert not panel.bar.isVisible()
    assert not panel.does.isVisible()
    assert not panel.other.isVisible()
    shop.press(Key.Key_F10)
    shop.settle()
    assert panel.run is None
    assert panel.heading.text() == "No order is open."


def test_what_is_short_is_dropped_where_that_is_wanted(shop: Shop) -> None:
    shop.post(Kind.ORDER, OIL=60)
    screen = shop.go("orders")
    shop.press(Key.Key_F11)
    shop.settle()
    shop.press(Key.Key_K, modifier=CTRL)
    assert screen._bulk.heading.text().endswith("What is short is dropped.")
    shop.press(Key.Key_F10)
    finished(shop, screen)
    assert shop.book.read(tray.tray) == []
    assert shop.book.value("SELECT sum(qty) FROM line_drop") == 20


def test_a_day_of_orders(shop: Shop) -> None:
    """An order typed, reserved, part billed, its rest shared, all billed, one bill righted."""
    shop.go("orders")
    shop.press(Key.Key_Insert)
    shop.party("sharma")
    shop.line("oil", "30")
    assert shop.save() == "SO/26-27/00001"
    shop.settle()
    screen = shop.go("orders")
    shop.press(Key.Key_F9)
    shop.settle()
    assert rows_of(screen.table)[0][6] == "30"

    shop.press(Key.Key_F6)
    for letter in "10":
        shop.type(letter)
    shop.press(Key.Key_Return)
    QApplication.processEvents()
    shop.press(Key.Key_F10)
    shop.wait(lambda: shop.asked == [("OIL", 10, 0)])
    shop.ready()
    assert shop.save() == "B/26-27/00001"
    shop.settle()
    assert shop.book.value("SELECT sum(qty) FROM reservation") == 20  # the rest is still kept

    shop.post(Kind.ORDER, "LAXMI", OIL=40)
    screen = shop.go("orders")
    shop.press(Key.Key_F12)
    shop.settle()
    shop.press(Key.Key_F12, Key.Key_F10)  # F10 came before the new plan was to be seen
    shop.settle()
    assert shop.book.value("SELECT sum(qty) FROM reservation") == 20
    shop.press(Key.Key_F10)
    shop.settle()
    assert [row[6] for row in rows_of(screen.table)] == ["10", "20"]

    shop.press(Key.Key_F11)
    shop.settle()
    shop.press(Key.Key_F10)
    assert [row[2:4] for row in finished(shop, screen)] == [
        ["Short", "B/26-27/00002"],
        ["Short", "B/26-27/00003"],
    ]
    assert shop.book.stock("OIL") == {"O1": 0}
    shop.press(Key.Key_Escape)

    bills = shop.go("bills")
    shop.press(Key.Key_F3)
    shop.type("00003")
    shop.settle()
    assert [row.number for row in bills.table.model_of.rows] == ["B/26-27/00003"]
    shop.press(Key.Key_F8)
    shop.type("wrong shop")
    shop.press(Key.Key_Return)
    shop.wait(lambda: shop.window.at == "counter" and shop.asked == [("OIL", 20, 0)])
    shop.ready()
    assert shop.book.stock("OIL") == {"O1": 20}
    assert shop.save() == "B/26-27/00004"
    shop.settle()
    assert shop.book.stock("OIL") == {"O1": 0}
    assert shop.book.read(verify).findings == ()


def test_orders_from_a_file_are_shown_then_taken(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    rows = ["order_no,party,item,qty,rate", "A1,SHARMA,SOAP,2c,28.50", "A2,NOBODY,SOAP,1,"]
    file.write_text("\n".join([*rows, "A1,SHARMA,TEA,6,", "A3,laxmi provision,SALT,5,"]))
    screen = shop.go("orders")
    shop.press(Key.Key_I, modifier=CTRL)
    panel = screen._taking
    assert panel is not None
    shop.type(str(tmp_path / "nothing.csv"))
    shop.press(Key.Key_Return)
    shop.wait(lambda: panel.path.flaw)
    panel.box.selectAll()
    shop.type(str(file))
    shop.press(Key.Key_Return)
    shop.wait(lambda: panel.orders)
    assert [row[:3] for row in rows_of(panel.table)] == [
        ["A1", "SHARMA", "2"],
        ["A2", "NOBODY", "1"],
        ["A3", "laxmi provision", "1"],
    ]
    assert panel.heading.text() == "2 orders without a slip; 1 with one"
    shop.press(Key.Key_Down)
    assert panel.why.text().startswith("Row 3: No party has the code “NOBODY”.")
    assert shop.book.read(tray.tray) == []
    shop.press(Key.Key_F10)
    shop.wait(lambda: not panel.work.left)
    shop.settle()
    assert [row[-1] for row in rows_of(panel.table)][::2] == ["SO/26-27/00001", "SO/26-27/00002"]
    shop.press(Key.Key_Escape)
    assert [row.number for row in screen.table.model_of.rows] == [
        "SO/26-27/00001",
        "SO/26-27/00002",
    ]
    assert rows_of(screen.details)[0][2] == "28.50"
    shop.press(Key.Key_I, modifier=CTRL)
    shop.press(Key.Key_Return)
    shop.wait(lambda: panel.orders)
    assert panel.heading.text().endswith("2 are there already")
    shop.press(Key.Key_F10)
    shop.wait(lambda: not panel.work.left)
    shop.settle()
    assert len(shop.book.read(tray.tray)) == 2
