"""The help of each screen is there in every language, and names the same keys."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dms_desktop.language.catalogue import ENGLISH, LANGUAGES
from dms_desktop.resource import resource
from dms_desktop.ui.screens import SCREENS

PAGES = ("counter", "first-start", "log-in", *(screen.name for screen in SCREENS))
OTHERS = [language for language in LANGUAGES if language != ENGLISH]
KEY = re.compile(r"\*\*((?:(?:Ctrl|Shift|Alt)\+)*(?:F\d{1,2}|Del|Ins|[A-Z\d]))\*\*")
MOST_WORDS = 330


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_the_keys_of_the_english_one(page: str, language: str) -> None:
    said = text(resource(f"manual/{language}/{page}.md"))
    ours = text(resource(f"manual/{page}.md"))
    assert sorted(KEY.findall(said)) == sorted(KEY.findall(ours))
    assert said.count("\n\n") == ours.count("\n\n"), "as many paragraphs"
    assert len(said.split()) <= MOST_WORDS
