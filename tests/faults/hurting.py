"""How a test hurts the program: the shim built, the process that forks one for each fault."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import IO, Any

from tests.faults.shop import Json
from tests.shared import ROOT, absent

CHANGE, SYNC, OPEN, READ, NAME = 1, 2, 4, 8, 16
CHANGES = CHANGE | SYNC | OPEN | NAME  # what a full disk may refuse, and what a death may follow
EVERY = 7  # of the points of a cancellation or an import, one in so many in the short version


def build_shim(folder: Path) -> Path:
    """The shim, compiled for this machine; a loud skip without Linux or a compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not sys.platform.startswith("linux") or compiler is None:
        absent("file calls are counted on Linux alone, and a C compiler is wanted for it")
        raise AssertionError
    shim = folder / "shim.so"
    source = Path(__file__).with_name("shim.c")
    wanted = ["-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror"]
    subprocess.run([compiler, *wanted, "-o", shim, source, "-ldl"], check=True, cwd=folder)
    return shim


@dataclass(frozen=True, slots=True)
class Strike:
    """When the shim strikes: at which call, of which kinds, once or from then on."""

    kinds: int = CHANGES
    kill: int = -1
    fail: int = -1
    error: int = errno.EIO
    sticky: bool = False
    log: str = ""

    def asked(self) -> Json:
        return {
            "kinds": self.kinds, "kill": self.kill, "fail": self.fail, "errno": self.error,
            "sticky": int(self.sticky), "log": self.log,
        }  # fmt: skip

    def environment(self, folder: Path, shim: Path) -> dict[str, str]:
        """For a program of its own instead of a forked one."""
        words = [folder, self.kinds, self.kill, self.fail, self.error, int(self.sticky), self.log]
        told = "|".join(str(word) for word in words)
        return {"LD_PRELOAD": str(shim), "DMS_FAULTS": told}


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process said before it ended, line by line, and the signal that ended it."""

    said: list[Json]
    signal: int = 0

    @property
    def bugs(self) -> list[str]:
        """What ended in a trace instead of an answer."""
        return [word["bug"] for word in self.said if "bug" in word]

    def split(self, word: str) -> tuple[Ended, list[Json]]:
        """What was said before this word, and what after it, but for the commits on the way."""
        at = next(at for at, said in enumerate(self.said) if word in said)
        return Ended(self.said[:at]), [each for each in self.said[at + 1 :] if "commit" not in each]

    @property
    def acknowledged(self) -> list[str]:
        return [word["ack"] for word in self.said if "ack" in word]

    @property
    def refused(self) -> list[str]:
        """Why, by the word of each reason."""
        return [each["reason"] for word in self.said for each in word.get("refused", ())]

    @property
    def failed(self) -> list[Json]:
        return [word["failed"] for word in self.said if "failed" in word]

    @property
    def commits(self) -> int:
        """How many commits of an import were told of."""
        return max((word["commit"] + 1 for word in self.said if "commit" in word), default=0)

    @property
    def states(self) -> list[str]:
        return [word["state"] for word in self.said if "state" in word]

    @property
    def calls(self) -> int:
        """How many file calls there were. Only a process that lived to its end can tell."""
        return int(next(word["calls"] for word in self.said if "calls" in word))


class Hurter:
    """A process with everything imported, which forks one for each fault."""

    def __init__(self, shim: Path | None, errors: IO[str]) -> None:
        self.errors = errors
        more = {"LD_PRELOAD": str(shim)} if shim else {}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.child"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env={**os.environ, **more},
        )

    def ask(self, do: str, books: Path | str, strike: Strike | None = None, **more: Any) -> Ended:
        """Fork, and have the scene played. Whatever the machine does, no bug may come of it."""
        ended = self.hear(do, books, strike, **more)
        assert not ended.bugs, ended.bugs[0]
        return ended

    def hear(self, do: str, books: Path | str, strike: Strike | None = None, **more: Any) -> Ended:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"do": do, "books": str(books), "arm": strike and strike.asked(), **more}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"the forking process died: {self.last_errors()}"
        return Ended(**json.loads(answer))

    def last_errors(self) -> str:
        self.errors.seek(0)
        return self.errors.read()[-4000:]

    def close(self) -> None:
        self._process.communicate()


@contextmanager
def hurter(shim: Path | None) -> Iterator[Hurter]:
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        made = Hurter(shim, errors)
        try:
            yield made
        finally:
            made.close()


@dataclass
class Trial:
    """The chance of one test, what it counted, and the line that plays a failure again."""

    name: str
    seed: str
    long: bool
    counts: dict[str, int] = field(default_factory=dict)
    only: int | None = None
    chance: Random = field(init=False)

    def __post_init__(self) -> None:
        self.only = int(os.environ["DMS_POINT"]) if "DMS_POINT" in os.environ else None
        self.chance = Random(f"{self.seed} {self.name}")

    def points(self, calls: int, *, every: int = 1) -> list[int]:
        """Which calls to strike at: all of them, or one in `every`, elsewhere with each seed."""
        if self.only is not None:
            return [self.only]
        step = 1 if self.long else every
        first = 1 + Random(f"{self.seed} {self.name} points").randrange(step)
        return list(range(first, calls + 1, step))

    @contextmanager
    def at(self, point: int) -> Iterator[None]:
        """Whatever fails inside tells how to see it again."""
        try:
            yield
        except BaseException as error:
            error.add_note(self.replay(point))
            raise

    def replay(self, point: int) -> str:
        soak = "DMS_SOAK=1 " if self.long else ""
        return (
            f"to replay: {soak}DMS_POINT={point} python3 dev.py test"
            f" '{self.name}' --hypothesis-seed={self.seed}"
        )

    def count(self, what: str, number: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + number

    def told(self) -> str:
        said = ", ".join(f"{number:,} {what}" for what, number in sorted(self.counts.items()))
        return f"{self.name.partition('::')[2]}: {said} (seed {self.seed})"
