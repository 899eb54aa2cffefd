"""A paper that is no document, such as a pick list, is printed and remembered like a bill."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs import VERBS
from dms_desktop.domain.godown_papers import DropList, PickSheet
from dms_desktop.domain.money import ZERO
from dms_desktop.domain.printers import PaperKind
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.services import papers
from dms_desktop.services.papers import SOURCES, Source, printed_before
from dms_desktop.services.printed import Headline
from dms_desktop.services.registers.printers import PRINT_RULES, PRINTERS
from dms_desktop.services.verifying import verify
from dms_desktop.store.session import Reading
from tests.books import TODAY, Book
from tests.printing.notes import drop_list, pick

TRIP = UUID(int=7)
TWO: dict[PaperKind, PickSheet | DropList] = {
    PaperKind.PICK_LIST: pick(3),
    PaperKind.DROP_LIST: drop_list(2),
}


@pytest.fixture
def trip(monkeypatch: pytest.MonkeyPatch) -> UUID:
    """A trip that has two papers, as whoever makes trips adds them."""
    for kind, note in TWO.items():

        def fill(
            reading: Reading, uid: UUID, before: int, note: PickSheet | DropList = note
        ) -> PickSheet | DropList:
            return replace(note, heading=replace(note.heading, printed=before))

        def waits(
            reading: Reading, day: date | None, limit: int, kind: PaperKind = kind
        ) -> list[Headline]:
            if printed_before(reading, kind, TRIP):
                return []
            return [Headline(TRIP, TWO[kind].heading.number, TODAY, "", ZERO, cancelled=False)]

        monkeypatch.setitem(SOURCES, kind, Source(fill, waits=waits))
    return TRIP


def equip(book: Book, folder: Path) -> Path:
    tray = folder / "tray"
    tray.mkdir()
    assert PRINTERS.add is not None
    assert PRINT_RULES.add is not None
    book.write(PRINTERS.add, {"code": "TRAY", "way": "folder", "address": str(tray)})
    for kind in TWO:
        book.write(PRINT_RULES.add, {"kind": kind.value, "printer": "TRAY", "size": "a5"})
    return tray


def test_two_papers_of_one_trip_are_printed_each_once_and_remembered(
    book: Book, tmp_path: Path, trip: UUID
) -> None:
    tray = equip(book, tmp_path)
    shop = Shop(book.books, book.database, b"", book.owner, book.clock)
    done = VERBS["print unprinted"].do(shop, {"kind": ""})
    assert [each["number"] for each in done["printed"]] == ["PK/26-27/00071", "T/26-27/00019"]
    assert done["left"] == 0
    assert sorted(path.name for path in tray.iterdir()) == [
        "drop_list T-26-27-00019.pdf", "pick_list PK-26-27-00071.pdf",
    ]  # fmt: skip
    assert VERBS["print unprinted"].do(shop, {"kind": ""}) == {"printed": [], "left": 0}
    subjects = [subject for (subject,) in book.rows(
        "SELECT subject FROM audit WHERE action = 'print' ORDER BY subject"
    )]  # fmt: skip
    assert subjects == [f"drop_list:{trip.hex}", f"pick_list:{trip.hex}"]
    assert book.read(verify).clean


def test_the_second_paper_is_a_reprint_and_the_first_stays(
    book: Book, tmp_path: Path, trip: UUID
) -> None:
    equip(book, tmp_path)
    for before in range(2):
        note, route = book.read(papers.to_print, trip, PaperKind.PICK_LIST)
        assert note.heading.printed == before
        assert (route.printer.code, route.size) == ("TRAY", "a5")
        book.write(papers.mark, trip, "pick list on TRAY", PaperKind.PICK_LIST)
    other, _route = book.read(papers.to_print, trip, PaperKind.DROP_LIST)
    assert other.heading.printed == 0, "another paper of the same trip"


def test_a_kind_that_nobody_fills_has_nothing_that_waits(book: Book) -> None:
    assert book.read(papers.unprinted, PaperKind.SUPPLIER_RETURN) == []


def test_the_paper_of_a_document_is_found_by_its_id_alone(book: Book) -> None:
    posted = book.bill(TEA=1)
    issued, route = book.read(papers.to_print, posted.id)
    assert (issued.number, route) == (posted.number, None)
    (left,) = book.read(papers.unprinted, PaperKind.BILL)
    assert left.id == posted.id
    book.write(papers.mark, posted.id, "x.pdf", PaperKind.BILL)
    assert book.read(papers.unprinted, PaperKind.BILL) == []
    with pytest.raises(Refused) as caught:
        book.read(papers.to_print, UUID(int=1))
    assert caught.value.problems[0].reason is Reason.UNKNOWN_DOCUMENT
