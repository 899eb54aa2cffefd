"""Rule 46(a): a tax invoice without our own address is posted, and it is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dms_desktop.domain.billing import price
from dms_desktop.domain.draft import Ask
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.refusals import Reason
from tests.domain.hand_made import US, draft, facts, item, lot


@pytest.mark.parametrize(
    ("kind", "gstin", "addressed", "told"),
    [
        (Kind.BILL, US.gstin, False, True),
        (Kind.BILL, US.gstin, True, False),
        (Kind.BILL, "", False, False),
        (Kind.ORDER, US.gstin, False, False),
    ],
)
def test_an_address_that_is_missing_is_said(
    kind: Kind, gstin: str, addressed: bool, told: bool
) -> None:
    seller = replace(US, gstin=gstin, addressed=addressed)
    known = facts(item(1, lot()), seller=seller)
    priced = price(replace(draft(Ask(1, 1)), kind=kind), known)
    assert (Reason.OUR_ADDRESS_NEEDED in {each.reason for each in priced.warnings}) is told
    assert priced.problems == ()
