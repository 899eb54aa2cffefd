"""Licences: a lapsed one stops only its goods, the owner's yes is kept, and papers name them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from dms_desktop.domain.draft import Draft, WalkIn
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.incoming import Intake
from dms_desktop.domain.licences import Licence, read_kind
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power
from dms_desktop.domain.powers import needs as needs_power
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.files.exporting import write_records
from dms_desktop.files.register_fields import read_register
from dms_desktop.language.sentences import say
from dms_desktop.services import (
    approvals,
    billing,
    documents,
    imports,
    masters,
    options,
    panel,
    people,
)
from dms_desktop.services.registers.every import REGISTERS
from dms_desktop.services.registers.history import history
from dms_desktop.services.verifying.verify import verify
from tests.books import OWNER_PIN, PEPPER, TODAY, Book
from tests.files.sheets import write_csv
from tests.services.import_files import dump, run

pytest_plugins = ["tests.books"]
YESTERDAY = TODAY - timedelta(1)
COMPANY: Any = REGISTERS["company"]
TURNOVER: Any = REGISTERS["turnover"]


def give(book: Book, code: str, *licences: Licence) -> None:
    version = book.read(masters.party, code).version
    book.write(masters.change_party, code, {"licences": licences}, version)


def needs(book: Book, code: str, regime: str) -> None:
    version = book.read(masters.item, code).version
    book.write(masters.change_item, code, {"regime": regime}, version)


def stops(book: Book, draft: Draft, **who: Any) -> list[Problem]:
    with pytest.raises(Refused) as caught:
        book.write(billing.post_draft, draft, **who)
    return list(caught.value.problems)


@pytest.fixture
def chemist(book: Book) -> Book:
    """Tea is food, hair oil is sold as a drug; Sharma's drug licence ended yesterday."""
    needs(book, "TEA", "food")
    needs(book, "OIL", "drug")
    give(book, "SHARMA", Licence("FSSAI", "21526000000001", date(2027, 3, 31)),
         Licence("20b", "MH-1", YESTERDAY))  # fmt: skip
    return book


@pytest.mark.parametrize("kind", [Kind.BILL, Kind.ORDER, Kind.CHALLAN])
def test_a_lapsed_licence_stops_only_its_goods(chemist: Book, kind: Kind) -> None:
    draft = replace(chemist.draft(SOAP=1, TEA=1, OIL=1), kind=kind, note="x", goods_from=None)
    (stop,) = stops(chemist, draft)
    assert (stop.reason, stop.row) == (Reason.LICENCE_EXPIRED, 2)
    assert say(stop) == (
        "Hair oil 200 ml: the licence 20B MH-1 of Sharma Stores ended on 20-11-2026. Take this "
        "row out, write the new licence in the party, or ask the owner."
    )
    chemist.write(billing.post_draft, replace(draft, asks=draft.asks[:2]))


def test_an_estimate_is_only_told(chemist: Book) -> None:
    draft = replace(chemist.draft(OIL=1), kind=Kind.ESTIMATE)
    saved = chemist.write(billing.post_draft, draft)
    assert Reason.LICENCE_EXPIRED in {each.reason for each in saved.warnings}


def test_its_last_day_is_a_day_on_which_it_holds_and_a_renewed_one_counts(chemist: Book) -> None:
    chemist.bill(day=YESTERDAY, OIL=1)
    give(chemist, "SHARMA", Licence("20B", "MH-1", YESTERDAY),
         Licence("20B", "MH-2", date(2031, 1, 1)))  # fmt: skip
    chemist.bill(OIL=1)


def test_the_owner_s_yes_lets_it_go_and_is_written_down(chemist: Book) -> None:
    chemist.write(people.add_user, "ravi", "Ravi", "clerk", "135790", PEPPER)
    clerk = chemist.write(people.log_in, "ravi", "135790", PEPPER, "", actor=people.STRANGER)
    draft = chemist.draft(OIL=1)
    asked = replace(draft, allowed=frozenset({Reason.LICENCE_EXPIRED}))
    (no,) = stops(chemist, asked, actor=clerk)
    assert (no.reason, no.facts["power"]) == (Reason.NOT_ALLOWED, "licence_override")
    assert chemist.write(
        approvals.approve, "owner", OWNER_PIN, PEPPER, draft=draft.id,
        reasons=frozenset({Reason.LICENCE_EXPIRED}), ceiling=Money(1_000_00), actor=clerk,
    )  # fmt: skip
    chemist.write(billing.post_draft, asked, actor=clerk)
    own = replace(chemist.draft(OIL=1), allowed=frozenset({Reason.LICENCE_EXPIRED}))
    chemist.write(billing.post_draft, own)
    told = chemist.rows("SELECT subject, after FROM audit WHERE action = 'override' ORDER BY id")
    assert [UUID(subject) for subject, _ in told] == [draft.id, own.id]
    assert all('"reasons":"licence_expired"' in after.replace(" ", "") for _, after in told)
    assert chemist.read(verify).findings == ()


