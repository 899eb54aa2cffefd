"""Every document against its own rows, its number, and what the audit trail says was written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from dms_desktop.domain.goods_line import Kind, Paper
from dms_desktop.domain.money import Money
from dms_desktop.domain.stock_papers import STOCK_PAPERS
from dms_desktop.domain.tax import GstType, is_interstate
from dms_desktop.domain.trade_papers import CLAIMING, PURCHASES, trade_paper
from dms_desktop.services.posting import LINE_BITS
from dms_desktop.services.rows import HEAD, LINE, Row, effect_rows, relabels_said
from dms_desktop.services.verifying import (
    arithmetic,
    effects,
    imported,
    numbers,
    purchases,
    settling,
    suppliers,
    ties,
)
from dms_desktop.services.verifying.culprit import COLUMNS, TABLES, Change, proved
from dms_desktop.services.verifying.findings import Finding, Key, Watch
from dms_desktop.services.verifying.sheaf import LAST_KEY, ROW_MASK, Sheaf, sheaves
from dms_desktop.services.verifying.witnesses import changes
from dms_desktop.services.verifying.wrong import Wrong
from dms_desktop.store.session import Reading

Said = Mapping[str, Any]

AMOUNTS = frozenset(
    (
        "mrp", "rate", "gross", "discount", "taxable", "cgst", "sgst", "igst", "cess", "cost",
        "paise", "round_off", "total", "input_cgst", "input_sgst", "input_igst", "input_cess",
    )
)  # fmt: skip
_LEFT = "SELECT max(line_id) FROM line_left WHERE line_id BETWEEN :first AND :last"
_PRICED = (Kind.ORDER, Kind.ESTIMATE, Kind.CHALLAN, Kind.BILL)
_TAXES = tuple(map(LINE.index, ("cgst", "sgst", "igst", "cess")))
_OPENED = tuple(map(LINE.index, ("row", "gross", "taxable", "cost")))
_TOTALS = ("taxable", "cgst", "sgst", "igst", "cess", "round_off", "total")


class NoAccount(Exception):
    """The chart of accounts lacks one that documents post to."""


class Accounts(dict[str, int]):
    """Ids by codes."""

    def __missing__(self, code: str) -> int:
        raise NoAccount(code)


@dataclass(slots=True)
class Examination:
    """What does not change from one document to the next."""

    reading: Reading
    accounts: dict[str, int]
    series: dict[int, numbers.SeriesRow]
    sellers: dict[int, tuple[str, str]]  # registration -> State and GST type
    specific: dict[arithmetic.RateKey, tuple[Any, ...]]
    imports: imported.Imports
    codes: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading) -> Examination:
        accounts = Accounts(reading.rows("SELECT code, id FROM account"))
        sellers = {
            key: (state, gst_type)
            for key, state, gst_type in reading.rows("SELECT id, state, gst_type FROM registration")
        }
        codes = {key: code for code, key in accounts.items()}
        every = numbers.every_series(reading)
        specific = arithmetic.specific_rates(reading)
        return cls(reading, accounts, every, sellers, specific, imported.imports(reading), codes)


def wrong_documents(reading: Reading, watch: Watch) -> Iterator[Finding]:
    examination = Examination.of(reading)
    for sheaf in sheaves(reading, watch):
        yield from examine(examination, sheaf)


def examine(exam: Examination, sheaf: Sheaf) -> Iterator[Finding]:
    """All that is wrong with one document, the first wrong row first."""
    if sheaf.head is None:
        yield from _orphans(sheaf)
        return
    said = sheaf.told()
    number = {"number": said["number"], "kind": said["kind"]}
    if not 0 < sheaf.key <= LAST_KEY:
        yield Finding("impossible_key", "document", sheaf.key, number)
        return
    posted = [row for row in sheaf.audit if row[1].startswith("post ")]
    computed = sheaf.written().digest()
    foreign = said["origin"] == "imported"
    if posted:
        wanted = bytes(posted[0][4] or b"")
    elif foreign:
        wanted = sheaf.digest
    else:
        yield Finding("not_in_audit", "document", sheaf.key, number)
        return
    intact = computed == wanted
    wrongs, others = _contradictions(exam, sheaf, said, foreign=foreign)
    if not intact:
        yield from _altered(exam, sheaf, said, wrongs, wanted)
        return
    if sheaf.digest != wanted:
        yield Finding("document_digest", "document", sheaf.key, number)
    yield from _named(sheaf, wrongs, number)
    yield from others


def _altered(
    exam: Examination, sheaf: Sheaf, said: Said, wrongs: list[Wrong], wanted: bytes
) -> Iterator[Finding]:
    """The one row that was changed where the digest proves it; else what the rows let suspect."""
    number = {"number": said["number"], "kind": said["kind"]}
    suspects = {(wrong.table, wrong.at) for wrong in wrongs}
    first, every = (changes(exam.reading, sheaf, said, sheaf.should) for _ in range(2))
    likely = (one for one in first if (TABLES[one.part], one.at) in suspects)
    change = proved(sheaf, chain(likely, every), wanted)
    if change is not None:
        yield _proof(sheaf, change, number)
        return
    if lost := list(_lost_lines(exam.reading, sheaf)):
        wrongs = lost
    elif len({key_of(sheaf, wrong) for wrong in wrongs}) != 1:
        yield Finding("document_altered", "document", sheaf.key, number)
    yield from _named(sheaf, wrongs, number)


def _lost_lines(reading: Reading, sheaf: Sheaf) -> Iterator[Wrong]:
    """A line that lies elsewhere, a gap in the rows, or what still hangs on a line that is gone."""
    misplaced = list(_misplaced(sheaf))
    yield from misplaced
    there = len(sheaf.lines)
    ends = {"first": sheaf.key << LINE_BITS | there, "last": sheaf.key << LINE_BITS | ROW_MASK}
    kind = sheaf.told()["kind"]
    moving = kind in (Kind.BILL, Kind.CHALLAN, Kind.OPENING, *STOCK_PAPERS)
    hung = [
        len(sheaf.moves) - 1 if moving else -1,
        0 if kind in STOCK_PAPERS else -1,  # none is without a line
        max((one[0] for one in sheaf.adjustments), default=-1),
        purchases.last_row(sheaf.told()),
        int(reading.value(_LEFT, **ends) or -1) & ROW_MASK if there < ROW_MASK else -1,
    ]
    if not misplaced and any(there <= row < ROW_MASK for row in hung):
        yield Wrong("no_line", "goods_line", -1, "row", there)


def _proof(sheaf: Sheaf, change: Change, number: Mapping[str, object]) -> Finding:
    table, columns = TABLES[change.part], COLUMNS[change.part]
    if change.missing:
        assert change.row is not None
        at = change.row[:2] if table == "line_adjustment" else change.at
        key = key_of(sheaf, Wrong("removed", table, -1, "", at))
        return Finding("removed", table, key, number)
    key = key_of(sheaf, Wrong("", table, change.at, "", None))
    if change.row is None:
        return Finding("added", table, key, number)
    rows = ([sheaf.head], sheaf.lines, sheaf.adjustments, sheaf.moves, sheaf.entries)
    now = rows[change.part][change.at] or ()
    column, is_, was = next(
        cells for cells in zip(columns, now, change.row, strict=True) if cells[1] != cells[2]
    )
    facts = {"column": column, "is": _shown(column, is_), "was": _shown(column, was)}
    return Finding("altered", table, key, {**number, **facts})


def _shown(column: str, value: Any) -> object:
    return Money(value) if column in AMOUNTS and isinstance(value, int) else value


def _contradictions(
    exam: Examination, sheaf: Sheaf, said: dict[str, Any], *, foreign: bool
) -> tuple[list[Wrong], list[Finding]]:
    """What the document's rows say against each other, and what other rows say against them."""
    wrongs = list(_misplaced(sheaf))
    others: list[Finding] = []
    try:
        said = {**json.loads(said["particulars"] or "{}"), **said}
        wrongs += _wrong_rows(exam, sheaf, said)
        if wrong := numbers.wrong_day(said):
            wrongs.append(wrong)
        if wrong := numbers.wrong_number(sheaf, said, exam.series.get(said["series_id"])):
            facts = {"number": said["number"], "column": wrong.column, "should": wrong.should}
            others.append(Finding("series_disagrees", "series", said["series_id"], facts))
        if foreign:
            wrongs += effects.wrong_effect(sheaf, [], [])
            strike = exam.imports.strike(said["serial"])
            others += ties.wrong_events(exam.reading, sheaf, said, strike)
            return wrongs, others
        wrongs_of, others_of = _wrong_effects(exam, sheaf, said)
        wrongs += wrongs_of
        others += others_of
        others += ties.wrong_events(exam.reading, sheaf, said, None)
    except NoAccount as error:
        others.append(Finding("no_account", "account", str(error)))
    except (ValueError, ArithmeticError, LookupError, TypeError):
        wrongs.append(Wrong("unreadable", "document", 0, "", None))
    return wrongs, others


