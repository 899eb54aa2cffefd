"""The stage board: how far each bill is on its way to the shop, who took it there and when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services.series import today
from dms_desktop.store.session import Reading

SINCE = timedelta(days=2)
MOST = 5_000


class Stage(StrEnum):
    """In the order of the way; the word is published."""

    BILLED = "billed"
    PRINTED = "printed"
    PICKED = "picked"
    PACKED = "packed"
    LOADED = "loaded"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"


_WAY = {stage: at for at, stage in enumerate(Stage)}
_BILLS = """
SELECT document.id, document.uid, document.number, document.day, posted_at, user_account.name,
    party_name, coalesce(beat.name, ''), document.total
FROM document JOIN user_account ON user_account.id = document.user_id
LEFT JOIN beat ON beat.id = document.beat_id
WHERE kind = 'bill' AND origin = 'ours' AND document.day BETWEEN :since AND :until
    AND (:beat = 0 OR document.beat_id = :beat)
    AND NOT EXISTS (SELECT 1 FROM document_event WHERE document_id = document.id
        AND event = 'cancelled')
ORDER BY document.id DESC LIMIT :most"""
_EVENTS = """
SELECT document_id, event, at, user_account.name, detail FROM document_event
JOIN user_account ON user_account.id = user_id WHERE document_id IN :bills
    AND event IN ('printed', 'picked', 'packed', 'loaded', 'unloaded', 'delivered', 'undelivered')
ORDER BY document_event.id"""


@dataclass(frozen=True, slots=True)
class Step:
    """`detail` is the trip, the printer, or why it was not delivered."""

    stage: Stage
    by: str
    at: datetime  # aware, UTC
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Staged:
    """A bill with the steps that it took, in the order of the way."""

    id: UUID
    number: str
    day: date
    party: str
    beat: str
    value: Money
    steps: tuple[Step, ...]

    @property
    def stage(self) -> Stage:
        return self.steps[-1].stage

    @property
    def last(self) -> Step:
        return self.steps[-1]


@dataclass(frozen=True, slots=True)
class Board:
    bills: tuple[Staged, ...]

    @property
    def counts(self) -> Mapping[Stage, int]:
        found = Counter(bill.stage for bill in self.bills)
        return {stage: found[stage] for stage in Stage}


@needs(Power.LOOK)
def board(
    reading: Reading,
    *,
    since: date | None = None,
    until: date | None = None,
    beat_id: int = 0,
    stage: Stage | None = None,
    text: str = "",
    most: int = MOST,
) -> Board:
    """The bills of some days, the last three unless said otherwise, the newest first."""
    last = until or today(reading)
    rows = reading.rows(
        _BILLS,
        since=(since or last - SINCE).isoformat(),
        until=last.isoformat(),
        beat=beat_id,
        most=most,
    )
    steps = _steps(reading, [row[0] for row in rows])
    bills = (
        Staged(
            UUID(bytes=bytes(uid)), number, date.fromisoformat(day), party, beat, Money(value),
            (Step(Stage.BILLED, by, _instant(at)), *steps.get(key, ())),
        )
        for key, uid, number, day, at, by, party, beat, value in rows
    )  # fmt: skip
    return Board(
        tuple(
            bill
            for bill in bills
            if (stage is None or bill.stage is stage)
            and folded(text) in folded(f"{bill.number} {bill.party} {bill.beat}")
        )
    )


def _steps(reading: Reading, bills: list[int]) -> dict[int, list[Step]]:
    """Of each bill its last word on each stage; what came off a vehicle is not loaded."""
    found: defaultdict[int, dict[Stage, Step]] = defaultdict(dict)
    for key, event, at, by, detail in reading.rows(_EVENTS, bills=bills):
        steps = found[key]
        if event == "unloaded":
            steps.pop(Stage.LOADED, None)
            continue
        stage = Stage(event)
        if stage is Stage.LOADED or stage is Stage.DELIVERED:
            steps.pop(Stage.UNDELIVERED, None)
        if stage is Stage.UNDELIVERED:
            steps.pop(Stage.DELIVERED, None)
        steps[stage] = Step(stage, by, _instant(at), detail)
    return {
        key: sorted(steps.values(), key=lambda step: _WAY[step.stage])
        for key, steps in found.items()
    }


def _instant(micros: int) -> datetime:
    return datetime.fromtimestamp(micros / 1_000_000, UTC)
