"""A clerk at the command line who calls an owner's verb: a clear sentence, and nothing is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import PIN, Answer

OWNERS: tuple[tuple[Any, ...], ...] = (
    ("user", "add", "amit", "--role", "clerk", "--new-pin", PIN),
    ("user", "pin", "owner", "--new-pin", "135790"),
    ("user", "change", "asha", {"role": "owner"}),
    ("role", "change", "clerk", {"powers": ["look", "people"]}),
    ("role", "add", {"code": "mine", "powers": ["look", "people"]}),
    ("option", "set", "lock_minutes", "0"),
    ("company", "change", {"phone": "1"}),
    ("printer", "add", {"code": "P", "way": "folder", "address": "out"}),
    ("item", "add", {"code": "X1", "name": "X"}),
    ("party", "change", "AUN2001", {"credit_limit": "1"}),
    ("period", "close", "2026-11-01"),
    ("period", "reopen", "2026-11-01", "--reason", "because"),
    ("verify",),
    ("export", "parties", "parties.csv"),
)


@pytest.fixture
def clerk(shop: Callable[..., Answer]) -> Callable[..., Answer]:
    assert shop("user", "add", "asha", "--role", "clerk", "--new-pin", PIN).code == 0

    def run(*words: Any, **more: Any) -> Answer:
        return shop(*words, user="asha", **more)

    return run


@pytest.mark.parametrize("words", OWNERS, ids=lambda words: " ".join(map(str, words[:2])))
def test_an_owner_s_verb_is_refused_in_a_sentence(
    clerk: Callable[..., Answer], words: tuple[Any, ...]
) -> None:
    answer = clerk(*words)
    assert answer.code != 0
    (refused,) = answer.json["refused"]
    assert refused["reason"] == "not_allowed"
    assert refused["say"].startswith("asha has no power to do this (")
    assert refused["say"].endswith("). Ask the owner.")


@pytest.mark.parametrize("words", [("--clear",), ()], ids=["clear", "sealed"])
def test_a_clerk_takes_no_copy_of_the_books_along(
    clerk: Callable[..., Answer], folder: Path, words: tuple[str, ...]
) -> None:
    (folder / "copy").mkdir()
    answer = clerk("backup", "--to", folder / "copy", *words)
    assert answer.json["refused"][0]["reason"] == "not_allowed"
    assert [path.name for path in (folder / "copy").rglob("*")] == []
    assert not any("key" in path.name for path in folder.iterdir())
