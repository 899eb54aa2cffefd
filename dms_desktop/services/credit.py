"""What a party may still buy on credit: read from running totals, never from the history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from dms_desktop.domain.billing import Priced, terms
from dms_desktop.domain.credit import Account, Exposure, Late, OpenBill, Rules, judge
from dms_desktop.domain.draft import Draft
from dms_desktop.domain.facts import Facts
from dms_desktop.domain.goods_line import GoodsLine, Kind, Terms
from dms_desktop.domain.money import ZERO, Money, rupees, total, whole
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.verdict import Verdict
from dms_desktop.services import options, series
from dms_desktop.store.session import Reading, Tx


@dataclass(frozen=True, slots=True)
class _Terms:
    """What one principal's goods may be bought on; when they fall due, their bills say."""

    principal: int
    name: str
    limit: Money | None
    stopped: bool


@dataclass(frozen=True, slots=True)
class _Waiting:
    kind: str
    principal: int
    worth: Money  # with its tax


@dataclass(frozen=True, slots=True)
class _Going:
    """A draft about to go on credit; `amount` is its total less what is paid at once."""

    draft: Draft
    lines: Sequence[GoodsLine]
    amount: Money

    @property
    def owners(self) -> set[int]:
        return {line.principal_id for line in self.lines}

    @property
    def taken(self) -> Counter[int]:
        """Pieces by the line of the order or challan that they fulfil."""
        found: Counter[int] = Counter()
        for line in self.lines:
            if line.source_line is not None:
                found[line.source_line] += line.qty
        return found

    def of(self, principal: int) -> Money:
        return total(line.amount for line in self.lines if line.principal_id == principal)


@needs(Power.LOOK)
def standing(reading: Reading, party_id: int) -> Verdict:
    """How a party stands today, before anything more is billed: its own account first, then one
    for each principal that has terms of its own."""
    asked = rules(options.values(reading))
    return _judged(reading, party_id, series.today(reading), None, asked)


@needs(Power.LOOK)
def verdict(reading: Reading, draft: Draft, facts: Facts, priced: Priced) -> Verdict:
    """Whether this draft may go on credit. An order only warns; an estimate is asked nothing, and
    so is what is paid in cash. Inside a write the party's balance is read under lock."""
    if draft.kind is Kind.ESTIMATE or facts.party.walk_in or not priced.lines:
        return Verdict()
    if terms(draft, facts) is Terms.CASH and draft.kind is not Kind.CHALLAN:
        return Verdict()
    if isinstance(reading, Tx):
        _hold_lines(reading, draft)
        hold(reading, facts.party.id)
    paid = total(payment.amount for payment in draft.payments)
    going = _Going(draft, priced.lines, priced.totals.total - paid)
    asked = rules(facts.options or options.values(reading))
    found = _judged(reading, facts.party.id, draft.day, going, asked)
    if draft.kind is Kind.ORDER:
        return replace(found, problems=(), warnings=(*found.problems, *found.warnings))
    return found


def rules(chosen: Mapping[str, str]) -> Rules:
    """By the house's options."""
    days = chosen["credit_stop_days"]
    return Rules(rupees(chosen["credit_tolerance"]), int(days) if days else None)


def hold(tx: Tx, party_id: int) -> None:
    """Let no other counter judge this party, nor change what it owes, until the commit.

    A party that never owed anything has no balance to hold; its master stands for it.
    """
    tx.lock("SELECT id FROM party WHERE id = :p FOR NO KEY UPDATE", p=party_id)
    tx.lock("SELECT paise FROM party_balance WHERE party_id = :p FOR UPDATE", p=party_id)


def _hold_lines(tx: Tx, draft: Draft) -> None:
    """What still waits on the lines that the draft fulfils."""
    lines = sorted({ask.source_line for ask in draft.asks if ask.source_line is not None})
    if lines:
        tx.lock(
            "SELECT line_id FROM line_left WHERE line_id IN :lines ORDER BY line_id FOR UPDATE",
            lines=lines,
        )


def _judged(
    reading: Reading, party_id: int, on: date, going: _Going | None, asked: Rules
) -> Verdict:
    balance, limit, principals = _owed(reading, party_id)
    waiting = _waiting(reading, party_id, going)
    whole_account = Account(
        Exposure(
            Money(balance),
            total(each.worth for each in waiting if each.kind == Kind.CHALLAN),
            total(each.worth for each in waiting if each.kind == Kind.ORDER),
            draft=going.amount if going else ZERO,
        ),
        _money(limit),
        late=_late(reading, party_id, on),
    )
    parts = [
        _account(reading, party_id, each, on, going, waiting)
        for each in principals
        if going is None or each.principal in going.owners
    ]
    return judge((whole_account, *parts), asked, on)


