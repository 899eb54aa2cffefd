"""Too few pieces for too many orders: who gets how many, so that nothing is lost or made."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple


class Sharing(StrEnum):
    OLDEST_FIRST = "oldest_first"  # in the order given, each all that it wants
    PROPORTIONAL = "proportional"  # by what each wants, by largest remainder


class Want(NamedTuple):
    """What one order's line waits for; its place in the sequence is its turn."""

    line: int
    pieces: int


def share_out(
    have: int, wants: Sequence[Want], mode: Sharing, multiple: int = 1
) -> tuple[int, ...]:
    """Pieces for each want, in their order.

    Nobody gets more than he wants; each gets whole selling multiples, or all that he wants. What
    is left over could serve nobody by the same rule.
    """
    have = max(have, 0)
    if sum(want.pieces for want in wants) <= have:
        return tuple(want.pieces for want in wants)
    if mode is Sharing.OLDEST_FIRST:
        return tuple(_filled([0] * len(wants), wants, have, multiple, step=have))
    every = sum(want.pieces for want in wants)
    given = [have * want.pieces // every // multiple * multiple for want in wants]
    missed = [have * want.pieces - got * every for want, got in zip(wants, given, strict=True)]
    order = sorted(range(len(wants)), key=lambda at: (-missed[at], at))
    served = _filled(
        [given[at] for at in order], [wants[at] for at in order], have, multiple, step=multiple
    )
    by_turn = dict(zip(order, served, strict=True))
    return tuple(by_turn[at] for at in range(len(wants)))


def _filled(
    given: Sequence[int], wants: Sequence[Want], have: int, multiple: int, *, step: int
) -> list[int]:
    """Round after round, at most `step` pieces a turn, until what is left serves nobody."""
    got, rest, before = list(given), have - sum(given), -1
    while rest != before:
        before = rest
        for at, want in enumerate(wants):
            missing = want.pieces - got[at]
            more = min(missing, rest, step)
            if more < missing:
                more -= (got[at] + more) % multiple
            if more > 0:
                got[at] += more
                rest -= more
    return got
