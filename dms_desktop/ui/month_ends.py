"""Months that are over are counted behind the clerk's back, so that past days are told at once."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer

from dms_desktop.services.stock_reports import snapshots
from dms_desktop.services.stock_reports.snapshots import Snapshot
from dms_desktop.ui.floor import Floor

log = logging.getLogger(__name__)
LOOK_MS = 60 * 60 * 1000  # a paper that is dated back takes months out; they come again by then


class MonthEnds(QObject):
    """A month at a time, with the clerk's own saves between two of them."""

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor)
        self._desk = floor.desk
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._desk.leaving.connect(self._timer.stop)

    def start(self) -> None:
        self._timer.start()
        self.look()

    def look(self) -> None:
        self._desk.ask(snapshots.due, done=self._due, undone=self._undone)

    def _due(self, due: bool) -> None:
        if due and self._timer.isActive():
            self._desk.do(snapshots.build, done=self._built, undone=self._undone)

    def _built(self, built: Snapshot | None) -> None:
        if built is not None:
            self.look()

    def _undone(self, error: BaseException) -> None:
        """Nobody waits for it: without a count a past day only takes longer."""
        log.warning("a month's stock could not be counted", exc_info=error)
