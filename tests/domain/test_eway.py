"""The e-way bill's small rules, against cases that others made."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from dms_desktop.domain import eway
from dms_desktop.domain.goods_line import GoodsLine
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.tax import Basis, Gst, TaxRate
from tests.shared import shared


def cases(word: str) -> list[Any]:
    path = shared("gst_data/ewaybill_rules.json")
    found = json.loads(path.read_text(encoding="utf-8"))["cases"]
    return [case for case in found if word in case["input"]]


def line(taxable: int, rate: int, tax: int) -> GoodsLine:
    basis = Basis.VALUE if rate else Basis.EXEMPT
    return GoodsLine(
        1, 1, "S", "Soap", "3401", "PCS", "", None, Money(), 1, 0, Rate(Money(taxable * 100)),
        Money(taxable * 100), (), Money(taxable * 100), TaxRate(Decimal(rate), basis=basis),
        Gst(igst=Money(tax * 100)),
    )  # fmt: skip


def test_exempt_goods_do_not_count_and_the_limit_itself_needs_none() -> None:
    for case in cases("threshold"):
        given, expected = case["input"], case["expected"]
        if "lines" in given:
            value = eway.consignment(
                line(each["taxable"], each["gst_rate"], each["tax"]) for each in given["lines"]
            )
            assert value == Money(expected["consignment_value"] * 100)
        else:
            value = Money(given["consignment_value"] * 100)
        assert eway.needed(value, Money(given["threshold"] * 100)) is expected["required"]


def test_it_holds_a_day_for_each_part_of_the_way() -> None:
    found = [case for case in cases("distance_km") if "odc" in case["input"]]
    assert len(found) == 5
    for case in found:
        given = case["input"]
        assert eway.days(given["distance_km"], large=given["odc"]) == case["expected"]["days"]
    for bad in (0, 4001):
        with pytest.raises(ValueError, match="km"):
            eway.days(bad)


def test_a_vehicle_number_is_known_however_it_is_typed() -> None:
    found = cases("vehicle_no")
    assert len(found) >= 8
    for case in found:
        given, expected = case["input"]["vehicle_no"], case["expected"]
        if expected.get("valid") is False:
            with pytest.raises(ValueError, match="vehicle"):
                eway.vehicle(given)
        else:
            assert eway.vehicle(given) == expected.get("normalised", given)
    assert eway.vehicle("22 BH 1234 AA") == "22BH1234AA"


def test_within_a_state_its_own_limit_holds() -> None:
    limits = {"eway": Money(50_000_00), "eway_27": Money(1_00_000_00)}
    assert eway.limit(limits, "27", "27") == Money(1_00_000_00)
    assert eway.limit(limits, "27", "29") == Money(50_000_00)
    assert eway.limit(limits, "29", "29") == Money(50_000_00)
