"""A document as the rows that lie on disk: the one place where fields meet columns.

The digest of a document is taken over exactly these rows, so that verify can take it again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from dms_desktop.domain.documents import (
    Bill,
    Cancellation,
    Challan,
    Estimate,
    Journal,
    Move,
    Opening,
    OpeningLot,
    Order,
    Receipt,
    Relabel,
    Spot,
)
from dms_desktop.domain.effect import Effect
from dms_desktop.domain.goods_line import Bucket, GoodsLine, Totals
from dms_desktop.domain.kinds import Document
from dms_desktop.domain.money import Money
from dms_desktop.domain.stock_papers import StockLine, StockPaper, marking_of, marking_said
from dms_desktop.domain.tax import Gst, TaxRate
from dms_desktop.domain.trade_papers import TradePaper

Row = tuple[Any, ...]

HEAD = (
    "uid", "kind", "series_id", "serial", "number", "day", "posted_at", "user_id", "counter",
    "registration_id", "company_id", "place_id", "party_id", "party_code", "party_name",
    "party_gstin", "party_gst_type", "party_state", "place_of_supply", "interstate", "paper",
    "terms", "due_day", "salesman_id", "beat_id", "order_no", "reverse_charge", "taxable", "cgst",
    "sgst", "igst", "cess", "round_off", "total", "particulars", "origin", "external_ref", "asked",
)  # fmt: skip
LINE = (
    "row", "item_id", "lot_id", "code", "name", "hsn", "uqc", "batch", "expiry", "mrp", "qty",
    "free_qty", "rate", "per", "inclusive", "net", "gross", "discount", "taxable", "gst_rate",
    "cess_rate", "basis", "cgst", "sgst", "igst", "cess", "cost", "principal_id", "case_units",
    "inner_units", "why", "source_line", "free_reason", "free_reason_name",
)  # fmt: skip
ADJUSTMENT = ("line_id", "step", "kind", "percent", "source", "version", "paise")
MOVE = (
    "leg", "item_id", "lot_id", "qty", "from_place", "from_bucket", "to_place", "to_bucket",
    "cost", "received", "input_cgst", "input_sgst", "input_igst", "input_cess", "day",
)  # fmt: skip
ENTRY = ("leg", "account_id", "party_id", "paise", "day")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the transaction adds to a document: its number, and who wrote it when."""

    series_id: int
    serial: int
    number: str
    posted_at: int
    user_id: int
    counter: str


@dataclass(frozen=True, slots=True)
class Written:
    """All rows of one document, without their keys."""

    head: Row
    lines: list[Row]
    adjustments: list[Row]  # the first column is the line's row here, its key on disk
    moves: list[Row]
    entries: list[Row]

    def digest(self) -> bytes:
        """SHA-256 of the whole document as it lies on disk."""
        parts = [[_plain(self.head)], self.lines, self.adjustments, self.moves, self.entries]
        text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).digest()


def written(
    document: Document, done: Effect, stamp: Stamp, accounts: dict[str, int], asked: bytes
) -> Written:
    lines, adjustments = _lines(document)
    moves, entries = effect_rows(done, accounts, document.head.day.isoformat())
    return Written(_head(document, stamp, asked), lines, adjustments, moves, entries)


def effect_rows(done: Effect, accounts: dict[str, int], day: str) -> tuple[list[Row], list[Row]]:
    """The moves and the entries that an effect becomes."""
    moves = [_move(leg, move, day) for leg, move in enumerate(done.moves)]
    entries: list[Row] = [
        (leg, accounts[entry.account], entry.party_id, entry.amount.paise, day)
        for leg, entry in enumerate(done.entries)
    ]
    return moves, entries


@lru_cache(maxsize=1024)
def ten_thousandths(percent: Decimal) -> int:
    """A percentage as it lies on disk. Raises ValueError for a fifth decimal."""
    scaled = percent.scaleb(4)
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{percent} has more than four decimals")
    return int(scaled)


