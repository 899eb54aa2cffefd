"""Orders that came in a file: judged before anything is written, then each posted by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dms_desktop.domain.draft import Draft
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Refused
from dms_desktop.services import billing, orders, series
from dms_desktop.store.session import Reading, Tx

Said = Mapping[str, Any]
# Names that one alone has, and that are nobody's code.
_PARTIES = (
    "SELECT lower(name), max(code), count(*) FROM party WHERE lower(name) IN :names"
    " AND NOT EXISTS (SELECT 1 FROM party AS coded WHERE coded.code_key = lower(party.name))"
    " GROUP BY lower(name)"
)
_ITEMS = (
    "SELECT lower(name), max(code), count(*) FROM item WHERE lower(name) IN :names"
    " AND NOT EXISTS (SELECT 1 FROM item AS coded WHERE coded.code_key = lower(item.name))"
    " GROUP BY lower(name)"
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What an order comes to. `number` is the one that it bears in the books already, if it is
    there; `problems` name its lines from 0."""

    total: Money
    number: str = ""
    problems: tuple[Problem, ...] = ()


@needs(Power.BILL)
def judge(reading: Reading, said: Sequence[tuple[UUID, Said]]) -> list[Judged]:
    """What would become of each, if it were taken now; its credit is judged only then."""
    named = _named(reading, [order for _, order in said])
    return [_judge(reading, uid, order, named) for uid, order in said]


@needs(Power.BILL)
def take(tx: Tx, uid: UUID, said: Said) -> billing.Saved:
    """Post an order at the rates that it promises. The same order again is given back as it is.

    Refuses as `orders.draft` and `billing.post_draft` do, and OTHER_CONTENT for an order of this
    number and party that says something else than it did.
    """
    asked = orders.digest(Kind.ORDER, said)
    draft = _draft(tx, uid, said, _named(tx, [said]))
    return billing.post_draft(tx, draft, asked=asked)


def _judge(reading: Reading, uid: UUID, said: Said, named: Mapping[str, str]) -> Judged:
    row = reading.row("SELECT number, total FROM document WHERE uid = :uid", uid=uid.bytes)
    if row is not None:
        return Judged(Money(int(row[1])), row[0])
    try:
        priced = billing.preview(reading, _draft(reading, uid, said, named))
    except Refused as refused:
        return Judged(Money(), problems=refused.problems)
    return Judged(priced.totals.total, problems=priced.problems)


def _draft(reading: Reading, uid: UUID, said: Said, named: Mapping[str, str]) -> Draft:
    lines = [{**line, "item": _code(named, "item", line.get("item"))} for line in said["lines"]]
    order = {**said, "party": _code(named, "party", said.get("party")), "lines": lines}
    today = series.today(reading)
    return orders.draft(reading, order, kind=Kind.ORDER, new=uid, today=today)


def _code(named: Mapping[str, str], what: str, said: Any) -> str:
    text = str(said or "")
    return named.get(f"{what} {folded(text)}", text)


def _named(reading: Reading, said: Iterable[Said]) -> dict[str, str]:
    """The codes of parties and items that are told by their whole name, where one alone has it."""
    wanted = [*said]
    parties = {folded(str(order.get("party") or "")) for order in wanted}
    items = {folded(str(line.get("item") or "")) for order in wanted for line in order["lines"]}
    found = {}
    for what, sql, names in (("party", _PARTIES, parties), ("item", _ITEMS, items)):
        for name, code, count in reading.rows(sql, names=sorted(names)):
            if count == 1:
                found[f"{what} {name}"] = code
    return found
