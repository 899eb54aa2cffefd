"""Claims on suppliers: what is short, damaged or sent back, and what he answered of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from dms_desktop.domain.calendar import financial_year
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import ZERO, Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.purchase_facts import part
from dms_desktop.domain.purchases import GoodsReceipt
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.supplier_credit import ClaimKind, SupplierCredit
from dms_desktop.domain.supplier_return import Over, ReturnPaper, SupplierReturn
from dms_desktop.domain.trade_papers import TradePaper
from dms_desktop.services import audit, series
from dms_desktop.store.session import Reading, Tx

LINE_BITS = 16
_ROWS = (
    "SELECT supplier_claim.line_id, what, supplier_claim.party_id, party_code, party_name,"
    " document.uid, document.number, external_ref, document.day, goods_line.code, goods_line.name,"
    " batch, goods_line.mrp, supplier_claim.qty, paise, rest, told_day,"
    " (SELECT coalesce(sum(refused), 0) FROM claim_answer"
    " WHERE claim_answer.line_id = supplier_claim.line_id"
    " AND claim_answer.what = supplier_claim.what) FROM supplier_claim"
    " JOIN goods_line ON goods_line.id = supplier_claim.line_id"
    " JOIN document ON document.id = document_id"
    " WHERE (:party = 0 OR supplier_claim.party_id = :party) AND (:every = 1 OR rest > 0)"
    " AND (:what = '' OR what = :what) AND (:document = '' OR document.number = :document)"
    " AND (:text = '' OR lower(document.number) LIKE :like OR lower(external_ref) LIKE :like"
    " OR lower(party_name) LIKE :like OR lower(goods_line.name) LIKE :like"
    " OR lower(goods_line.code) LIKE :like)"
    " ORDER BY document.day, supplier_claim.line_id, what LIMIT :limit"
)
_DAMAGED = "SELECT qty, paise, rest FROM supplier_claim WHERE line_id = :line AND what = 'damaged'"
_NUMBERED = (
    "SELECT document.number FROM supplier_number JOIN document ON document.id = document_id"
    " WHERE supplier_number.party_id = :party AND year = :year AND supplier_number.number = :number"
)


class ClaimState(StrEnum):
    """The word is published."""

    OPEN = "open"
    SENT = "sent"
    PART = "part"
    SETTLED = "settled"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Claim:
    """`amount` is what is asked, `left` what he has not answered; `age` in days since the paper.

    `number` is ours of the receipt or return, `invoice` his.
    """

    line: int
    what: ClaimKind
    party_id: int
    party_code: str
    party: str
    document: UUID
    number: str
    invoice: str
    day: date
    age: int
    code: str
    item: str
    batch: str
    mrp: Money
    qty: int
    amount: Money
    left: Money
    told: date | None
    state: ClaimState


@needs(Power.LOOK)
def claims(
    reading: Reading,
    *,
    party_id: int = 0,
    what: ClaimKind | None = None,
    document: str = "",
    text: str = "",
    every: bool = False,
    limit: int = 500,
) -> list[Claim]:
    """The oldest first; only what he still has to answer unless `every` is asked for."""
    today = series.today(reading)
    rows = reading.rows(
        _ROWS,
        party=party_id,
        what=what.value if what else "",
        document=document,
        every=int(every),
        text=text.strip(),
        like=f"%{folded(text)}%",
        limit=limit,
    )
    return [_claim(row, today) for row in rows]


def _claim(row: Sequence[object], today: date) -> Claim:
    (
        line, what, party, code, name, uid, number, invoice, day, item_code, item, batch, mrp, qty,
        paise, rest, told, refused,
    ) = row  # fmt: skip
    on = date.fromisoformat(str(day))
    amount, left = Money(int(str(paise))), Money(int(str(rest)))
    state = _state(amount, left, Money(int(str(refused))), bool(told))
    return Claim(
        int(str(line)), ClaimKind(str(what)), int(str(party)), str(code), str(name),
        UUID(bytes=bytes(uid)),  # type: ignore[call-overload]
        str(number), str(invoice), on, (today - on).days, str(item_code), str(item), str(batch),
        Money(int(str(mrp))), int(str(qty)), amount, left,
        date.fromisoformat(str(told)) if told else None, state,
    )  # fmt: skip


def _state(amount: Money, left: Money, refused: Money, told: bool) -> ClaimState:
    if not left:
        return ClaimState.REJECTED if amount and refused == amount else ClaimState.SETTLED
    if left != amount:
        return ClaimState.PART
    return ClaimState.SENT if told else ClaimState.OPEN


@needs(Power.RECEIVE)
def tell(tx: Tx, wanted: Iterable[tuple[int, ClaimKind]], day: date | None = None) -> int:
    """He was told of these claims on that day, today without one. How many were not told before.

    Refuses UNKNOWN_CODE for a claim that there is none of, BAD_DAY for a day to come.
    """
    on = day or series.today(tx)
    if on > series.today(tx):
        raise refuse(Reason.FUTURE_DAY, day=on, today=series.today(tx))
    pairs = sorted({(line, what.value) for line, what in wanted})
    for line, what in pairs:
        if not tx.value(
            "SELECT count(*) FROM supplier_claim WHERE line_id = :line AND what = :what",
            line=line, what=what,
        ):  # fmt: skip
            raise refuse(Reason.UNKNOWN_CODE, field="claim", value=f"{line}/{what}")
    done = tx.many(
        "UPDATE supplier_claim SET told_day = ?, row_version = row_version + 1"
        " WHERE line_id = ? AND what = ? AND told_day = ''",
        [(on.isoformat(), *pair) for pair in pairs],
    )
    for line, what in pairs:
        audit.record(tx, "tell claim", f"claim {line} {what}", after={"day": on.isoformat()})
    return done


@needs(Power.RECEIVE)
def tell_lines(tx: Tx, lines: Iterable[int]) -> int:
    """The same for whatever is claimed of these lines. Refuses as `tell` does."""
    wanted = sorted(set(lines))
    found = tx.rows("SELECT line_id, what FROM supplier_claim WHERE line_id IN :l", l=wanted)
    if missing := sorted(set(wanted) - {line for line, _ in found}):
        raise refuse(Reason.UNKNOWN_CODE, field="claim", value=str(missing[0]))
    return tell(tx, [(line, ClaimKind(what)) for line, what in found])


def numbered(reading: Reading, party: int, number: str, day: date) -> str:
    """Our number of his note that has this number of that year already, or nothing."""
    year = financial_year(day).starts
    found = reading.value(_NUMBERED, party=party, year=year, number=noted(number))
    return str(found or "")


def noted(number: str) -> str:
    """A note's number beside those of invoices, which another series of his may repeat."""
    return f"note {folded(number)}"


