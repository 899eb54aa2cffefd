"""The door to the printers: a paper that lies in a file goes to the one that is named."""

from __future__ import annotations

import sys
from pathlib import Path

from dms_desktop.domain.printers import PrinterRecord, Way
from dms_desktop.spool.faults import PrinterAway


def send(printer: PrinterRecord, path: Path, copies: int = 1) -> None:
    """Returns once the paper was taken: by the print service, the folder, or the printer itself.

    Raises a PrinterFault, after which it was not taken (PrinterSlow: that is not known). A folder
    gets one copy, whatever is asked.
    """
    match Way(printer.way):
        case Way.QUEUE:
            from dms_desktop.spool import cups

            cups.send(printer, path, copies)
        case Way.WINDOWS:
            from dms_desktop.spool import windows

            windows.send(printer, path, copies)
        case Way.SOCKET:
            from dms_desktop.spool import network

            network.send(printer, path, copies)
        case Way.FOLDER:
            _copy(printer, path)


def queues() -> tuple[tuple[Way, str], ...]:
    """The printers that this PC has, each with the way that it is reached by."""
    if sys.platform == "win32":
        from dms_desktop.spool import windows

        return tuple((Way.WINDOWS, name) for name in windows.printers())
    else:
        from dms_desktop.spool import cups

        return tuple((Way.QUEUE, name) for name in cups.queues())


def _copy(printer: PrinterRecord, path: Path) -> None:
    """Not made where it is not there: a stick that was pulled out is a fault, not a new folder."""
    from dms_desktop.spool.keeping import put

    target = Path(printer.address) / path.name
    try:
        if target.resolve() != path.resolve():
            put(path.read_bytes(), target)
    except OSError as error:
        raise PrinterAway(printer, path, error.strerror or error) from error
