"""Notices that nobody has touched a key or the mouse for some time, at no cost to those who do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

TICK_MS = 10_000
TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Idle(QObject):
    """`passed` comes once so many milliseconds went by untouched, at most a tick later.

    Each tick puts a filter on the application, and the first touch takes it away again: of all the
    events until the next tick not one comes through Python.
    """

    passed = Signal()

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app, self._after, self._still = app, 0, 0
        self._watching = False
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)

    def watch(self, after_ms: int, tick_ms: int = TICK_MS) -> None:
        """From now on; nil is never."""
        self._after, self._still = after_ms, 0
        self._clock.stop()
        self._listen(False)
        if after_ms:
            self._clock.start(min(tick_ms, after_ms))
            self._listen(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            self._still = 0
            self._listen(False)
        return False

    def _tick(self) -> None:
        """The time since the last tick was still if the filter is there yet."""
        self._still = self._still + self._clock.interval() if self._watching else 0
        self._listen(True)
        if self._still >= self._after:
            self._still = 0
            self.passed.emit()

    def _listen(self, wanted: bool) -> None:
        if wanted is not self._watching:
            self._watching = wanted
            if wanted:
                self._app.installEventFilter(self)
            else:
                self._app.removeEventFilter(self)