def _head(document: Document, stamp: Stamp, asked: bytes) -> Row:
    head, party, totals = document.head, document.head.party, _totals(document)
    named = party.id if party and not party.walk_in else None
    who: Row = ("", "", "", "", "")
    if party:
        who = (party.code, party.name, party.gstin, party.gst_type.value, party.state)
    return (
        head.id.bytes, document.kind.value, stamp.series_id, stamp.serial, stamp.number,
        head.day.isoformat(), stamp.posted_at, stamp.user_id, stamp.counter,
        head.registration_id, head.company_id, head.place_id, named, *who,
        head.place_of_supply, int(head.interstate),
        document.paper.value if isinstance(document, Bill) else "",
        head.terms.value if party else "",
        head.due_day.isoformat() if head.due_day else "",
        head.salesman_id, head.beat_id, head.order_no, int(head.reverse_charge),
        totals.taxable.paise, *_tax(totals.tax), totals.round_off.paise, totals.total.paise,
        _particulars(document), *_origin(document), asked,
    )  # fmt: skip


def _origin(document: Document) -> Row:
    """Where it comes from, and the number that its first paper bears."""
    if isinstance(document, Opening):
        return "opening", document.number
    return "ours", document.number if isinstance(document, TradePaper) else ""


def _totals(document: Document) -> Totals:
    match document:
        case Journal():
            return Totals(total=_debits(document.entries))
        case Opening():
            return Totals(total=Money(sum(lot.cost.paise for lot in document.lots)))
        case _:
            return document.totals


def _debits(entries: Iterable[Any]) -> Money:
    return Money(sum(entry.amount.paise for entry in entries if entry.amount.paise > 0))


_OF_PARTY = (
    "address", "city", "pin", "phone", "ship_to", "ship_state", "fssai", "drug_licence",
)  # fmt: skip


def _particulars(document: Document) -> str:
    """Whatever else the paper says, as JSON; empty values are left out."""
    head = document.head
    said: dict[str, Any] = {"transport": head.transport, "note": head.note}
    if party := head.party:
        for name in _OF_PARTY:
            said[name] = getattr(party, name)
    match document:
        case Challan():
            said |= {"on_challan": document.on_challan, "reason": document.reason}
        case Bill(goods_from=goods_from):
            said["goods_from"] = goods_from
        case Receipt():
            said["payments"] = [
                [payment.mode.value, payment.amount.paise, payment.ref]
                for payment in document.payments
            ]
            said["settles"] = [[one.bill.hex, one.amount.paise] for one in document.settles]
        case Opening(day=day) if day:
            said["of_day"] = day.isoformat()
        case Cancellation():
            said |= {"of_kind": document.of_kind.value, "of_number": document.of_number}
            said["relabels"] = relabels_said(document.relabels)
        case StockPaper() | TradePaper():
            said |= document.said()
        case _:
            pass
    kept = {name: value for name, value in said.items() if value}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) if kept else ""


def _lines(document: Document) -> tuple[list[Row], list[Row]]:
    adjustments: list[Row] = []
    match document:
        case Opening():
            return [_opening(row, lot) for row, lot in enumerate(document.lots)], adjustments
        case StockPaper():
            return [_stocked(row, line) for row, line in enumerate(document.goods)], adjustments
        case Order() | Estimate() | Challan() | Bill() | TradePaper():
            goods = document.lines
        case _:
            return [], adjustments
    for row, line in enumerate(goods):
        for step, off in enumerate(line.adjustments):
            percent = None if off.percent is None else ten_thousandths(off.percent)
            adjustments.append((row, step, off.kind, percent, off.source, 0, off.amount.paise))
    return [_line(row, line) for row, line in enumerate(goods)], adjustments


def _line(row: int, line: GoodsLine) -> Row:
    return (
        row, line.item_id, line.lot_id, line.code, line.name, line.hsn, line.uqc, line.batch,
        line.expiry.isoformat() if line.expiry else "", line.mrp.paise, line.qty, line.free_qty,
        line.rate.amount.paise, line.rate.per, int(line.inclusive), int(line.net),
        line.gross.paise, line.gross.paise - line.taxable.paise, line.taxable.paise,
        *_rates(line.tax_rate), *_tax(line.tax), line.cost.paise, line.principal_id or None,
        line.case, line.inner, ";".join(line.why), line.source_line,
        line.free_reason, line.free_reason_name,
    )  # fmt: skip


