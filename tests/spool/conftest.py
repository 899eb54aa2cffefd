"""A printer on the network that the tests can listen to."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from dms_desktop.domain.printers import PrinterRecord, Way


@dataclass
class Listener:
    """A printer on the network: it takes what comes, one connection at a time."""

    server: socket.socket
    hangs_up: bool = True
    takes: int = 1_000  # papers; a further one is dropped as it comes
    heard: list[bytes] = field(default_factory=list)

    @property
    def record(self) -> PrinterRecord:
        port = self.server.getsockname()[1]
        return PrinterRecord("NET", "Network laser", Way.SOCKET, f"127.0.0.1:{port}")

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            with connection:
                if not self.hangs_up or len(self.heard) >= self.takes:
                    connection.setsockopt(
                        socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
                    )
                    continue
                said = b""
                while part := connection.recv(65_536):
                    said += part
                self.heard.append(said)


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener(socket.create_server(("127.0.0.1", 0)))
    thread = threading.Thread(target=made.serve)
    thread.start()
    yield made
    made.server.shutdown(socket.SHUT_RDWR)
    made.server.close()
    thread.join(20)
