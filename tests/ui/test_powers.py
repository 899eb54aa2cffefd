"""A clerk among the screens: he is shown what he may do, and no key of his breaks anything."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog

from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.ui import keys, messages
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.help import BESIDE
from dms_desktop.ui.keys import KEYS
from dms_desktop.ui.masters.kinds import KINDS
from dms_desktop.ui.masters.screen import MastersScreen
from dms_desktop.ui.people import verbs
from dms_desktop.ui.screens import SCREENS
from tests.books import OWNER_PIN
from tests.ui.conftest import CTRL
from tests.ui.staff import RAVI_PIN, Hands, Key, Open

SEEN = {
    "ravi": ["counter", "orders", "bills", "items", "parties", "masters", "settings", "stock_work",
             "stock"],
    "sunil": ["orders", "bills", "items", "parties", "masters", "settings", "picking", "goods_in",
              "stock_work", "stock", "dispatch"],
}  # fmt: skip
LETTERS = {
    action.id.removeprefix("go."): ord(action.keys[-1])  # a Qt key of a letter or figure is it
    for action in KEYS
    if action.id.startswith("go.")
}
WALKS = [(code, name) for code, names in SEEN.items() for name in names]


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every power that was asked for and was not there; nothing is opened outside the program."""
    asked: list[str] = []
    undone = Desk._undone

    def heard(self: Desk, call: Any, error: BaseException) -> None:
        problems = error.problems if isinstance(error, Refused) else ()
        asked.extend(
            str(each.facts["power"]) for each in problems if each.reason is Reason.NOT_ALLOWED
        )
        undone(self, call, error)

    monkeypatch.setattr(Desk, "_undone", heard)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: True)
    return asked


def stand_at(begin: Open, code: str, name: str) -> tuple[Hands, list[object]]:
    """This user at this screen, and the bugs that turn up from now on."""
    hands = begin()
    hands.program.window.resize(1240, 760)
    hands.come(code, RAVI_PIN)
    hands.wait(lambda: hands.program.window.tabs.bar)
    bugs: list[object] = []
    hands.desk.erred.connect(bugs.append)
    hands.press(Key(LETTERS[name]), CTRL)
    settle(hands)
    assert hands.program.window.at == name
    return hands, bugs


def settle(hands: Hands) -> None:
    for _ in range(3):
        hands.desk.finish()
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()


def test_the_walk_hears_of_a_power_that_is_not_there(begin: Open, refused: list[str]) -> None:
    hands, bugs = stand_at(begin, "ravi", "counter")
    told: list[BaseException] = []
    hands.desk.do(verbs.set_pin, "owner", "864209", b"", undone=told.append)
    settle(hands)
    assert (refused, bugs) == (["people"], [])
    assert messages.of_error(told[0]).startswith("ravi has no power to do this (")


@pytest.mark.parametrize("code", SEEN)
def test_the_tabs_are_those_of_the_role(begin: Open, code: str) -> None:
    hands = begin()
    hands.come(code, RAVI_PIN)
    hands.wait(lambda: hands.program.window.tabs.bar)
    assert hands.tabs == [keys.caption(f"go.{name}") for name in SEEN[code]]


@pytest.mark.parametrize(("code", "name"), WALKS)
def test_every_button_that_is_shown_may_be_pressed(
    begin: Open, refused: list[str], code: str, name: str
) -> None:
    hands, bugs = stand_at(begin, code, name)
    page: Any = hands.page
    fronts = [page.show_kind(kind) for kind in KINDS] if isinstance(page, MastersScreen) else [page]
    for front in fronts:
        if isinstance(page, MastersScreen):
            page.show_kind(front.master.kind)
        settle(hands)
        for button in front.findChildren(QAbstractButton):
            if button.isVisible() and button.isEnabled():
                button.click()
                settle(hands)
                assert refused == [], button.text()
                hands.press(Key.Key_Escape)
                hands.press(Key(LETTERS[name]), CTRL)
                settle(hands)
    assert bugs == []


@pytest.mark.parametrize(("code", "name"), WALKS)
def test_no_key_of_a_screen_breaks_anything(
    begin: Open, refused: list[str], code: str, name: str
) -> None:
    """What he may not do is refused or not heard; nothing fails, and nothing of it is done."""
    hands, bugs = stand_at(begin, code, name)
    (where,) = {screen.where for screen in SCREENS if screen.name == name} or {keys.Where.COUNTER}
    here = {where, *BESIDE.get(where, ())}
    for action in KEYS:
        if action.where in here:
            QTest.keySequence(QApplication.focusWidget() or hands.window, action.keys)
            settle(hands)
            hands.press(Key.Key_Escape)
            hands.press(Key(LETTERS[name]), CTRL)
    assert bugs == []
    assert hands.program.window.banners.faults == {}


@pytest.mark.parametrize("large", [False, True])
def test_each_screen_s_name_and_key_has_room_in_the_window(begin: Open, large: bool) -> None:
    """Thirteen of them stand side by side, none cut, however large the letters."""
    hands = begin()
    window = hands.program.window
    window.resize(1240, 760)
    hands.come("owner", OWNER_PIN)
    hands.wait(lambda: window.tabs.bar)
    if large:
        window.change_size()
    hands.wait(lambda: window.tabs.bar and window.tabs.bar.isVisible())
    bar = window.tabs.bar
    assert bar is not None
    assert bar.count() == len(SCREENS) + 1
    assert [bar.tabRect(at).width() for at in range(bar.count())] == [
        bar.tabSizeHint(at).width() for at in range(bar.count())
    ]
