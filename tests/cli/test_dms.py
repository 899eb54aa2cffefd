"""What a machine at the command line relies on: shapes, exit codes, and nothing done twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import jsonschema
import pytest

from dms_desktop.cli import door, founding, shapes
from dms_desktop.cli.caller import answer
from dms_desktop.cli.shop import enter, open_database
from dms_desktop.services import expiry
from dms_desktop.services.verifying import verify
from dms_desktop.store.lock import take
from tests.cli.conftest import PIN

ORDER = {
    "party": "AUN2001",
    "lines": [
        {"item": "ANV001", "qty": "12+1"},
        {"item": "ANV002", "qty": 24, "discounts": ["2.5"]},
    ],
}


def test_a_bill_from_clone_to_proof(shop: Any, folder: Path) -> None:
    posted = shop("bill", "post", ORDER)
    bill = posted.json
    assert posted.code == 0
    jsonschema.validate(bill, shapes.schema("reply"))
    assert bill["number"].startswith("B/")
    assert bill["lines"][0]["free"] == 1
    parts = ("taxable", "cgst", "sgst", "igst", "cess", "round_off")
    assert sum(round(float(bill[part]) * 100) for part in parts) == round(
        float(bill["total"]) * 100
    )
    printed = shop("bill", "print", bill["number"], "--pdf", folder / "x.pdf").json
    assert not printed["reprint"]
    assert (folder / "x.pdf").read_bytes().startswith(b"%PDF")
    assert shop("bill", "print", bill["id"], "--pdf", folder / "y.pdf").json["reprint"]
    proof = shop("verify")
    assert (proof.code, proof.json["findings"]) == (0, [])


def test_the_same_id_is_posted_once_whenever_it_comes(shop: Any) -> None:
    order = ORDER | {"id": str(uuid4())}
    first = shop("bill", "post", order).json
    assert shop("bill", "post", order).json["number"] == first["number"]
    other = shop("bill", "post", order | {"order_no": "77"})
    assert other.code == 1
    assert other.json["refused"][0]["reason"] == "other_content"
    assert len(shop("bill", "find").json["found"]) == 1


def test_every_slip_is_named_at_its_line(shop: Any) -> None:
    order = {
        "party": "NOBODY",
        "lines": [
            {"item": "ZZZ", "qty": 1},
            {"item": "ANV001", "qty": "2x"},
            {"item": "ANV001", "qty": 0},
            {"item": "ANV001", "qty": "-3"},
            {"item": "ANV001", "qty": "1000000000"},
            {"item": "ANV001", "qty": 1, "rate": "0"},
        ],
    }
    refused = shop("bill", "post", order)
    assert refused.code == 1
    jsonschema.validate(refused.json, shapes.schema("refused"))
    found = {(each["reason"], each.get("line")) for each in refused.json["refused"]}
    assert found == {
        ("unknown_party", None), ("unknown_item", 1), ("bad_quantity", 2), ("bad_quantity", 3),
        ("bad_quantity", 4), ("bad_quantity", 5), ("bad_figure", 6),
    }  # fmt: skip
    assert all(each["say"] and "…" not in each["say"] for each in refused.json["refused"])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"item": "ANV001", "qty": 9_000_000}, "short_stock"),
        ({"item": "ANV001", "qty": 1, "rate": "900"}, "above_mrp"),
        ({"item": "ANV001", "qty": 1, "batch": "NONE"}, "unknown_batch"),
        ({"item": "ANV001", "qty": 1, "discount": "500"}, "discount_too_large"),
        ({"item": "ANV001", "qty": 1, "colour": "red"}, "wrong_shape"),
        ({"item": "ANV001", "qty": 1.5}, None),
    ],
)
def test_a_line_that_will_not_do(shop: Any, line: dict[str, Any], reason: str | None) -> None:
    refused = shop("bill", "post", {"party": "AUN2001", "lines": [line]})
    if reason is None:
        assert refused.code == 2  # a float never becomes money or goods
    else:
        assert refused.code == 1
        assert reason in {each["reason"] for each in refused.json["refused"]}
    assert shop("bill", "find").json["found"] == []


def test_free_pieces_say_why_as_asked_or_as_usual(shop: Any) -> None:
    lines: list[dict[str, Any]] = [
        {"item": "ANV001", "qty": "10+1", "free_reason": "GOODWILL"},
        {"item": "ANV001", "qty": "5+1"},
        {"item": "ANV001", "qty": 1},
    ]
    bill = shop("bill", "post", {"party": "AUN2001", "lines": lines})
    assert bill.code == 0
    jsonschema.validate(bill.json, shapes.schema("reply"))
    said = [(each["free"], each.get("free_reason")) for each in bill.json["lines"]]
    assert said == [(1, "GOODWILL"), (1, "SCHEME"), (0, None)]
    lines[0]["free_reason"] = "NONE SUCH"
    refused = shop("bill", "post", {"party": "AUN2001", "lines": lines}).json["refused"]
    assert [(each["reason"], each["line"]) for each in refused] == [("unknown_code", 1)]


def test_2001_lines_are_refused(shop: Any) -> None:
    lines = [{"item": "ANV001", "qty": 1}] * 2001
    refused = shop("bill", "post", {"party": "AUN2001", "lines": lines})
    assert [each["reason"] for each in refused.json["refused"]] == ["too_many_lines"]


def test_a_walk_in_pays_cash_and_needs_no_master(shop: Any) -> None:
    order = {"party": {"name": "Ravi", "phone": "9000000000"}, "lines": ORDER["lines"]}
    bill = shop("bill", "post", order).json
    assert (bill["party"]["name"], bill["terms"]) == ("Ravi", "cash")
    wrong = {"party": {"name": "R", "gstin": "27AAPFU0939F1ZX"}, "lines": ORDER["lines"]}
    said = shop("bill", "post", wrong).json["refused"][0]
    assert said["reason"] == "bad_gstin"
    assert said["facts"]["expected"] == "V"
    assert "mistyped" in said["say"]


def test_an_order_an_estimate_and_a_challan_become_bills(shop: Any) -> None:
    for kind in ("order", "estimate", "challan"):
        first = shop(kind, "post", ORDER | {"note": "on approval"}).json
        bill = shop("bill", "post", "--from", first["number"])
        assert bill.code == 0, bill.out
        assert bill.json["total"] == first["total"]
        again = shop("bill", "post", "--from", first["number"])
        assert again.json["refused"][0]["reason"] == "already_billed"
    assert shop("verify").code == 0


def test_a_cancelled_bill_stays_visible(shop: Any) -> None:
    bill = shop("bill", "post", ORDER).json
    mirror = shop("bill", "cancel", bill["number"], "--reason", "wrong shop").json
    assert mirror["total"] == f"-{bill['total']}"
    assert shop("bill", "show", bill["number"]).json["cancelled"]
    again = shop("bill", "cancel", bill["number"], "--reason", "again")
    assert again.json["refused"][0]["reason"] == "already_cancelled"
    assert shop("verify").code == 0


def test_a_wrong_pin_is_counted_and_locks_out(shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DMS_PIN", "000000")
    reasons = [shop("bill", "find").json["refused"][0]["reason"] for _ in range(6)]
    assert reasons == ["wrong_pin"] * 5 + ["locked_out"]
    monkeypatch.setenv("DMS_PIN", PIN)
    assert shop("bill", "find").json["refused"][0]["reason"] == "locked_out"


def test_a_clerk_has_a_clerks_powers_here_too(shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shop("user", "add", "asha", "--role", "clerk", "--new-pin", "135790").code == 0
    monkeypatch.setenv("DMS_PIN", "135790")
    bill = shop(
        "bill", "post", {"party": "AUN2001", "lines": [{"item": "ANV001", "qty": 2}]}, user="asha"
    )
    assert bill.code == 0
    refused = shop("user", "add", "x", "--role", "owner", "--new-pin", "111111", user="asha")
    assert refused.code == 1
    assert refused.json["refused"][0]["reason"] == "not_allowed"


def test_the_program_that_runs_does_it(shop: Any, folder: Path) -> None:
    """While somebody holds the books, a write goes through his door; without a door it is busy."""
    books = folder / "books.db"
    lock = take(books, "the program")
    database = open_database(books)
    try:
        busy = shop("bill", "post", ORDER)
        assert busy.code == 75
        assert busy.json["failed"]["reason"] == "books_busy"
        assert shop("bill", "find").code == 0  # whoever looks need not wait
        inside = door.Door(
            books, lambda asked: answer(lambda u, p: enter(books, database, u, p), asked)
        )
        try:
            assert shop("bill", "post", ORDER).json["number"].startswith("B/")
        finally:
            inside.close()
    finally:
        database.close()
        lock.release()
    assert len(shop("bill", "find").json["found"]) == 1


def test_a_sealed_backup_comes_back_with_its_pins(shop: Any, folder: Path) -> None:
    shop("bill", "post", ORDER)
    made = shop("backup", "--to", folder / "safe").json
    assert made["sealed"]
    assert made["recovery_key"].startswith("AGE-SECRET-KEY")
    for name in folder.glob("books.db*"):
        name.unlink()
    back = shop("restore", made["backup"], "--key", made["recovery_key"])
    assert back.code == 0, back.out
    assert len(shop("bill", "find").json["found"]) == 1


def test_money_in_the_reply_is_text_and_schemas_are_published(dms: Any) -> None:
    names = dms("schema", plain=True).out.split()
    assert {"order", "journal", "reply", "refused"} < set(names)
    for name in names:
        jsonschema.Draft202012Validator.check_schema(
            json.loads(dms("schema", name, plain=True).out)
        )
    order = json.loads(dms("schema", "order", plain=True).out)
    jsonschema.validate(ORDER, order)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"party": "A", "lines": [{"item": "A", "qty": 1, "rate": 8.4}]}, order)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--name", "A", "--state", "27", "--gstin", "27AAPFU0939F1ZX"), "bad_gstin"),
        (("--name", "A", "--state", "24", "--gstin", "27AAPFU0939F1ZV"), "gstin_other_state"),
        (("--name", "A", "--state", "77"), "bad_entry"),
        (("--name", "A", "--owner-pin", "12"), "bad_entry"),
    ],
)
def test_books_are_not_founded_on_a_slip(dms: Any, folder: Path, words: Any, reason: str) -> None:
    refused = dms("init", *words)
    assert refused.code == 1
    assert refused.json["refused"][0]["reason"] == reason
    assert not (folder / "books.db").exists()


def test_what_is_no_book_is_said_plainly(dms: Any, folder: Path) -> None:
    assert dms("verify").json["failed"]["reason"] == "books_missing"
    (folder / "books.db").write_bytes(b"not a book" * 500)
    assert dms("verify").json["failed"]["reason"] in {"books_foreign", "books_damaged"}
    assert dms("init", "--name", "A").json["failed"]["reason"] == "books_exist"


def test_as_a_program_of_its_own_with_the_pin_on_standard_input(folder: Path) -> None:
    books = folder / "books.db"
    founding.found(books, founding.sample_company(), PIN)
    founding.fill(books, PIN)
    order = folder / "order.json"
    order.write_text(json.dumps(ORDER))
    environment = {name: value for name, value in os.environ.items() if name != "DMS_PIN"}
    done = subprocess.run(
        [
            sys.executable, "-m", "dms_desktop.cli", "--books", books, "--as", "owner",
            "bill", "post", order, "--json",
        ],
        input=f"{PIN}\n", capture_output=True, text=True, env=environment, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["kind"] == "bill"


def test_a_pin_that_nobody_gave_is_asked_for_and_counts_as_no_wrong_one(folder: Path) -> None:
    books = folder / "books.db"
    founding.found(books, founding.sample_company(), PIN)
    environment = {name: value for name, value in os.environ.items() if name != "DMS_PIN"}
    words = [
        sys.executable,
        "-m",
        "dms_desktop.cli",
        "--books",
        str(books),
        "bill",
        "find",
        "--json",
    ]
    none = subprocess.run(
        words, input="", capture_output=True, text=True, env=environment, check=False
    )
    (problem,) = json.loads(none.stdout)["refused"]
    assert none.returncode == 1
    assert problem["reason"] == "pin_wanted"
    assert problem["say"] == (
        "The PIN of owner is wanted. Put it into DMS_PIN, or give it on standard input."
    )


def test_a_sample_that_lived_left_no_expired_goods_on_the_shelf(folder: Path) -> None:
    books = folder / "books.db"
    founding.found(books, founding.sample_company(), PIN)
    founding.fill(books, PIN, 3)
    database = open_database(books)
    try:
        actor = enter(books, database, "owner", PIN).actor
        assert not database.read(actor, expiry.due).result(), "the first day asks nothing"
        assert database.read(actor, expiry.expired).result().moved == ()
        assert database.read(actor, verify).result().findings == ()
    finally:
        database.close()


def test_a_part_of_a_challan_is_billed_and_asked_again_is_the_same_bill(shop: Any) -> None:
    lines = [{"item": "ANV002", "qty": 48}]
    bare = {"party": "AUN2001", "lines": lines}
    (problem,) = shop("challan", "post", bare).json["refused"]
    assert (problem["reason"], problem["say"]) == ("missing", "reason is missing. Fill it in.")
    sent = shop("challan", "post", bare | {"note": "on approval"})
    part = {"id": str(uuid4()), "lines": [{"item": "ANV002", "qty": 20}]}
    words = ("bill", "post", part, "--from", sent.json["number"])
    first = shop(*words)
    assert sum(line["qty"] for line in first.json["lines"]) == 20
    assert shop(*words).json["number"] == first.json["number"]
    rest = shop("bill", "post", "--from", sent.json["number"]).json
    assert sum(line["qty"] for line in rest["lines"]) == 28
    much = {"lines": [{"item": "ANV002", "qty": 1}]}
    assert shop("bill", "post", much, "--from", sent.json["number"]).code == 1
    assert shop("verify").code == 0


@pytest.mark.parametrize(
    "line",
    [
        {"item": "ANV001", "qty": 6, "discount_percent": "10", "discounts": ["5"]},
        {"item": "ANV001", "qty": "6+1", "free": 3},
    ],
)
def test_what_is_said_twice_is_asked_about(shop: Any, line: dict[str, Any]) -> None:
    refused = shop("bill", "post", {"party": "AUN2001", "lines": [line]})
    assert (refused.code, refused.json["refused"][0]["reason"]) == (1, "bad_entry")


def test_books_without_the_secret_of_their_pins_are_told_as_that(shop: Any, folder: Path) -> None:
    (folder / "books.db.pepper").unlink()
    said = shop("stock")
    assert (said.code, said.json["failed"]["reason"]) == (74, "secret_missing")


def test_an_id_that_is_none_is_refused(shop: Any) -> None:
    refused = shop("bill", "post", ORDER | {"id": "abc"})
    assert (refused.code, refused.json["refused"][0]["reason"]) == (1, "bad_entry")


@contextmanager
def gone_away(books: Path) -> Iterator[None]:
    """Somebody has the books, and nobody answers at the door that a crash has left."""
    with take(books, "the program"):
        Path(f"{books}.door").write_bytes(b"k" * 32)
        yield
    Path(f"{books}.door").unlink()


def test_a_guesser_is_locked_out_also_while_somebody_else_has_the_books(
    shop: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five wrong PINs, and then not even the right one is looked at; another user comes in."""
    shop("user", "add", "asha", "--role", "clerk", "--new-pin", "135790")
    with gone_away(folder / "books.db"):
        assert shop("bill", "find").code == 0
        monkeypatch.setenv("DMS_PIN", "000000")
        told = [shop("bill", "find").json["refused"][0]["reason"] for _ in range(7)]
        assert told == ["wrong_pin"] * 5 + ["locked_out"] * 2
        monkeypatch.setenv("DMS_PIN", PIN)
        refused = shop("bill", "find").json["refused"][0]
        assert refused["reason"] == "locked_out"
        assert 0 < refused["facts"]["seconds"] <= 30
        monkeypatch.setenv("DMS_PIN", "135790")
        assert shop("bill", "find", user="asha").code == 0
    monkeypatch.setenv("DMS_PIN", PIN)
    assert shop("bill", "find").code == 0


