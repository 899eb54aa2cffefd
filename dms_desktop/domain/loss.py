"""What the house does about goods that are sold below their cost."""

from __future__ import annotations

from enum import StrEnum


class Loss(StrEnum):
    """The word is kept on disk; its meaning may not change."""

    WARN = "warn"  # it is said, and the bill goes
    ASK = "ask"  # it stops the bill until somebody with the power allows it
    OFF = "off"
