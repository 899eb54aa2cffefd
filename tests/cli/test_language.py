"""A caller is answered in his own language, also by a program that speaks another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dms_desktop.cli import door
from dms_desktop.cli.caller import answer
from dms_desktop.cli.shop import enter, open_database
from dms_desktop.language.catalogue import use
from dms_desktop.store.lock import take

NOBODY = {"party": "NOBODY", "lines": [{"item": "ANV001", "qty": 1}]}
ENGLISH = "No party has the code “NOBODY”. Choose a party, or CASH for a walk-in."
HINDI = "कोड “NOBODY” की कोई पार्टी नहीं है। पार्टी चुनें, या नकद ग्राहक के लिए CASH।"

pytestmark = pytest.mark.usefixtures("both")


def said(reply: Any) -> str:
    assert reply.code == 1
    told: str = reply.json["refused"][0]["say"]
    return told


def test_a_refusal_is_told_in_the_language_asked_for(
    shop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said(shop("bill", "post", NOBODY)) == ENGLISH
    assert said(shop("--language", "hi", "bill", "post", NOBODY)) == HINDI
    monkeypatch.setenv("DMS_LANGUAGE", "hi")
    assert said(shop("bill", "post", NOBODY)) == HINDI
    assert said(shop("--language", "en", "bill", "post", NOBODY)) == ENGLISH


def test_the_running_program_answers_each_in_his_own(shop: Any, folder: Path) -> None:
    books = folder / "books.db"
    lock = take(books, "the program")
    database = open_database(books)

    def attended(asked: dict[str, Any]) -> dict[str, Any]:
        use("hi" if asked["language"] == "en" else "en")  # what the program's own clerk has
        return answer(lambda user, pin: enter(books, database, user, pin), asked)

    inside = door.Door(books, attended)
    try:
        assert said(shop("--language", "hi", "bill", "post", NOBODY)) == HINDI
        assert said(shop("--language", "en", "bill", "post", NOBODY)) == ENGLISH
    finally:
        inside.close()
        database.close()
        lock.release()
