"""Which counter prints what where, and what was saved and never printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.printers import Route
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.services import billing, cancelling, printed, printers
from dms_desktop.services.registers.printers import PRINT_RULES, PRINTERS
from dms_desktop.services.verifying import verify
from tests.books import TODAY, Book

add_printer: Any = PRINTERS.add
change_printer: Any = PRINTERS.change
add_rule: Any = PRINT_RULES.add
change_rule: Any = PRINT_RULES.change


def equip(book: Book, *codes: str) -> None:
    for code in codes:
        book.write(add_printer, {"code": code, "name": f"{code} printer", "address": f"q-{code}"})


def where(book: Book, kind: Kind = Kind.BILL, counter: str = "") -> str:
    """The printer's code; nothing where it is not printed."""
    route: Route | None = book.read(
        printers.route, kind, actor=replace(book.owner, counter=counter)
    )
    return route.printer.code if route else ""


def waiting(book: Book, **how: Any) -> list[str]:
    return [each.number for each in book.read(printed.unprinted, Kind.BILL, **how)]


def refused(book: Book, *asked: Any) -> tuple[Reason, dict[str, Any]]:
    with pytest.raises(Refused) as caught:
        book.write(*asked)
    (problem,) = caught.value.problems
    return problem.reason, dict(problem.facts)


def test_a_counter_follows_its_own_rule_else_that_of_all(either: Book) -> None:
    book = either
    assert where(book) == ""
    equip(book, "LASER", "DOT", "OLD")
    book.write(add_rule, {"kind": "Bill", "printer": "laser printer"})
    book.write(add_rule, {"kind": "bill", "counter": "C2", "printer": "DOT", "size": "A5"})
    book.write(add_rule, {"kind": "bill", "counter": "C3"})
    assert [where(book, counter=each) for each in ("", "C1", "C2", "C3")] == [
        "LASER", "LASER", "DOT", "",
    ]  # fmt: skip
    assert where(book, Kind.CHALLAN) == ""
    route = book.read(printers.route, Kind.BILL, actor=replace(book.owner, counter="C2"))
    assert (route.size, route.copies) == ("a5", ("original", "duplicate", "triplicate"))
    other = book.read(printers.route_to, Kind.BILL, "OLD")
    assert (other.printer.code, other.size) == ("OLD", "a4")
    assert book.read(verify).findings == ()


def test_a_printer_that_is_printed_on_stays(book: Book) -> None:
    equip(book, "LASER", "DOT")
    book.write(add_rule, {"kind": "bill", "printer": "LASER"})
    reason, facts = refused(book, change_printer, "LASER", {"active": False}, 1)
    assert (reason, facts["fault"]) == (Reason.IN_USE, "in_use_rules")
    book.write(change_printer, "DOT", {"active": False}, 1)
    assert refused(book, change_rule, "bill", {"printer": "DOT"}, 1)[0] is Reason.INACTIVE
    with pytest.raises(Refused):
        book.read(printers.route_to, Kind.BILL, "DOT")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "receipt"}, "kind"),
        ({"kind": "bill", "size": "a3"}, "size"),
        ({"kind": "bill", "copies": "fourth"}, "copies"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused(
    book: Book, given: dict[str, Any], field: str
) -> None:
    assert refused(book, add_rule, given) == (
        Reason.BAD_ENTRY, {"field": field, "value": given[field]}
    )  # fmt: skip
    assert refused(book, add_rule, {"kind": "bill", "printer": "GONE"})[0] is Reason.UNKNOWN_CODE


def test_a_printer_that_cannot_be_reached_is_refused(book: Book) -> None:
    for given, field in (
        ({"code": "P", "way": "smoke", "address": "x"}, "way"),
        ({"code": "P", "address": "-o raw"}, "address"),
        ({"code": "P", "way": "socket", "address": "laser"}, "address"),
        ({"code": "P"}, "address"),
    ):
        assert refused(book, add_printer, given)[1]["field"] == field


def test_what_was_saved_since_the_rule_and_never_printed_waits(either: Book) -> None:
    book = either
    early = book.bill(SOAP=1)
    book.clock.now += timedelta(minutes=1)
    equip(book, "LASER")
    book.write(add_rule, {"kind": "bill", "printer": "LASER"})
    assert waiting(book) == []
    first, second, dropped = book.bill(SOAP=1), book.bill(TEA=1), book.bill(TEA=1)
    book.write(cancelling.cancel, dropped.id, by=uuid4(), why="WRONG")
    elsewhere = book.draft(SOAP=1)
    book.write(billing.post_draft, elsewhere, actor=replace(book.owner, counter="C2"))
    assert waiting(book) == [first.number, second.number]
    assert waiting(book, limit=1) == [first.number]
    assert waiting(book, day=TODAY) == [early.number, first.number, second.number]
    book.write(printed.mark, first.id, "B.pdf on LASER")
    assert waiting(book) == [second.number]

    book.write(change_rule, "bill", {"printer": ""}, 1)
    book.clock.now += timedelta(days=1)
    book.write(change_rule, "bill", {"printer": "LASER"}, 2)
    assert waiting(book) == [], "what was saved while nothing was printed is not waited for"
    later = book.bill(SOAP=1, day=TODAY + timedelta(days=1))
    book.clock.now += timedelta(days=printed.UNPRINTED_DAYS)
    assert waiting(book) == [later.number]
    book.clock.now += timedelta(days=1)
    assert waiting(book) == [], "what is so old was left, not forgotten"
    assert book.read(verify).findings == ()
