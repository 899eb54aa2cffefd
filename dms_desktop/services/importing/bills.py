"""Rows of old bills, a line of goods each: gathered by number, judged, and kept."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from dms_desktop.domain.billing import summed
from dms_desktop.domain.calendar import FinancialYear, financial_year
from dms_desktop.domain.documents import Bill, Head
from dms_desktop.domain.draft import MOST_LINES, WalkIn
from dms_desktop.domain.facts import Item, Party, Seller
from dms_desktop.domain.goods_line import Adjustment, GoodsLine, Paper, Terms
from dms_desktop.domain.incoming import Line, Outcome
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import ZERO, Money, Rate
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.domain.tax import (
    Gst,
    GstType,
    TaxRate,
    gst,
    is_interstate,
    place_of_supply,
    rate_on,
)
from dms_desktop.domain.uid import uuid7
from dms_desktop.domain.units import MOST, BadQuantity
from dms_desktop.services import catalogue, imported_bills, lots, principals
from dms_desktop.services.changes import Watch
from dms_desktop.services.importing.lots import pieces
from dms_desktop.services.importing.notes import MADE_ON_THE_WAY, Done, Note, of_changes
from dms_desktop.services.series import today
from dms_desktop.store.session import Reading, Tx

WALK_IN = "cash"


@dataclass(slots=True)
class Old:
    """A bill as its rows tell it: row numbers, and what they come to."""

    number: str
    rows: tuple[int, ...]
    salesman: str
    bill: Bill


@dataclass(slots=True)
class Plan:
    bills: list[Old] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        return Outcome(len(self.bills), 0, tuple(self.refused))


@dataclass(slots=True)
class Known:
    """What the rows refer to."""

    us: Seller
    items: Mapping[str, Item]
    parties: Mapping[str, tuple[Party, Mapping[str, tuple[str, str]]]]  # by day: type and GSTIN
    lots: Mapping[tuple[int, str, int], int]  # item, folded batch, MRP in paise
    there: set[imported_bills.OldNumber]
    today: date


def gathered(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines of one bill together, bills in the order of their first lines.

    A number belongs to its financial year: next April it comes again.
    """
    bills: dict[tuple[str, FinancialYear | None], list[Line]] = {}
    for line in lines:
        bills.setdefault(_of_bill(line), []).append(line)
    return list(bills.values())


def _of_bill(line: Line) -> tuple[str, FinancialYear | None]:
    day = line.given.get("day")
    return folded(line.given.get("number", "")), financial_year(day) if day else None


def plan_bills(reading: Reading, lines: Iterable[Line]) -> Plan:
    """A bill with one bad row is refused whole: half a bill would be a lie."""
    wanted = list(lines)
    known = _known(reading, wanted)
    plan = Plan()
    for group in gathered(wanted):
        old, problems = _bill(reading, group, known)
        if old is not None and not problems:
            plan.bills.append(old)
            continue
        plan.refused += problems
        bad = {problem.row for problem in problems}
        plan.refused += [left_out(line) for line in group if line.row not in bad]
    return plan


def whole_bills(lines: Iterable[Line]) -> list[Line]:
    """A bill's rows stand together; where one has a slip the others are left out with it.

    A row without a day may be of any year's bill of that number, so it keeps all of them out.
    """
    wanted = list(lines)
    bad = {_of_bill(line) for line in wanted if line.problems}
    undated = {number for number, year in bad if year is None}
    return [
        replace(line, problems=(left_out(line),))
        if not line.problems and (_of_bill(line) in bad or _of_bill(line)[0] in undated)
        else line
        for group in gathered(wanted)
        for line in group
    ]


def left_out(line: Line) -> Problem:
    return Problem(Reason.PART_OF_REFUSED, line.row, {"number": line.given.get("number", "")})


