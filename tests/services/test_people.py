"""Who may do what: PINs that cannot be guessed, powers that every verb declares and asks."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from dms_desktop import services
from dms_desktop.domain.documents import Entry, Head, Journal
from dms_desktop.domain.draft import Ask
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money, rate, rupees
from dms_desktop.domain.powers import Actor, Power, needs, power_of
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.services import (
    approvals,
    billing,
    cancelling,
    counters,
    documents,
    fulfilment,
    journals,
    people,
    posting,
    series,
    setup,
)
from dms_desktop.services.registers.staff import ROLES
from dms_desktop.services.verifying import verify
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.session import Tx
from tests.books import COMPANY, OWNER_PIN, PEPPER, TODAY, Book

PIN, WRONG = "135790", "000000"
SERVICES = "dms_desktop.services"


def log_in(book: Book, pin: str, code: str = "owner", pepper: bytes = PEPPER) -> Actor | None:
    actor: Actor | None = book.write(
        people.log_in, code, pin, pepper, "counter 1", actor=people.STRANGER
    )
    return actor


def refused(book: Book, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Problem:
    with pytest.raises(Refused) as caught:
        book.write(action, *args, **kwargs)
    (problem,) = caught.value.problems
    return problem


def clerk(book: Book) -> Actor:
    book.write(people.add_user, "ravi", "Ravi", "clerk", PIN, PEPPER)
    actor = log_in(book, PIN, "ravi")
    assert actor is not None
    return actor


def test_the_right_pin_gives_the_powers_of_the_role(either: Book) -> None:
    owner = log_in(either, OWNER_PIN)
    assert owner is not None
    assert owner.powers == set(Power)
    assert owner.counter == "counter 1"
    assert clerk(either).powers == {Power.LOG_IN, Power.LOOK, Power.BILL}


def test_a_wrong_pin_another_pepper_and_nobody(either: Book) -> None:
    assert log_in(either, WRONG) is None
    assert log_in(either, OWNER_PIN, pepper=b"q" * 32) is None  # the file alone is not enough
    assert refused(
        either, people.log_in, "nobody", PIN, PEPPER, "", actor=people.STRANGER
    ).reason is Reason.NOT_ALLOWED  # fmt: skip
    assert log_in(either, OWNER_PIN) is not None


def wait(book: Book, seconds: float) -> None:
    book.clock.now += timedelta(seconds=seconds)


def locked_for(book: Book) -> int:
    problem = refused(book, people.log_in, "owner", OWNER_PIN, PEPPER, "", actor=people.STRANGER)
    assert problem.reason is Reason.LOCKED_OUT
    return int(str(problem.facts["seconds"]))


def test_five_wrong_pins_lock_out_and_each_further_one_doubles_the_wait(either: Book) -> None:
    for _ in range(4):
        assert log_in(either, WRONG) is None
    assert log_in(either, OWNER_PIN) is not None  # four are forgiven, and forgotten
    for _ in range(5):
        assert log_in(either, WRONG) is None
    for seconds in (30, 60, 120, 240):
        assert 0 < locked_for(either) <= seconds + 1
        wait(either, seconds - 1)
        assert locked_for(either) in {1, 2}  # the right PIN does not help while he must wait
        wait(either, 1.1)
        assert log_in(either, WRONG) is None
    wait(either, 481)
    assert log_in(either, OWNER_PIN) is not None
    assert log_in(either, WRONG) is None  # and the count begins anew
    assert log_in(either, OWNER_PIN) is not None


def test_a_lock_out_outlives_the_program(copied: Book) -> None:
    """Otherwise five more tries cost only a restart."""
    for _ in range(5):
        log_in(copied, WRONG)
    copied.database.close()
    again = Database(driver_for(copied.books), clock=copied.clock)
    copied.database = again
    assert locked_for(copied) == 31
    wait(copied, 31)
    assert log_in(copied, OWNER_PIN) is not None


def test_one_user_s_lock_out_is_his_alone_and_the_owner_ends_it(either: Book) -> None:
    clerk(either)
    for _ in range(5):
        log_in(either, WRONG, "ravi")
    owner = log_in(either, OWNER_PIN)
    assert owner is not None
    assert refused(
        either, people.log_in, "ravi", PIN, PEPPER, "", actor=people.STRANGER
    ).reason is Reason.LOCKED_OUT  # fmt: skip
    either.write(people.set_pin, "ravi", "975310", PEPPER)
    assert log_in(either, "975310", "ravi") is not None
    assert log_in(either, PIN, "ravi") is None


def test_how_many_tries_are_left_and_how_long_the_wait_is(either: Book) -> None:
    def standing() -> people.Standing:
        found: people.Standing = either.read(people.standing, "owner", actor=people.STRANGER)
        return found

    for left in (5, 4, 3, 2, 1):
        assert standing() == people.Standing(left)
        log_in(either, WRONG)
    assert standing() == people.Standing(0, 30)
    wait(either, 29.5)
    assert standing() == people.Standing(0, 1)
    wait(either, 0.5)
    assert standing() == people.Standing(1)
    log_in(either, WRONG)
    assert standing() == people.Standing(0, 60)


def test_everybody_changes_his_own_pin_who_knows_the_old_one(either: Book) -> None:
    ravi = clerk(either)
    assert either.write(people.change_pin, WRONG, "975310", PEPPER, actor=ravi) is False
    assert either.read(people.standing, "ravi", actor=ravi) == people.Standing(4)
    problem = refused(either, people.change_pin, PIN, "1234", PEPPER, actor=ravi)
    assert (problem.reason, problem.facts["field"]) == (Reason.BAD_ENTRY, "pin")
    for easy in ("123456", "111111"):
        problem = refused(either, people.change_pin, PIN, easy, PEPPER, actor=ravi)
        assert (problem.reason, problem.facts["fault"]) == (Reason.WRONG_SHAPE, "weak_pin")
    assert either.write(people.change_pin, PIN, "975310", PEPPER, actor=ravi) is True
    assert log_in(either, PIN, "ravi") is None
    assert log_in(either, "975310", "ravi") is not None
    trail = either.rows("SELECT action, subject FROM audit ORDER BY id")
    assert trail[-3:] == [
        ("wrong pin", "user ravi"),
        ("change pin", "user ravi"),
        ("wrong pin", "user ravi"),
    ]
    assert either.read(verify).findings == ()


def test_nobody_gets_in_under_a_name_that_may_do_more(either: Book) -> None:
    """Who may set PINs and no more must not come in as the owner by setting the owner's."""
    assert ROLES.add is not None
    either.write(ROLES.add, {"code": "desk", "powers": ("log_in", "look", "people")})
    either.write(ROLES.add, {"code": "shelf", "powers": ("log_in", "look")})
    either.write(people.add_user, "asha", "Asha", "desk", PIN, PEPPER)
    clerk(either)
    asha = log_in(either, PIN, "asha")
    for deed in (
        (people.set_pin, "owner", "975310", PEPPER),
        (people.set_pin, "ravi", "975310", PEPPER),
        (people.add_user, "amit", "Amit", "owner", "975310", PEPPER),
    ):
        assert refused(either, *deed, actor=asha).reason is Reason.NOT_ALLOWED
    either.write(people.set_pin, "asha", "975310", PEPPER, actor=asha)
    either.write(people.add_user, "amit", "Amit", "shelf", "975310", PEPPER, actor=asha)


