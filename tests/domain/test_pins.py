"""A PIN is long enough, and none of those that a stranger tries first."""

from __future__ import annotations

import pytest

from dms_desktop.domain.pins import PinFlaw, flaw_of


@pytest.mark.parametrize(
    "pin",
    ["123456", "111111", "000000", "654321", "890123", "121212", "123123", "112233", "786786",
     "123456789012", "aaaaaaaaaaaa", "111111111111"],
)  # fmt: skip
def test_what_everybody_tries_first_is_no_pin(pin: str) -> None:
    assert flaw_of(pin) is PinFlaw.WEAK


@pytest.mark.parametrize("pin", ["", "1234", "12345", "1357902", "abcdef", "eleven lett"])
def test_what_is_neither_six_figures_nor_a_phrase_is_too_short(pin: str) -> None:
    assert flaw_of(pin) is PinFlaw.SHORT


@pytest.mark.parametrize(
    "pin", ["135790", "246810", "975310", "907215", "rice and dal 7", "123457"]
)
def test_six_figures_or_a_phrase_will_do(pin: str) -> None:
    assert flaw_of(pin) is None
