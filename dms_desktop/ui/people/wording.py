"""What is said of a PIN: that it is wrong, and how a new one must be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dms_desktop.domain.pins import PinFlaw, flaw_of
from dms_desktop.language.catalogue import _, ngettext

if TYPE_CHECKING:
    from dms_desktop.services.people import Standing


def wrong(left: int) -> str:
    """So many tries remain."""
    told = ngettext(
        "The PIN is wrong. {count} try remains.", "The PIN is wrong. {count} tries remain.", left
    )
    return told.format(count=left)


def wrong_of(standing: Standing) -> str:
    """So many tries remain, or so long it takes until the next one."""
    if standing.seconds:
        wait = _("Too many wrong PINs. Wait {seconds} seconds.")
        return wait.format(seconds=standing.seconds)
    return wrong(standing.left)


def flaw_of_new(pin: str) -> str:
    """Why this can be no PIN; empty when it can."""
    match flaw_of(pin):
        case None:
            return ""
        case PinFlaw.SHORT:
            return _("Type six figures, or a pass phrase of twelve letters or more.")
        case _:
            return _("This PIN is among the first that anybody tries. Choose another.")
