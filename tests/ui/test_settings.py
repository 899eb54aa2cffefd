"""The settings by keys: this PC, PINs, the company, printers and what they print, the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.options import OPTIONS
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.printers import PAPERS, Way
from dms_desktop.language import catalogue
from dms_desktop.printing.trial import trial_page
from dms_desktop.services import documents, options, printers
from dms_desktop.store.preferences import preferences_of
from dms_desktop.ui.people.log_in import LogIn
from dms_desktop.ui.people.pins import PinsPane
from dms_desktop.ui.settings import printers as printers_module
from dms_desktop.ui.settings.company import CompanyPane
from dms_desktop.ui.settings.option_texts import OPTION_TEXTS
from dms_desktop.ui.settings.options import OptionsPane
from dms_desktop.ui.settings.printers import PrintersPane, code_of
from dms_desktop.ui.settings.screen import SECTIONS, SettingsScreen
from dms_desktop.ui.settings.this_pc import ThisPcPane
from dms_desktop.ui.theme import COLOURS, Theme
from tests.books import NOON, OWNER_PIN
from tests.printing.reading import sheets
from tests.ui.accessible import nameless
from tests.ui.conftest import CTRL
from tests.ui.staff import RAVI_PIN, WRONG, Hands, Key, Open


def settings(hands: Hands, section: str = "") -> Any:
    """Ctrl+8, and down the list to this page; the page."""
    hands.wait(lambda: hands.program.window.tabs.bar)
    hands.press(Key.Key_8, CTRL)
    screen = hands.page
    assert isinstance(screen, SettingsScreen)
    hands.press(Key.Key_F2)
    hands.press(Key.Key_Home)
    names = [screen.names.item(at).text() for at in range(screen.names.count())]
    for _ in range(names.index(section) if section else 0):
        hands.press(Key.Key_Down)
    hands.desk.finish()
    assert nameless(hands.window) == []
    return screen.page


def into(hands: Hands) -> None:
    """From the list into the page."""
    hands.press(Key.Key_F2)
    hands.press(Key.Key_Return)


def read(hands: Hands, query: Any, *args: Any) -> Any:
    found: list[Any] = []
    hands.desk.ask(query, *args, done=found.append, undone=found.append)
    hands.wait(lambda: found)
    return found[0]


def retype(hands: Hands, text: str) -> None:
    box = QApplication.focusWidget()
    assert isinstance(box, QLineEdit)
    box.selectAll()
    hands.press(Key.Key_Delete)
    QTest.keyClicks(box, text)


@pytest.fixture
def owner(begin: Open) -> Hands:
    hands = begin()
    hands.come("owner", OWNER_PIN)
    return hands


def titles(hands: Hands) -> list[str]:
    names = hands.page.names  # type: ignore[attr-defined]
    return [names.item(at).text() for at in range(names.count())]


def test_the_owner_sees_every_page_and_a_clerk_his_own(begin: Open) -> None:
    hands = begin()
    hands.come("owner", OWNER_PIN)
    settings(hands)
    assert titles(hands) == [section.title for section in SECTIONS]
    page = settings(hands, "PIN")
    assert page.others.isVisible()
    hands.lock()
    hands.come("ravi", RAVI_PIN)
    assert isinstance(hands.page, SettingsScreen)
    assert titles(hands) == ["This PC", "PIN"]
    page = settings(hands, "PIN")
    assert page.old.isVisible()
    assert not page.others.isVisible()
    assert not page.set.isEnabled()


def test_how_it_looks_is_chosen_seen_and_kept(owner: Hands, qapp: QApplication) -> None:
    page = settings(owner, "This PC")
    assert isinstance(page, ThisPcPane)
    try:
        into(owner)
        assert page.theme.editor.hasFocus()
        QTest.keyClicks(page.theme.editor, "D")  # one letter: a slow PC would begin anew
        ground = owner.window.grab().toImage().pixelColor(3, owner.window.height() // 2)
        assert ground.name() == COLOURS[Theme.DARK].ground
        owner.press(Key.Key_Return)
        owner.press(Key.Key_Space)
        assert preferences_of(owner.books).large
        owner.press(Key.Key_Return)
        owner.press(Key.Key_End)
        assert catalogue.language() == "hi"
        kept = preferences_of(owner.books)
        assert (kept.theme, kept.large, kept.language) == ("dark", True, "hi")
        owner.program.window.change_theme()  # as its key does
        assert page.theme.typed() == "light"
    finally:
        owner.program.window.speak("en")
        owner.program.window.wear(theme="light", large=False)


def test_everybody_changes_his_own_pin(begin: Open) -> None:
    hands = begin()
    hands.come("ravi", RAVI_PIN)
    page = settings(hands, "PIN")
    assert isinstance(page, PinsPane)
    into(hands)
    assert page.old.box.hasFocus()
    hands.enter(WRONG)
    hands.enter("1234")
    hands.enter("1234")
    assert page.new.flaw == "Type six figures, or a pass phrase of twelve letters or more."
    retype(hands, "864209")
    hands.press(Key.Key_Return)
    retype(hands, "864208")
    hands.press(Key.Key_Return)
    assert page.again.flaw == "The two PINs differ."
    retype(hands, "864209")
    hands.press(Key.Key_Return)
    hands.wait(lambda: page.old.flaw == "The PIN is wrong. 4 tries remain.")
    retype(hands, RAVI_PIN)
    hands.press(Key.Key_F10)
    hands.wait(lambda: page.said.text() == "Your PIN is changed.")
    assert (page.old.box.text(), page.new.box.text(), page.again.box.text()) == ("", "", "")
    hands.lock()
    hands.enter(RAVI_PIN)
    hands.said("The PIN is wrong. 4 tries remain.")
    hands.enter("864209")
    hands.wait(lambda: not isinstance(hands.page, LogIn))


def test_the_owner_sets_the_pin_of_another_and_ends_his_wait(owner: Hands) -> None:
    owner.lock()
    owner.choose("ravi")
    for left in ("4", "3", "2", "1"):
        owner.enter(WRONG)
        owner.said(f"{left} tr")
    owner.enter(WRONG)
    owner.said("Wait until")
    owner.come("owner", OWNER_PIN)
    page = settings(owner, "PIN")
    assert [page.user.itemText(at) for at in range(page.user.count())] == [
        "Ravi (ravi)",
        "Sunil (sunil)",
        "Temp (temp)",
    ]
    page.user.setFocus()
    owner.press(Key.Key_Return)
    assert page.theirs.box.hasFocus()
    owner.enter("864209")
    owner.enter("864209")
    owner.wait(lambda: page.said.text() == "Ravi has a new PIN.")
    assert page.theirs.box.text() == ""
    owner.lock()
    owner.come("ravi", "864209")


def test_the_company_is_changed_and_later_papers_say_so(owner: Hands) -> None:
    page = settings(owner, "Company")
    assert isinstance(page, CompanyPane)
    owner.wait(lambda: page.form.entries["name"].typed())
    assert isinstance(owner.page, SettingsScreen)
    assert owner.page.names.hasFocus()  # going past it does not lead into it
    into(owner)
    retype(owner, "Shree Ganesh & Sons")
    owner.press(Key.Key_F10)
    owner.wait(lambda: page.said.text().startswith("Saved. Papers made from now on"))

    @needs(Power.LOOK)
    def name(reading: Any) -> str:
        return str(documents.company(reading).name)

    assert read(owner, name) == "Shree Ganesh & Sons"


def test_a_printer_is_taken_into_use_tried_and_given_its_papers(
    owner: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(printers_module, "_queues", lambda: ((Way.QUEUE, "HP_1020"),))
    page = settings(owner, "Printers")
    assert isinstance(page, PrintersPane)
    owner.wait(lambda: page.list.table.model_of.rows)
    (line,) = page.list.table.model_of.rows
    assert (line.printer.address, line.known) == ("HP_1020", False)
    into(owner)
    owner.press(Key.Key_Return)  # takes it into use: the form with all that the PC knows
    form = page.editor.form
    assert form.entries["code"].typed() == "HP-1020"
    form.entries["way"].show_value(Way.QUEUE.value)
    form.entries["way"].list.setFocus()  # type: ignore[attr-defined]
    QTest.keyClicks(form.entries["way"].editor, "Folder")
    form.entries["address"].editor.setFocus()
    retype(owner, str(out))
    owner.press(Key.Key_F10)
    owner.wait(lambda: page.currentWidget() is page.list)
    owner.wait(lambda: page.list.table.model_of.rows[0].known)
    assert page.list.said.text() == "Saved: HP_1020. Say below what it prints."

    owner.press(Key.Key_F5)
    owner.wait(lambda: "took the test page" in page.list.said.text())
    (paper,) = out.iterdir()
    assert "Test page" in sheets(paper.read_bytes())[0]

    row = page.list.rules.rows["bill"]
    row.printer.editor.setFocus()
    QTest.keyClicks(row.printer.editor, "HP")
    row.copies.editor.setFocus()
    QTest.keyClick(row.copies.editor, Key.Key_Home)
    owner.press(Key.Key_F10)
    owner.wait(lambda: page.list.said.text() == "Saved. The next paper is printed so.")
    route = read(owner, printers.route, Kind.BILL)
    assert (route.printer.code, route.copies, route.on_save) == ("HP-1020", ("original",), True)
    owner.wait(lambda: page.list.table.model_of.rows[0].papers == "Bills")
    owner.press(Key.Key_F10)
    owner.wait(lambda: page.list.said.text() == "Nothing was changed.")

    row = page.list.rules.rows["bill"]
    row.size.editor.setFocus()
    QTest.keyClicks(row.size.editor, "80")  # 80 mm comes before 80 columns
    owner.press(Key.Key_F10)
    owner.wait(lambda: page.list.said.text() == "Saved. The next paper is printed so.")
    owner.wait(lambda: page.list.rules.size_of("HP-1020") == "80mm")
    owner.press(Key.Key_F5)
    receipt = out / "test page.bin"
    owner.wait(receipt.exists)
    assert receipt.read_bytes().startswith(b"\x1b@\x1dv0")
    assert set(page.list.rules.rows) == set(PAPERS)


def test_a_printer_that_is_away_is_told_at_the_place(
    owner: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = ((Way.SOCKET, "127.0.0.1:9"),)
    monkeypatch.setattr(printers_module, "_queues", lambda: gone)
    page = settings(owner, "Printers")
    owner.wait(lambda: page.list.table.model_of.rows)
    into(owner)
    owner.press(Key.Key_F5)
    owner.wait(lambda: "127.0.0.1:9" in page.list.said.text())
    assert owner.program.window.banners.faults == {}


def test_a_queue_s_name_becomes_a_code() -> None:
    assert code_of("HP LaserJet 1020 (by the door)") == "HP-LASERJET-1020"
    assert code_of("ÄÖ") == "ÄÖ"
    assert code_of("///") == "PRINTER"


def test_a_test_page_says_where_it_came_from() -> None:
    (text,) = sheets(trial_page("Gupta & Sons", "Laser by the door", NOON))
    for said in (
        "Test page",
        "Gupta & Sons",
        "Laser by the door, 21-11-2026 12:00",
        "12,34,567.89",
    ):
        assert said in text
    assert "हिन्दी" in text


def test_every_option_says_what_it_does() -> None:
    assert set(OPTION_TEXTS) == set(OPTIONS)


def test_the_rules_of_the_house_are_saved_together_or_not_at_all(owner: Hands) -> None:
    page = settings(owner, "Rules of the house")
    assert isinstance(page, OptionsPane)
    owner.wait(lambda: page.boxes["lock_minutes"].text() == "10")
    into(owner)
    assert page.boxes["credit_tolerance"].hasFocus()
    retype(owner, "250")
    page.boxes["near_expiry_days"].setFocus()
    retype(owner, "soon")
    owner.press(Key.Key_F10)
    box = page.boxes["near_expiry_days"]
    assert box.hasFocus()
    assert "“soon” is not a valid figure for Near its expiry." in box.accessibleDescription()
    assert values(owner)["credit_tolerance"] == "100.00"
    retype(owner, "45")
    owner.press(Key.Key_F10)
    owner.wait(lambda: page.said.text() == "Saved. It holds from now on.")
    assert (values(owner)["credit_tolerance"], values(owner)["near_expiry_days"]) == ("250", "45")


def test_a_rule_of_a_few_words_is_chosen_from_its_list(owner: Hands) -> None:
    page = settings(owner, "Rules of the house")
    owner.wait(lambda: page.boxes["lock_minutes"].text() == "10")
    loss, sharing = page.boxes["loss_warning"], page.boxes["shortage_sharing"]
    assert (loss.text(), sharing.text()) == ("warn", "oldest_first")
    loss.setFocus()
    owner.press(Key.Key_Down)
    assert loss.currentText() == "The owner is asked"
    owner.press(Key.Key_Return)
    assert sharing.hasFocus()
    owner.press(Key.Key_Down)
    owner.program.window.speak("hi")
    assert loss.currentText() == "मालिक से पूछा जाता है"
    owner.program.window.speak("en")
    owner.press(Key.Key_F10)
    owner.wait(lambda: page.said.text() == "Saved. It holds from now on.")
    assert values(owner)["loss_warning"] == "ask"
    assert values(owner)["shortage_sharing"] == "proportional"


def test_an_option_that_somebody_else_changed_is_not_overwritten(owner: Hands) -> None:
    page = settings(owner, "Rules of the house")
    owner.wait(lambda: page.boxes["lock_minutes"].text() == "10")
    owner.desk.write(options.choose, "lock_minutes", "30", 0).result()
    page.boxes["lock_minutes"].setFocus()
    retype(owner, "5")
    owner.press(Key.Key_F10)
    owner.wait(lambda: "Somebody else changed this meanwhile" in page.said.text())
    owner.wait(lambda: page.boxes["lock_minutes"].text() == "30")
    assert values(owner)["lock_minutes"] == "30"


def values(hands: Hands) -> dict[str, str]:
    return {each.code: each.value for each in read(hands, options.options)}


def test_esc_leads_back_to_the_list_of_pages(owner: Hands) -> None:
    for section in SECTIONS:
        settings(owner, section.title)
        into(owner)
        owner.press(Key.Key_Escape)
        assert isinstance(owner.page, SettingsScreen)
        assert owner.page.names.hasFocus(), section.title
