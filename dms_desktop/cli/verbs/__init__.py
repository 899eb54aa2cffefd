"""Every verb by its name: what it does with the books, and whether it writes."""

from __future__ import annotations

from dms_desktop.cli.verbs import (
    dispatch,
    godown,
    keeping,
    masters,
    opening,
    papers,
    picking,
    printing,
    purchases,
    registers,
    stock,
    stock_papers,
    suppliers,
    tray,
)
from dms_desktop.cli.verbs.verb import Verb

VERBS: dict[str, Verb] = {
    **papers.VERBS,
    **printing.VERBS,
    **masters.VERBS,
    **registers.VERBS,
    **opening.VERBS,
    **keeping.VERBS,
    **tray.VERBS,
    **stock_papers.VERBS,
    **stock.VERBS,
    **godown.VERBS,
    **purchases.VERBS,
    **suppliers.VERBS,
    **picking.VERBS,
    **dispatch.VERBS,
}
