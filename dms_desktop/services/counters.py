"""What a counter must know before its first bill: who stands there, and for whom he bills.

Apart from `people`, so that no start waits for what only a PIN needs.
"""

from __future__ import annotations

from dataclasses import dataclass

from dms_desktop.domain.powers import Actor, Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.store.session import Reading

# Whoever opens the books has no powers yet but to say who he is.
STRANGER = Actor(0, "", powers=frozenset({Power.LOG_IN}))


@dataclass(frozen=True, slots=True)
class Counter:
    """`place_id` is the godown that goods leave from."""

    actor: Actor
    company: str
    place_id: int


@needs(Power.LOG_IN)
def open_counter(reading: Reading, user: str, counter: str = "") -> Counter:
    """Refuses NOT_ALLOWED for a user that is not there or not active."""
    key = reading.value("SELECT id FROM user_account WHERE code = :user AND active = 1", user=user)
    if key is None:
        raise refuse(Reason.NOT_ALLOWED, power=Power.LOG_IN.value, user=user)
    name = reading.value("SELECT name FROM company ORDER BY id DESC LIMIT 1")
    place = reading.value(
        "SELECT id FROM place WHERE kind = 'godown' AND active = 1 ORDER BY id LIMIT 1"
    )
    return Counter(actor_of(reading, key, user, counter), name, place)


def actor_of(reading: Reading, key: int, code: str, counter: str) -> Actor:
    """The user with the powers of his role."""
    powers = reading.rows(
        "SELECT power FROM role_power JOIN user_account ON user_account.role_id ="
        " role_power.role_id WHERE user_account.id = :key",
        key=key,
    )
    return Actor(key, code, counter, frozenset(Power(power) for (power,) in powers))
