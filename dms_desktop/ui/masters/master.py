"""How a kind of master is declared: its list's columns, its form's boxes, and what hangs on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.refusals import Problem
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import amount, day_text, grouped
from dms_desktop.services.registers.lists import Line
from dms_desktop.services.registers.register import told
from dms_desktop.services.registers.twins import Slip, Twin
from dms_desktop.ui.kit.form import Group
from dms_desktop.ui.kit.form_boxes import Box, Kind
from dms_desktop.ui.kit.table import Column

YES_NO = {True: N_("Yes"), False: ""}


@dataclass(frozen=True, slots=True)
class Master:
    """A kind. `many` and `one` are said in the language of the moment.

    `fresh`: what a new one begins with. `gone`: what those are called that are not used any more,
    empty where they always show. `together`: fields that are said with each other or not at all.
    `either`: one of these must be said. `related`: the kind of what hangs on one of these,
    `hanging` what that is called, `named` the field by which it names this one. `faults` of what
    was read are told with what cannot be read; `doubts` is asked before it is saved; `write` saves
    what the register alone cannot, by `verb`. `papers`: the forms over one, each by its key.
    `beginning` is the form of a new one, where it says other things than that of one in the books.
    `heading` stands over the form, where the record has no name.
    """

    kind: str
    many: str
    one: str
    columns: Sequence[Column[Line]]
    groups: Sequence[Group]
    tables: frozenset[str]
    fresh: Mapping[str, Any] = field(default_factory=dict)
    gone: str = N_("Inactive too")
    together: Sequence[frozenset[str]] = ()
    either: Sequence[tuple[str, ...]] = ()
    related: str = ""
    hanging: str = ""
    named: str = ""
    values: Callable[[Any], dict[str, Any]] = told
    faults: Callable[[Any, Mapping[str, Any]], list[Problem]] | None = None
    doubts: Callable[..., Sequence[Twin | Slip]] | None = None
    write: Callable[..., None] | None = None
    verb: Callable[..., Any] | None = None
    papers: Mapping[str, Master] = field(default_factory=dict)
    beginning: Master | None = None
    heading: Callable[[Line], str] = field(default=lambda line: "")
    hint: str = N_("Code or name")

    @property
    def boxes(self) -> list[Box]:
        return [box for group in self.groups for box in group.boxes]

    def label(self, name: str) -> str:
        """What a field is called in its form, in English as it is declared."""
        return next(box.label for box in self.boxes if box.name == name)


def cell(
    at: int,
    title: str,
    width: int = 0,
    *,
    right: bool = False,
    words: Mapping[str, str] | None = None,
) -> Column[Line]:
    """The column that shows the cell at this place; `words` are what the books call things."""

    def text(line: Line) -> str:
        value = line.cells[at]
        return _(words.get(value, value)) if words and value else shown(value)

    return Column(title, text, width, right)


def shown(value: Any) -> str:
    """A cell as a person reads it."""
    match value:
        case None:
            return ""
        case bool():
            return _(YES_NO[value]) if value else ""
        case Money():
            return amount(value.paise)
        case Rate(amount=of, per=per):
            return amount(of.paise) if per == 1 else f"{amount(of.paise)} / {per}"
        case date():
            return day_text(value)
        case Decimal():
            return f"{value.normalize():f}"
        case int():
            return grouped(value)
        case _:
            return str(value)


CODE = Box("code", N_("Code"), fixed=True, needed=True)
NAME = Box("name", N_("Name"), width=4)
ACTIVE = Box("active", N_("Active"), Kind.YES)
NEW = {"active": True}
LICENCES = Box(
    "licences",
    N_("Licences"),
    Kind.ROWS,
    width=6,
    columns=(
        Box("kind", N_("Licence"), needed=True, hint=N_("FSSAI, 20B, 21B")),
        Box("number", N_("Number"), width=4),
        Box("valid_to", N_("Valid to"), Kind.DAY),
    ),
)


def named(*more: Box, title: str = "") -> tuple[Group, ...]:
    """The form of what is a code, a name and little more."""
    return (Group(title, (CODE, NAME, *more, ACTIVE)),)


CODE_COLUMN = cell(0, N_("Code"), 12)
NAME_COLUMN = cell(1, N_("Name"))
