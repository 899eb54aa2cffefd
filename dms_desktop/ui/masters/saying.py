"""Values of a master as its form shows them: for the history, and for two versions side by side."""

from __future__ import annotations

from typing import Any

from dms_desktop.domain.refusals import Problem
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import instant_text
from dms_desktop.language.terms import state_name
from dms_desktop.services.registers.register import Shown
from dms_desktop.services.registers.twins import Slip, Twin
from dms_desktop.ui import keys
from dms_desktop.ui.kit.form import Form
from dms_desktop.ui.kit.form_boxes import Entry, Kind, written
from dms_desktop.ui.kit.form_conflict import Difference
from dms_desktop.ui.masters.history import instant_of
from dms_desktop.ui.masters.master import Master

SLIPS = {
    "hsn": N_("A bill of taxed goods must name their HSN."),
    "role": N_(
        "The owner has no PIN yet. Once there is a second user, anybody may log in as the owner: "
        "set the owner's PIN first, in the settings."
    ),
    "gstin": N_("This is your own GSTIN, not a customer's."),
}


def doubt(found: Twin | Slip) -> str:
    """What is likely a slip, though the books would take it."""
    if isinstance(found, Slip):
        return _(SLIPS[found.field])
    return _("{name} ({code}) has this too.").format(name=found.name, code=found.code)


def plain(form: Form, name: str, value: Any) -> str:
    """A value of the books, or one that was typed."""
    entry = form.entry(name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list | tuple):
        return ", ".join(_part(entry, each) for each in value)
    if entry is None:
        return "" if value is None else str(value)
    if entry.box.of == "state":
        return state_name(str(value or ""))
    if entry.box.kind is Kind.CHOICE:
        return _(entry.box.choices.get(str(value or ""), str(value or "")))
    return written(entry.box, value)


def differences(master: Master, form: Form, seen: Shown[Any], now: Shown[Any]) -> list[Difference]:
    """What they saved against what stands in the boxes, and whether it was typed here."""
    before, theirs = master.values(seen.record), master.values(now.record)
    typed = form.changes()
    rows = []
    for box in form.boxes:
        moved = theirs.get(box.name) != before.get(box.name)
        if box.aside or not (box.name in typed or moved):
            continue
        there = plain(form, box.name, theirs.get(box.name))
        here = plain(form, box.name, form.entries[box.name].typed())
        if there != here:
            label = form.label_of(box.name)
            rows.append(Difference(box.name, label, there, here, mine=box.name in typed))
    return rows


def stale(problem: Problem) -> str:
    """Who was faster, and what to do."""
    return _(
        "{who} saved a newer one on {when}. Ticked is what you typed and is to stand; without a "
        "tick theirs stays. {save} saves it so; {theirs} drops what you typed."
    ).format(
        who=problem.facts.get("by", ""),
        when=instant_text(instant_of(problem.facts.get("at"))),
        save=keys.key_text("form.save"),
        theirs=keys.key_text("masters.theirs"),
    )


def _part(entry: Entry | None, value: Any) -> str:
    if entry is None or not isinstance(value, dict):
        return _(entry.box.choices.get(str(value), str(value))) if entry else str(value)
    parts = (written(column, value.get(column.name)) for column in entry.box.columns)
    return " ".join(filter(None, parts))
