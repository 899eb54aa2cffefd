"""Tax classes and their dated GST rates: what bills were made at is never altered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import Money
from dms_desktop.domain.refusals import Problem, Reason, Refused, refuse
from dms_desktop.domain.registers import DatedRate, TaxClassRecord
from dms_desktop.domain.stock_papers import STOCK_PAPERS
from dms_desktop.domain.tax import Basis
from dms_desktop.services.registers.register import (
    Given,
    Keeping,
    Match,
    Shown,
    like,
    locked,
    register,
)
from dms_desktop.services.rows import ten_thousandths
from dms_desktop.store.session import Reading, Tx

_KEYS = "SELECT id, code FROM tax_class ORDER BY id"
_ONE = "SELECT id, row_version, code, name, active FROM tax_class WHERE id = :id"
_RATES = (
    "SELECT from_day, gst, cess, cess_paise, cess_per, basis, source FROM tax_rate"
    " WHERE tax_class_id = :id ORDER BY from_day"
)
_PAGE = (
    "SELECT code, name, active FROM tax_class WHERE (lower(code) LIKE :like ESCAPE '\\'"
    " OR lower(name) LIKE :like ESCAPE '\\') AND code > :after ORDER BY code LIMIT :most"
)
# The last day between two on which goods of this class stand on a paper with tax.
_USED = (
    "SELECT max(document.day) FROM item JOIN goods_line ON goods_line.item_id = item.id"
    " JOIN document ON document.id = goods_line.document_id"
    " WHERE item.tax_class_id = :id AND origin = 'ours' AND day >= :first AND day < :until"
    " AND NOT kind IN :untaxed"
)
_PUT = (
    "INSERT INTO tax_rate (tax_class_id, from_day, gst, cess, cess_paise, cess_per, basis, source)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (tax_class_id, from_day) DO UPDATE"
    " SET gst = excluded.gst, cess = excluded.cess, cess_paise = excluded.cess_paise,"
    " cess_per = excluded.cess_per, basis = excluded.basis, source = excluded.source"
)
_NEVER = "9999-12-31"
UNTAXED = tuple(kind.value for kind in STOCK_PAPERS)


def _kept(reading: Reading, code: str) -> Shown[TaxClassRecord] | None:
    keys = {folded(each): key for key, each in reversed(reading.rows(_KEYS))}
    if folded(code) not in keys:
        return None
    key = keys[folded(code)]
    row = reading.row(locked(reading, _ONE, "tax_class"), id=key)
    assert row is not None
    rates = tuple(
        DatedRate(
            Decimal(gst).scaleb(-4), date.fromisoformat(day) if day else None,
            Decimal(cess).scaleb(-4), Money(paise), per, basis, source,
        )
        for day, gst, cess, paise, per, basis, source in reading.rows(_RATES, id=key)
    )  # fmt: skip
    return Shown(row[0], row[1], TaxClassRecord(row[2], row[3], rates, bool(row[4])))


def _find(reading: Reading, text: str, after: str, most: int) -> list[Match]:
    rows = reading.rows(_PAGE, like=like(text), after=after, most=most)
    return [Match(code, name, bool(active)) for code, name, active in rows]


def _over(reading: Reading, given: Given, old: TaxClassRecord | None) -> TaxClassRecord:
    """Given rates join those that are there, in the place of one from the same day."""
    said = dict(given)
    fresh: Iterable[DatedRate] = said.pop("rates", ())
    new = replace(old, **said) if old else TaxClassRecord(**{"code": "", **said})
    by_day = {rate.from_day: rate for rate in (*new.rates, *fresh)}
    rates = tuple(by_day[day] for day in sorted(by_day, key=lambda day: day or date.min))
    if old and folded(old.code) == folded(new.code):
        new = replace(new, code=old.code)
    new = replace(new, name=new.name or new.code, rates=rates)
    if not folded(new.code):
        raise refuse(Reason.MISSING, field="code")
    if not rates:
        raise refuse(Reason.MISSING, field="rates")
    if problems := [problem for rate in rates for problem in _faults(rate)]:
        raise Refused(*problems)
    return new


def _faults(rate: DatedRate) -> list[Problem]:
    wrong = {
        "basis": rate.basis if rate.basis not in set(Basis) else None,
        "gst": rate.gst if not 0 <= rate.gst <= 100 else None,
        "cess": rate.cess if rate.cess < 0 else None,
        "cess_per": rate.cess_per if rate.cess_per < 1 else None,
    }
    if rate.basis == Basis.EXEMPT and (rate.gst or rate.cess or rate.cess_amount):
        wrong["basis"] = rate.basis
    return [
        Problem(Reason.BAD_ENTRY, None, {"field": field, "value": value})
        for field, value in wrong.items()
        if value is not None
    ]


def _write(tx: Tx, record: TaxClassRecord, now: Shown[TaxClassRecord] | None) -> None:
    if now is None:
        tx.insert("tax_class", ("code", "name", "active"), [_row(record)])
    else:
        _refuse_used(tx, now, record)
        tx.many(
            "UPDATE tax_class SET code = ?, name = ?, active = ?, row_version = row_version + 1"
            " WHERE id = ?",
            [(*_row(record), now.id)],
        )
    key = now.id if now else tx.value("SELECT id FROM tax_class WHERE code = :c", c=record.code)
    before = now.record.rates if now else ()
    tx.many(_PUT, [(key, *_stored(rate)) for rate in record.rates if rate not in before])
    items = tx.rows("SELECT id FROM item WHERE tax_class_id = :id", id=key)
    tx.touched["item"].update(item for (item,) in items)


def _refuse_used(tx: Tx, now: Shown[TaxClassRecord], new: TaxClassRecord) -> None:
    """Refuses RATE_USED where the tax of a day with bills would not be what it was."""
    days = sorted({_stored(rate)[0] for rate in (*now.record.rates, *new.rates)})
    for first, until in zip(days, [*days[1:], _NEVER], strict=True):
        if _in_force(now.record.rates, first) == _in_force(new.rates, first):
            continue
        if last := tx.value(_USED, id=now.id, first=first, until=until, untaxed=[*UNTAXED]):
            day = date.fromisoformat(last)
            raise refuse(Reason.RATE_USED, value=new.code, last=day, next=day + timedelta(days=1))


def _in_force(rates: tuple[DatedRate, ...], day: str) -> tuple[object, ...] | None:
    """The figures that count on a day; who said so is no figure."""
    begun = [_stored(rate) for rate in rates if _stored(rate)[0] <= day]
    return max(begun)[1:-1] if begun else None


def _row(record: TaxClassRecord) -> tuple[str, str, int]:
    return record.code, record.name, int(record.active)


def _stored(rate: DatedRate) -> tuple[str, int, int, int, int, str, str]:
    return (
        rate.from_day.isoformat() if rate.from_day else "", ten_thousandths(rate.gst),
        ten_thousandths(rate.cess), rate.cess_amount.paise, rate.cess_per, rate.basis, rate.source,
    )  # fmt: skip


TAX_CLASSES = register(
    Keeping("tax-class", "tax_class", lambda each: each.code, _kept, _find, _over, _write)
)
