"""How much a party may owe and for how long: what stands against its limit, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dms_desktop.domain.money import ZERO, Money
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.domain.verdict import Verdict

REASONS = frozenset({Reason.CREDIT_LIMIT, Reason.CREDIT_OVERDUE, Reason.CREDIT_STOPPED})


@dataclass(frozen=True, slots=True)
class Rules:
    """What the owner set for everybody.

    An excess or an overdue sum up to `tolerance` only warns. `stop_days` past the due day stop
    credit; None stops nobody for being late.
    """

    tolerance: Money = ZERO
    stop_days: int | None = None


@dataclass(frozen=True, slots=True)
class Exposure:
    """All that a party owes or will owe (product rule 42), this draft included."""

    balance: Money = ZERO  # below nil it is an advance, and counts against the rest
    challans: Money = ZERO  # sent and not billed
    orders: Money = ZERO  # ordered and not billed, but what this draft bills of it
    cheques: Money = ZERO  # taken and not cleared
    draft: Money = ZERO

    @property
    def total(self) -> Money:
        parts = self.balance + self.challans + self.orders + self.cheques + self.draft
        return max(parts, ZERO)


@dataclass(frozen=True, slots=True)
class OpenBill:
    number: str
    due: date
    open: Money


@dataclass(frozen=True, slots=True)
class Late:
    """All that is past its day, and the bill that has been so longest."""

    amount: Money
    oldest: OpenBill


@dataclass(frozen=True, slots=True)
class Account:
    """One line of credit: the party's whole one, or the one it has for a principal.

    `limit` None sets none, and nil means cash only.
    """

    exposure: Exposure
    limit: Money | None = None
    stopped: bool = False
    late: Late | None = None
    principal: str = ""  # its name, where the terms are for one principal

    def overdue_days(self, on: date) -> int:
        return max((on - self.late.oldest.due).days, 0) if self.late else 0


def judge(accounts: tuple[Account, ...], rules: Rules, on: date) -> Verdict:
    """Whether more may go on credit on that day; a limit of nil is never tolerant."""
    problems: list[Problem] = []
    warnings: list[Problem] = []
    for account in accounts:
        for hard, problem in _of(account, rules, on):
            (problems if hard else warnings).append(problem)
    return Verdict(accounts, tuple(problems), tuple(warnings))


def _of(account: Account, rules: Rules, on: date) -> Iterator[tuple[bool, Problem]]:
    said: dict[str, object] = {"principal": account.principal} if account.principal else {}
    if account.stopped:
        yield True, Problem(Reason.CREDIT_STOPPED, facts=said)
    exposure, limit = account.exposure.total, account.limit
    if limit is not None and exposure > limit:
        hard = not limit or exposure - limit > rules.tolerance
        facts = {**said, "limit": limit, "exposure": exposure, "over": exposure - limit}
        yield hard, Problem(Reason.CREDIT_LIMIT, facts=facts)
    if late := account.late:
        days, owed = account.overdue_days(on), late.amount
        hard = rules.stop_days is not None and days > rules.stop_days and owed > rules.tolerance
        facts = {**said, "days": days, "overdue": owed, "bill": late.oldest.number}
        yield hard, Problem(Reason.CREDIT_OVERDUE, facts=facts)
