"""What the counter is made of: each part knows its own, and the screen brings them together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject

from dms_desktop.domain.draft import Draft
from dms_desktop.domain.refusals import Reason
from dms_desktop.store.search_entries import Found
from dms_desktop.ui.billing.beside import Beside
from dms_desktop.ui.billing.beside_texts import AtHand, found_usual
from dms_desktop.ui.billing.entry import Entry
from dms_desktop.ui.billing.face import Face
from dms_desktop.ui.billing.grid import Lines
from dms_desktop.ui.billing.heading import Heading
from dms_desktop.ui.billing.keeping import Keeping
from dms_desktop.ui.billing.knowledge import Knowledge
from dms_desktop.ui.billing.model import BillModel
from dms_desktop.ui.billing.papers import Papers
from dms_desktop.ui.billing.saving import Saving
from dms_desktop.ui.billing.side import Side
from dms_desktop.ui.billing.standing import Standing
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.kit.banner import Banners


class Parts(NamedTuple):
    """`new_draft` opens a bill of today."""

    desk: Desk
    new_draft: Callable[[], Draft]
    banners: Banners
    knowledge: Knowledge
    model: BillModel
    keeping: Keeping
    saving: Saving
    papers: Papers
    heading: Heading
    entry: Entry
    lines: Lines
    beside: Beside
    standing: Standing
    side: Side
    face: Face

    @property
    def draft(self) -> Draft:
        return self.model.draft

    @property
    def name(self) -> str:
        """The party's, as far as it is known."""
        return self.knowledge.facts.party.name if self.knowledge.facts else ""

    @property
    def is_blank(self) -> bool:
        """Nobody has typed anything for the next customer."""
        typed = self.heading.party.text() or self.entry.item.text()
        return not self.draft.asks and self.draft.party is None and not typed

    def change(self, draft: Draft) -> None:
        self.model.replace(draft)

    def at_hand(self) -> AtHand | None:
        """The item being typed, else that of the line which the cursor is on."""
        facts, number = self.knowledge.facts, self.lines.current_number()
        if facts is None:
            return None
        life, day = facts.party.min_life_days, self.draft.day
        if self.entry.begun_item:
            item = self.knowledge.item(self.entry.begun_item)
            return AtHand(item, day, life) if item else None
        if number is None or number >= len(self.draft.asks):
            return None
        item = self.knowledge.item(self.draft.asks[number].item_id)
        lines = tuple(line for line in self.model.priced.lines if line.ask == number)
        return AtHand(item, day, life, lines) if item else None

    def row_of(self, reasons: set[Reason]) -> int | None:
        """The row that a key answers: the current one, else the last with such a problem."""
        rows = [each.row for each in self.model.priced.problems if each.reason in reasons]
        current = self.lines.current_number()
        return current if current in rows else (rows[-1] if rows else None)


def build(
    desk: Desk, new_draft: Callable[[], Draft], folder: Path, banners: Banners, owner: QObject
) -> Parts:
    """Papers go into `folder`, faults above `banners`; all of it lives as long as `owner`."""
    knowledge = Knowledge(desk, owner)
    model = BillModel(new_draft(), knowledge, owner)
    keeping = Keeping(desk, owner)
    beside = Beside(desk, owner)

    def usual() -> tuple[Found, ...]:
        return found_usual(beside.party)

    heading = Heading(desk)
    entry = Entry(desk, knowledge, usual, lambda: model.draft.day)
    lines, side = Lines(model, lambda text: bool(entry.by_code(text))), Side()
    return Parts(
        desk, new_draft, banners, knowledge, model, keeping, Saving(desk, keeping, owner),
        Papers(desk, folder, owner), heading, entry, lines, beside, Standing(desk, owner), side,
        Face(heading, entry, lines, side),
    )  # fmt: skip
