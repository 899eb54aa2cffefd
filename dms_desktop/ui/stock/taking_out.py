"""A report taken out of the program: as a spreadsheet, or as a list on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from dms_desktop.domain.company import Company
from dms_desktop.domain.godown_papers import Heading
from dms_desktop.domain.powers import Power, needs
from dms_desktop.language.catalogue import N_, _, language
from dms_desktop.language.figures import grouped
from dms_desktop.services import documents, series
from dms_desktop.services.stock_reports.wanted import MOST
from dms_desktop.store.session import Reading
from dms_desktop.ui.masters.spreadsheet import NOT_A_SHEET, NOT_WRITTEN, THERE, proposed
from dms_desktop.ui.stock.columns import Told
from dms_desktop.ui.stock.listing import ReportList
from dms_desktop.ui.stock.reports import Asked, Report, read
from dms_desktop.ui.theme import Role

MOST_ON_PAPER = 5_000
ON_PAPER = N_("The list is in {file}.")
WRITTEN = N_("{count} rows were written to {file}.")
CUT = N_("Only the first {count} rows are on paper: narrow the list, or write a spreadsheet.")


@needs(Power.EXPORT)
def every(reading: Reading, report: Report, asked: Asked) -> Sequence[Any]:
    """Every row, not only the page in front."""
    return read(reading, report, asked, 0)[0]


@needs(Power.LOOK)
def for_paper(
    reading: Reading, report: Report, asked: Asked
) -> tuple[Sequence[Any], bool, Company, Heading]:
    """As many rows as go on paper, whether there are more, and what stands above them."""
    rows, after = read(reading, report, asked, 0)
    company = documents.company(reading)
    heading = Heading(company, "", series.today(reading), reading.now, reading.actor.code)
    return rows, after is not None, company, heading


class TakingOut:
    """Verbs of whichever report is in front; what came of them is said below it."""

    def to_sheet(self, page: ReportList) -> None:
        """Where to; a name that nobody has yet is proposed."""
        question = _("Into which file (.xlsx or .csv)?")
        page.asking.ask(question, _("Write it"), partial(self._read, page))
        folder = page.floor.books.parent / "spreadsheets"
        page.asking.box.setText(str(proposed(folder, f"stock-{page.report.name}")))
        page.asking.box.selectAll()

    def to_paper(self, page: ReportList) -> None:
        page.floor.desk.ask(
            for_paper,
            page.report,
            page.asked(MOST_ON_PAPER),
            done=partial(self._draw, page),
            undone=page.tell,
        )

    def _read(self, page: ReportList, text: str) -> None:
        path = Path(text).expanduser()
        if path.suffix.lower() not in (".xlsx", ".csv"):
            page.say(_(NOT_A_SHEET).format(file=path.name), Role.FAULT)
            return
        write = partial(self._write, page, path)
        page.floor.desk.ask(every, page.report, page.asked(MOST), done=write, undone=page.tell)

    def _write(self, page: ReportList, path: Path, rows: Sequence[Any]) -> None:
        job = partial(_write, path, page.report.columns, rows)
        page.floor.desk.work(job, done=partial(self._written, page, path), undone=page.tell)

    def _written(self, page: ReportList, path: Path, came: int | OSError) -> None:
        if isinstance(came, FileExistsError):
            page.say(_(THERE).format(file=path.name), Role.FAULT)
        elif isinstance(came, OSError):
            found = came.strerror or str(came)
            page.say(_(NOT_WRITTEN).format(file=path, found=found), Role.FAULT)
        else:
            page.say(_(WRITTEN).format(count=grouped(came), file=path), Role.GOOD)

    def _draw(self, page: ReportList, found: tuple[Sequence[Any], bool, Company, Heading]) -> None:
        rows, more, _company, heading = found
        if not rows:
            page.say(_(page.report.empty))
            return
        facts = [(_("Narrowed to"), page.narrowed()), (_("Search"), page.search.text().strip())]
        folder = page.floor.books.parent / "lists"
        job = partial(
            _draw, folder, page.report, page.title.text(), heading, facts, rows, language()
        )
        page.floor.desk.work(job, done=partial(self._drawn, page, more), undone=page.tell)

    def _drawn(self, page: ReportList, more: bool, path: Path | OSError) -> None:
        if isinstance(path, OSError):
            found = path.strerror or str(path)
            page.say(_(NOT_WRITTEN).format(file=page.report.name, found=found), Role.FAULT)
            return
        said = _(ON_PAPER).format(file=path)
        if more:
            said = _(CUT).format(count=grouped(MOST_ON_PAPER))
        page.say(said, Role.WARNING if more else Role.GOOD)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _write(path: Path, columns: Sequence[Told], rows: Sequence[Any]) -> int | OSError:
    """Nobody's file is written over."""
    from dms_desktop.files.exporting import write_list

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb"):
            pass
        headings = [_(each.title) for each in columns]
        return write_list(path, headings, [[each.plain(row) for each in columns] for row in rows])
    except OSError as error:
        return error


def _draw(
    folder: Path,
    report: Report,
    title: str,
    heading: Heading,
    facts: Sequence[tuple[str, str]],
    rows: Sequence[Any],
    spoken: str,
) -> Path | OSError:
    from dms_desktop.printing.list_paper import list_pdf

    columns = [
        (_(each.title), [each.text(row) for row in rows], each.right) for each in report.columns
    ]
    made = list_pdf(heading, title, facts, columns, spoken)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"stock-{report.name}-{_stamp(heading.at)}.pdf"
        path.write_bytes(made)
    except OSError as error:
        return error
    return path


def _stamp(at: datetime) -> str:
    return f"{at:%Y%m%d-%H%M%S}"