def _account(
    reading: Reading,
    party_id: int,
    each: _Terms,
    on: date,
    going: _Going | None,
    waiting: list[_Waiting],
) -> Account:
    """The principal's part of open bills, in proportion to his goods on them."""
    bills = _of_principal(reading, party_id, each.principal)
    mine = [one for one in waiting if one.principal == each.principal]
    exposure = Exposure(
        total(bill.open for bill in bills),
        total(one.worth for one in mine if one.kind == Kind.CHALLAN),
        total(one.worth for one in mine if one.kind == Kind.ORDER),
        draft=going.of(each.principal) if going else ZERO,
    )
    overdue = [bill for bill in bills if bill.due < on]
    late = Late(total(bill.open for bill in overdue), overdue[0]) if overdue else None
    return Account(exposure, each.limit, each.stopped, late, each.name)


def _owed(reading: Reading, party_id: int) -> tuple[int, int | None, list[_Terms]]:
    """Its balance, its limit, and the principals with terms of their own."""
    rows = reading.rows(
        "SELECT coalesce(paise, 0), party.credit_limit, principal.id, principal.name,"
        " party_principal.credit_limit, stopped FROM party"
        " LEFT JOIN party_balance ON party_balance.party_id = party.id"
        " LEFT JOIN party_principal ON party_principal.party_id = party.id"
        " AND (party_principal.credit_limit IS NOT NULL"
        " OR party_principal.credit_days IS NOT NULL OR stopped = 1)"
        " LEFT JOIN principal ON principal.id = principal_id"
        " WHERE party.id = :party ORDER BY principal.id",
        party=party_id,
    )
    balance, limit = rows[0][:2] if rows else (0, None)
    terms = [
        _Terms(key, name, _money(own), bool(stopped))
        for _, _, key, name, own, stopped in rows
        if key is not None
    ]
    return int(balance), limit, terms


def _waiting(reading: Reading, party_id: int, going: _Going | None) -> list[_Waiting]:
    """What orders and challans still wait for, less what this draft bills of it.

    Lines that wait whole come summed from the books; the others one by one, for their rounding.
    """
    taken = going.taken if going else Counter()
    return [
        _Waiting(kind, owner or 0, _part(amount, max(left - taken[line], 0), pieces))
        for kind, line, owner, amount, left, pieces in reading.rows(
            "SELECT waiting.kind, min(goods_line.id), principal_id,"
            " sum(taxable + cgst + sgst + igst + cess), min(line_left.qty), min(goods_line.qty)"
            " FROM waiting JOIN goods_line ON goods_line.document_id = waiting.document_id"
            " JOIN line_left ON line_id = goods_line.id"
            " WHERE waiting.party_id = :party AND open = 1 AND waiting.kind IN ('order', 'challan')"
            " AND line_left.qty > 0 GROUP BY waiting.kind, principal_id,"
            " CASE WHEN line_left.qty = goods_line.qty AND NOT goods_line.id IN :taken THEN 0"
            " ELSE goods_line.id END",
            party=party_id,
            taken=sorted(taken),
        )
    ]


def _part(amount: int, of: int, pieces: int) -> Money:
    return Money(whole(Decimal(int(amount) * int(of)) / int(pieces)))


def _late(reading: Reading, party_id: int, on: date) -> Late | None:
    """What is past its day in all, and the oldest bill of it."""
    oldest = reading.row(
        "SELECT number, open_item.due_day, open_paise FROM open_item"
        " JOIN document ON document.id = document_id WHERE open_item.party_id = :party"
        " AND open_item.due_day < :on AND open_paise > 0"
        " ORDER BY open_item.due_day, document_id LIMIT 1",
        party=party_id,
        on=on.isoformat(),
    )
    if oldest is None:
        return None
    number, due, paise = oldest
    owed = reading.value(
        "SELECT sum(open_paise) FROM open_item WHERE party_id = :party AND due_day < :on"
        " AND open_paise > 0",
        party=party_id,
        on=on.isoformat(),
    )
    return Late(Money(int(owed)), OpenBill(number, date.fromisoformat(due), Money(int(paise))))


def _of_principal(reading: Reading, party_id: int, principal: int) -> list[OpenBill]:
    """Open bills with his goods on them, his part of what is open, in the order they fall due."""
    return [
        OpenBill(number, date.fromisoformat(due), _part(open_paise, mine, whole_bill))
        for number, due, open_paise, mine, whole_bill in reading.rows(
            "SELECT number, open_item.due_day, open_paise, sum(goods_line.taxable"
            " + goods_line.cgst + goods_line.sgst + goods_line.igst + goods_line.cess), total"
            " FROM open_item JOIN document ON document.id = open_item.document_id"
            " JOIN goods_line ON goods_line.document_id = document.id"
            " WHERE open_item.party_id = :party AND open_paise > 0 AND principal_id = :owner"
            " GROUP BY document.id, number, open_item.due_day, open_paise, total"
            " ORDER BY open_item.due_day, document.id",
            party=party_id,
            owner=principal,
        )
    ]


def _money(paise: int | None) -> Money | None:
    return None if paise is None else Money(int(paise))