def test_a_party_without_one_is_stopped_where_the_owner_says_so(chemist: Book) -> None:
    chemist.bill("LAXMI", OIL=1, TEA=1)
    chemist.write(options.choose, "licence_needed", "drug", 0)
    (stop,) = stops(chemist, chemist.draft("LAXMI", OIL=1, TEA=1))
    assert (stop.reason, stop.row) == (Reason.LICENCE_MISSING, 0)
    assert "has no licence for drugs" in say(stop)
    walk_in = replace(chemist.draft(OIL=1), party=WalkIn("Ramesh"))
    chemist.write(billing.post_draft, walk_in)
    with pytest.raises(Refused):
        chemist.write(options.choose, "licence_needed", "sweets", 1)


def test_our_own_lapsed_licence_only_warns(chemist: Book) -> None:
    version = chemist.read(COMPANY.show, "company").version
    ours = (Licence("FSSAI", "11526000000001", YESTERDAY),)
    chemist.write(COMPANY.change, "company", {"licences": ours}, version)
    saved = chemist.write(billing.post_draft, chemist.draft(TEA=1))
    assert [each.reason for each in saved.warnings] == [Reason.OUR_LICENCE_EXPIRED]
    saved = chemist.write(billing.post_draft, chemist.draft(SOAP=1))
    assert not saved.warnings


def test_papers_name_the_licences_of_their_day(chemist: Book) -> None:
    give(chemist, "SHARMA", Licence("FSSAI", "21526000000001"), Licence("20B", "MH-9"),
         Licence("21B", "MH-10"))  # fmt: skip
    version = chemist.read(COMPANY.show, "company").version
    given = {"fssai": "11526000000001", "drug_licence": "MH-PZ2-118822"}
    chemist.write(COMPANY.change, "company", given, version)
    drugs = chemist.bill(OIL=1)
    soap = chemist.bill(SOAP=1)
    give(chemist, "SHARMA")
    issued = chemist.read(documents.issued, drugs.id)
    party = issued.document.head.party
    assert (party.fssai, party.drug_licence) == ("21526000000001", "20B MH-9, 21B MH-10")
    assert issued.company.fssai == "11526000000001"
    assert issued.company.drug_licence == "MH-PZ2-118822"
    assert chemist.read(documents.issued, soap.id).document.head.party.drug_licence == ""
    assert chemist.read(verify).findings == ()


def test_the_list_and_the_bare_number_keep_step(book: Book) -> None:
    version = book.read(masters.party, "SHARMA").version
    book.write(masters.change_party, "SHARMA", {"fssai": "21526000000001"}, version)
    shown = book.read(masters.party, "SHARMA")
    assert shown.record.licences == (Licence("FSSAI", "21526000000001"),)
    given = read_register("party", {"licences": [
        {"kind": "form 20-B", "number": "MH-1", "valid_to": "31-12-2027"},
        {"kind": "fssai", "number": "21526000000009"},
    ]})  # fmt: skip
    book.write(masters.change_party, "SHARMA", given, shown.version)
    record = book.read(masters.party, "SHARMA").record
    assert record.fssai == "21526000000009"
    assert record.licences[0] == Licence("20B", "MH-1", date(2027, 12, 31))
    (first, *_) = book.read(history, "party", "SHARMA")
    assert set(first.fields) == {"licences"}
    assert first.fields["licences"][1][0] == {
        "kind": "20B", "number": "MH-1", "valid_to": "2027-12-31",
    }  # fmt: skip


