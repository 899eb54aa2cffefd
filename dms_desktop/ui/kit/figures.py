"""Amounts in a column: captions on the left, figures on the right, the total last and large."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.theme import Role, dress


class Figures(QFrame):
    """`captions` names each figure in order of reading; the last is the total."""

    def __init__(self, captions: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, Role.CARD)
        self._labels: dict[str, tuple[Label, Label]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 10, 16, 10)
        grid.setHorizontalSpacing(24)
        total = tuple(captions)[-1]
        for row, (name, caption) in enumerate(captions.items()):
            left, right = Label(caption), Label()
            right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if name == total:
                dress(right, Role.TOTAL)
            else:
                dress(left, Role.MUTED)
            grid.addWidget(left, row, 0)
            grid.addWidget(right, row, 1)
            self._labels[name] = left, right
        grid.setColumnStretch(1, 1)

    def labels(self, name: str) -> tuple[Label, Label]:
        """Caption and figure."""
        return self._labels[name]

    def show_figures(self, figures: Mapping[str, str]) -> None:
        """Put the figures in, ready written; a row without one is not shown."""
        for name, (left, right) in self._labels.items():
            text = figures.get(name, "")
            if right.text() != text:
                right.setText(text)
                right.setAccessibleName(f"{left.text()} {text}")
            left.setVisible(bool(text))
            right.setVisible(bool(text))

    def speak_again(self) -> None:
        """The names that a screen reader tells."""
        for left, right in self._labels.values():
            left.speak_again()
            if right.text():
                right.setAccessibleName(f"{left.text()} {right.text()}")

    def text(self, name: str) -> str:
        """The figure as it is shown."""
        return self._labels[name][1].text()
