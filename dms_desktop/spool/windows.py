"""Printers that Windows knows, by its own GDI; never tried on Windows.

Windows prints no PDF by itself: `printto` needs a reader that somebody installed and says neither
whether nor when it printed, and raw bytes suit only a printer that understands PDF. So each page is
drawn by PDFium here and given to the printer's driver as a picture; a file in the printer's own
language goes past the driver, as RAW. The drawing is tested wherever the tests run; what follows it
is written from Microsoft's documentation of GDI and winspool, and nobody has seen it run.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dms_desktop.domain.printers import PrinterRecord, raw
from dms_desktop.resource import ONE_PAINTER
from dms_desktop.spool.faults import PrinterAway, PrinterUnknown, SpoolerMissing

MOST_DPI = 300  # sharp to the eye; an A4 page is 35 MB of picture then
POINTS = 72


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as GDI takes it: rows from the top, four bytes a dot: blue, green, red, nothing."""

    width: int
    height: int
    dots: bytes


def pictures(path: Path, dpi: int) -> Iterator[Picture]:
    """The pages of a PDF, one at a time."""
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

    with ONE_PAINTER, PdfDocument(path) as pdf:
        for page in pdf:
            drawn = page.render(scale=dpi / POINTS, prefer_bgrx=True)
            yield Picture(drawn.width, drawn.height, bytes(drawn.buffer))
            drawn.close()
            page.close()


if sys.platform == "win32":
    from ctypes import wintypes

    _HORZRES, _VERTRES, _LOGPIXELSX = 8, 10, 88
    _SRCCOPY, _DIB_RGB_COLORS = 0x00CC0020, 0
    _LOCAL_AND_CONNECTED = 0x2 | 0x4
    _gdi = ctypes.WinDLL("gdi32", use_last_error=True)
    _spool = ctypes.WinDLL("winspool.drv", use_last_error=True)
    _gdi.CreateDCW.restype = wintypes.HDC

    class _Header(ctypes.Structure):
        """BITMAPINFOHEADER."""

        _fields_ = (
            ("size", wintypes.DWORD), ("width", wintypes.LONG), ("height", wintypes.LONG),
            ("planes", wintypes.WORD), ("bits", wintypes.WORD), ("compression", wintypes.DWORD),
            ("bytes", wintypes.DWORD), ("x_per_metre", wintypes.LONG),
            ("y_per_metre", wintypes.LONG), ("used", wintypes.DWORD),
            ("important", wintypes.DWORD),
        )  # fmt: skip

    class _Job(ctypes.Structure):
        """DOCINFOW."""

        _fields_ = (
            ("size", ctypes.c_int), ("name", wintypes.LPCWSTR), ("output", wintypes.LPCWSTR),
            ("datatype", wintypes.LPCWSTR), ("kind", wintypes.DWORD),
        )  # fmt: skip

    class _Raw(ctypes.Structure):
        """DOC_INFO_1W."""

        _fields_ = (
            ("name", wintypes.LPWSTR), ("output", wintypes.LPWSTR), ("datatype", wintypes.LPWSTR),
        )  # fmt: skip

    class _Known(ctypes.Structure):
        """PRINTER_INFO_4W."""

        _fields_ = (
            ("name", wintypes.LPWSTR), ("server", wintypes.LPWSTR), ("attributes", wintypes.DWORD),
        )  # fmt: skip

    def send(printer: PrinterRecord, path: Path, copies: int = 1) -> None:
        """The spooler of Windows took it when this returns. Raises a PrinterFault."""
        if raw(path.name):
            _pass_on(printer, path, copies)
            return
        device = wintypes.HDC(_gdi.CreateDCW("WINSPOOL", printer.address, None, None))
        if not device.value:
            raise PrinterUnknown(printer, path)
        try:
            _print(device, printer, path, copies)
        finally:
            _gdi.DeleteDC(device)

    def printers() -> tuple[str, ...]:
        """The names of all that this user may print to."""
        needed, count = wintypes.DWORD(), wintypes.DWORD()
        how = (_LOCAL_AND_CONNECTED, None, 4)
        _spool.EnumPrintersW(*how, None, 0, ctypes.byref(needed), ctypes.byref(count))
        room = ctypes.create_string_buffer(needed.value)
        told = (ctypes.byref(needed), ctypes.byref(count))
        if not _spool.EnumPrintersW(*how, room, needed, *told):
            return ()
        known = ctypes.cast(room, ctypes.POINTER(_Known))
        return tuple(sorted(str(known[at].name) for at in range(count.value)))

    def _pass_on(printer: PrinterRecord, path: Path, copies: int) -> None:
        """The bytes themselves, past the driver."""
        handle, taken = wintypes.HANDLE(), wintypes.DWORD()
        if not _spool.OpenPrinterW(printer.address, ctypes.byref(handle), None):
            raise PrinterUnknown(printer, path)
        try:
            job = _Raw(path.stem, None, "RAW")
            _done(_spool.StartDocPrinterW(handle, 1, ctypes.byref(job)) > 0, printer, path)
            data = path.read_bytes()
            for _ in range(copies):
                well = _spool.WritePrinter(handle, data, len(data), ctypes.byref(taken))
                _done(bool(well) and taken.value == len(data), printer, path)
            _done(bool(_spool.EndDocPrinter(handle)), printer, path)
        finally:
            _spool.ClosePrinter(handle)

    def _print(device: wintypes.HDC, printer: PrinterRecord, path: Path, copies: int) -> None:
        job = _Job(ctypes.sizeof(_Job), path.stem, None, None, 0)
        _done(_gdi.StartDocW(device, ctypes.byref(job)) > 0, printer, path)
        dpi = min(_gdi.GetDeviceCaps(device, _LOGPIXELSX), MOST_DPI)
        try:
            for _ in range(copies):
                for picture in pictures(path, dpi):
                    _done(_gdi.StartPage(device) > 0, printer, path)
                    _done(_draw(device, picture), printer, path)
                    _done(_gdi.EndPage(device) > 0, printer, path)
        except BaseException:
            _gdi.AbortDoc(device)
            raise
        _done(_gdi.EndDoc(device) > 0, printer, path)

    def _draw(device: wintypes.HDC, picture: Picture) -> bool:
        """As large as the sheet allows, its shape kept."""
        width, height = (_gdi.GetDeviceCaps(device, of) for of in (_HORZRES, _VERTRES))
        scale = min(width / picture.width, height / picture.height)
        header = _Header(ctypes.sizeof(_Header), picture.width, -picture.height, 1, 32)
        return bool(
            _gdi.StretchDIBits(
                device, 0, 0, int(picture.width * scale), int(picture.height * scale),
                0, 0, picture.width, picture.height, picture.dots, ctypes.byref(header),
                _DIB_RGB_COLORS, _SRCCOPY,
            )
        )  # fmt: skip

    def _done(well: bool, printer: PrinterRecord, path: Path) -> None:
        if not well:
            raise PrinterAway(printer, path, ctypes.FormatError(ctypes.get_last_error()))

else:

    def send(printer: PrinterRecord, path: Path, copies: int = 1) -> None:
        """Raises SpoolerMissing: only Windows has such printers."""
        raise SpoolerMissing(printer, path, tool="Windows")

    def printers() -> tuple[str, ...]:
        return ()
