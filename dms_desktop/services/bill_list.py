"""Documents listed newest first and found again, page by page by key: no page reads the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dms_desktop.domain.documents import Kind
from dms_desktop.domain.masters import figures_of, folded
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.store.session import Reading

PAGE = 100
MOST_PARTIES = 10  # that a name may lead to
LAST = "9999-12-31"
NO_KEY = 1 << 62  # after every document


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of a document. Days include their ends; nil and empty ask for nothing.

    `number` may be the whole number, its beginning, or its figures alone; it is looked for with
    party, item, amount and days, and not with phone or text. `phone` is the party's or the
    walk-in's, in figures; `text` a part of the party's name, or the beginning of the walk-in's.
    """

    kind: Kind = Kind.BILL
    number: str = ""
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
    "serial": "SELECT document.id FROM series JOIN document ON series_id = series.id"
    " WHERE series.kind = :kind AND serial = :serial",
    "amount": "SELECT id FROM document WHERE total = :amount",
    "item": "SELECT DISTINCT document_id AS id FROM goods_line WHERE item_id = :item",
    "walk_in": "SELECT document_id AS id FROM walk_in_buyer"
    " WHERE (:phone <> '' AND phone = :phone)"
    " OR (:text <> '' AND name >= :text AND name < :text_end)",
}
_REST = (
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
    hits: set[tuple[str, int]] = set()
    for way, party in _ways(reading, wanted):
        asked = _asked(wanted, party)
        rows = reading.rows(_SQL[way], **asked, day=start.day, key=start.key, limit=limit + 1)
        hits.update((day, key) for key, day in rows)
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


def _ways(reading: Reading, wanted: Wanted) -> list[tuple[str, int]]:
    """Which indexes lead to what is wanted, each with the party that it is for."""
    if wanted.phone or wanted.text:
        parties = _parties(reading, wanted)
        own = [each for each in parties if wanted.party_id in (0, each)]
        return [("walk_in", wanted.party_id), *(("party", each) for each in own)]
    if wanted.number:
        figures = wanted.number.strip().isdigit()
        return [("serial" if figures else "number", wanted.party_id)]
    if wanted.party_id:
        return [("party", wanted.party_id)]
    if wanted.item_id:
        return [("item", 0)]
    return [("day" if wanted.amount is None else "amount", 0)]


def _asked(wanted: Wanted, party: int) -> dict[str, object]:
    number = wanted.number.strip().upper()
    text = folded(wanted.text)
    return {
        "kind": wanted.kind.value,
        "number": number,
        "number_end": number + "\U0010ffff",
        "serial": int(number) if number.isdigit() else 0,
        "party": party,
        "phone": figures_of(wanted.phone),
        "text": text,
        "text_end": text + "\U0010ffff",
        "amount": -1 if wanted.amount is None else wanted.amount.paise,
        "item": wanted.item_id,
        "from_day": wanted.from_day.isoformat() if wanted.from_day else "",
        "until_day": wanted.until_day.isoformat() if wanted.until_day else LAST,
    }


def _parties(reading: Reading, wanted: Wanted) -> list[int]:
    """Parties by phone or by a part of their name; the first few where there are many."""
    figures, text = figures_of(wanted.phone), folded(wanted.text)
    return [
        key
        for (key,) in reading.rows(
            "SELECT id FROM party WHERE (:phone = '' OR phone LIKE :phone_like)"
            " AND (:text = '' OR lower(name) LIKE :text_like OR code_key = :text)"
            " ORDER BY id LIMIT :most",
            phone=figures,
            phone_like=f"%{figures}",
            text=text,
            text_like=f"%{text}%",
            most=MOST_PARTIES,
        )
    ]
