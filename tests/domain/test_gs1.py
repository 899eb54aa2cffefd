"""One scan gives item, batch and dates; what is no GS1 code is never half believed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.gs1 import SEPARATOR, NotGs1, Scan, has_check_digit, read

TODAY = date(2026, 11, 21)
GTIN = "08901030865329"


@pytest.mark.parametrize(
    "scan",
    [
        f"01{GTIN}17270131" + f"10B26H13A{SEPARATOR}2112345",
        f"]d201{GTIN}17270131" + f"10B26H13A{SEPARATOR}2112345",
        f"{SEPARATOR}01{GTIN}10B26H13A{SEPARATOR}172701312112345",
        f"(01){GTIN}(17)270131(10)B26H13A(21)12345",
        f"https://id.gs1.org/01/{GTIN}/10/B26H13A/21/12345?17=270131",
        f"https://brand.example/p/01/{GTIN[1:]}/10/B26H13A/21/12345?17=270131&x=y",
    ],
)
def test_the_same_pack_in_every_dress(scan: str) -> None:
    assert read(scan, TODAY) == Scan(GTIN, "B26H13A", date(2027, 1, 31), None, "12345")


def test_dates_without_a_day_and_of_other_kinds() -> None:
    assert read(f"01{GTIN}17270200", TODAY).expiry == date(2027, 2, 28)
    assert read(f"01{GTIN}15270301", TODAY).expiry == date(2027, 3, 1)
    assert read(f"01{GTIN}11260401" + "13260405", TODAY).packed == date(2026, 4, 5)
    assert read(f"01{GTIN}17760101", TODAY).expiry == date(2076, 1, 1)  # 50 ahead
    assert read(f"01{GTIN}17770101", TODAY).expiry == date(1977, 1, 1)


def test_measures_and_long_identifiers_are_passed_over() -> None:
    scan = f"01{GTIN}3103001750" + f"3922100{SEPARATOR}" + f"240AB{SEPARATOR}" + "10L1"
    assert read(scan, TODAY).batch == "L1"
    assert read(f"02{GTIN}3724{SEPARATOR}10L1", TODAY).count == 24


def test_the_barcode_is_found_in_every_form_in_which_it_may_be_kept() -> None:
    assert read(f"01{GTIN}", TODAY).codes == ("8901030865329", GTIN)
    assert "012345678905" in read("0100012345678905", TODAY).codes


@pytest.mark.parametrize(
    "scan",
    [
        "", "8901030865329", "0108901030865320", f"01{GTIN}17271301", f"01{GTIN}1727",
        f"(01){GTIN}(17", "https://example.com/about", f"01{GTIN}10", "01ABCDEFGHIJKLMN",
    ],
)  # fmt: skip
def test_what_is_no_gs1_code_is_refused(scan: str) -> None:
    with pytest.raises(NotGs1):
        read(scan, TODAY)


@given(st.text(max_size=60))
def test_garbage_is_refused_and_never_crashes(text: str) -> None:
    try:
        found = read(text, TODAY)
    except NotGs1:
        return
    assert has_check_digit(found.gtin)


@given(
    st.text("0123456789ABC-/", min_size=1, max_size=20),
    st.dates(date(2000, 1, 1), date(2070, 1, 1)),
)
def test_what_is_written_is_read(batch: str, expiry: date) -> None:
    scan = read(f"01{GTIN}17{expiry:%y%m%d}10{batch}", TODAY)
    assert (scan.batch, scan.expiry) == (batch, expiry)
