"""Bills found again: by a name that many bear, by a figure, by a number and a name at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from dms_desktop.domain.draft import WalkIn
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import rupees
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services import bill_list, billing
from dms_desktop.services.bill_list import Page, Wanted
from dms_desktop.store.session import Tx
from tests.books import TODAY, Book


@needs(Power.MASTERS)
def name_alike(tx: Tx, count: int) -> None:
    """So many more shops of one name."""
    tx.insert(
        "party",
        ("uid", "code", "code_key", "name", "state"),
        [
            (uuid4().bytes, f"S{at}", f"s{at}", f"Sri Balaji Kirana {at}", "27")
            for at in range(count)
        ],
    )


def listed(book: Book, **asked: object) -> list[str]:
    found: Page = book.read(bill_list.page, Wanted(**asked))  # type: ignore[arg-type]
    return [row.number for row in found.rows]


def alike(book: Book, count: int) -> list[int]:
    book.write(name_alike, count)
    return [key for (key,) in book.rows("SELECT id FROM party WHERE code LIKE 'S%' ORDER BY id")][
        -count:
    ]


def sold(book: Book, party: int | WalkIn, days_ago: int = 0, soap: int = 1) -> str:
    draft = replace(book.draft(SOAP=soap), party=party, day=TODAY - timedelta(days=days_ago))
    saved: billing.Saved = book.write(billing.post_draft, draft)
    return saved.posted.number


@pytest.mark.parametrize("count", [30, bill_list.MOST_PARTIES + 5])
def test_the_one_that_bought_is_found_among_many_of_the_name(either: Book, count: int) -> None:
    keys = alike(either, count)
    assert listed(either, text="balaji") == []
    other, last = either.bill(SOAP=1).number, sold(either, keys[-1])
    assert listed(either, text="balaji") == listed(either, text="SRI  BALAJI") == [last]
    assert listed(either, text="balaji", party_id=keys[-1]) == [last]
    assert listed(either, text="balaji", party_id=keys[0]) == []
    assert other in listed(either, text="sharma")


@pytest.mark.parametrize("count", [12, bill_list.MOST_PARTIES + 5])
def test_pages_of_a_name_follow_each_other_over_parties(either: Book, count: int) -> None:
    keys = alike(either, count)[:12]
    made = [sold(either, keys[at % 12], days_ago=20 - at // 2) for at in range(30)]
    walk_in = sold(either, WalkIn("sri balaji himself"))
    every, after = [], None
    while True:
        found: Page = either.read(bill_list.page, Wanted(text="sri balaji"), after, 4)
        every += [row.number for row in found.rows]
        if (after := found.after) is None:
            break
    assert every == [walk_in, *reversed(made)]


def test_a_bare_figure_is_a_number_or_an_amount(either: Book) -> None:
    bills = [either.bill("LAXMI", SALT=1).number for _ in range(20)]  # ₹ 20 each
    assert listed(either, figure="20") == bills[::-1]
    assert listed(either, figure="7") == [bills[6]]
    assert listed(either, figure="7", amount=rupees("20")) == [bills[6]]
    assert listed(either, figure="99") == []


def test_a_number_and_a_name_must_both_be_right(either: Book) -> None:
    one, two = either.bill("SHARMA", SALT=1).number, either.bill("LAXMI", SALT=1).number
    assert listed(either, figure="1", text="sharma") == [one]
    assert listed(either, figure="1", text="laxmi") == []
    assert listed(either, number="B/26", text="laxmi") == [two]
    assert listed(either, text="laxmi", amount=rupees("20")) == [two]
    assert listed(either, text="laxmi", item_id=either.items["SOAP"]) == []


def test_other_papers_are_listed_by_their_kind(either: Book) -> None:
    order = replace(either.draft(SALT=1), kind=Kind.ORDER)
    number = either.write(billing.post_draft, order).posted.number
    bill = either.bill(SALT=1).number
    assert listed(either, kind=Kind.ORDER, text="sharma") == [number]
    assert listed(either, text="sharma") == [bill]
    assert listed(either, kind=Kind.CHALLAN, text="sharma") == []
