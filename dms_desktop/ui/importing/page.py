"""One file: chosen, its columns mended, tried, and brought in while the counter goes on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSplitter, QVBoxLayout, QWidget

from dms_desktop.domain.incoming import Intake, Outcome
from dms_desktop.domain.refusals import Refused
from dms_desktop.files.headings import guess, likeliest
from dms_desktop.files.table import Table
from dms_desktop.language.catalogue import N_, _, joined
from dms_desktop.language.figures import grouped
from dms_desktop.services import imports
from dms_desktop.services.imports import Run
from dms_desktop.ui import keys, messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.importing import papers
from dms_desktop.ui.importing.columns import ColumnsTable, names
from dms_desktop.ui.importing.file_box import FileBox, dropped
from dms_desktop.ui.importing.told import OutcomeCard
from dms_desktop.ui.importing.words import flaw, kind_name
from dms_desktop.ui.importing.work import Tried, Work
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.theme import Role, dress

BANNER = "import"
PAUSE_MS = 250  # between two looks at what a mended column would do
HINT = N_(
    "Choose a table from your old program or a spreadsheet. Nothing is written before you press "
    "{key}, and every import can be taken back as a whole."
)


class FilePage(QWidget):
    """`left` comes when the user goes back to the list; an import goes on all the same."""

    left = Signal()

    def __init__(self, floor: Floor) -> None:
        super().__init__()
        self.floor, self.work = floor, Work(floor.desk, floor)
        self.table: Table | None = None
        self.tried: Tried | None = None
        self.seen: Outcome | None = None  # what is shown of it
        self.before: Run | None = None  # an import of this very file
        self._path = Path()
        self._wanted: Intake | None = None
        actor = floor.desk.actor
        kinds = tuple(kind for kind in Intake if actor.may(imports.power_for(kind)))
        self.file, self.columns = FileBox(kinds, self), ColumnsTable(_("Columns of the file"))
        self.outcome, self.bar = OutcomeCard(), QProgressBar()
        self.title = dress(Label(_("Bring in a file")), Role.TITLE)
        self.hint = dress(Label(_(HINT).format(key=keys.key_text("import.bring"))), Role.MUTED)
        self.said = Label()
        self.again = keys.button(self, "import.again", self.look)
        self.mend = keys.button(self, "import.mend", self._write_refused)
        self.form = keys.button(self, "import.form", self._write_form)
        self.stop = keys.button(self, "import.stop", self.work.stop)
        self.bring = keys.button(self, "import.bring", self._bring)
        self._lay_out()
        self._bind()
        self.forget()
        self.setAcceptDrops(True)
        self.setFocusProxy(self.file.path.box)

    def begin(self, kind: Intake | None = None, name: str = "") -> None:
        """A new file, wanted as `kind`, or the one called `name` once more."""
        if self.work.busy:
            return
        self._wanted = kind
        self.forget()
        self.file.path.accept()
        box = self.file.path.box
        if name and Path(box.text()).name != name:
            box.setText(str(Path(box.text()).with_name(name)) if box.text() else "")
        if kind is not None:
            self.file.show_kind(kind)
        if name:
            self.say(_("Choose the file “{name}” again; its import goes on.").format(name=name))
        box.setFocus()
        box.selectAll()

    def forget(self) -> None:
        self.table = self.tried = self.seen = self.before = None
        self.columns.headings.begin(Intake.ITEMS, (), guess(Intake.ITEMS, ()))
        self.outcome.forget()
        self.file.show_sheets("", ())
        self.say("")
        self._enable()

    def say(self, sentence: str, role: Role = Role.MUTED) -> None:
        dress(self.said, role).setText(sentence)
        self.said.setVisible(bool(sentence))

    def look(self) -> None:
        """What the file would do now; told when it is known."""
        self.tried = self.seen = None
        self.outcome.forget()
        if self.table is None or self.work.bringing:
            return
        headings = self.columns.headings
        if missing := headings.missing():
            self.work.stop()
            what = names(headings.kind, missing)
            self.say(
                _("Still needed: {what}. Say in which column it stands.").format(what=what),
                Role.WARNING,
            )
            self._enable()
            return
        self.work.attempt(self.table, headings.kind, headings.said())
        self._wait(_("Looking at what it would do…"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event) and not self.work.busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if path := dropped(event):
            event.acceptProposedAction()
            self.file.take(path)

    def _open(self, path: Path, sheet: str = "") -> None:
        if self.work.bringing:
            return
        self.forget()
        self._path = path
        self.work.open(path, sheet)
        self._wait(_("The file is being read…"))

    def _show_table(self, table: Table, before: Run | None) -> None:
        self.table, self.before = table, before
        self.file.show_sheets(table.said.sheet, table.said.sheets)
        kind, said = self._wanted or likeliest(table.rows, table.name), {}
        if before is not None and before.state == "running":
            kind, said = before.kind, dict(before.columns)
        if self.file.kind.findData(kind) < 0:
            kind = Intake(self.file.kind.itemData(0))
        self.file.show_kind(kind)
        self._show_columns(kind, said)
        self.columns.setFocus()
        self.columns.selectRow(0)

    def _show_columns(self, kind: Intake, said: dict[str, str]) -> None:
        if self.table is not None:
            rows = self.table.rows
            self.columns.headings.begin(kind, rows, guess(kind, rows, said))
            self.look()

    def _meant(self) -> None:
        """Another kind, or another sheet."""
        kind = self._wanted = self.file.wanted
        if self.table is None or self.work.bringing:
            return
        sheet = self.file.sheet.currentText()
        if sheet and sheet != self.table.said.sheet:
            self._open(self._path, sheet)
        elif kind is not self.columns.headings.kind:
            self._show_columns(kind, {})

    def _show_tried(self, tried: Tried) -> None:
        self.tried, outcome = tried, tried.outcome
        self.seen = outcome
        self.outcome.show_outcome(tried.kind, len(tried.lines), outcome)
        key = keys.key_text("import.bring")
        if self.before is not None and self.before.state == "running":
            done = grouped(self.before.rows_done)
            sentence = _("{done} rows of this file came in before it broke off. {key} goes on.")
            self.say(sentence.format(done=done, key=key), Role.WARNING)
        elif other := self._fits_better(tried):
            sentence = _("The headings look like {other}, not like {kind}. {change} changes that.")
            names = {"other": kind_name(other), "kind": kind_name(tried.kind)}
            change = keys.key_text("import.kind")
            self.say(sentence.format(change=change, **names), Role.WARNING)
        elif not outcome.created and not outcome.changed:
            self.say(_("Nothing in this file is new."))
        elif outcome.refused:
            self.say(
                _("The refused rows stay out. Mend them now, or bring in the others by {key}.")
                .format(key=key), Role.WARNING,
            )  # fmt: skip
        else:
            self.say(_("Everything can come in. {key} does it.").format(key=key), Role.GOOD)
        self._enable()

    def _fits_better(self, tried: Tried) -> Intake | None:
        """Another kind that more of its headings are of: what was chosen may be a slip."""
        assert self.table is not None
        likely = likeliest(self.table.rows, self.table.name)
        found = len(guess(likely, self.table.rows).places)
        slip = likely is not tried.kind and found > len(tried.columns.places)
        return likely if slip and self.file.kind.findData(likely) >= 0 else None

    def _bring(self) -> None:
        if self.table is not None and self.tried is not None:
            self.floor.banners.over(BANNER)
            self.work.bring(self.table, self.tried)
            self._wait(_("It is being brought in. The counter can go on meanwhile."))
            self.stop.setFocus()

    def _moved(self, done: int, most: int) -> None:
        self.bar.setRange(0, most)
        self.bar.setValue(done)
        counts = {"done": grouped(done), "most": grouped(most)}
        self.bar.setFormat(_("{done} of {most} rows").format(**counts))

    def _brought(self, run: Run, outcome: Outcome) -> None:
        assert self.tried is not None
        self.outcome.show_outcome(run.kind, len(self.tried.lines), outcome)
        self.before = run
        sentence = _("{kind}: {created} new and {changed} changed. This is import {number}.")
        facts = {"created": grouped(outcome.created), "changed": grouped(outcome.changed)}
        self.say(sentence.format(kind=kind_name(run.kind), number=run.id, **facts), Role.GOOD)
        self.tried, self._wanted, self.seen = None, None, outcome
        self._enable()
        self._settle()

    def _stopped(self) -> None:
        self.tried = None
        self.say(_("Stopped. Whatever came in so far stays; look again to go on."), Role.WARNING)
        self._enable()
        self._settle()

    def _settle(self) -> None:
        """What had the cursor could not keep it; nobody else's is taken."""
        if self.isVisible() and (self.stop.hasFocus() or self.window().focusWidget() is None):
            self.outcome.list.setFocus()

    def _fail(self, error: BaseException) -> None:
        """What the user can mend stands here; a fault of the machine is a banner with retry."""
        retry: Callable[[], object] = self.look
        if isinstance(error, Refused):
            kind = self.columns.headings.kind
            self.say(joined(" ", (flaw(kind, each) for each in error.problems)), Role.FAULT)
            if self.table is None:
                self.file.path.refuse(self.said.text())
                self.say("")
                self.file.path.box.setFocus()
        else:
            if self.tried is not None:
                retry = self._bring
            elif self.table is None:
                retry = partial(self._open, self._path)
            self.floor.banners.tell(BANNER, messages.of_error(error), retry)
            self.say("")
        self._enable()
        if self.table is not None:
            self._settle()

    def _write_form(self) -> None:
        self._write(partial(papers.form, self.file.wanted))

    def _write_refused(self) -> None:
        if self.table is not None and self.seen is not None and self.seen.refused:
            headings = self.columns.headings
            row = guess(headings.kind, self.table.rows, headings.said()).row
            name = _("{name} - to mend").format(name=Path(self.table.name).stem)
            self._write(
                partial(
                    papers.refused, headings.kind, self.table, row, self.seen.refused,
                    f"{name}.xlsx",
                )
            )  # fmt: skip

    def _write(self, write: Callable[[tuple[Path, ...]], Path]) -> None:
        """Beside the file, or else where the books lie."""
        folders = (self.file.folder(), self.floor.books.parent / "imports")
        self.work.write(partial(write, folders), self._written)

    def _written(self, path: Path) -> None:
        self.say(_("Written to {path}").format(path=path), Role.GOOD)

    def _wait(self, sentence: str) -> None:
        self.say(sentence)
        self.bar.setRange(0, 0)
        self._enable()

    def _enable(self) -> None:
        """What can be done now."""
        busy, bringing = self.work.busy, self.work.bringing
        going_on = self.before is not None and self.before.state == "running"
        new = self.tried is not None and (
            going_on or bool(self.tried.outcome.created or self.tried.outcome.changed)
        )
        self.bar.setVisible(busy)
        self.bar.setTextVisible(bringing)
        self.stop.setVisible(busy)
        self.stop.setEnabled(busy)
        self.again.setEnabled(self.table is not None and not busy)
        self.mend.setEnabled(not busy and self.seen is not None and bool(self.seen.refused))
        self.bring.setEnabled(new and not busy)
        for widget in (self.file, self.columns):
            widget.setEnabled(not bringing)

    def _bind(self) -> None:
        work, pause = self.work, QTimer(self)
        pause.setSingleShot(True)
        pause.timeout.connect(self.look)
        self.columns.headings.changed.connect(lambda: pause.start(PAUSE_MS))
        self.file.chosen.connect(self._open)
        self.file.meant.connect(self._meant)
        work.read.connect(self._show_table)
        work.tried.connect(self._show_tried)
        work.moved.connect(self._moved)
        work.brought.connect(self._brought)
        work.stopped.connect(self._stopped)
        work.failed.connect(self._fail)
        keys.bind(self, "import.file", self._to_file)
        keys.bind(self, "import.kind", self.file.kind.setFocus)
        keys.bind(self, "import.columns", self.columns.setFocus)

    def _to_file(self) -> None:
        self.file.path.box.setFocus()
        self.file.path.box.selectAll()

    def _lay_out(self) -> None:
        left, right = QWidget(), self.outcome
        columns = QVBoxLayout(left)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(6)
        caption = dress(Label(keys.caption("import.columns")), Role.MUTED)
        caption.setBuddy(self.columns)
        columns.addWidget(caption)
        columns.addWidget(self.columns, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(12)
        for part in (left, right):
            split.addWidget(part)
        split.setSizes([520, 680])
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.again, self.mend, self.form):
            buttons.addWidget(button)
        buttons.addStretch()
        for button in (self.stop, self.bring):
            buttons.addWidget(button)
        dress(self.bring, Role.PRIMARY)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self.hint, self.said):
            label.setWordWrap(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 10, 16, 10)
        rows.setSpacing(10)
        for widget in (self.title, self.hint, self.file):
            rows.addWidget(widget)
        rows.addWidget(split, 1)
        rows.addWidget(self.said)
        rows.addWidget(self.bar)
        rows.addLayout(buttons)
