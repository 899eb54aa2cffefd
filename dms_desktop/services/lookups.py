"""From what people and machines write, a code, a barcode, a number, to the rows of the books."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dms_desktop.domain.masters import folded
from dms_desktop.domain.powers import Power, needs
from dms_desktop.store.session import Reading


@dataclass(frozen=True, slots=True)
class Named:
    """An item that a code stands for; `units` base units in one of what was named."""

    item_id: int
    code: str
    name: str
    case: int
    inner: int
    units: int = 1


@needs(Power.LOOK)
def items_named(reading: Reading, codes: Iterable[str]) -> dict[str, list[Named]]:
    """By folded code: the item with that code, else every item with that barcode (figures only).

    Makers reuse barcodes, so one may stand for several items; the caller asks which.
    """
    wanted = sorted({folded(code) for code in codes})
    found: dict[str, list[Named]] = {
        key: [Named(item, code, name, case, inner)]
        for item, code, key, name, case, inner in reading.rows(
            "SELECT id, code, code_key, name, case_units, inner_units FROM item"
            " WHERE code_key IN :codes",
            codes=wanted,
        )
    }
    scanned: defaultdict[str, list[Named]] = defaultdict(list)
    for item, code, barcode, name, case, inner, units in reading.rows(
        "SELECT item.id, item.code, barcode.code, name, case_units, inner_units, units"
        " FROM barcode JOIN item ON item.id = barcode.item_id WHERE barcode.code IN :codes"
        " ORDER BY item.active DESC, item.id",
        codes=[code for code in wanted if code not in found],
    ):
        scanned[barcode].append(Named(item, code, name, case, inner, units))
    return found | dict(scanned)


@needs(Power.LOOK)
def party_id(reading: Reading, code: str) -> int | None:
    found = reading.value("SELECT id FROM party WHERE code_key = :code", code=folded(code))
    return None if found is None else int(found)


@needs(Power.LOOK)
def place_id(reading: Reading, code: str) -> int | None:
    """The godown with that code or name; with no code the first."""
    if not code:
        found = reading.value("SELECT min(id) FROM place WHERE kind = 'godown' AND active = 1")
    else:
        found = reading.value(
            "SELECT id FROM place WHERE kind IN ('godown', 'van')"
            " AND (lower(code) = :code OR lower(name) = :code)",
            code=folded(code),
        )
    return None if found is None else int(found)


@needs(Power.LOOK)
def beat_id(reading: Reading, code: str) -> int | None:
    found = reading.value(
        "SELECT id FROM beat WHERE lower(code) = :code OR lower(name) = :code", code=folded(code)
    )
    return None if found is None else int(found)


@needs(Power.LOOK)
def salesman_id(reading: Reading, code: str) -> int | None:
    found = reading.value(
        "SELECT id FROM salesman WHERE lower(code) = :code OR lower(name) = :code",
        code=folded(code),
    )
    return None if found is None else int(found)
