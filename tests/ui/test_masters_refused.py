"""What bad input gets in the masters' forms: a clear sentence at the box, and nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.powers import Actor, Power, needs
from dms_desktop.services.registers.every import register_of
from dms_desktop.store.session import Tx
from dms_desktop.ui.kit.asking import Asking
from tests.books import PEPPER, Book
from tests.ui.conftest import CTRL, SOAP_PIECE, Key, Watch
from tests.ui.masters import Owner, close_masters, open_masters


@pytest.fixture
def owner(qtbot: QtBot, qapp: QApplication, book: Book, watch: Watch) -> Iterator[Owner]:
    made = open_masters(qtbot, qapp, book)
    watch.armed = True
    yield made
    watch.armed = False
    close_masters(made)


def new_party(owner: Owner, **said: str) -> None:
    owner.go("party")
    owner.new()
    for name, text in {"code": "NEW", "name": "New Stores", **said}.items():
        owner.fill(name, text)
    owner.save()


def test_a_party_without_state_is_asked_for_it(owner: Owner) -> None:
    new_party(owner)
    assert not owner.listed()
    assert owner.flaws() == {"state": "State is missing. Fill it in."}
    assert owner.at is owner.entry("state").editor
    owner.type("mahara")
    owner.press(Key.Key_Return)
    owner.save()
    assert owner.listed()
    assert owner.kept("party", "NEW").state == "27"


def test_a_gstin_says_its_state(owner: Owner) -> None:
    new_party(owner, gstin="24AAACC1206D1ZM")
    owner.save()  # Patel has it too: asked once
    assert owner.listed()
    assert owner.kept("party", "NEW").state == "24"


@pytest.mark.parametrize(
    ("said", "flaws"),
    [
        (
            {"state": "27", "gstin": "27AABCS1429B1ZX"},
            {
                "gstin": "The GSTIN “27AABCS1429B1ZX” is not valid:"
                " a letter or figure in it is mistyped."
            },
        ),
        (
            {"state": "24", "gstin": "27AABCS1429B1ZU"},
            {
                "gstin": "The GSTIN 27AABCS1429B1ZU belongs to Maharashtra, and the address says "
                "State Gujarat. Correct one of them."
            },
        ),
        (
            {"state": "27", "credit_limit": "-500"},
            {"credit_limit": "Credit limit ₹ cannot be below 0."},
        ),
        ({"state": "27", "name": "x" * 300}, {"name": "Name may have at most 120 letters."}),
        (
            {"state": "Atlantis"},
            {"state": "No State has the code “Atlantis”. Add it first, or choose another."},
        ),
        (
            {"state": "27", "beat": "Nowhere"},
            {"beat": "No Beat has the code “Nowhere”. Add it first, or choose another."},
        ),
        (
            {"state": "27", "credit_limit": "lots", "credit_days": "soon"},
            {
                "credit_limit": "“lots” is not a valid figure for Credit limit ₹.",
                "credit_days": "“soon” is not a valid figure for Credit days.",
            },
        ),
        ({"code": "sharma", "state": "27"}, {"code": "There is already a Code “sharma”."}),
    ],
)
def test_each_flaw_stands_at_its_box_all_at_once_and_nothing_is_lost(
    owner: Owner, said: dict[str, str], flaws: dict[str, str]
) -> None:
    new_party(owner, **said)
    assert not owner.listed()
    assert owner.flaws() == flaws
    for name, text in said.items():
        assert owner.entry(name).typed() in (text, {"27": "27", "24": "24"}.get(text, text))
    assert owner.book.value("SELECT count(*) FROM party WHERE code_key = 'new'") == 0


def test_the_same_phone_or_gstin_names_the_other_party_and_may_stay(owner: Owner) -> None:
    change = register_of("party").change
    assert change is not None
    owner.book.write(change, "LAXMI", {"phone": "+91 98220 11111"}, 1)
    new_party(owner, phone="9822011111", gstin="27AABCS1429B1ZU", state="27")
    assert not owner.listed()
    assert owner.flaws() == {
        "phone": "Laxmi Provision (LAXMI) has this too.",
        "gstin": "Sharma Stores (SHARMA) has this too.",
    }
    owner.save()
    assert owner.listed()
    assert owner.kept("party", "NEW").phone == "9822011111"


def test_a_barcode_of_another_item_names_it_and_may_stay(owner: Owner) -> None:
    owner.go("item")
    owner.open("SALT")
    owner.walk_to("barcodes")
    owner.type(SOAP_PIECE)
    owner.save()
    assert owner.flaws() == {"barcodes": "Toilet soap 100 g (SOAP) has this too."}
    owner.save()
    assert [each.code for each in owner.kept("item", "SALT").barcodes] == [SOAP_PIECE]


def test_a_gst_rate_that_was_never_notified_is_refused_at_its_box(owner: Owner) -> None:
    owner.go("item")
    owner.new()
    for name, text in {"code": "GHEE", "name": "Ghee 1 l", "gst_rate": "17"}.items():
        owner.fill(name, text)
    owner.save()
    assert owner.flaws().keys() == {"gst_rate"}
    assert "17" in owner.flaws()["gst_rate"]


@pytest.mark.parametrize(
    ("pin", "flaw"),
    [
        ("", "New PIN, six figures is missing. Fill it in."),
        ("1234", "Type six figures, or a pass phrase of twelve letters or more."),
        (
            "123456",
            "New PIN, six figures: it is among the first that anybody tries; choose another.",
        ),
    ],
)
def test_nobody_begins_without_a_proper_pin(owner: Owner, pin: str, flaw: str) -> None:
    owner.go("user")
    owner.new()
    for name, text in {"code": "sita", "role": "clerk", "pin": pin}.items():
        owner.fill(name, text)
        owner.press(Key.Key_Return)
    owner.save()
    assert owner.flaws() == {"pin": flaw}


def test_a_whole_spreadsheet_pasted_into_a_box_is_refused_and_stays(owner: Owner) -> None:
    owner.go("godown")
    owner.open("MAIN")
    owner.walk_to("name")
    QApplication.clipboard().setText("MAIN\tMain godown\t1\n" * 5_000)
    owner.press(Key.Key_V, modifier=CTRL)
    owner.save()
    assert owner.flaws() == {"name": "Name may have at most 120 letters."}
    assert owner.entry("name").typed().startswith("MAIN")


def test_prices_that_overlap_are_refused_at_the_day(owner: Owner) -> None:
    for kind, given in (
        ("price-list", {"code": "WHOLE"}),
        ("price", {"list": "WHOLE", "item": "SOAP", "rate": Rate(Money(2900))}),
    ):
        add = register_of(kind).add
        assert add is not None
        owner.book.write(add, given)
    owner.go("price")
    owner.new()
    for name, text in (("list", "whole"), ("item", "soap"), ("from_day", "01-12-2026")):
        owner.fill(name, text)
        owner.press(Key.Key_Return)
    owner.fill("rate", "28")
    owner.save()
    assert owner.flaws()["from_day"].startswith("Toilet soap 100 g has a price in WHOLE")


def test_a_series_that_would_pass_sixteen_characters_is_refused_at_its_prefix(
    owner: Owner,
) -> None:
    owner.go("series")
    owner.new()
    owner.fill("counter", "C9")
    owner.fill("prefix", "COUNTER/26-27/")
    owner.fill("width", "6")
    owner.save()
    assert owner.flaws() == {
        "prefix": "Numbers of the series “COUNTER/26-27/” would not be lawful: more than 16 "
        "characters."
    }


def test_a_stale_form_shows_both_versions_and_each_field_is_chosen(owner: Owner) -> None:
    owner.go("party")
    owner.open("SHARMA")
    owner.fill("phone", "9811111111")
    owner.fill("city", "Nashik")
    change = register_of("party").change
    assert change is not None
    owner.book.write(change, "SHARMA", {"phone": "9822222222", "pin": "411001"}, 1)
    owner.save()
    conflict = owner.editor.conflict
    assert conflict.isVisible()
    assert conflict.sentence.text().startswith("owner saved a newer one on 21-11-2026 12:00.")
    chosen = {name: tick.isChecked() for name, tick in conflict.ticks.items()}
    assert chosen == {"phone": True, "city": True, "pin": False, "pan": False}
    assert conflict.ticks["phone"].text() == "9811111111"
    assert owner.kept("party", "SHARMA").phone == "9822222222"
    assert owner.at is conflict.ticks["phone"]
    owner.press(Key.Key_Space)  # theirs
    owner.fill("alias", "Sharmaji")  # and one thing more
    owner.save()
    assert owner.listed()
    kept = owner.kept("party", "SHARMA")
    assert kept.alias == "Sharmaji"
    assert (kept.phone, kept.city, kept.pin) == ("9822222222", "Nashik", "411001")


def test_a_stale_form_may_be_dropped_for_theirs(owner: Owner) -> None:
    owner.go("godown")
    owner.open("MAIN")
    owner.fill("name", "Mine")
    change = register_of("godown").change
    assert change is not None
    owner.book.write(change, "MAIN", {"name": "Theirs"}, 1)
    owner.save()
    owner.press(Key.Key_F5)
    owner.settle()
    assert not owner.editor.conflict.isVisible()
    assert owner.entry("name").typed() == "Theirs"


def test_keys_that_mean_nothing_here_lose_nothing(owner: Owner) -> None:
    owner.go("godown")
    owner.open("MAIN")
    owner.fill("name", "Typed")
    owner.press(Key.Key_F5, Key.Key_F6)
    owner.settle()
    assert owner.entry("name").typed() == "Typed"
    owner.press(Key.Key_Escape, Key.Key_Escape)
    owner.go("item")
    owner.new()
    owner.fill("name", "Typed")
    owner.press(Key.Key_F6)
    owner.settle()
    assert owner.entry("name").typed() == "Typed"


def test_esc_drops_what_was_typed_only_when_asked_twice(owner: Owner) -> None:
    owner.go("godown")
    owner.open("MAIN")
    owner.fill("name", "Something else")
    owner.press(Key.Key_Escape)
    assert owner.editor.said.text() == (
        "You changed: Name. F10 Save keeps it; Esc once more drops it."
    )
    assert not owner.listed()
    owner.press(Key.Key_Escape)
    assert owner.listed()
    assert owner.kept("godown", "MAIN").name != "Something else"


def test_who_lacks_the_power_looks_and_changes_nothing(
    qtbot: QtBot, qapp: QApplication, book: Book
) -> None:
    clerk = Actor(book.owner.user_id, "ravi", powers=frozenset({Power.LOOK, Power.BILL}))
    owner = open_masters(qtbot, qapp, book, clerk)
    try:
        owner.go("item")
        assert not owner.page.list.new.isVisible()
        owner.new()
        assert owner.listed()
        owner.open("SOAP")
        assert owner.editor.said.text() == "You may look at this and not change it."
        assert not owner.editor.save_button.isVisible()
        owner.walk_to("name")
        owner.type("x")
        owner.save()
        assert owner.entry("name").typed() == "Toilet soap 100 g"
        owner.press(Key.Key_Escape)
        assert owner.listed()
        owner.go("period")
        owner.press(Key.Key_Down, Key.Key_Return)
        owner.settle()
        owner.press(Key.Key_F7)
        assert not owner.editor.findChildren(Asking)[0].isVisible()
    finally:
        close_masters(owner)


def test_a_flaw_follows_the_language_with_the_name_of_its_field(owner: Owner) -> None:
    new_party(owner, name="")
    owner.window.change_language()
    try:
        assert owner.flaws()["name"].startswith("नाम ")
        assert owner.entry("state").label.text() == "राज्य"
        assert owner.editor.title.text() == "नया: पार्टी"
    finally:
        owner.window.change_language()
    assert owner.flaws()["name"] == "Name is missing. Fill it in."


def test_a_mistyped_gstin_is_told_when_its_box_is_left(owner: Owner) -> None:
    owner.go("party")
    owner.new()
    owner.fill("gstin", "27AABCS1429B1ZX")
    owner.press(Key.Key_Tab)
    assert owner.flaws()["gstin"].endswith("a letter or figure in it is mistyped.")
    assert owner.at is not owner.entry("gstin").editor
    owner.fill("gstin", "27AABCS1429B1ZU")
    owner.press(Key.Key_Tab)
    assert owner.flaws() == {}


def test_taxed_goods_without_hsn_are_asked_for_once_more(owner: Owner) -> None:
    owner.go("item")
    owner.new()
    for name, text in (("code", "PEN"), ("name", "Pen"), ("gst_rate", "18")):
        owner.fill(name, text)
    owner.save()
    assert owner.flaws() == {"hsn": "A bill of taxed goods must name their HSN."}
    owner.save()
    assert owner.listed()


def test_a_second_user_beside_an_owner_without_a_pin_is_told_of_the_open_door(owner: Owner) -> None:
    @needs(Power.PEOPLE)
    def forget(tx: Tx) -> None:
        tx.run("UPDATE user_account SET pin_hash = ''")

    owner.book.write(forget)
    Path(f"{owner.book.books}.pepper").write_text(PEPPER.hex())
    owner.go("user")
    owner.new()
    for name, text in {"code": "sita", "role": "clerk", "pin": "135790"}.items():
        owner.fill(name, text)
        owner.press(Key.Key_Return)
    owner.save()
    assert "anybody may log in as the owner" in owner.flaws()["role"]
    assert not owner.book.value("SELECT count(*) FROM user_account WHERE code = 'sita'")
    owner.save()
    assert owner.book.value("SELECT count(*) FROM user_account WHERE code = 'sita'") == 1
