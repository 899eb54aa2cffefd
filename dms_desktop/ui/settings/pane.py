"""A page of the settings: a title, what can be set, and below it what was saved or cannot be."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dms_desktop.domain.refusals import Refused
from dms_desktop.language.catalogue import _
from dms_desktop.ui import messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.theme import Role, dress

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Pane(QWidget):
    """What can be set goes into `body`; Enter presses the button that the cursor is on.

    `left`: Esc, back to the list of pages.
    """

    left = Signal()

    def __init__(self, floor: Floor, title: str, told: str = "") -> None:
        super().__init__()
        self.floor, self.name = floor, title
        self.said = Label()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.body, self.buttons = QVBoxLayout(), QHBoxLayout()
        self.body.setSpacing(10)
        self.buttons.setSpacing(8)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 10, 16, 10)
        rows.setSpacing(10)
        rows.addWidget(dress(Label(_(title)), Role.TITLE))
        if told:
            intro = dress(Label(_(told)), Role.MUTED)
            intro.setWordWrap(True)
            rows.addWidget(intro)
        rows.addLayout(self.body, 1)
        rows.addWidget(self.said)
        rows.addLayout(self.buttons)

    def arrive(self) -> None:
        """It came to the front."""

    def say(self, sentence: str, role: Role = Role.GOOD) -> None:
        dress(self.said, role).setText(sentence)

    def tell(self, error: BaseException) -> None:
        """What cannot be, at the place; a fault of the machine above the screen, with retry."""
        if isinstance(error, Refused):
            self.say(messages.of_error(error), Role.FAULT)
        else:
            self.floor.banners.tell(self.name, messages.of_error(error), self.arrive)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in ENTER and isinstance(focus, QPushButton):
            focus.click()
        else:
            super().keyPressEvent(event)