def opened(tx: Tx, key: int, paper: TradePaper) -> None:
    """What a receipt or a return asks of him, and what his note answers; written with the paper."""
    first, party = key << LINE_BITS, paper.head.party
    assert party is not None
    rows = [(first | at, what, party.id, *rest) for at, what, *rest in asked_by(paper)]
    tx.insert(
        "supplier_claim",
        ("line_id", "what", "party_id", "qty", "paise", "rest"),
        [(*row, row[-1]) for row in rows],
    )
    match paper:
        case SupplierCredit(letter=letter):
            if letter.number:
                year = financial_year(letter.day).starts
                row = (key, party.id, year, noted(letter.number))
                tx.insert("supplier_number", ("document_id", "party_id", "year", "number"), [row])
            _answer(
                tx, key,
                [(a.line, a.what.value, a.accepted.paise, a.refused.paise) for a in paper.answers],
            )  # fmt: skip
        case ReturnPaper():
            _count_back(tx, paper, 1)
            damaged = ClaimKind.DAMAGED.value
            _answer(tx, key, [(one.line, damaged, one.amount.paise, 0) for one in paper.over])


def let_go(tx: Tx, key: int, paper: TradePaper) -> None:
    """As if it had never been; what hangs on it was asked for before."""
    ends = {"first": key << LINE_BITS, "last": (key + 1 << LINE_BITS) - 1}
    rows = tx.rows(
        "SELECT accepted + refused, line_id, what FROM claim_answer WHERE document_id = :key"
        " ORDER BY line_id, what",
        key=key,
    )
    tx.many("UPDATE supplier_claim SET rest = rest + ? WHERE line_id = ? AND what = ?", rows)
    tx.run("DELETE FROM claim_answer WHERE document_id = :key", key=key)
    tx.run("DELETE FROM supplier_claim WHERE line_id BETWEEN :first AND :last", **ends)
    if isinstance(paper, SupplierCredit):
        tx.run("DELETE FROM supplier_number WHERE document_id = :key", key=key)
    if isinstance(paper, ReturnPaper):
        _count_back(tx, paper, -1)
        number = tx.value("SELECT number FROM document WHERE id = :key", key=key)
        release_excess(tx, paper, str(number), -1)


