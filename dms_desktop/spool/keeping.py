"""The folder that every paper is put into before any printer is asked."""

from __future__ import annotations

from pathlib import Path

from dms_desktop.domain.company import Issued

FOLDER = "bills"


def folder_of(books: Path | str) -> Path:
    """Beside the books, or for those on a server in this user's own place."""
    if isinstance(books, Path):
        return books.parent / FOLDER
    import platformdirs

    return platformdirs.user_data_path("dms-desktop") / FOLDER


def keep(pdf: bytes, folder: Path, name: str) -> Path:
    """Write the paper whole or not at all; where it lies. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    return put(pdf, folder / name)


def put(pdf: bytes, path: Path) -> Path:
    """The same to a path whose folder must be there."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(pdf)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def paper_name(issued: Issued) -> str:
    """`B-26-27-00001.pdf`; a reprint lies beside the first paper, which stays as it was given."""
    number = issued.number.replace("/", "-")
    return f"{number} reprint {issued.printed}.pdf" if issued.printed else f"{number}.pdf"
