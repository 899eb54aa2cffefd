"""The bulk run that is under way, beside the books: whatever ends the program, it goes on as that
run, under which no order gets a second bill."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from uuid import UUID


class Begun(NamedTuple):
    """A run of another day or beat, or that does otherwise with what is short, is another run."""

    id: str  # 32 hex digits
    day: str
    beat: int
    rest: str


def begun(books: Path, fresh: Begun) -> UUID:
    """The id of the same run where one never came to its end, else that of `fresh`, which is kept
    from now on. Where nothing can be written, only a crash would miss it: the run goes ahead."""
    before = _kept(books)
    if before is not None and before[1:] == fresh[1:]:
        return UUID(before.id)
    with suppress(OSError):
        part = books.with_name(f"{books.name}.run.part")
        part.write_text(json.dumps(fresh), encoding="utf-8")
        part.replace(_path(books))
    return UUID(fresh.id)


def over(books: Path) -> None:
    """It came to its end, or somebody gave it up."""
    with suppress(OSError):
        _path(books).unlink(missing_ok=True)


def _kept(books: Path) -> Begun | None:
    """A file that is not there, or says nonsense, keeps no run."""
    try:
        kept = Begun(*json.loads(_path(books).read_text(encoding="utf-8")))
        UUID(kept.id)
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return kept


def _path(books: Path) -> Path:
    return books.with_name(f"{books.name}.run")