def _misplaced(sheaf: Sheaf) -> Iterator[Wrong]:
    for at, (key, document) in enumerate(sheaf.line_keys):
        if document != sheaf.key:
            yield Wrong("misplaced", "goods_line", at, "document_id", key >> LINE_BITS)
        elif key != sheaf.key << LINE_BITS | at:
            yield Wrong("no_line", "goods_line", -1, "row", at)
            return


def _wrong_rows(exam: Examination, sheaf: Sheaf, said: Said) -> Iterator[Wrong]:
    kind = Kind(said["kind"])
    assert sheaf.head is not None
    if kind in _PRICED:
        yield from _wrong_supply(exam, said)
        charged = _charged(kind, said, sheaf.lines)
        ground = arithmetic.Ground(bool(said["interstate"]), charged, exam.specific)
        yield from arithmetic.wrong_lines(sheaf.lines, sheaf.adjustments, ground)
        yield from arithmetic.wrong_totals(sheaf.head, sheaf.lines)
    elif kind is Kind.OPENING:
        yield from _wrong_opening(sheaf.head, sheaf.lines)
    elif trade := trade_paper(kind):
        if kind in PURCHASES:
            yield from purchases.wrong_lines(sheaf)
        elif kind is not Kind.SUPPLIER_CREDIT:
            yield from arithmetic.wrong_sums(sheaf.head, sheaf.lines)
        if not effects.of_trade(trade, sheaf, said).whole():
            yield Wrong("not_whole", "document", 0, "", None)
    elif kind in STOCK_PAPERS:
        yield from _wrong_stock(sheaf, said)
    elif sheaf.lines:
        yield Wrong("extra_line", "goods_line", 0, "", None)
    if kind is Kind.RECEIPT:
        paid = sum(paise for _, paise, _ in said["payments"])
        yield from _totals_are(sheaf.head, (0, 0, 0, 0, 0, 0, paid))
    if kind is Kind.JOURNAL:
        debits = sum(entry[3] for entry in sheaf.entries if entry[3] > 0)
        yield from _totals_are(sheaf.head, (0, 0, 0, 0, 0, 0, debits))


