"""Stock as it stood at the end of a past day: the nearest month end and the moves between."""

from __future__ import annotations

from datetime import date

from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.services.series import today
from dms_desktop.services.stock_reports.snapshots import (
    FROM_MONTH,
    FROM_NOW,
    LEVEL,
    MOVED,
    SHARED_OF_PAGE,
    nearest,
)
from dms_desktop.services.stock_reports.standing import (
    COLUMNS,
    JOINED,
    NARROWED,
    ORDERS,
    By,
    Standing,
    listed,
)
from dms_desktop.services.stock_reports.wanted import ALL, PAGE, Page, Wanted
from dms_desktop.store.session import Reading

# The page is found first; only its lots have their cost shared out.
_THEN = {
    (base, by): f"WITH {base}, {MOVED}, {LEVEL}, chosen AS (SELECT held.lot_id, held.place_id,"  # noqa: S608
    f" held.bucket, held.qty FROM level held{NARROWED} ORDER BY {order} LIMIT :most OFFSET :after),"
    f" {SHARED_OF_PAGE} SELECT {COLUMNS}, shared.paise, held.qty, 0 FROM chosen held"
    " JOIN shared ON shared.lot_id = held.lot_id AND shared.place_id = held.place_id"
    f" AND shared.bucket = held.bucket{JOINED} ORDER BY {order}"
    for base in (FROM_MONTH, FROM_NOW)
    for by, order in ORDERS.items()
}
_WORTH = {
    base: f"WITH {base}, {MOVED} SELECT (SELECT coalesce(sum(paise), 0) FROM base)"  # noqa: S608
    " + :sign * (SELECT coalesce(sum(CASE WHEN from_place IS NULL AND to_place IS NOT NULL"
    " THEN cost WHEN to_place IS NULL AND from_place IS NOT NULL THEN -cost ELSE 0 END), 0)"
    " FROM moved)"
    for base in (FROM_MONTH, FROM_NOW)
}


@needs(Power.LOOK)
def as_on(
    reading: Reading,
    day: date,
    wanted: Wanted = ALL,
    after: int = 0,
    *,
    by: By = By.ITEM,
    most: int = PAGE,
) -> Page[Standing]:
    """What lay where when that day ended, a page at a time. Refuses FUTURE_DAY."""
    base, text, low, high, sign = _nearest(reading, day)
    return listed(
        reading, _THEN[base, by], wanted, after, most, base=text, low=low, high=high, sign=sign
    )


@needs(Power.LOOK)
def worth(reading: Reading, day: date) -> Money:
    """What all goods cost that we had when that day ended: the stock ledger of that day."""
    base, text, low, high, sign = _nearest(reading, day)
    return Money(int(reading.value(_WORTH[base], base=text, low=low, high=high, sign=sign)))


def _nearest(reading: Reading, day: date) -> tuple[str, str, str, str, int]:
    if day > today(reading):
        raise refuse(Reason.FUTURE_DAY, day=day, today=today(reading))
    return nearest(reading, day)
