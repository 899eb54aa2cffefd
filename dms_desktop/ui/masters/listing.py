"""The list of one kind of master, with what may be done from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from dms_desktop.domain.powers import Power, power_of
from dms_desktop.domain.registers import BETWEEN
from dms_desktop.language.catalogue import _, joined
from dms_desktop.services.registers import lists
from dms_desktop.services.registers.every import register_of
from dms_desktop.services.registers.lists import Line, Wanted
from dms_desktop.ui import keys
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.asking import Asking
from dms_desktop.ui.kit.list_screen import Listing, ListScreen
from dms_desktop.ui.kit.speaking import Button, Label
from dms_desktop.ui.masters.master import Master
from dms_desktop.ui.masters.spreadsheet import ROUND_TRIP, Spreadsheet
from dms_desktop.ui.theme import Role, dress


class MasterList(ListScreen[Line]):
    """`of`: only those of one item or party. `left`: Esc where there is nothing to go back from."""

    new_wanted = Signal()
    left = Signal()

    def __init__(self, floor: Floor, master: Master, of: str = "") -> None:
        super().__init__(
            floor,
            Listing(
                master.many, master.hint, master.columns, lists.lines, lambda line: line.code,
                master.tables,
            ),
        )  # fmt: skip
        self.master, self.of, self.gone = master, of, False
        self.done = dress(Label(), Role.GOOD)
        self.done.setWordWrap(True)
        self.done.hide()
        self.below.addWidget(self.done)
        self.table.model_of.muted = lambda line: not line.active
        register = register_of(master.kind)
        self._verb = register.add or (register.change if master.write else None)
        self.new = Button(keys.caption("list.new"), self)
        self.new.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.new.clicked.connect(self.new_wanted)
        keys.bind(self, "list.new", self._begin)
        self.open_button = Button(keys.caption("list.open"), self)
        self.open_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.open_button.clicked.connect(self._open)
        self.buttons.addWidget(dress(self.new, Role.PRIMARY))
        self.buttons.addWidget(self.open_button)
        self.buttons.addStretch()
        if master.gone:
            self.filter = keys.button(self, "masters.gone", self.turn)
            self.filter.setCheckable(True)
            self.filter.setText(_gone_caption(master))
            self.filters.addWidget(self.filter)
        self.asking = Asking()
        self.below.addWidget(self.asking)
        if master.kind in ROUND_TRIP:
            self.sheet = Spreadsheet(floor, master.kind, self.asking, self._tell_done)
            self.export = keys.button(self, "masters.export", self._export)
            self.buttons.addWidget(self.export)
            self.bring = keys.button(self, "masters.import", self._import)
            self.buttons.addWidget(self.bring)
        self.look_who()
        floor.desk.entered.connect(self.look_who)

    def look_who(self) -> None:
        """New ones are for who may make them."""
        may = self._verb is not None and self.floor.desk.actor.may(power_of(self._verb))
        self.new.setVisible(may)
        self.new.setEnabled(may)
        if self.master.kind in ROUND_TRIP:
            self.bring.setVisible(self.floor.desk.actor.may(Power.MASTERS))
            may = self.floor.desk.actor.may(Power.EXPORT)
            self.export.setVisible(may)
            self.export.setEnabled(may)
            if not may:
                self.asking.leave()

    def turn(self) -> None:
        """With those that are not used any more, or without."""
        self.gone = not self.gone
        self.filter.setChecked(self.gone)
        self.read()

    def tell_saved(self, code: str, name: str) -> None:
        """It was saved; the cursor goes to it when the list comes."""
        told = _("Saved: {name} ({code})") if name and name != code else _("Saved: {code}")
        parts = joined(" · ", (part.strip() for part in code.split(BETWEEN.strip())))
        self._tell_done(told.format(name=name, code=parts), Role.GOOD)
        self.aim(code)
        self.read()

    def hush(self) -> None:
        super().hush()
        self.done.hide()

    def ask(self, after: Any, done: Callable[[Any], object]) -> None:
        self.floor.desk.ask(
            self.listing.read, self.master.kind, self._wanted, after, done=done, undone=self.tell
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = event.key() == Qt.Key.Key_Escape
        if back and self.search.hasFocus() and not self.search.text():
            self.left.emit()
        else:
            if back and self.search.hasFocus():
                self.search.clear()
            super().keyPressEvent(event)

    @property
    def _wanted(self) -> Wanted:
        return Wanted(self.search.text().strip(), self.of, self.gone or not self.master.gone)

    def _tell_done(self, sentence: str, role: Role) -> None:
        dress(self.done, role).setText(sentence)
        self.done.show()

    def _begin(self) -> None:
        """Ins where nothing can be begun says why."""
        if self.new.isEnabled():
            self.new_wanted.emit()
        elif self._verb is None:
            said = _("Nothing new can be begun here: what is listed is opened and changed.")
            self._tell_done(said, Role.WARNING)
        else:
            self._tell_done(_("You may look at these and not begin a new one."), Role.WARNING)

    def _export(self) -> None:
        self.sheet.ask(self._wanted)

    def _import(self) -> None:
        """To the page of a new file, which is of this kind."""
        if (screen := self.floor.go("import")) is not None:
            screen.bring(ROUND_TRIP[self.master.kind][0])

    def _open(self) -> None:
        if (line := self.table.current()) is not None:
            self.opened.emit(line)


def _gone_caption(master: Master) -> str:
    return _("{key} {label}").format(key=keys.key_text("masters.gone"), label=_(master.gone))
