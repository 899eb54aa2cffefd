"""The printers of the business, and what is printed where."""

from __future__ import annotations

from dataclasses import replace

from dms_desktop.domain.powers import Power
from dms_desktop.domain.printers import (
    PAPERS,
    PrinterRecord,
    PrintRule,
    Way,
    check_address,
    read_copies,
    sizes_of,
)
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.registers import joined, parted
from dms_desktop.services.registers.coded import Coded, coded, need
from dms_desktop.services.registers.register import (
    Given,
    Keeping,
    Match,
    Shown,
    like,
    locked,
    register,
)
from dms_desktop.store.session import Reading, Tx

_USED = "SELECT count(*) FROM print_rule WHERE printer_id = :id"
_RULE = (
    "SELECT print_rule.id, print_rule.row_version, kind, counter, coalesce(printer.code, ''),"
    " size, copies, on_save FROM print_rule LEFT JOIN printer ON printer.id = printer_id"
    " WHERE kind = :kind AND counter = :counter"
)
_PAGE = (
    "SELECT kind, counter, coalesce(printer.name, ''), printer_id FROM print_rule"
    " LEFT JOIN printer ON printer.id = printer_id"
    " WHERE (kind LIKE :like ESCAPE '\\' OR lower(counter) LIKE :like ESCAPE '\\'"
    " OR lower(coalesce(printer.name, '')) LIKE :like ESCAPE '\\')"
    " AND (kind, counter) > (:kind, :counter) ORDER BY kind, counter LIMIT :most"
)


def _reached(reading: Reading, new: PrinterRecord, now: Shown[PrinterRecord] | None) -> None:
    if new.way not in set(Way):
        raise refuse(Reason.BAD_ENTRY, field="way", value=new.way)
    try:
        check_address(new.way, new.address)
    except ValueError:
        raise refuse(Reason.BAD_ENTRY, field="address", value=new.address) from None
    if now and not new.active and reading.value(_USED, id=now.id):
        raise refuse(Reason.IN_USE, value=new.code, fault="in_use_rules")


PRINTER = Coded("printer", "printer", PrinterRecord, uid=False, check=_reached)
PRINTERS = register(replace(coded(PRINTER), power=Power.SETTINGS))


def _code(rule: PrintRule) -> str:
    return joined(rule.kind, rule.counter)


def _kept(reading: Reading, code: str) -> Shown[PrintRule] | None:
    kind, counter = parted(code, 2)
    row = reading.row(locked(reading, _RULE, "print_rule"), kind=kind.casefold(), counter=counter)
    if row is None:
        return None
    return Shown(row[0], row[1], replace(PrintRule(*row[2:7]), on_save=bool(row[7])))


def _find(reading: Reading, text: str, after: str, most: int) -> list[Match]:
    kind, counter = parted(after, 2)
    return [
        Match(joined(of, at), name, printer is not None)
        for of, at, name, printer in reading.rows(
            _PAGE, like=like(text), kind=kind, counter=counter, most=most
        )
    ]


def _over(reading: Reading, given: Given, old: PrintRule | None) -> PrintRule:
    """Refuses BAD_ENTRY, UNKNOWN_CODE for the printer, and INACTIVE."""
    new = replace(old, **given) if old else PrintRule(**{"kind": "", **given})
    new = replace(new, kind=new.kind.casefold(), size=new.size.casefold())
    if new.kind not in PAPERS:
        raise refuse(Reason.BAD_ENTRY, field="kind", value=new.kind)
    if new.size not in sizes_of(new.kind):
        raise refuse(Reason.BAD_ENTRY, field="size", value=new.size)
    try:
        copies = ",".join(read_copies(new.copies))
    except ValueError:
        raise refuse(Reason.BAD_ENTRY, field="copies", value=new.copies) from None
    key = need(reading, PRINTER, new.printer)
    row = reading.row("SELECT code, name, active FROM printer WHERE id = :id", id=key)
    code, name, active = row or ("", "", 1)
    if not active:
        raise refuse(Reason.INACTIVE, item=name, code=code)
    return replace(new, copies=copies, printer=code)


def _write(tx: Tx, rule: PrintRule, now: Shown[PrintRule] | None) -> None:
    begins = tx.micros if rule.printer and not (now and now.record.printer) else None
    said = {
        "printer": need(tx, PRINTER, rule.printer),
        "size": rule.size,
        "copies": rule.copies,
        "on_save": int(rule.on_save),
    }
    if now is None:
        tx.run(
            "INSERT INTO print_rule (kind, counter, printer_id, size, copies, on_save, since)"
            " VALUES (:kind, :counter, :printer, :size, :copies, :on_save, :since)",
            kind=rule.kind,
            counter=rule.counter,
            since=begins or 0,
            **said,
        )
        return
    tx.run(
        "UPDATE print_rule SET printer_id = :printer, size = :size, copies = :copies,"
        " on_save = :on_save, since = coalesce(:since, since), row_version = row_version + 1"
        " WHERE id = :id",
        id=now.id,
        since=begins,
        **said,
    )


PRINT_RULES = register(
    Keeping(
        "print-rule", "print_rule", _code, _kept, _find, _over, _write, power=Power.SETTINGS
    )
)  # fmt: skip
