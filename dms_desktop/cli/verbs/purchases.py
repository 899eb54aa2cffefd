"""Buying at the command line: order, goods in, invoice before the truck, the list, the QR."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

from dms_desktop.cli import replies
from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs.papers import id_of
from dms_desktop.cli.verbs.verb import Json, Verb
from dms_desktop.domain.calendar import read_day
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import ZERO, total
from dms_desktop.domain.purchase_draft import PurchaseDraft
from dms_desktop.domain.purchase_facts import Credit, PurchaseLine
from dms_desktop.domain.purchases import InvoicePaper, PurchasePaper
from dms_desktop.domain.refusals import Reason, Refused, refuse
from dms_desktop.domain.signed_qr import NotEInvoice, read_qr
from dms_desktop.domain.trade_papers import PURCHASES
from dms_desktop.services import (
    documents,
    lookups,
    purchase_intake,
    purchase_list,
    purchase_orders,
    purchase_register,
    purchases,
)


def _post(shop: Shop, request: Json) -> Json:
    kind, said = Kind(request["kind"]), request["order"]
    check_shape(said)
    asked = purchase_intake.digest(kind, said)
    if before := shop.read(purchase_intake.first_answer, id_of(said), asked):
        return told(shop, before)
    draft = drafted(shop, kind, said)
    if request.get("check"):
        return _judged(shop, draft)
    saved = shop.write(purchases.post_purchase, draft, asked=asked)
    reply = told(shop, saved.posted.id)
    return reply | {"warnings": [replies.problem(each) for each in saved.warnings]}


def drafted(shop: Shop, kind: Kind, said: Json) -> PurchaseDraft:
    made: PurchaseDraft = shop.read(purchase_intake.draft, said, kind=kind, new=id_of(said))
    return made


def check_shape(said: Json) -> None:
    from dms_desktop.cli.shapes_purchase import Purchase
    from dms_desktop.cli.slips import slips

    if problems := slips(Purchase, said):
        raise Refused(*problems)


def _judged(shop: Shop, draft: PurchaseDraft) -> Json:
    """What it comes to and what would be said of it; nothing is posted."""
    priced = shop.read(purchases.judge, draft)
    return {
        "taxable": str(priced.totals.taxable),
        "tax": str(priced.totals.tax.total),
        "total": str(priced.totals.total),
        "refused": [replies.problem(each) for each in priced.problems],
        "warnings": [replies.problem(each) for each in priced.warnings],
    }


def told(shop: Shop, uid: UUID) -> Json:
    """The published reply of a purchase."""
    issued = shop.read(purchase_list.purchase, uid)
    paper: PurchasePaper = issued.document
    head, totals, party = paper.head, paper.totals, paper.head.party
    invoice = paper.invoice if isinstance(paper, InvoicePaper) else None
    credit = invoice.credit if invoice else Credit.ELIGIBLE
    arrived = paper.kind is Kind.GOODS_RECEIPT
    claim = total(each.landed(credit).claim for each in paper.goods) if arrived else ZERO
    return {
        "id": str(head.id),
        "number": issued.number,
        "kind": paper.kind.value,
        "day": head.day.isoformat(),
        "cancelled": issued.cancelled,
        "supplier": replies.party(party) if party else {},
        "invoice": invoice
        and {"number": invoice.number, "day": invoice.day.isoformat(), "irn": invoice.irn},
        "order_no": head.order_no,
        "due_day": head.due_day.isoformat() if head.due_day else None,
        "credit": credit.value,
        "lines": [_line(each, credit, arrived=arrived) for each in paper.goods],
        "charges": [
            {"name": each.name, "amount": str(each.amount), "tax": str(each.tax.total)}
            for each in (invoice.charges if invoice else ())
        ],
        "taxable": str(totals.taxable),
        "cgst": str(totals.tax.cgst),
        "sgst": str(totals.tax.sgst),
        "igst": str(totals.tax.igst),
        "cess": str(totals.tax.cess),
        "tcs": str(invoice.tcs if invoice else ZERO),
        "round_off": str(totals.round_off),
        "total": str(totals.total),
        "claim": str(claim),
        "warnings": [],
    }


def _line(each: PurchaseLine, credit: Credit, *, arrived: bool) -> Json:
    line, came = each.line, each.came
    said = replies.line(line)
    return {
        **{name: said[name] for name in ("item", "name", "batch", "expiry")},
        "packed": came.packed.isoformat() if came.packed else None,
        **{name: said[name] for name in ("mrp", "qty", "free")},
        "received": came.received,
        "damaged": came.damaged,
        "short": each.short if arrived else 0,
        "excess": came.excess,
        "bucket": came.bucket.value,
        **{name: said[name] for name in _FIGURES},
        "cost": str(line.cost),
        "claim": str(each.landed(credit).claim if arrived else ZERO),
        "scheme": came.scheme,
    }


_FIGURES = (
    "rate", "per", "gross", "discount", "taxable", "gst_rate", "cgst", "sgst", "igst", "cess",
)  # fmt: skip


def _show(shop: Shop, request: Json) -> Json:
    return told(shop, shop.read(documents.find, request["ref"]))


def _list(shop: Shop, request: Json) -> Json:
    kinds = [Kind(request["kind"])] if request.get("kind") else sorted(PURCHASES)
    found = shop.read(
        purchase_list.purchases,
        kinds=kinds,
        party_id=_party(shop, request.get("supplier") or ""),
        text=request.get("text") or "",
        first=_day(request, "from") or date.min,
        last=_day(request, "to") or date.max,
        limit=int(request.get("limit") or 50),
    )
    return {
        "found": [
            {
                "id": str(each.id),
                "kind": each.kind.value,
                "number": each.number,
                "day": each.day.isoformat(),
                "invoice": each.invoice,
                "supplier": each.party_code,
                "name": each.party,
                "total": str(each.total),
                "owed": None if each.owed is None else str(-each.owed),
                "cancelled": each.cancelled,
            }
            for each in found
        ]
    }


def _orders(shop: Shop, request: Json) -> Json:
    party = _party(shop, request.get("supplier") or "") or None
    return {
        "found": [
            {
                "id": str(each.id),
                "number": each.number,
                "day": each.day.isoformat(),
                "supplier": each.party,
                "left": each.left,
            }
            for each in shop.read(purchase_orders.open_orders, party)
        ]
    }


def _excess(shop: Shop, request: Json) -> Json:
    """What is held beyond invoices; with a line and a way, pieces of it are let go."""
    if request.get("line"):
        given = (int(request["line"]), int(request["qty"]), request["way"])
        shop.write(purchase_register.release, *given, request.get("note") or "")
    held = shop.read(purchase_list.excess_held, _party(shop, request.get("supplier") or ""))
    return {
        "held": [
            {
                "line": each.line,
                "number": each.number,
                "day": each.day.isoformat(),
                "supplier": each.party,
                "item": each.item,
                "batch": each.batch,
                "mrp": str(each.mrp),
                "qty": each.qty,
                "left": each.left,
            }
            for each in held
        ]
    }


def _qr(shop: Shop, request: Json) -> Json:
    """What the QR says, as the head of a request; unverified."""
    try:
        found = shop.read(purchase_list.scanned, read_qr(request["scan"]))
    except NotEInvoice as error:
        raise refuse(Reason.BAD_ENTRY, field="qr", value=str(error)) from None
    said = found.said
    return {
        "head": {
            "supplier": found.party_code or None,
            "number": said.number,
            "invoice_day": said.day.isoformat(),
            "irn": said.irn,
            "total": str(said.total),
        },
        "supplier_gstin": said.seller,
        "supplier_name": found.party,
        "buyer_gstin": said.buyer,
        "ours": found.ours,
        "kind": said.kind,
        "lines": said.items,
        "hsn": said.hsn,
        "irn_agrees": said.irn_agrees,
        "verified": False,
    }


def _import(shop: Shop, request: Json) -> Json:
    from dms_desktop.files import purchase_file

    check = purchase_file.bring_in(
        shop,
        Path(request["file"]),
        request["supplier"],
        request.get("columns") or {},
        yes=bool(request.get("yes")),
    )
    return purchase_file.as_reply(check)


def _party(shop: Shop, code: str) -> int:
    if not code:
        return 0
    found = shop.read(lookups.party_id, code)
    if found is None:
        raise refuse(Reason.UNKNOWN_PARTY, code=code)
    return int(found)


def _day(request: Json, name: str) -> date | None:
    try:
        return read_day(request[name]) if request.get(name) else None
    except ValueError:
        raise refuse(Reason.BAD_DAY, field=name, value=request[name]) from None


VERBS = {
    "purchase post": Verb(_post),
    "purchase show": Verb(_show, writes=False),
    "purchase list": Verb(_list, writes=False),
    "purchase orders": Verb(_orders, writes=False),
    "purchase excess": Verb(_excess),
    "purchase qr": Verb(_qr, writes=False),
    "purchase import": Verb(_import),
}
