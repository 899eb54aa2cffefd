"""Qt itself: the application, its window, and what happens to a mistake that nobody caught."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from dms_desktop.language.catalogue import _
from dms_desktop.store.preferences import NONE_CHOSEN, Preferences, keep_preferences
from dms_desktop.ui import messages
from dms_desktop.ui.desk import Bug
from dms_desktop.ui.theme import STYLED
from dms_desktop.ui.window import NAME, Window

log = logging.getLogger(__name__)
SWITCH_SECONDS = 0.001  # a key waits no longer for a thread that computes


class Program:
    """One for each process. `reports` is the folder that crash reports go to."""

    def __init__(self, reports: Path, preferences: Preferences = NONE_CHOSEN) -> None:
        sys.setswitchinterval(SWITCH_SECONDS)
        running = QApplication.instance()
        if isinstance(running, QApplication):
            self.app = running
        else:
            self.app = QApplication([NAME, "-style", "fusion"])
            self.app.setProperty(STYLED, True)
        self.app.setApplicationName(NAME)
        self._reports = reports
        self.window = Window(self.app, preferences)
        sys.excepthook = self._uncaught

    def run(self) -> int:
        """Until the window is closed."""
        return self.app.exec()

    def settle(self) -> None:
        """What is in memory now stays: the collector need not look at it again."""
        from PySide6.QtGui import QIcon

        from dms_desktop.resource import resource

        self.window.setWindowIcon(QIcon(str(resource("icons/dms.svg"))))
        gc.freeze()
        gc.enable()

    def remember(self, books: Path) -> None:
        """From now on what the user chooses is kept beside these books."""
        self.window.chose.connect(partial(self._keep, books))

    def later(self, after_ms: int, call: Callable[[], object]) -> None:
        """When the screen has long been in use."""
        QTimer.singleShot(after_ms, self.window, call)

    def tell_bug(self, bug: Bug) -> None:
        """Keep a report, and say where it lies."""
        from dms_desktop.ui.crash import keep_report

        report = keep_report(self._reports, bug.__cause__ or bug)
        self.window.banners.tell("bug", messages.of_error(bug, report))

    def _keep(self, books: Path, chosen: Preferences) -> None:
        try:
            keep_preferences(books, chosen)
        except OSError:
            lost = _("This choice cannot be kept on the disk: it lasts until the program ends.")
            self.window.banners.tell("preferences", lost, partial(self._keep, books, chosen))
        else:
            self.window.banners.over("preferences")

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """A slot that failed: the window stays, and so does what was typed."""
        if issubclass(kind, KeyboardInterrupt):
            self.app.quit()
            return
        log.critical("uncaught", exc_info=(kind, error, trace))
        bug = Bug(str(error))
        bug.__cause__ = error
        self.tell_bug(bug)
