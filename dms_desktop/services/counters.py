"""What a counter must know before its first bill: who stands there, and for whom he bills.

Apart from `people`, so that no start waits for what only a PIN needs.
"""

from __future__ import annotations

from typing import NamedTuple

from dms_desktop.domain.powers import Actor, Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.store.session import Reading

# Whoever opens the books has no powers yet but to say who he is.
STRANGER = Actor(0, "", powers=frozenset({Power.LOG_IN}))


class Counter(NamedTuple):
    """`place_id` is the godown that goods leave from."""

    actor: Actor
    company: str
    place_id: int


class Person(NamedTuple):
    """Somebody who may say that it is he who stands here."""

    code: str
    name: str
    has_pin: bool


class Arrival(NamedTuple):
    """The counter's `actor` is the STRANGER until one of `people` has said who he is."""

    counter: Counter
    people: tuple[Person, ...]

    @property
    def open(self) -> bool:
        """Nobody needs to be asked."""
        return self.counter.actor != STRANGER


@needs(Power.LOG_IN)
def arrive(reading: Reading, known: str = "") -> Arrival:
    """The counter as it is found in the morning: with the only user there is, where he has no PIN,
    or with him who is `known` already."""
    people = tuple(
        Person(code, name, pin_hash != "")
        for code, name, pin_hash in reading.rows(
            "SELECT code, name, pin_hash FROM user_account WHERE active = 1 ORDER BY code"
        )
    )
    if len(people) == 1 and not people[0].has_pin:
        known = people[0].code
    if known:
        return Arrival(open_counter(reading, known), people)
    return Arrival(Counter(STRANGER, *_company_and_place(reading)), people)


@needs(Power.LOG_IN)
def open_counter(reading: Reading, user: str, counter: str = "") -> Counter:
    """Refuses NOT_ALLOWED for a user that is not there or not active."""
    key = reading.value("SELECT id FROM user_account WHERE code = :user AND active = 1", user=user)
    if key is None:
        raise refuse(Reason.NOT_ALLOWED, power=Power.LOG_IN.value, user=user)
    return Counter(actor_of(reading, key, user, counter), *_company_and_place(reading))


def _company_and_place(reading: Reading) -> tuple[str, int]:
    name = reading.value("SELECT name FROM company ORDER BY id DESC LIMIT 1")
    place = reading.value(
        "SELECT id FROM place WHERE kind = 'godown' AND active = 1 ORDER BY id LIMIT 1"
    )
    return name, place


def actor_of(reading: Reading, key: int, code: str, counter: str) -> Actor:
    """The user with the powers of his role."""
    powers = reading.rows(
        "SELECT power FROM role_power JOIN user_account ON user_account.role_id ="
        " role_power.role_id WHERE user_account.id = :key",
        key=key,
    )
    return Actor(key, code, counter, frozenset(Power(power) for (power,) in powers))
