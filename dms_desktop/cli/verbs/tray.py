"""The order tray, credit and approvals at the command line."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any
from uuid import UUID

from dms_desktop.cli import replies
from dms_desktop.cli.shop import Shop, now
from dms_desktop.cli.verbs.papers import check_shape, told
from dms_desktop.cli.verbs.verb import Json, Verb
from dms_desktop.domain.calendar import read_day
from dms_desktop.domain.credit import Account
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import rupees
from dms_desktop.domain.refusals import Reason, Refused, refuse
from dms_desktop.domain.shortage import Sharing
from dms_desktop.domain.uid import uuid7
from dms_desktop.domain.verdict import Verdict
from dms_desktop.services import (
    approvals,
    bill_list,
    billing,
    bulk,
    copying_bills,
    credit,
    documents,
    drafts,
    lookups,
    options,
    orders,
    panel,
    reserving,
    sharing,
    stock_grounds,
    tray,
)


def _list(shop: Shop, request: Json) -> Json:
    rows = shop.read(tray.tray, beat_id=_beat(shop, request))
    return {"orders": [_waiting(row) for row in rows]}


def _waiting(row: tray.Waiting) -> Json:
    return {
        "id": str(row.id), "number": row.number, "day": row.day.isoformat(), "party": row.party,
        "beat": row.beat, "total": str(row.total), "left": row.left, "reserved": row.reserved,
        "held": row.held, "reason": row.reason, "priority": row.priority,
    }  # fmt: skip


def _hold(shop: Shop, request: Json) -> Json:
    shop.write(tray.hold, _ref(shop, request), request.get("reason") or "")
    return {"order": request["ref"], "held": True}


def _release(shop: Shop, request: Json) -> Json:
    shop.write(tray.release, _ref(shop, request))
    return {"order": request["ref"], "held": False}


def _drop(shop: Shop, request: Json) -> Json:
    pieces = shop.write(tray.drop, _ref(shop, request), request.get("reason") or "")
    return {"order": request["ref"], "dropped": pieces}


def _first(shop: Shop, request: Json) -> Json:
    shop.write(tray.prioritise, _ref(shop, request), int(request["priority"]))
    return {"order": request["ref"], "priority": int(request["priority"])}


def _reserve(shop: Shop, request: Json) -> Json:
    done = shop.write(reserving.reserve, _ref(shop, request))
    lines = [{"wanted": one.wanted, "kept": one.kept, "short": one.short} for one in done]
    return {"order": request["ref"], "lines": lines}


def _unreserve(shop: Shop, request: Json) -> Json:
    return {"order": request["ref"], "let_go": shop.write(reserving.unreserve, _ref(shop, request))}


def _share(shop: Shop, request: Json) -> Json:
    """What each order would get; with yes, reserved."""
    item = _item(shop, request["item"])
    place = shop.read(lookups.place_id, request.get("godown") or "")
    if place is None:
        raise refuse(Reason.UNKNOWN_GODOWN, code=request["godown"])
    mode = Sharing(request["mode"]) if request.get("mode") else None
    plan = shop.read(sharing.plan, item, place, mode)
    if request.get("yes"):
        plan = shop.write(sharing.apply, plan)
    parts = [
        {
            "order": part.number, "party": part.party, "day": part.day.isoformat(),
            "wanted": part.wanted, "given": part.given,
        }
        for part in plan.parts
    ]  # fmt: skip
    done = bool(request.get("yes"))
    return {"have": plan.have, "short": plan.short, "applied": done, "orders": parts}


def _bulk(shop: Shop, request: Json) -> Json:
    run = UUID(request["id"])
    rest = bulk.Rest(request.get("rest") or "keep")
    done = bulk.bulk_bill(shop, run, shop.today, beat_id=_beat(shop, request), rest=rest)
    counts = {fate.value: sum(one.fate is fate for one in done) for fate in bulk.Fate}
    return {"run": str(run), **counts, "orders": [_outcome(one) for one in done]}


def _outcome(one: bulk.Outcome) -> Json:
    return {
        "order": one.number,
        "party": one.party,
        "fate": one.fate.value,
        "bill": one.bill.number if one.bill else "",
        "total": str(one.bill.total) if one.bill else "",
        "short": one.short,
        "say": " ".join(replies.problem(problem)["say"] for problem in one.problems),
        "problems": [replies.problem(problem) for problem in one.problems],
    }


def _import(shop: Shop, request: Json) -> Json:
    """Each order by itself; one without an id gets one of the list's content and its place."""
    if request.get("file"):
        return _import_file(shop, request)
    said: list[Json] = request["orders"]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False).encode()
    done = [_import_one(shop, at, order, text) for at, order in enumerate(said)]
    refused = [row for row in done if "refused" in row]
    return {
        "orders": [row for row in done if "refused" not in row],
        "not_taken": refused,
    }


