"""Van sale: what a van took, sold and has left today, and the sheets that load and count it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from dms_desktop.domain.masters import folded
from dms_desktop.domain.powers import Power, needs, power_of
from dms_desktop.language.catalogue import N_, _, joined
from dms_desktop.language.figures import amount, grouped
from dms_desktop.services import series, van_reads, vans
from dms_desktop.services.stock_rows import Piece, Place
from dms_desktop.services.stock_seen import Lying, Seen
from dms_desktop.services.van_reads import VanDay, VanGoods
from dms_desktop.services.vans import Unload, VanLoad
from dms_desktop.store.session import Reading
from dms_desktop.ui import keys
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.list_screen import Listing, ListScreen
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.kit.table import Column
from dms_desktop.ui.stock_work.places import Around, around
from dms_desktop.ui.stock_work.sheet import lot_text
from dms_desktop.ui.stock_work.typed import Typed, TypedSheet
from dms_desktop.ui.theme import Role, dress

NO_VAN = N_("There is no van yet: make one among the masters, under godowns.")
Found = tuple[Around, Place | None, VanDay]
MONEY = (
    ("sold", N_("Sold: {amount}")),
    ("cash", N_("Cash: {amount}")),
    ("upi", N_("UPI: {amount}")),
    ("cheques", N_("Cheques: {amount}")),
    ("others", N_("Paid otherwise: {amount}")),
    ("left", N_("On credit: {amount}")),
    ("short", N_("Booked to the man: {amount}")),
)
GOODS: Sequence[Column[VanGoods]] = (
    Column(N_("Code"), lambda one: one.code, 10),
    Column(N_("Item"), lambda one: one.name),
    Column(N_("Batch"), lambda one: one.batch, 12),
    Column(N_("Had"), lambda one: _qty(one.before), 8, right=True),
    Column(N_("Loaded"), lambda one: _qty(one.loaded), 8, right=True),
    Column(N_("Sold"), lambda one: _qty(one.sold), 8, right=True),
    Column(N_("Came home"), lambda one: _qty(one.home), 11, right=True),
    Column(N_("Short"), lambda one: _qty(one.short), 8, right=True),
    Column(N_("In the van"), lambda one: _qty(one.left), 11, right=True),
)


def _qty(pieces: int) -> str:
    return grouped(pieces) if pieces else ""


@needs(Power.LOOK)
def _day(reading: Reading, at: int) -> Found:
    """The godowns, the van at this turn and its day; no van where there is none."""
    found = around(reading)
    every = [one for one in found.places if one.kind == "van"]
    if not every:
        return found, None, VanDay(())
    van, day = every[at % len(every)], series.today(reading)
    godowns = tuple(one for one in found.places if one.kind == "godown")
    return replace(found, places=godowns), van, van_reads.reconcile(reading, van.code, day, day)


@needs(Power.LOOK)
def _goods(reading: Reading, text: str, after: Any) -> tuple[tuple[VanGoods, ...], None]:
    return _day(reading, 0)[2].goods, None


class LoadSheet(TypedSheet):
    """From the godown in the head to the van."""

    def __init__(self, floor: Floor, near: Around, van: Place) -> None:
        super().__init__(floor, _("Load {van}").format(van=van.name), near)
        self.van = van

    def choices(self, found: Seen) -> list[tuple[str, Lying | None]]:
        lying = [(lot_text(row), row) for row in found.lots if row.qty]
        return [(_("first expiry first"), None), *lying]

    def asked(self) -> tuple[Callable[..., Any], Any]:
        rows = tuple(row.piece for row in self.rows)
        return vans.load, VanLoad(self.id, self.van.code, rows, self.godown.currentData().code)


class UnloadSheet(TypedSheet):
    """Everything in the van is counted, to the godown in the head; what lacks is the man's."""

    def __init__(self, floor: Floor, near: Around, van: Place) -> None:
        super().__init__(floor, _("Count {van} home").format(van=van.name), near)
        self.van = van
        self.man = self.words(_("Who answers, if not the driver"))

    @property
    def place(self) -> int:
        return self.van.id

    def choices(self, found: Seen) -> list[tuple[str, Lying | None]]:
        lying = [(lot_text(row), row) for row in found.lots if row.qty]
        return [(_("all batches"), None), *lying]

    def entered(self, piece: Piece, lying: Lying | None) -> None:
        assert self.seen is not None
        lot = _("all batches") if lying is None else lot_text(lying)
        self.rows.append(Typed(self.seen.item.name, lot, piece))
        self._changed()
        self.clear()

    def asked(self) -> tuple[Callable[..., Any], Any]:
        rows = tuple(row.piece for row in self.rows)
        ends = self.van.code, rows, self.godown.currentData().code
        return vans.unload, Unload(self.id, *ends, self.man.text().strip())


