"""The supplier's side at the command line: returns, his credit notes, the claims on him."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from dms_desktop.cli import replies
from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs.papers import id_of
from dms_desktop.cli.verbs.verb import Json, Verb
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import ZERO
from dms_desktop.domain.refusals import Problem, Reason, Refused, refuse
from dms_desktop.domain.supplier_credit import ClaimKind, SupplierCredit
from dms_desktop.domain.supplier_return import ReturnPaper
from dms_desktop.domain.trade_papers import SUPPLIERS
from dms_desktop.services import (
    documents,
    lookups,
    purchase_intake,
    supplier_claims,
    supplier_credits,
    supplier_intake,
    supplier_returns,
)


def _return(shop: Shop, request: Json) -> Json:
    from dms_desktop.cli.shapes_supplier import SupplierReturn

    said = request["order"]
    _check_shape(SupplierReturn, said)
    asked = purchase_intake.digest(Kind.SUPPLIER_RETURN, said)
    if before := shop.read(purchase_intake.first_answer, id_of(said), asked):
        return told(shop, before)
    draft = shop.read(supplier_intake.return_draft, said, new=id_of(said))
    if request.get("check"):
        priced = shop.read(supplier_returns.judge_return, draft)
        return _reply(priced.paper, "", priced.problems)
    return told(shop, shop.write(supplier_returns.post_return, draft, asked=asked).id)


def _credit(shop: Shop, request: Json) -> Json:
    from dms_desktop.cli.shapes_supplier import SupplierCredit as Shape

    said = request["order"]
    _check_shape(Shape, said)
    asked = purchase_intake.digest(Kind.SUPPLIER_CREDIT, said)
    if before := shop.read(purchase_intake.first_answer, id_of(said), asked):
        return told(shop, before)
    draft = shop.read(supplier_intake.credit_draft, said, new=id_of(said))
    if request.get("check"):
        priced = shop.read(supplier_credits.judge_credit, draft)
        return _reply(priced.paper, "", priced.problems)
    return told(shop, shop.write(supplier_credits.post_credit, draft, asked=asked).id)


def _check_shape(shape: type, said: Json) -> None:
    from dms_desktop.cli.slips import slips

    if problems := slips(shape, said):
        raise Refused(*problems)


def told(shop: Shop, uid: UUID) -> Json:
    """The published reply of a return or a note."""
    issued = shop.read(documents.issued, uid)
    if issued.document.kind not in SUPPLIERS:
        raise refuse(Reason.UNKNOWN_DOCUMENT, number=issued.number)
    return {**_reply(issued.document, issued.number, ()), "cancelled": issued.cancelled}


def _reply(
    paper: ReturnPaper | SupplierCredit | None, number: str, problems: tuple[Problem, ...]
) -> Json:
    refused = [replies.problem(each) for each in problems]
    if paper is None:
        return {"refused": refused}
    head, totals = paper.head, paper.totals
    note = paper if isinstance(paper, SupplierCredit) else None
    sent = paper if isinstance(paper, ReturnPaper) else None
    assert head.party is not None
    return {
        "id": str(head.id),
        "number": number,
        "kind": paper.kind.value,
        "day": head.day.isoformat(),
        "cancelled": False,
        "supplier": replies.party(head.party),
        "reason": paper.reason,
        "lines": _lines(sent) if sent else [],
        "answers": _answers(note) if note else [],
        "his_number": note.number if note else head.order_no,
        "against": note.against.value if note else "",
        "taxable": str(totals.taxable),
        "cgst": str(totals.tax.cgst),
        "sgst": str(totals.tax.sgst),
        "igst": str(totals.tax.igst),
        "cess": str(totals.tax.cess),
        "round_off": str(totals.round_off),
        "total": str(totals.total),
        "cost": str(sent.cost if sent else ZERO),
        "settles": [{"id": one.bill.hex, "amount": str(-one.amount)} for one in paper.settles],
        "refused": refused,
    }


def _lines(paper: ReturnPaper) -> list[Json]:
    return [
        {
            **{name: said[name] for name in _SHOWN},
            "bucket": sent.bucket.value,
            "held": sent.held is not None,
            "cost": str(line.cost),
        }
        for line, sent, said in zip(
            paper.lines, paper.sent, map(replies.line, paper.lines), strict=True
        )
    ]


_SHOWN = (
    "item", "name", "batch", "expiry", "mrp", "qty", "rate", "per", "taxable", "gst_rate", "cgst",
    "sgst", "igst", "cess",
)  # fmt: skip


def _answers(paper: SupplierCredit) -> list[Json]:
    return [
        {
            "line": each.line,
            "what": each.what.value,
            "accepted": str(each.accepted),
            "refused": str(each.refused),
            "tax_given_up": str(each.given_up.total),
        }
        for each in paper.answers
    ]


def _show(shop: Shop, request: Json) -> Json:
    return told(shop, shop.read(documents.find, request["ref"]))


def _claims(shop: Shop, request: Json) -> Json:
    """The claims that are open; those that are named are told to him first."""
    if lines := request.get("tell"):
        shop.write(supplier_claims.tell_lines, [int(each) for each in lines])
    word = request.get("what") or ""
    found = shop.read(
        supplier_claims.claims,
        party_id=_party(shop, request),
        what=ClaimKind(word) if word else None,
        text=request.get("text") or "",
        every=bool(request.get("every")),
    )
    return {"claims": [_claim(each) for each in found]}


def _claim(each: supplier_claims.Claim) -> Json:
    return {
        "line": each.line,
        "what": each.what.value,
        "state": each.state.value,
        "supplier": each.party_code,
        "number": each.number,
        "invoice": each.invoice,
        "day": each.day.isoformat(),
        "age": each.age,
        "item": each.code,
        "name": each.item,
        "batch": each.batch,
        "mrp": str(each.mrp),
        "qty": each.qty,
        "amount": str(each.amount),
        "left": str(each.left),
        "told": each.told.isoformat() if each.told else None,
    }


def _party(shop: Shop, request: Mapping[str, str]) -> int:
    code = request.get("supplier") or ""
    found = shop.read(lookups.party_id, code) if code else 0
    if found is None:
        raise refuse(Reason.UNKNOWN_PARTY, code=code)
    return int(found)


VERBS = {
    "supplier return": Verb(_return),
    "supplier credit": Verb(_credit),
    "supplier show": Verb(_show, writes=False),
    "supplier claims": Verb(_claims),
}
