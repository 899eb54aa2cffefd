"""The secret without which the PINs of a stolen book are worthless: in the keyring or a file."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from dms_desktop.store.faults import SecretMissing
from dms_desktop.store.health import name_of

SERVICE = "DMS Desktop"
LENGTH = 32


def pepper_of(books: Path | str) -> bytes:
    """The books' own pepper. Raises SecretMissing where neither keyring nor file has it."""
    file = _file(books)
    if file.exists():
        return bytes.fromhex(file.read_text().strip())
    import keyring
    import keyring.errors

    try:
        kept = keyring.get_password(SERVICE, _name(books))
    except (keyring.errors.KeyringError, RuntimeError):
        kept = None
    if kept is None:
        raise SecretMissing(_name(books), file=str(file))
    return bytes.fromhex(kept)


def make_pepper(books: Path | str) -> tuple[bytes, Path | None]:
    """A new pepper, kept; and its file where there is no keyring, for a visible warning."""
    pepper = secrets.token_bytes(LENGTH)
    return pepper, keep_pepper(books, pepper)


def keep_pepper(books: Path | str, pepper: bytes) -> Path | None:
    """Into the keyring; else into a file that only this user may read, whose path is returned."""
    import keyring
    import keyring.errors

    try:
        keyring.set_password(SERVICE, _name(books), pepper.hex())
    except (keyring.errors.KeyringError, RuntimeError):
        file = _file(books)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(pepper.hex())
        return file
    return None


def _name(books: Path | str) -> str:
    return name_of(books if str(books).startswith("postgresql://") else Path(books).resolve())


def _file(books: Path | str) -> Path:
    """Beside a file of books; for a server in the user's own folder."""
    if not str(books).startswith("postgresql://"):
        return Path(f"{books}.pepper")
    import hashlib

    import platformdirs

    folder = platformdirs.user_config_path("dms-desktop", ensure_exists=True)
    return folder / f"{hashlib.sha256(_name(books).encode()).hexdigest()[:16]}.pepper"
