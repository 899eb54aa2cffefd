"""What may be put right of a lot that was typed wrongly, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dms_desktop.domain.documents import Marking
from dms_desktop.domain.refusals import Problem, Reason


@dataclass(frozen=True, slots=True)
class Ground:
    """What the mending of a lot hangs on. `late`: whether who stands here may give an expired
    batch a later expiry."""

    item: str
    keeps_batch: bool
    today: date
    late: bool
    user: str = ""
    late_power: str = ""


def mending_faults(was: Marking, now: Marking, why: str, ground: Ground) -> Iterator[Problem]:
    """Everything that speaks against it, each at its field."""
    if not why.strip():
        yield Problem(Reason.MISSING, None, {"field": "reason"})
    if now == was:
        yield Problem(Reason.NOTHING_CHANGED)
    if not ground.keeps_batch:
        for field, said in (("batch", now.batch), ("expiry", now.expiry)):
            if said and said != getattr(was, field):
                yield Problem(Reason.BAD_ENTRY, None, {"field": field, "value": said})
    if now.mrp.paise <= 0:
        yield Problem(Reason.BAD_ENTRY, None, {"field": "mrp", "value": now.mrp})
    if now.expiry and now.packed and now.expiry < now.packed:
        facts = {"item": ground.item, "expiry": now.expiry, "packed": now.packed}
        yield Problem(Reason.EXPIRY_BEFORE_PACKED, None, facts)
    if revives(was, now, ground.today) and not ground.late:
        facts = {"power": ground.late_power, "user": ground.user}
        yield Problem(Reason.NOT_ALLOWED, None, facts)


def revives(was: Marking, now: Marking, today: date) -> bool:
    """Whether a batch that has expired would be good for longer."""
    if was.expiry is None or was.expiry >= today:
        return False
    return now.expiry is None or now.expiry > was.expiry