class VanPage(ListScreen[VanGoods]):
    """`left` back to the trips; `sheet` comes with a sheet that is to be worked on."""

    left, sheet = Signal(), Signal(object)

    def __init__(self, floor: Floor) -> None:
        super().__init__(
            floor,
            Listing(
                N_("Van sale"),
                N_("Item or batch"),
                GOODS,
                _goods,
                lambda one: (one.code, one.batch),
                frozenset({"document", "place", "stock"}),
                N_("Nothing was in this van today. Load it."),
            ),
        )
        self.at = 0
        self.van: Place | None = None
        self.day, self.near = VanDay(()), Around((), ())
        self.money = dress(Label(), Role.MUTED)
        self.money.setWordWrap(True)
        self.below.addWidget(self.money)
        self.buttons.addWidget(keys.button(self, "van.next", self.turn))
        self.unload = keys.button(self, "van.unload", partial(self._begin, UnloadSheet))
        self.buttons.addWidget(self.unload)
        self.buttons.addStretch()
        self.buttons.addWidget(keys.button(self, "back", self.left.emit))
        load = keys.button(self, "van.load", partial(self._begin, LoadSheet))
        self.buttons.addWidget(dress(load, Role.PRIMARY))
        floor.desk.entered.connect(self._look_who)
        self._look_who()

    def begin(self) -> None:
        self.hush()
        self.read()
        self.table.setFocus()

    def turn(self) -> None:
        """The next van."""
        self.at += 1
        self.read()

    def ask(self, after: Any, done: Callable[[Any], object]) -> None:
        self.floor.desk.ask(_day, self.at, done=partial(self._keep, done), undone=self.tell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def speak_again(self) -> None:
        if self.van is None:
            return
        self.title.setText(joined("  ", (_("Van sale"), self.van.name)))
        told = [
            _(said).format(amount=_("₹ {amount}").format(amount=amount(paise)))
            for name, said in MONEY
            if (paise := getattr(self.day, name).paise)
        ]
        if self.day.goods and self.day.empty:
            told.append(_("Nothing lies in the van; all is accounted for."))
        self.money.setText(joined("  ·  ", told))

    def _keep(self, done: Callable[[Any], object], found: Found) -> None:
        self.near, self.van, self.day = found
        if self.van is None:
            self.say(_(NO_VAN))
        self.speak_again()
        wanted = folded(self.search.text())
        rows = [
            one
            for one in self.day.goods
            if wanted in folded(joined(" ", (one.code, one.name, one.batch)))
        ]
        done((rows, None))

    def _begin(self, made: type[LoadSheet] | type[UnloadSheet]) -> None:
        if self.van is not None:
            self.sheet.emit(made(self.floor, self.near, self.van))

    def _look_who(self) -> None:
        """Counting home writes dues: for those who settle."""
        may = self.floor.desk.actor.may(power_of(vans.unload))
        self.unload.setVisible(may)
        self.unload.setEnabled(may)
