"""Speed of the search box: from a key to the answer, and from a key to the painted list.

The floors are the same question put to the same file through the bare driver, and its answer
painted in Qt's own list under a bare line edit.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QVBoxLayout, QWidget

from benchmarks.figure import Figure
from dms_desktop.store.search import ItemEntry, SearchIndex
from dms_desktop.ui import theme
from dms_desktop.ui.kit.lookup import Lookup

if TYPE_CHECKING:
    import sqlite3 as driver
else:
    from sqlcipher3 import dbapi2 as driver

ITEMS = 50_000
KEY_BOUND = 2.0  # milliseconds
FRAME = 16.0  # milliseconds between two pictures of a screen
BARE = "SELECT rowid FROM typed WHERE typed MATCH :asked LIMIT 12"
BARE_ROWS = (
    "SELECT name FROM typed JOIN entry ON place = typed.rowid WHERE typed MATCH :asked LIMIT 12"
)

STARTS = "ba bri ka ko da fi go ha ja la ma mo na ni pa pra ra sa su ta ti tri va vi ya".split()
MIDDLES = "ba da ga ja ka la li ma mi na ni pa ra ri sa ta ti va ya".split()
ENDS = "dh l m n nd ra sh ta t ya x lo ni do".split()
GOODS = """
    biscuit soap shampoo toothpaste detergent salt tea coffee noodles sauce pickle namkeen wafers
    chocolate toffee juice butter ghee oil flour rice sugar spice turmeric chilli masala papad soup
    cream lotion powder razor blade brush cleaner freshener candle incense match battery bulb tape
    diaper napkin tissue foil bottle cookies rusk cake jam honey ketchup vinegar oats muesli
""".split()
KINDS = """
    glucose marie cream classic gold premium herbal neem lemon rose sandal mint active fresh kids
    family economy sensitive total white natural royal extra strong mild lite sugarfree roasted
    salted masala tangy sweet green black instant filter pure refined double triple
""".split()
SIZES = "10g 25g 50g 75g 80g 100g 150g 200g 250g 500g 1kg 2kg 5kg 100ml 200ml 500ml 1l 5l".split()
HINDI = "बिस्कुट साबुन नमक चाय तेल मसाला चावल आटा हल्दी शक्कर अचार पापड़".split()


def items(count: int, seed: int = 1) -> list[ItemEntry]:
    """Names as a distributor's list has them: many alike, a few of them sold every day."""
    dice = random.Random(seed)
    brands = [a + b + c for a, b, c in product(STARTS, MIDDLES, ENDS)]
    dice.shuffle(brands)
    return [
        ItemEntry(
            id=number,
            code=f"{brands[number % 700][:3]}{number}".upper(),
            name=" ".join(
                part.title() if part.isalpha() else part
                for part in (
                    brands[number % 700],
                    dice.choice(KINDS),
                    dice.choice(GOODS),
                    dice.choice(SIZES),
                )
            ),
            alias=dice.choice(HINDI) if number % 3 == 0 else "",
            barcodes=((f"890{number:09d}{number % 10}", 1), (f"1890{number:09d}{number % 10}", 24)),
            popularity=int(dice.paretovariate(0.8)),
            detail="₹ 142.00",
        )
        for number in range(1, count + 1)
    ]


def searches(entries: Sequence[ItemEntry], count: int, seed: int = 2) -> list[str]:
    """What clerks type: beginnings of words, codes, barcodes, Hindi; one in ten has a slip."""
    dice = random.Random(seed)
    asked = []
    for entry in dice.choices(entries, [min(entry.popularity, 50) for entry in entries], k=count):
        brand, kind, goods, size = entry.name.lower().split()
        text = dice.choices(
            (
                f"{brand[:4]} {goods[:3]}",
                f"{kind[:3]} {goods[:4]} {size}",
                brand,
                f"{brand[:3]} {kind[:2]} {goods[:2]}",
                entry.code.lower(),
                entry.barcodes[0][0],
                entry.alias or goods,
                _with_a_slip(goods if len(goods) > 4 else brand, dice),
            ),
            (6, 4, 3, 2, 2, 2, 2, 2),
        )[0]
        asked.append(text)
    return asked


def keys(texts: Sequence[str]) -> Iterator[str]:
    """What stands in the box after each key."""
    for text in texts:
        for length in range(1, len(text) + 1):
            yield text[:length]


