"""A box with its label above it, and below it what is wrong with what was typed."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from dms_desktop.language.catalogue import _, again
from dms_desktop.ui.kit.one_line import SPILT, OneLine
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.theme import Role, dress, set_refused

MARK = re.compile(r"\s*\(&.\)|&")


class Field(QWidget):
    """`label`, above the box or beside it, shows the key that leads here: `F2 Party`, or `&Date`
    for Alt+D. `flaw` is the sentence that stands below, empty when nothing is wrong."""

    def __init__(
        self, label: str, box: QLineEdit, *, beside: bool = False, below: Label | None = None
    ) -> None:
        """`below` has the sentence where the box is too narrow; other boxes may share it."""
        super().__init__()
        self.label, self.box = dress(Label(label), Role.MUTED), box
        self.flaw = ""
        self._sentence = below
        self._named = not box.accessibleName()
        self._place = (1, 1) if beside else (2, 0)
        self.label.setBuddy(box)
        self._name_box()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._grid.addWidget(self.label, 0, 0)
        self._grid.addWidget(box, *((0, 1) if beside else (1, 0)))
        self._grid.setRowStretch(3, 1)
        one_line: OneLine = getattr(box, "one_line", None) or OneLine(box)
        one_line.spilt.connect(lambda: self.refuse(_(SPILT)))
        box.textEdited.connect(self._edited)

    def refuse(self, sentence: str) -> None:
        """Say at the place what cannot be, and leave it marked so that the next key replaces it."""
        self._say(sentence)
        set_refused(self.box, refused=True)
        self.box.selectAll()

    def accept(self) -> None:
        """Nothing is wrong here any more."""
        if self.flaw:
            self._say("")
        set_refused(self.box, refused=False)

    def rename(self, label: str) -> None:
        """The box is for something else now."""
        self.label.setText(label)
        self._name_box()

    def _edited(self, text: str) -> None:
        """Unless it was refused as it came."""
        if text == self.box.text():
            self.accept()

    def speak_again(self) -> None:
        self.label.speak_again()
        self._name_box()
        if self.flaw:
            self._say(again(self.flaw))

    def _name_box(self) -> None:
        """For a screen reader: the label without the mark of its key, `&Name` or `नाम (&N)`."""
        if self._named:
            self.box.setAccessibleName(MARK.sub("", self.label.text()))

    def _say(self, sentence: str) -> None:
        """Most fields never need the label."""
        if self._sentence is None:
            self._sentence = fault_label()
            self._grid.addWidget(self._sentence, *self._place)
        if sentence or self._sentence.text() == self.flaw:  # else another box's stands there
            self._sentence.setText(sentence)
            self._sentence.setVisible(bool(sentence))
        self.flaw = sentence
        self.box.setAccessibleDescription(sentence)


def fault_label() -> Label:
    """Where the sentence of a box stands."""
    label = dress(Label(), Role.FAULT)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def shown(label: str) -> Field:
    """A field that only shows: it never takes the focus."""
    box = QLineEdit()
    box.setReadOnly(True)
    box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return Field(label, box)
