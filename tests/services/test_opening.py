"""Opening data: a trial balance shown against the books till nil, dues as open items, undone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dms_desktop.domain.incoming import Intake, Line
from dms_desktop.domain.money import ZERO, Money
from dms_desktop.domain.powers import Actor, Power
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.services import imports, opening
from dms_desktop.services.importing import dues
from dms_desktop.services.verifying import verify
from tests.books import Book, founded
from tests.files.sheets import write_csv
from tests.services.import_files import run

HEAD = ("account", "debit", "credit")
DUES = ("party", "number", "day", "due", "amount")


def bring(book: Book, kind: Intake, path: Path, head: tuple[str, ...], *rows: Any) -> Any:
    write_csv(path, [head, *rows])
    return run(book, kind, path, yes=True)


def rest(book: Book) -> Money:
    found: opening.Beginning = book.read(opening.beginning)
    return found.rest


def controls(book: Book) -> None:
    """Debtors and creditors stand for their open items, party by party; the books are sound."""
    for account, sign in (("debtors", 1), ("creditors", -1)):
        ledger = book.value(
            "SELECT coalesce(sum(paise), 0) FROM ledger_entry JOIN account ON account.id ="
            " account_id WHERE account.code = :code",
            code=account,
        )
        items = book.value(
            "SELECT coalesce(sum(open_paise), 0) FROM open_item JOIN ledger_entry entry ON"
            " entry.document_id = open_item.document_id AND entry.party_id = open_item.party_id"
            " JOIN account ON account.id = account_id WHERE account.code = :code",
            code=account,
        )
        assert ledger == items, (account, sign)
    wrong = book.rows(
        "SELECT party_balance.party_id FROM party_balance WHERE paise + supplied <> (SELECT"
        " coalesce(sum(open_paise), 0) FROM open_item WHERE party_id = party_balance.party_id)"
    )
    assert wrong == []
    assert book.read(verify).findings == ()


def test_the_difference_is_shown_till_it_is_nil(either: Book, tmp_path: Path) -> None:
    book = either
    stock = int(book.value("SELECT sum(paise) FROM lot_cost"))
    assert rest(book) == Money(-stock), "stock that came in by lots"
    rows = [
        ("Cash in hand", "10000.00", ""), ("bank", "250000.00", ""), ("Capital", "", "300000.00"),
        ("Sundry debtors", "5000.00", ""), ("Stock in hand", str(Money(stock)), ""),
    ]  # fmt: skip
    short = Money(stock) + Money(26500000) - Money(30000000)
    loans = ("loans", "", str(short)) if short > ZERO else ("loans", str(-short), "")
    report = bring(book, Intake.BALANCES, tmp_path / "tb.csv", HEAD, *rows, loans)
    assert (report.outcome.created, report.outcome.refused) == (4, ())
    shown = {each.code: each.difference for each in book.read(opening.beginning).balances}
    assert shown == {"cash": ZERO, "bank": ZERO, "capital": ZERO, "loans": ZERO, "stock": ZERO,
                     "debtors": Money(500000)}  # fmt: skip
    assert rest(book) == Money(500000), "till the dues are in"
    due = ("SHARMA", "OLD/7", "01-10-2026", "", "5000.00")
    bring(book, Intake.DUES, tmp_path / "dues.csv", DUES, due)
    assert rest(book) == ZERO
    assert all(each.difference == ZERO for each in book.read(opening.beginning).balances)
    controls(book)


def test_an_amended_trial_balance_posts_only_what_differs(book: Book, tmp_path: Path) -> None:
    first = bring(book, Intake.BALANCES, tmp_path / "a.csv", HEAD, ("cash", "100", ""))
    again = bring(book, Intake.BALANCES, tmp_path / "b.csv", HEAD, ("Cash in hand", "100", ""))
    assert (again.outcome.created, again.outcome.changed) == (0, 0)
    other = bring(book, Intake.BALANCES, tmp_path / "c.csv", HEAD, ("cash", "", "40.50"))
    assert (other.outcome.created, other.outcome.changed) == (0, 1)
    assert book.read(opening.beginning).balances[0].posted == Money(-4050)
    book.write(imports.undo_import, other.import_id)
    assert book.read(opening.beginning).balances[0].told == Money(10000)
    book.write(imports.undo_import, first.import_id)
    assert opening_cash(book) == 0
    assert book.read(verify).findings == ()


def opening_cash(book: Book) -> int:
    return int(
        book.value(
            "SELECT coalesce(sum(paise), 0) FROM ledger_entry JOIN account ON account.id ="
            " account_id WHERE account.code = 'cash'"
        )
    )


def test_what_a_trial_balance_may_not_say_is_named_by_its_row(book: Book, tmp_path: Path) -> None:
    rows = [("cash", "1", ""), ("opening", "1", ""), ("Petty", "1", ""), ("Cash in hand", "2", "")]
    report = bring(book, Intake.BALANCES, tmp_path / "tb.csv", HEAD, *rows)
    assert [(each.row, each.reason) for each in report.outcome.refused] == [
        (3, Reason.BAD_ENTRY), (4, Reason.UNKNOWN_CODE), (5, Reason.DUPLICATE)
    ]  # fmt: skip
    clerk = Actor(1, "clerk", powers=frozenset({Power.LOOK, Power.MASTERS}))
    lines = (Line(2, {"account": "cash", "debit": Money(1)}),)
    with pytest.raises(Refused):
        book.read(imports.preview, Intake.BALANCES, lines, actor=clerk)


def test_dues_are_open_items_by_their_own_number_and_only_once(
    either: Book, tmp_path: Path
) -> None:
    book = either
    rows = [
        ("Sharma Stores", "OLD/1", "01-10-2026", "20-10-2026", "1,250.50"),
        ("sharma", "OLD/2", "05-10-2026", "", "300"),
        ("LAXMI", "ADV", "05-10-2026", "", "-75.25"),  # an advance: we owe it
        ("NOBODY", "X", "05-10-2026", "", "1"),
    ]  # fmt: skip
    report = bring(book, Intake.DUES, tmp_path / "a.csv", DUES, *rows)
    assert report.outcome.created == 3
    assert [(each.row, each.reason) for each in report.outcome.refused] == [
        (5, Reason.UNKNOWN_PARTY)
    ]
    found = book.rows(
        "SELECT external_ref, open_item.due_day, open_paise, particulars LIKE '%2026-10-0%'"
        " FROM open_item JOIN document ON document.id = document_id ORDER BY document.id"
    )
    assert [(*row[:3], bool(row[3])) for row in found] == [
        ("OLD/1", "2026-10-20", 125050, True),
        ("OLD/2", "2026-10-26", 30000, True),  # 21 days of credit
        ("ADV", "2026-10-26", -7525, True),
    ]
    more = [
        ("SHARMA", "old/1", "01-10-2026", "", "9"),
        ("SHARMA", "OLD/2", "05-10-2026", "", "300"),
    ]
    again = bring(book, Intake.DUES, tmp_path / "b.csv", DUES, *more)
    assert again.outcome.created == 0
    assert [each.reason for each in again.outcome.refused] == [Reason.DUPLICATE]
    controls(book)
    book.write(imports.undo_import, report.import_id)
    controls(book)
    assert book.value("SELECT sum(abs(open_paise)) FROM open_item") == 0
    back = bring(book, Intake.DUES, tmp_path / "c.csv", DUES, rows[0])
    assert back.outcome.created == 1, "what was undone may come again"


def test_a_suppliers_bill_is_owed_by_us(book: Book, tmp_path: Path) -> None:
    head = (*DUES, "account")
    due = ("PATEL", "S/9", "01-11-2026", "30-11-2026", "700", "creditors")
    bring(book, Intake.DUES, tmp_path / "a.csv", head, due)
    assert book.rows("SELECT paise, open_paise FROM open_item") == [(-70000, -70000)]
    assert rest(book) == Money(70000 - book.value("SELECT sum(paise) FROM lot_cost"))
    controls(book)


@pytest.fixture(scope="module")
def shared_book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    made = founded(tmp_path_factory.mktemp("opening") / "books.db")
    yield made
    made.database.close()


amounts = st.integers(-(10**9), 10**9).filter(bool).map(Money)


@settings(max_examples=25)
@given(
    told=st.dictionaries(st.sampled_from(["cash", "bank", "capital", "loans", "sales"]), amounts),
    owed=st.lists(st.tuples(st.sampled_from(["SHARMA", "PATEL", "LAXMI"]), amounts), max_size=6),
)
def test_whatever_is_brought_in_balances_and_the_rest_is_the_difference(
    shared_book: Book, told: dict[str, Money], owed: list[tuple[str, Money]]
) -> None:
    """The opening account holds exactly what the books have of everything else."""
    book = shared_book
    before = book.value("SELECT count(*) FROM document")
    lines = [
        Line(row, {"party": party, "number": f"D{before}-{row}", "day": date(2026, 10, 1),
                   "amount": amount})
        for row, (party, amount) in enumerate(owed)
    ]  # fmt: skip
    plan = book.read(_plan, lines)
    assert not plan.outcome.refused
    book.write(opening.post_dues, [due for _, due in plan.dues])
    book.write(opening.post_balances, list(told.items()))
    found: opening.Beginning = book.read(opening.beginning)
    posted = {each.code: each.posted for each in found.balances}
    assert all(posted.get(code, ZERO) == amount for code, amount in told.items())
    assert sum(each.paise for each in posted.values()) + found.rest.paise == 0
    controls(book)


def _plan(reading: Any, lines: list[Line]) -> dues.Plan:
    return dues.plan_dues(reading, lines)


_plan.power = Power.LOOK  # type: ignore[attr-defined]