def write_bills(tx: Tx, plan: Plan) -> Done:
    if not plan.bills:
        return Done((), {})
    watch = Watch(tx)
    salesmen = principals.named(tx, "salesman", (old.salesman for old in plan.bills), watch)
    bills = [
        (old.number, replace(old.bill, head=_with_salesman(old, salesmen))) for old in plan.bills
    ]
    kept = imported_bills.keep_bills(tx, bills)
    notes = of_changes(watch.changes(), lambda _: MADE_ON_THE_WAY)
    notes += [Note(old.rows[0], f"document {old.bill.head.id.hex}", "", "{}") for old in plan.bills]
    return Done(tuple(notes), {"first": kept.first, "last": kept.last}, kept.digest)


def _with_salesman(old: Old, salesmen: Mapping[str, int]) -> Head:
    said = salesmen.get(folded(old.salesman))
    return replace(old.bill.head, salesman_id=said) if said else old.bill.head


def _bill(
    reading: Reading, group: Sequence[Line], known: Known
) -> tuple[Old | None, list[Problem]]:
    first = group[0]
    number, day = first.given["number"], first.given["day"]
    problems = _head_problems(group, known)
    party = _party(reading, first.given["party"], day, known)
    if party is None:
        facts = {"code": first.given["party"]}
        return None, [*problems, Problem(Reason.UNKNOWN_PARTY, first.row, facts)]
    place = place_of_supply(
        known.us.state,
        buyer_gstin_state=party.gstin[:2],
        address_state=party.state,
        deliver_to=party.ship_state,
    )
    across = is_interstate(known.us.state, place, party.gst_type)
    goods: list[GoodsLine] = []
    for line in group:
        made, trouble = _goods(line, day, known, across)
        problems += trouble
        if made is not None:
            goods.append(made)
    if problems:
        return None, problems
    exempt = all(line.tax_rate.exempt for line in goods)
    head = Head(
        id=uuid7(reading.now, os.urandom(10)),
        day=day,
        party=party,
        registration_id=known.us.registration_id,
        company_id=known.us.company_id,
        place_of_supply=place,
        interstate=across,
        terms=Terms.CASH if party.walk_in else Terms.CREDIT,
        due_day=day + timedelta(days=party.credit_days),
        salesman_id=party.salesman_id,
        beat_id=party.beat_id,
    )
    paper = Paper.BILL_OF_SUPPLY if exempt else Paper.TAX_INVOICE
    bill = Bill(head, tuple(goods), summed(goods), paper)
    rows = tuple(line.row for line in group)
    return Old(number, rows, first.given.get("salesman", ""), bill), []


def _head_problems(group: Sequence[Line], known: Known) -> list[Problem]:
    first = group[0]
    number, day, party = (first.given[name] for name in ("number", "day", "party"))
    problems: list[Problem] = []
    if (number, day) in known.there:
        problems.append(Problem(Reason.DUPLICATE, first.row, {"field": "bill", "value": number}))
    if day > known.today:
        problems.append(Problem(Reason.FUTURE_DAY, first.row, {"day": day, "today": known.today}))
    if len(group) > MOST_LINES:
        facts = {"most": MOST_LINES, "lines": len(group)}
        problems.append(Problem(Reason.TOO_MANY_LINES, first.row, facts))
    for line in group:
        other_day = line.given["day"] != day
        if other_day or folded(line.given["party"]) != folded(party):
            said: dict[str, object] = {"number": number, "field": "day" if other_day else "party"}
            problems.append(Problem(Reason.ROWS_DISAGREE, line.row, said))
    return problems


