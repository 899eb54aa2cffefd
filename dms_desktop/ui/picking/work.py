"""One pick list as it is worked on: scan or tick, short, another batch, and done."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from dms_desktop.domain.picking import ListState, PickList, PickRow, PickState
from dms_desktop.domain.printers import PaperKind
from dms_desktop.domain.refusals import Refused
from dms_desktop.domain.uid import uuid7
from dms_desktop.domain.units import BadQuantity, read_quantity
from dms_desktop.language.catalogue import N_, _, joined, ngettext
from dms_desktop.language.figures import day_text, grouped
from dms_desktop.services import picking_close, picking_deeds, picking_rows, picking_swaps
from dms_desktop.services.picking_close import Step
from dms_desktop.services.picking_deeds import Tick
from dms_desktop.services.picking_swaps import Other, Swapping
from dms_desktop.ui import keys, messages
from dms_desktop.ui.billing.on_paper import OnPaper
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.asking import ENTER, Asking
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.kit.table import Table
from dms_desktop.ui.picking.card import PickCard
from dms_desktop.ui.picking.columns import ROWS, pieces_text, state_text
from dms_desktop.ui.theme import Role, dress, enlarge

TITLE = N_("Picking")
BOUNCE = 0.5  # seconds in which a scanner that sends a label twice means it once


class WorkPage(QWidget):
    """`left` when the picker goes back to the lists."""

    left = Signal()

    def __init__(self, floor: Floor) -> None:
        super().__init__()
        self.floor = floor
        self.uid: UUID | None = None
        self.shown: PickList | None = None
        self.title, self.route = dress(Label(), Role.TITLE), dress(Label(), Role.MUTED)
        self.bar, self.card, self.scan, self.said = QProgressBar(), PickCard(), QLineEdit(), Label()
        self.table: Table[PickRow] = Table(ROWS, _("Rows of the list"))
        self.asking = Asking()
        self.on_paper = OnPaper(floor, "paper of a pick list", self.say)
        self._last: tuple[str, float] = ("", 0.0)
        self._aim: int | None = None  # the row that the cursor stays on
        self._reasons: Sequence[tuple[str, str]] = ()
        self._closing: list[Step] = []
        self._lay_out()
        self.table.model_of.muted = lambda row: row.state is not PickState.OPEN
        self.table.chosen.connect(self.card.show_row)
        self.table.opened.connect(lambda _row: self.tick())
        self.scan.returnPressed.connect(self.enter)
        floor.desk.changed.connect(self._changed)
        self.setFocusProxy(self.scan)

    def begin(self, uid: UUID) -> None:
        """Show this list, ready for a scan."""
        self.uid, self.shown = uid, None
        self.say("")
        self.asking.leave()
        self.scan.clear()
        self.scan.setFocus()
        self.read()
        self.floor.desk.ask(picking_deeds.reasons, done=self._keep_reasons, undone=self.tell)

    def read(self) -> None:
        """The list anew; others pick from it too."""
        if self.uid is not None:
            self.floor.desk.ask(picking_rows.shown, self.uid, done=self._show, undone=self.tell)

    def enter(self) -> None:
        """A label is scanned; with nothing in the box the row of the cursor is picked."""
        code = self.scan.text().strip()
        self.scan.clear()
        if not code:
            self.tick()
            return
        last, at = self._last
        self._last = code, time.monotonic()
        if code == last and time.monotonic() - at < BOUNCE:
            self.say(_("The scanner sent {code} twice. It was counted once.").format(code=code))
            return
        self._do(picking_deeds.scan, code)

    def tick(self) -> None:
        if (row := self.table.current()) is not None and self.uid is not None:
            self.floor.desk.do(
                picking_deeds.tick, Tick(self.uid, row.id), done=self._done, undone=self.tell
            )

    def undo(self) -> None:
        if (row := self.table.current()) is not None:
            self._do(picking_deeds.undo, row.id)

    def short(self) -> None:
        """Ask how many are there, and why no more."""
        if (row := self.table.current()) is None:
            return
        wanted = pieces_text(row.qty, row.case)
        question = _("How many of the {wanted} are there?").format(wanted=wanted)
        self.asking.ask(question, _("Next"), partial(self._short, row), text=str(row.picked))

    def swap(self) -> None:
        """Ask which batch was taken in place of the row's."""
        if (row := self.table.current()) is not None and self.uid is not None:
            self.floor.desk.ask(
                picking_swaps.choices,
                self.uid,
                row.id,
                done=partial(self._choose_batch, row),
                undone=self.tell,
            )

    def close_list(self) -> None:
        """Settle paper by paper; stopped by a refusal it goes on from there."""
        self._closing.clear()
        self._settle()

    def print(self) -> None:
        """The list on paper; the second one is marked."""
        if self.uid is not None:
            self.on_paper.print(self.uid, PaperKind.PICK_LIST)

    def packed(self) -> None:
        if self.uid is not None:
            self.floor.desk.do(picking_close.packed, self.uid, done=self._packed, undone=self.tell)

    def let_go(self) -> None:
        """Its bills may stand on another list; asked first."""
        question = _("Let go of the list? What is on it can be picked by another.")
        self.asking.ask(question, _("Let go"), lambda _said: self._let_go(), reason=False)

    def tell(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            self.say(messages.of_error(error), Role.FAULT)
        else:
            self.floor.banners.tell(_(TITLE), messages.of_error(error), self.read)
        self.scan.setFocus()

    def say(self, sentence: str, role: Role = Role.MUTED) -> None:
        dress(self.said, role).setText(sentence)
        self.said.setVisible(bool(sentence))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.scan.hasFocus():
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.scan.setFocus()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.scan.hasFocus():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            at = self.table.currentIndex().row() + step
            self.table.selectRow(max(0, min(at, len(self.table.model_of.rows) - 1)))
        elif event.key() not in ENTER:
            super().keyPressEvent(event)

    def speak_again(self) -> None:
        if self.shown is not None:
            self._tell_head(self.shown)

    def _do(self, deed: Callable[..., Any], *words: object) -> None:
        if self.uid is not None:
            self.floor.desk.do(deed, self.uid, *words, done=self._done, undone=self.tell)

    def _done(self, row: PickRow) -> None:
        """What was picked is told; the cursor goes where the next is wanted."""
        said = _("{item}: {picked} of {pieces} picked.")
        self.say(
            said.format(item=row.name, picked=grouped(row.picked), pieces=grouped(row.qty)),
            Role.GOOD,
        )
        self.scan.setFocus()
        self._aim = row.id if row.state is PickState.OPEN else None
        self.read()

    def _show(self, found: PickList) -> None:
        if found.head.id != self.uid:
            return
        before = self.table.current()
        stays = self._aim if self._aim is not None else (before.id if before else None)
        open_now = [at for at, row in enumerate(found.rows) if row.state is PickState.OPEN]
        same = next((at for at, row in enumerate(found.rows) if row.id == stays and row.left), None)
        at = same if same is not None else next(iter(open_now), 0)
        self.shown, self._aim = found, None
        self.table.show_rows(found.rows, None, at)
        self._tell_head(found)

    def _tell_head(self, found: PickList) -> None:
        head = found.head
        self.title.setText(head.number)
        papers = ngettext("{count} bill or order", "{count} bills or orders", head.papers)
        told = (papers.format(count=grouped(head.papers)), head.route, head.vehicle,
                state_text(head))  # fmt: skip
        self.route.setText(joined("  ·  ", [one for one in told if one]))
        done = sum(1 for row in found.rows if row.state is not PickState.OPEN)
        self.bar.setRange(0, max(len(found.rows), 1))
        self.bar.setValue(done)
        self.bar.setFormat(f"{grouped(done)} / {grouped(len(found.rows))}")
        if head.state is ListState.OPEN and not head.open and self.said.isHidden():
            how = _("Everything is picked. {done}.")
            self.say(how.format(done=keys.caption("picking.done")), Role.GOOD)

    def _short(self, row: PickRow, typed: str) -> None:
        try:
            found = read_quantity(typed, row.case, row.inner).billed if typed != "0" else 0
        except BadQuantity as bad:
            self.say(messages.of_quantity(bad, row.name), Role.FAULT)
            self.short()
            return
        self._why(lambda why: self._do(picking_deeds.short, row.id, found, why))

    def _choose_batch(self, row: PickRow, others: Sequence[Other]) -> None:
        if not others:
            nothing = _("{item}: no other batch with this MRP is there.").format(item=row.name)
            self.say(nothing, Role.FAULT)
            return
        told = [
            _("{batch} ({count}, {expiry})").format(
                batch=one.batch,
                count=grouped(one.have),
                expiry=day_text(one.expiry) if one.expiry else "—",
            )
            for one in others[:5]
        ]
        question = _("Which batch did you take? {batches}").format(batches=joined(", ", told))
        self.asking.ask(question, _("Next"), partial(self._swap, row), text=others[0].batch)

    def _swap(self, row: PickRow, batch: str) -> None:
        new, uid = uuid7(datetime.now(UTC), os.urandom(10)), self.uid
        if uid is None:
            return

        def post(why: str) -> None:
            asked = Swapping(new, uid, row.id, batch, why)
            self.floor.desk.do(picking_swaps.swap_batch, asked, done=self._done, undone=self.tell)

        self._why(post)

    def _why(self, then: Callable[[str], object]) -> None:
        """The owner's reasons by their figures, or own words."""
        names = [name for _code, name in self._reasons]
        told = joined("  ", [f"{at} {name}" for at, name in enumerate(names, 1)])
        question = _("Why? {reasons}").format(reasons=told) if names else _("Why?")

        def answered(said: str) -> None:
            at = int(said) - 1 if said.isascii() and said.isdigit() else -1
            then(names[at] if 0 <= at < len(names) else said)

        self.asking.ask(question, _("Take"), answered, text="1" if names else "")

    def _keep_reasons(self, found: Sequence[tuple[str, str]]) -> None:
        self._reasons = found

    def _settle(self) -> None:
        if self.uid is not None:
            self.floor.desk.do(
                picking_close.settle_next, self.uid, done=self._settled, undone=self.tell
            )

    def _settled(self, step: Step | None) -> None:
        if step is not None:
            self._closing.append(step)
            self._settle()
            return
        papers = [each.paper.number for each in self._closing if each.paper]
        said = _("The list is closed.")
        if papers:
            made = _("Made: {papers}.").format(papers=joined(", ", papers))
            said = joined(" ", (said, made))
        self.say(said, Role.GOOD)
        self.read()

    def _packed(self, count: int) -> None:
        said = ngettext("{count} bill is packed.", "{count} bills are packed.", count)
        self.say(said.format(count=grouped(count)), Role.GOOD)
        self.read()

    def _let_go(self) -> None:
        if self.uid is not None:
            self.floor.desk.do(
                picking_close.let_go,
                self.uid,
                done=lambda _gone: self.left.emit(),
                undone=self.tell,
            )

    def _changed(self, touched: dict[str, frozenset[object]]) -> None:
        if self.isVisible() and self.uid in touched.get("pick_list", frozenset()):
            self.read()

    def _lay_out(self) -> None:
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        enlarge((self.scan, 1.5), (self.table, 1.15), (self.said, 1.2))
        tell(self.scan, "placeholderText", _("Scan a label, or Enter picks the row"))
        tell(self.scan, "accessibleName", _("Scan"))
        self.bar.setTextVisible(True)
        self.bar.setMinimumHeight(self.fontMetrics().height() + 10)
        top, buttons, rows = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        top.setSpacing(16)
        top.addWidget(self.title)
        top.addWidget(self.route)
        top.addWidget(self.bar, 1)
        buttons.setSpacing(8)
        for name, slot in (
            ("picking.short", self.short),
            ("picking.swap", self.swap),
            ("picking.undo", self.undo),
            ("picking.packed", self.packed),
            ("picking.print", self.print),
            ("picking.let_go", self.let_go),
        ):
            buttons.addWidget(keys.button(self, name, slot))
        buttons.addStretch()
        buttons.addWidget(dress(keys.button(self, "picking.done", self.close_list), Role.PRIMARY))
        rows.setContentsMargins(16, 10, 16, 10)
        rows.setSpacing(10)
        rows.addLayout(top)
        rows.addWidget(self.scan)
        rows.addWidget(self.card)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.asking)
        rows.addWidget(self.said)
        rows.addLayout(buttons)
        self.said.hide()
