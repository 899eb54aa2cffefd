"""Whoever asks wrongly is told what is wrong and where; a mistake of ours is called one."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from dms_desktop.cli import door
from dms_desktop.cli.caller import answer
from dms_desktop.cli.shop import enter, open_database
from dms_desktop.cli.verbs import VERBS
from dms_desktop.cli.verbs.verb import Verb
from dms_desktop.store.lock import take

LINE = {"item": "ANV001", "qty": 1}


def told(answered: Any) -> list[tuple[str, int | None, str]]:
    assert answered.code == 1, answered.out
    return [
        (each["reason"], each.get("line"), each["say"].split(". ")[0].rstrip("."))
        for each in answered.json["refused"]
    ]


@pytest.mark.parametrize(
    ("journal", "refused"),
    [
        ({}, [("missing", None, "legs is missing")]),
        ({"legs": []}, [("wrong_shape", None, "legs: nothing stands in it")]),
        ({"legs": {}}, [("wrong_shape", None, "legs: a list in square brackets is wanted")]),
        ({"legs": [7]}, [("wrong_shape", 1, "legs: an object in curly brackets is wanted")]),
        ({"legs": [{}]}, [("missing", 1, "account is missing")]),
        ({"legs": [{"account": "cash"}]}, [("missing", 1, "amount is missing")]),
        (
            {"legs": [{"account": "x", "debit": "abc"}]},
            [("bad_figure", 1, "“abc” is not a valid figure for debit")],
        ),
        (
            {"narration": 5, "legs": [{"account": ["x"], "credit": 7}]},
            [
                ("wrong_shape", None, "narration: a text in quotes is wanted"),
                ("wrong_shape", 1, "account: a text in quotes is wanted"),
                ("wrong_shape", 1, "credit: a text in quotes is wanted"),
            ],
        ),
        (
            {"day": "32-13-2026", "legs": [{"account": "cash", "debit": "1"}]},
            [("bad_day", None, "“32-13-2026” is not a date")],
        ),
        (
            {"legs": [{"account": "debtors", "debit": "1", "party": "NOBODY"}]},
            [("unknown_party", 1, "No party has the code “NOBODY”")],
        ),
    ],
)
def test_a_journal_of_a_wrong_shape_is_refused_by_field(
    shop: Any, journal: dict[str, Any], refused: list[tuple[str, int | None, str]]
) -> None:
    assert told(shop("journal", "post", journal)) == refused


@pytest.mark.parametrize(
    ("order", "refused"),
    [
        (
            {},
            [("missing", None, "party is missing"), ("missing", None, "lines is missing")],
        ),
        (
            {"party": "AUN2001", "lines": [{"qty": 1}]},
            [("missing", 1, "item is missing")],
        ),
        (
            {"party": 7, "lines": "x"},
            [
                (
                    "wrong_shape",
                    None,
                    "party: a code, or an object with the name of a walk-in, is wanted",
                ),
                ("wrong_shape", None, "lines: a list in square brackets is wanted"),
            ],
        ),
        (
            {"party": {"name": 3}, "lines": [LINE | {"qty": None}]},
            [
                ("wrong_shape", None, "party.name: a text in quotes is wanted"),
                (
                    "wrong_shape",
                    1,
                    "quantity: pieces as a whole number, or a text such as “2c 6p”, are wanted",
                ),
            ],
        ),
        (
            {
                "party": "AUN2001",
                "terms": "later",
                "lines": [LINE | {"net": "yes", "colour": "red"}],
            },
            [
                ("wrong_shape", None, "terms: one of these is wanted: credit, cash"),
                ("wrong_shape", 1, "net: true or false is wanted, without quotes"),
                ("wrong_shape", 1, "colour: no field has this name"),
            ],
        ),
    ],
)
def test_an_order_of_a_wrong_shape_says_what_is_wanted(
    shop: Any, order: dict[str, Any], refused: list[tuple[str, int | None, str]]
) -> None:
    assert told(shop("bill", "post", order)) == refused


def test_a_part_of_an_order_is_looked_at_too(shop: Any) -> None:
    number = shop("order", "post", {"party": "AUN2001", "lines": [LINE]}).json["number"]
    wrong = shop("bill", "post", {"lines": [{"qty": 1}]}, "--from", number)
    assert told(wrong) == [("missing", 1, "item is missing")]
    assert shop("bill", "post", {"lines": [LINE]}, "--from", number).code == 0


def test_an_order_of_a_file_with_an_id_that_is_none_is_refused_alone(
    shop: Any, folder: Path
) -> None:
    good = {"party": "AUN2001", "lines": [LINE]}
    (folder / "orders.json").write_text(json.dumps([good | {"id": "first"}, good, {"id": 5}]))
    taken = shop("order", "import", folder / "orders.json", "--yes").json
    slips = [each["refused"][0] for each in taken["not_taken"]]
    assert [(each["reason"], each["facts"]["field"]) for each in slips] == [
        ("bad_entry", "id"),
        ("wrong_shape", "id"),
    ]
    assert len(shop("order", "find").json["found"]) == 1


def _stumble(*_: Any) -> Any:
    raise KeyError("legs")


def test_a_mistake_of_the_program_is_called_one(
    shop: Any, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Alone and at the door of the running program alike, and the log has it."""
    monkeypatch.setitem(VERBS, "journal", Verb(_stumble))
    with caplog.at_level(logging.ERROR):
        alone = shop("journal", "post", {"legs": []})
    assert (alone.code, alone.json["failed"]["reason"]) == (70, "bug")
    assert alone.json["failed"]["facts"]["id"] in alone.json["failed"]["say"]
    assert any(record.exc_info for record in caplog.records)
    books = folder / "books.db"
    lock, database = take(books, "the program"), open_database(books)
    inside = door.Door(
        books, lambda asked: answer(lambda u, p: enter(books, database, u, p), asked)
    )
    try:
        there = shop("journal", "post", {"legs": []})
        assert (there.code, there.json["failed"]["reason"]) == (70, "bug")
        assert "not certain" not in there.json["failed"]["say"]
    finally:
        inside.close()
        database.close()
        lock.release()


def test_the_door_answers_whatever_goes_wrong_behind_it(tmp_path: Path) -> None:
    """Also what no verb was to blame for, and a reply that is no JSON."""
    replies: list[Any] = [KeyError("verb"), {"reply": {1, 2}, "code": 0}]

    def say(_: Any) -> Any:
        said = replies.pop()
        if isinstance(said, Exception):
            raise said
        return said

    inside = door.Door(tmp_path / "books.db", say)
    try:
        for _ in range(2):
            answered = door.knock(tmp_path / "books.db", {})
            assert answered is not None
            assert (answered["code"], answered["reply"]["failed"]["reason"]) == (70, "bug")
            json.dumps(answered)
    finally:
        inside.close()
