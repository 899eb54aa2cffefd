"""Writes the tables of the first revision anew from the code, as long as no version is released.

    python -m migrations.freeze           after it: no restart needed, new books have the new tables
    python -m migrations.freeze --check   fails when the revision and the code differ

Once a version is out, its revisions are frozen: what changes then is a further revision.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlcipher3 import dbapi2

from dms_desktop.store.tables import metadata
from dms_desktop.store.tables.columns import Bytes, Whole, Words

FIRST = Path(__file__).resolve().parent / "versions" / "0001_books.py"
BEGIN, END = "def tables() -> None:\n", "# --- end of the tables\n"
TYPES = {id(Whole): "whole", id(Words): "words", id(Bytes): "blob"}


def rendered() -> str:
    """All tables and indexes as Alembic operations, in the order of their references."""
    engine = sa.create_engine("sqlite://", module=dbapi2)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"target_metadata": metadata})
        operations = produce_migrations(context, metadata).upgrade_ops
        assert operations is not None
        text = render_python_code(operations, render_item=item)
    engine.dispose()
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))


def item(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """A column in the few words of the revision; False leaves the rest to Alembic."""
    if kind != "column":
        return False
    parts = [repr(thing.name), TYPES[id(thing.type)]]
    if thing.autoincrement is False:
        parts.append("autoincrement=False")
    if thing.server_default is not None:
        parts.append(f"server_default={thing.server_default.arg!r}")
    parts.append(f"nullable={thing.nullable}")
    return f"sa.Column({', '.join(parts)})"


def frozen() -> str:
    """The whole file with its tables as the code has them now."""
    before, _, rest = FIRST.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    text = f"{before}{BEGIN}    {rendered().strip()}\n\n\n{END}{after}"
    format_it = [sys.executable, "-m", "ruff", "format", "-", "--stdin-filename", str(FIRST)]
    done = subprocess.run(format_it, input=text, capture_output=True, text=True, check=True)
    return done.stdout


def main(words: list[str]) -> int:
    text = frozen()
    same = text == FIRST.read_text(encoding="utf-8")
    if not same and "--check" in words:
        sys.stderr.write("0001_books.py is not what the tables are now: run migrations.freeze\n")
        return 1
    if not same:
        FIRST.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
