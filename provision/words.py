"""The catalogues of the languages, made anew where their text is newer than what is read."""

from __future__ import annotations

from pathlib import Path

from provision.places import PYTHON, ROOT, step


def want_words() -> None:
    """Two looks at the disk for each language, unless one of them was changed."""
    if any(map(is_behind, ROOT.glob("resources/i18n/*/LC_MESSAGES/*.po"))):
        step(PYTHON, "-P", "-m", "checks.words", "compile")


def is_behind(text: Path) -> bool:
    made = text.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime < text.stat().st_mtime
