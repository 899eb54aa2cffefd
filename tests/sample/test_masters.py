"""The sample's items, lots and parties are such as a distributor and a tax officer would accept."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest

from dms_desktop.domain.gstin import Gstin, check_digit, read_gstin
from dms_desktop.sample import (
    ItemRow,
    LotRow,
    PartyRow,
    company,
    items,
    lots,
    parties,
    suppliers,
    write_csv,
)
from dms_desktop.sample.ranges import PRINCIPALS
from dms_desktop.sample.rows import headings
from tests.shared import shared

TODAY = date(2026, 11, 21)

# What gst.md 1.5 says of a heading, a longer number before a shorter one.
RATES = {
    "1905": 5, "19059090": 0, "1806": 5, "1704": 5, "2007": 5, "2103": 5, "2104": 5, "2106": 5,
    "0405": 5, "04063000": 5, "0401": 0, "04061090": 0, "2101": 5, "2201": 5, "22029920": 5,
    "22029930": 5, "330491": 5, "330590": 5, "33059040": 18, "330510": 5, "3306": 5, "330710": 5,
    "340111": 5, "34011942": 18, "340130": 18, "3402": 18, "96032100": 5, "9619": 5,
    "220210": 40, "22029990": 40, "19059040": 0, "33072000": 18, "33049910": 18, "33049930": 18,
}  # fmt: skip


@pytest.fixture(scope="module")
def goods() -> dict[str, ItemRow]:
    return {row.code: row for row in items(1)}


@pytest.fixture(scope="module")
def stock() -> tuple[LotRow, ...]:
    return lots(1, TODAY)


def test_the_files_hold_the_headings_and_the_counts_of_the_import(tmp_path: Path) -> None:
    written = write_csv(tmp_path, 1, TODAY)
    tables = [
        list(csv.reader(StringIO(path.read_text(encoding="utf-8"), newline=""))) for path in written
    ]
    assert [table[0] for table in tables] == [
        "code,name,alias,principal,brand,category,hsn,gst_rate,cess_rate,unit,inner,case,barcode,"
        "mrp,keep_batch,active".split(","),
        "code,name,gstin,state,class,beat,salesman,phone,credit_limit,credit_days,"
        "min_life_days,address,city,pin".split(","),
        "item,batch,mrp,ptr,pts,cost,packed,expiry,godown,qty".split(","),
    ]
    assert [len(table) - 1 for table in tables] == [2_000, 800, 6_000]
    assert headings(PartyRow)[4] == "class"


def test_the_same_seed_writes_the_same_bytes_on_every_machine(tmp_path: Path) -> None:
    written = write_csv(tmp_path, 1, TODAY)
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in written}
    assert digests == {
        "items.csv": "25b95eb824e668c4",
        "parties.csv": "b27d102c9df51ac6",
        "lots.csv": "07aed3423b238328",
    }


def test_another_seed_is_another_company() -> None:
    assert items(1) != items(2)
    assert parties(1) != parties(2)
    assert lots(1, TODAY) != lots(2, TODAY)


def test_every_hsn_is_in_the_list_of_the_tax_network(goods: dict[str, ItemRow]) -> None:
    with shared("gst_data/hsn_master.csv").open(encoding="utf-8", newline="") as file:
        known = {code for code, _ in csv.reader(file)}
    assert {row.hsn for row in goods.values()} <= known
    assert {len(row.hsn) for row in goods.values()} == {8}


def test_every_unit_is_a_uqc(goods: dict[str, ItemRow]) -> None:
    masters = json.loads(shared("gst_data/gstn_masters.json").read_text(encoding="utf-8"))
    labels = next(case["data"]["labels"] for case in masters["cases"] if case["id"] == "uqc")
    assert {row.unit for row in goods.values()} <= {label.split("-")[0] for label in labels}


def test_rates_are_those_in_force_since_22_september_2025(goods: dict[str, ItemRow]) -> None:
    wrong = []
    for row in goods.values():
        heading = next((row.hsn[:size] for size in (8, 6, 4) if row.hsn[:size] in RATES), None)
        if heading and row.gst_rate != RATES[heading]:
            wrong.append((row.name, row.hsn, row.gst_rate))
    assert not wrong
    assert {row.gst_rate for row in goods.values()} == {0, 5, 18, 40}
    assert {row.cess_rate for row in goods.values()} == {0}


def test_names_codes_and_barcodes_tell_items_apart(goods: dict[str, ItemRow]) -> None:
    rows = goods.values()
    for column in ("code", "name", "barcode"):
        assert len({getattr(row, column) for row in rows}) == 2_000, column
    for row in rows:
        digits = [int(digit) for digit in row.barcode]
        weighed = sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits))
        assert len(digits) == 13, row
        assert digits[0] == 2, "outside the range 200-299 it would be somebody's product"
        assert weighed % 10 == 0, row


def test_names_are_as_the_counter_has_them(goods: dict[str, ItemRow]) -> None:
    hindi = [row for row in goods.values() if not row.alias.isascii()]
    assert 200 <= len(hindi) <= 800
    assert all(row.name.isascii() and row.name.startswith(row.brand) for row in goods.values())
    assert max(len(row.name) for row in goods.values()) <= 60
    assert len({row.principal for row in goods.values()}) == 12
    assert all(row.case % row.inner == 0 for row in goods.values())


def test_a_piece_is_never_dearer_with_its_tax_than_its_mrp(
    goods: dict[str, ItemRow], stock: tuple[LotRow, ...]
) -> None:
    for lot in stock:
        rate = goods[lot.item].gst_rate
        halves = [lot.ptr.percent(rate / 2)] * 2
        assert (lot.ptr + lot.ptr.percent(rate)).paise <= lot.mrp.paise, lot
        assert (lot.ptr + halves[0] + halves[1]).paise <= lot.mrp.paise, lot
        assert 0 < lot.cost.paise <= lot.pts.paise < lot.ptr.paise, lot


def test_a_lot_expires_after_it_was_packed_and_was_packed_by_today(
    goods: dict[str, ItemRow], stock: tuple[LotRow, ...]
) -> None:
    for lot in stock:
        if goods[lot.item].keep_batch:
            assert lot.batch, lot
            assert lot.packed, lot
            assert lot.expiry, lot
            assert lot.packed < lot.expiry, lot
            assert lot.packed <= TODAY, lot
        else:
            assert (lot.batch, lot.packed, lot.expiry) == ("", None, None), lot
        assert lot.qty > 0


def test_one_stock_record_a_batch_and_mrp(stock: tuple[LotRow, ...]) -> None:
    keys = Counter((lot.item, lot.batch, lot.mrp, lot.expiry) for lot in stock)
    assert max(keys.values()) == 1
    rates = {(lot.item, lot.mrp): set[int]() for lot in stock}
    for lot in stock:
        rates[lot.item, lot.mrp].add(lot.ptr.paise)
    assert {len(found) for found in rates.values()} == {1}, "one MRP goes at one rate"


def test_two_mrps_near_expiry_and_expired_goods_are_on_the_shelf(
    goods: dict[str, ItemRow], stock: tuple[LotRow, ...]
) -> None:
    mrps: dict[str, set[int]] = defaultdict(set)
    batches: dict[tuple[str, str], set[int]] = defaultdict(set)
    for lot in stock:
        mrps[lot.item].add(lot.mrp.paise)
        batches[lot.item, lot.batch].add(lot.mrp.paise)
    two = [code for code, found in mrps.items() if len(found) == 2]
    assert 100 <= len(two) <= 500
    assert all(goods[code].mrp.paise in mrps[code] for code in two)
    assert sum(len(found) == 2 for (_, batch), found in batches.items() if batch) >= 10
    soon = TODAY + timedelta(days=30)
    assert 100 <= sum(1 for lot in stock if lot.expiry and TODAY <= lot.expiry <= soon) <= 600
    assert 10 <= sum(1 for lot in stock if lot.expiry and lot.expiry < TODAY) <= 100
    live = {lot.item for lot in stock if lot.expiry is None or lot.expiry >= TODAY}
    assert live == {row.code for row in goods.values() if row.active}


def test_the_stock_is_worth_what_such_a_house_keeps(stock: tuple[LotRow, ...]) -> None:
    worth = sum(lot.cost.paise * lot.qty for lot in stock) // 100
    assert 1_00_00_000 <= worth <= 2_00_00_000, "rupees"


def test_stock_moves_with_the_day_it_is_made_for() -> None:
    newest = max(lot.packed for lot in lots(1, date(2025, 3, 31)) if lot.packed)
    assert date(2025, 3, 1) <= newest <= date(2025, 3, 31)


def test_800_shops_on_24_beats_of_six_salesmen() -> None:
    rows = parties(1)
    beats = Counter(row.beat for row in rows)
    assert len(rows) == len({row.code for row in rows}) == len({row.name for row in rows}) == 800
    assert len(beats) == 24
    assert min(beats.values()) >= 15
    assert len({row.salesman for row in rows}) == 6
    assert all(len({row.salesman for row in rows if row.beat == beat}) == 1 for beat in beats)
    assert {row.class_ for row in rows} == {"A", "B", "C"}


def test_gstins_are_right_in_form_and_belong_to_nobody() -> None:
    rows = parties(1)
    held = [row for row in rows if row.gstin]
    assert 35 <= 100 * len(held) // len(rows) <= 45
    for row in held:
        read = read_gstin(row.gstin)
        assert isinstance(read, Gstin), row
        assert read.state.code == row.state
        assert read.pan[5:9] == "0000", "the serial 0000 is never given"
    assert {"24", "29", "30"} <= {row.state for row in rows}
    assert Counter(row.state for row in rows)["27"] > 750
    assert isinstance(read_gstin(company().gstin), Gstin)


def test_phones_are_ten_digits_that_nobody_dials() -> None:
    phones = [row.phone for row in parties(1)]
    assert len(set(phones)) == 800
    assert all(phone.startswith("7000000") and len(phone) == 10 for phone in phones)


def test_bigger_shops_have_longer_credit() -> None:
    limits: dict[str, list[Decimal]] = defaultdict(list)
    for row in parties(1):
        limits[row.class_].append(Decimal(row.credit_limit.paise))
    assert min(limits["A"]) > max(limits["C"])
    assert {row.min_life_days for row in parties(1)} == {0, 30, 45, 60}


def test_each_principal_is_a_supplier_with_a_gstin_of_his_own() -> None:
    made = suppliers(1)
    assert [row.name for row in made] == [each.name for each in PRINCIPALS]
    assert all(check_digit(row.gstin[:14]) == row.gstin[14] for row in made)
    assert len({row.gstin for row in made}) == len(made)
