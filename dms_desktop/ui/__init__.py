"""What the clerk sees and types into: Qt lives here and nowhere else."""

from __future__ import annotations

import sys
from typing import Any

import PySide6.QtCore  # noqa: F401 - whose hook on imports is spared its reading below


def _read_no_sources() -> None:
    """At each import PySide reads the module's source, to learn whether it may switch features of
    PySide's own. No module of ours does, and the reading is a tenth of the start."""
    feature: Any = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda _: True


_read_no_sources()
