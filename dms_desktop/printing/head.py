"""The head of a paper: who sells, who buys, and what names the document."""

from __future__ import annotations

from dms_desktop.domain.company import Company, Issued
from dms_desktop.domain.facts import Party
from dms_desktop.language.catalogue import _
from dms_desktop.language.figures import day_text
from dms_desktop.printing import wording
from dms_desktop.printing.blocks import Block, Panel, Said, abreast, beside, pairs, paragraph, stack
from dms_desktop.printing.fonts import Faces
from dms_desktop.printing.paper import LABEL_GRAY, Ink, Printable, Style
from dms_desktop.printing.wrapping import BETWEEN

_GAP = 2.5


def full_head(issued: Issued, document: Printable, style: Style, faces: Faces) -> list[Block]:
    """The bands of the first sheet. Upright the seller stands above the buyer, else beside him."""
    party = wording.buyer(document)
    names, governs = wording.facts_of(issued, document)
    if style.stacked:
        return [
            _seller_band(issued, document, style, faces),
            _buyer_band(issued, document, style, faces),
        ]
    widths = [style.inner * part for part in (0.32, 0.29, 0.39)]
    rooms = [width - 2 * style.pad for width in widths]
    buyer = [_buyer(document, rooms[1], style, faces)]
    if shipped(party):
        buyer.append(_ship_to(party, rooms[1], style, faces))
    facts = stack(
        [
            _number(issued, document, rooms[2], style, faces),
            abreast(
                [
                    Panel(rooms[2] * 0.45, _facts(names, rooms[2] * 0.45 - 4, style, faces)),
                    Panel(rooms[2] * 0.55, _facts(governs, rooms[2] * 0.55, style, faces)),
                ]
            ),
        ],
        _GAP,
    )
    blocks = (_seller(issued.company, rooms[0], style, faces), stack(buyer, _GAP), facts)
    return [beside([Panel(w, block) for w, block in zip(widths, blocks, strict=True)], style.pad)]


def _seller_band(issued: Issued, document: Printable, style: Style, faces: Faces) -> Block:
    left = style.inner * 0.62
    right = style.inner - left
    room = right - 2 * style.pad
    names = wording.facts_of(issued, document)[0]
    facts = stack(
        [_number(issued, document, room, style, faces), _facts(names, room, style, faces)], _GAP
    )
    seller = _seller(issued.company, left - 2 * style.pad, style, faces)
    return beside([Panel(left, seller), Panel(right, facts)], style.pad)


def _buyer_band(issued: Issued, document: Printable, style: Style, faces: Faces) -> Block:
    party = wording.buyer(document)
    right = style.inner * 0.38
    left = style.inner - right
    governs = wording.facts_of(issued, document)[1]
    facts = Panel(right, _facts(governs, right - 2 * style.pad, style, faces))
    if not shipped(party):
        buyer = _buyer(document, left - 2 * style.pad, style, faces)
        return beside([Panel(left, buyer), facts], style.pad)
    half = left / 2
    buyer = _buyer(document, half - 2 * style.pad, style, faces)
    to = _ship_to(party, half - 2 * style.pad, style, faces)
    return beside([Panel(half, buyer), Panel(half, to), facts], style.pad)


def short_head(issued: Issued, document: Printable, style: Style, faces: Faces) -> list[Block]:
    """The band of every later sheet: enough to put a loose sheet back where it belongs."""
    widths = [style.inner * part for part in (0.40, 0.36, 0.24)]
    rooms = [width - 2 * style.pad for width in widths]
    party, company = wording.buyer(document), issued.company
    name, small = Ink(style.party, bold=True), Ink(style.small)
    seller = paragraph([(company.name, name), (_gstin(company.gstin), small)], rooms[0], faces)
    buyer = paragraph(
        [(party.name, name), (_gstin(wording.gstin_or_unregistered(party)), small)], rooms[1], faces
    )
    number = paragraph(
        [(issued.number, name), (_("Date {day}").format(day=day_text(document.head.day)), small)],
        rooms[2],
        faces,
    )
    blocks = (seller, buyer, number)
    return [beside([Panel(w, block) for w, block in zip(widths, blocks, strict=True)], style.pad)]


def shipped(party: Party) -> bool:
    """Whether the goods go elsewhere than the bill."""
    elsewhere = bool(party.ship_state) and party.ship_state != party.state
    return elsewhere or bool(party.ship_to and party.ship_to != party.address)


def _gstin(gstin: str) -> str:
    return f"GSTIN {gstin}" if gstin else ""


def _told(label: str, number: str) -> str:
    """The label with its number; nothing where there is none."""
    return label.format(number=number) if number else ""


def _state(code: str) -> str:
    return _("State {state}").format(state=wording.state_name(code)) if code else ""


def _seller(company: Company, width: float, style: Style, faces: Faces) -> Block:
    body, bold = Ink(style.body), Ink(style.body, bold=True)
    licences = [
        _told(_("FSSAI {number}"), company.fssai),
        _told(_("Drug licence {number}"), company.drug_licence),
    ]
    reach = [_told(_("Phone {number}"), company.phone), company.email]
    tax = [_gstin(company.gstin), f"PAN {company.pan}" if company.pan else ""]
    said: list[Said] = [
        (company.name, Ink(style.name, bold=True)),
        (wording.place_line(company.address, company.city, company.pin), body),
        (_spaced([_state(company.state), *reach]), body),
        (_spaced(tax), bold),
        (_spaced(licences), body),
    ]
    return paragraph(said, width, faces)


def _buyer(document: Printable, width: float, style: Style, faces: Faces) -> Block:
    party = wording.buyer(document)
    body, bold = Ink(style.body), Ink(style.body, bold=True)
    code = _told(_("Code {number}"), party.code)
    phone = _told(_("Phone {number}"), party.phone)
    state = _state(party.state)
    said: list[Said] = [
        (wording.buyer_label(document), _label(style)),
        (party.name, Ink(style.party, bold=True)),
        (wording.place_line(party.address, party.city, party.pin), body),
        (f"GSTIN {wording.gstin_or_unregistered(party)}", bold),
        (_spaced([state, phone]), body),
        (_spaced([code, _told(_("FSSAI {number}"), party.fssai)]), body),
        (_told(_("Drug licence {number}"), party.drug_licence), body),
    ]
    return paragraph(said, width, faces)


def _ship_to(party: Party, width: float, style: Style, faces: Faces) -> Block:
    body = Ink(style.body)
    state = party.ship_state or party.state
    said: list[Said] = [
        (_("SHIP TO"), _label(style)),
        (party.ship_to or party.address, body),
        (_state(state), body),
    ]
    return paragraph(said, width, faces)


def _number(issued: Issued, document: Printable, width: float, style: Style, faces: Faces) -> Block:
    label, value = _label(style), Ink(style.party + 1, bold=True)
    return paragraph(
        [(wording.number_label(document).upper(), label), (issued.number, value)], width, faces
    )


def _facts(rows: list[tuple[str, str]], width: float, style: Style, faces: Faces) -> Block:
    return pairs(rows, width, Ink(style.body, gray=LABEL_GRAY), Ink(style.body, bold=True), faces)


def _label(style: Style) -> Ink:
    return Ink(style.small - 0.6, bold=True, gray=LABEL_GRAY)


def _spaced(parts: list[str]) -> str:
    return BETWEEN.join(part for part in parts if part)
