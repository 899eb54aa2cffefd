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
    SHARED,
    nearest,
)
from dms_desktop.services.stock_reports.standing import (
    COLUMNS,
    NARROWED,
    ORDERS,
    By,
    Standing,
    listed,
)
from dms_desktop.services.stock_reports.wanted import ALL, PAGE, Page, Wanted
from dms_desktop.store.session import Reading

_THEN = {
    (base, by): f"WITH {base}, {MOVED}, {LEVEL}, {SHARED} SELECT {COLUMNS}, held.paise, held.qty,"  # noqa: S608
    f" 0 FROM held{NARROWED} ORDER BY {order} LIMIT :most OFFSET :after"
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
