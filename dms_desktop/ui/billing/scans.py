"""Scans on their way to a line: where an item has several MRPs, the pack in hand decides."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dms_desktop.domain.draft import Ask
from dms_desktop.domain.facts import Item, Lot
from dms_desktop.domain.fefo import in_order, sellable
from dms_desktop.domain.money import Money
from dms_desktop.language.catalogue import _, joined
from dms_desktop.language.figures import grouped
from dms_desktop.store.search_entries import Found
from dms_desktop.ui import keys
from dms_desktop.ui.billing.cells import with_sign
from dms_desktop.ui.billing.parts import Parts
from dms_desktop.ui.billing.scanning import Scanned, disagreement, of_lot
from dms_desktop.ui.theme import Role

if TYPE_CHECKING:
    from dms_desktop.ui.kit.choice import Choice


class Scans(QObject):
    """None is lost and none counts twice: each waits until its item is read, and for its answer."""

    ready = Signal(object)  # Ask, for a line

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._waiting: deque[Scanned] = deque()
        self._asking = ""  # the item that is asked about
        parts.entry.scanned.connect(self._scan)
        parts.entry.mrp_wanted.connect(self._choose_for_typing)
        parts.knowledge.learnt.connect(self._go_on)

    @cached_property
    def choice(self) -> Choice:
        """Made when an item has several MRPs for the first time."""
        from dms_desktop.ui.kit.choice import Choice

        made = Choice(_("Which MRP?"))
        made.disturbed.connect(self.tell_open)
        return made

    @property
    def asking(self) -> bool:
        """Whether something scanned waits for the clerk's answer."""
        return bool(self._asking)

    @property
    def waiting(self) -> bool:
        """Whether the item of something scanned is still being read."""
        return bool(self._waiting)

    def tell_open(self) -> None:
        """What was scanned waits for an answer, and nothing can be done before."""
        wait = _("Nothing was added: choose the MRP of {item} first, then scan again.")
        self._parts.side.say(wait.format(item=self._asking), Role.FAULT)

    def settle(self) -> None:
        """What waits for its item to be read goes on its line as it is: nobody is asked now."""
        while self._waiting:
            self.ready.emit(self._waiting.popleft().ask)

    def forget(self) -> None:
        """Another bill is at the counter."""
        self._waiting.clear()
        if self._asking:
            self.choice.drop()

    def _scan(self, wanted: Scanned) -> None:
        self._waiting.append(wanted)
        self._go_on()

    def _go_on(self) -> None:
        """In the order in which they came; one at a time is asked about."""
        knowledge = self._parts.knowledge
        while self._waiting and not self._asking:
            wanted = self._waiting[0]
            ask, item = wanted.ask, knowledge.item(wanted.ask.item_id)
            if item is None:
                knowledge.expect(ask.item_id, wanted.name)
                if not knowledge.ready:
                    return
            self._waiting.popleft()
            if item:
                ask = of_lot(wanted, item)
                if differs := disagreement(wanted, ask, item):
                    self._parts.side.say(differs, Role.WARNING)
            if item and ask.batch is None and len(mrps := self._mrps(item)) > 1:
                self._ask(
                    self._parts.entry.item,
                    item,
                    mrps,
                    partial(self._give, ask),
                    _("{item} was not added.").format(item=item.name),
                )
            else:
                self.ready.emit(ask)

    def _give(self, ask: Ask, mrp: Money) -> None:
        self.ready.emit(replace(ask, mrp=mrp))

    def _choose_for_typing(self, item_id: int) -> None:
        """The clerk wants another MRP of the item that he is typing."""
        entry, item = self._parts.entry, self._parts.knowledge.item(item_id)
        if item and len(mrps := self._mrps(item)) > 1:
            self._ask(entry.quantity, item, mrps, partial(entry.force_mrp, item_id), "")

    def _ask(
        self,
        box: QWidget,
        item: Item,
        mrps: Sequence[Money],
        then: Callable[[Money], object],
        dropped: str,
    ) -> None:
        self._asking = item.name
        rows = [self._row(at, item, mrp) for at, mrp in enumerate(mrps)]
        current = next((at for at, mrp in enumerate(mrps) if mrp == self._last(item)), 0)
        note = _("{item} has several MRPs. {down}, {take}").format(
            item=item.name, down=keys.caption("lookup.down"), take=keys.caption("lookup.take")
        )

        def chosen(at: int) -> None:
            self._asking = ""
            self._parts.side.say("")
            then(mrps[at])
            self._go_on()

        def not_chosen() -> None:
            self._asking = ""
            self._parts.side.say(dropped, Role.WARNING)
            self._go_on()

        self.choice.ask(box, rows, current, note, chosen=chosen, dropped=not_chosen)

    def _row(self, at: int, item: Item, mrp: Money) -> Found:
        lots = [lot for lot in self._sellable(item) if lot.mrp == mrp]
        pieces = _("{pieces} in hand").format(pieces=grouped(sum(lot.on_hand for lot in lots)))
        expiry = f"{lots[0].expiry:%m/%y}" if lots[0].expiry else ""
        name = _("MRP {mrp}").format(mrp=with_sign(mrp))
        return Found(at, "", name, joined("  ·  ", (pieces, expiry)))

    def _mrps(self, item: Item) -> tuple[Money, ...]:
        """Of what can be sold, the one that goes first at the top."""
        return tuple(dict.fromkeys(lot.mrp for lot in self._sellable(item) if lot.mrp))

    def _sellable(self, item: Item) -> list[Lot]:
        parts = self._parts
        facts, day = parts.knowledge.facts, parts.draft.day
        life = facts.party.min_life_days if facts else 0
        return [lot for lot in in_order(item.lots) if sellable(lot, on=day, life_days=life)]

    def _last(self, item: Item) -> Money | None:
        """The MRP that was chosen for it last on this bill."""
        asks = reversed(self._parts.draft.asks)
        return next((ask.mrp for ask in asks if ask.item_id == item.id and ask.mrp), None)
