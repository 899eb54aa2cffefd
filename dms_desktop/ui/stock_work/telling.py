"""A paper of the godown in a few lines: what went where, lot by lot."""

from __future__ import annotations

from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.stock_papers import StockLine, StockPaper
from dms_desktop.language.catalogue import _
from dms_desktop.language.figures import grouped
from dms_desktop.services import documents
from dms_desktop.services.counts import Sheet
from dms_desktop.store.session import Reading
from dms_desktop.ui.stock_work.columns import BUCKETS, Work

MOST = 12  # lines; a paper has all of them


@needs(Power.LOOK)
def told_of(reading: Reading, row: Work) -> str:
    """What a closed count without a difference did, or the goods of the paper."""
    uid = row.of.document if isinstance(row.of, Sheet) else row.id
    if uid is None:
        return _("Everything counted agrees with the books.")
    issued = documents.issued(reading, uid)
    paper = issued.document
    assert isinstance(paper, StockPaper)
    head = " · ".join(part for part in (issued.number, paper.reason, issued.by) if part)
    lines = [_line(line) for line in paper.goods[:MOST]]
    if more := len(paper.goods) - MOST:
        lines += [_("and {count} more").format(count=grouped(more))] if more > 0 else []
    return "\n".join((head, *lines))


def _line(line: StockLine) -> str:
    sign = "+" if line.start is None else "−" if line.end is None else ""
    where = ""
    if line.start and line.end and line.start.bucket != line.end.bucket:
        where = f"  → {_(BUCKETS[line.end.bucket])}"
    return f"{line.name}  {line.batch}  {sign}{grouped(line.qty)}{where}"
