"""Options of the business: read with their usual values, changed with their version and audit."""

from __future__ import annotations

from typing import NamedTuple

from dms_desktop.domain.options import OPTIONS
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.store.session import Reading, Tx


class Chosen(NamedTuple):
    """`version` 0: it was never set, and the value is the usual one."""

    code: str
    value: str
    version: int = 0


@needs(Power.LOOK)
def options(reading: Reading) -> list[Chosen]:
    """Every option there is, by its code."""
    kept = {
        code: Chosen(code, value, version)
        for code, value, version in reading.rows("SELECT code, value, row_version FROM setting")
    }
    return [kept.get(code, Chosen(code, OPTIONS[code].usual)) for code in sorted(OPTIONS)]


def values(reading: Reading) -> dict[str, str]:
    """The value of every option, by its code."""
    kept: dict[str, str] = dict(reading.rows("SELECT code, value FROM setting"))
    return {code: kept.get(code, option.usual) for code, option in OPTIONS.items()}


@needs(Power.SETTINGS)
def choose(tx: Tx, code: str, value: str, version: int) -> None:
    """Set an option that was last seen at `version`. Refuses BAD_ENTRY, and STALE."""
    option = OPTIONS.get(code)
    if option is None:
        raise refuse(Reason.BAD_ENTRY, field="option", value=code)
    text = value.strip()
    try:
        option.check(text)
    except ValueError:
        raise refuse(Reason.BAD_ENTRY, field=code, value=value) from None
    was = tx.row("SELECT value, row_version FROM setting WHERE code = :c FOR UPDATE", c=code)
    if (was[1] if was else 0) != version:
        raise refuse(Reason.STALE, code=code, now=was[0] if was else option.usual)
    tx.run(
        "INSERT INTO setting (code, value, row_version) VALUES (:code, :value, 1)"
        " ON CONFLICT (code) DO UPDATE SET value = excluded.value,"
        " row_version = setting.row_version + 1",
        code=code,
        value=text,
    )
    before = {"value": was[0] if was else option.usual}
    from dms_desktop.services import audit  # no start waits for it

    audit.record(tx, "change option", f"setting {code}", before=before, after={"value": text})
    tx.touched["setting"].add(code)
