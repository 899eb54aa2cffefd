"""What the command line answers: documents and refusals as JSON, amounts as decimal rupees."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from dms_desktop.domain.company import Issued
from dms_desktop.domain.documents import Marking, Receipt
from dms_desktop.domain.facts import Party
from dms_desktop.domain.goods_line import GoodsLine
from dms_desktop.domain.money import Money
from dms_desktop.domain.refusals import Problem
from dms_desktop.domain.stock_papers import LotCorrection, StockLine, StockPaper
from dms_desktop.language.faults import say_fault
from dms_desktop.language.sentences import say
from dms_desktop.language.words import amount_in_words
from dms_desktop.services.printed import Headline

Json = dict[str, Any]
BUG = 70  # the exit code of a fault of the program itself, as sysexits.h has it


def document(issued: Issued, warnings: Iterable[Problem] = ()) -> Json:
    """The published shape of a posted document."""
    said, head = issued.document, issued.document.head
    if isinstance(said, StockPaper):
        return stock_paper(issued, said)
    totals = getattr(said, "totals", None)
    reply: Json = {
        "id": str(head.id),
        "number": issued.number,
        "kind": said.kind.value,
        "day": head.day.isoformat(),
        "cancelled": issued.cancelled,
    }
    if paper := getattr(said, "paper", None):
        reply["paper"] = paper.value
    if head.party:
        reply["party"] = party(head.party)
        reply["terms"] = head.terms.value
        reply["place_of_supply"] = head.place_of_supply
    if lines := getattr(said, "lines", ()):
        reply["lines"] = [line(each) for each in lines]
    if totals is not None:
        reply |= {
            "taxable": str(totals.taxable),
            "cgst": str(totals.tax.cgst),
            "sgst": str(totals.tax.sgst),
            "igst": str(totals.tax.igst),
            "cess": str(totals.tax.cess),
            "round_off": str(totals.round_off),
            "total": str(totals.total),
        }
        if totals.total >= Money():
            reply["words"] = amount_in_words(totals.total.paise)
    reply["warnings"] = [problem(each) for each in warnings]
    return reply


def stock_paper(issued: Issued, said: StockPaper) -> Json:
    """The published shape of a paper about goods of our own."""
    marks: Json = {}
    if isinstance(said, LotCorrection):
        marks = {"was": _marking(said.was), "now": _marking(said.now)}
    return {
        "id": str(said.head.id),
        "number": issued.number,
        "kind": said.kind.value,
        "day": said.head.day.isoformat(),
        "cancelled": issued.cancelled,
        "reason": said.reason,
        **marks,
        "goods": [_stock_line(each) for each in said.goods],
        "cost": str(said.totals.total),
    }


def _marking(said: Marking) -> Json:
    return {
        "batch": said.batch,
        "mrp": str(said.mrp),
        "expiry": said.expiry.isoformat() if said.expiry else None,
        "packed": said.packed.isoformat() if said.packed else None,
    }


def _stock_line(said: StockLine) -> Json:
    return {
        "item": said.code,
        "name": said.name,
        "batch": said.batch,
        "expiry": said.expiry.isoformat() if said.expiry else None,
        "mrp": str(said.mrp),
        "qty": said.qty,
        "taken_from": said.start.bucket.value if said.start else None,
        "put_into": said.end.bucket.value if said.end else None,
        "cost": str(said.cost),
    }


def receipt(issued: Issued) -> Json:
    said = issued.document
    assert isinstance(said, Receipt)
    return {
        "id": str(said.head.id),
        "number": issued.number,
        "total": str(said.totals.total),
        "payments": [
            {"mode": each.mode.value, "amount": str(each.amount), "ref": each.ref}
            for each in said.payments
        ],
    }


def row(said: Headline) -> Json:
    return {
        "id": str(said.id),
        "number": said.number,
        "day": said.day.isoformat(),
        "party": said.party,
        "total": str(said.total),
        "cancelled": said.cancelled,
    }


def party(said: Party) -> Json:
    return {
        "code": said.code,
        "name": said.name,
        "gstin": said.gstin,
        "state": said.state,
        "phone": said.phone,
    }


def line(said: GoodsLine) -> Json:
    gift = {"free_reason": said.free_reason} if said.free_reason else {}
    return {
        "item": said.code,
        "name": said.name,
        "hsn": said.hsn,
        "batch": said.batch,
        "expiry": said.expiry.isoformat() if said.expiry else None,
        "mrp": str(said.mrp),
        "qty": said.qty,
        "free": said.free_qty,
        **gift,
        "rate": str(said.rate.amount),
        "per": said.rate.per,
        "gross": str(said.gross),
        "discount": str(said.gross - said.taxable),
        "taxable": str(said.taxable),
        "gst_rate": plain(said.tax_rate.gst),
        "cgst": str(said.tax.cgst),
        "sgst": str(said.tax.sgst),
        "igst": str(said.tax.igst),
        "cess": str(said.tax.cess),
        "amount": str(said.amount),
        "why": list(said.why),
    }


def refused(problems: Iterable[Problem]) -> Json:
    return {"refused": [problem(each) for each in problems]}


def problem(said: Problem) -> Json:
    """Its line is counted from 1, as a person counts."""
    reply: Json = {"reason": said.reason.value}
    if said.row is not None:
        reply["line"] = said.row + 1
    facts = {name: value(fact) for name, fact in said.facts.items()}
    return {**reply, "facts": facts, "say": say(said)}


def bug(error: Exception) -> Json:
    """What is said where the program itself is at fault; the whole of it is in the log."""
    facts = {"error": f"{type(error).__name__}: {error}"[:200]}
    return {"failed": {"reason": "bug", "facts": facts, "say": say_fault("bug", facts)}}


def value(fact: object) -> Any:
    """A fact as JSON knows it."""
    if isinstance(fact, bool | int) or fact is None:
        return fact
    return plain(fact) if isinstance(fact, Decimal) else str(fact)


def plain(percent: Decimal) -> str:
    return f"{percent.normalize():f}"
