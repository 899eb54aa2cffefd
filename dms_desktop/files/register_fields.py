"""The fields of each register as a form or a JSON request says them, ready for the services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from dms_desktop.domain import printers, registers
from dms_desktop.domain.company import Company
from dms_desktop.domain.incoming import Intake
from dms_desktop.domain.refusals import Problem, Reason, refuse
from dms_desktop.domain.registers import DatedRate
from dms_desktop.domain.units import MOST
from dms_desktop.files.cells import blank, read_date
from dms_desktop.files.fields import (
    CODE,
    LONG,
    READERS,
    TEXT,
    Reader,
    count,
    given_by,
    licence,
    money,
    percent,
    read_given,
    read_with,
    words,
    yes,
)
from dms_desktop.services.vehicles import Vehicle

_NAMED: Mapping[str, Reader] = {"code": CODE, "name": TEXT, "active": yes}
_RATE: Mapping[str, Reader] = {
    "from_day": read_date, "gst": percent, "cess": READERS[Intake.ITEMS]["cess_rate"],
    "cess_amount": money, "cess_per": count(1_000_000), "basis": CODE, "source": LONG,
}  # fmt: skip
_FIELDS: Mapping[str, tuple[type[Any], Mapping[str, Reader]]] = {
    "principal": (registers.NamedRecord, _NAMED),
    "beat": (registers.NamedRecord, _NAMED),
    "salesman": (registers.SalesmanRecord, {**_NAMED, "phone": CODE}),
    "man": (registers.SalesmanRecord, {**_NAMED, "phone": CODE}),
    "vehicle": (
        Vehicle, {"number": TEXT, "kg": count(100_000), "man": TEXT, "van": TEXT, "active": yes},
    ),
    "godown": (registers.GodownRecord, {**_NAMED, "kind": CODE}),
    "reason": (
        registers.ReasonRecord, {**_NAMED, "use": CODE, "ledger": CODE, "keeps_credit": yes},
    ),
    "price-list": (registers.PriceListRecord, {**_NAMED, "party_class": CODE}),
    "account": (registers.AccountRecord, {**_NAMED, "group": CODE}),
    "tax-class": (registers.TaxClassRecord, _NAMED),
    "rack": (
        registers.RackRecord,
        {
            "item": CODE, "godown": TEXT, "rack": CODE, "least": count(MOST),
            "reorder": count(MOST), "most": count(MOST),
        },
    ),
    "price": (registers.PriceRecord, READERS[Intake.PRICES]),
    "terms": (
        registers.TermsRecord,
        {
            "party": CODE, "principal": TEXT, "beat": TEXT, "visit_day": CODE, "salesman": TEXT,
            "price_list": CODE, "trade_discount": percent, "special_discount": percent,
            "credit_limit": money, "credit_days": count(3650), "stopped": yes,
        },
    ),
    "lot": (
        registers.LotState,
        {
            **READERS[Intake.LOTS], "blocked": yes, "blocked_why": TEXT,
        },
    ),
    "series": (
        registers.SeriesRecord,
        {
            "prefix": words(16), "kind": CODE, "paper": CODE, "counter": CODE, "principal": TEXT,
            "year": count(2099), "width": count(16), "first": count(10**15),
        },
    ),
    "printer": (
        printers.PrinterRecord, {**_NAMED, "way": CODE, "address": LONG, "drawer": yes},
    ),
    "print-rule": (
        printers.PrintRule,
        {
            "kind": CODE, "counter": CODE, "printer": TEXT, "size": CODE, "copies": TEXT,
            "on_save": yes,
        },
    ),
    "role": (registers.RoleRecord, _NAMED),
    "user": (registers.UserRecord, {**_NAMED, "role": CODE}),
    "company": (
        Company,
        {n.name: LONG for n in fields(Company) if n.name not in ("gst_type", "licences")},
    ),
    "turnover": (registers.TurnoverRecord, {"year": CODE, "turnover": money}),
}  # fmt: skip
_INTAKES = {"item": Intake.ITEMS, "party": Intake.PARTIES}


def _rate(said: Any, problems: list[Problem]) -> DatedRate | None:
    """`{"from_day", "gst", "cess"?, ...}`; without a day it counts from the beginning."""
    read: dict[str, Any] = {}
    for name, cell in said.items():
        if name not in _RATE:
            problems.append(Problem(Reason.BAD_ENTRY, None, {"field": name, "value": cell}))
        elif not blank(cell):
            read[name] = read_with(_RATE[name], name, cell, None)
    found = [each for each in read.values() if isinstance(each, Problem)]
    if "gst" not in read:
        found.append(Problem(Reason.MISSING, None, {"field": "gst"}))
    problems += found
    return None if found else DatedRate(**read)


def _power(said: Any, problems: list[Problem]) -> str:
    return str(said)


_PARTS: Mapping[str, Mapping[str, Callable[[Any, list[Problem]], Any]]] = {
    "tax-class": {"rates": _rate},
    "role": {"powers": _power},
    "company": {"licences": licence},
}


def read_register(kind: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of one master, each as its own type. Refuses every field that cannot be taken.

    An empty text empties a field that may be empty.
    """
    if kind in _INTAKES:
        return read_given(_INTAKES[kind], said)
    if kind not in _FIELDS:
        raise refuse(Reason.BAD_ENTRY, field="kind", value=kind)
    record, readers = _FIELDS[kind]
    nullable = {each.name for each in fields(record) if each.default is None}
    return given_by(readers, said, nullable, _PARTS.get(kind, {}))
