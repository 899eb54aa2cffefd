"""Which file, and what it holds: a path that completes itself, a button, a file dropped here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QWidget

from dms_desktop.domain.incoming import Intake
from dms_desktop.language.catalogue import _
from dms_desktop.ui import keys
from dms_desktop.ui.importing.words import KINDS
from dms_desktop.ui.kit.field import Field
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.theme import Role, dress

PATTERNS = ("*.xlsx", "*.csv", "*.txt", "*.tsv")


class PathBox(QLineEdit):
    """What lies in the folders is looked up while somebody types here, and not once he is done."""

    def __init__(self, patterns: tuple[str, ...] = PATTERNS) -> None:
        super().__init__()
        self._patterns = patterns

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.completer() is None:
            self._complete()
        super().focusInEvent(event)

    def settle(self) -> None:
        """A folder that is read only now completes nothing any more."""
        self.setCompleter(None)  # type: ignore[arg-type]

    def _complete(self) -> None:
        from PySide6.QtWidgets import QCompleter, QFileSystemModel

        completer = QCompleter(self)
        files = QFileSystemModel(completer)
        files.setNameFilters(self._patterns)
        files.setNameFilterDisables(False)
        files.setRootPath(str(Path.home()))
        completer.setModel(files)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)


class FileBox(QWidget):
    """`chosen` comes with a path, `meant` when a kind or a sheet was chosen."""

    chosen = Signal(object)
    meant = Signal()

    def __init__(self, kinds: tuple[Intake, ...], page: QWidget) -> None:
        super().__init__()
        self._kinds = kinds
        self._box = PathBox()
        self.path = Field(keys.caption("import.file"), self._box, beside=True)
        hint = _("The path of an .xlsx or .csv file; or drop it here")
        tell(self.path.box, "placeholderText", hint)
        self.path.box.setMaxLength(4000)
        self.browse = keys.button(page, "import.browse", self.look_for_one)
        self.kind, self.sheet = QComboBox(), QComboBox()
        self._kind_label = dress(Label(keys.caption("import.kind")), Role.MUTED)
        self._sheet_label = dress(Label(_("&Sheet")), Role.MUTED)
        for label, box in ((self._kind_label, self.kind), (self._sheet_label, self.sheet)):
            label.setBuddy(box)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.activated.connect(lambda _: self.meant.emit())
        tell(self.kind, "accessibleName", keys.caption("import.kind"))
        tell(self.sheet, "accessibleName", _("Sheet"))
        self.speak_again()
        self._lay_out()
        self.show_sheets("", ())
        self.path.box.returnPressed.connect(self._enter)
        self.setFocusProxy(self.path.box)

    @property
    def wanted(self) -> Intake:
        return Intake(self.kind.currentData())

    def look_for_one(self) -> None:
        """The one dialog of the program: the system's own, for who would rather point."""
        dialog = QFileDialog(self, _("Bring in a file"), str(self.folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"{_('Tables')} ({' '.join(PATTERNS)})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.open()

    def take(self, path: Path) -> None:
        self.path.box.setText(str(path))
        self._enter()

    def show_kind(self, kind: Intake) -> None:
        self.kind.setCurrentIndex(self.kind.findData(kind))

    def show_sheets(self, sheet: str, sheets: tuple[str, ...]) -> None:
        self.sheet.clear()
        self.sheet.addItems(list(sheets))
        self.sheet.setCurrentText(sheet)
        for widget in (self._sheet_label, self.sheet):
            widget.setVisible(len(sheets) > 1)

    def speak_again(self) -> None:
        at = max(0, self.kind.currentIndex())
        self.kind.clear()
        for kind in self._kinds:
            self.kind.addItem(_(KINDS[kind]), kind)
        self.kind.setCurrentIndex(at)

    def _enter(self) -> None:
        text = self.path.box.text().strip().strip('"')
        self.path.accept()
        if text:
            self._box.settle()
            self.chosen.emit(Path(text).expanduser())

    def folder(self) -> Path:
        """Where the file lies, or where one would look for it first."""
        path = Path(self.path.box.text().strip() or "~").expanduser()
        return next((each for each in (path, *path.parents) if each.is_dir()), Path.home())

    def _lay_out(self) -> None:
        rows = QHBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        rows.addWidget(self.path, 1)
        high = self.browse.sizeHint().height()
        for widget in (self.browse, self._kind_label, self.kind, self._sheet_label, self.sheet):
            widget.setFixedHeight(high)
            rows.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)


def dropped(event: QDragEnterEvent | QDropEvent) -> Path | None:
    """The one file of this PC that is being dropped."""
    found = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(found[0]) if len(found) == 1 else None
