"""What is paid with a bill: receipt and bill are one deed, and come and go together (rule 3)."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from dms_desktop.domain.documents import Receipt
from dms_desktop.domain.draft import Draft, WalkIn
from dms_desktop.domain.goods_line import Mode, Payment, Terms
from dms_desktop.domain.money import Money, rupees
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.services import billing, cancelling, documents
from dms_desktop.services.verifying import verify
from dms_desktop.store.session import Tx
from tests.books import Book

SPLIT = (
    Payment(Mode.UPI, rupees("200"), "UTR 77"),
    Payment(Mode.CARD, rupees("100"), "slip 3"),
    Payment(Mode.CASH, rupees("54")),
)


def walk_in(book: Book, **goods: int) -> Draft:
    return replace(book.drafted(goods), party=WalkIn("Asha", "98111 11111"))


def balances(book: Book) -> dict[str, int]:
    return {
        code: int(paise)
        for code, paise in book.rows(
            "SELECT code, sum(paise) FROM ledger_entry JOIN account ON account.id = account_id"
            " GROUP BY code HAVING sum(paise) <> 0"
        )
    }


def refused(book: Book, draft: Draft) -> set[Reason]:
    with pytest.raises(Refused) as caught:
        book.write(billing.post_draft, draft)
    return {problem.reason for problem in caught.value.problems}


def test_a_split_payment_lands_where_each_part_went(either: Book) -> None:
    before = balances(either)
    saved = either.write(billing.post_draft, replace(walk_in(either, SOAP=10), payments=SPLIT))
    assert saved.receipt.number == "R/26-27/00001"
    assert saved.receipt.total == saved.posted.total == rupees("354")
    now = balances(either)
    got = {code: now.get(code, 0) - before.get(code, 0) for code in now}
    assert (got["upi_clearing"], got["card_clearing"], got["cash"]) == (20000, 10000, 5400)
    assert "walk_ins" not in now
    assert either.rows("SELECT paise, open_paise FROM open_item") == [(35400, 0)]
    receipt = either.read(documents.issued, saved.receipt.id).document
    assert isinstance(receipt, Receipt)
    assert receipt.payments == SPLIT
    assert either.read(documents.issued, saved.posted.id).paid == SPLIT
    assert either.read(documents.issued, saved.receipt.id).paid == ()
    assert [one.bill for one in receipt.settles] == [saved.posted.id]
    assert either.read(verify).findings == ()


def test_a_party_s_cash_bill_passes_through_its_account(either: Book) -> None:
    saved = either.write(billing.post_draft, replace(either.draft(SOAP=10), terms=Terms.CASH))
    assert either.rows(
        "SELECT document.kind, ledger_entry.paise FROM ledger_entry JOIN document"
        " ON document.id = document_id WHERE ledger_entry.party_id IS NOT NULL ORDER BY document.id"
    ) == [("bill", 35400), ("receipt", -35400)]
    assert either.value("SELECT paise FROM party_balance") == 0
    assert saved.receipt is not None


def test_saving_twice_takes_the_money_once(book: Book) -> None:
    draft = walk_in(book, SOAP=1)
    first = book.write(billing.post_draft, draft)
    assert book.write(billing.post_draft, draft) == first
    assert book.value("SELECT count(*) FROM document WHERE kind = 'receipt'") == 1


def test_what_is_paid_is_the_bill_and_on_credit_no_more_than_it(book: Book) -> None:
    short = replace(walk_in(book, SOAP=10), payments=SPLIT[:2])
    assert refused(book, short) == {Reason.PAYMENTS_DIFFER}
    nothing = replace(short, payments=(*SPLIT, Payment(Mode.CASH, Money())))
    assert refused(book, nothing) == {Reason.BAD_FIGURE}
    credit = replace(book.draft(SOAP=10), payments=(Payment(Mode.BANK, rupees("355")),))
    assert refused(book, credit) == {Reason.PAYMENTS_DIFFER}
    part = replace(credit, payments=(Payment(Mode.BANK, rupees("54")),))
    book.write(billing.post_draft, part)
    assert book.rows("SELECT paise, open_paise FROM open_item") == [(35400, 30000)]
    assert book.value("SELECT paise FROM party_balance") == 30000


def test_the_legal_limit_counts_the_cash_alone_and_all_of_the_day(book: Book) -> None:
    book.write(_dear)
    draft = replace(book.draft(SOAP=70), terms=Terms.CASH)  # 247,800.00
    assert refused(book, draft) == {Reason.CASH_LIMIT}
    parts = (Payment(Mode.BANK, rupees("50000")), Payment(Mode.CASH, rupees("197800")))
    book.write(billing.post_draft, replace(draft, payments=parts))
    again = replace(book.draft(SOAP=1), terms=Terms.CASH)
    assert refused(book, again) == {Reason.CASH_LIMIT}  # 3,540.00 more in cash that day
    other = replace(book.draft("LAXMI", SOAP=1), terms=Terms.CASH)
    book.write(billing.post_draft, other)


@needs(Power.MASTERS)
def _dear(tx: Tx) -> None:
    tx.run("UPDATE lot SET ptr = 300000, mrp = 400000 WHERE batch IN ('S1', 'S2')")


def test_a_bill_goes_with_its_receipt_and_the_receipt_alone_leaves_it_open(either: Book) -> None:
    before = balances(either)
    first = either.write(billing.post_draft, walk_in(either, SOAP=10))
    either.write(cancelling.cancel, first.posted.id, by=uuid4(), why="wrong goods")
    assert balances(either) == before
    assert either.read(documents.issued, first.receipt.id).cancelled
    second = either.write(billing.post_draft, replace(either.draft(SOAP=10), terms=Terms.CASH))
    either.write(cancelling.cancel, second.receipt.id, by=uuid4(), why="the UPI failed")
    assert either.value("SELECT open_paise FROM open_item WHERE open_paise > 0") == 35400
    assert either.value("SELECT paise FROM party_balance") == 35400
    either.write(cancelling.cancel, second.posted.id, by=uuid4(), why="took nothing")
    assert balances(either) == before
    assert either.read(verify).findings == ()
