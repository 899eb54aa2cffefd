"""Items and parties at the command line, one at a time."""

from __future__ import annotations

from typing import Any


def test_an_item_is_added_found_changed_and_a_stale_change_refused(shop: Any) -> None:
    item = {"code": "NEW1", "name": "New soap", "principal": "Trial", "hsn": "34011110",
            "gst_rate": "5", "case": 72, "mrp": "30.00"}  # fmt: skip
    made = shop("item", "add", item).json
    assert (made["name"], made["mrp"], made["gst_rate"], made["version"]) == (
        "New soap", "30.00", "5", 1,
    )  # fmt: skip
    assert shop("item", "add", item).json["refused"][0]["reason"] == "duplicate"
    assert shop("item", "find", "new soa").json["found"][0]["code"] == "NEW1"
    changed = shop("item", "change", "new1", {"mrp": "32.00"}, "--version", 1).json
    assert (changed["mrp"], changed["version"]) == ("32.00", 2)
    stale = shop("item", "change", "NEW1", {"mrp": "33.00"}, "--version", 1)
    assert stale.json["refused"][0]["reason"] == "stale"
    wrong = shop("item", "add", item | {"code": "NEW2", "mrp": "many"})
    assert wrong.json["refused"][0]["reason"] == "bad_figure"


def test_a_partys_gstin_must_be_right_and_of_his_state(shop: Any) -> None:
    party = {"code": "N1", "name": "New shop", "state": "27", "gstin": "27AAPFU0939F1ZX"}
    assert shop("party", "add", party).json["refused"][0]["reason"] == "bad_gstin"
    party["gstin"] = "27AAPFU0939F1ZV"
    assert shop("party", "add", party).json["gstin"] == "27AAPFU0939F1ZV"
    away = party | {"code": "N2", "state": "24"}
    assert shop("party", "add", away).json["refused"][0]["reason"] == "gstin_other_state"
    assert shop("party", "show", "N1").json["version"] == 1
