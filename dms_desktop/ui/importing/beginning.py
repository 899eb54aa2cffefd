"""Getting started: what a new shop brings in and settles, each step open till it suits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dms_desktop.domain.incoming import Intake
from dms_desktop.domain.powers import Power
from dms_desktop.domain.refusals import Refused
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import amount, grouped
from dms_desktop.services import getting_started, imports
from dms_desktop.services.getting_started import Standing
from dms_desktop.services.opening import Balance
from dms_desktop.ui import keys, messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.importing import papers
from dms_desktop.ui.importing.settled import BillNumbers, BillPrinter
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.kit.table import Column, Table
from dms_desktop.ui.theme import Role, dress

BANNER = "getting started"
TABLES = frozenset({"item", "party", "lot", "document", "series", "import_run", "print_rule"})


@dataclass(frozen=True, slots=True)
class Step:
    kind: Intake
    title: str
    need: str


STEPS: Mapping[str, Step] = {
    "begin.items": Step(
        Intake.ITEMS, N_("Your items"),
        N_("Code, name, HSN and GST %; principal, case size, barcode and MRP if you have them."),
    ),
    "begin.parties": Step(
        Intake.PARTIES, N_("Your parties"),
        N_("Code, name and State; GSTIN, phone, beat and credit limit if you have them."),
    ),
    "begin.lots": Step(
        Intake.LOTS, N_("Opening stock"),
        N_("Item code, quantity, PTR and cost; batch, expiry and MRP where the item has them."),
    ),
    "begin.balances": Step(
        Intake.BALANCES, N_("Opening balances"),
        N_("The closing trial balance of the old program: account, debit, credit."),
    ),
    "begin.dues": Step(
        Intake.DUES, N_("Open bills"),
        N_("What each party still owes, bill by bill: party, number, date and amount."),
    ),
}  # fmt: skip
COLUMNS: Sequence[Column[Balance]] = (
    Column(N_("Account"), lambda row: row.name),
    Column(N_("Old program ₹"), lambda row: amount(row.told.paise), 18, right=True),
    Column(N_("In the books ₹"), lambda row: amount(row.posted.paise), 18, right=True),
    Column(N_("Difference ₹"), lambda row: amount(row.difference.paise), 18, right=True),
)


class GettingStarted(QWidget):
    """`wanted` comes with the kind of file to bring in; `left` when the user goes elsewhere."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, floor: Floor) -> None:
        super().__init__()
        self.floor = floor
        actor = floor.desk.actor
        self.status = {name: Label() for name in (*STEPS, "begin.series", "begin.printer")}
        self.buttons = {
            name: keys.button(self, name, partial(self._want, name, step.kind))
            for name, step in STEPS.items()
            if actor.may(imports.power_for(step.kind))
        }
        settings = actor.may(Power.SETTINGS)
        self.numbers = BillNumbers(floor, self.read) if settings else None
        self.printer = BillPrinter(floor, self.read) if settings else None
        self.forms = keys.button(self, "begin.forms", self._write_forms)
        self.bill = keys.button(self, "begin.bill", lambda: floor.go("counter"))
        self.said = Label()
        self.balances: Table[Balance] = Table(COLUMNS, _("Opening balances"))
        self._lay_out()
        if self.numbers and self.printer:
            keys.bind(self, "begin.series", self.numbers.take_cursor)
            keys.bind(self, "begin.printer", self.printer.take_cursor)
        floor.desk.changed.connect(self._changed)
        self.setFocusProxy(next(iter(self.buttons.values()), self.bill))

    def arrive(self) -> None:
        self.read()
        if self.printer:
            self.printer.look()

    def read(self) -> None:
        """How far the books are."""
        self.floor.desk.ask(getting_started.standing, done=self._show, undone=self._fail)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            pressed = [b for b in (*self.buttons.values(), self.forms, self.bill) if b.hasFocus()]
            for button in pressed:
                button.click()
        else:
            super().keyPressEvent(event)

    def _want(self, name: str, kind: Intake) -> None:
        """Whoever comes back finds the cursor on the step that follows."""
        names = [*self.buttons, ""]
        self.setFocusProxy(self.buttons.get(names[names.index(name) + 1], self.bill))
        self.wanted.emit(kind)

    def _changed(self, touched: Mapping[str, object]) -> None:
        if TABLES & touched.keys() and self.isVisible():
            self.read()

    def _show(self, now: Standing) -> None:
        self.floor.banners.over(BANNER)
        counts = {
            "begin.items": now.items,
            "begin.parties": now.parties,
            "begin.lots": now.lots,
            "begin.dues": now.dues,
        }
        for name, count in counts.items():
            self._tell(name, grouped(count) if count else _("none yet"), bool(count))
        rest, told = now.beginning.rest, bool(now.beginning.balances)
        if not told:
            self._tell("begin.balances", _("none yet"), False)
        elif rest.paise:
            text = _("{amount} differ").format(amount=f"₹ {amount(abs(rest.paise))}")
            dress(self.status["begin.balances"], Role.WARNING).setText(text)
        else:
            self._tell("begin.balances", _("they agree"), True)
        self._tell("begin.series", now.first_bill, now.numbered)
        self._tell("begin.printer", now.printer or _("kept as PDF"), bool(now.printer))
        if self.numbers:
            self.numbers.show_prefix(now.prefix, fixed=now.numbered)
        self.balances.show_rows(now.beginning.balances, None)
        self.balances.setVisible(told)

    def _tell(self, name: str, text: str, done: bool) -> None:
        dress(self.status[name], Role.GOOD if done else Role.MUTED).setText(text)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            dress(self.said, Role.FAULT).setText(messages.of_error(error))
        else:
            self.floor.banners.tell(BANNER, messages.of_error(error), self.read)

    def _write_forms(self) -> None:
        folders = (Path.home() / "DMS forms", self.floor.books.parent / "forms")
        kinds = tuple(step.kind for step in STEPS.values())
        job = partial(papers.forms, kinds, folders)
        self.floor.desk.work(job, done=self._written, undone=self._fail)

    def _written(self, folder: Path) -> None:
        sentence = _("Empty forms lie in {folder}. Fill them in a spreadsheet and bring them in.")
        dress(self.said, Role.GOOD).setText(sentence.format(folder=folder))

    def _lay_out(self) -> None:
        card = dress(QFrame(), Role.CARD)
        grid = QGridLayout(card)
        grid.setContentsMargins(20, 14, 20, 14)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(9)
        for row, (name, step) in enumerate(STEPS.items()):
            self._row(grid, row, name, step.title, Label(_(step.need)), self.buttons.get(name))
        rows = len(STEPS)
        if self.numbers and self.printer:
            number, printer = self.numbers, self.printer
            self._row(grid, rows, "begin.series", N_("Numbers of bills"), number, number.label)
            self._row(grid, rows + 1, "begin.printer", N_("Printer"), printer, printer.label)
        grid.setColumnStretch(2, 1)
        feet = QHBoxLayout()
        feet.addWidget(self.forms)
        feet.addStretch()
        feet.addWidget(dress(self.bill, Role.PRIMARY))
        hint = dress(Label(_("Everything here can be done now, later or never: a bill needs an "
                             "item, its stock and a party.")), Role.MUTED)  # fmt: skip
        by_hand = {
            "items": keys.key_text("go.items"),
            "parties": keys.key_text("go.parties"),
            "new": keys.key_text("list.new"),
        }
        typed = _("A few of them are typed as quickly: {items} or {parties}, then {new}.")
        few = dress(Label(typed.format(**by_hand)), Role.MUTED)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(10)
        layout.addWidget(dress(Label(_("Getting started")), Role.TITLE))
        layout.addWidget(hint)
        layout.addWidget(few)
        layout.addWidget(card)
        layout.addWidget(self.balances, 1)
        layout.addStretch()
        layout.addWidget(self.said)
        layout.addLayout(feet)
        self.balances.hide()

    def _row(
        self, grid: QGridLayout, row: int, name: str, title: str, body: QWidget, key: QWidget | None
    ) -> None:
        if key is not None:
            grid.addWidget(key, row, 0)
        grid.addWidget(Label(_(title)), row, 1)
        if isinstance(body, Label):
            dress(body, Role.MUTED).setWordWrap(True)
        grid.addWidget(body, row, 2)
        status = self.status[name]
        grid.addWidget(status, row, 3, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