def _import_file(shop: Shop, request: Json) -> Json:
    """What a flat file would do; with yes, done."""
    from dms_desktop.files import order_file

    yes, sheet = bool(request.get("yes")), request.get("sheet") or ""
    taken = order_file.bring_in(shop, Path(request["file"]), sheet=sheet, yes=yes)
    return {
        "orders": [
            {
                "order_no": each.order.number, "party": each.order.party,
                "rows": list(each.order.rows), "number": each.number, "total": str(each.total),
                "there": each.there,
            }
            for each in taken
            if not each.problems
        ],
        "not_taken": [
            {"order_no": each.order.number, "row": each.order.rows[0]}
            | replies.refused(each.problems)
            for each in taken
            if each.problems
        ],
        "dry_run": not yes,
    }  # fmt: skip


def _import_one(shop: Shop, at: int, order: Json, text: bytes) -> Json:
    chance = hashlib.sha256(text + str(at).encode()).digest()
    order = order if order.get("id") else order | {"id": str(UUID(bytes=chance[:16], version=4))}
    try:
        check_shape(order)
        draft = shop.read(orders.draft, order, kind=Kind.ORDER, new=UUID(int=0), today=shop.today)
        asked = orders.digest(Kind.ORDER, order)
        posted = shop.write(billing.post_draft, draft, asked=asked).posted
    except Refused as refused:
        return {"row": at + 1, **replies.refused(refused.problems)}
    return {
        "row": at + 1,
        "id": str(posted.id),
        "number": posted.number,
        "total": str(posted.total),
    }


def _copy(shop: Shop, request: Json) -> Json:
    new = UUID(request["id"])
    draft = shop.read(copying_bills.copy_of, _ref(shop, request), new=new, day=shop.today)
    if request.get("post"):
        saved = shop.write(billing.post_draft, draft)
        return told(shop, saved.posted.id, saved.warnings)
    shop.write(drafts.keep, draft)
    return {"draft": str(new), "rows": len(draft.asks)}


def _right(shop: Shop, request: Json) -> Json:
    by, new = uuid7(now(), os.urandom(10)), uuid7(now(), os.urandom(10))
    why = request.get("reason") or ""
    done = shop.write(
        copying_bills.cancel_and_copy, _ref(shop, request), by=by, why=why, new=new, day=shop.today
    )
    return {"cancelled": done.cancelled.number, "draft": str(new), "rows": len(done.draft.asks)}


def _bills(shop: Shop, request: Json) -> Json:
    party, item, amount = request.get("party"), request.get("item"), request.get("amount")
    since, until = request.get("since"), request.get("until")
    day, _, key = (request.get("after") or "").partition("/")
    wanted = bill_list.Wanted(
        number=request.get("number") or "",
        party_id=_party(shop, party) if party else 0,
        phone=request.get("phone") or "",
        text=request.get("text") or "",
        amount=rupees(amount) if amount else None,
        item_id=_item(shop, item) if item else 0,
        from_day=read_day(since) if since else None,
        until_day=read_day(until) if until else None,
    )
    after = bill_list.Place(day, int(key)) if key else None
    page = shop.read(bill_list.page, wanted, after, int(request.get("limit") or 50))
    rows = [
        {
            "id": str(row.id), "number": row.number, "day": row.day.isoformat(),
            "party": row.party, "total": str(row.total), "open": str(row.open),
            "cancelled": row.cancelled, "printed": row.printed,
        }
        for row in page.rows
    ]  # fmt: skip
    return {"next": f"{page.after.day}/{page.after.key}" if page.after else "", "found": rows}


def _credit(shop: Shop, request: Json) -> Json:
    verdict = shop.read(credit.standing, _party(shop, request["party"]))
    return _standing(shop, verdict)


def _standing(shop: Shop, verdict: Verdict) -> Json:
    problems = (*verdict.problems, *verdict.warnings)
    return {
        "level": verdict.level.value,
        "accounts": [_account(shop, each) for each in verdict.accounts],
        "reasons": [replies.problem(each) for each in problems],
    }


