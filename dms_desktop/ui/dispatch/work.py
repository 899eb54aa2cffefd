"""One trip: bills are ticked as they are loaded, and later each is told what became of it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from dms_desktop.domain.company import Issued
from dms_desktop.domain.documents import Bill
from dms_desktop.domain.masters import folded
from dms_desktop.domain.printers import PaperKind
from dms_desktop.domain.refusals import Refused
from dms_desktop.domain.trip import Result, State, Trip, TripBill
from dms_desktop.domain.uid import uuid7
from dms_desktop.language.catalogue import N_, _, joined
from dms_desktop.language.figures import amount, grouped
from dms_desktop.services import deliveries, documents, trip_reads, trips
from dms_desktop.services.posting import Posted
from dms_desktop.ui import keys, messages
from dms_desktop.ui.billing.papers import Papers
from dms_desktop.ui.dispatch.columns import BILLS, STATES, cases_text, kg_text
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.asking import ENTER, Asking
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.kit.table import Table
from dms_desktop.ui.theme import Role, dress, enlarge

TITLE = N_("Dispatch")
PAPER = "paper of a trip"  # a banner beside those of other papers
BOUNCE = 0.5  # seconds in which a scanner that sends a label twice means it once


class TripPage(QWidget):
    """`left` back to the trips; `settling` when its money is to be told."""

    left, settling = Signal(), Signal(object)

    def __init__(self, floor: Floor) -> None:
        super().__init__()
        self.floor = floor
        self.uid: UUID | None = None
        self.trip: Trip | None = None
        self.title, self.facts = dress(Label(), Role.TITLE), dress(Label(), Role.MUTED)
        self.bar, self.scan, self.said = QProgressBar(), QLineEdit(), Label()
        self.table: Table[TripBill] = Table(BILLS, _("Bills of the trip"))
        self.asking = Asking()
        self.papers = Papers(floor.desk, floor.folder, self)
        self.papers.made.connect(self._made)
        self.papers.failed.connect(self._not_printed)
        self.papers.over.connect(lambda: floor.banners.over(PAPER))
        self._last: tuple[str, float] = ("", 0.0)
        self._aim: UUID | None = None
        self._lay_out()
        self.table.model_of.muted = lambda bill: bill.cancelled or bill.result is not None
        self.table.opened.connect(lambda _row: self.enter_row())
        self.scan.returnPressed.connect(self.enter)
        floor.desk.changed.connect(self._changed)
        self.setFocusProxy(self.scan)

    def begin(self, uid: UUID) -> None:
        """Show this trip, ready for a scan."""
        self.uid, self.trip = uid, None
        self.say("")
        self.asking.leave()
        self.scan.clear()
        self.scan.setFocus()
        self.read()

    def read(self) -> None:
        if self.uid is not None:
            self.floor.desk.ask(trip_reads.show, self.uid, done=self._show, undone=self.tell)

    def enter(self) -> None:
        """The number of a bill is scanned or typed; with nothing it is the row of the cursor."""
        said = self.scan.text().strip()
        self.scan.clear()
        if not said:
            self.enter_row()
            return
        last, at = self._last
        self._last = said, time.monotonic()
        if said == last and time.monotonic() - at < BOUNCE:
            return
        found = self._named(said)
        if found is None:
            self.say(_("{code} is not on this trip.").format(code=said), Role.FAULT)
            return
        self.table.selectRow(found)
        self.enter_row()

    def enter_row(self) -> None:
        """While it is loaded: the bill lies on the vehicle. Later: it was delivered."""
        bill = self.table.current()
        if bill is None or self.trip is None:
            return
        if self.trip.state is State.LOADING:
            self._load((bill.id,))
        else:
            self._told(bill, Result.DELIVERED, "")

    def all(self) -> None:
        """Everything lies on the vehicle."""
        if self.trip is not None and self.trip.state is State.LOADING:
            self._load(())

    def part(self) -> None:
        """Ask which goods came back."""
        if (bill := self._on_the_road()) is not None:
            self.floor.desk.ask(
                documents.issued, bill.id, done=partial(self._ask_part, bill), undone=self.tell
            )

    def refused(self) -> None:
        self._ask_why(Result.REFUSED, _("Why did the shop refuse it?"))

    def closed(self) -> None:
        self._ask_why(Result.SHOP_CLOSED, _("What was with the shop?"), _("closed"))

    def again(self) -> None:
        self._ask_why(Result.RELOAD, _("Why does it go out again?"))

    def print(self) -> None:
        """Loading sheet and drop list; a second one is marked."""
        if self.uid is not None:
            for kind in (PaperKind.LOADING_SHEET, PaperKind.DROP_LIST):
                self.papers.print(self.uid, kind=kind)

    def back(self) -> None:
        self._state(trips.back)

    def drop(self) -> None:
        """The trip does not take place; asked first."""
        question = _("Drop the trip? Its bills wait for another vehicle.")
        self.asking.ask(question, _("Drop"), lambda _said: self._state(trips.drop), reason=False)

    def go_on(self) -> None:
        """A loaded vehicle leaves; one that is out or back is settled."""
        if self.trip is None:
            return
        if self.trip.state is State.LOADING:
            self._state(trips.leave)
        elif self.trip.state in (State.OUT, State.BACK):
            self.settling.emit(self.trip)

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
        if self.trip is not None:
            self._tell_head(self.trip)

    def _named(self, said: str) -> int | None:
        """The row of a bill by its number, or by the end of it."""
        rows = self.table.model_of.rows
        wanted = folded(said)
        exact = [at for at, bill in enumerate(rows) if folded(bill.number) == wanted]
        ends = [at for at, bill in enumerate(rows) if folded(bill.number).endswith(wanted)]
        found = exact or ends
        return found[0] if len(found) == 1 else None

    def _on_the_road(self) -> TripBill | None:
        if self.trip is None or self.trip.state not in (State.OUT, State.BACK):
            self.say(_("The vehicle has not left."), Role.FAULT)
            return None
        return self.table.current()

    def _ask_why(self, result: Result, question: str, text: str = "") -> None:
        if (bill := self._on_the_road()) is not None:
            asked = joined("  ", (bill.number, question))
            self.asking.ask(asked, _("Take"), lambda why: self._told(bill, result, why), text=text)

    def _ask_part(self, bill: TripBill, issued: Issued) -> None:
        document = issued.document
        assert isinstance(document, Bill)
        lines = [
            f"{at} {line.name}: {cases_text(0, line.pieces)}"
            for at, line in enumerate(document.lines[:8], 1)
        ]
        question = _("What came back? Row=pieces, as 1=3 2=1. {lines}").format(
            lines=joined("  ", lines)
        )
        self.asking.ask(question, _("Next"), partial(self._part, bill, document))

    def _part(self, bill: TripBill, document: Bill, typed: str) -> None:
        back: dict[int, tuple[int, int]] = {}
        for each in typed.split():
            row, _mark, qty = each.partition("=")
            if not (row.isdecimal() and qty.isdecimal() and 1 <= int(row) <= len(document.lines)):
                self.say(_("“{text}” is not a row and its pieces.").format(text=each), Role.FAULT)
                return
            line, pieces = document.lines[int(row) - 1], int(qty)
            billed = min(pieces, line.qty)  # free pieces come home after those that were paid
            back[int(row) - 1] = (billed, pieces - billed)
        question = joined("  ", (bill.number, _("Why?")))
        self.asking.ask(question, _("Take"), lambda why: self._told(bill, Result.PART, why, back))

    def _told(
        self, bill: TripBill, result: Result, why: str,
        back: dict[int, tuple[int, int]] | None = None,
    ) -> None:  # fmt: skip
        if self.uid is None:
            return
        new = uuid7(datetime.now(UTC), os.urandom(10))
        said = deliveries.Delivery(new, self.uid, bill.id, result, why, back or {})
        self.floor.desk.do(
            deliveries.deliver, said, done=partial(self._delivered, bill), undone=self.tell
        )

    def _delivered(self, bill: TripBill, note: Posted | None) -> None:
        done = _("{bill} is entered.").format(bill=bill.number)
        if note is not None:
            done = _("{bill}: credit note {note} of ₹ {amount}.").format(
                bill=bill.number, note=note.number, amount=amount(note.total.paise)
            )
        self.say(done, Role.GOOD)
        self._aim = None
        self.scan.setFocus()
        self.read()

    def _load(self, bills: tuple[UUID, ...]) -> None:
        if self.uid is not None:
            self.floor.desk.do(trips.load, self.uid, bills, done=self._loaded, undone=self.tell)

    def _loaded(self, fresh: int) -> None:
        said = "" if fresh else _("That bill is loaded already.")
        self.say(said)
        self.scan.setFocus()
        self.read()

    def _made(self, path: Path, _reprint: bool) -> None:
        self.say(_("Its papers are in {folder}.").format(folder=path.parent), Role.GOOD)

    def _not_printed(self, error: BaseException, again: Callable[[], object]) -> None:
        self.floor.banners.tell(PAPER, messages.of_error(error), again)

    def _state(self, deed: Callable[..., Any]) -> None:
        if self.uid is not None:
            self.floor.desk.do(deed, self.uid, done=lambda _none: self.read(), undone=self.tell)

    def _show(self, trip: Trip) -> None:
        if trip.id != self.uid:
            return
        before = self.table.current()
        self.trip = trip
        waits = [at for at, bill in enumerate(trip.bills) if self._waits(trip, bill)]
        same = [at for at in waits if before and trip.bills[at].id == before.id]
        at = next(iter(same or waits), 0)
        self.table.show_rows(trip.bills, None, at)
        self._tell_head(trip)

    def _waits(self, trip: Trip, bill: TripBill) -> bool:
        done = bill.loaded if trip.state is State.LOADING else bill.result is not None
        return not done and not bill.cancelled

    def _tell_head(self, trip: Trip) -> None:
        self.title.setText(trip.number)
        weight = kg_text(trip.grams) if trip.grams else ""
        if trip.over:
            weight = _("{weight}, {over} too much").format(weight=weight, over=kg_text(trip.over))
        told: Sequence[str] = (
            _(STATES[trip.state]), trip.vehicle, trip.driver, cases_text(trip.cases, trip.loose),
            weight, _("₹ {amount}").format(amount=amount(trip.value.paise)),
            _("e-way bill needed") if any(bill.eway for bill in trip.bills) else "",
            trip.settlement,
        )  # fmt: skip
        self.facts.setText(joined("  ·  ", [one for one in told if one]))
        loading = trip.state is State.LOADING
        left = sum(self._waits(trip, bill) for bill in trip.bills)
        count = len(trip.bills)
        self.bar.setRange(0, max(count, 1))
        self.bar.setValue(count - left)
        self.bar.setFormat(f"{grouped(count - left)} / {grouped(count)}")
        what = _("Scan a bill, or Enter loads the row") if loading else _(
            "Scan a bill, or Enter says the row was delivered")  # fmt: skip
        closed = trip.state in (State.SETTLED, State.DROPPED)
        tell(self.scan, "placeholderText", _("This trip is closed") if closed else what)
        self.scan.setReadOnly(closed)

    def _changed(self, touched: dict[str, frozenset[object]]) -> None:
        if self.isVisible() and self.uid in touched.get("trip", frozenset()):
            self.read()

    def _lay_out(self) -> None:
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.facts.setWordWrap(True)
        enlarge((self.scan, 1.5), (self.table, 1.15), (self.said, 1.2))
        tell(self.scan, "accessibleName", _("Scan"))
        self.bar.setTextVisible(True)
        self.bar.setMinimumHeight(self.fontMetrics().height() + 10)
        top, buttons, rows = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        top.setSpacing(16)
        top.addWidget(self.title)
        top.addWidget(self.bar, 1)
        buttons.setSpacing(8)
        for name, slot in (
            ("dispatch.all", self.all),
            ("dispatch.part", self.part),
            ("dispatch.refused", self.refused),
            ("dispatch.closed", self.closed),
            ("dispatch.again", self.again),
            ("dispatch.back", self.back),
            ("dispatch.print", self.print),
            ("dispatch.drop", self.drop),
        ):
            buttons.addWidget(keys.button(self, name, slot))
        buttons.addStretch()
        buttons.addWidget(dress(keys.button(self, "dispatch.done", self.go_on), Role.PRIMARY))
        rows.setContentsMargins(16, 10, 16, 10)
        rows.setSpacing(10)
        for part in (top, self.facts, self.scan, self.table, self.asking, self.said, buttons):
            if isinstance(part, QWidget):
                rows.addWidget(part, int(part is self.table))
            else:
                rows.addLayout(part)
        self.said.hide()
