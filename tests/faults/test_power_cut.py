"""The power goes at any moment: what was acknowledged is there, and nothing is half."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

from tests.faults import whole
from tests.faults.disk import Disk, recorded
from tests.faults.hurting import Hurter, Strike, Trial
from tests.faults.shop import Json, Shop, new_id

CUTS = {False: 300, True: 50_000}
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
    chance = trial.chance
    jobs = morning(shop, chance)
    books, log = shop.copy_to(tmp_path / "books"), tmp_path / "log"
    disk, states = Disk.holding(books), [whole.state_of(books)]
    ended = hurt.ask("watch", books, Strike(log=str(log)), jobs=jobs, rest=REST)
    assert ended.acknowledged == [job["id"] for job in jobs]
    states += ended.states
    calls = recorded(log)
    assert states[-1] == whole.state_of(books)
    cuts = sorted(chance.randrange(len(calls) + 1) for _ in range(CUTS[soak]))
    done = acknowledged = 0
    for number, cut in enumerate(cuts):
        for call in calls[done:cut]:
            disk.take(call)
            acknowledged += call.what == "A"
        done = cut
        if trial.only in (None, number):
            with trial.at(number):
                left = _laid(disk.cut(Random(f"{trial.seed} {number}")), tmp_path / "left", books)
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
