"""Finds the shared cases and data that tests read: the folder in DMS_CASES, else `../shared`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared(path: str) -> Path:
    """A file or folder among the shared ones; the test skips without it, but never in CI."""
    folder = Path(os.environ.get("DMS_CASES") or ROOT.parent / "shared")
    found = folder / path
    if not found.exists():
        absent(f"no shared file {path!r} in {folder}: set DMS_CASES to the folder of shared cases")
    return found


def absent(why: str) -> None:
    """Something that only some machines have is not here: skip and say so; in CI fail."""
    if os.environ.get("CI"):
        pytest.fail(why, pytrace=False)
    pytest.skip(why)
