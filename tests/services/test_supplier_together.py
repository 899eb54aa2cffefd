"""Two counters at one supplier's goods and claims: they go back once, and are paid once."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from dms_desktop.domain.supplier_credit import Against, ClaimKind
from dms_desktop.services.supplier_claims import claims
from dms_desktop.services.supplier_credits import post_credit
from dms_desktop.services.supplier_returns import ReturnAsk, post_return
from tests.books import Book
from tests.services.buying import ask, draft, post, supplier
from tests.services.second_counter import Counter, each
from tests.services.sending_back import answer, back, claimed, note, printed, sending
from tests.services.test_lock_order import refusals, sound
from tests.services.test_two_databases import run_two


def back_and_credited(counter: Counter) -> None:
    """Each sends seven pieces back eight times, and answers forty of the claim as often."""

    def send(turn: int) -> None:
        lot = counter.shared[0].int
        made = sending(counter, ReturnAsk(lot, 7), invoice=turn % 2 == 1, id=counter.uid())  # type: ignore[arg-type]
        counter.outcome.posted.append(counter.write(post_return, made))

    def settle(turn: int) -> None:
        found = counter.database.read(counter.actor, claims, what=ClaimKind.SHORT).result()
        if not found:
            return
        made = note(
            counter, Against.SHORT, printed("40"), answers=(answer(found[0], "40"),),  # type: ignore[arg-type]
            id=counter.uid(), number=f"{counter.actor.counter} {turn}",
        )  # fmt: skip
        counter.outcome.posted.append(counter.write(post_credit, made))

    for turn in range(8):
        each(counter, [partial(send, turn), partial(settle, turn)])


def test_what_lies_there_goes_back_once_and_a_claim_is_paid_once(on_server: Book) -> None:
    """60 pieces, and 236.00 claimed: eight returns of seven, five notes of forty."""
    supplier(on_server)
    post(on_server, draft(on_server, ask(on_server, "SOAP", 70, received=60)))
    lot = back(on_server, "SOAP", 1).lot_id
    outcomes = run_two(on_server, back_and_credited, (UUID(int=lot),))
    told = refusals(outcomes)
    assert told["short_stock"] == 8
    assert set(told) <= {"short_stock", "claim_answered", "more_than_asked"}
    assert on_server.stock("SOAP")["N1"] == 4
    (claim,) = claimed(on_server, ClaimKind.SHORT)
    assert str(claim.left) == "36.00"
    sound(on_server)
