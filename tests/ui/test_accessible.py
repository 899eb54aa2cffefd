"""Every screen can be used without a mouse and without good eyes: names, Tab, contrast."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from dms_desktop import app
from dms_desktop.ui.first_start import FirstStart
from dms_desktop.ui.keys import KEYS
from dms_desktop.ui.masters.kinds import KINDS
from dms_desktop.ui.masters.screen import MastersScreen
from dms_desktop.ui.settings.screen import SettingsScreen
from tests.books import OWNER_PIN
from tests.ui.accessible import nameless
from tests.ui.conftest import CTRL
from tests.ui.staff import Hands, Key, Open
from tests.ui.test_theme import READABLE, contrast

SCREENS = {
    action.id.removeprefix("go."): Key(ord(action.keys.removeprefix("Ctrl+")))
    for action in KEYS
    if action.id.startswith("go.")
}
TAB = Qt.FocusPolicy.TabFocus


def settled(hands: Hands) -> None:
    """Whatever was asked is answered."""
    for _ in range(3):
        hands.desk.finish()


def go(hands: Hands, name: str) -> QWidget:
    hands.press(SCREENS[name], CTRL)
    settled(hands)
    assert hands.program.window.at == name
    page = hands.page
    assert isinstance(page, QWidget)
    return page


def states(hands: Hands, name: str) -> Iterator[str]:
    """A screen as it comes up, then each of its pages and forms."""
    page = go(hands, name)
    yield name
    if isinstance(page, SettingsScreen):
        for row in range(1, page.names.count()):
            page.names.setCurrentRow(row)
            settled(hands)
            yield f"{name}: {page.names.item(row).text()}"
    if isinstance(page, MastersScreen):
        for kind in KINDS:
            front = page.show_kind(kind)
            settled(hands)
            yield f"{name}: {kind}"
            if front.list.new.isEnabled():
                front.begin_new()
                settled(hands)
                yield f"{name}: a new {kind}"
                front.editor.closed.emit()  # type: ignore[union-attr]


def unreached(root: QWidget) -> list[str]:
    """What takes the focus and is not on the way of Tab."""
    on_the_way = set()
    widget = root.nextInFocusChain()
    while widget is not root and widget is not None:
        if widget.focusPolicy() & TAB:
            on_the_way.add(widget)
        widget = widget.nextInFocusChain()
    return [
        f"{type(each).__name__} in {type(each.parent()).__name__}"
        for each in root.findChildren(QWidget)
        if each.isVisible()
        and each.isEnabled()
        and each.focusPolicy() != Qt.FocusPolicy.NoFocus
        and each.focusProxy() is None
        and each not in on_the_way
    ]


def unreadable(window: QWidget) -> list[str]:
    """Texts whose colour is too near to what is painted behind them."""
    picture = window.grab().toImage()
    speaking: list[QLabel | QAbstractButton] = [*window.findChildren(QLabel)]
    speaking += window.findChildren(QAbstractButton)
    return [
        f"{type(each).__name__} “{each.text()}”: {text} on {ground}"
        for each in speaking
        if each.isVisible() and each.text() and each.width() > 0
        for text, ground in [colours(each, window, picture)]
        if ground and contrast(text, ground) < READABLE
    ]


def colours(each: QLabel | QAbstractButton, window: QWidget, picture: QImage) -> tuple[str, str]:
    """The colour of its letters, and the one that most of its picture has."""
    corner, scale = each.mapTo(window, QPoint(0, 0)), picture.devicePixelRatio()
    shown = each.visibleRegion().boundingRect()
    seen = Tally(
        picture.pixel(int((corner.x() + x) * scale), int((corner.y() + y) * scale))
        for x in range(shown.left(), shown.right(), 4)
        for y in range(shown.top(), shown.bottom(), 2)
    )
    text = each.palette().color(each.foregroundRole()).name()
    return text, QColor(seen.most_common(1)[0][0]).name() if seen else ""


@pytest.fixture
def owner(begin: Open) -> Hands:
    hands = begin()
    hands.program.window.resize(1240, 760)
    hands.come("owner", OWNER_PIN)
    hands.wait(lambda: hands.program.window.tabs.bar)
    return hands


def test_the_walk_finds_every_screen(owner: Hands) -> None:
    assert [tab.split(" ", 1)[1] for tab in owner.tabs] == [
        action.label for action in KEYS if action.id.startswith("go.")
    ]


@pytest.mark.parametrize("name", SCREENS)
def test_every_control_has_a_name_and_a_place_in_the_order_of_tab(owner: Hands, name: str) -> None:
    for state in states(owner, name):
        assert nameless(owner.window) == [], state
        assert unreached(owner.window) == [], state


@pytest.mark.parametrize("name", SCREENS)
def test_every_text_can_be_read_in_light_and_dark(owner: Hands, name: str) -> None:
    window = owner.program.window
    try:
        for theme in ("light", "dark"):
            window.wear(theme=theme)
            for state in states(owner, name):
                assert unreadable(window) == [], (state, theme)
    finally:
        window.wear(theme="light")


def test_what_comes_before_the_screens_can_be_read_and_reached_too(
    begin: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    hands = begin()
    first = app.start(tmp_path / "none" / "books.db")
    try:
        page = first.window.pages.currentWidget()
        assert isinstance(page, FirstStart)
        page.company.click()
        for window in (hands.program.window, first.window):
            assert nameless(window) == []
            assert unreached(window) == []
            for theme in ("light", "dark"):
                window.wear(theme=theme)
                QApplication.processEvents()
                assert unreadable(window) == []
    finally:
        first.window.wear(theme="light")
        first.window.close()
        first.window.deleteLater()


def test_the_lint_sees_what_is_wrong(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    pale = QLabel("hardly to be read", window)
    pale.setStyleSheet("color: #dddddd; background: #ffffff")
    stray = QWidget(window)
    stray.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    stray.setGeometry(0, 60, 40, 20)
    window.resize(300, 100)
    window.show()
    assert [said.split(":")[0] for said in unreadable(window)] == ["QLabel “hardly to be read”"]
    assert unreached(window) == ["QWidget in QWidget"]
    assert nameless(window) == ["QWidget in QWidget"]
