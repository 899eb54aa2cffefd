"""Whatever goes back, is credited, refused or undone: no piece and no paisa of a claim is lost."""

from __future__ import annotations

import tempfile
from pathlib import Path
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from dms_desktop.domain.money import Money, rupees
from dms_desktop.domain.refusals import Refused
from dms_desktop.domain.supplier_credit import Against, ClaimKind
from dms_desktop.services import cancelling
from dms_desktop.services.posting import Posted
from dms_desktop.services.supplier_claims import Claim
from dms_desktop.services.supplier_credits import AnswerAsk
from dms_desktop.services.verifying import verify
from tests.books import Book, founded
from tests.services.buying import ask, draft, post, supplier
from tests.services.sending_back import back, claimed, credit, note, printed, send

AGAINST = {
    ClaimKind.SHORT: Against.SHORT,
    ClaimKind.DAMAGED: Against.DAMAGED,
    ClaimKind.RETURNED: Against.RETURN,
}
STEPS = st.one_of(
    st.tuples(
        st.just("send"), st.integers(1, 9), st.sampled_from(["saleable", "non_saleable"]),
        st.booleans(),
    ),
    st.tuples(st.just("credit"), st.integers(0, 5), st.integers(1, 30), st.integers(0, 20)),
    st.tuples(st.just("discount"), st.integers(1, 300)),
    st.tuples(st.just("undo"), st.integers(0, 9)),
)  # fmt: skip


def answered(claim: Claim, accepted: int, refused: int) -> AnswerAsk:
    """So many hundredths of what is left of it."""
    left = claim.left.paise
    return AnswerAsk(
        claim.line, claim.what, Money(left * accepted // 30), Money(left * refused // 60)
    )


def step(book: Book, posted: list[Posted], said: tuple[object, ...]) -> None:
    match said:
        case ("send", int(qty), str(bucket), bool(invoice)):
            posted.append(send(book, back(book, "SOAP", qty, bucket), invoice=invoice))
        case ("credit", int(at), int(accepted), int(refused)):
            if found := claimed(book):
                claim = found[at % len(found)]
                answers = (answered(claim, accepted, refused),)
                rate = printed(str(claim.left))
                made = note(book, AGAINST[claim.what], rate, answers=answers, reason="why not")
                posted.append(credit(book, made))
        case ("discount", int(amount)):
            rate = printed(str(rupees(str(amount))))
            posted.append(credit(book, note(book, Against.DISCOUNT, rate)))
        case ("undo", int(at)) if posted:
            one = posted[at % len(posted)]
            book.write(cancelling.cancel, one.id, by=uuid4(), why="again")
            posted.remove(one)


def balance(book: Book, account: str) -> int:
    return int(
        book.value(
            "SELECT coalesce(sum(paise), 0) FROM ledger_entry JOIN account ON"
            " account.id = account_id WHERE code = :code",
            code=account,
        )
    )


def left(book: Book, what: str) -> int:
    sql = "SELECT coalesce(sum(rest), 0) FROM supplier_claim WHERE what = :what"
    return int(book.value(sql, what=what))


@settings(max_examples=12, deadline=None)
@given(st.lists(STEPS, max_size=14))
def test_ledger_claims_and_goods_agree_whatever_is_done(steps: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = founded(Path(folder) / "books.db")
        try:
            supplier(book)
            post(book, draft(book, ask(book, "SOAP", 100, "19.37", received=90, damaged=8)))
            posted: list[Posted] = []
            for each in steps:
                try:
                    step(book, posted, each)
                except Refused:
                    continue
            assert balance(book, "sent_back") == left(book, "returned")
            assert balance(book, "claims_receivable") == left(book, "short")
            owed = book.value("SELECT coalesce(sum(open_paise), 0) FROM open_item")
            assert balance(book, "creditors") == owed
            gone = book.value("SELECT coalesce(sum(qty), 0) FROM returned")
            assert book.value(
                "SELECT sum(qty) FROM stock JOIN lot ON lot.id = lot_id WHERE batch = 'N1'"
            ) + gone == 90  # fmt: skip
            assert book.read(verify).findings == ()
        finally:
            book.database.close()
