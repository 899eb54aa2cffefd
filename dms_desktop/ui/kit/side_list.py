"""Names at the left, the page of the one that is chosen at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from dms_desktop.ui import keys
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.theme import Role, dress

MARGIN = 40
INTO = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right)


class SideList(QListWidget):
    """`into`: Enter, Right or a double click on a name, so that the cursor goes into its page."""

    into = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        tell(self, "accessibleName", name)
        self.itemActivated.connect(lambda _: self.into.emit())

    def fit(self) -> None:
        """As wide as its widest word."""
        self.setFixedWidth(max(self.sizeHintForColumn(0), 0) + MARGIN)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in INTO:
            self.into.emit()
        else:
            super().keyPressEvent(event)


class SideScreen(QWidget):
    """`names` at the left, told and reached by the key of `action`; `stack` is filled by whoever
    knows the pages."""

    def __init__(self, names: SideList, action: str) -> None:
        super().__init__()
        self.stack = QStackedWidget()
        side = QVBoxLayout()
        side.setContentsMargins(16, 12, 0, 10)
        side.addWidget(dress(Label(keys.caption(action)), Role.MUTED))
        side.addWidget(names, 1)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        columns.addLayout(side)
        columns.addWidget(self.stack, 1)
        keys.bind(self, action, names.setFocus)
        self.setFocusProxy(names)
