"""Licence numbers on the paper: the seller's, the buyer's, and of drugs his drug licence too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dms_desktop.domain.company import Issued
from dms_desktop.printing.paper import SHEETS, Size
from tests.printing.bills import issued, items
from tests.printing.reading import words

PAPER = issued(items(3))


def sold_to(drug_licence: str) -> Issued:
    document = PAPER.document
    assert document.head.party is not None
    party = replace(document.head.party, drug_licence=drug_licence)
    return replace(PAPER, document=replace(document, head=replace(document.head, party=party)))


@pytest.mark.parametrize("size", SHEETS)
def test_the_buyer_s_drug_licences_stand_below_his_fssai_number(size: Size) -> None:
    said = " ".join(words(sold_to("20B MH-9, 21B MH-10"), size).split())
    assert "Drug licence 20B MH-9, 21B MH-10" in said
    assert "FSSAI 21523998000456" in said
    assert words(sold_to(""), size).count("Drug licence") == 1  # our own
