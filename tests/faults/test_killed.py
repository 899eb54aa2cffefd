"""kill -9 in a bill, a cancellation, an import, a correction, a pick list: whole or not at all."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.faults import whole
from tests.faults.case import Cases
from tests.faults.hurting import CHANGES, EVERY, Hurter, Strike, Trial
from tests.faults.shop import Shop

KILLS = 200
BOOKS = {False: 1, True: 100}


@pytest.mark.parametrize(
    ("kind", "every"),
    [
        ("bill", 1),
        ("cancel", EVERY),
        ("import", EVERY),
        ("correct", EVERY),
        ("resticker", EVERY),
        ("purchase", EVERY),
        ("adjust", EVERY),
        ("send_back", EVERY),
        ("pick", EVERY),
        ("months", EVERY),
        ("settle", EVERY),
    ],
)
def test_a_killed_program_leaves_whole_books(
    kind: str, every: int, cases: Cases, hurt: Hurter, trial: Trial, tmp_path: Path
) -> None:
    """The same job done again is done once."""
    case = cases.of(kind)
    for point in trial.points(cases.calls(kind, CHANGES), every=every):
        with trial.at(point):
            books = case.books.copy_to(tmp_path / "hurt")
            ended = hurt.ask("run", books, Strike(kill=point), jobs=[case.job])
            assert ended.signal == signal.SIGKILL
            state = whole.state_of(books)
            assert state in case.could_be(ended)
            again = hurt.ask("run", books, jobs=[case.job])
            assert again.acknowledged == [case.job["id"]]
            assert whole.state_of(books) == case.states[-1]
            trial.count("kills")
            trial.count("whole", state == case.states[-1])
            trial.count("absent", state == case.states[0])


def test_kills_at_random_leave_whole_books(
    shop: Shop, hurt: Hurter, trial: Trial, tmp_path: Path, soak: bool
) -> None:
    """One process after the other bills in the same books and is killed in the midst of it."""
    for books in range(BOOKS[soak]):
        with trial.at(books):
            kill_at_random(shop.copy_to(tmp_path / "hurt"), shop, hurt, trial, f"{books}")


def kill_at_random(books: Path, shop: Shop, hurt: Hurter, trial: Trial, name: str) -> None:
    acknowledged: list[str] = []
    for number in range(1, KILLS + 1):
        ended = hurt.ask(
            "stream", books, seed=f"{trial.seed} {name} {number}", items=shop.items,
            parties=shop.parties, kill_after=trial.chance.uniform(0, 0.08),
        )  # fmt: skip
        assert ended.signal == signal.SIGKILL
        assert not ended.failed
        assert not ended.refused
        acknowledged += ended.acknowledged
        if number % 20 == 0:
            assert whole.faults(books) == []
            assert whole.absent(books, acknowledged) == []
    assert whole.proved(books) == ()
    trial.count("kills", KILLS)
    trial.count("bills acknowledged", len(acknowledged))
