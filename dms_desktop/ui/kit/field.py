"""A box with its label above it, and below it what is wrong with what was typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from dms_desktop.ui.theme import Role, dress, set_refused


class Field(QWidget):
    """`label`, above the box or beside it, shows the key that leads here: `F2 Party`, or `&Date`
    for Alt+D."""

    def __init__(self, label: str, box: QLineEdit, *, beside: bool = False) -> None:
        super().__init__()
        self.label, self.box = dress(QLabel(label), Role.MUTED), box
        self.flaw = dress(QLabel(), Role.FAULT)
        self.flaw.setTextFormat(Qt.TextFormat.PlainText)
        self.flaw.setWordWrap(True)
        self.flaw.hide()
        self.label.setBuddy(box)
        if not box.accessibleName():
            box.setAccessibleName(label.replace("&", ""))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        grid.addWidget(self.label, 0, 0)
        grid.addWidget(box, *((0, 1) if beside else (1, 0)))
        grid.addWidget(self.flaw, *((1, 1) if beside else (2, 0)))
        grid.setRowStretch(3, 1)
        box.textEdited.connect(self.accept)

    def refuse(self, sentence: str) -> None:
        """Say at the place what cannot be, and leave it marked so that the next key replaces it."""
        self.flaw.setText(sentence)
        self.flaw.setVisible(bool(sentence))
        set_refused(self.box, refused=True)
        self.box.setAccessibleDescription(sentence)
        self.box.selectAll()

    def accept(self) -> None:
        """Nothing is wrong here any more."""
        if not self.flaw.isHidden():
            self.flaw.hide()
            self.flaw.clear()
            self.box.setAccessibleDescription("")
        set_refused(self.box, refused=False)


def shown(label: str) -> Field:
    """A field that only shows: it never takes the focus."""
    box = QLineEdit()
    box.setReadOnly(True)
    box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return Field(label, box)
