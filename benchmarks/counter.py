"""Speed of typing on a bill: from a key to the line priced and painted, also while others save.

The floor is the same table painted again with nothing changed, timed in turn with the keys.
"""

from __future__ import annotations

import os
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import uuid4

from benchmarks.clerk import SIZE, Took, run_until, timed
from benchmarks.figure import Figure
from dms_desktop.domain.draft import Ask, Draft, WalkIn
from dms_desktop.services import drafts

if TYPE_CHECKING:
    from dms_desktop.ui.billing.screen import BillingScreen
    from dms_desktop.ui.program import Program

KEYS = 1_000
BOUNDS = {50: 16.0, 1_000: 50.0}
BUSY_BOUND = 33.0
BILLS_A_SECOND = 10
BILL_LINES = 12


def measure(quick: bool = False) -> list[Figure]:
    """`quick` presses a fifth of the keys."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from dms_desktop import app

    keys = KEYS // 5 if quick else KEYS
    with TemporaryDirectory() as folder:
        books = Path(folder) / "books.db"
        app.make_sample(books, bills=0)
        program = app.start(books)
        program.window.resize(*SIZE)
        screen: BillingScreen = program.window.pages.currentWidget()  # type: ignore[assignment]
        run_until(program, lambda: screen.knowledge.ready)
        items = in_stock(program, screen)
        figures = []
        for lines, bound in BOUNDS.items():
            load(program, screen, items[:lines])
            figures.append(_figure(f"{lines:,}-line bill", press(program, screen, keys), bound))
        load(program, screen, items[:50])
        with _others_save(screen, items) as saved:
            busy = press(program, screen, keys, pause=0.004)
        note = f"{BILLS_A_SECOND} bills a second saved meanwhile, {len(saved)} in all"
        figures.append(_figure("50-line bill while others save", busy, BUSY_BOUND, note))
        program.window.close()
    return figures


Times = tuple[list[Took], list[Took]]  # of keys, and of bare paints


def press(program: Program, screen: BillingScreen, keys: int, pause: float = 0.0) -> Times:
    """Change quantities of lines in view, a figure and an Enter at a time."""
    from PySide6.QtCore import Qt

    from dms_desktop.ui.billing.texts import QTY

    times: list[Took] = []
    bare: list[Took] = []
    asks = len(screen.model.draft.asks)
    for turn in range(keys // 2):
        screen.lines.edit_row(asks - 1 - turn % 5, QTY)
        program.app.processEvents()
        for code, text in ((0, str(2 + turn % 7)), (Qt.Key.Key_Return, "\r")):
            times.append(timed(partial(_key, program, code, text)))
        bare.append(timed(partial(_paint, program, screen)))
        if pause:
            run_until(program, partial(_is_past, time.perf_counter() + pause))
    return times, bare


def _key(program: Program, code: int, text: str) -> None:
    """To whatever has the focus, and then everything that it leads to on this thread."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent

    plain = Qt.KeyboardModifier.NoModifier
    box = program.app.focusWidget()
    assert box is not None
    program.app.sendEvent(box, QKeyEvent(QEvent.Type.KeyPress, code, plain, text))
    program.app.processEvents()


def _paint(program: Program, screen: BillingScreen) -> None:
    screen.lines.viewport().update()
    program.app.processEvents()


def _figure(what: str, times: Times, bound: float, note: str = "") -> Figure:
    (p99, cpu), (floor, bare_cpu) = (
        [sorted(took)[len(took) * 99 // 100] for took in zip(*each, strict=True)] for each in times
    )
    keys = times[0]
    middle = statistics.median(wall for wall, _ in keys)
    said = f"p50 {middle:.1f} ms; CPU p99 {cpu:.1f} ms, floor's {bare_cpu:.1f} ms"
    return Figure(
        f"a key priced and painted, {what}, p99 of {len(keys):,}",
        p99,
        floor,
        p99 / floor,
        f"<= {bound:g} ms",
        "ms",
        p99 <= bound,
        "; ".join(filter(None, (said, note))),
    )


def in_stock(program: Program, screen: BillingScreen) -> list[int]:
    """Items with pieces enough for everybody here, in the order of their ids."""
    from dms_desktop.domain.powers import Power, needs
    from dms_desktop.store.session import Reading

    @needs(Power.LOOK)
    def ask(reading: Reading) -> list[int]:
        rows = reading.rows(
            "SELECT item.id FROM item JOIN stock ON item_id = item.id WHERE place_id = 1 AND"
            " bucket = 'saleable' AND active = 1 GROUP BY item.id HAVING sum(qty) > 100"
        )
        return [item for (item,) in rows]

    found: list[list[int]] = []
    screen.desk.ask(ask, done=found.append, undone=print)
    run_until(program, lambda: bool(found))
    return found[0]


def load(program: Program, screen: BillingScreen, items: list[int]) -> None:
    """Put a bill of these items on the counter."""
    asks = tuple(Ask(item, 3) for item in items)
    draft = screen.model.draft
    screen.model.replace(Draft(uuid4(), draft.day, party=1, place_id=draft.place_id, asks=asks))
    run_until(program, lambda: screen.knowledge.ready)


def _is_past(instant: float) -> bool:
    return time.perf_counter() > instant


@contextmanager
def _others_save(screen: BillingScreen, items: list[int]) -> Iterator[list[object]]:
    """Other clerks bill the same goods through the same process."""
    saved: list[object] = []
    stop = threading.Event()
    day, place = screen.model.draft.day, screen.model.draft.place_id

    def work() -> None:
        turn = 0
        while not stop.wait(1 / BILLS_A_SECOND):
            start = turn * BILL_LINES % (len(items) - BILL_LINES)
            asks = tuple(Ask(item, 1) for item in items[start : start + BILL_LINES])
            draft = Draft(uuid4(), day, party=WalkIn(), place_id=place, asks=asks)
            saved.append(screen.desk.write(drafts.post, draft).result())
            turn += 1

    clerk = threading.Thread(target=work)
    clerk.start()
    try:
        yield saved
    finally:
        stop.set()
        clerk.join()
