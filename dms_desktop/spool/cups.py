"""Printers that CUPS knows: asked for their state, then given a file, by its own programs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from dms_desktop.domain.printers import PrinterRecord, raw
from dms_desktop.spool.faults import (
    PrinterAway,
    PrinterSlow,
    PrinterStopped,
    PrinterUnknown,
    SpoolerMissing,
    SpoolerStopped,
)

PATIENCE = 15.0  # seconds for one of its programs; all of them only talk to the print service


def send(printer: PrinterRecord, path: Path, copies: int = 1) -> None:
    """Hand the file to the queue; it was taken when this returns. Raises a PrinterFault.

    A paused queue would take it and keep it unseen, so its state is asked for first.
    """
    queue = printer.address
    _require_ready(printer, path)
    as_it_is = ("-o", "raw") if raw(path.name) else ()
    done = _run(
        printer, path, "lp", "-d", queue, "-n", str(copies), "-t", path.stem, *as_it_is, "--",
        str(path.resolve()),
    )  # fmt: skip
    if done.returncode:
        raise PrinterAway(printer, path, _said(done.stderr) or f"lp: {done.returncode}")


def queues() -> tuple[str, ...]:
    """What CUPS knows here; nothing where it is missing or does not answer."""
    try:
        done = _talk("lpstat", "-e")
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return tuple(sorted(line.strip() for line in done.stdout.splitlines() if line.strip()))


def _require_ready(printer: PrinterRecord, path: Path) -> None:
    queue = printer.address
    done = _run(printer, path, "lpstat", "-r", "-p", queue, "-a", queue)
    lines = done.stdout.splitlines()
    if "scheduler is not running" in lines:
        raise SpoolerStopped(printer, path)
    if done.returncode:
        raise PrinterUnknown(printer, path, _said(done.stderr))
    for at, line in enumerate(lines):
        if line.startswith((f"printer {queue} disabled", f"{queue} not accepting")):
            why = " ".join(lines[at + 1 : at + 2]).strip()
            raise PrinterStopped(printer, path, why or "no reason given")


def _run(
    printer: PrinterRecord, path: Path, program: str, *words: str
) -> subprocess.CompletedProcess[str]:
    try:
        return _talk(program, *words)
    except FileNotFoundError:
        raise SpoolerMissing(printer, path, tool=program) from None
    except subprocess.TimeoutExpired as error:
        raise PrinterSlow(printer, path, seconds=int(error.timeout)) from None
    except OSError as error:
        raise PrinterAway(printer, path, error.strerror or error) from error


def _talk(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Without a shell, and in the one language that can be read here."""
    return subprocess.run(
        [program, *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=PATIENCE,
        env={**os.environ, "LC_ALL": "C"},
        check=False,
    )


def _said(errors: str) -> str:
    """`lp: Error - no such thing.` as a part of a sentence."""
    said = " ".join(errors.split()).removeprefix("lp: ").removeprefix("lpstat: ")
    return said.removeprefix("Error - ").rstrip(".")
