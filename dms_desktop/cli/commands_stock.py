"""`dms stock ...`: what lies where, where it came from and went, how long it lasts, its worth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from dms_desktop.cli.commands_papers import AsJson, caller_of
from dms_desktop.domain.goods_line import Bucket

ANY = "any"
BUCKETS = (*(bucket.value for bucket in Bucket), ANY)
EACH = ("principal", "brand", "category", "godown", "bucket")
ORDERS = ("item", "rack", "expiry")

Text = Annotated[str, typer.Option(help="A part of an item's code or name, or of a batch.")]
Item = Annotated[str, typer.Option(help="Code of an item.")]
Principal = Annotated[str, typer.Option(help="Code of a principal.")]
Brand = Annotated[str, typer.Option()]
Category = Annotated[str, typer.Option()]
Godown = Annotated[str, typer.Option(help="Code of a godown.")]
InBucket = Annotated[str, typer.Option(help=", ".join(BUCKETS))]
After = Annotated[int, typer.Option(help="`after` of the page before.")]
Limit = Annotated[int, typer.Option(help="At most so many rows.")]
Days = Annotated[int, typer.Option(min=1, max=36_500)]


class _Stock(TyperGroup):
    """`dms stock SOAP` is `dms stock lots SOAP`: the word is only needed for an item so called."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["lots", *args]
        return super().parse_args(ctx, args)


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(cls=_Stock, help="What lies where: by batch, by day, by pace, by worth.")
    group.command("lots")(lots)
    group.command("ledger")(ledger)
    group.command("recall")(recall)
    group.command("near-expiry")(near_expiry)
    group.command("expired")(_listing("stock expired", "Past its date and still in hand.", ANY))
    for pace, says in (
        ("non-moving", "In hand, and none of it sold in so many days."),
        ("slow", "What lasts longer than so many days of cover at its pace."),
        ("fast", "What lasts at most so many days of cover, the shortest first."),
    ):
        group.command(pace)(_pace(pace, says))
    group.command("ageing")(_listing("stock ageing", "Goods in hand by the age of receipts.", ANY))
    group.command("levels")(levels)
    group.command("value")(value)
    group.command("snapshot")(snapshot)
    app.add_typer(group, name="stock")


def lots(
    context: typer.Context,
    item: Annotated[str, typer.Argument(help="Code of an item; every item without it.")] = "",
    bucket: InBucket = "saleable",
    text: Text = "",
    principal: Principal = "",
    brand: Brand = "",
    category: Category = "",
    godown: Godown = "",
    as_on: Annotated[str, typer.Option(help="A past day, as it ended.")] = "",
    by: Annotated[str, typer.Option(help=", ".join(ORDERS))] = "item",
    after: After = 0,
    limit: Limit = 1000,
    as_json: AsJson = False,
) -> None:
    """What lies in the godowns, lot by lot, now or on a past day."""
    goods = _goods(item, text, principal, brand, category, godown, bucket)
    request = goods | {"as_on": as_on, "by": _one(by, ORDERS), "after": after, "limit": limit}
    caller_of(context).do("stock", request, as_json=as_json)


def ledger(
    context: typer.Context,
    item: Annotated[str, typer.Argument(help="Code of an item.")],
    batch: Annotated[str, typer.Argument(help="Of one batch only.")] = "",
    godown: Godown = "",
    bucket: InBucket = ANY,
    from_day: Annotated[str, typer.Option("--from", help="First day.")] = "",
    until: Annotated[str, typer.Option("--to", help="Last day.")] = "",
    after: After = 0,
    limit: Limit = 1000,
    as_json: AsJson = False,
) -> None:
    """Every move of an item or a batch, with what was there after it."""
    request = {
        "item": item, "batch": batch, "godown": godown, "bucket": _bucket(bucket),
        "from": from_day, "to": until, "after": after, "limit": limit,
    }  # fmt: skip
    caller_of(context).do("stock ledger", request, as_json=as_json)


def recall(
    context: typer.Context,
    item: Annotated[str, typer.Argument(help="Code of an item.")],
    batch: Annotated[str, typer.Argument(help="The batch that is called back.")],
    as_json: AsJson = False,
) -> None:
    """Where a batch is now, and every shop that got it, with its phone."""
    caller_of(context).do("stock recall", {"item": item, "batch": batch}, as_json=as_json)


