"""The boxes of a form that hold several things: rows of small boxes, and a set of ticks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from dms_desktop.language.catalogue import _
from dms_desktop.ui.kit.form_boxes import Box, ChoiceEntry, Entry, Kind, TextEntry, Tick, written
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.theme import Role, dress

Said = dict[str, Any]


class RowsEntry(Entry):
    """Rows under the headings of their columns, always with an empty one to go on in. A row is gone
    when its first box is emptied, unless that one is needed."""

    def __init__(self, box: Box) -> None:
        self.ground = QWidget()
        super().__init__(box, self.ground)
        self._grid = QGridLayout(self.ground)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self._rows: list[list[Entry]] = []
        self._writable = True
        for at, column in enumerate(box.columns):
            self._grid.addWidget(dress(Label(_(column.label)), Role.MUTED), 0, at)
            self._grid.setColumnStretch(at, column.width)

    @property
    def rows(self) -> list[list[Entry]]:
        return self._rows

    def put(self, value: Any) -> None:
        for row in self._rows:
            for entry in row:
                self._grid.removeWidget(entry)
                entry.deleteLater()
        self._rows = []
        for said in value or ():
            self._add(said)
        if self._writable:
            self._add({})

    def typed(self) -> list[Said]:
        rows = [{each.box.name: each.typed() for each in row if each.typed()} for row in self._rows]
        first = self.box.columns[0]
        return [row for row in rows if row.get(first.name) or (first.needed and row)]

    def plain(self, value: Any) -> list[Said]:
        rows = []
        for said in value or ():
            row = {each.name: _entry_plain(each, said.get(each.name)) for each in self.box.columns}
            rows.append({name: text for name, text in row.items() if text})
        return rows

    def set_writable(self, *, writable: bool) -> None:
        if writable != self._writable:
            self._writable = writable
            self.put(self._value)
        for row in self._rows:
            for entry in row:
                entry.set_writable(writable=writable)

    def _add(self, said: Mapping[str, Any]) -> None:
        row = [_made(column) for column in self.box.columns]
        for at, entry in enumerate(row):
            entry.show_value(said.get(entry.box.name, ""))
            entry.changed.connect(self._changed)
            entry.left.connect(lambda row=row, at=at: self._leave(row, at))
            self._grid.addWidget(entry, len(self._rows) + 1, at)
        self._rows.append(row)

    def _changed(self) -> None:
        if any(entry.typed() for entry in self._rows[-1]):
            self._add({})
        self.touch()

    def _leave(self, row: list[Entry], at: int) -> None:
        """Enter goes along the row, then to the next one; in an empty row it leaves."""
        if not any(entry.typed() for entry in row if not isinstance(entry, ChoiceEntry)):
            self.left.emit()
        elif at + 1 < len(row):
            row[at + 1].editor.setFocus()
        else:
            following = self._rows[min(self._rows.index(row) + 1, len(self._rows) - 1)]
            following[0].editor.setFocus()


class TicksEntry(Entry):
    """Which of a few things: each has its tick."""

    COLUMNS = 2

    def __init__(self, box: Box) -> None:
        self.ground = QWidget()
        super().__init__(box, self.ground)
        self.ticks: dict[str, Tick] = {}
        grid = QGridLayout(self.ground)
        grid.setContentsMargins(0, 0, 0, 0)
        down = -(-len(box.choices) // self.COLUMNS)
        for at, (word, label) in enumerate(box.choices.items()):
            tick = self.ticks[word] = Tick()
            tell(tick, "text", _(label))
            tick.toggled.connect(self.touch)
            tick.left.connect(self._next)
            grid.addWidget(tick, at % down, at // down)

    def put(self, value: Any) -> None:
        for word, tick in self.ticks.items():
            tick.blockSignals(True)
            tick.setChecked(word in (value or ()))
            tick.blockSignals(False)

    def typed(self) -> list[str]:
        """With what the books have and nobody here knows."""
        unknown = [word for word in self._value or () if word not in self.ticks]
        ticked = [word for word, tick in self.ticks.items() if tick.isChecked()]
        return sorted(ticked + unknown)

    def plain(self, value: Any) -> list[str]:
        return sorted(value or ())

    def _next(self) -> None:
        ticks = [*self.ticks.values()]
        at = next((n for n, tick in enumerate(ticks) if tick.hasFocus()), len(ticks))
        if at + 1 < len(ticks):
            ticks[at + 1].setFocus()
        else:
            self.left.emit()


def _made(column: Box) -> Entry:
    if column.kind is Kind.CHOICE:
        return ChoiceEntry(column, bare=True)
    return TextEntry(column, bare=True)


def _entry_plain(column: Box, value: Any) -> str:
    return str(value or "") if column.kind is Kind.CHOICE else written(column, value)
