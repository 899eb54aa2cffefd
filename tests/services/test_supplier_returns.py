"""Goods go back to the brand by both roads, never more than lie there, each leg to the paisa."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from dms_desktop.domain.money import Rate, rupees
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.domain.supplier_credit import ClaimKind
from dms_desktop.services import cancelling
from dms_desktop.services.supplier_claims import ClaimState
from dms_desktop.services.supplier_returns import judge_return, post_return
from tests.books import TODAY, Book
from tests.services.buying import ask, draft, legs, post, proved, supplier
from tests.services.sending_back import back, claimed, owed, send, sending


def refused(done: Any) -> list[Reason]:
    with pytest.raises(Refused) as caught:
        done()
    return [problem.reason for problem in caught.value.problems]


@pytest.fixture
def bought(either: Book) -> Book:
    """100 soaps at 20.00, eight of them damaged; 10 teas of which one is short."""
    supplier(either)
    soap = ask(either, "SOAP", 100, damaged=8)
    tea = ask(either, "TEA", 10, "95.00", received=9)
    post(either, draft(either, soap, tea))
    return either


def test_a_debit_note_sends_goods_at_cost_and_awaits_his_note(bought: Book) -> None:
    sent = send(bought, back(bought, "SOAP", 10))
    assert sent.number == "SR/26-27/00001"
    assert str(sent.total) == "236.00"
    assert legs(bought, sent.id) == {"sent_back": "200.00", "stock": "-200.00"}
    assert bought.stock("SOAP")["N1"] == 82
    (claim,) = claimed(bought, ClaimKind.RETURNED)
    assert (claim.qty, str(claim.amount), claim.state) == (10, "200.00", ClaimState.OPEN)
    proved(bought)


def test_our_own_invoice_bears_output_tax_and_is_taken_off_what_we_owe(bought: Book) -> None:
    before = owed(bought)
    sent = send(bought, back(bought, "SOAP", 8, "non_saleable"), invoice=True)
    assert sent.number == "RI/26-27/00001"
    assert legs(bought, sent.id) == {
        "creditors": "189.00",
        "output_cgst": "-14.40",
        "output_sgst": "-14.40",
        "round_off": "-0.20",
        "stock": "-160.00",
    }
    assert str(rupees(before) - rupees(owed(bought))) == "189.00"
    assert claimed(bought, ClaimKind.DAMAGED) == []
    proved(bought)


def test_another_rate_than_the_cost_is_a_difference_of_rates(bought: Book) -> None:
    sent = send(bought, back(bought, "SOAP", 10, rate=Rate(rupees("22"))), invoice=True)
    assert legs(bought, sent.id)["stock_differences"] == "-20.00"
    proved(bought)


def test_never_more_goes_than_lies_there_or_than_came(bought: Book) -> None:
    beyond = sending(bought, back(bought, "SOAP", 9, "non_saleable"))
    assert refused(lambda: bought.write(post_return, beyond)) == [Reason.SHORT_STOCK]
    line = bought.value("SELECT max(line_id) FROM bought")
    twice = sending(
        bought,
        back(bought, "TEA", 6, receipt_line=line),
        back(bought, "TEA", 4, receipt_line=line),
    )
    assert refused(lambda: bought.write(post_return, twice)) == [Reason.SHORT_STOCK]
    foreign = replace(twice, asks=(back(bought, "SOAP", 1, receipt_line=line),))
    assert refused(lambda: bought.write(post_return, foreign)) == [Reason.MORE_THAN_RECEIVED]
    proved(bought)


def test_what_is_wrong_is_said_all_at_once(bought: Book) -> None:
    """No reason, no such lot, nothing of it, and a party that sells us nothing."""
    draft_ = sending(bought, back(bought, "SOAP", 0), reason=" ")
    wrong = replace(draft_, asks=(*draft_.asks, replace(draft_.asks[0], lot_id=999999)))
    told = [each.reason for each in bought.read(judge_return, wrong).problems]
    assert told == [Reason.MISSING, Reason.BAD_QUANTITY, Reason.UNKNOWN_BATCH]
    shop = replace(draft_, party_id=bought.parties["SHARMA"])
    assert refused(lambda: bought.read(judge_return, shop)) == [Reason.NOT_A_SUPPLIER]
    empty = sending(bought)
    assert [each.reason for each in bought.read(judge_return, empty).problems] == [Reason.NO_LINES]


def test_the_same_return_is_posted_once(bought: Book) -> None:
    made = sending(bought, back(bought, "SOAP", 3))
    first, again = bought.write(post_return, made), bought.write(post_return, made)
    assert first == again
    other = replace(made, reason="EXPIRED")
    assert refused(lambda: bought.write(post_return, other)) == [Reason.OTHER_CONTENT]


def test_a_cancelled_return_is_as_if_it_had_never_been(bought: Book) -> None:
    before = (bought.stock("SOAP"), owed(bought), len(claimed(bought)))
    for invoice in (False, True):
        sent = send(
            bought, back(bought, "SOAP", 5), back(bought, "SOAP", 3, "non_saleable"),
            invoice=invoice,
        )  # fmt: skip
        bought.write(cancelling.cancel, sent.id, by=uuid4(), why="wrong goods")
        assert (bought.stock("SOAP"), owed(bought), len(claimed(bought))) == before
        proved(bought)


def test_held_excess_goes_back_without_stock_or_ledger(either: Book) -> None:
    supplier(either)
    receipt = post(either, draft(either, ask(either, "SOAP", 100, excess=6)))
    line = either.value("SELECT line_id FROM excess_held")
    excess = replace(back(either, "SOAP", 4), held=line)
    sent = send(either, excess)
    assert legs(either, sent.id) == {}
    assert either.value("SELECT rest FROM excess_held") == 2
    assert either.stock("SOAP")["N1"] == 100
    too_many = sending(either, replace(excess, qty=3))
    assert refused(lambda: either.write(post_return, too_many)) == [Reason.NOT_HELD]
    proved(either)
    either.write(cancelling.cancel, sent.id, by=uuid4(), why="kept after all")
    assert either.value("SELECT rest FROM excess_held") == 6
    proved(either)
    cancel: dict[str, Any] = {"by": uuid4(), "why": "wrong invoice"}
    assert refused(lambda: either.write(cancelling.cancel, receipt.posted.id, **cancel)) == [
        Reason.HANGS_ON_IT
    ]


def test_a_receipt_whose_goods_went_back_stands(bought: Book) -> None:
    send(bought, back(bought, "SOAP", 1))
    uid = bought.value("SELECT uid FROM document WHERE kind = 'goods_receipt'")
    cancel: dict[str, Any] = {"by": uuid4(), "why": "wrong invoice"}
    assert refused(lambda: bought.write(cancelling.cancel, UUID(bytes=bytes(uid)), **cancel)) == [
        Reason.HANGS_ON_IT
    ]


def test_goods_that_came_by_no_receipt_go_back_at_what_they_stand_at(bought: Book) -> None:
    sent = send(bought, back(bought, "SOAP", 10, batch="S1"))
    cost = bought.value(
        "SELECT sum(cost) FROM stock_move JOIN document ON document.id = document_id"
        " WHERE kind = 'supplier_return'"
    )
    assert bought.value("SELECT taxable FROM document WHERE kind = 'supplier_return'") == cost
    assert sent.total.paise % 100 == 0
    assert TODAY.isoformat() == bought.value(
        "SELECT day FROM document WHERE kind = 'supplier_return'"
    )
    proved(bought)
