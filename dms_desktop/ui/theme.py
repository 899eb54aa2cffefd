"""How the program looks: a table of colours a theme makes both its palette and its style sheet."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from string import Template
from typing import NamedTuple, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from dms_desktop.resource import resource

POINTS, LARGE_POINTS = 10.0, 12.0
WEIGHTS = ("Regular", "Bold")

# Python's face of a QStyle loads a hundred enumerations, which no start should wait for: the
# program names its style on Qt's command line, and says with this property that it has.
STYLED = "styled"

W = TypeVar("W", bound=QWidget)


class Theme(StrEnum):
    LIGHT = "light"
    DARK = "dark"


class Role(StrEnum):
    """What a label, frame or button is there for; `dress` makes it look so."""

    CARD = "card"
    TITLE = "title"
    MUTED = "muted"
    TOTAL = "total"
    CHIP = "chip"
    GOOD = "good"
    WARNING = "warning"
    FAULT = "fault"
    PRIMARY = "primary"
    BANNER = "banner"


class Colours(NamedTuple):
    """A tint is a ground for text of its own colour; `edge` bounds what can be typed into."""

    ground: str
    card: str
    stripe: str
    text: str
    muted: str
    line: str
    edge: str
    accent: str
    on_accent: str
    accent_pressed: str
    accent_tint: str
    chosen: str
    on_chosen: str
    good: str
    warning: str
    warning_tint: str
    fault: str
    fault_tint: str


COLOURS = {
    Theme.LIGHT: Colours(
        ground="#f4f6f8",
        card="#ffffff",
        stripe="#f8fafc",
        text="#1b1f24",
        muted="#57606b",
        line="#dde2e8",
        edge="#7d8696",
        accent="#0a63bd",
        on_accent="#ffffff",
        accent_pressed="#084f98",
        accent_tint="#e4f0fb",
        chosen="#d3e6f9",
        on_chosen="#0b2b4d",
        good="#15703f",
        warning="#835600",
        warning_tint="#fff4d6",
        fault="#b3261e",
        fault_tint="#fdeceb",
    ),
    Theme.DARK: Colours(
        ground="#14171c",
        card="#1c2128",
        stripe="#20262e",
        text="#e6e9ee",
        muted="#9fa9b7",
        line="#303740",
        edge="#6b7686",
        accent="#62adff",
        on_accent="#0e1b2a",
        accent_pressed="#8cc3ff",
        accent_tint="#16304a",
        chosen="#1f4468",
        on_chosen="#ffffff",
        good="#4cc38a",
        warning="#e8b94a",
        warning_tint="#352a10",
        fault="#ff8f87",
        fault_tint="#3d1d1c",
    ),
}

STYLE = Template("""
QMainWindow, QDialog, QWidget#ground { background: $ground; }
QLabel { color: $text; background: transparent; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="title"] { font-size: ${title}pt; font-weight: 700; }
QLabel[role="total"] { font-size: ${title}pt; font-weight: 700; }
QLabel[role="good"] { color: $good; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="fault"] { color: $fault; }
QLabel[role="chip"] {
    background: $accent_tint; color: $accent; border-radius: ${radius}px; font-weight: 700;
    padding: 2px ${wide}px; }
