"""What the forms of goods in ask: a draft judged as it is typed, and posted as it was shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from dms_desktop.domain.goods_line import Bucket, Kind, Totals
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.purchase_draft import LastBought
from dms_desktop.domain.refusals import Problem, Refused
from dms_desktop.domain.tax import TaxRate, gst, is_interstate
from dms_desktop.services import (
    catalogue,
    purchase_intake,
    purchase_list,
    purchases,
    supplier_credits,
    supplier_intake,
    supplier_returns,
)
from dms_desktop.services.posting import Posted
from dms_desktop.services.purchase_columns import learn
from dms_desktop.store.session import Reading, Tx

Said = Mapping[str, Any]
_SUPPLIERS = (
    "SELECT id, code, name, state FROM party WHERE supplier = 1 AND active = 1 ORDER BY code"
)
_LIES = (
    "SELECT stock.lot_id, item.code, item.name, batch, expiry, lot.mrp, bucket, stock.qty"
    " FROM stock JOIN lot ON lot.id = stock.lot_id JOIN item ON item.id = lot.item_id"
    " WHERE place_id = :place AND stock.qty > 0 AND (:item = 0 OR lot.item_id = :item)"
    " AND (:party = 0 OR (bucket <> 'saleable' AND lot.item_id IN (SELECT bought.item_id"
    " FROM bought JOIN document ON document.id = line_id / 65536 WHERE party_id = :party)))"
    " ORDER BY item.name, item.code, expiry, stock.lot_id, bucket LIMIT 300"
)


@dataclass(frozen=True, slots=True)
class Supplier:
    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Judged:
    """`shown`: by line, what is computed of it. Problems stop it, warnings are only said."""

    totals: Totals
    shown: Mapping[int, Money]
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Lying:
    """Pieces of a lot that lie in one bucket of a godown."""

    lot: int
    code: str
    name: str
    batch: str
    expiry: date | None
    mrp: Money
    bucket: Bucket
    qty: int


@needs(Power.LOOK)
def suppliers(reading: Reading) -> list[Supplier]:
    return [Supplier(key, code, name) for key, code, name, _ in reading.rows(_SUPPLIERS)]


@needs(Power.RECEIVE)
def judge_purchase(reading: Reading, said: Said, kind: Kind, new: UUID) -> Judged:
    """While lines are wrong the others are reckoned without them: nobody loses the total of sixty
    lines over the sixty-first."""
    judged = _judged_purchase(reading, said, kind, new)
    wrong = {problem.row for problem in judged.problems if problem.row is not None}
    sound = [at for at in range(len(said.get("lines", ()))) if at not in wrong]
    if judged.shown or not wrong or not sound:
        return judged
    lines = [said["lines"][at] for at in sound]
    rest = _judged_purchase(reading, {**said, "lines": lines}, kind, new)
    shown = {sound[at]: amount for at, amount in rest.shown.items()}
    return replace(judged, totals=rest.totals, shown=shown)


def _judged_purchase(reading: Reading, said: Said, kind: Kind, new: UUID) -> Judged:
    try:
        draft = purchase_intake.draft(reading, said, kind=kind, new=new)
        priced = purchases.judge(reading, draft)
    except Refused as refusal:
        return Judged(Totals(), {}, refusal.problems)
    shown = {at: line.amount for at, line in enumerate(priced.lines)}
    return Judged(priced.totals, shown, priced.problems, priced.warnings)


@needs(Power.RECEIVE)
def post_purchase(
    tx: Tx, said: Said, kind: Kind, new: UUID, party: int, columns: Mapping[str, str]
) -> Posted:
    """`columns`: those of the brand's file that filled it, kept for the next one."""
    draft = purchase_intake.draft(tx, said, kind=kind, new=new)
    saved = purchases.post_purchase(tx, draft)
    if columns:
        learn(tx, party, columns)
    return saved.posted


