"""What a backup says of itself: the first thing in its container, and the public note beside it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from dms_desktop.store.container import Sealed
from dms_desktop.store.rotation import Kept

FORMAT = 1
NAME = "manifest.json"
NOTE = ".json"
_NOTED = ("origin", "label", "verified", "size", "sha256", "revision")


@dataclass(frozen=True, slots=True)
class Manifest:
    """`counts` are rows a table, `totals` paise or base units a column, `audit_tips` chain ends.

    `findings`: what verification found wrong, in English; empty in a verified backup.
    """

    made_at: str  # ISO, UTC
    database: str  # sqlite or postgres
    revision: int
    program: str  # version of the program that made it
    origin: str  # beginning of the books' audit chain: the same for all backups of one company
    label: str
    size: int  # of the books inside, in bytes
    sha256: str
    counts: dict[str, int]
    totals: dict[str, int]
    audit_tips: list[dict[str, object]]
    findings: tuple[str, ...] = ()
    format: int = FORMAT

    @property
    def verified(self) -> bool:
        return not self.findings

    def encoded(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


def manifest_from(data: bytes) -> Manifest:
    """Raises ValueError for what is no manifest, or one of a newer format."""
    said = json.loads(data)
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ValueError(f"manifest of format {said.get('format') if said else said!r}")
    try:
        found = Manifest(**said)
    except TypeError as error:
        raise ValueError(str(error)) from error
    return replace(found, findings=tuple(found.findings))


def note_of(container: Path) -> Path:
    return container.with_name(container.name + NOTE)


def write_note(sealed: Sealed, manifest: Manifest) -> Kept:
    """Nothing secret: it lets a PC without the key see which backup is whole, and rotate them."""
    kept = Kept(
        sealed.path,
        datetime.fromisoformat(manifest.made_at),
        manifest.origin,
        manifest.label,
        manifest.verified,
        sealed.size,
        sealed.sha256,
        manifest.revision,
    )
    said = asdict(kept) | {"path": sealed.path.name, "made_at": manifest.made_at}
    note = note_of(sealed.path)
    part = note.with_name(note.name + ".part")
    part.write_text(json.dumps(said, indent=1), encoding="utf-8")
    part.replace(note)
    return kept


def read_note(note: Path) -> Kept | None:
    """The backup that a note describes; None when either is missing or the note says nothing."""
    try:
        said = json.loads(note.read_text(encoding="utf-8"))
        path = note.with_name(said["path"])
        made_at = datetime.fromisoformat(said["made_at"])
        rest = [said[name] for name in _NOTED]
        size = path.stat().st_size
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if made_at.tzinfo is None or path.parent != note.parent:
        return None
    kept = Kept(path, made_at, *rest)
    return kept if size == kept.size else replace(kept, verified=False)
