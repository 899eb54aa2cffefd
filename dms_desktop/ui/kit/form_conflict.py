"""Somebody saved a newer version: his against yours, field by field, and which of them stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout

from dms_desktop.language.catalogue import _
from dms_desktop.ui.kit.form_boxes import Tick
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.theme import Role, dress


@dataclass(frozen=True, slots=True)
class Difference:
    """A field with both values as they are read; `mine`: yours is to stay unless he says else."""

    name: str
    label: str
    theirs: str
    yours: str
    mine: bool


class Conflict(QFrame):
    """Hidden until a form was stale. A ticked row keeps what was typed, another takes theirs."""

    def __init__(self) -> None:
        super().__init__()
        dress(self, Role.CARD)
        self.sentence = dress(Label(), Role.WARNING)
        self.sentence.setWordWrap(True)
        self.ticks: dict[str, Tick] = {}
        self._ground = QFrame()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 10, 14, 10)
        rows.addWidget(self.sentence)
        rows.addWidget(self._ground)
        self.hide()

    def show_differences(self, sentence: str, rows: Sequence[Difference]) -> None:
        self.sentence.setText(sentence)
        self.layout().removeWidget(self._ground)  # type: ignore[union-attr]
        self._ground.deleteLater()
        self._ground, self.ticks = QFrame(), {}
        grid = QGridLayout(self._ground)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setColumnStretch(3, 1)
        for at, heading in enumerate((_("Field"), _("Theirs"), _("Yours"))):
            grid.addWidget(dress(Label(heading), Role.MUTED), 0, at)
        for row, each in enumerate(rows, 1):
            tick = self.ticks[each.name] = Tick()
            tell(tick, "text", each.yours.replace("&", "&&") or "–")
            tick.setAccessibleName(
                _("{field}: keep yours, {yours}, instead of theirs, {theirs}").format(
                    field=each.label, yours=each.yours or "–", theirs=each.theirs or "–"
                )
            )
            tick.setChecked(each.mine)
            for column, text in enumerate((each.label, each.theirs or "–")):
                label = QLabel(text)
                label.setTextFormat(Qt.TextFormat.PlainText)
                grid.addWidget(label, row, column)
            grid.addWidget(tick, row, 2)
        self.layout().addWidget(self._ground)  # type: ignore[union-attr]
        self.show()
        if self.ticks:
            next(iter(self.ticks.values())).setFocus()

    @property
    def kept(self) -> list[str]:
        """The fields in which yours stays."""
        return [name for name, tick in self.ticks.items() if tick.isChecked()]
