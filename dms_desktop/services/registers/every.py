"""Every register by the word that names it, at the command line and in the log."""

from __future__ import annotations

from collections.abc import Mapping

from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.services import masters, periods
from dms_desktop.services.registers.coded import CODED, MEN
from dms_desktop.services.registers.lots import LOTS
from dms_desktop.services.registers.numbering import SERIES
from dms_desktop.services.registers.ourselves import COMPANY
from dms_desktop.services.registers.prices import PRICES
from dms_desktop.services.registers.printers import PRINT_RULES, PRINTERS
from dms_desktop.services.registers.racks import RACKS
from dms_desktop.services.registers.register import Register
from dms_desktop.services.registers.staff import ROLES, USERS
from dms_desktop.services.registers.tax_classes import TAX_CLASSES
from dms_desktop.services.registers.terms import TERMS
from dms_desktop.services.registers.turnovers import TURNOVER
from dms_desktop.services.registers.vehicles import VEHICLES

PERIOD = Register(
    "period", "period", periods.shown, periods.find, None, None, lambda _: periods.SUBJECT
)
REGISTERS: Mapping[str, Register] = {
    each.kind: each
    for each in (
        masters.ITEMS, masters.PARTIES, *CODED, RACKS, TAX_CLASSES, PRICES, TERMS, LOTS, SERIES,
        PRINTERS, PRINT_RULES, ROLES, USERS, COMPANY, TURNOVER, PERIOD, VEHICLES, MEN,
    )
}  # fmt: skip


def register_of(kind: str) -> Register:
    """Refuses BAD_ENTRY for a word that names no register."""
    if kind not in REGISTERS:
        raise refuse(Reason.BAD_ENTRY, field="kind", value=kind)
    return REGISTERS[kind]
