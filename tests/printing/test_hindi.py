"""A paper in Hindi says the same as in English: law, figures and places are not touched."""

from __future__ import annotations

import re

import pytest

from dms_desktop.domain.goods_line import Kind
from dms_desktop.language.catalogue import use
from dms_desktop.printing.invoice import invoice
from dms_desktop.printing.paper import SHEETS, Size
from tests.printing.bills import FAR_SHOP, issued, items
from tests.printing.reading import ONE, collisions, marks, sheets, words

FIGURE = re.compile(r"-?₹?\d[\d,]*\.\d\d")
SIZES = SHEETS


def texts(document: object, size: Size, language: str) -> list[str]:
    return [mark.text for sheet in marks(document, size, language) for mark in sheet]  # type: ignore[arg-type]


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("size", SIZES)
def test_labels_are_hindi_and_the_words_of_the_law_its_own(size: Size) -> None:
    bill = issued(items(12))
    said = texts(bill, size, "hi")
    for label in ("माल का विवरण", "तारीख़", "सप्लाई का स्थान", "27 - महाराष्ट्र", "कुल", "अधिकृत हस्ताक्षर"):
        assert label in said, label
    assert "TAX INVOICE" in said
    assert "ORIGINAL FOR RECIPIENT" in sheets(invoice(bill, copies=ONE, language="hi"))[0]
    assert "GSTIN 27AADCB2230M1Z3" in said


@pytest.mark.usefixtures("made_words")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lines", [1, 12])
def test_every_figure_is_that_of_the_english_paper(size: Size, lines: int) -> None:
    bill = issued(items(lines), party=FAR_SHOP)
    told = [[f for t in texts(bill, size, one) for f in FIGURE.findall(t)] for one in ("en", "hi")]
    carried = [set(figures) for figures in told]
    assert carried[0] == carried[1]


@pytest.mark.usefixtures("made_words")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", [Kind.BILL, Kind.CHALLAN, Kind.ESTIMATE, Kind.ORDER])
def test_no_hindi_text_runs_into_another(size: Size, kind: Kind) -> None:
    paper = issued(items(30), draft={"kind": kind, "note": "on approval"})
    for sheet in marks(paper, size, "hi"):
        assert list(collisions(sheet)) == []


@pytest.mark.usefixtures("hindi")
def test_a_paper_speaks_what_was_asked_of_it_whatever_the_screen_speaks() -> None:
    bill = issued(items(2))
    assert "Description of goods" in words(bill)
    use("en")
    assert "Description of goods" in words(bill)
    assert "Description of goods" not in words(bill, language="hi")
