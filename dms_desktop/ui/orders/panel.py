"""What stands below the tray while more than one order is dealt with: a plan, a run, a file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dms_desktop.ui import keys
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.speaking import Button, Label
from dms_desktop.ui.theme import Role, dress


class Panel(QWidget):
    """`take` does what is shown, `leave` gives the place back to the lines of the order.

    The keys are the screen's own, so a button here only shows its key.
    """

    done = Signal(str)  # a sentence
    failed = Signal(object, object)  # the error, a callable that tries again
    left = Signal()

    def __init__(self, floor: Floor) -> None:
        super().__init__()
        self.floor = floor
        self.heading = dress(Label(), Role.MUTED)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setWordWrap(True)
        self.does = dress(self.key_button("orders.take", self.take), Role.PRIMARY)
        self.back = self.key_button("back", self.leave)
        self.middle, self.bottom = QVBoxLayout(), QHBoxLayout()
        self.bottom.setSpacing(8)
        self.bottom.addStretch()
        self.bottom.addWidget(self.back)
        self.bottom.addWidget(self.does)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self.heading)
        rows.addLayout(self.middle, 1)
        rows.addLayout(self.bottom)

    def take(self) -> None:
        """Do what is shown; every panel has its own way."""

    def leave(self) -> None:
        self.left.emit()

    def key_button(self, action_id: str, slot: Callable[[], object]) -> Button:
        """A button that shows the key of the screen's action and does it for the mouse."""
        made = Button(keys.caption(action_id))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setAutoDefault(False)
        made.clicked.connect(lambda: slot())
        return made
