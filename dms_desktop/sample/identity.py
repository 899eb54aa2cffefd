"""Ids for made-up documents: UUIDv7 by shape, and the same ones each time."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b
from uuid import UUID

_EPOCH = date(1970, 1, 1)
_DAY = 86_400_000


def stable_uuid7(day: date, millisecond: int, name: str) -> UUID:
    """An id that sorts by day and millisecond; `name` tells it from all others of that instant."""
    instant = (day - _EPOCH).days * _DAY + millisecond
    rest = int.from_bytes(blake2b(name.encode(), digest_size=10).digest(), "big")
    bits = (instant & (1 << 48) - 1) << 80 | rest
    bits = bits & ~(0xF << 76) | 7 << 76
    return UUID(int=bits & ~(3 << 62) | 2 << 62)
