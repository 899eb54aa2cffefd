"""Masters and stock brought in from outside, many rows at a time."""

from __future__ import annotations

from dms_desktop.services.items import put_items
from dms_desktop.services.lots import put_lots
from dms_desktop.services.parties import put_parties

__all__ = ["put_items", "put_lots", "put_parties"]
