"""The search box's index: what a clerk types finds what he means, the popular first."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from dms_desktop.store.search import Found, ItemEntry, PartyEntry, SearchIndex

PARLE = ItemEntry(
    1,
    "PG80",
    "Parle-G Glucose Biscuit 80g",
    "पारले-जी ग्लूकोज़ बिस्किट",
    (("8901719101038", 1), ("18901719101035", 144)),
    popularity=50,
    detail="₹ 10.00",
)
GOOD_DAY = ItemEntry(2, "GD75", "Britannia Good Day Cashew Biscuit 75g", popularity=90)
SURF = ItemEntry(3, "SX1", "Surf Excel Easy Wash 1kg", "सर्फ़ एक्सेल", (("8901030704338", 1),), 70)
BISCUIT_TIN = ItemEntry(4, "TIN", "Biscuit Tin empty", popularity=1)
SOAP_CODE = ItemEntry(5, "SURF", "Soap dish")
ITEMS = (BISCUIT_TIN, PARLE, GOOD_DAY, SURF, SOAP_CODE)

SHARMA = PartyEntry(
    7,
    "SH01",
    "Sharma Kirana Stores",
    "शर्मा किराणा",
    "+91 98220 12345",
    "27ABCDE1234F1Z5",
    "Satara road",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "search" / "items.db"


@pytest.fixture
def index(path: Path) -> Iterator[SearchIndex]:
    index = SearchIndex(path)
    index.rebuild(ITEMS, "books 1")
    yield index
    index.close()


def codes(found: tuple[Found, ...]) -> list[str]:
    return [hit.code for hit in found]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("bis", ["GD75", "PG80", "TIN"]),
        ("BISCUIT", ["GD75", "PG80", "TIN"]),
        ("bis cas", ["GD75"]),
        ("cas bis", ["GD75"]),
        ("parle-g", ["PG80"]),
        ("pg", ["PG80"]),
        ("80g", ["PG80"]),
        ("बिस्कि", ["PG80"]),
        ("किट", []),
        ("ग्लूकोज\u093c", ["PG80"]),
        ("ग्लू\u200dकोज़", ["PG80"]),
        ("सर्फ", ["SX1"]),
        ("890171", ["PG80"]),
        ("8901", ["SX1", "PG80"]),
        ("1890", ["PG80"]),
        ("surf", ["SURF", "SX1"]),
        ("", ["GD75", "SX1", "PG80", "TIN", "SURF"]),
        (" - ", []),
        ("zebra", []),
        ("9999999", []),
    ],
)
def test_what_is_typed_finds_what_is_meant(
    index: SearchIndex, typed: str, expected: list[str]
) -> None:
    assert codes(index.find(typed)) == expected


def test_the_limit_keeps_the_popular(index: SearchIndex) -> None:
    assert codes(index.find("bis", limit=2)) == ["GD75", "PG80"]


def test_an_answer_shows_the_second_name(index: SearchIndex) -> None:
    assert index.find("parle") == (Found(1, "PG80", PARLE.name, "पारले-जी ग्लूकोज़ बिस्किट · ₹ 10.00"),)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("biscut", ["GD75", "PG80", "TIN"]),
        ("bsicuit", ["GD75", "PG80", "TIN"]),
        ("bisq", ["GD75", "PG80", "TIN"]),
        ("goodday", ["GD75"]),
        ("parleg", ["PG80"]),
        ("suff excel", ["SX1"]),
        ("britania cahsew", ["GD75"]),
        ("xqzv", []),
        ("bix", []),
    ],
)
def test_a_slip_is_forgiven_but_marked(index: SearchIndex, typed: str, expected: list[str]) -> None:
    found = index.find(typed)
    assert codes(found) == expected
    assert all(hit.near for hit in found)


def test_a_scan_takes_the_unit_that_its_label_is_for(index: SearchIndex) -> None:
    assert [(hit.id, hit.units) for hit in index.by_code("8901719101038")] == [(1, 1)]
    assert [(hit.id, hit.units) for hit in index.by_code("18901719101035")] == [(1, 144)]
    assert [(hit.id, hit.units) for hit in index.by_code(" pg80 ")] == [(1, 1)]
    assert index.by_code("890171910103") == index.by_code("Surf E") == index.by_code("") == ()


def test_a_barcode_that_two_makers_use_offers_both(index: SearchIndex) -> None:
    index.put([ItemEntry(9, "COPY", "Copied soap", barcodes=(("8901719101038", 1),))])
    assert codes(index.by_code("8901719101038")) == ["PG80", "COPY"]


def test_a_upc_is_the_barcode_that_begins_with_nought(index: SearchIndex) -> None:
    index.put([ItemEntry(9, "US", "Corn flakes", barcodes=(("012345678905", 1),))])
    assert codes(index.by_code("0012345678905")) == ["US"]
    assert codes(index.by_code("12345678905")) == ["US"]


def test_a_code_of_noughts_and_digits_is_not_mistaken_for_another(index: SearchIndex) -> None:
    index.put([ItemEntry(8, "0012", "Left"), ItemEntry(9, "12", "Right")])
    assert codes(index.by_code("0012")) == ["0012"]
    assert codes(index.by_code("12")) == ["12"]


def test_a_renamed_item_is_found_by_its_new_name_alone(index: SearchIndex) -> None:
    renamed = ItemEntry(1, "PG90", "Parle Gold 90g", barcodes=(("111122223333", 1),), popularity=99)
    index.put([renamed], "books 2")
    assert index.stamp == "books 2"
    assert codes(index.find("gold")) == ["PG90"]
    assert index.find("glucose") == index.by_code("PG80") == index.by_code("8901719101038") == ()
    assert codes(index.find(""))[0] == "PG90"
    assert codes(index.find("parel")) == ["PG90"]


def test_an_item_put_later_is_forgiven_its_slips_too(index: SearchIndex) -> None:
    index.put([ItemEntry(9, "HOR", "Horlicks jar")])
    assert codes(index.find("horlisk")) == ["HOR"]
    assert index.stamp == "books 1"


def test_a_dropped_item_is_not_found(index: SearchIndex) -> None:
    index.drop([1, 404])
    assert codes(index.find("bis")) == ["GD75", "TIN"]
    assert index.by_code("PG80") == ()


@pytest.mark.parametrize(
    "typed",
    [
        "sharma",
        "SH01",
        "sat kir",
        "किरा",
        "98220",
        "12345",
        "2201",
        "98220 12345",
        "abcde1234f",
        "27ABCDE1234F1Z5",
        "1234f1",
    ],
)
def test_a_party_is_found_by_any_handle(tmp_path: Path, typed: str) -> None:
    index = SearchIndex(tmp_path / "parties.db")
    index.rebuild([SHARMA, PartyEntry(8, "V1", "Verma Traders", phone="9000000001")], "1")
    assert index.find(typed) == (
        Found(7, "SH01", "Sharma Kirana Stores", "Satara road · +91 98220 12345"),
    )
    index.close()


def test_a_whole_phone_number_or_gstin_is_a_code_but_a_piece_is_not(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path / "parties.db")
    index.rebuild([SHARMA], "1")
    for whole in ("9822012345", "98220-12345", "27abcde1234f1z5"):
        assert codes(index.by_code(whole)) == ["SH01"]
    assert index.by_code("12345") == ()
    index.close()


@given(st.text(max_size=30))
def test_no_text_breaks_a_search(fuzzed: SearchIndex, text: str) -> None:
    for hit in (*fuzzed.find(text), *fuzzed.by_code(text)):
        assert hit.id in range(1, 6)


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    index = SearchIndex(tmp_path_factory.mktemp("search") / "items.db")
    index.rebuild(ITEMS, "1")
    yield index
    index.close()


def test_what_was_built_is_there_after_a_restart(index: SearchIndex, path: Path) -> None:
    again = SearchIndex(path)
    assert (again.stamp, codes(again.find("surf"))) == ("books 1", ["SURF", "SX1"])
    again.close()


def test_a_new_index_asks_to_be_built(path: Path) -> None:
    index = SearchIndex(path)
    assert (index.stamp, index.find("parle"), index.find("")) == ("", (), ())
    index.close()


def test_a_thread_rebuilds_while_the_screen_searches(index: SearchIndex, path: Path) -> None:
    def rebuild() -> None:
        worker = SearchIndex(path)
        worker.rebuild([SURF], "books 9")
        worker.close()

    thread = threading.Thread(target=rebuild)
    assert codes(index.find("parle")) == ["PG80"]
    thread.start()
    while thread.is_alive():
        assert codes(index.find("surf ex")) == ["SX1"]
    thread.join()
    assert (index.stamp, index.find("parle"), codes(index.find(""))) == ("books 9", (), ["SX1"])


def _overwrite(path: Path, start: int, end: int | None = None) -> None:
    size = path.stat().st_size if end is None else end
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xa5" * (size - start))


@pytest.mark.parametrize("harm", ["not a database", "cut short", "pages lost", "of another shape"])
def test_a_damaged_file_is_replaced_and_asks_to_be_built(path: Path, harm: str) -> None:
    index = SearchIndex(path)
    index.rebuild(ITEMS, "books 1")
    index.close()
    if harm == "not a database":
        path.write_bytes(b"a letter to the brand" * 999)
    elif harm == "cut short":
        with path.open("r+b") as file:
            file.truncate(path.stat().st_size // 2)
    elif harm == "pages lost":
        _overwrite(path, 8192)
    else:
        other = dbapi2.connect(path, isolation_level=None)
        other.execute("UPDATE state SET shape = 0")
        other.close()

    index = SearchIndex(path)
    assert index.find("parle") == ()
    assert index.stamp == ""
    index.put([SURF])
    index.rebuild(ITEMS, "books 1")
    assert codes(index.find("parle")) == ["PG80"]
    index.close()


@pytest.mark.parametrize("verb", ["put", "drop", "rebuild"])
def test_damage_met_while_writing_is_mended_too(path: Path, verb: str) -> None:
    index = SearchIndex(path)
    index.rebuild(ITEMS, "books 1")
    index.close()
    _overwrite(path, 8192)
    index = SearchIndex(path)
    if verb == "put":
        index.put([PARLE], "books 2")
    elif verb == "drop":
        index.drop([1], "books 2")
    else:
        index.rebuild(ITEMS, "books 2")
    assert index.stamp == ("books 2" if verb == "rebuild" else "")
    index.close()


def test_a_locked_index_is_a_fault_and_is_not_thrown_away(
    index: SearchIndex, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = dbapi2.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("dms_desktop.store.search.PATIENCE", 0.01)
    impatient = SearchIndex(path)
    with pytest.raises(dbapi2.OperationalError, match="locked"):
        impatient.put([PARLE])
    impatient.close()
    other.execute("ROLLBACK")
    other.close()
    assert index.stamp == "books 1"


def test_an_id_that_does_not_fit_is_refused(index: SearchIndex) -> None:
    with pytest.raises(ValueError, match="32 bits"):
        index.put([ItemEntry(2**32, "BIG", "Too big")])
