"""The two weights of the paper's font, kept warm: parsed once, cut and packed once for all PDFs."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont, makeToUnicodeCMap, shapeStr

from dms_desktop.resource import resource

# By default ReportLab writes each page again in base 85, for channels that stop at seven bits: a
# third of the time of a page and a quarter more bytes.
rl_config.useA85 = 0

# Signs beyond ASCII that a bill uses all the time get the codes below the space, so that the first
# 256 codes mean the same in every PDF and their glyphs need cutting out of the font only once.
_USUAL = "₹–—−…•·×°‘’“”½¼¾²³±§®"
_FIRST_CUT = 256

# One run a script: a shaper handed two scripts at once gets the second one wrong.
_SCRIPTS = "".join(
    f"|[{chr(start)}-{chr(start + 0x7F)}\u200c\u200d\u25cc]+" for start in range(0x900, 0xD80, 0x80)
)
_RUNS = re.compile(f"[^\u0900-\u0d7f]+{_SCRIPTS}")
_INDIC = re.compile("[\u0900-\u0d7f]")


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one script. `drawn` is what ReportLab writes: shaped where the script asks for it."""

    text: str
    drawn: str
    width: float  # for a size of 1
    shaped: bool


@dataclass(frozen=True, slots=True)
class _Cut:
    """One subset of a font as PDF objects need it."""

    widths: str
    unicode_map: bytes
    font_file: bytes
    font_length: int


class _WarmFont(TTFont):  # type: ignore[misc]
    """A TTFont that cuts a subset once. Bare, it cuts and packs the font again for every PDF.

    What is kept depends on the font and the characters alone, and characters that are not usual go
    into further subsets, so that the first one is the same in every document.
    """

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path, asciiReadable=True)
        self._cut = lru_cache(maxsize=64)(self._make_cut)

    def begin(self, doc: Any) -> None:
        """Seed the codes of a new PDF; call it before the first text is written."""
        state = self._assignState(doc, asciiReadable=True)
        for code, character in enumerate(_USUAL, start=1):
            state.subsets[0][code] = ord(character)
            state.assignments[ord(character)] = code
        state.nextCode = _FIRST_CUT

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab names it
        state = self.state[doc]
        state.frozen = 1
        fonts = doc.idToObject["BasicFonts"].dict
        for number, codes in enumerate(state.subsets):
            internal = self.getSubsetInternalName(number, doc)[1:]
            fonts[internal] = self._font_object(doc, internal, number, tuple(codes))
        del self.state[doc]

    def _font_object(self, doc: Any, internal: str, number: int, codes: tuple[int, ...]) -> Any:
        cut = self._cut(number, codes)
        name = _subset_name(number, self)
        font = pdfdoc.PDFTrueTypeFont()
        font.Name, font.BaseFont = internal, name
        font.FirstChar, font.LastChar = 0, len(codes) - 1
        font.Widths = cut.widths
        font.ToUnicode = doc.Reference(_packed(cut.unicode_map), f"toUnicodeCMap:{name}")
        stream = _packed(cut.font_file)
        stream.dictionary["Length1"] = cut.font_length
        face = self.face
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "Ascent": face.ascent,
                "CapHeight": face.capHeight,
                "Descent": face.descent,
                "Flags": face.flags & ~32 | 4,  # symbolic: the codes are our own
                "FontBBox": pdfdoc.PDFArray(face.bbox),
                "FontName": pdfdoc.PDFName(name),
                "ItalicAngle": face.italicAngle,
                "StemV": face.stemV,
                "FontFile2": doc.Reference(stream, f"fontFile:{name}"),
                "MissingWidth": face.defaultWidth,
            }
        )
        font.FontDescriptor = doc.Reference(descriptor, f"fontDescriptor:{name}")
        doc.Reference(font, internal)
        return font

    def _make_cut(self, number: int, codes: tuple[int, ...]) -> _Cut:
        widths = (f"{self.face.getCharWidth(code):g}" for code in codes)
        font_file = self.face.makeSubset(list(codes))
        unicode_map = makeToUnicodeCMap(_subset_name(number, self), codes)
        return _Cut(
            f"[{' '.join(widths)}]",
            zlib.compress(unicode_map.encode("ascii")),
            zlib.compress(font_file),
            len(font_file),
        )


def _subset_name(number: int, font: Any) -> str:
    name: bytes = SUBSETN(number) + b"+" + font.face.name
    return name.decode("ascii")


def _packed(content: bytes) -> Any:
    stream = pdfdoc.PDFStream(content=content)
    stream.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
    return stream


class Face:
    """One weight: how wide text is in it, and how it is written."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.font = _WarmFont(name, str(resource(f"fonts/{name}.ttf")))
        pdfmetrics.registerFont(self.font)
        widths: dict[int, float] = self.font.face.charWidths
        self._widths = {chr(code): width / 1000 for code, width in widths.items()}
        self._default: float = self.font.face.defaultWidth / 1000
        self.width: Callable[[str], float] = lru_cache(maxsize=20_000)(self._width)
        self.runs: Callable[[str], tuple[Run, ...]] = lru_cache(maxsize=4_000)(self._runs)

    def _width(self, text: str) -> float:
        """How wide `text` is at a size of 1."""
        if _INDIC.search(text):
            return sum(run.width for run in self.runs(text))
        known, default = self._widths, self._default
        return sum([known.get(character, default) for character in text])

    def _runs(self, text: str) -> tuple[Run, ...]:
        return tuple(self._run(piece) for piece in _RUNS.findall(text))

    def _run(self, text: str) -> Run:
        if not _INDIC.search(text):
            return Run(text, text, self.width(text), shaped=False)
        # Not drawString(shaping=True): without the rlbidi package ReportLab ignores it silently.
        drawn = shapeStr(text, self.name, 10)
        shapes = getattr(drawn, "__shapeData__", None)
        if shapes is None:
            width = sum(self._widths.get(character, self._default) for character in drawn)
        else:
            width = sum(shape.x_advance for shape in shapes) / 1000
        return Run(text, drawn, width, shaped=True)


@dataclass(frozen=True, slots=True)
class Faces:
    regular: Face
    bold: Face

    def of(self, bold: bool) -> Face:
        return self.bold if bold else self.regular


def indic(text: str) -> bool:
    """Whether it has letters of an Indian script, which are shaped and stand taller."""
    return not text.isascii() and _INDIC.search(text) is not None


@cache
def faces() -> Faces:
    """Both weights, parsed at the first paper of the process and kept."""
    return Faces(Face("DmsSans-Regular"), Face("DmsSans-Bold"))