def test_the_only_user_without_a_pin_stands_at_the_counter_at_once(copied: Book) -> None:
    def arrive(known: str = "") -> counters.Arrival:
        found: counters.Arrival = copied.read(counters.arrive, known, actor=people.STRANGER)
        return found

    assert not arrive().open  # he has a PIN
    assert arrive().counter.actor == people.STRANGER
    assert arrive().counter.company == COMPANY.name
    assert arrive("owner").counter.actor.code == "owner"  # who has just made the books

    @needs(Power.PEOPLE)
    def forget(tx: Tx) -> None:
        tx.run("UPDATE user_account SET pin_hash = ''")

    copied.write(forget)
    assert arrive().open
    assert arrive().counter.actor.powers == set(Power)
    clerk(copied)
    assert not arrive().open  # one without a PIN among several may be anybody
    assert [(who.code, who.has_pin) for who in arrive().people] == [
        ("owner", False),
        ("ravi", True),
    ]


def test_wrong_pins_stand_in_the_trail_without_the_pin(either: Book) -> None:
    log_in(either, WRONG)
    rows = either.rows("SELECT subject, after FROM audit WHERE action = 'wrong pin'")
    assert rows == [("user owner", '{"failed": 1}')]
    assert either.read(verify).findings == ()


@pytest.mark.parametrize(
    ("pin", "fine"),
    [
        ("135790", True),
        ("a longer pass phrase", True),
        ("13579", False),
        ("1357901", False),
        ("abcdef", False),
        ("", False),
        ("short words", False),
    ],
)
def test_a_pin_is_six_figures_or_a_pass_phrase(copied: Book, pin: str, fine: bool) -> None:
    if fine:
        copied.write(people.set_pin, "owner", pin, PEPPER)
        assert log_in(copied, pin) is not None
    else:
        problem = refused(copied, people.set_pin, "owner", pin, PEPPER)
        assert problem.reason is Reason.BAD_ENTRY
        assert pin not in map(str, problem.facts.values()) or not pin
        assert log_in(copied, OWNER_PIN) is not None


