"""Bulk change: what is listed goes into a spreadsheet, is changed there, and is imported again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from dms_desktop.domain.incoming import Intake
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Refused
from dms_desktop.language.catalogue import N_, _
from dms_desktop.services import masters
from dms_desktop.services.registers import lists, prices
from dms_desktop.services.registers.every import register_of
from dms_desktop.services.registers.lists import Wanted
from dms_desktop.store.session import Reading
from dms_desktop.ui import keys, messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.asking import Asking
from dms_desktop.ui.theme import Role

ALL = 10**9
THERE = N_("There is a file “{file}” already. Choose another name.")
NOT_A_SHEET = N_("“{file}” ends neither in .xlsx nor in .csv.")
NOT_WRITTEN = N_("“{file}” could not be written: {found}. Choose another folder.")
WRITTEN = N_(
    "{count} were written to {file}. Change them in a spreadsheet, then {key} brings them back."
)
ROUND_TRIP: Mapping[str, tuple[Intake, Callable[..., Any]]] = {
    "item": (Intake.ITEMS, masters.every_item),
    "party": (Intake.PARTIES, masters.every_party),
    "price": (Intake.PRICES, prices.every),
}
Say = Callable[[str, Role], object]


@needs(Power.EXPORT)
def listed(reading: Reading, kind: str, wanted: Wanted) -> list[Any]:
    """The records of the whole list, not only of the page in front."""
    found, _after = lists.lines(reading, kind, wanted, None, ALL)
    codes, code_of = {line.code for line in found}, register_of(kind).code
    return [record for record in ROUND_TRIP[kind][1](reading) if code_of(record) in codes]


class Spreadsheet:
    """Asks for a file name in `asking`, and says by `say` what came of it."""

    def __init__(self, floor: Floor, kind: str, asking: Asking, say: Say) -> None:
        self._floor, self._kind, self._asking, self._say = floor, kind, asking, say

    def ask(self, wanted: Wanted) -> None:
        """Where to; a name that nobody has yet is proposed."""
        question = _("Into which file (.xlsx or .csv)?")
        self._asking.ask(question, _("Write it"), partial(self._read, wanted))
        box, folder = self._asking.box, self._floor.books.parent / "spreadsheets"
        box.setText(str(proposed(folder, ROUND_TRIP[self._kind][0].value)))
        box.selectAll()

    def _read(self, wanted: Wanted, text: str) -> None:
        path = Path(text).expanduser()
        if path.suffix.lower() not in (".xlsx", ".csv"):
            self._say(_(NOT_A_SHEET).format(file=path.name), Role.FAULT)
            return
        self._say(_("Writing {file}…").format(file=path.name), Role.MUTED)
        self._floor.desk.ask(
            listed, self._kind, wanted, done=partial(self._write, path), undone=self._fail
        )

    def _write(self, path: Path, records: Sequence[Any]) -> None:
        job = partial(_write, ROUND_TRIP[self._kind][0], path, records)
        self._floor.desk.work(job, done=partial(self._written, path), undone=self._fail)

    def _written(self, path: Path, came: int | OSError) -> None:
        if isinstance(came, FileExistsError):
            self._say(_(THERE).format(file=path.name), Role.FAULT)
        elif isinstance(came, OSError):
            found = came.strerror or str(came)
            self._say(_(NOT_WRITTEN).format(file=path, found=found), Role.FAULT)
        else:
            key = keys.key_text("masters.import")
            self._say(_(WRITTEN).format(count=came, file=path, key=key), Role.GOOD)

    def _fail(self, error: BaseException) -> None:
        self._say(messages.of_error(error), Role.FAULT)
        if not isinstance(error, Refused):
            self._floor.banners.tell("spreadsheet", messages.of_error(error))


def proposed(folder: Path, kind: str) -> Path:
    """A name in this folder that is not taken."""
    path, number = folder / f"{kind}.xlsx", 1
    while path.exists():
        number += 1
        path = folder / f"{kind}-{number}.xlsx"
    return path


def _write(intake: Intake, path: Path, records: Sequence[Any]) -> int | OSError:
    """Nobody's file is written over."""
    from dms_desktop.files.exporting import write_records

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb"):
            pass
        return write_records(intake, path, records)
    except OSError as error:
        return error
