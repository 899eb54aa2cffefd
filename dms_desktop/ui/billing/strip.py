"""A row of boxes that opens below the lines for what few bills need: never a dialog."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from dms_desktop.ui import keys
from dms_desktop.ui.kit.field import Field, fault_label
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.theme import Role, dress


class Strip(QFrame):
    """Enter goes from box to box and is `finished` behind the last; Esc is `left` at once."""

    opened = Signal()
    closed = Signal()
    finished = Signal()
    left = Signal()

    def __init__(self, title: str, boxes: Mapping[str, str]) -> None:
        """`boxes` are the labels by the names of their boxes."""
        super().__init__()
        dress(self, Role.CARD)
        self.told = fault_label()  # across the whole strip: its boxes are narrow
        self.told.hide()
        self.fields = {
            name: Field(label, QLineEdit(), below=self.told) for name, label in boxes.items()
        }
        self.title, self.hint = Label(title), dress(Label(), Role.MUTED)
        bold = self.title.font()
        bold.setBold(True)
        self.title.setFont(bold)
        for label in (self.title, self.hint):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setText(keys.caption("back"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 6, 14, 8)
        self._row = row = QHBoxLayout()
        rows.addLayout(row)
        rows.addWidget(self.told)
        row.setSpacing(14)
        row.addWidget(self.title)
        for field in self.fields.values():
            row.addWidget(field, 1)
        row.addWidget(self.hint)
        names = [*self.fields, ""]
        for name, follows in zip(self.fields, names[1:], strict=False):
            self.box(name).returnPressed.connect(lambda to=follows: self.go_to(to))
        self.hide()

    def show_key(self, action: str) -> None:
        """Say a key of the screen that is meant for what is typed here too."""
        self._row.addWidget(dress(Label(keys.caption(action)), Role.MUTED))

    def box(self, name: str) -> QLineEdit:
        return self.fields[name].box

    def open(self) -> None:
        """The cursor is in the first box."""
        for field in self.fields.values():
            field.accept()
        self.opened.emit()
        self.show()
        self.go_to(next(iter(self.fields)))

    def go_to(self, name: str) -> None:
        """The box of that name; behind the last one what was typed is taken."""
        if name:
            self.box(name).setFocus()
            self.box(name).selectAll()
        else:
            self.finished.emit()

    def complete(self) -> bool:
        """Before the bill is saved: take what was typed; False where it cannot be."""
        return True

    def leave(self) -> None:
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.isHidden():
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
