"""A founded book on disk with a few goods and shops, for every test that needs one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from dms_desktop.domain.company import Company
from dms_desktop.domain.documents import Head, Opening, OpeningLot
from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Actor, Power, needs
from dms_desktop.domain.tax import GstType
from dms_desktop.services import billing, people, posting, setup
from dms_desktop.store import migrate
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.session import Tx

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)  # noon in India
PEPPER = b"p" * 32
OWNER_PIN = "246810"
COMPANY = Company(
    "Shree Ganesh Distributors",
    "27",
    "27AAPFU0939F1ZV",
    address="12 Market Yard",
    city="Pune",
    pin="411037",
    phone="9800000000",
    fssai="11526000000001",
    vpa="shreeganesh@upi",
)
# code, name, GST %, PTR in paise, MRP in paise, case, lots (batch, expiry, pieces)
GOODS = (
    ("SOAP", "Toilet soap 100 g", 18, 3000, 4000, 24,
     (("S1", "2027-01-31", 100), ("S2", "2027-06-30", 500))),
    ("TEA", "Leaf tea 250 g", 5, 9500, 12000, 12,
     (("T1", "2026-12-31", 60), ("T2", "2027-12-31", 240))),
    ("SALT", "Iodised salt 1 kg", 0, 2000, 2500, 50, (("", "", 1000),)),
    ("OIL", "Hair oil 200 ml", 18, 7000, 9900, 0, (("O1", "2028-02-29", 40),)),
)  # fmt: skip
# code, name, State, GSTIN, minimum life in days
SHOPS = (
    ("SHARMA", "Sharma Stores", "27", "27AABCS1429B1ZU", 0),
    ("PATEL", "Patel Kirana", "24", "24AAACC1206D1ZM", 0),
    ("LAXMI", "Laxmi Provision", "27", "", 90),
)


@dataclass
class Clock:
    """A clock that a test may set."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Book:
    database: Database
    owner: Actor
    clock: Clock
    books: Path | str
    items: dict[str, int] = field(default_factory=dict)
    parties: dict[str, int] = field(default_factory=dict)

    def write(
        self,
        action: Callable[..., Any] | None,
        *args: Any,
        actor: Actor | None = None,
        **kwargs: Any,
    ) -> Any:
        """Run an action to its end and return its result; a register may lack one."""
        assert action is not None
        return self.database.write(actor or self.owner, action, *args, **kwargs).result().result

    def read(
        self, query: Callable[..., Any], *args: Any, actor: Actor | None = None, **kwargs: Any
    ) -> Any:
        return self.database.read(actor or self.owner, query, *args, **kwargs).result()

    def rows(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        """For assertions only."""

        @needs(Power.LOOK)
        def look(reading: Any) -> list[tuple[Any, ...]]:
            return list(reading.rows(sql, **params))

        found: list[tuple[Any, ...]] = self.read(look)
        return found

    def value(self, sql: str, **params: Any) -> Any:
        return self.rows(sql, **params)[0][0]

    def draft(self, party: str = "SHARMA", day: date = TODAY, **goods: int) -> Draft:
        """A draft by item codes: `draft(SOAP=12, TEA=6)`."""
        return self.drafted(goods, party, day)

    def drafted(self, goods: Mapping[str, int], party: str = "SHARMA", day: date = TODAY) -> Draft:
        """The same from a mapping of codes to pieces."""
        asks = tuple(Ask(self.items[code], qty) for code, qty in goods.items())
        return Draft(uuid4(), day, self.parties[party], asks=asks)

    def bill(self, party: str = "SHARMA", day: date = TODAY, **goods: int) -> posting.Posted:
        saved: billing.Saved = self.write(billing.post_draft, self.draft(party, day, **goods))
        return saved.posted

    def stock(self, code: str) -> dict[str, int]:
        """Batch -> saleable pieces in the main godown."""
        return dict(
            self.rows(
                "SELECT batch, qty FROM stock JOIN lot ON lot.id = lot_id WHERE lot.item_id = :item"
                " AND place_id = 1 AND bucket = 'saleable'",
                item=self.items[code],
            )
        )


def founded(books: Path | str, clock: Clock | None = None) -> Book:
    """Create, found and fill a book; close its database when done."""
    migrate.create(books)
    clock = clock or Clock()
    database = Database(driver_for(books), clock=clock)
    new = setup.NewBook(COMPANY, GstType.REGULAR, OWNER_PIN)
    database.write(people.STRANGER, setup.found, new, PEPPER).result()
    owner = (
        database.write(people.STRANGER, people.log_in, "owner", OWNER_PIN, PEPPER, "")
        .result()
        .result
    )
    assert owner is not None
    book = Book(database, owner, clock, books)
    book.write(_goods)
    book.items = dict(book.rows("SELECT code, id FROM item"))
    book.parties = dict(book.rows("SELECT code, id FROM party"))
    return book


@needs(Power.MASTERS)
def _goods(tx: Tx) -> None:
    tx.run("INSERT INTO principal (uid, code, name) VALUES (:u, 'BRAND', 'Brand')", u=uuid4().bytes)
    for rate in sorted({goods[2] for goods in GOODS}):
        tx.run("INSERT INTO tax_class (code, name) VALUES (:c, :c)", c=f"GST {rate}")
        tx.run(
            "INSERT INTO tax_rate (tax_class_id, gst, basis) SELECT id, :gst, :basis FROM"
            " tax_class WHERE code = :c",
            gst=rate * 10_000,
            basis="value" if rate else "exempt",
            c=f"GST {rate}",
        )
    lots: list[OpeningLot] = []
    for code, name, rate, ptr, mrp, case, batches in GOODS:
        item = tx.value(
            "INSERT INTO item (uid, code, code_key, name, principal_id, hsn, tax_class_id, unit,"
            " case_units, mrp) SELECT :u, :code, lower(:code), :name, 1, '34011190', id, 'PCS',"
            " :case, :mrp FROM tax_class WHERE code = :c RETURNING id",
            u=uuid4().bytes, code=code, name=name, case=case, mrp=mrp, c=f"GST {rate}",
        )  # fmt: skip
        for batch, expiry, pieces in batches:
            lot = tx.value(
                "INSERT INTO lot (item_id, batch, mrp, expiry, ptr) VALUES (:i, :b, :m, :e, :p)"
                " RETURNING id",
                i=item, b=batch, m=mrp, e=expiry, p=ptr,
            )  # fmt: skip
            last = date.fromisoformat(expiry) if expiry else None
            cost = Money(ptr * pieces * 9 // 10)
            lots.append(
                OpeningLot(
                    item, lot, code, name, "34011190", "PCS", batch, last, Money(mrp), pieces, cost
                )
            )
    posting.post(tx, Opening(Head(uuid4(), date(2026, 11, 1), 1), tuple(lots)))
    for code, name, state, gstin, life in SHOPS:
        key = tx.value(
            "INSERT INTO party (uid, code, code_key, name, state, min_life_days, credit_days)"
            " VALUES (:u, :c, lower(:c), :n, :s, :life, 21) RETURNING id",
            u=uuid4().bytes, c=code, n=name, s=state, life=life,
        )  # fmt: skip
        kind = "regular" if gstin else "unregistered"
        tx.run(
            "INSERT INTO party_gst (party_id, gst_type, gstin) VALUES (:p, :k, :g)",
            p=key, k=kind, g=gstin,
        )  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = founded(tmp_path / "books.db")
    yield made
    made.database.close()
