"""Printers: those the books know and those that this PC has, a test page, and what prints where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from dms_desktop.domain.masters import folded
from dms_desktop.domain.printers import PrinterRecord, Way
from dms_desktop.language.catalogue import N_, _, joined
from dms_desktop.services import printers
from dms_desktop.ui import keys, messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.kit.table import Column, Table
from dms_desktop.ui.masters.editor import Editor
from dms_desktop.ui.masters.house import PRINTER, WAYS
from dms_desktop.ui.settings.pane import Pane
from dms_desktop.ui.settings.rules import Rules, Standing, keep_rules, standing_rules
from dms_desktop.ui.theme import Role, dress

CODE_LETTERS = 16
Queue = tuple[Way, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A printer; one that only the PC knows has no code yet."""

    printer: PrinterRecord
    papers: str = ""

    @property
    def known(self) -> bool:
        return bool(self.printer.code)

    @property
    def state(self) -> str:
        if not self.known:
            return _("On this PC; Enter takes it into use")
        return self.papers or (_("In use") if self.printer.active else _("Not used any more"))


COLUMNS: Sequence[Column[Line]] = (
    Column(N_("Name"), lambda line: line.printer.name or line.printer.code, 26),
    Column(N_("How it is reached"), lambda line: _(WAYS[line.printer.way]), 24),
    Column(N_("Address"), lambda line: line.printer.address, 22),
    Column(N_("What it prints"), lambda line: line.state),
)


class PrintersPane(QStackedWidget):
    """The list, and on top of it the form of one. `left`: Esc in the list."""

    left = Signal()

    def __init__(self, floor: Floor) -> None:
        super().__init__()
        self.list, self.editor = PrinterList(floor), Editor(floor, PRINTER)
        self.addWidget(self.list)
        self.addWidget(self.editor)
        self.list.opened.connect(self._open)
        self.list.new_wanted.connect(lambda: self._begin({"way": Way.QUEUE.value}))
        self.list.left.connect(self.left)
        self.editor.closed.connect(self._back)
        self.editor.saved.connect(self._saved)
        self.setFocusProxy(self.list)

    def arrive(self) -> None:
        """It came to the front."""
        self.list.arrive()

    def _open(self, line: Line) -> None:
        printer = line.printer
        if line.known:
            self._show_editor()
            self.editor.open(printer.code)
        else:
            code = code_of(printer.address)
            self._begin(
                {
                    "code": code,
                    "name": printer.address,
                    "way": printer.way,
                    "address": printer.address,
                }
            )

    def _begin(self, given: dict[str, str]) -> None:
        self._show_editor()
        self.editor.begin_new(given)

    def _show_editor(self) -> None:
        self.setCurrentWidget(self.editor)
        self.setFocusProxy(self.editor.form)

    def _back(self) -> None:
        self.setCurrentWidget(self.list)
        self.setFocusProxy(self.list)
        self.list.arrive()
        self.list.table.setFocus()

    def _saved(self, code: str, name: str) -> None:
        self.list.aim = code
        self._back()
        told = _("Saved: {name}. Say below what it prints.")
        self.list.say(told.format(name=name or code))


