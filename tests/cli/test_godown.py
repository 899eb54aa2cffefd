"""Transfers, adjustments, counts and expired batches at a prompt, with replies of a fixed shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import jsonschema
import pytest

from dms_desktop.cli.schemas import schema
from tests.cli.conftest import PIN, Answer

Shop = Callable[..., Answer]


def a_lot(shop: Shop) -> dict[str, Any]:
    found: dict[str, Any] = next(
        lot for lot in shop("stock").json["lots"] if lot["batch"] and lot["qty"] > 50
    )
    return {name: found[name] for name in ("item", "batch", "mrp", "expiry")}


def test_a_transfer_is_sent_received_in_part_and_given_up(shop: Shop) -> None:
    assert shop("godown", "add", {"code": "COLD", "name": "Cold store"}).code == 0
    asked = {
        "id": str(uuid4()), "to": "COLD", "note": "for the hills",
        "carriage": {"vehicle": "MH12AB1234"}, "lines": [{**a_lot(shop), "qty": 10}],
    }  # fmt: skip
    jsonschema.validate(asked, schema("transfer"))
    reply = shop("transfer", "send", asked).json
    jsonschema.validate(reply, schema("transfer_reply"))
    assert list(reply) == [
        "id", "number", "kind", "day", "cancelled", "reason", "goods", "cost", "source", "to",
        "direct", "left", "received_by", "lines",
    ]  # fmt: skip
    assert (reply["to"], reply["left"], reply["lines"][0]["sent"]) == ("COLD", 10, 10)
    assert shop("transfer", "send", asked).json == reply
    some = {"reason": "LOST", "lines": [{"line": 1, "came": 7, "lost": 1}]}
    jsonschema.validate(some, schema("transfer_receipt"))
    took = shop("transfer", "receive", reply["number"], some).json
    assert (took["kind"], took["transfer"]["left"]) == ("transfer_receipt", 2)
    (row,) = shop("transfer", "list", "--open").json["transfers"]
    assert (row["number"], row["left"]) == (reply["number"], 2)
    assert shop("transfer", "receive", reply["number"]).json["transfer"]["left"] == 0
    assert shop("transfer", "list", "--open").json["transfers"] == []
    assert len(shop("transfer", "show", reply["number"]).json["received_by"]) == 2
    again = shop("transfer", "receive", reply["number"])
    assert (again.code, again.json["refused"][0]["reason"]) == (1, "already_received")
    assert shop("verify").json["clean"]


def test_stock_is_adjusted_and_set_apart(shop: Shop) -> None:
    lot = a_lot(shop)
    asked = {"reason": "BROKEN", "note": "a shelf fell", "lines": [{**lot, "qty": "-3"}]}
    jsonschema.validate(asked, schema("adjustment"))
    reply = shop("adjust", asked).json
    jsonschema.validate(reply, schema("stock_paper"))
    assert (reply["kind"], reply["goods"][0]["taken_from"]) == ("adjustment", "saleable")
    found = shop("adjust", {"reason": "COUNTED", "lines": [{**lot, "qty": "+2"}]}).json
    assert found["goods"][0]["put_into"] == "saleable"
    apart = {"reason": "BROKEN", "lines": [{**lot, "qty": 5}]}
    moved = shop("move-bucket", apart, "--to", "non_saleable").json
    assert (moved["kind"], moved["goods"][0]["put_into"]) == ("bucket_move", "non_saleable")
    reasons = {each["code"]: each for each in shop("adjust-reasons").json["reasons"]}
    assert reasons["LOST"] == {
        "code": "LOST", "name": "Lost or stolen", "ledger": "goods_lost",
        "input_tax_reverses": True,
    }  # fmt: skip
    assert shop("verify").json["clean"]


def test_a_count_from_start_to_close(shop: Shop) -> None:
    lot = a_lot(shop)
    opened = shop("count", "start", "item", lot["item"]).json
    assert (opened["scope"], opened["what"], opened["done"]) == ("item", lot["item"], 0)
    named = ("--batch", lot["batch"], "--mrp", lot["mrp"], "--expiry", lot["expiry"] or "")
    first = shop("count", "line", lot["item"], "5", *named).json
    assert first["difference"] == 5 - first["book"]
    again = shop("count", "line", lot["item"], str(first["book"] - 1), *named).json
    assert again["difference"] == -1
    shown = shop("count", "show").json
    assert (shown["done"], shown["number"]) == (1, opened["number"])
    done = shop("count", "close", "--note", "the yearly one").json
    assert (done["differing"], done["counted"]) == (1, 1)
    assert done["posted"]["kind"] == "stock_count"
    assert shop("count", "list", "--open").json["sheets"] == []
    assert shop("count", "list").json["sheets"][0]["paper"] == done["posted"]["number"]
    assert shop("verify").json["clean"]


def test_a_day_begins(shop: Shop) -> None:
    reply = shop("day", "expire", "--yes").json
    assert list(reply) == ["day", "paper", "moved", "elsewhere"]
    assert shop("day", "expire").json["moved"] == []
    assert shop("verify").json["clean"]


def test_what_is_wrong_is_said_at_its_line(shop: Shop) -> None:
    lot = a_lot(shop)
    for words, reason in (
        (("transfer", "send", {"to": "MAIN", "lines": [{**lot, "qty": 1}]}), "same_godown"),
        (("transfer", "send", {"to": "X", "lines": [{**lot, "qty": 1}]}), "unknown_godown"),
        (("transfer", "send", {"to": "MAIN", "lines": [], "van": 1}), "wrong_shape"),
        (("adjust", {"reason": "FUN", "lines": [{**lot, "qty": 1}]}), "unknown_code"),
        (("adjust", {"lines": [{**lot, "qty": 1}]}), "missing"),
        (("adjust", {"reason": "LOST", "lines": [{**lot, "qty": "x"}]}), "bad_quantity"),
        (("count", "line", lot["item"], "1"), "unknown_document"),
        (("count", "start", "rack", "Z"), "unknown_code"),
    ):
        answer = shop(*words)
        assert answer.code == 1, answer.out
        assert answer.json["refused"][0]["reason"] == reason, answer.out
        assert "{" not in answer.json["refused"][0]["say"]


def test_above_the_limit_a_keeper_who_may_not_bill_gets_the_owners_yes(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shop("user", "add", "sunil", "--role", "godown", "--new-pin", PIN).code == 0
    assert shop("option", "set", "stock_limit", "1").code == 0
    asked = {"id": str(uuid4()), "reason": "LOST", "lines": [{**a_lot(shop), "qty": 9}]}
    (stop,) = shop("adjust", asked, user="sunil").json["refused"]
    assert stop["reason"] == "above_stock_limit"
    monkeypatch.setenv("DMS_APPROVER_PIN", PIN)
    yes = ("approve", asked["id"], "--amount", "99999", "--reason", "above_stock_limit")
    assert shop(*yes, user="sunil").json["approved"] == ["above_stock_limit"]
    assert shop("adjust", asked, user="sunil").json["number"].startswith("SA/")
    assert shop("verify").json["clean"]
