"""The list of bills, newest first: found by whatever is known of one, looked at, printed again,
copied, cancelled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QTabBar, QVBoxLayout

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.powers import Power, needs
from dms_desktop.language.catalogue import N_, _
from dms_desktop.services import bill_detail, bill_list
from dms_desktop.services.bill_detail import Detail
from dms_desktop.services.bill_list import Listed, Place, Wanted
from dms_desktop.store.session import Reading
from dms_desktop.ui import keys
from dms_desktop.ui.bills.columns import KINDS, LISTED, TITLES
from dms_desktop.ui.bills.details import Details
from dms_desktop.ui.bills.filters import Filters
from dms_desktop.ui.bills.verbs import Verbs
from dms_desktop.ui.bills.wanted import ways
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.asking import ENTER, Asking
from dms_desktop.ui.kit.list_screen import TYPING_MS, Listing, ListScreen
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.theme import Role, dress

After = tuple[Wanted, Place]
POWERS = {
    "bills.cancel": (Power.CANCEL,),
    "bills.right": (Power.CANCEL, Power.BILL),
    "bills.copy": (Power.BILL,),
}


@needs(Power.LOOK)
def _read(
    reading: Reading, text: str, boxes: Wanted, after: After | None
) -> tuple[Sequence[Listed], After | None]:
    """A page; what the text may mean is tried until something answers to it."""
    if after is not None:
        page = bill_list.page(reading, *after)
        return page.rows, (after[0], page.after) if page.after else None
    for wanted in ways(text, boxes):
        page = bill_list.page(reading, wanted)
        if page.rows:
            return page.rows, (wanted, page.after) if page.after else None
    return (), None


class BillsScreen(ListScreen[Listed]):
    """Every bill that was ever posted; the other papers that goods stand on as well."""

    def __init__(self, floor: Floor) -> None:
        self.kind, self.kinds = Kind.BILL, QTabBar()
        self.boxes, self.details, self.asking = Filters(floor.desk), Details(), Asking()
        super().__init__(
            floor,
            Listing(
                N_("Bills"),
                N_("Number, party, phone, amount or date"),
                LISTED,
                _read,
                lambda row: row.id,
                frozenset({"document", "document_event", "waiting"}),
            ),
        )
        self.table.model_of.muted = lambda row: row.cancelled
        self.verbs = Verbs(self)
        self._buttons: dict[str, Any] = {}
        self._add_parts()
        self._add_buttons()
        self._offer()
        self.opened.connect(self.verbs.open)
        self.chosen.connect(self._choose)
        self.verbs.papers.printed.connect(lambda _: self._pause.start(TYPING_MS))
        floor.desk.entered.connect(self._offer)

    def arrive(self) -> None:
        """Papers may have been printed meanwhile, of which no table tells."""
        self._stale = True
        super().arrive()

    def ask(self, after: Any, done: Callable[[Any], object]) -> None:
        text, boxes = self.search.text().strip(), self.boxes.wanted(self.kind)
        self.floor.desk.ask(_read, text, boxes, after, done=done, undone=self.tell)

    def show_kind(self, kind: Kind) -> None:
        """The same list with another kind of paper in it."""
        self.kind = kind
        self.kinds.setCurrentIndex(KINDS.index(kind))
        self.title.setText(_(TITLES[kind]))
        self.say("")
        self.read()

    def next_kind(self) -> None:
        self.show_kind(KINDS[(KINDS.index(self.kind) + 1) % len(KINDS)])

    def speak_again(self) -> None:
        for at, kind in enumerate(KINDS):
            self.kinds.setTabText(at, _(TITLES[kind]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.boxes.holds(QApplication.focusWidget()):
            self.boxes.tidy()
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def _choose(self, row: Listed | None) -> None:
        """All that is known of it, read behind the cursor."""
        if row is None:
            self.details.show_detail(None)
            return
        show = partial(self._show_detail, row)
        self.floor.desk.ask(bill_detail.detail, row.id, done=show, undone=self.tell)

    def _show_detail(self, row: Listed, detail: Detail) -> None:
        current = self.table.current()
        if current is not None and current.id == row.id:
            self.details.show_detail(detail)

    def _offer(self) -> None:
        """Only what this user may do."""
        may = self.floor.desk.actor.may
        for name, button in self._buttons.items():
            has = all(map(may, POWERS.get(name, ())))
            button.setEnabled(has)
            button.setVisible(has)

    def _add_parts(self) -> None:
        self.boxes.changed.connect(lambda: self._pause.start(TYPING_MS))
        self.filters.addWidget(self.boxes)
        keys.bind(self, "bills.narrow", self._to_boxes)
        self.kinds.setDrawBase(False)
        self.kinds.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for kind in KINDS:
            self.kinds.addTab(_(TITLES[kind]))
        self.kinds.tabBarClicked.connect(self._click_kind)
        keys.bind(self, "bills.kind", self.next_kind)
        self.corner.addWidget(dress(Label(keys.key_text("bills.kind")), Role.MUTED))
        self.corner.addWidget(self.kinds)
        self.below.setSpacing(10)
        self.below.addWidget(self.asking)
        self.below.addWidget(self.details, 1)
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.setStretchFactor(self.below, 1)

    def _click_kind(self, at: int) -> None:
        if at >= 0:
            self.show_kind(KINDS[at])

    def _to_boxes(self) -> None:
        self.boxes.from_day.setFocus()
        self.boxes.from_day.selectAll()

    def _add_buttons(self) -> None:
        verbs = self.verbs
        actions: tuple[tuple[str, Callable[[Listed], object]], ...] = (
            ("bills.keep", verbs.keep),
            ("bills.copy", verbs.copy),
            ("bills.right", verbs.right),
            ("bills.cancel", verbs.cancel),
        )
        for name, verb in actions:
            self._add(name, partial(self._with_current, verb))
        self._add("bills.print_left", verbs.print_left)
        self.buttons.addStretch()
        self._add("bills.print", partial(self._with_current, verbs.print))
        dress(self._buttons["bills.print"], Role.PRIMARY)

    def _add(self, name: str, slot: Callable[[], object]) -> None:
        self._buttons[name] = keys.button(self, name, slot)
        self.buttons.addWidget(self._buttons[name])

    def _with_current(self, verb: Callable[[Listed], object]) -> None:
        if (row := self.table.current()) is not None:
            verb(row)
