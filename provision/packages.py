"""The virtual environment: locked packages, checked by their hashes, and the project itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from provision.places import (
    LOCK,
    PYTHON,
    ROOT,
    TOOLS,
    UV_LOCK,
    VENV,
    program,
    say,
    step,
)
from provision.system import LIBRARIES, find_uv, missing_packages, need_packages

STAMP = VENV / ".dms-stamp"


def wanted_stamp() -> str:
    """What the environment is made from; any change makes it anew."""
    import hashlib

    made_from = hashlib.sha256(LOCK.read_bytes())
    project = (ROOT / "pyproject.toml").read_bytes()
    made_from.update(project.split(b"\n[tool.")[0])  # what the tools are told changes no package
    return "\n".join([made_from.hexdigest(), str(ROOT), *LIBRARIES])


def is_ready() -> bool:
    try:
        return STAMP.read_text(encoding="utf-8") == wanted_stamp() and PYTHON.exists()
    except FileNotFoundError:
        return False


@contextmanager
def alone() -> Iterator[None]:
    """Of two starts at once one sets up and the other waits."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "setup.lock").open("w", encoding="utf-8") as handle:
        if sys.platform == "win32":
            import msvcrt

            while True:
                try:
                    msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:
                    say("waiting for another dev.py to finish setting up")
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def need_uv() -> Path:
    """uv, installed into .tools by pip and checked by its hash where there is none."""
    found = find_uv()
    if found is None:
        import venv

        say("installing uv into .tools")
        venv.create(TOOLS, with_pip=True)
        pip = (program(TOOLS, "python"), "-m", "pip", "--disable-pip-version-check", "-q")
        step(*pip, "install", "--require-hashes", "-r", UV_LOCK)
        found = program(TOOLS, "uv")
    return found


def make_environment() -> None:
    """The locked, hash-checked packages and the project itself, all as bytecode."""
    import compileall

    uv = need_uv()
    say("installing the locked packages into .venv")
    STAMP.unlink(missing_ok=True)
    target = ("-q", "--python", PYTHON)
    if not PYTHON.exists():  # nor does it when the Python that it leads to has gone
        step(uv, "venv", "-q", "--clear", "--python", sys.executable, VENV)
    step(uv, "pip", "sync", *target, "--require-hashes", "--compile-bytecode", LOCK)
    step(uv, "pip", "install", *target, "--no-deps", "--no-build-isolation", "-e", ROOT)
    compileall.compile_dir(ROOT / "dms_desktop", quiet=2)
    STAMP.write_text(wanted_stamp(), encoding="utf-8")


def set_up() -> None:
    if is_ready():
        return
    with alone():
        if not is_ready():
            need_packages(missing_packages())
            make_environment()


def lock_packages(words: Sequence[str]) -> None:
    """Resolve the dependencies anew for every system and Python, and write them with their hashes.

    A lock names no index: whoever installs uses the one that is set on his machine.
    """
    uv = need_uv()
    how = ["--universal", "--generate-hashes", "--no-annotate", "--no-header", "-q", *words]
    extras = [word for name in ("desktop", "postgres", "server") for word in ("--extra", name)]
    os.chdir(ROOT)
    step(uv, "pip", "compile", *how, *extras, "--group", "dev", "pyproject.toml", "-o", LOCK)
    step(uv, "pip", "compile", *how, "--group", "pyproject.toml:uv", "-o", UV_LOCK)