QFrame[role="card"] { background: $card; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[role="banner"] {
    background: $fault_tint; border: 1px solid $fault; border-radius: ${radius}px; }
QFrame[role="banner"] QLabel { background: $fault_tint; color: $fault; border: 0; }
QLineEdit, QPlainTextEdit, QComboBox, QDateEdit, QSpinBox {
    background: $card; color: $text; border: 1px solid $edge; border-radius: ${small}px;
    padding: ${thin}px ${wide}px; placeholder-text-color: $muted;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus {
    border: 2px solid $accent; padding: ${thinner}px ${wider}px; }
QComboBox { combobox-popup: 0; }
QComboBox QAbstractItemView {
    background: $card; color: $text; border: 1px solid $edge; outline: 0; padding: ${thinnest}px;
    selection-background-color: $chosen; selection-color: $on_chosen; }
QComboBox::drop-down { border: 0; width: ${box}px; }
QComboBox::down-arrow { image: url("$down"); width: ${bar}px; height: ${bar}px; }
QProgressBar {
    background: $card; color: $text; border: 1px solid $edge; border-radius: ${small}px;
    text-align: center; }
QProgressBar::chunk { background: $accent_tint; border-radius: ${small}px; }
QLineEdit:read-only { background: $ground; color: $text; border-color: $line; }
QLineEdit:disabled, QComboBox:disabled, QDateEdit:disabled {
    background: $ground; color: $muted; border-color: $line; }
QLineEdit[refused="true"] { border: 2px solid $fault; padding: ${thinner}px ${wider}px; }
QTableView QLineEdit { border-radius: 0; padding: 0 ${thin}px; }
QTableView {
    background: $card; alternate-background-color: $stripe; color: $text;
    placeholder-text-color: $muted; gridline-color: $line; border: 1px solid $line; outline: 0;
    selection-background-color: $chosen; selection-color: $on_chosen; }
QListWidget { background: $card; color: $text; border: 1px solid $line; outline: 0; }
QListWidget::item { padding: 0 ${thin}px; }
QListWidget::item:disabled { color: $muted; }
QListWidget::item:selected { background: $chosen; color: $on_chosen; }
QListWidget:focus { border: 1px solid $accent; }
QTableView::item { padding: 0 ${thin}px; }
QTableView::item:selected { background: $chosen; color: $on_chosen; }
QTableView::item:focus { border: 2px solid $accent; }
QHeaderView { background: $ground; border: 0; }
QHeaderView::section {
    background: $ground; color: $muted; border: 0; border-bottom: 1px solid $line;
    padding: ${thin}px ${wide}px; font-weight: 700; }
QHeaderView::section:vertical { border-right: 1px solid $line; padding: 0 ${thin}px; }
QTableCornerButton::section { background: $ground; border: 0; border-bottom: 1px solid $line; }
QPushButton {
    background: $card; color: $text; border: 1px solid $edge; border-radius: ${small}px;
    padding: ${thin}px ${wider_still}px; }
QPushButton:focus { border: 2px solid $accent; padding: ${thinner}px ${wide_still}px; }
QPushButton:checked { background: $accent_tint; color: $accent; border-color: $accent; }
QPushButton:pressed { background: $accent_tint; color: $text; }
QPushButton:disabled { background: $ground; color: $muted; border-color: $line; }
QPushButton[role="primary"] {
    background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 700; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:pressed { background: $accent_pressed; color: $on_accent; }
QPushButton[role="primary"]:disabled {
    background: $ground; color: $muted; border: 1px solid $line; }
QCheckBox { color: $text; spacing: ${wide}px; }
QCheckBox:disabled { color: $muted; }
QCheckBox::indicator {
    width: ${bar}px; height: ${bar}px; background: $card; border: 1px solid $edge;
    border-radius: 3px; }
QCheckBox::indicator:checked { image: url("$tick"); border-color: $accent; }
QCheckBox::indicator:focus { border: 2px solid $accent; }
QCheckBox::indicator:disabled { background: $ground; border-color: $line; }
QTabBar::tab {
    background: transparent; color: $muted; padding: ${thin}px ${wide}px; border: 0;
    border-bottom: 3px solid transparent; }
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; }
QTabBar::tab:hover { color: $text; }
QScrollBar { background: transparent; margin: 0; }
QScrollBar:vertical { width: ${bar}px; }
QScrollBar:horizontal { height: ${bar}px; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; min-height: 32px; }
QScrollBar::handle:horizontal { min-height: 0; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QStatusBar { background: $card; color: $muted; border-top: 1px solid $line; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: $muted; padding: 2px ${thin}px; }
QToolTip { background: $card; color: $text; border: 1px solid $line; }
""")


def system_theme() -> Theme:
    """What the desktop asks for; light where it asks for nothing."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return Theme.DARK if dark else Theme.LIGHT


def wanted(name: str) -> Theme:
    """The theme that was chosen by `name`, else the desktop's own."""
    return Theme(name) if name in {theme.value for theme in Theme} else system_theme()


def apply(app: QApplication, theme: Theme, *, large: bool = False) -> None:
    """Dress the whole program, also while its windows are open; `large` is for tired eyes."""
    points = LARGE_POINTS if large else POINTS
    if not app.property(STYLED):
        app.setStyle("Fusion")
        app.setProperty(STYLED, True)
    font = QFont(families())
    font.setPointSizeF(points)
    app.setFont(font)
    app.setPalette(palette(COLOURS[theme]))
    app.setStyleSheet(style_sheet(COLOURS[theme], points))


@cache
def families() -> list[str]:
    """The program's own letters, loaded once. They hold every script that a bill may be in."""
    for weight in WEIGHTS:
        number = QFontDatabase.addApplicationFont(str(resource(f"fonts/DmsSans-{weight}.ttf")))
    return QFontDatabase.applicationFontFamilies(number)


def palette(colours: Colours) -> QPalette:
    """What widgets that paint themselves go by."""
    roles = {
        QPalette.ColorRole.Window: colours.ground,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.card,
        QPalette.ColorRole.AlternateBase: colours.stripe,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Button: colours.card,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.ToolTipBase: colours.card,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.Accent: colours.accent,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.Mid: colours.edge,
        QPalette.ColorRole.Midlight: colours.line,
        QPalette.ColorRole.BrightText: colours.warning,
    }
    made = QPalette()
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    made.setColor(
        QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, QColor(colours.muted)
    )
    return made


def style_sheet(colours: Colours, points: float = POINTS) -> str:
    def pixels(at_usual_size: int) -> int:
        return round(at_usual_size * points / POINTS)

    return STYLE.substitute(
        colours._asdict(),
        title=points * 2,
        radius=pixels(8),
        small=pixels(6),
        thinnest=pixels(2),
        thin=pixels(5),
        thinner=pixels(5) - 1,
        wide=pixels(8),
        wider=pixels(8) - 1,
        wider_still=pixels(14),
        wide_still=pixels(14) - 1,
        bar=pixels(12),
        box=pixels(24),
        down=resource("icons/down.svg").as_posix(),
        tick=resource("icons/tick.svg").as_posix(),
    )


def dress(widget: W, role: Role) -> W:
    """Make `widget` look like what it is there for, and hand it back."""
    _set(widget, "role", role.value)
    return widget


def enlarge(*widgets: tuple[QWidget, float]) -> None:
    """Letters so many times the usual, for screens that are read from a step away."""
    for widget, times in widgets:
        font = widget.font()
        font.setPointSizeF(font.pointSizeF() * times)
        widget.setFont(font)


def set_refused(widget: QWidget, refused: bool) -> None:
    """Show that what was typed here cannot be, or no longer show it."""
    if bool(widget.property("refused")) != refused:
        _set(widget, "refused", refused)


def _set(widget: QWidget, name: str, value: object) -> None:
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
