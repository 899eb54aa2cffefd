"""All kinds of masters in the trade's order, each under its heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dms_desktop.language.catalogue import N_
from dms_desktop.ui.masters import goods, house, people, wheels
from dms_desktop.ui.masters.master import Master

GROUPS: Sequence[tuple[str, Sequence[Master]]] = (
    (
        N_("Goods"),
        (goods.ITEM, goods.LOT, goods.PRICE_LIST, goods.PRICE, goods.TAX_CLASS),
    ),
    (
        N_("Parties and routes"),
        (people.PARTY, people.TERMS, people.PRINCIPAL, people.BEAT, people.SALESMAN),
    ),
    (N_("Stores"), (house.GODOWN, goods.RACK, wheels.VEHICLE, wheels.MAN)),
    (N_("Books"), (house.ACCOUNT, house.REASON, house.SERIES, house.PERIOD)),
    (N_("The house"), (house.COMPANY, house.TURNOVER, people.USER, people.ROLE, house.PRINTER)),
)
KINDS: Mapping[str, Master] = {each.kind: each for _, group in GROUPS for each in group}
