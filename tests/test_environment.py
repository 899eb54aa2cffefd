"""The program stands on what it was proved with, and the tree names no one machine."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlcipher3
from PySide6.QtCore import QObject

from tests.postgres import PostgresServer

ROOT = Path(__file__).resolve().parent.parent

# Put together here, so that this file does not find itself.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("".join(("python", "hosted")), "org"),
        ("debian", "org/"),
        ("npmjs", "org"),
    )
]
ONE_MACHINE = re.compile(r"(?<![\w./*~-])/(?:work|root|tmp|home/\w+|opt/\w+)/|C:\\Users\\")


def tracked_names() -> list[str]:
    """Each file of the project that git keeps or is about to."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    return sorted(set(listed.decode().split("\0")) - {""})


def texts() -> Iterator[tuple[str, str]]:
    """The name and content of each that is text."""
    for name in tracked_names():
        path = ROOT / name
        content = path.read_bytes() if path.is_file() else b"\0"
        if b"\0" not in content:
            yield name, content.decode("utf-8", errors="replace")


def test_sqlite_is_new_enough() -> None:
    # 3.51.3 mends the loss of committed pages in WAL files that two connections reset at once.
    assert sqlcipher3.dbapi2.sqlite_version_info >= (3, 51, 3)


def test_qt_does_not_use_up_none() -> None:
    """PySide6 6.12.0 drops a reference of None at each call: Python 3.11 dies of it in seconds."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1_000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 100


def test_no_file_names_a_registry() -> None:
    found = [f"{name}: {host}" for name, text in texts() for host in REGISTRIES if host in text]
    assert found == []


def test_no_file_names_a_path_of_one_machine() -> None:
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if ONE_MACHINE.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("lock", ["requirements.lock", "uv.requirements.lock"])
def test_every_locked_package_has_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    packages = text.splitlines()
    assert packages
    assert [line for line in packages if "==" not in line or "--hash=sha256:" not in line] == []


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = list(project["project"]["dependencies"])
    for extra in project["project"]["optional-dependencies"].values():
        asked += extra
    asked += project["dependency-groups"]["dev"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    names = [re.split(r"[^\w.-]", requirement)[0].lower() for requirement in asked]
    assert [
        name for name in names if not re.search(rf"^{re.escape(name)}==", lock, re.MULTILINE)
    ] == []


def test_each_test_has_a_postgres_database_of_its_own(postgres_server: PostgresServer) -> None:
    def fill(url: str) -> None:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE party (name text)")

    template = postgres_server.template("one_table", fill)
    first, second = postgres_server.fresh(template), postgres_server.fresh(template)
    try:
        with psycopg.connect(first) as one, psycopg.connect(second) as other:
            one.execute("INSERT INTO party VALUES ('Anand Stores')")
            one.commit()
            assert other.execute("SELECT count(*) FROM party").fetchone() == (0,)
    finally:
        postgres_server.drop(first)
        postgres_server.drop(second)


def test_a_test_database_does_not_sort_like_c(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        if connection.info.server_version < 150_000:
            pytest.skip("PostgreSQL before 15 has no ICU order for a whole database")
        row = connection.execute(
            "SELECT 'a' < 'B', 'a' COLLATE \"C\" < 'B' COLLATE \"C\""
        ).fetchone()
    assert row == (True, False)
