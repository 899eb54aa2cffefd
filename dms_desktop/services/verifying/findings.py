"""What verify says: which row is wrong, in which table, and what is known about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dms_desktop.store.copying import Progress, silent
from dms_desktop.store.faults import Stopped

# The key of a row on disk; of a row that should be there, the columns that would identify it.
Key = int | str | tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One wrong row. `what` is a published word; its sentence is in `language.findings`."""

    what: str
    table: str
    key: Key
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, in the order of finding, and how much was looked at.

    `more`: there may be further wrong rows; the search ended with the last one named.
    """

    findings: tuple[Finding, ...]
    counts: Mapping[str, int]
    more: bool = False

    @property
    def clean(self) -> bool:
        return not self.findings


@dataclass(slots=True)
class Watch:
    """Who waits for the end: told how far it is, and asked whether to go on."""

    progress: Progress = silent
    stop: Callable[[], bool] | None = None
    counts: dict[str, int] = field(default_factory=dict)

    def tell(self, step: str, part: float) -> None:
        """Raises Stopped when the user no longer waits."""
        if self.stop is not None and self.stop():
            raise Stopped
        self.progress(step, part)

    def count(self, table: str, rows: int) -> None:
        self.counts[table] = self.counts.get(table, 0) + rows
