"""A PostgreSQL server of its own that is crashed, and a cable to it that is cut."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from provision.system import postgres_programs
from tests.postgres import PostgresServer, initialise, launch, unprivileged, wait_until_up
from tests.shared import absent


@dataclass
class CrashingServer:
    server: PostgresServer
    programs: Path

    def fresh(self, template: str) -> str:
        """A copy of a template, settled: until the next checkpoint its sequences forget a crash."""
        url = self.server.fresh(template)
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute("CHECKPOINT")
        return url

    def crash(self) -> None:
        """Every process of the server ends at once; started again, it recovers from its log."""
        self._control("restart", "-l", self.server.folder / "restarted.log")

    def stop(self) -> None:
        self._control("stop")

    def _control(self, *words: str | Path) -> None:
        with (self.server.folder / "control.log").open("ab") as log:
            subprocess.run(
                [self.programs / "pg_ctl", *words, "-w", "-m", "immediate"],
                cwd=self.server.folder,
                env={**os.environ, "PGDATA": str(self.server.folder / "data")},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                check=True,
                timeout=60,
                **unprivileged(),
            )


@contextmanager
def crashing_server() -> Iterator[CrashingServer]:
    programs = postgres_programs()
    if programs is None or os.name == "nt":
        absent("no PostgreSQL server here that could be crashed")
        return
    folder = Path(tempfile.mkdtemp(prefix="dms-crash-"))
    server = PostgresServer(folder, str(folder), 5432, secrets.token_hex(16))
    initialise(programs, folder, server.password)
    keeper = launch(programs, server)
    try:
        wait_until_up(server, keeper)
        made = CrashingServer(server, programs)
        yield made
        made.stop()
    finally:
        keeper.communicate()
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Cable:
    """Carries what client and server say to each other until the client's end is pulled out."""

    listener: socket.socket
    server: str  # the socket of the server
    clients: list[socket.socket] = field(default_factory=list)
    servers: list[socket.socket] = field(default_factory=list)
    carriers: list[threading.Thread] = field(default_factory=list)

    def carry(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(self.server)
            self.clients.append(client)
            self.servers.append(server)
            self._start(_pump, client, server)
            self._start(_pump, server, client)

    def _start(self, what: Callable[..., None], *ends: socket.socket) -> None:
        carrier = threading.Thread(target=what, args=ends)
        carrier.start()
        self.carriers.append(carrier)

    def cut(self) -> None:
        """The client hears that it is cut off, the server hears nothing."""
        for client in self.clients:
            client.shutdown(socket.SHUT_RDWR)

    def take_away(self) -> None:
        for end in (self.listener, *self.clients, *self.servers):
            with suppress(OSError):  # it was shut already
                end.shutdown(socket.SHUT_RDWR)
        for carrier in self.carriers:
            carrier.join()
        for end in (self.listener, *self.clients, *self.servers):
            end.close()


def _pump(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):  # one of the ends is gone
        while said := one.recv(1 << 16):
            other.sendall(said)


@contextmanager
def cable_to(server: PostgresServer) -> Iterator[tuple[Cable, str]]:
    """The cable, and the host by which a client reaches the server through it."""
    folder = Path(tempfile.mkdtemp(prefix="dms-cable-"))
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(folder / f".s.PGSQL.{server.port}"))
    listener.listen()
    cable = Cable(listener, f"{server.host}/.s.PGSQL.{server.port}")
    cable.carriers.append(threading.Thread(target=cable.carry))
    cable.carriers[0].start()
    try:
        yield cable, str(folder)
    finally:
        cable.take_away()
        shutil.rmtree(folder)
