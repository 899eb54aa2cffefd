"""One item or party at a time: nothing is lost to somebody else's save, nothing goes unlogged."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dms_desktop.domain.masters import Barcode
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.language.sentences import say
from dms_desktop.services import masters
from tests.books import Book

pytest_plugins = ["tests.books"]

JAM = {
    "code": "JAM", "name": "Mixed fruit jam 500 g", "principal": "brand", "gst_rate": Decimal(12),
    "hsn": "20079910", "mrp": Money(16500), "case": 24,
    "barcodes": (Barcode("8901"), Barcode("18901", 24)),
}  # fmt: skip


def refusal(book: Book, action: Any, *args: Any) -> Problem:
    with pytest.raises(Refused) as refused:
        book.write(action, *args)
    (problem,) = refused.value.problems
    assert "…" not in say(problem)
    return problem


def last_audit(book: Book) -> tuple[str, str, Any, Any]:
    row = book.rows("SELECT action, subject, before, after FROM audit ORDER BY id DESC LIMIT 1")[0]
    action, subject, before, after = row
    return action, subject, json.loads(before or "null"), json.loads(after or "null")


def test_an_item_is_added_with_all_its_barcodes_and_logged(book: Book) -> None:
    shown = book.write(masters.add_item, JAM)
    assert (shown.version, shown.record.principal, shown.record.tax_class) == (1, "Brand", "GST 12")
    assert shown.record.barcodes == JAM["barcodes"]
    assert shown.record.barcode == "8901"
    action, subject, before, after = last_audit(book)
    assert (action, subject, before) == ("add item", "item JAM", None)
    assert after["mrp"] == "165.00"
    assert after["barcodes"] == [{"code": "8901", "units": 1}, {"code": "18901", "units": 24}]


def test_a_change_writes_only_what_differs_and_logs_before_and_after(book: Book) -> None:
    book.write(masters.add_item, JAM)
    change = {"mrp": Money(17500), "case": 24, "barcodes": (Barcode("18901", 12),)}
    shown = book.write(masters.change_item, "jam", change, 1)
    assert (shown.version, shown.record.mrp) == (2, Money(17500))
    assert shown.record.barcodes == (Barcode("18901", 12),)
    _, subject, before, after = last_audit(book)
    assert subject == "item JAM"
    assert before.keys() == after.keys() == {"mrp", "barcodes"}
    assert (before["mrp"], after["mrp"]) == ("165.00", "175.00")
    audits = book.value("SELECT count(*) FROM audit")
    assert book.write(masters.change_item, "JAM", {"case": 24}, 2).version == 2
    assert book.value("SELECT count(*) FROM audit") == audits


def test_another_rate_is_another_class_and_a_class_of_its_own_stays(book: Book) -> None:
    book.write(masters.add_item, JAM)
    assert book.write(masters.change_item, "JAM", {"gst_rate": Decimal(5)}, 1).record.tax_class == (
        "GST 5"
    )
    book.write(_tobacco)
    shown = book.write(masters.change_item, "JAM", {"tax_class": "RSP 40"}, 2)
    assert shown.record.gst_rate == Decimal(40)
    assert (
        book.write(masters.change_item, "JAM", {"name": "Gutkha"}, 3).record.tax_class == "RSP 40"
    )
    problem = refusal(book, masters.change_item, "JAM", {"tax_class": "GST 99"}, 4)
    assert (problem.reason, problem.facts["field"]) == (Reason.BAD_ENTRY, "tax_class")


def test_a_stale_save_is_refused_with_both_versions(book: Book) -> None:
    seen = book.read(masters.item, "TEA")
    book.write(masters.change_item, "TEA", {"name": "Leaf tea", "case": 48}, seen.version)
    mine = {"name": "Green tea", "hsn": "09021000"}
    problem = refusal(book, masters.change_item, "TEA", mine, seen.version)
    assert problem.reason is Reason.STALE
    assert (problem.facts["version"], problem.facts["now"]) == (1, 2)
    assert problem.facts["theirs"] == {"name": "Leaf tea", "hsn": "34011190"}
    assert problem.facts["yours"] == {"name": "Green tea", "hsn": "09021000"}
    assert book.read(masters.item, "TEA").record.name == "Leaf tea"


def test_an_inactive_item_stays_and_comes_last(book: Book) -> None:
    book.write(masters.add_item, JAM | {"code": "TEA2", "name": "Tea bags", "barcodes": ()})
    book.write(masters.change_item, "TEA", {"active": False}, 1)
    found = book.read(masters.find_items, "tea")
    assert [(each.code, each.active) for each in found] == [("TEA2", True), ("TEA", False)]
    assert book.value("SELECT count(*) FROM item WHERE code = 'TEA'") == 1


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("leaf", ["TEA"]),
        ("8901", ["JAM"]),
        ("890", []),
        ("1 KG", ["SALT"]),
        ("100%", []),
        ("_", []),
        ("", ["JAM", "OIL", "SALT", "SOAP", "TEA"]),
    ],
)
def test_items_are_found_by_piece_or_barcode(book: Book, text: str, codes: list[str]) -> None:
    book.write(masters.add_item, JAM)
    assert [each.code for each in book.read(masters.find_items, text)] == codes


@given(st.text(max_size=20))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_in_a_search_does_harm(book: Book, text: str) -> None:
    book.read(masters.find_items, text)
    book.read(masters.find_parties, text + "'\";--")


def test_a_party_is_added_changed_and_found(book: Book) -> None:
    given = {"code": "NEW", "name": "New Stores", "gstin": "27aapfu0939f1zv", "phone": "98220"}
    shown = book.write(masters.add_party, given | {"address": "1 Main Road", "beat": "Camp"})
    assert (shown.record.state, shown.record.gst_type) == ("27", "regular")
    shown = book.write(masters.change_party, "new", {"gst_type": "composition"}, shown.version)
    assert shown.record.gst_type == "composition"
    shown = book.write(masters.change_party, "NEW", {"credit_limit": Money(100)}, shown.version)
    assert (shown.record.gst_type, shown.record.credit_limit) == ("composition", Money(100))
    shown = book.write(masters.change_party, "NEW", {"credit_limit": None}, shown.version)
    assert shown.record.credit_limit is None
    _, _, before, after = last_audit(book)
    assert (before, after) == ({"credit_limit": "1.00"}, {"credit_limit": None})
    for text in ("new", "9822", "27AAPFU0939F1ZV", "stores"):
        assert "NEW" in [each.code for each in book.read(masters.find_parties, text)]


def test_a_registration_that_ends_is_dropped_with_its_gstin(book: Book) -> None:
    shown = book.write(masters.change_party, "SHARMA", {"gstin": ""}, 1)
    assert (shown.record.gstin, shown.record.gst_type) == ("", "unregistered")


@pytest.mark.parametrize(
    ("action", "args", "reason"),
    [
        (masters.add_item, ({"code": "soap ", "name": "x"},), Reason.DUPLICATE),
        (masters.add_item, ({"code": "X"},), Reason.MISSING),
        (masters.add_item, ({"name": "X"},), Reason.MISSING),
        (masters.change_item, ("NONE", {}, 1), Reason.UNKNOWN_ITEM),
        (masters.change_item, ("SOAP", {"name": " "}, 1), Reason.MISSING),
        (masters.add_party, ({"code": "sharma", "name": "x"},), Reason.DUPLICATE),
        (masters.add_party, ({"code": "X", "name": "X", "state": "Mars"},), Reason.BAD_ENTRY),
        (
            masters.add_party,
            ({"code": "X", "name": "X", "gstin": "27AAPFU0939F1ZW"},),
            Reason.BAD_GSTIN,
        ),
        (masters.change_party, ("PATEL", {"state": "27"}, 1), Reason.GSTIN_OTHER_STATE),
        (masters.change_party, ("PATEL", {"ship_state": "Mars"}, 1), Reason.BAD_ENTRY),
        (masters.change_party, ("NONE", {}, 1), Reason.UNKNOWN_PARTY),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    book: Book, action: Any, args: tuple[Any, ...], reason: Reason
) -> None:
    assert refusal(book, action, *args).reason is reason


def test_masters_need_their_power(book: Book) -> None:
    clerk = replace(book.owner, powers=frozenset({Power.LOOK, Power.BILL}))
    with pytest.raises(Refused) as refused:
        book.write(masters.add_item, JAM, actor=clerk)
    assert refused.value.problems[0].reason is Reason.NOT_ALLOWED
    assert book.read(masters.item, "SOAP", actor=clerk).record.code == "SOAP"


def _tobacco(tx: Any) -> None:
    tx.run("INSERT INTO tax_class (code, name) VALUES ('RSP 40', 'Tobacco')")
    tx.run(
        "INSERT INTO tax_rate (tax_class_id, gst, basis) SELECT id, 400000, 'retail_price'"
        " FROM tax_class WHERE code = 'RSP 40'"
    )


_tobacco.power = Power.MASTERS  # type: ignore[attr-defined]
