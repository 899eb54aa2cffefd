"""A form by its declaration: boxes in groups, Enter from one to the next, flaws at their places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.sentences import say
from dms_desktop.ui.kit.form_boxes import (
    Box,
    ChoiceEntry,
    Entry,
    Kind,
    TextEntry,
    YesEntry,
)
from dms_desktop.ui.kit.form_lookup import Choices, LookupEntry, choices_among
from dms_desktop.ui.kit.form_rows import RowsEntry, TicksEntry
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.theme import Role, dress

SIXTHS = 6
NOTHING_YET = choices_among(())
# Where a refusal belongs that names no field.
PLACES: Mapping[Reason, tuple[str, ...]] = {
    Reason.BAD_GSTIN: ("gstin",),
    Reason.GSTIN_OTHER_STATE: ("gstin",),
    Reason.UNKNOWN_ITEM: ("item",),
    Reason.UNKNOWN_PARTY: ("party",),
    Reason.SERIES_TOO_LONG: ("prefix",),
    Reason.SERIES_PREFIX_TAKEN: ("prefix",),
    Reason.SERIES_USED: ("prefix",),
    Reason.YEAR_LOCKED: ("year",),
    Reason.PRICES_OVERLAP: ("from_day",),
    Reason.ABOVE_MRP: ("rate", "ptr"),
    Reason.BAD_QUANTITY: ("qty",),
    Reason.EXPIRY_BEFORE_PACKED: ("expiry",),
    Reason.RATE_USED: ("rates",),
    Reason.RATE_NOT_NOTIFIED: ("gst_rate",),
    Reason.IN_USE: ("active", "powers"),
    Reason.INACTIVE: ("printer",),
    Reason.NOT_ALLOWED: ("powers", "role"),
}
FAULTS: Mapping[str, str] = {
    "too_long": N_("{field} may have at most {most} letters."),
    "too_small": N_("{field} cannot be below {least}."),
    "too_large": N_("{field} cannot be above {most}."),
    "too_fine": N_("{field} can have at most {places} decimals."),
    "control_character": N_("{field} has a letter in it that cannot be seen. Type it anew."),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes that belong together; an empty title has no heading."""

    title: str
    boxes: Sequence[Box]


