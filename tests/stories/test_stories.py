"""Each story is prose that is also run: what the clerk presses, and what he then sees."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.ui.accessible import spoken_name
from tests.ui.conftest import Counter

STORIES = sorted(Path(__file__).parent.glob("*.md"))


class Clerk:
    """The counter in the words of a story. Whatever is under way is waited for."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def enter(self, text: str) -> None:
        self._counter.enter(text)
        self._settle()

    def line(self, item: str, quantity: str) -> None:
        self._counter.line(item, quantity)
        self._settle()

    def scan(self, code: str) -> None:
        self._counter.scan(code)
        self._settle()

    def press(self, key: str) -> None:
        self._counter.press(Qt.Key[f"Key_{key}"])
        self._settle()

    def lines(self) -> None:
        for number, row in enumerate(self._counter.shown(), 1):
            if row[0]:
                name, batch, pieces, amount = row[0], row[2], row[3], row[8]
                print(f"{number}  {name}   {batch:10}   {pieces:<4}{amount:>10}")

    def figures(self, *names: str) -> dict[str, str]:
        totals = self._counter.screen.face.totals
        return {name: totals.text(name) for name in names}

    def books(self, sql: str) -> list[tuple[object, ...]]:
        return self._counter.book.rows(sql)

    @property
    def where(self) -> str:
        return spoken_name(self._counter.at)

    @property
    def total(self) -> str:
        return self._counter.total

    @property
    def told(self) -> str:
        return self._counter.status

    @property
    def aside(self) -> str:
        return self._counter.screen.face.aside.text()

    @property
    def note(self) -> str:
        return self._counter.shown()[1][0]

    @property
    def papers(self) -> list[str]:
        return sorted(path.name for path in self._counter.papers.glob("*.pdf"))

    def _settle(self) -> None:
        """Until nothing is read, saved or printed any more."""
        self._counter.desk.finish(20_000)
        self._counter.ready()


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_a_story(story: Path, counter: Counter, capsys: pytest.CaptureFixture[str]) -> None:
    failed, tried = doctest.testfile(
        str(story),
        module_relative=False,
        globs={"clerk": Clerk(counter)},
        optionflags=doctest.NORMALIZE_WHITESPACE | doctest.REPORT_NDIFF,
        encoding="utf-8",
    )
    assert tried
    assert not failed, capsys.readouterr().out
