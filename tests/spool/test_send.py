"""A paper reaches the printer that is named, or the fault says which, why, and where it lies."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

import pytest

from dms_desktop.domain.printers import PrinterRecord, Way
from dms_desktop.language.faults import say_fault
from dms_desktop.spool import cups as cups_way
from dms_desktop.spool import network, windows
from dms_desktop.spool.faults import (
    PrinterAway,
    PrinterFault,
    PrinterSlow,
    PrinterStopped,
    PrinterUnknown,
    SpoolerMissing,
    SpoolerStopped,
)
from dms_desktop.spool.printers import queues, send
from tests.cups import Cups, Queue
from tests.spool.conftest import Listener


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "-d B-26-27-00001.pdf"  # a name that a careless program takes for an option
    path.write_bytes(b"%PDF-1.4 the bill")
    return path


def on(queue: str) -> PrinterRecord:
    return PrinterRecord("LASER", "Laser by the door", Way.QUEUE, queue)


def fault_of(printer: PrinterRecord, paper: Path) -> PrinterFault:
    with pytest.raises(PrinterFault) as caught:
        send(printer, paper)
    said = say_fault(caught.value.word, caught.value.facts)
    assert str(paper) in said
    assert (printer.name or printer.code) in said
    return caught.value


def test_a_queue_prints_the_file_as_often_as_asked(queue: Queue, paper: Path) -> None:
    send(on(queue.name), paper)
    send(on(queue.name), paper, copies=2)
    assert queue.papers() == [paper.stem] * 3
    assert {path.read_bytes() for path in queue.tray.iterdir()} == {paper.read_bytes()}


def test_this_machine_lists_its_queues(queue: Queue, cups: Cups) -> None:
    other = cups.queue()
    found = queues()
    assert {(Way.QUEUE, queue.name), (Way.QUEUE, other.name)} <= set(found)
    assert list(found) == sorted(found)
    other.remove()
    assert (Way.QUEUE, other.name) not in queues()


def test_a_queue_that_is_gone_is_unknown(queue: Queue, paper: Path) -> None:
    queue.remove()
    fault = fault_of(on(queue.name), paper)
    assert isinstance(fault, PrinterUnknown)
    assert queue.name in say_fault(fault.word, fault.facts)


def test_a_paused_queue_is_told_with_its_reason_and_keeps_no_paper(
    queue: Queue, paper: Path
) -> None:
    queue.pause("out of paper")
    fault = fault_of(on(queue.name), paper)
    assert isinstance(fault, PrinterStopped)
    assert fault.facts["found"] == "out of paper"
    queue.resume()
    assert queue.papers() == [], "what was refused does not come out later"
    send(on(queue.name), paper)
    assert queue.papers() == [paper.stem]


def test_a_queue_that_rejects_is_told_with_its_reason(queue: Queue, paper: Path) -> None:
    queue.reject("moved to the godown")
    fault = fault_of(on(queue.name), paper)
    assert isinstance(fault, PrinterStopped)
    assert fault.facts["found"] == "moved to the godown"


def test_a_print_service_that_is_not_running_is_named(
    monkeypatch: pytest.MonkeyPatch, cups: Cups, tmp_path: Path, paper: Path
) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody-listens"))
    assert isinstance(fault_of(on("Q1"), paper), SpoolerStopped)
    assert queues() == ()


def test_a_print_service_that_hangs_is_waited_for_only_so_long(
    monkeypatch: pytest.MonkeyPatch, cups: Cups, queue: Queue, paper: Path
) -> None:
    monkeypatch.setattr(cups_way, "PATIENCE", 1.0)
    cups.signal(signal.SIGSTOP)
    try:
        fault = fault_of(on(queue.name), paper)
        assert queues() == ()
    finally:
        cups.signal(signal.SIGCONT)
    assert isinstance(fault, PrinterSlow)
    assert fault.facts["seconds"] == 1


def test_a_machine_without_print_programs_says_which_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, paper: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    fault = fault_of(on("Q1"), paper)
    assert isinstance(fault, SpoolerMissing)
    assert fault.facts["tool"] == "lpstat"
    assert queues() == ()


def test_a_network_printer_gets_every_byte(listener: Listener, paper: Path) -> None:
    paper.write_bytes(os.urandom(3_000_000))
    send(listener.record, paper)
    assert listener.heard == [paper.read_bytes()]
    send(listener.record, paper, copies=2)
    assert listener.heard[1] == paper.read_bytes() * 2


def test_a_network_printer_that_is_off_is_told(listener: Listener, paper: Path) -> None:
    gone = listener.record
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    fault = fault_of(PrinterRecord(gone.code, gone.name, gone.way, f"127.0.0.1:{port}"), paper)
    assert isinstance(fault, PrinterAway)
    assert fault.facts["found"] == os.strerror(111)
    assert listener.heard == []


def test_a_network_printer_that_drops_the_paper_is_told(listener: Listener, paper: Path) -> None:
    listener.hangs_up = False  # it closes with bytes unread, which resets the connection
    paper.write_bytes(os.urandom(30_000_000))
    assert isinstance(fault_of(listener.record, paper), PrinterAway)


def test_a_network_printer_that_takes_no_byte_is_waited_for_only_so_long(
    monkeypatch: pytest.MonkeyPatch, paper: Path
) -> None:
    monkeypatch.setattr(network, "TAKING", 0.3)
    paper.write_bytes(os.urandom(30_000_000))
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        address = f"127.0.0.1:{deaf.getsockname()[1]}"
        fault = fault_of(PrinterRecord("NET", "", Way.SOCKET, address), paper)
    assert isinstance(fault, PrinterSlow)


def test_a_network_printer_that_never_hangs_up_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, paper: Path
) -> None:
    monkeypatch.setattr(network, "PARTING", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        send(PrinterRecord("NET", "", Way.SOCKET, f"127.0.0.1:{deaf.getsockname()[1]}"), paper)


def test_a_folder_gets_a_copy_and_is_never_made(tmp_path: Path, paper: Path) -> None:
    stick = PrinterRecord("STICK", "USB stick", Way.FOLDER, str(tmp_path / "stick"))
    assert isinstance(fault_of(stick, paper), PrinterAway)
    assert not (tmp_path / "stick").exists()
    (tmp_path / "stick").mkdir()
    send(stick, paper)
    send(stick, paper)
    assert [path.name for path in (tmp_path / "stick").iterdir()] == [paper.name]
    assert (tmp_path / "stick" / paper.name).read_bytes() == paper.read_bytes()
    send(PrinterRecord("HERE", "", Way.FOLDER, str(tmp_path)), paper)
    assert paper.read_bytes() == b"%PDF-1.4 the bill"


def test_a_windows_printer_is_refused_elsewhere(paper: Path) -> None:
    fault = fault_of(PrinterRecord("W", "Office", Way.WINDOWS, "HP LaserJet"), paper)
    assert isinstance(fault, SpoolerMissing)
    assert windows.printers() == ()
