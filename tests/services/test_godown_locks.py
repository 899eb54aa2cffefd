"""Two counters on one server at the same goods: a transfer comes once, a count stays right."""

from __future__ import annotations

from uuid import UUID, uuid4

from dms_desktop.services import counts
from dms_desktop.services.counts import Closing, NewSheet
from dms_desktop.services.stock_rows import Piece
from dms_desktop.services.transfers import Sending, Taking, receive, send
from tests.books import Book
from tests.services.collisions import WAITING, bill, held, second
from tests.services.godowns import proved, second_godown, sent
from tests.services.second_counter import Counter, each
from tests.services.test_lock_order import BILLS, refusals
from tests.services.test_two_databases import gapless, run_two


def take_all(counter: Counter) -> None:
    (transfer,) = counter.shared
    asked = Taking(counter.uid(), transfer)
    each(counter, [lambda: counter.write(receive, asked)])


def send_and_bill(counter: Counter) -> None:
    """Both want more than half of the oil, and are the first that ever put goods on the way."""
    oil = Sending(counter.uid(), "COLD", (Piece("OIL", "25"), Piece("SOAP", "10")))
    if second(counter):
        each(counter, [lambda: counter.write(send, oil)])
    else:
        each(counter, [lambda: bill(counter, "OIL", 25)])


def first_two_sent(counter: Counter) -> None:
    code = {"counter 1": "SALT", "counter 2": "TEA"}[counter.actor.counter]
    asked = Sending(counter.uid(), "COLD", (Piece(code, "5"),))
    each(counter, [lambda: counter.write(send, asked)])


def count_and_bill(counter: Counter) -> None:
    """One counts the shelf of oil, which is one short, while the other bills of it."""
    (sheet,) = counter.shared

    def count() -> None:
        counter.write(counts.count, sheet, Piece("OIL", "39", "O1"))

    def close() -> None:
        counter.write(counts.close, Closing(counter.uid(), sheet))

    if second(counter):
        each(counter, [lambda: bill(counter, "OIL", 5)])
    else:
        each(counter, [count, close])


def sound(book: Book) -> None:
    gapless(book)
    proved(book)


def test_a_transfer_is_taken_in_once_by_two(on_server: Book) -> None:
    second_godown(on_server)
    done = sent(on_server, Piece("OIL", "30"), Piece("TEA", "12"))
    series = "series WHERE kind = 'transfer_receipt'"
    with held(on_server, series, WAITING.format(2)):
        outcomes = run_two(on_server, take_all, (done.id,))
    assert refusals(outcomes) == {"already_received": 1}
    assert on_server.value("SELECT count(*) FROM document WHERE kind = 'transfer_receipt'") == 1
    sound(on_server)


def test_the_same_pieces_are_not_sent_and_billed(on_server: Book) -> None:
    second_godown(on_server)
    with held(on_server, BILLS, WAITING.format(2)):
        outcomes = run_two(on_server, send_and_bill)
    assert refusals(outcomes) == {"short_stock": 1}
    sound(on_server)


def test_the_place_on_the_way_is_made_once_by_two(on_server: Book) -> None:
    second_godown(on_server)
    with held(on_server, "series WHERE kind = 'transfer'", WAITING.format(2)):
        outcomes = run_two(on_server, first_two_sent)
    assert refusals(outcomes) == {}
    assert on_server.value("SELECT count(*) FROM place WHERE kind = 'in_transit'") == 1
    sound(on_server)


def test_a_count_beside_a_bill_is_right_whoever_is_first(on_server: Book) -> None:
    """40 by the books and 39 on the shelf: the count was before the bill, and so was its 39."""
    sheet: UUID = on_server.write(counts.start, NewSheet(uuid4(), "item", "OIL"))
    with held(on_server, "series WHERE kind = 'stock_count'", WAITING.format(1)):
        outcomes = run_two(on_server, count_and_bill, (sheet,))
    assert refusals(outcomes) == {}
    assert on_server.stock("OIL") == {"O1": 34}
    sound(on_server)
