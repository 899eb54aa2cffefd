"""How many keys a line costs: bills of twenty, drawn as often as the goods sell, typed by keys."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop import app
from dms_desktop.domain.calendar import business_day
from dms_desktop.domain.draft import Draft
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services.counters import STRANGER, open_counter
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.search import SearchIndex
from dms_desktop.store.session import Reading
from dms_desktop.ui import indexes
from dms_desktop.ui.billing.screen import BillingScreen
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.window import Window

Key = Qt.Key
BILLS, LONG = 500, 5_000  # the long one with `dev.py soak`
LINES, MOST, FARTHEST = 20, 6, 2
SEEDS = (20261122, 7, 42)  # of one bill each


@needs(Power.LOOK)
def _sales(reading: Reading) -> list[tuple[int, str, str, int]]:
    """Item, code, name, and on how many lines it was sold."""
    return reading.rows(
        "SELECT item.id, item.code, item.name, count(*) FROM goods_line"
        " JOIN item ON item.id = item_id JOIN document ON document.id = document_id"
        " WHERE kind = 'bill' GROUP BY item.id, item.code, item.name ORDER BY item.id"
    )


@dataclass
class Clerk:
    """Types into the real window and counts."""

    qtbot: QtBot
    desk: Desk
    window: Window
    screen: BillingScreen
    sales: list[tuple[int, str, str, int]]
    keys: int = 0

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key)
        self.keys += 1

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)
        self.keys += len(text)

    def ready(self) -> None:
        self.qtbot.waitUntil(lambda: self.screen.knowledge.ready, timeout=20_000)

    def line(self, item: int, code: str, name: str) -> None:
        """By the shortest search, and one piece of it; the digit is not counted."""
        text, downs = self._shortest(item, code, name)
        self.type(text)
        for _ in range(downs):
            self.press(Key.Key_Down)
        hits = self.screen.entry.item.list
        assert hits.hits[hits.current].id == item
        self.press(Key.Key_Return)
        self.ready()
        self.type("1")
        self.keys -= 1
        self.press(Key.Key_Return)

    def _shortest(self, item: int, code: str, name: str) -> tuple[str, int]:
        found: list[tuple[int, str, int]] = []
        for whole in _searches(code, name):
            for length in range(1, len(whole) + 1):
                text = whole[:length]
                if text.endswith(" "):
                    continue
                ids = [hit.id for hit in self.desk.items.find(text)[: FARTHEST + 1]]
                if item in ids:
                    downs = ids.index(item)
                    found.append((length + downs, text, downs))
                    if not downs:
                        break
        _cost, text, downs = min(found)
        return text, downs


def _searches(code: str, name: str) -> Iterator[str]:
    """What a clerk would type: the code, a word and what follows it, the beginnings of two."""
    words = name.lower().split()
    yield code.lower()
    for at, word in enumerate(words):
        yield " ".join(words[at:])
        for letters in (1, 2, 3):
            yield from (f"{word[:letters]} {other}" for other in words if other != word)


@pytest.fixture
def clerk(qtbot: QtBot, qapp: QApplication, tmp_path: Path, soak: bool) -> Iterator[Clerk]:
    """At the sample company's counter, some months of bills behind it."""
    books = tmp_path / "books.db"
    app.make_sample(books, LONG if soak else BILLS)
    database = Database(driver_for(books), clock=app.now)
    counter = database.read(STRANGER, open_counter, "owner").result()
    places = indexes.paths(books)
    desk = Desk(database, counter.actor, SearchIndex(places["item"]), SearchIndex(places["party"]))
    new_draft = partial(_new_draft, counter.place_id)
    window = Window(qapp)
    screen = BillingScreen(desk, new_draft, tmp_path / "bills", window.banners)
    window.show_page(screen)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    sales = database.read(counter.actor, _sales).result()
    made = Clerk(qtbot, desk, window, screen, sales)
    made.ready()
    yield made
    desk.finish()
    window.close()
    desk.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _new_draft(place_id: int) -> Draft:
    return Draft(uuid4(), business_day(app.now()), place_id=place_id)


def test_a_line_costs_six_keys_at_most(clerk: Clerk) -> None:
    for seed in SEEDS:
        before = clerk.keys
        _type_bill(clerk, random.Random(seed))
        keys = clerk.keys - before
        print(f"seed {seed}: {keys} keys for {LINES} lines, {keys / LINES} a line")
        QTest.keyClick(clerk.window.focusWidget(), Key.Key_F8)
    assert clerk.keys / (LINES * len(SEEDS)) <= MOST


def _type_bill(clerk: Clerk, dice: random.Random) -> None:
    """A walk-in's; no item twice, as a clerk would type them."""
    drawn: dict[int, tuple[int, str, str, int]] = {}
    while len(drawn) < LINES:
        (one,) = dice.choices(clerk.sales, [times for *_, times in clerk.sales])
        drawn[one[0]] = one
    QTest.keyClick(clerk.window.focusWidget(), Key.Key_Return)
    clerk.ready()
    for item, code, name, _ in drawn.values():
        clerk.line(item, code, name)
    clerk.ready()
    assert [ask.item_id for ask in clerk.screen.model.draft.asks] == list(drawn)
