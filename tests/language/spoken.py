"""Hindi for a test, from the catalogue as it is in this tree, and English again afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checks import words
from dms_desktop.language.catalogue import ENGLISH, use
from provision.words import is_behind


@pytest.fixture(scope="session")
def made_words() -> None:
    """What the program reads is made by dev.py; a test that is started otherwise makes it here."""
    for path in words.catalogues():
        if is_behind(path):
            words.compile_one(path, path.with_suffix(".mo"))


@pytest.fixture
def both(made_words: None) -> Iterator[None]:
    """A test that changes the language itself."""
    yield
    use(ENGLISH)


@pytest.fixture
def hindi(both: None) -> None:
    use("hi")
