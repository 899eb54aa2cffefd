"""Back to the supplier at the command line: fixed shapes, refusals in sentences, clean books."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

from dms_desktop.cli.schemas import schema
from tests.cli.test_purchases import brand, item, request, with_total

Dms = Callable[..., Any]
__all__ = ["brand"]


@pytest.fixture
def bought(brand: Dms) -> tuple[Dms, str]:
    """Ten pieces at 100.00 were billed and nine came."""
    code = item(brand)["code"]
    said = request(code)
    said["lines"][0]["received"] = 9
    assert brand("purchase", "post", with_total(brand, said)).code == 0
    return brand, code


def test_goods_go_back_and_his_note_settles_what_is_claimed(bought: tuple[Dms, str]) -> None:
    dms, code = bought
    line = {"item": code, "batch": "NEW1", "qty": 2, "receipt": "INV-7"}
    said = {"supplier": "BRAND", "reason": "DAMAGED", "lines": [line]}
    judged = dms("supplier", "return", said, "--check")
    assert (judged.json["number"], judged.json["refused"]) == ("", [])
    posted = dms("supplier", "return", said)
    assert posted.code == 0, posted.out
    jsonschema.validate({**posted.json, "refused": []}, schema("supplier_paper"))
    assert (posted.json["kind"], posted.json["cost"]) == ("supplier_return", "200.00")
    claims = dms("supplier", "claims").json["claims"]
    assert {(each["what"], each["state"]) for each in claims} == {
        ("short", "open"), ("returned", "open")
    }  # fmt: skip
    short = next(each for each in claims if each["what"] == "short")
    told = dms("supplier", "claims", "--tell", str(short["line"])).json["claims"]
    assert {each["state"] for each in told if each["what"] == "short"} == {"sent"}
    back = next(each for each in claims if each["what"] == "returned")
    note = {
        "supplier": "BRAND", "against": "return", "number": "CN-1", "invoice_day": "2026-04-02",
        "gst_note": False, "tax": [{"taxable": "150.00"}], "total": "150.00",
        "claims": [{"line": back["line"], "refused": "50.00"}], "reason": "seal broken",
    }  # fmt: skip
    credited = dms("supplier", "credit", note)
    assert credited.code == 0, credited.out
    jsonschema.validate(credited.json, schema("supplier_paper"))
    assert credited.json["answers"][0]["accepted"] == "150.00"
    assert dms("supplier", "show", "CN-1").json["number"] == credited.json["number"]
    left = dms("supplier", "claims", "--all", "--what", "returned").json["claims"]
    assert [each["state"] for each in left] == ["settled"]
    again = dms("supplier", "credit", note)
    assert again.code == 1
    assert again.json["refused"][0]["reason"] == "invoice_known"
    assert dms("verify").code == 0


def test_slips_are_named(bought: tuple[Dms, str]) -> None:
    dms, code = bought
    wrong = dms("supplier", "return", {"supplier": "BRAND", "lines": [{"item": code}]})
    assert wrong.code == 1
    line = {"item": code, "batch": "NOWHERE", "qty": 1}
    unknown = dms("supplier", "return", {"supplier": "BRAND", "reason": "x", "lines": [line]})
    assert unknown.json["refused"][0]["reason"] == "unknown_batch"
    assert unknown.json["refused"][0]["line"] == 1
    bad = dms("supplier", "credit", {"supplier": "BRAND", "against": "whim"})
    assert bad.code == 1
    nothing = dms("supplier", "claims", "--tell", "77")
    assert nothing.json["refused"][0]["reason"] == "unknown_code"
