"""Picking: the lists, what is to come on one, and the list that is worked on."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from dms_desktop.domain.picking import PickListHead
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.picking.lists import ListsPage
from dms_desktop.ui.picking.waiting import WaitingPage
from dms_desktop.ui.picking.work import WorkPage


class PickingScreen(QWidget):
    """Three pages, one in front; Esc leads back to the lists."""

    def __init__(self, floor: Floor) -> None:
        super().__init__()
        self.floor = floor
        self.pages = QStackedWidget()
        self.lists, self.waiting, self.work = ListsPage(floor), WaitingPage(floor), WorkPage(floor)
        for page in (self.lists, self.waiting, self.work):
            self.pages.addWidget(page)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.pages)
        self.lists.opened.connect(self._open)
        self.lists.wanted.connect(self.begin)
        self.waiting.made.connect(self.show_list)
        self.waiting.left.connect(self.back)
        self.work.left.connect(self.back)
        self.setFocusProxy(self.lists)

    def arrive(self) -> None:
        """It came to the front: what was in hand is in hand still, and told anew."""
        page = self.pages.currentWidget()
        if page is self.work:
            self.work.read()
        elif page is self.waiting:
            self.waiting.read()
        else:
            self.lists.arrive()

    def begin(self) -> None:
        """Choose what a new list is made of."""
        self.pages.setCurrentWidget(self.waiting)
        self.setFocusProxy(self.waiting)
        self.waiting.begin()

    def show_list(self, uid: UUID) -> None:
        """Work on this list."""
        self.pages.setCurrentWidget(self.work)
        self.setFocusProxy(self.work)
        self.work.begin(uid)

    def back(self) -> None:
        """The lists, the cursor on the one that was worked on."""
        if self.work.uid is not None:
            self.lists.aim(self.work.uid)
        self.pages.setCurrentWidget(self.lists)
        self.setFocusProxy(self.lists)
        self.lists.read()
        self.lists.table.setFocus()

    def _open(self, head: PickListHead) -> None:
        self.show_list(head.id)