class Form(QScrollArea):
    """`changed`: somebody typed; `done`: Enter in the last box."""

    changed = Signal()
    done = Signal()

    def __init__(self, groups: Sequence[Group]) -> None:
        super().__init__()
        self.boxes = [box for group in groups for box in group.boxes]
        self.entries: dict[str, Entry] = {}
        self._writable = True
        ground = QFrame()
        ground.setObjectName("ground")
        self.setWidget(ground)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        rows = QVBoxLayout(ground)
        rows.setContentsMargins(0, 0, 10, 0)
        rows.setSpacing(12)
        for group in groups:
            rows.addWidget(self._group(group))
        rows.addStretch()
        for entry, follows in zip(self._all(), [*self._all()[1:], None], strict=True):
            entry.left.connect(partial(self._leave, follows))
            entry.changed.connect(self.changed)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    def show_values(self, values: Mapping[str, Any], *, fresh: bool) -> None:
        """What lies in the books; a `fresh` one is not there yet, so nothing of it is fixed."""
        for name, entry in self.entries.items():
            entry.show_value(values.get(name))
            free = (fresh or not entry.box.fixed) and not entry.box.only_shown
            entry.set_writable(writable=self._writable and free)

    def set_writable(self, *, writable: bool) -> None:
        """Said before values are shown: whether anything can be typed."""
        self._writable = writable

    def changes(self) -> dict[str, Any]:
        """What was typed otherwise than it was shown."""
        return {
            name: entry.typed() or entry.box.emptied if entry.typed() == "" else entry.typed()
            for name, entry in self.entries.items()
            if entry.differs
        }

    def said(self) -> dict[str, Any]:
        """All that the form says, for a master that is not in the books yet."""
        return {
            name: value
            for name, entry in self.entries.items()
            if (value := entry.typed()) not in ("", []) and not entry.box.only_shown
        }

    def offer(self, name: str, choices: Choices) -> None:
        """What can be chosen in the look-ups of one register."""
        for entry in self._all():
            if isinstance(entry, LookupEntry) and entry.box.of == name:
                entry.offer(choices)

    def missing(self, either: Sequence[Sequence[str]] = ()) -> list[Problem]:
        """What must be said and is not, of some fields one; and what nothing is called."""
        problems = [
            Problem(Reason.MISSING, None, {"field": name})
            for name, entry in self.entries.items()
            if entry.box.needed and not entry.typed()
        ]
        problems += [
            Problem(Reason.MISSING, None, {"field": names[0]})
            for names in either
            if not any(self.entries[name].typed() for name in names)
        ]
        return problems + [
            Problem(Reason.UNKNOWN_CODE, None, {"field": name, "value": entry.typed()})
            for name, entry in self.entries.items()
            if isinstance(entry, LookupEntry) and entry.differs and entry.unknown
        ]

    def refuse(self, problems: Iterable[Problem]) -> list[str]:
        """Each flaw at its box, the cursor at the first; the sentences that belong to none."""
        homeless, first = list[str](), None
        for problem in problems:
            entry, sentence = self._place(problem), self._sentence(problem)
            if entry is None:
                homeless.append(sentence)
                continue
            entry.refuse(sentence)
            first = first or entry
        if first is not None:
            _focus(first)
            QTimer.singleShot(0, self, partial(self.ensureWidgetVisible, first, 0, 24))
        return homeless

    def accept(self) -> None:
        for entry in self._all():
            entry.accept()

    def begin(self) -> None:
        """The cursor into the first box that takes anything."""
        for entry in self._all():
            if _takes(entry):
                _focus(entry)
                return

    def label_of(self, name: str) -> str:
        """What a field of the books is called here."""
        entry = self.entry(name)
        return _(entry.box.label) if entry else name.replace("_", " ")

    def entry(self, name: str) -> Entry | None:
        """The box of a field, whose word may be one that Python keeps for itself: `class_`."""
        return self.entries.get(name.removesuffix("_"))

    def _all(self) -> list[Entry]:
        return [*self.entries.values()]

    def _group(self, group: Group) -> QWidget:
        card = dress(QFrame(), Role.CARD)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        grid = QGridLayout(card)
        grid.setContentsMargins(14, 10, 14, 12)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        for column in range(SIXTHS):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 10)
        row, at = 0, 0
        if group.title:
            grid.addWidget(dress(Label(_(group.title)), Role.MUTED), row, 0, 1, SIXTHS)
            row = 1
        for box in group.boxes:
            entry = self.entries[box.name] = _entry(box)
            entry.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            entry.setMinimumWidth(1)  # the stretch alone says how wide: columns of cards agree
            if at + box.width > SIXTHS:
                row, at = row + 1, 0
            grid.addWidget(entry, row, at, 1, box.width)
            at += box.width
        for column in range(SIXTHS):  # Qt leaves a gap only where something begins, the last wins
            ruler = QWidget()
            ruler.setFixedHeight(0)
            grid.addWidget(ruler, 0, column)
        return card

    def _place(self, problem: Problem) -> Entry | None:
        """By the field that it names, else by what such a refusal is always about."""
        said = str(problem.facts.get("field", "")).replace("-", "_")
        said = {"class_": "class", "barcode": "barcodes", "selling_multiple": said}.get(said, said)
        value = str(problem.facts.get("value", ""))
        if problem.reason is Reason.DUPLICATE:
            named = self.entries.get("name")
            same = named is not None and value and value == named.typed()
            said = "name" if same and said not in self.entries else said
            said = said if said in self.entries else "code"
        rows = (e for e in self._all() if isinstance(e, RowsEntry))
        inner = next((e for e in rows if said in {c.name for c in e.box.columns}), None)
        places = (said, *PLACES.get(problem.reason, ()))
        return next((self.entries[name] for name in places if name in self.entries), inner)

    def _sentence(self, problem: Problem) -> str:
        facts = dict(problem.facts)
        said, entry = facts.get("field"), self._place(problem)
        if "field" in facts:
            facts["field"] = _(entry.box.label) if entry else str(facts["field"])
        fault = FAULTS.get(str(facts.get("fault", "")))
        if said == "pin" and "length" in facts:
            return _("Type six figures, or a pass phrase of twelve letters or more.")
        if fault is not None and "field" in facts:
            return _(fault).format_map(facts)
        return say(replace(problem, facts=facts, row=None))

    def _leave(self, follows: Entry | None) -> None:
        """Enter: what nothing is called stays in its box, else the next box that takes anything."""
        while follows is not None and not _takes(follows):
            after = self._all().index(follows) + 1
            follows = self._all()[after] if after < len(self.entries) else None
        if follows is None:
            self.done.emit()
        else:
            _focus(follows)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now) and now is not self.widget():
            self.ensureWidgetVisible(now, 0, 60)


def _entry(box: Box) -> Entry:
    match box.kind:
        case Kind.YES:
            return YesEntry(box)
        case Kind.CHOICE:
            return ChoiceEntry(box)
        case Kind.LOOKUP:
            return LookupEntry(box, NOTHING_YET)
        case Kind.ROWS:
            return RowsEntry(box)
        case Kind.TICKS:
            return TicksEntry(box)
        case _:
            return TextEntry(box)


def _first(entry: Entry) -> QWidget:
    if isinstance(entry, RowsEntry) and entry.rows:
        return entry.rows[0][0].editor
    if isinstance(entry, TicksEntry):
        return next(iter(entry.ticks.values()))
    return entry.editor


def _takes(entry: Entry) -> bool:
    widget = _first(entry)
    read_only = getattr(widget, "isReadOnly", None)
    return widget.isEnabled() and not (read_only is not None and read_only())


def _focus(entry: Entry) -> None:
    widget = _first(entry)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    if isinstance(entry, TextEntry | LookupEntry):
        entry.editor.selectAll()  # type: ignore[attr-defined]
