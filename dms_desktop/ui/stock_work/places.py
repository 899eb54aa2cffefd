"""What the sheets of stock work offer: the places that goods lie in, and the reasons."""

from __future__ import annotations

from dataclasses import dataclass

from dms_desktop.domain.adjustment import Ground
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services.stock_grounds import grounds
from dms_desktop.services.stock_rows import Place, places
from dms_desktop.store.session import Reading


@dataclass(frozen=True, slots=True)
class Around:
    places: tuple[Place, ...]
    grounds: tuple[Ground, ...]


@needs(Power.LOOK)
def around(reading: Reading) -> Around:
    return Around(places(reading), grounds(reading))
