"""The brand's own invoice file, and which of its columns is what; learnt once for a supplier."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from dms_desktop.domain.refusals import Refused
from dms_desktop.language.catalogue import _
from dms_desktop.services import purchase_columns
from dms_desktop.ui import messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.importing.file_box import PATTERNS, PathBox
from dms_desktop.ui.kit.field import Field
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.theme import Role, dress


class FilePanel(QFrame):
    """Enter reads it; the first invoice in it fills the form."""

    read = Signal(object, object)  # the request, and the headings by field

    def __init__(self, floor: Floor) -> None:
        super().__init__()
        dress(self, Role.CARD)
        self.floor, self._supplier, self._party = floor, "", 0
        self.box, self.columns = PathBox((*PATTERNS, "*.json")), QLineEdit()
        self.path = Field(_("&File"), self.box, beside=True)
        tell(self.box, "placeholderText", _("The brand's .xlsx, .csv or .json"))
        self.map = Field(_("&Columns"), self.columns, beside=True)
        tell(self.columns, "placeholderText", _("qty=Pcs, rate=Basic rate; kept for this supplier"))
        self.note = dress(Label(), Role.MUTED)
        self.note.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.path, 1)
        row.addWidget(self.map, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 8, 14, 8)
        rows.addLayout(row)
        rows.addWidget(self.note)
        self.box.returnPressed.connect(self.look)
        self.columns.returnPressed.connect(self.look)
        self.setFocusProxy(self.box)

    def open(self, supplier: str, party: int) -> None:
        self._supplier, self._party = supplier, party
        self.show()
        self.box.setFocus()
        self.note.setText("" if supplier else _("Choose the supplier first: his columns are kept."))

    def look(self) -> None:
        text = self.box.text().strip().strip('"')
        self.path.accept()
        if not text:
            return
        self.box.settle()
        known = partial(self._read, Path(text).expanduser())
        self.floor.desk.ask(purchase_columns.learnt, self._party, done=known, undone=self._failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _read(self, path: Path, learnt: Mapping[str, str]) -> None:
        wanted = {**learnt, **_pairs(self.columns.text())}
        job = partial(_invoices, path, self._supplier, wanted)
        self.floor.desk.work(job, done=self._found, undone=self._failed)

    def _found(self, found: tuple[tuple[Any, ...], dict[str, str]]) -> None:
        invoices, columns = found
        self.columns.setText(", ".join(f"{name}={head}" for name, head in columns.items()))
        if len(invoices) > 1:
            said = _("The file holds {count} invoices; the first is shown.")
            self.note.setText(said.format(count=len(invoices)))
        self.read.emit(invoices[0].said, columns)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            self.path.refuse(messages.of_error(error))
            self.columns.setFocus()
        else:
            self.floor.banners.tell(_("File"), messages.of_error(error), self.look)


def _invoices(path: Path, supplier: str, columns: Mapping[str, str]) -> Any:
    from dms_desktop.files import purchase_file

    if path.suffix.casefold() == ".json":
        return purchase_file.read_json(path, supplier), {}
    return purchase_file.read_invoices(path, supplier, columns)


def _pairs(text: str) -> dict[str, str]:
    pairs = (each.partition("=") for each in text.split(","))
    return {name.strip(): head.strip() for name, mark, head in pairs if mark and head.strip()}
