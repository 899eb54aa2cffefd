"""Pick lists at the command line: made, worked, closed and packed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs.verb import Json, Verb
from dms_desktop.domain.calendar import read_day
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.picking import ListState, PickListHead, PickRow
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.units import spell
from dms_desktop.services import (
    documents,
    lookups,
    picking,
    picking_close,
    picking_deeds,
    picking_rows,
    picking_swaps,
)
from dms_desktop.services.bulk import Rest

SINCE_DAYS = 7  # what is older was fetched without a list


def _make(shop: Shop, request: Json) -> Json:
    kind = Kind.ORDER if request.get("orders") else Kind.BILL
    papers: tuple[UUID, ...]
    if request.get("papers"):
        papers = tuple(shop.read(documents.find, ref) for ref in request["papers"])
    else:
        papers = tuple(each.id for each in _unpicked(shop, request, kind))
    wanted = picking.Wanted(
        UUID(request["id"]), papers, request.get("route") or "", request.get("vehicle") or ""
    )
    return _told(shop, shop.write(picking.make, wanted))


def _unpicked(shop: Shop, request: Json, kind: Kind) -> tuple[picking.Unpicked, ...]:
    beat = 0
    if request.get("beat"):
        found = shop.read(lookups.beat_id, request["beat"])
        if found is None:
            raise refuse(Reason.BAD_ENTRY, field="beat", value=request["beat"])
        beat = found
    days: tuple[picking.Unpicked, ...] = shop.read(
        picking.unpicked, kind, _since(shop, request), beat_id=beat,
        trip=request.get("trip") or "",
    )  # fmt: skip
    return days


def _since(shop: Shop, request: Json) -> date:
    text = request.get("since") or ""
    if not text:
        return shop.today - timedelta(days=SINCE_DAYS)
    try:
        return read_day(text)
    except ValueError:
        raise refuse(Reason.BAD_DAY, field="since", value=text) from None


def _waiting(shop: Shop, request: Json) -> Json:
    kind = Kind.ORDER if request.get("orders") else Kind.BILL
    return {
        "papers": [
            {
                "id": str(one.id), "number": one.number, "day": one.day.isoformat(),
                "party": one.party, "beat": one.beat, "total": str(one.total),
                "trip": one.trip or None, "vehicle": one.vehicle or None,
            }
            for one in _unpicked(shop, request, kind)
        ]
    }  # fmt: skip


def _list(shop: Shop, request: Json) -> Json:
    state = ListState(request["state"]) if request.get("state") else None
    found = shop.read(
        picking_rows.lists, state=state, text=request.get("text") or "", limit=request["limit"]
    )
    return {"lists": [_head(one) for one in found]}


def _show(shop: Shop, request: Json) -> Json:
    return _told(shop, _ref(shop, request))


def _tick(shop: Shop, request: Json) -> Json:
    uid = _ref(shop, request)
    if request.get("scan"):
        return {"row": row_json(shop.write(picking_deeds.scan, uid, request["scan"]))}
    asked = picking_deeds.Tick(uid, int(request["row"]), request.get("pieces"))
    return {"row": row_json(shop.write(picking_deeds.tick, asked))}


def _short(shop: Shop, request: Json) -> Json:
    done = shop.write(
        picking_deeds.short, _ref(shop, request), int(request["row"]), int(request["found"]),
        request.get("reason") or "",
    )  # fmt: skip
    return {"row": row_json(done)}


def _swap(shop: Shop, request: Json) -> Json:
    asked = picking_swaps.Swapping(
        UUID(request["id"]), _ref(shop, request), int(request["row"]), request["batch"],
        request.get("reason") or "", request.get("pieces"),
    )  # fmt: skip
    return {"row": row_json(shop.write(picking_swaps.swap_batch, asked))}


def _undo(shop: Shop, request: Json) -> Json:
    done = shop.write(picking_deeds.undo, _ref(shop, request), int(request["row"]))
    return {"row": row_json(done)}


def _close(shop: Shop, request: Json) -> Json:
    uid, rest = _ref(shop, request), Rest(request.get("rest") or "keep")
    steps: list[picking_close.Step] = []
    while (step := shop.write(picking_close.settle_next, uid, rest)) is not None:
        steps.append(step)
    made = [
        {
            "of": step.number, "paper": step.paper.number if step.paper else None,
            "total": str(step.paper.total) if step.paper else None, "short": step.short,
        }
        for step in steps
    ]  # fmt: skip
    return {"number": shop.read(picking_rows.shown, uid).head.number, "settled": made}


def _let_go(shop: Shop, request: Json) -> Json:
    uid = _ref(shop, request)
    paper = shop.read(documents.find, request["paper"]) if request.get("paper") else None
    gone = shop.write(picking_close.let_go, uid, paper)
    return {"number": shop.read(picking_rows.shown, uid).head.number, "let_go": gone}


def _pack(shop: Shop, request: Json) -> Json:
    uid = _ref(shop, request)
    count = shop.write(picking_close.packed, uid)
    return {"number": shop.read(picking_rows.shown, uid).head.number, "packed": count}


def _ref(shop: Shop, request: Json) -> UUID:
    uid: UUID = shop.read(picking_rows.find, request["list"])
    return uid


def _told(shop: Shop, uid: UUID) -> Json:
    found = shop.read(picking_rows.shown, uid)
    sources = [
        {
            "id": str(one.id), "number": one.number, "party": one.party, "state": one.state.value,
            "paper": one.paper or None,
        }
        for one in found.sources
    ]  # fmt: skip
    return {**_head(found.head), "rows": [row_json(row) for row in found.rows], "papers": sources}


def _head(head: PickListHead) -> Json:
    return {
        "id": str(head.id), "number": head.number, "day": head.day.isoformat(),
        "kind": head.kind.value, "godown": head.godown, "route": head.route,
        "vehicle": head.vehicle, "state": head.state.value, "by": head.by,
        "count": head.papers, "open_rows": head.open, "pieces": head.pieces,
        "picked": head.picked, "packed": head.packed,
    }  # fmt: skip


def row_json(row: PickRow) -> dict[str, Any]:
    return {
        "row": row.id, "rack": row.rack, "item": row.code, "name": row.name, "batch": row.batch,
        "expiry": row.expiry.isoformat() if row.expiry else None, "mrp": str(row.mrp),
        "qty": row.qty, "say": spell(row.qty, row.case), "picked": row.picked,
        "state": row.state.value, "reason": row.reason, "instead_of": row.instead_of or None,
        "by": row.by or None, "of": list(row.papers),
    }  # fmt: skip


VERBS = {
    "pick make": Verb(_make),
    "pick waiting": Verb(_waiting, writes=False),
    "pick list": Verb(_list, writes=False),
    "pick show": Verb(_show, writes=False),
    "pick tick": Verb(_tick),
    "pick short": Verb(_short),
    "pick swap": Verb(_swap),
    "pick undo": Verb(_undo),
    "pick close": Verb(_close),
    "pick let-go": Verb(_let_go),
    "pick pack": Verb(_pack),
}
