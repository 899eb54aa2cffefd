"""What expires when, all goods together: what a chart shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services.series import today
from dms_desktop.services.stock_reports.wanted import ALL, OF_ITEM, OF_TEXT, WHOLE, Wanted, params
from dms_desktop.store.session import Reading

WITHIN = (0, 30, 60, 90, 180, 365)  # days from today; nil is what is past its date already


@dataclass(frozen=True, slots=True)
class Band:
    """Pieces that expire within so many days and not within those of the band before; None is
    what lasts longer. Goods without expiry are in none."""

    within: int | None
    qty: int
    cost: Money


_BANDS = (
    f"WITH {WHOLE} SELECT CASE WHEN lot.expiry < :d0 THEN 0 WHEN lot.expiry <= :d1 THEN 1"  # noqa: S608
    " WHEN lot.expiry <= :d2 THEN 2 WHEN lot.expiry <= :d3 THEN 3 WHEN lot.expiry <= :d4 THEN 4"
    " WHEN lot.expiry <= :d5 THEN 5 ELSE 6 END AS band, sum(held.qty), sum(held.paise) FROM held"
    " JOIN lot ON lot.id = held.lot_id JOIN item ON item.id = lot.item_id"
    f" WHERE lot.expiry <> '' AND {OF_ITEM} AND {OF_TEXT} GROUP BY 1"
)


@needs(Power.LOOK)
def bands(reading: Reading, wanted: Wanted = ALL) -> list[Band]:
    """Every band in the order of its days, the empty ones too."""
    now = today(reading)
    days = {f"d{at}": (now + timedelta(days=gap)).isoformat() for at, gap in enumerate(WITHIN)}
    found = {
        int(band): (int(qty), Money(int(paise)))
        for band, qty, paise in reading.rows(_BANDS, **params(reading, wanted), **days)
    }
    return [Band(within, *found.get(at, (0, Money()))) for at, within in enumerate((*WITHIN, None))]
