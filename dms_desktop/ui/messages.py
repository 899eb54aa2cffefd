"""What the screen says when something is wrong: a sentence, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dms_desktop.domain.refusals import Problem, Refused
from dms_desktop.domain.units import BadQuantity, QuantityFault
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.sentences import say
from dms_desktop.store.database import OutcomeUnknown
from dms_desktop.store.faults import BooksFault
from dms_desktop.ui.desk import Bug

MACHINE: Mapping[str, str] = {
    "books_missing": N_("There are no books at {books}. Choose another folder, or set them up."),
    "books_exist": N_("Something lies at {books} already. Nothing was changed."),
    "books_older": N_("The books at {books} are of an older version and must be upgraded first."),
    "books_newer": N_(
        "The books at {books} were written by a newer program (version {revision}; this one knows "
        "{ours}). Install the newer program."
    ),
    "books_foreign": N_("The file {books} is not a book of this program: {found}."),
    "books_damaged": N_(
        "The books at {books} are damaged: {found}. Do not go on; restore the last backup."
    ),
    "books_read_only": N_(
        "The books at {books} cannot be written. Look at the rights of the file and its folder."
    ),
    "books_busy": N_("Another program has the books at {books} open: {holder}. Close it first."),
    "books_on_share": N_(
        "The books at {books} lie on a network drive, where one crash can damage them. "
        "Move them to a disk of this computer."
    ),
    "disk_full": N_("The disk is full. Free some space and try again; nothing typed is lost."),
    "disk_failed": N_("The disk could not be read or written: {found}. Nothing typed is lost."),
    "server_away": N_("The database server does not answer. Nothing typed is lost."),
    "upgrade_failed": N_("The upgrade was undone, and the books are as they were: {found}."),
}
UNKNOWN_OUTCOME = N_(
    "The disk failed at the last moment, so it is not known whether this was saved. "
    "Trying again is safe: nothing is ever saved twice."
)
OUR_MISTAKE = N_(
    "Something went wrong inside the program. What you typed is kept. A report lies at {report}."
)
MISTAKE = N_("Something went wrong inside the program. What you typed is kept.")
QUANTITY: Mapping[QuantityFault, str] = {
    QuantityFault.EMPTY: N_("Type how many: pieces (12), cases (2c) or both (2c 6p)."),
    QuantityFault.NOT_A_QUANTITY: N_(
        "“{typed}” is not a quantity. Type pieces (12), cases (2c), both (2c 6p), or 10+1 with "
        "1 free."
    ),
    QuantityFault.NEGATIVE: N_("A bill cannot take goods back: “{typed}” is below nil."),
    QuantityFault.FRACTION: N_("“{typed}” is not whole. Type whole pieces or cases."),
    QuantityFault.ZERO: N_("Nil pieces are no line. Type how many, or remove the line."),
    QuantityFault.TOO_MANY: N_("“{typed}” is more than anybody has. Is it a barcode?"),
    QuantityFault.NO_CASE: N_(
        "{item} has no case size, so “{typed}” cannot be counted. Type pieces."
    ),
    QuantityFault.NO_INNER: N_(
        "{item} has no inner size, so “{typed}” cannot be counted. Type pieces."
    ),
}


def of_quantity(error: BadQuantity, item: str) -> str:
    return _(QUANTITY[error.reason]).format_map({"item": item, **error.facts})


def of_problems(problems: tuple[Problem, ...]) -> str:
    """Every sentence once, in order; those of rows begin with the row as the clerk counts it."""
    said: dict[str, None] = {}
    for problem in problems:
        sentence = say(problem)
        if problem.row is not None:
            sentence = _("Line {row}: {sentence}").format(row=problem.row + 1, sentence=sentence)
        said.setdefault(sentence)
    return " ".join(said)


def of_error(error: BaseException, report: object = None) -> str:
    """For a Refused, a fault of the machine, or a Bug with the report that was kept of it."""
    match error:
        case Refused(problems=problems):
            return of_problems(problems)
        case BooksFault(word=word, facts=facts):
            shown = {name: _fact(value) for name, value in facts.items()}
            return _(MACHINE.get(word, MISTAKE)).format_map({"found": "", "holder": "", **shown})
        case OutcomeUnknown():
            return _(UNKNOWN_OUTCOME)
        case OSError():
            return _(MACHINE["disk_failed"]).format(found=error.strerror or error)
        case Bug() if report is None:
            return _(MISTAKE)
        case _:
            return _(OUR_MISTAKE).format(report=report) if report else _(MISTAKE)


def _fact(value: Any) -> str:
    """Who holds the books is a dict: the program and since when."""
    if isinstance(value, Mapping):
        return ", ".join(str(value[name]) for name in ("program", "host", "pid") if name in value)
    return str(value)
