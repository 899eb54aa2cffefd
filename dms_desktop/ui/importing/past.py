"""What was brought in so far: gone on with where it broke off, or taken back as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from dms_desktop.domain.calendar import business_day
from dms_desktop.domain.powers import Power, needs
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import day_text, grouped
from dms_desktop.services import imports
from dms_desktop.services.imports import Run
from dms_desktop.store.session import Reading
from dms_desktop.ui import keys
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.importing.words import STATES, kind_name
from dms_desktop.ui.kit.field import Field
from dms_desktop.ui.kit.list_screen import Listing, ListScreen
from dms_desktop.ui.kit.table import Column
from dms_desktop.ui.theme import Role, dress

MICROS = 1_000_000


def _day(run: Run) -> str:
    return day_text(business_day(datetime.fromtimestamp(run.started_at / MICROS, UTC)))


COLUMNS: Sequence[Column[Run]] = (
    Column(N_("Number"), lambda run: str(run.id), 8, right=True),
    Column(N_("Date"), _day, 11),
    Column(N_("What it holds"), lambda run: kind_name(run.kind), 22),
    Column(N_("File"), lambda run: run.name),
    Column(N_("Rows"), lambda run: grouped(run.rows_done), 10, right=True),
    Column(N_("How it stands"), lambda run: _(STATES[run.state]), 14),
)


@needs(Power.LOOK)
def _read(reading: Reading, text: str, after: object) -> tuple[Sequence[Run], Any]:
    """A shop has tens of imports, never thousands: one page."""
    wanted = text.casefold()
    found = imports.runs(reading)
    return [run for run in found if wanted in f"{run.id} {run.name}".casefold()], None


class PastImports(ListScreen[Run]):
    """`new` comes with the Run to go on with, or None; `begin` when getting started is wanted."""

    new = Signal(object)
    begin = Signal()

    def __init__(self, floor: Floor) -> None:
        super().__init__(
            floor,
            Listing(
                N_("Imports"),
                N_("Number or file"),
                COLUMNS,
                _read,
                lambda run: run.id,
                frozenset({"import_run"}),
            ),
        )
        self.bring = keys.button(self, "imports.new", lambda: self.new.emit(None))
        self.go_on = keys.button(self, "imports.go_on", self._go_on)
        self.undo = keys.button(self, "imports.undo", self._ask_why)
        self.start = keys.button(self, "imports.begin", self.begin.emit)
        dress(self.bring, Role.PRIMARY)
        self.why = Field(_("Why it is taken back; Enter does it, Esc leaves it"), QLineEdit())
        self.why.box.returnPressed.connect(self._undo)
        self.why.hide()
        self.below.addWidget(self.why)
        for button in (self.bring, self.go_on, self.undo):
            self.buttons.addWidget(button)
        self.buttons.addStretch()
        self.buttons.addWidget(self.start)
        self.chosen.connect(self._enable)
        self.opened.connect(self._open)
        self.table.model_of.modelReset.connect(self._tell_none)
        self._undoing: Run | None = None
        self._enable(None)
        self.setFocusProxy(self.table)

    def arrive(self) -> None:
        self._stale = True
        super().arrive()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.why.isVisible():
            self._leave_why()
        else:
            super().keyPressEvent(event)

    def _tell_none(self) -> None:
        rows, key = self.table.model_of.rows, keys.key_text("imports.new")
        none = _("Nothing was brought in yet. {key} brings in a file.").format(key=key)
        if not rows and not self.search.text():
            self.say(none)
        elif rows and self.said.text() == none:
            self.say("")

    def _enable(self, run: Run | None) -> None:
        self.go_on.setEnabled(run is not None and run.state == "running")
        self.undo.setEnabled(run is not None and run.state != "undone")
        if self._undoing is not None and run != self._undoing:
            self._leave_why()

    def _open(self, run: Run) -> None:
        if run.state == "running":
            self.new.emit(run)

    def _go_on(self) -> None:
        if (run := self.table.current()) is not None:
            self.new.emit(run)

    def _ask_why(self) -> None:
        if (run := self.table.current()) is None:
            return
        self._undoing = run
        self.say(
            _("Import {number}, “{name}”: everything that came with it goes again.")
            .format(number=run.id, name=run.name), Role.WARNING,
        )  # fmt: skip
        self.why.box.clear()
        self.why.show()
        self.why.box.setFocus()

    def _leave_why(self) -> None:
        self._undoing = None
        self.why.hide()
        self.say("")
        self.table.setFocus()

    def _undo(self) -> None:
        run, why = self._undoing, self.why.box.text().strip()
        if run is None:
            return
        if not why:
            self.why.refuse(_("Type a reason; it stands in the audit trail."))
            return
        self._leave_why()
        self.say(_("Import {number} is being taken back…").format(number=run.id))
        self.floor.desk.do(
            imports.undo_import, run.id, why, done=lambda _: self._undone(run), undone=self.tell
        )

    def _undone(self, run: Run) -> None:
        self.say(_("Import {number} is taken back.").format(number=run.id), Role.GOOD)
        self.read()
