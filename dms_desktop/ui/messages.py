"""What the screen says when something is wrong: a sentence, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from dms_desktop.domain.refusals import Problem, Refused
from dms_desktop.domain.units import BadQuantity, QuantityFault
from dms_desktop.language.catalogue import N_, _, joined
from dms_desktop.language.faults import say_fault
from dms_desktop.language.sentences import say
from dms_desktop.store.database import OutcomeUnknown
from dms_desktop.store.faults import BooksFault

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
    return joined(" ", said)


def of_error(error: BaseException, report: object = None) -> str:
    """For a Refused, a fault of the machine, or a Bug with the report that was kept of it."""
    match error:
        case Refused(problems=problems):
            return of_problems(problems)
        case BooksFault(word=word, facts=facts):
            return say_fault(word, facts)
        case OutcomeUnknown():
            return say_fault("outcome_unknown", {})
        case _:
            return _(OUR_MISTAKE).format(report=report) if report else _(MISTAKE)
