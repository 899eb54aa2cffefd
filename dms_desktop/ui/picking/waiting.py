"""Bills or orders that nobody fetched yet: marked ones become a pick list."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTabBar

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.masters import folded
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.uid import uuid7
from dms_desktop.language.catalogue import N_, _, joined, ngettext
from dms_desktop.language.figures import grouped
from dms_desktop.services import picking, series
from dms_desktop.services.picking import Unpicked, Wanted
from dms_desktop.store.session import Reading
from dms_desktop.ui import keys, messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.list_screen import Listing, ListScreen
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.picking.columns import KINDS, waiting_columns
from dms_desktop.ui.theme import Role, dress

SINCE_DAYS = 7  # what is older was fetched without a list


@needs(Power.LOOK)
def _read(reading: Reading, kind: Kind, text: str) -> tuple[list[Unpicked], None]:
    since = series.today(reading) - timedelta(days=SINCE_DAYS)
    wanted = folded(text)
    found = picking.unpicked(reading, kind, since)
    return [
        one
        for one in found
        if wanted in folded(joined(" ", (one.number, one.party, one.beat, one.trip, one.vehicle)))
    ], None


@needs(Power.PICK)
def _new_id(reading: Reading) -> UUID:
    return uuid7(reading.now, os.urandom(10))


class WaitingPage(ListScreen[Unpicked]):
    """`made` comes with the new list; `left` when nothing is made of it."""

    made = Signal(object)  # UUID
    left = Signal()

    def __init__(self, floor: Floor) -> None:
        self.kind, self.kinds = Kind.BILL, QTabBar()
        self.marked: set[object] = set()
        self._new: tuple[frozenset[object], UUID] | None = None
        super().__init__(
            floor,
            Listing(
                N_("What is to be picked"),
                N_("Number, party, beat, trip or vehicle"),
                waiting_columns(self.marked),
                _read,
                lambda one: one.id,
                frozenset({"document", "pick_list", "waiting"}),
                N_("Everything is on a list."),
            ),
        )
        self.kinds.setDrawBase(False)
        self.kinds.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for word in KINDS.values():
            self.kinds.addTab(_(word))
        self.kinds.tabBarClicked.connect(self._click_kind)
        self.corner.addWidget(dress(Label(keys.key_text("picking.kind")), Role.MUTED))
        self.corner.addWidget(self.kinds)
        keys.bind(self, "picking.kind", self.next_kind)
        for name, slot in (("picking.mark", self.mark), ("picking.all", self.mark_all)):
            self.buttons.addWidget(keys.button(self.table, name, slot))
        self.buttons.addStretch()
        self.buttons.addWidget(keys.button(self, "back", self.left.emit))
        done = dress(keys.button(self, "picking.done", self.make), Role.PRIMARY)
        self.buttons.addWidget(done)
        self.opened.connect(lambda _row: self.mark())

    def ask(self, after: Any, done: Callable[[Any], object]) -> None:
        text = self.search.text().strip()
        self.floor.desk.ask(_read, self.kind, text, done=done, undone=self.tell)

    def begin(self) -> None:
        """Nothing is marked yet."""
        self.marked.clear()
        self.hush()
        self.read()
        self.table.setFocus()

    def next_kind(self) -> None:
        kinds = list(KINDS)
        self._show_kind(kinds[(kinds.index(self.kind) + 1) % len(kinds)])

    def mark(self) -> None:
        """The row of the cursor, or not any more; the cursor goes on."""
        row = self.table.current()
        if row is None:
            return
        self.marked ^= {row.id}
        at = self.table.currentIndex().row()
        self.table.selectRow(min(at + 1, len(self.table.model_of.rows) - 1))
        self._tell_marked()

    def mark_all(self) -> None:
        """Every row in sight; once more, none."""
        rows = {row.id for row in self.table.model_of.rows}
        if rows <= self.marked:
            self.marked -= rows
        else:
            self.marked |= rows
        self._tell_marked()

    def make(self) -> None:
        """What is marked becomes one list; told again after a fault it is the same list."""
        wanted = frozenset(self.marked)
        if self._new is not None and self._new[0] == wanted:
            self._make(self._new[1])
        else:
            self.floor.desk.ask(_new_id, done=self._make, undone=self.tell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def speak_again(self) -> None:
        for at, word in enumerate(KINDS.values()):
            self.kinds.setTabText(at, _(word))

    def _make(self, new: UUID) -> None:
        self._new = frozenset(self.marked), new
        rows = [row for row in self.table.model_of.rows if row.id in self.marked]
        beats = dict.fromkeys(row.beat for row in rows if row.beat)
        route = joined(", ", beats) if len(beats) < 4 else ""
        vehicles = {row.vehicle for row in rows}
        vehicle = vehicles.pop() if len(vehicles) == 1 else ""
        wanted = Wanted(new, tuple(row.id for row in rows), str(route), vehicle)
        self.floor.desk.do(
            picking.make,
            wanted,
            done=self._made,
            undone=partial(self._not_made),
        )

    def _made(self, new: UUID) -> None:
        self._new = None
        self.marked.clear()
        self.made.emit(new)

    def _not_made(self, error: BaseException) -> None:
        self.say(messages.of_error(error), Role.FAULT)

    def _click_kind(self, at: int) -> None:
        if at >= 0:
            self._show_kind(list(KINDS)[at])

    def _show_kind(self, kind: Kind) -> None:
        if kind is not self.kind:
            self.kind = kind
            self.kinds.setCurrentIndex(list(KINDS).index(kind))
            self.marked.clear()
            self.hush()
            self.read()

    def _tell_marked(self) -> None:
        self.table.viewport().update()
        count = len(self.marked)
        said = ngettext("{count} is marked.", "{count} are marked.", count)
        self.say(said.format(count=grouped(count)) if count else "")
