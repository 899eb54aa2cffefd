"""Buying at the command line: fixed shapes, refusals in sentences, and books that verify clean."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from dms_desktop.cli.schemas import schema
from dms_desktop.resource import resource

Dms = Callable[..., Any]
GSTIN = "27AAACB2894G1ZN"
DAY = "2026-11-21"


@pytest.fixture
def brand(shop: Dms) -> Dms:
    """The sample company, with a supplier."""
    made = shop(
        "party", "add",
        {"code": "BRAND", "name": "Brand Foods Ltd", "state": "27", "gstin": GSTIN,
         "supplier": True, "customer": False, "credit_days": 21},
    )  # fmt: skip
    assert made.code == 0, made.out
    return shop


def item(dms: Dms) -> dict[str, Any]:
    found: dict[str, Any] = dms("item", "find").json["found"][0]
    shown: dict[str, Any] = dms("item", "show", found["code"]).json
    return shown


def request(code: str, **more: Any) -> dict[str, Any]:
    line = {
        "item": code, "batch": "NEW1", "mrp": "500.00", "expiry": "12/2031", "qty": 10,
        "rate": "100.00",
    }  # fmt: skip
    return {"supplier": "BRAND", "number": "INV-7", "lines": [line], **more}


def with_total(dms: Dms, said: dict[str, Any], verb: str = "post") -> dict[str, Any]:
    """The same with the invoice date and total that it comes to."""
    today = dms("purchase", "list").json
    assert "found" in today
    asked = {"invoice_day": "2026-04-02", "total": "0.00", **said}
    judged = dms("purchase", verb, asked, "--check").json
    return {**asked, "total": judged["total"]}


def test_goods_come_in_are_found_and_the_books_prove_it(brand: Dms) -> None:
    code = item(brand)["code"]
    said = with_total(brand, request(code))
    posted = brand("purchase", "post", {**said, "id": "0190a8f0-0000-7000-8000-000000000001"})
    assert posted.code == 0, posted.out
    reply = posted.json
    jsonschema.validate(reply, schema("purchase_reply"))
    assert (reply["kind"], reply["taxable"], reply["claim"]) == ("goods_receipt", "1000.00", "0.00")
    (line,) = reply["lines"]
    assert (line["received"], line["short"], line["cost"]) == (10, 0, "1000.00")
    assert brand("purchase", "show", "INV-7").json["number"] == reply["number"]
    (found,) = brand("purchase", "list", "inv-7").json["found"]
    assert (found["supplier"], found["owed"]) == ("BRAND", reply["total"])
    again = brand("purchase", "post", {**said, "id": "0190a8f0-0000-7000-8000-000000000001"})
    assert again.json["number"] == reply["number"]
    twice = brand("purchase", "post", said)
    assert twice.code == 1
    assert twice.json["refused"][0]["reason"] == "invoice_known"
    assert brand("verify").code == 0


def test_a_slip_is_named_at_its_line(brand: Dms) -> None:
    code = item(brand)["code"]
    said = request(code, invoice_day=DAY, total="1.00")
    said["lines"][0]["colour"] = "red"
    shape = brand("purchase", "post", said)
    assert (shape.code, shape.json["refused"][0]["line"]) == (1, 1)
    said = request(code, invoice_day="2026-04-02", total="1.00")
    wrong = brand("purchase", "post", said).json["refused"]
    assert [each["reason"] for each in wrong] == ["invoice_differs"]
    assert "1.00" in wrong[0]["say"]


def test_the_qr_of_an_e_invoice_fills_the_head(brand: Dms) -> None:
    data = {
        "SellerGstin": GSTIN, "BuyerGstin": "29AAACB2894G1ZG", "DocNo": "INV-9", "DocTyp": "INV",
        "DocDt": "02/04/2026", "TotInvVal": 1180.5, "ItemCnt": 1, "MainHsnCode": "34011190",
        "Irn": "a" * 64,
    }  # fmt: skip
    payload = json.dumps({"data": json.dumps(data), "iss": "NIC"}).encode()
    token = ".".join(("e30", urlsafe_b64encode(payload).decode().rstrip("="), "sig"))
    said = brand("purchase", "qr", token).json
    assert said["head"] == {
        "supplier": "BRAND", "number": "INV-9", "invoice_day": "2026-04-02", "irn": "a" * 64,
        "total": "1180.50",
    }  # fmt: skip
    assert (said["verified"], said["ours"]) == (False, False)
    broken = brand("purchase", "qr", "no.such.thing")
    assert (broken.code, broken.json["refused"][0]["reason"]) == (1, "bad_entry")


def test_a_brand_s_file_is_shown_then_posted_and_its_columns_are_learnt(
    brand: Dms, folder: Path
) -> None:
    made = item(brand)
    rate = made.get("gst_rate", "18")
    half = 1000 * float(rate) / 200
    file = folder / "brand.csv"
    file.write_text(
        "Inv No,Inv Date,Mat,Lot,Exp,Maximum,Pcs,Basic,GST Rate,CGST Amt,SGST Amt,Invoice Value\n"
        f"B-1,02-04-2026,{made['code']},NEW1,12/2031,500,10,100,{rate},{half:.2f},{half:.2f},"
        f"{1000 + 2 * half:.2f}\n"
    )
    columns = [word for pair in ("item=Mat", "mrp=Maximum", "qty=Pcs", "rate=Basic")
               for word in ("--column", pair)]  # fmt: skip
    unknown = brand("purchase", "import", file, "--supplier", "BRAND")
    assert unknown.json["refused"][0]["reason"] == "bad_file"
    shown = brand("purchase", "import", file, "--supplier", "BRAND", *columns).json
    assert (shown["invoices"][0]["refused"], shown["invoices"][0]["number"]) == ([], "")
    done = brand("purchase", "import", file, "--supplier", "BRAND", *columns, "--yes").json
    assert done["invoices"][0]["number"]
    again = brand("purchase", "import", file, "--supplier", "BRAND", "--yes").json
    assert again["invoices"][0]["number"] == done["invoices"][0]["number"]
    assert brand("verify").code == 0


def test_the_purchase_of_the_manual_comes_in_on_the_sample(brand: Dms) -> None:
    text = Path(resource("manual/command-line.md")).read_text(encoding="utf-8")
    found = re.search(r"## A purchase\n\n```json\n(.*?)```", text, re.DOTALL)
    assert found is not None
    posted = brand("purchase", "post", json.loads(found[1]))
    assert posted.code == 0, posted.out
    (line,) = posted.json["lines"]
    assert (line["received"], line["damaged"], line["short"]) == (576, 2, 6)
    assert posted.json["claim"] != "0.00"
    assert brand("verify").code == 0
