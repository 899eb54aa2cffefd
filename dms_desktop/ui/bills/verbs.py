"""What can be done with the bill that the cursor is on."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

from dms_desktop.domain.draft import Draft
from dms_desktop.domain.powers import Power
from dms_desktop.domain.refusals import Refused
from dms_desktop.language.catalogue import _, language
from dms_desktop.services.bill_list import Listed
from dms_desktop.ui import messages
from dms_desktop.ui.billing import verbs as counter_verbs
from dms_desktop.ui.billing.papers import Papers
from dms_desktop.ui.theme import Role

if TYPE_CHECKING:
    from dms_desktop.domain.company import Issued
    from dms_desktop.services.copying_bills import Righted
    from dms_desktop.ui.billing.printing_strip import PrintingStrip
    from dms_desktop.ui.bills.screen import BillsScreen

Again = Callable[[], object]
FAULT = "paper from the list"  # beside that of the counter's own papers


class Verbs:
    """What came of each is said below the list, and so is what cannot be."""

    def __init__(self, screen: BillsScreen) -> None:
        self._screen, self._floor = screen, screen.floor
        self.papers = Papers(self._floor.desk, self._floor.folder, screen)
        self.papers.made.connect(self._made)
        self.papers.failed.connect(self._not_printed)
        self.papers.over.connect(lambda: self._floor.banners.over(FAULT))
        self.papers.none_left.connect(self._none_left)
        self.papers.moved.connect(lambda done, of: self.strip.show_run(done, of))

    @cached_property
    def strip(self) -> PrintingStrip:
        from dms_desktop.ui.billing.printing_strip import PrintingStrip

        return PrintingStrip(self.papers, self._floor.banners)

    def print(self, row: Listed) -> None:
        """The same paper; one that was printed before is marked as a second one."""
        self.papers.print(row.id)

    def print_left(self) -> None:
        self.papers.print_left()

    def keep(self, row: Listed) -> None:
        """Its PDF under a name of the user's own."""
        places = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = str(Path(places) / f"{row.number.replace('/', '-')}.pdf")
        asked = _("Where is the PDF of {number} saved?").format(number=row.number)
        self._screen.asking.ask(asked, _("Save"), partial(self._keep, row), text=name)

    def open(self, row: Listed) -> None:
        """Its PDF in whatever shows PDFs here."""
        self._paper(row, partial(_for_eyes, self._floor.folder), self._show_paper)

    def copy(self, row: Listed) -> None:
        """The same goods for another sale, at today's prices."""
        from dms_desktop.services import copying_bills

        if not self._floor.desk.actor.may(Power.BILL):
            return
        new = self._floor.new_draft()
        self._floor.desk.ask(
            copying_bills.copy_of,
            row.id,
            new=new.id,
            day=new.day,
            done=partial(self._to_counter, row),
            undone=partial(self.tell, partial(self.copy, row)),
        )

    def cancel(self, row: Listed) -> None:
        """Its mirror on its own day, while nothing hangs on it (product rule 10)."""
        asked = _("Why is {number} of {party} cancelled?")
        self._screen.asking.ask(
            asked.format(number=row.number, party=row.party),
            _("Cancel it"),
            partial(self._cancel, row, self._floor.new_draft()),
        )

    def right(self, row: Listed) -> None:
        """Cancel it, and type it again from what it said."""
        asked = _("What was wrong with {number} of {party}?")
        self._screen.asking.ask(
            asked.format(number=row.number, party=row.party),
            _("Cancel and copy"),
            partial(self._right, row, self._floor.new_draft(), self._floor.new_draft()),
        )

    def tell(self, again: Again, error: BaseException) -> None:
        """What cannot be, below the list; a fault of the machine is a banner with retry."""
        if isinstance(error, Refused):
            self._screen.say(messages.of_error(error), Role.FAULT)
        else:
            said = messages.of_error(error)
            self._floor.banners.tell("bills", said, partial(self._again, again))

    def _again(self, again: Again) -> None:
        self._floor.banners.over("bills")
        again()

    def _cancel(self, row: Listed, by: Draft, why: str) -> None:
        from dms_desktop.services import cancelling

        gone = _("{number} is cancelled.").format(number=row.number)
        self._floor.desk.do(
            cancelling.cancel,
            row.id,
            by=by.id,
            why=why,
            done=lambda _: self._screen.say(gone, Role.GOOD),
            undone=partial(self.tell, partial(self._cancel, row, by, why)),
        )

    def _right(self, row: Listed, by: Draft, new: Draft, why: str) -> None:
        from dms_desktop.services import copying_bills

        self._floor.desk.do(
            copying_bills.cancel_and_copy,
            row.id,
            by=by.id,
            why=why,
            new=new.id,
            day=new.day,
            done=partial(self._righted, row),
            undone=partial(self.tell, partial(self._right, row, by, new, why)),
        )

    def _righted(self, row: Listed, righted: Righted) -> None:
        gone = _("{number} is cancelled; its copy is at the counter.")
        self._screen.say(gone.format(number=row.number), Role.GOOD)
        self._to_counter(row, righted.draft)
        if (counter := self._floor.go("counter")) is not None:
            counter.side.say(gone.format(number=row.number), Role.WARNING)

    def _to_counter(self, row: Listed, draft: Draft) -> None:
        if (counter := self._floor.go("counter")) is not None:
            counter.open_draft(draft, row.party)

    def _keep(self, row: Listed, name: str) -> None:
        self._paper(row, partial(_at_will, name), partial(self._kept, row))

    def _kept(self, row: Listed, kept: tuple[Path | None, str]) -> None:
        path, flaw = kept
        if path is None:
            self._screen.say(flaw, Role.FAULT)
            return
        said = _("The PDF of {number} is saved: {path}")
        self._screen.say(said.format(number=row.number, path=path), Role.GOOD)
        self._floor.desk.do(
            counter_verbs.mark_printed,
            row.id,
            path.name,
            done=lambda _: self._screen.read(),
            undone=partial(self.tell, partial(self._kept, row, kept)),
        )

    def _show_paper(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            said = _("No program here shows PDFs. The paper lies at {path}.")
            self._screen.say(said.format(path=path), Role.WARNING)

    def _paper(
        self, row: Listed, job: Callable[[Issued, str], Any], done: Callable[[Any], object]
    ) -> None:
        """Read the bill, then make its paper where no screen waits for it."""
        tell = partial(self.tell, partial(self._paper, row, job, done))

        from dms_desktop.services import documents

        def write(issued: Issued) -> None:
            self._floor.desk.work(partial(job, issued, language()), done=done, undone=tell)

        self._floor.desk.ask(documents.issued, row.id, done=write, undone=tell)

    def _made(self, path: Path, reprint: bool) -> None:
        said = _("Printed again, marked so: {name}") if reprint else _("Printed: {name}")
        self._screen.say(said.format(name=path.name), Role.GOOD)

    def _not_printed(self, error: BaseException, again: Again) -> None:
        self._floor.banners.tell(FAULT, messages.of_error(error), again)

    def _none_left(self) -> None:
        self._screen.say(_("Nothing is left to print: every paper was printed."))


def _pdf(issued: Issued, spoken: str) -> bytes:
    from dms_desktop.printing.invoice import THREE, invoice

    return invoice(issued, copies=THREE, language=spoken)


def _for_eyes(folder: Path, issued: Issued, spoken: str) -> Path:
    """The paper as it was given, if it lies in the folder still; else one made for looking at."""
    from dms_desktop.spool.keeping import keep, paper_name

    first = folder / f"{issued.number.replace('/', '-')}.pdf"
    if first.exists() and not issued.cancelled:
        return first
    return keep(_pdf(issued, spoken), folder, paper_name(issued))


def _at_will(name: str, issued: Issued, spoken: str) -> tuple[Path | None, str]:
    """Where it lies now, or why it cannot lie there. What is there already is not touched."""
    from dms_desktop.spool.keeping import paper_name, put

    path = Path(name).expanduser()
    if path.is_dir():
        path /= paper_name(issued)
    elif path.suffix.lower() != ".pdf":
        path = path.with_name(path.name + ".pdf")
    if not path.is_absolute() or not path.parent.is_dir():
        return None, _("There is no folder {folder}. Choose another one.").format(
            folder=path.parent
        )
    if path.exists():
        return None, _("There is a file {name} already. Choose another name.").format(
            name=path.name
        )
    return put(_pdf(issued, spoken), path), ""
