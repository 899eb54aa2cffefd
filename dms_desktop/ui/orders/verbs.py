"""What can be done with the order that the cursor is on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.language.catalogue import _, ngettext
from dms_desktop.language.figures import grouped
from dms_desktop.language.sentences import say
from dms_desktop.services.reserving import Reserved
from dms_desktop.services.tray import Waiting
from dms_desktop.store.session import Reading
from dms_desktop.ui import messages
from dms_desktop.ui.billing.kinds import of_kind
from dms_desktop.ui.theme import Role

if TYPE_CHECKING:
    from datetime import date

    from dms_desktop.ui.orders.screen import OrdersScreen

Done = Callable[[Any], object]


@needs(Power.BILL)
def _draft(reading: Reading, source: UUID, part: tuple[Ask, ...], *, new: UUID, day: date) -> Draft:
    """The bill for what is left of an order, or for a part of that."""
    from dms_desktop.services import fulfilment

    whole = fulfilment.draft_of(reading, source, new=new, day=day)
    return fulfilment.narrowed(reading, whole, part) if part else whole


class Verbs:
    """Each is one write; what came of it is said below the list, and so is what cannot be."""

    def __init__(self, screen: OrdersScreen) -> None:
        self._screen, self._floor = screen, screen.floor

    def may_be_billed(self, row: Waiting) -> bool:
        """A held one is said to be so."""
        if row.held:
            why = Problem(Reason.ON_HOLD, facts={"number": row.number, "why": row.reason})
            self._screen.say(say(why), Role.FAULT)
        return not row.held

    def bill(self, row: Waiting, part: tuple[Ask, ...] = ()) -> None:
        """Hand what is left of it, or a part, to the counter as a draft."""
        if not self._floor.desk.actor.may(Power.BILL) or not self.may_be_billed(row):
            return
        new = self._floor.new_draft()
        self._floor.desk.ask(
            _draft,
            row.id,
            part,
            new=new.id,
            day=new.day,
            done=partial(self._to_counter, row),
            undone=self._undone(partial(self.bill, row, part)),
        )

    def new(self) -> None:
        """Type one at the counter; a challan says why its goods go out without a bill."""
        kind = self._screen.kind
        if kind is Kind.CHALLAN:
            asked = _("Why do the goods go out without a bill?")
            self._screen.asking.ask(asked, _("Type it"), partial(self._type, kind))
        else:
            self._type(kind)

    def hold_or_release(self) -> None:
        from dms_desktop.services import tray

        row = self._screen.table.current()
        if row is None:
            return
        if row.held:
            self._do(tray.release, row, said=_("{number} is released: it may be billed again."))
            return
        asked = _("Why is {number} of {party} held?").format(number=row.number, party=row.party)
        held = _("{number} is held.")
        self._screen.asking.ask(
            asked, _("Hold"), lambda why: self._do(tray.hold, row, why, said=held)
        )

    def put_first(self) -> None:
        """Before all others; one that is first already goes back into its turn by day."""
        from dms_desktop.services import tray

        row = self._screen.table.current()
        if row is None:
            return
        top = max(each.priority for each in self._screen.table.model_of.rows)
        if row.priority and row.priority == top:
            back = _("{number} waits for its turn by date again.")
            self._do(tray.prioritise, row, 0, said=back)
        else:
            first = _("{number} will be billed before the others.")
            self._do(tray.prioritise, row, top + 1, said=first)

    def reserve_or_let_go(self) -> None:
        from dms_desktop.services import reserving

        row = self._screen.table.current()
        if row is None:
            return
        if row.reserved:
            free = _("What was kept for {number} is free again.")
            self._do(reserving.unreserve, row, said=free)
        else:
            self._do(reserving.reserve, row, done=partial(self._reserved, row))

    def drop(self) -> None:
        from dms_desktop.services import tray

        row = self._screen.table.current()
        if row is None:
            return
        asked = _("Why is what is left of {number} ({left} pieces) dropped?")
        self._screen.asking.ask(
            asked.format(number=row.number, left=grouped(row.left)),
            _("Drop"),
            lambda why: self._do(tray.drop, row, why, done=partial(self._dropped, row)),
        )

    def cancel(self) -> None:
        """The whole paper, on its own date; a part that was billed already stands in the way."""
        from dms_desktop.services import cancelling

        row = self._screen.table.current()
        if row is None:
            return
        asked = _("Why is {number} of {party} cancelled?")
        by = self._floor.new_draft().id
        gone = _("{number} is cancelled.")
        self._screen.asking.ask(
            asked.format(number=row.number, party=row.party),
            _("Cancel it"),
            lambda why: self._do(cancelling.cancel, row, by=by, why=why, said=gone),
        )

    def _do(
        self,
        action: Callable[..., Any],
        row: Waiting,
        *args: Any,
        said: str = "",
        done: Done | None = None,
        **kwargs: Any,
    ) -> None:
        again = partial(self._do, action, row, *args, said=said, done=done, **kwargs)
        sentence = said.format(number=row.number)
        self._floor.desk.do(
            action,
            row.id,
            *args,
            done=done or (lambda _: self._screen.say(sentence, Role.GOOD)),
            undone=self._undone(again),
            **kwargs,
        )

    def _undone(self, again: Callable[[], object]) -> Callable[[BaseException], object]:
        return partial(self.tell, again)

    def tell(self, again: Callable[[], object], error: BaseException) -> None:
        """What cannot be, below the list; a fault of the machine is a banner with retry."""
        if isinstance(error, Refused):
            self._screen.say(messages.of_error(error), Role.FAULT)
        else:
            self._floor.banners.tell(
                "orders", messages.of_error(error), partial(self._again, again)
            )

    def _again(self, again: Callable[[], object]) -> None:
        self._floor.banners.over("orders")
        again()

    def _type(self, kind: Kind, note: str = "") -> None:
        if (counter := self._floor.go("counter")) is not None:
            counter.open_draft(of_kind(self._floor.new_draft(), kind, note))

    def _to_counter(self, row: Waiting, draft: Draft) -> None:
        self._screen.leave_part()
        if (counter := self._floor.go("counter")) is not None:
            counter.open_draft(draft, row.party)

    def _reserved(self, row: Waiting, kept: list[Reserved]) -> None:
        short = sum(one.short for one in kept)
        if short:
            said = ngettext(
                "{number}: {kept} pieces are kept, {short} piece is not there.",
                "{number}: {kept} pieces are kept, {short} pieces are not there.",
                short,
            )
        else:
            said = _("{number}: all {kept} pieces are kept for it.")
        got = grouped(sum(one.kept for one in kept))
        sentence = said.format(number=row.number, kept=got, short=grouped(short))
        self._screen.say(sentence, Role.WARNING if short else Role.GOOD)

    def _dropped(self, row: Waiting, count: int) -> None:
        said = ngettext(
            "{count} piece of {number} is dropped: nobody waits for it any more.",
            "{count} pieces of {number} are dropped: nobody waits for them any more.",
            count,
        )
        sentence = said.format(count=grouped(count), number=row.number)
        self._screen.say(sentence, Role.GOOD)
