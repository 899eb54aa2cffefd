"""The names of the months, short as under the bars of a chart."""

from __future__ import annotations

from datetime import date

from dms_desktop.language.catalogue import N_, _

SHORT = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip


def month_name(day: date) -> str:
    """`Nov`."""
    return _(SHORT[day.month - 1])
