"""Coming back to a list: the next word is a new search, and nothing of another user is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.ui.kit.list_screen import ListScreen
from dms_desktop.ui.masters.page import MasterPage
from tests.books import Book
from tests.ui.masters import Owner, close_masters, open_masters


@pytest.fixture
def owner(qtbot: QtBot, qapp: QApplication, book: Book) -> Iterator[Owner]:
    made = open_masters(qtbot, qapp, book)
    yield made
    close_masters(made)


def front(owner: Owner) -> ListScreen[object]:
    page = owner.window.pages.currentWidget()
    found = page.list if isinstance(page, MasterPage) else page
    assert isinstance(found, ListScreen)
    return found


@pytest.mark.parametrize("name", ["bills", "orders", "parties", "items"])
@pytest.mark.parametrize("from_table", [False, True])
def test_what_is_typed_after_coming_back_is_a_new_search(
    owner: Owner, name: str, from_table: bool
) -> None:
    owner.floor.go(name)
    owner.settle()
    owner.type("so")
    if from_table:
        front(owner).table.setFocus()
    owner.floor.go("masters")
    owner.floor.go(name)
    owner.type("te")
    assert front(owner).search.text() == "te"


def test_the_next_user_finds_no_search_and_no_notice_of_the_former(owner: Owner) -> None:
    owner.floor.go("items")
    owner.settle()
    owner.type("so")
    page = owner.page
    page.list.tell_saved("SOAP", "Toilet soap")
    owner.desk.enter(owner.desk.actor)
    assert page.list.search.text() == "so"
    owner.desk.enter(replace(owner.desk.actor, user_id=77, code="ravi"))
    owner.settle()
    assert page.list.search.text() == ""
    assert not page.list.done.isVisible()
