"""The command line on a real book, in this process: the same code as `dms`, without its start."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dms_desktop.cli import founding
from dms_desktop.cli.main import app

PIN = "246810"


class Answer:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DMS_PIN", PIN)
    return tmp_path


@pytest.fixture
def dms(folder: Path) -> Callable[..., Answer]:
    """`dms("bill", "post", order)`: a dict becomes a file; `--json` and the books are added."""

    def run(*words: Any, user: str = "owner", plain: bool = False) -> Answer:
        said = []
        for at, word in enumerate(words):
            if isinstance(word, dict):
                path = folder / f"request-{at}.json"
                path.write_text(json.dumps(word))
                word = path
            said.append(str(word))
        line = ["--books", str(folder / "books.db"), "--as", user, *said]
        result = CliRunner().invoke(app, line + ([] if plain else ["--json"]))
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Answer(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample company, made once; its owner has a PIN."""
    books = tmp_path_factory.mktemp("sample") / "books.db"
    founding.found(books, founding.sample_company(), PIN)
    founding.fill(books, PIN)
    return books


@pytest.fixture
def shop(dms: Callable[..., Answer], sample: Path, folder: Path) -> Callable[..., Answer]:
    """The command line over a copy of the sample company."""
    for file in sample.parent.glob("books.db*"):
        shutil.copy(file, folder)
    return dms
