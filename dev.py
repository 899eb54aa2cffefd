#!/usr/bin/env python3
"""Set up what this machine lacks, then run, test or check the project.

`python3 dev.py` alone lists the verbs. Standard library only, and the same on Windows
(`py dev.py ...`). What is in place is not looked at again: a stamp in .venv names the lock, the
project and the system libraries that it was made for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import NoReturn

from provision.packages import lock_packages, set_up
from provision.places import PYTHON, ROOT, VENV, environment, program
from provision.system import want_test_programs
from provision.words import want_words

OLDEST = (3, 11)


def newer_python() -> NoReturn:
    """Start again under a new enough Python, if this machine has one beside the old."""
    import shutil

    for minor in range(20, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, *sys.argv])
    sys.exit("DMS Desktop needs Python 3.11 or newer.")


def start(module: str, *words: str, **more: str) -> int:
    """Become a Python module of the project's environment, in the caller's folder."""
    # -P: a file called types.py in that folder must not stand in for Python's own.
    line = [str(PYTHON), "-P", "-m", module, *words]
    if os.name != "nt":
        os.execve(PYTHON, line, environment(**more))
    import subprocess

    return subprocess.call(line, env=environment(**more))


def run(words: list[str]) -> int:
    """start the program"""
    return start("dms_desktop", *words)


def dms(words: list[str]) -> int:
    """the command line: dms --books PATH ..."""
    return start("dms_desktop.cli", *words)


def test(words: list[str]) -> int:
    """the whole suite on all cores, or what is named as for pytest"""
    want_test_programs()
    os.chdir(ROOT)
    whole = () if words else ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")
    return start("pytest", "--durations=10", *whole, *words, **HEADLESS)


def soak(words: list[str]) -> int:
    """the long versions of the fault and property tests"""
    want_test_programs()
    os.chdir(ROOT)
    return start("pytest", "--durations=10", *(words or ["tests"]), **HEADLESS, DMS_SOAK="1")


def bench(words: list[str]) -> int:
    """the benchmarks: [--quick] [--json]; fails on a miss"""
    return start("benchmarks", *words, **HEADLESS)


def shots(words: list[str]) -> int:
    """write every screen as a picture into DIR, light and dark"""
    return start("dms_desktop", "--shots", *words, **HEADLESS)


def check(words: list[str]) -> int:
    """format, lint, types, import contracts, sizes, the manual's table of keys, languages"""
    import subprocess
    import time

    python = [str(PYTHON), "-P"]
    steps = {
        "format": [*python, "-m", "ruff", "format", "--check", "--quiet", "."],
        "lint": [*python, "-m", "ruff", "check", "--quiet", "--output-format", "concise", "."],
        "types": [*python, "-m", "mypy", "--no-error-summary"],
        "imports": [str(program(VENV, "lint-imports")), "--no-logo"],
        "sizes": [*python, "-m", "checks.sizes"],
        "keys": [*python, "-m", "checks.keys"],
        "words": [*python, "-m", "checks.words", "check"],
    }
    unknown = set(words) - set(steps)
    if unknown:
        sys.exit(f"dev.py check knows {', '.join(steps)}; not {', '.join(sorted(unknown))}")
    bad = 0
    for name in words or steps:
        began = time.monotonic()
        done = subprocess.run(steps[name], cwd=ROOT, env=environment(), check=False)
        verdict = "FAILED" if done.returncode else "ok"
        bad += bool(done.returncode)
        print(f"check {name}: {verdict} ({time.monotonic() - began:.1f} s)", flush=True)
    return 1 if bad else 0


def words(told: list[str]) -> int:
    """bring the catalogues of the languages up to what the code says, and tell what they lack"""
    os.chdir(ROOT)
    return start("checks.words", "update")


def keys(told: list[str]) -> int:
    """write the table of keys into the manual"""
    os.chdir(ROOT)
    return start("checks.keys", "update")


def lock(words: list[str]) -> int:
    """resolve and hash-lock the dependencies anew: [--upgrade]"""
    lock_packages(words)
    return 0


def setup(words: list[str]) -> int:
    """set up only"""
    want_test_programs()
    return 0


HEADLESS = {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
VERBS: tuple[Callable[[list[str]], int], ...] = (
    run,
    test,
    check,
    bench,
    shots,
    soak,
    dms,
    words,
    keys,
    lock,
    setup,
)


def main() -> int:
    verbs = {verb.__name__: verb for verb in VERBS}
    name, words = (sys.argv[1] if len(sys.argv) > 1 else ""), sys.argv[2:]
    if name not in verbs:
        print("python3 dev.py VERB ...   sets up what is missing, then does it")
        for verb in VERBS:
            print(f"  {verb.__name__:6} {verb.__doc__}")
        return 0 if name in ("", "-h", "--help", "help") else 2
    if sys.version_info < OLDEST:
        newer_python()
    if name != "lock":
        set_up()
        want_words()
    return verbs[name](words)


if __name__ == "__main__":
    sys.exit(main())
