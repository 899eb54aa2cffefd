"""Documents as they lie in the books, read back whole: for paper, screens and their mirror."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from dms_desktop.domain.company import Company, Issued
from dms_desktop.domain.documents import (
    Bill,
    Cancellation,
    Challan,
    Entry,
    Estimate,
    Head,
    Journal,
    Move,
    Opening,
    OpeningLot,
    Order,
    Receipt,
    Relabel,
    Settled,
    Spot,
)
from dms_desktop.domain.effect import Effect
from dms_desktop.domain.facts import Party
from dms_desktop.domain.goods_line import (
    Adjustment,
    Bucket,
    GoodsLine,
    Kind,
    Paper,
    Terms,
    Totals,
)
from dms_desktop.domain.kinds import Document
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.stock_papers import STOCK_PAPERS
from dms_desktop.domain.tax import Basis, Gst, GstType, TaxRate
from dms_desktop.domain.trade_papers import trade_paper
from dms_desktop.services import licences, receipts
from dms_desktop.services.rows import relabels_of, stock_goods
from dms_desktop.store.session import Reading

_HEAD = (
    "id", "uid", "kind", "number", "day", "posted_at", "user_id", "registration_id", "company_id",
    "place_id", "party_id", "party_code", "party_name", "party_gstin", "party_gst_type",
    "party_state", "place_of_supply", "interstate", "paper", "terms", "due_day", "salesman_id",
    "beat_id", "order_no", "reverse_charge", "taxable", "cgst", "sgst", "igst", "cess",
    "round_off", "total", "particulars",
)  # fmt: skip
_LINE = (
    "id", "row", "item_id", "lot_id", "code", "name", "hsn", "uqc", "batch", "expiry", "mrp",
    "qty", "free_qty", "rate", "per", "inclusive", "net", "gross", "taxable", "gst_rate",
    "cess_rate", "basis", "cgst", "sgst", "igst", "cess", "cost", "principal_id", "case_units",
    "inner_units", "why", "source_line", "free_reason", "free_reason_name",
)  # fmt: skip
_BY_KEY = f"SELECT {', '.join(_HEAD)} FROM document WHERE id = :key"  # noqa: S608
_LINES = f"SELECT {', '.join(_LINE)} FROM goods_line WHERE document_id = :key ORDER BY row"  # noqa: S608
_ELSEWHERE = (
    "SELECT uid FROM document WHERE external_ref IN (:ref, :upper) AND external_ref <> ''"
    " ORDER BY EXISTS (SELECT 1 FROM document_event WHERE document_id = document.id"
    " AND event = 'cancelled'), day DESC, id DESC LIMIT 1"
)
Said = dict[str, Any]


@needs(Power.LOOK)
def find(reading: Reading, ref: str) -> UUID:
    """The id of a document by its number or id, or by the number that its first paper bears
    elsewhere; of several years the latest that still counts. Refuses UNKNOWN_DOCUMENT."""
    try:
        uid = UUID(ref).bytes
    except ValueError:
        uid = b""
    found = reading.value(
        "SELECT uid FROM document WHERE uid = :uid OR number = :ref ORDER BY id DESC LIMIT 1",
        uid=uid,
        ref=ref.strip().upper(),
    )
    found = found or reading.value(_ELSEWHERE, ref=ref.strip(), upper=ref.strip().upper())
    if found is None:
        raise refuse(Reason.UNKNOWN_DOCUMENT, number=ref)
    return UUID(bytes=bytes(found))


@needs(Power.LOOK)
def issued(reading: Reading, uid: UUID) -> Issued:
    """A document with all that its paper shows. Refuses UNKNOWN_DOCUMENT."""
    key = reading.value("SELECT id FROM document WHERE uid = :uid", uid=uid.bytes)
    if key is None:
        raise refuse(Reason.UNKNOWN_DOCUMENT, number=str(uid))
    row = reading.row(_BY_KEY, key=key)
    assert row is not None
    said = dict(zip(_HEAD, row, strict=True))
    said |= json.loads(said["particulars"] or "{}")
    events = [event for (event,) in reading.rows(
        "SELECT event FROM document_event WHERE document_id = :key", key=key
    )]  # fmt: skip
    return Issued(
        _document(reading, said),
        said["number"],
        company(reading, said["company_id"], said["registration_id"]),
        datetime.fromtimestamp(said["posted_at"] / 1_000_000, UTC),
        by=reading.value("SELECT name FROM user_account WHERE id = :id", id=said["user_id"]),
        salesman=_name(reading, "SELECT name FROM salesman WHERE id = :id", said["salesman_id"]),
        beat=_name(reading, "SELECT name FROM beat WHERE id = :id", said["beat_id"]),
        cancelled="cancelled" in events,
        paid=receipts.payments_with(reading, uid) if said["kind"] == Kind.BILL else (),
        printed=events.count("printed"),
    )


@needs(Power.LOOK)
def company(reading: Reading, version: int | None = None, registration: int = 1) -> Company:
    """Ourselves, as of a version of our particulars; the newest by default."""
    row = reading.row(
        "SELECT company.id, name, company.state, gstin, gst_type, address, city, pin, phone, email,"
        " pan, fssai, drug_licence, bank_name, bank_account, bank_ifsc, vpa, warranty, terms"
        " FROM company, registration WHERE registration.id = :registration"
        " AND company.id = coalesce(:version, (SELECT max(id) FROM company))",
        registration=registration,
        version=version,
    )
    assert row is not None
    key, name, state, gstin, gst_type, *rest = row
    held = licences.ours(reading, key)
    return replace(Company(name, state, gstin, GstType(gst_type), *rest), licences=held)


@needs(Power.LOOK)
def done_by(reading: Reading, uid: UUID) -> Effect:
    """What a posted document did to ledger and goods, from the books and not recomputed."""
    entries = reading.rows(
        "SELECT account.code, ledger_entry.paise, ledger_entry.party_id FROM ledger_entry"
        " JOIN account ON account.id = account_id JOIN document ON document.id = document_id"
        " WHERE document.uid = :uid ORDER BY leg",
        uid=uid.bytes,
    )
    moves = reading.rows(
        "SELECT item_id, lot_id, qty, from_place, from_bucket, to_place, to_bucket, cost,"
        " received, input_cgst, input_sgst, input_igst, input_cess FROM stock_move"
        " JOIN document ON document.id = document_id WHERE document.uid = :uid ORDER BY leg",
        uid=uid.bytes,
    )
    return Effect(
        tuple(Entry(code, Money(paise), party) for code, paise, party in entries),
        tuple(
            Move(item, lot, qty, _spot(a, ab), _spot(b, bb), Money(cost), new, _gst(tax))
            for item, lot, qty, a, ab, b, bb, cost, new, *tax in moves
        ),
        _relabelled(reading, uid),
    )


def _relabelled(reading: Reading, uid: UUID) -> tuple[Relabel, ...]:
    """Lots that it gave other words; what it moved is no matter of those."""
    row = reading.row("SELECT id, kind, particulars FROM document WHERE uid = :uid", uid=uid.bytes)
    if row is None or not row[2]:
        return ()
    key, kind, said = row[0], row[1], json.loads(row[2])
    if kind not in STOCK_PAPERS:
        return relabels_of(said)
    goods = stock_goods(_rows(reading, key))
    return STOCK_PAPERS[kind].of(Head(uid, date.min), goods, said).relabels


def _document(reading: Reading, said: Said) -> Document:
    head, totals = _head(said), _totals(said)
    match kind := Kind(said["kind"]):
        case Kind.BILL:
            paper = Paper(said["paper"])
            return Bill(head, _lines(reading, said), totals, paper, said.get("goods_from"))
        case Kind.CHALLAN:
            place, reason = said["on_challan"], said.get("reason", "")
            return Challan(head, _lines(reading, said), totals, place, reason)
        case Kind.ORDER:
            return Order(head, _lines(reading, said), totals)
        case Kind.ESTIMATE:
            return Estimate(head, _lines(reading, said), totals)
        case Kind.RECEIPT:
            return receipt_of(head, totals, said)
        case Kind.JOURNAL:
            return Journal(head, done_by(reading, head.id).entries)
        case Kind.OPENING:
            return Opening(head, _opening_lots(reading, said), ())
        case Kind.CANCELLATION:
            done = done_by(reading, head.id)
            of = _cancelled(reading, said["id"])
            of_kind, number = Kind(said["of_kind"]), said["of_number"]
            return Cancellation(
                head, of, of_kind, number, totals, done.entries, done.moves, done.relabels
            )
        case _ if trade := trade_paper(kind):
            return trade.of(head, _lines(reading, said), totals, said)
        case _:
            return STOCK_PAPERS[kind].of(head, stock_goods(_rows(reading, said["id"])), said)


def receipt_of(head: Head, totals: Totals, said: Mapping[str, Any]) -> Receipt:
    """A receipt from what its particulars say."""
    settles = tuple(Settled(UUID(bill), Money(paise)) for bill, paise in said.get("settles", ()))
    return Receipt(head, totals, receipts.payments_of(said), settles)


def _cancelled(reading: Reading, key: int) -> UUID:
    found = reading.value(
        "SELECT uid FROM document_link JOIN document ON document.id = to_id"
        " WHERE from_id = :key AND document_link.kind = 'cancels'",
        key=key,
    )
    return UUID(bytes=bytes(found))


def _head(said: Said) -> Head:
    party = None
    if said["party_name"]:
        party = Party(
            said["party_id"] or 0, said["party_code"], said["party_name"], said["party_state"],
            said["party_gstin"], GstType(said["party_gst_type"]), said.get("address", ""),
            said.get("city", ""), said.get("pin", ""), said.get("phone", ""),
            said.get("ship_to", ""), said.get("ship_state", ""), said.get("fssai", ""),
            said.get("drug_licence", ""),
        )  # fmt: skip
    return Head(
        id=UUID(bytes=bytes(said["uid"])),
        day=date.fromisoformat(said["day"]),
        place_id=said["place_id"],
        party=party,
        registration_id=said["registration_id"],
        company_id=said["company_id"],
        place_of_supply=said["place_of_supply"],
        interstate=bool(said["interstate"]),
        terms=Terms(said["terms"] or Terms.CREDIT),
        due_day=date.fromisoformat(said["due_day"]) if said["due_day"] else None,
        salesman_id=said["salesman_id"],
        beat_id=said["beat_id"],
        order_no=said["order_no"],
        transport=said.get("transport", ""),
        note=said.get("note", ""),
        reverse_charge=bool(said["reverse_charge"]),
    )


def _totals(said: Said) -> Totals:
    tax = _gst([said[name] for name in ("cgst", "sgst", "igst", "cess")])
    return Totals(Money(said["taxable"]), tax, Money(said["round_off"]), Money(said["total"]))


def _lines(reading: Reading, said: Said) -> tuple[GoodsLine, ...]:
    off: defaultdict[int, list[Adjustment]] = defaultdict(list)
    for line, kind, paise, percent, source in reading.rows(
        "SELECT line_id, line_adjustment.kind, paise, percent, source FROM line_adjustment"
        " WHERE line_id BETWEEN :first AND :last ORDER BY line_id, step",
        first=said["id"] << 16,
        last=(said["id"] + 1 << 16) - 1,
    ):
        off[line].append(Adjustment(kind, Money(paise), _percent(percent), source))
    return tuple(goods_line(row, tuple(off[row["id"]])) for row in _rows(reading, said["id"]))


def _rows(reading: Reading, key: int) -> list[Said]:
    return [dict(zip(_LINE, row, strict=True)) for row in reading.rows(_LINES, key=key)]


def goods_line(row: Mapping[str, Any], off: tuple[Adjustment, ...]) -> GoodsLine:
    """A line from its columns by name."""
    rate = TaxRate(_scaled(row["gst_rate"]), _scaled(row["cess_rate"]), None, Basis(row["basis"]))
    return GoodsLine(
        item_id=row["item_id"],
        lot_id=row["lot_id"],
        code=row["code"],
        name=row["name"],
        hsn=row["hsn"],
        uqc=row["uqc"],
        batch=row["batch"],
        expiry=date.fromisoformat(row["expiry"]) if row["expiry"] else None,
        mrp=Money(row["mrp"]),
        qty=row["qty"],
        free_qty=row["free_qty"],
        rate=Rate(Money(row["rate"]), row["per"]),
        gross=Money(row["gross"]),
        adjustments=off,
        taxable=Money(row["taxable"]),
        tax_rate=rate,
        tax=_gst([row[name] for name in ("cgst", "sgst", "igst", "cess")]),
        cost=Money(row["cost"]),
        principal_id=row["principal_id"] or 0,
        inclusive=bool(row["inclusive"]),
        net=bool(row["net"]),
        case=row["case_units"],
        inner=row["inner_units"],
        why=tuple(row["why"].split(";")) if row["why"] else (),
        free_reason=row["free_reason"],
        free_reason_name=row["free_reason_name"],
        source_line=row["source_line"],
        ask=row["row"],
    )


def _opening_lots(reading: Reading, said: Said) -> tuple[OpeningLot, ...]:
    return tuple(
        OpeningLot(
            line.item_id, line.lot_id or 0, line.code, line.name, line.hsn, line.uqc, line.batch,
            line.expiry, line.mrp, line.qty, line.cost,
        )
        for line in _lines(reading, said)
    )  # fmt: skip


def _spot(place: int | None, bucket: str) -> Spot | None:
    return None if place is None else Spot(place, Bucket(bucket))


def _gst(parts: list[int]) -> Gst:
    return Gst(*(Money(part) for part in parts))


def _scaled(value: int) -> Decimal:
    return Decimal(value).scaleb(-4)


def _percent(value: int | None) -> Decimal | None:
    return None if value is None else _scaled(value)


def _name(reading: Reading, sql: str, key: int | None) -> str:
    return "" if key is None else str(reading.value(sql, id=key) or "")
