"""A private PostgreSQL server for the tests, with a database of its own for each.

The server belongs to an unprivileged user, lives in a temporary folder and listens on a socket
there (on Windows on the loopback address), so it meets no other server and leaves nothing behind.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from provision.system import postgres_programs
from tests.shared import absent

USER = "dms"
OPTIONS = {
    "fsync": "off",  # a killed server loses nothing by it, only a power cut would
    "full_page_writes": "off",
    "jit": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
}
# Waits for the end of its standard input, which comes even when the tests are killed.
KEEPER = '"$@" & read -r _; kill -INT $!; wait $!; rm -rf "$FOLDER"'


@dataclass
class PostgresServer:
    """A running server; each URL it gives is good for psycopg and for SQLAlchemy."""

    folder: Path
    host: str
    port: int
    password: str
    templates: set[str] = field(default_factory=set)

    def url(self, database: str) -> str:
        where = f"host={quote(self.host, safe='')}&port={self.port}"
        return f"postgresql://{USER}:{self.password}@/{database}?{where}"

    def template(self, name: str, fill: Callable[[str], object]) -> str:
        """A database that `fill` gets the URL of, the first time; others are copied from it."""
        if name not in self.templates:
            self._do("CREATE DATABASE {} TEMPLATE template0", name)
            fill(self.url(name))
            self.templates.add(name)
        return name

    def fresh(self, template: str = "template0") -> str:
        """The URL of a new database, empty or a copy of a template (nobody may be using that)."""
        name = "t" + secrets.token_hex(8)
        self._do("CREATE DATABASE {} TEMPLATE {}", name, template)
        return self.url(name)

    def drop(self, url: str) -> None:
        """Throw a database away, whoever is still connected."""
        self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", conninfo_to_dict(url)["dbname"])

    def _do(self, statement: str, *names: object) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*(sql.Identifier(str(n)) for n in names)))


class Owner(TypedDict, total=False):
    """Whom a started program belongs to, as `subprocess` wants to be told."""

    user: int
    group: int
    extra_groups: list[int]


def unprivileged() -> Owner:
    """How to start a program as a user without rights: PostgreSQL refuses to run as root."""
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def initialise(programs: Path, folder: Path, password: str) -> None:
    """Make the cluster; its own order is not C, so that a query that forgets to ask for C shows."""
    secret = folder / "password"
    secret.write_text(password, encoding="utf-8")
    folder.chmod(0o700)
    how = ["--encoding=UTF8", "--auth=scram-sha-256", "--no-sync", "--no-instructions"]
    asked = [str(programs / "initdb"), "--version"]
    version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    if int(version.split()[2].split(".")[0]) >= 15:
        how += ["--no-locale", "--locale-provider=icu", "--icu-locale=en-IN"]
    if unprivileged():
        shutil.chown(folder, "nobody")
        shutil.chown(secret, "nobody")
    done = subprocess.run(
        [programs / "initdb", "-D", folder / "data", "-U", USER, f"--pwfile={secret}", *how],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **unprivileged(),
    )
    if done.returncode:
        absent(f"initdb could not make a PostgreSQL cluster:\n{done.stdout}{done.stderr}")


def launch(programs: Path, server: PostgresServer) -> subprocess.Popen[bytes]:
    """Start the server in the background; it goes when this process goes."""
    folder = server.folder
    where = ["-c", "listen_addresses=", "-k", server.host]
    if os.name == "nt":
        where = ["-c", f"listen_addresses={server.host}"]
    line = [str(programs / "postgres"), "-D", str(folder / "data"), "-p", str(server.port), *where]
    line += [word for name, value in OPTIONS.items() for word in ("-c", f"{name}={value}")]
    if os.name != "nt":
        line = ["sh", "-c", KEEPER, "sh", *line]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            line,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            env={**os.environ, "FOLDER": str(folder)},
            **unprivileged(),
        )


def wait_until_up(server: PostgresServer, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(server.url("postgres")).close()
        except psycopg.OperationalError as error:
            if process.poll() is None and time.monotonic() < until:
                time.sleep(0.02)
                continue
            log = (server.folder / "log").read_text(encoding="utf-8", errors="replace")
            absent(f"the private PostgreSQL server did not start: {error}\n{log}")
        return


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The session's server, started by the first test that asks for it."""
    programs = postgres_programs()
    if programs is None:
        absent("no PostgreSQL server here; `python3 dev.py setup` installs it where it can")
        return
    folder = Path(tempfile.mkdtemp(prefix="dms-pg-"))
    host, port = str(folder), 5432
    if os.name == "nt":
        with socket.create_server(("127.0.0.1", 0)) as probe:
            host, port = probe.getsockname()
    server = PostgresServer(folder, host, port, secrets.token_hex(16))
    initialise(programs, folder, server.password)
    process = launch(programs, server)
    try:
        wait_until_up(server, process)
        yield server
    finally:
        process.communicate() if os.name != "nt" else process.terminate()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """An empty database of the test's own."""
    url = postgres_server.fresh()
    yield url
    postgres_server.drop(url)
