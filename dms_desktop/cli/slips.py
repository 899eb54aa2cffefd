"""What is wrong with the shape of a request: every slip as a problem at its line and field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ValidationError

from dms_desktop.cli.shapes import (
    Journal,
    Leg,
    LotCorrection,
    Order,
    OrderLine,
    Payment,
    Restickering,
    RightLot,
    WalkIn,
)
from dms_desktop.cli.shapes_dispatch import SettlementOrder, TakenLine, VanLine, VanOrder
from dms_desktop.cli.shapes_godown import (
    AdjustmentOrder,
    Carrying,
    GoodsRow,
    TakenRow,
    TakingOrder,
    TransferOrder,
)
from dms_desktop.cli.shapes_purchase import Purchase, PurchaseCharge, PurchaseLine, PurchaseTax
from dms_desktop.cli.shapes_supplier import (
    ClaimAnswer,
    CreditTax,
    ReturnLine,
    SupplierCredit,
    SupplierReturn,
)
from dms_desktop.domain.refusals import Problem, Reason

ROWS = ("lines", "legs")  # lists whose rows are counted as the lines of the request
_FIELDS = frozenset(
    name
    for shape in (
        Order,
        OrderLine,
        Payment,
        WalkIn,
        Journal,
        Leg,
        LotCorrection,
        RightLot,
        Restickering,
        Purchase,
        PurchaseLine,
        PurchaseCharge,
        PurchaseTax,
        SupplierReturn,
        ReturnLine,
        SupplierCredit,
        CreditTax,
        ClaimAnswer,
        TransferOrder,
        Carrying,
        GoodsRow,
        TakingOrder,
        TakenRow,
        AdjustmentOrder,
        SettlementOrder,
        TakenLine,
        VanOrder,
        VanLine,
    )
    for name in shape.model_fields
)
_FAULTS = {
    "string_type": "shape_text",
    "list_type": "shape_list",
    "model_type": "shape_object",
    "bool_type": "shape_yes_no",
    "extra_forbidden": "shape_unknown",
    "literal_error": "shape_choice",
    "too_short": "shape_too_few",
    "too_long": "shape_too_many",
}
_OF_SEVERAL = {
    frozenset({"int_type", "string_type"}): "shape_quantity",
    frozenset({"model_type", "string_type"}): "shape_party",
}
Path = tuple[str | int, ...]


def slips(
    shape: type[BaseModel], said: object, *, lacking: Iterable[str | int] = ()
) -> list[Problem]:
    """Every slip at once, none for what may be `lacking`; lines are counted from 0."""
    try:
        shape.model_validate(said, strict=True)
    except ValidationError as error:
        return [
            _problem(path, errors)
            for path, errors in _by_path(error).items()
            if not (errors[0]["type"] == "missing" and path[-1] in lacking)
        ]
    return []


def _by_path(error: ValidationError) -> dict[Path, list[Any]]:
    """The errors of each field. Where a value may be of several kinds, and is of one of them with
    a slip inside, that slip alone is told."""
    found: dict[Path, list[Any]] = {}
    for each in error.errors(include_url=False):
        found.setdefault(_path(each), []).append(each)
    return {
        path: errors
        for path, errors in found.items()
        if not any(deeper != path and deeper[: len(path)] == path for deeper in found)
    }


def _path(error: Any) -> Path:
    """Where it is, without the names that the checker has for the kinds of a value."""
    *above, last = error["loc"] or ("",)
    named = error["type"] in ("extra_forbidden", "missing") or isinstance(last, int)
    kept = [part for part in above if isinstance(part, int) or part in _FIELDS]
    return (*kept, last) if named or last in _FIELDS else tuple(kept)


def _problem(path: Path, errors: list[Any]) -> Problem:
    row = path[1] if len(path) > 1 and path[0] in ROWS and isinstance(path[1], int) else None
    names = [part for part in path if isinstance(part, str)]
    if row is not None and len(names) > 1:
        names = names[1:]
    field, first = ".".join(names), errors[0]
    if first["type"] == "missing":
        return Problem(Reason.MISSING, row, {"field": field})
    if first["type"] == "string_pattern_mismatch":
        return Problem(Reason.BAD_FIGURE, row, {"field": field, "value": first["input"][:60]})
    kinds = frozenset(each["type"] for each in errors)
    fault = _OF_SEVERAL.get(kinds) or _FAULTS.get(first["type"], "shape_text")
    facts = {"field": field, "fault": fault}
    if fault == "shape_choice":
        facts["choices"] = first["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
    return Problem(Reason.WRONG_SHAPE, row, facts)
