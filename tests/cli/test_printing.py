"""Printing from a prompt: what went to which printer, and what a printer that is away leaves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cups import Queue
from tests.printing.reading import sheets

ORDER = {"party": "AUN2001", "lines": [{"item": "ANV001", "qty": 1}]}


@pytest.fixture
def laser(shop: Any, queue: Queue) -> Queue:
    """Bills of these books are printed on a real queue."""
    printer = {"code": "LASER", "name": "By the door", "way": "queue", "address": queue.name}
    assert shop("printer", "add", printer).json["version"] == 1
    rule = {"kind": "bill", "printer": "by the door", "size": "a5", "copies": "original,duplicate"}
    assert shop("print-rule", "add", rule).json["printer"] == "LASER"
    return queue


def bill(shop: Any) -> str:
    number: str = shop("bill", "post", ORDER).json["number"]
    return number


def name(number: str) -> str:
    return number.replace("/", "-")


def test_a_bill_is_printed_where_the_rule_says(shop: Any, folder: Path, laser: Queue) -> None:
    number = bill(shop)
    said = shop("bill", "print", number).json
    path = folder / "bills" / f"{name(number)}.pdf"
    assert said == {
        "number": number, "pdf": str(path), "reprint": False, "printer": "LASER",
    }  # fmt: skip
    assert path.exists()
    assert shop("bill", "print", number, "--printer", "laser").json["reprint"] is True
    assert laser.papers() == [name(number), f"{name(number)} reprint 1"]
    proof = shop("verify")
    assert (proof.code, proof.json["findings"]) == (0, [])


def test_a_file_alone_asks_no_printer(shop: Any, folder: Path, laser: Queue) -> None:
    said = shop("bill", "print", bill(shop), "--pdf", folder / "x.pdf").json
    assert (said["printer"], (folder / "x.pdf").exists()) == ("", True)
    assert laser.papers() == []
    both = shop("bill", "print", bill(shop), "--pdf", folder / "y.pdf", "--printer", "LASER").json
    assert both["pdf"] == str(folder / "y.pdf")
    assert laser.papers() == ["y"]


def test_without_a_printer_it_is_said_how_to_get_one(shop: Any) -> None:
    refused = shop("bill", "print", bill(shop))
    assert (refused.code, refused.json["refused"][0]["reason"]) == (1, "no_printer")
    assert shop("bill", "print-unprinted").json["refused"][0]["reason"] == "no_printer"
    unknown = shop("bill", "print-unprinted", "--printer", "NOBODY")
    assert unknown.json["refused"][0]["reason"] == "unknown_code"


def test_a_printer_that_is_away_leaves_the_bill_to_be_printed(
    shop: Any, folder: Path, laser: Queue
) -> None:
    first, second = bill(shop), bill(shop)
    laser.pause("out of paper")
    failed = shop("bill", "print", first)
    paper = folder / "bills" / f"{name(first)}.pdf"
    assert (failed.code, failed.json["failed"]["reason"]) == (74, "printer_stopped")
    assert failed.json["failed"]["say"] == (
        "The printer By the door is stopped: out of paper. Start it again. "
        f"The paper lies at {paper}."
    )
    assert paper.exists()
    run = shop("bill", "print-unprinted")
    assert (run.code, run.json["failed"]["facts"]["left"]) == (74, "2")

    laser.resume()
    done = shop("bill", "print-unprinted").json
    assert [each["number"] for each in done["printed"]] == [first, second]
    assert not any(each["reprint"] for each in done["printed"])
    assert laser.papers() == [name(first), name(second)], "in order, each once"
    assert shop("bill", "print-unprinted").json == {"printed": [], "left": 0}


def test_only_what_was_saved_since_printing_began_is_waited_for(
    shop: Any, queue: Queue, folder: Path
) -> None:
    early = bill(shop)
    printer = {"code": "TRAY", "way": "folder", "address": str(folder / "tray")}
    (folder / "tray").mkdir()
    shop("printer", "add", printer)
    shop("print-rule", "add", {"kind": "bill", "printer": "TRAY"})
    late = bill(shop)
    dropped = bill(shop)
    shop("bill", "cancel", dropped, "--reason", "WRONG")
    done = shop("bill", "print-unprinted").json["printed"]
    assert [each["number"] for each in done] == [late]
    day = shop("bill", "show", early).json["day"]
    done = shop("bill", "print-unprinted", "--day", day).json["printed"]
    assert [each["number"] for each in done] == [early], "a day that is named is printed whole"


def test_printers_of_the_machine_and_of_the_books_are_listed(shop: Any, laser: Queue) -> None:
    said = shop("printers").json
    assert {"way": "queue", "address": laser.name} in said["machine"]
    assert said["books"] == [
        {"code": "LASER", "name": "By the door", "way": "queue", "address": laser.name,
         "active": True, "drawer": False}
    ]  # fmt: skip
    (rule,) = said["rules"]
    assert (rule["kind"], rule["counter"], rule["printer"], rule["size"], rule["on_save"]) == (
        "bill", "", "LASER", "a5", True
    )  # fmt: skip
    events = shop("history", "printer", "LASER").json["history"]
    assert [(event["action"], event["by"]) for event in events] == [("add printer", "owner")]


def test_a_clerk_prints_but_sets_no_printer(shop: Any, laser: Queue) -> None:
    shop("user", "add", "ravi", "--role", "clerk", "--new-pin", "135791")
    number = bill(shop)
    refused = shop("printer", "change", "LASER", {"address": "OTHER"}, user="ravi")
    assert refused.code == 1
    assert laser.papers() == []
    assert shop("bill", "print", number).json["printer"] == "LASER"


def test_re_stickered_pieces_get_their_stickers(shop: Any, folder: Path) -> None:
    lot = next(lot for lot in shop("stock").json["lots"] if lot["batch"] and lot["qty"] > 50)
    asked = {name: lot[name] for name in ("item", "batch", "mrp", "expiry")}
    asked |= {"qty": 26, "new_mrp": f"{float(lot['mrp']) + 5:.2f}", "reason": "MRP raised"}
    number = shop("lot", "resticker", asked).json["number"]
    file = folder / "stickers.pdf"
    said = shop("print", number, "--pdf", file).json
    assert (said["number"], said["reprint"]) == (number, False)
    first, second = sheets(file.read_bytes())
    assert first.count(f"MRP ₹{float(lot['mrp']) + 5:.2f}") == 24
    assert second.count("(incl. of all taxes)") == 2
    assert lot["batch"] in first
    again = shop("print", number, "--kind", "stickers", "--size", "65up", "--pdf", file).json
    assert again["reprint"] is True
    assert len(sheets(file.read_bytes())) == 1
    wrong = shop("print", number, "--kind", "stickers", "--size", "a4", "--pdf", file)
    assert wrong.json["refused"][0]["facts"]["field"] == "size"
    tray = folder / "tray"
    tray.mkdir()
    shop("printer", "add", {"code": "LABEL", "way": "folder", "address": str(tray)})
    rule = {"kind": "stickers", "printer": "LABEL"}
    assert shop("print-rule", "add", {**rule, "size": "80mm"}).code == 1
    assert shop("print-rule", "add", {**rule, "size": "50x25mm"}).code == 0
    late = shop("lot", "resticker", {**asked, "qty": 3}).json["number"]
    done = shop("print-unprinted").json
    assert [each["number"] for each in done["printed"]] == [late]
    (paper,) = tray.iterdir()
    assert paper.name == f"stickers {name(late)}.pdf"
    assert len(sheets(paper.read_bytes())) == 3
