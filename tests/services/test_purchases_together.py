"""Two counters that buy at the same moment: an invoice is booked once, goods are billed once."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money, rupees
from dms_desktop.domain.purchase_draft import PurchaseDraft
from dms_desktop.services import purchases
from tests.books import TODAY, Book
from tests.services.buying import INVOICED, ask, draft, post, supplier
from tests.services.second_counter import Counter, each
from tests.services.test_lock_order import refusals, sound
from tests.services.test_two_databases import run_two

CODES = ("SOAP", "TEA", "OIL")


def _made(counter: Counter, *codes: str, number: str) -> PurchaseDraft:
    asks = tuple(ask(counter, code, 5, batch=f"T{number}") for code in codes)  # type: ignore[arg-type]
    made = PurchaseDraft(
        counter.uid(), Kind.GOODS_RECEIPT, TODAY, counter.parties["BRAND"], 1, asks,
        number=number, invoice_day=INVOICED, total=Money(),
    )  # fmt: skip
    judged = counter.database.read(counter.actor, purchases.judge, made).result()
    return replace(made, total=judged.totals.total)


def _take(counter: Counter, made: PurchaseDraft) -> None:
    counter.outcome.posted.append(counter.write(purchases.post_purchase, made).posted)


def the_same_invoice(counter: Counter) -> None:
    """Both book it; new lots of the same batches are named from both ends."""
    codes = CODES if counter.actor.counter == "counter 1" else CODES[::-1]
    jobs = [_made(counter, *codes, number=f"INV-{at}") for at in range(8)]
    each(counter, [lambda made=made: _take(counter, made) for made in jobs])  # type: ignore[misc]


def the_invoice_of_what_came(counter: Counter) -> None:
    """Both bill the same provisional receipt, under numbers of their own, while others sell."""
    (came,) = counter.shared
    made = _made(counter, "SOAP", number=counter.actor.counter)
    lines = (replace(made.asks[0], batch="P", qty=60),)
    made = replace(made, asks=lines, provisional=came, total=rupees("1416"))
    each(counter, [counter.bill, lambda: _take(counter, made), counter.bill])


def test_an_invoice_is_booked_once_whoever_was_quicker(on_server: Book) -> None:
    supplier(on_server)
    outcomes = run_two(on_server, the_same_invoice)
    assert refusals(outcomes) == {"invoice_known": 8}
    assert on_server.value("SELECT count(*) FROM supplier_number") == 8
    assert on_server.value("SELECT sum(qty) FROM stock JOIN lot ON lot.id = lot_id"
                           " WHERE batch LIKE 'TINV%'") == 8 * 3 * 5  # fmt: skip
    sound(on_server)


def test_what_came_before_its_invoice_is_billed_once(on_server: Book) -> None:
    supplier(on_server)
    came = draft(
        on_server, ask(on_server, "SOAP", 60, batch="P"), kind=Kind.PROVISIONAL_RECEIPT,
        number="", invoice_day=None,
    )  # fmt: skip
    post(on_server, came)
    shared: tuple[UUID, ...] = (came.id,)
    outcomes = run_two(on_server, the_invoice_of_what_came, shared)
    assert refusals(outcomes)["not_waiting"] == 1
    balance = on_server.value(
        "SELECT sum(paise) FROM ledger_entry JOIN account ON account.id = account_id"
        " WHERE code = 'received_not_billed'"
    )
    assert balance == 0
    sound(on_server)
