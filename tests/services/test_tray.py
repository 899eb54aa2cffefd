"""The order tray: held, dropped, reserved and shared, and nothing is promised twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from dms_desktop.domain.draft import Draft
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.domain.shortage import Sharing
from dms_desktop.services import (
    billing,
    cancelling,
    catalogue,
    fulfilment,
    reserving,
    sharing,
    tray,
)
from dms_desktop.services.posting import Posted
from dms_desktop.services.verifying import verify
from tests.books import TODAY, Book


def order(book: Book, party: str = "SHARMA", *, reserve: bool = False, **goods: int) -> Posted:
    draft = replace(book.drafted(goods, party), kind=Kind.ORDER, reserve=reserve)
    saved: billing.Saved = book.write(billing.post_draft, draft)
    return saved.posted


def refused(book: Book, action: Any, *args: Any, **kwargs: Any) -> Problem:
    with pytest.raises(Refused) as caught:
        book.write(action, *args, **kwargs)
    problem: Problem = caught.value.problems[0]
    return problem


def drawn(book: Book, source: Posted, **goods: int) -> Draft:
    draft: Draft = book.read(fulfilment.draft_of, source.id, new=uuid4(), day=TODAY)
    return draft


def numbers(book: Book) -> list[str]:
    return [each.number for each in book.read(tray.tray)]


def test_a_held_order_is_not_billed_until_it_is_released(either: Book) -> None:
    first, second = order(either, SOAP=10), order(either, "LAXMI", TEA=6)
    assert refused(either, tray.hold, first.id, " ").reason is Reason.MISSING
    either.write(tray.hold, first.id, "cheque returned")
    held = either.read(tray.tray)[0]
    assert (held.number, held.held, held.reason, held.left) == (
        first.number, True, "cheque returned", 10,
    )  # fmt: skip
    problem = refused(either, billing.post_draft, drawn(either, first))
    assert (problem.reason, problem.facts["why"]) == (Reason.ON_HOLD, "cheque returned")
    either.write(tray.release, first.id)
    either.write(billing.post_draft, drawn(either, first))
    assert numbers(either) == [second.number]
    assert refused(either, tray.hold, first.id, "late").reason is Reason.ALREADY_BILLED
    assert either.read(verify).findings == ()


def test_priority_comes_before_the_day(either: Book) -> None:
    first, second = order(either, SOAP=1), order(either, SOAP=1)
    either.write(tray.prioritise, second.id, 5)
    assert numbers(either) == [second.number, first.number]


def test_the_rest_of_an_order_is_dropped_and_the_books_agree(either: Book) -> None:
    made = order(either, SOAP=30, TEA=6, reserve=True)
    draft = drawn(either, made)
    part = either.write(billing.post_draft, replace(draft, asks=(replace(draft.asks[0], qty=18),)))
    assert either.write(tray.drop, made.id, "shop wants no more") == 18
    assert numbers(either) == []
    assert either.value("SELECT count(*) FROM reservation") == 0
    assert either.read(verify).findings == ()
    either.write(cancelling.cancel, part.posted.id, by=uuid4(), why="wrong")
    assert [each.left for each in either.read(tray.tray)] == [18]
    assert either.read(verify).findings == ()
    challan = replace(either.draft(SOAP=1), kind=Kind.CHALLAN, note="on approval")
    sent = either.write(billing.post_draft, challan).posted
    assert refused(either, tray.drop, sent.id, "x").reason is Reason.UNKNOWN_DOCUMENT


def test_what_is_reserved_only_its_own_order_may_bill(either: Book) -> None:
    """Forty bottles: thirty are kept, so ten are left for others, and the earliest stay."""
    made = order(either, OIL=30, reserve=True)
    problem = refused(either, billing.post_draft, either.draft("LAXMI", OIL=11))
    assert (problem.reason, problem.facts["have"]) == (Reason.SHORT_STOCK, 10)
    either.write(billing.post_draft, either.draft("LAXMI", OIL=10))
    draft = drawn(either, made)
    either.write(billing.post_draft, replace(draft, asks=(replace(draft.asks[0], qty=20),)))
    assert either.value("SELECT qty FROM reservation") == 10
    assert refused(either, billing.post_draft, either.draft(OIL=1)).reason is Reason.SHORT_STOCK
    assert either.write(reserving.unreserve, made.id) == 10
    either.write(billing.post_draft, either.draft(OIL=10))


def test_the_earliest_lots_stay_for_whoever_reserved_them(either: Book) -> None:
    made = order(either, SOAP=100, reserve=True)
    shelf = either.read(
        catalogue.items, [either.items["SOAP"]], party_id=0, day=TODAY, place_id=1
    )[either.items["SOAP"]].lots  # fmt: skip
    assert {lot.batch: lot.on_hand for lot in shelf} == {"S1": 0, "S2": 500}
    either.write(billing.post_draft, either.draft("LAXMI", SOAP=50))
    either.write(billing.post_draft, drawn(either, made))
    assert either.stock("SOAP") == {"S1": 0, "S2": 450}


def test_no_more_is_reserved_than_is_there(either: Book) -> None:
    first, second = order(either, OIL=30), order(either, OIL=30)
    assert [each.kept for each in either.write(reserving.reserve, first.id)] == [30]
    (done,) = either.write(reserving.reserve, second.id)
    assert (done.wanted, done.kept, done.short) == (30, 10, 20)
    assert [each.reserved for each in either.read(tray.tray)] == [30, 10]
    either.write(cancelling.cancel, first.id, by=uuid4(), why="wrong shop")
    (done,) = either.write(reserving.reserve, second.id)
    assert done.kept == 30


def test_what_is_short_is_shown_then_shared(either: Book) -> None:
    """Forty bottles for orders of 30, 20 and 10; a held one takes no part."""
    made = [order(either, party, OIL=qty) for party, qty in
            (("SHARMA", 30), ("LAXMI", 20), ("PATEL", 10), ("SHARMA", 99))]  # fmt: skip
    either.write(tray.hold, made[3].id, "wait")
    oil = either.items["OIL"]
    shown = either.read(sharing.plan, oil, 1, Sharing.OLDEST_FIRST)
    assert (shown.have, [part.given for part in shown.parts]) == (40, [30, 10, 0])
    shown = either.read(sharing.plan, oil, 1, Sharing.PROPORTIONAL)
    assert ([part.given for part in shown.parts], shown.short) == ([20, 13, 7], 20)
    either.write(sharing.apply, shown)
    assert either.rows("SELECT qty FROM reservation ORDER BY line_id") == [(20,), (13,), (7,)]
    assert either.read(sharing.plan, oil, 1, Sharing.PROPORTIONAL) == shown
    draft = drawn(either, made[1])
    assert refused(either, billing.post_draft, draft).facts["have"] == 13
    either.write(billing.post_draft, replace(draft, asks=(replace(draft.asks[0], qty=13),)))
    assert refused(either, sharing.apply, shown).reason is Reason.STALE
