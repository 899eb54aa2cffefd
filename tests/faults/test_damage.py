"""A file that is damaged says so, at the opening or the first read, and is never billed on."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from dms_desktop.store.faults import BooksDamaged
from dms_desktop.store.health import APPLICATION_ID, REVISION, examine
from tests.faults.hurting import Ended, Hurter, Trial
from tests.faults.shop import Shop

PAGE = 4096
BITS = {False: 60, True: 20_000}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def billed(hurt: Hurter, books: Path, shop: Shop, trial: Trial) -> Ended:
    """One bill tried in these books, the way the program opens them."""
    ended = hurt.ask("run", books, jobs=[shop.bill(trial.chance)])
    assert ended.signal == 0
    return ended


def flip(books: Path, at: int, size: int = 1) -> None:
    with books.open("r+b") as file:
        file.seek(at)
        old = file.read(size)
        file.seek(at)
        file.write(bytes(byte ^ 0xFF for byte in old))


@pytest.mark.parametrize(
    ("at", "size", "reason"),
    [
        (0, 16, "books_damaged"),  # the first words, which make it a database
        (16, 2, "books_damaged"),  # how large a page is
        (60, 4, "books_damaged"),  # the version
        (68, 4, "books_foreign"),  # whose file it is
        (100, 12, "books_damaged"),  # the first page of the schema
        (4_000, 96, "books_damaged"),
        (0, 4096, "books_foreign"),
    ],
)
def test_a_damaged_head_is_named(
    at: int, size: int, reason: str, shop: Shop, hurt: Hurter, trial: Trial, tmp_path: Path
) -> None:
    books = shop.copy_to(tmp_path / "hurt")
    flip(books, at, size)
    before = digest(books)
    assert [failed["reason"] for failed in billed(hurt, books, shop, trial).failed] == [reason]
    assert digest(books) == before


@pytest.mark.parametrize("size", [0, 50, 4096, 100_000, -1])
def test_a_file_cut_short_is_damaged(
    size: int, shop: Shop, hurt: Hurter, trial: Trial, tmp_path: Path
) -> None:
    books = shop.copy_to(tmp_path / "hurt")
    whole = books.read_bytes()
    books.write_bytes(whole[:size])
    ended = billed(hurt, books, shop, trial)
    assert [failed["reason"] for failed in ended.failed] == ["books_damaged"]
    assert books.read_bytes() == whole[:size]


@pytest.mark.parametrize(
    ("at", "value", "reason"),
    [(60, REVISION + 1, "books_newer"), (68, APPLICATION_ID + 1, "books_foreign")],
)
def test_a_newer_file_and_a_stranger_s_are_refused(
    at: int, value: int, reason: str, shop: Shop, hurt: Hurter, trial: Trial, tmp_path: Path
) -> None:
    books = shop.copy_to(tmp_path / "hurt")
    said = bytearray(books.read_bytes())
    said[at : at + 4] = value.to_bytes(4, "big")
    books.write_bytes(said)
    ended = billed(hurt, books, shop, trial)
    assert [failed["reason"] for failed in ended.failed] == [reason]
    assert books.read_bytes() == said


def test_no_page_is_spoilt_unseen(shop: Shop, hurt: Hurter, trial: Trial, tmp_path: Path) -> None:
    """Whichever page's head is spoilt: the bill that needs it is not posted, a backup sees all."""
    pages = Path(shop.books).stat().st_size // PAGE
    for page in trial.points(pages, every=3):
        with trial.at(page):
            books = shop.copy_to(tmp_path / "hurt")
            flip(books, (page - 1) * PAGE if page > 1 else 100, 8)
            with pytest.raises(BooksDamaged):
                examine(books)
            before = digest(books)
            ended = billed(hurt, books, shop, trial)
            trial.count("pages spoilt")
            if ended.acknowledged:
                trial.count("not needed by the bill")
                continue
            assert [failed["reason"] for failed in ended.failed] == ["books_damaged"]
            assert digest(books) == before


def test_a_flipped_bit_ends_in_an_answer(
    shop: Shop, hurt: Hurter, trial: Trial, tmp_path: Path, soak: bool
) -> None:
    """Anywhere in the file: the program lives, and writes nothing where it cannot read a date.

    A figure that is spoilt is a figure: only `dms verify` can tell.
    """
    chance = trial.chance
    size = Path(shop.books).stat().st_size
    for number in range(BITS[soak]):
        at, bit = chance.randrange(size), 1 << chance.randrange(8)
        if trial.only in (None, number):
            with trial.at(number):
                books = shop.copy_to(tmp_path / "hurt")
                said = bytearray(books.read_bytes())
                said[at] ^= bit
                books.write_bytes(said)
                ended = hurt.hear("run", books, jobs=[shop.bill(trial.chance)])
                assert ended.signal == 0
                assert ended.acknowledged or books.read_bytes() == said
                trial.count("bits flipped")
                trial.count("told as damage", len(ended.failed))
                trial.count("told as a bug", len(ended.bugs))
