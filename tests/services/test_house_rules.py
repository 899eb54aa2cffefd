"""What the house chose about losses and shortages holds wherever goods are priced or shared."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import rate, rupees
from dms_desktop.domain.powers import Actor, Power
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.domain.shortage import Sharing
from dms_desktop.services import approvals, billing, fulfilment, options, people, sharing
from tests.books import OWNER_PIN, PEPPER, TODAY, Book


def choose(book: Book, code: str, value: str) -> None:
    version = next(each.version for each in book.read(options.options) if each.code == code)
    book.write(options.choose, code, value, version)


def cheap(book: Book) -> Draft:
    """Soaps for a paisa each."""
    return replace(book.draft(), asks=(Ask(book.items["SOAP"], 10, rate=rate("0.01")),))


def clerk(book: Book) -> Actor:
    book.write(people.add_user, "asha", "Asha", "clerk", "486257", PEPPER)
    who: Actor | None = book.write(people.log_in, "asha", "486257", PEPPER, "")
    assert who is not None
    return who


def refused(book: Book, draft: Draft, actor: Actor | None = None) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as caught:
        book.write(billing.post_draft, draft, actor=actor)
    return caught.value.problems


def test_a_loss_is_said_unless_the_house_wants_nothing_said(either: Book) -> None:
    draft = cheap(either)
    said = either.read(billing.preview, draft)
    assert (said.problems, [each.reason for each in said.warnings]) == ((), [Reason.BELOW_COST])
    choose(either, "loss_warning", "off")
    said = either.read(billing.preview, draft)
    assert (said.problems, said.warnings) == ((), ())
    assert either.write(billing.post_draft, draft).warnings == ()


def test_where_the_house_asks_a_loss_needs_the_power_and_is_written_down(either: Book) -> None:
    choose(either, "loss_warning", "ask")
    draft, asha = cheap(either), clerk(either)
    assert [each.reason for each in refused(either, draft)] == [Reason.BELOW_COST]
    bold = replace(draft, allowed=frozenset({Reason.BELOW_COST}))
    (no,) = refused(either, bold, asha)
    assert (no.reason, no.facts["power"]) == (Reason.NOT_ALLOWED, Power.BELOW_COST.value)
    either.write(
        approvals.approve, "owner", OWNER_PIN, PEPPER, draft=draft.id,
        reasons=frozenset({Reason.BELOW_COST}), ceiling=rupees("100"), actor=asha,
    )  # fmt: skip
    assert either.write(billing.post_draft, bold, actor=asha).posted.number
    overrides = either.rows("SELECT after FROM audit WHERE action = 'override'")
    assert ["below_cost" in after for (after,) in overrides] == [True]


def test_goods_of_a_challan_were_asked_about_when_they_went(either: Book) -> None:
    sent = replace(cheap(either), kind=Kind.CHALLAN, note="on approval")
    source = either.write(billing.post_draft, sent).posted.id
    choose(either, "loss_warning", "ask")
    draft = either.read(fulfilment.draft_of, source, new=uuid4(), day=TODAY)
    assert either.write(billing.post_draft, draft).posted.number


def test_a_shortage_is_shared_as_the_house_shares_unless_told_otherwise(either: Book) -> None:
    oil = either.items["OIL"]
    for party, qty in (("SHARMA", 30), ("LAXMI", 20), ("PATEL", 10)):
        order = replace(either.draft(party, OIL=qty), kind=Kind.ORDER)
        either.write(billing.post_draft, order)
    assert [part.given for part in either.read(sharing.plan, oil, 1).parts] == [30, 10, 0]
    choose(either, "shortage_sharing", "proportional")
    shown = either.read(sharing.plan, oil, 1)
    assert (shown.mode, [part.given for part in shown.parts]) == (
        Sharing.PROPORTIONAL, [20, 13, 7],
    )  # fmt: skip
    assert either.write(sharing.apply, shown) == shown
    oldest = either.read(sharing.plan, oil, 1, Sharing.OLDEST_FIRST)
    assert [part.given for part in oldest.parts] == [30, 10, 0]


@pytest.mark.parametrize("code", ["loss_warning", "shortage_sharing"])
def test_a_word_that_is_no_choice_is_refused(either: Book, code: str) -> None:
    with pytest.raises(Refused) as caught:
        choose(either, code, "sometimes")
    assert caught.value.problems[0].reason is Reason.BAD_ENTRY
