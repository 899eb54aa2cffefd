"""Damage of every kind is found, and the row that was touched is the first to be named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from dms_desktop.domain.powers import Actor, Power
from dms_desktop.language.findings import finding_text
from dms_desktop.services.audit import COLUMNS, chained
from dms_desktop.services.verifying import Finding, Report, verify
from dms_desktop.services.verifying.findings import Watch
from dms_desktop.services.verifying.sheaf import sheaves
from dms_desktop.store.drivers import Sqlite
from dms_desktop.store.session import Reading
from dms_desktop.store.tables import metadata
from dms_desktop.store.triggers import drop_triggers
from tests.services.verify_book import rich_book

TABLES = (
    "document", "goods_line", "line_adjustment", "ledger_entry", "stock_move", "stock", "lot_cost",
    "party_balance", "open_item", "account_month", "series", "audit", "audit_tip", "line_left",
    "document_event", "document_link", "settlement", "waiting", "import_change", "approval",
    "walk_in_buyer", "supplier_number", "bought", "excess_held", "excess_release",
    "returned", "supplier_claim", "claim_answer", "staff_due",
)  # fmt: skip
CELLS = [(name, column.name) for name in TABLES for column in metadata.tables[name].columns]
# What may say something else without anything being wrong, and why.
FREE = {
    ("line_adjustment", "id"): "nothing refers to it; line and step identify the row",
    ("ledger_entry", "id"): "nothing refers to it; document and leg identify the row",
    ("stock_move", "id"): "nothing refers to it; document and leg identify the row",
    ("document_event", "id"): "nothing refers to it",
    ("settlement", "id"): "nothing refers to it; who settles what identifies the row",
    ("waiting", "held"): "the clerk's to change, as are the next three; its audit row tells",
    ("waiting", "reason"): "see held",
    ("waiting", "priority"): "see held",
    ("waiting", "row_version"): "counts the saves",
    ("import_change", "id"): "nothing refers to it; import and seq identify the row",
    ("approval", "id"): "nothing refers to it; the draft and the instant identify the row",
    ("supplier_claim", "told_day"): "the clerk's to write; its audit row tells",
    ("supplier_claim", "row_version"): "counts the saves",
    ("excess_release", "id"): "nothing refers to it; line and instant identify the row",
    ("audit", "id"): "nothing refers to it; counter and seq identify the row",
    ("series", "row_version"): "counts the saves of a master",
    ("series", "uid"): "a name for other machines, as on every master; nothing here hangs on it",
}
# A row whose key is its own number is also known by these.
NATURAL = {
    "ledger_entry": ("document_id", "leg"),
    "stock_move": ("document_id", "leg"),
    "line_adjustment": ("line_id", "step"),
    "document_event": ("document_id", "event"),
    "settlement": ("document_id", "settles_id"),
    "audit": ("counter", "seq"),
    "import_change": ("import_id", "seq"),
    "excess_release": ("line_id", "at"),
    "approval": ("lower(hex(draft_uid))", "at"),
}
# Only the digest knows of it: no other row bears witness, and the document alone is named.
UNWITNESSED = {("goods_line", "cost")}  # of an order, which costs nothing yet


@dataclass
class Bench:
    """A rich book under the knife: each damage is undone once it was looked at."""

    connection: Any
    reading: Reading

    @contextmanager
    def damage(self, sql: str, **params: Any) -> Iterator[None]:
        self.connection.execute("SAVEPOINT whole")
        try:
            try:
                self.connection.execute(sql, params)
            except dbapi2.IntegrityError:  # taken by another row: farther off, then
                self.connection.execute(sql.replace("+ 1 ", "+ 1000000 "), params)
            yield
        finally:
            self.connection.execute("ROLLBACK TO whole")

    def rows(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        return list(self.connection.execute(sql, params).fetchall())

    def value(self, sql: str, **params: Any) -> Any:
        return self.rows(sql, **params)[0][0]

    def rowids(self, table: str) -> list[int]:
        """Of the series those alone that numbered something: the others bear witness of nothing."""
        used = " WHERE last > 0" if table == "series" else ""
        return [row for (row,) in self.rows(f"SELECT rowid FROM {table}{used} ORDER BY rowid")]

    def names_of(self, table: str, rowid: int) -> set[Any]:
        """What a finding may call the row: its primary key, and whatever else identifies it."""
        sql = "SELECT name FROM pragma_table_info(:t) WHERE pk > 0 ORDER BY pk"
        keys = [name for (name,) in self.rows(sql, t=table)]
        found = set()
        for columns in (keys, NATURAL.get(table, keys)):
            sql = f"SELECT {', '.join(columns)} FROM {table} WHERE rowid = :r"
            row = self.rows(sql, r=rowid)[0]
            found.add(row[0] if len(row) == 1 else row)
        return found

    def report(self) -> Report:
        report = verify(self.reading)
        # The knife took the triggers away, and that is told after all else.
        kept = tuple(found for found in report.findings if found.what != "no_trigger")
        assert len(kept) < len(report.findings) or report.more
        report = replace(report, findings=kept)
        for found in report.findings:
            said = finding_text(found.what, found.table, found.key, found.facts)
            assert "…" not in said, (said, found)
        return report

    def first(self) -> Finding | None:
        return next(iter(self.report().findings), None)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    path: Path = tmp_path_factory.mktemp("damage") / "books.db"
    rich_book(path).database.close()
    with closing(dbapi2.connect(str(path), isolation_level=None)) as connection:
        for pragma in ("foreign_keys=OFF", "ignore_check_constraints=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        drop_triggers(connection, "sqlite")
        owner = Actor(1, "owner", "", frozenset(Power))
        now = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
        yield Bench(connection, Reading(Sqlite(path), connection, owner, now))


def another(table: str, column: str, *, key: bool) -> str:
    """An expression for a value other than the column's own, as a slip or a hand would make it."""
    kind = str(metadata.tables[table].columns[column].type)
    if kind in ("TEXT", "VARCHAR"):
        return f"{column} || 'x'"
    if kind == "BLOB":
        return f"CAST(coalesce({column}, x'00') || x'01' AS BLOB)"
    # The one principal of all its documents may well be a series' own.
    far = key or (table, column) == ("series", "principal_id")
    return f"coalesce({column}, 0) + {10_000_000 if far else 1}"