def test_the_pin_is_nowhere_on_disk(copied: Book) -> None:
    copied.write(people.set_pin, "owner", "864209", PEPPER)
    copied.database.close()
    copied.database = Database(driver_for(copied.books), clock=copied.clock)
    assert copied.value("SELECT pin_hash FROM user_account").startswith("$argon2id$")
    assert b"864209" not in Path(copied.books).read_bytes()


def test_users_are_added_once_with_a_role_that_is_there(either: Book) -> None:
    clerk(either)
    again = ("ravi", "Ravi", "clerk", PIN, PEPPER)
    assert refused(either, people.add_user, *again).reason is Reason.DUPLICATE
    king = ("asha", "Asha", "king", PIN, PEPPER)
    assert refused(either, people.add_user, *king).reason is Reason.BAD_ENTRY
    assert refused(either, people.set_pin, "nobody", PIN, PEPPER).reason is Reason.BAD_ENTRY
    assert either.read(people.users) == [
        ("owner", "Owner", "owner", True),
        ("ravi", "Ravi", "clerk", True),
    ]


def test_a_clerk_may_bill_and_no_more(either: Book) -> None:
    ravi = clerk(either)
    saved = either.write(billing.post_draft, either.draft(SALT=1), actor=ravi)
    legs = (Entry("bank", rupees("5")), Entry("capital", -rupees("5")))
    deeds: tuple[tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]], ...] = (
        (cancelling.cancel, (saved.posted.id,), {"by": uuid4(), "why": "for a friend"}),
        (people.add_user, ("asha", "Asha", "owner", PIN, PEPPER), {}),
        (people.set_pin, ("owner", PIN, PEPPER), {}),
        (journals.post_journal, (Journal(Head(uuid4(), TODAY), legs),), {}),
    )
    before = either.rows("SELECT count(*) FROM audit")
    for action, args, kwargs in deeds:
        problem = refused(either, action, *args, actor=ravi, **kwargs)
        assert problem.reason is Reason.NOT_ALLOWED
        assert problem.facts == {"power": power_of(action).value, "user": "ravi"}
    with pytest.raises(Refused):
        either.read(verify, actor=ravi)
    assert either.rows("SELECT count(*) FROM audit") == before
    assert either.read(documents.issued, saved.posted.id, actor=ravi).by == "Ravi"


