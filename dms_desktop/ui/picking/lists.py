"""The pick lists, the newest first, and how far each is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal

from dms_desktop.domain.picking import PickListHead
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.printers import PaperKind
from dms_desktop.language.catalogue import N_
from dms_desktop.services import picking_rows
from dms_desktop.store.session import Reading
from dms_desktop.ui import keys
from dms_desktop.ui.billing.on_paper import OnPaper
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.list_screen import Listing, ListScreen
from dms_desktop.ui.picking.columns import LISTS
from dms_desktop.ui.theme import Role, dress


@needs(Power.LOOK)
def _read(reading: Reading, text: str, after: Any) -> tuple[tuple[PickListHead, ...], None]:
    return picking_rows.lists(reading, text=text), None


class ListsPage(ListScreen[PickListHead]):
    """`wanted` when a new list is to be made."""

    wanted = Signal()

    def __init__(self, floor: Floor) -> None:
        super().__init__(
            floor,
            Listing(
                N_("Picking"),
                N_("Number, route, vehicle or bill"),
                LISTS,
                _read,
                lambda head: head.id,
                frozenset({"pick_list"}),
                N_("Nothing is being picked. Make a list of the bills that are to go out."),
            ),
        )
        self.on_paper = OnPaper(floor, "paper of a pick list", self.say)
        self.buttons.addWidget(keys.button(self, "picking.print", self.print))
        self.buttons.addStretch()
        self.buttons.addWidget(
            dress(keys.button(self, "picking.new", self.wanted.emit), Role.PRIMARY)
        )

    def print(self) -> None:
        """The list in rack order, for a picker without a screen."""
        if (head := self.table.current()) is not None:
            self.on_paper.print(head.id, PaperKind.PICK_LIST)
