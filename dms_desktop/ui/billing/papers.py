"""The papers of saved bills: made and kept, then printed in order, all behind the clerk's back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from dms_desktop.language.catalogue import language
from dms_desktop.spool import under_way
from dms_desktop.ui.background import Background
from dms_desktop.ui.billing import verbs
from dms_desktop.ui.desk import Bug, Desk

if TYPE_CHECKING:
    from dms_desktop.domain.company import Issued
    from dms_desktop.domain.printers import Route
    from dms_desktop.services.printed import Headline

PARTING_MS = 5_000


@dataclass(slots=True)
class _Job:
    """How far a paper has come: made, taken by a printer (or given as a file), remembered."""

    uid: UUID
    first: bool = True  # nobody wants it if it was printed meanwhile: that would be a reprint
    saved: bool = False  # it was just posted, and may have to wait for a wish to print it
    route: Route | None = None
    path: Path | None = None
    taken: str = ""  # where
    stuck: bool = False
    once_more: bool = False

    @property
    def waits(self) -> bool:
        """For a printer: it was made, or is being made."""
        return not self.taken and (self.path is not None or not self.stuck)


class Papers(QObject):
    """Each bill's PDF goes into one folder first, and then to this counter's printer, if it has
    one. What the machine does not take waits here, and in the books until it was printed."""

    made = Signal(object, bool)  # the path, whether it is a reprint
    printed = Signal(object)  # the id of a document that is remembered as printed
    failed = Signal(object, object)  # the error, a callable that tries again
    over = Signal()  # nothing is stuck any more
    none_left = Signal()  # what was asked for was nothing: all is printed

    def __init__(self, desk: Desk, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._folder = desk, folder
        self._jobs: dict[UUID, _Job] = {}
        self._sending = self._leaving = False
        self._printing = (
            Background()
        )  # a printer that hangs must not keep a paper out of the folder
        desk.leaving.connect(self._leave)

    @property
    def idle(self) -> bool:
        """Whatever is not stuck is done."""
        return not self._sending and all(job.stuck for job in self._jobs.values())

    def start(self) -> None:
        """Say what was saved and never printed, however the program ended."""
        self._desk.ask(
            verbs.left,
            done=self._tell_left,
            undone=lambda error: self.failed.emit(error, self.start),
        )

    def print_left(self) -> None:
        """Print, in order, all that this counter saved and never printed."""
        self._desk.ask(
            verbs.unprinted,
            done=self._print_left,
            undone=lambda error: self.failed.emit(error, self.print_left),
        )

    def print(self, uid: UUID, *, first: bool = False, saved: bool = False) -> None:
        """Make the paper from the document as it lies in the books. The second one is marked.

        One that is still on its way does not become two. A bill that was just `saved` is sent only
        where the owner wants that.
        """
        job = self._jobs.get(uid)
        if job is None:
            self._jobs[uid] = _Job(uid, first or saved, saved)
            self._make(self._jobs[uid])
        elif job.stuck:
            self.retry()
        elif job.taken:
            job.once_more = True

    def retry(self) -> None:
        """Go on with everything that is stuck, from where it got stuck."""
        for job in tuple(self._jobs.values()):
            if job.stuck and job.taken:
                job.stuck = False
                self._remember(job)
            elif job.stuck and job.path is None:
                self._make(job)
        self._send()

    def _tell_left(self, found: list[Headline]) -> None:
        from dms_desktop.spool.faults import PapersLeft

        fresh = [each for each in found if each.id not in self._jobs]
        for each in fresh:
            self._jobs[each.id] = _Job(each.id, stuck=True)
        if fresh:
            self.failed.emit(PapersLeft([each.number for each in fresh]), self.retry)

    def _print_left(self, found: list[Headline]) -> None:
        if not found:
            self.none_left.emit()
        for each in found:
            self.print(each.id, first=True)

    def _make(self, job: _Job) -> None:
        """Also once more: it may have got another printer meanwhile, or been printed."""
        job.stuck, job.path = False, None
        if under_way.claim(job.uid):
            ask = partial(self._desk.ask, verbs.to_print, job.uid)
            ask(done=partial(self._write, job), undone=partial(self._fail, job))
        else:
            self._drop(job)

    def _write(self, job: _Job, asked: tuple[Issued, Route | None]) -> None:
        issued, job.route = asked
        if job.first and issued.printed:
            self._done(job)
            return
        self._desk.work(
            partial(write_paper, issued, self._folder, job.route),
            done=partial(self._made, job, bool(issued.printed)),
            undone=partial(self._fail, job),
        )

    def _made(self, job: _Job, reprint: bool, path: Path) -> None:
        job.path = path
        if job.route is None:
            job.taken = path.name
            self._remember(job)
        elif job.saved and not job.route.on_save:
            self._done(job)
        self._tell_over()
        self.made.emit(path, reprint)
        self._send()

    def _send(self) -> None:
        """One at a time, the first first, also those that got stuck before. One that is still
        being made is waited for; one that cannot be made is not."""
        job = next((each for each in self._jobs.values() if each.waits), None)
        if self._sending or self._leaving or job is None:
            return
        if job.stuck:
            self._make(job)
        elif job.path is not None and job.route is not None:
            self._sending = True
            self._desk.work(
                partial(_hand_over, job.route, job.path),
                done=partial(self._sent, job),
                undone=partial(self._not_sent, job),
                thread=self._printing,
            )

    def _sent(self, job: _Job, where: str) -> None:
        self._sending, job.taken = False, where
        self._remember(job)
        self._send()

    def _not_sent(self, job: _Job, error: BaseException) -> None:
        """Those behind it wait as well, until somebody tries again or the next bill is saved."""
        self._sending = False
        if not isinstance(error, Bug):
            for each in self._jobs.values():
                if each.waits and each.path is not None:
                    self._stick(each)
        self._fail(job, error)

    def _remember(self, job: _Job) -> None:
        self._desk.do(
            verbs.mark_printed,
            job.uid,
            job.taken,
            done=lambda _: self._finish(job),
            undone=partial(self._fail, job),
        )

    def _finish(self, job: _Job) -> None:
        self._done(job)
        self.printed.emit(job.uid)
        if job.once_more:
            self.print(job.uid)

    def _fail(self, job: _Job, error: BaseException) -> None:
        """A mistake of ours must not keep the papers behind it from being printed."""
        again = self.retry
        if isinstance(error, Bug):
            again = partial(self.print, job.uid, first=job.first, saved=job.saved)
            self._jobs.pop(job.uid, None)
        self._stick(job)
        self.failed.emit(error, again)
        if job.path is None or isinstance(error, Bug):
            self._send()

    def _stick(self, job: _Job) -> None:
        """Somebody else may print it now, unless only the books do not know it yet."""
        job.stuck = True
        if not job.taken:
            under_way.let_go(job.uid)

    def _done(self, job: _Job) -> None:
        under_way.let_go(job.uid)
        self._drop(job)

    def _drop(self, job: _Job) -> None:
        self._jobs.pop(job.uid, None)
        self._tell_over()
        self._send()

    def _leave(self) -> None:
        """What is being handed over is waited for a while, so that the books hear of it."""
        self._leaving = True
        self._printing.finish(PARTING_MS)
        self._printing.close(wait=False)
        for job in self._jobs.values():
            self._stick(job)

    def _tell_over(self) -> None:
        if not any(job.stuck for job in self._jobs.values()):
            self.over.emit()


def write_paper(issued: Issued, folder: Path, route: Route | None = None) -> Path:
    """Write the file whole or not at all; where it lies. Without a route it is an A4 in three."""
    from dms_desktop.printing.paper import Copy, Size
    from dms_desktop.printing.papers import made
    from dms_desktop.spool.keeping import keep, paper_name

    copies = tuple(map(Copy, route.copies)) if route else tuple(Copy)
    size = Size(route.size) if route else Size.A4
    paper = made(issued, copies=copies, size=size, language=language())
    return keep(paper.data, folder, paper_name(issued, paper.ending))


def _hand_over(route: Route, path: Path) -> str:
    """Give it to the printer; what the books are told of it."""
    from dms_desktop.spool.printers import send

    send(route.printer, path)
    return f"{path.name} on {route.printer.code}"
