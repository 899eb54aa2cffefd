"""Where a paper is to be printed, by the rules that the owner made."""

from __future__ import annotations

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.printers import PaperKind, PrinterRecord, PrintRule, Route, sizes_of
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.services.registers.printers import PRINTERS
from dms_desktop.store.session import Reading

_ROUTE = (
    "SELECT size, copies, on_save, since, code, name, way, address, active, drawer"
    " FROM print_rule"
    " LEFT JOIN printer ON printer.id = printer_id"
    " WHERE kind = :kind AND counter IN ('', :counter) ORDER BY counter DESC LIMIT 1"
)


@needs(Power.LOOK)
def route(reading: Reading, kind: Kind | PaperKind) -> Route | None:
    """How a kind of paper is printed at the actor's counter; None where it is not."""
    row = reading.row(_ROUTE, kind=kind.value, counter=reading.actor.counter)
    if row is None or row[4] is None:
        return None
    size, copies, on_save, since, code, name, way, address, active, drawer = row
    record = PrinterRecord(code, name, way, address, active=bool(active), drawer=bool(drawer))
    return Route(record, size, tuple(copies.split(",")), bool(on_save), since)


@needs(Power.LOOK)
def route_to(reading: Reading, kind: Kind | PaperKind, name: str) -> Route:
    """The same paper on the printer of this code or name. Refuses UNKNOWN_CODE and INACTIVE."""
    printer: PrinterRecord = PRINTERS.show(reading, name).record
    if not printer.active:
        raise refuse(Reason.INACTIVE, item=printer.name, code=printer.code)
    usual = route(reading, kind)
    plain = PrintRule(kind.value, size=sizes_of(kind.value)[0])
    return Route(
        printer,
        usual.size if usual else plain.size,
        usual.copies if usual else tuple(plain.copies.split(",")),
        on_save=False,
        since=usual.since if usual else 0,
    )


@needs(Power.LOOK)
def printers(reading: Reading) -> list[PrinterRecord]:
    """All that the books know, by their codes."""
    return [
        PrinterRecord(code, name, way, address, bool(active), bool(drawer))
        for code, name, way, address, active, drawer in reading.rows(
            "SELECT code, name, way, address, active, drawer FROM printer ORDER BY code"
        )
    ]
