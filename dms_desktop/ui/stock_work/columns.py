"""What the lists of stock work say, and the words for buckets and scopes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from dms_desktop.domain.calendar import business_day
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import amount, day_text, grouped
from dms_desktop.language.terms import told
from dms_desktop.services import counts, transfers
from dms_desktop.services.counts import Sheet
from dms_desktop.services.transfers import OnTheWay
from dms_desktop.store.session import Reading
from dms_desktop.ui.kit.table import Column

TRANSFERS, COUNTS, CHANGES = "transfers", "counts", "changes"
TITLES: Mapping[str, str] = {
    TRANSFERS: N_("Transfers"),
    COUNTS: N_("Counts"),
    CHANGES: N_("Adjustments"),
}
BUCKETS: Mapping[Bucket, str] = {
    Bucket.SALEABLE: N_("saleable"),
    Bucket.NON_SALEABLE: N_("not saleable"),
    Bucket.EXPIRED: N_("expired"),
}
SCOPES: Mapping[str, str] = {
    "likely": N_("The likeliest wrong"),
    "asked": N_("What was not found"),
    "item": N_("One item"),
    "rack": N_("One rack"),
    "godown": N_("The whole godown"),
}
_CHANGES = (
    "SELECT uid, kind, number, day, total, EXISTS (SELECT 1 FROM document_event"
    " WHERE document_id = document.id AND event = 'cancelled') FROM document WHERE kind IN"
    " ('adjustment', 'bucket_move', 'expiry_move', 'stock_count') ORDER BY id DESC LIMIT 500"
)


@dataclass(frozen=True, slots=True)
class Change:
    """An adjustment, a bucket move, a count that differed, a move of expired goods."""

    kind: str
    total: Money
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Work:
    """A line of any of the lists; `waits` while something is still to be done."""

    id: UUID
    number: str
    day: date
    of: OnTheWay | Sheet | Change
    waits: bool = False


@needs(Power.LOOK)
def read(reading: Reading, text: str, kind: str, after: Any) -> tuple[Sequence[Work], None]:
    """What is called so, the newest first; what waits before what is done."""
    rows = {TRANSFERS: _transfers, COUNTS: _counts, CHANGES: _changes}[kind](reading)
    wanted = text.casefold()
    found = [row for row in rows if wanted in f"{row.number} {what_text(row)}".casefold()]
    return sorted(found, key=lambda row: not row.waits), None


def _transfers(reading: Reading) -> list[Work]:
    found = transfers.transfers(reading)
    return [Work(row.id, row.number, row.day, row, row.left > 0) for row in found]


def _counts(reading: Reading) -> list[Work]:
    found = []
    for row in counts.sheets(reading):
        day = business_day(datetime.fromtimestamp(row.opened_at / 1_000_000, UTC))
        found.append(Work(row.id, row.number or str(row.key), day, row, not row.closed_at))
    return found


def _changes(reading: Reading) -> list[Work]:
    return [
        Work(
            UUID(bytes=bytes(uid)), number, date.fromisoformat(day),
            Change(kind, Money(total), bool(cancelled)),
        )
        for uid, kind, number, day, total, cancelled in reading.rows(_CHANGES)
    ]  # fmt: skip


def what_text(row: Work) -> str:
    match row.of:
        case OnTheWay(source=source, to=to):
            return _("{source} to {godown}").format(source=source, godown=to)
        case Sheet(godown=godown, scope=scope, what=what):
            parts = [godown, _(SCOPES.get(scope, scope)), what]
            return " · ".join(part for part in parts if part)
        case Change(kind=kind):
            return told("kind", kind)


def figures_text(row: Work) -> str:
    match row.of:
        case OnTheWay(left=0, pieces=pieces):
            return grouped(pieces)
        case OnTheWay(left=left, pieces=pieces):
            figures = {"left": grouped(left), "pieces": grouped(pieces)}
            return _("{left} of {pieces} on the way").format(**figures)
        case Sheet(done=done, lines=lines):
            figures = {"done": grouped(done), "lots": grouped(lines)}
            return _("{done} of {lots} counted").format(**figures)
        case Change(total=total):
            return f"₹ {amount(total.paise)}" if total else ""


def _state(row: Work) -> str:
    if isinstance(row.of, Change) and row.of.cancelled:
        return _("Cancelled")
    return _("Waits") if row.waits else _("Done")


LISTED: Sequence[Column[Work]] = (
    Column(N_("Number"), lambda row: row.number, 18),
    Column(N_("Date"), lambda row: day_text(row.day), 11),
    Column(N_("What"), what_text),
    Column(N_("How much"), figures_text, 26, right=True),
    Column(N_("Status"), _state, 14),
)
