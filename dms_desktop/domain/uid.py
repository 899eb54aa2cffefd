"""Identities that order by time and are unique wherever they were made: UUIDv7 (RFC 9562)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def uuid7(at: datetime, chance: bytes) -> UUID:
    """From an aware instant and ten random bytes."""
    millis = (at - EPOCH) // timedelta(milliseconds=1)
    body = millis.to_bytes(6, "big") + chance[:10]
    number = int.from_bytes(body, "big")
    number &= ~(0xF000 << 64) & ~(0xC000 << 48)
    return UUID(int=number | 0x7000 << 64 | 0x8000 << 48)


def derived(*parents: UUID, word: str) -> UUID:
    """The id of what is made once of others: the same parents and word give it again.

    It bears the first one's instant, so that it sorts beside it.
    """
    from hashlib import sha256  # no start waits for it

    said = b"".join(parent.bytes for parent in parents) + word.encode()
    body = parents[0].bytes[:6] + sha256(said).digest()[:10]
    number = int.from_bytes(body, "big") & ~(0xF000 << 64) & ~(0xC000 << 48)
    return UUID(int=number | 0x7000 << 64 | 0x8000 << 48)