def test_verify_names_a_party_whose_number_is_not_that_of_its_list(book: Book) -> None:
    give(book, "SHARMA", Licence("FSSAI", "21526000000001"))
    assert book.read(verify).findings == ()

    @needs_power(Power.MASTERS)
    def meddle(tx: Any) -> None:
        tx.run("UPDATE party_licence SET number = '21526000000007'")

    book.write(meddle)
    (found,) = book.read(verify).findings
    assert (found.what, found.table, found.key) == ("licence", "party", book.parties["SHARMA"])


def test_what_is_near_its_end_is_told_beside_the_bill(book: Book) -> None:
    give(book, "SHARMA", Licence("20B", "A", TODAY + timedelta(30)), Licence("21B", "B", YESTERDAY),
         Licence("FSSAI", "C", TODAY + timedelta(31)))  # fmt: skip
    held = book.read(panel.party_panel, book.parties["SHARMA"]).licences
    assert [(each.licence.kind, each.ended, each.near) for each in held] == [
        ("21B", True, False), ("20B", False, True), ("FSSAI", False, False),
    ]  # fmt: skip


def test_a_spreadsheet_brings_licences_back_as_they_went(book: Book, tmp_path: Path) -> None:
    give(book, "SHARMA", Licence("20B", "MH 1/2", date(2027, 12, 31)), Licence("FSSAI", "215260"))
    records = book.read(masters.every_party)
    path = tmp_path / "parties.csv"
    write_records(Intake.PARTIES, path, records)
    assert "20B MH 1/2 to 31-12-2027; FSSAI 215260" in path.read_text(encoding="utf-8-sig")
    told = run(book, Intake.PARTIES, path, yes=False).outcome.differences
    assert not [each for each in told if each.fields.keys() & {"licences", "fssai"}]
    before = dump(book)
    rows = [["code", "name", "licences"],
            ["SHARMA", "Sharma Stores", "DL 20B MH-7 till 01-02-2030; Shop-Act S1"],
            ["LAXMI", "Laxmi Provision", "rubbish"]]  # fmt: skip
    report = run(book, Intake.PARTIES, write_csv(tmp_path / "p.csv", rows), yes=True)
    assert (report.outcome.changed, len(report.outcome.refused)) == (1, 1)
    record = book.read(masters.party, "SHARMA").record
    assert record.licences == (Licence("20B", "MH-7", date(2030, 2, 1)), Licence("SHOP-ACT", "S1"))
    book.write(imports.undo_import, report.import_id)
    assert dump(book) == before


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("fssai licence", "FSSAI"), ("Form 20-B", "20B"), ("DL 21b", "21B"), ("D.L.", "DRUG"),
     ("20 B", "20B"), ("shop act", "SHOP-ACT"), ("Insecticide", "INSECTICIDE")],
)  # fmt: skip
def test_kinds_are_read_as_the_trade_writes_them(typed: str, kept: str) -> None:
    assert read_kind(typed) == kept


def test_a_licence_without_number_and_goods_of_an_unknown_class_are_refused(book: Book) -> None:
    with pytest.raises(Refused) as caught:
        give(book, "SHARMA", Licence("20B", ""))
    assert caught.value.problems[0].reason is Reason.MISSING
    with pytest.raises(Refused) as caught:
        needs(book, "TEA", "sweets")
    assert caught.value.problems[0].facts["field"] == "regime"


def test_the_turnover_of_the_year_before_asks_for_more_of_the_hsn(book: Book) -> None:
    version = book.read(masters.item, "TEA").version
    book.write(masters.change_item, "TEA", {"hsn": "0902"}, version)
    assert not book.write(billing.post_draft, book.draft(TEA=1)).warnings
    book.write(TURNOVER.add, {"year": "2025-26", "turnover": Money(5_00_00_001_00)})
    for party in ("SHARMA", "LAXMI"):
        draft = book.draft(party, TEA=1, SOAP=1)
        (told,) = book.write(billing.post_draft, draft).warnings
        assert (told.reason, told.row) == (Reason.HSN_SHORT, 0)
        assert "must show 6 digits" in say(told)
    shown = book.read(TURNOVER.show, "2025")
    assert (shown.record.hsn, shown.record.hsn_others) == (6, 6)
    given = {"turnover": Money(5_00_00_000_00)}
    book.write(TURNOVER.change, "2025-26", given, shown.version)
    assert not book.write(billing.post_draft, book.draft(TEA=1)).warnings
    assert book.read(TURNOVER.show, "2025-26").record.hsn == 4
