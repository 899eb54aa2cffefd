"""Two counters on one server that meet head on: each waits its turn, and no limit is passed."""

from __future__ import annotations

from collections import Counter as Tally
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from dms_desktop.domain.incoming import Intake
from dms_desktop.domain.powers import Power, needs
from dms_desktop.files.importing import bring_in
from dms_desktop.services import billing, fulfilment
from dms_desktop.services.verifying import verify
from dms_desktop.store.session import Tx
from tests.books import TODAY, Book
from tests.services import collisions
from tests.services.collisions import WAITING, held
from tests.services.import_files import few_lots
from tests.services.second_counter import Outcome
from tests.services.test_two_databases import gapless, order, run_two

BILLS = "series WHERE kind = 'bill'"


def refusals(outcomes: list[Outcome]) -> dict[str, int]:
    return Tally(reason for outcome in outcomes for reason in outcome.refused)


def sound(book: Book) -> None:
    gapless(book)
    assert book.read(verify).findings == ()


def test_an_import_is_undone_while_its_goods_are_billed(on_server: Book, tmp_path: Path) -> None:
    """The bill was first: it stands, and nothing of the import is taken back."""
    bring_in(on_server, Intake.LOTS, few_lots(tmp_path), yes=True)
    with held(on_server, BILLS, WAITING.format(2)):
        outcomes = run_two(on_server, collisions.bill_and_undo)
    assert refusals(outcomes) == {"hangs_on_it": 1}
    assert on_server.value("SELECT count(*) FROM document WHERE kind = 'cancellation'") == 0
    sound(on_server)


def test_goods_come_into_two_godowns_while_they_are_billed(on_server: Book) -> None:
    with held(on_server, BILLS, WAITING.format(2)):
        outcomes = run_two(on_server, collisions.bill_and_receive)
    assert refusals(outcomes) == {}
    assert on_server.stock("SOAP") == {"S1": 95, "S2": 500}
    assert on_server.stock("TEA") == {"T1": 60, "T2": 250}
    sound(on_server)


def test_a_bill_of_an_order_is_cancelled_while_the_rest_of_it_is_dropped(on_server: Book) -> None:
    """All of it is dropped: what the bill had taken had come back before."""
    ordered = order(on_server, SOAP=10)
    draft = on_server.read(fulfilment.draft_of, ordered, new=uuid4(), day=TODAY)
    part = replace(draft, asks=(replace(draft.asks[0], qty=4),))
    saved: billing.Saved = on_server.write(billing.post_draft, part)
    with held(on_server, "line_left", WAITING.format(2)):
        outcomes = run_two(on_server, collisions.cancel_and_drop, (ordered, saved.posted.id))
    assert refusals(outcomes) == {}
    assert on_server.rows("SELECT qty FROM line_drop") == [(10,)]
    sound(on_server)


@needs(Power.MASTERS)
def _limit(tx: Tx) -> None:
    """Room for either bill, and not for both: 354.00 of soap or 997.50 of tea."""
    tx.run("UPDATE party SET credit_limit = 100000 WHERE code = 'LAXMI'")


def test_two_first_bills_of_a_party_are_not_both_under_its_limit(on_server: Book) -> None:
    """It never owed anything before, so that there is no balance yet to be held."""
    on_server.write(_limit)
    with held(on_server, BILLS, WAITING.format(2)):
        outcomes = run_two(on_server, collisions.other_goods_for_one_party)
    assert refusals(outcomes) == {"credit_limit": 1}
    assert on_server.value("SELECT paise FROM party_balance") < 100000
    sound(on_server)


@needs(Power.MASTERS)
def _dear(tx: Tx) -> None:
    tx.run("UPDATE lot SET ptr = 300000, mrp = 400000 WHERE batch IN ('S1', 'S2', 'T1', 'T2')")


def test_two_cash_bills_of_a_party_do_not_pass_the_limit_of_the_day(on_server: Book) -> None:
    """141,600.00 and 126,000.00: either is below 2,00,000, and together they are not."""
    on_server.write(_dear)
    with held(on_server, BILLS, WAITING.format(2)):
        outcomes = run_two(on_server, collisions.cash_of_one_party)
    assert refusals(outcomes) == {"cash_limit": 1}
    sound(on_server)


def test_days_never_go_back_in_a_series_however_late_a_counter_comes_to_its_number(
    on_server: Book,
) -> None:
    on_server.bill("SHARMA", SALT=1)
    rows = "party_balance WHERE party_id = 1"
    until = "SELECT count(*) = 1 FROM document WHERE kind = 'journal'"
    with held(on_server, rows, until):
        outcomes = run_two(on_server, collisions.yesterday_and_today)
    assert refusals(outcomes) == {"before_last_number": 1}
    assert on_server.rows("SELECT day FROM document WHERE kind = 'journal'") == [
        (TODAY.isoformat(),)
    ]
    sound(on_server)


def test_the_first_papers_of_a_year_open_it_from_two_counters(on_server: Book) -> None:
    on_server.bill("SHARMA", SALT=1)
    on_server.clock.now = datetime(2027, 4, 1, 6, 30, tzinfo=UTC)
    with held(on_server, "registration", WAITING.format(2)):
        outcomes = run_two(on_server, collisions.first_of_april)
    assert refusals(outcomes) == {}
    assert sum(len(outcome.posted) for outcome in outcomes) == 2
    sound(on_server)
