"""What two pickers do with one list at the same moment, each in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from dms_desktop.domain.picking import PickList, PickState
from dms_desktop.services import picking, picking_close, picking_deeds, picking_rows
from dms_desktop.services.picking import Wanted
from dms_desktop.services.picking_deeds import Tick
from dms_desktop.services.picking_swaps import Swapping, swap_batch
from tests.services.second_counter import Counter, each


def the_list(counter: Counter) -> PickList:
    found: PickList = counter.database.read(
        counter.actor, picking_rows.shown, counter.shared[0]
    ).result()
    return found


def take_rows(counter: Counter) -> None:
    """Both take every row whole, each in an order of his own."""
    rows = list(the_list(counter).rows)
    counter.dice.shuffle(rows)
    each(counter, [partial(_take, counter, row.id, None) for row in rows])


def take_pieces(counter: Counter) -> None:
    """Both take every row piece by piece until nothing is left."""
    for row in the_list(counter).rows:
        each(counter, [partial(_take, counter, row.id, 1) for _ in range(row.qty)])


def _take(counter: Counter, row: int, pieces: int | None) -> None:
    done = counter.write(picking_deeds.tick, Tick(counter.shared[0], row, pieces))
    counter.outcome.posted.append(done)


def make_both(counter: Counter) -> None:
    """Both make a list of the same bills."""
    each(counter, [partial(_make, counter, counter.shared)])


def _make(counter: Counter, papers: tuple[UUID, ...]) -> None:
    mixed = tuple(counter.dice.sample(papers, len(papers)))
    counter.write(picking.make, Wanted(counter.uid(), mixed))


def work_and_close(counter: Counter) -> None:
    """Rows are ticked, swapped, picked short and undone from both sides while the counter bills,
    and both close the list in the end."""
    jobs: list[Callable[[], None]] = []
    for row in the_list(counter).rows:
        jobs += [
            partial(_take, counter, row.id, 1),
            partial(_swap, counter, row.id, "S2" if row.code == "SOAP" else "T2"),
            partial(_short, counter, row.id),
            partial(counter.write, picking_deeds.undo, counter.shared[0], row.id),
            counter.bill,
        ]
    counter.dice.shuffle(jobs)
    each(counter, jobs)
    left = [
        partial(_take, counter, row.id, None)
        for row in the_list(counter).rows
        if row.state is PickState.OPEN
    ]
    each(counter, [*left, partial(_close, counter)])


def _swap(counter: Counter, row: int, batch: str) -> None:
    counter.write(swap_batch, Swapping(counter.uid(), counter.shared[0], row, batch, "torn", 1))


def _short(counter: Counter, row: int) -> None:
    counter.write(picking_deeds.short, counter.shared[0], row, 2, "not there")


def _close(counter: Counter) -> None:
    while counter.write(picking_close.settle_next, counter.shared[0]) is not None:
        pass
