"""Names in Indian scripts are shaped, found again by a search, and never boxes."""

from __future__ import annotations

import threading

import pytest
import uharfbuzz

from dms_desktop.printing.fonts import faces
from dms_desktop.printing.invoice import invoice
from dms_desktop.printing.paper import Size
from dms_desktop.printing.wrapping import clean, shortened, wrapped
from dms_desktop.resource import resource
from tests.printing.bills import issued, item, items
from tests.printing.reading import ONE, sheets, words

NAMES = {
    "Hindi": "पारले-जी ग्लूकोज़ बिस्कुट 90g",
    "Tamil": "குளுக்கோஸ் பிஸ்கட் 45g",
    "Gujarati": "ગ્લુકોઝ બિસ્કિટ ક્રીમ",
    "Bengali": "বিস্কুট ক্রিম 50g",
    "Telugu": "తెలుగు బిస్కెట్ ప్యాకెట్",
    "Kannada": "ಕನ್ನಡ ಬಿಸ್ಕತ್ತು",
    "Malayalam": "മലയാളം ബിസ്കറ്റ്",
    "Punjabi": "ਪੰਜਾਬੀ ਬਿਸਕੁਟ",
    "Odia": "ଓଡ଼ିଆ ବିସ୍କୁଟ",
    "mixed": "Golmithi ग्लूकोज़ (क्रीम) ₹10 Café",
}


@pytest.mark.parametrize("script", NAMES)
def test_a_name_is_copied_out_of_the_pdf_as_it_was_typed(script: str) -> None:
    assert NAMES[script] in " ".join(words(issued([item(0, name=NAMES[script])])).split())


@pytest.mark.parametrize("script", NAMES)
def test_the_font_has_a_picture_for_every_letter_in_both_weights(script: str) -> None:
    for weight in ("Regular", "Bold"):
        face = uharfbuzz.Face(resource(f"fonts/DmsSans-{weight}.ttf").read_bytes())
        for word in NAMES[script].split():
            buffer = uharfbuzz.Buffer()
            buffer.add_str(word)
            buffer.guess_segment_properties()
            uharfbuzz.shape(uharfbuzz.Font(face), buffer)
            assert all(info.codepoint for info in buffer.glyph_infos), word


def test_a_conjunct_is_one_shape_and_a_vowel_sign_stands_before_its_letter() -> None:
    face = faces().regular
    (conjunct,) = face.runs("क्ष")
    assert conjunct.shaped
    assert len(conjunct.drawn) == 1  # three letters, one glyph
    (short_i,) = face.runs("कि")
    assert short_i.drawn[-1] == "क"  # the sign was typed after it and is drawn before it


def test_each_script_is_shaped_by_itself() -> None:
    runs = faces().regular.runs("Tea चाय டீ 5")
    assert [(run.text, run.shaped) for run in runs] == [
        ("Tea ", False), ("चाय", True), (" ", False), ("டீ", True), (" 5", False),
    ]  # fmt: skip


def test_signs_that_no_font_has_neither_crash_nor_shift_the_rest() -> None:
    said = words(issued([item(0, name="Soap 石鹸 \x07\ttab\u200b 🧼 end")]))
    assert "19053100" in said
    assert "end" in said


def test_brackets_and_backslashes_are_letters_like_others() -> None:
    name = r"Soap (4+1) 50\50 [new] <b> & co"
    assert name in " ".join(words(issued([item(0, name=name)])).split())


def test_a_line_break_never_tears_a_letter_from_its_signs() -> None:
    face = faces().regular
    word = "किक्षुक्षिक्षि" * 6
    parts = wrapped(word, 6, face)
    assert "".join(parts) == word
    assert len(parts) > 3
    for part in parts:
        assert part[0] in "कक्ष"
        assert part[-1] != "्"


def test_wrapped_lines_are_no_wider_than_the_room_and_lose_nothing() -> None:
    face = faces().bold
    text = "one two three fourteen-long-words-together 12345678901234567890 six · seven · eight"
    for room in (3.0, 5.5, 9.0, 40.0):
        lines = wrapped(text, room, face)
        assert "".join("".join(lines).split()).replace("·", "") == "".join(text.split()).replace(
            "·", ""
        )
        assert all(face.width(line) <= room for line in lines)


def test_what_is_dropped_leaves_an_ellipsis() -> None:
    face = faces().regular
    assert shortened("short", 40, face) == "short"
    cut = wrapped("word " * 60, 10, face, 3)
    assert len(cut) == 3
    assert cut[-1].endswith("…")
    assert face.width(cut[-1]) <= 10


def test_text_is_cleaned_of_what_cannot_be_seen() -> None:
    assert clean("  a\tb\x00c\n d  ") == "a b c d"
    assert clean("plain") == "plain"


def test_two_threads_print_at_once_and_both_papers_are_right() -> None:
    bills = [
        issued([item(0, name=name)], number=f"N/{at}") for at, name in enumerate(NAMES.values())
    ]
    alone = [invoice(bill, copies=ONE) for bill in bills]
    together: list[bytes] = [b""] * len(bills)

    def work(at: int) -> None:
        together[at] = invoice(bills[at], copies=ONE)

    threads = [threading.Thread(target=work, args=(at,)) for at in range(len(bills))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [sheets(pdf) for pdf in together] == [sheets(pdf) for pdf in alone]


def test_a_paper_is_small_enough_to_send_by_phone() -> None:
    assert len(invoice(issued(items(20)), size=Size.A4)) < 60_000
