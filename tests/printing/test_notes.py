"""The papers of the godown in every size: all that they must show, in every script, never torn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dms_desktop.domain.godown_papers import DropList, LoadingSheet, Note, PickSheet
from dms_desktop.domain.money import Money
from dms_desktop.language.catalogue import speaking
from dms_desktop.printing.dot_matrix import RIBBONS
from dms_desktop.printing.narrow import narrow
from dms_desktop.printing.note_papers import note_form
from dms_desktop.printing.note_sheet import note_sheets
from dms_desktop.printing.paper import ROLLS, SHEETS, STYLES, Copy, Size
from dms_desktop.printing.papers import made, pack
from tests.printing.notes import (
    NAMES,
    NOTES,
    drop_list,
    heading,
    loading,
    pick,
    receipt,
    sent_back,
    transfer,
)
from tests.printing.reading import ONE, collisions, sheets, watching
from tests.printing.test_dot_matrix import forms
from tests.printing.test_golden import same

MUST_SAY = {
    "pick_list": ("PICK LIST", "PK/26-27/00071", "A-02-3", "B26111", "2 cs + 18 pc", "Ganesh"),
    "loading_sheet": (
        "LOADING SHEET", "MH 14 GT 2231", "Sunil Jadhav", "488.25 kg", "44 cs + 30 pc",
        "1,53,540.00",
        "The load of 488.25 kg is over the vehicle's 400.00 kg.", "B/26-27/04208",
    ),
    "drop_list": ("DROP LIST", "98220 11223", "Deliver before noon", "49,380.00", "2,500.00"),
    "goods_receipt": (
        "GOODS RECEIPT NOTE", "GFL/26/88123", "27AAACG1234F1Z8", "Wet cartons", "5,39,456.98",
        "MRP 10.00, at the last receipt 9.50.", "67.04", "LR 5521",
    ),
    "transfer": (
        "DELIVERY CHALLAN", "CONSIGNER", "CONSIGNEE", "Hadapsar depot", "19053100",
        "Rule 55 of the CGST Rules", "Stock for Hadapsar", "6,008.46", "27AAPFU0939F1ZV",
    ),
    "debit_note": ("DEBIT NOTE", "SUPPLIER", "DC/26-27/00031", "Expired", "150.57", "6,309.60"),
    "return_challan": ("DELIVERY CHALLAN", "CONSIGNEE", "Rule 55", "GFL/26/88123"),
}  # fmt: skip


def text_of(note: Note, size: Size, language: str = "en") -> str:
    """All that one copy says, on one line."""
    if size in SHEETS:
        said = sheets(made(note, copies=ONE, size=size, language=language).data)
    elif size in ROLLS:
        with speaking(language):
            form = note_form(note, language)
        said = sheets(narrow(form, form.copy_marks(ONE), size, language))
    else:
        pages = forms(made(note, copies=ONE, size=size, language=language).data)
        said = ["\n".join(page) for page in pages]
    return "\n".join(said)


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("name", NOTES)
def test_a_paper_shows_what_it_is_for(name: str, size: Size) -> None:
    said = " ".join(text_of(NOTES[name], size).split())
    squeezed = said.replace(" ", "")
    for fact in MUST_SAY[name]:
        assert fact.replace(" ", "") in squeezed, fact


@pytest.mark.parametrize("size", [*SHEETS, *ROLLS])
@pytest.mark.parametrize("name", [name for name in NOTES if name != "drop_list"])
def test_names_stand_in_their_own_scripts(name: str, size: Size) -> None:
    said = " ".join(text_of(NOTES[name], size).split())
    for item in NAMES[:-1]:
        assert item in said, item


@pytest.mark.parametrize("size", RIBBONS)
@pytest.mark.parametrize("name", NOTES)
def test_columns_fit_the_form(name: str, size: Size) -> None:
    for page in forms(made(NOTES[name], copies=ONE, size=size).data):
        assert len(page) <= RIBBONS[size].lines - 2
        assert max(map(len, page)) <= RIBBONS[size].columns


@pytest.mark.parametrize("size", ["a4", "a5", "80mm", "58mm", "80col", "136col"])
@pytest.mark.parametrize("name", NOTES)
def test_a_paper_says_what_it_said_before(name: str, size: str) -> None:
    same(f"{name}_{size}", text_of(NOTES[name], Size(size)).rstrip() + "\n")


@pytest.mark.parametrize("size", SHEETS)
@pytest.mark.parametrize(
    "note",
    [pick(80), loading(40, 60), drop_list(45), receipt(75), transfer(75), sent_back(75)],
    ids=lambda note: type(note).__name__,
)
def test_a_long_paper_loses_no_row_and_repeats_its_head(note: Note, size: Size) -> None:
    said = sheets(made(note, copies=ONE, size=size).data)
    assert len(said) > 2
    for page in said:
        assert note.heading.number in page
    count = len(note.drops if isinstance(note, DropList | LoadingSheet) else note.rows)
    every = "\n".join(said).split()
    assert all(str(number) in every for number in range(1, count + 1))
    assert f"Page {len(said)} of {len(said)}" in said[-1]
    if isinstance(note, PickSheet):
        assert all(row.goods.batch in every for row in note.rows)


@pytest.mark.parametrize("size", [Size.A4, Size.ROLL_80, Size.COLUMNS_80])
def test_a_challan_has_the_three_copies_of_rule_55(size: Size) -> None:
    note = NOTES["transfer"]
    if size is Size.ROLL_80:
        form = note_form(note, "en")
        said = sheets(narrow(form, form.copy_marks(tuple(Copy)), size, "en"))
    elif size is Size.A4:
        said = sheets(made(note, copies=tuple(Copy), size=size).data)
    else:
        said = ["\n".join(page) for page in forms(made(note, copies=tuple(Copy), size=size).data)]
    for page, whose in zip(said, ("CONSIGNEE", "TRANSPORTER", "CONSIGNER"), strict=True):
        assert f"FOR {whose}" in page
    assert len(sheets(made(pick(), copies=tuple(Copy)).data)) == 1, "a pick list has no copies"


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize("size", SHEETS)
@pytest.mark.parametrize("name", [*NOTES, "tortured"])
def test_no_text_runs_into_another_or_off_the_sheet(name: str, size: Size, language: str) -> None:
    note = NOTES[name] if name in NOTES else _tortured()
    make_pen, found = watching()
    with speaking(language):
        form = note_form(note, language)
        note_sheets([(form, form.copy_marks(ONE))], size, language, make_pen)
    style = STYLES[size]
    for sheet in found:
        assert [pair for pair in collisions(sheet) if "CANCELLED" not in pair[0].text] == []
        assert min(mark.left for mark in sheet) >= style.margin - 0.1
        assert max(mark.right for mark in sheet) <= style.width - style.margin + 0.1
        assert max(mark.bottom for mark in sheet) <= style.height - style.margin + 1


def _tortured() -> Note:
    """Everything as long as it may be typed."""
    note = receipt(60)
    long = "Very long name of an item that nobody would type " * 3
    rows = tuple(
        replace(
            row,
            goods=replace(
                row.goods,
                name=long,
                batch="BATCH-12345678901234567890",
                value=Money(9_99_99_999_99),
            ),
            billed=9_999_999,
            remark="Wet cartons, torn shrink and a smell of kerosene",
        )
        for row in note.rows
    )
    remark = "The driver waited since five in the morning. " * 6
    return replace(note, rows=rows, heading=heading("GR/26-27/00007", note=remark))


def test_a_transfer_that_was_counted_names_what_is_short() -> None:
    said = " ".join(text_of(transfer(counted=True), Size.A4).split())
    assert "Received Short" in said
    assert "102 3" in said


@pytest.mark.parametrize("size", [Size.A4, Size.ROLL_58, Size.COLUMNS_80])
def test_a_second_paper_and_a_cancelled_one_say_so(size: Size) -> None:
    note = replace(pick(), heading=heading("PK/1", printed=1, cancelled=True))
    said = text_of(note, size)
    assert "REPRINT" in said
    assert "CANCELLED" in said


def test_a_receipt_without_an_invoice_is_called_provisional() -> None:
    note = receipt()
    bare = replace(note, invoice="", invoice_day=None, total=replace(note.total, paise=0))
    assert "Provisional" in text_of(bare, Size.A4)


def test_all_that_a_vehicle_leaves_with_is_one_pdf() -> None:
    said = sheets(pack([loading(), drop_list(), pick()], copies=ONE))
    assert [page.split("\n")[0] for page in said] == ["LOADING SHEET", "DROP LIST", "PICK LIST"]


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert made(pick(), copies=ONE).data == made(pick(), copies=ONE).data


def test_labels_are_hindi_where_hindi_is_read() -> None:
    assert "PICK LIST" not in text_of(pick(), Size.A4, "hi")
