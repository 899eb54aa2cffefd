"""Why a printer took no paper: faults of the machine, told with the place where the paper lies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from dms_desktop.domain.printers import PrinterRecord
from dms_desktop.store.faults import BooksFault

_TOLD = 3


class PrinterFault(BooksFault):
    """Facts: printer (as people call it), address, path (of the paper), and found."""

    word: ClassVar[str] = "printer_away"

    def __init__(
        self, printer: PrinterRecord, path: Path, found: object = "", **facts: object
    ) -> None:
        super().__init__(
            path,
            printer=printer.name or printer.code,
            address=printer.address,
            path=str(path),
            found=str(found),
            **facts,
        )


class PrinterAway(PrinterFault):
    """It, or what leads to it, does not answer or does not take the paper."""


class PrinterUnknown(PrinterFault):
    """This PC has nothing at that address."""

    word = "printer_unknown"


class PrinterStopped(PrinterFault):
    """Somebody or something stopped it: paused, rejecting, out of paper."""

    word = "printer_stopped"


class PrinterSlow(PrinterFault):
    """It may have taken the paper or not. Facts: seconds."""

    word = "printer_slow"


class SpoolerStopped(PrinterFault):
    """The print service of this PC is not running."""

    word = "spooler_stopped"


class SpoolerMissing(PrinterFault):
    """This PC has no such print service. Facts: tool."""

    word = "spooler_missing"


class PapersLeft(BooksFault):
    """Documents that were saved and never printed. Facts: numbers."""

    word = "papers_left"

    def __init__(self, numbers: Sequence[str]) -> None:
        rest = " …" if len(numbers) > _TOLD else ""
        super().__init__("", numbers=", ".join(numbers[:_TOLD]) + rest)
