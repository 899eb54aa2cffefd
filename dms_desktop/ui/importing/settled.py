"""What is settled once before the first bill: how bills are numbered, and where they come out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from dms_desktop.domain.printers import SIZES, Way
from dms_desktop.language.catalogue import N_, _
from dms_desktop.services import getting_started
from dms_desktop.ui import keys, messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.speaking import Button, Label, tell
from dms_desktop.ui.theme import Role, dress, set_refused

NO_PRINTER = N_("This PC has no printer yet; bills are kept as PDF.")
LONGEST = 16  # Rule 46(b) of the CGST Rules, figures and all


class BillNumbers(QWidget):
    """A box for what bills begin with; Enter keeps it. Fixed once a bill has a number."""

    def __init__(self, floor: Floor, done: Callable[[], object]) -> None:
        super().__init__()
        self._floor, self._done = floor, done
        self.label = Label(keys.caption("begin.series"))
        self.box, self.said = QLineEdit(), Label()
        self.box.setMaxLength(LONGEST)
        tell(self.box, "accessibleName", _("What the numbers of bills begin with"))
        self.label.setBuddy(self.box)
        self.box.setFixedWidth(self.fontMetrics().averageCharWidth() * 20)
        self.box.returnPressed.connect(self._keep)
        self.box.textEdited.connect(lambda: self._say(""))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        row.addWidget(self.said, 1)

    def take_cursor(self) -> None:
        self.box.setFocus()
        self.box.selectAll()

    def show_prefix(self, prefix: str, *, fixed: bool) -> None:
        if not self.box.isModified():
            self.box.setText(prefix)
        self.box.setReadOnly(fixed)
        if not self.said.text():
            self._say("")

    def _keep(self) -> None:
        self._floor.desk.do(
            getting_started.number_bills, self.box.text(), done=self._kept, undone=self._refused
        )

    def _kept(self, prefix: str) -> None:
        self.box.setText(prefix)
        self.box.setModified(False)
        dress(self.said, Role.GOOD).setText(_("Kept."))
        self._done()

    def _refused(self, error: BaseException) -> None:
        set_refused(self.box, refused=True)
        dress(self.said, Role.FAULT).setText(messages.of_error(error))
        self.take_cursor()

    def _say(self, sentence: str) -> None:
        set_refused(self.box, refused=False)
        usual = _("Bills cannot change their numbers: once one is saved, this stays.")
        dress(self.said, Role.MUTED).setText(sentence or usual)


class BillPrinter(QWidget):
    """The printers of this PC; Enter on one makes papers come out there."""

    def __init__(self, floor: Floor, done: Callable[[], object]) -> None:
        super().__init__()
        self._floor, self._done = floor, done
        self.label = Label(keys.caption("begin.printer"))
        self.box, self.paper, self.said = QComboBox(), QComboBox(), Label()
        self.take = Button(_("Print here"))
        self.take.clicked.connect(self._keep)
        tell(self.box, "accessibleName", _("Printer"))
        tell(self.paper, "accessibleName", _("Paper"))
        self.label.setBuddy(self.box)
        for size in SIZES[:2]:  # rolls and columns are for whoever knows his printer: settings
            self.paper.addItem(size.upper(), size)
        self.box.setMinimumWidth(self.fontMetrics().averageCharWidth() * 30)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.box, self.paper, self.take):
            row.addWidget(widget)
        row.addWidget(self.said, 1)
        self._show(())

    def take_cursor(self) -> None:
        self.box.setFocus()

    def speak_again(self) -> None:
        if self.box.currentData() is None:
            self.box.setItemText(0, _(NO_PRINTER))

    def look(self) -> None:
        """Asked on another thread: a print service may be slow."""
        from dms_desktop.spool.printers import queues

        self._floor.desk.work(queues, done=self._show, undone=lambda _: self._show(()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        else:
            super().keyPressEvent(event)

    def _show(self, found: tuple[tuple[Way, str], ...]) -> None:
        chosen = self.box.currentText()
        self.box.clear()
        for way, name in found:
            self.box.addItem(name, (way.value, name))
        self.box.setCurrentIndex(max(0, self.box.findText(chosen)))
        if not found:
            self.box.addItem(_(NO_PRINTER))
        self.take.setEnabled(bool(found))
        self.paper.setEnabled(bool(found))

    def _keep(self) -> None:
        if not self.take.isEnabled():
            return
        way, address = self.box.currentData()
        self._floor.desk.do(
            getting_started.print_on, way, address, self.paper.currentData(),
            done=self._kept, undone=self._refused,
        )  # fmt: skip

    def _kept(self, _nothing: object) -> None:
        dress(self.said, Role.GOOD).setText(_("Kept."))
        self._done()

    def _refused(self, error: BaseException) -> None:
        dress(self.said, Role.FAULT).setText(messages.of_error(error))
