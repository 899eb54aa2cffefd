"""Knows what stands beside the bill: how its party stands, and of an item what no price needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from dms_desktop.ui.billing import looks
from dms_desktop.ui.billing.looks import ItemSeen
from dms_desktop.ui.desk import Desk

if TYPE_CHECKING:
    from dms_desktop.services.panel import PartyPanel

Question = tuple[Any, ...]
PAUSE_MS = 30  # the line itself is priced and painted first


class Latest(QObject):
    """Asks one question at a time: of those that come meanwhile only the newest is asked."""

    def __init__(self, desk: Desk, query: Callable[..., Any], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._query = desk, query
        self._asked: Question | None = None
        self._next: Question | None = None

    def ask(self, question: Question, done: Callable[[Any], object]) -> None:
        """`done` gets the answer, unless another question came after this one."""
        if self._asked is not None:
            self._next = (question, done)
            return
        self._asked = question
        self._desk.ask(
            self._query,
            *question,
            done=partial(self._answered, done),
            undone=lambda error: self._go_on(),  # the bill does not hang on it; the next one asks
        )

    def _answered(self, done: Callable[[Any], object], answer: Any) -> None:
        if not self._go_on():
            done(answer)

    def _go_on(self) -> bool:
        self._asked, waiting, self._next = None, self._next, None
        if waiting is not None:
            self.ask(*waiting)
        return waiting is not None


class Beside(QObject):
    """`party` and `item` are None until they are read, and are read anew when they change."""

    learnt = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.party: PartyPanel | None = None
        self.item: ItemSeen | None = None
        self._party_id = 0
        self._item: Question = ()
        self._parties = Latest(desk, looks.party_seen, self)
        self._items = Latest(desk, looks.item_seen, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._read_item)
        desk.changed.connect(self._changed)

    def look_at_party(self, party_id: int) -> None:
        """Nil for a walk-in, of whom nothing is known."""
        if party_id != self._party_id:
            self._party_id, self.party = party_id, None
            self._read_party()

    def look_at_item(self, item_id: int, place_id: int, day: date) -> None:
        """Nil for none."""
        question = (item_id, self._party_id, place_id, day) if item_id else ()
        if question != self._item:
            if not self._item or not question or question[0] != self._item[0]:
                self.item = None
            self._item = question
            self._pause.start()

    def _changed(self, touched: Mapping[str, frozenset[Any]]) -> None:
        """A document, a receipt or a change of terms may have moved what is shown."""
        terms = bool(touched.keys() & {"setting", "party_principal", "principal"})
        if terms or self._party_id in touched.get("party", ()):
            self._read_party()
        if terms or (self._item and self._item[0] in touched.get("item", ())):
            self._read_item()

    def _read_party(self) -> None:
        if self._party_id:
            asked = self._party_id
            self._parties.ask((asked,), lambda seen: self._know_party(asked, seen))

    def _know_party(self, asked: int, seen: PartyPanel) -> None:
        if asked == self._party_id:
            self.party = seen
            self.learnt.emit()

    def _read_item(self) -> None:
        if asked := self._item:
            self._items.ask(asked, lambda seen: self._know_item(asked, seen))

    def _know_item(self, asked: Question, seen: ItemSeen) -> None:
        if asked == self._item:
            self.item = seen
            self.learnt.emit()
