"""A verb: a function of an open shop and a request in JSON, giving a reply in JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dms_desktop.cli.shop import Shop

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verb:
    """`writes` verbs need the one writer; the others may look while somebody else writes."""

    do: Callable[[Shop, Json], Json]
    writes: bool = True
