"""Documents listed newest first and found again, page by page by key: no page reads the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.masters import figures_of, folded
from dms_desktop.domain.money import Money, rupees
from dms_desktop.domain.powers import Power, needs
from dms_desktop.store.session import Reading

PAGE = 100
MOST_PARTIES = 400  # whose bills are looked for by party; those of more are looked for by day
FIRST_PARTIES = 4
LAST = "9999-12-31"
NO_KEY = 1 << 62  # after every document


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of a document. Days include their ends; nil and empty ask for nothing.

    `number` may be the whole number, its beginning, or its figures alone; `figure` is a bare one
    that may be the number's figures or the amount in rupees. `phone` is the party's or the
    walk-in's, in figures; `text` a part of the party's name, or the beginning of the walk-in's.
    All that is asked must be so, but that a number is not looked for by phone.
    """

    kind: Kind = Kind.BILL
    number: str = ""
    figure: str = ""
    party_id: int = 0
    phone: str = ""
    text: str = ""
    amount: Money | None = None
    item_id: int = 0
    from_day: date | None = None
    until_day: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the next one begins behind it."""

    day: str = LAST
    key: int = NO_KEY


@dataclass(frozen=True, slots=True)
class Listed:
    """`open` is what is still to be paid of a bill."""

    id: UUID
    number: str
    day: date
    party: str
    total: Money
    open: Money
    cancelled: bool
    printed: bool


@dataclass(frozen=True, slots=True)
class Page:
    """`after` None: nothing follows."""

    rows: tuple[Listed, ...]
    after: Place | None


# What an index leads to at once, in the order in which it is listed ...
_LISTED = {
    "day": "document.kind = :kind",
    "party": "document.party_id = :party AND document.kind || '' = :kind",  # no other index leads
}
# ... and what is gathered first, being few.
_GATHERED = {
    "number": "SELECT id FROM document WHERE number >= :number AND number < :number_end",
    "serial": "SELECT document.id FROM series CROSS JOIN document"  # in this order
    " WHERE series_id = series.id AND series.kind = :kind AND serial = :serial",
    "amount": "SELECT id FROM document WHERE total = :amount",
    "item": "SELECT DISTINCT document_id AS id FROM goods_line WHERE item_id = :item",
    "parties": "SELECT id FROM document WHERE party_id IN :parties"
    " AND day BETWEEN :from_day AND :until_day AND day <= :day",
    "walk_in": "SELECT document_id AS id FROM walk_in_buyer"
    " WHERE (:phone <> '' AND phone IN (:phone, '91' || :phone))"
    " OR (:text <> '' AND name >= :text AND name < :text_end)",
}
_REST = (
    " AND (:part = '' OR lower(document.party_name) LIKE :part_like)"
    " AND (:party = 0 OR document.party_id = :party) AND (:amount = -1 OR total = :amount)"
    " AND (:item = 0 OR EXISTS (SELECT 1 FROM goods_line AS sold"
    " WHERE sold.document_id = document.id AND sold.item_id = :item))"
    " AND document.day BETWEEN :from_day AND :until_day"
    " AND document.day <= :day AND (document.day < :day OR document.id < :key)"
    " ORDER BY document.day DESC, document.id DESC LIMIT :limit"
)
_SQL = {
    way: f"SELECT document.id, document.day FROM document WHERE {where}{_REST}"  # noqa: S608
    for way, where in _LISTED.items()
} | {
    way: f"WITH hit AS MATERIALIZED ({hits}) SELECT document.id, document.day"  # noqa: S608
    f" FROM hit CROSS JOIN document WHERE document.id = hit.id AND document.kind = :kind{_REST}"
    for way, hits in _GATHERED.items()
}
# The parties whose name or phone it may be, each with its newest document; who has none is out.
_PARTIES = (
    "SELECT id, (SELECT day FROM document WHERE party_id = party.id AND kind || '' = :kind"
    " AND day <= :day ORDER BY day DESC LIMIT 1) AS newest FROM party"
    " WHERE (:phone = '' OR phone LIKE :phone_like)"
    " AND (:text = '' OR lower(name) LIKE :text_like OR code_key = :text)"
)
_MATCHING = (
    "SELECT count(*) FROM (SELECT 1 FROM party WHERE (:phone = '' OR phone LIKE :phone_like)"
    " AND (:text = '' OR lower(name) LIKE :text_like OR code_key = :text) LIMIT :most) AS few"
)
_ROWS = (
    "SELECT document.id, uid, number, day, party_name, total, coalesce(open_paise, 0),"
    " EXISTS (SELECT 1 FROM document_event WHERE document_id = document.id"
    " AND event = 'cancelled'), EXISTS (SELECT 1 FROM document_event"
    " WHERE document_id = document.id AND event = 'printed') FROM document"
    " LEFT JOIN open_item ON open_item.document_id = document.id WHERE document.id IN :keys"
    " ORDER BY day DESC, document.id DESC"
)


@needs(Power.LOOK)
def page(reading: Reading, wanted: Wanted, after: Place | None = None, limit: int = PAGE) -> Page:
    """The newest documents that answer to everything that is asked, from a place on."""
    start = after or Place()
    if (wanted.phone or wanted.text) and not (wanted.number or wanted.figure):
        hits = _named(reading, wanted, start, limit)
    else:
        hits = set()
        for way, what in _ways(wanted):
            hits |= _found(reading, way, what, start, limit, part=folded(wanted.text))
    newest = sorted(hits, reverse=True)
    shown = newest[:limit]
    rows = reading.rows(_ROWS, keys=[key for _, key in shown]) if shown else []
    listed = tuple(
        Listed(
            UUID(bytes=bytes(uid)), number, date.fromisoformat(day), party, Money(int(amount)),
            Money(int(rest)), bool(cancelled), bool(printed),
        )
        for _, uid, number, day, party, amount, rest, cancelled, printed in rows
    )  # fmt: skip
    return Page(listed, Place(*shown[-1]) if len(newest) > limit else None)


def _found(
    reading: Reading,
    way: str,
    wanted: Wanted,
    start: Place,
    limit: int,
    *,
    part: str = "",
    parties: Sequence[int] = (),
) -> set[tuple[str, int]]:
    """Day and key of the newest from a place on, by one index, and of one more than the limit;
    only those whose party's name has this part, or that are one of these parties'."""
    asked = _asked(wanted) | {"part": part, "part_like": f"%{part}%"}
    if parties:
        asked |= {"parties": [*parties]}
    rows = reading.rows(_SQL[way], **asked, day=start.day, key=start.key, limit=limit + 1)
    return {(day, key) for key, day in rows}


def _ways(wanted: Wanted) -> list[tuple[str, Wanted]]:
    """Which indexes lead to what is wanted, each with what is asked there."""
    if wanted.figure:
        ways = [("serial", replace(wanted, number=wanted.figure))]
        if wanted.amount is None:
            ways.append(("amount", replace(wanted, amount=rupees(wanted.figure))))
        return ways
    if wanted.number:
        return [("serial" if wanted.number.strip().isdigit() else "number", wanted)]
    if wanted.party_id:
        return [("party", wanted)]
    if wanted.item_id:
        return [("item", wanted)]
    return [("day" if wanted.amount is None else "amount", wanted)]


def _named(reading: Reading, wanted: Wanted, start: Place, limit: int) -> set[tuple[str, int]]:
    """What was sold to whoever has this name or phone: walk-ins, and parties, of whom those with
    the newest documents come first, so that only they are looked at whose documents are wanted.

    Where a few letters are in the names of more than MOST_PARTIES, their documents are many, and
    are met soon by going back from day to day.
    """
    hits = _found(reading, "walk_in", wanted, start, limit)
    asked = _asked(wanted)
    names = {
        "phone": asked["phone"], "phone_like": f"%{asked['phone']}",
        "text": asked["text"], "text_like": f"%{asked['text']}%",
    }  # fmt: skip
    bare = replace(wanted, phone="", text="")
    by_day = not wanted.phone and not wanted.party_id
    if by_day and reading.value(_MATCHING, **names, most=MOST_PARTIES + 1) > MOST_PARTIES:
        return hits | _found(reading, "day", bare, start, limit, part=folded(wanted.text))
    rows = reading.rows(_PARTIES, **names, kind=wanted.kind.value, day=start.day)
    known = [(day, key) for key, day in rows if day and wanted.party_id in (0, key)]
    for newest, parties in _batches(sorted(known, reverse=True)):
        mine, enough = bare, sorted(hits, reverse=True)[limit : limit + 1]
        if enough and newest < enough[0][0]:
            break
        if enough:  # what is older than these is on no page of now
            oldest = date.fromisoformat(enough[0][0])
            mine = replace(bare, from_day=max(oldest, bare.from_day or date.min))
        hits |= _found(reading, "parties", mine, start, limit, parties=parties)
    return hits


def _batches(known: list[tuple[str, int]]) -> Iterator[tuple[str, list[int]]]:
    """A few parties, then more and more of them, each time with the day of the newest paper."""
    at, size = 0, FIRST_PARTIES
    while at < len(known):
        yield known[at][0], [party for _, party in known[at : at + size]]
        at, size = at + size, size * 8


def _asked(wanted: Wanted) -> dict[str, object]:
    number = wanted.number.strip().upper()
    text = folded(wanted.text)
    return {
        "kind": wanted.kind.value,
        "number": number,
        "number_end": number + "\U0010ffff",
        "serial": int(number) if number.isdigit() else 0,
        "party": wanted.party_id,
        "phone": figures_of(wanted.phone),
        "text": text,
        "text_end": text + "\U0010ffff",
        "amount": -1 if wanted.amount is None else wanted.amount.paise,
        "item": wanted.item_id,
        "from_day": wanted.from_day.isoformat() if wanted.from_day else "",
        "until_day": wanted.until_day.isoformat() if wanted.until_day else LAST,
    }
