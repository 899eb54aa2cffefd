"""The theme's colours as a widget that paints itself needs them."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QColor, QPalette

from dms_desktop.ui.theme import COLOURS, Theme

Pens = dict[str, QColor]


def pens_of(palette: QPalette) -> Pens:
    """The colours that this palette was made from."""
    dark = palette.color(QPalette.ColorRole.Base).lightness() < 128
    return _pens(Theme.DARK if dark else Theme.LIGHT)


@cache
def _pens(theme: Theme) -> Pens:
    return {name: QColor(colour) for name, colour in COLOURS[theme]._asdict().items()}
