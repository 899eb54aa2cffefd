"""What the books say of a bill on credit: it may go, it may but should be told, or it may not."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from dms_desktop.domain.refusals import Problem

if TYPE_CHECKING:
    from dms_desktop.domain.credit import Account


class Level(StrEnum):
    OK = "ok"
    WARN = "warn"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`problems` stop, `warnings` are only said; `accounts` are what they stand on."""

    accounts: tuple[Account, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = field(default=())

    @property
    def level(self) -> Level:
        if self.problems:
            return Level.STOP
        return Level.WARN if self.warnings else Level.OK
