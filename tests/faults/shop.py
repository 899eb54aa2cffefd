"""The books that the fault tests hurt: a small shop with goods for thousands of bills."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from dms_desktop import sample
from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.draft_text import to_text
from dms_desktop.domain.money import rupees
from dms_desktop.domain.powers import Actor, Power, needs
from dms_desktop.domain.tax import GstType
from dms_desktop.sample.rows import MAIN, ItemRow, LotRow
from dms_desktop.services import imports, people, setup
from dms_desktop.services.series import today
from dms_desktop.store import migrate
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.session import Tx
from tests.books import COMPANY, NOON, PEPPER, TODAY

ITEMS, PARTIES = 60, 12
STEP = 8  # rows of one commit of an import
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shop:
    """Books at rest: whoever wants to hurt a file of them takes a copy."""

    books: Path | str
    items: tuple[int, ...]
    parties: tuple[int, ...]

    def copy_to(self, folder: Path) -> Path:
        """Fresh books in this folder, whatever an earlier fault left there."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        books = folder / Path(self.books).name
        shutil.copyfile(self.books, books)
        shutil.copyfile(f"{self.books}.pepper", f"{books}.pepper")
        return books

    def draft(self, chance: Random, most_lines: int = 20, qty: int = 9) -> Draft:
        """What a shop orders, with an id that the same chance gives again."""
        lines = chance.randint(1, most_lines)
        asks = tuple(
            Ask(item, chance.randint(1, qty)) for item in sorted(chance.sample(self.items, lines))
        )
        return Draft(new_id(chance), TODAY, chance.choice(self.parties), asks=asks)

    def bill(self, chance: Random, most_lines: int = 20) -> Json:
        """A job for the program that is hurt."""
        draft = self.draft(chance, most_lines)
        return {"kind": "bill", "id": str(draft.id), "draft": to_text(draft)}


def new_id(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def found_shop(
    books: Path | str, *, pieces: int = 1_000_000, clock: Callable[[], datetime] = lambda: NOON
) -> Shop:
    """New books with the sample company's first goods and shops; the owner has no PIN."""
    migrate.create(books)
    database = Database(driver_for(books), clock=clock)
    try:
        new = setup.NewBook(COMPANY, GstType.REGULAR, "")
        database.write(people.STRANGER, setup.found, new, PEPPER).result()
        owner: Actor = database.read(people.STRANGER, people.look_in, "owner", "", PEPPER).result()
        database.write(owner, stock_up, pieces).result()
        items, parties = database.read(owner, _keys).result()
    finally:
        database.close()
    if isinstance(books, Path):
        Path(f"{books}.pepper").write_text(PEPPER.hex(), encoding="utf-8")
    return Shop(books, items, parties)


@needs(Power.MASTERS)
def stock_up(tx: Tx, pieces: int) -> None:
    """Every item has two lots, so that a bill takes from the one that expires first."""
    imports.put_items(tx, goods())
    parties = sample.parties(1)[:PARTIES]
    imports.put_parties(tx, [replace(row, credit_limit=rupees("99999999")) for row in parties])
    imports.put_lots(tx, lots_of("A", pieces), day=today(tx))
    tx.run("UPDATE party SET supplier = 1")


def lots_of(batch: str, pieces: int) -> list[LotRow]:
    """Of every item a lot that keeps for two years, and one that keeps for three."""
    return [_lot(item, batch, pieces, years) for item in goods() for years in (2, 3)]


@cache
def goods() -> list[ItemRow]:
    """The sample company's first items."""
    return [replace(row, active=True) for row in sample.items(1)[:ITEMS]]


def _lot(item: ItemRow, batch: str, pieces: int, years: int) -> LotRow:
    third = replace(item.mrp, paise=item.mrp.paise // 3)
    named, expiry = "", None
    if item.keep_batch:
        named, expiry = f"{batch}{years}", date(NOON.year + years, 6, 30)
    return LotRow(item.code, named, item.mrp, third, third, third, None, expiry, MAIN, pieces)


@needs(Power.LOOK)
def _keys(reading: Any) -> tuple[tuple[int, ...], tuple[int, ...]]:
    items = reading.rows("SELECT id FROM item ORDER BY id")
    parties = reading.rows("SELECT id FROM party ORDER BY id")
    return tuple(key for (key,) in items), tuple(key for (key,) in parties)


def order_of(shop: Shop, draft: Draft) -> str:
    """The draft as the file that `dms bill post` reads; its day is today's."""
    items, shops = goods(), sample.parties(1)[:PARTIES]
    assert isinstance(draft.party, int)
    lines = [
        {"item": items[shop.items.index(ask.item_id)].code, "qty": ask.qty} for ask in draft.asks
    ]
    party = shops[shop.parties.index(draft.party)].code
    return json.dumps({"id": str(draft.id), "party": party, "lines": lines})
