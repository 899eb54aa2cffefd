"""A fault of the machine stays in sight until it is over; figures stand in a column."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dms_desktop.ui.kit.banner import Banners
from dms_desktop.ui.kit.figures import Figures
from tests.ui.accessible import nameless

DISK, PRINTER = "The disk is full: the bill is not saved.", "The printer does not answer."


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(Banners(window))
    box = QLineEdit()
    box.setAccessibleName("Item")
    layout.addWidget(box)
    with qtbot.waitActive(window):
        window.show()
    box.setFocus()
    return window


@pytest.fixture
def banners(window: QWidget) -> Banners:
    return window.findChildren(Banners)[0]


def buttons(banners: Banners) -> list[QPushButton]:
    return [button for button in banners.findChildren(QPushButton) if not button.isHidden()]


def test_a_fault_stays_until_it_is_over(window: QWidget, banners: Banners) -> None:
    assert banners.isHidden()
    banners.tell("disk", DISK)
    banners.tell("printer", "Paper?")
    banners.tell("printer", PRINTER)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert banners.isVisible()
    assert banners.faults == {"disk": DISK, "printer": PRINTER}
    banners.over("disk")
    banners.over("network")
    assert (banners.faults, banners.isVisible()) == ({"printer": PRINTER}, True)
    banners.over("printer")
    assert banners.isHidden()


def test_one_key_tries_everything_again_and_typing_goes_on(
    window: QWidget, banners: Banners
) -> None:
    tried: list[str] = []
    box = window.focusWidget()
    banners.tell("clock", "The clock went back by a day.")
    banners.tell("disk", DISK, retry=lambda: tried.append("disk"))
    banners.tell("printer", PRINTER, retry=lambda: banners.over("printer"))
    assert [button.text() for button in buttons(banners)] == ["Ctrl+R Try again"] * 2
    assert box.hasFocus()

    QTest.keyClick(box, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert tried == ["disk"]
    assert list(banners.faults) == ["clock", "disk"]
    QTest.keyClick(box, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert tried == ["disk"], "not again while it is being tried"

    banners.tell("disk", DISK, retry=lambda: tried.append("disk again"))
    QTest.keyClick(box, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert tried == ["disk", "disk again"]


def test_every_button_of_a_banner_has_a_name(window: QWidget, banners: Banners) -> None:
    banners.tell("disk", DISK, retry=lambda: None)
    assert nameless(window) == []


def test_figures_stand_right_and_a_tax_not_charged_is_not_shown(qtbot: QtBot) -> None:
    figures = Figures({"taxable": "Taxable", "cgst": "CGST", "igst": "IGST", "total": "Total"})
    qtbot.addWidget(figures)
    figures.show()
    figures.show_figures({"taxable": "₹1,000.00", "igst": "₹180.00", "total": "₹1,180.00"})
    shown = {label.text(): label for label in figures.findChildren(QLabel) if label.isVisible()}
    assert "CGST" not in shown
    assert shown["IGST"].isVisible()
    right_edges = {shown[text].geometry().right() for text in ("₹180.00", "₹1,180.00")}
    assert len(right_edges) == 1
    assert shown["₹1,180.00"].accessibleName() == "Total ₹1,180.00"
    assert figures.text("total") == "₹1,180.00"

    figures.show_figures({"total": "₹0.00"})
    assert figures.text("taxable") == ""
