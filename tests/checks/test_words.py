"""A catalogue that is behind, guesses, or says another fact is named; one that is right is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from checks.words import catalogues, compile_one, faults, read, spoken, updated, write

HELD = ("{count} bill held", "{count} bills held")


def code(root: Path, text: str) -> Catalog:
    folder = root / "dms_desktop"
    folder.mkdir(exist_ok=True)
    (folder / "screen.py").write_text(text, encoding="utf-8")
    return spoken(root)


@pytest.fixture
def said(tmp_path: Path) -> Catalog:
    return code(
        tmp_path,
        '_("Owes {amount}")\nN_("&Name")\nngettext("{count} bill held", "{count} bills held", 2)\n'
        'pgettext("goods", "Free")\n_("Free")\n',
    )


def hindi(**other: object) -> Catalog:
    """A catalogue with nothing wrong, but for `other` texts."""
    words = Catalog(locale="hi", fuzzy=False)
    told: dict[str, object] = {
        "Owes {amount}": "बकाया {amount}",
        "&Name": "नाम (&N)",
        "Free": "खाली",
        **other,
    }
    for text, translation in told.items():
        words.add(text, translation)  # type: ignore[arg-type]
    words.add("Free", "मुफ़्त", context="goods")
    words.add(HELD, ("{count} बिल", "{count} बिल"))
    return words


def test_every_language_says_all_that_the_program_says() -> None:
    assert [(path, list(faults(read(path), spoken()))) for path in catalogues()] == [
        (path, []) for path in catalogues()
    ], "python3 dev.py words"


def test_a_catalogue_with_everything_in_it_has_no_fault(said: Catalog) -> None:
    assert list(faults(hindi(), said)) == []


@pytest.mark.parametrize(
    ("text", "translation", "fault"),
    [
        ("Owes {amount}", "बकाया", "other places than ['amount']: 'बकाया'"),
        ("Owes {amount}", "बकाया {amout}", "other places than ['amount']: 'बकाया {amout}'"),
        ("Owes {amount}", "", "not translated: 'Owes {amount}'"),
        ("&Name", "नाम", "another key for its box than 'N': 'नाम'"),
        ("&Name", "नाम (&A)", "another key for its box than 'N': 'नाम (&A)'"),
        ("Free", "फ्री १", "the trade writes 1 2 3: 'फ्री १'"),
        ("Old", "पुराना", "no longer said: 'Old'"),
    ],
)
def test_what_is_wrong_is_named(said: Catalog, text: str, translation: str, fault: str) -> None:
    assert list(faults(hindi(**{text: translation}), said)) == [fault]


def test_a_text_that_the_catalogue_does_not_know_is_named(said: Catalog, tmp_path: Path) -> None:
    more = code(tmp_path, '_("Save")\n')
    assert "not in the catalogue: 'Save'" in list(faults(hindi(), more))


def test_a_guess_is_no_translation(said: Catalog) -> None:
    words = hindi()
    words["Free"].flags.add("fuzzy")
    assert list(faults(words, said)) == ["only guessed: 'Free'"]


def test_an_update_keeps_what_is_right_adds_what_is_new_and_guesses_nothing(
    said: Catalog, tmp_path: Path
) -> None:
    path = tmp_path / "hi" / "LC_MESSAGES" / "dms.po"
    path.parent.mkdir(parents=True)
    write(path, updated(hindi(Old="पुराना"), said))
    before = path.read_bytes()
    write(path, updated(read(path), said))
    assert path.read_bytes() == before, "nothing but the words changes a catalogue"
    more = code(tmp_path, '_("Owes {amount} now")\n_("Owes {amount}")\n')
    write(path, updated(read(path), more))
    words = read(path)
    assert words["Owes {amount}"].string == "बकाया {amount}"
    assert not words["Owes {amount} now"].string
    assert words.get("Old") is None
    assert list(faults(words, more)) == ["not translated: 'Owes {amount} now'"]


def test_what_is_made_is_read_by_the_program(said: Catalog, tmp_path: Path) -> None:
    from gettext import translation

    path = tmp_path / "hi" / "LC_MESSAGES" / "dms.po"
    path.parent.mkdir(parents=True)
    write(path, updated(hindi(), said))
    compile_one(path, path.with_suffix(".mo"))
    words = translation("dms", tmp_path, ["hi"])
    assert words.gettext("Owes {amount}") == "बकाया {amount}"
    assert words.pgettext("goods", "Free") == "मुफ़्त"
    assert words.ngettext(*HELD, 3) == "{count} बिल"
    assert words.gettext("Not translated") == "Not translated"
