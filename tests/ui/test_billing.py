"""A bill by keys alone, from the party to the paper, while other bills are being saved."""

from __future__ import annotations

import threading

from PySide6.QtWidgets import QApplication, QPushButton

from dms_desktop.domain.powers import Power, needs
from dms_desktop.services import drafts
from dms_desktop.store.session import Tx
from tests.ui.accessible import nameless, spoken_name
from tests.ui.conftest import CTRL, SHIFT, Counter, Key, kept_drafts


@needs(Power.LOOK)
def _wait(tx: Tx, gate: threading.Event) -> None:
    gate.wait(20)


def test_a_bill_of_five_lines_by_keys_alone(counter: Counter) -> None:
    assert spoken_name(counter.at) == "Party"
    counter.enter("sharma")
    counter.ready()
    for item, quantity in (
        ("soap", "2c 6p"),
        ("tea", "1c"),
        ("SALT", "10"),
        ("hair oil", "10+1"),
        ("toilet", "60"),
    ):
        assert spoken_name(counter.at) == "Item"
        counter.enter(item)
        assert spoken_name(counter.at) == "Quantity"
        counter.ready()
        counter.enter(quantity)
    counter.ready()
    assert counter.asked == [
        ("SOAP", 54, 0),
        ("TEA", 12, 0),
        ("SALT", 10, 0),
        ("OIL", 10, 1),
        ("SOAP", 60, 0),
    ]
    # 114 soap at 30 and 10 oil at 70 with 18 %, 12 tea at 95 with 5 %, 10 salt at 20: 6,258.60
    assert counter.total == "₹ 6,259.00"

    assert counter.save() == "B/26-27/00001"

    assert counter.draft.asks == ()
    assert counter.status == "B/26-27/00001  ·  ₹ 6,259.00  saved"
    assert counter.book.stock("SOAP") == {"S1": 0, "S2": 486}
    assert counter.book.stock("OIL") == {"O1": 29}
    assert counter.book.value("SELECT total FROM document WHERE kind = 'bill'") == 6_259_00
    assert spoken_name(counter.at) == "Party"


