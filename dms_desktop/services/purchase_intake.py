"""A purchase as a file or another program says it, turned into a draft with every slip named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from dms_desktop.domain import gs1, units
from dms_desktop.domain.calendar import read_day, read_expiry
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import ZERO, Money, Rate, percent, rate, rupees
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.purchase_draft import PrintedTax, PurchaseAsk, PurchaseDraft
from dms_desktop.domain.purchase_facts import Charge, Credit
from dms_desktop.domain.refusals import Problem, Reason, Refused, refuse
from dms_desktop.domain.states import UnknownState, state
from dms_desktop.domain.tax import Gst, TaxRate
from dms_desktop.services import documents, lookups, purchase_orders
from dms_desktop.services.lookups import Named
from dms_desktop.services.series import today
from dms_desktop.store.session import Reading

T = TypeVar("T")
Said = Mapping[str, Any]
_NONE = (None, "")
_DAYS = ("day", "invoice_day", "due_day", "packed", "expiry")


@needs(Power.RECEIVE)
def draft(reading: Reading, said: Said, *, kind: Kind, new: UUID) -> PurchaseDraft:
    """The draft that a request asks for; its keys are those of the published purchase schema.

    Refuses with every slip at once, each with the line it is on.
    """
    now = today(reading)
    reader = Reader(reading, now)
    lines = reader.objects(said, "lines")
    scans = [reader.scan(str(line.get("item") or "")) for line in lines]
    named = lookups.items_named(reading, (code for codes, _ in scans for code in codes))
    asks = [reader.ask(row, line, *scans[row], named) for row, line in enumerate(lines)]
    made = PurchaseDraft(
        id=UUID(str(said["id"])) if said.get("id") else new,
        kind=kind,
        day=reader.day(said, "day") or now,
        party_id=reader.supplier(str(said.get("supplier") or "")),
        place_id=reader.place(str(said.get("godown") or "")),
        asks=tuple(ask for ask in asks if ask is not None),
        number=str(said.get("number") or "").strip(),
        invoice_day=reader.day(said, "invoice_day"),
        place_of_supply=reader.state(str(said.get("place_of_supply") or "")),
        irn=str(said.get("irn") or ""),
        transport=str(said.get("transport") or ""),
        note=str(said.get("note") or ""),
        due_day=reader.day(said, "due_day"),
        charges=tuple(map(reader.charge, reader.objects(said, "charges"))),
        tcs=reader.money(said, "tcs") or ZERO,
        round_off=reader.money(said, "round_off") or ZERO,
        total=reader.money(said, "total"),
        credit=reader.credit(str(said.get("credit") or "")),
        printed=tuple(map(reader.printed, reader.objects(said, "tax"))),
        transit=reader.paper(said, "transit"),
        provisional=reader.paper(said, "provisional"),
    )
    order = reader.paper(said, "order")
    if reader.problems:
        raise Refused(*reader.problems)
    return purchase_orders.against(reading, made, order) if order else made


def digest(kind: Kind, said: Said) -> bytes:
    """Two requests with the same digest ask for the same thing, whatever the day they came."""
    text = json.dumps([kind.value, said], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).digest()


@dataclass(slots=True)
class Reader:
    """Reads one request and gathers what is wrong with it."""

    reading: Reading
    now: date
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, reason: Reason, row: int | None = None, **facts: object) -> None:
        self.problems.append(Problem(reason, row, facts))

    def read(self, how: Callable[[str], T], text: Any, name: str, row: int | None) -> T | None:
        if text in _NONE:
            return None
        try:
            return how(str(text))
        except ValueError:
            reason = Reason.BAD_DAY if name in _DAYS else Reason.BAD_FIGURE
            self.wrong(reason, row, field=name, value=str(text))
            return None

    def day(self, said: Said, name: str, row: int | None = None) -> date | None:
        how = read_expiry if name == "expiry" else read_day
        return self.read(how, said.get(name), name, row)

    def money(self, said: Said, name: str, row: int | None = None) -> Money | None:
        return self.read(rupees, said.get(name), name, row)

    def rate(self, said: Said, name: str, row: int, per: int = 1) -> Rate | None:
        found = self.read(rate, said.get(name), name, row)
        if found is not None and found.amount < ZERO:
            self.wrong(Reason.BAD_FIGURE, row, field=name, value=str(said.get(name)))
        return Rate(found.amount, found.per * per) if found else None

    def objects(self, said: Said, name: str) -> list[Said]:
        found = said.get(name) or []
        if isinstance(found, list) and all(isinstance(each, Mapping) for each in found):
            return found
        self.wrong(Reason.BAD_ENTRY, field=name, value=str(found)[:60])
        return []

    def credit(self, word: str) -> Credit:
        try:
            return Credit(word or Credit.ELIGIBLE)
        except ValueError:
            self.wrong(Reason.BAD_ENTRY, field="credit", value=word)
            return Credit.ELIGIBLE

    def supplier(self, code: str) -> int:
        found = lookups.party_id(self.reading, code) if code else None
        if not code:
            self.wrong(Reason.MISSING, field="party")
        elif found is None:
            self.wrong(Reason.UNKNOWN_PARTY, code=code)
        return found or 0

    def place(self, code: str) -> int:
        found = lookups.place_id(self.reading, code)
        if found is None:
            self.wrong(Reason.UNKNOWN_GODOWN, code=code)
        return found or 0

    def state(self, text: str) -> str:
        try:
            return state(text).code if text else ""
        except UnknownState:
            self.wrong(Reason.BAD_ENTRY, field="state", value=text)
            return ""

    def paper(self, said: Said, name: str) -> UUID | None:
        """A paper of ours by its number or id."""
        if not said.get(name):
            return None
        try:
            return documents.find(self.reading, str(said[name]))
        except Refused as refused:
            self.problems += refused.problems
            return None

    def charge(self, said: Said) -> Charge:
        gst = self.read(percent, said.get("gst"), "gst", None) or Decimal(0)
        amount = self.money(said, "amount") or ZERO
        return Charge(str(said.get("name") or "freight"), amount, TaxRate(gst))

    def printed(self, said: Said) -> PrintedTax:
        gst = self.read(percent, said.get("gst"), "gst", None) or Decimal(0)
        heads = (self.money(said, name) or ZERO for name in ("cgst", "sgst", "igst", "cess"))
        return PrintedTax(gst, Gst(*heads))

    def scan(self, text: str) -> tuple[tuple[str, ...], gs1.Scan | None]:
        """The codes that an item may be kept under; what is no GS1 code stands for itself."""
        try:
            found = gs1.read(text, self.now)
        except gs1.NotGs1:
            return (text,), None
        return (text, *found.codes), found

    def ask(
        self, row: int, line: Said, codes: tuple[str, ...], scan: gs1.Scan | None,
        named: Mapping[str, list[Named]],
    ) -> PurchaseAsk | None:  # fmt: skip
        item = self._item(row, codes, named)
        if item is None:
            return None
        pieces = self._pieces(row, line, item)
        if pieces is None:
            return None
        per = self._per(row, line, item)
        expiry, packed = self.day(line, "expiry", row), self.day(line, "packed", row)
        return PurchaseAsk(
            item.item_id,
            str(line.get("batch") or (scan.batch if scan else "")).strip(),
            self.money(line, "mrp", row),
            **pieces,
            rate=self.rate(line, "rate", row, per),
            inclusive=bool(line.get("inclusive")),
            discounts=tuple(self._off(each, row) for each in line.get("discounts") or ()),
            packed=packed or (scan.packed if scan else None),
            expiry=expiry or (scan.expiry if scan else None),
            ptr=self.rate(line, "ptr", row),
            pts=self.rate(line, "pts", row),
            scheme=str(line.get("scheme") or ""),
            gst=self.read(percent, line.get("gst"), "gst", row),
            second_lot=bool(line.get("second_lot")),
            as_expired=bool(line.get("as_expired")),
        )

    def _item(
        self, row: int, codes: tuple[str, ...], named: Mapping[str, list[Named]]
    ) -> Named | None:
        for code in codes:
            found = named.get(folded(code), [])
            if len(found) == 1:
                return found[0]
            if found:
                items = ", ".join(each.code for each in found)
                self.wrong(Reason.SEVERAL_ITEMS, row, code=code, items=items)
                return None
        self.wrong(Reason.UNKNOWN_ITEM, row, code=codes[-1])
        return None

    def _pieces(self, row: int, line: Said, item: Named) -> dict[str, Any] | None:
        """Billed and free, and what came of them; nothing said of that means all of it."""
        found: dict[str, Any] = {}
        for name in ("qty", "free", "received", "damaged", "excess"):
            said = line.get(name)
            if said in _NONE:
                continue
            if str(said).strip() == "0":
                found[name] = 0
                continue
            quantity = self._quantity(row, str(said), item)
            if quantity is None:
                return None
            found[name] = quantity.billed * item.units
            if quantity.free and name == "qty":
                found["free"] = quantity.free * item.units
        if not found:
            self.wrong(Reason.MISSING, row, field="qty")
            return None
        return found

    def _quantity(self, row: int, text: str, item: Named) -> units.Quantity | None:
        try:
            return units.read_quantity(text, item.case, item.inner)
        except units.BadQuantity as bad:
            factor = bad.reason in (units.QuantityFault.NO_CASE, units.QuantityFault.NO_INNER)
            reason = Reason.NO_CASE_FACTOR if factor else Reason.BAD_QUANTITY
            self.wrong(reason, row, text=text, item=item.name, fault=bad.reason.value)
            return None

    def _per(self, row: int, line: Said, item: Named) -> int:
        if line.get("per") != "case":
            return 1
        if not item.case:
            self.wrong(Reason.NO_CASE_FACTOR, row, text="case", item=item.name)
        return item.case or 1

    def _off(self, said: Any, row: int) -> Decimal | Money | None:
        """`5%` is a percentage of what is left, `12.50` an amount."""
        text = "" if said is None else str(said).strip()
        if text.endswith("%"):
            return self.read(percent, text[:-1].strip(), "discounts", row)
        return self.read(rupees, text, "discounts", row)


@needs(Power.RECEIVE)
def first_answer(reading: Reading, uid: UUID, asked: bytes) -> UUID | None:
    """The document, if this very request was posted before. Refuses OTHER_CONTENT."""
    row = reading.row("SELECT number, asked FROM document WHERE uid = :uid", uid=uid.bytes)
    if row is None:
        return None
    if bytes(row[1]) != asked:
        raise refuse(Reason.OTHER_CONTENT, number=row[0])
    return uid
