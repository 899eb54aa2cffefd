"""A printer at the network's other end, given bytes on a bare connection (most listen at 9100).

It gets the file as it is: receipts and columns in the printer's own language, and a PDF, which is
right for a printer that prints PDF itself, as most laser printers for offices do, and wrong for one
that does not. Such a one needs a queue with a driver.
"""

from __future__ import annotations

import socket
from pathlib import Path

from dms_desktop.domain.printers import PrinterRecord, host_port
from dms_desktop.spool.faults import PrinterAway, PrinterSlow

CONNECTING = 5.0  # seconds
TAKING = 20.0  # seconds in which it takes no byte
PARTING = 2.0  # seconds for it to hang up; some never do


def send(printer: PrinterRecord, path: Path, copies: int = 1) -> None:
    """Every byte was taken when this returns. Raises PrinterAway and PrinterSlow."""
    data = path.read_bytes()
    try:
        connection = socket.create_connection(host_port(printer.address), timeout=CONNECTING)
    except OSError as error:
        raise PrinterAway(printer, path, error.strerror or error) from error
    with connection:
        try:
            connection.settimeout(TAKING)
            for _ in range(copies):
                connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            _part(connection)
        except TimeoutError:
            raise PrinterSlow(printer, path, seconds=int(TAKING)) from None
        except OSError as error:
            raise PrinterAway(printer, path, error.strerror or error) from error


def _part(connection: socket.socket) -> None:
    """Who lost the bytes says so now: a reset connection raises."""
    connection.settimeout(PARTING)
    try:
        while connection.recv(4096):
            pass
    except TimeoutError:
        return