@needs(Power.RECEIVE)
def judge_return(reading: Reading, said: Said, new: UUID) -> Judged:
    try:
        priced = supplier_returns.judge_return(
            reading, supplier_intake.return_draft(reading, said, new=new)
        )
    except Refused as refusal:
        return Judged(Totals(), {}, refusal.problems)
    lines = priced.paper.lines if priced.paper else ()
    shown = {at: line.amount for at, line in enumerate(lines)}
    return Judged(priced.totals, shown, priced.problems)


@needs(Power.RECEIVE)
def post_return(tx: Tx, said: Said, new: UUID) -> Posted:
    return supplier_returns.post_return(tx, supplier_intake.return_draft(tx, said, new=new))


@needs(Power.RECEIVE)
def judge_credit(reading: Reading, said: Said, new: UUID) -> Judged:
    """`shown`: by claim, what the note accepts of it."""
    try:
        draft = supplier_intake.credit_draft(reading, with_tax(reading, said), new=new)
        priced = supplier_credits.judge_credit(reading, draft)
    except Refused as refusal:
        return Judged(Totals(), {}, refusal.problems)
    shown = {at: each.accepted for at, each in enumerate(priced.paper.answers)}
    return Judged(priced.paper.totals, shown, priced.problems)


@needs(Power.RECEIVE)
def post_credit(tx: Tx, said: Said, new: UUID) -> Posted:
    draft = supplier_intake.credit_draft(tx, with_tax(tx, said), new=new)
    return supplier_credits.post_credit(tx, draft)


def with_tax(reading: Reading, said: Said) -> Said:
    """The tax of each rate by heads, from its sum as printed, or computed where none is typed."""
    us = catalogue.seller(reading)
    row = reading.row(
        "SELECT state, gstin, gst_type FROM party LEFT JOIN party_gst ON party_id = party.id"
        " WHERE code_key = lower(:code) ORDER BY from_day DESC LIMIT 1",
        code=str(said.get("supplier") or ""),
    )
    home = (row[1] or "")[:2] or row[0] if row else us.state
    across = is_interstate(home, us.state, us.gst_type)
    rates = [_by_heads(each, across, gst_note=said.get("gst_note")) for each in said["tax"]]
    return {**said, "tax": rates}


def _by_heads(each: Said, across: bool, *, gst_note: object) -> dict[str, str]:
    bare = {name: str(each.get(name) or "0") for name in ("gst", "taxable")}
    if gst_note is False:
        return bare
    try:
        rate, value = TaxRate(Decimal(bare["gst"])), Decimal(bare["taxable"])
        whole = gst(Money(int(value * 100)), rate, 1, interstate=across).total.paise
        if each.get("tax"):
            whole = int(Decimal(str(each["tax"])) * 100)
    except ArithmeticError:
        return bare
    if across:
        return {**bare, "igst": str(Money(whole))}
    half = whole // 2
    return {**bare, "cgst": str(Money(whole - half)), "sgst": str(Money(half))}


@needs(Power.LOOK)
def lying(reading: Reading, place: int, item: int = 0, party: int = 0) -> list[Lying]:
    """Of an item all that lies there; of a supplier what he sold and nobody can sell any more."""
    return [
        Lying(
            lot, code, name, batch, date.fromisoformat(expiry) if expiry else None, Money(mrp),
            Bucket(bucket), qty,
        )
        for lot, code, name, batch, expiry, mrp, bucket, qty in reading.rows(
            _LIES, place=place, item=item, party=party
        )
    ]  # fmt: skip


@needs(Power.LOOK)
def last_bought(reading: Reading, item: int) -> tuple[LastBought | None, Money]:
    """What the last invoice said of it, and its MRP in the masters."""
    mrp = reading.value("SELECT mrp FROM item WHERE id = :item", item=item)
    return purchase_list.last_bought(reading, [item]).get(item), Money(int(mrp or 0))


@needs(Power.LOOK)
def first_godown(reading: Reading) -> int:
    sql = "SELECT min(id) FROM place WHERE kind = 'godown' AND active = 1"
    return int(reading.value(sql))
