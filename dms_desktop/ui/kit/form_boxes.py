"""The boxes of a form, one for each kind of field: what is said in them is what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from dms_desktop.language.catalogue import _, again
from dms_desktop.language.figures import day_text, grouped
from dms_desktop.ui.kit.lookup import ENTER
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.theme import Role, dress, set_refused

LONGEST = 400  # what a box takes at all: no master has a longer word


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    DAY = "day"
    PIN = "pin"
    YES = "yes"
    CHOICE = "choice"
    LOOKUP = "lookup"
    ROWS = "rows"
    TICKS = "ticks"


FIGURES = (Kind.NUMBER, Kind.MONEY, Kind.PERCENT)


@dataclass(frozen=True, slots=True)
class Box:
    """A field of a master. `label` is said in the language of the moment; `width` is in sixths.

    `choices`: word in the books -> what it is called. `of`: the register that a look-up is of;
    `by_name`: the books keep its name and not its code. `fixed`: never typed over once it is in
    the books. `only_shown`: nobody types it. `aside`: not a field of the master itself.
    `emptied`: what an emptied box means, where that is not nothing at all. `look` is asked when the
    box is left: the sentence for what cannot be, or none. `told` says a word of the books as
    people do, and what it says can be typed.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    width: int = 2
    choices: Mapping[str, str] = field(default_factory=dict)
    of: str = ""
    by_name: bool = False
    columns: tuple[Box, ...] = ()
    fixed: bool = False
    needed: bool = False
    only_shown: bool = False
    aside: bool = False
    emptied: str = ""
    hint: str = ""
    look: Callable[[str], str] | None = None
    told: Callable[[Any], str] | None = None


