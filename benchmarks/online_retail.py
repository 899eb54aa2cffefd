"""Real wholesale lines (UCI Online Retail, Chen et al. 2012) turned into a book of ours, by rule.

The file holds sales only; what an Indian distributor's book needs besides is made by these rules.

| in the file | in the book |
| --- | --- |
| InvoiceDate | 774 weeks later: weekdays stay, and all falls from 1 Oct 2025 to 9 Oct 2026 |
| invoice `C...` | RETURN: left out here and counted; a return is another issue's document |
| invoice `A...` | ADJUSTMENT of bad debt: left out and counted |
| other, Quantity < 0 | WRITE_OFF, stock lost: left out and counted |
| other, UnitPrice > 0 | SALE: a line of the bill, Quantity pieces at just UnitPrice, before tax |
| other, UnitPrice 0 | FREE, a line of free pieces, where the invoice has a priced line too; |
| | else FOUND, stock found or a test of the till: left out and counted |
| InvoiceNo | one order, in the order of the file; 542806 alone comes in two runs and is one order |
| StockCode | item code: capitals, blanks to `-`; codes that differ by case alone are one item |
| Description | item name: capitals, single blanks; the one most used on priced lines, else first |
| services (POST, DOT, M ...) | items like others, SAC 996819, 18 %, unit OTH, no batch |
| other codes | GST by CRC-32 of the code modulo 10: 0 nil, 1 to 5 five, else 18 %; HSN by rate |
| keep_batch | yes where the code begins with a digit |
| CustomerID | a party, unregistered, on credit; blank: a cash party, one for each State |
| Country | United Kingdom: State 27; others by CRC-32 of the name. A party keeps its first |
| MRP | one an item: its dearest price with tax, up to the next rupee |
| PTR, PTS, cost | dearest price; 80 % and 60 % of the average price; whole paise, never under one |
| goods received | for each month on the last day of the month before: what the item sells and |
| | gives away in it, up to the next dozen, as one batch (`2510`) packed 15 days before |
| shelf life | by first digit of the code, 1 to 9: 3, 6, 9, 12, 12, 15, 18, 24, 36 months |

Every month's need is met by that month's batch alone, and no batch expires within its month, so
first-expiry-first-out never comes short. Test and benchmark data: it is never part of the product.
"""

from __future__ import annotations

import csv
import gzip
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from dms_desktop.domain.calendar import expiry_after
from dms_desktop.domain.money import Money
from dms_desktop.sample.identity import stable_uuid7
from dms_desktop.sample.rows import MAIN, ItemRow, LotRow, PartyRow

LATER = timedelta(weeks=774)
HOME_STATE = "27"
OTHER_STATES = ("07", "08", "09", "19", "24", "29", "30", "32", "33", "36")
SERVICES = {"POST", "DOT", "M", "C2", "BANK-CHARGES", "S", "AMAZONFEE", "B", "CRUK", "D"}
GST = (0, 5, 5, 5, 5, 5, 18, 18, 18, 18)
HSN = {0: "48202000", 5: "69120010", 18: "39249090"}  # exercise books, tableware, plastic ware
MONTHS = {"1": 3, "2": 6, "3": 9, "4": 12, "5": 12, "6": 15, "7": 18, "8": 24, "9": 36}
PACKED_BEFORE = timedelta(days=15)
DOZEN = 12
PAISA = Decimal("0.01")

Order = dict[str, object]


class Fate(StrEnum):
    """What becomes of a line of the file."""

    SALE = "sale"
    FREE = "free"
    FOUND = "found"
    WRITE_OFF = "write_off"
    RETURN = "return"
    ADJUSTMENT = "adjustment"


class Line(NamedTuple):
    """One line of the file; `at` is moved to our years, `code` folded, `price` exact."""

    invoice: str
    code: str
    name: str
    qty: int
    at: datetime
    price: Decimal
    customer: str
    country: str


