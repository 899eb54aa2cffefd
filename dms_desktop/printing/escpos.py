"""Pages of a narrow PDF as a thermal printer takes them: rows of dots, a cut, the cash drawer.

Everything goes as a picture. Text would be quicker on a slow cable, but no printer's own table has
the Indian scripts, few have the rupee sign, and a mixed receipt would stand in two typefaces.
"""

from __future__ import annotations

from collections.abc import Iterator

from dms_desktop.resource import ONE_PAINTER

RESET = b"\x1b@"
CUT = b"\x1dVB\x00"  # feed to the knife and leave a bridge
DRAWER = b"\x1bp\x00\x19\xfa"  # pin 2, 50 ms on, 500 ms off
_RASTER = b"\x1dv0\x00"
_BAND = 240  # rows a command: cheap printers have buffers of 16 kB
_DARK = 150  # what is darker becomes a dot: strokes stay whole, hairlines of smoothing do not
_BITS = bytes(49 if gray < _DARK else 48 for gray in range(256))  # 1 and 0 as letters


def rolls(pdf: bytes, dots: int, *, drawer: bool = False) -> bytes:
    """Each page followed by a cut. `drawer` opens it first: the change is counted meanwhile."""
    parts = [RESET, DRAWER if drawer else b""]
    for width, rows in pictures(pdf, dots):
        for start in range(0, len(rows), _BAND):
            band = rows[start : start + _BAND]
            size = width.to_bytes(2, "little") + len(band).to_bytes(2, "little")
            parts += [_RASTER, size, *band]
        parts.append(CUT)
    return b"".join(parts)


def pictures(pdf: bytes, dots: int) -> Iterator[tuple[int, list[bytes]]]:
    """Of each page the bytes a row and the rows from the top, eight dots a byte, black is 1."""
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

    with ONE_PAINTER, PdfDocument(pdf) as opened:
        for page in opened:
            drawn = page.render(scale=dots / page.get_width(), grayscale=True)
            gray, width = bytes(drawn.buffer), (dots + 7) // 8
            rows = [
                _packed(gray[at : at + min(dots, drawn.width)], width)
                for at in range(0, drawn.height * drawn.stride, drawn.stride)
            ]
            drawn.close()
            page.close()
            yield width, rows


def _packed(row: bytes, width: int) -> bytes:
    """A row that is narrower than the head is filled with white."""
    return int(row.translate(_BITS).ljust(width * 8, b"0"), 2).to_bytes(width, "big")
