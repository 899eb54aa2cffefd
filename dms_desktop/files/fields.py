"""Cells become fields: figures, days and words as the trade writes them, or the reason why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from dms_desktop.domain.gstin import normalised
from dms_desktop.domain.incoming import Intake
from dms_desktop.domain.licences import Licence, tidy
from dms_desktop.domain.masters import Barcode
from dms_desktop.domain.money import LARGEST, Money, Rate, rate
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.domain.tax import GstType
from dms_desktop.domain.units import MOST, BadQuantity, read_quantity
from dms_desktop.domain.uqc import uqc
from dms_desktop.files.cells import (
    BadCell,
    CellFault,
    blank,
    read_date,
    read_expiry,
    read_number,
    read_text,
    read_whole,
)
from dms_desktop.files.raw import Cell

Reader = Callable[[Cell], Any]

_CURRENCY = re.compile(r"^\s*(?:rs\.?|inr|₹)\s*|\s*/-\s*$", re.IGNORECASE)
_YES = {"yes", "y", "true", "1", "active", "a"}
_NO = {"no", "n", "false", "0", "inactive", "i", "discontinued", "blocked"}
_NIL_RATED = {"exempt", "exempted", "nil", "nil rated", "non gst", "non-gst", "free"}
_MOST_RUPEES = Decimal(LARGEST) / 100
_HSN = re.compile(r"[0-9]{4}(?:[0-9]{2}){0,2}")
_WHOLE = re.compile(r"\s*[0-9,]+(?:\.0+)?\s*")
_SIDE = re.compile(r"\s*\b([dc])r\.?\s*$", re.IGNORECASE)
_LICENCE = re.compile(
    r"(?P<kind>(?:(?:d\.?l\.?|drug|form)[\s.-]+)?\S+)\s+(?P<number>.+?)"
    r"(?:\s*(?:,|\bto\b|\btill\b|\bupto\b|\buntil\b|तक)\s*(?P<until>[0-9][0-9./-]+[0-9]))?",
    re.IGNORECASE,
)
_PIECES = re.compile(r"\s*(?:nos|pcs|pc|pieces|units)\.?\s*$", re.IGNORECASE)


def words(longest: int) -> Reader:
    return lambda cell: read_text(cell, longest)


def _plain_figure(cell: Cell) -> Cell:
    """Without what is only said to the eye: `Rs. 1,200/-`, `18 %`."""
    if not isinstance(cell, str):
        return cell
    return _CURRENCY.sub("", cell).strip().removesuffix("%").strip()


def money(cell: Cell) -> Money:
    number = read_number(_plain_figure(cell), most=_MOST_RUPEES, places=2)
    return Money(int(number * 100))


def price(cell: Cell) -> Rate:
    number = read_number(_plain_figure(cell), most=_MOST_RUPEES, places=6)
    return rate(format(number, "f"))


def percent(cell: Cell) -> Decimal:
    return read_number(_plain_figure(cell), most=100, places=4)


def markup(cell: Cell) -> Decimal:
    return read_number(_plain_figure(cell), most=1000, places=4)


def _signed(cell: Cell) -> Money:
    """A credit stands below nil, or says so: `1,200.00 Cr`."""
    sign = 1
    if isinstance(cell, str) and (side := _SIDE.search(cell)):
        sign = -1 if side[1].casefold() == "c" else 1
        cell = cell[: side.start()]
    number = read_number(_plain_figure(cell), most=_MOST_RUPEES, least=-_MOST_RUPEES, places=2)
    return Money(sign * int(number * 100))


def _tax_percent(cell: Cell) -> Decimal:
    if isinstance(cell, str) and cell.strip().casefold() in _NIL_RATED:
        return Decimal(0)
    bare = (
        re.sub(r"^\s*gst\s*@?\s*", "", cell, flags=re.IGNORECASE) if isinstance(cell, str) else cell
    )
    return read_number(_plain_figure(bare), most=1000, places=4)


def count(most: int) -> Reader:
    return lambda cell: read_whole(cell, most=most)


def yes(cell: Cell) -> bool:
    word = read_text(cell, 20).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadCell(CellFault.NOT_A_NUMBER, cell)


def _hsn(cell: Cell) -> str:
    """Four, six or eight figures; an odd number of them has lost its nought to a spreadsheet."""
    bare = read_text(cell, 20).replace(" ", "").replace(".", "")
    code = bare.zfill(len(bare) + len(bare) % 2)
    if not _HSN.fullmatch(code):
        raise BadCell(CellFault.NOT_A_NUMBER, cell)
    return code


def _unit(cell: Cell) -> str:
    found = uqc(read_text(cell, 20))
    if found is None:
        raise BadCell(CellFault.NOT_A_NUMBER, cell)
    return found


def _gst_type(cell: Cell) -> str:
    try:
        return GstType(read_text(cell, 20).casefold()).value
    except ValueError as error:
        raise BadCell(CellFault.NOT_A_NUMBER, cell) from error


def _quantity(cell: Cell) -> str:
    """As typed, since a case is counted by its item; a figure from a sheet must be whole."""
    if not isinstance(cell, str):
        return str(read_whole(cell, most=MOST))
    text = _PIECES.sub("", cell)
    if _WHOLE.fullmatch(text):
        return str(read_whole(text, most=MOST))
    try:
        read_quantity(text, case=1, inner=1)
    except BadQuantity as error:
        raise BadCell(CellFault.NOT_A_NUMBER, cell) from error
    return text


def _gstin(cell: Cell) -> str:
    return normalised(read_text(cell, 30))


def licences(cell: Cell) -> tuple[Licence, ...]:
    """`FSSAI 11525001000123 to 31-03-2027; 20B MH-1234`: kind, number, last day."""
    found = []
    for part in filter(None, map(str.strip, re.split(r"[;\n]", read_text(cell, 1000)))):
        said = _LICENCE.fullmatch(part)
        if said is None:
            raise BadCell(CellFault.NOT_A_NUMBER, cell)
        until = read_date(said["until"]) if said["until"] else None
        found.append(Licence(said["kind"], said["number"], until))
    return tidy(found)


TEXT, CODE, LONG = words(120), words(40), words(300)
_ITEMS: Mapping[str, Reader] = {
    "code": CODE, "name": TEXT, "alias": TEXT, "principal": TEXT, "brand": TEXT,
    "category": TEXT, "hsn": _hsn, "gst_rate": _tax_percent, "cess_rate": _tax_percent,
    "unit": _unit, "inner": count(100_000), "case": count(100_000), "barcode": CODE,
    "mrp": money, "keep_batch": yes, "active": yes, "tax_class": CODE,
    "selling_multiple": lambda cell: read_whole(cell, most=100_000, least=1),
    "grams": count(1_000_000), "shelf_months": count(120), "regime": words(10),
}  # fmt: skip
_PARTIES: Mapping[str, Reader] = {
    "code": CODE, "name": TEXT, "gstin": _gstin, "state": CODE, "class": CODE, "beat": TEXT,
    "salesman": TEXT, "phone": CODE, "credit_limit": money, "credit_days": count(3650),
    "min_life_days": count(3650), "address": LONG, "city": TEXT, "pin": words(10),
    "gst_type": _gst_type, "alias": TEXT, "pan": words(10), "fssai": words(20), "ship_to": LONG,
    "licences": licences,
    "ship_state": CODE, "price_list": CODE, "supplier": yes, "customer": yes, "active": yes,
}  # fmt: skip
_LOTS: Mapping[str, Reader] = {
    "item": CODE, "batch": CODE, "mrp": money, "ptr": price, "pts": price, "cost": price,
    "packed": read_date, "expiry": read_expiry, "godown": TEXT, "qty": _quantity,
}  # fmt: skip
_BILLS: Mapping[str, Reader] = {
    "number": CODE, "day": read_date, "party": CODE, "salesman": TEXT, "item": CODE,
    "batch": CODE, "expiry": read_expiry, "mrp": money, "qty": _quantity, "free": _quantity,
    "rate": price, "discount_percent": percent, "gst_rate": _tax_percent,
    "cess_rate": _tax_percent,
}  # fmt: skip
_PRICES: Mapping[str, Reader] = {
    "list": CODE, "item": CODE, "from_day": read_date, "until_day": read_date, "mrp": money,
    "rate": price, "per": count(1_000_000), "percent_of_ptr": markup,
    "percent_of_mrp": percent, "inclusive": yes, "net": yes,
}  # fmt: skip
_BALANCES: Mapping[str, Reader] = {"account": TEXT, "debit": money, "credit": money}
_DUES: Mapping[str, Reader] = {
    "party": CODE, "number": CODE, "day": read_date, "due": read_date, "amount": _signed,
    "account": CODE,
}  # fmt: skip
READERS: Mapping[Intake, Mapping[str, Reader]] = {
    Intake.ITEMS: _ITEMS,
    Intake.PARTIES: _PARTIES,
    Intake.LOTS: _LOTS,
    Intake.BILLS: _BILLS,
    Intake.PRICES: _PRICES,
    Intake.BALANCES: _BALANCES,
    Intake.DUES: _DUES,
}
RECORD_NAMES = {"class": "class_"}  # a heading that Python keeps for itself
_TEXTS = (TEXT, CODE, LONG, _hsn, _gstin)
_NULLABLE = {"credit_limit"}  # none was set is not nought
_REASONS: Mapping[Reader, Reason] = {
    **dict.fromkeys(
        (TEXT, CODE, LONG, _hsn, _unit, yes, _gst_type, _gstin, licences), Reason.BAD_ENTRY
    ),
    read_date: Reason.BAD_DAY,
    read_expiry: Reason.BAD_DAY,
    _quantity: Reason.BAD_QUANTITY,
}


def read_field(kind: Intake, field: str, cell: Cell, row: int | None) -> Any:
    """The field's value, or the Problem that keeps the row out."""
    return read_with(READERS[kind][field], field, cell, row)


