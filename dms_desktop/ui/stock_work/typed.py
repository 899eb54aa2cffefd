"""Goods that are typed row by row and saved as one paper: a transfer, an adjustment."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QCheckBox

from dms_desktop.domain.godown_papers import Carriage
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.uid import uuid7
from dms_desktop.language.catalogue import N_, _, ngettext
from dms_desktop.language.figures import grouped
from dms_desktop.services.adjustments import Adjusting, Moving, adjust, move_bucket
from dms_desktop.services.posting import Posted
from dms_desktop.services.stock_rows import Piece
from dms_desktop.services.stock_seen import Lying, Seen
from dms_desktop.services.transfers import Sending, send
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.table import Column
from dms_desktop.ui.stock_work.columns import BUCKETS
from dms_desktop.ui.stock_work.places import Around
from dms_desktop.ui.stock_work.sheet import ScanSheet, lot_text


@dataclass(frozen=True, slots=True)
class Typed:
    name: str
    lot: str
    piece: Piece


COLUMNS: Sequence[Column[Typed]] = (
    Column(N_("Item"), lambda row: row.name),
    Column(N_("Batch"), lambda row: row.lot or _("first expiry first"), 40),
    Column(N_("Pieces"), lambda row: row.piece.qty, 12, right=True),
)


def new_id() -> UUID:
    from datetime import UTC, datetime

    return uuid7(datetime.now(UTC), os.urandom(10))


class TypedSheet(ScanSheet[Typed]):
    """Saved once: asked again after a doubt, the same id goes to the books."""

    def __init__(self, floor: Floor, title: str, around: Around) -> None:
        super().__init__(floor, title, COLUMNS)
        self.around, self.rows, self.id = around, list[Typed](), new_id()
        self.godown = self.combo(_("Godown"), [(each.name, each) for each in around.places])
        self.add_button("stock_work.remove", self.remove)
        self.buttons.addStretch()
        self.add_button("stock_work.save", self.save, first=True)
        self.godown.currentIndexChanged.connect(lambda _at: self.clear())

    @property
    def approved_as(self) -> UUID:
        return self.id

    @property
    def place(self) -> int:
        return int(self.godown.currentData().id)

    def entered(self, piece: Piece, lying: Lying | None) -> None:
        assert self.seen is not None
        lot = piece.batch or "" if lying is None else lot_text(lying)
        self.rows.append(Typed(self.seen.item.name, lot, piece))
        self._changed()
        self.clear()

    def remove(self) -> None:
        at = self.table.currentIndex().row()
        if 0 <= at < len(self.rows):
            del self.rows[at]
            self._changed()

    def save(self) -> None:
        action, asked = self.asked()
        self.floor.desk.do(action, asked, done=self._saved, undone=self.tell)

    @abstractmethod
    def asked(self) -> tuple[Callable[..., Any], Any]:
        """The verb and what is asked of it."""

    def _saved(self, posted: Posted) -> None:
        self.left.emit(_("Saved as {number}.").format(number=posted.number))

    def _changed(self) -> None:
        self.table.show_rows(self.rows, None, len(self.rows) - 1)
        count = len(self.rows)
        self.say(ngettext("{count} row", "{count} rows", count).format(count=grouped(count)))


class SendSheet(TypedSheet):
    """From the godown in the head to another one, or into a van."""

    def __init__(self, floor: Floor, around: Around) -> None:
        super().__init__(floor, _("Send goods to another godown"), around)
        self.to = self.combo(_("To"), [(each.name, each) for each in around.places])
        self.to.setCurrentIndex(min(1, self.to.count() - 1))
        self.vehicle = self.words(_("Vehicle"))
        self.direct = QCheckBox(_("It lies there at once"))
        self.head.addWidget(self.direct)

    def choices(self, found: Seen) -> list[tuple[str, Lying | None]]:
        lying = [(lot_text(row), row) for row in found.lots if row.qty]
        return [(_("first expiry first"), None), *lying]

    def asked(self) -> tuple[Callable[..., Any], Any]:
        carried = Carriage(vehicle=self.vehicle.text().strip())
        rows = tuple(row.piece for row in self.rows)
        ends = self.to.currentData().code, rows, self.godown.currentData().code
        return send, Sending(self.id, *ends, self.direct.isChecked(), carried)


class AdjustSheet(TypedSheet):
    """Pieces that are gone, or found where a plus is typed; or set apart into another bucket."""

    def __init__(self, floor: Floor, around: Around) -> None:
        super().__init__(floor, _("Put stock right"), around)
        into: list[tuple[str, Bucket | None]] = [(_("Gone, or with a plus found"), None)]
        into += [
            (_("Set apart: {bucket}").format(bucket=_(BUCKETS[each])), each) for each in Bucket
        ]
        self.deed = self.combo(_("What happened"), into)
        self.reason = self.combo(_("Reason"), [(each.name, each.code) for each in around.grounds])
        self.note = self.words(_("Note"))

    def fresh_lot(self) -> bool:
        return True

    def asked(self) -> tuple[Callable[..., Any], Any]:
        rows, bucket = tuple(row.piece for row in self.rows), self.deed.currentData()
        rest = str(self.reason.currentData() or ""), self.godown.currentData().code
        note = self.note.text().strip()
        if bucket is None:
            return adjust, Adjusting(self.id, rows, *rest, note)
        return move_bucket, Moving(self.id, rows, Bucket(bucket), *rest, note)
