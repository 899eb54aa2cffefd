"""A registered company founded without its address bills all the same, and is told each time."""

from __future__ import annotations

from typing import Any

from tests.cli.conftest import PIN


def test_what_a_company_without_its_address_is_told(dms: Any) -> None:
    company = ("--name", "Asha Traders", "--state", "27", "--gstin", "27AAPFU0939F1ZV")
    founded = dms("init", *company, "--owner-pin", PIN).json
    assert founded["warning"] == (
        "A tax invoice must show the company's address: --address was not given."
    )
    soap = {"code": "SOAP", "name": "Soap", "hsn": "340111", "gst_rate": 18, "mrp": "40.00"}
    assert dms("item", "add", soap).code == 0
    lot = {"item": "SOAP", "batch": "B1", "expiry": "2030-01-31", "ptr": "30", "cost": "28"}
    wrong = dms("lot", "add", lot | {"qty": "many"}).json
    assert wrong["refused"][0]["reason"] == "bad_quantity"
    assert dms("lot", "add", lot | {"qty": "48"}).json["batch"] == "B1"
    assert dms("party", "add", {"code": "ASHA", "name": "Asha Stores", "state": "27"}).code == 0
    posted = dms("bill", "post", {"party": "ASHA", "lines": [{"item": "SOAP", "qty": 12}]})
    assert posted.code == 0, posted.json
    told = [each["reason"] for each in posted.json["warnings"]]
    assert "our_address_needed" in told
    proof = dms("verify")
    assert (proof.code, proof.json["findings"]) == (0, [])
