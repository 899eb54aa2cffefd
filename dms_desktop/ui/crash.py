"""A report of our own mistakes, kept beside the books so that somebody can mend them."""

from __future__ import annotations

import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path

MOST = 20  # older reports are let go of


def keep_report(folder: Path, error: BaseException) -> Path | None:
    """Write what happened and where; None where even that cannot be written."""
    now = datetime.now(UTC)
    path = folder / f"crash-{now:%Y%m%dT%H%M%S%f}.txt"
    head = f"DMS Desktop {_version()}\n{now.isoformat()}\n{platform.platform()}\n"
    head += f"Python {platform.python_version()}\n\n"
    frames = traceback.format_exception(error)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(head + "".join(frames), encoding="utf-8")
        for old in sorted(folder.glob("crash-*.txt"))[:-MOST]:
            old.unlink(missing_ok=True)
    except OSError:
        return None
    return path


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("dms-desktop")
    except PackageNotFoundError:
        return "from source"
