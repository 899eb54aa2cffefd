"""What is printed where: for each kind of paper a printer, a size, copies, and whether at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout

from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.printers import (
    COPIES,
    PAPERS,
    SIZES,
    PaperKind,
    PrinterRecord,
    PrintRule,
    sizes_of,
)
from dms_desktop.language.catalogue import N_, _, joined
from dms_desktop.services.registers.printers import PRINT_RULES
from dms_desktop.services.registers.register import Shown
from dms_desktop.store.session import Reading, Tx
from dms_desktop.ui.kit.form_boxes import Box, ChoiceEntry, Entry, YesEntry
from dms_desktop.ui.kit.form_boxes import Kind as BoxKind
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.theme import Role, dress

Standing = Mapping[str, Shown[PrintRule]]
NAMES: Mapping[str, str] = {
    PaperKind.BILL: N_("Bills"),
    PaperKind.CHALLAN: N_("Challans"),
    PaperKind.ESTIMATE: N_("Estimates"),
    PaperKind.ORDER: N_("Orders"),
    PaperKind.PICK_LIST: N_("Pick lists"),
    PaperKind.LOADING_SHEET: N_("Loading sheets"),
    PaperKind.DROP_LIST: N_("Drop lists"),
    PaperKind.GOODS_RECEIPT: N_("Goods receipts"),
    PaperKind.TRANSFER: N_("Transfers"),
    PaperKind.SUPPLIER_RETURN: N_("Returns to suppliers"),
    PaperKind.STICKERS: N_("Stickers"),
}
# Those that the law, or habit, has in several copies; of the others one comes out.
_WITH_COPIES = frozenset(
    {PaperKind.BILL, PaperKind.CHALLAN, PaperKind.TRANSFER, PaperKind.SUPPLIER_RETURN}
)
COPY_NAMES = (N_("Original"), N_("Duplicate"), N_("Triplicate"))
SIZE_NAMES: Mapping[str, str] = {
    "a4": "A4",
    "a5": "A5",
    "80mm": N_("80 mm roll"),
    "58mm": N_("58 mm roll"),
    "80col": N_("80 columns, 12 inches"),
    "80col-6in": N_("80 columns, 6 inches"),
    "136col": N_("136 columns, 12 inches"),
    "136col-6in": N_("136 columns, 6 inches"),
}
LABEL_NAMES: Mapping[str, str] = {
    "24up": N_("24 on A4"),
    "40up": N_("40 on A4"),
    "65up": N_("65 on A4"),
    "50x25mm": N_("Label 50 x 25 mm"),
    "100x50mm": N_("Label 100 x 50 mm"),
}
ON_SAVE = Box("on_save", N_("As it is saved"), BoxKind.YES)
NOWHERE = N_("Nothing is printed")


@needs(Power.LOOK)
def standing_rules(reading: Reading) -> dict[str, Shown[PrintRule]]:
    """The rules that hold at every counter, by the kind of paper."""
    codes = {match.code for match in PRINT_RULES.find(reading)} & set(NAMES)
    return {code: PRINT_RULES.show(reading, code) for code in codes}


@needs(Power.SETTINGS)
def keep_rules(tx: Tx, wanted: Sequence[tuple[PrintRule, int]]) -> None:
    """Each with the version at which it was seen, nil for a new one; all or none."""
    assert PRINT_RULES.add is not None
    assert PRINT_RULES.change is not None
    for rule, version in wanted:
        if version:
            PRINT_RULES.change(tx, rule.kind, asdict(rule), version)
        else:
            PRINT_RULES.add(tx, asdict(rule))


@dataclass(frozen=True, slots=True)
class _Row:
    printer: ChoiceEntry
    size: ChoiceEntry
    copies: ChoiceEntry
    on_save: YesEntry

    @property
    def entries(self) -> Mapping[str, Entry]:
        return {
            "printer": self.printer,
            "size": self.size,
            "copies": self.copies,
            "on_save": self.on_save,
        }


class Rules(QFrame):
    """A row for each kind of paper."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        dress(self, Role.CARD)
        self._seen: Standing = {}
        self.rows: dict[str, _Row] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 10, 14, 12)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        heads = (N_("Paper"), N_("Printer"), N_("Sheet"), N_("Copies"), N_("As it is saved"))
        for at, head in enumerate(heads):
            self._grid.addWidget(dress(Label(_(head)), Role.MUTED), 0, at)

    def show_rules(self, printers: Sequence[PrinterRecord], standing: Standing) -> None:
        """As the books have them; what was typed before is gone, and the cursor stays."""
        self._seen = standing
        cursor = next(
            (
                (kind, name)
                for kind, row in self.rows.items()
                for name, entry in row.entries.items()
                if entry.editor.hasFocus()
            ),
            None,
        )
        for row in self.rows.values():
            for entry in row.entries.values():
                self._grid.removeWidget(entry)
                entry.deleteLater()
        names = {each.code: each.name or each.code for each in printers if each.active}
        self.rows = {kind.value: self._row(at, kind.value, names) for at, kind in enumerate(PAPERS)}
        if cursor is not None:
            self.rows[cursor[0]].entries[cursor[1]].editor.setFocus()

    def wanted(self) -> list[tuple[PrintRule, int]]:
        """What differs from what was seen, with the version of that."""
        found = []
        for kind, row in self.rows.items():
            seen = self._seen.get(kind)
            typed: dict[str, Any] = {name: each.typed() for name, each in row.entries.items()}
            rule = PrintRule(kind, "", **typed)
            if rule != (seen.record if seen else _plain(kind)):
                found.append((rule, seen.version if seen else 0))
        return found

    def papers_of(self, printer: str) -> list[str]:
        """The kinds of paper that come out of this printer, as they are called."""
        return [
            _(NAMES[kind])
            for kind, shown in self._seen.items()
            if shown.record.printer == printer and printer
        ]

    def size_of(self, printer: str) -> str:
        """What the printer is loaded with, as far as a rule says."""
        sizes = [each.record.size for each in self._seen.values() if each.record.printer == printer]
        return sizes[0] if printer and sizes else SIZES[0]

    def _row(self, at: int, kind: str, names: Mapping[str, str]) -> _Row:
        seen = self._seen[kind].record if kind in self._seen else _plain(kind)
        where = Box("printer", N_("Printer"), BoxKind.CHOICE, choices={"": NOWHERE, **names})
        copies = _copies(seen.copies) if kind in _WITH_COPIES else {seen.copies: N_("One")}
        how_many = Box("copies", N_("Copies"), BoxKind.CHOICE, choices=copies)
        names_of_sizes = {**SIZE_NAMES, **LABEL_NAMES}
        sizes = {size: names_of_sizes[size] for size in sizes_of(kind)}
        sheet = Box("size", N_("Sheet"), BoxKind.CHOICE, choices=sizes)
        row = _Row(
            ChoiceEntry(where, bare=True),
            ChoiceEntry(sheet, bare=True),
            ChoiceEntry(how_many, bare=True),
            YesEntry(ON_SAVE, bare=True),
        )
        paper = Label(_(NAMES[kind]))
        if (old := self._grid.itemAtPosition(at + 1, 0)) and (widget := old.widget()):
            widget.deleteLater()
        self._grid.addWidget(paper, at + 1, 0)
        for column, (name, entry) in enumerate(row.entries.items(), 1):
            entry.show_value(getattr(seen, name))
            spoken = _("{paper}: {what}").format(paper=_(NAMES[kind]), what=_(entry.box.label))
            tell(entry.editor, "accessibleName", spoken)
            entry.changed.connect(self.changed)
            entry.left.connect(self.focusNextChild)
            self._grid.addWidget(entry, at + 1, column)
        return row


def _plain(kind: str) -> PrintRule:
    """What holds where the books have no rule."""
    return PrintRule(kind, size=sizes_of(kind)[0])


def _copies(now: str) -> dict[str, str]:
    """One, two or all three; and whatever else stands in the books."""
    usual = [",".join(COPIES[:count]) for count in range(1, len(COPIES) + 1)]
    named = dict(zip(COPIES, COPY_NAMES, strict=True))
    return {
        each: joined(", ", (_(named[name]) for name in each.split(",")))
        for each in dict.fromkeys((*usual, now))
    }
