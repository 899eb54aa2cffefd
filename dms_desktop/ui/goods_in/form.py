"""What the forms share: head boxes, the lines, what it comes to live, F10 and back."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from dms_desktop.domain.refusals import Problem, Refused
from dms_desktop.domain.uid import uuid7
from dms_desktop.language.catalogue import _, joined
from dms_desktop.language.figures import amount
from dms_desktop.language.sentences import say
from dms_desktop.services import goods_in
from dms_desktop.services.goods_in import Judged, Supplier
from dms_desktop.services.posting import Posted
from dms_desktop.ui import keys, messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.goods_in.sheet import Cell, Sheet
from dms_desktop.ui.kit.field import Field
from dms_desktop.ui.kit.form_lookup import choices_among
from dms_desktop.ui.kit.lookup import Lookup
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.theme import Role, dress

MOST_NOTES = 5  # sentences below the lines; the others are marked
JUDGE_MS = 120  # a pause in the typing, after which it is judged
ACROSS = 6  # boxes in a row of the head


class PaperForm(QWidget):
    """`closed` gives the list back; `posted` tells of the paper that was written."""

    closed = Signal()
    posted = Signal(object)  # Posted

    def __init__(self, floor: Floor, title: str, cells: Sequence[Cell], name: str) -> None:
        super().__init__()
        self.floor, self.title = floor, dress(Label(title), Role.TITLE)
        self.fields: dict[str, Field] = {}
        self.sheet = Sheet(cells, name)
        self.said_below = Label()
        self.said_below.setTextFormat(Qt.TextFormat.PlainText)
        self.said_below.setWordWrap(True)
        self.parts, self.totals = dress(Label(), Role.MUTED), dress(Label(), Role.TOTAL)
        self.verdict, self.notes = dress(Label(), Role.CHIP), Label()
        self.notes.setTextFormat(Qt.TextFormat.PlainText)
        self.notes.setWordWrap(True)
        self.suppliers: list[Supplier] = []
        self.supplier = Lookup(self._find, self._by_code, _("Supplier"))
        self._choices = choices_among(())
        self.head, self.above, self.buttons = QGridLayout(), QVBoxLayout(), QHBoxLayout()
        self.id, self._asked, self._busy, self._warned = new_id(), 0, False, False
        self._taken = 0  # places of the head
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._judge)
        self.add_field("supplier", _("Supplier"), self.supplier, 2)
        self.supplier.chosen.connect(self._supplier_chosen)
        self.sheet.changed.connect(self.touched)
        self._lay_out()
        keys.bind(self, "goods_in.remove", self.sheet.remove_current)

    # What each form says of itself.

    @abstractmethod
    def said(self) -> dict[str, Any]:
        """The request, as the published shape has it."""

    @abstractmethod
    def judging(self) -> tuple[Callable[..., Judged], tuple[Any, ...]]:
        """What judges it, and of what."""

    @abstractmethod
    def posting(self) -> tuple[Callable[..., Posted], tuple[Any, ...]]:
        """What posts it, and what."""

    def row_of(self, row: int) -> int:
        """The line of the sheet that a row of the request came of."""
        return row

    def verdict_of(self, judged: Judged) -> tuple[str, Role]:
        """Live, beside what it comes to."""
        return "", Role.MUTED

    def supplier_changed(self) -> None:
        """Another one stands in the head."""

    # What they share.

    def add_field(
        self, name: str, label: str, box: QLineEdit | None = None, wide: int = 1
    ) -> Field:
        """A box of the head, after those that are there; Enter leads to the next."""
        made = box or QLineEdit()
        field = self.fields[name] = Field(label, made)
        at = self._taken
        if at % ACROSS + wide > ACROSS:
            at += ACROSS - at % ACROSS
        self.head.addWidget(field, at // ACROSS, at % ACROSS, 1, wide)
        self._taken = at + wide
        if box is None:
            made.textEdited.connect(self.touched)
            made.returnPressed.connect(lambda: self.next_box(name))
        return field

    def text(self, name: str) -> str:
        return self.fields[name].box.text().strip()

    def put(self, name: str, text: str) -> None:
        self.fields[name].box.setText(text)

    def next_box(self, name: str) -> None:
        names = list(self.fields)
        for after in names[names.index(name) + 1 :]:
            if self.fields[after].isVisible():
                self.fields[after].box.setFocus()
                self.fields[after].box.selectAll()
                return
        self.to_lines()

    def to_lines(self) -> None:
        self.sheet.setFocus()

    @property
    def party(self) -> Supplier | None:
        found = self.supplier.found
        return self.suppliers[found.id] if found else None

    @property
    def code(self) -> str:
        return self.party.code if self.party else ""

    def show_supplier(self, code: str) -> None:
        found = self._choices.by_code(code)
        if found:
            self.supplier.show_found(found[0])
            self.supplier_changed()

    def open(self) -> None:
        """A new one: empty, with the cursor on the supplier."""
        self.id, self._busy, self._warned = new_id(), False, False
        self._asked += 1
        for name, field in self.fields.items():
            field.accept()
            if name != "supplier":
                field.box.clear()
        self.supplier.show_found(None)
        self.sheet.show_lines([])
        self.say("")
        for label in (self.totals, self.parts, self.notes):
            label.setText("")
        self.notes.hide()
        self.verdict.hide()
        self.floor.desk.ask(goods_in.suppliers, done=self._suppliers, undone=self.fail)
        self.supplier.setFocus()

    def touched(self) -> None:
        self._warned = False
        self._pause.start(JUDGE_MS)

    def save(self) -> None:
        """What is wrong is said where it is; nothing is posted until nothing is."""
        if self._busy:
            return
        self._busy = True
        action, args = self.posting()
        self.floor.desk.do(action, self.said(), *args, done=self._saved, undone=self._refused)

    def leave(self) -> None:
        """Back to the list; what was typed is not lost without a word."""
        if self._busy:
            return
        if self.sheet.lines and not self._warned:
            self._warned = True
            save, back = keys.caption("form.save"), keys.key_text("form.close")
            said = _("Nothing is saved yet. {save}, or {back} once more to throw it away.")
            self.say(said.format(save=save, back=back), Role.WARNING)
            return
        self.closed.emit()

    def say(self, sentence: str, role: Role = Role.MUTED) -> None:
        dress(self.said_below, role).setText(sentence)
        self.said_below.setVisible(bool(sentence))

    def fail(self, error: BaseException) -> None:
        self._busy = False
        if isinstance(error, Refused):
            self.say(messages.of_error(error), Role.FAULT)
        else:
            self.floor.banners.tell(self.title.text(), messages.of_error(error), self.save)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _judge(self) -> None:
        if self._busy or not self.isVisible():
            return
        self._asked += 1
        asked, (query, args) = self._asked, self.judging()

        def show(judged: Judged) -> None:
            if asked == self._asked:
                self.show_judged(judged)

        self.floor.desk.ask(query, self.said(), *args, done=show, undone=self.fail)

    def show_judged(self, judged: Judged) -> None:
        notes: dict[int, tuple[str, bool]] = {}
        for problem, wrong in self._told(judged):
            if problem.row is not None:
                at = self.row_of(problem.row)
                before = notes.get(at, ("", False))
                sentence = joined(" ", (part for part in (before[0], say(problem)) if part))
                notes[at] = (sentence, wrong or before[1])
        worth = {self.row_of(at): {"worth": amount(m.paise)} for at, m in judged.shown.items()}
        self.sheet.rows.tell(worth, notes)
        self._show_notes(notes)
        head = [say(each) for each in judged.problems if each.row is None]
        self.say(joined(" ", head), Role.WARNING if head else Role.MUTED)
        self._show_totals(judged)

    def _show_notes(self, notes: dict[int, tuple[str, bool]]) -> None:
        """Below the lines, each by its number: those that stop it before those only to be heard."""
        order = sorted(notes.items(), key=lambda each: (not each[1][1], each[0]))
        said = _("Line {line}: {sentence}")
        told = [
            said.format(line=at + 1, sentence=note) for at, (note, _wrong) in order[:MOST_NOTES]
        ]
        stops = any(wrong for _note, wrong in notes.values())
        dress(self.notes, Role.FAULT if stops else Role.WARNING).setText(joined("\n", told))
        self.notes.setVisible(bool(told))

    def _told(self, judged: Judged) -> list[tuple[Problem, bool]]:
        return [(p, True) for p in judged.problems] + [(w, False) for w in judged.warnings]

    def _show_totals(self, judged: Judged) -> None:
        totals = judged.totals
        said = _("Value {value}  ·  Tax {tax}  ·  Round-off {round}")
        figures = {
            "value": amount(totals.taxable.paise), "tax": amount(totals.tax.total.paise),
            "round": amount(totals.round_off.paise),
        }  # fmt: skip
        self.parts.setText(said.format(**figures))
        self.totals.setText(_("₹ {total}").format(total=amount(totals.total.paise)))
        text, role = self.verdict_of(judged)
        dress(self.verdict, role).setText(text)
        self.verdict.setVisible(bool(text))

    def _saved(self, posted: Posted) -> None:
        self._busy = False
        self.sheet.show_lines([])
        self.posted.emit(posted)
        self.closed.emit()

    def _refused(self, error: BaseException) -> None:
        self._busy = False
        if isinstance(error, Refused):
            self.show_judged(Judged(_no_totals(), {}, error.problems))
            self._pause.start(JUDGE_MS)
            first = next((each.row for each in error.problems if each.row is not None), None)
            self.say(joined(" ", map(say, error.problems)), Role.FAULT)
            if first is not None and self.sheet.lines:
                self.sheet.go_to(min(self.row_of(first), len(self.sheet.lines) - 1))
        else:
            self.fail(error)

    def _suppliers(self, found: list[Supplier]) -> None:
        self.suppliers = found
        self._choices = choices_among([(each.code, each.name) for each in found])
        if not found:
            self.say(_("No party is marked as a supplier yet. Mark one among the parties."))

    def _find(self, text: str) -> Sequence[Any]:
        return self._choices.find(text)

    def _by_code(self, text: str) -> Sequence[Any]:
        return self._choices.by_code(text)

    def _supplier_chosen(self, found: object) -> None:
        self.supplier_changed()
        self.touched()
        self.next_box("supplier")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.title)
        top.addStretch()
        card = dress(QFrame(), Role.CARD)
        self.head.setContentsMargins(14, 10, 14, 12)
        self.head.setHorizontalSpacing(12)
        self.head.setVerticalSpacing(8)
        for at in range(ACROSS):
            self.head.setColumnStretch(at, 1)
        card.setLayout(self.head)
        foot = QHBoxLayout()
        foot.setSpacing(14)
        foot.addWidget(self.parts)
        foot.addStretch()
        foot.addWidget(self.verdict)
        foot.addWidget(self.totals)
        self.buttons.setSpacing(8)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 10, 16, 10)
        rows.setSpacing(10)
        rows.addLayout(top)
        rows.addWidget(card)
        rows.addLayout(self.above)
        rows.addWidget(self.sheet, 1)
        rows.addWidget(self.notes)
        rows.addWidget(self.said_below)
        rows.addLayout(foot)
        rows.addLayout(self.buttons)
        for each in (self.said_below, self.notes, self.verdict):
            each.hide()
        self.setFocusProxy(self.supplier)

    def add_button(self, action: str, slot: Callable[[], object], *, first: bool = False) -> None:
        button = keys.button(self, action, slot)
        if first:
            dress(button, Role.PRIMARY)
        self.buttons.addWidget(button)


def plain(text: str) -> str:
    """A figure without the commas that people write."""
    return text.replace(",", "").strip()


def filled(values: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Any]:
    """What is typed in a line, by the names of the request; empty boxes say nothing."""
    return {
        wanted: plain(values[name]) if wanted in _FIGURES else values[name]
        for name, wanted in names.items()
        if values.get(name)
    }


_FIGURES = ("mrp", "rate", "accepted", "refused", "taxable", "tax")


def new_id() -> UUID:
    return uuid7(datetime.now(UTC), os.urandom(10))


def _no_totals() -> Any:
    from dms_desktop.domain.goods_line import Totals

    return Totals()
