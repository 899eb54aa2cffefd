"""`dms` at a prompt, as a program of its own, and a program that has the books open beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.hurting import Strike
from tests.faults.shop import Json, Shop, order_of
from tests.shared import ROOT


@dataclass(frozen=True, slots=True)
class Answer:
    """The exit code (a signal's is negative) and the JSON, if there was one."""

    code: int
    reply: Json

    @property
    def failed(self) -> str:
        """The word of the failure, and a sentence was said for it."""
        assert self.reply["failed"]["say"]
        return str(self.reply["failed"]["reason"])


def dms(
    books: Path, *words: str | Path, strike: Strike | None = None, shim: Path | None = None
) -> Answer:
    """One command by the owner, who has no PIN."""
    environment = _surroundings(books)
    if strike and shim:
        environment |= strike.environment(books.parent, shim)
    done = subprocess.run(
        [sys.executable, "-m", "dms_desktop.cli", "--books", str(books), *words, "--json"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Answer(done.returncode, json.loads(done.stdout) if done.stdout else {})


def _surroundings(books: Path) -> dict[str, str]:
    """The socket that the dead leave behind goes with the folder of the books."""
    return {**os.environ, "DMS_PIN": "", "TMPDIR": str(books.parent)}


def order_file(folder: Path, shop: Shop, chance: Any) -> Path:
    """An order with an id of its own, which may be posted again."""
    file = folder / "order.json"
    file.write_text(order_of(shop, shop.draft(chance)), encoding="utf-8")
    return file


class Holder:
    """A program that has the books open; `door`: it answers callers, and does so in which way."""

    def __init__(self, books: Path, door: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.holder", str(books), door],
            cwd=ROOT,
            env=_surroundings(books),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._said() == "open"

    @property
    def pid(self) -> int:
        return self._process.pid

    def _said(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def answered(self) -> Json:
        """The next request that it did for a caller, and its own reply."""
        answered: Json = json.loads(self._said())
        return answered

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        self._process.communicate()


@contextmanager
def holding(books: Path, door: str) -> Iterator[Holder]:
    holder = Holder(books, door)
    try:
        yield holder
    finally:
        holder.end()
