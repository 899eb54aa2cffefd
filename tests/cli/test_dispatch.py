"""Trips, vans and the stage board at a prompt, with replies of a fixed shape."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import jsonschema

from dms_desktop.cli.schemas import schema
from tests.cli.conftest import Answer

Shop = Callable[..., Answer]
VEHICLE = "MH12AB1234"
TRIP = [
    "id", "number", "day", "state", "vehicle", "driver", "note", "settlement", "cases", "loose",
    "kg", "capacity_kg", "over_kg", "total", "eway_together", "bills",
]  # fmt: skip
BILL = [
    "number", "party", "total", "open", "position", "cases", "loose", "kg", "eway_bill", "loaded",
    "result", "reason", "credit_note", "cancelled",
]  # fmt: skip
FIGURES = [
    "out", "dues", "cash", "cheques", "upi", "left", "back", "discount", "expenses", "paid",
    "difference",
]  # fmt: skip


def lots(shop: Shop) -> list[str]:
    """Items with plenty in one batch."""
    found = [lot["item"] for lot in shop("stock").json["lots"] if lot["qty"] > 60]
    return list(dict.fromkeys(found))[:2]


def a_bill(shop: Shop, qty: int = 3) -> str:
    lines = [{"item": code, "qty": qty} for code in lots(shop)]
    reply = shop("bill", "post", {"party": "AUN2001", "lines": lines})
    assert reply.code == 0, reply.out
    return str(reply.json["number"])


def a_road(shop: Shop) -> None:
    assert shop("vehicle", "man", "RAMESH", "Ramesh Pawar", "--phone", "98111").code == 0
    put = shop("vehicle", "put", "mh 12 ab 1234", "--kg", 900, "--driver", "RAMESH").json
    assert put == {"number": VEHICLE, "kg": 900, "man": "RAMESH", "van": "", "active": True}


def test_a_trip_is_made_loaded_delivered_and_settled(shop: Shop, folder: Path) -> None:
    a_road(shop)
    one, two, three = (a_bill(shop, qty) for qty in (20, 4, 5))
    assert {one, two, three} <= {row["number"] for row in shop("trip", "waiting").json["bills"]}
    uid = str(uuid4())
    made = shop("trip", "make", VEHICLE, one, two, three, "--id", uid).json
    jsonschema.validate(made, schema("trip"))
    assert (list(made), list(made["bills"][0])) == (TRIP, BILL)
    assert shop("trip", "make", VEHICLE, one, two, three, "--id", uid).json == made
    name = made["number"]
    taken = shop("trip", "make", VEHICLE, one)
    assert (taken.code, taken.json["refused"][0]["reason"]) == (1, "vehicle_out")
    shop("trip", "load", name, one)
    early = shop("trip", "leave", name).json["refused"][0]
    assert (early["reason"], early["facts"]["bills"]) == ("not_loaded", f"{two}, {three}")
    assert all(bill["loaded"] for bill in shop("trip", "load", name).json["bills"])
    assert shop("trip", "leave", name).json["state"] == "out"
    sheet = folder / "sheet.pdf"
    assert shop("print", name, "--kind", "loading_sheet", "--pdf", sheet).json["number"] == name
    assert sheet.read_bytes().startswith(b"%PDF")
    assert shop("trip", "deliver", name, one, "delivered").json["credit_note"] == ""
    part = shop("trip", "deliver", name, two, "part", "--reason", "torn", "--back", "1=2").json
    assert part["credit_note"].startswith("CN")
    assert shop("trip", "deliver", name, three, "reload", "--reason", "late").code == 0
    assert shop("trip", "back", name).json["state"] == "back"
    order = {
        "trip": name, "cash": "40.00", "expenses": "8.00", "difference": "2.00",
        "lines": [{"bill": one, "cash": "50.00", "upi": "20.00", "upi_ref": "41", "discount": "1"}],
    }  # fmt: skip
    jsonschema.validate(order, schema("trip_settlement"))
    reckoned = shop("trip", "settle", order, "--check").json
    assert (list(reckoned), reckoned["difference"]) == (FIGURES, "2.00")
    silent = shop("trip", "settle", {**order, "difference": None})
    assert (silent.code, silent.json["refused"][0]["reason"]) == (1, "trip_difference")
    done = shop("trip", "settle", order).json
    assert list(done) == ["id", "number", "trip", "man", "receipts", *FIGURES]
    assert (done["man"], len(done["receipts"])) == ("Ramesh Pawar", 1)
    again = shop("trip", "settle", {**order, "id": done["id"]}).json
    assert again == done
    assert shop("vehicle", "account", "ramesh").json["owes"] == "2.00"
    (row,) = shop("trip", "list", name).json["trips"]
    assert (row["state"], row["bills"], row["told"]) == ("settled", 3, 3)
    assert shop("trip", "make", VEHICLE, three).json["bills"][0]["number"] == three
    assert shop("verify").json["clean"]


def test_the_board_counts_and_tells_who_and_when(shop: Shop) -> None:
    a_road(shop)
    number = a_bill(shop)
    trip = shop("trip", "make", VEHICLE, number).json["number"]
    shop("trip", "load", trip)
    board = shop("stage", number).json
    (bill,) = board["bills"]
    assert (bill["stage"], board["counts"]["loaded"]) == ("loaded", 1)
    assert [step["stage"] for step in bill["steps"]] == ["billed", "loaded"]
    assert (bill["steps"][1]["by"], bill["steps"][1]["detail"]) == ("Owner", trip)
    assert shop("stage", number, "--stage", "delivered").json["bills"] == []


def test_a_van_is_loaded_sells_and_is_counted_home(shop: Shop) -> None:
    a_road(shop)
    assert shop("godown", "add", {"code": "VAN9", "name": "Van nine", "kind": "van"}).code == 0
    shop("vehicle", "put", "MH12CD5678", "--driver", "RAMESH", "--van", "VAN9")
    code, other = lots(shop)
    order = {"van": "VAN9", "lines": [{"item": code, "qty": 12}, {"item": other, "qty": 5}]}
    jsonschema.validate(order, schema("van"))
    assert shop("van", "load", order).json["kind"] == "transfer"
    sold = shop("bill", "post", {
        "party": {"name": "CASH"}, "godown": "VAN9", "lines": [{"item": code, "qty": 4}],
    })  # fmt: skip
    assert sold.code == 0, sold.out
    half = {"van": "VAN9", "lines": [{"item": code, "qty": 7}]}
    assert shop("van", "unload", half).json["refused"][0]["reason"] == "uncounted"
    home = shop("van", "unload", {**half, "lines": [*half["lines"], {"item": other, "qty": 5}]})
    assert (home.json["number"][:2], home.json["man"]) == ("VU", "Ramesh Pawar")
    day = shop("van", "reconcile", "VAN9").json
    assert (day["empty"], day["bills"], day["short"]) == (True, 1, home.json["short"])
    (one,) = (row for row in day["goods"] if row["code"] == code)
    assert (one["loaded"], one["sold"], one["home"], one["short"]) == (12, 4, 7, 1)
    assert shop("verify").json["clean"]


def test_what_no_prompt_may_say_is_refused(shop: Shop) -> None:
    a_road(shop)
    for words, reason in (
        (("vehicle", "put", "MH 12"), "bad_entry"),
        (("vehicle", "put", VEHICLE, "--driver", "NOBODY"), "unknown_code"),
        (("trip", "show", "TR/1"), "unknown_code"),
        (("trip", "make", VEHICLE), "no_lines"),
        (("trip", "make", VEHICLE, "B/0"), "unknown_document"),
        (("van", "reconcile", "MAIN"), "unknown_code"),
        (("van", "load", {"van": "X"}), "missing"),
        (("trip", "settle", {"trip": "X", "cash": "much"}), "bad_figure"),
        (("stage", "--since", "yesterday"), "bad_day"),
    ):
        answer = shop(*words)
        assert (answer.code, answer.json["refused"][0]["reason"]) == (1, reason), words