def measure(quick: bool) -> list[Figure]:
    """`quick` types a tenth as much, into as large an index."""
    entries = items(ITEMS)
    texts = searches(entries, 30 if quick else 300)
    with TemporaryDirectory() as folder, closing(SearchIndex(Path(folder) / "items")) as index:
        index.rebuild(entries, "1")
        index.find("zzzz")  # the first slip imports what measures slips
        with closing(driver.connect(Path(folder) / "items")) as bare:
            answer = _key_to_answer(index, bare, texts)
            paint = _key_to_paint(index, bare, texts[: 15 if quick else 100])
        return [answer, paint]


def _key_to_answer(index: SearchIndex, bare: driver.Connection, texts: Sequence[str]) -> Figure:
    """Floor: one MATCH without a join, an exact code, a slip or a second thought."""
    ours, floor = _Times(), _Times()
    for text in keys(texts):
        asked = _asked(text)
        floor.take(lambda: bare.execute(BARE, {"asked": asked}).fetchall())  # noqa: B023
        ours.take(lambda: index.find(text))  # noqa: B023
    return _figure("search: key to answer, 50,000 items, p99", ours, floor, KEY_BOUND)


def _asked(text: str) -> str:
    return " ".join(f'"{word}"*' for word in text.split())


class _BareBox(QLineEdit):
    """Qt's own list under a line edit, with whatever the index answers."""

    def __init__(self, bare: driver.Connection, window: QWidget) -> None:
        super().__init__(window)
        self.list = QListWidget(window)
        self.list.setGeometry(0, 200, 600, 300)
        self._bare = bare
        self.list.hide()
        self.textEdited.connect(self._search)

    def _search(self, text: str) -> None:
        rows = self._bare.execute(BARE_ROWS, {"asked": _asked(text)}).fetchall()
        self.list.clear()
        self.list.addItems([name for (name,) in rows])
        self.list.show()


def _key_to_paint(index: SearchIndex, bare: driver.Connection, texts: Sequence[str]) -> Figure:
    """Floor: the same key in a bare box of the same window."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.Theme.LIGHT)
    window = QWidget()
    bare_box = _BareBox(bare, window)
    box = Lookup(index.find, index.by_code, "Item")
    layout = QVBoxLayout(window)
    for widget in (box, bare_box):
        layout.addWidget(widget)
    layout.addStretch()
    window.resize(1240, 760)
    window.show()
    ours, floor = _Times(), _Times()
    for text in texts:
        for edit, times in ((bare_box, floor), (box, ours)):
            edit.clear()
            bare_box.list.hide()
            edit.setFocus()
            app.processEvents()
            for letter in text:
                times.take(partial(_press, app, edit, letter))
    window.close()
    return _figure("search: key to painted list, 50,000 items, p99", ours, floor, FRAME)


def _press(app: QApplication, edit: QLineEdit, letter: str) -> None:
    """As a key does it; QTest types no Hindi."""
    plain = Qt.KeyboardModifier.NoModifier
    app.sendEvent(edit, QKeyEvent(QEvent.Type.KeyPress, 0, plain, letter))
    app.processEvents()


class _Times:
    """Milliseconds of one thing done many times, on the clock and of the processor."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.cpu: list[float] = []

    def take(self, action: Callable[[], object]) -> None:
        wall, cpu = time.perf_counter(), time.thread_time()
        action()
        self.cpu.append((time.thread_time() - cpu) * 1000)
        self.wall.append((time.perf_counter() - wall) * 1000)


def _percentile(times: Sequence[float], percent: int) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * percent // 100)]


def _figure(name: str, ours: _Times, floor: _Times, bound: float) -> Figure:
    value, least = _percentile(ours.cpu, 99), _percentile(floor.cpu, 99)
    halves = _percentile(ours.wall, 50), _percentile(floor.wall, 50)
    return Figure(
        name=name,
        value=value,
        floor=least,
        ratio=value / least,
        bound=f"<= {bound:g} ms",
        unit="ms CPU",
        passed=value <= bound,
        note=f"wall p50 {halves[0]:.2f} (floor {halves[1]:.2f}), "
        f"p99 {_percentile(ours.wall, 99):.2f}, worst {max(ours.wall):.2f}; "
        f"{len(ours.wall)} keys",
    )


def _with_a_slip(word: str, dice: random.Random) -> str:
    at = dice.randrange(1, len(word) - 1)
    return dice.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + dice.choice("aeiours") + word[at + 1 :],
        )
    )
