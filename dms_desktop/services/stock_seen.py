"""What a scan at the rack means: the item, its lots in this godown, and what the code says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dms_desktop.domain import gs1
from dms_desktop.domain.fefo import in_order
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.masters import folded
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.stock_papers import StockLine
from dms_desktop.domain.units import Quantity, spell
from dms_desktop.services.lookups import Named, items_named
from dms_desktop.services.series import today
from dms_desktop.services.stock_rows import bare_lot, lines_of
from dms_desktop.store.session import Reading

_THERE = (
    "SELECT lot_id, bucket, qty FROM stock WHERE item_id = :item AND place_id = :place AND qty > 0"
)
_KNOWN = "SELECT id FROM lot WHERE item_id = :item ORDER BY id DESC LIMIT 20"


@dataclass(frozen=True, slots=True)
class Lying:
    """Pieces of a lot in one bucket; `qty` nil where the lot is only known."""

    line: StockLine
    bucket: Bucket
    qty: int
    told: str = ""  # as cases and pieces


@dataclass(frozen=True, slots=True)
class Seen:
    """`batch` and `expiry` are those that the code named; in order of expiry, what lies here
    before what is only known."""

    item: Named
    lots: tuple[Lying, ...]
    batch: str | None = None
    expiry: date | None = None


@needs(Power.LOOK)
def seen(reading: Reading, place: int, scan: str) -> Seen:
    """An item's code, a barcode, or a GS1 code with its batch and dates.

    Refuses UNKNOWN_ITEM and SEVERAL_ITEMS.
    """
    codes, batch, expiry = [scan], None, None
    try:
        read = gs1.read(scan, today(reading))
        codes, batch, expiry = [*read.codes], read.batch or None, read.expiry
    except gs1.NotGs1:
        pass
    known = items_named(reading, codes)
    found = {each.item_id: each for code in codes for each in known.get(folded(code), [])}
    if not found:
        raise refuse(Reason.UNKNOWN_ITEM, code=scan)
    if len(found) > 1:
        items = ", ".join(each.code for each in found.values())
        raise refuse(Reason.SEVERAL_ITEMS, code=scan, items=items)
    (item,) = found.values()
    return Seen(item, _lots(reading, item, place), batch, expiry)


def _lots(reading: Reading, item: Named, place: int) -> tuple[Lying, ...]:
    there = reading.rows(_THERE, item=item.item_id, place=place)
    known = [lot for (lot,) in reading.rows(_KNOWN, item=item.item_id)]
    lines = lines_of(reading, [*known, *(lot for lot, _, _ in there)])
    order = {
        lot.id: at
        for at, lot in enumerate(in_order(bare_lot(line) for line, _ in lines.values()))
    }  # fmt: skip
    rows = [
        Lying(lines[lot][0], Bucket(bucket), qty, spell(Quantity(qty), item.case, item.inner))
        for lot, bucket, qty in there
    ]
    rows.sort(key=lambda row: (order[row.line.lot_id], row.bucket))
    lying = {row.line.lot_id for row in rows}
    rows += [Lying(lines[lot][0], Bucket.SALEABLE, 0) for lot in known if lot not in lying]
    return tuple(rows)
