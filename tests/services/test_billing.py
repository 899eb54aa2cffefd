"""A bill in the books: whole or not at all, numbered without a gap, and only once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from dms_desktop.domain.documents import Head, Opening, OpeningLot
from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.money import Money, rupees
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.services import billing, documents, posting
from dms_desktop.store.session import Tx
from tests.books import TODAY, Book


def refused(book: Book, draft: Draft, **kwargs: Any) -> set[Reason]:
    with pytest.raises(Refused) as caught:
        book.write(billing.post_draft, draft, **kwargs)
    return {problem.reason for problem in caught.value.problems}


def test_a_bill_is_posted_whole(book: Book) -> None:
    posted = book.bill(SOAP=120, SALT=10)
    assert posted.number == "B/26-27/00001"
    # 120 soaps at 30.00 + 18 %, 10 salt at 20.00 exempt
    assert posted.total == rupees("4448.00")
    assert book.stock("SOAP") == {"S1": 0, "S2": 480}  # the earlier expiry left first
    assert book.value("SELECT sum(paise) FROM ledger_entry") == 0
    owed = book.rows("SELECT paise, open_paise, due_day FROM open_item")
    assert owed == [(444800, 444800, "2026-12-12")]
    assert book.value("SELECT paise FROM party_balance") == 444800


def test_a_refused_bill_leaves_no_trace_and_takes_no_number(book: Book) -> None:
    before = book.rows("SELECT count(*) FROM audit")
    assert refused(book, book.draft(SOAP=601)) == {Reason.SHORT_STOCK}
    assert book.rows("SELECT count(*) FROM audit") == before
    assert book.bill(SOAP=1).number == "B/26-27/00001"


def test_the_same_draft_bills_once_and_other_content_is_refused(book: Book) -> None:
    draft = book.draft(TEA=6)
    first = book.write(billing.post_draft, draft)
    assert book.write(billing.post_draft, draft).posted == first.posted
    assert refused(book, draft.plus(Ask(book.items["SOAP"], 1))) == {Reason.OTHER_CONTENT}
    assert book.stock("TEA") == {"T1": 54, "T2": 240}


def test_two_rows_of_one_item_share_the_shelf(book: Book) -> None:
    draft = book.draft(SOAP=90).plus(Ask(book.items["SOAP"], 30))
    posted = book.write(billing.post_draft, draft).posted
    lines = book.read(documents.issued, posted.id).document.lines
    assert [(line.batch, line.qty) for line in lines] == [("S1", 90), ("S1", 10), ("S2", 20)]


def test_what_the_clerk_saw_is_what_is_billed(book: Book) -> None:
    draft = book.draft(SOAP=10)
    assert refused(book, draft, seen=Money(1)) == {Reason.PRICE_CHANGED}
    assert book.write(billing.post_draft, draft, seen=rupees("354")).posted.total == rupees("354")


def test_a_shop_that_wants_ninety_days_of_life_gets_them(book: Book) -> None:
    posted = book.bill("LAXMI", TEA=10)
    lines = book.read(documents.issued, posted.id).document.lines
    assert [line.batch for line in lines] == ["T2"]  # T1 has 40 days left


def test_a_bill_read_back_is_the_bill_that_was_posted(book: Book) -> None:
    posted = book.bill("PATEL", SOAP=7, TEA=3)
    issued = book.read(documents.issued, posted.id)
    bill = issued.document
    assert bill.head.interstate
    assert bill.head.place_of_supply == "24"
    assert bill.totals.tax.igst == Money(3780 + 1425)
    assert not bill.totals.tax.cgst
    assert bill.totals.total == posted.total
    assert issued.company.gstin == "27AAPFU0939F1ZV"
    assert bill.head.party.gstin.startswith("24")


@pytest.mark.parametrize(
    ("day", "reason"),
    [(date(2026, 11, 22), Reason.FUTURE_DAY), (date(2026, 3, 31), Reason.NO_SERIES)],
)
def test_a_day_that_will_not_do(book: Book, day: date, reason: Reason) -> None:
    assert refused(book, replace(book.draft(SOAP=1), day=day)) == {reason}


def test_goods_that_came_later_cannot_be_sold_on_an_earlier_day(book: Book) -> None:
    """Ten of the fifty came on the 21st: on the 20th there were only forty to sell."""
    book.write(_receive_oil)
    earlier = book.draft(day=date(2026, 11, 20), OIL=45)
    assert refused(book, earlier) == {Reason.SHORT_LATER}


def test_no_statement_more_for_more_lines(book: Book) -> None:
    """What a save costs may not grow with the bill: the statements are counted."""
    counts = []
    for rows in (1, 3):
        codes = list(book.items)[:rows]
        draft = drafted(book, codes)
        counts.append(_statements(book, draft))
    assert counts[0] == counts[1]
    assert counts[0] <= 34


def drafted(book: Book, codes: list[str]) -> Draft:
    asks = tuple(Ask(book.items[code], 1) for code in codes)
    return replace(book.draft(SOAP=1), asks=asks)


def _statements(book: Book, draft: Draft) -> int:
    driver, count = book.database.driver, [0]
    execute, many = driver.execute, driver.many
    driver.execute = lambda *a: (count.__setitem__(0, count[0] + 1), execute(*a))[1]  # type: ignore[method-assign]
    driver.many = lambda *a: (count.__setitem__(0, count[0] + 1), many(*a))[1]  # type: ignore[method-assign]
    book.write(billing.post_draft, draft)
    del driver.execute, driver.many
    return count[0]


@needs(Power.OPENING)
def _receive_oil(tx: Tx) -> None:
    item, lot = tx.row("SELECT item_id, id FROM lot WHERE batch = 'O1'") or (0, 0)
    line = OpeningLot(
        item, lot, "OIL", "Hair oil", "33059011", "PCS", "O1", date(2028, 2, 29), Money(9900), 10,
        Money(63000),
    )  # fmt: skip
    posting.post(tx, Opening(Head(uuid4(), TODAY, 1), (line,)))
