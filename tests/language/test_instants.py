"""Day and time as the books have them, wherever the PC believes to be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from dms_desktop.language.figures import clock_text, instant_text


def test_an_instant_is_told_as_it_is_in_india() -> None:
    late = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)
    assert instant_text(late) == "22-11-2026 00:30"
    assert clock_text(late) == "00:30"
    there = late.astimezone(timezone(timedelta(hours=-8)))
    assert instant_text(there) == "22-11-2026 00:30"
