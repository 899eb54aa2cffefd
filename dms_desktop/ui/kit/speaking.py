"""Texts on the screen that follow the language: said once, they are said again when it changes."""

from __future__ import annotations

from typing import Protocol, runtime_checkable
from weakref import WeakKeyDictionary

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from dms_desktop.language.catalogue import again

_TOLD: WeakKeyDictionary[QWidget, dict[str, str]] = WeakKeyDictionary()


@runtime_checkable
class Speaking(Protocol):
    """A widget that has texts of its own making; it is asked when the language has changed."""

    def speak_again(self) -> None: ...


class Label(QLabel):
    """Whatever `setText` was given is said again."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ""
        self.setText(text)

    def setText(self, text: str) -> None:
        self._said = text
        super().setText(text)

    def speak_again(self) -> None:
        self.setText(again(self._said))


class Button(QPushButton):
    """Whatever `setText` was given is said again."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ""
        self.setText(text)

    def setText(self, text: str) -> None:
        """An ampersand is one; a button's key is told in its text and bound by `keys`."""
        self._said = text
        super().setText(text.replace("&", "&&"))

    def speak_again(self) -> None:
        self.setText(again(self._said))


def tell(widget: QWidget, what: str, text: str) -> None:
    """Give Qt's property `what` of the widget this text: "placeholderText", "accessibleName"."""
    _TOLD.setdefault(widget, {})[what] = text
    widget.setProperty(what, text)


def speak_again(root: QWidget) -> None:
    """Say every text of this window in the language of now, whether in front or not."""
    for widget in (root, *root.findChildren(QWidget)):
        for what, text in _TOLD.get(widget, {}).items():
            widget.setProperty(what, again(text))
        if isinstance(widget, Speaking):
            widget.speak_again()
        widget.update()
