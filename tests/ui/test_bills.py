"""The list of bills by keys: found by what is known, looked at, printed again, copied, righted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.domain.draft import WalkIn
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import rupees
from dms_desktop.domain.powers import Power
from dms_desktop.services import billing
from dms_desktop.services.bill_list import Wanted
from dms_desktop.services.verifying import verify
from dms_desktop.ui.bills.screen import BillsScreen
from dms_desktop.ui.bills.wanted import ways
from tests.books import TODAY, Book
from tests.ui.accessible import nameless
from tests.ui.conftest import CTRL, SHIFT, Key, Watch
from tests.ui.shop import Shop, close, opened, rows_of

DAY = date(2026, 11, 1)


@pytest.fixture
def shop(
    qtbot: QtBot, qapp: QApplication, book: Book, tmp_path: Path, watch: Watch
) -> Iterator[Shop]:
    with opened(qtbot, qapp, book, tmp_path) as made:
        watch.armed = True
        yield made
    watch.armed = False
    close(made)


def listed(screen: BillsScreen) -> list[str]:
    return [row.number[-1] for row in screen.table.model_of.rows]


def search(shop: Shop, text: str) -> list[str]:
    """The last figures of the bills that are found."""
    screen = shop.go("bills")
    shop.press(Key.Key_F3)
    screen.search.clear()
    shop.type(text)
    shop.settle()
    return listed(screen)


def _says(screen: BillsScreen, said: str) -> bool:
    return str(screen.said.text()).startswith(said)


def facts(screen: BillsScreen) -> list[str]:
    return [str(fact) for fact in screen.details.facts.shown]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("12", {"figure": "12"}),
        ("B/26-27/00012", {"number": "B/26-27/00012"}),
        ("  Sharma   Stores ", {"text": "Sharma Stores"}),
        ("sharma 12", {"text": "sharma", "figure": "12"}),
        ("98111 11111", {"phone": "9811111111"}),
        ("+91 9811111111", {"phone": "9811111111"}),
        ("₹ 1,448", {"amount": rupees("1448")}),
        ("1448.50 laxmi", {"amount": rupees("1448.50"), "text": "laxmi"}),
        ("1-11-26", {"from_day": DAY, "until_day": DAY}),
        ("laxmi 01/11/2026 21.11.2026", {"text": "laxmi", "from_day": DAY, "until_day": TODAY}),
        ("32-11-2026", {"text": "32-11-2026"}),
        ("8901234567894", {"text": "8901234567894"}),  # a scan is no number of a bill
        ("9" * 60, {"text": "9" * 60}),
        ("9" * 60 + ".50", {"text": "9" * 60 + ".50"}),
    ],
)
def test_what_is_typed_is_understood(text: str, asked: dict[str, object]) -> None:
    assert ways(text, Wanted())[0] == replace(Wanted(), **asked)  # type: ignore[arg-type]


def test_a_figure_in_a_name_is_tried_as_a_name_too() -> None:
    assert [wanted.text for wanted in ways("7 star", Wanted())] == ["star", "7 star"]


def test_a_bill_is_found_by_whatever_is_known_of_it(shop: Shop) -> None:
    shop.book.bill("SHARMA", SOAP=10)
    shop.book.bill("PATEL", TEA=3)
    asha = replace(shop.book.draft(OIL=1), party=WalkIn("Asha Rao", "9811111111"))
    shop.book.write(billing.post_draft, asha)
    shop.book.bill("LAXMI", day=TODAY, SOAP=5, OIL=1)
    for text, found in (
        ("", ["4", "3", "2", "1"]),
        ("B/26-27/00002", ["2"]),
        ("3", ["3"]),
        ("kirana", ["2"]),
        ("asha", ["3"]),
        ("9811111111", ["3"]),
        ("354", ["1"]),  # no bill has that number: it is the amount
        ("₹354", ["1"]),
        ("laxmi 21-11-26", ["4"]),
        ("laxmi 20-11-26", []),
        ("nobody at all", []),
    ):
        assert search(shop, text) == found, text
    assert search(shop, "") == ["4", "3", "2", "1"]


def test_the_small_boxes_narrow_the_list(shop: Shop) -> None:
    for ago, goods in ((9, "SOAP"), (5, "TEA"), (0, "OIL")):
        made = shop.book.drafted({goods: 1}, day=TODAY - timedelta(days=ago))
        shop.book.write(billing.post_draft, made)
    screen = shop.go("bills")
    shop.press(Key.Key_F4)
    shop.type("16112026")
    shop.settle()
    assert listed(screen) == ["3", "2"]
    shop.press(Key.Key_Tab)
    shop.type("what")
    shop.settle()
    assert screen.boxes.until_day.property("refused") is True
    assert listed(screen) == ["3", "2"]
    screen.boxes.until_day.selectAll()
    shop.type("20/11/26")
    shop.press(Key.Key_Return)
    shop.settle()
    assert listed(screen) == ["2"]
    assert screen.boxes.until_day.text() == "20-11-2026"
    assert screen.table.hasFocus()
    for box in (screen.boxes.from_day, screen.boxes.until_day):
        box.clear()
    screen.boxes.amount.setFocus()
    shop.type("82.60")
    shop.settle()
    assert listed(screen) == []
    screen.boxes.amount.selectAll()
    shop.type("83")
    shop.settle()
    assert listed(screen) == ["3"]
    screen.boxes.amount.clear()
    screen.boxes.item.setFocus()
    shop.type("soap")
    shop.press(Key.Key_Return)
    shop.settle()
    assert listed(screen) == ["1"]
    screen.boxes.item.setFocus()
    screen.boxes.item.selectAll()
    shop.press(Key.Key_Delete)
    shop.settle()
    assert listed(screen) == ["3", "2", "1"]


def test_the_bill_is_told_below_the_list(shop: Shop) -> None:
    draft = replace(shop.book.draft("PATEL", SOAP=25), order_no="PO 7", note="by Friday")
    shop.book.write(billing.post_draft, draft)
    screen = shop.go("bills")
    assert rows_of(screen.details.table) == [
        ["Toilet soap 100 g", "S1 · 01/27", "1c 1p", "30.00", "", "18", "885.00"]
    ]
    told = facts(screen)
    assert told[:3] == ["Taxable 750.00", "IGST 135.00", "Total ₹ 885.00"]
    assert "To be paid ₹ 885.00" in told
    assert {"Due 12-12-2026", "Order PO 7", "by Friday"} <= set(told)
    assert any(each.startswith("Saved by ") for each in told)


def test_a_second_paper_is_marked_and_the_rest_is_printed_at_once(shop: Shop) -> None:
    shop.book.bill(SOAP=1), shop.book.bill(TEA=1)
    screen = shop.go("bills")
    assert [row[-1] for row in rows_of(screen.table)] == ["Not printed", "Not printed"]
    shop.press(Key.Key_F5)
    shop.wait(lambda: screen.said.text() == "Printed: B-26-27-00002.pdf")
    shop.settle()
    assert [row[-1] for row in rows_of(screen.table)] == ["", "Not printed"]
    shop.press(Key.Key_F6)
    shop.wait(lambda: screen.said.text() == "Printed: B-26-27-00001.pdf")
    shop.settle()
    shop.press(Key.Key_F5)
    shop.wait(lambda: "marked" in screen.said.text())
    shop.settle()
    assert sorted(path.name for path in shop.papers.iterdir()) == [
        "B-26-27-00001.pdf",
        "B-26-27-00002 reprint 1.pdf",
        "B-26-27-00002.pdf",
    ]
    shop.press(Key.Key_F6)
    shop.wait(lambda: screen.said.text().startswith("Nothing is left"))
    assert "Printed 2 times" in facts(screen)


def test_a_pdf_is_saved_under_a_name_and_nothing_is_written_over(
    shop: Shop, tmp_path: Path
) -> None:
    shop.book.bill(SOAP=1)
    screen = shop.go("bills")
    wanted = tmp_path / "for the shop.pdf"
    for path, said in (
        (str(tmp_path / "no such folder" / "x.pdf"), "There is no folder"),
        (str(wanted.with_suffix("")), "The PDF of B/26-27/00001 is saved"),
        (str(wanted), "There is a file for the shop.pdf already"),
    ):
        shop.press(Key.Key_F7)
        assert screen.asking.box.text().endswith("B-26-27-00001.pdf")
        screen.asking.box.selectAll()
        shop.type(path)
        shop.press(Key.Key_Return)
        shop.wait(partial(_says, screen, said))
        shop.settle()
    assert wanted.read_bytes().startswith(b"%PDF")
    assert [row[-1] for row in rows_of(screen.table)] == [""]  # a paper of it is out


class Opener(QObject):
    """In place of the program that shows PDFs."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Path] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.shown.append(Path(url.toLocalFile()))


