"""One process owns a SQLite book: an OS lock beside the file, and refusal of unfit places."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from dms_desktop.store.faults import BooksBusy, BooksOnShare, BooksReadOnly, as_fault

# WAL needs memory shared between processes, and locks that are kept: no network file system
# promises both. 9p and the like are how a virtual machine shows a folder of its host.
SHARES = frozenset(
    "nfs nfs4 cifs smbfs smb2 smb3 ncpfs afs ceph 9p glusterfs lustre davfs vboxsf prl_fs drvfs "
    "fuse.sshfs fuse.davfs2 fuse.rclone fuse.glusterfs fuse.ceph fuse.vmhgfs-fuse fuse.gvfsd-fuse "
    "fuse.smbnetfs fuse.curlftpfs fuse.s3fs".split()
)
CLOUDS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "syncthing": "Syncthing",
    "box sync": "Box",
    "pcloud drive": "pCloud",
    "mega": "MEGA",
    "megasync": "MEGA",
}
_WINDOWS_REMOTE = 4  # DRIVE_REMOTE of GetDriveTypeW
_LOCKED_BYTE = 1 << 30  # far beyond the text, which others must be able to read


class BooksLock:
    """Held from `take` until `release` or the end of the process, however it ends."""

    def __init__(self, books: Path, file: IO[str]) -> None:
        self.books = books
        self._file = file

    def release(self) -> None:
        """The lock file stays: to remove it would let two processes lock two files of one name."""
        if not self._file.closed:
            self._file.truncate(0)
            _unlock(self._file)
            self._file.close()

    def __enter__(self) -> BooksLock:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def take(books: Path, program: str = "dms") -> BooksLock:
    """Become the one who writes this file, or raise BooksBusy, BooksOnShare or BooksReadOnly.

    `program` is what others are told: "dms bill post", "the counter".
    """
    share = share_of(books)
    if share is not None:
        raise BooksOnShare(books, kind=share[0], mount=share[1])
    # Asked, not tried: to close a file of books drops the locks that SQLite has on it here.
    if books.exists() and not os.access(books, os.W_OK):
        raise BooksReadOnly(books)
    beside = lock_file(books)
    try:
        file = beside.open("a+", encoding="utf-8")
    except OSError as error:
        raise as_fault(error, books) or error from error
    if not _lock(file):
        file.close()
        raise BooksBusy(books, holder=holder(books))
    try:
        file.truncate(0)
        file.write(json.dumps(_ourselves(program)))
        file.flush()
    except OSError:
        pass  # a full disk: the lock itself holds, others only cannot read whose it is
    return BooksLock(books, file)


def holder(books: Path) -> dict[str, Any]:
    """Who says to have the books: program, pid, host, since (ISO, UTC); empty when unknown."""
    try:
        said = json.loads(lock_file(books).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def lock_file(books: Path) -> Path:
    """One for every way to spell the path: links are followed."""
    real = books.resolve()
    return real.with_name(real.name + ".lock")


def share_of(books: Path) -> tuple[str, str] | None:
    """(kind, mount point or drive) when the file lies, or would lie, on a network share."""
    if sys.platform == "win32":
        return _windows_share(books)
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return None
    return share_among(mounts.read_text(encoding="utf-8", errors="replace"), books.resolve())


def share_among(mounts: str, books: Path) -> tuple[str, str] | None:
    """What the text of /proc/self/mounts says about the place of a resolved path."""
    best: tuple[str, str] | None = None
    for line in mounts.splitlines():
        _, mount, kind, *_ = line.split(" ")
        point = _unescaped(mount)
        # A later mount hides an earlier one on the same point.
        if books.is_relative_to(point) and (best is None or len(point) >= len(best[1])):
            best = (kind, point)
    return best if best is not None and best[0] in SHARES else None


def cloud_folder(books: Path) -> str | None:
    """The name of the service whose folder the books lie in: it may copy them half-written."""
    for folder in books.resolve().parents:
        name = folder.name.casefold()
        for known, service in CLOUDS.items():
            if name == known or name.startswith((f"{known} - ", f"{known} (")):
                return service
        if (folder / ".dropbox").exists() or (folder / ".stfolder").exists():
            return "Dropbox" if (folder / ".dropbox").exists() else "Syncthing"
    return None


def _ourselves(program: str) -> dict[str, object]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"program": program, "pid": os.getpid(), "host": _host(), "since": now}


def _unescaped(mount: str) -> str:
    """/proc writes a space as \\040, and so on."""
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        mount = mount.replace(code, sign)
    return mount


if sys.platform == "win32":
    import msvcrt

    def _windows_share(books: Path) -> tuple[str, str] | None:
        import ctypes

        real = books.absolute()
        if real.drive.startswith("\\\\"):
            return "smb", real.drive
        remote = ctypes.windll.kernel32.GetDriveTypeW(real.anchor) == _WINDOWS_REMOTE
        return ("smb", real.drive) if remote else None

    def _host() -> str:
        return os.environ.get("COMPUTERNAME", "")

    def _lock(file: IO[str]) -> bool:
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        file.seek(0)
        return True

    def _unlock(file: IO[str]) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _windows_share(books: Path) -> tuple[str, str] | None:
        return None  # no drive letter hides one here

    def _host() -> str:
        return os.uname().nodename

    def _lock(file: IO[str]) -> bool:
        # flock, not lockf: a POSIX lock is lost when any other descriptor of the file is closed.
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
