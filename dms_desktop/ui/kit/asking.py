"""A question asked in place, without a dialog: a reason to be typed, or a yes before what stays."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QWidget

from dms_desktop.language.catalogue import _
from dms_desktop.ui import keys
from dms_desktop.ui.kit.speaking import Button, Label
from dms_desktop.ui.theme import Role, dress, set_refused

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Asking(QFrame):
    """Hidden until something is asked; afterwards the cursor is where it was before."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        dress(self, Role.CARD)
        self.question, self.box = Label(), QLineEdit()
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.question.setWordWrap(True)  # a long one must not push the window off the screen
        self.box.setMinimumWidth(self.fontMetrics().averageCharWidth() * 30)
        self.yes = dress(Button(), Role.PRIMARY)
        self.no = Button(keys.caption("back"))
        self._then: Callable[[str], object] | None = None
        self._before: QWidget | None = None
        self._may_be_empty = True
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self.question, 2)
        row.addWidget(self.box, 1)
        for button in (self.yes, self.no):
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self.yes.clicked.connect(self.answer)
        self.no.clicked.connect(self.leave)
        self.box.textEdited.connect(lambda _: set_refused(self.box, refused=False))
        self.hide()

    def ask(
        self,
        question: str,
        verb: str,
        then: Callable[[str], object],
        *,
        reason: bool = True,
        text: str = "",
    ) -> None:
        """Ask for a reason, or with none for a yes: Enter calls `then` with what was typed, Esc
        leaves all as it was. `verb` is what the button says, `text` what stands there already."""
        self.question.setText(question)
        self.yes.setText(_("{key} {verb}").format(key=keys.key_text("next"), verb=verb))
        self.box.setVisible(reason)
        self.box.setAccessibleName(question)
        self.box.setText(text)
        set_refused(self.box, refused=False)
        self._then, self._may_be_empty = then, not reason
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self.show()
        (self.box if reason else self.yes).setFocus()
        self.box.selectAll()  # what stood there gives way to the first key

    def answer(self) -> None:
        """What was typed is the answer; nothing typed is none where a reason is asked for."""
        said, then = self.box.text().strip(), self._then
        if then is None or (not said and not self._may_be_empty):
            set_refused(self.box, refused=True)
            self.box.setFocus()
            return
        self._close()
        then(said)

    def leave(self) -> None:
        if not self.isHidden():
            self._close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.answer()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _close(self) -> None:
        self._then = None
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self.closed.emit()
