"""What was given to a write is not kept once it is written: an import's rows are many."""

from __future__ import annotations

import gc
import time
import weakref

from dms_desktop.domain.powers import Power, needs
from dms_desktop.store.session import Tx
from tests.books import Book


class Rows:
    """As many as a file has."""


@needs(Power.MASTERS)
def write_rows(tx: Tx, rows: Rows) -> None:
    tx.value("SELECT 1")


def test_the_writer_lets_go_of_what_it_was_given(copied: Book) -> None:
    rows = Rows()
    held = weakref.ref(rows)
    copied.write(write_rows, rows)
    del rows
    until = time.monotonic() + 5
    while held() is not None and time.monotonic() < until:
        gc.collect()
        time.sleep(0.01)
    assert held() is None