def read_with(reader: Reader, field: str, cell: Cell, row: int | None) -> Any:
    """The value of a cell, or the Problem that says what is wrong with it."""
    try:
        return reader(cell)
    except BadCell as error:
        shown = {"field": field, "value": error.facts["cell"], "text": error.facts["cell"]}
        reason = _REASONS.get(reader, Reason.BAD_FIGURE)
        return Problem(reason, row, {**error.facts, **shown, "fault": error.reason.value})


def read_given(kind: Intake, said: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of one master as a form or a JSON request says them, ready for the services.

    An empty text empties the field where it is a text. Refuses every field that cannot be taken.
    """
    return given_by(READERS[kind], said, _NULLABLE, {"barcodes": _barcode, "licences": licence})


def given_by(
    readers: Mapping[str, Reader],
    said: Mapping[str, Any],
    nullable: Container[str],
    parts: Mapping[str, Callable[[Any, list[Problem]], Any]],
) -> dict[str, Any]:
    """Fields by their readers; `parts` reads each member of a field that is a list."""
    given: dict[str, Any] = {}
    problems: list[Problem] = []
    for field, cell in said.items():
        name = RECORD_NAMES.get(field, field)
        if field in parts and not isinstance(cell, str):
            given[name] = tuple(parts[field](each, problems) for each in cell)
        elif field not in readers:
            problems.append(Problem(Reason.BAD_ENTRY, None, {"field": field, "value": cell}))
        elif blank(cell):
            given[name] = "" if readers[field] in _TEXTS else None
        else:
            value = read_with(readers[field], field, _as_cell(cell), None)
            if isinstance(value, Problem):
                problems.append(value)
            given[name] = value
    if problems:
        raise Refused(*problems)
    return {name: value for name, value in given.items() if value is not None or name in nullable}


def _barcode(said: Mapping[str, Any], problems: list[Problem]) -> Barcode:
    """`{"code", "units"?}`: what it stands for is one piece unless it says so."""
    code = read_field(Intake.ITEMS, "barcode", _as_cell(said.get("code", "")), None)
    units = read_field(Intake.ITEMS, "selling_multiple", _as_cell(said.get("units", 1)), None)
    found = [each for each in (code, units) if isinstance(each, Problem)]
    problems += found
    return Barcode("") if found else Barcode(code, units)


def licence(said: Mapping[str, Any], problems: list[Problem]) -> Licence:
    """`{"kind", "number", "valid_to"?}`."""
    until = said.get("valid_to")
    day = None if blank(_as_cell(until or "")) else read_with(
        read_date, "licences", _as_cell(until), None
    )  # fmt: skip
    if isinstance(day, Problem):
        problems.append(day)
        day = None
    return Licence(str(said.get("kind") or ""), str(said.get("number") or ""), day)


def _as_cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str | int | float | date) else str(value)
