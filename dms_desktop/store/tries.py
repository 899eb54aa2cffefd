"""Wrong PINs shown while another process has the books: counted in a file beside them."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dms_desktop.store.faults import BooksBusy
from dms_desktop.store.lock import take

PATIENCE = 2.0  # seconds for another one who shows his PIN at this moment


@dataclass(frozen=True, slots=True)
class Tries:
    """One after the other: who holds these shows his PIN alone."""

    file: Path

    def of(self, user: str) -> tuple[int, int]:
        """Wrong PINs of the user so far, and until when none is looked at: microseconds UTC."""
        failed, until = self._all().get(user, (0, 0))
        return int(failed), int(until)

    def keep(self, user: str, failed: int, until: int) -> None:
        """Written whole before anything else is done, so that no kill takes it back."""
        text = json.dumps({**self._all(), user: (failed, until)})
        part = self.file.with_name(self.file.name + ".part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(text)
        part.replace(self.file)

    def _all(self) -> dict[str, tuple[int, int]]:
        try:
            found = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


@contextmanager
def tries_at(books: Path) -> Iterator[Tries]:
    """Raises BooksBusy where somebody else keeps trying all the time."""
    file = books.with_name(books.name + ".tries")
    until = time.monotonic() + PATIENCE
    while True:
        try:
            lock = take(file, "a PIN")
            break
        except BooksBusy:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
    with lock:
        yield Tries(file)
