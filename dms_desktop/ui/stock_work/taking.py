"""What came of a transfer, line by line, by scan or all at a key; what is lost has a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from dms_desktop.domain.units import BadQuantity, read_quantity
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import day_text, grouped
from dms_desktop.services.posting import Posted
from dms_desktop.services.stock_rows import Piece
from dms_desktop.services.stock_seen import Lying, Seen
from dms_desktop.services.transfers import Leg, Sent, Taking, receive
from dms_desktop.ui import messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.table import Column
from dms_desktop.ui.stock_work.places import Around
from dms_desktop.ui.stock_work.sheet import ScanSheet
from dms_desktop.ui.stock_work.typed import new_id
from dms_desktop.ui.theme import Role


@dataclass(frozen=True, slots=True)
class Coming:
    """A line of the transfer and what is said of it now."""

    leg: Leg
    came: int = 0
    lost: int = 0

    @property
    def stays(self) -> int:
        return self.leg.left - self.came - self.lost


def _batch(row: Coming) -> str:
    line = row.leg.line
    return f"{line.batch}  {day_text(line.expiry)}" if line.expiry else line.batch


COLUMNS: Sequence[Column[Coming]] = (
    Column(N_("Item"), lambda row: row.leg.line.name),
    Column(N_("Batch / Expiry"), _batch, 22),
    Column(N_("On the way"), lambda row: grouped(row.leg.left), 11, right=True),
    Column(N_("Came"), lambda row: grouped(row.came) if row.came else "", 9, right=True),
    Column(N_("Lost"), lambda row: grouped(row.lost) if row.lost else "", 9, right=True),
    Column(N_("Still out"), lambda row: grouped(row.stays) if row.stays else "", 11, right=True),
)


class TakingSheet(ScanSheet[Coming]):
    def __init__(self, floor: Floor, sent: Sent, around: Around) -> None:
        said = {"number": sent.issued.number, "source": sent.source.name, "godown": sent.to.name}
        title = _("{number}: from {source} to {godown}").format(**said)
        super().__init__(floor, title, COLUMNS)
        self.sent, self.id = sent, new_id()
        self.rows = [Coming(leg) for leg in sent.legs]
        self.reason = self.combo(
            _("Reason for what is lost"),
            [("", ""), *((each.name, each.code) for each in around.grounds)],
        )
        self.note = self.words(_("Note"))
        self.add_button("stock_work.all", self.all_came)
        self.add_button("stock_work.lost", self.rest_lost)
        self.buttons.addStretch()
        self.add_button("stock_work.save", self.save, first=True)
        self.table.show_rows(self.rows, None)

    @property
    def approved_as(self) -> UUID:
        return self.id

    @property
    def place(self) -> int:
        (end,) = {leg.line.end.place_id for leg in self.sent.legs if leg.line.end}
        return end

    def choices(self, found: Seen) -> list[tuple[str, Lying | None]]:
        mine = {leg.line.lot_id for leg in self.sent.legs}
        return [pair for pair in super().choices(found) if pair[1] and pair[1].line.lot_id in mine]

    def entered(self, piece: Piece, lying: Lying | None) -> None:
        """So many more came of a line; what is none of the transfer is said to be so."""
        assert self.seen is not None
        try:
            qty = read_quantity(piece.qty, self.seen.item.case, self.seen.item.inner).billed
        except BadQuantity as error:
            self.say(messages.of_quantity(error, self.seen.item.name), Role.FAULT)
            return
        for at, row in enumerate(self.rows):
            if lying and (row.leg.line.lot_id, row.leg.bucket) == (
                lying.line.lot_id, lying.bucket,
            ):  # fmt: skip
                self._set(at, replace(row, came=row.came + qty))
                self.clear()
                return
        said = _("{item} is not on this transfer.").format(item=self.seen.item.name)
        self.say(said, Role.FAULT)
        self.to_scan()

    def all_came(self) -> None:
        """Of every line that nothing is said of yet."""
        self.rows = [
            row if row.came or row.lost else replace(row, came=row.leg.left) for row in self.rows
        ]
        self.table.show_rows(self.rows, None, max(self.table.currentIndex().row(), 0))

    def rest_lost(self) -> None:
        """What is still out of the line that the cursor is on is given up, or is not after all."""
        at = self.table.currentIndex().row()
        if 0 <= at < len(self.rows):
            row = self.rows[at]
            self._set(at, replace(row, lost=0 if row.lost else max(row.stays, 0)))

    def save(self) -> None:
        came = {at: row.came for at, row in enumerate(self.rows) if row.came}
        lost = {at: row.lost for at, row in enumerate(self.rows) if row.lost}
        uid, reason = self.sent.issued.document.head.id, str(self.reason.currentData() or "")
        asked = Taking(self.id, uid, came, lost, reason, self.note.text().strip())
        self.floor.desk.do(receive, asked, done=self._saved, undone=self.tell)

    def _set(self, at: int, row: Coming) -> None:
        self.rows[at] = row
        self.table.show_rows(self.rows, None, at)

    def _saved(self, posted: Posted) -> None:
        self.left.emit(_("Saved as {number}.").format(number=posted.number))
