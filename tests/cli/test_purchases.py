"""Buying at the command line: fixed shapes, refusals in sentences, and books that verify clean."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from dms_desktop.cli.schemas import schema
from dms_desktop.resource import resource
from tests.files.sheets import write_csv, write_xlsx

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
    assert (said["verified"], said["ours"], said["irn_agrees"]) == (False, False, False)
    broken = brand("purchase", "qr", "no.such.thing")
    assert (broken.code, broken.json["refused"][0]["reason"]) == (1, "bad_entry")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_brand_s_file_is_shown_then_posted_and_its_columns_are_learnt(
    brand: Dms, folder: Path, ending: str
) -> None:
    made = item(brand)
    rate = made.get("gst_rate", "18")
    half = 1000 * float(rate) / 200
    heads = "Inv No,Inv Date,Mat,Lot,Exp,Maximum,Pcs,Basic,GST Rate,CGST Amt,SGST Amt,Invoice Value"
    whole = 1000 + 2 * half
    rows: list[list[object]] = [[*heads.split(",")]]
    if ending == "csv":
        said = f"B-1,02-04-2026,{made['code']},NEW1,12/2031,500,10,100,{rate}"
        rows.append([*said.split(","), f"{half:.2f}", f"{half:.2f}", f"{whole:.2f}"])
        file = write_csv(folder / "brand.csv", rows)
    else:
        rows.append(
            [
                "B-1",
                date(2026, 4, 2),
                made["code"],
                "NEW1",
                date(2031, 12, 31),
                500,
                10,
                100,
                float(rate),
                half,
                half,
                whole,
            ]
        )
        file = write_xlsx(folder / "brand.xlsx", rows)
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


def test_a_scan_of_the_pack_says_item_batch_and_dates(brand: Dms) -> None:
    made = item(brand)
    gtin = made["barcodes"][0]["code"].zfill(14)
    said = request(f"(01){gtin}(10)GS7(11)260101(17)291231")
    (line,) = said["lines"]
    del line["batch"], line["expiry"]
    posted = brand("purchase", "post", with_total(brand, {**said, "number": "INV-8"}))
    assert posted.code == 0, posted.out
    (came,) = posted.json["lines"]
    assert (came["item"], came["batch"]) == (made["code"], "GS7")
    assert (came["packed"], came["expiry"]) == ("2026-01-01", "2029-12-31")


def test_an_e_invoice_of_the_portal_comes_in_as_a_file(brand: Dms, folder: Path) -> None:
    made = item(brand)
    half = 1000 * float(made["gst_rate"]) / 200
    said = {
        "Irn": "b" * 64,
        "DocDtls": {"Typ": "INV", "No": "E-1", "Dt": "02/04/2026"},
        "BuyerDtls": {"Pos": "27"},
        "ValDtls": {"AssVal": 1000, "TotInvVal": 1000 + 2 * half, "RndOffAmt": 0},
        "ItemList": [{
            "SlNo": "1", "PrdDesc": "whatever", "Barcde": made["code"], "Qty": 10, "FreeQty": 2,
            "UnitPrice": 105, "Discount": 50, "AssAmt": 1000, "GstRt": float(made["gst_rate"]),
            "CgstAmt": half, "SgstAmt": half, "BchDtls": {"Nm": "E7", "ExpDt": "31/12/2030"},
        }],
    }  # fmt: skip
    file = folder / "brand.json"
    file.write_text(json.dumps(said))
    done = brand("purchase", "import", file, "--supplier", "BRAND", "--yes").json
    (told,) = done["invoices"]
    assert (told["refused"], bool(told["number"])) == ([], True), told
    shown = brand("purchase", "show", "E-1").json
    assert (shown["invoice"]["irn"], shown["lines"][0]["free"]) == ("b" * 64, 2)
    file.write_text('{"DocDtls": {}}')
    assert brand("purchase", "import", file, "--supplier", "BRAND").code == 1
    file.write_text('[{"number": "X", "lines": [{"item": 5}], "credit": "maybe", "charges": 7}]')
    broken = brand("purchase", "import", file, "--supplier", "BRAND").json["invoices"][0]
    assert {each["reason"] for each in broken["refused"]} == {"unknown_item", "bad_entry"}


def test_an_order_waits_and_goods_come_before_their_invoice(brand: Dms) -> None:
    code = item(brand)["code"]
    line = {"item": code, "qty": 20, "rate": "100.00"}
    ordered = brand("purchase", "order", {"supplier": "BRAND", "lines": [line]}).json
    (waits,) = brand("purchase", "orders").json["found"]
    assert (waits["number"], waits["left"]) == (ordered["number"], 20)
    (whole,) = request(code)["lines"]
    come = brand("purchase", "provisional", {"supplier": "BRAND", "lines": [whole]})
    assert come.code == 0, come.out
    assert (come.json["invoice"], come.json["claim"]) == (None, "0.00")
    said = request(code, number="INV-5", order=ordered["number"], provisional=come.json["number"])
    posted = brand("purchase", "post", with_total(brand, said))
    assert posted.code == 0, posted.out
    assert brand("purchase", "orders").json["found"][0]["left"] == 10
    cancelled = brand("purchase", "cancel", posted.json["number"], "--reason", "typed twice")
    assert cancelled.code == 0, cancelled.out
    assert brand("purchase", "orders").json["found"][0]["left"] == 20
    way = brand("purchase", "transit", with_total(brand, request(code, number="W-1"), "transit"))
    come = brand("purchase", "post", {"supplier": "BRAND", "transit": way.json["number"]})
    assert come.code == 0, come.out
    assert come.json["total"] == way.json["total"]
    assert brand("verify").code == 0
