"""A screen of its own for the real program: Xvfb, and keys from outside, as from a board."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.shared import absent

ROOT = Path(__file__).resolve().parent.parent
NAME = "DMS Desktop"
PATIENCE = 60.0  # seconds
BETWEEN_MS = 4  # between two keys: faster than any hand, slower than a scanner


class Screen:
    """An X server without a window manager; whatever runs on it goes with it."""

    def __init__(self, number: str) -> None:
        self.surroundings = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}

    def keys(self, *strokes: Sequence[str]) -> None:
        """What `typed` and `pressed` give, one after the other."""
        self._tool(*(word for stroke in strokes for word in stroke))

    def focus(self, name: str = NAME) -> None:
        """Keys go to the window of this name from now on."""
        window = wait_for(lambda: self._tool("search", "--onlyvisible", "--name", name))
        self._tool("windowfocus", "--sync", window.split()[-1])

    def _tool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            env=self.surroundings,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        return done.stdout.strip()


@contextmanager
def screen() -> Iterator[Screen]:
    """Skips loudly where the machine has no Xvfb or xdotool; fails in CI."""
    for program in ("Xvfb", "xdotool"):
        if shutil.which(program) is None:
            absent(f"{program} is not on this machine")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield Screen(told.readline().strip())
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def program(on: Screen, books: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The program with its window in front; at the end the plug is pulled."""
    running = subprocess.Popen(
        [sys.executable, "-m", "dms_desktop", "--books", str(books)],
        cwd=ROOT,
        env=on.surroundings,
        stderr=subprocess.DEVNULL,
    )
    try:
        on.focus()
        yield running
    finally:
        running.kill()
        running.wait(20)


def wait_for(look: Callable[[], str]) -> str:
    """What `look` gives once it gives something."""
    until = time.monotonic() + PATIENCE
    while not (found := look()):
        if time.monotonic() > until:
            pytest.fail(f"nothing came within {PATIENCE:.0f} s")
        time.sleep(0.05)
    return found


def typed(text: str) -> Sequence[str]:
    return ("type", "--delay", str(BETWEEN_MS), "--args", "1", text)


def pressed(name: str) -> Sequence[str]:
    return ("key", "--delay", str(BETWEEN_MS), name)