def some(rows: list[int], soak: bool) -> list[int]:
    """First, middle and last of them, so that no run is long but the soak."""
    return rows if soak else sorted({rows[0], rows[len(rows) // 2], rows[-1]})


@pytest.mark.parametrize(("table", "column"), [cell for cell in CELLS if cell not in FREE])
def test_a_changed_cell_is_named_by_its_row(
    bench: Bench, table: str, column: str, soak: bool
) -> None:
    primary = bool(metadata.tables[table].columns[column].primary_key)
    change = f"{column} = {another(table, column, key=primary)}"
    for rowid in some(bench.rowids(table), soak):
        names = bench.names_of(table, rowid)
        with bench.damage(f"UPDATE {table} SET {change} WHERE rowid = :r", r=rowid):
            if not (primary and len(metadata.tables[table].primary_key) == 1):
                names |= bench.names_of(table, rowid)
            found = bench.first()
        assert found is not None, (table, column, rowid)
        if (table, column) in UNWITNESSED and found.table == "document":
            continue
        assert found.table == table, found
        assert found.key in names, (found, names)


@pytest.mark.parametrize("table", TABLES)
def test_a_deleted_row_is_missed(bench: Bench, table: str, soak: bool) -> None:
    for rowid in some(bench.rowids(table), soak):
        names = bench.names_of(table, rowid)
        with bench.damage(f"DELETE FROM {table} WHERE rowid = :r", r=rowid):
            found = bench.first()
        assert found is not None
        assert (found.table, found.key in names) == (table, True), (found, names)


@pytest.mark.parametrize("table", TABLES)
def test_an_invented_row_is_found(bench: Bench, table: str) -> None:
    """A copy of a row under a key of its own, which nothing else knows of."""
    for rowid in some(bench.rowids(table), soak=False):
        with bench.damage(_copying(bench, table), r=rowid):
            report = bench.report()
        # A tip of a counter without rows may as well be all that is left of a trail.
        tables = {"audit", table} if table == "audit_tip" else {table}
        assert tables & {found.table for found in report.findings}, report.findings


def _copying(bench: Bench, table: str) -> str:
    columns = metadata.tables[table].columns
    unique = {
        ("document", "uid"), ("document", "serial"), ("goods_line", "row"), ("series", "uid"),
        ("series", "year"), ("audit", "seq"), ("stock", "lot_id"), ("account_month", "month"),
        ("document_link", "to_id"), ("import_change", "seq"), ("supplier_number", "number"),
        ("supplier_claim", "line_id"), ("claim_answer", "line_id"),
    }  # fmt: skip
    values = [
        another(table, column.name, key=True)
        if (table, column.name) in unique
        or (column.primary_key and len(metadata.tables[table].primary_key) == 1)
        else column.name
        for column in columns
    ]
    names = ", ".join(column.name for column in columns)
    chosen = ", ".join(values)
    return f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {table} WHERE rowid = :r"


def test_a_settlement_of_nothing_and_by_nobody_is_found(bench: Bench) -> None:
    bill = bench.value("SELECT min(document_id) FROM open_item WHERE open_paise > 0")
    journal = bench.value("SELECT min(id) FROM document WHERE kind = 'journal'")
    insert = (
        "INSERT INTO settlement (id, document_id, settles_id, paise) VALUES (77, :by, :of, 100)"
    )
    for by, of in ((journal, 99), (journal, bill), (bill, bill)):
        with bench.damage(insert, by=by, of=of):
            found = bench.first()
        assert found is not None
        assert (found.what, found.table, found.key) == ("settlement", "settlement", 77)


def test_a_return_that_no_note_gave_is_found(bench: Bench) -> None:
    line = bench.value(
        "SELECT min(goods_line.id) FROM goods_line JOIN document ON document.id = document_id"
        " WHERE kind = 'bill' AND qty > 0"
    )
    insert = "INSERT INTO line_credit (line_id, returned_qty) VALUES (:line, :qty)"
    with bench.damage(insert, line=line, qty=0):
        assert bench.first() is None
    with bench.damage(insert, line=line, qty=1):
        found = bench.first()
    assert found is not None
    assert (found.table, found.key) == ("line_credit", line)


def test_pieces_kept_beyond_what_a_line_waits_for_are_found(bench: Bench) -> None:
    line, left = bench.rows(
        "SELECT line_id, line_left.qty FROM reservation JOIN line_left USING (line_id)"
    )[0]
    more = "UPDATE reservation SET qty = :qty WHERE line_id = :line"
    with bench.damage(more, qty=left - 1, line=line):
        assert bench.first() is None
    with bench.damage(more, qty=left + 1, line=line):
        found = bench.first()
    assert found is not None
    assert (found.table, found.key) == ("reservation", line)


def test_a_line_that_fulfils_another_item_or_nothing_is_found(bench: Bench) -> None:
    """Posted so by mistake, with a digest that agrees: the sums alone would not tell."""
    line, document, audit = bench.rows(
        "SELECT goods_line.id, document_id, audit.id FROM goods_line"
        " JOIN document ON document.id = document_id JOIN audit ON subject = lower(hex(uid))"
        " WHERE source_line IS NOT NULL AND action = 'post bill' ORDER BY 1"
    )[0]
    other = bench.value(
        "SELECT other.id FROM goods_line mine JOIN goods_line other"
        " ON other.document_id = mine.source_line >> 16 AND other.item_id <> mine.item_id"
        " WHERE mine.id = :line", line=line,
    )  # fmt: skip
    for source in (other, line):
        change = "UPDATE goods_line SET source_line = :source WHERE id = :line"
        with bench.damage(change, source=source, line=line):
            _forge(bench, document, audit)
            report = bench.report()
        assert ("source", line) in {(found.what, found.key) for found in report.findings}


def test_a_discount_of_the_bill_on_a_net_line_is_found(bench: Bench) -> None:
    """Its money adds up and its digest agrees; only the rule of net rates tells."""
    line, off, document, audit = bench.rows(
        "SELECT line_id, line_adjustment.id, document_id, audit.id FROM line_adjustment"
        " JOIN goods_line ON goods_line.id = line_id JOIN document ON document.id = document_id"
        " JOIN audit ON subject = lower(hex(uid)) WHERE line_adjustment.kind = 'bill'"
        " AND action = 'post bill' ORDER BY 2"
    )[0]
    with bench.damage("UPDATE goods_line SET net = 1 WHERE id = :line", line=line):
        _forge(bench, document, audit)
        report = bench.report()
    found = report.findings[0]
    assert (found.what, found.table, found.key) == ("net_discount", "line_adjustment", off)


def test_goods_on_challan_that_no_challan_waits_for_are_found(bench: Bench) -> None:
    lot, place = bench.rows(
        "SELECT lot_id, place_id FROM stock JOIN place ON place.id = place_id"
        " WHERE kind = 'on_challan' AND qty > 0"
    )[0]
    with bench.damage(
        "UPDATE stock SET qty = qty - 1 WHERE lot_id = :l AND place_id = :p", l=lot, p=place
    ):
        report = bench.report()
    found = [(found.what, found.key) for found in report.findings]
    assert found == [(what, (lot, place, "saleable")) for what in ("stock", "on_challan")]


def test_what_was_changed_is_told_with_what_it_said_before(bench: Bench) -> None:
    """The owner learns which line of which bill, and what stood there."""
    line, number, qty = bench.rows(
        "SELECT goods_line.id, number, qty FROM goods_line"
        " JOIN document ON document.id = document_id WHERE kind = 'bill' ORDER BY 1"
    )[0]
    with bench.damage("UPDATE goods_line SET qty = qty - 20 WHERE id = :line", line=line):
        found = bench.first()
    assert found is not None
    assert (found.what, found.key) == ("altered", line)
    assert found.facts == {
        "number": number, "kind": "bill", "column": "qty", "is": qty - 20, "was": qty,
    }  # fmt: skip
    said = finding_text(found.what, found.table, found.key, found.facts)
    assert said == (
        f"{number} was changed: qty says {qty - 20} and was posted as {qty}. [goods_line {line}]"
    )


def test_stock_that_was_below_nil_on_a_day_is_told(bench: Bench) -> None:
    """The goods came, but only after they had gone."""
    late = "UPDATE stock_move SET day = '2026-11-22' WHERE from_place IS NULL AND lot_id = 1"
    with bench.damage(late):
        report = bench.report()
    assert report.findings[0].table == "stock_move"
    below = [found for found in report.findings if found.what == "stock_below_nil"]
    assert [(found.key, found.facts["day"]) for found in below] == [
        ((1, 1, "saleable"), "2026-11-21")
    ]


@pytest.mark.parametrize("parent", ["lot", "item", "party", "account", "user_account", "place"])
def test_a_row_that_others_name_is_missed(bench: Bench, parent: str) -> None:
    with bench.damage(f"DELETE FROM {parent} WHERE id = 1"):
        report = bench.report()
    assert any(found.facts.get("parent") == parent for found in report.findings)


def test_a_document_cut_out_with_all_its_rows_is_missed(bench: Bench) -> None:
    """The number that is gone, and the audit row that still tells of it."""
    key, number = bench.rows("SELECT max(id), number FROM document WHERE kind = 'bill'")[0]
    with bench.damage("DELETE FROM document WHERE id = :key", key=key):
        for table in ("goods_line", "stock_move", "ledger_entry", "document_event"):
            bench.connection.execute(f"DELETE FROM {table} WHERE document_id = ?", (key,))
        bench.connection.execute("DELETE FROM document_link WHERE ? IN (from_id, to_id)", (key,))
        report = bench.report()
    assert ("no_document", "document") in {(found.what, found.table) for found in report.findings}
    gaps = [found for found in report.findings if found.table == "series"]
    assert number in {found.facts.get("number") for found in gaps} or gaps


def test_whole_books_forged_with_fresh_digests_still_have_to_add_up(bench: Bench) -> None:
    """Who can hash the chain anew cannot make a sale of 3,600.00 out of lines for 4,248.00."""
    key, audit = bench.rows(
        "SELECT document.id, audit.id FROM document JOIN audit ON subject = lower(hex(uid))"
        " WHERE kind = 'bill' AND action = 'post bill' ORDER BY 1"
    )[0]
    sale = "UPDATE ledger_entry SET paise = paise + :by WHERE document_id = :key AND leg = :leg"
    with bench.damage(sale, by=-10_000, key=key, leg=0):
        bench.connection.execute(sale, {"by": 10_000, "key": key, "leg": 1})
        _forge(bench, key, audit)
        report = bench.report()
    entries = [row for (row,) in bench.rows(
        "SELECT id FROM ledger_entry WHERE document_id = :key ORDER BY leg", key=key
    )]  # fmt: skip
    assert [(found.what, found.key) for found in report.findings[:1]] == [("entry", entries[0])]


def _forge(bench: Bench, key: int, audit: int) -> None:
    """A new digest for the document, and the whole chain after it hashed again."""
    sheaf = next(each for each in sheaves(bench.reading, Watch()) if each.key == key)
    digest = sheaf.written().digest()
    change = bench.connection.execute
    change("UPDATE document SET digest = ? WHERE id = ?", (digest, key))
    change("UPDATE audit SET digest = ? WHERE id = ?", (digest, audit))
    link = b""
    for number, *row in bench.rows(f"SELECT id, {', '.join(COLUMNS)} FROM audit ORDER BY seq"):
        link = chained(link, tuple(row))
        change("UPDATE audit SET hash = ? WHERE id = ?", (link, number))
    change("UPDATE audit_tip SET hash = ?", (link,))


def test_a_tail_cut_off_the_audit_trail_leaves_documents_without_their_row(bench: Bench) -> None:
    last = bench.value("SELECT max(seq) FROM audit WHERE action = 'post bill'")
    with bench.damage("DELETE FROM audit WHERE seq >= :last", last=last):
        bench.connection.execute(
            "UPDATE audit_tip SET (seq, hash) = (SELECT seq, hash FROM audit"
            " ORDER BY seq DESC LIMIT 1)"
        )
        found = bench.first()
    assert found is not None
    assert found.what == "not_in_audit"


WHOLE = st.one_of(st.integers(-3, 3), st.integers(-(1 << 63), (1 << 63) - 1))
VALUES = {"TEXT": st.text(max_size=8), "BLOB": st.binary(max_size=40)}


@given(data=st.data())
def test_no_random_change_of_any_cell_goes_unnoticed(bench: Bench, data: st.DataObject) -> None:
    table, column = data.draw(st.sampled_from([cell for cell in CELLS if cell not in FREE]))
    rowid = data.draw(st.sampled_from(bench.rowids(table)))
    kind = str(metadata.tables[table].columns[column].type)
    value = data.draw(VALUES.get(kind, WHOLE))
    was = bench.value(f"SELECT {column} FROM {table} WHERE rowid = :r", r=rowid)
    assume(value != was and not _harmless(bench, table, column, value, rowid))
    sql = f"UPDATE {table} SET {column} = :value WHERE rowid = :r"
    try:
        with bench.damage(sql, value=value, r=rowid):
            assert bench.report().findings
    except dbapi2.IntegrityError:
        reject()  # the database itself would not have it


def _harmless(bench: Bench, table: str, column: str, value: Any, rowid: int) -> bool:
    """A series that serves one principal only, and numbered only his goods: as well said."""
    if (table, column) != ("series", "principal_id"):
        return False
    owners = bench.rows(
        "SELECT DISTINCT principal_id FROM goods_line JOIN document ON document.id = document_id"
        " WHERE series_id = :r", r=rowid,
    )  # fmt: skip
    return value == 0 or owners == [(value,)]
