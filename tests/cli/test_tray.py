"""Orders, credit and payments at the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import jsonschema
import pytest

from dms_desktop.cli import shapes

LINES = [{"item": "ANV001", "qty": 12}, {"item": "ANV002", "qty": 24}]
ORDER = {"party": "AUN2001", "lines": LINES}


def order(shop: Any, **more: Any) -> Any:
    return shop("order", "post", ORDER | more).json


def test_a_walk_in_pays_in_parts(shop: Any) -> None:
    said = {"party": {"name": "Ravi"}, "lines": LINES}
    total = shop("estimate", "post", said).json["total"]
    cash = str(int(total.split(".")[0]) - 100) + ".00"
    paid = [{"mode": "upi", "amount": "100", "ref": "UTR 1"}, {"mode": "cash", "amount": cash}]
    bill = shop("bill", "post", said | {"payments": paid}).json
    jsonschema.validate(bill, shapes.schema("reply"))
    assert bill["receipt"]["total"] == bill["total"]
    assert [part["mode"] for part in bill["receipt"]["payments"]] == ["upi", "cash"]
    assert shop("bill", "show", bill["number"]).json["receipt"] == bill["receipt"]
    short = shop("bill", "post", said | {"payments": paid[:1]})
    assert (short.code, short.json["refused"][0]["reason"]) == (1, "payments_differ")


def test_a_cheque_at_the_counter_lies_in_hand_and_not_in_the_bank(shop: Any) -> None:
    """Rule 40: into the bank it comes when it is cleared."""
    said = {"party": {"name": "Ravi"}, "lines": LINES}
    total = shop("estimate", "post", said).json["total"]
    paid = [{"mode": "cheque", "amount": total, "ref": "000123 SBI"}]
    bill = shop("bill", "post", said | {"payments": paid}).json
    jsonschema.validate(bill, shapes.schema("reply"))
    assert bill["receipt"]["payments"] == [{"mode": "cheque", "amount": total, "ref": "000123 SBI"}]
    assert shop("verify").json["clean"] is True


def test_the_tray_from_order_to_bill(shop: Any) -> None:
    first, second = order(shop), order(shop, reserve=True)
    assert shop("order", "hold", first["number"], "--reason", "cheque").json["held"]
    assert shop("order", "first", second["number"]).json["priority"] == 1
    rows = shop("order", "list").json["orders"]
    assert [(row["number"], row["held"], row["reserved"]) for row in rows] == [
        (second["number"], False, 36),
        (first["number"], True, 0),
    ]
    shown = shop("order", "share", "ANV001", "--mode", "proportional").json
    assert [part["given"] for part in shown["orders"]] == [12]
    assert shop("order", "share", "ANV001", "--yes").json["applied"]
    done = shop("order", "bulk-bill").json
    assert (done["billed"], done["held"]) == (1, 1)
    assert shop("order", "bulk-bill", "--run", done["run"]).json["billed"] == 0
    assert shop("order", "release", first["number"]).code == 0
    assert shop("order", "drop", first["number"], "--reason", "no more").json["dropped"] == 36
    assert shop("order", "list").json["orders"] == []
    assert shop("verify").json["clean"]


def test_a_list_of_orders_is_taken_once_and_each_slip_named(shop: Any, folder: Path) -> None:
    import json

    file = folder / "orders.json"
    file.write_text(json.dumps([ORDER, {"party": "NOBODY", "lines": LINES}, ORDER]))
    done = shop("order", "import", file).json
    assert [row["row"] for row in done["orders"]] == [1, 3]
    assert done["not_taken"][0]["refused"][0]["reason"] == "unknown_party"
    again = shop("order", "import", file).json
    assert again["orders"] == done["orders"]
    file.write_text(json.dumps(ORDER))
    assert shop("order", "import", file, plain=True).code == 2


def test_a_flat_file_of_orders_is_shown_then_taken(shop: Any, folder: Path) -> None:
    file = folder / "orders.csv"
    item, party = LINES[0]["item"], ORDER["party"]
    rows = (f"A1,{party},{item},3", f"A2,NOBODY,{item},3", f"A1,{party},{item},5")
    file.write_text("\n".join(("order_no,party,item,qty", *rows)))
    shown = shop("order", "import", file).json
    assert (shown["dry_run"], shown["orders"][0]["number"]) == (True, "")
    assert shop("order", "list").json["orders"] == []
    done = shop("order", "import", file, "--yes").json
    (taken,) = done["orders"]
    assert (taken["order_no"], taken["rows"], taken["there"]) == ("A1", [2, 4], False)
    assert taken["total"] == shown["orders"][0]["total"]
    (slip,) = done["not_taken"]
    assert (slip["row"], slip["refused"][0]["reason"]) == (3, "unknown_party")
    again = shop("order", "import", file, "--yes").json["orders"]
    assert again == [taken | {"there": True}]
    assert len(shop("order", "list").json["orders"]) == 1


def test_a_bill_is_listed_copied_and_righted(shop: Any) -> None:
    bill = shop("bill", "post", ORDER).json
    copied = shop("bill", "copy", bill["number"], "--post").json
    assert copied["total"] == bill["total"]
    page = shop("bill", "list", "--party", "AUN2001", "--limit", "1").json
    assert [row["number"] for row in page["found"]] == [copied["number"]]
    page = shop("bill", "list", "--party", "AUN2001", "--after", page["next"]).json
    assert ([row["number"] for row in page["found"]], page["next"]) == ([bill["number"]], "")
    assert shop("bill", "list", "--amount", bill["total"]).json["found"]
    righted = shop("bill", "right", bill["number"], "--reason", "rate").json
    assert righted["rows"] == 2
    panel = shop("panel", "AUN2001").json
    assert [row["number"] for row in panel["bills"]] == [copied["number"]]
    assert {row["item"] for row in panel["usual"]} == {"ANV001", "ANV002"}


def test_credit_is_shown_and_the_owner_approves(
    shop: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = folder / "limit.json"
    nothing.write_text('{"credit_limit": "0"}')
    assert shop("party", "change", "AUN2001", nothing).code == 0
    assert shop("user", "add", "ravi", "--role", "clerk", "--new-pin", "246810").code == 0
    said = ORDER | {"id": str(uuid4())}
    stopped = shop("bill", "post", said, user="ravi")
    assert (stopped.code, stopped.json["refused"][0]["reason"]) == (1, "credit_limit")
    assert "limit is ₹ 0.00" in stopped.json["refused"][0]["say"]
    total = shop("estimate", "post", ORDER).json["total"]
    monkeypatch.setenv("DMS_APPROVER_PIN", "000000")
    yes = ("approve", said["id"], "--amount", total, "--reason", "credit_limit")
    assert shop(*yes, user="ravi").json["refused"][0]["reason"] == "wrong_pin"
    monkeypatch.setenv("DMS_APPROVER_PIN", "246810")
    assert shop(*yes, user="ravi").json["approved"] == ["credit_limit"]
    bill = shop("bill", "post", said, user="ravi")
    assert (bill.code, bill.json["total"]) == (0, total)
    credit = shop("credit", "AUN2001").json
    assert (credit["level"], credit["accounts"][0]["exposure"]) == ("stop", total)
    assert shop("option", "set", "credit_tolerance", "250", user="ravi").code == 1
    assert shop("option", "set", "credit_tolerance", "250").code == 0
    kept = {row["code"]: row["value"] for row in shop("option", "list").json["options"]}
    assert kept["credit_tolerance"] == "250"
