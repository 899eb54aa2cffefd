"""Vehicles, trips, vans and the stage board at the command line."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from dms_desktop.cli import replies
from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs.papers import id_of
from dms_desktop.cli.verbs.verb import Json, Verb
from dms_desktop.domain.calendar import read_day
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.money import ZERO, Money, rupees
from dms_desktop.domain.refusals import Reason, Refused, refuse
from dms_desktop.domain.settlement import Figures, Taken
from dms_desktop.domain.trip import Result, Trip, TripBill
from dms_desktop.services import (
    deliveries,
    documents,
    lookups,
    settlements,
    stages,
    trip_reads,
    trips,
    van_reads,
    vans,
    vehicles,
)
from dms_desktop.services.stages import Stage
from dms_desktop.services.stock_rows import Piece

MONEY = ("cash", "upi", "cheque", "discount")


def _put_vehicle(shop: Shop, request: Json) -> Json:
    said = vehicles.Vehicle(
        request["number"], request["kg"], request["man"], request["van"], request["active"]
    )
    return _vehicle(shop.write(vehicles.put_vehicle, said))


def _put_man(shop: Shop, request: Json) -> Json:
    said = vehicles.Man(request["code"], request["name"], request["phone"], request["active"])
    return _man(shop.write(vehicles.put_man, said))


def _vehicles(shop: Shop, request: Json) -> Json:
    return {
        "vehicles": [_vehicle(one) for one in shop.read(vehicles.vehicles)],
        "men": [_man(one) for one in shop.read(vehicles.men)],
    }


def _account(shop: Shop, request: Json) -> Json:
    rows = shop.read(vehicles.account, request["man"])
    return {
        "man": request["man"],
        "owes": str(Money(sum(row.amount.paise for row in rows))),
        "papers": [
            {
                "number": row.number, "kind": row.kind, "day": row.day.isoformat(),
                "amount": str(row.amount),
            }
            for row in rows
        ],
    }  # fmt: skip


def _vehicle(said: vehicles.Vehicle) -> Json:
    return {name: getattr(said, name) for name in ("number", "kg", "man", "van", "active")}


def _man(said: vehicles.Man) -> Json:
    told = {name: getattr(said, name) for name in ("code", "name", "phone", "active")}
    return {**told, "owes": str(said.owes)}


def _make(shop: Shop, request: Json) -> Json:
    bills = _bills(shop, request)
    if request.get("beat"):
        bills += tuple(one.id for one in _waiting_on(shop, request) if one.id not in bills)
    asked = trips.NewTrip(
        UUID(request["id"]), request["vehicle"], bills, request.get("man") or "",
        _day(request), request.get("note") or "", bool(request.get("by_beat")),
    )  # fmt: skip
    return _trip(shop.read(trip_reads.show, shop.write(trips.make, asked)))


def _change(shop: Shop, request: Json) -> Json:
    trip = _ref(shop, request)
    shop.write(trips.put_bills, trip, _bills(shop, request))
    return _trip(shop.read(trip_reads.show, trip))


def _load(shop: Shop, request: Json) -> Json:
    trip = _ref(shop, request)
    shop.write(trips.load, trip, _bills(shop, request))
    return _trip(shop.read(trip_reads.show, trip))


def _moves(what: Any) -> Verb:
    def do(shop: Shop, request: Json) -> Json:
        trip = _ref(shop, request)
        shop.write(what, trip)
        return _trip(shop.read(trip_reads.show, trip))

    return Verb(do)


def _deliver(shop: Shop, request: Json) -> Json:
    trip = _ref(shop, request)
    bill = shop.read(documents.find, request["bill"])
    said = deliveries.Delivery(
        UUID(request["id"]), trip, bill, Result(request["result"]), request.get("reason") or "",
        _back(request.get("back") or []), _day(request),
    )  # fmt: skip
    note = shop.write(deliveries.deliver, said)
    told = _trip(shop.read(trip_reads.show, trip))
    return {"credit_note": note.number if note else "", "trip": told}


def _back(said: list[str]) -> dict[int, tuple[int, int]]:
    """`2=5+1`: of row 2 five billed and one free piece. Refuses BAD_ENTRY."""
    found: dict[int, tuple[int, int]] = {}
    for each in said:
        row, mark, qty = each.partition("=")
        billed, _, free = qty.partition("+")
        if not (mark and row.isdecimal() and billed.isdecimal() and (free or "0").isdecimal()):
            raise refuse(Reason.BAD_ENTRY, field="qty", value=each)
        found[int(row) - 1] = (int(billed), int(free or "0"))
    return found


def _settle(shop: Shop, request: Json) -> Json:
    said = _checked("SettlementOrder", request["order"])
    asked = settlements.Settlement(
        id_of(said), shop.read(trip_reads.find, said["trip"]), rupees(said["cash"]),
        {shop.read(documents.find, row["bill"]): _taken(row) for row in said.get("lines") or ()},
        _amount(said, "expenses"), rupees(said["difference"]) if said.get("difference") else None,
        said.get("man") or "", said.get("note") or "", _day(said),
    )  # fmt: skip
    if request.get("check"):
        return _figures(shop.read(settlements.reckoned, asked).figures)
    posted = shop.write(settlements.settle, asked)
    issued: Any = shop.read(documents.issued, posted.id)
    paper = issued.document
    receipts = [shop.read(documents.issued, uid).number for uid in paper.receipts]
    return {
        "id": str(posted.id), "number": posted.number, "trip": paper.trip_number,
        "man": paper.man_name, "receipts": receipts, **_figures(paper.figures),
    }  # fmt: skip


def _taken(row: Json) -> Taken:
    amounts = {name: _amount(row, name) for name in MONEY}
    return Taken(**amounts, upi_ref=row.get("upi_ref") or "", cheque_no=row.get("cheque_no") or "")


def _amount(said: Json, name: str) -> Money:
    return rupees(said[name]) if said.get(name) else ZERO


def _figures(said: Figures) -> Json:
    told = {each.name: str(getattr(said, each.name)) for each in fields(said)}
    return {**told, "difference": str(said.difference)}


def _show(shop: Shop, request: Json) -> Json:
    return _trip(shop.read(trip_reads.show, _ref(shop, request)))


def _list(shop: Shop, request: Json) -> Json:
    state = request.get("state") or ""
    rows = shop.read(
        trip_reads.trips, day=_day(request), state=state, text=request.get("text") or "",
        most=request["limit"],
    )  # fmt: skip
    return {
        "trips": [
            {
                "id": str(row.id), "number": row.number, "day": row.day.isoformat(),
                "state": row.state.value, "vehicle": row.vehicle, "driver": row.driver,
                "bills": row.bills, "loaded": row.loaded, "told": row.told,
                "total": str(row.value),
            }
            for row in rows
        ]
    }  # fmt: skip


def _waiting(shop: Shop, request: Json) -> Json:
    return {"bills": [_bill(one) for one in _waiting_on(shop, request)]}


def _waiting_on(shop: Shop, request: Json) -> tuple[TripBill, ...]:
    beat = _beat(shop, request)
    found: tuple[TripBill, ...] = shop.read(trip_reads.waiting, beat_id=beat)
    return found


def _beat(shop: Shop, request: Json) -> int:
    said = request.get("beat") or ""
    if not said or said == "all":
        return 0
    found = shop.read(lookups.beat_id, said)
    if found is None:
        raise refuse(Reason.BAD_ENTRY, field="beat", value=said)
    return int(found)


def _trip(said: Trip) -> Json:
    return {
        "id": str(said.id), "number": said.number, "day": said.day.isoformat(),
        "state": said.state.value, "vehicle": said.vehicle, "driver": said.driver,
        "note": said.note, "settlement": said.settlement, "cases": said.cases,
        "loose": said.loose, "kg": _kg(said.grams), "capacity_kg": _kg(said.capacity),
        "over_kg": _kg(said.over), "total": str(said.value),
        "eway_together": said.eway_together, "bills": [_bill(one) for one in said.bills],
    }  # fmt: skip


def _bill(one: TripBill) -> Json:
    return {
        "number": one.number, "party": one.party, "total": str(one.value), "open": str(one.open),
        "position": one.position, "cases": one.cases, "loose": one.loose, "kg": _kg(one.grams),
        "eway_bill": one.eway, "loaded": one.loaded,
        "result": one.result.value if one.result else "", "reason": one.reason,
        "credit_note": one.note, "cancelled": one.cancelled,
    }  # fmt: skip


def _kg(grams: int) -> str:
    return f"{Decimal(grams).scaleb(-3):.3f}"


def _van_load(shop: Shop, request: Json) -> Json:
    said = _checked("VanOrder", request["order"])
    asked = vans.VanLoad(
        id_of(said), said["van"], _pieces(said), said.get("godown") or "",
        said.get("note") or "Van sale",
    )  # fmt: skip
    return replies.document(shop.read(documents.issued, shop.write(vans.load, asked).id))


def _van_unload(shop: Shop, request: Json) -> Json:
    said = _checked("VanOrder", request["order"])
    asked = vans.Unload(
        id_of(said), said["van"], _pieces(said), said.get("godown") or "", said.get("man") or "",
        said.get("note") or "Van sale",
    )  # fmt: skip
    issued: Any = shop.read(documents.issued, shop.write(vans.unload, asked).id)
    paper = issued.document
    return {**replies.document(issued), "man": paper.man_name, "short": str(paper.short)}


def _pieces(said: Json) -> tuple[Piece, ...]:
    return tuple(
        Piece(
            row["item"], str(row["qty"]), row.get("batch"),
            bucket=Bucket(row.get("bucket") or Bucket.SALEABLE),
        )
        for row in said["lines"]
    )  # fmt: skip


def _reconcile(shop: Shop, request: Json) -> Json:
    until = _day(request, "until") or shop.today
    since = _day(request, "since") or until
    day = shop.read(van_reads.reconcile, request["van"], since, until)
    names = ("sold", "cash", "upi", "cheques", "others", "left", "short")
    return {
        "van": request["van"], "since": since.isoformat(), "until": until.isoformat(),
        "bills": day.bills, **{name: str(getattr(day, name)) for name in names},
        "empty": day.empty,
        "goods": [
            {each.name: getattr(one, each.name) for each in fields(one)} for one in day.goods
        ],
    }  # fmt: skip


def _stage(shop: Shop, request: Json) -> Json:
    stage = Stage(request["stage"]) if request.get("stage") else None
    days = {"since": _day(request, "since"), "until": _day(request, "until")}
    board = shop.read(
        stages.board, **days, beat_id=_beat(shop, request), stage=stage,
        text=request.get("text") or "",
    )  # fmt: skip
    return {
        "counts": {one.value: count for one, count in board.counts.items()},
        "bills": [_staged(one) for one in board.bills[: request["limit"]]],
    }


def _staged(one: stages.Staged) -> Json:
    steps = [
        {
            "stage": step.stage.value, "by": step.by, "at": step.at.isoformat(),
            "detail": step.detail,
        }
        for step in one.steps
    ]  # fmt: skip
    return {
        "number": one.number, "day": one.day.isoformat(), "party": one.party, "beat": one.beat,
        "total": str(one.value), "stage": one.stage.value, "steps": steps,
    }  # fmt: skip


def _ref(shop: Shop, request: Json) -> UUID:
    found: UUID = shop.read(trip_reads.find, request["trip"])
    return found


def _bills(shop: Shop, request: Json) -> tuple[UUID, ...]:
    return tuple(shop.read(documents.find, ref) for ref in request.get("bills") or ())


def _day(request: Json, field: str = "day") -> date | None:
    text = request.get(field) or ""
    try:
        return read_day(text) if text else None
    except ValueError:
        raise refuse(Reason.BAD_DAY, field=field, value=text) from None


def _checked(name: str, said: Json) -> Json:
    from dms_desktop.cli import shapes_dispatch
    from dms_desktop.cli.slips import slips

    if problems := slips(getattr(shapes_dispatch, name), said):
        raise Refused(*problems)
    return said


VERBS = {
    "vehicle put": Verb(_put_vehicle),
    "vehicle man": Verb(_put_man),
    "vehicle list": Verb(_vehicles, writes=False),
    "vehicle account": Verb(_account, writes=False),
    "trip make": Verb(_make),
    "trip change": Verb(_change),
    "trip load": Verb(_load),
    "trip leave": _moves(trips.leave),
    "trip back": _moves(trips.back),
    "trip drop": _moves(trips.drop),
    "trip deliver": Verb(_deliver),
    "trip settle": Verb(_settle),
    "trip show": Verb(_show, writes=False),
    "trip list": Verb(_list, writes=False),
    "trip waiting": Verb(_waiting, writes=False),
    "van load": Verb(_van_load),
    "van unload": Verb(_van_unload),
    "van reconcile": Verb(_reconcile, writes=False),
    "stage": Verb(_stage, writes=False),
}
