"""Every waiting order of a beat billed in one go, while the counter goes on; and what became."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressBar

from dms_desktop.domain.refusals import Refused
from dms_desktop.language.catalogue import N_, _, joined, ngettext
from dms_desktop.language.figures import amount, grouped
from dms_desktop.services import bulk, tray
from dms_desktop.services.bulk import Fate, Outcome, Rest
from dms_desktop.services.catalogue import House
from dms_desktop.services.posting import Posted
from dms_desktop.services.tray import Waiting
from dms_desktop.store import runs
from dms_desktop.store.runs import Begun
from dms_desktop.ui import keys, messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.kit.table import Column, Table
from dms_desktop.ui.orders.panel import Panel
from dms_desktop.ui.theme import Role, dress

FATES = {
    Fate.BILLED: N_("Billed"),
    Fate.SHORT: N_("Short"),
    Fate.HELD: N_("Held"),
    Fate.REFUSED: N_("Refused"),
}
RESTS = {
    Rest.KEEP: N_("What is short goes on waiting."),
    Rest.DROP: N_("What is short is dropped."),
}


class Run(QObject):
    """One order after the other, each a transaction of its own, so that nobody else waits long.

    Stopped, or stopped by the machine, it goes on under the same id, even in a program that was
    started again: no order is billed twice.
    """

    moved = Signal(int, int)  # how many are done, of how many
    outcome = Signal(object)  # Outcome
    ended = Signal()  # all are done, or it was stopped
    failed = Signal(object)  # what the machine says; it is stopped

    def __init__(self, floor: Floor, beat_id: int, rest: Rest, parent: QObject) -> None:
        super().__init__(parent)
        new = floor.new_draft()
        self._floor, self._beat, self.rest, self._day = floor, beat_id, rest, new.day
        fresh = Begun(new.id.hex, new.day.isoformat(), beat_id, rest.value)
        self.id = runs.begun(floor.books, fresh)
        self._actor = floor.desk.actor  # whoever stands here later
        self._tried: set[UUID] = set()
        self._waiting: list[Waiting] = []
        self.going = False
        self._stop = False
        floor.desk.leaving.connect(self.stop)

    def start(self) -> None:
        """Begin, or go on with what is left."""
        self.going, self._stop = True, False
        self._floor.desk.ask(
            bulk.ready,
            self._day,
            self._beat,
            done=lambda found: self._begin(*found),
            undone=self._fail,
            actor=self._actor,
        )

    def stop(self) -> None:
        """After the order that is being billed."""
        self._stop = True

    def give_up(self) -> None:
        """What is left will be another run's."""
        runs.over(self._floor.books)
        self.deleteLater()

    def _begin(self, waiting: Sequence[Waiting], house: House) -> None:
        self._house = house
        self._waiting = [order for order in waiting if order.id not in self._tried]
        self._tell()
        self._next()

    def _next(self) -> None:
        while self._waiting and self._waiting[0].held and not self._stop:
            self._note(bulk.held(self._waiting[0]))
        if self._stop or not self._waiting:
            self.going = False
            if not self._waiting:
                runs.over(self._floor.books)
            self.ended.emit()
            return
        order = self._waiting[0]
        self._floor.desk.do(
            bulk.bill_waiting,
            order.id,
            self.id,
            self._day,
            self.rest,
            self._house,
            done=lambda said: self._billed(order, *said),
            undone=lambda error: self._undone(order, error),
            actor=self._actor,
        )

    def _billed(self, order: Waiting, bill: Posted | None, short: int) -> None:
        self._became(bulk.billed(order, bill, short))

    def _undone(self, order: Waiting, error: BaseException) -> None:
        if isinstance(error, Refused):
            self._became(bulk.refused(order, error))
        else:
            self._fail(error)

    def _became(self, outcome: Outcome) -> None:
        self._note(outcome)
        self._next()

    def _note(self, outcome: Outcome) -> None:
        self._tried.add(outcome.order)
        self._waiting.pop(0)
        self.outcome.emit(outcome)
        self._tell()

    def _tell(self) -> None:
        done = len(self._tried)
        self.moved.emit(done, done + len(self._waiting))

    def _fail(self, error: BaseException) -> None:
        self.going = False
        self.failed.emit(error)


