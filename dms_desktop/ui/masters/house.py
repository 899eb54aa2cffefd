"""The masters of the house: godowns, racks, reasons, accounts, series, ourselves."""

from __future__ import annotations

from dms_desktop.language.catalogue import N_
from dms_desktop.ui.kit.form_boxes import Box, Kind
from dms_desktop.ui.masters.master import (
    CODE_COLUMN,
    NAME_COLUMN,
    NEW,
    Master,
    cell,
    named,
)

GODOWN_KINDS = {"godown": N_("Godown"), "van": N_("Van")}

GODOWN = Master(
    "godown",
    N_("Godowns"),
    N_("godown"),
    (CODE_COLUMN, NAME_COLUMN, cell(2, N_("Kind"), 14, words=GODOWN_KINDS)),
    named(Box("kind", N_("Kind"), Kind.CHOICE, choices=GODOWN_KINDS)),
    frozenset({"place"}),
    fresh={**NEW, "kind": "godown"},
)
