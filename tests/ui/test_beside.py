"""What stands beside the bill while it is typed: the party, what it buys, and the item at hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from dms_desktop.domain.draft import Ask
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services import billing, drafts
from dms_desktop.store.session import Tx
from dms_desktop.ui.kit.facts import GAP, Tone, fitted
from tests.books import TODAY
from tests.ui.conftest import Counter, Key


@needs(Power.MASTERS)
def change_terms(tx: Tx, party: int, limit: int | None, days: int = 21) -> None:
    """A limit in paise, and the days that a bill may stand."""
    tx.run(
        "UPDATE party SET credit_limit = :limit, credit_days = :days, fssai = '11525'"
        " WHERE id = :party",
        limit=limit,
        days=days,
        party=party,
    )
    tx.touched["party"].add(party)


@needs(Power.MASTERS)
def give_list(tx: Tx, party: int, item: int, mrp: int) -> None:
    """The list WHOLE: Rs 28 for the soap of this MRP, and nothing of others."""
    key = tx.value(
        "INSERT INTO price_list (uid, code, name) VALUES (randomblob(16), 'WHOLE', 'Wholesale')"
        " RETURNING id"
    )
    tx.run(
        "INSERT INTO list_price (price_list_id, item_id, rate, per, mrp, from_day)"
        " VALUES (:k, :i, 2800, 1, :m, '')",
        k=key, i=item, m=mrp,
    )  # fmt: skip
    tx.run("UPDATE party SET price_list_id = :k WHERE id = :p", k=key, p=party)


def test_how_the_party_stands_and_what_it_buys(counter: Counter) -> None:
    book = counter.book
    book.write(change_terms, book.parties["SHARMA"], 50_000_00, days=5)
    for back in (15, 10, 2):
        book.bill(day=TODAY - timedelta(days=back), SOAP=10, TEA=2)
    counter.party("sharma")
    counter.wait(lambda: "Owes" in counter.beside("party"))
    party = counter.beside("party")
    assert party["Owes"] == "₹ 1,662.00"
    assert party["Limit"] == "₹ 50,000.00"
    # The first two were due after 5 days.
    assert party["Overdue 10 days"] == "₹ 1,108.00"
    assert "FSSAI 11525" in party
    habits = [str(fact) for fact in counter.screen.side.habits.shown]
    assert habits == [
        "Last bills",
        "B/26-27/00003  19-11 ₹ 554.00 unpaid",
        "B/26-27/00002  11-11 ₹ 554.00 unpaid",
        "B/26-27/00001  06-11 ₹ 554.00 unpaid",
        "Usually buys",
        "Toilet soap 100 g 10 at 30.00",
        "Leaf tea 250 g 2 at 95.00",
    ]
    counter.press(Key.Key_F2, Key.Key_Delete)
    counter.enter()
    counter.ready()
    assert counter.beside("habits") == {}, "nothing is known of a walk-in"


def test_it_is_read_again_when_a_bill_of_the_party_is_saved(counter: Counter) -> None:
    counter.party("sharma")
    counter.wait(lambda: counter.beside("party").get("Owes") == "₹ 0.00")
    counter.desk.do(drafts.post, counter.book.draft(SOAP=10), undone=lambda error: None)
    counter.wait(lambda: counter.beside("party")["Owes"] == "₹ 354.00")
    assert "B/26-27/00001  21-11" in counter.beside("habits")


def test_the_lots_of_the_item_being_typed_and_of_the_line_at_the_cursor(counter: Counter) -> None:
    counter.party("sharma")
    counter.enter("tea")
    counter.wait(lambda: "Leaf tea 250 g" in counter.beside("item"))
    assert counter.beside("item") == {
        "Leaf tea 250 g": "",
        "25c in hand": "case of 12",
        "T1  ·  12/26  ·  MRP 120.00": "60",
        "T2  ·  12/27  ·  MRP 120.00": "240",
        "PTR 95.00": "",
    }
    near = counter.screen.side.item.shown
    counter.wait(lambda: counter.screen.side.item.shown[2].tone is Tone.WARNING)
    assert near[3].tone is Tone.PLAIN, "T2 is good for another year"
    counter.enter("5")
    counter.line("soap", "2")
    assert "Toilet soap 100 g" in counter.beside("item")
    counter.press(Key.Key_Up, Key.Key_Up)
    assert "Leaf tea 250 g" in counter.beside("item")


def test_what_was_paid_last_and_why_it_costs_what_it_costs(counter: Counter) -> None:
    book = counter.book
    soap = book.items["SOAP"]
    low = replace(
        book.draft(), asks=(Ask(soap, 4, rate=Rate(Money(2750)), discounts=(Decimal(2),)),)
    )
    book.write(billing.post_draft, low)
    book.write(give_list, book.parties["SHARMA"], soap, 4_000)
    counter.party("sharma")
    counter.line("soap", "2")
    counter.wait(lambda: "Last paid 27.50" in counter.beside("item"))
    item = counter.beside("item")
    assert item["Last paid 27.50"] == "less 2.20  ·  4  ·  21-11-2026"
    assert item["Rate 28.00"] == "price list WHOLE"
    counter.press(Key.Key_F6)
    counter.enter("26")
    assert counter.beside("item")["Rate 26.00"] == "typed here"


def test_a_list_for_another_mrp_says_why_it_was_passed_over(counter: Counter) -> None:
    book = counter.book
    book.write(give_list, book.parties["SHARMA"], book.items["SOAP"], 4_500)
    counter.party("sharma")
    counter.line("soap", "2")
    assert counter.beside("item")["Rate 30.00"] == "WHOLE is for MRP 45.00, PTR of the batch"


def test_the_limit_is_told_while_the_bill_grows(counter: Counter) -> None:
    book = counter.book
    book.write(change_terms, book.parties["SHARMA"], 500_00)
    counter.party("sharma")
    counter.line("soap", "10")
    standing = counter.screen.face.standing
    assert standing.text() == ""
    counter.line("soap", "10")
    counter.wait(lambda: standing.text() == "Over the limit by ₹ 208.00")
    assert counter.beside("party")["Over the limit by"] == "₹ 208.00"
    counter.press(Key.Key_F5)
    assert standing.text() == "", "cash needs no credit"
    counter.press(Key.Key_F5)
    counter.wait(standing.text)
    counter.press(Key.Key_F4)
    counter.enter("1")
    counter.wait(lambda: standing.text() == "")


def test_a_party_that_is_late_is_told_as_soon_as_it_is_chosen(counter: Counter) -> None:
    book = counter.book
    book.write(change_terms, book.parties["SHARMA"], None, days=1)
    book.bill(day=TODAY - timedelta(days=20), SOAP=10)
    counter.party("sharma")
    counter.wait(lambda: counter.screen.face.standing.text() == "₹ 354.00 overdue, 19 days")


def test_a_rate_keeps_its_figures_however_long_its_reason(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("soap", "10+1")
    goods = counter.screen.side.item
    rate = next(fact for fact in goods.shown if fact.text.startswith("Rate"))
    assert rate.right == "PTR of the batch, free: Scheme of the brand"
    metrics = goods.fontMetrics()
    narrow = metrics.horizontalAdvance(rate.text) + metrics.horizontalAdvance("PTR of") + GAP
    left, right = fitted(rate, metrics, narrow)
    assert left == rate.text == "Rate 30.00"
    assert right.startswith("PTR")
    assert right.endswith("…")
