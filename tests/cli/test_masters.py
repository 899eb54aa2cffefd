"""Items and parties at the command line, one at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cli.conftest import PIN


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


def test_every_register_speaks_the_same_words(shop: Any) -> None:
    made = shop("beat", "add", {"code": "MON", "name": "Monday route"}).json
    assert (made["code"], made["active"], made["version"]) == ("MON", True, 1)
    assert shop("beat", "change", "mon", {"active": "no"}, "--version", 1).json["active"] is False
    stale = shop("beat", "change", "MON", {"name": "X"}, "--version", 1).json["refused"][0]
    assert (stale["reason"], stale["facts"]["by"]) == ("stale", "owner")
    assert shop("beat", "find", "route").json["found"][0]["code"] == "MON"
    events = shop("history", "beat", "MON").json["history"]
    assert [event["action"] for event in events] == ["change beat", "add beat"]
    assert events[0]["fields"] == {"active": [True, False]}


def test_terms_prices_and_series_are_named_by_their_parts(shop: Any) -> None:
    party = shop("party", "find", "--limit", 1).json["found"][0]["code"]
    item = shop("item", "find", "--limit", 1).json["found"][0]["code"]
    mrp = shop("item", "show", item).json["mrp"]
    principal = shop("principal", "find", "--limit", 1).json["found"][0]["code"]
    shop("price-list", "add", {"code": "NEW"})
    price = {"list": "NEW", "item": item, "from_day": "01-12-2026", "rate": "1.255"}
    assert shop("price", "add", price).json["rate"] == "12.55 / 10"
    ended = {"until_day": "31-12-2026"}
    changed = shop("price", "change", "NEW", item, "2026-12-01", mrp, ended).json
    assert changed["until_day"] == "2026-12-31"
    again = shop("price", "add", price | {"from_day": "15-12-2026"}).json["refused"][0]
    assert again["reason"] == "prices_overlap"
    assert "01-12-2026 to 31-12-2026" in again["say"]
    code = ("terms", "show", party, principal)
    if "refused" in shop(*code).json:
        shop("terms", "add", {"party": party, "principal": principal})
    new = {"price_list": "NEW", "credit_limit": "5000", "visit_day": "tue"}
    assert shop("terms", "change", party, principal, new).json["credit_limit"] == "5000.00"
    assert shop(*code).json["price_list"] == "NEW"
    series = {"prefix": "TOO/LONG/PREFIX/", "kind": "bill", "counter": "9"}
    refused = shop("series", "add", series).json["refused"][0]
    assert (refused["reason"], refused["facts"]["fault"]) == ("series_too_long", "too_long")


def test_a_clerk_changes_no_role_and_reopens_no_day(shop: Any) -> None:
    shop("user", "add", "asha", "--role", "clerk", "--new-pin", "246810")
    for words in (
        ("role", "change", "clerk", {"powers": ["look", "people"]}),
        ("user", "change", "asha", {"role": "owner"}),
        ("period", "reopen", "2026-11-01", "--reason", "because"),
        ("company", "change", {"phone": "1"}),
    ):
        assert shop(*words, user="asha").json["refused"][0]["reason"] == "not_allowed"
    assert shop("role", "change", "clerk", {"powers": ["look", "log_in"]}).json["powers"] == [
        "log_in", "look"
    ]  # fmt: skip


def test_a_class_gets_its_next_rate_and_a_lot_is_blocked(shop: Any) -> None:
    code = shop("tax-class", "find", "--limit", 1).json["found"][0]["code"]
    rates = [{"from_day": "2030-04-01", "gst": "40", "source": "Notification"}]
    shown = shop("tax-class", "change", code, {"rates": rates}).json["rates"]
    assert (shown[-1]["gst"], shown[-1]["from_day"]) == ("40", "2030-04-01")
    wrong = shop("tax-class", "change", code, {"rates": [{"from_day": "x"}]}).json["refused"]
    assert {problem["reason"] for problem in wrong} == {"bad_day", "missing"}
    lot = shop("lot", "find", "--limit", 1).json["found"][0]["code"].split(" > ")
    blocked = {"blocked": True, "blocked_why": "RECALL"}
    assert shop("lot", "change", *lot, blocked).json["blocked_why"] == "RECALL"
    typed = shop("lot", "change", *lot, {"batch": "OTHER"}).json["refused"][0]
    assert typed["reason"] == "needs_correction"


def test_masters_go_out_and_come_back_and_the_opening_is_told(shop: Any, folder: Path) -> None:
    for kind in ("items", "parties"):
        file = folder / f"{kind}.xlsx"
        assert shop("export", kind, file).json["rows"] > 100
        report = shop("import", kind, file).json
        assert (report["created"], report["changed"], report["refused"]) == (0, 0, [])
    balances = folder / "tb.csv"
    balances.write_text("Ledger,Debit,Credit\nCash in hand,500.00,\nCapital,,500.00\n")
    assert shop("opening", "trial-balance", balances).json["dry_run"] is True
    assert shop("opening", "trial-balance", balances, "--yes").json["created"] == 2
    told = {each["account"]: each for each in shop("opening", "show").json["balances"]}
    assert (told["cash"]["told"], told["cash"]["difference"]) == ("500.00", "0.00")
    party = shop("party", "find", "--limit", 1).json["found"][0]["code"]
    dues = folder / "dues.csv"
    dues.write_text(f"Party code,Bill no,Date,Pending\n{party},OLD/1,01-10-2026,1250.00\n")
    assert shop("opening", "dues", dues, "--yes").json["created"] == 1
    assert shop("verify").json["clean"] is True


def test_new_books_know_where_the_company_is(dms: Any) -> None:
    """Its address stands on every invoice: Rule 46(a) of the CGST Rules."""
    where = ("--address", "12 Market Yard", "--city", "Pune", "--pin", "411037")
    assert dms("init", "--name", "Ganesh", "--owner-pin", PIN, *where).code == 0
    said = dms("company", "show").json
    assert (said["address"], said["city"], said["pin"]) == (where[1], where[3], where[5])


def test_a_user_beside_an_owner_without_a_pin_is_added_with_a_warning(dms: Any) -> None:
    where = ("--state", "27", "--address", "1 Road", "--city", "Pune")
    assert dms("init", "--name", "Ganesh", *where).code == 0
    added = dms("user", "add", "asha", "--role", "clerk", "--new-pin", PIN)
    assert added.code == 0
    assert added.json["warning"].startswith("Owner has no PIN, and anybody may log in as such")
    dms("user", "pin", "owner", "--new-pin", PIN)
    amit = dms("user", "add", "amit", "--role", "clerk", "--new-pin", PIN)
    assert amit.json == {"user": "amit", "role": "clerk"}
