"""The owner's backup key: a public half that seals every backup, a secret half that opens them.

The public half lies beside the books and may be seen by anybody. The secret half is shown once, to
be printed and kept away from the shop; whoever loses it and the PC has lost the books.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dms_desktop.store.copying import flush_folder

SERVICE = "DMS Desktop backup key"  # in the keyring; the user name there is the public half
_GROUP = 6
_BESIDE = """# Backups of these books are sealed for this key. It is public: it opens nothing.
{recipient}
"""


@dataclass(frozen=True, slots=True)
class BackupKey:
    """`identity` is the secret: one line of capitals and figures with a checksum of its own."""

    identity: str
    recipient: str

    def printed(self) -> str:
        """The identity in groups that can be read aloud and typed again."""
        body = self.identity
        return " ".join(body[at : at + _GROUP] for at in range(0, len(body), _GROUP))


def new_key() -> BackupKey:
    from pyrage import x25519

    identity = x25519.Identity.generate()
    return BackupKey(str(identity), str(identity.to_public()))


def key_from(typed: str) -> BackupKey | None:
    """The key as somebody typed it from paper; None where a character is wrong or missing."""
    from pyrage import IdentityError, x25519

    try:
        identity = x25519.Identity.from_str("".join(typed.split()).upper())
    except IdentityError:
        return None
    return BackupKey(str(identity), str(identity.to_public()))


def recipient_file(books: Path) -> Path:
    return books.with_name(books.name + ".backup-key")


def save_recipient(books: Path, recipient: str) -> None:
    """From now on backups of these books are sealed for it; older ones keep their older key."""
    place = recipient_file(books)
    new = place.with_name(place.name + ".part")
    with new.open("w", encoding="ascii") as file:
        file.write(_BESIDE.format(recipient=recipient))
        file.flush()
        os.fsync(file.fileno())
    new.replace(place)
    flush_folder(place.parent)


def recipient_of(books: Path) -> str | None:
    """The public half, or None where no key was made yet."""
    try:
        lines = recipient_file(books).read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return None
    return next((line.strip() for line in lines if line.startswith("age1")), None)


def keep_identity(key: BackupKey, folder: Path | None = None) -> Path | None:
    """Let this PC open backups by itself: for the monthly trial, and after a broken file.

    Into the system's keyring; where there is none into a file that only this user may read, whose
    path is returned so that the owner is told.
    """
    if _keyring_has(key):
        return None
    place = _file(key.recipient, folder)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.unlink(missing_ok=True)
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key.identity + "\n")
        file.flush()
        os.fsync(file.fileno())
    return place


def kept_identity(recipient: str, folder: Path | None = None) -> str | None:
    """What `keep_identity` kept, or None."""
    import keyring
    from keyring.errors import KeyringError

    try:
        found = keyring.get_password(SERVICE, recipient)
    except KeyringError:
        found = None
    if found is None and (place := _file(recipient, folder)).exists():
        found = place.read_text(encoding="ascii")
    key = key_from(found or "")
    return key.identity if key is not None and key.recipient == recipient else None


def forget_identity(recipient: str, folder: Path | None = None) -> None:
    """This PC can then make backups but not open them."""
    import keyring
    from keyring.errors import KeyringError

    with suppress(KeyringError):  # it was not there, or there is no keyring
        keyring.delete_password(SERVICE, recipient)
    _file(recipient, folder).unlink(missing_ok=True)


def _keyring_has(key: BackupKey) -> bool:
    """Give it to the keyring and ask for it again: some take a secret and keep nothing."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, key.recipient, key.identity)
        return keyring.get_password(SERVICE, key.recipient) == key.identity
    except KeyringError:
        return False


def _file(recipient: str, folder: Path | None) -> Path:
    if folder is None:
        from platformdirs import user_config_path

        folder = user_config_path("dms-desktop", appauthor=False) / "backup-keys"
    return folder / f"{recipient[-16:]}.key"
