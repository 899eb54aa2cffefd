"""Stock reports from a prompt: what a godown keeper asks for, and what he is told."""

from __future__ import annotations

from typing import Any

BILL = {"party": "AUN2001", "lines": [{"item": "ANV001", "qty": "2c 6p"}]}


def test_stock_is_listed_as_ever_and_narrowed(shop: Any) -> None:
    every = shop("stock").json["lots"]
    some = shop("stock", "ANV001").json["lots"]
    assert some == [lot for lot in every if lot["item"] == "ANV001"]
    assert shop("stock", "lots", "ANV001").json["lots"] == some
    assert {"item", "name", "batch", "mrp", "expiry", "godown", "bucket", "qty", "blocked"} <= {
        *some[0]
    }
    page = shop("stock", "--limit", 2).json
    assert (page["lots"], page["after"]) == (every[:2], 2)
    assert shop("stock", "--limit", 2, "--after", 2).json["lots"] == every[2:4]
    assert shop("stock", "--bucket", "expired").json["lots"] == []
    assert shop("stock", "--bucket", "lost").code == 2
    assert shop("stock", "NOSUCH").json["refused"][0]["reason"] == "unknown_item"
    assert shop("stock", "--as-on", "2019-13-01").json["refused"][0]["reason"] == "bad_day"
    assert shop("stock", "--as-on", "2099-01-01").json["refused"][0]["reason"] == "future_day"


def test_every_report_answers_and_the_books_stay_whole(shop: Any) -> None:
    bill = shop("bill", "post", BILL).json
    batch = bill["lines"][0]["batch"]
    recall = shop("stock", "recall", "ANV001", batch).json
    mine = [row for row in recall["shops"] if row["number"] == bill["number"]]
    assert [(row["code"], row["bill"]) for row in mine] == [("AUN2001", bill["id"])]
    assert (
        recall["received"]
        == sum(row["qty"] for row in recall["here"])
        + recall["sold"]
        - (recall["came_back"])
        + (recall["gone"])
    )
    moves = shop("stock", "ledger", "ANV001", "--bucket", "saleable").json["moves"]
    assert (moves[-1]["number"], moves[-1]["uid"]) == (bill["number"], bill["id"])
    lots = shop("stock", "ANV001").json["lots"]
    assert moves[-1]["balance"] == sum(lot["qty"] for lot in lots)
    worth = shop("stock", "value").json
    assert sum(row["qty"] for row in worth["rows"]) == worth["total_qty"]
    for pace in ("non-moving", "slow", "fast"):
        assert shop("stock", pace).code == 0
    aged = shop("stock", "ageing", "--item", "ANV001").json["items"][0]
    assert sum(aged[name] for name in ("upto_30", "upto_60", "upto_90", "upto_180", "older")) == (
        sum(lot["qty"] for lot in shop("stock", "ANV001", "--bucket", "any").json["lots"])
    )
    assert shop("stock", "near-expiry", "--days", 36000).json["lots"]
    assert shop("stock", "expired").code == 0
    least = 10**6
    level = {"item": "ANV001", "godown": "MAIN", "least": least, "most": 2 * least}
    assert shop("rack", "add", level).json["least"] == least
    (due,) = shop("stock", "levels").json["items"]
    assert (due["standard"], due["order"] + due["qty"]) == ("below_least", 2 * least)
    assert shop("stock", "snapshot").json["built"] == [
        month["month_end"] for month in shop("stock", "snapshot").json["months"]
    ]
    assert shop("verify").code == 0
    assert shop("stock", plain=True).code == 0
