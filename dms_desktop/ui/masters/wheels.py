"""The masters of dispatch: vehicles, and the men who go out with them."""

from __future__ import annotations

from dms_desktop.language.catalogue import N_
from dms_desktop.ui.kit.form import Group
from dms_desktop.ui.kit.form_boxes import Box, Kind
from dms_desktop.ui.masters.master import (
    ACTIVE,
    CODE_COLUMN,
    NAME_COLUMN,
    NEW,
    Master,
    cell,
    named,
)

VEHICLE = Master(
    "vehicle",
    N_("Vehicles"),
    N_("vehicle"),
    (
        cell(0, N_("Number"), 16),
        cell(1, N_("Driver")),
        cell(2, N_("Carries, kg"), 12, right=True),
        cell(3, N_("Van it sells from"), 20),
    ),
    (
        Group(
            "",
            (
                Box("number", N_("Number"), fixed=True, needed=True, hint="MH12AB1234"),
                Box("man", N_("Driver"), Kind.LOOKUP, width=4, of="man"),
                Box("kg", N_("Carries, kg"), Kind.NUMBER, emptied="0"),
                Box("van", N_("Van it sells from"), Kind.LOOKUP, width=4, of="van"),
                ACTIVE,
            ),
        ),
    ),
    frozenset({"vehicle", "delivery_man", "place"}),
    fresh=NEW,
    hint=N_("Number or driver"),
)
MAN = Master(
    "man",
    N_("Delivery men"),
    N_("delivery man"),
    (CODE_COLUMN, NAME_COLUMN, cell(2, N_("Phone"), 16)),
    named(Box("phone", N_("Phone"))),
    frozenset({"delivery_man"}),
    fresh=NEW,
)
