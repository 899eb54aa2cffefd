"""A chart says its figures to everybody: in its bars, in its scale, and in words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.ui import theme
from dms_desktop.ui.kit.charts import STEPS, Bar, BarChart, ticks_to
from dms_desktop.ui.masters.sales import SalesByMonth
from dms_desktop.ui.theme import COLOURS, Theme
from tests.books import Book
from tests.ui.conftest import CTRL, SHIFT, Key, Watch
from tests.ui.masters import Owner, close_masters, open_masters


@given(st.integers(0, 10**15))
def test_the_scale_is_round_and_reaches_the_highest_bar(most: int) -> None:
    ticks = ticks_to(most)
    step = ticks[1]
    assert ticks == tuple(range(0, ticks[-1] + 1, step))
    assert str(step).strip("0") in ("1", "2", "5")
    assert ticks[-1] - step < max(most, 1) <= ticks[-1]
    assert len(ticks) <= STEPS + 1


@pytest.mark.parametrize("look", Theme)
def test_a_bar_is_as_high_as_its_figure(qtbot: QtBot, qapp: QApplication, look: Theme) -> None:
    theme.apply(qapp, look)
    chart = BarChart("Sales", str)
    qtbot.addWidget(chart)
    chart.resize(400, 200)
    chart.show_bars([Bar("a", 50, ""), Bar("b", 100, ""), Bar("c", 0, "")])
    image = chart.grab().toImage()
    colour = QColor(COLOURS[look].accent)
    highs = [_painted(image, x, colour) for x in range(image.width())]
    peaks = [max(run) for there, run in groupby(highs, bool) if there]
    assert len(peaks) == 2, "of nil there is no bar"
    assert peaks[0] * 2 == pytest.approx(peaks[1], abs=3)
    theme.apply(qapp, Theme.LIGHT)


def _painted(image: QImage, x: int, colour: QColor) -> int:
    return sum(image.pixelColor(x, y) == colour for y in range(image.height()))


@pytest.fixture
def owner(qtbot: QtBot, qapp: QApplication, book: Book, watch: Watch) -> Iterator[Owner]:
    made = open_masters(qtbot, qapp, book)
    watch.armed = True
    yield made
    watch.armed = False
    close_masters(made)


def beside(owner: Owner, kind: str, code: str) -> SalesByMonth:
    """What stands beside the form of a master."""
    owner.go(kind)
    owner.open(code)
    return owner.editor.sales


def test_the_sales_of_a_party_stand_beside_its_form_in_either_language(owner: Owner) -> None:
    posted = owner.book.bill(SOAP=10, TEA=2)
    sales = beside(owner, "party", "SHARMA")
    chart = sales.chart
    assert sales.isVisible()
    assert [bar.label for bar in chart.bars][-2:] == ["Oct", "Nov"]
    assert [bar.figure for bar in chart.bars] == [0] * 11 + [posted.total.paise]
    assert chart.accessibleName() == "Sales by month, ₹"
    assert chart.accessibleDescription().splitlines()[-1] == "Nov 2026: ₹554.00"
    owner.press(Key.Key_H, modifier=CTRL | SHIFT)
    assert [bar.label for bar in chart.bars][-2:] == ["अक्टू", "नव"]
    assert chart.accessibleDescription().splitlines()[-1] == "नव 2026: ₹554.00"
    assert chart.accessibleName() == "महीने की बिक्री, ₹"
    owner.press(Key.Key_H, modifier=CTRL | SHIFT)


def test_of_an_item_the_pieces_are_counted_and_nothing_sold_shows_nothing(owner: Owner) -> None:
    owner.book.bill(SOAP=123)
    sales = beside(owner, "item", "SOAP")
    assert sales.isVisible()
    assert sales.chart.accessibleDescription().splitlines()[-1] == "Nov 2026: 123"
    owner.press(Key.Key_Escape)
    assert not beside(owner, "item", "TEA").isVisible()
    owner.press(Key.Key_Escape)
    owner.new()
    assert not owner.editor.sales.isVisible()
