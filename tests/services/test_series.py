"""Numbers: no gap, none twice, lawful, of the right series, and the new year's on 1 April."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.calendar import FinancialYear
from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.numbering import LONGEST, Series, fits_gstr1, fits_irp, fits_rule_46
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.services import billing, cancelling, series
from dms_desktop.store.session import Tx
from tests.books import TODAY, Book

MARCH, APRIL = date(2027, 3, 31), date(2027, 4, 1)
YEAR = FinancialYear(2026)


def number(book: Book, draft: Draft, counter: str = "") -> str:
    saved: billing.Saved = book.write(
        billing.post_draft, draft, actor=replace(book.owner, counter=counter)
    )
    return saved.posted.number


def refused(book: Book, draft: Draft) -> Problem:
    with pytest.raises(Refused) as caught:
        book.write(billing.post_draft, draft)
    (problem,) = caught.value.problems
    return problem


def bill(book: Book, day: date = TODAY, code: str = "SALT", kind: Kind = Kind.BILL) -> Draft:
    asks = (Ask(book.items[code], 1),)
    return replace(book.draft(day=day), asks=asks, kind=kind, note="on approval")


@needs(Power.SETTINGS)
def _series(
    tx: Tx,
    prefix: str,
    *,
    width: int = 4,
    kind: str = "bill",
    paper: str = "",
    counter: str = "",
    principal: int = 0,
    year: FinancialYear = YEAR,
) -> None:
    series.write_series(tx, year, 1, kind, paper, counter, principal, prefix, width)


def test_numbers_run_on_through_refusals_and_cancellations(either: Book) -> None:
    """Every number is accounted for: GSTR-1 asks for each one, the cancelled too."""
    seen = []
    for step in range(6):
        with pytest.raises(Refused):
            either.write(billing.post_draft, either.draft(SOAP=10_000))
        posted = either.bill(SALT=1)
        seen.append(posted.number)
        if step % 2:
            either.write(cancelling.cancel, posted.id, by=uuid4(), why="typed twice")
    assert seen == [f"B/26-27/{serial:05d}" for serial in range(1, 7)]
    serials = either.rows(
        "SELECT kind, count(*), min(serial), max(serial) FROM document GROUP BY kind"
    )
    assert all((low, high) == (1, count) for _, count, low, high in serials)


def test_each_kind_has_its_own_series(either: Book) -> None:
    numbers = [number(either, bill(either, kind=kind)) for kind in
               (Kind.BILL, Kind.ORDER, Kind.ESTIMATE, Kind.CHALLAN, Kind.BILL)]  # fmt: skip
    assert numbers == [
        "B/26-27/00001",
        "SO/26-27/00001",
        "ES/26-27/00001",
        "DC/26-27/00001",
        "B/26-27/00002",
    ]


def test_every_number_is_good_at_every_machine(copied: Book) -> None:
    numbers = copied.rows("SELECT prefix, width FROM series")
    assert len(numbers) == len(series.PREFIXES)
    for prefix, width in numbers:
        one = Series(prefix, width)
        for serial in (1, 9_999, one.last):
            text = one.format(serial)
            assert len(text) <= LONGEST
            assert fits_rule_46(text)
            assert fits_irp(text)
            assert fits_gstr1(text)


def test_the_year_turns_at_midnight_in_india(either: Book) -> None:
    """At 23:59:58 on 31 March the bill is of March; four seconds later of the new year."""
    either.clock.now = datetime(2027, 3, 31, 18, 29, 58, tzinfo=UTC)
    assert number(either, bill(either, MARCH)) == "B/26-27/00001"
    assert refused(either, bill(either, APRIL)).reason is Reason.FUTURE_DAY
    either.clock.now += timedelta(seconds=4)
    assert number(either, bill(either, APRIL)) == "B/27-28/00001"
    # both years work until the old one is locked: by the bill's own date
    assert number(either, bill(either, MARCH)) == "B/26-27/00002"
    assert number(either, bill(either, APRIL)) == "B/27-28/00002"
    assert either.value("SELECT count(*) FROM series WHERE year = 2027") == len(series.PREFIXES)


def test_the_new_year_takes_over_every_series_with_its_year_renewed(either: Book) -> None:
    either.write(_series, "HUL/26-27/", principal=1)
    either.write(_series, "K", counter="2", width=6)
    either.clock.now = datetime(2027, 4, 1, 6, tzinfo=UTC)
    assert number(either, bill(either, APRIL)) == "HUL/27-28/0001"
    old, new = (
        either.rows(
            "SELECT kind, paper, counter, principal_id, width FROM series WHERE year = :y"
            " ORDER BY kind, counter, principal_id",
            y=year,
        )
        for year in (2026, 2027)
    )
    assert old == new
    assert ("K",) in either.rows("SELECT prefix FROM series WHERE year = 2027")


@pytest.mark.parametrize("day", [date(2026, 3, 31), date(2024, 5, 1)])
def test_a_year_without_a_series_is_refused(either: Book, day: date) -> None:
    problem = refused(either, bill(either, day))
    assert problem.reason is Reason.NO_SERIES
    assert problem.facts["year"] == FinancialYear(day.year - (day.month < 4)).label


def test_the_series_of_the_principal_counter_and_paper_come_before_the_general_one(
    either: Book,
) -> None:
    either.write(_series, "BOS/26-27/", paper="bill_of_supply")
    assert number(either, bill(either, code="SALT")) == "BOS/26-27/0001"  # exempt goods alone
    assert number(either, bill(either, code="SOAP")) == "B/26-27/00001"
    either.write(_series, "C2/26-27/", counter="2")
    assert number(either, bill(either, code="SOAP"), "2") == "C2/26-27/0001"
    assert number(either, bill(either, code="SALT"), "2") == "C2/26-27/0002"
    assert number(either, bill(either, code="SOAP"), "3") == "B/26-27/00002"
    either.write(_series, "HUL/26-27/", principal=1)
    assert number(either, bill(either, code="SOAP"), "2") == "HUL/26-27/0001"
    either.write(_second_principal)
    assert number(either, bill(either, code="OIL"), "3") == "B/26-27/00003"
    both = replace(bill(either), asks=tuple(Ask(either.items[code], 1) for code in ("OIL", "TEA")))
    assert number(either, both, "3") == "B/26-27/00004"  # goods of two principals: the general one


@needs(Power.MASTERS)
def _second_principal(tx: Tx) -> None:
    tx.run("INSERT INTO principal (uid, code, name) VALUES (:u, 'TWO', 'Two')", u=uuid4().bytes)
    tx.run("UPDATE item SET principal_id = 2 WHERE code = 'OIL'")


def test_a_day_before_the_last_number_needs_the_power_to_go_back(either: Book) -> None:
    number(either, bill(either, TODAY))
    earlier = bill(either, TODAY - timedelta(days=1))
    clerk = replace(either.owner, powers=frozenset({Power.BILL, Power.LOOK}))
    with pytest.raises(Refused) as caught:
        either.write(billing.post_draft, earlier, actor=clerk)
    (problem,) = caught.value.problems
    assert (problem.reason, problem.facts["last"]) == (Reason.BEFORE_LAST_NUMBER, TODAY)
    either.write(billing.post_draft, bill(either), actor=clerk)  # the same day is no step back
    assert number(either, earlier) == "B/26-27/00003"
    assert either.value("SELECT last_day FROM series WHERE kind = 'bill'") == TODAY.isoformat()


def test_a_full_series_is_said_and_gives_no_number_twice(copied: Book) -> None:
    copied.write(_series, "ABCDEFGHIJKLMNO", width=1, principal=1)
    seen = {number(copied, bill(copied)) for _ in range(9)}
    assert seen == {f"ABCDEFGHIJKLMNO{serial}" for serial in range(1, 10)}
    assert refused(copied, bill(copied)).reason is Reason.SERIES_FULL
    assert copied.value("SELECT last FROM series WHERE prefix = 'ABCDEFGHIJKLMNO'") == 9


@pytest.mark.parametrize(
    ("prefix", "width", "reason"),
    [
        ("B/26-27/", 5, Reason.SERIES_PREFIX_TAKEN),
        ("SO/26-27/", 5, Reason.SERIES_PREFIX_TAKEN),  # of another kind: unique all the same
        ("SEVENTEEN/26-27/", 5, Reason.SERIES_TOO_LONG),
        ("b/26-27/", 5, Reason.SERIES_TOO_LONG),
        ("A1", 5, Reason.SERIES_TOO_LONG),  # A1 at 1 and A at 11 would both say A11
        ("0/", 5, Reason.SERIES_TOO_LONG),
        ("B 1/", 5, Reason.SERIES_TOO_LONG),
    ],
)
def test_a_series_that_would_not_do(either: Book, prefix: str, width: int, reason: Reason) -> None:
    with pytest.raises(Refused) as caught:
        either.write(_series, prefix, width=width, counter="9")
    assert [problem.reason for problem in caught.value.problems] == [reason]
    assert either.value("SELECT count(*) FROM series") == len(series.PREFIXES)


def test_a_prefix_serves_again_in_another_year(copied: Book) -> None:
    copied.write(_series, "B/", counter="9")
    copied.write(_series, "B/", counter="9", year=FinancialYear(2027))
    assert copied.value("SELECT count(*) FROM series WHERE prefix = 'B/'") == 2


@given(st.lists(st.sampled_from(["BOS/", "C2/", "HUL/", "X-"]), unique=True, max_size=4))
def test_no_two_series_of_a_year_give_out_the_same_number(prefixes: list[str]) -> None:
    """Whatever the widths: the prefixes differ and end in no figure."""
    texts = [Series(prefix, width).format(serial) for prefix in prefixes for width in (3, 5)
             for serial in (1, 11, 111)]  # fmt: skip
    owners = {text: [p for p in prefixes if text.startswith(p) and text[len(p):].isdigit()]
              for text in texts}  # fmt: skip
    assert all(len(found) == 1 for found in owners.values())


def test_the_same_draft_takes_one_number_however_often_it_is_sent(either: Book) -> None:
    draft = bill(either)
    assert {number(either, draft) for _ in range(3)} == {"B/26-27/00001"}
    assert number(either, replace(draft, id=UUID(int=7))) == "B/26-27/00002"
