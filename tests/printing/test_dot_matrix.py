"""Dot-matrix papers: the printer's codes, columns under one another, forms of the right length."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.company import Issued
from dms_desktop.domain.goods_line import Kind
from dms_desktop.printing.dot_matrix import RIBBONS
from dms_desktop.printing.paper import Copy, Size
from dms_desktop.printing.papers import made
from dms_desktop.printing.romanised import plain
from tests.printing.bills import asks, issued, item, items
from tests.printing.reading import ONE

NAMES = {
    "पारले-जी ग्लूकोज़ बिस्कुट 90g": "Parale-Ji Glukoz Biskut 90g",
    "महाराष्ट्र किराणा स्टोअर्स": "Maharashtr Kirana Stoars",
    "குளுக்கோஸ் பிஸ்கட் 45g": "Kulukkos Piskat 45g",
    "ગ્લુકોઝ બિસ્કિટ ક્રીમ": "Glukoz Biskit Krim",
    "বিস্কুট ক্রিম 50g": "Biskut Krim 50g",
    "తెలుగు బిస్కెట్ ప్యాకెట్": "Telugu Bisket Pyaket",
    "ಕನ್ನಡ ಬಿಸ್ಕತ್ತು": "Kannada Biskattu",
    "മലയാളം ബിസ്കറ്റ്": "Malayalam Biskatt",
    "ਪੰਜਾਬੀ": "Panjabi",
    "अमूल दूध ५०० मिली": "Amul Dudh 500 Mili",
    "Café ₹10 – “new”": 'Cafe Rs 10 - "new"',
    "Soap 石鹸": "Soap ??",
}
CODES = re.compile(rb"\x1b(?:[@2PEF]|W.|C\x00.)|[\x0f\x12]", re.DOTALL)


def forms(paper: bytes) -> list[list[str]]:
    """What stands on each form, its lines as a plain printer sets them."""
    assert paper.isascii()
    bare = CODES.sub(b"", paper).decode("ascii")
    *pages, rest = bare.split("\f")
    assert rest == "", "the last form is fed out"
    return [page.split("\r\n")[:-1] for page in pages]


def paper(bill: Issued, size: Size, *copies: Copy) -> list[list[str]]:
    return forms(made(bill, copies=copies or ONE, size=size).data)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_written_as_it_sounds(name: str) -> None:
    assert plain(name) == NAMES[name]


@given(st.text())
def test_whatever_is_typed_becomes_printable_ascii(text: str) -> None:
    assert all(" " <= letter <= "~" for letter in plain(text))


@pytest.mark.parametrize("size", RIBBONS)
def test_no_form_is_longer_or_wider_than_its_paper(size: Size) -> None:
    ribbon = RIBBONS[size]
    goods = [item(at, name=name) for at, name in enumerate(NAMES)] + items(60)
    goods = [item(at, name=one.name) for at, one in enumerate(goods)]
    for page in paper(issued(goods), size):
        assert len(page) <= ribbon.lines - 2
        assert max(map(len, page)) <= ribbon.columns


@pytest.mark.parametrize("size", RIBBONS)
def test_the_printer_is_told_pitch_and_length_and_left_as_it_was(size: Size) -> None:
    ribbon = RIBBONS[size]
    data = made(issued(items(3)), copies=ONE, size=size).data
    pitch = b"\x0f" if ribbon.columns == 136 else b"\x12"
    assert data.startswith(b"\x1b@\x1b2\x1bC\x00" + bytes([ribbon.inches]) + b"\x1bP" + pitch)
    assert data.endswith(b"\x0c\x1b@")
    assert data.count(b"\x1bE") == data.count(b"\x1bF"), "bold ends where it began"
    assert data.count(b"\x1bW\x01") == data.count(b"\x1bW\x00")


@pytest.mark.parametrize("size", RIBBONS)
def test_figures_stand_under_one_another_whatever_the_names_are(size: Size) -> None:
    """The last column of every row ends where its heading does, also beside Indian names."""
    goods = [item(at, name=name) for at, name in enumerate(NAMES)]
    bill = issued(goods)
    amounts = {f"{line.amount.paise / 100:,.2f}"[-6:] for line in bill.document.lines}  # type: ignore[union-attr]
    ends = set()
    for page in paper(bill, size):
        for line in page:
            if re.match(r" ?\d+ [A-Z]", line) and line.rstrip()[-6:] in amounts:
                ends.add(len(line.rstrip()))
    assert ends == {RIBBONS[size].columns}


@pytest.mark.parametrize("size", RIBBONS)
def test_every_line_and_the_total_are_on_the_paper(size: Size) -> None:
    said = "\n".join("\n".join(page) for page in paper(issued(items(45)), size))
    for number in range(1, 46):
        assert re.search(rf"^ ?{number} \w", said, re.MULTILINE), number
    for word in ("TAX INVOICE", "27AAPFU0939F1ZV", "SAL/26-27/004217", "19053100", "Carried"):
        assert word in said
    assert "Rs " in said
    assert "Place of supply: 27 - Maharashtra" in said


def test_each_copy_says_which_it_is() -> None:
    pages = paper(issued(items(2)), Size.COLUMNS_80, *Copy)
    marks = ["ORIGINAL FOR RECIPIENT", "DUPLICATE FOR TRANSPORTER", "TRIPLICATE FOR SUPPLIER"]
    assert [page[0].rstrip().endswith(mark) for page, mark in zip(pages, marks, strict=True)] == [
        True
    ] * 3


def test_a_second_paper_and_a_cancelled_one_say_so_on_every_form() -> None:
    bill = issued(items(60), printed=1, cancelled=True)
    pages = paper(bill, Size.COLUMNS_80)
    assert len(pages) > 1
    assert all(page[0].startswith("REPRINT CANCELLED") for page in pages)


@pytest.mark.parametrize("kind", [Kind.CHALLAN, Kind.ESTIMATE, Kind.ORDER])
def test_the_other_papers_have_columns_too(kind: Kind) -> None:
    goods = items(3)
    bill = issued(goods, asks(goods), draft={"kind": kind, "note": "on approval"})
    assert paper(bill, Size.COLUMNS_136)


def test_labels_are_english_since_the_printer_has_no_other_letters() -> None:
    data = made(issued(items(2)), copies=ONE, size=Size.COLUMNS_80, language="hi").data
    assert b"Place of supply" in data
