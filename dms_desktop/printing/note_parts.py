"""What the papers of the godown share: columns of goods, carriage, places, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from dms_desktop.domain.godown_papers import Carriage, Goods, Heading, Site
from dms_desktop.domain.money import Money
from dms_desktop.language.catalogue import _
from dms_desktop.language.figures import amount, grouped
from dms_desktop.printing import wording
from dms_desktop.printing.columns import NAME, Column
from dms_desktop.printing.form import Pair, Voice, gstin_line, some, spaced, told, told_state
from dms_desktop.printing.wrapping import clean

BLANK = " " * 22  # a column to write in


def many(qty: int, case: int) -> str:
    """`2 cs + 5 pc`; pieces alone where the item has no case."""
    cases, pieces = divmod(qty, case) if case else (0, qty)
    parts = [_("{count} cs").format(count=grouped(cases))] if cases else []
    if pieces or not cases:
        parts.append(_("{count} pc").format(count=grouped(pieces)))
    return " + ".join(parts)


def packs(cases: int, loose: int) -> str:
    """The same where both were counted already; empty where there is neither."""
    parts = [_("{count} cs").format(count=grouped(cases))] if cases else []
    parts += [_("{count} pc").format(count=grouped(loose))] if loose else []
    return " + ".join(parts)


def weight(grams: int) -> str:
    return _("{kilograms} kg").format(kilograms=grouped(Decimal(grams) / 1000, 2)) if grams else ""


def month(day: date | None) -> str:
    return f"{day.month:02d}/{day.year % 100:02d}" if day else ""


def money(value: Money) -> str:
    return amount(value.paise) if value else ""


def count(value: int) -> str:
    return grouped(value) if value else ""


def text(key: str, heading: str, cells: Sequence[str], *, right: bool = False) -> Column:
    wraps = key in {NAME, "batch", "hsn", "bills", "remark", "reason", "place"}
    return Column(key, (heading,), tuple(map(clean, cells)), right=right, wraps=wraps)


def figure(key: str, heading: str, cells: Sequence[str], total: str = "") -> Column:
    return Column(key, tuple(heading.split(" ")), tuple(cells), total=total)


def to_write(key: str, heading: str, rows: int) -> Column:
    return Column(key, (heading,), (BLANK,) * rows, right=False)


def numbered(rows: int) -> Column:
    return figure("sr", _("Sr"), [str(number) for number in range(1, rows + 1)])


def goods_columns(goods: Sequence[Goods]) -> list[Column]:
    """Name, batch, dates and MRP."""
    return [
        text(NAME, _("Item"), [one.name for one in goods]),
        text("code", _("Code"), [one.code for one in goods]),
        text("batch", _("Batch"), [one.batch for one in goods]),
        figure("packed", _("Pkd"), [month(one.packed) for one in goods]),
        figure("expiry", _("Exp"), [month(one.expiry) for one in goods]),
        figure("mrp", _("MRP"), [money(one.mrp) for one in goods]),
    ]


def quantity(goods: Sequence[Goods]) -> list[Column]:
    """In cases and pieces, and in pieces alone."""
    pieces = sum(one.qty for one in goods)
    cells = [many(one.qty, one.case) for one in goods]
    return [
        Column("qty", (_("Quantity"),), tuple(cells)),
        figure("pieces", _("Pieces"), [grouped(one.qty) for one in goods], grouped(pieces)),
    ]


def valued(goods: Sequence[Goods]) -> Column:
    every = Money(sum(one.value.paise for one in goods))
    return figure("value", _("Value"), [money(one.value) for one in goods], money(every))


def weighed(goods: Sequence[Goods]) -> Column:
    every = sum(one.grams for one in goods)
    return figure("weight", _("Weight"), [weight(one.grams) for one in goods], weight(every))


def filled(*columns: Column) -> tuple[Column, ...]:
    """One that no row fills is left out."""
    return tuple(one for one in columns if any(one.cells) or one.key == NAME)


def site_voice(label: str, site: Site) -> Voice:
    return Voice(
        label,
        site.name,
        some(
            wording.place_line(site.address, site.city, site.pin),
            gstin_line(site.gstin),
            spaced(told_state(site.state), told(_("Phone {number}"), site.phone)),
        ),
    )


def carriage_facts(carriage: Carriage) -> tuple[Pair, ...]:
    distance = _("{distance} km").format(distance=carriage.km) if carriage.km else ""
    pairs = (
        (_("Vehicle"), carriage.vehicle),
        (_("Driver"), spaced(carriage.driver, carriage.driver_phone)),
        (_("Helper"), carriage.helper),
        (_("Transporter"), carriage.transporter),
        (_("Lorry receipt"), carriage.lorry_receipt),
        (_("E-way bill"), carriage.eway_bill),
        (_("Distance"), distance),
    )
    return tuple(pair for pair in pairs if pair[1])


def marks(heading: Heading) -> tuple[str, ...]:
    found = [_(wording.REPRINT)] * (heading.printed > 0)
    return (*found, *[_(wording.CANCELLED)] * heading.cancelled)


def signatures(*names: str) -> tuple[Pair, ...]:
    """Room to sign above each."""
    return tuple(("", name) for name in names)