class BulkPanel(Panel):
    """Asked first, then a bar that moves and a list that grows."""

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor)
        self.run: Run | None = None
        self.outcomes: list[Outcome] = []
        self._beat, self._asked, self._rest = 0, "", Rest.KEEP
        self._waiting: int | None = None  # how many, once that is known
        self._left = 0
        self.bar = QProgressBar()
        tell(self.bar, "accessibleName", _("Orders billed"))
        self.bar.setFormat("%v / %m")
        self.table: Table[Outcome] = Table(COLUMNS, _("What became of the orders"))
        self.table.setTextElideMode(Qt.TextElideMode.ElideRight)  # sentences are read from the left
        self.other = self.key_button("orders.rest", self.change_rest)
        self.bottom.insertWidget(0, self.other)
        self.middle.addWidget(self.bar)
        self.middle.addWidget(self.table, 1)
        self.why = dress(Label(), Role.WARNING)
        self.why.setWordWrap(True)
        self.why.hide()
        self.middle.addWidget(self.why)
        self.table.chosen.connect(self._tell_why)
        self.setFocusProxy(self.table)

    @property
    def going(self) -> bool:
        return self.run is not None and self.run.going

    def begin(self, beat_id: int, beat: str) -> None:
        """Ask whether these are to be billed; a run that goes on, or was stopped, is shown."""
        if self.run is not None:
            return
        self._beat, self._asked, self._waiting, self.outcomes = beat_id, "", None, []
        self.table.show_rows((), None)
        self._move(0, 0)
        self._say()
        self.floor.desk.ask(
            tray.tray,
            beat_id=beat_id,
            until=self.floor.new_draft().day,
            done=lambda waiting: self._count(beat, waiting),
            undone=lambda error: self.failed.emit(error, lambda: self.begin(beat_id, beat)),
        )

    def change_rest(self) -> None:
        """What becomes of the pieces that are not there; settled before the first is billed."""
        if self.run is None:
            self._rest = Rest.DROP if self._rest is Rest.KEEP else Rest.KEEP
            self._say()

    def take(self) -> None:
        """Begin, or go on."""
        if self.going or (self.run is None and self._waiting == 0):
            return
        if self.run is None:
            self.run = Run(self.floor, self._beat, self._rest, self)
            self.run.moved.connect(self._move)
            self.run.outcome.connect(self._became)
            self.run.ended.connect(self._say)
            self.run.failed.connect(self._failed)
        self.run.start()
        self._say()

    def leave(self) -> None:
        """Esc stops a run; once more gives the place back, and the run is over."""
        if self.run is not None and self.run.going:
            self.run.stop()
            return
        if self.run is not None:
            self.run.give_up()
            self.run = None
        super().leave()

    def _count(self, beat: str, waiting: Sequence[Waiting]) -> None:
        held = sum(1 for order in waiting if order.held)
        self._waiting = len(waiting)
        if not waiting:
            none = _("No order of {beat} is open.") if beat else _("No order is open.")
            self._asked = none.format(beat=beat)
            self._say()
            return
        if beat:
            said = ngettext(
                "{count} order of {beat} waits.", "{count} orders of {beat} wait.", len(waiting)
            )
        else:
            said = ngettext("{count} order waits.", "{count} orders wait.", len(waiting))
        on_hold = ngettext("{count} is held.", "{count} are held.", held) if held else ""
        self._asked = joined(
            " ",
            (
                said.format(count=grouped(len(waiting)), beat=beat),
                on_hold.format(count=grouped(held)),
            ),
        )
        if self.run is None:
            self._move(0, len(waiting))
            self._say()

    def _move(self, done: int, of: int) -> None:
        self._left = of - done
        self.bar.setRange(0, max(of, 1))
        self.bar.setValue(done)

    def _became(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self.table.model_of.append((outcome,), None)
        self.table.selectRow(len(self.outcomes) - 1)
        self._say()

    def _tell_why(self, outcome: Outcome | None) -> None:
        """The whole sentence of the order that the cursor is on."""
        why = _why(outcome) if outcome else ""
        self.why.setText(why)
        self.why.setVisible(bool(why))

    def _failed(self, error: BaseException) -> None:
        self._say()
        self.failed.emit(error, self.take)

    def _say(self) -> None:
        """How it stands, and what the keys do now."""
        going, begun = self.going, self.run is not None
        all_done = begun and not self._left
        idle = not begun and self._waiting == 0
        asked = self._asked if idle else joined(" ", (self._asked, _(RESTS[self._rest])))
        ends = all_done and not going and any(each.bill for each in self.outcomes)
        told = joined(" ", (_summary(self.outcomes), _how_to_print() if ends else ""))
        self.heading.setText(told if begun else asked)
        self.bar.setVisible(not idle)
        self.other.setVisible(not begun and not idle)
        self.does.setVisible(not going and not all_done and not idle)
        take, back = keys.key_text("orders.take"), keys.key_text("back")
        does = _("{key} Go on") if begun else _("{key} Bill them")
        self.does.setText(does.format(key=take))
        self.back.setText((_("{key} Stop") if going else _("{key} Back")).format(key=back))


def _how_to_print() -> str:
    said = _("{bills}, {print_left} prints the bills.")
    return said.format(
        bills=keys.key_text("go.bills"), print_left=keys.key_text("bills.print_left")
    )


def _summary(outcomes: Sequence[Outcome]) -> str:
    count = {fate: sum(1 for each in outcomes if each.fate is fate) for fate in Fate}
    said = _("{billed} billed in full, {short} in part, {held} held, {refused} refused.")
    return said.format(**{fate.value: grouped(many) for fate, many in count.items()})


def _why(outcome: Outcome) -> str:
    if outcome.problems:
        return messages.of_problems(outcome.problems)
    if outcome.short:
        said = ngettext("{count} piece is short", "{count} pieces are short", outcome.short)
        return said.format(count=grouped(outcome.short))
    return ""


def _of_bill(text: Callable[[Posted], str]) -> Callable[[Outcome], str]:
    return lambda outcome: text(outcome.bill) if outcome.bill else ""


COLUMNS: Sequence[Column[Outcome]] = (
    Column(N_("Order"), lambda outcome: outcome.number, 14),
    Column(N_("Party"), lambda outcome: outcome.party, 26),
    Column(N_("Result"), lambda outcome: _(FATES[outcome.fate]), 9),
    Column(N_("Bill"), _of_bill(lambda bill: bill.number), 14),
    Column(N_("Amount ₹"), _of_bill(lambda bill: amount(bill.total.paise)), 12, right=True),
    Column(N_("Why"), _why),
)
