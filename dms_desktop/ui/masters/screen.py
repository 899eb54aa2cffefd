"""Every kind of master at the left, its list and its forms at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidgetItem

from dms_desktop.language.catalogue import _
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.side_list import SideList, SideScreen
from dms_desktop.ui.masters.kinds import GROUPS, KINDS
from dms_desktop.ui.masters.page import MasterPage

KIND = Qt.ItemDataRole.UserRole


class Kinds(SideList):
    """Headings and kinds; the cursor goes over the kinds alone."""

    def __init__(self) -> None:
        super().__init__(_("Kinds of masters"))
        for heading, masters in GROUPS:
            title = QListWidgetItem(_(heading))
            title.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(title)
            for master in masters:
                row = QListWidgetItem("    " + _(master.many))
                row.setData(KIND, master.kind)
                self.addItem(row)
        self.fit()

    def speak_again(self) -> None:
        """The same rows in the other language."""
        row = 0
        for heading, masters in GROUPS:
            self.item(row).setText(_(heading))
            for at, master in enumerate(masters, row + 1):
                self.item(at).setText("    " + _(master.many))
            row += 1 + len(masters)
        self.fit()

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


class MastersScreen(SideScreen):
    """The pages are made when they are first looked at, and stay as they were left."""

    def __init__(self, floor: Floor) -> None:
        names = Kinds()
        super().__init__(names, "masters.kinds")
        self.floor, self.kinds = floor, names
        self.pages: dict[str, MasterPage] = {}
        self.kinds.currentItemChanged.connect(self._chosen)
        self.kinds.into.connect(lambda: self.page.setFocus())
        self.kinds.point_at(next(iter(KINDS)))

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

    def _chosen(self, row: QListWidgetItem | None) -> None:
        if row is None:
            return
        kind = row.data(KIND)
        if kind not in self.pages:
            page = self.pages[kind] = MasterPage(self.floor, KINDS[kind])
            page.left.connect(self.kinds.setFocus)
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(self.pages[kind])
        if self.isVisible():
            self.page.arrive()
