"""Printers as the owner names them, and which paper of which counter comes out of which."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SIZES = ("a4", "a5", "80mm", "58mm", "80col", "80col-6in", "136col", "136col-6in")
LABELS = ("24up", "40up", "65up", "50x25mm", "100x50mm")  # of stickers alone
COPIES = ("original", "duplicate", "triplicate")  # Rule 48 of the CGST Rules
MOST_COPIES = 9
_NOT_IN_A_QUEUE = frozenset(" \t\r\n/\\#,?'\"")  # what CUPS forbids, and what lists are told by
RAW = (".bin", ".txt")  # endings of files whose bytes are the printer's own language


class PaperKind(StrEnum):
    """What a rule may send to a printer. The word is kept on disk, and is that of the document
    where the paper is a document's own."""

    BILL = "bill"
    CHALLAN = "challan"
    ESTIMATE = "estimate"
    ORDER = "order"
    PICK_LIST = "pick_list"
    LOADING_SHEET = "loading_sheet"
    DROP_LIST = "drop_list"
    GOODS_RECEIPT = "goods_receipt"
    TRANSFER = "transfer"
    SUPPLIER_RETURN = "supplier_return"
    STICKERS = "stickers"


PAPERS = tuple(PaperKind)
# A document's own paper, which needs no kind to be known by.
OWN = frozenset({PaperKind.BILL, PaperKind.CHALLAN, PaperKind.ESTIMATE, PaperKind.ORDER})


class Way(StrEnum):
    """How a printer is reached, which says what its address is. The word is kept on disk."""

    QUEUE = "queue"  # the name of a CUPS queue of this PC
    WINDOWS = "windows"  # the name that Windows gives the printer
    SOCKET = "socket"  # host:port of a printer on the network
    FOLDER = "folder"  # a folder that gets a copy of each paper


@dataclass(frozen=True, slots=True)
class PrinterRecord:
    """`name` is what people call it. `drawer`: the cash drawer hangs on it."""

    code: str
    name: str = ""
    way: str = Way.QUEUE.value
    address: str = ""
    active: bool = True
    drawer: bool = False


@dataclass(frozen=True, slots=True)
class PrintRule:
    """How one kind of paper is printed. No counter = at each that has no rule of its own.

    `printer` empty = nothing is printed there; `copies` are their names, in order, with commas.
    """

    kind: str
    counter: str = ""
    printer: str = ""
    size: str = SIZES[0]
    copies: str = ",".join(COPIES)
    on_save: bool = True


@dataclass(frozen=True, slots=True)
class Route:
    """A rule with its printer, ready to be followed. `since`: microseconds UTC."""

    printer: PrinterRecord
    size: str
    copies: tuple[str, ...]
    on_save: bool
    since: int


def raw(name: str) -> bool:
    """Whether no driver may touch the file of this name on its way to the printer."""
    return name.endswith(RAW)


def sizes_of(kind: str) -> tuple[str, ...]:
    return LABELS if kind == PaperKind.STICKERS else SIZES


def read_copies(text: str) -> tuple[str, ...]:
    """`original, duplicate` as their names. Raises ValueError for others, none and too many."""
    names = tuple(part.strip().casefold() for part in text.split(","))
    if len(names) > MOST_COPIES or not set(COPIES).issuperset(names):
        raise ValueError(f"{text!r} names no copies")
    return names


def check_address(way: str, address: str) -> None:
    """Raises ValueError for what cannot be the address of a printer that is reached so."""
    match Way(way):
        case Way.QUEUE:
            fits = not address.startswith("-") and not _NOT_IN_A_QUEUE.intersection(address)
        case Way.SOCKET:
            host_port(address)
            fits = True
        case Way.WINDOWS | Way.FOLDER:
            fits = not any(ord(letter) < ord(" ") for letter in address)
    if not (address and fits):
        raise ValueError(f"{address!r} is no {way}")


def host_port(address: str) -> tuple[str, int]:
    """`192.168.1.50:9100` or `[fe80::1]:9100` in its parts; ValueError for anything else."""
    host, colon, port = address.rpartition(":")
    bare = host.removeprefix("[").removesuffix("]")
    sound = colon and bare and not bare.startswith("-") and bare.isprintable() and " " not in bare
    if not sound or (":" in bare) != host.startswith("["):
        raise ValueError(f"{address!r} is no host:port")
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        raise ValueError(f"{address!r} has no port")
    return bare, int(port)
