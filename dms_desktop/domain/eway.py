"""When goods on the road need an e-way bill, how long it holds, and what a vehicle's number is.

Rule 138 of the CGST Rules; the limits of the States are dated rows, since each State sets its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from dms_desktop.domain.goods_line import GoodsLine
from dms_desktop.domain.money import ZERO, Money, total

MOST_LINES = 250  # the portal takes no more
MOST_KM = 4000
_A_DAY = 200  # km, or part of it
_A_DAY_LARGE = 20  # over-dimensional cargo
_MARKS = re.compile(r"[\s./-]+")
# Two letters of the State, district, one to three letters of the run, four figures; or the
# series of the nation (BH): year, BH, four figures, letters.
_VEHICLE = re.compile(r"[A-Z]{2}[0-9]{1,2}[A-Z]{0,3}[0-9]{4}|[0-9]{2}BH[0-9]{4}[A-Z]{1,2}")


def consignment(lines: Iterable[GoodsLine]) -> Money:
    """What counts against the limit: value with tax of a bill's lines, exempt goods left out."""
    return total(line.amount for line in lines if not line.tax_rate.exempt)


def limit(limits: Mapping[str, Money], from_state: str, to_state: str) -> Money:
    """The limit of a way: the State's own within it, the nation's across a border.

    `limits`: by `eway` and `eway_27`, as they stand on the day.
    """
    if from_state == to_state and (own := limits.get(f"eway_{from_state}")) is not None:
        return own
    return limits.get("eway", ZERO)


def needed(value: Money, most: Money) -> bool:
    """Strictly above the limit."""
    return value > most


def days(km: int, *, large: bool = False) -> int:
    """For how many days it holds; a day for each 200 km or part, 20 km for large cargo.

    Raises ValueError for a way that the portal does not take.
    """
    if not 0 < km <= MOST_KM:
        raise ValueError(f"{km} km is no way that an e-way bill is made for")
    return -(-km // (_A_DAY_LARGE if large else _A_DAY))


def vehicle(text: str) -> str:
    """A vehicle's number as the portal keeps it. Raises ValueError for what is none."""
    bare = _MARKS.sub("", text.upper())
    if not _VEHICLE.fullmatch(bare):
        raise ValueError(f"{text!r} is no vehicle number")
    return bare
