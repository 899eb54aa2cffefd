"""`dms bill post` beside other programs, and killed at any moment."""

from __future__ import annotations

import json
import signal
from pathlib import Path

from dms_desktop.cli.caller import BUSY, MACHINE
from tests.faults import whole
from tests.faults.hurting import CHANGES, Strike, Trial
from tests.faults.prompt import dms, holding, order_file
from tests.faults.shop import Shop

EVERY = 29


def test_a_killed_dms_leaves_whole_books(
    todays_shop: Shop, shim: Path, trial: Trial, place: Path
) -> None:
    """The lock of the dead is no lock, and the same order posted again is one bill."""
    order = order_file(place, todays_shop, trial.chance)
    for point in trial.points(1_000, every=EVERY):
        with trial.at(point):
            books = todays_shop.copy_to(place / "hurt")
            strike = Strike(CHANGES, kill=point)
            struck = dms(books, "bill", "post", order, strike=strike, shim=shim)
            assert whole.faults(books) == []
            again = dms(books, "bill", "post", order)
            assert again.code == 0
            assert again.reply["number"].endswith("/00001")
            if struck.reply:
                assert again.reply["id"] == struck.reply["id"]
            assert whole.faults(books) == []
            assert whole.bills(books) == 1
        if struck.code != -signal.SIGKILL:
            assert struck.code == 0
            break
        trial.count("kills")


def test_dms_goes_through_the_door_of_the_running_program(
    todays_shop: Shop, trial: Trial, place: Path
) -> None:
    """And alone once that program is gone, killed or not."""
    books = todays_shop.copy_to(place / "shop")
    chance = trial.chance
    with holding(books, "open") as holder:
        first = dms(books, "bill", "post", order_file(place, todays_shop, chance))
        told = holder.answered()
        assert (told["verb"], told["reply"]) == ("post", first.reply)
        assert first.code == 0
        holder.kill()
    second = dms(books, "bill", "post", order_file(place, todays_shop, chance))
    assert second.code == 0
    numbers = [answer.reply["number"][-5:] for answer in (first, second)]
    assert numbers == ["00001", "00002"]
    assert whole.faults(books) == []
    trial.count("holders killed")


def test_a_program_without_a_door_is_named_and_waited_for(
    todays_shop: Shop, trial: Trial, place: Path
) -> None:
    books = todays_shop.copy_to(place / "shop")
    order = order_file(place, todays_shop, trial.chance)
    with holding(books, "none") as holder:
        refused = dms(books, "bill", "post", order)
        assert (refused.code, refused.failed) == (BUSY, "books_busy")
        assert str(holder.pid) in refused.reply["failed"]["facts"]["holder"]
        assert dms(books, "bill", "find").reply == {"found": []}  # whoever looks need not wait
    assert dms(books, "bill", "post", order).code == 0


def test_a_program_that_dies_before_it_answers_leaves_a_doubt(
    todays_shop: Shop, trial: Trial, place: Path
) -> None:
    """Nobody may call that bill refused: the same order posted again is the same bill."""
    books = todays_shop.copy_to(place / "shop")
    order = order_file(place, todays_shop, trial.chance)
    with holding(books, "dies") as holder:
        doubtful = dms(books, "bill", "post", order)
        done = holder.answered()["reply"]
    assert (doubtful.code, doubtful.failed) == (MACHINE, "outcome_unknown")
    again = dms(books, "bill", "post", order)
    assert again.reply["number"] == done["number"]
    assert whole.bills(books) == 1


def test_a_doubtful_order_without_an_id_is_told_the_one_it_was_given(
    todays_shop: Shop, trial: Trial, place: Path
) -> None:
    """Whoever asks again with that id gets the bill that was made, not a second one."""
    books = todays_shop.copy_to(place / "shop")
    order = order_file(place, todays_shop, trial.chance)
    said = json.loads(order.read_text())
    del said["id"]
    order.write_text(json.dumps(said))
    with holding(books, "dies") as holder:
        doubtful = dms(books, "bill", "post", order).reply["failed"]
        done = holder.answered()["reply"]
    assert doubtful["facts"]["id"] == done["id"]
    assert done["id"] in doubtful["say"]
    order.write_text(json.dumps(said | {"id": done["id"]}))
    assert dms(books, "bill", "post", order).reply["number"] == done["number"]
    assert whole.bills(books) == 1
