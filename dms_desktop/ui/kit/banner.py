"""A fault of the machine, told above the screen until it is over: disk, printer, network."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from dms_desktop.language.catalogue import _
from dms_desktop.ui import keys
from dms_desktop.ui.kit.speaking import Button, Label
from dms_desktop.ui.theme import Role, dress

Retry = Callable[[], object]


class Banners(QWidget):
    """One banner for each fault, the oldest on top. None goes by itself or takes the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._banners: dict[str, _Banner] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._carried: list[QWidget] = []
        keys.bind(self, "retry", self.retry)
        self.hide()

    def carry(self, strip: QWidget) -> None:
        """Something else that is told above the screen and hides itself; then `settle`."""
        self._carried.append(strip)
        self._rows.insertWidget(0, strip)

    def settle(self) -> None:
        """Take room only while something is told."""
        told = any(not strip.isHidden() for strip in self._carried)
        self.setVisible(told or bool(self._banners))

    @property
    def faults(self) -> dict[str, str]:
        """The sentence that stands for each fault."""
        return {fault: banner.sentence.text() for fault, banner in self._banners.items()}

    def tell(self, fault: str, sentence: str, retry: Retry | None = None) -> None:
        """Say that `fault` stands; told again, it stands once, with the latest sentence."""
        banner = self._banners.get(fault)
        if banner is None:
            banner = self._banners[fault] = _Banner(self)
            self._rows.addWidget(banner)
        banner.tell(sentence, retry)
        self.show()

    def over(self, fault: str) -> None:
        """The fault is gone, or was never told."""
        if banner := self._banners.pop(fault, None):
            self._rows.removeWidget(banner)
            banner.deleteLater()
        self.settle()

    def retry(self) -> None:
        """Try again whatever can be tried again."""
        for banner in tuple(self._banners.values()):
            banner.again.click()


class _Banner(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        dress(self, Role.BANNER)
        self.sentence, self.again = Label("", self), Button("", self)
        self._retry: Retry | None = None
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.again.setText(keys.caption("retry"))
        self.again.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.again.clicked.connect(self._try_again)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self.sentence, 1)
        layout.addWidget(self.again)

    def tell(self, sentence: str, retry: Retry | None) -> None:
        self._retry = retry
        self.sentence.setText(sentence)
        self.again.setText(keys.caption("retry"))
        self.again.setVisible(retry is not None)
        self.again.setEnabled(retry is not None)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(
                QAccessibleEvent(self.sentence, QAccessible.Event.Alert)
            )

    def _try_again(self) -> None:
        """Once, until the fault is told again or is over."""
        self.again.setEnabled(False)
        self.again.setText(_("Trying again…"))
        if self._retry:
            self._retry()
