"""How far a run of papers has come, above the screen while it goes on, with a way to stop it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from dms_desktop.language.catalogue import _
from dms_desktop.ui.billing.papers import Papers
from dms_desktop.ui.kit.banner import Banners
from dms_desktop.ui.kit.speaking import Button, Label, tell
from dms_desktop.ui.theme import Role, dress

FEW = 2  # papers; fewer are out before the eye gets there


class PrintingStrip(QFrame):
    """It never takes the focus: the clerk bills on while it prints."""

    def __init__(self, papers: Papers, banners: Banners) -> None:
        super().__init__()
        dress(self, Role.CARD)
        self._banners = banners
        self.told, self.bar = Label(), QProgressBar()
        tell(self.bar, "accessibleName", _("Papers printed"))
        self.bar.setFormat("%v / %m")
        self.stop = Button(_("Stop printing"))
        self.stop.clicked.connect(papers.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.addWidget(self.told)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.hide()
        banners.carry(self)

    def show_run(self, done: int, of: int) -> None:
        """What is not through when it stops stays unprinted in the books, and goes on another
        time."""
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        self.told.setText(_("{done} of {count} papers are through.").format(done=done, count=of))
        self.setVisible(of >= FEW and done < of)
        self._banners.settle()