def _opening(row: int, lot: OpeningLot) -> Row:
    return (
        row, lot.item_id, lot.lot_id, lot.code, lot.name, lot.hsn, lot.uqc, lot.batch,
        lot.expiry.isoformat() if lot.expiry else "", lot.mrp.paise, lot.qty, 0, 0, 1, 0, 0,
        lot.cost.paise, 0, lot.cost.paise, 0, 0, "value", 0, 0, 0, 0, lot.cost.paise, None, 0, 0,
        "", None, "", "",
    )  # fmt: skip


def _stocked(row: int, line: StockLine) -> Row:
    """At cost, with the input tax that goes along; `why` holds the two spots."""
    return (
        row, line.item_id, line.lot_id, line.code, line.name, line.hsn, line.uqc, line.batch,
        line.expiry.isoformat() if line.expiry else "", line.mrp.paise, line.qty, 0, 0, 1, 0, 0,
        line.cost.paise, 0, line.cost.paise, 0, 0, "value", *_tax(line.input_tax),
        line.cost.paise, None, 0, 0, _course(line), None, "", "",
    )  # fmt: skip


def _course(line: StockLine) -> str:
    """`1/saleable>2/expired;12`: whence, whither, and how many pieces are new to the books."""
    if line.move is None:
        return ""
    ends = (f"{spot.place_id}/{spot.bucket}" if spot else "" for spot in (line.start, line.end))
    return f"{'>'.join(ends)};{line.received}"


def stock_goods(rows: Iterable[Mapping[str, Any]]) -> tuple[StockLine, ...]:
    """The lines of a stock paper from their rows on disk. Raises ValueError for what is none."""
    return tuple(_stock_line(row) for row in rows)


def _stock_line(row: Mapping[str, Any]) -> StockLine:
    start, end, received = None, None, 0
    if row["why"]:
        spots, _, new = row["why"].partition(";")
        left, _, right = spots.partition(">")
        start, end, received = _spot_of(left), _spot_of(right), int(new)
    return StockLine(
        row["item_id"], row["lot_id"], row["code"], row["name"], row["hsn"], row["uqc"],
        row["batch"], date.fromisoformat(row["expiry"]) if row["expiry"] else None,
        Money(row["mrp"]), row["qty"], start, end, Money(row["cost"]), received,
        Gst(*(Money(row[head]) for head in ("cgst", "sgst", "igst", "cess"))),
    )  # fmt: skip


def _spot_of(text: str) -> Spot | None:
    if not text:
        return None
    place, _, bucket = text.partition("/")
    return Spot(int(place), Bucket(bucket))


def relabels_said(relabels: Iterable[Relabel]) -> list[Any]:
    """As a cancellation's particulars have them."""
    return [
        [each.lot_id, marking_said(each.was), marking_said(each.now)] for each in relabels
    ]  # fmt: skip


def relabels_of(said: Mapping[str, Any]) -> tuple[Relabel, ...]:
    """The same back again."""
    return tuple(
        Relabel(lot, marking_of(was), marking_of(now)) for lot, was, now in said.get("relabels", ())
    )


def _rates(rate: TaxRate) -> Row:
    return ten_thousandths(rate.gst), ten_thousandths(rate.cess), rate.basis.value


def _tax(tax: Gst) -> Row:
    return tax.cgst.paise, tax.sgst.paise, tax.igst.paise, tax.cess.paise


def _move(leg: int, move: Move, day: str) -> Row:
    return (
        leg, move.item_id, move.lot_id, move.qty, *_spot(move.start), *_spot(move.end),
        move.cost.paise, move.received, *_tax(move.input_tax), day,
    )  # fmt: skip


def _spot(spot: Spot | None) -> Row:
    return (spot.place_id, spot.bucket.value) if spot else (None, "")


def _plain(row: Row) -> list[Any]:
    return [value.hex() if isinstance(value, bytes) else value for value in row]
