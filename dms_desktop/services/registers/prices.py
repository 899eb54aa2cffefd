"""Dated prices of the price lists, one or many at a time: no two for the same day and MRP."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import ZERO, Money, Rate, whole
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused, refuse
from dms_desktop.domain.registers import PriceRecord, joined, parted
from dms_desktop.services import principals
from dms_desktop.services.registers.coded import by_name
from dms_desktop.services.registers.register import (
    Given,
    Keeping,
    Match,
    Shown,
    like,
    register,
)
from dms_desktop.services.rows import ten_thousandths
from dms_desktop.services.series import today
from dms_desktop.store.session import Reading, Tx

Key = tuple[int, int, str, int]  # list, item, first day, MRP in paise
COLUMNS = (
    "price_list_id", "item_id", "from_day", "mrp", "until_day", "rate", "per", "percent_of_ptr",
    "percent_of_mrp", "inclusive", "net",
)  # fmt: skip
_ROWS = (
    f"SELECT id, row_version, {', '.join(COLUMNS)} FROM list_price"  # noqa: S608
    " WHERE price_list_id IN :lists AND item_id IN :items ORDER BY id"
)
_ALL = f"SELECT id, row_version, {', '.join(COLUMNS)} FROM list_price ORDER BY id"  # noqa: S608
_UPDATE = (
    f"UPDATE list_price SET {', '.join(f'{name} = ?' for name in COLUMNS)},"  # noqa: S608
    " row_version = row_version + 1 WHERE id = ?"
)
_ITEMS = "SELECT id, code_key, code, name, mrp, tax_class_id FROM item WHERE code_key IN :codes"
_EVERY_ITEM = "SELECT id, code_key, code, name, mrp, tax_class_id FROM item"
_PAGE = (
    "SELECT price_list.code, item.code, from_day, list_price.mrp, item.name, until_day"
    " FROM list_price JOIN price_list ON price_list.id = price_list_id"
    " JOIN item ON item.id = item_id WHERE (code_key LIKE :like ESCAPE '\\'"
    " OR lower(item.name) LIKE :like ESCAPE '\\' OR lower(price_list.code) LIKE :like ESCAPE '\\')"
    " AND (price_list.code, code_key, from_day, list_price.mrp) > (:list, :item, :day, :mrp)"
    " ORDER BY price_list.code, code_key, from_day, list_price.mrp LIMIT :most"
)
_FOREVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Goods:
    """What a price needs to know of its item; `percent` is what tax adds to 100, if that tells."""

    id: int
    code: str
    name: str
    mrp: Money
    percent: Decimal


@dataclass(slots=True)
class Known:
    """The lists and items by folded name, and the prices that are there."""

    lists: dict[str, int]
    codes: dict[int, str]
    goods: dict[str, Goods]
    there: dict[Key, Shown[PriceRecord]] = field(default_factory=dict)

    def key(self, record: PriceRecord) -> Key:
        day = record.from_day.isoformat() if record.from_day else ""
        return (
            self.lists[folded(record.list)], self.goods[folded(record.item)].id, day,
            record.mrp.paise,
        )  # fmt: skip


def known(reading: Reading, items: Iterable[str] | None) -> Known:
    """All lists, and these items by code with their prices; None = every item."""
    lists = reading.rows("SELECT id, code, name FROM price_list ORDER BY id")
    if items is None:
        rows = reading.rows(_EVERY_ITEM)
    else:
        rows = reading.rows(_ITEMS, codes=sorted({folded(code) for code in items}))
    classes = principals.tax_classes(reading, today(reading))
    goods = {
        key: Goods(item, code, name, Money(mrp), _percent(classes.get(tax_class)))
        for item, key, code, name, mrp, tax_class in rows
    }
    found = Known(by_name(lists), {key: code for key, code, _ in lists}, goods)
    by_id = {each.id: each for each in goods.values()}
    if items is None:
        prices = reading.rows(_ALL)
    else:
        prices = reading.rows(_ROWS, lists=sorted(found.codes), items=sorted(by_id))
    for key, version, *row in prices:
        record = _record(found.codes[row[0]], by_id[row[1]].code, row[2:])
        found.there[(row[0], row[1], row[2], row[3])] = Shown(key, version, record)
    return found


def over(found: Known, given: Given, row: int | None = None) -> tuple[PriceRecord, list[Problem]]:
    """The price as it will be, over the one of the same list, item, day and MRP.

    A given rate may come with `per`: so much for so many pieces.
    """
    said = dict(given)
    per = said.pop("per", 0)
    if per and said.get("rate"):
        said["rate"] = Rate(said["rate"].amount, said["rate"].per * per)
    new = PriceRecord(**{"list": "", "item": "", **said})
    if folded(new.list) not in found.lists:
        facts: dict[str, object] = {"field": "price-list", "value": new.list}
        return new, [Problem(Reason.UNKNOWN_CODE, row, facts)]
    item = found.goods.get(folded(new.item))
    if item is None:
        return new, [Problem(Reason.UNKNOWN_ITEM, row, {"code": new.item})]
    tied = item.mrp if new.rate is not None and not new.mrp else new.mrp
    key = (found.lists[folded(new.list)], item.id, _text(new.from_day), tied.paise)
    old = found.there.get(key)
    if old is not None:
        ways = {"rate", "percent_of_ptr", "percent_of_mrp"}
        cleared = dict.fromkeys(ways) if ways & {name for name, v in said.items() if v} else {}
        new = replace(old.record, **{**cleared, **said})
    new = replace(new, list=found.codes[key[0]], item=item.code, mrp=tied)
    return new, _faults(new, item, row)


def overlap(found: Known, wanted: Sequence[tuple[int | None, PriceRecord]]) -> list[Problem]:
    """Which of these prices, each with its row, hold on a day on which another one holds."""
    spans: defaultdict[tuple[int, int, int], dict[str, PriceRecord]] = defaultdict(dict)
    for key, shown in found.there.items():
        spans[key[0], key[1], key[3]][key[2]] = shown.record
    for _, record in wanted:
        key = found.key(record)
        spans[key[0], key[1], key[3]][key[2]] = record
    problems: list[Problem] = []
    for row, record in wanted:
        key = found.key(record)
        for day, other in spans[key[0], key[1], key[3]].items():
            if day != key[2] and _meet(record, other):
                facts = {
                    "list": record.list, "item": found.goods[folded(record.item)].name,
                    "from": other.from_day or "", "until": other.until_day or "",
                }  # fmt: skip
                problems.append(Problem(Reason.PRICES_OVERLAP, row, facts))
                break
    return problems


def put(tx: Tx, found: Known, records: Sequence[PriceRecord]) -> None:
    """Write prices that were found right."""
    new = [record for record in records if found.key(record) not in found.there]
    tx.insert("list_price", COLUMNS, [_row(found, record) for record in new])
    changed = [
        (*_row(found, record), found.there[found.key(record)].id)
        for record in records
        if found.key(record) in found.there
    ]
    tx.many(_UPDATE, changed)
    tx.touched["item"].update(found.key(record)[1] for record in records)


@needs(Power.EXPORT)
def every(reading: Reading) -> list[PriceRecord]:
    """All prices of all lists, by list, item and day."""
    found = known(reading, None)
    prices = [shown.record for shown in found.there.values()]
    return sorted(
        prices, key=lambda each: (each.list, folded(each.item), _text(each.from_day), each.mrp)
    )


def _meet(one: PriceRecord, other: PriceRecord) -> bool:
    return _text(one.from_day) <= (_text(other.until_day) or _FOREVER) and _text(
        other.from_day
    ) <= (_text(one.until_day) or _FOREVER)


def _faults(record: PriceRecord, item: Goods, row: int | None) -> list[Problem]:
    ways = (record.rate, record.percent_of_ptr, record.percent_of_mrp)
    count = sum(way is not None for way in ways)
    if count != 1:
        why = Reason.BAD_ENTRY if count else Reason.MISSING
        return [Problem(why, row, {"field": "rate", "value": record.item})]
    if record.until_day and record.from_day and record.until_day < record.from_day:
        return [Problem(Reason.BAD_DAY, row, {"field": "until_day", "value": record.until_day})]
    if record.rate is None:
        return []
    percent = Decimal(100) if record.inclusive else item.percent
    dear = Money(whole(record.rate.amount.paise * percent / 100 / record.rate.per))
    if record.mrp and dear > record.mrp:
        facts = {"item": item.name, "qty": 1, "amount": dear, "mrp": record.mrp}
        return [Problem(Reason.ABOVE_MRP, row, facts)]
    return []


def _percent(tax_class: principals.TaxClass | None) -> Decimal:
    if tax_class is None or not tax_class.plain:
        return Decimal(100)
    return 100 + sum(tax_class.rates, Decimal(0))


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _record(code: str, item: str, row: Sequence[Any]) -> PriceRecord:
    day, mrp, until, rate, per, of_ptr, of_mrp, inclusive, net = row
    return PriceRecord(
        code, item, date.fromisoformat(day) if day else None, Money(mrp),
        date.fromisoformat(until) if until else None,
        None if rate is None else Rate(Money(rate), per),
        None if of_ptr is None else Decimal(of_ptr).scaleb(-4),
        None if of_mrp is None else Decimal(of_mrp).scaleb(-4), bool(inclusive), bool(net),
    )  # fmt: skip


def _row(found: Known, record: PriceRecord) -> tuple[Any, ...]:
    rate = (None, 1) if record.rate is None else (record.rate.amount.paise, record.rate.per)
    of_ptr, of_mrp = (
        None if percent is None else ten_thousandths(percent)
        for percent in (record.percent_of_ptr, record.percent_of_mrp)
    )
    return (
        *found.key(record), _text(record.until_day), *rate, of_ptr, of_mrp,
        int(record.inclusive), int(record.net),
    )  # fmt: skip


def code_of(record: PriceRecord) -> str:
    mrp = str(record.mrp) if record.mrp else ""
    return joined(record.list, record.item, _text(record.from_day), mrp)


def _kept(reading: Reading, code: str) -> Shown[PriceRecord] | None:
    prices, item, day, mrp = parted(code, 4)
    if reading.locking:  # whoever writes a price of a list waits for whoever is at it
        reading.rows("SELECT id FROM price_list ORDER BY id FOR UPDATE")
    found = known(reading, [item])
    for shown in found.there.values():
        record = shown.record
        same = folded(record.list) == folded(prices) and _text(record.from_day) == day
        if same and str(record.mrp or ZERO) == (mrp or str(ZERO)):
            return shown
    return None


def _find(reading: Reading, text: str, after: str, most: int) -> list[Match]:
    prices, item, day, mrp = parted(after, 4)
    now = today(reading).isoformat()
    paise = int(Decimal(mrp).scaleb(2)) if mrp else 0 if after else -1
    return [
        Match(joined(code, goods, begun, str(Money(at)) if at else ""), name, now <= (end or now))
        for code, goods, begun, at, name, end in reading.rows(
            _PAGE, like=like(text), list=prices, item=folded(item), day=day, mrp=paise, most=most
        )
    ]


def _over(reading: Reading, given: Given, old: PriceRecord | None) -> PriceRecord:
    named = old or PriceRecord(given.get("list", ""), given.get("item", ""))
    found = known(reading, [named.item])
    said = dict(given)
    if old is not None:
        own = {"list": old.list, "item": old.item, "from_day": old.from_day, "mrp": old.mrp}
        if wrong := [name for name in own if name in said and said[name] != own[name]]:
            raise refuse(Reason.BAD_ENTRY, field=wrong[0], value=said[wrong[0]])
        said |= own
    new, problems = over(found, said)
    if problems := problems or overlap(found, [(None, new)]):
        raise Refused(*problems)
    return new


def _write(tx: Tx, record: PriceRecord, now: Shown[PriceRecord] | None) -> None:
    put(tx, known(tx, [record.item]), [record])


PRICES = register(Keeping("price", "list_price", code_of, _kept, _find, _over, _write))
