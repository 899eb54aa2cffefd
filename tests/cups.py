"""A private CUPS for the tests: its queues print into folders, and no other print service is met.

It belongs to an unprivileged user, lives in a temporary folder and listens on a socket there. The
scheduler and its client programs are the machine's own; only the last step, the backend, is ours:
each copy of a job becomes a file.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from provision.system import cups_program
from tests.postgres import unprivileged
from tests.shared import absent

# Waits for the end of its standard input, which comes even when the tests are killed.
KEEPER = '"$@" & read -r _; kill -CONT $!; kill $!; wait $!; rm -rf "$FOLDER"'
BACKEND = """#!/bin/sh
[ $# = 0 ] && exit 0
out="${DEVICE_URI#paper:}"
[ -e "$out/.jam" ] && [ "$(ls "$out" | wc -l)" -ge "$(cat "$out/.jam")" ] && exit 4
cat ${6:-/dev/stdin} > "$out/.$1" || exit 1
copy=0
while [ $copy -lt "$4" ]; do copy=$((copy + 1)); cp "$out/.$1" "$out/$1-$copy $3.pdf"; done
rm "$out/.$1"
"""
FILES = """
AccessLog {0}/log/access
CacheDir {0}/cache
DataDir /usr/share/cups
DocumentRoot {0}/etc
ErrorLog {0}/log/error
Group {group}
PageLog {0}/log/page
Printcap
RequestRoot {0}/spool
ServerBin {0}/bin
ServerRoot {0}/etc
StateDir {0}/state
SystemGroup {group}
TempDir {0}/tmp
User {user}
"""
SETTINGS = """
Browsing Off
DefaultAuthType None
ErrorPolicy stop-printer
Listen {0}/socket
WebInterface No
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""


@dataclass(frozen=True)
class Queue:
    """A queue of the private CUPS and the folder that is its tray."""

    name: str
    tray: Path

    def pause(self, why: str) -> None:
        run("cupsdisable", "-r", why, self.name)

    def resume(self) -> None:
        run("cupsenable", self.name)

    def reject(self, why: str) -> None:
        run("cupsreject", "-r", why, self.name)

    def jam(self, after: int) -> None:
        """The printer dies once so many papers are in the tray: what it was given then stays with
        CUPS, which stops the queue."""
        (self.tray / ".jam").write_text(str(after), encoding="ascii")

    def mend(self) -> None:
        (self.tray / ".jam").unlink()
        self.resume()

    def remove(self) -> None:
        run("lpadmin", "-x", self.name)

    def papers(self, most: float = 20.0) -> list[str]:
        """The titles of what came out, a title for each copy, once nothing waits any more."""
        until = time.monotonic() + most
        while run("lpstat", "-o", self.name).strip():
            assert time.monotonic() < until, "the queue does not print"
            time.sleep(0.02)
        found = sorted(self.tray.glob("*.pdf"), key=lambda path: int(path.name.split("-")[0]))
        return [path.stem.split(" ", 1)[1] for path in found]


@dataclass(frozen=True)
class Cups:
    folder: Path
    keeper: subprocess.Popen[bytes]

    def queue(self) -> Queue:
        """A new queue with an empty tray."""
        name = "Q" + secrets.token_hex(4)
        tray = self.folder / name
        tray.mkdir(mode=0o777)
        tray.chmod(0o777)
        run("lpadmin", "-p", name, "-v", f"paper:{tray}", "-E")
        return Queue(name, tray)

    def signal(self, number: signal.Signals) -> None:
        """To the scheduler itself, such as SIGSTOP: it is there and answers nobody."""
        (scheduler,) = Path(f"/proc/{self.keeper.pid}/task/{self.keeper.pid}/children").read_text(
            encoding="ascii"
        ).split()  # fmt: skip
        os.kill(int(scheduler), number)


def run(program: str, *words: str) -> str:
    """A program of CUPS, which must do what it is told; what it says."""
    found = cups_program(program)
    assert found is not None, f"{program} is missing beside cupsd"
    return subprocess.run([found, *words], capture_output=True, text=True, check=True).stdout


def lay_out(folder: Path) -> None:
    """Folders, settings and the backend, all of them the scheduler's own."""
    import grp
    import pwd

    owner = unprivileged()
    user, group = owner.get("user", os.geteuid()), owner.get("group", os.getegid())
    names = {"user": pwd.getpwuid(user).pw_name, "group": grp.getgrgid(group).gr_name}
    for name in ("etc", "spool", "cache", "state", "log", "tmp", "bin/backend"):
        (folder / name).mkdir(parents=True)
    (folder / "bin" / "daemon").symlink_to("/usr/lib/cups/daemon")
    (folder / "files.conf").write_text(FILES.format(folder, **names), encoding="ascii")
    (folder / "cupsd.conf").write_text(SETTINGS.format(folder), encoding="ascii")
    backend = folder / "bin" / "backend" / "paper"
    backend.write_text(BACKEND, encoding="ascii")
    backend.chmod(0o755)
    folder.chmod(0o755)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user, group, follow_symlinks=False)


@pytest.fixture(scope="session")
def cups_server() -> Iterator[Cups]:
    """The session's print service, started by the first test that asks for it."""
    program = cups_program("cupsd") if sys.platform.startswith("linux") else None
    if program is None or cups_program("lpadmin") is None:
        absent("no CUPS here; `python3 dev.py setup` installs it where it can")
        return
    folder = Path(tempfile.mkdtemp(prefix="dms-cups-"))
    lay_out(folder)
    line = [program, "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "files.conf")]
    keeper = subprocess.Popen(
        ["sh", "-c", KEEPER, "sh", *line],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "FOLDER": str(folder)},
        **unprivileged(),
    )
    try:
        wait_until_up(folder, keeper)
        yield Cups(folder, keeper)
    finally:
        keeper.communicate()
        shutil.rmtree(folder, ignore_errors=True)


def wait_until_up(folder: Path, keeper: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 20
    while not (folder / "socket").exists():
        if keeper.poll() is not None or time.monotonic() > until:
            log = folder / "log" / "error"
            absent(f"the private CUPS did not start: {log.read_text() if log.exists() else ''}")
        time.sleep(0.02)


@pytest.fixture
def cups(cups_server: Cups, monkeypatch: pytest.MonkeyPatch) -> Cups:
    """The print service of this machine, as far as the test can see."""
    monkeypatch.setenv("CUPS_SERVER", str(cups_server.folder / "socket"))
    return cups_server


@pytest.fixture
def queue(cups: Cups) -> Iterator[Queue]:
    made = cups.queue()
    yield made
    if made.name in run("lpstat", "-e").split():
        made.remove()
