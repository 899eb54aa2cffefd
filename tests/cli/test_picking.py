"""A list is made, worked and closed at a prompt, with replies of a fixed shape."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from tests.cli.conftest import PIN, Answer

Shop = Callable[..., Answer]
HEAD = [
    "id", "number", "day", "kind", "godown", "route", "vehicle", "state", "by", "count",
    "open_rows", "pieces", "picked", "packed",
]  # fmt: skip
ROW = [
    "row", "rack", "item", "name", "batch", "expiry", "mrp", "qty", "say", "picked", "state",
    "reason", "instead_of", "by", "of",
]  # fmt: skip


def a_bill(shop: Shop) -> str:
    """Two items that lie in one batch each, sold to somebody."""
    lots = [lot for lot in shop("stock").json["lots"] if lot["qty"] > 50]
    codes = list(dict.fromkeys(lot["item"] for lot in lots))[:2]
    lines = [{"item": code, "qty": 6} for code in codes]
    reply = shop("bill", "post", {"party": {"name": "CASH"}, "lines": lines})
    assert reply.code == 0, reply.out
    return str(reply.json["number"])


def test_a_bill_is_picked_short_closed_and_packed(shop: Shop, folder: Path) -> None:
    number = a_bill(shop)
    assert number in [one["number"] for one in shop("pick", "waiting").json["papers"]]
    uid = str(uuid4())
    made = shop("pick", "make", number, "--route", "East", "--id", uid).json
    assert list(made) == [*HEAD, "rows", "papers"]
    assert shop("pick", "make", number, "--route", "East", "--id", uid).json == made
    assert list(made["rows"][0]) == ROW
    assert (made["route"], made["open_rows"], made["state"]) == ("East", 2, "open")
    name = made["number"]
    first, second = made["rows"]
    assert shop("pick", "tick", name, first["row"], "--pieces", 2).json["row"]["picked"] == 2
    assert shop("pick", "undo", name, first["row"]).json["row"]["picked"] == 0
    assert shop("pick", "tick", name, "--scan", first["item"]).json["row"]["picked"] == 1
    assert shop("pick", "tick", name, first["row"]).json["row"]["state"] == "picked"
    again = shop("pick", "tick", name, first["row"])
    assert (again.code, again.json["refused"][0]["reason"]) == (1, "picked_already")
    assert shop("pick", "close", name).json["refused"][0]["reason"] == "picks_open"
    row = shop("pick", "short", name, second["row"], "--found", 4, "--reason", "torn").json["row"]
    assert (row["state"], row["picked"], row["reason"]) == ("short", 4, "torn")
    told = shop("print", name, "--kind", "pick_list", "--pdf", folder / "list.pdf").json
    assert told["number"] == name
    (settled,) = shop("pick", "close", name).json["settled"]
    assert (settled["of"], settled["short"], settled["paper"][:2]) == (number, 2, "CN")
    assert shop("pick", "close", name).json["settled"] == []
    assert shop("pick", "pack", name).json == {"number": name, "packed": 1}
    (listed,) = shop("pick", "list", name).json["lists"]
    assert list(listed) == HEAD
    assert (listed["state"], listed["packed"]) == ("done", True)
    assert shop("verify").json["clean"]


def test_what_is_let_go_waits_again_and_slips_are_told(shop: Shop) -> None:
    number = a_bill(shop)
    name = shop("pick", "make", number).json["number"]
    assert shop("pick", "make", number).json["refused"][0]["reason"] == "on_a_list"
    assert shop("pick", "let-go", name).json == {"number": name, "let_go": 1}
    assert number in [one["number"] for one in shop("pick", "waiting").json["papers"]]
    for words, reason in (
        (("show", "PK/1"), "unknown_list"), (("make", "B/99999"), "unknown_document"),
        (("make", "--beat", "NOWHERE"), "bad_entry"), (("waiting", "--since", "soon"), "bad_day"),
        (("close", name), "list_closed"),
    ):  # fmt: skip
        answer = shop("pick", *words)
        assert (answer.code, answer.json["refused"][0]["reason"]) == (1, reason)
    assert shop("pick", "tick", name).code == 2
    assert shop("user", "add", "asha", "--role", "clerk", "--new-pin", PIN).code == 0
    assert shop("verify").json["clean"]
