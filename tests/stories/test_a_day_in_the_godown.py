"""A whole day in the godown as prose that is also run: from the brand's truck to the cash."""

from __future__ import annotations

import doctest
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from dms_desktop.domain.money import rate, rupees
from dms_desktop.domain.refusals import Refused
from dms_desktop.domain.settlement import Taken
from dms_desktop.domain.trip import Result
from dms_desktop.language.figures import amount
from dms_desktop.language.sentences import say
from dms_desktop.services import (
    counts,
    expiry,
    picking,
    picking_close,
    picking_deeds,
    picking_rows,
    purchases,
    stages,
)
from dms_desktop.services.picking_swaps import Swapping, swap_batch
from dms_desktop.services.posting import Posted
from dms_desktop.services.stock_rows import Piece
from dms_desktop.services.verifying import verify
from tests.books import Book, founded
from tests.services import buying, godowns, roads

STORY = Path(__file__).parent / "godown" / "a_day_in_the_godown.md"


class Keeper:
    """The godown's deeds in the words of a story; what is refused is said as the screen says it."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.bills: dict[str, Posted] = {}
        self.sheet = UUID(int=0)

    def day(self, text: str) -> None:
        self.book.clock.now = datetime(*date.fromisoformat(text).timetuple()[:3], 4, 0, tzinfo=UTC)
        for line in self.book.write(expiry.move_expired).moved:
            print(f"{line.qty} of {line.name} {line.batch} are past their date")

    def lies(self, item: str) -> None:
        for (place, batch, bucket), qty in sorted(godowns.lying(self.book, item).items()):
            print(f"{place:8} {bucket:13} {batch:4} {qty:>5}")

    def receives(
        self, item: str, batch: str, expires: str, pieces: int, at: str, **more: Any
    ) -> Any:
        total = more.pop("total", "")
        ask = buying.ask(
            self.book, item, pieces, at, batch=batch, expiry=date.fromisoformat(expires),
            ptr=rate("30.00"), **more,
        )  # fmt: skip
        draft = buying.draft(self.book, ask, total=total)
        return self.said(lambda: purchases_said(self.book, draft))

    def bill(self, party: str, **goods: int) -> str:
        made = self.book.bill(party, self.today, **goods)
        self.bills[party] = made
        return f"{made.number}  {amount(made.total.paise)}"

    def sends(self, item: str, qty: str, to: str) -> Any:
        def send() -> str:
            self.way = godowns.sent(self.book, Piece(item, qty), to=to)
            return self.way.number

        return self.said(send)

    def arrives(self, **came: Any) -> Any:
        return self.said(lambda: godowns.took(self.book, self.way, **came).number)

    def picks(self) -> None:
        papers = tuple(made.id for made in self.bills.values())
        self.list: UUID = self.book.write(picking.make, picking.Wanted(uuid4(), papers))
        self.shows()

    def shows(self) -> None:
        for row in self.rows:
            print(f"{row.id}  {row.name:20} {row.batch:4} {row.qty:>4} {row.state.value}")

    @property
    def rows(self) -> Any:
        return self.book.read(picking_rows.shown, self.list).rows

    def ticks(self, row: int) -> Any:
        tick = picking_deeds.Tick(self.list, row, None)
        return self.said(lambda: self.book.write(picking_deeds.tick, tick).state.value)

    def finds(self, row: int, pieces: int, why: str) -> Any:
        short = (picking_deeds.short, self.list, row, pieces, why)
        return self.said(lambda: self.book.write(*short).state.value)

    def swaps(self, row: int, batch: str, why: str, pieces: int) -> Any:
        asked = Swapping(uuid4(), self.list, row, batch, why, pieces)
        return self.said(lambda: self.book.write(swap_batch, asked).state.value)

    def closes_the_list(self) -> None:
        while step := self.book.write(picking_close.settle_next, self.list):
            print(step.number, f"credited by {step.paper.number}" if step.paper else "whole")
        self.book.write(picking_close.packed, self.list)

    def counts(self, item: str, batch: str, pieces: str) -> str:
        self.sheet = self.book.write(counts.start, counts.NewSheet(uuid4(), "item", item))
        found = self.book.write(counts.count, self.sheet, Piece(item, pieces, batch))
        return f"{found.book} by the books, {found.counted} on the rack"

    def closes_the_count(self) -> str:
        closed = self.book.write(counts.close, counts.Closing(uuid4(), self.sheet))
        return f"{closed.differing} of {closed.counted} differ"

    def loads(self, *parties: str) -> str:
        self.trip = roads.gone(self.book, *(self.bills[party] for party in parties))
        return str(roads.seen(self.book, self.trip).number)

    def delivers(self, party: str, result: str, reason: str = "", **back: tuple[int, int]) -> Any:
        rows = {int(row.removeprefix("row")): pieces for row, pieces in back.items()}
        of = (self.trip, self.bills[party], Result(result), reason, rows)

        def deliver() -> str:
            note = roads.told(self.book, *of)
            return f"{note.number}  {amount(note.total.paise)}" if note else "delivered"

        return self.said(deliver)

    def settles(self, cash: int, **said: Any) -> Any:
        return self.said(lambda: roads.settled(self.book, self.trip, cash, **said).number)

    def paid(self, party: str, cash: str, off: str = "0") -> dict[UUID, Taken]:
        return {self.bills[party].id: Taken(rupees(cash), discount=rupees(off))}

    def stands(self) -> None:
        board = self.book.read(stages.board)
        where = {each.id: each.stage.value for each in board.bills}
        for party, made in self.bills.items():
            print(f"{party:8} {where[made.id]}")

    def ledger(self, account: str) -> str:
        paise = self.book.value(
            "SELECT coalesce(sum(paise), 0) FROM ledger_entry JOIN account"
            " ON account.id = account_id WHERE code = :code",
            code=account,
        )
        return amount(int(paise))

    @property
    def verdict(self) -> str:
        return "nothing is wrong" if not self.book.read(verify).findings else "something is wrong"

    @property
    def today(self) -> date:
        return self.book.clock().date()

    def said(self, deed: Any) -> Any:
        try:
            return deed()
        except Refused as refused:
            return say(refused.problems[0])


def purchases_said(book: Book, draft: Any) -> str:
    saved = book.write(purchases.post_purchase, draft).posted
    return f"{saved.number}  {amount(saved.total.paise)}"


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    book = founded(tmp_path / "books.db")
    buying.supplier(book)
    godowns.second_godown(book)
    roads.road(book)
    yield Keeper(book)
    book.database.close()


def test_a_day_in_the_godown(keeper: Keeper, capsys: pytest.CaptureFixture[str]) -> None:
    failed, tried = doctest.testfile(
        str(STORY),
        module_relative=False,
        globs={"keeper": keeper, "rupees": rupees},
        optionflags=doctest.NORMALIZE_WHITESPACE | doctest.REPORT_NDIFF,
        encoding="utf-8",
    )
    assert tried
    assert not failed, capsys.readouterr().out
