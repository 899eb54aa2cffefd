"""The manual says what the program does: every screen has its page, and every key in it is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from checks import keys as check
from dms_desktop.resource import resource
from dms_desktop.ui import keys
from dms_desktop.ui.help import BESIDE, page_text
from dms_desktop.ui.keys import KEYS, Where
from dms_desktop.ui.screens import SCREENS

WHERE = {screen.name: screen.where for screen in SCREENS} | {
    "counter": Where.COUNTER,
    "log-in": Where.LOG_IN,
    "first-start": Where.START,
}
BOLD = re.compile(r"\*\*([^*]+)\*\*")
KEY = re.compile(r"(?:(?:Ctrl|Shift|Alt)\+)*(?:F\d{1,2}|Del|Ins|[A-Z\d])$")
MOST_WORDS = 330  # what a person reads while a customer waits


def named(page: str) -> Iterator[str]:
    """The keys that a page names in bold."""
    for bold in BOLD.findall(resource(f"manual/{page}.md").read_text(encoding="utf-8")):
        if KEY.match(bold):
            yield bold


@pytest.mark.parametrize("page", WHERE)
def test_every_screen_has_a_page_of_one_screenful(page: str) -> None:
    text = page_text(page)
    assert text.startswith("# ")
    assert len(text.split()) <= MOST_WORDS


@pytest.mark.parametrize("page", WHERE)
def test_every_key_that_a_page_names_is_one_of_its_screen(page: str) -> None:
    where = WHERE[page]
    here = {where, Where.EVERYWHERE, Where.SCREENS, Where.LOOKUP, *BESIDE.get(where, ())}
    declared = {keys.key_text(action.id) for action in KEYS if action.where in here}
    assert set(named(page)) - declared == set()


def test_most_keys_of_a_screen_are_told_in_its_page() -> None:
    """What a page leaves out stands beside it, but a page about nothing helps nobody."""
    for page in ("counter", "orders", "bills"):
        own = {keys.key_text(a.id) for a in KEYS if a.where is WHERE[page]}
        assert len(set(named(page)) & own) > len(own) * 2 / 3, page


def test_the_table_of_keys_is_current() -> None:
    assert check.main([]) == 0, "python3 dev.py keys"


def test_a_table_that_is_behind_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "PAGE", tmp_path / "keys.md")
    assert check.main([]) == 1
    assert "dev.py keys" in capsys.readouterr().out
    assert check.main(["update"]) == 0
    assert check.main([]) == 0
    written = (tmp_path / "keys.md").read_text(encoding="utf-8")
    assert "| F10 | Save and print |" in written
    assert "## At the counter" in written
