"""Import: the files that came in, and the one that is coming in."""

from __future__ import annotations

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget

from dms_desktop.services.imports import Run
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.importing.file_box import dropped
from dms_desktop.ui.importing.page import FilePage
from dms_desktop.ui.importing.past import PastImports


class ImportScreen(QStackedWidget):
    """The list in front, and behind it the page of a file."""

    def __init__(self, floor: Floor) -> None:
        super().__init__()
        self.past, self.page = PastImports(floor), FilePage(floor)
        for page in (self.past, self.page):
            self.addWidget(page)
        self.past.new.connect(self._bring)
        self.page.left.connect(self._to_list)
        self.setAcceptDrops(True)
        self.setFocusProxy(self.past)

    def arrive(self) -> None:
        if self.currentWidget() is self.past:
            self.past.arrive()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event) and not self.page.work.busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if path := dropped(event):
            event.acceptProposedAction()
            self._bring(None)
            self.page.file.take(path)

    def _bring(self, run: Run | None) -> None:
        self._show(self.page)
        self.page.begin(run.kind if run else None, run.name if run else "")

    def _to_list(self) -> None:
        self._show(self.past)
        self.past.arrive()

    def _show(self, page: PastImports | FilePage) -> None:
        self.setCurrentWidget(page)
        self.setFocusProxy(page)
        page.setFocus()
