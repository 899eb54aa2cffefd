"""What a window says in words, apart from what was typed: for tests of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QTabBar,
    QTableView,
    QWidget,
)

from tests.ui.conftest import CTRL, SHIFT

# Words of the trade, the law and the keyboard that a Hindi screen shows in Latin letters too; and
# the units as GSTN abbreviates them.
LATIN = re.compile(
    r"\b(HSN|GSTIN|[CSI]?GST|UTGST|PT[RS]|MRP|FSSAI|UPI|PAN|PDF|SEZ|UIN|UN|IFSC|DMS|Desktop|English|"
    r"Windows|Linux|xlsx|csv|CASH|F\d+|Esc|Enter|Ctrl|Shift|Del|Ins|Up|Down|Left|Right|"
    r"Alt|PgUp|PgDown|Home|"
    r"End|Space|mon|thu|[A-Z]{3})\b"
)
WORD = re.compile(r"[A-Za-z]{3,}")


def switch(widget: QWidget) -> None:
    """Press the key that changes the language."""
    QTest.keyClick(widget, Qt.Key.Key_H, CTRL | SHIFT)


def texts(root: QWidget) -> list[str]:
    """Everything that stands on it, whether in sight or not."""
    return [text for widget in (root, *root.findChildren(QWidget)) for text in _of(widget) if text]


def english(root: QWidget, names: str = "") -> list[str]:
    """The texts with English words in them: neither terms of the trade nor those in `names`."""
    own = set(WORD.findall(names))
    return [text for text in texts(root) if set(WORD.findall(LATIN.sub("", text))) - own]


def _of(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(at) for at in range(widget.count()))
        return  # its arrows have names of Qt's own
    elif isinstance(widget, QListWidget):
        yield from (widget.item(at).text() for at in range(widget.count()))
    elif isinstance(widget, QTableView):
        model = widget.model()
        across = Qt.Orientation.Horizontal
        yield from (str(model.headerData(at, across) or "") for at in range(model.columnCount()))
    if not isinstance(widget.parent(), QTabBar):
        yield from (widget.accessibleName(), widget.toolTip())
