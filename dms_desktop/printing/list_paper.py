"""A list as it stands on the screen, on A4: its columns, its rows, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dms_desktop.domain.godown_papers import Heading
from dms_desktop.language.catalogue import _
from dms_desktop.language.figures import grouped
from dms_desktop.printing import note_parts as parts
from dms_desktop.printing.columns import NAME, Column
from dms_desktop.printing.form import Grid, Pair
from dms_desktop.printing.note_forms import bare
from dms_desktop.printing.note_sheet import note_sheets
from dms_desktop.printing.paper import Size


def list_pdf(
    heading: Heading,
    title: str,
    facts: Sequence[Pair],
    columns: Sequence[tuple[str, Sequence[str], bool]],
    language: str,
) -> bytes:
    """`columns` are headings with their cells, and whether these are figures. The longest text
    takes the room that the others leave."""
    texts = [at for at, (_title, _cells, right) in enumerate(columns) if not right]
    name = max(texts, key=lambda at: max(map(len, columns[at][1]), default=0))
    made = tuple(
        _column(f"c{at}" if at != name else NAME, *column) for at, column in enumerate(columns)
    )
    rows = len(columns[0][1])
    form = bare(heading, title, facts, [Grid((parts.numbered(rows), *made))])
    told = replace(form, number=(_("Rows"), grouped(rows)))
    return note_sheets([(told, ("",))], Size.A4, language)


def _column(key: str, heading: str, cells: Sequence[str], right: bool) -> Column:
    heading = heading.replace(" ₹", "\N{NO-BREAK SPACE}₹")
    if right:
        return parts.figure(key, heading, cells)
    return Column(key, tuple(heading.split(" ")), tuple(cells), right=False, wraps=True)
