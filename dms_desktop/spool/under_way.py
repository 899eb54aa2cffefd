"""Which papers are on their way out of this program: the same one is never twice at once.

The counter prints, and so does a prompt that does its work inside the counter's program. Books in a
file have one such program; on a server each counter prints only its own papers.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from dms_desktop.domain.printers import PaperKind

PATIENCE = 60.0  # seconds

_under_way: set[Hashable] = set()
_changed = threading.Condition()


def key_of(uid: UUID, kind: PaperKind | None = None) -> Hashable:
    """A document's own paper is known by its id; of one trip or list there are several papers."""
    if kind is None:
        return uid
    from dms_desktop.domain.printers import OWN  # no start waits for it

    return uid if kind in OWN else (kind, uid)


def claim(paper: Hashable) -> bool:
    """Whether nobody else is about it; who got it lets it go again, and looks afresh meanwhile
    whether it was printed."""
    with _changed:
        free = paper not in _under_way
        _under_way.add(paper)
        return free


def let_go(paper: Hashable) -> None:
    with _changed:
        _under_way.discard(paper)
        _changed.notify_all()


@contextmanager
def alone(paper: Hashable) -> Iterator[None]:
    """The same for who may wait; not for ever, since a full disk may keep another from ending."""
    with _changed:
        _changed.wait_for(lambda: paper not in _under_way, PATIENCE)
        _under_way.add(paper)
    try:
        yield
    finally:
        let_go(paper)
