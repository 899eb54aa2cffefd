"""Every stock report: its name, its columns, what may be chosen of it, and how a page is read."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from dms_desktop.domain.powers import Power, needs
from dms_desktop.language.catalogue import N_
from dms_desktop.services.stock_reports import (
    ageing,
    as_on,
    ledgers,
    levels,
    movers,
    recalls,
    standing,
    value,
)
from dms_desktop.services.stock_reports.standing import By
from dms_desktop.services.stock_reports.value import Each
from dms_desktop.services.stock_reports.wanted import PAGE, Wanted
from dms_desktop.store.session import Reading
from dms_desktop.ui.stock import columns
from dms_desktop.ui.stock.columns import Told

Rows = tuple[Sequence[Any], int | None]
HINT, ITEM = N_("Item, or a part of its batch"), N_("Code or name of an item")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is asked for: the searched text, the choice made of the report's options, and
    what it was opened on: a past day, or the goods that a ledger or a recall is of."""

    text: str
    option: str
    of: Any = None
    most: int = PAGE


@dataclass(frozen=True, slots=True)
class Report:
    """`options` are words with what they are called; the first is the usual one. `chart`: whether
    bars tell more than the figures. `key` tells a row from others."""

    name: str
    title: str
    columns: Sequence[Told]
    read: Callable[[Reading, Asked, int], Rows]
    key: Callable[[Any], Hashable]
    options: Sequence[tuple[str, str]] = field(default=())
    hint: str = HINT
    empty: str = N_("Nothing lies here.")
    chart: bool = False


@needs(Power.LOOK)
def read(reading: Reading, report: Report, asked: Asked, after: int) -> Rows:
    """A page of any of them."""
    return report.read(reading, asked, after)


def _in_bucket(asked: Asked) -> Wanted:
    return Wanted(text=asked.text, bucket=asked.option)


def _lots(reading: Reading, asked: Asked, after: int) -> Rows:
    if isinstance(asked.of, date):
        page = as_on.as_on(reading, asked.of, _in_bucket(asked), after, most=asked.most)
    else:
        page = standing.by_lot(reading, _in_bucket(asked), after, most=asked.most)
    return page.rows, page.after


def _racks(reading: Reading, asked: Asked, after: int) -> Rows:
    page = standing.by_lot(reading, _in_bucket(asked), after, by=By.RACK, most=asked.most)
    return page.rows, page.after


def _near(reading: Reading, asked: Asked, after: int) -> Rows:
    wanted, days = Wanted(text=asked.text), int(asked.option)
    page = standing.near_expiry(reading, wanted, after, days=days, most=asked.most)
    return page.rows, page.after


def _expired(reading: Reading, asked: Asked, after: int) -> Rows:
    page = standing.expired(reading, _in_bucket(asked), after, most=asked.most)
    return page.rows, page.after


def _ageing(reading: Reading, asked: Asked, after: int) -> Rows:
    page = ageing.ageing(reading, Wanted(text=asked.text), after, most=asked.most)
    return page.rows, page.after


def _pace(pace: movers.Pace) -> Callable[[Reading, Asked, int], Rows]:
    def pages(reading: Reading, asked: Asked, after: int) -> Rows:
        wanted, days = Wanted(text=asked.text), int(asked.option)
        page = movers.movers(reading, pace, wanted, after, days=days, most=asked.most)
        return page.rows, page.after

    return pages


def _levels(reading: Reading, asked: Asked, after: int) -> Rows:
    every = asked.option == "every"
    page = levels.levels(reading, Wanted(text=asked.text), after, every=every, most=asked.most)
    return page.rows, page.after


def _worth(reading: Reading, asked: Asked, after: int) -> Rows:
    rows = value.value(reading, Wanted(text=asked.text), each=Each(asked.option))
    return [*rows, replace(value.total(rows), name=columns.TOTAL)] if rows else [], None


def _ledger(reading: Reading, asked: Asked, after: int) -> Rows:
    course: ledgers.Course = asked.of
    if asked.text:
        course = replace(course, batch=asked.text, lot=0)
    page = ledgers.ledger(reading, course, after, most=asked.most)
    return page.rows, page.after


def _shops(reading: Reading, asked: Asked, after: int) -> Rows:
    item, batch = asked.of
    found, wanted = recalls.recall(reading, item, batch), asked.text.casefold()
    shops = [one for one in found.shops if wanted in f"{one.party} {one.phone}".casefold()]
    return shops, None


def _spot(row: Any) -> Hashable:
    return row.lot_id, row.godown, row.bucket


def _item(row: Any) -> Hashable:
    return row.item_id, getattr(row, "godown", "")


_BUCKETS = (
    ("", N_("All")), ("saleable", N_("Saleable")), ("non_saleable", N_("Not saleable")),
    ("expired", N_("Expired")),
)  # fmt: skip
_DAYS = (
    ("30", N_("30 days")), ("60", N_("60 days")), ("90", N_("90 days")), ("180", N_("180 days")),
    ("365", N_("A year")),
)  # fmt: skip
_LATE = (*_DAYS[2:], *_DAYS[:2])
_EACH = (
    ("principal", N_("By principal")), ("brand", N_("By brand")), ("category", N_("By category")),
    ("godown", N_("By godown")), ("bucket", N_("By where")),
)  # fmt: skip
REPORTS: Sequence[Report] = (
    Report("lots", N_("Batches"), columns.LOTS, _lots, _spot, _BUCKETS),
    Report("racks", N_("Racks"), columns.RACKS, _racks, _spot, _BUCKETS),
    Report("near", N_("Near expiry"), columns.EXPIRING, _near, _spot, _DAYS, chart=True,
           empty=N_("Nothing expires so soon.")),
    Report("expired", N_("Expired"), columns.EXPIRING, _expired, _spot, _BUCKETS,
           empty=N_("Nothing in hand is past its date.")),
    Report("ageing", N_("Age"), columns.AGES, _ageing, _item, hint=ITEM, chart=True),
    Report("non-moving", N_("Not sold"), columns.MOVERS, _pace(movers.Pace.NON_MOVING), _item,
           _LATE, hint=ITEM, empty=N_("Everything in hand was sold of late.")),
    Report("slow", N_("Slow"), columns.MOVERS, _pace(movers.Pace.SLOW), _item, _LATE, hint=ITEM),
    Report("fast", N_("Fast"), columns.MOVERS, _pace(movers.Pace.FAST), _item, _LATE, hint=ITEM),
    Report("levels", N_("Levels"), columns.LEVELS, _levels, _item,
           (("due", N_("What is due")), ("every", N_("All"))), hint=ITEM,
           empty=N_("Nothing lacks. Levels are kept with the racks, among the masters.")),
    Report("worth", N_("Worth"), columns.WORTH, _worth, lambda row: row.name, _EACH),
)  # fmt: skip
LEDGER = Report(
    "ledger", N_("Came and went"), columns.STEPS, _ledger,
    lambda row: (row.uid, row.batch, row.balance), hint=N_("A whole batch"),
)  # fmt: skip
RECALL = Report(
    "recall", N_("Who got it"), columns.SHOPS, _shops, lambda row: row.bill,
    hint=N_("Party or phone"), empty=N_("No shop has any of it."),
)  # fmt: skip
