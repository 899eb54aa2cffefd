"""Every screen as a picture, light and dark, in each language: the real window over the sample
company, by keys."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dms_desktop.language.catalogue import ENGLISH, LANGUAGES
from dms_desktop.ui.first_start import FirstStart
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.program import Program

SIZE = (1240, 760)
USUAL_PLACE = "~/.local/share/dms-desktop/books.db"
PIN = "246810"
STAFF = (("ravi", "Ravi Jadhav", "clerk"), ("sunil", "Sunil Shinde", "godown"))
PARTY = "balaji"
ROWS = (("ANV001", "12+1"), ("ANV002", "36"), ("ANV003", "1c"), ("SBR057", "6"))
OLD_GOODS = """Item Code,Item Name,Mfr,HSN,GST %,UOM,Pcs/Case,MRP (Rs.),Rack
ANV001,Anvi glucose biscuits 75 g,Anvi Foods,19053100,18,PCS,48,12.00,R1
GOK101,Cow ghee 1 l,Gokul Dairy,04059020,12,LTR,12,650.00,C2
GOK102,Cow ghee 500 ml,Gokul Dairy,04059020,12,LTR,24,340.00,C2
GOK103,Butter 100 g,Gokul Dairy,04051000,twelve,PCS,60,58.00,C3
GOK104,,Gokul Dairy,04061000,12,PCS,40,92.00,C3
GOK105,Curd 400 g,Gokul Dairy,04039010,5,PCS,30,35.00,C4
"""
PLAIN = Qt.KeyboardModifier.NoModifier
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier

Start = Callable[[Path], Program]


def take_pictures(folder: Path, start: Start, make_sample: Callable[[Path], None]) -> int:
    """Write the pictures into `folder` and return nil: the exit code of a run that went well."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="dms-shots-") as place:
        program = start(Path(place) / "first" / "books.db")
        _Camera(program, folder).first_start()
        program.window.close()
        books = Path(place) / "sample" / "books.db"
        books.parent.mkdir()
        make_sample(books)
        program = start(books)
        camera = _Camera(program, folder)
        camera.counter()
        camera.masters()
        camera.orders()
        camera.bills()
        camera.stock()
        camera.picking()
        camera.stock_work()
        camera.dispatch()
        camera.imports(Path(place) / "goods of the old program.csv")
        camera.goods_in()
        camera.settings()
        camera.log_in()
        program.window.close()
    return 0


