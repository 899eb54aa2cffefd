"""Two counters on one PostgreSQL server: programs killed, the server crashed, the cable cut."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from random import Random
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

from dms_desktop.services import billing, documents
from dms_desktop.store.database import Database, OutcomeUnknown
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.faults import ServerAway, as_fault
from tests.books import NOON
from tests.faults import whole
from tests.faults.hurting import Ended, Hurter, Trial, hurter
from tests.faults.server import CrashingServer, cable_to, crashing_server
from tests.faults.shop import Shop, found_shop

ROUNDS = {False: 3, True: 100}
PIECES = 25  # of each lot: what two counters sell in a second or two
COUNTERS = 2

SLOW_COMMIT = """
CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_sleep(1); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER linger AFTER INSERT ON audit
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION linger()"""


@pytest.fixture(scope="module")
def crashing() -> Iterator[CrashingServer]:
    with crashing_server() as made:
        yield made


@pytest.fixture(scope="module")
def counters() -> Iterator[list[Hurter]]:
    with hurter(None) as one, hurter(None) as other:
        yield [one, other]


@pytest.fixture(scope="module")
def template(crashing: CrashingServer) -> Shop:
    """Books on the server, to be copied for each round."""
    made: list[Shop] = []
    name = crashing.server.template("shop", lambda url: made.append(found_shop(url, pieces=PIECES)))
    return replace(made[0], books=name)


def opened(
    counters: list[Hurter], shop: Shop, seed: str, until: list[float]
) -> list[Future[Ended]]:
    """Each counter bills the same goods until it is killed after so many seconds."""
    pool = ThreadPoolExecutor(len(counters))
    asked = [
        pool.submit(
            counter.ask, "stream", shop.books, seed=f"{seed} {number}", items=shop.items,
            parties=shop.parties, kill_after=seconds,
        )
        for number, (counter, seconds) in enumerate(zip(counters, until, strict=True))
    ]  # fmt: skip
    pool.shutdown(wait=False)
    return asked


def checked(books: str, ended: list[Ended], trial: Trial) -> None:
    acknowledged = [each for one in ended for each in one.acknowledged]
    assert whole.absent(books, acknowledged) == []
    assert whole.faults(books) == []
    assert whole.proved(books) == ()
    trial.count("bills acknowledged", len(acknowledged))
    refused = [each for one in ended for each in one.refused]
    assert {*refused} <= {"short_stock", "no_stock"}
    trial.count("refused for want of stock", len(refused))


def test_a_killed_counter_holds_nobody_up(
    crashing: CrashingServer, counters: list[Hurter], template: Shop, trial: Trial, soak: bool
) -> None:
    """No gap, no piece sold twice, no deadlock: the other counter hears of nothing."""
    for number in trial.points(ROUNDS[soak]):
        with trial.at(number):
            chance = Random(f"{trial.seed} {number}")
            url = crashing.fresh(str(template.books))
            until = [chance.uniform(0.1, 0.9), 1.2]
            ended = [
                each.result()
                for each in opened(
                    counters, replace(template, books=url), f"{trial.seed} {number}", until
                )
            ]
            assert [one.failed for one in ended] == [[]] * COUNTERS
            checked(url, ended, trial)
            crashing.server.drop(url)
            trial.count("rounds")


def test_a_crashed_server_loses_nothing_that_was_acknowledged(
    crashing: CrashingServer, counters: list[Hurter], template: Shop, trial: Trial, soak: bool
) -> None:
    """The counters say that it is away, or that there is a doubt, and bill on by themselves."""
    for number in trial.points(ROUNDS[soak]):
        with trial.at(number):
            chance = Random(f"{trial.seed} {number}")
            url = crashing.fresh(str(template.books))
            billing_on = replace(template, books=url)
            asked = opened(counters, billing_on, f"{trial.seed} {number}", [3.0] * COUNTERS)
            time.sleep(chance.uniform(0.3, 1.0))
            crashing.crash()
            ended = [each.result() for each in asked]
            reasons = [failed["reason"] for one in ended for failed in one.failed]
            assert {*reasons} <= {"server_away", "outcome_unknown"}
            checked(url, ended, trial)
            crashing.server.drop(url)
            trial.count("crashes")
            trial.count("told that the server is away", reasons.count("server_away"))
            trial.count("told that the outcome is in doubt", reasons.count("outcome_unknown"))


def test_the_program_reads_and_bills_on_after_a_crash(
    crashing: CrashingServer, template: Shop, trial: Trial
) -> None:
    """Told once that the server is away, it finds its way back without being started again."""
    url = crashing.fresh(str(template.books))
    database = Database(driver_for(url), clock=lambda: NOON, readers=1)
    first, second = template.draft(trial.chance, 3), template.draft(trial.chance, 3)
    database.write(whole.OWNER, billing.post_draft, first).result()
    database.read(whole.OWNER, documents.issued, first.id).result()
    crashing.crash()
    reading = database.read(whole.OWNER, documents.issued, first.id)
    assert isinstance(as_fault(unwrapped(reading), url), ServerAway)
    issued = database.read(whole.OWNER, documents.issued, first.id).result()
    assert issued.number.endswith("/00001")
    writing = database.write(whole.OWNER, billing.post_draft, second)
    assert isinstance(as_fault(unwrapped(writing), url), ServerAway)
    database.write(whole.OWNER, billing.post_draft, second).result()
    database.close()
    assert whole.bills(url) == 2


def unwrapped(future: Future[Any]) -> BaseException:
    error = future.exception(timeout=30)
    assert error is not None
    return error


def test_a_commit_whose_answer_is_lost_is_found(
    crashing: CrashingServer, template: Shop, trial: Trial
) -> None:
    """The server is still at work on it when the counter asks again: that is waited for."""
    url = crashing.fresh(str(template.books))
    with psycopg.connect(url, autocommit=True) as admin, cable_to(crashing.server) as (cable, host):
        admin.execute(SLOW_COMMIT)
        through = url.replace(quote(crashing.server.host, safe=""), quote(host, safe=""))
        database = Database(driver_for(through), clock=lambda: NOON)
        draft = template.draft(trial.chance, 3)
        saved = database.write(whole.OWNER, billing.post_draft, draft)
        while not admin.execute(
            "SELECT 1 FROM pg_stat_activity WHERE query = 'COMMIT' AND wait_event = 'PgSleep'"
        ).fetchone():
            time.sleep(0.01)
        cable.cut()
        try:
            answer = saved.result(timeout=30)
        except OutcomeUnknown:  # a machine so busy that the wait ran out: asked again, it is there
            answer = database.write(whole.OWNER, billing.post_draft, draft).result(timeout=30)
        assert answer.result.posted.number.endswith("/00001")
        database.close()
    assert whole.bills(url) == 1
