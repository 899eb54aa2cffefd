"""The brand's own invoice file, .xlsx, .csv or .json, as purchases: shown first, then posted."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from dms_desktop.domain.calendar import financial_year, read_day
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import ZERO, Money, Rate, total
from dms_desktop.domain.refusals import Problem, Reason, Refused, refuse
from dms_desktop.files import e_invoice
from dms_desktop.files.cells import blank
from dms_desktop.files.fields import read_with
from dms_desktop.files.headings import Columns
from dms_desktop.files.importing import Door, refused
from dms_desktop.files.purchase_columns import HEAD, NEEDED, READERS, TAXES, found_columns
from dms_desktop.files.raw import Cell
from dms_desktop.files.table import LARGEST, read_table
from dms_desktop.services import lookups, purchase_columns, purchase_intake, purchases

_OFF = ("discount_1", "discount_2", "discount_3", "discount_4")


@dataclass(frozen=True, slots=True)
class FileInvoice:
    """`said` is as the published purchase schema says one; `rows` are the file's of its lines."""

    said: Mapping[str, Any]
    rows: tuple[int, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenInvoice:
    """What became of it, or would: our number, its total, its slips by the rows of the file."""

    invoice: FileInvoice
    number: str = ""
    total: Money = ZERO
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Brought:
    """`columns`: field -> heading, empty for a JSON file."""

    name: str
    columns: Mapping[str, str]
    taken: tuple[TakenInvoice, ...]


@dataclass(slots=True)
class _Gathered:
    given: dict[str, Any]
    rows: list[int] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def bring_in(
    door: Door, path: Path, supplier: str, columns: Mapping[str, str], *, yes: bool = False
) -> Brought:
    """Show what the file would do or, with `yes`, post each invoice that has no slip by itself.

    `columns` mends what is learnt of this supplier, and is learnt once something was posted.
    Refuses BAD_FILE, and UNKNOWN_PARTY.
    """
    party = door.read(lookups.party_id, supplier)
    if party is None:
        raise refuse(Reason.UNKNOWN_PARTY, code=supplier)
    if path.suffix.casefold() == ".json":
        invoices, found = read_json(path, supplier), dict[str, str]()
    else:
        known = {**door.read(purchase_columns.learnt, party), **columns}
        invoices, found = read_invoices(path, supplier, known)
    taken = tuple(_take(door, each, yes=yes) for each in invoices)
    if yes and found and any(each.number for each in taken):
        door.write(purchase_columns.learn, party, found)
    return Brought(path.name, found, taken)


def read_invoices(
    path: Path, supplier: str, said: Mapping[str, str]
) -> tuple[tuple[FileInvoice, ...], dict[str, str]]:
    """The invoices of a table, in the order of their first rows, and its headings by field."""
    rows = read_table(path).rows
    columns = found_columns(rows, said)
    gathered: dict[object, _Gathered] = {}
    for at, cells in enumerate(rows[columns.row :], start=columns.row + 1):
        if not all(map(blank, cells)):
            _gather(gathered, at, cells, columns)
    if not gathered:
        raise refuse(Reason.BAD_FILE, name=path.name, fault="file_no_rows")
    return tuple(_invoice(each, supplier) for each in gathered.values()), dict(columns.headings)


def as_reply(brought: Brought) -> dict[str, Any]:
    """As the command line tells it."""
    return {
        "file": brought.name,
        "columns": dict(brought.columns),
        "invoices": [
            {
                "invoice": each.invoice.said.get("number", ""),
                "number": each.number,
                "lines": len(each.invoice.rows),
                "total": str(each.total),
                "refused": [refused(problem) for problem in each.problems],
                "warnings": [refused(problem) for problem in each.warnings],
            }
            for each in brought.taken
        ],
    }


def _gather(
    gathered: dict[object, _Gathered], row: int, cells: Sequence[Cell], columns: Columns
) -> None:
    given, problems = _read(row, cells, columns)
    key = folded(str(given["number"])) if "number" in given else row
    invoice = gathered.setdefault(key, _Gathered({}))
    for name in HEAD:
        if name not in given:
            continue
        before = invoice.given.setdefault(name, given[name])
        if before != given[name]:
            facts = {"number": given.get("number", ""), "field": columns.headings[name]}
            problems.append(Problem(Reason.ROWS_DISAGREE, row, facts))
    invoice.rows.append(row)
    invoice.problems += problems
    invoice.lines.append({name: each for name, each in given.items() if name not in HEAD})


def _read(
    row: int, cells: Sequence[Cell], columns: Columns
) -> tuple[dict[str, Any], list[Problem]]:
    given: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, place in columns.places.items():
        cell = cells[place] if place < len(cells) else None
        if blank(cell):
            if name in NEEDED:
                problems.append(Problem(Reason.MISSING, row, {"field": columns.headings[name]}))
            continue
        value = read_with(READERS[name], name, cell, row)
        if isinstance(value, Problem):
            problems.append(value)
        else:
            given[name] = value
    return given, problems


def _invoice(found: _Gathered, supplier: str) -> FileInvoice:
    given = found.given
    said: dict[str, Any] = {
        "supplier": supplier,
        "number": given.get("number", ""),
        "invoice_day": given["invoice_day"].isoformat() if "invoice_day" in given else "",
        "lines": [_line(each) for each in found.lines],
    }
    for name in ("irn", "order", "transport", "place_of_supply", "tcs", "round_off", "total"):
        if name in given:
            said[name] = _as_said(given[name])
    if freight := given.get("freight"):
        gst = _as_said(given.get("freight_gst", Decimal(0)))
        said["charges"] = [{"name": "freight", "amount": str(freight), "gst": gst}]
    if taxes := _printed(found.lines):
        said["tax"] = taxes
    if "total" not in given and all("line_total" in each for each in found.lines):
        extra = (given[name] for name in ("freight", "tcs", "round_off") if name in given)
        said["total"] = str(total([*(each["line_total"] for each in found.lines), *extra]))
    said["id"] = str(_id(supplier, said))
    return FileInvoice(said, tuple(found.rows), tuple(found.problems))


def _line(given: Mapping[str, Any]) -> dict[str, Any]:
    line = {
        name: _as_said(value)
        for name, value in given.items()
        if name not in (*_OFF, *TAXES, "amount_off", "line_total")
    }
    off = [given.get(name) for name in _OFF]
    if "amount_off" in given:
        off[off.index(None) if None in off else -1] = str(given["amount_off"])
    if any(off):
        line["discounts"] = off
    return line


def _printed(lines: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """What the rows print of each rate; nothing where they print no tax, or not at which rate."""
    found: defaultdict[Decimal, dict[str, Money]] = defaultdict(dict)
    for each in lines:
        if not any(name in each for name in TAXES) or "gst" not in each:
            return []
        heads = found[each["gst"]]
        for name in TAXES:
            heads[name] = heads.get(name, ZERO) + each.get(name, ZERO)
    return [
        {"gst": _as_said(rate), **{name: str(amount) for name, amount in heads.items()}}
        for rate, heads in found.items()
    ]


def _take(door: Door, invoice: FileInvoice, *, yes: bool) -> TakenInvoice:
    if invoice.problems:
        return TakenInvoice(invoice, problems=invoice.problems)
    said = invoice.said
    asked = purchase_intake.digest(Kind.GOODS_RECEIPT, said)
    new = UUID(str(said["id"]))
    try:
        draft = door.read(purchase_intake.draft, said, kind=Kind.GOODS_RECEIPT, new=new)
        if not yes:
            judged = door.read(purchases.judge, draft)
            return _told(invoice, "", judged.totals.total, judged.problems, judged.warnings)
        saved = door.write(purchases.post_purchase, draft, asked=asked)
    except Refused as refusal:
        return _told(invoice, "", ZERO, refusal.problems, ())
    return _told(invoice, saved.posted.number, saved.posted.total, (), saved.warnings)


def _told(
    invoice: FileInvoice, number: str, amount: Money, problems: Iterable[Problem],
    warnings: Iterable[Problem],
) -> TakenInvoice:  # fmt: skip
    """Problems that name lines from 0, by the rows of the file."""
    rows = invoice.rows

    def placed(each: Problem) -> Problem:
        return replace(each, row=rows[each.row]) if each.row is not None and rows else each

    return TakenInvoice(
        invoice, number, amount, tuple(map(placed, problems)), tuple(map(placed, warnings))
    )


def read_json(path: Path, supplier: str) -> tuple[FileInvoice, ...]:
    """Requests as the published schema has them, or e-invoices of the portal. Refuses BAD_FILE."""
    try:
        data = path.read_bytes()
        if len(data) > LARGEST:
            raise refuse(Reason.BAD_FILE, name=path.name, fault="file_too_large")
        said = json.loads(data.decode("utf-8-sig"), parse_float=str)
    except OSError:
        raise refuse(Reason.BAD_FILE, name=path.name, fault="file_absent") from None
    except (ValueError, RecursionError):
        raise refuse(Reason.BAD_FILE, name=path.name, fault="file_no_json") from None
    found = said if isinstance(said, list) else [said]
    if not found or not all(isinstance(each, dict) for each in found):
        raise refuse(Reason.BAD_FILE, name=path.name, fault="file_no_rows")
    requests = [e_invoice.request(each) if "DocDtls" in each else each for each in found]
    return tuple(_of_json(each, supplier, path.name) for each in requests)


def _of_json(said: Mapping[str, Any], supplier: str, name: str) -> FileInvoice:
    lines = said.get("lines")
    if not isinstance(lines, list) or not all(isinstance(each, dict) for each in lines):
        raise refuse(Reason.BAD_FILE, name=name, fault="file_no_rows")
    whole = {"supplier": supplier, **said}
    whole["id"] = str(said.get("id") or _id(supplier, whole))
    return FileInvoice(whole, tuple(range(1, len(lines) + 1)))


def _id(supplier: str, said: Mapping[str, Any]) -> UUID:
    """The same invoice of the same year is the same purchase, whichever file it comes in."""
    try:
        year = str(financial_year(read_day(str(said.get("invoice_day")))))
    except ValueError:
        year = ""
    text = "\0".join(("invoice of a file", folded(supplier), folded(str(said["number"])), year))
    return UUID(bytes=hashlib.sha256(text.encode()).digest()[:16], version=4)


def _as_said(value: Any) -> Any:
    if isinstance(value, Rate):
        return f"{(Decimal(value.amount.paise) / 100 / value.per).normalize():f}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else str(value)