def test_free_goods_and_a_price_above_mrp_need_their_powers(either: Book) -> None:
    ravi = clerk(either)
    free = replace(either.draft(), asks=(Ask(either.items["SOAP"], 10, 1),))
    assert refused(either, billing.post_draft, free, actor=ravi).reason is Reason.FREE_NOT_ALLOWED
    dear = Ask(either.items["SOAP"], 1, rate=rate("35"))
    allowed = replace(either.draft(), asks=(dear,), allowed=frozenset({Reason.ABOVE_MRP}))
    problem = refused(either, billing.post_draft, allowed, actor=ravi)
    assert (problem.reason, problem.facts["power"]) == (Reason.NOT_ALLOWED, "above_mrp")
    either.write(billing.post_draft, free)
    saved: billing.Saved = either.write(billing.post_draft, allowed)
    assert [warning.reason for warning in saved.warnings] == [Reason.ABOVE_MRP]


def test_a_user_who_left_comes_in_no_more(copied: Book) -> None:
    clerk(copied)

    @needs(Power.PEOPLE)
    def leave(tx: Tx) -> None:
        tx.run("UPDATE user_account SET active = 0 WHERE code = 'ravi'")

    copied.write(leave)
    assert refused(
        copied, people.log_in, "ravi", PIN, PEPPER, "", actor=people.STRANGER
    ).reason is Reason.NOT_ALLOWED  # fmt: skip


def test_a_book_is_founded_once(copied: Book) -> None:
    new = setup.NewBook(COMPANY, COMPANY.gst_type, OWNER_PIN)
    assert refused(copied, setup.found, new, PEPPER, actor=people.STRANGER).reason is (
        Reason.DUPLICATE
    )


# --- every verb declares its power -------------------------------------------------------------
#
# A public function of the services that takes an open transaction either declares its power, or is
# a part of others: then nothing above the services may name it but an action that declares a power
# itself. The rule needs no list: the store runs no action without a power, whoever hands it in.


