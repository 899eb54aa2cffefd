"""How far a new book has come towards its first bill, and what is settled on the way there."""

from __future__ import annotations

from dataclasses import dataclass

from dms_desktop.domain.calendar import FinancialYear, financial_year
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.printers import PAPERS, sizes_of
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.registers import joined
from dms_desktop.services import audit, opening
from dms_desktop.services.opening import Beginning
from dms_desktop.services.registers.printers import PRINT_RULES, PRINTERS
from dms_desktop.services.series import check_prefix, today
from dms_desktop.store.session import Reading, Tx

_BILLS = (
    "SELECT id, prefix, width, first, last FROM series WHERE kind = 'bill' AND paper = ''"
    " AND counter = '' AND principal_id = 0 AND year = :year ORDER BY id LIMIT 1"
)
_CODE_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Standing:
    """What is in the books. `first_bill` is the number that the next bill gets; `numbered` once
    bills have used the series, which then stays. `printer` is where bills come out, or empty."""

    items: int
    parties: int
    lots: int
    dues: int
    beginning: Beginning
    first_bill: str
    prefix: str
    numbered: bool
    printer: str


@needs(Power.LOOK)
def standing(reading: Reading) -> Standing:
    year = financial_year(today(reading))
    row = reading.row(_BILLS, year=year.starts)
    _, prefix, width, first, last = row or (0, "", 1, 1, 0)
    return Standing(
        reading.value("SELECT count(*) FROM item"),
        reading.value("SELECT count(*) FROM party"),
        reading.value("SELECT count(DISTINCT lot_id) FROM stock WHERE qty > 0"),
        reading.value(
            "SELECT count(*) FROM open_item JOIN document ON document.id = document_id"
            " WHERE kind = 'opening' AND open_paise <> 0"
        ),
        opening.beginning(reading),
        f"{prefix}{last + 1:0{width}d}" if row else "",
        prefix,
        bool(row) and last >= first,
        reading.value(
            "SELECT printer.name FROM print_rule JOIN printer ON printer.id = printer_id"
            " WHERE print_rule.kind = 'bill' ORDER BY counter LIMIT 1"
        )
        or "",
    )


@needs(Power.SETTINGS)
def number_bills(tx: Tx, typed: str) -> str:
    """This year's bills begin with these letters, the year behind them unless it was typed too;
    the prefix as it is now.

    Refuses SERIES_USED once a bill has a number, SERIES_TOO_LONG, and SERIES_PREFIX_TAKEN.
    """
    year = financial_year(today(tx))
    row = tx.row(_BILLS + " FOR UPDATE", year=year.starts)
    if row is None:
        raise refuse(Reason.NO_SERIES, kind=Kind.BILL.value, year=year.label)
    key, before, width, first, last = row
    prefix = _with_year(typed.strip().upper(), year)
    if prefix == before:
        return prefix
    if last >= first:
        raise refuse(Reason.SERIES_USED, prefix=before)
    if not typed.strip():
        raise refuse(Reason.MISSING, field="prefix")
    check_prefix(tx, year, prefix, width)
    tx.run(
        "UPDATE series SET prefix = :prefix, row_version = row_version + 1 WHERE id = :id",
        prefix=prefix,
        id=key,
    )
    tx.touched["series"].add(key)
    code = joined(prefix, str(year.starts))
    audit.record(
        tx, "change series", f"series {code}", before={"prefix": before}, after={"prefix": prefix}
    )
    return prefix


@needs(Power.SETTINGS)
def print_on(tx: Tx, way: str, address: str, size: str) -> None:
    """Papers of every kind come out here when they are saved. What is printed elsewhere by a rule
    of a counter stays so."""
    name = address.rpartition("/")[2]
    known = tx.value(
        "SELECT code FROM printer WHERE way = :way AND address = :address AND active = 1",
        way=way,
        address=address,
    )
    code = known or _free_code(tx, name)
    assert PRINTERS.add is not None
    assert PRINT_RULES.add is not None
    assert PRINT_RULES.change is not None
    if known is None:
        PRINTERS.add(tx, {"code": code, "name": name, "way": way, "address": address})
    for kind in PAPERS:
        if size not in sizes_of(kind):
            continue  # labels are not cut from bills
        rule = {"printer": code, "size": size}
        row = tx.row(
            "SELECT row_version FROM print_rule WHERE kind = :kind AND counter = ''",
            kind=kind.value,
        )
        if row is None:
            PRINT_RULES.add(tx, {"kind": kind.value, **rule})
        else:
            PRINT_RULES.change(tx, joined(kind.value, ""), rule, row[0])


def _with_year(typed: str, year: FinancialYear) -> str:
    plain = typed.isalnum() and not typed[-1:].isdigit()
    return f"{typed}/{year.short}/" if plain else typed


def _free_code(tx: Tx, name: str) -> str:
    stem = "".join(filter(str.isalnum, name)).upper()[:_CODE_LONGEST] or "PRINTER"
    code, number = stem, 2
    while tx.value("SELECT 1 FROM printer WHERE code = :code", code=code):
        code, number = f"{stem}{number}", number + 1
    return code
