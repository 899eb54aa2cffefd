"""Who stands at the counter: logged in by PIN, locked by one key or by time, another let in."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QWidget
from pytestqt.qtbot import QtBot

from dms_desktop import app
from dms_desktop.domain.powers import Power, needs
from dms_desktop.language import catalogue
from dms_desktop.services import options
from dms_desktop.store.pepper import pepper_of
from dms_desktop.store.preferences import preferences_of
from dms_desktop.store.session import Reading, Tx
from dms_desktop.ui.billing.screen import BillingScreen
from dms_desktop.ui.kit.hit_list import HitList
from dms_desktop.ui.people.idle import Idle
from dms_desktop.ui.people.lock import Lock
from dms_desktop.ui.people.log_in import LogIn
from tests.books import OWNER_PIN, Book
from tests.ui.accessible import nameless
from tests.ui.conftest import CTRL, SHIFT
from tests.ui.staff import RAVI_PIN, WRONG, Hands, Key, Open


def lock_of(hands: Hands) -> Lock:
    found = hands.program.window.findChild(Lock)
    assert isinstance(found, Lock)
    return found


def test_the_counter_opens_for_who_shows_his_pin(begin: Open) -> None:
    hands = begin()
    page = hands.log_in
    assert nameless(hands.window) == []
    assert page.pin.box.hasFocus()
    assert page.pin.box.accessibleName() == "PIN of Owner"
    hands.choose("ravi")
    assert page.pin.box.accessibleName() == "PIN of Ravi"
    hands.enter(WRONG)
    hands.said("The PIN is wrong. 4 tries remain.")
    assert page.pin.box.text() == ""
    hands.press(Key.Key_7)
    hands.press(Key.Key_H, CTRL | SHIFT)
    assert catalogue.language() == "hi"
    assert "4" in page.message.text()
    assert page.pin.box.text() == "7"  # another language is no other name
    hands.press(Key.Key_H, CTRL | SHIFT)
    assert page.message.text() == "The PIN is wrong. 4 tries remain."
    hands.press(Key.Key_Backspace)
    hands.enter(RAVI_PIN)
    hands.wait(lambda: isinstance(hands.page, BillingScreen))
    assert hands.counter.desk.actor.code == "ravi"
    assert hands.counter.heading.party.hasFocus()
    hands.wait(lambda: hands.program.window.tabs.bar)
    assert hands.shown_user == "Ravi"
    assert not any("Import" in tab for tab in hands.tabs)
    assert preferences_of(hands.books).user == "ravi"


def test_who_was_here_last_is_asked_first(begin: Open) -> None:
    hands = begin()
    hands.come("ravi", RAVI_PIN)
    hands.program.window.close()
    again = begin()
    current = again.log_in.people.current()
    assert current is not None
    assert current.code == "ravi"


def test_nothing_of_the_books_is_seen_or_reached_before(begin: Open) -> None:
    hands = begin()
    for number in range(Key.Key_1, Key.Key_9):
        hands.press(Key(number), CTRL)
    hands.press(Key.Key_F10)
    assert isinstance(hands.page, LogIn)
    assert hands.window.findChildren(BillingScreen) == []


def test_a_guesser_is_locked_out_and_told_until_when(begin: Open) -> None:
    hands = begin()
    for left in ("4 tries remain", "3 tries remain", "2 tries remain", "1 try remains"):
        hands.enter(WRONG)
        hands.said(left)
    hands.enter(WRONG)
    hands.said("Too many wrong PINs. Wait until ")
    hands.enter(OWNER_PIN)
    hands.said("(30 s)" if "(30 s)" in hands.log_in.message.text() else "(29 s)")
    hands.press(Key.Key_Down)
    assert hands.log_in.message.text() == ""  # the wait is the owner's alone
    hands.press(Key.Key_Up)
    assert "Wait until " in hands.log_in.message.text()
    hands.come("ravi", RAVI_PIN)


def test_a_lock_out_is_told_after_a_new_start_too(begin: Open) -> None:
    hands = begin()
    for _ in range(5):
        hands.enter(WRONG)
        hands.wait(lambda: hands.log_in.message.text() and not hands.log_in._busy)
        hands.log_in.message.clear()
    hands.program.window.close()
    again = begin()
    again.enter(OWNER_PIN)
    again.said("Too many wrong PINs. Wait until ")


def test_who_may_see_no_screen_is_told_so(begin: Open) -> None:
    hands = begin()
    hands.choose("temp")
    hands.enter(RAVI_PIN)
    hands.said("Temp may see no screen. Ask the owner for a role with more powers.")


def test_a_secret_that_is_gone_is_told_at_the_log_in(begin: Open) -> None:
    hands = begin()
    Path(f"{hands.books}.pepper").unlink()
    hands.enter(OWNER_PIN)
    hands.wait(lambda: hands.log_in.message.text())
    assert isinstance(hands.page, LogIn)


def test_one_key_locks_and_the_bill_stays_as_it_was(begin: Open) -> None:
    hands = begin()
    hands.come("owner", OWNER_PIN)
    screen = hands.counter
    hands.wait(lambda: screen.knowledge.ready)
    hands.enter("sharma")
    hands.wait(lambda: screen.knowledge.ready)
    hands.enter("soap")
    hands.wait(lambda: screen.knowledge.ready)
    hands.enter("12")
    hands.wait(lambda: screen.model.priced.lines)
    draft = screen.model.draft
    hands.lock()
    assert not screen.isVisible()
    assert not hands.program.window.tabs.bar.isEnabled()  # type: ignore[union-attr]
    assert not hands.program.window.tabs.isVisible(), "nobody stands here now"
    for number in range(Key.Key_1, Key.Key_9):
        hands.press(Key(number), CTRL)
    hands.press(Key.Key_Escape)
    assert isinstance(hands.page, LogIn)
    hands.come("ravi", RAVI_PIN)
    assert hands.counter is screen
    assert screen.model.draft == draft
    assert screen.desk.actor.code == "ravi"
    assert hands.program.window.tabs.isVisible()
    assert hands.shown_user == "Ravi"
    with hands.qtbot.waitSignal(screen.saving.saved, timeout=20_000):
        hands.press(Key.Key_F10)

    @needs(Power.LOOK)
    def by(reading: Reading) -> object:
        return reading.value(
            "SELECT user_account.code FROM document JOIN user_account ON user_account.id = user_id"
            " WHERE kind = 'bill'"
        )

    found: list[object] = []
    screen.desk.ask(by, done=found.append, undone=found.append)
    hands.wait(lambda: found)
    assert found == ["ravi"]


def test_a_user_who_may_not_bill_comes_to_another_screen_and_the_bill_waits(begin: Open) -> None:
    hands = begin()
    hands.come("ravi", RAVI_PIN)
    screen = hands.counter
    hands.wait(lambda: screen.knowledge.ready)
    hands.enter("sharma")
    hands.wait(lambda: screen.knowledge.ready)
    draft = screen.model.draft
    hands.lock()
    hands.come("sunil", RAVI_PIN)
    assert not isinstance(hands.page, BillingScreen)
    assert not any("Counter" in tab for tab in hands.tabs)
    hands.press(Key.Key_1, CTRL)
    assert not isinstance(hands.page, BillingScreen)
    hands.lock()
    hands.come("ravi", RAVI_PIN)
    hands.press(Key.Key_1, CTRL)
    assert hands.counter is screen
    assert screen.model.draft == draft


def test_one_who_may_not_bill_may_be_the_first_of_the_morning(begin: Open) -> None:
    hands = begin()
    hands.come("sunil", RAVI_PIN)
    assert hands.tabs
    assert not any("Counter" in tab for tab in hands.tabs)
    hands.lock()
    hands.come("owner", OWNER_PIN)
    hands.press(Key.Key_1, CTRL)
    assert hands.counter.heading.party.hasFocus()


def test_faults_and_help_are_covered_too(begin: Open) -> None:
    hands = begin()
    hands.come("owner", OWNER_PIN)
    hands.program.window.banners.tell("bill 1", "The bill of Sharma Stores is not saved yet.")
    assert hands.program.window.banners.isVisible()
    hands.wait(lambda: hands.program.window.tabs.bar)
    hands.press(Key.Key_F1)
    lock_of(hands).lock()
    assert not hands.program.window.banners.isVisible()
    assert hands.log_in.pin.box.hasFocus()
    hands.come("owner", OWNER_PIN)
    assert hands.program.window.banners.isVisible()


def test_a_list_of_parties_does_not_stay_over_the_log_in(begin: Open, qtbot: QtBot) -> None:
    """Also where the window was left for another one: then the list never hears of it."""
    hands = begin()
    hands.come("owner", OWNER_PIN)
    hands.wait(lambda: hands.program.window.tabs.bar)
    QTest.keyClicks(hands.counter.heading.party, "shar")
    (hits,) = (each for each in hands.window.findChildren(HitList) if each.isVisible())
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    hits.show()
    lock_of(hands).lock()
    assert not hits.isVisible()
    assert [each for each in hands.window.findChildren(HitList) if each.isVisible()] == []


def test_an_open_list_of_choices_and_a_dialog_go_too(begin: Open) -> None:
    hands = begin()
    hands.come("owner", OWNER_PIN)
    hands.wait(lambda: hands.program.window.tabs.bar)
    box, dialog = QComboBox(hands.counter), QDialog(hands.program.window)
    box.addItems(["one", "two"])
    box.show()
    dialog.open()
    box.showPopup()
    assert QApplication.activePopupWidget() is not None
    lock_of(hands).lock()
    assert QApplication.activePopupWidget() is None
    assert not dialog.isVisible()
    assert hands.log_in.pin.box.hasFocus()


def test_the_screens_lock_when_nobody_touched_a_key(begin: Open) -> None:
    hands = begin()
    hands.come("owner", OWNER_PIN)
    hands.wait(lambda: hands.program.window.tabs.bar)
    hands.wait(lambda: lock_of(hands)._minutes)
    lock_of(hands).idle.watch(40, tick_ms=20)
    hands.wait(lambda: isinstance(hands.page, LogIn))
    hands.come("owner", OWNER_PIN)


def test_books_without_a_pin_never_lock_by_themselves(begin: Open, staffed: Book) -> None:
    hands = begin()
    hands.come("owner", OWNER_PIN)
    desk = hands.counter.desk

    @needs(Power.PEOPLE)
    def alone(tx: Tx) -> None:
        tx.run("UPDATE user_account SET pin_hash = '', active = (code = 'owner')")

    desk.write(alone).result()
    hands.wait(lambda: hands.program.window.tabs.bar)
    lock = lock_of(hands)
    hands.wait(lambda: lock._minutes)
    passed: list[bool] = []
    lock.idle.passed.connect(lambda: passed.append(True))
    lock.idle.watch(20, tick_ms=20)
    hands.wait(lambda: len(passed) > 2)
    desk.finish()
    assert isinstance(hands.page, BillingScreen)
    hands.lock()  # by hand it does, and Enter lets in
    hands.wait(lambda: len(hands.log_in.people.model_of.rows) == 1)
    assert "press Enter" in hands.log_in.pin.box.placeholderText()
    hands.enter()
    hands.wait(lambda: isinstance(hands.page, BillingScreen))


def test_the_owner_sets_after_how_long(begin: Open) -> None:
    hands = begin()
    hands.come("owner", OWNER_PIN)
    hands.wait(lambda: hands.program.window.tabs.bar)
    lock = lock_of(hands)
    hands.wait(lambda: lock._minutes == 10)  # the usual time
    errors: list[object] = []
    hands.counter.desk.do(options.choose, "lock_minutes", "0", 0, undone=errors.append)
    hands.wait(lambda: lock._minutes == 0)
    assert not lock.idle._clock.isActive()
    assert errors == []


def test_a_touch_begins_the_wait_anew_and_costs_the_others_nothing(
    qtbot: QtBot, qapp: QApplication
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    idle = Idle(qapp)
    passed: list[bool] = []
    idle.passed.connect(lambda: passed.append(True))
    idle.watch(300, tick_ms=100)
    for _ in range(8):
        qtbot.wait(60)
        QTest.keyClick(widget, Key.Key_A)
        assert not idle._watching  # no event comes through Python until the next tick
    assert passed == []
    qtbot.waitUntil(lambda: passed == [True], timeout=5_000)
    idle.watch(0)
    qtbot.wait(350)
    assert passed == [True]


def test_the_sample_company_opens_without_a_pin(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looks round is let in at once, also tomorrow."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    books = tmp_path / "books.db"
    app.make_sample(books, 0)
    assert pepper_of(books)
    program = app.start(books)
    try:
        assert isinstance(program.window.pages.currentWidget(), BillingScreen)
    finally:
        program.window.close()
        program.window.deleteLater()


def test_one_who_is_alone_is_not_told_to_choose_another(begin: Open) -> None:
    page = begin().log_in
    assert page.hint.isVisible()
    page.offer(page.people.model_of.rows[:1])
    assert not page.hint.isVisible()
