"""Many orders billed in one go: each once, whenever it was stopped, and each fate is told."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason
from dms_desktop.services import billing, bulk, fulfilment, people, tray
from dms_desktop.services.bulk import Fate, Outcome, Rest, bulk_bill
from dms_desktop.services.posting import Posted
from dms_desktop.services.verifying import verify
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.session import Tx
from tests.books import OWNER_PIN, PEPPER, TODAY, Book, Clock, founded


@needs(Power.MASTERS)
def _cash_only(tx: Tx) -> None:
    tx.run("UPDATE party SET credit_limit = 0 WHERE code = 'PATEL'")


def order(book: Book, party: str = "SHARMA", **goods: int) -> Posted:
    draft = replace(book.drafted(goods, party), kind=Kind.ORDER)
    saved: billing.Saved = book.write(billing.post_draft, draft)
    return saved.posted


def fates(outcomes: list[Outcome]) -> list[tuple[str, Fate, int]]:
    return [(each.number, each.fate, each.short) for each in outcomes]


def test_each_order_has_its_fate_and_its_reason(either: Book) -> None:
    either.write(_cash_only)
    whole, held, credit, part, none = (
        order(either, "SHARMA", OIL=30),
        order(either, "SHARMA", SOAP=1),
        order(either, "PATEL", SOAP=1),
        order(either, "LAXMI", OIL=25, TEA=6),
        order(either, "LAXMI", OIL=5),
    )
    either.write(tray.hold, held.id, "wait for cheque")
    told: list[tuple[int, int]] = []
    done = bulk_bill(either, uuid4(), TODAY, progress=lambda *step: told.append(step))
    assert fates(done) == [
        (whole.number, Fate.BILLED, 0),
        (held.number, Fate.HELD, 0),
        (credit.number, Fate.HELD, 0),
        (part.number, Fate.SHORT, 15),
        (none.number, Fate.SHORT, 5),
    ]
    assert [each.problems[0].reason for each in done if each.problems] == [
        Reason.ON_HOLD, Reason.CREDIT_LIMIT,
    ]  # fmt: skip
    assert done[4].bill is None
    assert told == [(at, 5) for at in range(1, 6)]
    assert either.stock("OIL") == {"O1": 0}
    assert either.read(verify).findings == ()


def test_the_rest_may_be_dropped(book: Book) -> None:
    order(book, OIL=45)
    (done,) = bulk_bill(book, uuid4(), TODAY, rest=Rest.DROP)
    assert (done.fate, done.short) == (Fate.SHORT, 5)
    assert book.read(tray.tray) == []


def test_a_run_bills_a_short_order_once_and_a_later_run_the_rest(either: Book) -> None:
    made, run = order(either, OIL=45), uuid4()
    first = bulk_bill(either, run, TODAY)
    again = bulk_bill(either, run, TODAY)
    assert again == first
    assert either.value("SELECT count(*) FROM document WHERE kind = 'bill'") == 1
    later = bulk_bill(either, uuid4(), TODAY)
    assert (later[0].number, later[0].bill, later[0].short) == (made.number, None, 5)


def test_only_the_beat_that_is_asked_for(book: Book) -> None:
    book.write(_beat)
    order(book, "SHARMA", SOAP=1)
    order(book, "LAXMI", SOAP=1)
    done = bulk_bill(book, uuid4(), TODAY, beat_id=book.value("SELECT id FROM beat"))
    assert [each.party for each in done] == ["Laxmi Provision"]


@needs(Power.MASTERS)
def _beat(tx: Tx) -> None:
    tx.run("INSERT INTO beat (uid, code, name) VALUES (:u, 'E', 'East')", u=uuid4().bytes)
    tx.run("UPDATE party SET beat_id = (SELECT id FROM beat) WHERE code = 'LAXMI'")


def test_a_bill_of_the_order_typed_meanwhile_is_not_billed_again(book: Book) -> None:
    made = order(book, SOAP=10)
    draft = book.read(fulfilment.draft_of, made.id, new=uuid4(), day=TODAY)
    waiting = book.read(tray.tray)
    book.write(billing.post_draft, draft)
    _, house = book.read(bulk.ready, TODAY)
    outcome = bulk._billed(book, uuid4(), TODAY, waiting[0], Rest.KEEP, house)
    assert (outcome.fate, outcome.problems[0].reason) == (Fate.REFUSED, Reason.ALREADY_BILLED)


def test_what_holds_for_a_whole_run_is_read_once(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our particulars, licences, options, figures of the law, rates of tax: in none of the orders'
    own transactions."""
    for goods in ({"SOAP": 10}, {"SOAP": 5, "OIL": 3}):
        order(book, "SHARMA", **goods)
    said: list[str] = []
    for name in ("execute", "many"):
        monkeypatch.setattr(book.database.driver, name, _heard(book, name, said))
    done = bulk_bill(book, uuid4(), TODAY)
    assert [one.fate for one in done] == [Fate.BILLED] * 2
    of_run = (
        "FROM setting",
        "FROM registration",
        "FROM hsn_rule",
        "FROM statutory_limit",
        "FROM tax_rate",
        "use = 'free'",
    )
    assert [sum(each in sql for sql in said) for each in of_run] == [1] * len(of_run)
    assert len(said) <= 1 + len(of_run) + 2 * 37


def _heard(book: Book, name: str, said: list[str]) -> Any:
    """What the driver does, told to `said`."""
    does = getattr(book.database.driver, name)

    def do(connection: Any, sql: str, values: Any) -> Any:
        said.append(sql)
        return does(connection, sql, values)

    return do


class PulledPlug(Exception):
    pass


class Failing:
    """The books, whose machine stops at the n-th write: before it, or right after its commit."""

    def __init__(self, book: Book, writes: int, *, after: bool) -> None:
        self.book, self.writes, self.after = book, writes, after

    def read(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return self.book.read(query, *args, **kwargs)

    def write(self, action: Any, *args: Any, **kwargs: Any) -> Any:
        self.writes -= 1
        if self.writes < 0 and not self.after:
            raise PulledPlug
        done = self.book.write(action, *args, **kwargs)
        if self.writes < 0:
            raise PulledPlug
        return done


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bulk") / "books.db"
    book = founded(path)
    for at, party in enumerate(("SHARMA", "PATEL", "LAXMI", "SHARMA", "LAXMI")):
        order(book, party, SOAP=10 + at, OIL=12)
    book.database.close()
    return path


def _opened(path: Path) -> Book:
    clock = Clock()
    database = Database(driver_for(path), clock=clock)
    owner = database.write(
        people.STRANGER, people.log_in, "owner", OWNER_PIN, PEPPER, ""
    ).result().result  # fmt: skip
    assert owner is not None
    return Book(database, owner, clock, path)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stops=st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=3))
def test_interrupted_anywhere_and_taken_up_again_each_order_is_billed_once(
    template: Path, tmp_path: Path, stops: list[tuple[int, bool]]
) -> None:
    copy = tmp_path / f"{uuid4()}.db"
    copy.write_bytes(template.read_bytes())
    book = _opened(copy)
    run: UUID = uuid4()
    for writes, after in stops:
        with suppress(PulledPlug):
            bulk_bill(Failing(book, writes, after=after), run, TODAY)
    bulk_bill(book, run, TODAY)
    bills = book.rows(
        "SELECT to_id, count(*) FROM document_link WHERE kind = 'bills' GROUP BY to_id"
    )
    assert [count for _, count in bills] == [1] * 5
    assert book.read(verify).findings == ()
    book.database.close()
