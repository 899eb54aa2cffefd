"""Rates and discounts as a trader types them, and what of it a user may not do."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.powers import Power
from tests.ui.accessible import spoken_name
from tests.ui.conftest import SHIFT, Counter, Key
from tests.ui.test_bad_input import flaw


@pytest.fixture
def billed(counter: Counter) -> Counter:
    """Ten soaps of 30.00 and twelve teas of 95.00."""
    counter.party("sharma")
    counter.line("soap", "10")
    counter.line("tea", "12")
    return counter


def figure(counter: Counter, name: str) -> str:
    return counter.screen.face.totals.text(name)


def tea(counter: Counter) -> list[str]:
    """Its rate, discount, GST and amount as they are shown."""
    return next(row[5:] for row in counter.shown() if row[0] == "Leaf tea 250 g")


def type_rate(counter: Counter, text: str) -> list[str]:
    """Of the tea; and what is shown then."""
    counter.press(Key.Key_F6)
    counter.enter(text)
    return tea(counter)


def test_a_rate_with_its_tax_a_net_one_and_one_for_a_case(billed: Counter) -> None:
    assert type_rate(billed, "105i") == ["105.00 i", "", "5", "1,260.00"]
    ask = billed.draft.asks[1]
    assert (ask.rate, ask.inclusive, ask.net) == (Rate(Money(10500)), True, False)
    assert type_rate(billed, "90n") == ["90.00 n", "", "5", "1,134.00"]
    assert billed.draft.asks[1].net
    assert type_rate(billed, "1068c") == ["89.00", "", "5", "1,121.40"]
    assert billed.draft.asks[1].rate == Rate(Money(1068_00), 12)
    assert type_rate(billed, "1000ci") == ["83.333333 i", "", "5", "1,000.00"]
    billed.press(Key.Key_F6)
    assert billed.at.property("text") == "83.333333 i", "it opens as it was typed"
    billed.press(Key.Key_Delete)
    billed.enter()
    assert tea(billed) == ["95.00", "", "5", "1,197.00"]
    assert not billed.draft.asks[1].inclusive


@pytest.mark.parametrize("typed", ["90x", "i", "9i0", "n90"])
def test_a_rate_with_other_letters_is_none(billed: Counter, typed: str) -> None:
    billed.press(Key.Key_F6)
    billed.enter(typed)
    assert f"“{typed}” is not a valid figure for the rate" in billed.said


def test_a_case_rate_of_goods_without_a_case(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("oil", "1")
    counter.press(Key.Key_F6)
    counter.enter("700c")
    assert counter.said.startswith("Hair oil 200 ml has no case size")


def test_four_discounts_and_an_amount_off_the_row(billed: Counter) -> None:
    billed.press(Key.Key_F7)
    billed.enter("5+2+1+0.5+40/-")
    ask = billed.draft.asks[1]
    assert ask.discounts == tuple(map(Decimal, ("5", "2", "1", "0.5")))
    assert ask.discount == Money(40_00)
    # 1,140 less 5, 2, 1 and 0.5 per cent, each on the rest, and 40 rupees; with 5 % GST
    assert tea(billed)[1:] == ["5+2+1+0.5+40.00/-", "5", "1,055.76"]
    assert figure(billed, "discounts") == "-₹ 134.52"
    billed.press(Key.Key_F7)
    assert billed.at.property("text") == "5 + 2 + 1 + 0.5 + 40.00/-"
    billed.enter("1+2+3+4+5")
    assert "is not a valid figure" in billed.said


def test_discounts_on_the_whole_bill_are_typed_below_it(billed: Counter) -> None:
    billed.press(Key.Key_F7, modifier=SHIFT)
    strip = billed.screen.reductions
    assert spoken_name(billed.at) == "Amount or percent"
    billed.enter("100 + 2%")
    assert spoken_name(billed.at) == "For cash, percent"
    billed.enter("1.5")
    assert not strip.isVisible()
    assert spoken_name(billed.at) == "Item"
    draft = billed.draft
    assert (draft.bill_discount, draft.bill_discount_percent, draft.cash_discount_percent) == (
        Money(100_00),
        Decimal(2),
        Decimal("1.5"),
    )
    # 1,440 less 100, less 2 % of 1,340, less 1.5 % of 1,313.20
    assert figure(billed, "bill") == "-₹ 126.80"
    assert figure(billed, "cash") == "-₹ 19.70"
    assert figure(billed, "taxable") == "₹ 1,293.50"
    billed.press(Key.Key_F7, modifier=SHIFT)
    assert billed.at.property("text") == "100.00 + 2%"
    billed.press(Key.Key_Delete)
    billed.enter()
    billed.press(Key.Key_Delete)
    billed.enter()
    assert billed.draft.bill_discount is None
    assert figure(billed, "bill") == figure(billed, "cash") == ""
    billed.save()


@pytest.mark.parametrize("typed", ["-5", "2%+3%", "1+2", "101%", "abc", "5 %%"])
def test_a_discount_on_the_bill_that_is_none(billed: Counter, typed: str) -> None:
    billed.press(Key.Key_F7, modifier=SHIFT)
    billed.enter(typed)
    assert f"“{typed}” is not a valid figure for the discount" in flaw(billed)
    assert spoken_name(billed.at) == "Amount or percent"
    billed.press(Key.Key_Escape)
    assert spoken_name(billed.at) == "Item"
    assert billed.draft.bill_discount is None


def test_a_net_rate_bears_nothing_of_it(billed: Counter) -> None:
    type_rate(billed, "90n")
    billed.press(Key.Key_F7, modifier=SHIFT)
    billed.enter("10%")
    billed.enter()
    assert figure(billed, "bill") == "-₹ 30.00", "ten per cent of the soap alone"


def test_a_loss_on_the_whole_bill_is_told_at_its_head(billed: Counter) -> None:
    assert not billed.screen.face.loss.isVisible()
    billed.press(Key.Key_F7, modifier=SHIFT)
    billed.enter("20%")
    billed.enter()
    # sold for 80 % of the PTR, bought for 90 % of it
    assert billed.screen.face.loss.text() == "Below cost by ₹ 144.00"
    billed.save()


def test_free_goods_need_their_power_and_that_is_said_at_the_row(counter: Counter) -> None:
    owner = counter.desk.actor
    counter.desk.enter(replace(owner, powers=owner.powers - {Power.FREE_GOODS}))
    counter.party("sharma")
    counter.line("soap", "10+1")
    said = counter.shown()[1][0]
    assert "need the power “free goods”. Ask the owner." in said
    counter.press(Key.Key_F10)
    assert counter.said == f"Line 1: {said}   Ctrl+O asks the owner"
    assert counter.asked == [("SOAP", 10, 1)]
    counter.desk.enter(owner)
    assert len(counter.shown()) == 1, "who has the power gives them"
    counter.save()


def test_the_total_does_not_look_final_while_a_line_is_refused(billed: Counter) -> None:
    caption, figure_label = billed.screen.face.totals.labels("total")
    assert (caption.text(), figure_label.property("role")) == ("Total", "total")
    billed.press(Key.Key_F4)
    billed.enter("9999")
    assert (caption.text(), figure_label.property("role")) == ("Not final yet", "muted")
    billed.press(Key.Key_F11)
    assert (caption.text(), figure_label.property("role")) == ("Total", "total")


def test_the_ways_of_typing_a_rate_or_discount_are_told_while_it_is_open(billed: Counter) -> None:
    billed.press(Key.Key_F6)
    assert "95i has its tax in it" in billed.said
    billed.press(Key.Key_Escape)
    assert billed.said == ""
    billed.press(Key.Key_F7)
    assert "50/- off the whole line" in billed.said
    billed.enter("2")
    assert billed.said == ""


def test_what_stands_in_the_strip_is_taken_by_f10_too(billed: Counter) -> None:
    billed.press(Key.Key_F7, modifier=SHIFT)
    billed.type("5%x")
    billed.press(Key.Key_F10)
    assert "is not a valid figure" in flaw(billed)
    assert billed.draft.asks, "nothing was saved"
    billed.type("5%")
    billed.save()
    # 1,440 less 5 %: 285 with 18 %, 1,083 with 5 %
    assert billed.book.value("SELECT total FROM document WHERE kind = 'bill'") == 1_473_00
