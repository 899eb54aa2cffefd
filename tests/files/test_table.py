"""Tables of strangers: what is understood, what is refused, and that none of it can hurt."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dms_desktop
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.files import raw, table
from dms_desktop.files.child import parse
from dms_desktop.files.delimited import parse_text
from dms_desktop.files.raw import Unreadable
from dms_desktop.files.table import LARGEST, read_table
from dms_desktop.language.sentences import say
from tests.files.sheets import csv_bytes, with_member, write_csv, write_xlsx

ROWS = [["code", "name", "mrp"], ["A1", "Tea; fine, loose", "12.50"], ["A2", "चाय", "9"]]
SHEET = "xl/worksheets/sheet1.xml"


def problem_of(path: Path, **options: Any) -> Problem:
    with pytest.raises(Refused) as refused:
        read_table(path, **options)
    (problem,) = refused.value.problems
    assert problem.reason is Reason.BAD_FILE
    assert "…" not in say(problem)
    return problem


def fault_of(path: Path, **options: Any) -> object:
    return problem_of(path, **options).facts["fault"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_tables_are_read_whatever_their_letters_and_marks(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    table = read_table(write_csv(tmp_path / "a.csv", ROWS, delimiter, encoding))
    assert [list(row) for row in table.rows] == ROWS
    assert table.said.delimiter == delimiter
    assert table.said.encoding == encoding.removesuffix("-sig")


def test_letters_of_old_windows_are_guessed_and_the_guess_is_named(tmp_path: Path) -> None:
    table = read_table(write_csv(tmp_path / "a.csv", [["name"], ["Café – 5 €"]], ";", "cp1252"))
    assert table.rows[1] == ("Café – 5 €",)
    assert table.said.encoding == "cp1252"


def test_a_line_that_names_the_mark_is_believed_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"sep=;\r\n" + csv_bytes([["a", "b,c,d"], ["1", "2"]], ";"))
    table = read_table(path)
    assert table.rows == ((), ("a", "b,c,d"), ("1", "2"))


def test_a_workbook_gives_its_cells_as_they_are_meant(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["code", "gst", "expiry", "on"],
        ["007", 0.18, date(2027, 4, 30), True],
        [12, 0.05],
    ]
    path = write_xlsx(tmp_path / "a.xlsx", rows, {1: "0%", 2: "mmm-yy"})
    table = read_table(path)
    assert table.said.sheet == "Stock"
    assert table.rows == (
        ("code", "gst", "expiry", "on"),
        ("007", "18", datetime(2027, 4, 30), "yes"),  # noqa: DTZ001 - a cell knows no zone
        (12, "5"),
    )


def test_what_a_file_is_called_does_not_matter(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "a.xlsx", ROWS)
    assert read_table(book.rename(tmp_path / "a.csv")).rows[1][0] == "A1"
    text = write_csv(tmp_path / "b.xlsx", ROWS)
    assert read_table(text).rows[1][0] == "A1"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf \r\n", "file_empty"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "file_not_a_table"),
        (b"\x89PNG\r\n\x1a\n", "file_not_a_table"),
        (b"%PDF-1.7", "file_not_a_table"),
        (b"code,name\0\r\n", "file_not_a_table"),
        (b"code\x81,name", "file_not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file_old_excel"),
        (b"\n<HTML><table><tr><td>code</td></tr></table>", "file_web_page"),
        (b"PK\x03\x04 and nothing more", "file_damaged"),
    ],
)
def test_what_is_no_table_is_refused_by_what_it_is(
    tmp_path: Path, content: bytes, fault: str
) -> None:
    path = tmp_path / "stock.xlsx"
    path.write_bytes(content)
    assert fault_of(path) == fault


def test_a_file_that_is_not_there_or_too_large(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "none.csv") == "file_absent"
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(LARGEST + 1)
    assert fault_of(large) == "file_too_large"


def test_a_sheet_can_be_named_and_a_hidden_one_is_not_taken(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Secret"
    book.active.append(["hidden"])
    book.active.sheet_state = "hidden"
    book.create_sheet("Empty")
    book.create_sheet("First").append(["one"])
    book.create_sheet("Second").append(["two"])
    book.save(tmp_path / "a.xlsx")
    assert read_table(tmp_path / "a.xlsx").rows == (("one",),)
    assert read_table(tmp_path / "a.xlsx", "Second").rows == (("two",),)
    assert fault_of(tmp_path / "a.xlsx", sheet="Secret") == "file_no_sheet"


def test_a_zip_that_is_no_workbook_and_a_workbook_without_cells(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    assert fault_of(tmp_path / "a.xlsx") == "file_not_a_table"
    assert fault_of(write_xlsx(tmp_path / "b.xlsx", [])) == "file_empty"


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = with_member(write_xlsx(tmp_path / "a.xlsx", ROWS), SHEET, b"<worksheet><sheetData><row")
    assert fault_of(path) == "file_damaged"
    whole = write_xlsx(tmp_path / "b.xlsx", ROWS).read_bytes()
    (tmp_path / "b.xlsx").write_bytes(whole[: len(whole) // 2])
    assert fault_of(tmp_path / "b.xlsx") == "file_damaged"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_swell_are_refused_before_they_are_parsed(
    tmp_path: Path, encoding: str
) -> None:
    laughs = (
        '<?xml version="1.0"?>'
        + " " * (1 << 20)
        + '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
        + "<worksheet><sheetData><row><c t='inlineStr'><is><t>&b;</t></is></c></row>"
        + "</sheetData></worksheet>"
    )
    path = with_member(write_xlsx(tmp_path / "a.xlsx", ROWS), SHEET, laughs.encode(encoding))
    assert fault_of(path) == "file_hostile"


def test_a_bomb_is_refused_by_its_packing(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "a.xlsx", ROWS)
    bomb = b"<worksheet>" + b" " * (50 << 20) + b"</worksheet>"
    assert fault_of(with_member(book, SHEET, bomb)) == "file_hostile"


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "a.xlsx", ROWS)
    with zipfile.ZipFile(book, "a") as packed:
        for at in range(500):
            packed.writestr(f"xl/media/{at}", b"")
    assert fault_of(book) == "file_hostile"


def _sheet(rows: str) -> bytes:
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return f"{head}<sheetData>{rows}</sheetData></worksheet>".encode()


def test_one_cell_in_the_last_corner_costs_nothing(tmp_path: Path) -> None:
    """A million empty rows lie before it; full mode of the reader would die of them."""
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = with_member(write_xlsx(tmp_path / "a.xlsx", ROWS), SHEET, _sheet(corner))
    assert fault_of(path) == "file_too_many_columns"


def test_rows_beyond_the_cap_are_refused_and_empty_ones_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("code\n" + "\n" * 1000 + "1\n" * (raw.MOST_ROWS - 1))
    assert len(read_table(path).rows) == raw.MOST_ROWS + 1000
    path.write_text("code\n" + "1\n" * raw.MOST_ROWS)
    problem = problem_of(path)
    assert problem.facts["fault"] == "file_too_many_rows"
    assert problem.facts["most"] == raw.MOST_ROWS


def test_a_column_too_many_and_a_cell_without_end(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["c"] * (raw.MOST_COLUMNS + 1)])
    assert fault_of(path) == "file_too_many_columns"
    (cell,) = read_table(write_csv(tmp_path / "b.csv", [["x"], ["y" * 50_000]])).rows[1]
    assert isinstance(cell, str)
    assert len(cell) == raw.LONGEST_CELL + 1
    path.write_text('code\n"' + "z" * 2_000_000)
    assert fault_of(path) == "file_damaged"


def test_a_reader_that_never_ends_is_stopped(tmp_path: Path) -> None:
    assert fault_of(write_csv(tmp_path / "a.csv", ROWS), patience=0.001) == "file_too_slow"


@pytest.mark.skipif(sys.platform == "win32", reason="the limits are POSIX's")
def test_the_child_cannot_take_memory_or_write_files(tmp_path: Path) -> None:
    root = str(Path(dms_desktop.__file__).parent.parent)
    script = (
        f"import sys; sys.path.insert(0, {root!r})\n"
        "from dms_desktop.files.confinement import confine\n"
        "confine()\n"
        "try:\n    bytearray(2 << 30)\nexcept MemoryError:\n    print('no memory')\n"
        f"import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"try:\n    open({str(tmp_path / 'x')!r}, 'w').write('x' * 9999)\n"
        "except OSError:\n    print('no files')\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:2] == ["no memory", "no files"]


def test_the_child_sees_no_secret_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, str]] = []
    start = subprocess.Popen

    def spied(*arguments: Any, **options: Any) -> Any:
        seen.append(options["env"])
        return start(*arguments, **options)

    monkeypatch.setenv("DMS_PIN", "246810")
    monkeypatch.setattr(subprocess, "Popen", spied)
    read_table(write_csv(tmp_path / "a.csv", ROWS))
    assert "DMS_PIN" in os.environ
    assert seen
    assert "DMS_PIN" not in seen[0]


def test_a_reading_that_nobody_waits_for_ends_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        table, "_command", lambda: [sys.executable, "-c", "import time; time.sleep(60)"]
    )
    begun = time.monotonic()
    with pytest.raises(table.Stopped):
        read_table(write_csv(tmp_path / "a.csv", ROWS), stop=lambda: True)
    assert time.monotonic() - begun < 10


# What a csv file can hold at all: no lone surrogates, no nul.
_CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@given(st.lists(st.lists(_CELLS, min_size=2, max_size=4), min_size=1, max_size=6))
def test_text_cells_come_out_as_they_went_in(rows: list[list[str]]) -> None:
    """Whatever stands in them: formulas, quotes, line breaks, marks of other tables."""
    data = b"\xef\xbb\xbf" + csv_bytes(rows)
    if not data[3:].strip() or data[3:].lower().startswith(b"sep="):
        return
    parsed = parse_text(data)
    if parsed.said.delimiter != ",":
        return  # a table that looks more even with another mark
    found = [[cell or "" for cell in row] for row in parsed.rows]
    width = [len(row) for row in rows]
    padded = [row + [""] * (size - len(row)) for row, size in zip(found, width, strict=True)]
    assert padded == rows


@given(st.binary(max_size=400))
def test_no_bytes_make_the_text_reader_fall(data: bytes) -> None:
    try:
        for row in parse_text(data).rows:
            assert all(cell is None or isinstance(cell, str) for cell in row)
    except Unreadable:
        pass


@given(st.lists(_CELLS, min_size=1, max_size=5))
@settings(max_examples=25)
def test_no_text_in_a_workbook_is_ever_run(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    lawful = [
        "".join(mark for mark in text if mark >= " " and mark not in "\ufffe\uffff")
        for text in [*texts, "=1+1", '=HYPERLINK("http://x","y")', "@SUM(A1)", "-2+3", "+1"]
    ]
    path = write_xlsx(
        tmp_path_factory.mktemp("x") / "a.xlsx", [["x"], *([each] for each in lawful)]
    )
    rows = list(parse(path.read_bytes()).rows)
    found = [row[0] if row else "" for row in rows[1:]]
    assert found == [each.replace("\r\n", "\n") for each in lawful[: len(found)]]


def test_a_formula_counts_only_as_what_the_spreadsheet_last_made_of_it(tmp_path: Path) -> None:
    cells = '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>2+2</f></c><c r="C1"><v>7</v></c>'
    row = f'<row r="1">{cells}</row>'
    path = with_member(write_xlsx(tmp_path / "a.xlsx", ROWS), SHEET, _sheet(row))
    assert read_table(path).rows == ((2, None, 7),)
