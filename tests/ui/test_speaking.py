"""One key changes the language of everything on the screen, and nothing that was typed is lost."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop import app
from dms_desktop.language import catalogue
from dms_desktop.store.preferences import NONE_CHOSEN, Preferences, keep_preferences, preferences_of
from dms_desktop.ui import theme
from dms_desktop.ui.first_start import FirstStart
from dms_desktop.ui.keys import Where
from dms_desktop.ui.masters.kinds import KINDS
from dms_desktop.ui.screens import SCREENS
from dms_desktop.ui.window import Window
from tests.books import COMPANY, Book
from tests.ui.accessible import nameless, spoken_name
from tests.ui.conftest import CTRL, SHIFT, Counter
from tests.ui.shop import close, opened
from tests.ui.speech import english, switch, texts

Key = Qt.Key
pytestmark = pytest.mark.usefixtures("both")


def test_every_label_of_the_counter_changes_and_comes_back(counter: Counter) -> None:
    counter.party("SHARMA")
    counter.line("SOAP", "2c")
    before = texts(counter.window)
    assert "F10 Save and print" in before
    switch(counter.at)
    names = "Sharma Stores Maharashtra Toilet soap AABCS1429B1ZU"
    assert english(counter.window, names) == []
    assert "F10 सेव और प्रिंट" in texts(counter.window)
    heading = counter.screen.model.headerData(3, Qt.Orientation.Horizontal)
    assert heading == "मात्रा"
    assert counter.screen.entry.item.placeholderText() == "नाम, कोड या बारकोड"
    assert spoken_name(counter.screen.lines) == "बिल की लाइनें"
    assert nameless(counter.window) == []
    switch(counter.at)
    assert texts(counter.window) == before
    assert spoken_name(counter.screen.lines) == "Lines of the bill"


def test_every_screen_follows_the_language_at_once(
    qtbot: QtBot, qapp: QApplication, book: Book, tmp_path: Path
) -> None:
    with opened(qtbot, qapp, book, tmp_path) as shop:
        assert shop.floor
        pages = {screen.name: shop.floor.go(screen.name) for screen in SCREENS}
        shop.settle()
        before = {name: texts(page) for name, page in pages.items()}
        switch(shop.window)
        for name, page in pages.items():
            assert english(page, str(book.books)) == [], name
        assert english(shop.window.tabs, "Owner") == []
        switch(shop.window)
        assert {name: texts(page) for name, page in pages.items()} == before
    close(shop)


def test_every_form_of_the_masters_follows_too(
    qtbot: QtBot, qapp: QApplication, book: Book, tmp_path: Path
) -> None:
    with opened(qtbot, qapp, book, tmp_path) as shop:
        assert shop.floor
        masters = shop.floor.go("masters")
        for kind in KINDS:
            page = masters.show_kind(kind)
            page.begin_new()
            shop.settle()
            before = texts(page)
            switch(shop.window)
            assert english(page, COMPANY.name) == [], kind
            switch(shop.window)
            assert texts(page) == before, kind
    close(shop)


def test_the_bill_and_a_half_typed_box_stay_and_the_figures_with_them(counter: Counter) -> None:
    counter.party("SHARMA")
    counter.line("SOAP", "2c 6p")
    draft, total = counter.draft, counter.total
    counter.press(Key.Key_F3)
    counter.type("tea pow")
    at = counter.at
    switch(at)
    assert counter.at is at
    assert counter.screen.entry.item.text() == "tea pow"
    assert counter.draft is draft
    assert counter.total == total
    at.setText("")  # type: ignore[attr-defined]
    counter.line("TEA", "12")
    assert counter.asked == [("SOAP", 54, 0), ("TEA", 12, 0)]
    assert counter.save()


def test_a_sentence_that_stands_on_the_screen_is_said_again(counter: Counter) -> None:
    counter.party("SHARMA")
    counter.line("SOAP", "9999")
    counter.press(Key.Key_F10)
    assert "can be sold" in counter.said
    short = counter.shown()[1][0]
    assert "can be sold" in short
    switch(counter.at)
    assert "बेचे जा सकते हैं" in counter.said
    assert "बेचे जा सकते हैं" in counter.shown()[1][0]
    switch(counter.at)
    assert counter.shown()[1][0] == short


def test_a_refused_box_and_a_banner_are_said_again(counter: Counter) -> None:
    counter.press(Key.Key_F3)
    counter.enter("89012345678940000")
    field = counter.screen.entry._item_field
    assert "No item has the code" in field.flaw
    counter.window.banners.tell("disk", catalogue._("Trying again…"), retry=lambda: None)
    switch(counter.at)
    assert field.flaw == "कोड या बारकोड “89012345678940000” का कोई आइटम नहीं है।"
    assert counter.faults == {"disk": "फिर कोशिश हो रही है…"}
    assert "Ctrl+R फिर कोशिश करें" in texts(counter.window)


def test_a_figure_that_is_being_typed_stays_open(counter: Counter) -> None:
    counter.party("SHARMA")
    counter.line("SOAP", "12")
    counter.press(Key.Key_F6)
    counter.type("25.5")
    at = counter.at
    switch(at)
    assert counter.at is at
    counter.press(Key.Key_Return)
    counter.wait(lambda: "25.50" in counter.shown()[0])


def test_the_first_start_speaks_hindi_and_keeps_what_was_typed(
    qtbot: QtBot, qapp: QApplication
) -> None:
    window = Window(qapp)
    qtbot.addWidget(window)
    page = FirstStart("books.db")
    window.show_page(page, where=Where.START)
    with qtbot.waitActive(window):
        window.show()
    QTest.keyClick(page, Key.Key_F3)
    QTest.keyClicks(page.fields["name"].box, "Gupta & Sons")
    switch(window)
    assert page.fields["name"].box.text() == "Gupta & Sons"
    assert page.fields["name"].label.text() == "कंपनी का नाम (&N)"
    assert spoken_name(page.fields["name"].box) == "कंपनी का नाम"
    assert english(window, "books.db") == []


def test_language_theme_and_letters_are_remembered(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    books = tmp_path / "books.db"
    assert preferences_of(books) == NONE_CHOSEN
    window = Window(qapp, Preferences(theme="light"))
    qtbot.addWidget(window)
    window.chose.connect(lambda chosen: keep_preferences(books, chosen))
    with qtbot.waitActive(window):
        window.show()
    for key in (Key.Key_H, Key.Key_D, Key.Key_L):
        QTest.keyClick(window, key, CTRL | SHIFT)
    kept = preferences_of(books)
    assert kept == Preferences(language="hi", theme="dark", large=True)
    theme.apply(qapp, theme.Theme.LIGHT)
    again = Window(qapp, kept)
    qtbot.addWidget(again)
    assert qapp.font().pointSizeF() == theme.LARGE_POINTS
    assert theme.COLOURS[theme.Theme.DARK].ground in qapp.styleSheet()
    theme.apply(qapp, theme.Theme.LIGHT)


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", '{"theme": 7, "large": "yes", "colour": "red"}', "\udcff"]
)
def test_preferences_that_say_nonsense_choose_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "preferences.json"
    path.write_bytes(text.encode(errors="surrogateescape"))
    assert preferences_of(tmp_path / "books.db") == NONE_CHOSEN


def test_what_another_version_kept_beside_ours_is_left_out(tmp_path: Path) -> None:
    kept = {"language": "hi", "font": "Serif"}
    (tmp_path / "preferences.json").write_text(json.dumps(kept), encoding="utf-8")
    assert preferences_of(tmp_path / "books.db") == Preferences(language="hi")


def test_the_first_page_tells_the_key_of_the_language(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who reads no English finds his own letters; and a machine set to Hindi begins in it."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    program = app.start(tmp_path / "one" / "books.db")
    assert "Ctrl+Shift+H हिन्दी / English" in program.window.keys_line.text()
    program.window.close()
    monkeypatch.setenv("LANGUAGE", "hi_IN")
    program = app.start(tmp_path / "two" / "books.db")
    page = program.window.pages.currentWidget()
    assert isinstance(page, FirstStart)
    assert page.sample.text() == "F2 नमूना कंपनी खोलें"
    program.window.change_language()
    program.window.close()
    again = app.start(tmp_path / "two" / "books.db")
    assert "F1 Help and keys" in again.window.keys_line.text(), "chosen goes before the machine's"
    again.window.close()
    for each in (program, again):
        each.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_how_far_a_paper_is_is_no_state_of_india() -> None:
    """One English word, two Hindi ones: a list that is open is not told to open."""
    from dms_desktop.ui.dispatch import columns as dispatch
    from dms_desktop.ui.picking import columns as picking
    from dms_desktop.ui.stock_work import columns as stock_work

    for columns in (picking.LISTS, picking.ROWS, dispatch.BILLS, stock_work.LISTED):
        assert columns[-1].title == "Status"
    assert "Open" not in picking.LIST_STATES.values()
