"""Which papers are on their way out of this program: one document's are never two at once.

The counter prints, and so does a prompt that does its work inside the counter's program. Books in a
file have one such program; on a server each counter prints only its own papers.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

PATIENCE = 60.0  # seconds

_under_way: set[UUID] = set()
_changed = threading.Condition()


def claim(document: UUID) -> bool:
    """Whether nobody else is about it; who got it lets it go again, and looks afresh meanwhile
    whether it was printed."""
    with _changed:
        free = document not in _under_way
        _under_way.add(document)
        return free


def let_go(document: UUID) -> None:
    with _changed:
        _under_way.discard(document)
        _changed.notify_all()


@contextmanager
def alone(document: UUID) -> Iterator[None]:
    """The same for who may wait; not for ever, since a full disk may keep another from ending."""
    with _changed:
        _changed.wait_for(lambda: document not in _under_way, PATIENCE)
        _under_way.add(document)
    try:
        yield
    finally:
        let_go(document)