def _account(shop: Shop, each: Account) -> Json:
    exposure, late = each.exposure, each.late
    return {
        "principal": each.principal,
        "limit": None if each.limit is None else str(each.limit),
        "exposure": str(exposure.total),
        "balance": str(exposure.balance),
        "challans": str(exposure.challans),
        "orders": str(exposure.orders),
        "cheques": str(exposure.cheques),
        "stopped": each.stopped,
        "overdue": str(late.amount) if late else "0.00",
        "overdue_days": each.overdue_days(shop.today),
        "oldest_bill": late.oldest.number if late else "",
    }


def _panel(shop: Shop, request: Json) -> Json:
    shown = shop.read(panel.party_panel, _party(shop, request["party"]))
    return {
        **_standing(shop, shown.standing),
        "bills": [
            {
                "number": bill.number, "day": bill.day.isoformat(), "total": str(bill.total),
                "open": str(bill.open),
            }
            for bill in shown.bills
        ],
        "usual": [
            {
                "item": each.code, "name": each.name, "bills": each.bills, "qty": each.last_qty,
                "rate": str(each.last_rate.amount), "per": each.last_rate.per,
                "day": each.last_day.isoformat(),
            }
            for each in shown.usual
        ],
    }  # fmt: skip


def _approve(shop: Shop, request: Json) -> Json:
    reasons = frozenset(map(_reason, request["reasons"]))
    who = (request["by"], request["pin"], shop.pepper)
    said = {"ceiling": rupees(request["amount"]), "why": request.get("why") or ""}
    of = UUID(request["draft"])
    if reasons == {Reason.ABOVE_STOCK_LIMIT}:  # whoever keeps stock need not be able to bill
        yes = shop.write(stock_grounds.approve_stock, *who, of=of, **said)
    else:
        yes = shop.write(approvals.approve, *who, draft=of, reasons=reasons, **said)
    if not yes:
        raise refuse(Reason.WRONG_PIN, user=request["by"])
    return {"draft": request["draft"], "approved": sorted(reasons), "up_to": request["amount"]}


def _reason(word: str) -> Reason:
    try:
        return Reason(word)
    except ValueError:
        raise refuse(Reason.BAD_ENTRY, field="reason", value=word) from None


def _options(shop: Shop, request: Json) -> Json:
    return {"options": [each._asdict() for each in shop.read(options.options)]}


def _choose(shop: Shop, request: Json) -> Json:
    """Without a version the change is made to what is there now."""
    code, text = request["code"], request["value"]
    now_is = {each.code: each.version for each in shop.read(options.options)}
    shop.write(options.choose, code, text, now_is.get(code, 0))
    return {"code": code, "value": text}


def _ref(shop: Shop, request: Json) -> UUID:
    found: UUID = shop.read(documents.find, request["ref"])
    return found


def _party(shop: Shop, code: str) -> int:
    found = shop.read(lookups.party_id, code)
    if found is None:
        raise refuse(Reason.UNKNOWN_PARTY, code=code)
    return int(found)


def _beat(shop: Shop, request: Json) -> int:
    said: str = request.get("beat") or ""
    if not said:
        return 0
    found: Any = shop.read(lookups.beat_id, said)
    if found is None:
        raise refuse(Reason.BAD_ENTRY, field="beat", value=said)
    return int(found)


def _item(shop: Shop, code: str) -> int:
    found = [named for each in shop.read(lookups.items_named, [code]).values() for named in each]
    if len(found) != 1:
        reason = Reason.SEVERAL_ITEMS if found else Reason.UNKNOWN_ITEM
        raise refuse(reason, code=code, items=", ".join(named.code for named in found))
    return int(found[0].item_id)


VERBS = {
    "order list": Verb(_list, writes=False),
    "order hold": Verb(_hold),
    "order release": Verb(_release),
    "order drop": Verb(_drop),
    "order first": Verb(_first),
    "order reserve": Verb(_reserve),
    "order unreserve": Verb(_unreserve),
    "order share": Verb(_share),
    "order bulk-bill": Verb(_bulk),
    "order import": Verb(_import),
    "bill copy": Verb(_copy),
    "bill right": Verb(_right),
    "bill list": Verb(_bills, writes=False),
    "credit": Verb(_credit, writes=False),
    "panel": Verb(_panel, writes=False),
    "approve": Verb(_approve),
    "option list": Verb(_options, writes=False),
    "option set": Verb(_choose),
}
