"""The folder that every paper is put into before any printer is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

FOLDER = "bills"


class Numbered(Protocol):
    """Any paper. `printed` is how often it was printed before."""

    @property
    def number(self) -> str: ...
    @property
    def printed(self) -> int: ...


def folder_of(books: Path | str) -> Path:
    """Beside the books, or for those on a server in this user's own place."""
    if isinstance(books, Path):
        return books.parent / FOLDER
    import platformdirs

    return platformdirs.user_data_path("dms-desktop") / FOLDER


def keep(data: bytes, folder: Path, name: str) -> Path:
    """Write the paper whole or not at all; where it lies. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    return put(data, folder / name)


def put(data: bytes, path: Path) -> Path:
    """The same to a path whose folder must be there."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def paper_name(paper: Numbered, ending: str = ".pdf", kind: str = "") -> str:
    """`B-26-27-00001.pdf`; a reprint lies beside the first paper, which stays as it was given.

    `kind` keeps apart the papers that bear the same number: `drop_list T-26-27-00019.pdf`.
    """
    number = paper.number.replace("/", "-")
    again = f" reprint {paper.printed}" if paper.printed else ""
    return (f"{kind} " if kind else "") + number + again + ending
