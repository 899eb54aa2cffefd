"""Bills of another program: each step of an import sealed its own together in the audit trail."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dms_desktop.services.imported_bills import KIND
from dms_desktop.services.verifying.findings import Finding, Watch
from dms_desktop.store.session import Reading

_SEALS = (
    "SELECT id, subject, digest, after FROM audit WHERE action = 'import bills'"
    " AND digest IS NOT NULL ORDER BY id"
)
_BETWEEN = (
    "SELECT document.id, number, digest FROM document JOIN series ON series.id = series_id"
    " WHERE series.kind = :kind AND serial BETWEEN :first AND :last ORDER BY serial LIMIT :most"
)
_UNDONE = "SELECT subject, at, user_id, after FROM audit WHERE action = 'undo import bills'"
_LAST_EVER = 1 << 60

Strike = tuple[int, int, str]  # when, by whom, and why


@dataclass(frozen=True, slots=True)
class Seal:
    """One step of an import: the serials of its bills and the digest over all of them."""

    key: int
    subject: str
    first: int
    last: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Imports:
    """All steps in the order of their serials, and which imports were taken back."""

    seals: tuple[Seal, ...]
    undone: Mapping[str, Strike]

    def strike(self, serial: int) -> Strike | None:
        """What struck the bill of that serial, if its import was taken back."""
        at = bisect_right(self.seals, serial, key=lambda seal: seal.first) - 1
        return self.undone.get(self.seals[at].subject) if at >= 0 else None


def imports(reading: Reading) -> Imports:
    seals = [
        Seal(key, subject, *_range(after), bytes(digest))
        for key, subject, digest, after in reading.rows(_SEALS)
    ]
    undone = {
        subject: (at, user, said_in(after).get("why") or f"{subject} undone")
        for subject, at, user, after in reading.rows(_UNDONE)
    }
    return Imports(tuple(sorted(filter(_some, seals), key=lambda seal: seal.first)), undone)


def wrong_imports(reading: Reading, watch: Watch) -> Iterator[Finding]:
    watch.tell("imports", 0.0)
    sealed = 0
    for seal in imports(reading).seals:
        yield from _unsealed(reading, sealed + 1, seal.first - 1)
        found = _documents(reading, seal.first, seal.last)
        whole = hashlib.sha256(b"".join(bytes(row[2]) for row in found)).digest()
        if whole != seal.digest:
            facts = {"number": found[0][1] if found else "", "step": seal.key}
            yield Finding("import_seal", "document", found[0][0] if found else "", facts)
        sealed = seal.last
    yield from _unsealed(reading, sealed + 1, _LAST_EVER)


def said_in(text: str) -> Mapping[str, Any]:
    """What a JSON object says; an empty one for nonsense, which others find."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _range(after: str) -> tuple[int, int]:
    """The serials of a step; nil for one that brought nothing in."""
    said = said_in(after)
    first, last = said.get("first"), said.get("last")
    if isinstance(first, int) and isinstance(last, int) and 0 < first <= last < _LAST_EVER:
        return first, last
    return 0, 0


def _some(seal: Seal) -> bool:
    return seal.first > 0


def _documents(reading: Reading, first: int, last: int) -> list[tuple[int, str, bytes]]:
    ends = {"first": first, "last": last, "most": last - first + 1}
    return [
        (key, number, digest) for key, number, digest in reading.rows(_BETWEEN, kind=KIND, **ends)
    ]


def _unsealed(reading: Reading, first: int, last: int) -> Iterator[Finding]:
    """Bills between two steps, which no import brought in."""
    for key, number, _ in reading.rows(_BETWEEN, kind=KIND, first=first, last=last, most=101):
        yield Finding("not_in_audit", "document", key, {"number": number})