@dataclass(slots=True)
class Seen:
    """What the file tells of one item: names as written, pieces needed by month (its first day)."""

    names: Counter[str] = field(default_factory=Counter)
    need: Counter[date] = field(default_factory=Counter)
    dearest: Decimal = Decimal(0)
    value: Decimal = Decimal(0)
    sold: int = 0


@dataclass(slots=True)
class Survey:
    """One reading of the file: what is needed before the first bill can be made."""

    goods: dict[str, Seen] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)  # party code -> State
    fates: Counter[Fate] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Delivery:
    """Goods received together, at the end of `day`."""

    day: date
    lots: tuple[LotRow, ...]


def data_file() -> Path:
    """Where the file lies: in the folder that DMS_CASES names, else beside the repository."""
    beside = Path(__file__).resolve().parent.parent.parent / "shared"
    return Path(os.environ.get("DMS_CASES") or beside) / "data" / "online_retail.csv.gz"


def lines(path: Path, days: int | None = None) -> Iterator[Line]:
    """Every line in the order of the file, which is that of time; `days` stops after so many."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        seen: set[str] = set()
        moved: dict[str, datetime] = {}  # the last one: an invoice's lines share it
        rows = csv.reader(file)
        next(rows)
        for invoice, code, name, qty, at, price, customer, country in rows:
            if days is not None and at[:10] not in seen:
                if len(seen) == days:
                    return
                seen.add(at[:10])
            if at not in moved:
                moved = {at: datetime.fromisoformat(at).replace(tzinfo=UTC) + LATER}
            yield Line(
                invoice,
                code.strip().upper().replace(" ", "-"),
                name,
                int(qty.removesuffix(".0")),
                moved[at],
                Decimal(price),
                customer,
                country,
            )


def survey(path: Path, days: int | None = None) -> Survey:
    """Read the file once for its items, parties, needs and counts."""
    found = Survey()
    for day, of_the_day in _by_day(path, days):
        month = day.replace(day=1)
        for line, fate in of_the_day:
            found.fates[fate] += 1
            if fate is Fate.SALE or fate is Fate.FREE:
                seen = found.goods.setdefault(line.code, Seen())
                seen.need[month] += line.qty
                found.states.setdefault(_party(line), _state(line.country))
                if fate is Fate.SALE:
                    seen.names[line.name] += 1
                    seen.dearest = max(seen.dearest, line.price)
                    seen.value += line.price * line.qty
                    seen.sold += line.qty
    return found


def items(found: Survey) -> Iterator[ItemRow]:
    """An item for each code that was ever sold or given away."""
    for code, seen in sorted(found.goods.items()):
        rate = _gst(code)
        yield ItemRow(
            code=code,
            name=_name(code, seen),
            alias="",
            principal="Online Retail",
            brand="",
            category="Services" if code in SERVICES else "Giftware",
            hsn="996819" if code in SERVICES else HSN[rate],
            gst_rate=Decimal(rate),
            cess_rate=Decimal(0),
            unit="OTH" if code in SERVICES else "PCS",
            inner=1,
            case=DOZEN,
            barcode="",
            mrp=_mrp(code, seen),
            keep_batch=code[0] in MONTHS,
            active=True,
        )


def parties(found: Survey) -> Iterator[PartyRow]:
    """A party for each customer, and the cash parties."""
    for code, state in sorted(found.states.items()):
        cash = code.startswith("CASH")
        yield PartyRow(
            code=code,
            name=f"Cash sales, State {state}" if cash else f"Customer {code}",
            gstin="",
            state=state,
            class_="B",
            beat="",
            salesman="",
            phone="",
            credit_limit=Money() if cash else Money(1_00_00_000_00),
            credit_days=0 if cash else 30,
            min_life_days=0,
            address="as the shop has it",  # a bill of Rs 50,000 asks for one
            city="",
            pin="",
        )


def receipts(found: Survey) -> Iterator[Delivery]:
    """Month by month, the day before it: all that the month's bills will take."""
    months = sorted({month for seen in found.goods.values() for month in seen.need})
    for month in months:
        day = month - timedelta(days=1)
        yield Delivery(
            day,
            tuple(
                _lot(code, seen, month)
                for code, seen in sorted(found.goods.items())
                if seen.need[month]
            ),
        )


