"""Headings guessed and mended, and every kind of cell as the trade writes it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dms_desktop.domain.incoming import Intake
from dms_desktop.domain.masters import ITEM_FIELDS, PARTY_FIELDS, Barcode
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.files.cells import blank
from dms_desktop.files.fields import READERS, RECORD_NAMES, read_given
from dms_desktop.files.headings import FIELDS, NEEDED, columns, guess, likeliest
from dms_desktop.files.intake import read_lines
from dms_desktop.files.raw import Cell
from dms_desktop.language.sentences import say

ITEMS, PARTIES, LOTS, BILLS = Intake.ITEMS, Intake.PARTIES, Intake.LOTS, Intake.BILLS


def headed(kind: Intake, *headings: str, said: dict[str, str] | None = None) -> dict[str, str]:
    return dict(columns(kind, [headings], said).headings)


def read(kind: Intake, **cells: Cell) -> dict[str, Any]:
    """One row with these cells under the fields' own names."""
    needed = {"code": "X", "item": "X", "qty": "1", "number": "1", "day": "21-11-2026"}
    needed |= {"party": "P", "rate": "1"}
    row = {name: needed[name] for name in NEEDED[kind]} | cells
    _, (line,) = read_lines(kind, [tuple(row), tuple(row.values())])
    return dict(line.given) | {"problems": list(line.problems)}


def test_the_published_headings_are_known_in_their_order() -> None:
    assert tuple(FIELDS[ITEMS])[: len(ITEM_FIELDS)] == ITEM_FIELDS
    fields = tuple(RECORD_NAMES.get(field, field) for field in FIELDS[PARTIES])
    assert fields[: len(PARTY_FIELDS)] == PARTY_FIELDS
    lots = "item,batch,mrp,ptr,pts,cost,packed,expiry,godown,qty"
    assert set(FIELDS[LOTS]) == set(lots.split(","))


@pytest.mark.parametrize("kind", list(Intake))
def test_every_field_has_a_reader(kind: Intake) -> None:
    assert READERS[kind].keys() == FIELDS[kind].keys()


@pytest.mark.parametrize("kind", list(Intake))
def test_no_word_stands_for_two_fields_of_one_kind(kind: Intake) -> None:
    words = [word for text in FIELDS[kind].values() for word in text.split("|") if word]
    assert len(words) == len(set(words))


def test_an_export_of_another_program_is_understood() -> None:
    found = headed(
        ITEMS, "Sr No", "Item Code", "Product Name", "HSN/SAC", "GST%", "UOM", "Pcs Per Case",
        "M.R.P. (Rs.)", "EAN Code", "Company",
    )  # fmt: skip
    assert found == {
        "code": "Item Code", "name": "Product Name", "hsn": "HSN/SAC", "gst_rate": "GST%",
        "unit": "UOM", "case": "Pcs Per Case", "mrp": "M.R.P. (Rs.)", "barcode": "EAN Code",
        "principal": "Company",
    }  # fmt: skip
    assert headed(LOTS, "SKU", "Batch No.", "Exp. Date", "Mfg Date", "Closing Stock", "P.Rate") == {
        "item": "SKU", "batch": "Batch No.", "expiry": "Exp. Date", "packed": "Mfg Date",
        "qty": "Closing Stock", "cost": "P.Rate",
    }  # fmt: skip
    assert headed(PARTIES, "Customer Code", "Outlet Name", "GST No", "Mobile No", "Route") == {
        "code": "Customer Code", "name": "Outlet Name", "gstin": "GST No", "phone": "Mobile No",
        "beat": "Route",
    }  # fmt: skip


def test_a_fields_own_name_goes_before_what_the_trade_calls_it() -> None:
    assert headed(ITEMS, "SKU", "code")["code"] == "code"
    assert headed(LOTS, "Quantity", "item", "qty")["qty"] == "qty"


def test_the_guess_is_mended_by_what_the_user_says() -> None:
    found = headed(ITEMS, "SKU", "Part", "Product", said={"code": "part", "name": ""})
    assert found == {"code": "Part"}


@pytest.mark.parametrize(
    ("said", "fault"),
    [({"code": "Nummer"}, "file_unknown_heading"), ({"colour": "SKU"}, "file_unknown_field")],
)
def test_a_mend_that_cannot_be_is_refused(said: dict[str, str], fault: str) -> None:
    with pytest.raises(Refused) as refused:
        headed(ITEMS, "SKU", said=said)
    (problem,) = refused.value.problems
    assert problem.facts["fault"] == fault
    assert "…" not in say(problem)


def test_headings_may_stand_below_the_firms_name_and_row_numbers_stay_the_files() -> None:
    rows = [("Shree Ganesh Distributors",), (), ("Stock as on", "21-11-2026"), ("SKU", "Qty")]
    found, lines = read_lines(LOTS, [*rows, ("A1", 5), (), ("A2", 6)])
    assert found.row == 4
    assert [(line.row, line.given["item"]) for line in lines] == [(5, "A1"), (7, "A2")]