class _Camera:
    """Types as a clerk does, and looks."""

    def __init__(self, program: Program, folder: Path) -> None:
        self._window, self._folder = program.window, folder
        self._window.resize(*SIZE)
        self._window.show()
        self._wait(1500)

    def first_start(self) -> None:
        page = self._window.pages.currentWidget()
        assert isinstance(page, FirstStart)
        page.say_place(USUAL_PLACE)
        self._both("first-start")
        self._press(Qt.Key.Key_F3)
        self._both("set-up")
        for text in ("Gupta & Sons", "", "Maharashtra", "135790", "135790"):
            self._type(text)
            self._press(Qt.Key.Key_Return)
        self._press(Qt.Key.Key_F10)
        while self._window.pages.currentWidget() is page:
            self._wait(200)
        self._wait(800)
        self._both("getting-started")

    def counter(self) -> None:
        self._both("counter-empty")
        self._type(PARTY)
        self._both("counter-party")
        self._press(Qt.Key.Key_Return)
        self._wait(400)
        for item, quantity in ROWS:
            self._line(item, quantity)
        self._both("counter")
        self._type("gluc")
        self._both("counter-search")
        for _ in range(2):
            self._press(Qt.Key.Key_Escape)
        self._press(Qt.Key.Key_F10)
        self._wait(1500)
        self._both("counter-saved")
        self._type(PARTY)
        self._press(Qt.Key.Key_Return)
        self._line("ANV002", "99999")
        self._both("counter-short")
        self._press(Qt.Key.Key_F1)
        self._both("help")

    def imports(self, file: Path) -> None:
        """A file as an old program wrote it: a column that nobody knows, rows that are wrong."""
        file.write_text(OLD_GOODS, encoding="utf-8")
        self._go(Qt.Key.Key_7)
        self._press(Qt.Key.Key_Insert)
        self._type(str(file))
        self._press(Qt.Key.Key_Return)
        self._wait(1500)
        self._both("import-tried")
        self._press(Qt.Key.Key_F10)
        self._wait(1500)
        self._press(Qt.Key.Key_Escape)
        self._wait(400)
        self._both("imports")

    def goods_in(self) -> None:
        """The lists, and the form of what came with a line that is wrong."""
        self._go(Qt.Key.Key_0)
        self._both("goods-in")
        self._press(Qt.Key.Key_Insert)
        self._both("goods-in-form")
        self._press(Qt.Key.Key_F3)
        self._line(ROWS[0][0], "B77")
        self._wait(400)
        self._both("goods-in-line")
        for _ in range(2):
            self._press(Qt.Key.Key_Escape)
        for key, name in ((Qt.Key.Key_F5, "back"), (Qt.Key.Key_F6, "credit")):
            self._press(key)
            self._both(f"goods-in-{name}")
            self._press(Qt.Key.Key_Escape)

    def settings(self) -> None:
        """Each of its pages, one after the other."""
        self._go(Qt.Key.Key_8)
        for name in ("this-pc", "pin", "company", "printers", "rules"):
            self._wait(400)
            self._both(f"settings-{name}")
            self._press(Qt.Key.Key_Down)

    def log_in(self) -> None:
        """Locked, with several who may say who they are, and a PIN that is wrong."""
        from dms_desktop.services import people
        from dms_desktop.store.pepper import pepper_of

        floor = self._window.findChild(Floor)
        assert isinstance(floor, Floor)
        pepper = pepper_of(floor.books)
        for code, name, role in STAFF:
            floor.desk.write(people.add_user, code, name, role, PIN, pepper).result()
        self._go(Qt.Key.Key_L)
        self._press(Qt.Key.Key_Down)
        self._type("000000")
        self._press(Qt.Key.Key_Return)
        self._wait(400)
        self._both("log-in")

    def masters(self) -> None:
        """Lists and forms of each sort: rich ones, plain ones, rows, ticks, and what is refused."""
        self._press(Qt.Key.Key_Escape)  # the help
        for key, name in ((Qt.Key.Key_4, "items"), (Qt.Key.Key_5, "parties")):
            self._go(key)
            self._both(name)
            self._press(Qt.Key.Key_Down)
            self._press(Qt.Key.Key_Return)
            self._wait(400)
            self._both(f"{name}-form")
        self._press(Qt.Key.Key_Escape)
        self._press(Qt.Key.Key_Insert)
        self._type("NEW")
        self._press(Qt.Key.Key_F10)
        self._both("party-refused")
        for _ in range(2):
            self._press(Qt.Key.Key_Escape)
        self._go(Qt.Key.Key_6)
        for kind, down in (("lots", 1), ("tax-classes", 3), ("roles", 16)):
            for _ in range(down):
                self._press(Qt.Key.Key_Down)
            self._wait(400)
            self._both(f"masters-{kind}")
            for _ in range(2):
                self._press(Qt.Key.Key_Return)
            self._wait(400)
            self._both(f"masters-{kind}-form")
            if kind == "lots":
                self._lot_papers()
            self._press(Qt.Key.Key_Escape)
            self._press(Qt.Key.Key_F2)

    def _lot_papers(self) -> None:
        """A batch put right, what is missing said; stickers; and the history that tells of it."""
        self._press(Qt.Key.Key_F7)
        self._type("B2207A")
        self._press(Qt.Key.Key_F10)
        self._both("masters-lots-right")
        self._type("Smudged on the carton")
        self._press(Qt.Key.Key_F10)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_F8):
            self._wait(400)
            self._press(key)
        self._wait(400)
        self._both("masters-lots-stickers")

    def orders(self) -> None:
        """Three orders that want the same item, one of them held; then what is done with them."""
        for party, quantity in (("balaji", "12c"), ("laxmi", "9c"), ("sai", "14c")):
            self._go(Qt.Key.Key_2)
            self._press(Qt.Key.Key_Insert)
            self._type(party)
            self._press(Qt.Key.Key_Return)
            self._wait(400)
            self._line("ANV013", quantity)
            self._line("ANV001", "24")
            self._press(Qt.Key.Key_F10)
            self._wait(800)
        self._go(Qt.Key.Key_2)
        self._press(Qt.Key.Key_F7)
        self._type("Two cheques came back")
        self._both("orders-hold")
        self._press(Qt.Key.Key_Return)
        self._press(Qt.Key.Key_F3)
        self._press(Qt.Key.Key_Down)
        self._press(Qt.Key.Key_Down)
        self._press(Qt.Key.Key_F6)
        self._both("orders-part")
        self._press(Qt.Key.Key_Escape)
        self._press(Qt.Key.Key_F12)
        self._wait(400)
        self._both("orders-share")
        self._press(Qt.Key.Key_F10)
        self._wait(400)
        self._press(Qt.Key.Key_F11)
        self._press(Qt.Key.Key_F10)
        self._wait(1500)
        self._both("orders-billed")
        self._press(Qt.Key.Key_Escape)

    def bills(self) -> None:
        self._go(Qt.Key.Key_3)
        self._both("bills")
        self._press(Qt.Key.Key_F3)
        self._type(PARTY)
        self._wait(400)
        self._press(Qt.Key.Key_F8)
        self._both("bills-right")
        self._press(Qt.Key.Key_Escape)

    def stock(self) -> None:
        """The batches, what came and went of one, what expires in a year, and what it is worth."""
        self._go(Qt.Key.Key_J)
        self._wait(600)
        self._both("stock")
        self._press(Qt.Key.Key_Return)
        self._wait(400)
        self._both("stock-ledger")
        self._press(Qt.Key.Key_Escape)
        for _ in range(2):
            self._press(Qt.Key.Key_F2)
        for _ in range(4):
            self._press(Qt.Key.Key_F4)
        self._wait(600)
        self._both("stock-near-expiry")
        for _ in range(7):
            self._press(Qt.Key.Key_F2)
        self._wait(600)
        self._both("stock-worth")
        self._press(Qt.Key.Key_F2)

    def picking(self) -> None:
        """What waits, the list that it becomes, a row that is short, and one of another batch."""
        self._go(Qt.Key.Key_9)
        self._press(Qt.Key.Key_Insert)
        self._wait(600)
        self._press(Qt.Key.Key_F4)
        self._both("picking-new")
        self._press(Qt.Key.Key_F10)
        self._wait(800)
        self._press(Qt.Key.Key_Return)
        self._wait(600)
        self._both("picking")
        self._press(Qt.Key.Key_F5)
        self._both("picking-short")
        self._press(Qt.Key.Key_Escape)
        self._press(Qt.Key.Key_Escape)
        self._wait(400)
        self._both("picking-lists")

    def dispatch(self) -> None:
        """A trip that is being loaded, the trips, the stage board, and what lies in a van."""
        self._go(Qt.Key.Key_T)
        self._press(Qt.Key.Key_Insert)
        self._wait(600)
        for key in (Qt.Key.Key_F4, Qt.Key.Key_F10):
            self._press(key)
        self._both("dispatch-new")
        self._press(Qt.Key.Key_Return)
        self._wait(800)
        self._both("dispatch-trip")
        self._press(Qt.Key.Key_Escape)
        self._wait(400)
        self._both("dispatch")
        self._press(Qt.Key.Key_F2)
        self._wait(400)
        self._both("dispatch-board")
        self._press(Qt.Key.Key_Escape)
        QTest.keyClick(self._at(), Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
        self._wait(400)
        self._both("dispatch-van")
        self._press(Qt.Key.Key_Escape)

    def stock_work(self) -> None:
        """Pieces that are gone are entered, and a count of the likeliest wrong is begun."""
        self._go(Qt.Key.Key_G)
        for _ in range(2):
            self._press(Qt.Key.Key_F2)
        self._press(Qt.Key.Key_Insert)
        self._wait(400)
        for item, quantity in ROWS[1:3]:
            self._type(item)
            self._press(Qt.Key.Key_Return)
            self._wait(400)
            self._type(quantity)
            self._press(Qt.Key.Key_Return)
        self._both("stock-work-adjust")
        self._press(Qt.Key.Key_Escape)
        for _ in range(2):
            self._press(Qt.Key.Key_F2)
        self._press(Qt.Key.Key_Insert)
        self._wait(400)
        self._press(Qt.Key.Key_F9)
        self._wait(600)
        self._both("stock-work-count")
        self._press(Qt.Key.Key_Escape)

    def _go(self, key: Qt.Key) -> None:
        QTest.keyClick(self._at(), key, Qt.KeyboardModifier.ControlModifier)
        self._wait(600)

    def _line(self, item: str, quantity: str) -> None:
        self._type(item)
        self._press(Qt.Key.Key_Return)
        self._type(quantity)
        self._press(Qt.Key.Key_Return)

    def _both(self, name: str) -> None:
        """One picture in each language and theme; both are as they were in the end."""
        for language in LANGUAGES:
            told = "" if language == ENGLISH else f"-{language}"
            for theme in ("light", "dark"):
                self._wait(150)
                self._window.grab().save(str(self._folder / f"{name}{told}-{theme}.png"))
                QTest.keyClick(self._window, Qt.Key.Key_D, BOTH)
            QTest.keyClick(self._window, Qt.Key.Key_H, BOTH)
        self._wait(100)

    def _type(self, text: str) -> None:
        QTest.keyClicks(self._at(), text)
        self._wait(200)

    def _press(self, key: Qt.Key) -> None:
        QTest.keyClick(self._at(), key, PLAIN)
        self._wait(200)

    def _at(self) -> QWidget:
        return QApplication.focusWidget() or self._window

    def _wait(self, millis: int) -> None:
        """The loop runs and other threads with it."""
        loop = QEventLoop()
        QTimer.singleShot(millis, loop.quit)
        loop.exec()
