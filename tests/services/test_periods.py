"""Which days still take a document: the day lock, the filed month, the locked year, the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from dms_desktop.domain.documents import Entry, Head, Journal
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import rupees
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.services import billing, journals
from dms_desktop.store.session import Tx
from tests.books import TODAY, Book

YESTERDAY = TODAY - timedelta(days=1)
TAX_DOCUMENTS = {Kind.BILL}


@needs(Power.SETTINGS)
def _set(tx: Tx, **until: str) -> None:
    for name, day in until.items():
        tx.run(f"UPDATE period SET {name} = :day", day=day)


def post(book: Book, kind: Kind, day: date = TODAY) -> None:
    if kind is Kind.JOURNAL:
        legs = (Entry("bank", rupees("5")), Entry("capital", -rupees("5")))
        book.write(journals.post_journal, Journal(Head(uuid4(), day), legs))
    else:
        draft = replace(book.draft(day=day, SALT=1), kind=kind, note="on approval")
        book.write(billing.post_draft, draft)


def refused(book: Book, kind: Kind, day: date) -> Problem:
    with pytest.raises(Refused) as caught:
        post(book, kind, day)
    (problem,) = caught.value.problems
    return problem


KINDS = [Kind.BILL, Kind.CHALLAN, Kind.ORDER, Kind.ESTIMATE, Kind.JOURNAL]


@pytest.mark.parametrize("kind", KINDS)
def test_a_closed_day_takes_nothing(either: Book, kind: Kind) -> None:
    either.write(_set, closed_until=YESTERDAY.isoformat())
    problem = refused(either, kind, YESTERDAY)
    assert (problem.reason, problem.facts["until"]) == (Reason.PERIOD_LOCKED, YESTERDAY)
    post(either, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_filed_month_takes_no_tax_document(copied: Book, kind: Kind) -> None:
    """Product rule 43: it blocks tax documents, not receipts."""
    copied.write(_set, filed_until="2026-11-30")
    if kind in TAX_DOCUMENTS:
        assert refused(copied, kind, TODAY).reason is Reason.GST_FILED
    else:
        post(copied, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_locked_year_takes_nothing(copied: Book, kind: Kind) -> None:
    copied.clock.now = datetime(2027, 4, 2, 6, tzinfo=UTC)
    copied.write(_set, locked_until="2027-03-31")
    assert refused(copied, kind, date(2027, 3, 31)).reason is Reason.YEAR_LOCKED
    post(copied, kind, date(2027, 4, 2))


@pytest.mark.parametrize("kind", KINDS)
def test_a_day_that_has_not_come(copied: Book, kind: Kind) -> None:
    assert refused(copied, kind, TODAY + timedelta(days=1)).reason is Reason.FUTURE_DAY


def test_the_day_is_the_shop_s_own_and_not_greenwich_s(copied: Book) -> None:
    """At 00:30 in Pune it is still yesterday in UTC: the bill bears the day on the wall."""
    copied.clock.now = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)
    post(copied, Kind.BILL, date(2026, 11, 22))
    copied.clock.now = datetime(2026, 11, 22, 18, 29, 59, tzinfo=UTC)
    assert refused(copied, Kind.BILL, date(2026, 11, 23)).reason is Reason.FUTURE_DAY


def test_the_strongest_lock_speaks_first(copied: Book) -> None:
    everything: dict[str, Any] = dict.fromkeys(("closed_until", "filed_until"), "2026-11-30")
    copied.write(_set, **everything, locked_until="2026-11-30")
    assert refused(copied, Kind.BILL, TODAY).reason is Reason.YEAR_LOCKED
    copied.write(_set, locked_until="")
    assert refused(copied, Kind.BILL, TODAY).reason is Reason.PERIOD_LOCKED


def test_a_lock_that_closes_while_a_bill_is_written_is_seen(either: Book) -> None:
    """The lock is read inside the transaction that posts, not before it."""
    draft = either.draft(SALT=1)

    @needs(Power.BILL)
    def close_and_post(tx: Tx) -> None:
        tx.run("UPDATE period SET closed_until = :day", day=TODAY.isoformat())
        billing.post_draft(tx, draft)

    with pytest.raises(Refused):
        either.write(close_and_post)
    assert either.value("SELECT closed_until FROM period") == ""
