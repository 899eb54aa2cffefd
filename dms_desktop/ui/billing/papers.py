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
    from collections.abc import Hashable

    from dms_desktop.domain.company import Issued
    from dms_desktop.domain.godown_papers import GodownPaper
    from dms_desktop.domain.printers import PaperKind, Route
    from dms_desktop.services.printed import Headline
    from dms_desktop.spool.keeping import Numbered

    Paper = Issued | GodownPaper
    Waiting = tuple[PaperKind, Headline]

PARTING_MS = 5_000


@dataclass(slots=True)
class _Job:
    """How far a paper has come: made, taken by a printer (or given as a file), remembered."""

    uid: UUID
    kind: PaperKind | None = None  # None: the document's own
    first: bool = True  # nobody wants it if it was printed meanwhile: that would be a reprint
    saved: bool = False  # it was just posted, and may have to wait for a wish to print it
    route: Route | None = None
    path: Path | None = None
    taken: str = ""  # where
    stuck: bool = False
    once_more: bool = False

    @property
    def key(self) -> Hashable:
        return under_way.key_of(self.uid, self.kind)

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
    moved = Signal(int, int)  # of a run of papers so many are through, of so many

    def __init__(self, desk: Desk, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._folder = desk, folder
        self._jobs: dict[Hashable, _Job] = {}
        self._run: set[Hashable] = set()  # what one wish to print all set going
        self._run_of = 0
        self._at_printer: _Job | None = None
        self._leaving = False
        self._printing = (
            Background()
        )  # a printer that hangs must not keep a paper out of the folder
        desk.leaving.connect(self._leave)

    @property
    def idle(self) -> bool:
        """Whatever is not stuck is done."""
        return not self.sending and all(job.stuck for job in self._jobs.values())

    @property
    def sending(self) -> bool:
        """A printer is being given a paper."""
        return self._at_printer is not None

    def start(self) -> None:
        """Say what was saved and never printed, however the program ended."""
        self._desk.ask(
            verbs.left,
            done=self._tell_left,
            undone=lambda error: self.failed.emit(error, self.start),
        )

    def print_left(self) -> None:
        """Print, in order, all that this counter saved and never printed; once more stops it."""
        if self._run:
            self.stop()
            return
        self._desk.ask(
            verbs.unprinted,
            done=self._print_left,
            undone=lambda error: self.failed.emit(error, self.print_left),
        )

    def stop(self) -> None:
        """Let be what the printer has not been given: it stays unprinted in the books, and the next
        wish to print all goes on with it."""
        for job in tuple(self._jobs.values()):
            if job.key in self._run and not job.taken and job is not self._at_printer:
                under_way.let_go(job.key)
                del self._jobs[job.key]
        self._tell_over()
        self._send()

    def print(
        self,
        uid: UUID,
        *,
        kind: PaperKind | None = None,
        first: bool = False,
        saved: bool = False,
    ) -> None:
        """Make the paper from the document as it lies in the books. The second one is marked.

        One that is still on its way does not become two. A bill that was just `saved` is sent only
        where the owner wants that.
        """
        job = self._jobs.get(under_way.key_of(uid, kind))
        if job is None:
            job = _Job(uid, kind, first or saved, saved)
            self._jobs[job.key] = job
            self._make(job)
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

    def _tell_left(self, found: list[Waiting]) -> None:
        from dms_desktop.spool.faults import PapersLeft

        numbers = []
        for kind, each in found:
            job = _Job(each.id, kind, stuck=True)
            if job.key not in self._jobs:
                self._jobs[job.key] = job
                numbers.append(each.number)
        if numbers:
            self.failed.emit(PapersLeft(numbers), self.retry)

    def _print_left(self, found: list[Waiting]) -> None:
        if not found:
            self.none_left.emit()
        self._run = {under_way.key_of(each.id, kind) for kind, each in found}
        self._run_of = len(self._run)
        for kind, each in found:
            self.print(each.id, kind=kind, first=True)
        self._tell_moved()

    def _make(self, job: _Job) -> None:
        """Also once more: it may have got another printer meanwhile, or been printed."""
        job.stuck, job.path = False, None
        if under_way.claim(job.key):
            ask = partial(self._desk.ask, verbs.to_print, job.uid, kind=job.kind)
            ask(done=partial(self._write, job), undone=partial(self._fail, job))
        else:
            self._drop(job)

    def _write(self, job: _Job, asked: tuple[Paper, Route | None]) -> None:
        if self._dropped(job):
            return
        paper, job.route = asked
        before = _named(paper).printed
        if job.first and before:
            self._done(job)
            return
        self._desk.work(
            partial(write_paper, paper, self._folder, job.route, job.kind),
            done=partial(self._made, job, bool(before)),
            undone=partial(self._fail, job),
        )

    def _made(self, job: _Job, reprint: bool, path: Path) -> None:
        if self._dropped(job):
            return
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
        if self.sending or self._leaving or job is None:
            return
        if job.stuck:
            self._make(job)
        elif job.path is not None and job.route is not None:
            self._at_printer = job
            self._desk.work(
                partial(_hand_over, job.route, job.path),
                done=partial(self._sent, job),
                undone=partial(self._not_sent, job),
                thread=self._printing,
            )

    def _sent(self, job: _Job, where: str) -> None:
        self._at_printer, job.taken = None, where
        self._remember(job)
        self._send()

    def _not_sent(self, job: _Job, error: BaseException) -> None:
        """Those behind it wait as well, until somebody tries again or the next bill is saved."""
        self._at_printer = None
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
            kind=job.kind,
            done=lambda _: self._finish(job),
            undone=partial(self._fail, job),
        )

    def _finish(self, job: _Job) -> None:
        self._done(job)
        self.printed.emit(job.uid)
        if job.once_more:
            self.print(job.uid, kind=job.kind)

    def _fail(self, job: _Job, error: BaseException) -> None:
        """A mistake of ours must not keep the papers behind it from being printed."""
        if self._dropped(job):
            return
        again = self.retry
        if isinstance(error, Bug):
            again = partial(self.print, job.uid, kind=job.kind, first=job.first, saved=job.saved)
            self._jobs.pop(job.key, None)
        self._stick(job)
        self.failed.emit(error, again)
        if job.path is None or isinstance(error, Bug):
            self._send()

    def _stick(self, job: _Job) -> None:
        """Somebody else may print it now, unless only the books do not know it yet."""
        job.stuck = True
        if not job.taken:
            under_way.let_go(job.key)

    def _done(self, job: _Job) -> None:
        under_way.let_go(job.key)
        self._drop(job)

    def _dropped(self, job: _Job) -> bool:
        """Whether the run that it belonged to was stopped meanwhile."""
        return self._jobs.get(job.key) is not job

    def _drop(self, job: _Job) -> None:
        self._jobs.pop(job.key, None)
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
        self._tell_moved()
        if not any(job.stuck for job in self._jobs.values()):
            self.over.emit()

    def _tell_moved(self) -> None:
        if self._run:
            left = self._run & self._jobs.keys()
            self.moved.emit(self._run_of - len(left), self._run_of)
            if not left:
                self._run = set()


def write_paper(
    paper: Paper, folder: Path, route: Route | None = None, kind: PaperKind | None = None
) -> Path:
    """Write the file whole or not at all; where it lies. Without a route it is an A4 in three."""
    from dms_desktop.domain.printers import COPIES, OWN, sizes_of
    from dms_desktop.printing.papers import made
    from dms_desktop.spool.keeping import keep, paper_name

    own = kind is None or kind in OWN
    size = route.size if route else sizes_of(kind or "")[0]
    copies, drawer = (route.copies, route.printer.drawer) if route else (COPIES, False)
    drawn = made(paper, copies=copies, size=size, language=language(), drawer=drawer)
    name = paper_name(_named(paper), drawn.ending, "" if own else str(kind))
    return keep(drawn.data, folder, name)


def _named(paper: Paper) -> Numbered:
    """What tells its number, and how often it was printed."""
    from dms_desktop.domain.company import Issued
    from dms_desktop.domain.godown_papers import heading_of

    return paper if isinstance(paper, Issued) else heading_of(paper)


def _hand_over(route: Route, path: Path) -> str:
    """Give it to the printer; what the books are told of it."""
    from dms_desktop.spool.printers import send

    send(route.printer, path)
    return f"{path.name} on {route.printer.code}"
