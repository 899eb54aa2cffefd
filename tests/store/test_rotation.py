"""Which backups are kept, and the key that opens them."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dms_desktop.store.backup import Request, backups_in, rotate, take
from dms_desktop.store.backup_key import (
    BackupKey,
    forget_identity,
    keep_identity,
    kept_identity,
    key_from,
    new_key,
    recipient_of,
    save_recipient,
)
from dms_desktop.store.migrate import create
from dms_desktop.store.rotation import INDIA, Kept, to_drop

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def series(*ages: timedelta, **how: Any) -> list[Kept]:
    return [Kept(Path(f"{age.total_seconds()}"), NOW - age, **how) for age in ages]


def test_a_year_of_hourly_backups_comes_down_to_what_the_rules_keep() -> None:
    every = series(*(timedelta(hours=hours) for hours in range(24 * 400)))
    dropped = set(to_drop(every, NOW))
    kept = [one for one in every if one not in dropped]
    hours = [one.made_at for one in kept if NOW - one.made_at < timedelta(hours=24)]
    assert len(hours) == 24
    days = {one.made_at.astimezone(INDIA).date() for one in kept}
    today = NOW.astimezone(INDIA).date()
    assert {today - timedelta(days=back) for back in range(14)} <= days
    assert len({one.made_at.astimezone(INDIA).isocalendar()[:2] for one in kept}) >= 8
    assert len({(d.year, d.month) for d in days}) == 12
    assert len(kept) <= 24 + 14 + 8 + 12
    assert to_drop(kept, NOW) == []


def test_after_a_month_away_nothing_is_dropped_for_its_age_alone() -> None:
    old = series(*(timedelta(days=60 + day) for day in range(10)))
    assert to_drop(old, NOW) == []


def test_the_newest_good_one_outlives_any_number_of_doubtful_ones() -> None:
    good = series(timedelta(days=500))
    doubtful = series(*(timedelta(days=day) for day in range(1, 40)), verified=False)
    dropped = to_drop(good + doubtful, NOW)
    assert good[0] not in dropped
    assert {one.made_at for one in dropped} == {NOW - timedelta(days=day) for day in range(7, 40)}


def test_the_close_of_a_year_is_kept_for_eight_years() -> None:
    recent = series(*(timedelta(days=day) for day in range(400)))
    closes = [
        Kept(Path(f"fy{year}"), datetime(year, 4, 20, tzinfo=UTC), label=f"fy{year}")
        for year in range(2010, 2027)
    ]
    kept = {one.label for one in closes} - {one.label for one in to_drop(closes + recent, NOW)}
    assert {f"fy{year}" for year in range(2018, 2027)} <= kept
    assert "fy2016" not in kept


def test_rotation_keeps_each_companys_own_and_touches_nothing_else(
    book: Path, key: BackupKey, safe: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other" / "books.db"
    other.parent.mkdir()
    create(other)
    ages = [timedelta(days=900), timedelta(minutes=20), timedelta(minutes=10)]
    ours = [take(book, safe, Request("0.1.0", now=NOW - age)) for age in ages]
    theirs = take(other, safe, Request("0.1.0", clear=True, now=NOW - timedelta(days=800)))
    by_hand = safe / "books-copy.tar.zst.age"
    by_hand.write_bytes(ours[0].path.read_bytes())
    assert rotate(safe, NOW) == [ours[1].path]
    left = {path.name for path in safe.iterdir()}
    assert left == {
        by_hand.name,
        *(one.path.name for one in (ours[0], ours[2], theirs)),
        *(one.path.name + ".json" for one in (ours[0], ours[2], theirs)),
    }


def test_notes_that_say_nothing_are_passed_over(safe: Path) -> None:
    safe.mkdir()
    for number, text in enumerate(("", "[]", "{}", '{"path": "../x", "made_at": "2026-01-01"}')):
        (safe / f"{number}.tar.zst.json").write_text(text)
    assert backups_in(safe) == []


def test_the_printed_key_can_be_typed_again_and_a_slip_is_seen() -> None:
    key = new_key()
    assert key_from(key.printed().lower()) == key
    assert key_from(f"  {key.printed()}\n") == key
    slipped = key.printed()[:-1] + ("Q" if key.printed()[-1] != "Q" else "P")
    assert key_from(slipped) is None
    assert key_from(key.identity[:-1]) is None
    assert key_from("") is None


def test_the_public_half_lies_beside_the_books_and_a_new_one_replaces_it(tmp_path: Path) -> None:
    book = tmp_path / "books.db"
    assert recipient_of(book) is None
    for key in (new_key(), new_key()):
        save_recipient(book, key.recipient)
        assert recipient_of(book) == key.recipient
        assert key.identity not in (tmp_path / "books.db.backup-key").read_text()


def test_without_a_keyring_the_secret_goes_into_a_private_file_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keyring
    from keyring.backends import fail, null

    before = keyring.get_keyring()
    key = new_key()
    try:
        for backend in (fail.Keyring(), null.Keyring()):  # type: ignore[no-untyped-call]
            keyring.set_keyring(backend)
            place = keep_identity(key, tmp_path / "keys")
            assert place is not None
            if os.name != "nt":
                assert place.stat().st_mode & 0o777 == 0o600
            assert kept_identity(key.recipient, tmp_path / "keys") == key.identity
            assert kept_identity(new_key().recipient, tmp_path / "keys") is None
            forget_identity(key.recipient, tmp_path / "keys")
            assert kept_identity(key.recipient, tmp_path / "keys") is None
    finally:
        keyring.set_keyring(before)


def test_a_keyring_keeps_the_secret_and_no_file_does(tmp_path: Path) -> None:
    import keyring
    from keyring.backend import KeyringBackend

    kept: dict[tuple[str, str], str] = {}

    class Memory(KeyringBackend):
        priority = 1

        def set_password(self, service: str, username: str, password: str) -> None:
            kept[service, username] = password

        def get_password(self, service: str, username: str) -> str | None:
            return kept.get((service, username))

        def delete_password(self, service: str, username: str) -> None:
            del kept[service, username]

    before = keyring.get_keyring()
    keyring.set_keyring(Memory())  # type: ignore[no-untyped-call]
    try:
        key = new_key()
        assert keep_identity(key, tmp_path / "keys") is None
        assert not (tmp_path / "keys").exists()
        assert kept_identity(key.recipient, tmp_path / "keys") == key.identity
        forget_identity(key.recipient, tmp_path / "keys")
        assert kept_identity(key.recipient, tmp_path / "keys") is None
    finally:
        keyring.set_keyring(before)
