"""What books amount to: the rows of each table and sums of money and goods, to compare copies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

# table -> columns that an auditor would add up; a sum of them fits into 64 bits
TOTALS = {
    "account_month": ("debit", "credit"),
    "document": ("taxable", "cgst", "sgst", "igst", "cess", "round_off", "total"),
    "goods_line": ("qty", "free_qty", "gross", "discount", "taxable", "cost"),
    "ledger_entry": ("paise",),
    "line_adjustment": ("paise",),
    "lot_cost": ("qty", "paise"),
    "open_item": ("paise", "open_paise"),
    "party_balance": ("paise", "supplied"),
    "settlement": ("paise",),
    "stock": ("qty",),
    "stock_move": ("qty", "cost"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """`counts`: table -> rows. `totals`: "table.column" -> paise or base units."""

    counts: dict[str, int] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)

    def differs_from(self, before: Measure, allowed: Iterable[str] = ()) -> list[str]:
        """What was there before and is not the same now, in words for support."""
        agreed = set(allowed)
        found = []
        for old, new in ((before.counts, self.counts), (before.totals, self.totals)):
            for name, was in old.items():
                if name not in agreed and new.get(name, 0) != was:
                    found.append(f"{name}: {was} before, {new.get(name, 'gone')} after")
        return found


def measure(connection: Any, database: str) -> Measure:
    """One pass over every table, by a raw connection. About 0.2 s for 300 MB."""
    known = tables(connection, database)
    counts: dict[str, int] = {}
    totals: dict[str, int] = {}
    for table in known:
        columns = [c for c in TOTALS.get(table, ()) if c in _columns(connection, database, table)]
        sums = ["count(*)", *(f"coalesce(sum({_quoted(c)}), 0)" for c in columns)]
        asked = f"SELECT {', '.join(sums)} FROM {_quoted(table)}"  # noqa: S608 - names of our own
        rows, *amounts = connection.execute(asked).fetchone()
        counts[table] = int(rows)
        totals |= {f"{table}.{c}": int(a) for c, a in zip(columns, amounts, strict=True)}
    return Measure(counts, totals)


def tables(connection: Any, database: str) -> list[str]:
    """Every table but the databases' own and the version's."""
    if database == "sqlite":
        asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' "
        asked += "ESCAPE '~'"
    else:
        asked = "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()"
    names = sorted(name for (name,) in connection.execute(asked).fetchall())
    return [name for name in names if name != "books_version"]


def audit_tips(connection: Any) -> list[dict[str, object]]:
    """The end of each counter's audit chain: kept elsewhere, it shows a chain cut or rewritten."""
    rows = connection.execute("SELECT counter, seq, hash FROM audit_tip ORDER BY counter")
    return [{"counter": c, "seq": s, "hash": bytes(h).hex()} for c, s, h in rows.fetchall()]


def origin(connection: Any) -> str:
    """What tells these books from those of another company; empty before their first entry."""
    row = connection.execute("SELECT hash FROM audit ORDER BY id LIMIT 1").fetchone()
    return bytes(row[0]).hex()[:16] if row else ""


def _columns(connection: Any, database: str, table: str) -> set[str]:
    if database == "sqlite":
        asked = f"PRAGMA table_info({_quoted(table)})"
        return {row[1] for row in connection.execute(asked).fetchall()}
    asked = "SELECT attname::text FROM pg_attribute WHERE attrelid = to_regclass(%s) "
    asked += "AND attnum > 0 AND NOT attisdropped"
    return {name for (name,) in connection.execute(asked, (_quoted(table),)).fetchall()}


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
