"""An item that is short, shared among the orders that wait for it: shown, then reserved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.shortage import Sharing
from dms_desktop.domain.units import spell
from dms_desktop.language.catalogue import N_, _, ngettext
from dms_desktop.language.figures import day_text, grouped
from dms_desktop.services import sharing
from dms_desktop.services.sharing import Part, Plan
from dms_desktop.services.tray_panel import OrderLine
from dms_desktop.store.session import Reading, Tx
from dms_desktop.ui import keys
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.table import Column, Table
from dms_desktop.ui.orders.panel import Panel

MODES = {
    Sharing.OLDEST_FIRST: N_("the oldest first"),
    Sharing.PROPORTIONAL: N_("each in proportion"),
}


@needs(Power.BILL)
def _plan(reading: Reading, line: OrderLine, mode: Sharing | None) -> Plan:
    return sharing.plan(reading, line.item_id, line.place_id, mode)


@needs(Power.BILL)
def _apply(tx: Tx, plan: Plan) -> Plan:
    return sharing.apply(tx, plan)


class SharePanel(Panel):
    """Who gets how much of one item. Nothing is kept for anybody until it is done as shown."""

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor)
        self.plan: Plan | None = None
        self._line: OrderLine | None = None
        self._mode: Sharing | None = None  # as the house shares
        self.table: Table[Part] = Table(self._columns(), _("Who gets how much"))
        self.middle.addWidget(self.table)
        other = self.key_button("orders.share", self.change_mode)
        other.setText(_("{key} Share it the other way").format(key=keys.key_text("orders.share")))
        self.bottom.insertWidget(0, other)
        self.setFocusProxy(self.table)

    def begin(self, line: OrderLine) -> None:
        """Show the plan for the item of this line."""
        self._line, self._mode = line, None
        self._read()

    def change_mode(self) -> None:
        if self.plan is None:
            return
        oldest = self.plan.mode is Sharing.OLDEST_FIRST
        self._mode = Sharing.PROPORTIONAL if oldest else Sharing.OLDEST_FIRST
        self._read()

    def take(self) -> None:
        """Keep for each what the plan gives him."""
        if self.plan is not None:
            self.floor.desk.do(
                _apply,
                self.plan,
                done=self._applied,
                undone=lambda error: self.failed.emit(error, self._read),
            )

    def _read(self) -> None:
        self.plan = None  # nothing is done that nobody has seen
        if self._line is not None:
            self.floor.desk.ask(
                _plan,
                self._line,
                self._mode,
                done=partial(self._show, self._line),
                undone=lambda error: self.failed.emit(error, self._read),
            )

    def _show(self, line: OrderLine, plan: Plan) -> None:
        self.plan = plan
        said = _("{item}: {have} there, {wanted} wanted, {short} short. Shared {mode}.")
        self.heading.setText(
            said.format(
                item=line.name,
                have=self._pieces(plan.have),
                wanted=self._pieces(sum(part.wanted for part in plan.parts)),
                short=self._pieces(plan.short),
                mode=_(MODES[plan.mode]),
            )
        )
        self.table.show_rows(plan.parts, None)

    def _applied(self, plan: Plan) -> None:
        served = sum(1 for part in plan.parts if part.given)
        said = ngettext(
            "{pieces} pieces are kept for {count} order.",
            "{pieces} pieces are kept for {count} orders.",
            served,
        )
        pieces = grouped(sum(part.given for part in plan.parts))
        self.done.emit(said.format(pieces=pieces, count=grouped(served)))

    def _pieces(self, qty: int) -> str:
        line = self._line
        return spell(qty, line.case, line.inner) if line and qty else str(qty)

    def _columns(self) -> Sequence[Column[Part]]:
        pieces: Callable[[int], str] = self._pieces
        return (
            Column(N_("Order"), lambda part: part.number, 16),
            Column(N_("Date"), lambda part: day_text(part.day), 11),
            Column(N_("Party"), lambda part: part.party),
            Column(N_("Wanted"), lambda part: pieces(part.wanted), 14, right=True),
            Column(N_("Gets"), lambda part: pieces(part.given), 14, right=True),
            Column(N_("Short"), lambda part: pieces(part.wanted - part.given), 14, right=True),
        )