def test_the_lots_of_a_row_lie_below_it_and_nobody_is_asked(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("soap", "110")
    assert counter.shown() == [
        ["Toilet soap 100 g", "34011190", "2 lots", "110", "", "30.00", "", "18", "3,894.00"],
        ["", "", "S1 · 01/27", "100", "", "30.00", "", "", "3,540.00"],
        ["", "", "S2 · 06/27", "10", "", "30.00", "", "", "354.00"],
    ]


def test_a_shop_across_the_border_pays_igst(counter: Counter) -> None:
    counter.party("patel")
    counter.line("soap", "1")
    totals = counter.screen.face.totals
    assert (totals.text("igst"), totals.text("cgst")) == ("₹ 5.40", "")
    counter.party("sharma")
    assert (totals.text("igst"), totals.text("cgst")) == ("", "₹ 2.70")


def test_the_paper_is_made_behind_the_clerk_and_a_second_one_is_marked(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("soap", "1")
    made: list[tuple[str, bool]] = []
    counter.screen.papers.made.connect(lambda path, again: made.append((path.name, again)))
    with counter.qtbot.waitSignal(counter.screen.papers.made, timeout=20_000):
        counter.press(Key.Key_F10)
    assert made == [("B-26-27-00001.pdf", False)]
    first = (counter.papers / "B-26-27-00001.pdf").read_bytes()
    assert first.startswith(b"%PDF")
    printed = "SELECT count(*) FROM document_event WHERE event = 'printed'"
    counter.wait(lambda: counter.book.value(printed) == 1)

    with counter.qtbot.waitSignal(counter.screen.papers.made, timeout=20_000):
        counter.press(Key.Key_P, modifier=CTRL)
    assert made[1:] == [("B-26-27-00001 reprint 1.pdf", True)]
    assert (counter.papers / "B-26-27-00001.pdf").read_bytes() == first


def test_the_clerk_never_waits_for_the_disk(counter: Counter) -> None:
    gate = threading.Event()
    counter.desk.do(_wait, gate, undone=lambda error: None)
    counter.party("sharma")
    counter.line("soap", "2")
    counter.press(Key.Key_F10)
    assert counter.draft.asks == ()
    counter.party("laxmi")
    counter.line("tea", "3")
    assert counter.status == "Saving…"
    assert counter.total == "₹ 299.00"
    with counter.qtbot.waitSignal(counter.screen.saving.saved, timeout=20_000):
        gate.set()
    assert counter.asked == [("TEA", 3, 0)]
    assert counter.status.startswith("B/26-27/00001")


def test_a_bill_put_aside_comes_back_when_its_turn_is(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("soap", "5")
    counter.press(Key.Key_F8)
    counter.party("laxmi")
    counter.line("tea", "3")
    assert counter.screen.face.aside.text() == "1 bill held  ·  F9"
    counter.press(Key.Key_F9)
    counter.ready()
    assert counter.asked == [("SOAP", 5, 0)]
    assert counter.screen.heading.party.text() == "Sharma Stores"
    assert counter.screen.face.aside.text() == "1 bill held  ·  F9"
    counter.press(Key.Key_F9)
    counter.ready()
    assert counter.asked == [("TEA", 3, 0)]
    counter.wait(lambda: {draft.id for draft in kept_drafts(counter.book)} >= {counter.draft.id})


def test_a_line_is_changed_and_removed_in_place(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("soap", "10")
    counter.line("tea", "10")
    counter.press(Key.Key_F4)
    counter.enter("1c")
    assert counter.asked == [("SOAP", 10, 0), ("TEA", 12, 0)]
    assert spoken_name(counter.at) == "Item"
    counter.press(Key.Key_F6)
    counter.enter("90.50")
    counter.press(Key.Key_F7)
    counter.enter("2+1.5")
    # 12 x 90.50, less 2 %, less 1.5 % on the rest, with 5 % GST
    assert counter.shown()[1][3:] == ["12", "", "90.50", "2+1.5", "5", "1,100.74"]
    counter.press(Key.Key_Delete, modifier=CTRL)
    assert counter.asked == [("SOAP", 10, 0)]
    counter.press(Key.Key_Up)
    counter.press(Key.Key_Return)
    counter.enter("3")
    assert counter.asked == [("SOAP", 3, 0)]
    counter.press(Key.Key_Escape)
    assert spoken_name(counter.at) == "Item"


def test_another_bill_is_saved_while_a_figure_is_being_typed(counter: Counter) -> None:
    """The stock of the first line falls to a second lot: rows appear above the open cell."""
    counter.party("sharma")
    counter.line("soap", "60")
    counter.line("tea", "10")
    counter.press(Key.Key_F4)
    counter.type("3")
    editor = counter.at
    other = counter.book.draft("PATEL", SOAP=70)
    with counter.qtbot.waitSignals([counter.desk.changed, counter.screen.knowledge.learnt]):
        counter.desk.do(drafts.post, other, undone=lambda error: None)
    counter.wait(lambda: counter.screen.model.rowCount() == 4)
    assert counter.at is editor
    counter.enter("6")
    assert counter.asked == [("SOAP", 60, 0), ("TEA", 36, 0)]
    assert [row[2:4] for row in counter.shown()] == [
        ["2 lots", "60"],
        ["S1 · 01/27", "30"],
        ["S2 · 06/27", "30"],
        ["T1 · 12/26", "36"],
    ]


def test_what_was_sold_a_moment_ago_is_known_to_the_next_bill(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("oil", "30")
    counter.press(Key.Key_F10)
    counter.party("sharma")
    counter.line("oil", "30")
    counter.wait(lambda: counter.screen.model.rowCount() == 2)
    assert counter.shown()[1][0].startswith(
        "Hair oil 200 ml: 10 can be sold and 20 more are asked for."
    )


@needs(Power.MASTERS)
def ten_days(tx: Tx, party: int) -> None:
    tx.run(
        "INSERT INTO party_principal (party_id, principal_id, credit_days) VALUES (:p, 1, 10)",
        p=party,
    )


def test_the_due_day_counts_the_days_of_the_goods_principal(counter: Counter) -> None:
    counter.book.write(ten_days, counter.book.parties["SHARMA"])
    counter.party("sharma")
    assert counter.screen.heading.due.box.text() == "12-12-2026 (21 days)"
    counter.line("soap", "10")
    assert counter.screen.heading.due.box.text() == "01-12-2026 (10 days)"
    counter.save()
    assert counter.book.rows("SELECT due_day FROM open_item") == [("2026-12-01",)]


def test_free_pieces_and_terms(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("soap", "10+1")
    assert counter.screen.face.terms.text() == "Credit"
    assert counter.screen.heading.due.box.text() == "12-12-2026 (21 days)"
    counter.press(Key.Key_F5)
    assert counter.screen.face.terms.text() == "Cash"
    assert counter.screen.heading.due.box.text() == "Cash"
    counter.save()
    assert counter.book.rows(
        "SELECT qty, free_qty FROM goods_line JOIN document ON document.id ="
        " document_id WHERE kind = 'bill'"
    ) == [(10, 1)]


def test_the_keys_are_told_by_a_question_mark(counter: Counter) -> None:
    before = counter.at
    counter.type("?")
    assert spoken_name(counter.at) == "Help and keys"
    counter.press(Key.Key_Escape)
    assert counter.at is before
    counter.press(Key.Key_F1)
    counter.press(Key.Key_F1)
    assert counter.at is before


def test_every_control_has_a_name_and_shows_its_key(counter: Counter) -> None:
    counter.enter()  # CASH: the particulars of a walk-in are to be seen
    counter.ready()
    assert nameless(counter.window) == []
    buttons: list[QPushButton] = counter.screen.findChildren(QPushButton)
    assert len(buttons) == 8
    for button in buttons:
        assert button.text().split()[0].startswith(("F", "Ctrl", "Shift")), button.text()
    heading = counter.screen.heading
    assert heading.particulars is not None
    for field in (*heading.particulars.fields.values(), heading.day_field):
        assert "&" in field.label.text()
        assert field.label.buddy() is field.box


def test_the_look_changes_while_a_bill_is_typed(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("soap", "110")
    before = counter.window.grab().toImage()
    for letter in (Key.Key_D, Key.Key_L):
        QApplication.processEvents()
        counter.press(letter, modifier=CTRL | SHIFT)
    assert counter.window.grab().toImage() != before
    assert counter.asked == [("SOAP", 110, 0)]