class Entry(QWidget):
    """A box with its label above, and below it what is wrong with what was typed.

    `left` = Enter: the next box. A `bare` one stands in a row, below the heading of its column.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, box: Box, editor: QWidget, *, bare: bool = False) -> None:
        super().__init__()
        self.box, self.editor, self.flaw = box, editor, ""
        self._value: Any = None
        self._touched = False
        self.label = dress(Label(_(box.label)), Role.MUTED)
        self.sentence = dress(Label(), Role.FAULT)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.hide()
        tell(editor, "accessibleName", _(box.label))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(3)
        if not bare and box.kind is not Kind.YES:
            self.label.setBuddy(editor)
            rows.addWidget(self.label)
        elif not bare:
            rows.addStretch()  # a tick stands level with the boxes beside it
        rows.addWidget(editor)
        rows.addWidget(self.sentence)
        if not bare and box.kind is not Kind.YES:
            rows.addStretch()
        if box.kind not in (Kind.ROWS, Kind.TICKS):
            self.setFocusProxy(editor)

    def show_value(self, value: Any) -> None:
        """What lies in the books; nothing was typed yet."""
        self._value, self._touched = value, False
        self.accept()
        self.put(value)
        self._touched = False

    def said(self) -> Any:
        """What was typed; else what was shown."""
        return self.typed() if self._touched else self._value

    @property
    def differs(self) -> bool:
        return self._touched and self.typed() != self.plain(self._value)

    def put(self, value: Any) -> None:
        """Show it; every kind of box has its own way."""

    def typed(self) -> Any:
        """What stands in the box; every kind of box has its own way."""

    def plain(self, value: Any) -> Any:
        """A value of the books as it would be typed."""
        return value

    def set_writable(self, *, writable: bool) -> None:
        self.editor.setEnabled(writable)

    def refuse(self, sentence: str) -> None:
        self._say(sentence, Role.FAULT)
        set_refused(self.editor, refused=True)

    def warn(self, sentence: str) -> None:
        """Something to think about; it may stay so."""
        self._say(sentence, Role.WARNING)

    def accept(self) -> None:
        if self.flaw:
            self._say("", Role.FAULT)
        set_refused(self.editor, refused=False)

    def touch(self) -> None:
        """Somebody typed here."""
        self._touched = True
        self.accept()
        self.changed.emit()

    def speak_again(self) -> None:
        if self.flaw:
            self._say(again(self.flaw), Role(self.sentence.property("role")))

    def _say(self, sentence: str, role: Role) -> None:
        self.flaw = sentence
        dress(self.sentence, role).setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.editor.setAccessibleDescription(sentence)


class TextEntry(Entry):
    """Words, figures, days: what is typed is read where it is saved, as an import reads it."""

    def __init__(self, box: Box, *, bare: bool = False) -> None:
        self.line = QLineEdit()
        super().__init__(box, self.line, bare=bare)
        self.line.setMaxLength(LONGEST)
        if box.hint:
            tell(self.line, "placeholderText", _(box.hint))
        if box.kind is Kind.PIN:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        if box.kind in FIGURES:
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.textEdited.connect(self.touch)
        self.line.returnPressed.connect(self.left)
        if box.look is not None:
            self.line.editingFinished.connect(self._look)

    def put(self, value: Any) -> None:
        self.line.setText(self.plain(value))
        self.line.setCursorPosition(0)

    def typed(self) -> str:
        return self.line.text().strip()

    def plain(self, value: Any) -> str:
        return written(self.box, value)

    def _look(self) -> None:
        """Told where it was typed, and the cursor may go on all the same."""
        if self.box.look is not None and self.differs and (said := self.box.look(self.typed())):
            Entry.refuse(self, said)

    def set_writable(self, *, writable: bool) -> None:
        self.line.setReadOnly(not writable)

    def refuse(self, sentence: str) -> None:
        super().refuse(sentence)
        self.line.selectAll()


class YesEntry(Entry):
    """A tick; Enter goes on, Space turns it."""

    def __init__(self, box: Box, *, bare: bool = False) -> None:
        self.tick = Tick()
        super().__init__(box, self.tick, bare=bare)
        if not bare:
            tell(self.tick, "text", _(box.label))
        self.tick.toggled.connect(self.touch)
        self.tick.left.connect(self.left)

    def put(self, value: Any) -> None:
        self.tick.blockSignals(True)
        self.tick.setChecked(bool(value))
        self.tick.blockSignals(False)

    def typed(self) -> bool:
        return self.tick.isChecked()

    def plain(self, value: Any) -> bool:
        return bool(value)


class ChoiceEntry(Entry):
    """One of a few words, each under the name that people give it."""

    def __init__(self, box: Box, *, bare: bool = False) -> None:
        self.list = Combo()
        super().__init__(box, self.list, bare=bare)
        self._words = list(box.choices)
        self._fill()
        self.list.activated.connect(self.touch)
        self.list.currentIndexChanged.connect(self._moved)
        self.list.left.connect(self.left)

    def put(self, value: Any) -> None:
        word = str(value or "")
        if word not in self._words:
            self._words.append(word)
        self._fill(self._words.index(word))

    def typed(self) -> str:
        at = self.list.currentIndex()
        return self._words[at] if at >= 0 else ""

    def plain(self, value: Any) -> str:
        return str(value or "")

    def speak_again(self) -> None:
        super().speak_again()
        self._fill(self.list.currentIndex())

    def _fill(self, at: int = -1) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([_(self.box.choices.get(word, word)) or "–" for word in self._words])
        self.list.setCurrentIndex(at)
        self.list.blockSignals(False)

    def _moved(self) -> None:
        if self.list.hasFocus():
            self.touch()


class Tick(QCheckBox):
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Combo(QComboBox):
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The form scrolls, and nothing is changed by the way."""
        event.ignore()


def written(box: Box, value: Any) -> str:
    """A value of the books as its box shows it: rupees grouped, days as the trade writes them."""
    if box.told is not None:
        return box.told(value)
    text = "" if value is None else str(value)
    if box.kind in FIGURES and box.emptied and _is_nil(text):
        return ""
    if box.kind is Kind.MONEY:
        try:
            return grouped(Decimal(text), 2) if text else ""
        except InvalidOperation:
            return text
    if box.kind is Kind.DAY and text:
        try:
            return day_text(date.fromisoformat(text))
        except ValueError:
            return text
    return text


def _is_nil(text: str) -> bool:
    try:
        return not Decimal(text)
    except InvalidOperation:
        return False
