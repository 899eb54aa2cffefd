"""Workbooks that the import screen writes for the user: where they go, and that none is lost."""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from dms_desktop.domain.incoming import Intake
from dms_desktop.domain.refusals import Problem
from dms_desktop.files import mending
from dms_desktop.files.table import Table
from dms_desktop.ui.importing.words import flaw

_NO_PLACE = {errno.EACCES, errno.EROFS, errno.EPERM, errno.ENOENT, errno.ENOTDIR}


def form(kind: Intake, folders: Sequence[Path]) -> Path:
    """An empty table of this kind, where it could be written."""
    return _written(f"{kind.value}.xlsx", folders, partial(_form, kind))


def forms(kinds: Sequence[Intake], folders: Sequence[Path]) -> Path:
    """One for each kind, in a folder of their own, which is told."""
    home, *others = folders
    if home.parent.is_dir():
        home.mkdir(exist_ok=True)
    return [form(kind, (home, *others)) for kind in kinds][-1].parent


def refused(
    kind: Intake,
    table: Table,
    heading_row: int,
    problems: Sequence[Problem],
    name: str,
    folders: Sequence[Path],
) -> Path:
    """The rows that were refused, ready to be mended."""

    def write(path: Path) -> None:
        mending.write_refused(path, table, heading_row, problems, partial(flaw, kind))

    return _written(name, folders, write)


def _form(kind: Intake, path: Path) -> None:
    mending.write_form(path, kind)


def _written(name: str, folders: Sequence[Path], write: Callable[[Path], object]) -> Path:
    """In the first folder that may be written to. Raises OSError where there is none."""
    *others, last = folders
    for folder in others:
        try:
            return _put(folder, name, write)
        except OSError as error:
            if error.errno not in _NO_PLACE:
                raise
    last.mkdir(parents=True, exist_ok=True)
    return _put(last, name, write)


def _put(folder: Path, name: str, write: Callable[[Path], object]) -> Path:
    path = _free(folder, name)
    write(path)
    return path


def _free(folder: Path, name: str) -> Path:
    """Nothing that lies there already is written over."""
    path, number = folder / name, 2
    while path.exists():
        path = folder / f"{Path(name).stem} ({number}).xlsx"
        number += 1
    return path