def test_a_table_of_something_else_is_refused_with_what_is_missing() -> None:
    with pytest.raises(Refused) as refused:
        read_lines(LOTS, [("Name", "Age"), ("Ravi", 31)])
    (problem,) = refused.value.problems
    assert problem.facts["missing"] == "item, qty"
    with pytest.raises(Refused) as refused:
        read_lines(LOTS, [("item", "qty"), ("", " ")])
    assert refused.value.problems[0].facts["fault"] == "file_no_rows"


def test_what_a_good_row_says() -> None:
    found = read(
        ITEMS, name=" Cow  ghee 1 l", hsn=4059020, gst_rate="GST 18 %", unit="Ltr.", inner="12.00",
        mrp="Rs. 1,234.50/-", barcode=8901234567894.0, keep_batch="N", active=1,
    )  # fmt: skip
    assert found == {
        "code": "X", "name": "Cow ghee 1 l", "hsn": "04059020", "gst_rate": Decimal(18),
        "unit": "LTR", "inner": 12, "mrp": Money(123450), "barcode": "8901234567894",
        "keep_batch": False, "active": True, "problems": [],
    }  # fmt: skip


def test_a_price_may_be_finer_than_a_paisa_and_an_mrp_may_not() -> None:
    assert read(LOTS, ptr="8.4746")["ptr"] == Rate(Money(84746), 100)
    (problem,) = read(LOTS, mrp="8.474")["problems"]
    assert problem.reason is Reason.BAD_FIGURE
    assert problem.facts["field"] == "mrp"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("04/27", date(2027, 4, 30)),
        ("APR-27", date(2027, 4, 30)),
        ("30.04.2027", date(2027, 4, 30)),
        ("300427", date(2027, 4, 30)),
        ("2027-04-15", date(2027, 4, 15)),
        (datetime(2027, 4, 15), date(2027, 4, 15)),  # noqa: DTZ001 - a cell knows no zone
    ],
)
def test_an_expiry_in_every_form_of_the_trade(cell: Cell, day: date) -> None:
    assert read(LOTS, expiry=cell)["expiry"] == day


@pytest.mark.parametrize(
    ("kind", "field", "cell", "reason"),
    [
        (ITEMS, "hsn", "123", None),  # 0123
        (ITEMS, "hsn", "12345678901", Reason.BAD_ENTRY),
        (ITEMS, "hsn", "soap", Reason.BAD_ENTRY),
        (ITEMS, "gst_rate", "-5", Reason.BAD_FIGURE),
        (ITEMS, "gst_rate", "eighteen", Reason.BAD_FIGURE),
        (ITEMS, "gst_rate", "exempt", None),
        (ITEMS, "unit", "Furlong", Reason.BAD_ENTRY),
        (ITEMS, "mrp", "1e999999999", Reason.BAD_FIGURE),
        (ITEMS, "mrp", float("inf"), Reason.BAD_FIGURE),
        (ITEMS, "mrp", float("nan"), Reason.BAD_FIGURE),
        (ITEMS, "mrp", "9" * 400, Reason.BAD_FIGURE),
        (ITEMS, "mrp", "=1+1", Reason.BAD_FIGURE),
        (ITEMS, "mrp", "1,5", Reason.BAD_FIGURE),
        (ITEMS, "case", "2.5", Reason.BAD_FIGURE),
        (ITEMS, "barcode", 8.90123e20, Reason.BAD_ENTRY),
        (ITEMS, "name", "x" * 500, Reason.BAD_ENTRY),
        (ITEMS, "name", "#N/A", Reason.BAD_ENTRY),
        (ITEMS, "active", "perhaps", Reason.BAD_ENTRY),
        (LOTS, "qty", "-5", Reason.BAD_QUANTITY),
        (LOTS, "qty", -5, Reason.BAD_QUANTITY),
        (LOTS, "qty", 1e12, Reason.BAD_QUANTITY),
        (LOTS, "qty", "1e9", Reason.BAD_QUANTITY),
        (LOTS, "qty", "1.5", Reason.BAD_QUANTITY),
        (LOTS, "qty", "2c 6p", None),  # counted with its item
        (LOTS, "qty", "12.00 Pcs", None),
        (LOTS, "batch", date(2027, 4, 1), Reason.BAD_ENTRY),
        (LOTS, "packed", "31-02-2027", Reason.BAD_DAY),
        (LOTS, "packed", 46357, Reason.BAD_DAY),
        (PARTIES, "credit_limit", "many", Reason.BAD_FIGURE),
        (PARTIES, "gst_type", "casual", Reason.BAD_ENTRY),
    ],
)
def test_a_bad_cell_keeps_its_row_out_and_says_which(
    kind: Intake, field: str, cell: Cell, reason: Reason | None
) -> None:
    problems = read(kind, **{field: cell})["problems"]
    assert [problem.reason for problem in problems] == ([reason] if reason else [])
    for problem in problems:
        assert problem.row == 2
        assert problem.facts["field"] == field
        assert "…" not in say(problem)


