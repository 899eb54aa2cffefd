"""A backup put back as the books, with the secret that its PINs need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dms_desktop.store import backup_key
from dms_desktop.store import restore as restoring
from dms_desktop.store.pepper import keep_pepper


def restore(books: Path | str, container: Path, typed_key: str) -> dict[str, Any]:
    """Raises what the store's restore raises; a key that is mistyped is no key."""
    key = backup_key.key_from(typed_key) if typed_key else None
    kept = restoring.Backup(container.resolve(), key.identity if key else None)
    done = restoring.restore(kept, books)
    if pepper := done.kit.get("pepper"):
        keep_pepper(books, pepper)
    reply = {"books": str(books), "revision": done.manifest.revision}
    if done.kept:
        reply["kept"] = str(done.kept)
    return reply
