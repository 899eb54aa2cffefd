"""All kinds of masters in the trade's order, each under its heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dms_desktop.language.catalogue import N_
from dms_desktop.ui.masters import house
from dms_desktop.ui.masters.master import Master

GROUPS: Sequence[tuple[str, Sequence[Master]]] = ((N_("The house"), (house.GODOWN,)),)
KINDS: Mapping[str, Master] = {each.kind: each for _, group in GROUPS for each in group}
