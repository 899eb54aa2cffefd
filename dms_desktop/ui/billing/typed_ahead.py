"""Keys that come while a bill waits to be handed over: they are the next customer's."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QWidget

KINDS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


HELD = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class Stroke(NamedTuple):
    key: int
    modifiers: Qt.KeyboardModifier
    text: str


class TypedAhead(QObject):
    """From `hold` to `deliver` the keys of the screen's window are kept in their order."""

    def __init__(self, screen: QWidget) -> None:
        super().__init__(screen)
        application = QApplication.instance()
        assert application is not None
        self._screen, self._application = screen, application
        self._strokes: deque[Stroke] = deque()
        self._holding = False

    @property
    def waiting(self) -> bool:
        """Whether anything was typed meanwhile."""
        return bool(self._strokes)

    @property
    def holding(self) -> bool:
        return self._holding

    def hold(self) -> None:
        if not self._holding:
            self._holding = True
            self._application.installEventFilter(self)

    def deliver(self) -> None:
        """To whatever has the cursor now, until one of them makes the others wait again."""
        self._let_go()
        while self._strokes and not self._holding:
            self._press(self._strokes.popleft())

    def forget(self) -> str:
        """They would land where they were not meant to. What was typed, as it is read."""
        self._let_go()
        typed = "".join(map(_shown, self._strokes))
        self._strokes.clear()
        return typed.strip()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in KINDS or not self._is_ours(watched):
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._strokes.append(Stroke(event.key(), event.modifiers(), event.text()))
        event.accept()  # of an override: it is no shortcut, the key itself comes next
        return True

    def _let_go(self) -> None:
        if self._holding:
            self._holding = False
            self._application.removeEventFilter(self)

    def _is_ours(self, watched: QObject) -> bool:
        window = self._screen.window()
        if isinstance(watched, QWindow):
            return watched is window.windowHandle()
        return isinstance(watched, QWidget) and watched.window() is window

    def _press(self, stroke: Stroke) -> None:
        """As Qt does: first the shortcuts, unless the box wants the key for itself."""
        event = _event(QEvent.Type.ShortcutOverride, stroke)
        event.ignore()
        QApplication.sendEvent(self._at(), event)
        if not event.isAccepted() and (shortcut := self._shortcut(stroke)):
            shortcut.activated.emit()
            return
        for kind in KINDS[1:]:
            QApplication.sendEvent(self._at(), _event(kind, stroke))

    def _shortcut(self, stroke: Stroke) -> QShortcut | None:
        pressed = QKeySequence(stroke.modifiers.value | stroke.key)
        at = self._at()
        for shortcut in self._screen.window().findChildren(QShortcut):
            owner = shortcut.parent()
            near = shortcut.context() != Qt.ShortcutContext.WidgetWithChildrenShortcut or (
                isinstance(owner, QWidget) and (owner is at or owner.isAncestorOf(at))
            )
            if near and shortcut.isEnabled() and shortcut.key() == pressed:
                return shortcut
        return None

    def _at(self) -> QWidget:
        return QApplication.focusWidget() or self._screen


def _shown(stroke: Stroke) -> str:
    """A letter as it is, and every other key by its name; one that is only held down is none."""
    if stroke.text.isprintable() and stroke.text:
        return stroke.text
    if stroke.key in HELD:
        return ""
    pressed = QKeySequence(stroke.modifiers.value | stroke.key)
    return f" {pressed.toString(QKeySequence.SequenceFormat.NativeText)} ".replace(
        "Return", "Enter"
    )


def _event(kind: QEvent.Type, stroke: Stroke) -> QKeyEvent:
    return QKeyEvent(kind, stroke.key, stroke.modifiers, stroke.text)
