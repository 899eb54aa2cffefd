"""Small disks for the tests: mounted where the machine lets us, with a loud skip where not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.shared import absent


def _linux_only() -> None:
    if not sys.platform.startswith("linux"):
        absent("disks are mounted for tests on Linux alone")


@contextmanager
def small_disk(size: str) -> Iterator[Path]:
    """A file system of so many bytes, which every user may look into."""
    _linux_only()
    folder = Path(tempfile.mkdtemp(prefix="dms-disk-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0755", "tmpfs", folder], check=False
    )
    if mounted.returncode:
        folder.rmdir()
        absent("only root may mount the small disk that this test fills")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
        folder.rmdir()


def remount(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", folder], check=True)


@contextmanager
def dead_share() -> Iterator[Path]:
    """A folder of another machine, as the system lists it, whose other end has gone away."""
    import ctypes

    _linux_only()
    folder = Path(tempfile.mkdtemp(prefix="dms-share-"))
    system = ctypes.CDLL(None, use_errno=True)
    try:
        device = os.open("/dev/fuse", os.O_RDWR)
        options = f"fd={device},rootmode=40000,user_id=0,group_id=0".encode()
        failed = system.mount(b"pc:/books", str(folder).encode(), b"fuse.sshfs", 0, options)
        os.close(device)
    except OSError:
        failed = True
    if failed:
        folder.rmdir()
        absent("only root with /dev/fuse may mount the share that this test names")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
        folder.rmdir()


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that every user may go through: those of pytest are for one alone."""
    folder = Path(tempfile.mkdtemp(prefix="dms-open-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
