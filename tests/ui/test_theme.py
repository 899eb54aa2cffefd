"""The look can be read: in light and dark, in every script, in large letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dms_desktop.ui import theme
from dms_desktop.ui.theme import COLOURS, LARGE_POINTS, Colours, Role, Theme

READABLE = 4.5  # WCAG 2.2, 1.4.3: text
VISIBLE = 3.0  # 1.4.11: what bounds a control or shows the focus
THEMES = pytest.mark.parametrize("colours", COLOURS.values(), ids=list(COLOURS))


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    font, palette, sheet = qapp.font(), qapp.palette(), qapp.styleSheet()
    yield qapp
    qapp.setFont(font)
    qapp.setPalette(palette)
    qapp.setStyleSheet(sheet)


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    made = QColor(colour)
    red, green, blue = (linear(part) for part in (made.redF(), made.greenF(), made.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def text_and_grounds(colours: Colours) -> Iterator[tuple[str, str, str]]:
    """(where, text, ground) for each rule that colours text; where a rule names no ground it may
    stand on any."""
    anywhere = (colours.ground, colours.card, colours.stripe)
    for selector, body in re.findall(r"([^{}]+)\{([^}]*)\}", theme.style_sheet(colours)):
        rule = dict(re.findall(r"([\w-]+): *([^;]+);", body))
        own = rule.get("background", "transparent")
        for ground in anywhere if own == "transparent" else (own,):
            if "color" in rule:
                yield selector.strip(), rule["color"], ground
        if "selection-color" in rule:
            yield selector.strip(), rule["selection-color"], rule["selection-background-color"]


@THEMES
def test_all_text_can_be_read(colours: Colours) -> None:
    pairs = list(text_and_grounds(colours))
    assert len(pairs) > 30
    assert [pair for pair in pairs if contrast(*pair[1:]) < READABLE] == []


@THEMES
def test_painted_widgets_can_be_read(colours: Colours) -> None:
    roles, palette = QPalette.ColorRole, theme.palette(colours)
    for text, ground in (
        (roles.WindowText, roles.Window),
        (roles.Text, roles.Base),
        (roles.Text, roles.AlternateBase),
        (roles.PlaceholderText, roles.Base),
        (roles.PlaceholderText, roles.AlternateBase),
        (roles.HighlightedText, roles.Highlight),
        (roles.ButtonText, roles.Button),
        (roles.ToolTipText, roles.ToolTipBase),
        (roles.Link, roles.Base),
        (roles.BrightText, roles.Base),
    ):
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Disabled):
            pair = palette.color(group, text).name(), palette.color(group, ground).name()
            assert contrast(*pair) >= READABLE, (group, text, ground)


@THEMES
def test_boxes_and_the_focus_can_be_seen(colours: Colours) -> None:
    for ground in (colours.ground, colours.card, colours.stripe):
        for edge in (colours.edge, colours.accent, colours.fault):
            assert contrast(edge, ground) >= VISIBLE


def test_contrast_is_computed_as_the_standard_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_an_open_window_changes_its_dress(app: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    window.setObjectName("ground")
    box = QLineEdit("27ABCDE1234F1Z5")
    layout = QVBoxLayout(window)
    layout.addWidget(box)
    qtbot.addWidget(window)
    window.setWindowTitle("Bill")
    heights = []
    for name, large in ((Theme.LIGHT, False), (Theme.DARK, True)):
        theme.apply(app, name, large=large)
        with qtbot.waitExposed(window):
            window.show()
        picture = window.grab().toImage()
        middle = box.geometry().center()
        assert picture.pixelColor(2, 2).name() == COLOURS[name].ground
        assert picture.pixelColor(box.geometry().right() - 20, middle.y()).name() == (
            COLOURS[name].card
        )
        heights.append(box.sizeHint().height())
    assert heights[1] > heights[0] * 1.15
    assert app.font().pointSizeF() == LARGE_POINTS


def test_a_role_changes_the_look_at_once(app: QApplication, qtbot: QtBot) -> None:
    theme.apply(app, Theme.LIGHT)
    label = theme.dress(QLabel("12 short"), Role.FAULT)
    qtbot.addWidget(label)
    label.show()
    assert label.palette().color(label.foregroundRole()).name() == COLOURS[Theme.LIGHT].fault
    theme.dress(label, Role.GOOD)
    assert label.palette().color(label.foregroundRole()).name() == COLOURS[Theme.LIGHT].good


def test_a_refused_box_is_marked_until_it_is_not(app: QApplication, qtbot: QtBot) -> None:
    theme.apply(app, Theme.LIGHT)
    box = QLineEdit()
    qtbot.addWidget(box)
    box.resize(200, 40)

    def border() -> str:
        return box.grab().toImage().pixelColor(100, 1).name()

    theme.set_refused(box, refused=True)
    assert border() == COLOURS[Theme.LIGHT].fault
    theme.set_refused(box, refused=False)
    assert border() != COLOURS[Theme.LIGHT].fault


@pytest.mark.parametrize("bold", [False, True], ids=["regular", "bold"])
def test_one_font_writes_every_script_of_a_bill(app: QApplication, bold: bool) -> None:
    theme.apply(app, Theme.LIGHT)
    font = QFont(app.font())
    font.setBold(bold)
    assert (QFontInfo(font).family(), QFontInfo(font).bold()) == ("Dms Sans", bold)
    raw = QRawFont.fromFont(font)
    for letter in "Az0₹–…·ज़आதகગબ౧కಕമਗଓ":
        assert all(raw.supportsCharacter(ord(part)) for part in letter), letter
    advances = {QFontMetrics(font).horizontalAdvance(figure) for figure in "0123456789"}
    assert len(advances) == 1, "figures in a column must stand under each other"


def test_a_table_is_dressed_without_a_grid_of_its_own(app: QApplication, qtbot: QtBot) -> None:
    theme.apply(app, Theme.DARK)
    table = QTableView()
    qtbot.addWidget(table)
    table.resize(200, 120)
    table.show()
    picture = table.grab().toImage()
    assert picture.pixelColor(100, 60).name() == COLOURS[Theme.DARK].card


@pytest.mark.parametrize("chosen", Theme)
@pytest.mark.parametrize("kind", [QLineEdit, QTableView])
def test_what_is_said_in_an_empty_box_or_list_can_be_read(
    app: QApplication, qtbot: QtBot, chosen: Theme, kind: type[QWidget]
) -> None:
    theme.apply(app, chosen)
    widget = kind()
    qtbot.addWidget(widget)
    widget.ensurePolished()
    said = widget.palette().color(QPalette.ColorRole.PlaceholderText)
    assert said.alpha() == 255
    assert contrast(said.name(), COLOURS[chosen].card) >= READABLE
