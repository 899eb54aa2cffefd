"""A question asked in place: it never pushes the window wider, and what stood there gives way."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dms_desktop.ui.kit.asking import Asking
from tests.ui.conftest import Key


def asked(qtbot: QtBot, question: str, text: str = "") -> tuple[QWidget, Asking, list[str]]:
    page, asking, said = QWidget(), Asking(), list[str]()
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(asking)
    page.resize(1000, 300)
    page.show()
    asking.ask(question, "Take", said.append, text=text)
    return page, asking, said


def test_a_question_with_eight_rows_of_a_bill_is_wrapped_and_read_in_full(qtbot: QtBot) -> None:
    rows = "  ".join(f"{at} Krisporo digestive biscuits original 150 g: 6 pc" for at in range(9))
    page, asking, _said = asked(qtbot, f"What came back? {rows}")
    qtbot.waitUntil(lambda: asking.question.height() > 2 * asking.fontMetrics().height())
    assert page.minimumSizeHint().width() <= 1000
    assert page.width() == 1000
    question = asking.question
    assert question.height() >= question.heightForWidth(question.width())


def test_a_figure_that_stands_there_gives_way_to_what_is_typed(qtbot: QtBot) -> None:
    _page, asking, said = asked(qtbot, "How many are there?", "0")
    QTest.keyClicks(asking.box, "12")
    QTest.keyClick(asking.box, Key.Key_Return)
    assert said == ["12"]
