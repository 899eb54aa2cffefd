"""Where things are in a clone, and how the programs in it are started."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
LOCK = ROOT / "requirements.lock"
UV_LOCK = ROOT / "uv.requirements.lock"


def program(folder: Path, name: str) -> Path:
    """Where a virtual environment keeps a program on this system."""
    if os.name == "nt":
        return folder / "Scripts" / f"{name}.exe"
    return folder / "bin" / name


PYTHON = program(VENV, "python")


def say(text: str) -> None:
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


def environment(**more: str) -> dict[str, str]:
    """The caller's environment, less what mixes other packages in or leaves bytecode unwritten."""
    dropped = {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"}
    return {**{k: v for k, v in os.environ.items() if k not in dropped}, **more}


def step(*words: str | Path) -> None:
    """Run one step of the set-up; stop everything if it fails."""
    import subprocess

    line = [str(word) for word in words]
    if subprocess.run(line, env=environment(), stdin=subprocess.DEVNULL, check=False).returncode:
        sys.exit("dev.py: this step of the set-up failed: " + " ".join(line))
