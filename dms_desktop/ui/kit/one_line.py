"""Keeps a box to what one box can hold: a pasted table is refused whole, never taken in part."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from dms_desktop.language.catalogue import N_

SPILT = N_("That is a whole table. A box takes one cell of it; a file is taken by Import.")
BREAKS = frozenset("\t\n\r\v\f\u2028\u2029")


class OneLine(QObject):
    """Whatever way the text came, keyboard, mouse or menu: the box has again what it had."""

    spilt = Signal()

    def __init__(self, box: QLineEdit) -> None:
        super().__init__(box)
        self._box, self._before = box, box.text()
        box.textEdited.connect(self._edited)
        box.textChanged.connect(self._changed)

    def _edited(self, text: str) -> None:
        if not BREAKS.isdisjoint(text):
            self._box.setText(self._before)
            self.spilt.emit()

    def _changed(self, text: str) -> None:
        if BREAKS.isdisjoint(text):
            self._before = text
