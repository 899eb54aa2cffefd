"""What is likely a slip is told before it is saved; our own address before the paper asks it."""

from __future__ import annotations

import pytest

from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.services.registers.every import register_of
from dms_desktop.services.registers.twins import Slip, doubts_of_item, twins
from tests.books import COMPANY, Book


def test_taxed_goods_without_hsn_are_a_doubt(book: Book) -> None:
    given = {"code": "NEW", "name": "New", "gst_rate": 18}
    assert book.read(doubts_of_item, "", given) == [Slip("hsn")]
    assert book.read(doubts_of_item, "", {**given, "hsn": "340111"}) == []
    assert book.read(doubts_of_item, "SOAP", {"name": "Soap"}) == []


def test_our_own_gstin_is_no_customers(book: Book) -> None:
    given = {"code": "N", "name": "N", "gstin": COMPANY.gstin}
    assert Slip("gstin") in book.read(twins, "", given)


def test_a_registered_company_keeps_its_address(book: Book) -> None:
    change, show = register_of("company").change, register_of("company").show
    assert change is not None
    version = book.read(show, "company").version
    with pytest.raises(Refused) as refused:
        book.write(change, "company", {"address": " "}, version)
    (problem,) = refused.value.problems
    assert (problem.reason, problem.facts["field"]) == (Reason.MISSING, "address")
