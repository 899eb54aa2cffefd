"""A draft comes back from its text as it was, and two that ask for the same have one text."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.draft import Ask, Draft, Promise, WalkIn
from dms_desktop.domain.draft_text import from_text, to_text
from dms_desktop.domain.goods_line import Kind, Mode, Payment, Terms
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.refusals import Reason
from tests.domain.hand_made import DAY, draft

keys = st.integers(1, 2**40)
maybe_key = st.one_of(st.none(), keys)
money = st.one_of(st.none(), st.integers(0, 10**15).map(Money))
percents = st.integers(0, 100_0000).map(lambda parts: Decimal(parts).scaleb(-4))
words = st.text(max_size=12)
asks = st.builds(
    Ask,
    item_id=keys,
    qty=st.integers(-1, 10**9),
    free=st.integers(0, 99),
    free_reason=words,
    batch=st.one_of(st.none(), words),
    mrp=money,
    any_mrp=st.booleans(),
    rate=st.one_of(
        st.none(), st.builds(Rate, st.integers(0, 10**9).map(Money), st.sampled_from([1, 12, 1000]))
    ),
    inclusive=st.booleans(),
    net=st.booleans(),
    promised=st.booleans(),
    discounts=st.one_of(st.none(), st.lists(percents, max_size=4).map(tuple)),
    discount=money,
    promise=st.none()
    | st.builds(
        Promise, st.integers(0, 10**15).map(Money), st.integers(1, 999), st.integers(0, 999)
    ),
    lot_id=maybe_key,
    source_line=maybe_key,
)
drafts = st.builds(
    Draft,
    id=st.uuids(),
    day=st.dates(),
    party=st.one_of(st.none(), keys, st.builds(WalkIn, words, words, words, words, words)),
    place_id=keys,
    kind=st.sampled_from(Kind),
    asks=st.lists(asks, max_size=4).map(tuple),
    terms=st.one_of(st.none(), st.sampled_from(Terms)),
    bill_discount=money,
    bill_discount_percent=st.one_of(st.none(), percents),
    cash_discount_percent=st.one_of(st.none(), percents),
    salesman_id=maybe_key,
    order_no=words,
    transport=words,
    note=words,
    reverse_charge=st.booleans(),
    allowed=st.frozensets(st.sampled_from(Reason), max_size=3),
    source=st.one_of(st.none(), st.uuids()),
    goods_from=maybe_key,
    payments=st.lists(
        st.builds(Payment, st.sampled_from(Mode), st.integers(1, 10**9).map(Money), words),
        max_size=3,
    ).map(tuple),
    reserve=st.booleans(),
)


@given(drafts)
def test_a_draft_comes_back_as_it_was(made: Draft) -> None:
    assert from_text(to_text(made)) == made


@pytest.mark.parametrize("party", [None, 7, WalkIn(), WalkIn(""), WalkIn("CASH", "98")])
def test_whom_it_is_for_comes_back(party: int | WalkIn | None) -> None:
    assert from_text(to_text(draft(party=party))).party == party


@given(drafts)
def test_its_text_says_no_more_than_was_typed(made: Draft) -> None:
    """The text is kept at every pause in typing: what has its default is left out."""
    text = to_text(made)
    assert text == to_text(from_text(text))
    bare = to_text(Draft(made.id, made.day))
    assert set(json.loads(bare)) == {"id", "day", "place_id", "kind", "asks"}


@given(drafts, drafts)
def test_other_content_has_another_text(one: Draft, other: Draft) -> None:
    assert (to_text(one) == to_text(other)) is (one == other)


@pytest.mark.parametrize("field", [field.name for field in fields(Ask)])
def test_no_field_of_a_row_is_forgotten(field: str) -> None:
    """Digests tell requests apart: a field left out of the text could be changed unseen."""
    plain = Ask(1, 1)
    other = {
        "free_reason": "SCHEME",
        "batch": "B",
        "mrp": Money(1),
        "rate": Rate(Money(1)),
        "discounts": (),
        "discount": Money(0),
        "promise": Promise(Money(1), 2, 1),
        "any_mrp": True,
        "inclusive": True,
        "net": True,
        "promised": True,
    }.get(field, 7)
    changed = replace(plain, **{field: other})  # type: ignore[arg-type]
    assert to_text(draft(plain)) != to_text(draft(changed))


@pytest.mark.parametrize("field", [field.name for field in fields(Draft)])
def test_no_field_of_a_draft_is_forgotten(field: str) -> None:
    other = {
        "id": UUID(int=2),
        "day": date(2026, 11, 20),
        "kind": Kind.ORDER,
        "asks": (Ask(1, 1),),
        "terms": Terms.CASH,
        "bill_discount": Money(0),
        "bill_discount_percent": Decimal(0),
        "cash_discount_percent": Decimal(0),
        "order_no": "PO 9",
        "transport": "MH12",
        "note": "ring twice",
        "reverse_charge": True,
        "allowed": frozenset({Reason.ABOVE_MRP}),
        "source": UUID(int=3),
        "payments": (Payment(Mode.UPI, Money(100), "UTR1"),),
        "reserve": True,
    }.get(field, 7)
    changed = replace(draft(), **{field: other})  # type: ignore[arg-type]
    assert to_text(draft()) != to_text(changed)
    assert from_text(to_text(changed)) == changed


def test_ten_per_cent_is_ten_per_cent_however_it_is_written() -> None:
    one = draft(Ask(1, 1, discounts=(Decimal(10),)), bill_discount_percent=Decimal("1E+1"))
    other = draft(Ask(1, 1, discounts=(Decimal("10.00"),)), bill_discount_percent=Decimal("10.0"))
    assert to_text(one) == to_text(other)


def test_the_order_in_which_refusals_were_overridden_does_not_matter() -> None:
    reasons = [Reason.ABOVE_MRP, Reason.SHORT_STOCK, Reason.BELOW_COST]
    texts = {to_text(draft(allowed=frozenset(some))) for some in (reasons, reasons[::-1])}
    assert len(texts) == 1


def test_the_text_of_a_draft_is_pinned() -> None:
    """It lies on disk and under digests: a later program must read and write the same."""
    made = replace(
        draft(
            Ask(7, 12, 1, batch="B1", mrp=Money(4000), rate=Rate(Money(4735), 1000)),
            Ask(8, 1, discounts=(Decimal("2.5"),), discount=Money(50), net=True),
            party=WalkIn("Ravi", "98", "27"),
            bill_discount=Money(1250),
        ),
        source=UUID(int=2),
    )
    assert to_text(made) == (
        '{"asks":[{"batch":"B1","free":1,"item_id":7,"mrp":4000,"qty":12,"rate":[4735,1000]},'
        '{"discount":50,"discounts":["2.5"],"item_id":8,"net":true,"qty":1}],'
        '"bill_discount":1250,"day":"2026-11-21","id":"00000000-0000-0000-0000-000000000001",'
        '"kind":"bill","party":{"name":"Ravi","phone":"98","state":"27"},"place_id":1,'
        '"source":"00000000-0000-0000-0000-000000000002"}'
    )


GOOD = json.loads(to_text(Draft(UUID(int=1), DAY, 1, asks=(Ask(1, 1),))))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        "null",
        "{}",
        '"draft"',
        json.dumps(GOOD | {"id": "x"}),
        json.dumps(GOOD | {"id": 7}),
        json.dumps(GOOD | {"day": "21-11-2026"}),
        json.dumps(GOOD | {"kind": "poem"}),
        json.dumps(GOOD | {"asks": None}),
        json.dumps(GOOD | {"asks": [7]}),
        json.dumps(GOOD | {"asks": [{"item_id": 1}]}),
        json.dumps(GOOD | {"asks": [{"item_id": 1, "qty": 1, "rate": [1]}]}),
        json.dumps(GOOD | {"asks": [{"item_id": 1, "qty": 1, "mrp": "12"}]}),
        json.dumps(GOOD | {"asks": [{"item_id": 1, "qty": 1, "discounts": ["x"]}]}),
        json.dumps(GOOD | {"bill_discount": 1.5}),
        json.dumps(GOOD | {"bill_discount_percent": "ten"}),
        json.dumps(GOOD | {"party": {"shoe": 42}}),
        json.dumps(GOOD | {"allowed": ["everything"]}),
    ],
)
def test_a_text_that_no_draft_ever_was(text: str) -> None:
    """A torn or foreign row must not stop the others from coming back after a crash."""
    with pytest.raises((ValueError, KeyError)):
        from_text(text)


json_at_random = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
)


@given(st.dictionaries(st.sampled_from(sorted(GOOD)), json_at_random), json_at_random)
def test_whatever_a_text_says_it_is_a_draft_or_a_plain_error(
    changes: dict[str, object], row: object
) -> None:
    asks = [row, {"item_id": row, "qty": 1}, {"item_id": 1, "qty": 1, "rate": row}]
    for said in (changes, {"asks": asks[:1]}, {"asks": asks[1:2]}, {"asks": asks[2:]}):
        with suppress(ValueError, KeyError):
            from_text(json.dumps(GOOD | said))
