"""Pick lists, loading sheets and drop lists as forms: what the godown works from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dms_desktop.domain.godown_papers import (
    Drop,
    DropList,
    Goods,
    Heading,
    LoadingSheet,
    PickRow,
    PickSheet,
)
from dms_desktop.domain.money import Money
from dms_desktop.language.catalogue import _, ngettext
from dms_desktop.language.figures import day_text, grouped
from dms_desktop.printing import note_parts as parts
from dms_desktop.printing.columns import NAME
from dms_desktop.printing.form import Form, Grid, Pair, Voice, ourselves, spaced
from dms_desktop.printing.note_parts import figure, filled, money, packs, text, to_write, weight
from dms_desktop.printing.wording import place_line, rupees

_FEW_BILLS = 8


def bare(heading: Heading, title: str, facts: Sequence[Pair], grids: Sequence[Grid]) -> Form:
    """A form with what every paper of the godown has."""
    godown = (_("Godown"), heading.godown)
    return Form(
        title=title,
        number=(_("No."), heading.number),
        day=day_text(heading.day),
        at=heading.at,
        seller=Voice("", heading.company.name, ourselves(heading.company).lines[:1]),
        voices=(),
        facts=tuple(pair for pair in (godown, *facts) if pair[1]),
        grids=tuple(grids),
        marks=parts.marks(heading),
        notes=(heading.note,) if heading.note else (),
        by=_("Prepared by {name}").format(name=heading.by),
        cancelled=heading.cancelled,
    )


def pick_form(sheet: PickSheet) -> Form:
    rows = sheet.rows
    goods = [row.goods for row in rows]
    bills = _bills_of(sheet.bills)
    facts = [
        (_("For"), spaced(sheet.route, sheet.vehicle)),
        (_("Bills"), bills),
        (_("Picked by"), ", ".join(sheet.pickers)),
    ]
    started = any(row.picked is not None for row in rows)
    columns = filled(
        parts.numbered(len(rows)),
        text("rack", _("Rack"), [row.rack for row in rows]),
        *parts.goods_columns(goods),
        *parts.quantity(goods),
        text("bills", _("For bills"), [_bills_of(row.bills) for row in rows]),
        figure("picked", _("Picked"), [_picked(row) for row in rows])
        if started
        else to_write("picked", _("Picked"), len(rows)),
        text("reason", _("Reason"), [row.why for row in rows]),
    )
    grid = Grid(
        columns,
        first=frozenset({"sr", "rack", NAME, "qty", "picked"}),
        ends=tuple((_rack(row), parts.many(row.goods.qty, row.goods.case)) for row in rows),
        quiet=frozenset({"rack", "qty", "code"} | ({"picked"} if not started else set())),
        ticks=True,
        total=ngettext("Total of {count} line", "Total of {count} lines", len(rows)).format(
            count=len(rows)
        ),
    )
    form = bare(sheet.heading, _("PICK LIST"), facts, [grid])
    return replace(form, sums=_load(goods), signs=parts.signatures(_("Picked by"), _("Checked by")))


def loading_form(sheet: LoadingSheet) -> Form:
    facts = [*parts.carriage_facts(sheet.carriage), (_("Route"), sheet.route)]
    grids = [_drops_grid(sheet.drops)]
    if sheet.goods:
        grids.append(_goods_grid(sheet.goods))
    form = bare(sheet.heading, _("LOADING SHEET"), facts, grids)
    names = (_("Loaded by"), _("Checked by"), _("Driver"))
    return replace(
        form,
        strong=tuple(_loading_warnings(sheet)),
        sums=_drop_sums(sheet.drops),
        signs=parts.signatures(*names),
    )


def drop_form(sheet: DropList) -> Form:
    drops = sheet.drops
    rows = len(drops)
    columns = filled(
        figure("sr", _("Drop"), [str(drop.order) for drop in drops]),
        text(NAME, _("Shop"), [_where(drop) for drop in drops]),
        text(
            "bills", _("Bills"), [", ".join(bill.number for bill in drop.bills) for drop in drops]
        ),
        figure("packs", _("Packs"), [packs(drop.cases, drop.loose) for drop in drops]),
        figure("value", _("Value"), [money(drop.value) for drop in drops], money(_value(drops))),
        figure("due", _("To collect"), [money(drop.due) for drop in drops], money(_due(drops))),
        figure("old", _("Old dues"), [money(drop.old_dues) for drop in drops]),
        to_write("result", _("Result"), rows),
        to_write("taken", _("Received"), rows),
        to_write("sign", _("Signature"), rows),
    )
    grid = Grid(
        columns,
        first=frozenset({"sr", NAME, "packs", "due", "result"}),
        ends=tuple(
            (packs(drop.cases, drop.loose), rupees(drop.due) if drop.due else "") for drop in drops
        ),
        quiet=frozenset({"packs", "due", "result", "taken", "sign"}),
        ticks=True,
        total=ngettext("{count} drop", "{count} drops", rows).format(count=rows),
    )
    facts = [*parts.carriage_facts(sheet.carriage), (_("Route"), sheet.route)]
    form = bare(sheet.heading, _("DROP LIST"), facts, [grid])
    result = _("Result: D delivered, P part, R refused, C shop closed.")
    return replace(
        form,
        notes=(result, *form.notes),
        sums=(*_drop_sums(drops), (_("To collect"), rupees(_due(drops)))),
        signs=parts.signatures(_("Driver"), _("Cash handed to")),
    )


def _drops_grid(drops: Sequence[Drop]) -> Grid:
    grams = sum(drop.grams for drop in drops)
    columns = filled(
        figure("sr", _("Drop"), [str(drop.order) for drop in drops]),
        text(NAME, _("Shop"), [drop.site.name for drop in drops]),
        text("place", _("Place"), [drop.site.city for drop in drops]),
        text(
            "bills", _("Bills"), [", ".join(bill.number for bill in drop.bills) for drop in drops]
        ),
        figure("cases", _("Cases"), [parts.count(drop.cases) for drop in drops], _cases(drops)),
        figure("loose", _("Loose"), [parts.count(drop.loose) for drop in drops], _loose(drops)),
        figure("weight", _("Weight"), [weight(drop.grams) for drop in drops], weight(grams)),
        figure("value", _("Value"), [money(drop.value) for drop in drops], money(_value(drops))),
    )
    return Grid(
        columns,
        caption=_("Drops: the last is loaded first"),
        first=frozenset({"sr", NAME, "cases", "loose", "weight", "value"}),
        ends=tuple((packs(drop.cases, drop.loose), money(drop.value)) for drop in drops),
        quiet=frozenset({"cases", "loose", "value"}),
        ticks=True,
        total=ngettext("{count} drop", "{count} drops", len(drops)).format(count=len(drops)),
    )


def _goods_grid(goods: Sequence[Goods]) -> Grid:
    columns = filled(
        parts.numbered(len(goods)),
        *parts.goods_columns(goods),
        *parts.quantity(goods),
        parts.weighed(goods),
    )
    return Grid(
        columns,
        caption=_("Goods to load"),
        first=frozenset({"sr", NAME, "qty", "pieces"}),
        ends=tuple((weight(one.grams), parts.many(one.qty, one.case)) for one in goods),
        quiet=frozenset({"qty", "pieces", "weight", "code"}),
        ticks=True,
        total=ngettext("Total of {count} line", "Total of {count} lines", len(goods)).format(
            count=len(goods)
        ),
    )


def _loading_warnings(sheet: LoadingSheet) -> list[str]:
    found = []
    grams = sum(drop.grams for drop in sheet.drops)
    if 0 < sheet.capacity_grams < grams:
        said = _("The load of {load} is over the vehicle's {capacity}.")
        found.append(said.format(load=weight(grams), capacity=weight(sheet.capacity_grams)))
    wanted = [bill.number for drop in sheet.drops for bill in drop.bills if bill.eway]
    if wanted and not sheet.carriage.eway_bill:
        said = _("An e-way bill is needed for: {bills}.")
        found.append(said.format(bills=", ".join(wanted)))
    return found


def _load(goods: Sequence[Goods]) -> tuple[Pair, ...]:
    cases = sum(one.qty // one.case for one in goods if one.case)
    loose = sum(one.qty % one.case if one.case else one.qty for one in goods)
    value = Money(sum(one.value.paise for one in goods))
    pairs = (
        (_("Packs"), packs(cases, loose)),
        (_("Weight"), weight(sum(one.grams for one in goods))),
        (_("Value"), money(value)),
    )
    return tuple(pair for pair in pairs if pair[1])


def _drop_sums(drops: Sequence[Drop]) -> tuple[Pair, ...]:
    pairs = (
        (_("Bills"), grouped(sum(len(drop.bills) for drop in drops))),
        (_("Packs"), packs(sum(d.cases for d in drops), sum(d.loose for d in drops))),
        (_("Weight"), weight(sum(drop.grams for drop in drops))),
        (_("Value"), rupees(_value(drops))),
    )
    return tuple(pair for pair in pairs if pair[1])


def _value(drops: Sequence[Drop]) -> Money:
    return Money(sum(drop.value.paise for drop in drops))


def _due(drops: Sequence[Drop]) -> Money:
    return Money(sum(drop.due.paise for drop in drops))


def _cases(drops: Sequence[Drop]) -> str:
    return parts.count(sum(drop.cases for drop in drops))


def _loose(drops: Sequence[Drop]) -> str:
    return parts.count(sum(drop.loose for drop in drops))


def _where(drop: Drop) -> str:
    site = drop.site
    where = place_line(site.address, site.city)
    return spaced(site.name, where, site.phone, drop.note)


def _picked(row: PickRow) -> str:
    return "" if row.picked is None else parts.many(row.picked, row.goods.case)


def _rack(row: PickRow) -> str:
    return _("Rack {rack}").format(rack=row.rack) if row.rack else ""


def _bills_of(bills: Sequence[str]) -> str:
    rest = len(bills) - _FEW_BILLS
    said = ", ".join(bills[:_FEW_BILLS])
    return _("{bills} and {count} more").format(bills=said, count=rest) if rest > 0 else said
