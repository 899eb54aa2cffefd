"""The real program under a benchmark's hands: started, waited for, its screens reached."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dms_desktop.ui.floor import Floor
    from dms_desktop.ui.program import Program

SIZE = (1240, 760)
Took = tuple[float, float]  # ms on the wall's clock, and of this thread's own CPU


@contextmanager
def started(books: Path) -> Iterator[tuple[Program, Floor]]:
    """The program over these books, whose owner has no PIN, once all its screens can be reached."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from dms_desktop import app
    from dms_desktop.ui.floor import Floor

    program = app.start(books)
    program.window.resize(*SIZE)
    run_until(program, lambda: program.window.tabs.bar is not None)
    floor = program.window.findChild(Floor)
    assert floor is not None
    try:
        yield program, floor
    finally:
        program.window.close()


def compiled() -> None:
    """From now on modules come from compiled files, as they do where the program is installed."""
    import compileall
    import sys
    import tempfile

    import dms_desktop

    sys.pycache_prefix = str(Path(tempfile.gettempdir()) / "dms-bench-compiled")
    compileall.compile_dir(Path(dms_desktop.__file__).parent, quiet=2)


def run_until(program: Program, true: Callable[[], bool]) -> None:
    while not true():
        program.app.processEvents()
        time.sleep(0.0005)


def run_for(program: Program, seconds: float) -> None:
    end = time.perf_counter() + seconds
    run_until(program, lambda: time.perf_counter() >= end)


def timed(call: Callable[[], object]) -> Took:
    began, cpu = time.perf_counter(), time.thread_time()
    call()
    return (time.perf_counter() - began) * 1000, (time.thread_time() - cpu) * 1000


def p99(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * 99 // 100)]
