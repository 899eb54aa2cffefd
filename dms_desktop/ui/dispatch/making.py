"""A new trip: bills are marked, a vehicle is named, and it is being loaded."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import total
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.trip import TripBill
from dms_desktop.domain.uid import uuid7
from dms_desktop.language.catalogue import N_, _, joined, ngettext
from dms_desktop.language.figures import amount, grouped
from dms_desktop.services import trip_reads, trips, vehicles
from dms_desktop.services.vehicles import Vehicle
from dms_desktop.store.session import Reading
from dms_desktop.ui import keys, messages
from dms_desktop.ui.dispatch.columns import kg_text, waiting_columns
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.asking import Asking
from dms_desktop.ui.kit.list_screen import Listing, ListScreen
from dms_desktop.ui.theme import Role, dress


@needs(Power.LOOK)
def _read(reading: Reading, text: str) -> tuple[list[TripBill], None]:
    wanted = folded(text)
    return [
        one
        for one in trip_reads.waiting(reading)
        if wanted in folded(joined(" ", (one.number, one.party, one.beat)))
    ], None


@needs(Power.DISPATCH)
def _new_id(reading: Reading) -> tuple[UUID, list[Vehicle]]:
    return uuid7(reading.now, os.urandom(10)), vehicles.vehicles(reading)


class MakingPage(ListScreen[TripBill]):
    """`made` comes with the new trip; `left` when nothing is made of it."""

    made = Signal(object)  # UUID
    left = Signal()

    def __init__(self, floor: Floor) -> None:
        self.marked: dict[UUID, TripBill] = {}
        self._new: UUID | None = None
        self._vehicles: Sequence[str] = ()
        super().__init__(
            floor,
            Listing(
                N_("What is to go out"),
                N_("Bill, party or beat"),
                waiting_columns(self.marked),
                _read,
                lambda one: one.id,
                frozenset({"document", "trip"}),
                N_("No bill waits for a vehicle."),
            ),
        )
        self.asking = Asking()
        self.below.addWidget(self.asking)
        for name, slot in (("dispatch.mark", self.mark), ("dispatch.all", self.mark_all)):
            self.buttons.addWidget(keys.button(self.table, name, slot))
        self.buttons.addStretch()
        self.buttons.addWidget(keys.button(self, "back", self.left.emit))
        done = dress(keys.button(self, "dispatch.done", self.make), Role.PRIMARY)
        self.buttons.addWidget(done)
        self.opened.connect(lambda _row: self.mark())

    def ask(self, after: Any, done: Callable[[Any], object]) -> None:
        text = self.search.text().strip()
        self.floor.desk.ask(_read, text, done=done, undone=self.tell)

    def begin(self) -> None:
        """Nothing is marked yet; what is made now is one trip, however often it is told."""
        self.marked.clear()
        self.hush()
        self.asking.leave()
        self.floor.desk.ask(_new_id, done=self._begun, undone=self.tell)
        self.read()
        self.table.setFocus()

    def mark(self) -> None:
        """The row of the cursor, or not any more; the cursor goes on. Bills come off in the order
        in which they are marked."""
        row = self.table.current()
        if row is None:
            return
        if self.marked.pop(row.id, None) is None:
            self.marked[row.id] = row
        at = self.table.currentIndex().row()
        self.table.selectRow(min(at + 1, len(self.table.model_of.rows) - 1))
        self._tell_marked()

    def mark_all(self) -> None:
        """Every row in sight; once more, none."""
        rows = {row.id: row for row in self.table.model_of.rows}
        if rows.keys() <= self.marked.keys():
            for key in rows:
                del self.marked[key]
        else:
            self.marked.update(rows)
        self._tell_marked()

    def make(self) -> None:
        """Ask which vehicle."""
        if not self.marked:
            self.say(_("Mark the bills that go on the vehicle."), Role.FAULT)
            return
        question = _("Which vehicle? {vehicles}").format(
            vehicles=joined("  ", [f"{at} {one}" for at, one in enumerate(self._vehicles[:6], 1)])
        )
        self.asking.ask(question, _("Load"), self._make, text="1" if self._vehicles else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _begun(self, found: tuple[UUID, list[Vehicle]]) -> None:
        self._new, every = found
        self._vehicles = [one.number for one in every if one.active]

    def _make(self, said: str) -> None:
        if self._new is None:
            return
        at = int(said) - 1 if said.isascii() and said.isdigit() else -1
        number = self._vehicles[at] if 0 <= at < len(self._vehicles) else said
        bills = tuple(one.id for one in self.marked.values())
        asked = trips.NewTrip(self._new, number, bills)
        self.floor.desk.do(trips.make, asked, done=self.made.emit, undone=self._not_made)

    def _not_made(self, error: BaseException) -> None:
        self.say(messages.of_error(error), Role.FAULT)

    def _tell_marked(self) -> None:
        self.table.viewport().update()
        bills = list(self.marked.values())
        said = ngettext("{count} bill: {amount}, {weight}.", "{count} bills: {amount}, {weight}.",
                        len(bills))  # fmt: skip
        worth = _("₹ {amount}").format(amount=amount(total(one.value for one in bills).paise))
        weight = kg_text(sum(one.grams for one in bills))
        told = said.format(count=grouped(len(bills)), amount=worth, weight=weight)
        self.say(told if bills else "")
