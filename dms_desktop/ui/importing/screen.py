"""Import: the files that came in, the one that is coming in, and how a new shop gets started."""

from __future__ import annotations

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget

from dms_desktop.domain.incoming import Intake
from dms_desktop.services.imports import Run
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.importing.beginning import GettingStarted
from dms_desktop.ui.importing.file_box import dropped
from dms_desktop.ui.importing.page import FilePage
from dms_desktop.ui.importing.past import PastImports


class ImportScreen(QStackedWidget):
    """The list in front; behind it the page of a file, which leads back to where it came from."""

    def __init__(self, floor: Floor) -> None:
        super().__init__()
        self.past, self.page = PastImports(floor), FilePage(floor)
        self.start = GettingStarted(floor)
        self._back: PastImports | GettingStarted = self.past
        for page in (self.past, self.page, self.start):
            self.addWidget(page)
        self.past.new.connect(self._bring)
        self.past.begin.connect(self.get_started)
        self.start.wanted.connect(self._begin)
        self.start.left.connect(self._to_list)
        self.page.left.connect(lambda: self._show(self._back))
        self.setAcceptDrops(True)
        self.setFocusProxy(self.past)

    def arrive(self) -> None:
        page = self.currentWidget()
        if isinstance(page, PastImports | GettingStarted):
            page.arrive()

    def get_started(self) -> None:
        """What a new shop does first."""
        self._back = self.start
        self._show(self.start)

    def bring(self, kind: Intake) -> None:
        """A new file of this kind; what is coming in meanwhile stays in front."""
        self._back = self.past
        self._begin(kind)

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

    def _begin(self, kind: Intake) -> None:
        self._show(self.page)
        self.page.begin(kind)

    def _to_list(self) -> None:
        self._back = self.past
        self._show(self.past)

    def _show(self, page: PastImports | FilePage | GettingStarted) -> None:
        self.setCurrentWidget(page)
        self.setFocusProxy(page)
        page.setFocus()
        self.arrive()
