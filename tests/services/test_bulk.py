"""Masters and stock in bulk: what is kept, what it costs in statements, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dms_desktop.domain.masters import Barcode, ItemRecord, LotRecord, PartyRecord
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.services import items, parties
from dms_desktop.services.changes import Put
from dms_desktop.services.imports import put_items, put_lots, put_parties
from dms_desktop.services.lots import Stocked
from dms_desktop.store.drivers import Sqlite
from tests.books import TODAY, Book

pytest_plugins = ["tests.books"]

GHEE = ItemRecord(
    "GHEE", "Cow ghee 1 l", principal="Gokul", hsn="04059020", gst_rate=Decimal(5), unit="LTR",
    inner=2, case=12, mrp=Money(65000), barcodes=(Barcode("8901234567894"),),
)  # fmt: skip
GHEE_LOT = LotRecord(
    "ghee", 24, "G7", Money(65000), Rate(Money(5555555), 100), cost=Rate(Money(501235), 10),
    packed=date(2026, 6, 1), expiry=date(2027, 5, 31),
)  # fmt: skip
SHOP = PartyRecord(
    "NEW1", "New Stores", "27AAPFU0939F1ZV", class_="A", beat="Kothrud", salesman="Ravi",
    credit_limit=Money(5000000), credit_days=14,
)  # fmt: skip


def test_an_item_makes_its_principal_and_tax_class_once(book: Book) -> None:
    cola = replace(
        GHEE, code="COLA", principal=" GOKUL ", gst_rate=Decimal(28), cess_rate=Decimal(12),
        barcodes=(),
    )  # fmt: skip
    done: Put = book.write(put_items, [GHEE, cola])
    assert (done.created, done.changed) == (2, 0)
    assert book.rows("SELECT name FROM principal ORDER BY id") == [("Brand",), ("Gokul",)]
    assert book.rows("SELECT code FROM tax_class ORDER BY id")[-1] == ("GST 28 + 12",)
    assert book.value("SELECT count(*) FROM tax_class WHERE code = 'GST 5'") == 1
    assert book.read(items.kept, ["ghee"])["ghee"][2] == replace(GHEE, tax_class="GST 5")


def test_an_item_is_found_by_any_spelling_of_its_code_and_only_changed_where_it_differs(
    book: Book,
) -> None:
    book.write(put_items, [GHEE])
    again: Put = book.write(put_items, [replace(GHEE, code="ghee ", name="Cow ghee 1 litre")])
    assert (again.created, again.changed) == (0, 1)
    (change,) = again.changes
    assert change.before
    assert change.after
    assert (change.before["name"], change.after["name"]) == ("Cow ghee 1 l", "Cow ghee 1 litre")
    assert change.after["row_version"] == 2
    assert book.write(put_items, [replace(GHEE, name="Cow ghee 1 litre")]) == Put()


def test_a_rate_of_the_past_never_serves_as_the_rate_of_today(book: Book) -> None:
    """A class called GST 12 whose rate fell to 5 is not the class of goods at 12 percent."""
    book.write(put_items, [replace(GHEE, gst_rate=Decimal(12))])
    twelve = book.value("SELECT id FROM tax_class WHERE code = 'GST 12'")
    book.write(_new_rate, twelve)
    book.write(put_items, [replace(GHEE, code="JAM", gst_rate=Decimal(12))])
    assert book.value(
        "SELECT tax_class.code FROM item JOIN tax_class ON tax_class.id = tax_class_id"
        " WHERE item.code = 'JAM'"
    ) == "GST 12 (2)"  # fmt: skip


def test_a_party_comes_with_its_beat_salesman_and_gst_registration(book: Book) -> None:
    plain = PartyRecord("NEW2", "Without a number", beat="kothrud")
    done: Put = book.write(put_parties, [SHOP, plain])
    assert done.created == 2
    found = book.read(parties.kept, ["new1", "NEW2"])
    assert found["new1"][2] == replace(SHOP, state="27", gst_type="regular", pan="AAPFU0939F")
    assert found["new2"][2] == replace(
        plain, state="27", beat="Kothrud", gst_type="unregistered"
    )  # fmt: skip
    assert book.value("SELECT count(*) FROM beat") == 1


@pytest.mark.parametrize(
    ("gstin", "state", "reason", "expected"),
    [
        ("27AAPFU0939F1ZW", "27", Reason.BAD_GSTIN, "V"),
        ("27AAPFU0939F1ZV", "24", Reason.GSTIN_OTHER_STATE, None),
    ],
)
def test_a_wrong_gstin_stops_the_whole_write(
    book: Book, gstin: str, state: str, reason: Reason, expected: str | None
) -> None:
    before = book.value("SELECT count(*) FROM party")
    with pytest.raises(Refused) as refused:
        book.write(put_parties, [SHOP, replace(SHOP, code="BAD", gstin=gstin, state=state)])
    (problem,) = refused.value.problems
    assert (problem.reason, problem.row) == (reason, 1)
    assert problem.facts.get("expected") == expected
    assert book.value("SELECT count(*) FROM party") == before


def test_a_new_gstin_counts_from_today_once_papers_were_made(book: Book) -> None:
    book.write(put_parties, [SHOP, replace(SHOP, code="NEW3")])
    book.parties = dict(book.rows("SELECT code, id FROM party"))
    book.bill("NEW3", SOAP=1)
    other = "27AABCS1429B1ZU"
    book.write(put_parties, [replace(SHOP, gstin=other), replace(SHOP, code="NEW3", gstin=other)])
    rows = book.rows(
        "SELECT code, from_day, gstin FROM party_gst JOIN party ON party.id = party_id"
        " WHERE code LIKE 'NEW%' ORDER BY code, from_day"
    )
    assert rows == [
        ("NEW1", "", other),
        ("NEW3", "", "27AAPFU0939F1ZV"),
        ("NEW3", TODAY.isoformat(), other),
    ]


def test_lots_become_one_opening_for_each_godown(book: Book) -> None:
    book.write(put_items, [GHEE])
    second = replace(GHEE_LOT, batch="G8", godown="Cold store", qty=6)
    done: Stocked = book.write(put_lots, [GHEE_LOT, second])
    assert (done.created, done.changed) == (2, 0)
    assert len(done.posted) == 2
    assert book.rows(
        "SELECT place.code, lot.batch, lot.ptr, lot.ptr_per, stock.qty, lot_cost.paise FROM stock"
        " JOIN lot ON lot.id = stock.lot_id JOIN place ON place.id = place_id"
        " JOIN lot_cost ON lot_cost.lot_id = lot.id WHERE lot.batch LIKE 'G%' ORDER BY lot.id"
    ) == [
        ("MAIN", "G7", 5555555, 100, 24, 1202964),
        ("Cold store", "G8", 5555555, 100, 6, 300741),
    ]
    more: Stocked = book.write(put_lots, [replace(GHEE_LOT, ptr=None, qty=1)])
    assert (more.created, more.changed) == (0, 1)
    assert book.value("SELECT ptr FROM lot WHERE batch = 'G7'") == 5555555


def test_an_item_without_batches_has_one_lot_for_each_mrp(book: Book) -> None:
    book.write(put_items, [replace(GHEE, keep_batch=False)])
    other = replace(GHEE_LOT, batch="Z", mrp=Money(), expiry=None)
    book.write(put_lots, [GHEE_LOT, other, replace(other, mrp=Money(70000))])
    rows = book.rows(
        "SELECT batch, lot.mrp, expiry, qty FROM lot JOIN stock ON stock.lot_id = lot.id"
        " JOIN item ON item.id = lot.item_id WHERE item.code = 'GHEE' ORDER BY lot.mrp"
    )
    assert rows == [("", 65000, "", 48), ("", 70000, "", 24)]


def test_lots_of_unknown_items_or_below_nil_are_named_by_row(book: Book) -> None:
    rows = [replace(GHEE_LOT, item="SOAP"), GHEE_LOT, replace(GHEE_LOT, item="SOAP", qty=-1)]
    with pytest.raises(Refused) as refused:
        book.write(put_lots, rows)
    found = [(problem.reason, problem.row) for problem in refused.value.problems]
    assert found == [(Reason.UNKNOWN_ITEM, 1), (Reason.BAD_QUANTITY, 2)]


@pytest.mark.parametrize("first", [True, False])
def test_the_number_of_statements_does_not_grow_with_the_rows(
    book: Book, monkeypatch: pytest.MonkeyPatch, first: bool
) -> None:
    def made(count: int, tag: str) -> tuple[list[Any], list[Any], list[Any]]:
        goods = [replace(GHEE, code=f"{tag}{n}") for n in range(count)]
        shops = [replace(SHOP, code=f"{tag}{n}") for n in range(count)]
        return goods, shops, [replace(GHEE_LOT, item=each.code) for each in goods]

    def written(count: int, tag: str) -> list[int]:
        goods, shops, lots = made(count, tag)
        if not first:
            for action, rows in ((put_items, goods), (put_parties, shops), (put_lots, lots)):
                book.write(action, rows)
            goods = [replace(each, name="Other") for each in goods]
            shops = [replace(each, name="Other") for each in shops]
        return [
            _statements(monkeypatch, book, action, rows)
            for action, rows in ((put_items, goods), (put_parties, shops), (put_lots, lots))
        ]

    written(1, "warm")  # principal, beat and the like are made once
    assert written(2, "few") == written(300, "many")


def _statements(
    monkeypatch: pytest.MonkeyPatch, book: Book, action: Callable[..., Any], rows: list[Any]
) -> int:
    said: list[str] = []
    execute, many = Sqlite.execute, Sqlite.many

    def counted(self: Sqlite, connection: Any, sql: str, params: Any) -> Any:
        said.append(sql)
        return execute(self, connection, sql, params)

    def counted_many(self: Sqlite, connection: Any, sql: str, rows: Any) -> int:
        said.append(sql)
        return many(self, connection, sql, rows)

    with monkeypatch.context() as patch:
        patch.setattr(Sqlite, "execute", counted)
        patch.setattr(Sqlite, "many", counted_many)
        book.write(action, rows)
    return len(said)


def _new_rate(tx: Any, tax_class: int) -> None:
    tx.run(
        "INSERT INTO tax_rate (tax_class_id, from_day, gst) VALUES (:c, '2025-09-22', 50000)",
        c=tax_class,
    )


_new_rate.power = items.put_items.power  # type: ignore[attr-defined]
