"""Each import contract breaks when it is broken on purpose, and no other does."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = "A package imports only what lies below it"
PURE = "The trade and the wire know no screen, database, paper, thread, file or clock"
QT = "Only the screens and what starts them know Qt"
STORE = "Only the store knows the databases and their tables"
PAPER = "Paper sees only the trade and the language"


@pytest.mark.parametrize(
    ("name", "line", "contract"),
    [
        ("domain/wrong.py", "import dms_desktop.language.figures", LAYERS),
        ("store/wrong.py", "import dms_desktop.services.posting", LAYERS),
        ("cli/wrong.py", "import dms_desktop.ui.theme", LAYERS),
        ("nowhere/__init__.py", "", LAYERS),
        ("domain/wrong.py", "import threading", PURE),
        ("domain/wrong.py", "from time import monotonic", PURE),
        ("services/wrong.py", "from PySide6.QtCore import QObject", QT),
        ("services/wrong.py", "from sqlalchemy import select", STORE),
        ("ui/wrong.py", "from dms_desktop.store.tables import goods", STORE),
        ("printing/wrong.py", "import dms_desktop.services.posting", PAPER),
    ],
)
def test_a_contract_breaks(name: str, line: str, contract: str, tmp_path: Path) -> None:
    package = tmp_path / "dms_desktop"
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "dms_desktop", package, ignore=ignore)
    (package / name).parent.mkdir(exist_ok=True)
    (package / name).with_name("__init__.py").touch()
    (package / name).write_text(line + "\n", encoding="utf-8")
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [str(lint), "--no-logo", "--no-cache", "--config", str(ROOT / "pyproject.toml")],
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert re.findall(r"^(.*) BROKEN\b", done.stdout, re.MULTILINE) == [contract], done.stdout
