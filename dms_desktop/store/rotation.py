"""Which backups are kept: by hour, day, week, month and year, and the newest one always."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

INDIA = timezone(timedelta(hours=5, minutes=30))
YEAR_CLOSE = "fy"  # label of the backup that a closed financial year is kept by: fy2026
# Section 128(5), Companies Act 2013: eight financial years before the current one.
YEARS_KEPT = timedelta(days=9 * 366)
DOUBTFUL_KEPT = timedelta(days=7)

_PERIODS: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (24, lambda at: (at.date(), at.hour)),
    (14, lambda at: at.date()),
    (8, lambda at: at.isocalendar()[:2]),
    (12, lambda at: (at.year, at.month)),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup on a disk, as its note beside it says."""

    path: Path
    made_at: datetime  # aware
    origin: str = ""  # of which books: two companies may share a folder
    label: str = ""
    verified: bool = True
    size: int = 0
    sha256: str = ""
    revision: int = 0


def to_drop(backups: Sequence[Kept], now: datetime) -> list[Kept]:
    """Those that no rule keeps.

    Of verified ones the newest of each of the last 24 hours, 14 days, 8 weeks and 12 months *that
    have any* stays, so that a shop closed for a month loses none; a doubtful one stays a week.
    The newest of all and the newest verified one stay whatever their age, a year's close for years.
    """
    newest_first = sorted(backups, key=lambda backup: backup.made_at, reverse=True)
    sound = [backup for backup in newest_first if backup.verified]
    kept = {*sound[:1], *newest_first[:1]}
    for count, period in _PERIODS:
        seen: set[object] = set()
        for backup in sound:
            when = period(backup.made_at.astimezone(INDIA))
            if when not in seen and len(seen) < count:
                seen.add(when)
                kept.add(backup)
    for backup in newest_first:
        if backup.label.startswith(YEAR_CLOSE) and now - backup.made_at < YEARS_KEPT:
            kept.add(backup)
        if not backup.verified and now - backup.made_at < DOUBTFUL_KEPT:
            kept.add(backup)
    return [backup for backup in newest_first if backup not in kept]
