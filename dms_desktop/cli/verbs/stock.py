"""Stock reports at the command line: a request in JSON, a page of rows in JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs.verb import Json, Verb
from dms_desktop.domain.calendar import read_day
from dms_desktop.domain.money import Money
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.services.stock_reports import (
    ageing,
    as_on,
    ledgers,
    levels,
    movers,
    recalls,
    snapshots,
    standing,
    value,
)
from dms_desktop.services.stock_reports.wanted import MOST, Page, Wanted

USUAL = 1000  # rows of a page where none are said
AGES = (*(f"upto_{days}" for days in ageing.UNTIL), "older")


def _lots(shop: Shop, request: Json) -> Json:
    wanted = _wanted(request, "saleable")
    by = standing.By(request.get("by") or "item")
    if day := _day(request, "as_on"):
        found = shop.read(as_on.as_on, day, wanted, _after(request), by=by, most=_most(request))
    else:
        found = shop.read(standing.by_lot, wanted, _after(request), by=by, most=_most(request))
    return _page("lots", found, _lot)


def _near_expiry(shop: Shop, request: Json) -> Json:
    found = shop.read(
        standing.near_expiry,
        _wanted(request),
        _after(request),
        days=int(request.get("days") or 30),
        most=_most(request),
    )
    return _page("lots", found, _lot)


def _expired(shop: Shop, request: Json) -> Json:
    found = shop.read(standing.expired, _wanted(request), _after(request), most=_most(request))
    return _page("lots", found, _lot)


def _ledger(shop: Shop, request: Json) -> Json:
    course = ledgers.Course(
        request["item"], request.get("batch") or "", int(request.get("lot") or 0),
        request.get("godown") or "", _bucket(request), _day(request, "from") or ledgers.FIRST,
        _day(request, "to") or ledgers.LAST,
    )  # fmt: skip
    found = shop.read(ledgers.ledger, course, _after(request), most=_most(request))
    return _page("moves", found, told)


def _recall(shop: Shop, request: Json) -> Json:
    found = shop.read(recalls.recall, request["item"], request["batch"])
    said = told(found) | {"here": [_lot(row) for row in found.here]}
    return said | {"shops": [told(row) for row in found.shops]}


def _pace(shop: Shop, request: Json, *, pace: movers.Pace) -> Json:
    found = shop.read(
        movers.movers,
        pace,
        _wanted(request, "saleable"),
        _after(request),
        days=int(request.get("days") or 90),
        cover=int(request.get("cover") or movers.SLOW_FROM),
        most=_most(request),
    )
    return _page("items", found, told)


def _ageing(shop: Shop, request: Json) -> Json:
    found = shop.read(ageing.ageing, _wanted(request), _after(request), most=_most(request))
    return _page("items", found, _aged)


def _levels(shop: Shop, request: Json) -> Json:
    found = shop.read(
        levels.levels,
        _wanted(request),
        _after(request),
        every=bool(request.get("every")),
        most=_most(request),
    )
    return _page("items", found, told)


def _value(shop: Shop, request: Json) -> Json:
    if day := _day(request, "as_on"):
        return {"as_on": day.isoformat(), "cost": str(shop.read(as_on.worth, day))}
    each = value.Each(request.get("by") or "principal")
    rows = shop.read(value.value, _wanted(request), each=each)
    foot = told(value.total(rows))
    return (
        {"rows": [told(row) for row in rows]}
        | {"total": foot["cost"]}
        | {f"total_{name}": foot[name] for name in ("qty", "ptr", "mrp")}
    )


def _snapshot(shop: Shop, request: Json) -> Json:
    built = []
    while made := shop.write(snapshots.build):
        built.append(made.month_end.isoformat())
    months = shop.read(snapshots.months)
    return {"built": built, "months": [told(month) for month in months]}


def told(row: Any) -> Json:
    """A frozen row under the names of its fields; what lies within it in turn is left to others."""
    names = (field.name for field in fields(row))
    said = {name: getattr(row, name) for name in names}
    return {
        name: _word(value)
        for name, value in said.items()
        if name not in ("item_id", "lot_id", "here", "shops", "pieces")
    }


def _word(value: Any) -> Any:
    match value:
        case Money():
            return str(value)
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case _:
            return value


def _lot(row: Any) -> Json:
    return told(row) | {"lot": row.lot_id}


def _aged(row: Any) -> Json:
    pieces = dict(zip(AGES, row.pieces, strict=True))
    costs = {f"cost_{age}": str(cost) for age, cost in zip(AGES, row.cost, strict=True)}
    return {"item": row.item, "name": row.name} | pieces | costs


def _page(name: str, page: Page[Any], said: Callable[[Any], Json]) -> Json:
    rows: Sequence[Any] = page.rows
    return {name: [said(row) for row in rows], "after": page.after}


def _wanted(request: Json, bucket: str = "") -> Wanted:
    names = ("text", "item", "principal", "brand", "category", "godown")
    asked = {name: str(request.get(name) or "") for name in names}
    return Wanted(**asked, bucket=_bucket(request, bucket))


def _bucket(request: Json, usual: str = "") -> str:
    bucket = str(request.get("bucket") or usual)
    return "" if bucket == "any" else bucket


def _after(request: Json) -> int:
    return max(0, int(request.get("after") or 0))


def _most(request: Json) -> int:
    return max(1, min(int(request.get("limit") or USUAL), MOST))


def _day(request: Json, name: str) -> date | None:
    if not (text := request.get(name) or ""):
        return None
    try:
        return read_day(text)
    except ValueError:
        raise refuse(Reason.BAD_DAY, field="day", value=text) from None


VERBS = {
    "stock": Verb(_lots, writes=False),
    "stock near-expiry": Verb(_near_expiry, writes=False),
    "stock expired": Verb(_expired, writes=False),
    "stock ledger": Verb(_ledger, writes=False),
    "stock recall": Verb(_recall, writes=False),
    **{
        f"stock {pace.value}": Verb(partial(_pace, pace=pace), writes=False) for pace in movers.Pace
    },
    "stock ageing": Verb(_ageing, writes=False),
    "stock levels": Verb(_levels, writes=False),
    "stock value": Verb(_value, writes=False),
    "stock snapshot": Verb(_snapshot),
}
