"""What may be the address of a printer, and which copies a rule may name."""

from __future__ import annotations

import pytest

from dms_desktop.domain.printers import (
    COPIES,
    LABELS,
    PAPERS,
    SIZES,
    Way,
    check_address,
    host_port,
    read_copies,
    sizes_of,
)
from dms_desktop.printing.paper import Copy, Labels, Size

SOUND = [
    (Way.QUEUE, "HP_LaserJet-1020"),
    (Way.QUEUE, "बिल"),
    (Way.WINDOWS, "HP LaserJet (Copy 1)"),
    (Way.WINDOWS, r"\\office\laser"),
    (Way.SOCKET, "192.168.1.50:9100"),
    (Way.SOCKET, "laser.local:631"),
    (Way.FOLDER, "/media/stick"),
]
UNSOUND = [
    (Way.QUEUE, ""),
    (Way.QUEUE, "-o"),
    (Way.QUEUE, "two words"),
    (Way.QUEUE, "a,b"),
    (Way.QUEUE, "a/b"),
    (Way.QUEUE, "a\nb"),
    (Way.WINDOWS, "a\x00b"),
    (Way.SOCKET, "laser"),
    (Way.SOCKET, ":9100"),
    (Way.SOCKET, "laser:0"),
    (Way.SOCKET, "laser:65536"),
    (Way.SOCKET, "laser:९१"),
    (Way.SOCKET, "fe80::1:9100"),
    (Way.FOLDER, ""),
]


@pytest.mark.parametrize(("way", "address"), SOUND)
def test_an_address_that_can_be_one(way: Way, address: str) -> None:
    check_address(way, address)


@pytest.mark.parametrize(("way", "address"), UNSOUND)
def test_an_address_that_cannot_be_one(way: Way, address: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        check_address(way, address)


def test_a_network_address_has_two_parts() -> None:
    assert host_port("laser:9100") == ("laser", 9100)
    assert host_port("[fe80::1]:9100") == ("fe80::1", 9100)


def test_copies_are_named_in_their_order_and_may_come_twice() -> None:
    assert read_copies(" Original,duplicate , duplicate") == ("original", "duplicate", "duplicate")
    for text in ("", "original,,", "fourth", ",".join(["original"] * 10)):
        with pytest.raises(ValueError, match="names no copies"):
            read_copies(text)


def test_the_words_of_the_rules_are_those_of_the_paper() -> None:
    assert set(SIZES) == set(Size)
    assert set(COPIES) == set(Copy)
    assert set(LABELS) == set(Labels)


def test_stickers_are_printed_on_labels_and_all_else_on_paper() -> None:
    assert sizes_of("stickers") == LABELS
    assert {sizes_of(kind) for kind in PAPERS if kind != "stickers"} == {SIZES}
