"""The power goes at any moment: what was acknowledged is there, and nothing is half."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

from tests.faults import whole
from tests.faults.disk import Disk, recorded
from tests.faults.hurting import Hurter, Strike, Trial
from tests.faults.shop import Json, Shop, new_id

CUTS = {False: 300, True: 1_000}
MORNINGS = {False: 1, True: 50}
BILLS = 40
REST = 12  # jobs after which the till is idle, or lets go of the books and opens them again


def morning(shop: Shop, chance: Random) -> list[Json]:
    """Forty bills, every tenth cancelled by and by, and the stock of a file in between."""
    jobs = [shop.bill(chance) for _ in range(BILLS)]
    cancelled = [
        {"kind": "cancel", "id": str(new_id(chance)), "of": job["id"]} for job in jobs[::10]
    ]
    jobs.insert(BILLS // 2, {"kind": "import", "id": str(new_id(chance)), "batch": "I"})
    for number, cancellation in enumerate(cancelled):
        jobs.insert(chance.randint(10 * number + 5, len(jobs)), cancellation)
    return jobs


def test_a_power_cut_loses_nothing_that_was_acknowledged(
    shop: Shop, hurt: Hurter, trial: Trial, tmp_path: Path, soak: bool
) -> None:
    for number in range(MORNINGS[soak]):
        chance = Random(f"{trial.seed} {number}")
        books, log = shop.copy_to(tmp_path / "books"), tmp_path / f"log {number}"
        disk, states = Disk.holding(books), [whole.state_of(books)]
        jobs = morning(shop, chance)
        ended = hurt.ask("watch", books, Strike(log=str(log)), jobs=jobs, rest=REST)
        assert ended.acknowledged == [job["id"] for job in jobs]
        states += ended.states
        calls = recorded(log)
        cuts = sorted(chance.randrange(len(calls) + 1) for _ in range(CUTS[soak]))
        done = acknowledged = 0
        for at, cut in enumerate(cuts, CUTS[soak] * number):
            for call in calls[done:cut]:
                disk.take(call)
                acknowledged += call.what == "A"
            done = cut
            if trial.only in (None, at):
                with trial.at(at):
                    files = disk.cut(Random(f"{trial.seed} {at}"))
                    left = _laid(files, tmp_path / "left", books)
                    assert whole.state_of(left) in states[acknowledged : acknowledged + 2]
        trial.count("cuts", len(cuts))
        trial.count("recorded calls", len(calls))
        trial.count("acknowledged jobs", len(jobs))


def _laid(files: dict[str, bytes], folder: Path, books: Path) -> Path:
    """The files of a disk put in a folder; the books among them."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / Path(name).name).write_bytes(content)
    return folder / books.name