def _charged(kind: Kind, said: Said, lines: list[Row]) -> bool:
    """Whether its lines bear tax: no under reverse charge and for a composition seller, whose bill
    is a bill of supply. What is no bill of ours has no such paper, so that any tax tells."""
    if said["reverse_charge"] or said["paper"] == Paper.BILL_OF_SUPPLY:
        return False
    ours = kind is Kind.BILL and said["origin"] != "imported"
    return ours or any(line[at] for line in lines for at in _TAXES)


def _wrong_supply(exam: Examination, said: Said) -> Iterator[Wrong]:
    state, _ = exam.sellers.get(said["registration_id"], ("", ""))
    buyer = GstType(said["party_gst_type"])
    should = int(is_interstate(state, said["place_of_supply"], buyer))
    if said["interstate"] != should:
        yield Wrong("interstate", "document", 0, "interstate", should)


def _wrong_opening(head: Row, lines: list[Row]) -> Iterator[Wrong]:
    yield from _wrong_costs(lines)
    cost = LINE.index("cost")
    yield from _totals_are(head, (0, 0, 0, 0, 0, 0, sum(line[cost] for line in lines)))


def _wrong_costs(lines: list[Row]) -> Iterator[Wrong]:
    row, gross, taxable, cost = _OPENED
    for at, line in enumerate(lines):
        if line[row] != at:
            yield Wrong("line_row", "goods_line", at, "row", at)
        for place in (gross, taxable):
            if line[place] != line[cost]:
                yield Wrong("line_value", "goods_line", at, LINE[place], line[cost])


def _wrong_stock(sheaf: Sheaf, said: Said) -> Iterator[Wrong]:
    """A paper about goods of ours: its lines at cost, and agreeing with each other."""
    assert sheaf.head is not None
    yield from _wrong_costs(sheaf.lines)
    paper = effects.stock_paper(sheaf, said)
    if not paper.whole():
        yield Wrong("not_whole", "document", 0, "", None)
    yield from _totals_are(sheaf.head, (0, 0, 0, 0, 0, 0, paper.totals.total.paise))


def _totals_are(head: Row, should: tuple[int, ...]) -> Iterator[Wrong]:
    for name, is_, wanted in zip(_TOTALS, arithmetic.totals_of(head), should, strict=True):
        if is_ != wanted:
            yield Wrong("totals", "document", 0, name, wanted)