def test_a_needed_cell_that_is_empty_is_missing_under_its_own_heading() -> None:
    _, (line,) = read_lines(LOTS, [("SKU", "Closing Stock", "MRP"), ("A1", " ", 12)])
    assert [(p.reason, p.facts["field"]) for p in line.problems] == [
        (Reason.MISSING, "Closing Stock")
    ]
    assert "qty" not in line.given


def test_the_second_row_of_one_code_is_refused_and_names_the_first() -> None:
    _, lines = read_lines(ITEMS, [("code", "name"), ("a1", "Tea"), ("B", "x"), ("A1 ", "Tea 2")])
    assert [len(line.problems) for line in lines] == [0, 0, 1]
    (problem,) = lines[2].problems
    assert (problem.reason, problem.facts["first"]) == (Reason.DUPLICATE, 2)


def test_the_same_lot_may_lie_in_two_godowns() -> None:
    rows: list[tuple[Cell, ...]] = [("item", "batch", "godown", "qty")]
    rows += [("A", "1", "M", 1), ("A", "1", "N", 1), ("a", "1", "m", 9)]
    _, lines = read_lines(LOTS, rows)
    assert [len(line.problems) for line in lines] == [0, 0, 1]


def test_a_form_says_its_fields_by_the_same_rules() -> None:
    found = read_given(
        ITEMS, {"name": "Tea", "mrp": 12.5, "alias": "", "case": None, "active": False,
                "barcodes": [{"code": "8901", "units": 24}, {"code": "8902"}]},
    )  # fmt: skip
    assert found == {
        "name": "Tea", "mrp": Money(1250), "alias": "", "active": False,
        "barcodes": (Barcode("8901", 24), Barcode("8902", 1)),
    }  # fmt: skip
    assert read_given(PARTIES, {"class": "A", "credit_limit": ""}) == {
        "class_": "A", "credit_limit": None,
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        read_given(ITEMS, {"mrp": "x", "colour": "red", "barcodes": [{"units": 0}]})
    reasons = [problem.reason for problem in refused.value.problems]
    assert reasons == [Reason.BAD_FIGURE, Reason.BAD_ENTRY, Reason.BAD_ENTRY, Reason.BAD_FIGURE]


_ANY = st.one_of(
    st.none(), st.text(max_size=30), st.integers(), st.floats(), st.dates(),
    st.datetimes(), st.sampled_from(["=1+1", "1e999", "2c 6p", "04/27", "₹ 5", "%", "'=x"]),
)  # fmt: skip


@given(st.sampled_from(list(Intake)), st.data())
def test_no_cell_makes_the_reader_fall(kind: Intake, data: st.DataObject) -> None:
    """Every cell becomes a value or a problem with a sentence, never a crash and never a guess."""
    fields = tuple(FIELDS[kind])
    cells = tuple(data.draw(_ANY, label=field) for field in fields)
    assume(any(not blank(cell) for cell in cells))
    _, (line,) = read_lines(kind, [fields, cells])
    for problem in line.problems:
        assert say(problem)
    for value in line.given.values():
        assert isinstance(value, str | int | Decimal | Money | Rate | date)
        if isinstance(value, Decimal):
            assert value.is_finite()


@given(st.lists(st.lists(_ANY, max_size=5), max_size=6), st.sampled_from(list(Intake)))
def test_no_table_makes_the_search_for_headings_fall(rows: list[list[Cell]], kind: Intake) -> None:
    with pytest.raises(Refused):
        read_lines(kind, [tuple(row) for row in rows])


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        (Intake.PRICES, ("A", "SOAP")),
        (Intake.BALANCES, ("cash",)),
        (Intake.DUES, ("SHARMA", "7", "01-11-2026", "100")),
        (Intake.LOTS, ("SOAP", "5")),
    ],
)
def test_the_second_of_two_like_rows_is_refused(kind: Intake, row: tuple[Cell, ...]) -> None:
    _, (first, second) = read_lines(kind, [NEEDED[kind], row, row])
    assert first.problems == ()
    (double,) = second.problems
    assert (double.reason, double.facts["value"]) == (Reason.DUPLICATE, row[0])


@pytest.mark.parametrize("kind", list(Intake))
def test_a_file_is_known_by_its_headings(kind: Intake) -> None:
    assert likeliest([("Gupta & Sons",), tuple(FIELDS[kind])]) is kind


def test_a_file_whose_headings_say_little_is_known_by_its_name() -> None:
    rows = [("Code", "Name", "MRP"), ("A", "B", "1")]
    assert likeliest(rows) is Intake.ITEMS
    assert likeliest([("Code", "Name")], "Parties of Pune.xlsx") is Intake.PARTIES


def test_headings_that_nobody_knows_are_looked_for_below_a_title() -> None:
    rows = [("Gupta & Sons",), (), ("Maal", "Naam", "Daam"), ("A", "B", 5)]
    assert guess(Intake.ITEMS, rows).row == 3
    found = guess(Intake.ITEMS, rows, {"code": "Maal", "name": "Naam"})
    assert found.places == {"code": 0, "name": 1}