def _goods(
    line: Line, day: date, known: Known, across: bool
) -> tuple[GoodsLine | None, list[Problem]]:
    given = line.given
    item = known.items.get(folded(given["item"]))
    if item is None:
        return None, [Problem(Reason.UNKNOWN_ITEM, line.row, {"code": given["item"]})]
    try:
        qty = pieces(given["qty"], item.case, item.inner)
        free = pieces(given.get("free", "0"), item.case, item.inner)
    except BadQuantity as error:
        facts = {**error.facts, "text": error.facts.get("typed", ""), "item": item.name}
        return None, [Problem(Reason.BAD_QUANTITY, line.row, facts)]
    tax_rate = _tax_rate(given, item, day)
    if not 0 < qty + free <= MOST:
        return None, [Problem(Reason.BAD_QUANTITY, line.row, {"text": given["qty"]})]
    if tax_rate is None:
        return None, [Problem(Reason.NO_TAX_RATE, line.row, {"item": item.name})]
    rate: Rate = given["rate"]
    mrp: Money = given.get("mrp", ZERO)
    gross = rate.times(qty)
    percent = given.get("discount_percent")
    off = gross.percent(percent) if percent else ZERO
    adjustments = (Adjustment("line", off, percent, "imported"),) if off else ()
    batch = given.get("batch", "")
    tax = Gst()
    if known.us.gst_type is not GstType.COMPOSITION:
        tax = gst(gross - off, tax_rate, qty, interstate=across, retail_price=mrp)
    return GoodsLine(
        item.id, known.lots.get((item.id, folded(batch), mrp.paise)) if batch else None,
        item.code, item.name, item.hsn, item.uqc, batch, given.get("expiry"), mrp, qty, free, rate,
        gross, adjustments, gross - off, tax_rate, tax, principal_id=item.principal_id,
        case=item.case, inner=item.inner,
    ), []  # fmt: skip


def _tax_rate(given: Mapping[str, Any], item: Item, day: date) -> TaxRate | None:
    """What the row says was charged, else the item's rate of that day."""
    if "gst_rate" not in given:
        return rate_on(day, item.rates)
    said = (given["gst_rate"], given.get("cess_rate", given["gst_rate"] * 0))
    return TaxRate(*said, basis=principals.basis_of(said))


def _party(reading: Reading, code: str, day: date, known: Known) -> Party | None:
    """The party with the registration that it had on the bill's day."""
    found = known.parties.get(folded(code))
    if found is None:
        if folded(code) != WALK_IN:
            return None
        return catalogue.party(reading, WalkIn(), day, known.us)
    party, registrations = found
    begun = [start for start in registrations if start <= day.isoformat()]
    if not begun:
        return party
    kind, gstin = registrations[max(begun)]
    return replace(party, gst_type=GstType(kind), gstin=gstin)


def _known(reading: Reading, lines: Sequence[Line]) -> Known:
    items = lots.items_of(reading, (line.given["item"] for line in lines))
    facts = catalogue.items(
        reading, (item.id for item in items.values()), party_id=0, day=date.max, place_id=0
    )
    by_batch: dict[tuple[int, str, int], int] = {}
    for (item, batch, mrp, _), lot in lots.known(reading, facts).items():
        by_batch.setdefault((item, folded(batch), mrp), lot)
    return Known(
        catalogue.seller(reading),
        {code: facts[item.id] for code, item in items.items()},
        _parties(reading, {folded(line.given["party"]) for line in lines}),
        by_batch,
        imported_bills.there(
            reading, [(line.given["number"], line.given["day"]) for line in lines]
        ),
        today(reading),
    )


def _parties(
    reading: Reading, codes: set[str]
) -> dict[str, tuple[Party, dict[str, tuple[str, str]]]]:
    rows = reading.rows(
        "SELECT code_key, id, code, name, state, address, city, pin, phone, ship_to, ship_state,"
        " fssai, credit_days, beat_id, salesman_id FROM party WHERE code_key IN :codes",
        codes=sorted(codes),
    )
    registrations: dict[int, dict[str, tuple[str, str]]] = {}
    for party, start, kind, gstin in reading.rows(
        "SELECT party_id, from_day, gst_type, gstin FROM party_gst WHERE party_id IN :keys",
        keys=sorted(row[1] for row in rows),
    ):
        registrations.setdefault(party, {})[start] = (kind, gstin)
    found = {}
    for key, party, code, name, state, *rest in rows:
        address, city, pin, phone, ship_to, ship_state, fssai, days, beat, salesman = rest
        who = Party(
            party, code, name, state, address=address, city=city, pin=pin, phone=phone,
            ship_to=ship_to, ship_state=ship_state, fssai=fssai, credit_days=days, beat_id=beat,
            salesman_id=salesman,
        )  # fmt: skip
        found[key] = (who, registrations.get(party, {}))
    return found
