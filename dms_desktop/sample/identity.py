"""Ids for made-up documents: the same ones each time, so that a run broken off can go on."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from uuid import UUID

from dms_desktop.domain.uid import uuid7


def stable_uuid7(at: datetime, name: str) -> UUID:
    """An id of that instant; `name` stands where chance would and tells it from all others."""
    return uuid7(at, blake2b(name.encode(), digest_size=10).digest())
