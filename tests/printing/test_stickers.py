"""Stickers: a reader makes out their bars, each stands on its label, and the MRP includes taxes."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dms_desktop.domain.godown_papers import Sticker, StickerRun
from dms_desktop.domain.money import Money
from dms_desktop.printing.paper import Labels
from dms_desktop.printing.stickers import DIES, MM, bars, sheet_count, stickers
from tests.printing.reading import picture, sheets
from tests.printing.test_scripts import NAMES

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
BISCUIT = Sticker(
    name="Golmithi Glucose Biscuits Milk",
    mrp=Money(10_00),
    code="I0001",
    barcode="8901234567890",
    batch="B26037AK",
    packed=date(2026, 9, 1),
    expiry=date(2027, 2, 28),
    quantity="90 g",
    lines=("Packed by Golmithi Foods Ltd, Chakan 410501", "Consumer care 1800 123 456"),
)
BY_BATCH = replace(BISCUIT, name="Loose tea", barcode="B26037-AK")


def run(*every: Sticker, used: int = 0) -> StickerRun:
    return StickerRun("ST/26-27/00003", AT, every, used)


@pytest.mark.skipif(not shutil.which("zbarimg"), reason="zbarimg is not installed")
@pytest.mark.parametrize("size", Labels)
@pytest.mark.parametrize("one", [BISCUIT, BY_BATCH], ids=["EAN-13", "Code 128"])
def test_a_reader_makes_out_the_bars_of_a_label_printer(
    one: Sticker, size: Labels, tmp_path: Path
) -> None:
    file = tmp_path / "label.png"
    picture(stickers(run(one), size), 0, 203.2 / 72).save(file)
    read = subprocess.run(["zbarimg", "-q", str(file)], capture_output=True, text=True, check=True)
    kind = "EAN-13" if one is BISCUIT else "CODE-128"
    assert read.stdout.strip() == f"{kind}:{one.barcode}"


@pytest.mark.parametrize("size", Labels)
def test_a_sticker_says_what_the_law_wants_on_a_pack(size: Labels) -> None:
    said = " ".join(sheets(stickers(run(BISCUIT), size))[0].split())
    for fact in (
        "Golmithi Glucose Biscuits Milk", "MRP ₹10.00 (incl. of all taxes)", "Net 90 g",
        "Batch B26037AK", "Pkd 09/2026", "Exp 02/2027", "Golmithi Foods Ltd", "1800 123 456",
        "8901234567890",
    ):  # fmt: skip
        assert fact in said, fact


@pytest.mark.parametrize("script", NAMES)
def test_a_sticker_is_written_in_the_items_own_script(script: str) -> None:
    pdf = stickers(run(replace(BISCUIT, name=NAMES[script])), Labels.UP_24)
    assert NAMES[script] in " ".join(sheets(pdf)[0].split())


@pytest.mark.parametrize("size", [Labels.UP_24, Labels.UP_40, Labels.UP_65])
def test_every_label_of_the_sheet_is_filled_and_none_leaves_its_edges(size: Labels) -> None:
    die = DIES[size]
    pdf = stickers(run(replace(BISCUIT, count=die.many)), size)
    assert len(sheets(pdf)) == 1
    drawn = picture(pdf, 0, 2).convert("L").point(lambda gray: 255 if gray < 128 else 0)
    for at in range(die.many):
        left = (die.left + at % die.across * die.step) * MM * 2
        top = (die.top + at // die.across * die.height) * MM * 2
        right, bottom = left + die.width * MM * 2, top + die.height * MM * 2
        inside = drawn.crop((int(left), int(top), int(right), int(bottom))).getbbox()
        assert inside is not None, at
        assert inside[0] >= 2
        assert inside[1] >= 2
        assert inside[2] <= right - left - 2
        assert inside[3] <= bottom - top - 1


def test_a_begun_sheet_goes_on_where_it_was_left() -> None:
    pdf = stickers(run(replace(BISCUIT, count=30), used=20), Labels.UP_40)
    first, second = sheets(pdf)
    assert first.count("MRP") == 20
    assert second.count("MRP") == 10
    assert sheet_count([replace(BISCUIT, count=30)], Labels.UP_40, used=20) == 2
    drawn = picture(pdf, 0, 1).convert("L")
    assert drawn.crop((0, 0, drawn.width, drawn.height // 2 - 4)).getextrema()[0] > 200


def test_a_wrong_check_digit_is_no_ean_and_nonsense_has_no_bars() -> None:
    assert bars("8901234567890") == bars("8901234567890")
    ean = bars("8901234567890")
    assert ean is not None
    assert ean[0] == 95
    wrong = bars("8901234567894")
    assert wrong is not None
    assert wrong[0] != 95, "it is told as Code 128, as it was typed"
    assert bars("") is None
    assert bars("बिस्कुट") is None
    assert "MRP" in sheets(stickers(run(replace(BISCUIT, barcode="बिस्कुट")), Labels.UP_65))[0]


def test_a_code_too_long_for_its_label_is_left_out_rather_than_unreadable() -> None:
    long = replace(BISCUIT, barcode="A" * 40)
    assert "A" * 40 not in sheets(stickers(run(long), Labels.UP_65))[0]
