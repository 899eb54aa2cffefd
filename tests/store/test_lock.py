"""One process has a file of books, says who it is, and never has it on a network share."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from dms_desktop.store.faults import BooksBusy, BooksMissing, BooksReadOnly
from dms_desktop.store.lock import cloud_folder, holder, lock_file, share_among, share_of, take

HOLD = (
    "import sys; sys.path[:0] = sys.argv[2:]\n"
    "from pathlib import Path; from dms_desktop.store.lock import take\n"
    "held = take(Path(sys.argv[1]), 'the counter'); print('held', flush=True); sys.stdin.read()"
)
MOUNTS = r"""/dev/sda2 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
server:/books /mnt/office nfs4 rw,vers=4.2 0 0
//nas/shop /mnt/the\040shop cifs rw 0 0
ravi@pc2:/srv /media/ravi/pc2 fuse.sshfs rw 0 0
C:\134 /mnt/c 9p rw,dirsync 0 0
/dev/sdb1 /mnt/office/usb vfat rw 0 0
"""


def other_process(book: Path) -> subprocess.Popen[str]:
    line = [sys.executable, "-c", HOLD, str(book), *sys.path]
    process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    said: IO[str] | None = process.stdout
    assert said is not None
    assert said.readline() == "held\n"
    return process


def ended(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_a_second_process_is_told_who_has_the_books(tmp_path: Path) -> None:
    book = tmp_path / "books.db"
    process = other_process(book)
    try:
        with pytest.raises(BooksBusy) as busy:
            take(book)
        said = busy.value.facts["holder"]
        assert isinstance(said, dict)
        assert (said["program"], said["pid"]) == ("the counter", process.pid)
        assert said["host"]
        assert said["since"].endswith("+00:00")
    finally:
        ended(process)


def test_a_killed_process_lets_go(tmp_path: Path) -> None:
    book = tmp_path / "books.db"
    ended(other_process(book))
    assert holder(book)["program"] == "the counter"  # its note outlived it, and counts for nothing
    with take(book, "dms bill post"):
        assert holder(book)["pid"] == os.getpid()
    assert holder(book) == {}
    take(book).release()


def test_another_spelling_of_the_path_is_the_same_lock(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    book = real / "books.db"
    book.touch()
    (tmp_path / "link").symlink_to(real)
    (tmp_path / "books-link.db").symlink_to(book)
    spellings = (
        tmp_path / "link" / "books.db",
        tmp_path / "books-link.db",
        real / ".." / "real" / "books.db",
    )
    with take(book):
        for spelling in spellings:
            with pytest.raises(BooksBusy):
                take(spelling)


def test_a_lock_file_with_rubbish_in_it_is_no_obstacle(tmp_path: Path) -> None:
    book = tmp_path / "books.db"
    for rubbish in (b"", b"\xff\xfe", b"[1]", b"{"):
        lock_file(book).write_bytes(rubbish)
        assert holder(book) == {}
        take(book).release()


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/media/ravi/books.db", None),
        ("/mnt/office/books.db", ("nfs4", "/mnt/office")),
        ("/mnt/officer/books.db", None),
        ("/mnt/the shop/a/books.db", ("cifs", "/mnt/the shop")),
        ("/media/ravi/pc2/books.db", ("fuse.sshfs", "/media/ravi/pc2")),
        ("/mnt/c/books.db", ("9p", "/mnt/c")),
        ("/mnt/office/usb/books.db", None),
    ],
)
def test_a_network_share_is_known_by_its_mount(path: str, found: tuple[str, str] | None) -> None:
    if os.name == "nt":
        pytest.skip("Windows asks the drive")
    assert share_among(MOUNTS, Path(path)) == found


def test_a_later_mount_hides_the_earlier_one() -> None:
    if os.name == "nt":
        pytest.skip("Windows asks the drive")
    mounts = MOUNTS + "/dev/sdc1 /mnt/office ext4 rw 0 0\n"
    assert share_among(mounts, Path("/mnt/office/books.db")) is None


def test_this_machines_own_disk_is_no_share(tmp_path: Path) -> None:
    assert share_of(tmp_path / "books.db") is None


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Sharma Traders", "OneDrive"),
        ("Dropbox (Personal)", "Dropbox"),
        ("My Drive", "Google Drive"),
        ("Dropboxes", None),
        ("shop", None),
    ],
)
def test_a_folder_that_is_copied_to_the_net_is_warned_of(
    tmp_path: Path, folder: str, service: str | None
) -> None:
    assert cloud_folder(tmp_path / folder / "books" / "books.db") == service


def test_a_folder_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(BooksMissing):
        take(tmp_path / "nowhere" / "books.db")


def test_books_that_cannot_be_written_are_refused(tmp_path: Path) -> None:
    """A medium that is read-only, which not even root can write."""
    book = tmp_path / "disk" / "books.db"
    book.parent.mkdir()
    book.touch()
    if sys.platform == "linux" and os.geteuid() == 0:
        place = str(book.parent)
        bound = subprocess.run(["mount", "--bind", place, place], check=False)
        if bound.returncode:
            pytest.skip("this machine lets nothing be mounted")
        subprocess.run(["mount", "-o", "remount,bind,ro", place], check=True)
        try:
            with pytest.raises(BooksReadOnly):
                take(book)
        finally:
            subprocess.run(["umount", place], check=True)
        return
    book.chmod(0o444)
    with pytest.raises(BooksReadOnly):
        take(book)