def near_expiry(
    context: typer.Context,
    days: Days = 30,
    text: Text = "",
    principal: Principal = "",
    brand: Brand = "",
    category: Category = "",
    godown: Godown = "",
    bucket: InBucket = ANY,
    after: After = 0,
    limit: Limit = 1000,
    as_json: AsJson = False,
) -> None:
    """What expires within so many days, the first to go first."""
    goods = _goods("", text, principal, brand, category, godown, bucket)
    request = goods | {"days": days, "after": after, "limit": limit}
    caller_of(context).do("stock near-expiry", request, as_json=as_json)


def levels(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Those that have enough too.")] = False,
    text: Text = "",
    item: Item = "",
    principal: Principal = "",
    godown: Godown = "",
    after: After = 0,
    limit: Limit = 1000,
    as_json: AsJson = False,
) -> None:
    """What is below its least, due to be ordered, or above its most."""
    goods = _goods(item, text, principal, "", "", godown, ANY)
    request = goods | {"every": every, "after": after, "limit": limit}
    caller_of(context).do("stock levels", request, as_json=as_json)


def value(
    context: typer.Context,
    by: Annotated[str, typer.Option(help=", ".join(EACH))] = "principal",
    text: Text = "",
    item: Item = "",
    principal: Principal = "",
    brand: Brand = "",
    category: Category = "",
    godown: Godown = "",
    bucket: InBucket = ANY,
    as_on: Annotated[str, typer.Option(help="The cost of all goods on a past day.")] = "",
    as_json: AsJson = False,
) -> None:
    """What the stock is worth at cost, at PTR and at MRP; all costs are the stock ledger."""
    goods = _goods(item, text, principal, brand, category, godown, bucket)
    request = goods | {"by": _one(by, EACH), "as_on": as_on}
    caller_of(context).do("stock value", request, as_json=as_json)


def snapshot(context: typer.Context, as_json: AsJson = False) -> None:
    """Count the month ends that are over, so that past days are told at once."""
    caller_of(context).do("stock snapshot", {}, as_json=as_json)


def _listing(verb: str, says: str, usual: str) -> Callable[..., None]:
    def show(
        context: typer.Context,
        text: Text = "",
        item: Item = "",
        principal: Principal = "",
        brand: Brand = "",
        category: Category = "",
        godown: Godown = "",
        bucket: InBucket = usual,
        after: After = 0,
        limit: Limit = 1000,
        as_json: AsJson = False,
    ) -> None:
        goods = _goods(item, text, principal, brand, category, godown, bucket)
        caller_of(context).do(verb, goods | {"after": after, "limit": limit}, as_json=as_json)

    show.__doc__ = says
    return show


def _pace(pace: str, says: str) -> Callable[..., None]:
    def show(
        context: typer.Context,
        days: Days = 90,
        cover: Annotated[int, typer.Option(help="Days of cover that part slow from fast.")] = 60,
        text: Text = "",
        principal: Principal = "",
        brand: Brand = "",
        category: Category = "",
        godown: Godown = "",
        bucket: InBucket = "saleable",
        after: After = 0,
        limit: Limit = 1000,
        as_json: AsJson = False,
    ) -> None:
        goods = _goods("", text, principal, brand, category, godown, bucket)
        request = goods | {"days": days, "cover": cover, "after": after, "limit": limit}
        caller_of(context).do(f"stock {pace}", request, as_json=as_json)

    show.__doc__ = says
    return show


def _goods(
    item: str, text: str, principal: str, brand: str, category: str, godown: str, bucket: str
) -> dict[str, Any]:
    return {
        "item": item, "text": text, "principal": principal, "brand": brand, "category": category,
        "godown": godown, "bucket": _bucket(bucket),
    }  # fmt: skip


def _bucket(bucket: str) -> str:
    return _one(bucket, BUCKETS)


def _one(word: str, words: tuple[str, ...]) -> str:
    if word not in words:
        raise typer.BadParameter(f"one of {', '.join(words)} is wanted")
    return word