def _wrong_effects(
    exam: Examination, sheaf: Sheaf, said: Said
) -> tuple[list[Wrong], list[Finding]]:
    """Goods and ledger against the lines, or for a cancellation against what it cancels."""
    if ties.is_cancellation(said):
        return _wrong_mirror(exam, sheaf, said)
    wrongs: list[Wrong] = []
    done = effects.effect_of(sheaf, said, exam.codes)
    if done is None:
        if effects.unbalanced(sheaf.entries):
            wrongs.append(Wrong("unbalanced", "document", 0, "", None))
        if sheaf.moves:
            wrongs.append(Wrong("extra_move", "stock_move", 0, "", None))
    else:
        sheaf.should = effect_rows(done, exam.accounts, said["day"])
        wrongs += effects.wrong_effect(sheaf, *sheaf.should)
    others = [*ties.wrong_links(sheaf, said)]
    if said["kind"] in ties.ACTING:
        others += ties.wrong_acts(exam.reading, sheaf, said)
    others += purchases.wrong_beside(exam.reading, sheaf, said)
    if said["kind"] in CLAIMING:
        others += suppliers.wrong_beside(exam.reading, sheaf, said)
    if said["kind"] in settling.SETTLING:
        due = settling.settles(said)
        others += settling.wrong_settlements(exam.reading, sheaf.key, said["number"], due)
    return wrongs, others


def _wrong_mirror(exam: Examination, sheaf: Sheaf, said: Said) -> tuple[list[Wrong], list[Finding]]:
    found = ties.target_of(exam.reading, sheaf, said)
    if isinstance(found, Finding):
        return [], [found]
    key, target = found
    assert sheaf.head is not None
    wrongs = [
        Wrong("mirror", "document", 0, name, target[HEAD.index(name)])
        for name in ties.MIRRORED
        if said[name] != target[HEAD.index(name)]
    ]
    nothing = said["of_kind"] in (Kind.JOURNAL, Kind.OPENING)
    should = (0,) * len(_TOTALS) if nothing else arithmetic.negative_totals(target)
    wrongs += _totals_are(sheaf.head, should)
    done = ties.mirrored(exam.reading, target)
    sheaf.should = effect_rows(done, exam.accounts, said["day"])
    wrongs += effects.wrong_effect(sheaf, *sheaf.should)
    if relabels_said(done.relabels) != said.get("relabels", []):
        wrongs.append(Wrong("mirror", "document", 0, "particulars", said["of_number"]))
    others = [*ties.wrong_cancelled_event(exam.reading, key, said)]
    due = settling.taken_back(said, target)
    others += settling.wrong_settlements(exam.reading, sheaf.key, said["number"], due)
    return wrongs, others


def _named(sheaf: Sheaf, wrongs: list[Wrong], number: Mapping[str, object]) -> Iterator[Finding]:
    for wrong in wrongs:
        facts = {**number, "column": wrong.column, "should": _shown(wrong.column, wrong.should)}
        yield Finding(wrong.what, wrong.table, key_of(sheaf, wrong), facts)


def key_of(sheaf: Sheaf, wrong: Wrong) -> Key:
    """The key on disk of the row that is wrong, or what would identify one that is not there."""
    first, at = sheaf.key << LINE_BITS, wrong.at
    match wrong.table:
        case "goods_line":
            return int(first | wrong.should) if at < 0 else sheaf.line_keys[at][0]
        case "line_adjustment":
            if at < 0:
                line, step = wrong.should
                return (first | line, step)
            return sheaf.adjustment_keys[at]
        case "stock_move":
            return (sheaf.key, wrong.should) if at < 0 else sheaf.move_keys[at]
        case "ledger_entry":
            return (sheaf.key, wrong.should) if at < 0 else sheaf.entry_keys[at]
        case _:
            return sheaf.key


def _orphans(sheaf: Sheaf) -> Iterator[Finding]:
    """Lines whose key alone is wrong, or else the document that rows name and that is not there."""
    lost = [key for key, document in sheaf.line_keys if document != sheaf.key]
    for key in lost:
        yield Finding("misplaced", "goods_line", key, {"number": ""})
    table = _named_by(sheaf)
    if table != "goods_line" or len(lost) < len(sheaf.line_keys):
        yield Finding("no_document", "document", sheaf.key, {"rows": table})


def _named_by(sheaf: Sheaf) -> str:
    """The first of the tables whose rows name this document."""
    hung = {
        "goods_line": sheaf.lines,
        "line_adjustment": sheaf.adjustments,
        "stock_move": sheaf.moves,
        "ledger_entry": sheaf.entries,
        "document_link": sheaf.links,
        "document_event": sheaf.events,
    }
    return next(table for table, rows in hung.items() if rows)
