"""The few column types that both databases keep alike: whole numbers, text, bytes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)

# SQLite's STRICT tables know INTEGER, TEXT and BLOB only; its integers have 64 bits anyway.
Whole = BigInteger().with_variant(Integer(), "sqlite")
# Bytewise order on PostgreSQL, as on SQLite: a list must not change its order with the database.
Words = Text().with_variant(Text(collation="C"), "postgresql")
Bytes = LargeBinary()


def table(name: str, *parts: Any) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True)


def key() -> Column[Any]:
    return Column("id", Whole, primary_key=True)


def uid() -> Column[Any]:
    """UUIDv7: the identity outside this database."""
    return Column("uid", Bytes, nullable=False, unique=True)


def whole(name: str, *parts: Any, null: bool = False, default: int | None = None) -> Column[Any]:
    """A whole number: paise, base units, ten-thousandths of a percent, microseconds, 0 or 1."""
    server = None if default is None else str(default)
    return Column(name, Whole, *parts, nullable=null, server_default=server)


def words(name: str, *parts: Any, null: bool = False, default: str | None = "") -> Column[Any]:
    """Text; a day is ISO text, and an unknown one is the empty text."""
    return Column(name, Words, *parts, nullable=null, server_default=default)


def blob(name: str, *, null: bool = False, unique: bool = False) -> Column[Any]:
    return Column(name, Bytes, nullable=null, unique=unique)


def refers(name: str, target: str, *, null: bool = False, primary: bool = False) -> Column[Any]:
    return Column(
        name,
        Whole,
        ForeignKey(f"{target}.id", ondelete="RESTRICT"),
        nullable=null,
        primary_key=primary,
        autoincrement=False,
    )


def check(name: str, rule: str) -> CheckConstraint:
    return CheckConstraint(rule, name=name)
