"""Sharing what is short: goods are conserved, nobody gets more than he wants, none lie idle."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.shortage import Sharing, Want, share_out

WANTS = st.lists(st.integers(0, 500), max_size=12)


def shared(have: int, *pieces: int, mode: Sharing, multiple: int = 1) -> tuple[int, ...]:
    wants = [Want(at, each) for at, each in enumerate(pieces)]
    return share_out(have, wants, mode, multiple)


@pytest.mark.parametrize(
    ("mode", "have", "multiple", "got"),
    [
        (Sharing.OLDEST_FIRST, 100, 1, (60, 40, 0)),
        (Sharing.PROPORTIONAL, 100, 1, (50, 33, 17)),
        (Sharing.PROPORTIONAL, 100, 12, (48, 40, 12)),
        (Sharing.OLDEST_FIRST, 50, 12, (48, 0, 0)),
        (Sharing.OLDEST_FIRST, 200, 12, (60, 40, 20)),
        (Sharing.PROPORTIONAL, -5, 1, (0, 0, 0)),
    ],
)
def test_by_hand(mode: Sharing, have: int, multiple: int, got: tuple[int, ...]) -> None:
    assert shared(have, 60, 40, 20, mode=mode, multiple=multiple) == got


@given(
    have=st.integers(-10, 2_000),
    pieces=WANTS,
    multiple=st.integers(1, 24),
    mode=st.sampled_from(Sharing),
)
def test_goods_are_conserved(have: int, pieces: list[int], multiple: int, mode: Sharing) -> None:
    got = shared(have, *pieces, mode=mode, multiple=multiple)
    rest = max(have, 0) - sum(got)
    assert rest >= 0
    for want, each in zip(pieces, got, strict=True):
        assert 0 <= each <= want
        assert each == want or each % multiple == 0
        if each < want:  # what is left over would serve him neither wholly nor by a multiple
            assert rest < want - each
            assert rest < multiple