def test_a_right_pin_forgives_the_wrong_ones_before_it(
    shop: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with gone_away(folder / "books.db"):
        for pin in (*["000000"] * 4, PIN, *["000000"] * 4, PIN):
            monkeypatch.setenv("DMS_PIN", pin)
            assert shop("bill", "find").code == (0 if pin == PIN else 1)


def test_a_key_that_stands_twice_is_no_request(shop: Any, folder: Path) -> None:
    """Of two quantities nobody knows which one was meant."""
    line = '{"item": "ANV001", "qty": 1, "qty": 100}'
    (folder / "twice.json").write_text('{"party": "AUN2001", "lines": [' + line + "]}")
    answer = shop("bill", "post", folder / "twice.json")
    assert answer.code == 2
    assert '"qty" stands twice' in answer.err


@pytest.mark.parametrize(("name", "legible"), [("Asha \ud800", "Asha ?"), ("Asha\0", "Asha?")])
def test_half_a_character_is_refused_with_a_sentence(shop: Any, name: str, legible: str) -> None:
    """As a broken terminal or file brings it; no database could keep it."""
    order = ORDER | {"party": {"name": name}}
    (refused,) = shop("bill", "post", order).json["refused"]
    assert (refused["reason"], refused["facts"]["field"]) == ("bad_entry", "name")
    assert refused["say"] == f"“{legible}” cannot be used as name."
    assert shop("bill", "find", name).json["refused"][0]["reason"] == "bad_entry"
    party = {"code": "P1", "name": name}
    assert shop("party", "add", party).json["refused"][0]["reason"] == "bad_entry"


def test_an_order_says_its_transport_a_cash_discount_and_a_net_rate(shop: Any) -> None:
    """10 at 2.00 net, 10 at 2.00: 2 % is off the second row alone."""
    order = {
        "party": "AUN2001",
        "transport": "MH 14 GT 2231",
        "cash_discount_percent": "2",
        "lines": [
            {"item": "ANV001", "qty": 10, "rate": "2.00", "net": True},
            {"item": "ANV002", "qty": 10, "rate": "2.00", "discounts": []},
        ],
    }
    jsonschema.validate(order, shapes.schema("order"))
    bill = shop("bill", "post", order).json
    assert [line["taxable"] for line in bill["lines"]] == ["20.00", "19.60"]
    assert {"payments", "reserve", "transport"} <= shapes.schema("order")["properties"].keys()
