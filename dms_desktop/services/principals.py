"""What other masters name: principals, beats, salesmen, godowns and tax classes, made as needed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dms_desktop.domain.masters import folded
from dms_desktop.domain.tax import Basis
from dms_desktop.domain.uid import uuid7
from dms_desktop.services.changes import Watch
from dms_desktop.services.rows import ten_thousandths
from dms_desktop.store.session import Reading, Tx

ALL_PRINCIPALS = "SELECT id, code, name FROM principal ORDER BY id"
ALL_BEATS = "SELECT id, code, name FROM beat ORDER BY id"
ALL_SALESMEN = "SELECT id, code, name FROM salesman ORDER BY id"
ALL_GODOWNS = "SELECT id, code, name FROM place WHERE kind IN ('godown', 'van') ORDER BY id"
_ALL = {
    "principal": ALL_PRINCIPALS,
    "beat": ALL_BEATS,
    "salesman": ALL_SALESMEN,
    "place": ALL_GODOWNS,
}
NO_PRINCIPAL = "GENERAL"  # goods that nobody said whose they are

Rates = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class TaxClass:
    """A tax class with the rates in force; `plain` where those two rates are all there is to it."""

    id: int
    code: str
    rates: Rates
    plain: bool


def known(reading: Reading, table: str) -> dict[str, int]:
    """Folded code or name -> key; a code goes before a name, an older row before a newer."""
    rows = reading.rows(_ALL[table])
    names = {folded(name): key for key, _, name in reversed(rows)}
    return names | {folded(code): key for key, code, _ in reversed(rows)}


def named(tx: Tx, table: str, names: Iterable[str], watch: Watch) -> dict[str, int]:
    """Folded name -> key, for principal, beat, salesman or place; those not there are made."""
    found = known(tx, table)
    missing: dict[str, str] = {}
    for name in names:
        if folded(name) and folded(name) not in found:
            missing.setdefault(folded(name), " ".join(name.split()))
    if not missing:
        return found
    columns: tuple[str, ...] = ("uid", "code", "name")
    more: tuple[object, ...] = ()
    if table == "place":
        columns = (*columns, "kind", "registration_id")
        more = ("godown", tx.value("SELECT min(id) FROM registration"))
    tx.insert(
        table,
        columns,
        [
            (uuid7(tx.now, os.urandom(10)).bytes, name, name, *more)
            for _, name in sorted(missing.items())
        ],
    )
    now = known(tx, table)
    watch.made(table, (now[key] for key in missing))
    tx.touched[table].update(now[key] for key in missing)
    return now


def tax_classes(reading: Reading, day: date) -> dict[int, TaxClass]:
    """By key, with the rates in force on a day."""
    found: dict[int, TaxClass] = {}
    for key, code, gst, cess, specific, basis in reading.rows(
        "SELECT tax_class.id, code, gst, cess, cess_paise, basis FROM tax_class"
        " JOIN tax_rate ON tax_class_id = tax_class.id WHERE from_day <= :day"
        " ORDER BY tax_class.id, from_day",
        day=day.isoformat(),
    ):
        rates = (Decimal(gst).scaleb(-4), Decimal(cess).scaleb(-4))
        plain = not specific and basis == basis_of(rates).value
        found[key] = TaxClass(key, code, rates, plain)
    return found


def class_for(classes: dict[int, TaxClass], rates: Rates) -> TaxClass | None:
    """The oldest class that has just these rates."""
    return next((each for each in classes.values() if each.plain and each.rates == rates), None)


def with_rates(tx: Tx, wanted: Iterable[Rates], day: date, watch: Watch) -> dict[Rates, int]:
    """Rates -> key of their tax class; a class that is not there is made, from the beginning."""
    classes = tax_classes(tx, day)
    found = {rates: class_for(classes, rates) for rates in wanted}
    missing = sorted(rates for rates, each in found.items() if each is None)
    if missing:
        taken = {code for (code,) in tx.rows("SELECT code FROM tax_class")}
        codes = {rates: _free(class_name(*rates), taken) for rates in missing}
        tx.insert("tax_class", ("code", "name"), [(code, code) for code in codes.values()])
        keys: dict[str, int] = dict(tx.rows("SELECT code, id FROM tax_class"))
        tx.insert(
            "tax_rate",
            ("tax_class_id", "from_day", "gst", "cess", "basis"),
            [
                (keys[code], "", *map(ten_thousandths, rates), basis_of(rates).value)
                for rates, code in codes.items()
            ],
        )
        made = [keys[code] for code in codes.values()]
        rows = tx.rows("SELECT id FROM tax_rate WHERE tax_class_id IN :made", made=made)
        watch.made("tax_class", made)
        watch.made("tax_rate", (key for (key,) in rows))
        classes = tax_classes(tx, day)
    fresh = {rates: class_for(classes, rates) for rates in found}
    return {rates: each.id for rates, each in fresh.items() if each is not None}


def class_name(gst: Decimal, cess: Decimal) -> str:
    """`GST 18`, `GST 28 + 12` with a compensation cess."""
    return f"GST {_figure(gst)} + {_figure(cess)}" if cess else f"GST {_figure(gst)}"


def _figure(percent: Decimal) -> str:
    return f"{percent:f}".rstrip("0").rstrip(".") if "." in f"{percent:f}" else f"{percent:f}"


def basis_of(rates: Rates) -> Basis:
    """Nothing to charge means nil-rated: its paper is a bill of supply."""
    return Basis.VALUE if any(rates) else Basis.EXEMPT


def _free(code: str, taken: set[str]) -> str:
    """A class of that name may have other rates by now."""
    serial = 2
    name = code
    while name in taken:
        name = f"{code} ({serial})"
        serial += 1
    return name
