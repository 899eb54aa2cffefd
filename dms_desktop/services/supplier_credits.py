"""The supplier's credit note, or his refusal: judged against our claims, and posted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from dms_desktop.domain.documents import Head
from dms_desktop.domain.facts import Party, Seller
from dms_desktop.domain.goods_line import Totals
from dms_desktop.domain.money import ZERO, Money, rupees, total
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.purchase_facts import gst_total, part_of_tax
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.domain.supplier_credit import (
    Against,
    Answer,
    ClaimKind,
    CreditRate,
    Letter,
    SupplierCredit,
)
from dms_desktop.domain.supplier_return import SupplierReturn
from dms_desktop.domain.tax import Gst, GstType, TaxRate, gst, is_interstate
from dms_desktop.services import catalogue, documents, fulfilment, options, series
from dms_desktop.services.posting import Posted, already, post
from dms_desktop.services.supplier_claims import numbered
from dms_desktop.services.supplier_parts import open_invoices, supplier_on, taken_off
from dms_desktop.store.session import Reading, Tx

_CLAIMS = (
    "SELECT line_id, what, party_id, paise, rest, (SELECT coalesce(sum(refused), 0)"
    " FROM claim_answer WHERE claim_answer.line_id = supplier_claim.line_id"
    " AND claim_answer.what = supplier_claim.what) FROM supplier_claim WHERE line_id IN :lines"
)
_RECEIPTS = "SELECT source_line FROM goods_line WHERE id IN :lines AND source_line IS NOT NULL"


@dataclass(frozen=True, slots=True)
class AnswerAsk:
    """What he says to a claim. `accepted` None: as much of it as the note still pays for."""

    line: int
    what: ClaimKind
    accepted: Money | None = None
    refused: Money = ZERO


@dataclass(frozen=True, slots=True)
class CreditDraft:
    """His note as it is printed. `total` None: whatever it comes to. Without a value it is a
    refusal, and needs no number. `reverses` None: as his paper and the claim say."""

    id: UUID
    day: date
    party_id: int
    against: Against
    number: str = ""
    note_day: date | None = None
    irn: str = ""
    gst: bool = True
    rates: tuple[CreditRate, ...] = ()
    round_off: Money = ZERO
    total: Money | None = None
    answers: tuple[AnswerAsk, ...] = ()
    reverses: bool | None = None
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PricedCredit:
    """`problems` stop it."""

    paper: SupplierCredit
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Claim:
    party_id: int
    paise: Money
    rest: Money
    refused: Money


@needs(Power.RECEIVE)
def judge_credit(reading: Reading, draft: CreditDraft) -> PricedCredit:
    """What it settles and all that stops it, with nothing posted. Refuses an unknown supplier."""
    return _judged(reading, draft)


@needs(Power.RECEIVE)
def post_credit(tx: Tx, draft: CreditDraft, *, asked: bytes = b"") -> Posted:
    """Post it; it is taken off what we owe him, first off the invoices that it is about.

    Refuses every problem that `judge_credit` tells, and whatever posting refuses.
    """
    asked = asked or hashlib.sha256(repr(draft).encode()).digest()
    if before := already(tx, draft.id, asked):
        return before
    priced = _judged(tx, draft)
    if priced.problems:
        raise Refused(*priced.problems)
    paper = priced.paper
    lines = sorted({each.line for each in paper.answers})
    about = [line for (line,) in tx.rows(_RECEIPTS, lines=lines)] if lines else []
    invoices = open_invoices(tx, draft.party_id, (line >> 16 for line in (*lines, *about)))
    paper = replace(paper, taken=tuple(taken_off(invoices, paper.totals.total)))
    posted = post(tx, paper, asked=asked)
    keys = sorted({line >> 16 for line in lines})
    for (uid,) in tx.rows("SELECT uid FROM document WHERE id IN :keys ORDER BY id", keys=keys):
        fulfilment.link(tx, draft.id, UUID(bytes=bytes(uid)), "answers")
    return posted


def _judged(reading: Reading, draft: CreditDraft) -> PricedCredit:
    us = catalogue.seller(reading)
    party = supplier_on(reading, draft.party_id, draft.note_day or draft.day, us)
    paper = _paper(reading, draft, us, party)
    problems = [
        *_head_faults(reading, draft, party, paper.totals),
        *_tax_faults(reading, draft, us, party),
    ]
    asked = {(each.line, each.what) for each in draft.answers}
    if len(asked) < len(draft.answers):
        problems.append(Problem(Reason.BAD_ENTRY, None, {"field": "claim", "value": ""}))
    known = _claims(reading, [each.line for each in draft.answers])
    answers = tuple(_answers(draft, paper, known))
    problems += _answer_faults(draft, paper, known, answers)
    if not problems:
        answers = tuple(_with_tax(reading, each, known) for each in answers)
    return PricedCredit(replace(paper, answers=answers), tuple(problems))


def _paper(reading: Reading, draft: CreditDraft, us: Seller, party: Party) -> SupplierCredit:
    taxable = total(each.taxable for each in draft.rates)
    tax = gst_total(each.tax for each in draft.rates)
    due = taxable + tax.total + draft.round_off
    reverses = draft.reverses
    if reverses is None:
        regular = us.gst_type is not GstType.COMPOSITION
        reverses = draft.gst and regular and draft.against is not Against.SHORT
    home = party.gstin[:2] or party.state
    head = Head(
        id=draft.id,
        day=draft.day,
        party=replace(party, licences=()),
        registration_id=us.registration_id,
        company_id=us.company_id,
        place_of_supply=us.state,
        interstate=is_interstate(home, us.state, party.gst_type),
        note=draft.note,
    )
    letter = Letter(draft.number.strip(), draft.note_day or draft.day, draft.irn, draft.gst)
    totals = Totals(taxable, tax, draft.round_off, due)
    reason = draft.reason.strip()
    return SupplierCredit(
        head, (), totals, letter, draft.against, reverses, draft.rates, (), (), reason
    )  # fmt: skip


def _head_faults(
    reading: Reading, draft: CreditDraft, party: Party, totals: Totals
) -> Iterator[Problem]:
    today, number = series.today(reading), draft.number.strip()
    if draft.day > today:
        yield Problem(Reason.FUTURE_DAY, None, {"day": draft.day, "today": today})
    if totals.total:
        for name, value in (("number", number), ("invoice_day", draft.note_day)):
            if not value:
                yield Problem(Reason.MISSING, None, {"field": name})
    elif not any(each.refused for each in draft.answers):
        yield Problem(Reason.NO_LINES)
    if draft.note_day and draft.note_day > draft.day:
        facts = {"day": draft.note_day, "until": draft.day}
        yield Problem(Reason.INVOICE_AFTER_GOODS, None, facts)
    known = numbered(reading, party.id, number, draft.note_day) if draft.note_day else ""
    if number and known:
        named = {"number": number, "what": known, "party": party.name}
        yield Problem(Reason.INVOICE_KNOWN, None, named)
    if draft.total is not None and draft.total != totals.total:
        difference = draft.total - totals.total
        said = {"total": draft.total, "amount": totals.total, "difference": difference}
        yield Problem(Reason.INVOICE_DIFFERS, None, said)
    for row, each in enumerate(draft.rates):
        if each.taxable <= ZERO:
            wrong = {"field": "taxable", "value": str(each.taxable)}
            yield Problem(Reason.BAD_FIGURE, row, wrong)


def _tax_faults(
    reading: Reading, draft: CreditDraft, us: Seller, party: Party
) -> Iterator[Problem]:
    """A commercial note bears no tax; another's is that of its rate, to the house's tolerance."""
    tolerance = rupees(options.values(reading)["tax_tolerance"])
    home = party.gstin[:2] or party.state
    across = is_interstate(home, us.state, party.gst_type)
    for row, each in enumerate(draft.rates):
        if not draft.gst and each.tax.total:
            facts: dict[str, object] = {"field": "tax", "value": str(each.tax.total)}
            yield Problem(Reason.BAD_FIGURE, row, facts)
        if not draft.gst:
            continue
        computed = gst(each.taxable, TaxRate(each.gst), 1, interstate=across)
        cess = each.tax.cess  # no rate of it is printed here
        pairs = ((each.tax.cgst, computed.cgst), (each.tax.sgst, computed.sgst),
                 (each.tax.igst, computed.igst))  # fmt: skip
        off = Money(sum(abs(a.paise - b.paise) for a, b in pairs))
        if off > tolerance or cess < ZERO:
            yield Problem(
                Reason.TAX_DIFFERS, row,
                {"rate": f"{each.gst.normalize():f}", "printed": each.tax.total,
                 "computed": computed.total, "difference": off},
            )  # fmt: skip


def _claims(reading: Reading, lines: Sequence[int]) -> dict[tuple[int, ClaimKind], _Claim]:
    if not lines:
        return {}
    return {
        (line, ClaimKind(what)): _Claim(
            party, Money(paise), Money(rest), Money(int(refused))
        )
        for line, what, party, paise, rest, refused in reading.rows(
            _CLAIMS, lines=sorted(set(lines))
        )
    }  # fmt: skip


def _answers(
    draft: CreditDraft, paper: SupplierCredit, known: dict[tuple[int, ClaimKind], _Claim]
) -> Iterator[Answer]:
    rest = paper.worth - total(each.accepted or ZERO for each in draft.answers)
    for each in draft.answers:
        accepted, claim = each.accepted, known.get((each.line, each.what))
        if accepted is None:
            left = claim.rest - each.refused if claim else ZERO
            accepted = max(ZERO, min(rest, left))
            rest -= accepted
        yield Answer(each.line, each.what, accepted, each.refused)


def _answer_faults(
    draft: CreditDraft, paper: SupplierCredit, known: dict[tuple[int, ClaimKind], _Claim],
    answers: Sequence[Answer],
) -> Iterator[Problem]:  # fmt: skip
    for row, each in enumerate(answers):
        claim = known.get((each.line, each.what))
        if claim is None or claim.party_id != draft.party_id:
            yield Problem(Reason.CLAIM_NOT_HIS, row, {"code": str(each.line)})
        elif each.what is not draft.against.claims:
            facts: dict[str, object] = {"field": "against", "value": draft.against.value}
            yield Problem(Reason.BAD_ENTRY, row, facts)
        elif min(each.accepted, each.refused) < ZERO or not (each.accepted or each.refused):
            facts = {"field": "accepted", "value": str(min(each.accepted, each.refused))}
            yield Problem(Reason.BAD_FIGURE, row, facts)
        elif each.accepted + each.refused > claim.rest:
            facts = {"left": claim.rest, "amount": each.accepted + each.refused}
            yield Problem(Reason.MORE_THAN_ASKED, row, facts)
    if any(each.refused for each in answers) and not draft.reason.strip():
        yield Problem(Reason.MISSING, None, {"field": "reason"})
    accepted = total(each.accepted for each in answers)
    if accepted > paper.worth:
        facts = {"amount": accepted, "total": paper.worth}
        yield Problem(Reason.ACCEPTED_BEYOND_NOTE, None, facts)


def _with_tax(
    reading: Reading, answer: Answer, known: dict[tuple[int, ClaimKind], _Claim]
) -> Answer:
    """Goods that are with him and will not be paid take their input tax along (section 17(5)(h)).

    The shares of several refusals make the whole: each is the difference of two rounded ones.
    """
    if not answer.refused or answer.what is not ClaimKind.RETURNED:
        return answer
    claim = known[(answer.line, answer.what)]
    sql = "SELECT uid FROM document WHERE id = :id"
    uid = UUID(bytes=bytes(reading.value(sql, id=answer.line >> 16)))
    paper = documents.issued(reading, uid).document
    assert isinstance(paper, SupplierReturn)
    tax, of = paper.sent[answer.line & 0xFFFF].input_tax, claim.paise.paise
    before = _share(tax, claim.refused.paise, of)
    return replace(
        answer, given_up=_share(tax, (claim.refused + answer.refused).paise, of) + -before
    )


def _share(tax: Gst, paise: int, of: int) -> Gst:
    return part_of_tax(tax, paise, of) if paise else Gst()
