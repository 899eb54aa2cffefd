"""Text for printers that know the Latin alphabet alone: Indian names are written as they sound.

The blocks of the Indian scripts lie alike in Unicode, one 128 letters behind the other, so that one
table reads nine of them. What is written is for a shop's shelf and not for a scholar: no signs
above the letters, and no short `a` where the script is read without it.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_FIRST, _LAST, _BLOCK = 0x900, 0xD7F, 0x80
_VIRAMA, _NUKTA = 0x4D, 0x3C
_SILENT = {0x900, 0x980, 0xA00, 0xA80}  # Devanagari, Bengali, Gurmukhi, Gujarati drop the last `a`

_VOWELS = dict(
    zip(
        range(0x05, 0x15),
        "a a i i u u ri l e e e ai o o o au".split(),
        strict=True,
    )
)
_SIGNS = dict(zip(range(0x3E, 0x4D), "a i i u u ri ri e e e ai o o o au".split(), strict=True))
_LETTERS = dict(
    zip(
        range(0x15, 0x3A),
        "k kh g gh n ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l l v sh sh s"
        " h".split(),
        strict=True,
    )
)
_WITH_NUKTA = {0x15: "q", 0x17: "g", 0x1C: "z", 0x21: "r", 0x22: "rh", 0x2B: "f", 0x2F: "y"}
_OWN = {0x58: "q", 0x59: "kh", 0x5A: "g", 0x5B: "z", 0x5C: "r", 0x5D: "rh", 0x5E: "f", 0x5F: "y"}
_MARKS = {0x00: "n", 0x01: "n", 0x02: "n", 0x03: "h", 0x64: ".", 0x65: "."}
# What one script has at a place of its own, or sounds otherwise than its neighbours.
_ALONE = {
    0xD7A: "n", 0xD7B: "n", 0xD7C: "r", 0xD7D: "l", 0xD7E: "l", 0xD7F: "k",
    0xA70: "n", 0xA71: "", 0xB02: "n", 0xC02: "m", 0xC82: "m", 0xD02: "m",
}  # fmt: skip
_SPELLINGS = (
    ("റ്റ", "ട്ട"),
    ("ઝ", "જ઼"),
)  # Malayalam writes `tt`, Gujarati `z`, by a letter for another
_SIGNS_OF_TRADE = str.maketrans(
    {
        "₹": "Rs ", "–": "-", "—": "-", "−": "-", "…": "...", "•": "*", "·": "|", "×": "x",
        "‘": "'", "’": "'", "“": '"', "”": '"', "½": "1/2", "¼": "1/4", "¾": "3/4", "°": " deg",
        "²": "2", "³": "3", "±": "+/-", "§": "s.", "®": "(R)", "™": "(TM)", "\u200c": "",
        "\u200d": "", "\ufeff": "", "\u00a0": " ", "\u0964": ".",
    }
)  # fmt: skip


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Printable ASCII, one column a letter; a letter that nobody can spell is a question mark."""
    if text.isascii() and text.isprintable():
        return text
    out: list[str] = []
    word: list[str] = []
    for letter in [*text.translate(_SIGNS_OF_TRADE), " "]:
        if _FIRST <= ord(letter) <= _LAST:
            word.append(letter)
            continue
        if word:
            out.append(_spelt("".join(word)))
            word = []
        out.append(_latin(letter))
    return "".join(out)[:-1]


def _latin(letter: str) -> str:
    """A letter without what stands on it."""
    if " " <= letter <= "~":
        return letter
    bare = [one for one in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(one)]
    known = "".join(one for one in bare if " " <= one <= "~")
    if known or unicodedata.category(letter).startswith("M"):
        return known
    return " " if unicodedata.category(letter)[0] in "CZ" else "?"


def _spelt(word: str) -> str:
    """A word of one script, or of several one after the other."""
    for written, meant in _SPELLINGS:
        word = word.replace(written, meant)
    said: list[str] = []
    open_a = False  # a consonant whose vowel is not known yet sounds with `a`
    for at, letter in enumerate(word):
        code = ord(letter)
        place = code % _BLOCK
        if place in _SIGNS and code not in _ALONE:
            said.append(_SIGNS[place])
            open_a = False
        elif place == _VIRAMA:
            open_a = False
        elif place == _NUKTA:
            if said and (other := _WITH_NUKTA.get(ord(word[at - 1]) % _BLOCK)):
                said[-1] = other
        else:
            if open_a:
                said.append("a")
            said.append(_sound(code, place))
            open_a = (place in _LETTERS or place in _OWN) and code not in _ALONE
    if open_a and ord(word[-1]) - ord(word[-1]) % _BLOCK not in _SILENT:
        said.append("a")
    spelt = "".join(said)
    return spelt[:1].upper() + spelt[1:]


def _sound(code: int, place: int) -> str:
    if code in _ALONE:
        return _ALONE[code]
    if 0x66 <= place <= 0x6F:
        return str(place - 0x66)
    for table in (_LETTERS, _VOWELS, _OWN, _MARKS):
        if place in table:
            return table[place]
    return "" if unicodedata.category(chr(code)).startswith("M") else "?"
