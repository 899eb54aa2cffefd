"""Orders from a file: what each would be is shown first, and what cannot be, by its row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar

from dms_desktop.domain.refusals import Problem, Refused
from dms_desktop.files.order_file import Taken
from dms_desktop.language.catalogue import N_, _, joined, ngettext
from dms_desktop.language.figures import amount, grouped
from dms_desktop.language.sentences import say
from dms_desktop.ui import keys, messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.importing.file_box import PATTERNS, PathBox
from dms_desktop.ui.kit.field import Field
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.kit.table import Column, Table
from dms_desktop.ui.orders.intake import OrderIntake
from dms_desktop.ui.orders.panel import Panel
from dms_desktop.ui.theme import Role, dress

ORDERS = (*PATTERNS, "*.json")


class TakePanel(Panel):
    """Enter reads the file, F10 takes what has no slip. A file that is read again takes nothing
    twice."""

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor)
        self.work = OrderIntake(floor, self)
        self.orders: list[Taken] = []
        self._begun = False
        self.box = PathBox(ORDERS)
        self.path = Field(_("&File"), self.box, beside=True)
        hint = _("An .xlsx or .csv file with a row for each line of goods, or a .json file")
        tell(self.box, "placeholderText", hint)
        self.bar = QProgressBar()
        tell(self.bar, "accessibleName", _("Orders taken"))
        self.bar.setFormat("%v / %m")
        self.table: Table[Taken] = Table(COLUMNS, _("Orders of the file"))
        self.why = dress(Label(), Role.WARNING)
        self.why.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.path, 1)
        top.addWidget(self.key_button("orders.browse", self.browse))
        for widget in (self.bar, self.table, self.why):
            self.middle.addWidget(widget)
        self.middle.insertLayout(0, top)
        self.box.returnPressed.connect(self.read)
        self.table.chosen.connect(self._tell_why)
        self.work.judged.connect(self._show)
        self.work.taken.connect(self._became)
        self.work.ended.connect(self._say)
        self.work.failed.connect(self._failed)
        self.setFocusProxy(self.box)
        self._show([])

    def browse(self) -> None:
        """The system's own dialog, for who would rather point."""
        dialog = QFileDialog(self, _("Import orders"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"{_('Tables')} ({' '.join(ORDERS)})")
        dialog.fileSelected.connect(self._browsed)
        dialog.open()

    def read(self) -> None:
        """Show what the file would do."""
        text = self.box.text().strip().strip('"')
        self.path.accept()
        self._show([])
        if text:
            self.box.settle()
            self.work.open(Path(text).expanduser())

    def take(self) -> None:
        """Take what is shown, or go on with it."""
        if self.orders and self.work.left:
            self._begun = True
            self.work.take()
            self._say()

    def leave(self) -> None:
        """Esc stops; once more gives the place back."""
        if self.work.going:
            self.work.stop()
        else:
            self._show([])
            super().leave()

    def _browsed(self, name: str) -> None:
        self.box.setText(name)
        self.read()

    def _show(self, orders: Sequence[Taken]) -> None:
        self.orders, self._begun = [*orders], False
        self.table.show_rows(self.orders, None)
        self.bar.setRange(0, max(len(self.orders), 1))
        self.bar.setValue(0)
        if self.orders:
            self.table.setFocus()
        self._say()

    def _became(self, at: int, taken: Taken) -> None:
        self.orders[at] = self.table.model_of.rows[at] = taken
        model = self.table.model_of
        model.dataChanged.emit(model.index(at, 0), model.index(at, model.columnCount() - 1))
        self.bar.setValue(at + 1)
        self._say()

    def _failed(self, error: BaseException) -> None:
        self._say()
        if isinstance(error, Refused) and not self.orders:
            self.path.refuse(messages.of_error(error))
            self.box.setFocus()
        else:
            self.failed.emit(error, self.take if self.orders else self.read)

    def _tell_why(self, taken: Taken | None) -> None:
        """The whole of what is wrong with the order that the cursor is on."""
        why = _slips(taken.problems) if taken else ""
        self.why.setText(why)
        self.why.setVisible(bool(why))

    def _say(self) -> None:
        going, slips = self.work.going, sum(bool(each.problems) for each in self.orders)
        there, good = sum(each.there for each in self.orders), len(self.orders) - slips
        done = self._begun and not self.work.left
        if done:
            self.bar.setValue(self.bar.maximum())
        count = ngettext("{count} order without a slip", "{count} orders without a slip", good)
        bad = ngettext("{count} with one", "{count} with slips", slips) if slips else ""
        old = ngettext("{count} is there already", "{count} are there already", there)
        parts = ((count, good), (bad, slips), (old if there else "", there))
        said = joined("; ", (text.format(count=grouped(many)) for text, many in parts))
        self.heading.setText(said if self.orders else _("Nothing is written before you say so."))
        self.bar.setVisible(self._begun)
        self.does.setVisible(bool(good) and not going and not done)
        take, back = keys.key_text("orders.take"), keys.key_text("back")
        does = _("{key} Go on") if self._begun else _("{key} Take them")
        self.does.setText(does.format(key=take))
        self.back.setText((_("{key} Stop") if going else _("{key} Back")).format(key=back))


def _slips(problems: Sequence[Problem]) -> str:
    """Each by its row of the file."""
    said = _("Row {row}: {sentence}")
    return joined(" ", (said.format(row=each.row, sentence=say(each)) for each in problems))


def _result(taken: Taken) -> str:
    if taken.problems:
        return _slips(taken.problems)
    if taken.there:
        return _("There already: {number}").format(number=taken.number)
    return taken.number or _("Can be taken")


COLUMNS: Sequence[Column[Taken]] = (
    Column(N_("Order no."), lambda taken: taken.order.number, 14),
    Column(N_("Party"), lambda taken: taken.order.party, 24),
    Column(N_("Lines"), lambda taken: grouped(len(taken.order.rows)), 6, right=True),
    Column(N_("Total ₹"), lambda taken: _total(taken), 13, right=True),
    Column(N_("Result"), _result),
)


def _total(taken: Taken) -> str:
    return amount(taken.total.paise) if taken.total else ""
