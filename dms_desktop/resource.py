"""Where the files that are not code lie: beside the packages, or inside them when installed."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

ONE_PAINTER = Lock()  # PDFium draws pages for one thread at a time, whoever asks

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_data"
_FOLDERS = {"migrations": "migrations", "manual": "docs/manual"}
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent


def resource(name: str) -> Path:
    """The file or folder called `name` ("fonts/DmsSans-Regular.ttf", "i18n") under `resources`, or
    under "migrations" or "manual"; it need not exist."""
    first = name.split("/")[0]
    folder = _FOLDERS.get(first, f"resources/{first}")
    return _ROOT.joinpath(folder, *name.split("/")[1:])
