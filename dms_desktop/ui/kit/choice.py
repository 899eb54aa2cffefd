"""A short list that asks: one of these? It has the keys until it is answered or dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from dms_desktop.store.search_entries import Found
from dms_desktop.ui.kit.hit_list import HitList
from dms_desktop.ui.kit.speaking import tell

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
TYPED = 2  # characters before an Enter: somebody types or scans, and means no row of this


class Choice(HitList):
    """Up and Down, then Enter; Esc drops it. Enter behind typed characters is a scan, not an
    answer: nothing is taken, and `disturbed` says so."""

    disturbed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._box: QWidget | None = None
        self._chosen: Callable[[int], object] | None = None
        self._dropped: Callable[[], object] | None = None
        self._typed = 0
        tell(self, "accessibleName", name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.picked.connect(self._take)

    def ask(
        self,
        box: QWidget,
        rows: Sequence[Found],
        current: int,
        note: str,
        *,
        chosen: Callable[[int], object],
        dropped: Callable[[], object],
    ) -> None:
        """Offer `rows` at `box`, which gets the keys back; `chosen` gets the row's place."""
        self._box, self._chosen, self._dropped, self._typed = box, chosen, dropped, 0
        self.offer(box, rows, current, note)
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Its keys are not the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.key() in (*ENTER, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down)
            if plain or (event.text() and event.text().isprintable()):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Up:
                self.move_by(-1)
            case Qt.Key.Key_Down:
                self.move_by(1)
            case Qt.Key.Key_Escape:
                self.drop()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Tab:
                typed, self._typed = self._typed, 0
                if typed >= TYPED:
                    self.disturbed.emit()
                else:
                    self._take(self.current)
            case _:
                self._typed += len(event.text())

    def focusNextPrevChild(self, forward: bool) -> bool:
        return False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.drop()

    def _take(self, row: int) -> None:
        if chosen := self._close():
            chosen[0](row)

    def drop(self) -> None:
        if dropped := self._close():
            dropped[1]()

    def _close(self) -> tuple[Callable[[int], object], Callable[[], object]] | None:
        """Once: hiding takes the focus away, which is no second answer."""
        chosen, dropped, self._chosen, self._dropped = self._chosen, self._dropped, None, None
        if chosen is None or dropped is None:
            return None
        had_keys = self.hasFocus()
        self.hide()
        if had_keys and self._box is not None:
            self._box.setFocus()
        return chosen, dropped
