"""What a file would do, or did: four figures, and a list of the rows to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from dms_desktop.domain.incoming import Difference, Intake, Outcome
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.refusals import Problem
from dms_desktop.language.catalogue import N_, _, joined
from dms_desktop.language.figures import amount, day_text, grouped
from dms_desktop.ui.importing.words import field_name, flaw
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.kit.table import Column, Table
from dms_desktop.ui.theme import Role, dress


@dataclass(frozen=True, slots=True)
class Warned:
    """A row that is taken, though something of it is likely a slip."""

    problem: Problem

    @property
    def row(self) -> int | None:
        return self.problem.row


Told = Problem | Warned | Difference
FIGURES = {
    "rows": N_("Rows"),
    "created": N_("New"),
    "changed": N_("Changed"),
    "refused": N_("Refused"),
}
ALSO: Mapping[str, str] = {
    "principal": N_("Principals: {names}"),
    "tax_class": N_("Tax classes: {names}"),
    "beat": N_("Beats: {names}"),
    "salesman": N_("Salesmen: {names}"),
    "place": N_("Godowns: {names}"),
}
_MOST_NAMES = 6
_CALLED = {"class_": "class", "barcodes": "barcode"}


class OutcomeCard(QWidget):
    """Empty until something was tried."""

    def __init__(self) -> None:
        super().__init__()
        self._kind = Intake.ITEMS
        self._figures: dict[str, Label] = {}
        card = dress(QFrame(), Role.CARD)
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 8, 16, 8)
        for at, (name, caption) in enumerate(FIGURES.items()):
            figure = dress(Label("–"), Role.TOTAL)
            tell(figure, "accessibleName", _(caption))
            grid.addWidget(figure, 0, at)
            grid.addWidget(dress(Label(_(caption)), Role.MUTED), 1, at)
            grid.setColumnStretch(at, 1)
            self._figures[name] = figure
        self.also = dress(Label(), Role.MUTED)
        self.also.setWordWrap(True)
        self.also.setTextFormat(Qt.TextFormat.PlainText)
        columns: Sequence[Column[Told]] = (
            Column(N_("Row"), lambda told: grouped(told.row or 0), 7, right=True),
            Column(N_("What of it"), _what, 11),
            Column(N_("To look at"), self._text),
        )
        self.list: Table[Told] = Table(columns, _("Rows to look at"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)  # sentences are read from the left
        self.whole = dress(Label(), Role.MUTED)  # what the cursor is on, however long it is
        self.whole.setWordWrap(True)
        self.whole.setTextFormat(Qt.TextFormat.PlainText)
        self.list.chosen.connect(lambda told: self.whole.setText(self._text(told) if told else ""))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(card)
        rows.addWidget(self.also)
        rows.addWidget(self.list, 1)
        rows.addWidget(self.whole)
        self.also.hide()

    def forget(self) -> None:
        for figure in self._figures.values():
            figure.setText("–")
            dress(figure, Role.TOTAL)
        self.also.hide()
        self.list.show_rows((), None)

    def show_outcome(self, kind: Intake, rows: int, outcome: Outcome) -> None:
        self._kind = kind
        bad = len({problem.row for problem in outcome.refused})
        counts = (rows, outcome.created, outcome.changed, bad)
        for (name, figure), count in zip(self._figures.items(), counts, strict=True):
            figure.setText(grouped(count))
            tell(figure, "accessibleName", joined(" ", (_(FIGURES[name]), grouped(count))))
        said = [_(ALSO[table]).format(names=_few(names)) for table, names in outcome.also.items()
                if names and table in ALSO]  # fmt: skip
        self.also.setText(_("Made along with them: {what}").format(what=joined("; ", said)))
        self.also.setVisible(bool(said))
        warned = tuple(map(Warned, outcome.warnings))
        self.list.show_rows((*warned, *outcome.refused, *outcome.differences), None)

    def text(self, name: str) -> str:
        return self._figures[name].text()

    def _text(self, told: Told) -> str:
        if isinstance(told, Problem):
            return flaw(self._kind, told)
        if isinstance(told, Warned):
            return flaw(self._kind, told.problem)
        changes = (
            _("{field}: {was} → {now}").format(
                field=field_name(self._kind, _CALLED.get(name, name)),
                was=_value(was), now=_value(now),
            )
            for name, (was, now) in told.fields.items()
        )  # fmt: skip
        return f"{told.code} — {'; '.join(changes)}"


def _what(told: Told) -> str:
    if isinstance(told, Warned):
        return _("Warning")
    return _("Refused") if isinstance(told, Problem) else _("Changed")


def _few(names: Sequence[str]) -> str:
    more = ", …" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more


def _value(value: object) -> str:
    match value:
        case Money():
            return amount(value.paise)
        case Rate():
            return str(value.amount)
        case date():
            return day_text(value)
        case bool():
            return _("yes") if value else _("no")
        case tuple():
            return ", ".join(str(getattr(each, "code", each)) for each in value) or "—"
        case _:
            return "—" if value in (None, "") else str(value)
