"""Proving the books: everything that can be computed is computed again from scratch."""

from __future__ import annotations

from dms_desktop.services.verifying.findings import Finding, Key, Report
from dms_desktop.services.verifying.verify import MOST_FINDINGS, verify

__all__ = ["MOST_FINDINGS", "Finding", "Key", "Report", "verify"]
