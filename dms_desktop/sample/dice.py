"""Dice that fall the same way on every machine: all chance in the sample comes from here."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")


class Dice:
    """Whole numbers from a seed and a name, so that one table's rolls never move another's.

    Only `Random.random` is used: the one method whose sequence Python promises to keep.
    """

    def __init__(self, seed: int, name: str) -> None:
        self._next = Random(f"{seed}/{name}").random

    def below(self, limit: int) -> int:
        """From 0 up to, but not with, the limit."""
        return int(self._next() * limit)

    def between(self, low: int, high: int) -> int:
        """Both ends included."""
        return low + int(self._next() * (high - low + 1))

    def chance(self, percent: int) -> bool:
        return self._next() * 100 < percent

    def pick(self, things: Sequence[Thing]) -> Thing:
        return things[int(self._next() * len(things))]

    def shuffled(self, things: Iterable[Thing]) -> list[Thing]:
        cards = list(things)
        for last in range(len(cards) - 1, 0, -1):
            other = self.below(last + 1)
            cards[last], cards[other] = cards[other], cards[last]
        return cards


class Popularity:
    """Ranks drawn as customers draw goods: the first often, the last hardly ever (Zipf)."""

    def __init__(self, ranks: int, flatness: int = 25) -> None:
        """The greater `flatness`, added to each rank, the less the first few outsell the rest."""
        self._up_to = list(accumulate(10_000_000 // (rank + flatness) for rank in range(ranks)))

    def draw(self, dice: Dice) -> int:
        return bisect_right(self._up_to, dice.below(self._up_to[-1]))