def test_enter_shows_the_paper_and_prints_nothing(shop: Shop) -> None:
    shop.book.bill(SOAP=1)
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "show")  # type: ignore[arg-type]
    try:
        shop.go("bills")
        shop.press(Key.Key_Return)
        shop.wait(lambda: opener.shown)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert opener.shown[0].name == "B-26-27-00001.pdf"
    assert opener.shown[0].read_bytes().startswith(b"%PDF")
    assert shop.book.value("SELECT count(*) FROM document_event") == 0


def test_a_copy_is_another_sale(shop: Shop) -> None:
    shop.book.bill(SOAP=24)
    shop.go("bills")
    shop.press(Key.Key_F9)
    shop.wait(lambda: shop.window.at == "counter" and shop.asked == [("SOAP", 24, 0)])
    shop.ready()
    assert shop.save() == "B/26-27/00002"
    assert shop.book.stock("SOAP") == {"S1": 52, "S2": 500}


def test_a_bill_is_cancelled_with_a_reason(shop: Shop) -> None:
    shop.book.bill(SOAP=24)
    screen = shop.go("bills")
    shop.press(Key.Key_Delete, modifier=CTRL | SHIFT)
    shop.press(Key.Key_Return)
    assert screen.asking.isVisible()  # no reason yet
    shop.type("shop is closed")
    shop.press(Key.Key_Return)
    shop.settle()
    assert screen.said.text() == "B/26-27/00001 is cancelled."
    assert [row[-1] for row in rows_of(screen.table)] == ["Cancelled"]
    assert shop.book.stock("SOAP") == {"S1": 100, "S2": 500}
    assert any(each.startswith("Cancelled by ") for each in facts(screen))
    shop.press(Key.Key_Delete, modifier=CTRL | SHIFT)
    shop.type("once more")
    shop.press(Key.Key_Return)
    shop.settle()
    assert "cancelled" in screen.said.text()
    assert shop.book.read(verify).findings == ()