def bills(path: Path, days: int | None = None) -> Iterator[Order]:
    """An order for each invoice with a priced line, in the order of the file; a day in memory."""
    for day, of_the_day in _by_day(path, days):
        invoices: dict[str, list[tuple[Line, Fate]]] = {}
        for line, fate in of_the_day:
            if fate is Fate.SALE or fate is Fate.FREE:
                invoices.setdefault(line.invoice, []).append((line, fate))
        for invoice, its_lines in invoices.items():
            first = its_lines[0][0]
            yield {
                "id": str(stable_uuid7(first.at, invoice)),
                "day": day.isoformat(),
                "party": _party(first),
                "terms": "credit" if first.customer else "cash",
                "order_no": invoice,
                "lines": [_ask(line, fate) for line, fate in its_lines],
            }


def _by_day(path: Path, days: int | None) -> Iterator[tuple[date, list[tuple[Line, Fate]]]]:
    for day, group in groupby(lines(path, days), key=lambda line: line.at.date()):
        of_the_day = list(group)
        priced = {line.invoice for line in of_the_day if line.price > 0}
        yield day, [(line, _fate(line, priced)) for line in of_the_day]


def _fate(line: Line, priced: set[str]) -> Fate:
    if line.invoice.startswith("C"):
        return Fate.RETURN
    if line.invoice.startswith("A"):
        return Fate.ADJUSTMENT
    if line.qty < 0:
        return Fate.WRITE_OFF
    if line.price > 0:
        return Fate.SALE
    return Fate.FREE if line.invoice in priced else Fate.FOUND


def _ask(line: Line, fate: Fate) -> dict[str, object]:
    if fate is Fate.FREE:
        return {"item": line.code, "qty": 0, "free": line.qty}
    return {"item": line.code, "qty": line.qty, "rate": format(line.price, "f")}


def _party(line: Line) -> str:
    return line.customer or f"CASH{_state(line.country)}"


def _state(country: str) -> str:
    if country == "United Kingdom":
        return HOME_STATE
    return OTHER_STATES[crc32(country.encode()) % len(OTHER_STATES)]


def _gst(code: str) -> int:
    return 18 if code in SERVICES else GST[crc32(code.encode()) % len(GST)]


def _name(code: str, seen: Seen) -> str:
    clean: Counter[str] = Counter()
    for name, times in seen.names.items():
        clean[" ".join(name.upper().split())] += times
    return max(clean, key=clean.__getitem__, default=f"ITEM {code}")


def _mrp(code: str, seen: Seen) -> Money:
    with_tax = seen.dearest * (100 + _gst(code)) / 100
    return Money(int(with_tax.to_integral_value("ROUND_CEILING")) * 100)


def _lot(code: str, seen: Seen, month: date) -> LotRow:
    average = seen.value / seen.sold if seen.sold else Decimal(0)
    packed = month - timedelta(days=1) - PACKED_BEFORE
    months = MONTHS.get(code[0])
    return LotRow(
        item=code,
        batch=f"{month:%y%m}" if months else "",
        mrp=_mrp(code, seen),
        ptr=_paise(seen.dearest),
        pts=_paise(average * 80 / 100),
        cost=_paise(average * 60 / 100),
        packed=packed if months else None,
        expiry=expiry_after(packed, months) if months else None,
        godown=MAIN,
        qty=-(-seen.need[month] // DOZEN) * DOZEN,
    )


def _paise(rupees: Decimal) -> Money:
    return Money(max(1, int(rupees / PAISA)))
