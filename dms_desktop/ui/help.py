"""What this screen is for, and all its keys, on one sheet laid over the window until Esc."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from dms_desktop.language.catalogue import ENGLISH, _, language
from dms_desktop.resource import resource
from dms_desktop.ui import keys
from dms_desktop.ui.keys import Where
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.theme import Role, dress

BOOKLESS = (None, Where.START, Where.LOG_IN)
# Keys that a screen has besides its own.
BESIDE: Mapping[Where | None, Sequence[Where]] = {
    Where.MASTERS: (Where.LIST, Where.FORM, Where.PERIODS),
    Where.ORDERS: (Where.LIST,),
    Where.BILLS: (Where.LIST,),
    Where.STOCK_WORK: (Where.LIST,),
    Where.GOODS_IN: (Where.LIST, Where.FORM, Where.GOODS_PAPER),
    Where.DISPATCH: (Where.VAN,),
    Where.STOCK: (Where.LIST,),
    Where.IMPORT: (Where.IMPORTS, Where.BEGIN),
    Where.SETTINGS: (Where.FORM,),
}
CLOSING = (Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Return, Qt.Key.Key_Enter)
BESIDE_PAGE = 80  # pixels: the margins of the sheet, and between page and keys
EDGE = 24  # pixels of the window that stay in view around the sheet
SHADE = QColor(0, 0, 0, 110)
LETTERS = 62  # a line of the page, which nobody should have to follow with a finger
STEPS = {
    Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_Space: 10,
}  # fmt: skip


class Help(QFrame):
    """The page called `page` on the left, if there is one; on the right the keys of the screen at
    work, `where`, then those of every screen. What lies below it is in the shade meanwhile."""

    def __init__(self, window: QWidget, where: Where | None, page: str = "") -> None:
        super().__init__(window)
        dress(self, Role.CARD)
        self._window, self._before, self._page = window, window.focusWidget(), page
        self._shade = _shade(window)
        self.setAccessibleName(_("Help and keys"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.page, self.keys = QTextBrowser(), _keys(where)
        text = page_text(page)
        self._write(text)
        for area in (self.page, self.keys):
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.page.document().setDocumentMargin(0)
        self.page.setOpenLinks(False)
        self.page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(28, 18, 20, 14)
        rows.setSpacing(12)
        if not text:  # a page has a title of its own
            rows.addWidget(dress(Label(_("Help and keys")), Role.TITLE))
        columns = QHBoxLayout()
        columns.setSpacing(32)
        columns.addWidget(self.page)
        if not text:
            self.page.hide()
        columns.addWidget(self.keys, 1)
        rows.addLayout(columns, 1)
        rows.addWidget(dress(Label(_("Esc closes this sheet")), Role.MUTED))
        window.installEventFilter(self)
        self._centre()
        self.show()
        self.raise_()
        self.setFocus()

    def speak_again(self) -> None:
        self._write(page_text(self._page))
        self._centre()

    def _write(self, text: str) -> None:
        self.page.setMarkdown(text)
        self.setAccessibleDescription(self.page.toPlainText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in CLOSING or event.text() == "?":
            self.close_sheet()
        elif key in STEPS:
            for area in (self.page, self.keys):
                bar = area.verticalScrollBar()
                bar.setValue(bar.value() + STEPS[key] * self.fontMetrics().lineSpacing())

    def close_sheet(self) -> None:
        if self._before is not None:
            self._before.setFocus()
        self._shade.hide()
        self._shade.deleteLater()
        self.hide()
        self.deleteLater()

    def event(self, event: QEvent) -> bool:
        """Its keys are not the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._centre()
        return False

    def _centre(self) -> None:
        """As large as what it says, as far as the window allows; both parts scroll."""
        window, inside = self._window, self.keys.widget()
        self._shade.setGeometry(window.rect())
        assert inside is not None
        room = self.keys.verticalScrollBar().sizeHint().width()
        keys_wide = min(inside.sizeHint().width() + room, window.width() * 3 // 5)
        self.keys.setMinimumWidth(keys_wide)
        left = window.width() - EDGE * 2 - keys_wide - BESIDE_PAGE
        self.page.setFixedWidth(min(self.fontMetrics().averageCharWidth() * LETTERS, left))
        wide = self.sizeHint().width()
        measured = self.page.document().clone()  # the page itself wraps in what its bar leaves
        measured.setTextWidth(self.page.width() - room)
        tall = max(inside.sizeHint().height(), measured.size().height()) + 120
        edge = EDGE * 2
        self.resize(min(wide, window.width() - edge), min(int(tall), window.height() - edge))
        self.move((window.width() - self.width()) // 2, (window.height() - self.height()) // 2)


def _shade(window: QWidget) -> QWidget:
    """Over all of the window, so that nobody takes what is half covered for what is at work."""
    shade = QWidget(window)
    dark = QPalette()
    dark.setColor(QPalette.ColorRole.Window, SHADE)
    shade.setPalette(dark)
    shade.setAutoFillBackground(True)
    shade.show()
    return shade


def page_text(page: str) -> str:
    """The page in the language of now, else in English; empty where there is none."""
    if not page:
        return ""
    for folder in (f"manual/{language()}", "manual") if language() != ENGLISH else ("manual",):
        path = resource(f"{folder}/{page}.md")
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return ""


def _keys(where: Where | None) -> QScrollArea:
    """The screen's own keys in the first column, those of every screen in the second."""
    ground = QWidget()
    columns = QHBoxLayout(ground)
    columns.setContentsMargins(0, 0, 8, 0)
    columns.setSpacing(32)
    first, second = QVBoxLayout(), QVBoxLayout()
    always: tuple[Where, ...] = (Where.EVERYWHERE,)
    if where not in BOOKLESS:
        always += (Where.SCREENS, Where.LOOKUP)
    mine = {_(each.value) for each in (where, *BESIDE.get(where, ())) if each is not None}
    here = {_(each.value) for each in always} | mine
    for heading, table in keys.key_table():
        if heading in here:
            (first if heading in mine else second).addLayout(_table(heading, table))
    for column in (first, second):
        column.setSpacing(14)
        column.addStretch()
        columns.addLayout(column)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(ground)
    for widget in (ground, area.viewport()):
        widget.setAutoFillBackground(False)
    return area


def _table(heading: str, rows: tuple[tuple[str, str], ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(3)
    grid.addWidget(dress(Label(heading), Role.MUTED), 0, 0, 1, 2)
    for at, (key, label) in enumerate(rows, 1):
        chip = dress(Label(key), Role.CHIP)
        chip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(chip, at, 0)
        grid.addWidget(Label(label), at, 1)
    grid.setColumnStretch(1, 1)
    return grid
