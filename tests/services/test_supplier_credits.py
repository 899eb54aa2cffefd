"""The brand's credit note settles claims and reverses credit as it prints; no lot is re-costed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from dms_desktop.domain.money import rupees
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.domain.supplier_credit import Against, ClaimKind
from dms_desktop.services import cancelling
from dms_desktop.services.supplier_claims import Claim, ClaimState, tell
from dms_desktop.services.supplier_credits import post_credit
from tests.books import Book
from tests.services.buying import ask, draft, legs, post, proved, supplier
from tests.services.sending_back import answer, back, claimed, credit, note, owed, printed, send


def refused(done: Any) -> list[Reason]:
    with pytest.raises(Refused) as caught:
        done()
    return [problem.reason for problem in caught.value.problems]


@pytest.fixture
def bought(either: Book) -> Book:
    """100 soaps at 20.00, ten of them short and eight damaged: 236.00 are claimed as short."""
    supplier(either)
    post(either, draft(either, ask(either, "SOAP", 100, received=90, damaged=8)))
    return either


def one(book: Book, what: ClaimKind, *, every: bool = False) -> Claim:
    (claim,) = claimed(book, what, every=every)
    return claim


def test_his_note_for_the_short_pieces_clears_the_claim_and_reverses_nothing(bought: Book) -> None:
    """No credit was taken on what never came (section 16(2)(b)): value and tax are the claim."""
    short = one(bought, ClaimKind.SHORT)
    assert (str(short.amount), short.state) == ("236.00", ClaimState.OPEN)
    posted = credit(bought, note(bought, Against.SHORT, printed("200"), answers=(answer(short),)))
    assert posted.number == "SC/26-27/00001"
    assert legs(bought, posted.id) == {"claims_receivable": "-236.00", "creditors": "236.00"}
    assert owed(bought) == "2124.00"
    assert one(bought, ClaimKind.SHORT, every=True).state is ClaimState.SETTLED
    assert bought.rows("SELECT paise, open_paise FROM open_item") == [(-236000, -212400)]
    proved(bought)


def test_a_return_is_settled_in_parts_and_the_rest_refused(bought: Book) -> None:
    send(bought, back(bought, "SOAP", 10))
    claim = one(bought, ClaimKind.RETURNED)
    bought.write(tell, [(claim.line, claim.what)])
    assert one(bought, ClaimKind.RETURNED).state is ClaimState.SENT
    first = credit(bought, note(bought, Against.RETURN, printed("120"), answers=(answer(claim),)))
    assert legs(bought, first.id) == {
        "creditors": "141.60", "input_cgst": "-10.80", "input_sgst": "-10.80",
        "sent_back": "-120.00",
    }  # fmt: skip
    assert one(bought, ClaimKind.RETURNED).state is ClaimState.PART
    last = credit(
        bought,
        note(bought, Against.RETURN, printed("50"), answers=(answer(claim, "50", "30"),),
             reason="seal broken"),
    )  # fmt: skip
    assert legs(bought, last.id) == {
        "creditors": "59.00", "goods_damaged": "35.40", "input_cgst": "-7.20",
        "input_sgst": "-7.20", "sent_back": "-80.00",
    }  # fmt: skip
    assert one(bought, ClaimKind.RETURNED, every=True).state is ClaimState.SETTLED
    proved(bought)


def test_a_refusal_alone_needs_no_note_and_gives_the_input_tax_up(bought: Book) -> None:
    send(bought, back(bought, "SOAP", 10))
    claim = one(bought, ClaimKind.RETURNED)
    refusal = note(
        bought, Against.RETURN, answers=(answer(claim, "0", "200"),), number="", note_day=None,
        reason="not our batch",
    )  # fmt: skip
    posted = credit(bought, refusal)
    assert legs(bought, posted.id) == {
        "goods_damaged": "236.00", "input_cgst": "-18.00", "input_sgst": "-18.00",
        "sent_back": "-200.00",
    }  # fmt: skip
    assert one(bought, ClaimKind.RETURNED, every=True).state is ClaimState.REJECTED
    proved(bought)


def test_a_refused_shortage_is_goods_lost(bought: Book) -> None:
    claim = one(bought, ClaimKind.SHORT)
    made = note(
        bought, Against.SHORT, printed("100"), answers=(answer(claim, "118", "118"),),
        reason="weighed full at our gate",
    )  # fmt: skip
    posted = credit(bought, made)
    assert legs(bought, posted.id) == {
        "claims_receivable": "-236.00", "creditors": "118.00", "goods_lost": "118.00"
    }  # fmt: skip
    proved(bought)


@pytest.mark.parametrize("against", [Against.DISCOUNT, Against.PRICE_DROP, Against.RATE])
def test_a_later_discount_is_income_and_costs_no_lot_anew(bought: Book, against: Against) -> None:
    before = bought.rows("SELECT lot_id, qty, paise FROM lot_cost ORDER BY lot_id")
    posted = credit(bought, note(bought, against, printed("100")))
    assert legs(bought, posted.id) == {
        "claims_income": "-100.00", "creditors": "118.00", "input_cgst": "-9.00",
        "input_sgst": "-9.00",
    }  # fmt: skip
    assert bought.rows("SELECT lot_id, qty, paise FROM lot_cost ORDER BY lot_id") == before
    proved(bought)


def test_a_commercial_note_reverses_no_credit(bought: Book) -> None:
    bare = replace(printed("100"), tax=type(printed("1").tax)())
    posted = credit(bought, note(bought, Against.DISCOUNT, bare, gst=False))
    assert legs(bought, posted.id) == {"claims_income": "-100.00", "creditors": "100.00"}
    taxed = note(bought, Against.DISCOUNT, printed("100"), gst=False)
    assert refused(lambda: credit(bought, taxed)) == [Reason.BAD_FIGURE]
    proved(bought)


def test_what_he_pays_for_damaged_pieces_stands_against_the_damage(bought: Book) -> None:
    claim = one(bought, ClaimKind.DAMAGED)
    assert str(claim.amount) == "188.80"
    posted = credit(bought, note(bought, Against.DAMAGED, printed("160"), answers=(answer(claim),)))
    assert legs(bought, posted.id)["goods_damaged"] == "-160.00"
    assert one(bought, ClaimKind.DAMAGED).state is ClaimState.PART
    proved(bought)


def test_damaged_pieces_that_go_back_are_asked_for_by_the_return(bought: Book) -> None:
    send(bought, back(bought, "SOAP", 8, "non_saleable"))
    assert claimed(bought, ClaimKind.DAMAGED) == []
    assert str(one(bought, ClaimKind.RETURNED).amount) == "160.00"
    proved(bought)


def test_more_than_we_owe_stays_open_with_him(bought: Book) -> None:
    posted = credit(bought, note(bought, Against.DISCOUNT, printed("3000")))
    assert owed(bought) == "-1180.00"
    assert bought.rows(
        "SELECT open_paise FROM open_item JOIN document ON document.id = document_id"
        " WHERE number = :n", n=posted.number,
    ) == [(118000,)]  # fmt: skip
    proved(bought)


def test_what_speaks_against_a_note_is_told(bought: Book) -> None:
    claim = one(bought, ClaimKind.SHORT)
    wrong = note(bought, Against.SHORT, printed("100"), answers=(answer(claim, "200"),))
    assert refused(lambda: credit(bought, wrong)) == [Reason.ACCEPTED_BEYOND_NOTE]
    beyond = note(bought, Against.SHORT, printed("300"), answers=(answer(claim, "300"),))
    assert refused(lambda: credit(bought, beyond)) == [Reason.MORE_THAN_ASKED]
    other = note(bought, Against.RETURN, printed("100"), answers=(answer(claim, "50"),))
    assert refused(lambda: credit(bought, other)) == [Reason.BAD_ENTRY]
    no_why = note(bought, Against.SHORT, printed("100"), answers=(answer(claim, "100", "1"),))
    assert refused(lambda: credit(bought, no_why)) == [Reason.MISSING]
    dear = note(bought, Against.RATE, replace(printed("100"), tax=printed("120").tax))
    assert refused(lambda: credit(bought, dear)) == [Reason.TAX_DIFFERS]
    short = note(bought, Against.RATE, printed("100"), total=rupees("117"))
    assert refused(lambda: credit(bought, short)) == [Reason.INVOICE_DIFFERS]
    empty = note(bought, Against.RATE)
    assert refused(lambda: credit(bought, empty)) == [Reason.NO_LINES]
    shop = replace(note(bought, Against.RATE, printed("9")), party_id=bought.parties["SHARMA"])
    assert refused(lambda: credit(bought, shop)) == [Reason.NOT_A_SUPPLIER]


def test_his_number_is_booked_once_a_year(bought: Book) -> None:
    made = note(bought, Against.RATE, printed("100"))
    first = credit(bought, made)
    assert bought.write(post_credit, made) == first
    again = replace(made, id=uuid4(), number=f" {made.number.lower()} ")
    assert refused(lambda: credit(bought, again)) == [Reason.INVOICE_KNOWN]
    bought.write(cancelling.cancel, first.id, by=uuid4(), why="another brand's")
    credit(bought, again)
    proved(bought)


def test_a_cancelled_note_opens_claim_and_invoice_again(bought: Book) -> None:
    claim = one(bought, ClaimKind.SHORT)
    posted = credit(bought, note(bought, Against.SHORT, printed("200"), answers=(answer(claim),)))
    bought.write(cancelling.cancel, posted.id, by=uuid4(), why="wrong claim")
    assert one(bought, ClaimKind.SHORT).state is ClaimState.OPEN
    assert owed(bought) == "2360.00"
    assert bought.value("SELECT min(open_paise) FROM open_item") == -236000
    proved(bought)


def test_a_return_that_he_answered_stands(bought: Book) -> None:
    sent = send(bought, back(bought, "SOAP", 2))
    claim = one(bought, ClaimKind.RETURNED)
    credit(bought, note(bought, Against.RETURN, printed("10"), answers=(answer(claim),)))
    assert refused(lambda: bought.write(cancelling.cancel, sent.id, by=uuid4(), why="mistake")) == [
        Reason.HANGS_ON_IT
    ]
