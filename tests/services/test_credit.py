"""Credit: what counts against the limit, who is stopped, and whose word lets a bill go out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.credit import Account, Exposure, Rules, judge
from dms_desktop.domain.draft import Draft
from dms_desktop.domain.goods_line import Kind, Mode, Payment, Terms
from dms_desktop.domain.money import Money, rupees
from dms_desktop.domain.powers import Actor, Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.domain.verdict import Level
from dms_desktop.services import approvals, billing, credit, fulfilment, options
from dms_desktop.store.session import Tx
from tests.books import OWNER_PIN, PEPPER, TODAY, Book

CREDIT = {Reason.CREDIT_LIMIT, Reason.CREDIT_OVERDUE, Reason.CREDIT_STOPPED}


@needs(Power.MASTERS)
def _terms(tx: Tx, limit: int | None) -> None:
    tx.run("UPDATE party SET credit_limit = :limit WHERE code = 'SHARMA'", limit=limit)


@needs(Power.MASTERS)
def _principal(tx: Tx, limit: int | None, days: int | None, stopped: int) -> None:
    tx.run(
        "INSERT INTO party_principal (party_id, principal_id, credit_limit, credit_days, stopped)"
        " SELECT id, 1, :limit, :days, :stopped FROM party WHERE code = 'SHARMA'",
        limit=limit, days=days, stopped=stopped,
    )  # fmt: skip


def refused(book: Book, draft: Draft, **who: Any) -> Problem:
    with pytest.raises(Refused) as caught:
        book.write(billing.post_draft, draft, **who)
    (problem,) = caught.value.problems
    return problem


def post(book: Book, draft: Draft, **who: Any) -> billing.Saved:
    saved: billing.Saved = book.write(billing.post_draft, draft, **who)
    return saved


def test_no_limit_asks_nothing_and_nil_means_cash_only(book: Book) -> None:
    assert not post(book, book.draft(SOAP=100)).warnings
    book.write(_terms, 0)
    problem = refused(book, book.draft("SHARMA", SALT=1))
    assert problem.reason is Reason.CREDIT_LIMIT
    assert post(book, replace(book.draft(SALT=1), terms=Terms.CASH)).receipt


def test_orders_and_challans_count_and_what_is_billed_of_them_counts_once(either: Book) -> None:
    """A limit of 1,000: an order of 354, a challan of 354, then a bill of 240 fits, 300 not."""
    either.write(_terms, 100000)
    order = post(either, replace(either.draft(SOAP=10), kind=Kind.ORDER)).posted
    sent = replace(either.draft(SOAP=10), kind=Kind.CHALLAN, note="on approval")
    challan = post(either, sent).posted
    problem = refused(either, either.draft(SALT=20))
    assert problem.facts["exposure"] == rupees("1108")
    assert problem.facts["over"] == rupees("108")
    assert post(either, either.draft(SALT=12)).posted.total == rupees("240")
    for source in (order, challan):
        draft = either.read(fulfilment.draft_of, source.id, new=uuid4(), day=TODAY)
        post(either, draft)
    standing = either.read(credit.standing, either.parties["SHARMA"])
    assert standing.accounts[0].exposure == Exposure(balance=rupees("948"))
    assert standing.level is Level.OK


def test_a_small_excess_only_warns_and_an_order_always_only_warns(book: Book) -> None:
    book.write(_terms, 30000)
    warned = post(book, book.draft(SOAP=10)).warnings  # 354.00: 54.00 over
    assert [(each.reason, each.facts["over"]) for each in warned] == [
        (Reason.CREDIT_LIMIT, rupees("54"))
    ]
    order = post(book, replace(book.draft(SOAP=100), kind=Kind.ORDER))
    assert [each.reason for each in order.warnings] == [Reason.CREDIT_LIMIT]
    part = (Payment(Mode.CASH, rupees("354")),)
    refused(book, book.draft(SOAP=10))
    assert refused(book, replace(book.draft(SOAP=10), payments=part)).reason is Reason.CREDIT_LIMIT


def test_late_payers_are_stopped_where_the_owner_says_so(either: Book) -> None:
    old = TODAY - timedelta(days=19)  # 21 days of credit: due in two days
    post(either, replace(either.draft(SOAP=10), day=old))
    either.clock.now += timedelta(days=12)
    today = TODAY + timedelta(days=12)
    warned = post(either, replace(either.draft(SALT=1), day=today)).warnings
    assert [(each.reason, each.facts["days"]) for each in warned] == [(Reason.CREDIT_OVERDUE, 10)]
    either.write(options.choose, "credit_stop_days", "10", 0)
    post(either, replace(either.draft(SALT=1), day=today))
    either.clock.now += timedelta(days=1)
    problem = refused(either, replace(either.draft(SALT=1), day=today + timedelta(days=1)))
    assert problem.reason is Reason.CREDIT_OVERDUE
    assert (problem.facts["overdue"], problem.facts["bill"]) == (rupees("354"), "B/26-27/00001")
    either.write(options.choose, "credit_tolerance", "354", 0)
    post(either, replace(either.draft(SALT=1), day=today + timedelta(days=1)))


def test_a_principal_may_have_a_limit_days_and_a_stop_of_its_own(either: Book) -> None:
    either.write(_principal, 50000, 5, 0)
    post(either, either.draft(SOAP=10))
    problem = refused(either, either.draft(SOAP=10))
    assert (problem.reason, problem.facts["principal"]) == (Reason.CREDIT_LIMIT, "Brand")
    either.clock.now += timedelta(days=7)
    standing = either.read(credit.standing, either.parties["SHARMA"])
    own = standing.accounts[1]
    assert own.exposure.balance == rupees("354")
    assert own.overdue_days(TODAY + timedelta(days=7)) == 2
    late = standing.accounts[0].late
    assert late is not None
    assert late.oldest.due == TODAY + timedelta(days=5)  # the bill's day, for every account


@needs(Power.MASTERS)
def _two_principals(tx: Tx, soap: int, brand: int | None, other: int | None) -> None:
    """Soap is of another principal than the rest; so many days for each of the two."""
    uid = uuid4().bytes
    tx.run("INSERT INTO principal (uid, code, name) VALUES (:u, 'OTHER', 'Other')", u=uid)
    tx.run(
        "UPDATE item SET principal_id = (SELECT max(id) FROM principal) WHERE id = :soap", soap=soap
    )
    for code, days in (("BRAND", brand), ("OTHER", other)):
        tx.run(
            "INSERT INTO party_principal (party_id, principal_id, credit_days)"
            " SELECT party.id, principal.id, :days FROM party, principal"
            " WHERE party.code = 'SHARMA' AND principal.code = :code",
            days=days, code=code,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("brand", "other", "goods", "days"),
    [
        (10, 30, {"SOAP": 1}, 30),
        (10, 30, {"SALT": 1}, 10),
        (10, 30, {"SOAP": 1, "SALT": 1}, 10),
        (None, 30, {"SOAP": 1, "SALT": 1}, 30),
        (None, None, {"SOAP": 1, "SALT": 1}, 21),
        (0, 30, {"SOAP": 1, "SALT": 1}, 0),
    ],
)
def test_a_bill_falls_due_by_the_days_of_its_principals(
    book: Book, brand: int | None, other: int | None, goods: dict[str, int], days: int
) -> None:
    book.write(_two_principals, book.items["SOAP"], brand, other)
    bill = post(book, book.drafted(goods)).posted
    due = (TODAY + timedelta(days=days)).isoformat()
    sql = "SELECT {} FROM document LEFT JOIN open_item ON document_id = id WHERE uid = :u"
    assert book.rows(sql.format("document.due_day, open_item.due_day"), u=bill.id.bytes) == [
        (due, due)
    ]
    later = TODAY + timedelta(days=days + 3)
    book.clock.now += timedelta(days=days + 3)
    standing = book.read(credit.standing, book.parties["SHARMA"])
    for account in standing.accounts:
        assert account.overdue_days(later) in (0, 3)
    assert standing.accounts[0].overdue_days(later) == 3


def test_a_stopped_principal_sells_for_cash_only(book: Book) -> None:
    book.write(_principal, None, None, 1)
    assert refused(book, book.draft(SALT=1)).reason is Reason.CREDIT_STOPPED
    post(book, replace(book.draft(SALT=1), terms=Terms.CASH))
    post(book, book.draft("PATEL", SALT=1))


def clerk(book: Book) -> Actor:
    return replace(book.owner, code="clerk", powers=frozenset({Power.LOOK, Power.BILL}))


def test_the_owner_may_say_yes_himself_and_it_is_kept(book: Book) -> None:
    book.write(_terms, 0)
    draft = book.draft(SALT=1)
    refused(book, draft)
    allowed = replace(draft, allowed=frozenset({Reason.CREDIT_LIMIT}))
    post(book, allowed)
    assert book.value("SELECT count(*) FROM audit WHERE action = 'override'") == 1
    again = replace(allowed, id=uuid4())
    with pytest.raises(Refused) as caught:
        book.write(billing.post_draft, again, actor=clerk(book))
    reasons = {problem.reason for problem in caught.value.problems}
    assert reasons == {Reason.NOT_ALLOWED, Reason.CREDIT_LIMIT}


def test_by_his_pin_at_the_clerk_s_counter_for_one_draft_up_to_an_amount(either: Book) -> None:
    either.write(_terms, 0)
    who, draft = clerk(either), either.draft(SALT=10)
    said = {"draft": draft.id, "reasons": frozenset({Reason.CREDIT_LIMIT})}

    def approve(pin: str, ceiling: str) -> bool:
        yes: bool = either.write(
            approvals.approve, "owner", pin, PEPPER, **said, ceiling=rupees(ceiling), actor=who
        )
        return yes

    assert not approve("000000", "500")
    assert either.value("SELECT failed FROM user_account WHERE code = 'owner'") == 1
    assert refused(either, draft, actor=who).reason is Reason.CREDIT_LIMIT
    assert approve(OWNER_PIN, "199.99")
    assert refused(either, draft, actor=who).reason is Reason.CREDIT_LIMIT
    assert approve(OWNER_PIN, "200")
    more = draft.with_ask(0, replace(draft.asks[0], qty=11))
    assert refused(either, more, actor=who).reason is Reason.CREDIT_LIMIT
    assert post(either, draft, actor=who).posted.total == rupees("200")
    assert refused(either, replace(draft, id=uuid4()), actor=who).reason is Reason.CREDIT_LIMIT
    rows = either.rows(
        "SELECT action, code FROM audit JOIN user_account ON user_account.id = user_id"
        " WHERE action IN ('approve', 'wrong pin') ORDER BY audit.id"
    )
    assert [action for action, _ in rows] == ["wrong pin", "approve", "approve"]


def test_nobody_approves_beyond_his_own_powers(book: Book) -> None:
    book.write(_add_clerk)
    said: dict[str, Any] = {
        "draft": uuid4(),
        "reasons": frozenset({Reason.CREDIT_LIMIT}),
        "ceiling": Money(1),
    }
    with pytest.raises(Refused) as caught:
        book.write(approvals.approve, "ravi", "135790", PEPPER, **said)
    assert caught.value.problems[0].reason is Reason.NOT_ALLOWED
    said |= {"reasons": frozenset({Reason.GST_FILED})}
    with pytest.raises(Refused) as caught:
        book.write(approvals.approve, "owner", OWNER_PIN, PEPPER, **said)
    assert caught.value.problems[0].reason is Reason.BAD_ENTRY


@needs(Power.PEOPLE)
def _add_clerk(tx: Tx) -> None:
    from dms_desktop.services import people

    people.add_user(tx, "ravi", "Ravi", "clerk", "135790", PEPPER)


@pytest.mark.parametrize(
    ("code", "value"), [("credit_tolerance", "-1"), ("credit_stop_days", "x"), ("nothing", "1")]
)
def test_an_option_that_will_not_do_is_refused(book: Book, code: str, value: str) -> None:
    with pytest.raises(Refused) as caught:
        book.write(options.choose, code, value, 0)
    assert caught.value.problems[0].reason is Reason.BAD_ENTRY


def test_an_option_is_not_changed_over_somebody_else_s_change(book: Book) -> None:
    book.write(options.choose, "credit_tolerance", "50", 0)
    with pytest.raises(Refused) as caught:
        book.write(options.choose, "credit_tolerance", "60", 0)
    assert caught.value.problems[0].reason is Reason.STALE
    book.write(options.choose, "credit_tolerance", "60", 1)
    chosen = {each.code: each.value for each in book.read(options.options)}
    assert chosen["credit_tolerance"] == "60"


AMOUNTS = st.integers(-(10**9), 10**9).map(Money)


@given(
    parts=st.tuples(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS),
    limit=st.none() | st.integers(0, 10**9).map(Money),
    tolerance=st.integers(0, 10**6).map(Money),
)
def test_exposure_is_never_negative_and_more_of_it_never_helps(
    parts: tuple[Money, ...], limit: Money | None, tolerance: Money
) -> None:
    rules = Rules(tolerance)
    account = Account(Exposure(*parts), limit)
    assert account.exposure.total >= Money()
    verdict = judge((account,), rules, TODAY)
    if limit is None or account.exposure.total <= limit:
        assert verdict.level is Level.OK
    more = Account(replace(account.exposure, draft=parts[4] + Money(1)), limit)
    levels = list(Level)
    assert levels.index(judge((more,), rules, TODAY).level) >= levels.index(verdict.level)