class PrinterList(Pane):
    opened = Signal(object)  # Line
    new_wanted = Signal()

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor, N_("Printers"))
        self._known: list[PrinterRecord] = []
        self._queues: tuple[Queue, ...] = ()
        self._busy = False
        self.aim = ""  # the code that the cursor goes to when the list comes
        self.table: Table[Line] = Table(COLUMNS, _("Printers"))
        self.table.setMinimumHeight(self.table.verticalHeader().defaultSectionSize() * 5)
        self.rules = Rules()
        self.body.addWidget(self.table, 1)
        self.body.addWidget(dress(Label(_("What is printed where")), Role.MUTED))
        self.body.addWidget(_scrolled(self.rules), 2)
        self.new = keys.button(self, "settings.printer", self.new_wanted.emit)
        self.test = keys.button(self, "settings.test", self.print_test_page)
        self.save_button = dress(keys.button(self, "settings.save", self.save), Role.PRIMARY)
        for button in (self.save_button, self.new, self.test):
            self.buttons.addWidget(button)
        self.buttons.addStretch()
        self.table.opened.connect(self.opened)
        self.table.chosen.connect(lambda line: self.test.setEnabled(line is not None))
        self.setFocusProxy(self.table)

    def arrive(self) -> None:
        """What the books know, and what this PC has now. Rules that are half chosen stay."""
        if not self.rules.wanted():
            self._read()
        self.floor.desk.work(_queues, done=self._learn_queues, undone=self.tell)

    def save(self) -> None:
        """What is printed where; nothing if one of it is refused."""
        wanted = self.rules.wanted()
        if not wanted:
            self.say(_("Nothing was changed."), Role.MUTED)
            return
        self.floor.desk.do(keep_rules, wanted, done=lambda _done: self._saved(), undone=self.tell)

    def print_test_page(self) -> None:
        """On the printer of the current row, in use or not yet."""
        line = self.table.current()
        if line is None or self._busy:
            return
        self._busy = True
        self.say(_("The test page is on its way to {name}…").format(name=_name(line)), Role.MUTED)
        folder, size = self.floor.folder, self.rules.size_of(line.printer.code)
        self.floor.desk.work(
            partial(_print_test, line.printer, self.floor.company, folder, size),
            done=lambda _done: self._tested(line),
            undone=self._not_tested,
        )

    def tell(self, error: BaseException) -> None:
        self._busy = False
        super().tell(error)

    def _tested(self, line: Line) -> None:
        self._busy = False
        self.floor.banners.over(self.name)
        self.say(_("{name} took the test page. Look whether it is whole.").format(name=_name(line)))

    def _not_tested(self, error: BaseException) -> None:
        """Said here and not above the screen: nobody's paper is at stake."""
        self._busy = False
        self.say(messages.of_error(error), Role.FAULT)

    def _saved(self) -> None:
        self.say(_("Saved. The next paper is printed so."))
        self._read()

    def _read(self) -> None:
        self.floor.desk.ask(printers.printers, done=self._learn, undone=self.tell)

    def _learn(self, known: list[PrinterRecord]) -> None:
        self._known = known
        self.floor.desk.ask(standing_rules, done=self._show, undone=self.tell)

    def _show(self, standing: Standing) -> None:
        self.floor.banners.over(self.name)
        self.rules.show_rules(self._known, standing)
        self._show_lines()

    def _learn_queues(self, found: tuple[Queue, ...]) -> None:
        self._queues = found
        self._show_lines()

    def _show_lines(self) -> None:
        addresses = {(each.way, each.address) for each in self._known}
        lines = [Line(each, joined(", ", self.rules.papers_of(each.code))) for each in self._known]
        lines += [
            Line(PrinterRecord("", name, way.value, name))
            for way, name in self._queues
            if (way.value, name) not in addresses
        ]
        self.table.show_rows(lines, None, self._place(lines))
        if not lines:
            told = _("This PC has no printer that can be seen. {key} names one on the network.")
            self.say(told.format(key=keys.key_text("settings.printer")), Role.MUTED)

    def _place(self, lines: Sequence[Line]) -> int:
        """Where the cursor goes: to what was just saved, else it stays."""
        current = self.table.current()
        for at, each in enumerate(lines):
            if self.aim and each.printer.code == self.aim:
                self.aim = ""
                return at
        return next((n for n, each in enumerate(lines) if current and _same(each, current)), 0)


def _scrolled(inside: QWidget) -> QScrollArea:
    """There are more kinds of paper than a small screen has room for."""
    area, ground = QScrollArea(), QFrame()
    ground.setObjectName("ground")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(ground)
    rows = QVBoxLayout(ground)
    rows.setContentsMargins(0, 0, 10, 0)
    rows.addWidget(inside)
    rows.addStretch()
    return area


def code_of(name: str) -> str:
    """A short code from the name that the PC gives a printer."""
    letters = "".join(letter if letter.isalnum() else "-" for letter in folded(name).upper())
    return letters[:CODE_LETTERS].strip("-") or "PRINTER"


def _same(one: Line, other: Line) -> bool:
    return (one.printer.way, one.printer.address) == (other.printer.way, other.printer.address)


def _name(line: Line) -> str:
    return line.printer.name or line.printer.code


def _queues() -> tuple[Queue, ...]:
    from dms_desktop.spool.printers import queues

    return queues()


def _print_test(printer: PrinterRecord, company: str, folder: Path, size: str) -> None:
    """Of the size that it prints by a rule: a receipt printer would print the letters of a PDF."""
    from dms_desktop.printing.trial import trial_paper
    from dms_desktop.spool.keeping import keep
    from dms_desktop.spool.printers import send

    named = printer.name or printer.code
    paper = trial_paper(company, named, datetime.now(UTC), size)
    send(printer, keep(paper.data, folder, f"test page{paper.ending}"))
