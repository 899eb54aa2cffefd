"""All keys on one sheet, laid over the window until Esc."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dms_desktop.language.catalogue import _
from dms_desktop.ui import keys
from dms_desktop.ui.keys import Where
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.theme import Role, dress

ALWAYS = (Where.EVERYWHERE, Where.LOOKUP)
BOOKLESS = (None, Where.START)
# Keys that a screen has besides its own.
BESIDE: Mapping[Where | None, Sequence[Where]] = {
    Where.MASTERS: (Where.LIST, Where.FORM, Where.PERIODS)
}
CLOSING = (Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Help(QFrame):
    """The keys of the screen at work, `where`, on the right. Made anew each time, so that it speaks
    the language of the moment."""

    def __init__(self, window: QWidget, where: Where | None) -> None:
        super().__init__(window)
        dress(self, Role.CARD)
        self._window, self._before = window, window.focusWidget()
        self.setAccessibleName(_("Help and keys"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(28, 20, 28, 20)
        rows.setSpacing(14)
        rows.addWidget(dress(Label(_("Help and keys")), Role.TITLE))
        columns = QHBoxLayout()
        columns.setSpacing(40)
        left, right = QVBoxLayout(), QVBoxLayout()
        screens = () if where in BOOKLESS else (Where.SCREENS,)
        mine = {_(each.value) for each in (where, *BESIDE.get(where, ())) if each is not None}
        here = {_(each.value) for each in (*ALWAYS, *screens)} | mine
        for heading, table in keys.key_table():
            if heading in here:
                own = heading in mine
                (right if own else left).addLayout(_table(heading, table))
        for column in (left, right):
            column.addStretch()
            columns.addLayout(column)
        rows.addLayout(columns)
        rows.addWidget(dress(Label(_("Esc closes this sheet")), Role.MUTED))
        window.installEventFilter(self)
        self._centre()
        self.show()
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in CLOSING or event.text() == "?":
            self.close_sheet()

    def close_sheet(self) -> None:
        if self._before is not None:
            self._before.setFocus()
        self.hide()
        self.deleteLater()

    def event(self, event: QEvent) -> bool:
        """Its keys are not the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._centre()
        return False

    def _centre(self) -> None:
        window = self._window
        self.adjustSize()
        size = self.size().boundedTo(window.size())
        self.resize(size)
        self.move((window.width() - size.width()) // 2, (window.height() - size.height()) // 2)


def _table(heading: str, rows: tuple[tuple[str, str], ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(5)
    grid.addWidget(dress(Label(heading), Role.MUTED), 0, 0, 1, 2)
    for at, (key, label) in enumerate(rows, 1):
        chip = dress(Label(key), Role.CHIP)
        chip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(chip, at, 0)
        grid.addWidget(Label(label), at, 1)
    grid.setColumnStretch(1, 1)
    return grid
