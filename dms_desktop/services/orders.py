"""An order as a file or another program says it, turned into a draft with every slip named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from dms_desktop.domain import units
from dms_desktop.domain.calendar import read_day
from dms_desktop.domain.draft import Ask, Draft, WalkIn
from dms_desktop.domain.goods_line import Kind, Mode, Payment, Terms
from dms_desktop.domain.gstin import NotGstin, read_gstin
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import Money, Rate, percent, rate, rupees
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.domain.states import UnknownState, state
from dms_desktop.services import lookups
from dms_desktop.services.lookups import Named
from dms_desktop.store.session import Reading

T = TypeVar("T")
Said = Mapping[str, Any]


@needs(Power.BILL)
def draft(reading: Reading, order: Said, *, kind: Kind, new: UUID, today: date) -> Draft:
    """The draft that an order asks for; its keys are those of the published order schema.

    Refuses with every problem at once, each with the line it is on.
    """
    reader = _Reader(reading)
    lines = order.get("lines") or []
    named = lookups.items_named(reading, (str(line.get("item", "")) for line in lines))
    asks = [reader.ask(row, line, named) for row, line in enumerate(lines)]
    made = Draft(
        id=UUID(order["id"]) if order.get("id") else new,
        day=reader.read(read_day, order.get("day"), "day") or today,
        party=reader.party(order.get("party")),
        place_id=reader.place(order.get("godown") or ""),
        kind=kind,
        asks=tuple(ask for ask in asks if ask is not None),
        terms=Terms(order["terms"]) if order.get("terms") else None,
        bill_discount=reader.positive(rupees, order.get("bill_discount"), "bill_discount"),
        bill_discount_percent=reader.read(
            percent, order.get("bill_discount_percent"), "bill_discount_percent"
        ),
        cash_discount_percent=reader.read(
            percent, order.get("cash_discount_percent"), "cash_discount_percent"
        ),
        salesman_id=reader.salesman(order.get("salesman") or ""),
        order_no=order.get("order_no") or "",
        transport=order.get("transport") or "",
        note=order.get("note") or "",
        allowed=frozenset(Reason(reason) for reason in order.get("allow") or ()),
        payments=tuple(map(reader.payment, order.get("payments") or ())),
        reserve=bool(order.get("reserve")),
    )
    if reader.problems:
        raise Refused(*reader.problems)
    return made


@needs(Power.BILL)
def asks(reading: Reading, order: Said) -> tuple[Ask, ...]:
    """The rows alone, for a part of something that is there. Refuses as `draft` does."""
    reader = _Reader(reading)
    lines = order["lines"]
    named = lookups.items_named(reading, (str(line.get("item", "")) for line in lines))
    found = [reader.ask(row, line, named) for row, line in enumerate(lines)]
    if reader.problems:
        raise Refused(*reader.problems)
    return tuple(ask for ask in found if ask is not None)


def digest(kind: Kind, order: Said, source: str = "") -> bytes:
    """Two requests with the same digest ask for the same thing, whatever the day they came."""
    text = json.dumps([kind.value, order, source], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).digest()


_NONE = (None, "", 0, "0")


class _Reader:
    """Reads one order and gathers what is wrong with it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.problems: list[Problem] = []

    def read(
        self, how: Callable[[str], T], text: Any, field: str, row: int | None = None
    ) -> T | None:
        if text is None or text == "":
            return None
        try:
            return how(str(text))
        except ValueError:
            reason = Reason.BAD_DAY if field == "day" else Reason.BAD_FIGURE
            self.wrong(reason, row, field=field, value=str(text))
            return None

    def wrong(self, reason: Reason, row: int | None = None, **facts: object) -> None:
        self.problems.append(Problem(reason, row, facts))

    def party(self, said: Any) -> int | WalkIn | None:
        if isinstance(said, Mapping):
            return self._walk_in(said)
        if not said:
            self.wrong(Reason.UNKNOWN_PARTY, code="")
            return None
        found = lookups.party_id(self.reading, str(said))
        if found is None:
            self.wrong(Reason.UNKNOWN_PARTY, code=str(said))
        return found

    def _walk_in(self, said: Said) -> WalkIn:
        gstin = str(said.get("gstin") or "").strip().upper()
        if gstin and isinstance(read := read_gstin(gstin), NotGstin):
            self.wrong(
                Reason.BAD_GSTIN, gstin=gstin, fault=read.fault.value, expected=read.expected
            )
        where = str(said.get("state") or "")
        try:
            where = state(where).code if where else ""
        except UnknownState:
            self.wrong(Reason.BAD_ENTRY, field="state", value=where)
        if gstin and where and gstin[:2] != where:
            self.wrong(Reason.GSTIN_OTHER_STATE, gstin=gstin, state=where, says=gstin[:2])
        return WalkIn(
            str(said.get("name") or "CASH"),
            str(said.get("phone") or ""),
            where,
            gstin,
            str(said.get("address") or ""),
        )

    def payment(self, said: Said) -> Payment:
        amount = self.positive(rupees, said.get("amount"), "payments") or Money()
        return Payment(Mode(said.get("mode") or Mode.CASH), amount, str(said.get("ref") or ""))

    def place(self, code: str) -> int:
        found = lookups.place_id(self.reading, code)
        if found is None:
            self.wrong(Reason.UNKNOWN_GODOWN, code=code)
        return found or 0

    def salesman(self, code: str) -> int | None:
        if not code:
            return None
        found = lookups.salesman_id(self.reading, code)
        if found is None:
            self.wrong(Reason.BAD_ENTRY, field="salesman", value=code)
        return found

    def ask(self, row: int, line: Said, named: dict[str, list[Named]]) -> Ask | None:
        item = self._item(row, str(line.get("item") or ""), named)
        if item is None:
            return None
        free = line.get("free")
        gift = self._quantity(row, str(free), item) if free not in _NONE else None
        if line.get("qty") in _NONE and gift:
            quantity: units.Quantity | None = units.Quantity(0)
        else:
            quantity = self._quantity(row, str(line.get("qty", "")), item)
        if quantity and quantity.free and gift:
            self.wrong(Reason.BAD_ENTRY, row, field="free", value=str(free))
        discounts = line.get("discounts")
        if discounts is not None and line.get("discount_percent") not in (None, ""):
            self.wrong(Reason.BAD_ENTRY, row, field="discount_percent", value=str(discounts))
        if discounts is None and line.get("discount_percent") not in (None, ""):
            discounts = [line["discount_percent"]]
        if quantity is None:
            return None
        return Ask(
            item.item_id,
            quantity.billed * item.units,
            (quantity.free + (gift.billed if gift else 0)) * item.units,
            str(line.get("free_reason") or "").strip(),
            batch=line.get("batch"),
            mrp=self.positive(rupees, line.get("mrp"), "mrp", row),
            any_mrp=bool(line.get("any_mrp")),
            rate=self._rate(row, line.get("rate")),
            inclusive=bool(line.get("inclusive")),
            net=bool(line.get("net")),
            discounts=self._percents(row, discounts),
            discount=self.positive(rupees, line.get("discount"), "discount", row),
        )

    def _item(self, row: int, code: str, named: dict[str, list[Named]]) -> Named | None:
        found = named.get(folded(code), [])
        if len(found) == 1:
            return found[0]
        if found:
            self.wrong(Reason.SEVERAL_ITEMS, row, code=code, items=", ".join(n.code for n in found))
        else:
            self.wrong(Reason.UNKNOWN_ITEM, row, code=code)
        return None

    def _quantity(self, row: int, text: str, item: Named) -> units.Quantity | None:
        try:
            return units.read_quantity(text, item.case, item.inner)
        except units.BadQuantity as bad:
            factor = bad.reason in (units.QuantityFault.NO_CASE, units.QuantityFault.NO_INNER)
            reason = Reason.NO_CASE_FACTOR if factor else Reason.BAD_QUANTITY
            self.wrong(reason, row, text=text, item=item.name, fault=bad.reason.value)
            return None

    def _rate(self, row: int, text: Any) -> Rate | None:
        found = self.read(rate, text, "rate", row)
        if found is not None and found.amount <= Money():
            self.wrong(Reason.BAD_FIGURE, row, field="rate", value=str(text))
        return found

    def positive(
        self, how: Callable[[str], Money], text: Any, field: str, row: int | None = None
    ) -> Money | None:
        found = self.read(how, text, field, row)
        if found is not None and found < Money():
            self.wrong(Reason.BAD_FIGURE, row, field=field, value=str(text))
        return found

    def _percents(self, row: int, said: Any) -> tuple[Decimal, ...] | None:
        if said is None:
            return None
        read = [self.read(percent, each, "discounts", row) for each in said]
        return tuple(each if each is not None else Decimal(0) for each in read)
