"""The trips, the newest first, and the stage board: how many bills are how far."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from dms_desktop.domain.powers import Power, needs
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import grouped
from dms_desktop.services import stages, trip_reads
from dms_desktop.services.stages import Board, Stage, Staged
from dms_desktop.services.trip_reads import TripRow
from dms_desktop.store.session import Reading
from dms_desktop.ui import keys
from dms_desktop.ui.dispatch.columns import STAGED, STAGES, TRIPS
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.list_screen import Listing, ListScreen
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.theme import Role, dress


@needs(Power.LOOK)
def _read(reading: Reading, text: str, after: Any) -> tuple[list[TripRow], None]:
    return trip_reads.trips(reading, text=text), None


@needs(Power.LOOK)
def _board(reading: Reading, text: str) -> Board:
    return stages.board(reading, text=text)


@needs(Power.LOOK)
def _staged(reading: Reading, text: str, after: Any) -> tuple[tuple[Staged, ...], None]:
    return _board(reading, text).bills, None


class TripsPage(ListScreen[TripRow]):
    """`wanted` when a new trip is to be made, `boarded` for the stage board, `vans` for those that
    goods are sold from."""

    wanted, boarded, vans = Signal(), Signal(), Signal()

    def __init__(self, floor: Floor) -> None:
        super().__init__(
            floor,
            Listing(
                N_("Dispatch"),
                N_("Trip, vehicle or driver"),
                TRIPS,
                _read,
                lambda row: row.id,
                frozenset({"trip"}),
                N_("No vehicle is loaded. Make a trip of the bills that are to go out."),
            ),
        )
        self.buttons.addWidget(keys.button(self, "dispatch.board", self.boarded.emit))
        self.buttons.addWidget(keys.button(self, "dispatch.vans", self.vans.emit))
        self.buttons.addStretch()
        made = dress(keys.button(self, "dispatch.new", self.wanted.emit), Role.PRIMARY)
        self.buttons.addWidget(made)


class StageCard(QFrame):
    """A stage with its bills; large, since it is read from across the room."""

    def __init__(self, stage: Stage, clicked: Callable[[], object]) -> None:
        super().__init__()
        dress(self, Role.CARD)
        self.stage, self._clicked = stage, clicked
        self.name, self.count = dress(Label(_(STAGES[stage])), Role.MUTED), Label("0")
        font = self.count.font()
        font.setPointSizeF(font.pointSizeF() * 2.2)
        font.setBold(True)
        self.count.setFont(font)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 8, 14, 8)
        for label in (self.name, self.count):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            rows.addWidget(label)

    def tell(self, count: int, *, chosen: bool) -> None:
        self.count.setText(grouped(count))
        dress(self.name, Role.CHIP if chosen else Role.MUTED)

    def mousePressEvent(self, event: Any) -> None:
        self._clicked()
        super().mousePressEvent(event)


class BoardPage(ListScreen[Staged]):
    """Left and Right go from stage to stage; Esc goes back to the trips."""

    left = Signal()

    def __init__(self, floor: Floor) -> None:
        self.stage = Stage.BILLED
        self.board = Board(())
        self.cards = [StageCard(stage, partial(self.choose, stage)) for stage in Stage]
        super().__init__(
            floor,
            Listing(
                N_("Stage board"),
                N_("Bill, party or beat"),
                STAGED,
                _staged,
                lambda one: one.id,
                frozenset({"document", "trip", "pick_list"}),
                N_("No bill of the last three days is at this stage."),
            ),
        )
        strip = QHBoxLayout()
        strip.setSpacing(10)
        for card in self.cards:
            strip.addWidget(card, 1)
        rows = self.layout()
        assert isinstance(rows, QVBoxLayout)
        rows.insertLayout(1, strip)
        for name, by in (("dispatch.before", -1), ("dispatch.after", 1)):
            self.buttons.addWidget(keys.button(self.table, name, partial(self._step, by)))
        self.buttons.addStretch()
        self.buttons.addWidget(keys.button(self, "back", self.left.emit))

    def begin(self) -> None:
        self.read()
        self.table.setFocus()

    def ask(self, after: Any, done: Callable[[Any], object]) -> None:
        text = self.search.text().strip()
        self.floor.desk.ask(_board, text, done=partial(self._keep, done), undone=self.tell)

    def choose(self, stage: Stage) -> None:
        """The bills of this stage are in the list."""
        self.stage = stage
        self.read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        every = list(Stage)
        self.choose(every[max(0, min(every.index(self.stage) + by, len(every) - 1))])

    def speak_again(self) -> None:
        for card in self.cards:
            card.name.setText(_(STAGES[card.stage]))

    def _keep(self, done: Callable[[Any], object], board: Board) -> None:
        self.board = board
        for card in self.cards:
            card.tell(board.counts[card.stage], chosen=card.stage is self.stage)
        done((tuple(one for one in board.bills if one.stage is self.stage), None))