def asked_by(paper: TradePaper) -> list[tuple[int, str, int, int]]:
    """By row of the paper: what is asked for, of how many pieces, and its paise."""
    match paper:
        case GoodsReceipt(invoice=invoice):
            found: list[tuple[int, str, int, int]] = []
            for at, each in enumerate(paper.goods):
                short = each.short > 0
                if short and (claim := each.landed(invoice.credit).claim):
                    found.append((at, ClaimKind.SHORT.value, each.short, claim.paise))
                damaged = each.came.damaged
                worth = part(each.line.amount, damaged, each.line.pieces) if damaged else ZERO
                if worth:
                    found.append((at, ClaimKind.DAMAGED.value, damaged, worth.paise))
            return found
        case SupplierReturn():
            what = ClaimKind.RETURNED.value
            return [
                (at, what, line.pieces, line.cost.paise)
                for at, line in enumerate(paper.lines)
                if line.cost
            ]
    return []


def taken_over(reading: Reading, paper: ReturnPaper) -> tuple[Over, ...]:
    """Damaged pieces that go back are asked for by the return from now on."""
    found: dict[int, Money] = {}
    for line, sent in zip(paper.lines, paper.sent, strict=True):
        if line.source_line is None or sent.bucket is Bucket.SALEABLE:
            continue
        row = reading.row(_DAMAGED, line=line.source_line)
        if row is None:
            continue
        qty, paise, rest = row
        before = found.get(line.source_line, ZERO)
        share = before + part(Money(paise), line.pieces, qty)
        found[line.source_line] = min(share, Money(rest))
    return tuple(Over(line, amount) for line, amount in sorted(found.items()) if amount)


def _answer(tx: Tx, key: int, answers: Sequence[tuple[int, str, int, int]]) -> None:
    """Refuses CLAIM_ANSWERED where less than that is left of a claim."""
    ordered = sorted(answers)
    done = tx.many(
        "UPDATE supplier_claim SET rest = rest - ? WHERE line_id = ? AND what = ? AND rest >= ?",
        [(yes + no, line, what, yes + no) for line, what, yes, no in ordered],
    )
    if done != len(ordered):
        raise refuse(Reason.CLAIM_ANSWERED)
    tx.insert(
        "claim_answer",
        ("document_id", "line_id", "what", "accepted", "refused"),
        [(key, *each) for each in ordered],
    )


def _count_back(tx: Tx, paper: ReturnPaper, sign: int) -> None:
    """Pieces of receipts' lines that went back."""
    back: dict[int, int] = {}
    for line in paper.lines:
        if line.source_line is not None:
            back[line.source_line] = back.get(line.source_line, 0) + sign * line.pieces
    tx.many(
        "INSERT INTO returned (line_id, qty) VALUES (?, ?)"
        " ON CONFLICT (line_id) DO UPDATE SET qty = returned.qty + excluded.qty",
        sorted(back.items()),
    )


def hold_excess(tx: Tx, lines: Iterable[int | None]) -> None:
    """Let no other counter at excess that goes back; the first lock of a return."""
    if wanted := sorted({line for line in lines if line is not None}):
        tx.rows(
            "SELECT line_id FROM excess_held WHERE line_id IN :lines ORDER BY line_id FOR UPDATE",
            lines=wanted,
        )


def release_excess(tx: Tx, paper: ReturnPaper, number: str, sign: int = 1) -> None:
    """Held pieces are let go without stock or ledger, or held again; once the paper is written.

    Refuses NOT_HELD.
    """
    held: dict[int, int] = {}
    for goods, sent in zip(paper.lines, paper.sent, strict=True):
        if sent.held is not None:
            held[sent.held] = held.get(sent.held, 0) + sign * goods.pieces
    done = tx.many(
        "UPDATE excess_held SET rest = rest - ? WHERE line_id = ? AND rest >= ?",
        [(qty, line, qty) for line, qty in sorted(held.items())],
    )
    if done != len(held):
        raise refuse(Reason.NOT_HELD, number=number, have=0, next=sum(held.values()))
    tx.insert(
        "excess_release",
        ("line_id", "qty", "way", "note", "at", "user_id"),
        [
            (line, qty, "sent_back", number, tx.micros, tx.actor.user_id)
            for line, qty in sorted(held.items())
        ],
    )
    for line, qty in sorted(held.items()):
        told = {"qty": qty, "way": "sent_back", "note": number}
        audit.record(tx, "release excess", f"excess {line}", after=told)
