"""A lot put right and pieces re-stickered at a prompt, with replies of a fixed shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import jsonschema

from dms_desktop.cli.shapes import schema
from tests.cli.conftest import PIN, Answer

Shop = Callable[..., Answer]


def a_lot(shop: Shop) -> dict[str, Any]:
    """The first lot with a batch that has pieces."""
    found: dict[str, Any] = next(
        lot for lot in shop("stock").json["lots"] if lot["batch"] and lot["qty"] > 50
    )
    return {name: found[name] for name in ("item", "batch", "mrp", "expiry")}


def test_a_lot_is_put_right_and_the_answer_keeps_its_shape(shop: Shop) -> None:
    lot = a_lot(shop)
    asked = {"id": str(uuid4()), **lot, "reason": "smudged", "right": {"batch": "NEW 1"}}
    jsonschema.validate(asked, schema("lot_correction"))
    answer = shop("lot", "correct", asked)
    assert answer.code == 0, answer.out
    reply = answer.json
    jsonschema.validate(reply, schema("stock_paper"))
    assert list(reply) == [
        "id", "number", "kind", "day", "cancelled", "reason", "was", "now", "goods", "cost",
    ]  # fmt: skip
    assert reply["number"].startswith("LC/")
    assert (reply["was"]["batch"], reply["now"]["batch"]) == (lot["batch"], "NEW 1")
    assert [(one["batch"], one["taken_from"]) for one in reply["goods"]] == [("NEW 1", None)]
    assert shop("lot", "correct", asked).json == reply
    assert shop("bill", "show", reply["number"]).json == reply
    (found,) = shop("lot", "papers", "--kind", "lot_correction").json["found"]
    assert (found["number"], found["cancelled"]) == (reply["number"], False)
    assert shop("lot", "papers", "--kind", "restickering").json["found"] == []
    shown = shop("lot", "show", lot["item"], "NEW 1", lot["mrp"], lot["expiry"] or "").json
    assert shown["batch"] == "NEW 1"
    told = shop("history", "lot", lot["item"], "NEW 1", lot["mrp"], lot["expiry"] or "").json
    assert told["history"][0]["fields"]["batch"] == [lot["batch"], "NEW 1"]
    assert shop("bill", "cancel", reply["number"], "--reason", "was right").code == 0
    assert shop("verify").json["clean"]


def test_pieces_are_re_stickered(shop: Shop) -> None:
    lot = a_lot(shop)
    more = f"{float(lot['mrp']) + 5:.2f}"
    asked = {**lot, "qty": 7, "new_mrp": more, "reason": "MRP raised"}
    jsonschema.validate(asked, schema("restickering"))
    reply = shop("lot", "resticker", asked).json
    jsonschema.validate(reply, schema("stock_paper"))
    out, into = reply["goods"]
    assert (out["mrp"], out["taken_from"], out["put_into"]) == (lot["mrp"], "saleable", None)
    assert (into["mrp"], into["taken_from"], into["put_into"]) == (more, None, "saleable")
    assert (out["qty"], into["qty"], out["cost"]) == (7, 7, into["cost"])
    assert shop("verify").json["clean"]


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_done(shop: Shop) -> None:
    lot = a_lot(shop)
    for verb, asked, reason, field in (
        ("correct", {**lot, "reason": "x", "right": {"colour": "red"}}, "wrong_shape", "colour"),
        ("correct", {**lot, "right": {"batch": "B"}}, "missing", "reason"),
        ("correct", {**lot, "reason": "x", "right": {}}, "nothing_changed", None),
        ("correct", {**lot, "batch": "NONE", "reason": "x", "right": {}}, "unknown_code", "lot"),
        ("resticker", {**lot, "reason": "x", "qty": "ten", "new_mrp": "9"}, "bad_quantity", None),
        ("resticker", {**lot, "reason": "x", "qty": 1, "new_mrp": "dear"}, "bad_figure", "new_mrp"),
    ):
        answer = shop("lot", verb, asked)
        assert answer.code == 1, answer.out
        (problem,) = answer.json["refused"]
        assert (problem["reason"], problem["facts"].get("field")) in (
            (reason, field), (reason, f"right.{field}"),
        )  # fmt: skip
        assert problem["say"]
    assert shop("user", "add", "asha", "--role", "clerk", "--new-pin", PIN).code == 0
    asked = {**lot, "reason": "x", "right": {"batch": "B"}}
    (problem,) = shop("lot", "correct", asked, user="asha").json["refused"]
    assert problem["reason"] == "not_allowed"
