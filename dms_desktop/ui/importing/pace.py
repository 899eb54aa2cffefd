"""How fast an import goes: at its own speed, and out of the way of somebody who types."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from dms_desktop.domain.incoming import STEP

SMALL = 40  # rows of a commit beside somebody who types: a few milliseconds of the interpreter
PAUSE_MS = 100
TOUCHES = frozenset({QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress})
CALM = 1.5  # seconds without a key, after which nobody types any more


class Pace(QObject):
    """The first key after each look takes the filter away again: no other event comes through
    Python."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._listening = False
        self._until = 0.0

    def look(self) -> tuple[int, int]:
        """Rows of the next commit, and milliseconds to wait before it."""
        if not self._listening:
            self._listen(True)
        busy = time.monotonic() < self._until
        return (SMALL, PAUSE_MS) if busy else (STEP, 0)

    def rest(self) -> None:
        """Nothing is being brought in any more."""
        if self._listening:
            self._listen(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            self._until = time.monotonic() + CALM
            self._listen(False)
        return False

    def _listen(self, wanted: bool) -> None:
        self._listening = wanted
        app = QApplication.instance()
        assert app is not None
        if wanted:
            app.installEventFilter(self)
        else:
            app.removeEventFilter(self)