def verbs() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Public functions of the services that take an open transaction first."""
    for found in pkgutil.walk_packages(services.__path__, "dms_desktop.services."):
        module = importlib.import_module(found.name)
        for name, function in vars(module).items():
            if (
                inspect.isfunction(function)
                and function.__module__ == found.name
                and not name.startswith("_")
                and takes_a_transaction(function)
            ):
                yield f"{found.name.removeprefix('dms_desktop.services.')}.{name}", function


def takes_a_transaction(function: Callable[..., Any]) -> bool:
    first = next(iter(inspect.signature(function).parameters), None)
    if first is None:
        return False
    return function.__annotations__.get(first) in ("Tx", "Reading")


def bare() -> set[str]:
    return {name for name, function in verbs() if not hasattr(function, "power")}


class Undeclared(ast.NodeTransformer):
    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST | None:
        if any(ast.unparse(one).startswith("needs(") for one in node.decorator_list):
            return None
        return self.generic_visit(node)


def named(path: Path) -> set[str]:
    """What a file names of the services outside actions of its own that declare their power."""
    tree = Undeclared().visit(ast.parse(path.read_text("utf-8")))
    aliases: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(SERVICES):
            inside = str(node.module)[len(SERVICES) :].lstrip(".")
            for one in node.names:
                full = f"{inside}.{one.name}" if inside else one.name
                aliases[one.asname or one.name] = full
    found = set(aliases.values())
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=alias), attr=name) if alias in aliases:
                found.add(f"{aliases[alias]}.{name}")
    return found


def test_a_verb_without_a_power_is_named_by_services_alone() -> None:
    assert len(dict(verbs())) > 40
    package = Path(services.__file__).parent.parent
    above = [
        path
        for path in package.rglob("*.py")
        if path.relative_to(package).parts[0] not in {"services", "store", "domain"}
    ]
    assert len(above) > 40
    inner = bare()
    broken = {
        f"{path.relative_to(package)}: {name}" for path in above for name in named(path) & inner
    }
    assert broken == set(), "declare the power with @needs, or let a verb that does call it"


def test_the_walk_sees_what_a_screen_names(tmp_path: Path) -> None:
    screen = tmp_path / "screen.py"
    screen.write_text(
        "from dms_desktop.services import counters, posting as paper\n"
        "from dms_desktop.services.series import today\n"
        "counters.actor_of(tx)\npaper.post(tx)\n"
        "@needs(Power.BILL)\ndef mine(tx):\n    paper.already(tx)\n"
    )
    assert named(screen) & bare() == {"counters.actor_of", "posting.post", "series.today"}


def test_the_store_runs_no_action_without_a_declared_power(copied: Book) -> None:
    for action in (posting.post, series.today, lambda tx: tx.run("DELETE FROM document")):
        with pytest.raises(TypeError, match="declares no power"):
            copied.write(action, date(2026, 11, 21))
        with pytest.raises(TypeError, match="declares no power"):
            copied.read(action, date(2026, 11, 21))


def test_no_role_below_the_owner_has_an_owner_s_power(copied: Book) -> None:
    owners = {"journal", "opening", "settings", "people", "above_mrp", "cancel", "free_goods"}
    owners.add("export")
    powers = copied.rows(
        "SELECT code, power FROM role JOIN role_power ON role_id = role.id WHERE code <> 'owner'"
    )
    assert not {power for _, power in powers} & owners
    assert {code for code, _ in powers} == {"clerk", "godown", "machine"}


def test_goods_for_nothing_need_the_power_of_free_goods_however_it_is_said(either: Book) -> None:
    """Ten of soap at PTR 30.00 with tea beside them: all of their 300.00 is taken off."""
    ravi = clerk(either)
    soap, tea = either.items["SOAP"], either.items["TEA"]
    for row in (
        Ask(soap, 10, discounts=(Decimal(100),)),
        Ask(soap, 10, discount=rupees("300")),
        Ask(soap, 10, rate=rate("0")),
    ):
        gift = replace(either.draft(), asks=(Ask(tea, 1), row))
        problem = refused(either, billing.post_draft, gift, actor=ravi)
        assert (problem.reason, problem.row) == (Reason.FREE_NOT_ALLOWED, 1)
        either.write(billing.post_draft, gift)
    whole = replace(either.draft(SOAP=10), bill_discount_percent=Decimal(100))
    assert refused(either, billing.post_draft, whole, actor=ravi).reason is Reason.FREE_NOT_ALLOWED
    nearly = replace(either.draft(SOAP=10), bill_discount_percent=Decimal(99))
    either.write(billing.post_draft, nearly, actor=ravi)


def test_the_owner_may_allow_a_clerk_to_give_goods_away(either: Book) -> None:
    ravi = clerk(either)
    gift = replace(either.draft(), asks=(Ask(either.items["SOAP"], 10, discounts=(Decimal(100),)),))
    free = frozenset({Reason.FREE_NOT_ALLOWED})
    pin = (OWNER_PIN, PEPPER)
    said = either.write(
        approvals.approve, "owner", *pin, draft=gift.id, reasons=free, ceiling=Money(), actor=ravi
    )
    assert said is True
    either.write(billing.post_draft, gift, actor=ravi)
    assert either.value("SELECT count(*) FROM audit WHERE action = 'override'") == 1


def test_what_an_order_gives_away_was_asked_about_once(either: Book) -> None:
    ravi = clerk(either)
    soap, tea = Ask(either.items["SOAP"], 4, discounts=(Decimal(100),)), Ask(either.items["TEA"], 2)
    ordered = replace(either.draft(), kind=Kind.ORDER, asks=(soap, tea))
    order: billing.Saved = either.write(billing.post_draft, ordered)
    draft = either.read(fulfilment.draft_of, order.posted.id, new=uuid4(), day=TODAY)
    more = draft.with_ask(1, replace(draft.asks[1], discounts=(Decimal(100),)))
    problem = refused(either, billing.post_draft, more, actor=ravi)
    assert (problem.reason, problem.row) == (Reason.FREE_NOT_ALLOWED, 1)
    either.write(billing.post_draft, draft, actor=ravi)
