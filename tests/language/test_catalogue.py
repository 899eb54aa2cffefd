"""The program speaks its user's language, and English where it has no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from dms_desktop.language import catalogue
from dms_desktop.language.catalogue import N_, _, ngettext, pgettext, use


@pytest.fixture
def hindi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    words = Catalog(locale="hi")
    words.add("Save", "सहेजें")
    words.add("Free", "मुफ़्त", context="goods")
    words.add(("{count} bill", "{count} bills"), ("{count} बिल", "{count} बिलें"))
    folder = tmp_path / "hi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "dms.mo").open("wb") as file:
        write_mo(file, words)
    monkeypatch.setattr(catalogue, "resource", lambda name: tmp_path)
    yield
    use("en")


@pytest.mark.usefixtures("hindi")
def test_hindi_is_spoken_from_the_moment_it_is_chosen() -> None:
    label = N_("Save")
    assert (label, _(label)) == ("Save", "Save")
    use("hi")
    assert (_(label), pgettext("goods", "Free")) == ("सहेजें", "मुफ़्त")
    assert ngettext("{count} bill", "{count} bills", 5) == "{count} बिलें"
    assert _("Not translated yet") == "Not translated yet"


@pytest.mark.usefixtures("hindi")
def test_a_region_without_words_of_its_own_speaks_the_language() -> None:
    use("hi_IN")
    assert _("Save") == "सहेजें"


@pytest.mark.usefixtures("hindi")
def test_a_language_that_is_not_there_is_english() -> None:
    use("hi")
    use("ta")
    assert _("Save") == "Save"
    assert ngettext("one bill", "many bills", 2) == "many bills"
