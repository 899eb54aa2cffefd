"""The owner's registers: each is added, paged, changed once, remembered, and guards its rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from dms_desktop.domain.calendar import FinancialYear
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.powers import Actor, Power, power_of
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.domain.registers import DatedRate
from dms_desktop.services import masters, people, periods
from dms_desktop.services.registers.every import REGISTERS
from dms_desktop.services.registers.history import history
from dms_desktop.services.verifying import verify
from tests.books import OWNER_PIN, PEPPER, TODAY, Book

VERBS_OF: Mapping[str, Any] = REGISTERS
GIVEN: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "principal": ({"code": "HUL", "name": "Hindustan"}, {"name": "Hindustan L"}),
    "beat": ({"code": "MON", "name": "Monday"}, {"active": False}),
    "salesman": ({"code": "RAVI"}, {"phone": "9811111111"}),
    "godown": ({"code": "VAN", "kind": "van"}, {"name": "Tempo"}),
    "reason": ({"code": "RATS", "use": "adjust"}, {"name": "Eaten by rats"}),
    "price-list": ({"code": "WHOLE", "party_class": "W"}, {"party_class": ""}),
    "account": ({"code": "hdfc", "name": "HDFC Bank", "group": "assets"}, {"name": "HDFC"}),
    "tax-class": (
        {"code": "SIN", "rates": (DatedRate(Decimal(28)),)},
        {"rates": (DatedRate(Decimal(40), date(2027, 1, 1)),)},
    ),
    "rack": (
        {"item": "soap", "godown": "main", "rack": "A-1", "least": 12, "most": 240},
        {"rack": "B-2", "reorder": 24},
    ),
    "terms": (
        {"party": "sharma", "principal": "brand", "visit_day": "Thu, Monday",
         "trade_discount": Decimal("2.5"), "credit_limit": Money(100)},
        {"credit_limit": None, "stopped": True},
    ),
    "series": (
        {"prefix": "HB/26-27/", "kind": "bill", "counter": "C2", "first": 501}, {"width": 4}
    ),
    "printer": (
        {"code": "LASER", "way": "queue", "address": "HP-1020"}, {"address": "HP-M404"}
    ),
    "print-rule": (
        {"kind": "bill", "counter": "C1", "copies": "Original, duplicate"}, {"size": "A5"}
    ),
    "man": ({"code": "RAMESH", "name": "Ramesh"}, {"phone": "9811111111"}),
    "vehicle": ({"number": "mh 12 ab 1234", "kg": 900}, {"kg": 750}),
    "role": ({"code": "head", "powers": ("look", "bill")}, {"powers": ("look", "cancel")}),
}  # fmt: skip
CODES = {
    "rack": "soap > MAIN",
    "terms": "SHARMA > BRAND",
    "print-rule": "bill > C1",
    "series": "HB/26-27/",
    "tax-class": "sin",
    "vehicle": "MH-12-AB-1234",
}


def refused(book: Book, *asked: Any, **more: Any) -> tuple[Reason, dict[str, Any]]:
    with pytest.raises(Refused) as caught:
        book.write(*asked, **more)
    (problem,) = caught.value.problems
    return problem.reason, dict(problem.facts)


@pytest.mark.parametrize("kind", GIVEN)
def test_a_master_is_added_found_changed_once_and_remembered(either: Book, kind: str) -> None:
    book, register = either, VERBS_OF[kind]
    given, other = GIVEN[kind]
    assert register.add is not None
    made = book.write(register.add, given)
    code = CODES.get(kind, given.get("code", ""))
    assert book.read(register.show, code) == made
    assert register.code(made.record) in {each.code for each in book.read(register.find)}
    assert refused(book, register.add, given)[0] in (
        Reason.DUPLICATE, Reason.SERIES_PREFIX_TAKEN
    )  # fmt: skip
    changed = book.write(register.change, code, other, made.version)
    assert changed.version != made.version
    reason, facts = refused(book, register.change, code, other, made.version)
    assert (reason, facts["by"]) == (Reason.STALE, "owner")
    assert facts["yours"] == {}
    assert refused(book, register.change, "NOBODY", other, 1)[0] in (
        Reason.UNKNOWN_CODE, Reason.UNKNOWN_PARTY
    )  # fmt: skip
    events = book.read(history, kind, code)
    assert [event.action for event in events] == [f"change {kind}", f"add {kind}"]
    told = {event.action: event for event in events}
    assert set(told[f"change {kind}"].fields) >= set(other) - {"rates"}
    assert {event.by for event in events} == {"owner"}
    assert book.read(verify).findings == ()


def test_a_stale_change_tells_who_and_both_values(book: Book) -> None:
    beat = VERBS_OF["beat"]
    book.write(beat.add, {"code": "MON", "name": "Monday"})
    book.write(beat.change, "MON", {"name": "Early"}, 1)
    reason, facts = refused(book, beat.change, "MON", {"name": "Late"}, 1)
    assert reason is Reason.STALE
    assert (facts["theirs"], facts["yours"]) == ({"name": "Early"}, {"name": "Late"})
    assert book.read(beat.show, "early").record.name == "Early"


def test_lists_are_paged_by_their_key(either: Book) -> None:
    book, beat = either, VERBS_OF["beat"]
    for number in range(7):
        book.write(beat.add, {"code": f"B{number}"})
    seen: list[str] = []
    while page := book.read(beat.find, "b", seen[-1] if seen else "", 3):
        seen += [each.code for each in page]
    assert seen == [f"B{number}" for number in range(7)]
    book.write(masters.change_item, "OIL", {"active": False}, 1)
    first = book.read(masters.find_items, "", "", 3)
    rest = book.read(masters.find_items, "", first[-1].code, 3)
    assert [each.code for each in (*first, *rest)] == ["SALT", "SOAP", "TEA", "OIL"]


def test_who_lacks_the_power_writes_nothing(book: Book) -> None:
    clerk = Actor(1, "clerk", powers=frozenset({Power.LOOK, Power.BILL}))
    for register in REGISTERS.values():
        assert power_of(register.show) is power_of(register.find) is Power.LOOK
        for verb in (register.add, register.change):
            if verb is not None:
                assert refused(book, verb, {}, actor=clerk)[0] is Reason.NOT_ALLOWED


def test_two_masters_share_neither_code_nor_name(book: Book) -> None:
    beat = VERBS_OF["beat"]
    book.write(beat.add, {"code": "MON", "name": "Monday route"})
    for given in ({"code": "mon "}, {"code": "X", "name": "MON"}, {"code": "monday ROUTE"}):
        assert refused(book, beat.add, given)[0] is Reason.DUPLICATE
    assert refused(book, beat.change, "MON", {"code": "TUE"}, 1)[0] is Reason.BAD_ENTRY


def test_a_godown_with_goods_stays_and_so_does_the_only_one(book: Book) -> None:
    godown = VERBS_OF["godown"]
    _, facts = refused(book, godown.change, "MAIN", {"active": False}, 1)
    assert facts["fault"] == "in_use_stock"
    book.write(godown.add, {"code": "G2"})
    assert book.write(godown.change, "G2", {"active": False}, 1).record.active is False


def test_the_rate_of_a_day_with_bills_is_never_altered(either: Book) -> None:
    book, classes = either, VERBS_OF["tax-class"]
    book.bill(SOAP=2)
    soap = book.read(classes.show, "GST 18")

    def rate(percent: int, day: date | None = None) -> dict[str, Any]:
        return {"rates": (DatedRate(Decimal(percent), day),)}

    for day in (None, date(2026, 4, 1), TODAY):
        reason, facts = refused(book, classes.change, "GST 18", rate(5, day), soap.version)
        assert (reason, facts["last"]) == (Reason.RATE_USED, TODAY)
    tomorrow = TODAY + timedelta(days=1)
    changed = book.write(classes.change, "GST 18", rate(5, tomorrow), soap.version)
    assert [each.gst for each in changed.record.rates] == [18, 5]
    # not used yet, so a slip is mended
    mended = book.write(classes.change, "GST 18", rate(12, tomorrow), changed.version)
    assert [each.gst for each in mended.record.rates] == [18, 12]
    book.clock.now += timedelta(days=1)
    posted = book.bill(day=tomorrow, SOAP=2)
    assert posted.total == Money(6700)  # 60.00 and 12 %, to the rupee
    assert book.read(verify).findings == ()


@pytest.fixture
def priced(book: Book) -> Book:
    book.write(VERBS_OF["price-list"].add, {"code": "WHOLE"})
    return book


def test_prices_of_one_item_and_mrp_never_overlap(priced: Book) -> None:
    price = VERBS_OF["price"]
    base = {"list": "WHOLE", "item": "SOAP", "rate": Rate(Money(2500))}
    first = base | {"from_day": date(2026, 11, 1), "until_day": date(2026, 11, 30)}
    made = priced.write(price.add, first)
    assert made.record.mrp == Money(4000), "a rate is tied to one MRP"
    reason, facts = refused(priced, price.add, base | {"from_day": date(2026, 11, 30)})
    assert (reason, facts["from"]) == (Reason.PRICES_OVERLAP, date(2026, 11, 1))
    priced.write(price.add, base | {"from_day": date(2026, 12, 1)})
    priced.write(price.add, base | {"from_day": date(2026, 11, 5), "mrp": Money(4500)})
    longer = {"until_day": None}
    code = "WHOLE > SOAP > 2026-11-01 > 40.00"
    assert refused(priced, price.change, code, longer, 1)[0] is Reason.PRICES_OVERLAP
    backwards = base | {"from_day": date(2027, 5, 2), "until_day": date(2027, 5, 1)}
    assert refused(priced, price.add, backwards)[0] is Reason.BAD_DAY
    assert len(priced.read(price.find)) == 3


def test_a_price_is_one_of_three_ways_and_not_above_mrp(priced: Book) -> None:
    price = VERBS_OF["price"]
    base = {"list": "WHOLE", "item": "SOAP"}
    assert refused(priced, price.add, base)[0] is Reason.MISSING
    both = base | {"rate": Rate(Money(1)), "percent_of_mrp": Decimal(90)}
    assert refused(priced, price.add, both)[0] is Reason.BAD_ENTRY
    dear = base | {"rate": Rate(Money(3500))}  # with 18 % above 40.00
    assert refused(priced, price.add, dear)[0] is Reason.ABOVE_MRP
    priced.write(price.add, dear | {"inclusive": True})


def test_a_listed_price_is_what_the_party_pays(priced: Book) -> None:
    price, terms = VERBS_OF["price"], VERBS_OF["terms"]
    rate = {"list": "WHOLE", "item": "SOAP", "rate": Rate(Money(2500)), "net": True}
    priced.write(price.add, rate)
    priced.write(terms.add, {"party": "SHARMA", "principal": "BRAND", "price_list": "WHOLE"})
    assert priced.bill(SOAP=100).total == Money(2950_00)


def test_a_batch_is_blocked_with_a_reason_and_its_identity_is_not_typed_over(book: Book) -> None:
    lot = VERBS_OF["lot"]
    s1 = book.read(lot.show, "SOAP > S1")
    assert refused(book, lot.change, "SOAP > S1", {"blocked": True}, 1)[0] is Reason.MISSING
    wrong = {"expiry": date(2029, 1, 1)}
    assert refused(book, lot.change, "SOAP > S1", wrong, 1)[0] is Reason.NEEDS_CORRECTION
    said = {"blocked": True, "blocked_why": "QUALITY", "ptr": Rate(Money(2900))}
    book.write(lot.change, "SOAP > S1", said, s1.version)
    assert book.bill(SOAP=10).total.paise
    assert book.stock("SOAP") == {"S1": 100, "S2": 490}
    free = book.write(lot.change, "SOAP > S1", {"blocked": False}, 2)
    assert (free.record.blocked, free.record.blocked_why) == (False, "")
    whole = [each.code for each in book.read(lot.find, "soap")]
    assert whole == ["SOAP > S1 > 40.00 > 2027-01-31", "SOAP > S2 > 40.00 > 2027-06-30"]
    assert all(book.read(lot.show, code).record.item == "SOAP" for code in whole)


def test_a_series_begins_where_the_old_program_ended(either: Book) -> None:
    book, series = either, VERBS_OF["series"]
    book.write(VERBS_OF["principal"].add, {"code": "OTHER"})
    own = {"prefix": "BR/26-27/", "kind": "bill", "principal": "BRAND", "first": 842, "width": 4}
    book.write(series.add, own)
    assert book.bill(SOAP=1).number == "BR/26-27/0842"
    assert book.bill(SOAP=1).number == "BR/26-27/0843"
    assert refused(book, series.change, "BR/26-27/", {"width": 5}, 1)[0] is Reason.SERIES_USED
    long = {"prefix": "BRANDED/26-27/", "kind": "bill", "counter": "C9", "width": 4}
    assert refused(book, series.add, long)[0] is Reason.SERIES_TOO_LONG
    same = own | {"prefix": "ZZ/"}
    assert refused(book, series.add, same)[0] is Reason.DUPLICATE
    taken = own | {"principal": "OTHER"}
    assert refused(book, series.add, taken)[0] is Reason.SERIES_PREFIX_TAKEN
    assert book.read(verify).findings == ()


def test_somebody_can_always_give_powers(book: Book) -> None:
    users, roles = VERBS_OF["user"], VERBS_OF["role"]
    book.write(people.add_user, "asha", "Asha", "clerk", "135790", PEPPER)
    _, facts = refused(book, users.change, "owner", {"active": False}, 1)
    assert facts["fault"] == "in_use_yourself"
    _, facts = refused(book, users.change, "owner", {"role": "clerk"}, 1)
    assert facts["fault"] == "in_use_people"
    _, facts = refused(book, roles.change, "owner", {"powers": ("look",)}, 1)
    assert facts["fault"] == "in_use_people"
    _, facts = refused(book, roles.change, "clerk", {"active": False}, 1)
    assert facts["fault"] == "in_use_users"
    book.write(users.change, "asha", {"active": False}, 1)
    with pytest.raises(Refused):
        book.write(people.log_in, "asha", "135790", PEPPER, "", actor=people.STRANGER)


def test_nobody_gives_what_he_has_not(book: Book) -> None:
    keeper = Actor(1, "owner", powers=frozenset({Power.PEOPLE, Power.LOOK}))
    roles = VERBS_OF["role"]
    reason, facts = refused(
        book, roles.change, "clerk", {"powers": ("look", "journal")}, 1, actor=keeper
    )
    assert (reason, facts["power"]) == (Reason.NOT_ALLOWED, "journal")
    assert refused(book, roles.change, "clerk", {"powers": ("fly",)}, 1)[0] is Reason.BAD_ENTRY


def test_powers_taken_away_count_at_the_next_login(book: Book) -> None:
    book.write(VERBS_OF["role"].change, "clerk", {"powers": ("look", "log_in")}, 1)
    book.write(people.add_user, "asha", "Asha", "clerk", OWNER_PIN, PEPPER)
    asha = book.write(people.log_in, "asha", OWNER_PIN, PEPPER, "", actor=people.STRANGER)
    assert asha.powers == {Power.LOOK, Power.LOG_IN}


def test_our_particulars_change_for_new_papers_only(book: Book) -> None:
    from dms_desktop.services import documents

    company = VERBS_OF["company"]
    old = book.bill(SOAP=1)
    now = book.read(company.show, "company")
    book.write(company.change, "company", {"phone": "9822222222"}, now.version)
    new = book.bill(SOAP=1)
    assert book.read(documents.issued, old.id).company.phone == "9800000000"
    assert book.read(documents.issued, new.id).company.phone == "9822222222"
    assert refused(book, company.change, "company", {"phone": "1"}, now.version)[0] is Reason.STALE
    fixed = {"state": "24"}
    assert refused(book, company.change, "company", fixed, now.version + 1)[0] is Reason.BAD_ENTRY
    assert book.read(history, "company", "company")[0].fields["phone"][1] == "9822222222"
    assert book.read(verify).findings == ()


def test_a_closed_day_is_opened_again_with_a_reason_and_a_power(either: Book) -> None:
    book = either
    book.write(periods.close_day, TODAY)
    with pytest.raises(Refused):
        book.bill(SOAP=1)
    assert refused(book, periods.close_day, TODAY)[0] is Reason.PERIOD_LOCKED
    assert refused(book, periods.reopen_day, TODAY, " ")[0] is Reason.MISSING
    clerk = Actor(1, "owner", powers=frozenset({Power.CLOSE}))
    asked = (periods.reopen_day, TODAY, "late bill")
    assert refused(book, *asked, actor=clerk)[0] is Reason.NOT_ALLOWED
    locks = book.write(*asked)
    assert locks.closed_until == TODAY - timedelta(days=1)
    book.bill(SOAP=1)
    assert refused(book, *asked)[0] is Reason.NOT_CLOSED
    assert refused(book, periods.close_day, TODAY + timedelta(days=1))[0] is Reason.FUTURE_DAY
    events = book.read(history, "period", "period")
    assert {(event.action, event.why) for event in events} == {
        ("close day", ""), ("re-open day", "late bill")
    }  # fmt: skip


def test_a_filed_month_and_a_locked_year_hold_the_day_shut(book: Book) -> None:
    assert refused(book, periods.file_month, TODAY)[0] is Reason.FUTURE_DAY
    book.write(periods.close_day, TODAY)
    october = book.write(periods.file_month, date(2026, 10, 9))
    assert october.filed_until == date(2026, 10, 31)
    day = date(2026, 10, 31)
    assert refused(book, periods.reopen_day, day, "why")[0] is Reason.GST_FILED
    book.write(periods.reopen_month, day, "amended")
    book.write(periods.reopen_day, day, "why")
    assert refused(book, periods.lock_year, FinancialYear(2026))[0] is Reason.FUTURE_DAY
    book.write(periods.lock_year, FinancialYear(2025))
    march = date(2026, 3, 31)
    assert refused(book, periods.reopen_day, march, "why")[0] is Reason.YEAR_LOCKED
    assert book.write(periods.unlock_year, FinancialYear(2025), "audit").locked_until == date(
        2025, 3, 31
    )
