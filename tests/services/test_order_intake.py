"""Orders from a flat file: gathered, judged, posted at the promised rate, and never twice."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from dms_desktop.domain.money import Money, Rate, rupees
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.files.order_file import Taken, bring_in, read_orders
from dms_desktop.services import billing, fulfilment, tray
from tests.books import TODAY, Book

HEAD = "Order No,Date,Party,Item,Qty,Free,Rate,Disc %,Remarks"
ROWS = (
    "P/7,20-11-2026,SHARMA,SOAP,2c 6p,,28.50,,by Friday",
    "P/7,20-11-2026,Sharma Stores,Leaf tea 250 g,12,1,,2.5,",
    "P/8,,laxmi provision,OIL,90,,,,",
)


def written(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "orders.csv"
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def slips(taken: list[Taken]) -> list[tuple[int | None, Reason]]:
    return [(problem.row, problem.reason) for each in taken for problem in each.problems]


def test_orders_are_shown_first_then_posted_at_what_they_promise(
    either: Book, tmp_path: Path
) -> None:
    path = written(tmp_path, ROWS[0], ROWS[1].replace("Sharma Stores", "sharma"), ROWS[2])
    shown = bring_in(either, path)
    assert [(each.order.number, each.order.rows, each.number) for each in shown] == [
        ("P/7", (2, 3), ""),
        ("P/8", (4,), ""),
    ]
    assert either.read(tray.tray) == []
    done = bring_in(either, path, yes=True)
    assert [each.number for each in done] == ["SO/26-27/00001", "SO/26-27/00002"]
    assert [each.total for each in done] == [each.total for each in shown]
    waiting = either.read(tray.tray)
    assert [(row.party, row.left, row.day) for row in waiting] == [
        ("Sharma Stores", 67, date(2026, 11, 20)),
        ("Laxmi Provision", 90, TODAY),
    ]
    bill = either.read(fulfilment.draft_of, waiting[0].id, new=uuid4(), day=TODAY)
    assert [(ask.qty, ask.free, ask.rate) for ask in bill.asks] == [
        (54, 0, Rate(Money(2850))),
        (12, 1, Rate(Money(9500))),
    ]
    assert bill.order_no == "P/7"
    saved = either.write(billing.post_draft, bill)
    assert (
        either.value(
            "SELECT rate FROM goods_line JOIN document ON document.id = document_id"
            " WHERE kind = 'bill' ORDER BY row LIMIT 1"
        )
        == 2850
    )
    assert saved.posted.total == done[0].total


def test_the_same_order_is_posted_once_whichever_file_it_comes_in(
    either: Book, tmp_path: Path
) -> None:
    bring_in(either, written(tmp_path, ROWS[2]), yes=True)
    longer = written(tmp_path, ROWS[2], "P/9,21-11-2026,PATEL,SALT,5,,,,")
    assert [each.there for each in bring_in(either, longer)] == [True, False]
    done = bring_in(either, longer, yes=True)
    assert [each.number for each in done] == ["SO/26-27/00001", "SO/26-27/00002"]
    assert len(either.read(tray.tray)) == 2
    other = written(tmp_path, ROWS[2].replace("90", "70"))
    (taken,) = bring_in(either, other, yes=True)
    assert slips([taken]) == [(2, Reason.OTHER_CONTENT)]
    assert either.value("SELECT count(*) FROM document WHERE kind = 'order'") == 2


def test_every_slip_is_named_by_its_row_and_the_others_are_taken(
    either: Book, tmp_path: Path
) -> None:
    path = written(
        tmp_path,
        "P/1,21-11-2026,NOBODY,SOAP,1,,,,",
        "P/2,21-11-2026,SHARMA,NOTHING,1,,,,",
        "P/2,21-11-2026,SHARMA,SOAP,some,,,,",
        "P/3,32-11-2026,SHARMA,SOAP,1,,x,,",
        "P/4,21-11-2026,SHARMA,,1,,,,",
        "P/5,21-11-2026,SHARMA,SOAP,1,,,,call first",
        "P/5,22-11-2026,SHARMA,TEA,1,,,,",
        "P/5,21-11-2026,SHARMA,TEA,1,,,,come first",
        "P/6,21-11-2026,SHARMA,OIL,2c,,,,",
        ",,,,,,,,",
        "P/7,21-11-2026,SHARMA,SALT,1,,,,",
    )
    done = bring_in(either, path, yes=True)
    assert slips(done) == [
        (2, Reason.UNKNOWN_PARTY),
        (4, Reason.BAD_QUANTITY),
        (5, Reason.BAD_DAY),
        (5, Reason.BAD_FIGURE),
        (6, Reason.MISSING),
        (8, Reason.ROWS_DISAGREE),
        (9, Reason.ROWS_DISAGREE),
        (10, Reason.NO_CASE_FACTOR),
    ]
    assert [each.number for each in done if not each.problems] == ["SO/26-27/00001"]
    again = [each.problems for each in bring_in(either, path) if each.problems]
    assert len(again) == 6


def test_an_item_that_is_not_there_is_named_with_its_party(either: Book, tmp_path: Path) -> None:
    path = written(tmp_path, "1,,SHARMA,NOTHING,1,,,,", "1,,SHARMA,SOAP,1,,,,", "1,,,TEA,1,,,,")
    assert slips(bring_in(either, path)) == [(2, Reason.UNKNOWN_ITEM), (4, Reason.MISSING)]


def test_headings_of_other_programs_are_known(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Report of orders,,,,",
        "PO No,Outlet Name,SKU Code,Ordered Qty,Unit Price",
        "77,Sharma Stores,SOAP,5,₹ 29.00",
        head="Shree Ganesh,,,,",
    )
    (order,) = read_orders(path)
    assert (order.number, order.party, order.rows) == ("77", "Sharma Stores", (4,))
    assert order.said["lines"] == [{"item": "SOAP", "qty": "5", "rate": "29"}]


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    for head, rows, fault in (
        ("Name,Age", ("Ravi,31",), "file_no_headings"),
        (HEAD, (), "file_no_rows"),
    ):
        with pytest.raises(Refused) as caught:
            read_orders(written(tmp_path, *rows, head=head))
        assert caught.value.problems[0].facts["fault"] == fault


def test_rates_stay_exact(either: Book, tmp_path: Path) -> None:
    path = written(tmp_path, "1,,SHARMA,SOAP,1000,,8.405,,", "2,,LAXMI,SOAP,1,,1e9,,")
    good, bad = bring_in(either, path)
    assert good.total == rupees("9918")
    assert slips([bad]) == [(3, Reason.BAD_FIGURE)]


def test_orders_of_a_json_file_are_shown_and_taken_once_with_slips_by_their_line(
    either: Book, tmp_path: Path
) -> None:
    path = tmp_path / "orders.json"
    good = {"party": "SHARMA", "order_no": "A/1", "lines": [{"item": "SOAP", "qty": "2c 6p"}]}
    bad = {
        "party": "PATEL", "colour": "red", "reserve": "yes",
        "lines": [{"item": "SALT"}, {"item": "OIL", "qty": 1.5}, {"item": "GHEE", "qty": 1}],
    }  # fmt: skip
    unknown = {"party": "LAXMI", "lines": [{"item": "SALT", "qty": 2}, {"item": "GHEE", "qty": 1}]}
    path.write_text(json.dumps([good, bad, unknown]), encoding="utf-8")
    taken = bring_in(either, path, yes=True)
    assert [(each.order.number, each.number) for each in taken] == [
        ("A/1", "SO/26-27/00001"),
        ("", ""),
        ("", ""),
    ]
    assert slips(taken) == [
        (2, Reason.WRONG_SHAPE),
        (2, Reason.WRONG_SHAPE),
        (2, Reason.MISSING),
        (3, Reason.WRONG_SHAPE),
        (6, Reason.UNKNOWN_ITEM),
    ]
    assert [(row.party, row.left) for row in either.read(tray.tray)] == [("Sharma Stores", 54)]
    again = bring_in(either, path, yes=True)
    assert (again[0].there, again[0].number) == (True, "SO/26-27/00001")
    assert len(either.read(tray.tray)) == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [("{", "file_no_json"), ("[]", "file_no_orders"), ('"orders"', "file_no_orders"),
     ("[" * 100_000, "file_no_json")],
)  # fmt: skip
def test_a_file_that_is_no_list_of_orders_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "orders.json"
    path.write_text(text)
    with pytest.raises(Refused) as refused:
        read_orders(path)
    assert refused.value.problems[0].facts["fault"] == fault