def test_a_wrong_bill_is_righted_at_the_counter(shop: Shop) -> None:
    shop.book.bill(SOAP=24)
    screen = shop.go("bills")
    shop.press(Key.Key_F8)
    shop.type("it was tea")
    shop.press(Key.Key_Return)
    shop.wait(lambda: shop.window.at == "counter" and shop.asked == [("SOAP", 24, 0)])
    shop.ready()
    assert shop.said == "B/26-27/00001 is cancelled; its copy is at the counter."
    shop.line("tea", "6")
    assert shop.save() == "B/26-27/00002"
    shop.settle()
    assert listed(shop.go("bills")) == ["2", "1"]
    assert [row[-1] for row in rows_of(screen.table)][1] == "Cancelled"
    assert shop.book.value("SELECT count(*) FROM draft") == 0
    assert shop.book.read(verify).findings == ()


def test_other_papers_are_found_by_their_kind(shop: Shop) -> None:
    for kind in (Kind.ORDER, Kind.ESTIMATE, Kind.CHALLAN):
        shop.post(kind, SOAP=1)
    screen = shop.go("bills")
    seen = []
    for _ in range(4):
        seen.append((screen.title.text(), [row.number for row in screen.table.model_of.rows]))
        shop.press(Key.Key_F2)
        shop.settle()
    assert seen == [
        ("Bills", []),
        ("Challans", ["DC/26-27/00001"]),
        ("Estimates", ["ES/26-27/00001"]),
        ("Orders", ["SO/26-27/00001"]),
    ]


def test_who_may_not_cancel_is_not_offered_it(shop: Shop) -> None:
    shop.book.bill(SOAP=24)
    screen = shop.go("bills")
    shop.desk.enter(replace(shop.book.owner, powers=frozenset({Power.LOOK, Power.BILL})))
    shown = {name for name, button in screen._buttons.items() if button.isVisible()}
    assert shown == {"bills.keep", "bills.copy", "bills.print_left", "bills.print"}
    for key in (Key.Key_F8, Key.Key_Delete):
        shop.press(key, modifier=CTRL | SHIFT if key is Key.Key_Delete else CTRL)
        assert not screen.asking.isVisible()


def test_every_control_of_the_list_has_a_name(shop: Shop) -> None:
    shop.book.bill(SOAP=24)
    shop.go("bills")
    assert nameless(shop.window) == []
