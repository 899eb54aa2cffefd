"""Books where nothing can be written, or where writing is not safe: refused in words, unchanged."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dms_desktop.cli.caller import MACHINE
from dms_desktop.language.faults import say_fault
from dms_desktop.store.faults import BooksOnShare
from dms_desktop.store.lock import SHARES, share_among, take
from tests.faults.hurting import Hurter, Trial
from tests.faults.mounted import dead_share, remount, small_disk
from tests.faults.prompt import dms, order_file
from tests.faults.shop import Shop

NOBODY = 65_534

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/srv /media nfs4 rw 0 0
/dev/sdb1 /media/shop/own ext4 rw 0 0
//pc/books /mnt/old\\040books cifs rw 0 0
tmpfs /mnt/over tmpfs rw 0 0
pc:/over /mnt/over fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize("what", ["file", "folder", "both"])
def test_a_read_only_place_is_named(
    what: str, shop: Shop, hurt: Hurter, trial: Trial, place: Path
) -> None:
    """To every user but root, whom no rights bind."""
    books = shop.copy_to(place / "shop")
    books.chmod(0o444 if what in ("file", "both") else 0o666)
    books.parent.chmod(0o555 if what in ("folder", "both") else 0o777)
    before = books.read_bytes()
    user = NOBODY if os.geteuid() == 0 else None
    ended = hurt.ask("run", books, jobs=[shop.bill(trial.chance)], user=user)
    assert [failed["reason"] for failed in ended.failed] == ["books_read_only"]
    assert books.read_bytes() == before
    books.parent.chmod(0o777)


def test_a_disk_that_may_only_be_read_is_named_at_the_prompt(
    todays_shop: Shop, trial: Trial, tmp_path: Path
) -> None:
    order = order_file(tmp_path, todays_shop, trial.chance)
    with small_disk("4m") as disk:
        books = todays_shop.copy_to(disk / "shop")
        remount(disk, "ro")
        refused = dms(books, "bill", "post", order)
        assert (refused.code, refused.failed) == (MACHINE, "books_read_only")
        remount(disk, "rw")
        assert dms(books, "bill", "post", order).code == 0


@pytest.mark.parametrize(
    ("books", "share"),
    [
        ("/media/shop/books.db", ("nfs4", "/media")),
        ("/media/shop/own/books.db", None),
        ("/media/shop/owner/books.db", ("nfs4", "/media")),
        ("/mnt/old books/books.db", ("cifs", "/mnt/old books")),
        ("/mnt/over/books.db", ("fuse.sshfs", "/mnt/over")),
        ("/mediator/books.db", None),
    ],
)
def test_a_share_is_told_by_its_mount(books: str, share: tuple[str, str] | None) -> None:
    assert share_among(MOUNTS, Path(books)) == share


@pytest.mark.parametrize("kind", sorted(SHARES))
def test_every_kind_of_share_is_known(kind: str) -> None:
    mounts = f"/dev/sda1 / ext4 rw 0 0\npc:/books /books {kind} rw 0 0\n"
    assert share_among(mounts, Path("/books/2026/books.db")) == (kind, "/books")


def test_nobody_takes_books_on_a_share() -> None:
    with dead_share() as share:
        with pytest.raises(BooksOnShare) as caught:
            take(share / "books.db")
        assert str(share) in say_fault(caught.value.word, caught.value.facts)
