"""The money of a trip: typed bill by bill, with the difference before one's eyes (rule 36)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dms_desktop.domain.money import ZERO, Money, rupees
from dms_desktop.domain.refusals import Refused
from dms_desktop.domain.settlement import Due, Figures, Taken
from dms_desktop.domain.trip import Trip
from dms_desktop.domain.uid import uuid7
from dms_desktop.language.catalogue import N_, _, joined
from dms_desktop.language.figures import amount
from dms_desktop.services import documents, settlements
from dms_desktop.services.posting import Posted
from dms_desktop.services.settlements import Reckoned, Settlement
from dms_desktop.ui import keys, messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.asking import ENTER, Asking
from dms_desktop.ui.kit.field import Field
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.kit.table import Column, Table
from dms_desktop.ui.theme import Role, dress

TITLE = N_("Settlement")
BOXES = (
    ("cash", N_("Cash")),
    ("upi", N_("UPI")),
    ("cheque", N_("Cheque")),
    ("cheque_no", N_("Cheque no.")),
    ("discount", N_("Discount")),
)
FIGURES = (
    ("out", N_("Bills out")),
    ("dues", N_("Old dues")),
    ("cash", N_("Cash")),
    ("cheques", N_("Cheques")),
    ("upi", N_("UPI")),
    ("left", N_("On credit")),
    ("back", N_("Came back")),
    ("discount", N_("Discount")),
    ("expenses", N_("Expenses")),
    ("paid", N_("Paid elsewhere")),
)
SUMS = ("cash", "upi", "cheque", "discount")
TYPING_MS = 60


class SettlingPage(QWidget):
    """`left` back to the trip, `settled` when it is posted."""

    left, settled = Signal(), Signal()

    def __init__(self, floor: Floor) -> None:
        super().__init__()
        self.floor = floor
        self.trip: Trip | None = None
        self.dues: tuple[Due, ...] = ()
        self.taken: dict[UUID, Taken] = {}
        self._asked = self._new()
        self._reading = 0
        self._aim: UUID | None = None  # the bill that the cursor is to find
        self._figures = Figures()
        self.title, self.said = dress(Label(), Role.TITLE), Label()
        self.table: Table[Due] = Table(self._columns(), _("Bills of the trip"))
        self.boxes = {name: Field(_(label), QLineEdit()) for name, label in BOXES}
        self.cash, self.expenses = (
            Field(_(label), QLineEdit()) for label in (N_("Cash handed in"), N_("Expenses"))
        )
        self.figures = {name: Label() for name, _label in FIGURES}
        self.names = [dress(Label(_(label)), Role.MUTED) for _name, label in FIGURES]
        self.difference = Label()
        self.asking = Asking()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.reckon)
        self._lay_out()
        for name, field in self.boxes.items():
            field.box.textEdited.connect(lambda _text, name=name: self._typed(name))
        for field in (self.cash, self.expenses):
            field.box.textEdited.connect(lambda _text: self._pause.start(TYPING_MS))
        self.table.chosen.connect(self._show_row)
        self.setFocusProxy(self.boxes["cash"].box)

    def begin(self, trip: Trip) -> None:
        """Nothing is told yet of this trip."""
        self.trip, self.dues, self.taken = trip, (), {}
        self._asked = self._new()
        for field in (*self.boxes.values(), self.cash, self.expenses):
            field.box.clear()
            field.accept()
        self.say("")
        self.asking.leave()
        self.title.setText(joined("  ", (_(TITLE), trip.number)))
        self.reckon()
        self.boxes["cash"].box.setFocus()

    def reckon(self) -> None:
        """The figures anew, from what is typed so far."""
        said = self._settlement()
        if said is not None:
            self._reading += 1
            asked = self._reading
            self.floor.desk.ask(
                settlements.reckoned, said, done=lambda found: self._show(asked, found),
                undone=self.tell,
            )  # fmt: skip

    def all(self) -> None:
        """The whole row in cash; the cursor goes on."""
        if (due := self.table.current()) is not None:
            self.taken[due.bill] = Taken(cash=max(due.open, ZERO))
            self._go(1)
            self.reckon()

    def old_due(self) -> None:
        """Ask which older bill was paid on the way."""
        question = _("Which older bill was paid?")
        self.asking.ask(question, _("Next"), self._find_old)

    def done(self) -> None:
        """Post it; a difference is named and asked about first."""
        said = self._settlement()
        if said is None or self.trip is None:
            return
        short = self._figures.difference
        if not short:
            self._post(None)
            return
        man = self.trip.driver or "—"
        question = _("₹ {amount} short. Book that to {man}?")
        if short < ZERO:
            question = _("₹ {amount} are too much. Book that to {man}?")
        told = question.format(amount=amount(abs(short.paise)), man=man)
        self.asking.ask(told, _("Book"), lambda _said: self._post(short), reason=False)

    def tell(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            self.say(messages.of_error(error), Role.FAULT)
        else:
            self.floor.banners.tell(_(TITLE), messages.of_error(error), self.reckon)

    def say(self, sentence: str, role: Role = Role.MUTED) -> None:
        dress(self.said, role).setText(sentence)
        self.said.setVisible(bool(sentence))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._go(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in ENTER:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def speak_again(self) -> None:
        for label, (_name, word) in zip(self.names, FIGURES, strict=True):
            label.setText(_(word))

    @staticmethod
    def _new() -> UUID:
        return uuid7(datetime.now(UTC), os.urandom(10))

    def _settlement(self) -> Settlement | None:
        """What is typed, or None where a box holds no amount, which is said at it."""
        if self.trip is None:
            return None
        sums: list[Money] = []
        for field in (self.cash, self.expenses):
            found = self._money(field)
            if found is None:
                return None
            sums.append(found)
        return Settlement(self._asked, self.trip.id, sums[0], dict(self.taken), sums[1])

    def _money(self, field: Field) -> Money | None:
        text = field.box.text().strip()
        try:
            found = rupees(text) if text else ZERO
        except ValueError:
            found = Money(-1)
        if found < ZERO:
            field.refuse(_("“{text}” is no amount.").format(text=text))
            return None
        field.accept()
        return found

    def _typed(self, name: str) -> None:
        due, field = self.table.current(), self.boxes[name]
        if due is None:
            return
        before = self.taken.get(due.bill, Taken())
        if name == "cheque_no":
            self.taken[due.bill] = replace(before, cheque_no=field.box.text().strip())
        elif (found := self._money(field)) is not None:
            sums = {each: getattr(before, each) for each in SUMS} | {name: found}
            self.taken[due.bill] = Taken(**sums, cheque_no=before.cheque_no)
        self.table.viewport().update()
        self._pause.start(TYPING_MS)

    def _go(self, step: int) -> None:
        at = self.table.currentIndex().row() + step
        self.table.selectRow(max(0, min(at, len(self.table.model_of.rows) - 1)))

    def _show_row(self, due: Due | None) -> None:
        one = self.taken.get(due.bill, Taken()) if due else Taken()
        for name, field in self.boxes.items():
            value = getattr(one, name)
            field.box.setText(str(value) if value else "")
            field.accept()
            if field.box.hasFocus():
                field.box.selectAll()

    def _show(self, asked: int, found: Reckoned) -> None:
        if asked != self._reading:
            return
        here = self.table.current()
        wanted = self._aim or (here.bill if here else None)
        at = next((n for n, due in enumerate(found.dues) if due.bill == wanted), 0)
        self._aim = None
        self._figures = found.figures
        if found.dues != self.dues:
            self.dues = found.dues
            self.table.show_rows(found.dues, None, at)
        self.table.viewport().update()
        for name, label in self.figures.items():
            label.setText(amount(getattr(found.figures, name).paise))
        short = found.figures.difference
        said, role = _("It comes to nil."), Role.GOOD
        if short:
            word = _("₹ {amount} short.") if short > ZERO else _("₹ {amount} are too much.")
            said, role = word.format(amount=amount(abs(short.paise))), Role.FAULT
        dress(self.difference, role).setText(said)

    def _find_old(self, number: str) -> None:
        self.floor.desk.ask(documents.find, number, done=self._old, undone=self.tell)

    def _old(self, bill: UUID) -> None:
        """An older bill comes into the list, and the cursor to it."""
        self.taken.setdefault(bill, Taken())
        self._aim = bill
        self.reckon()
        self.boxes["cash"].box.setFocus()

    def _post(self, difference: Money | None) -> None:
        said = self._settlement()
        if said is not None:
            told = replace(said, difference=difference)
            self.floor.desk.do(settlements.settle, told, done=self._posted, undone=self.tell)

    def _posted(self, posted: Posted) -> None:
        self.settled.emit()

    def _columns(self) -> Sequence[Column[Due]]:
        def of(name: str) -> Column[Due]:
            title = dict(BOXES)[name]

            def text(due: Due) -> str:
                value = getattr(self.taken.get(due.bill, Taken()), name)
                return amount(value.paise) if value else ""

            return Column(title, text, 12, right=True)

        return (
            Column(N_("Bill"), lambda due: due.number, 15),
            Column(N_("Party"), self._party),
            Column(N_("Open ₹"), lambda due: amount(due.open.paise), 13, right=True),
            *(of(name) for name in SUMS),
            Column(N_("Left ₹"), self._left, 13, right=True),
        )

    def _party(self, due: Due) -> str:
        bills = self.trip.bills if self.trip else ()
        return next((one.party for one in bills if one.id == due.bill), _("old due"))

    def _left(self, due: Due) -> str:
        return amount((due.open - self.taken.get(due.bill, Taken()).all).paise)

    def _lay_out(self) -> None:
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        font = self.difference.font()
        font.setPointSizeF(font.pointSizeF() * 1.8)
        font.setBold(True)
        self.difference.setFont(font)
        typed, handed, buttons = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for field in self.boxes.values():
            typed.addWidget(field, 1)
        for field in (self.cash, self.expenses):
            handed.addWidget(field, 1)
        handed.addWidget(self.difference, 2, Qt.AlignmentFlag.AlignRight)
        grid = QGridLayout()
        for at, (label, (name, _word)) in enumerate(zip(self.names, FIGURES, strict=True)):
            value = self.figures[name]
            for row, one in enumerate((label, value)):
                grid.addWidget(one, row, at, Qt.AlignmentFlag.AlignRight)
        buttons.setSpacing(8)
        for name, slot in (("dispatch.all", self.all), ("dispatch.old_due", self.old_due)):
            buttons.addWidget(keys.button(self, name, slot))
        buttons.addStretch()
        buttons.addWidget(keys.button(self, "back", self.left.emit))
        buttons.addWidget(dress(keys.button(self, "dispatch.done", self.done), Role.PRIMARY))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 10, 16, 10)
        rows.setSpacing(10)
        rows.addWidget(self.title)
        rows.addWidget(self.table, 1)
        rows.addLayout(typed)
        rows.addLayout(grid)
        rows.addLayout(handed)
        rows.addWidget(self.asking)
        rows.addWidget(self.said)
        rows.addLayout(buttons)
        self.said.hide()
