"""Which lines stand on which sheet, so that the foot never stands alone and no row is torn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

_KEPT = 2  # lines that move to the last sheet rather than leave its foot without goods


@dataclass(frozen=True, slots=True)
class Room:
    """Points for the goods' rows: on the first sheet, on a later one, what a row of carried sums
    takes of a sheet that is not the last, and what the closing takes of the last."""

    first: float
    later: float
    carry: float
    closing: float


def pages(heights: Sequence[float], room: Room) -> list[range]:
    """The rows of each sheet in turn; there is always at least one sheet."""
    ends = [0.0, *accumulate(heights)]
    count, start = len(heights), 0
    found: list[range] = []
    while True:
        here = room.later if found else room.first
        if ends[count] - ends[start] + room.closing <= here:
            return [*found, range(start, count)]
        stop = start
        while stop < count and ends[stop + 1] - ends[start] + room.carry <= here:
            stop += 1
        if stop == count:
            stop = max(start, count - _kept(ends, room))
        if stop == start:
            if start == count:
                return [*found, range(start, count)]
            stop = start + 1
        found.append(range(start, stop))
        start = stop


def _kept(ends: Sequence[float], room: Room) -> int:
    """As many as find room beside the closing; a closing as long as a sheet stands alone."""
    most = min(_KEPT, len(ends) - 1)
    fits = (n for n in range(most, 0, -1) if ends[-1] - ends[-1 - n] + room.closing <= room.later)
    return next(fits, 0)
