"""The lists of the masters: every row once over the pages, by any word, at a constant cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.services.registers import lists
from dms_desktop.services.registers.every import REGISTERS
from dms_desktop.services.registers.lists import Line, Wanted
from dms_desktop.services.registers.twins import Twin, twins
from dms_desktop.store.session import Reading
from tests.books import Book

VERBS: Mapping[str, Any] = REGISTERS
KINDS = sorted(REGISTERS.keys() - {"print-rule"})
MADE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("price-list", {"code": "WHOLE", "name": "Wholesale"}),
    ("price-list", {"code": "RETAIL", "name": "Retail"}),
    ("beat", {"code": "B1", "name": "Station road"}),
    ("salesman", {"code": "RAVI", "name": "Ravi"}),
    ("price", {"list": "WHOLE", "item": "SOAP", "rate": Rate(Money(2900))}),
    ("price", {"list": "WHOLE", "item": "TEA", "rate": Rate(Money(9000))}),
    ("price", {"list": "RETAIL", "item": "TEA", "rate": Rate(Money(9100))}),
    ("terms", {"party": "SHARMA", "principal": "BRAND", "credit_limit": Money(1_000_00)}),
    ("terms", {"party": "LAXMI", "principal": "BRAND"}),
    ("rack", {"item": "SOAP", "godown": "MAIN", "rack": "A-1"}),
    ("rack", {"item": "TEA", "godown": "MAIN", "rack": "A-2"}),
    ("turnover", {"year": "2025-26", "turnover": Money(6_00_00_000_00)}),
    ("turnover", {"year": "2024-25", "turnover": Money(4_00_00_000_00)}),
    ("man", {"code": "RAMESH", "name": "Ramesh"}),
    ("vehicle", {"number": "MH12AB1234", "kg": 900, "man": "RAMESH"}),
    ("vehicle", {"number": "MH12CD5678"}),
    ("printer", {"code": "LASER", "way": "queue", "address": "HP-1020"}),
)


@pytest.fixture
def stocked(either: Book) -> Book:
    for kind, given in MADE:
        either.write(VERBS[kind].add, given)
    return either


def every(book: Book, kind: str, wanted: Wanted, most: int) -> list[Line]:
    """All pages, one after the other."""
    found: list[Line] = []
    after: Any = None
    while True:
        page, after = book.read(lists.lines, kind, wanted, after, most)
        found += page
        if after is None:
            return found


@pytest.mark.parametrize("kind", KINDS)
def test_small_pages_hold_what_one_large_page_holds_and_lead_to_the_master(
    stocked: Book, kind: str
) -> None:
    whole = every(stocked, kind, Wanted(gone=True), 10_000)
    assert whole
    assert every(stocked, kind, Wanted(gone=True), 1 if kind == "company" else 2) == whole
    assert len({line.code for line in whole}) == len(whole)
    for line in whole[:20]:
        shown = stocked.read(VERBS[kind].show, line.code)
        assert VERBS[kind].code(shown.record) == line.code


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_costs_the_same_however_many_rows_it_has(stocked: Book, kind: str) -> None:
    assert asked(stocked, kind, 1) == asked(stocked, kind, 50) <= 4


def asked(book: Book, kind: str, most: int) -> int:
    """How many statements a page of so many rows takes."""
    count = 0

    @needs(Power.LOOK)
    def counted(reading: Reading) -> None:
        nonlocal count
        execute = type(reading).rows

        class Counting(Reading):
            def rows(self, sql: str, /, **params: Any) -> list[tuple[Any, ...]]:
                nonlocal count
                count += 1
                return execute(self, sql, **params)

            def row(self, sql: str, /, **params: Any) -> tuple[Any, ...] | None:
                found = self.rows(sql, **params)
                return found[0] if found else None

        own = Counting(reading.driver, reading.connection, reading.actor, reading.now)
        lists.lines(own, kind, Wanted(gone=True), None, most)

    book.read(counted)
    return count


def test_items_are_listed_with_tax_mrp_and_what_can_be_sold(stocked: Book) -> None:
    (tea,) = every(stocked, "item", Wanted("leaf"), 50)
    code, name, hsn, gst, mrp, stock = tea.cells
    assert (code, name, hsn, gst, mrp) == (
        "TEA", "Leaf tea 250 g", "34011190", 5, Money(120_00)
    )  # fmt: skip
    stocked.bill(TEA=6)
    (tea,) = every(stocked, "item", Wanted("leaf"), 50)
    assert (stock, tea.cells[-1]) == (300, 294)


def test_parties_are_found_by_phone_city_beat_and_gstin_and_told_with_what_they_owe(
    stocked: Book,
) -> None:
    given = {"phone": "98220 11111", "city": "Nashik", "beat": "B1"}
    stocked.write(VERBS["party"].change, "SHARMA", given, 1)
    stocked.bill(TEA=6)
    for text in ("98220", "nashik", "station", "27AABCS1429B1ZU", "harma"):
        (line,) = every(stocked, "party", Wanted(text), 50)
        assert line.cells[:3] == ("SHARMA", "Sharma Stores", "Nashik")
        assert line.cells[6] == Money(599_00)


def test_what_is_not_used_any_more_comes_only_when_it_is_asked_for(stocked: Book) -> None:
    stocked.write(VERBS["party"].change, "PATEL", {"active": False}, 1)
    assert "PATEL" not in {line.code for line in every(stocked, "party", Wanted(), 50)}
    gone = {line.code: line.active for line in every(stocked, "party", Wanted(gone=True), 50)}
    assert gone == {"LAXMI": True, "PATEL": False, "SHARMA": True}


def test_the_lots_of_an_item_and_the_terms_of_a_party_are_its_own(stocked: Book) -> None:
    lots = every(stocked, "lot", Wanted(of="tea"), 50)
    assert [line.cells[2] for line in lots] == ["T1", "T2"]
    assert [line.code for line in every(stocked, "terms", Wanted(of="LAXMI"), 50)] == [
        "LAXMI > BRAND"
    ]
    prices = every(stocked, "price", Wanted(of="RETAIL"), 50)
    assert [line.cells[1] for line in prices] == ["TEA"]


def test_a_word_that_is_no_kind_is_refused(stocked: Book) -> None:
    with pytest.raises(Refused) as caught:
        stocked.read(lists.lines, "spaceship", Wanted())
    assert caught.value.problems[0].reason is Reason.BAD_ENTRY


def test_a_phone_or_gstin_of_another_party_is_found_however_it_is_written(stocked: Book) -> None:
    stocked.write(VERBS["party"].change, "LAXMI", {"phone": "+91 98220-11111"}, 1)
    given = {"code": "NEW", "name": "New", "phone": "09822011111", "gstin": "27AABCS1429B1ZU"}
    assert stocked.read(twins, "", given) == [
        Twin("phone", "LAXMI", "Laxmi Provision"), Twin("gstin", "SHARMA", "Sharma Stores")
    ]  # fmt: skip
    assert stocked.read(twins, "SHARMA", {"gstin": "27AABCS1429B1ZU"}) == []


def test_what_is_wrong_with_the_party_itself_goes_before_a_doubt(stocked: Book) -> None:
    with pytest.raises(Refused) as caught:
        stocked.read(twins, "LAXMI", {"gstin": "27AABCS1429B1ZX"})
    assert caught.value.problems[0].reason is Reason.BAD_GSTIN
