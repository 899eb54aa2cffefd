"""pg_dump and pg_restore, and a scratch database to try a dump in."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from dms_desktop.store.copying import Progress
from dms_desktop.store.faults import ToolMissing
from dms_desktop.store.health import name_of

_LOOK = 0.2  # seconds between two looks at whether the user has stopped it
_SAID = 2_000  # characters of what a tool said that are worth keeping


class ToolFailed(Exception):
    """A tool ended badly; the text is what it said."""


def dump(url: str, to: Path, progress: Progress) -> None:
    """Everything in the database as of one instant, in pg_restore's own format."""
    how = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges"]
    _run("pg_dump", [*how, f"--file={to}"], url, progress, "copy")


def load(url: str, dumped: Path, progress: Progress) -> None:
    """Fill an empty database from a dump, wholly or not at all."""
    how = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    _run("pg_restore", [*how, str(dumped)], url, progress, "load")


@contextmanager
def scratch_database(url: str) -> Iterator[str]:
    """The URL of an empty database on the same server, gone afterwards. Needs CREATEDB there."""
    import psycopg
    from psycopg import sql

    name = "dms_trial_" + secrets.token_hex(8)
    create = sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(url, autocommit=True) as server:
        try:
            server.execute(create)
        except psycopg.errors.InsufficientPrivilege as error:
            raise ToolFailed(f"no trial database, a right is missing: {error}") from error
        try:
            yield _address(url, name)
        finally:
            server.execute(drop)


def dump_proved(url: str, to: Path, progress: Progress) -> None:
    """`dump`, loaded once into a database that is thrown away."""
    dump(url, to, progress)
    with scratch_database(url) as scratch:
        load(scratch, to, progress)


def _parts(url: str) -> dict[str, str]:
    from psycopg.conninfo import conninfo_to_dict

    return {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}


def _address(url: str, database: str) -> str:
    """The same server, another database, as the URL by which the store knows it from a file."""
    parts = _parts(url)
    user, password = quote(parts.pop("user", ""), safe=""), parts.pop("password", None)
    who = user if password is None else f"{user}:{quote(password, safe='')}"
    parts.pop("dbname", None)
    rest = "&".join(f"{name}={quote(value, safe='')}" for name, value in parts.items())
    return f"postgresql://{who}{'@' if who else ''}/{database}?{rest}"


def _run(tool: str, words: list[str], url: str, progress: Progress, step: str) -> None:
    from psycopg.conninfo import make_conninfo

    program = shutil.which(tool)
    if program is None:
        raise ToolMissing(name_of(url), tool=tool)
    parts = _parts(url)
    password = parts.pop("password", None)  # not among the words, where every user could read it
    secret = {} if password is None else {"PGPASSWORD": password}
    process = subprocess.Popen(
        [program, "--dbname=" + make_conninfo("", **parts), "--no-password", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env={**os.environ, "LC_MESSAGES": "C", **secret},
    )
    try:
        said = _wait(process, progress, step)
    except BaseException:
        process.kill()
        process.communicate()
        raise
    if process.returncode:
        raise ToolFailed(f"{tool}: {said.strip()[-_SAID:]}")


def _wait(process: subprocess.Popen[str], progress: Progress, step: str) -> str:
    while True:
        try:
            return process.communicate(timeout=_LOOK)[1] or ""
        except subprocess.TimeoutExpired:
            progress(step, 0)
