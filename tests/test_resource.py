"""Fonts, catalogues and migrations are found wherever the program lies."""

from __future__ import annotations

from dms_desktop.resource import resource


def test_resources_and_migrations_are_found() -> None:
    assert resource("fonts/DmsSans-Regular.ttf").read_bytes()[:4] == b"\x00\x01\x00\x00"
    assert resource("fonts").joinpath("LICENCE-OFL.txt").is_file()
    assert resource("icons/dms.svg").is_file()
    assert resource("migrations").is_dir()
