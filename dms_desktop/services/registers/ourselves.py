"""Our own particulars: each change is a new version, and older papers keep the one they name."""

from __future__ import annotations

from dataclasses import replace

from dms_desktop.domain.company import Company, with_licences
from dms_desktop.domain.powers import Power
from dms_desktop.domain.refusals import Reason, Refused, refuse
from dms_desktop.services import documents, licences, setup
from dms_desktop.services.registers.register import Given, Keeping, Match, Shown, like, register
from dms_desktop.store.session import Reading, Tx

FIXED = ("gstin", "gst_type", "state")  # one book is one registration
CODE = "company"


def _kept(reading: Reading, code: str) -> Shown[Company] | None:
    """There is one, whatever it is called; its version is the number of the row."""
    if reading.locking:
        reading.rows("SELECT id FROM registration FOR UPDATE")
    version = int(reading.value("SELECT max(id) FROM company"))
    return Shown(version, version, documents.company(reading))


def _find(reading: Reading, text: str, after: str, most: int) -> list[Match]:
    rows = reading.rows(
        "SELECT name FROM company WHERE id = (SELECT max(id) FROM company)"
        " AND lower(name) LIKE :like ESCAPE '\\'",
        like=like(text),
    )
    return [] if after else [Match(CODE, name, True) for (name,) in rows]


def _over(reading: Reading, given: Given, old: Company | None) -> Company:
    assert old is not None, "a book begins with its company"
    new = with_licences(replace(old, **given), old)
    for name in FIXED:
        if getattr(new, name) != getattr(old, name):
            raise refuse(Reason.BAD_ENTRY, field=name, value=getattr(new, name))
    if not new.name.strip():
        raise refuse(Reason.MISSING, field="name")
    if flaws := licences.faults(new.licences):
        raise Refused(*flaws)
    if new.gstin and old.address.strip() and not new.address.strip():
        raise refuse(Reason.MISSING, field="address")  # Rule 46(a): a tax invoice shows it
    return new


def _write(tx: Tx, company: Company, now: Shown[Company] | None) -> None:
    setup.write_company(tx, company)


COMPANY = register(
    Keeping("company", "company", lambda _: CODE, _kept, _find, _over, _write,
            power=Power.SETTINGS),
    adds=False,
)  # fmt: skip
