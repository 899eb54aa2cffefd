"""Every kind of master at the left, its list and its forms at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dms_desktop.language.catalogue import _
from dms_desktop.ui import keys
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.masters.kinds import GROUPS, KINDS
from dms_desktop.ui.masters.page import MasterPage
from dms_desktop.ui.theme import Role, dress

MARGIN = 40
KIND = Qt.ItemDataRole.UserRole


class Kinds(QListWidget):
    """Headings and kinds; the cursor goes over the kinds alone."""

    def __init__(self) -> None:
        super().__init__()
        tell(self, "accessibleName", _("Kinds of masters"))
        for heading, masters in GROUPS:
            title = QListWidgetItem(_(heading))
            title.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(title)
            for master in masters:
                row = QListWidgetItem("    " + _(master.many))
                row.setData(KIND, master.kind)
                self.addItem(row)
        self._fit()

    def speak_again(self) -> None:
        """The same rows in the other language."""
        row = 0
        for heading, masters in GROUPS:
            self.item(row).setText(_(heading))
            for at, master in enumerate(masters, row + 1):
                self.item(at).setText("    " + _(master.many))
            row += 1 + len(masters)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """As wide as its widest word."""
        self.setFixedWidth(self.sizeHintForColumn(0) + MARGIN)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End know that the first row is a heading."""
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
        if (at := ends.get(Qt.Key(event.key()))) is None:
            super().keyPressEvent(event)
        else:
            self.point_at([*KINDS][at])

    def point_at(self, kind: str) -> None:
        rows = (self.item(at) for at in range(self.count()))
        self.setCurrentItem(next(row for row in rows if row.data(KIND) == kind))


class MastersScreen(QWidget):
    """The pages are made when they are first looked at, and stay as they were left."""

    def __init__(self, floor: Floor) -> None:
        super().__init__()
        self.floor = floor
        self.kinds, self.stack = Kinds(), QStackedWidget()
        self.pages: dict[str, MasterPage] = {}
        side = QVBoxLayout()
        side.setContentsMargins(16, 12, 0, 10)
        side.addWidget(dress(Label(keys.caption("masters.kinds")), Role.MUTED))
        side.addWidget(self.kinds, 1)
        rows = QHBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(side)
        rows.addWidget(self.stack, 1)
        self.kinds.currentItemChanged.connect(self._chosen)
        self.kinds.itemActivated.connect(lambda _: self.page.setFocus())
        keys.bind(self, "masters.kinds", self._to_kinds)
        self.kinds.point_at(next(iter(KINDS)))
        self.setFocusProxy(self.kinds)

    @property
    def page(self) -> MasterPage:
        """The kind in front."""
        page = self.stack.currentWidget()
        assert isinstance(page, MasterPage)
        return page

    def arrive(self) -> None:
        self.page.arrive()

    def show_kind(self, kind: str) -> MasterPage:
        """Bring a kind to the front."""
        self.kinds.point_at(kind)
        return self.page

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Right on a kind goes into its list."""
        into = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right)
        if self.kinds.hasFocus() and event.key() in into:
            self.page.setFocus()
        else:
            super().keyPressEvent(event)

    def _chosen(self, row: QListWidgetItem | None) -> None:
        if row is None:
            return
        kind = row.data(KIND)
        if kind not in self.pages:
            page = self.pages[kind] = MasterPage(self.floor, KINDS[kind])
            page.left.connect(self._to_kinds)
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(self.pages[kind])
        if self.isVisible():
            self.page.arrive()

    def _to_kinds(self) -> None:
        self.kinds.setFocus()
