"""A disk that fills up while bills are saved: a sentence, no loss, and on with more room."""

from __future__ import annotations

from pathlib import Path

from tests.faults import whole
from tests.faults.hurting import Ended, Hurter, Trial
from tests.faults.mounted import remount, small_disk
from tests.faults.shop import Shop

MOST = 2_000


def test_the_same_program_bills_on_when_there_is_room_again(
    shop: Shop, hurt: Hurter, trial: Trial
) -> None:
    with small_disk("3m") as disk:
        books = shop.copy_to(disk / "shop")
        ended = _filled(hurt, books, shop, trial.seed, most=60, disk=str(disk))
        assert [failed["reason"] for failed in ended.failed] == ["disk_full"]
        assert len(ended.acknowledged) == 60  # the one that failed is among them
        assert whole.absent(books, ended.acknowledged) == []
        assert whole.faults(books) == []
        trial.count("bills", len(ended.acknowledged))


def test_a_disk_filled_to_the_brim_keeps_every_bill(shop: Shop, hurt: Hurter, trial: Trial) -> None:
    """Started again on the full disk, the program still says so, and keeps what it promised."""
    with small_disk("5m") as disk:
        books = shop.copy_to(disk / "shop")
        acknowledged: list[str] = []
        reasons: list[str] = []
        posted = True
        while posted:
            ended = _filled(hurt, books, shop, f"{trial.seed} {len(reasons)}", most=MOST)
            reasons += [failed["reason"] for failed in ended.failed]
            posted = bool(ended.acknowledged)
            acknowledged += ended.acknowledged
        assert {*reasons} <= {"disk_full", "books_read_only"}, reasons
        remount(disk, "size=16m")
        assert whole.absent(books, acknowledged) == []
        assert whole.faults(books) == []
        ended = _filled(hurt, books, shop, f"{trial.seed} room", most=5)
        assert len(ended.acknowledged) == 5
        assert not ended.failed
        assert whole.proved(books) == ()
        trial.count("starts on a full disk", len(reasons))
        trial.count("bills", len(acknowledged))


def _filled(
    hurt: Hurter, books: Path, shop: Shop, seed: str, *, most: int, disk: str = ""
) -> Ended:
    """Bills until one fails; where a disk is named, it is made larger then and gone on with."""
    return hurt.ask(
        "fill", books, seed=seed, items=shop.items, parties=shop.parties, most=most, disk=disk
    )
