"""What can be a PIN: long enough, and none of those that a stranger tries first."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise

FIGURES, LETTERS = 6, 12
LEAST_KINDS = 3  # of signs in a pass phrase
PATTERNS = (1, 2, 3)  # figures that come again and again: 111111, 121212, 123123
# What people choose most, beside rows and repetitions.
USUAL = frozenset({
    "102030", "112233", "223344", "332211", "123321", "111222", "111000", "000111", "123654",
    "456123", "789456", "159753", "147258", "147852", "258369", "159357", "007007", "786786",
    "123789", "987321", "101112", "121314", "131313", "696969",
})  # fmt: skip


class PinFlaw(StrEnum):
    SHORT = "short"
    WEAK = "weak_pin"


def flaw_of(pin: str) -> PinFlaw | None:
    """Six figures at a counter, or a pass phrase of twelve letters or more; neither one that is
    guessed within five tries."""
    figures = pin.isdigit() and len(pin) == FIGURES
    if not figures and len(pin) < LETTERS:
        return PinFlaw.SHORT
    weak = pin in USUAL or _is_row(pin) or _repeats(pin)
    return PinFlaw.WEAK if weak or (not figures and len(set(pin)) < LEAST_KINDS) else None


def _is_row(pin: str) -> bool:
    """Up or down by one, over the nine: 123456, 890123, 654321."""
    if not (pin.isascii() and pin.isdigit()):
        return False
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({1}, {9})


def _repeats(pin: str) -> bool:
    return pin.isdigit() and any(pin[:at] * (len(pin) // at) == pin for at in PATTERNS)
