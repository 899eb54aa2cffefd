"""Forty bills by keys alone through the real window: the books then hold just what was typed.

The clerk logs in, bills, scans, holds a bill for another customer, mends a quantity, takes a line
off, sells for cash; then the plug is pulled.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from dms_desktop.app import make_indexes
from dms_desktop.cli import founding
from tests.display import Screen, pressed, program, screen, typed, wait_for
from tests.faults import whole

BILLS = 40
PIN = "246810"
ENTER = "Return"
CASH = ""


@dataclass(frozen=True, slots=True)
class Good:
    code: str
    barcode: str


@dataclass(slots=True)
class Plan:
    """What the clerk means to bill: pieces by code."""

    party: str
    pieces: Counter[str] = field(default_factory=Counter)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    books = tmp_path_factory.mktemp("day") / "books.db"
    founding.found(books, founding.sample_company(), PIN)
    founding.fill(books, PIN)
    make_indexes(books)
    return books


@pytest.fixture
def books(shop: Path, tmp_path: Path) -> Path:
    for file in shop.parent.glob("books.db*"):
        shutil.copy(file, tmp_path)
    return tmp_path / shop.name


def looked_up(books: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"{books.as_uri()}?mode=ro", uri=True)) as reading:
        return reading.execute(sql).fetchall()


def goods(books: Path) -> list[Good]:
    """Those of which there is plenty, without a choice of prices."""
    rows = looked_up(
        books,
        "SELECT item.code, barcode.code FROM item JOIN barcode ON barcode.item_id = item.id"
        " JOIN lot ON lot.item_id = item.id JOIN stock ON stock.lot_id = lot.id"
        " WHERE barcode.units = 1 GROUP BY item.id, item.code, barcode.code"
        " HAVING sum(qty) > 500 AND count(DISTINCT lot.mrp) = 1 ORDER BY item.id",
    )
    return [Good(*row) for row in rows]


def parties(books: Path) -> list[str]:
    rows = looked_up(
        books, "SELECT code FROM party WHERE active = 1 AND credit_limit > 100000 ORDER BY id"
    )
    return [code for (code,) in rows]


def billed(books: Path) -> list[tuple[str, Counter[str]]]:
    """Party and pieces of every bill, in the order of their numbers."""
    bills: dict[str, tuple[str, Counter[str]]] = {}
    for number, party, code, qty in looked_up(
        books,
        "SELECT number, coalesce(document.party_code, ''), goods_line.code, qty FROM document"
        " JOIN goods_line ON document_id = document.id WHERE kind = 'bill' ORDER BY number, row",
    ):
        bills.setdefault(number, (party, Counter()))[1][code] += qty
    return [*bills.values()]


class Clerk:
    """Types one bill after another and remembers what he meant."""

    def __init__(self, on: Screen, chance: random.Random, goods: Sequence[Good]) -> None:
        self.on, self.chance, self.goods = on, chance, goods
        self.plans: list[Plan] = []

    def bill(self, party: str, rows: int) -> Plan:
        """Party, items by code or by scanner, quantities; not yet saved."""
        plan = Plan(party)
        keys = [typed(party), pressed(ENTER)] if party else [pressed(ENTER)]
        for good in self.chance.sample(self.goods, rows):
            if self.chance.random() < 0.3:
                keys += [typed(good.barcode), pressed(ENTER)]
                plan.pieces[good.code] += 1
            else:
                pieces = self.chance.randint(1, 12)
                keys += [typed(good.code), pressed(ENTER), typed(str(pieces)), pressed(ENTER)]
                plan.pieces[good.code] += pieces
        self.on.keys(*keys)
        return plan

    def save(self, plan: Plan) -> None:
        self.on.keys(pressed("F10"))
        self.plans.append(plan)

    def mend_last(self, plan: Plan, code: str, pieces: int) -> None:
        """The customer wants another quantity of what was typed last."""
        self.on.keys(
            typed(code), pressed(ENTER), typed("3"), pressed(ENTER),
            pressed("F4"), typed(str(pieces)), pressed(ENTER),
        )  # fmt: skip
        plan.pieces[code] += pieces

    def take_off_last(self, code: str) -> None:
        """And of this he wants none, after all."""
        self.on.keys(typed(code), pressed(ENTER), typed("7"), pressed(ENTER))
        self.on.keys(pressed("ctrl+Delete"))


@pytest.fixture
def clerk(books: Path, request: pytest.FixtureRequest) -> Iterator[Clerk]:
    chance = random.Random(str(request.config.option.hypothesis_seed))
    with screen() as on, program(on, books):
        on.keys(typed(PIN), pressed(ENTER))
        wait_for(lambda: "open" if Path(f"{books}.door").exists() else "")
        yield Clerk(on, chance, goods(books))


def test_forty_bills_by_keys_alone(clerk: Clerk, books: Path) -> None:
    shops = clerk.chance.sample(parties(books), BILLS)
    for number, party in enumerate(shops, 1):
        plan = clerk.bill(CASH if number % 10 == 0 else party, clerk.chance.randint(2, 8))
        spare = [good.code for good in clerk.goods if good.code not in plan.pieces]
        if number % 7 == 3:
            clerk.mend_last(plan, spare[0], 5)
        if number % 9 == 4:
            clerk.take_off_last(spare[1])
        if number == 20:
            clerk.on.keys(pressed("F8"))
            between = clerk.bill(CASH, 1)
            clerk.save(between)
            clerk.on.keys(pressed("F9"))
        clerk.save(plan)
    wanted = [(plan.party, plan.pieces) for plan in clerk.plans]
    wait_for(lambda: "all" if len(billed(books)) >= len(wanted) else "")
    assert billed(books) == wanted
    wait_for(lambda: "all" if len([*(books.parent / "bills").glob("*.pdf")]) >= BILLS else "")
    assert whole.faults(books) == []
