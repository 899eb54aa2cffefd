"""The program that is hurt: it posts, cancels and imports in a process forked for each fault.

Reads one JSON object a line: what to do, with which books, and when the shim is to strike.
Answers each with one line: everything that the forked process said, and how it ended.
"""

from __future__ import annotations

import ctypes
import gc
import hashlib
import importlib
import json
import math
import os
import select
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from itertools import count
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from dms_desktop.cli.caller import attempt
from dms_desktop.domain.company import Issued
from dms_desktop.domain.draft_text import from_text
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.incoming import Intake, Line
from dms_desktop.domain.money import Money, Rate, rupees
from dms_desktop.domain.powers import Actor, Power, needs
from dms_desktop.domain.purchase_draft import PurchaseAsk, PurchaseDraft
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.domain.registers import joined, parted
from dms_desktop.domain.settlement import Taken
from dms_desktop.domain.trip import Result
from dms_desktop.domain.uid import derived
from dms_desktop.sample.rows import LotRow
from dms_desktop.services import (
    billing,
    cancelling,
    documents,
    imports,
    people,
    picking,
    picking_close,
    picking_deeds,
    picking_rows,
    purchases,
    trips,
    vehicles,
)
from dms_desktop.services.adjustments import Adjusting, adjust
from dms_desktop.services.deliveries import Delivery, deliver
from dms_desktop.services.lot_papers import Correction, Stickers, correct, resticker
from dms_desktop.services.settlements import Settlement, settle
from dms_desktop.services.stock_reports import snapshots
from dms_desktop.services.stock_rows import Piece
from dms_desktop.services.supplier_returns import ReturnAsk, ReturnDraft, post_return
from dms_desktop.store.database import IDLE_SECONDS, Database
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.health import require_current
from dms_desktop.store.session import Reading
from tests.books import NOON, PEPPER
from tests.faults.late import late
from tests.faults.mounted import remount
from tests.faults.shop import STEP, Json, Shop, goods, lots_of
from tests.faults.whole import state_of

PATIENCE = 120  # seconds after which a process that says nothing hangs
Say = Callable[[Json], None]


class Till:
    """The books open in one process, as the running program holds them: a writer and a reader."""

    def __init__(self, books: str, say: Say) -> None:
        self._books, self._say = books, say
        self.database = Database(driver_for(books), clock=lambda: NOON)
        self._owner: Actor | None = None

    @property
    def owner(self) -> Actor:
        if self._owner is None:
            require_current(self._books)
            self._owner = self.database.read(
                people.STRANGER, people.look_in, "owner", "", PEPPER
            ).result()
        return self._owner

    def do(self, job: Json) -> Json:
        """What the caller is told: {"ack": id, ...}, or {"failed": {"reason", "say", ...}}."""
        told = attempt(lambda: getattr(self, f"_{job['kind']}")(job))[0]
        assert told.get("failed", {}).get("reason") != "bug", told
        return told

    def _enter(self, job: Json) -> Json:
        return {"entered": self.owner.code}

    def _bill(self, job: Json) -> Json:
        saved: billing.Saved = self._write(billing.post_draft, from_text(job["draft"]))
        return {"ack": job["id"], "number": saved.posted.number}

    def _show(self, job: Json) -> Json:
        """What the counter prints from."""
        issued: Issued = self.database.read(self.owner, documents.issued, UUID(job["id"])).result()
        return {"shown": issued.number}

    def _cancel(self, job: Json) -> Json:
        by = UUID(job["id"])
        posted = self._write(cancelling.cancel, UUID(job["of"]), by=by, why="ordered twice")
        return {"ack": job["id"], "number": posted.number}

    def _correct(self, job: Json) -> Json:
        """The first lot joins the second, with all its pieces."""
        of, into = self.database.read(self.owner, twins).result()
        asked = Correction(UUID(job["id"]), of, into, "was that batch all along")
        return {"ack": job["id"], "number": self._write(correct, asked).number}

    def _resticker(self, job: Json) -> Json:
        of, into = self.database.read(self.owner, twins).result()
        dearer = Money(into["mrp"].paise + 500)
        asked = Stickers(UUID(job["id"]), of, "7", dearer, "MRP raised")
        return {"ack": job["id"], "number": self._write(resticker, asked).number}

    def _adjust(self, job: Json) -> Json:
        """Pieces of the first lot are lost."""
        of, _ = self.database.read(self.owner, twins).result()
        item, batch, mrp, expiry = parted(of, 4)
        last = date.fromisoformat(expiry) if expiry else None
        row = Piece(item, "-3", batch, rupees(mrp), last)
        asked = Adjusting(UUID(job["id"]), (row,), "LOST")
        return {"ack": job["id"], "number": self._write(adjust, asked).number}

    def _purchase(self, job: Json) -> Json:
        """A brand's truck, some of it short and some broken, into lots that are new."""
        made = self.database.read(self.owner, truck, UUID(job["id"])).result()
        judged = self.database.read(self.owner, purchases.judge, made).result()
        made = replace(made, total=judged.totals.total)
        saved: purchases.BoughtSaved = self._write(purchases.post_purchase, made)
        return {"ack": job["id"], "number": saved.posted.number}

    def _send_back(self, job: Json) -> Json:
        """Pieces of two lots go back to a supplier by our own invoice."""
        made = self.database.read(self.owner, goods_back, UUID(job["id"])).result()
        return {"ack": job["id"], "number": self._write(post_return, made).number}

    def _pick(self, job: Json) -> Json:
        """The bill that is there is listed, a piece of it is not found, and the list is closed;
        each commit that is answered is told of."""
        uid, commits = UUID(job["id"]), count()
        self._write(picking.make, picking.Wanted(uid, (UUID(job["of"]),)))
        self._say({"commit": next(commits)})
        rows = self.database.read(self.owner, picking_rows.shown, uid).result().rows
        for at, row in enumerate(rows):
            if row.left and at:
                self._write(picking_deeds.tick, picking_deeds.Tick(uid, row.id))
            elif row.left:
                self._write(picking_deeds.short, uid, row.id, row.qty - 1, "not found")
            self._say({"commit": next(commits)})
        self._write(picking_close.settle_next, uid)
        return {"ack": job["id"]}

    def _settle(self, job: Json) -> Json:
        """The bill that is there goes out, comes home in part, and its trip is settled short; each
        commit that is answered is told of."""
        uid, bill, commits = UUID(job["id"]), UUID(job["of"]), count()
        of = "DRIVER", "MH12AB1234"
        for deed, said in (
            (vehicles.put_man, (vehicles.Man(of[0], "Ramesh"),)),
            (vehicles.put_vehicle, (vehicles.Vehicle(of[1], 900, of[0]),)),
            (trips.make, (trips.NewTrip(uid, of[1], (bill,)),)),
            (trips.load, (uid,)),
            (trips.leave, (uid,)),
            (deliver, (Delivery(derived(uid, word="back"), uid, bill, Result.PART, "torn",
                                {0: (1, 0)}),)),
        ):  # fmt: skip
            self._write(deed, *said)
            self._say({"commit": next(commits)})
        taken = {bill: Taken(cash=Money(5_00), upi=Money(2_00), discount=Money(1_00))}
        asked = Settlement(
            derived(uid, word="settled"), uid, Money(3_00), taken, difference=Money(2_00)
        )
        return {"ack": job["id"], "number": self._write(settle, asked).number}

    def _months(self, job: Json) -> Json:
        """Goods of two months ago come to light, and the months since are counted; each commit that
        is answered is told of."""
        self._write(late, UUID(job["id"]))
        self._say({"commit": 0})
        self._write(snapshots.build)
        self._say({"commit": 1})
        self._write(snapshots.build)
        return {"ack": job["id"]}

    def _import(self, job: Json) -> Json:
        """A file of lots, begun or gone on with; each commit that is answered is told of."""
        lines = [
            incoming(row, lot) for row, lot in enumerate(lots_of(job["batch"], 50)[: 2 * STEP])
        ]
        sha = hashlib.sha256(job["batch"].encode()).digest()
        try:
            run: imports.Run = self._write(imports.begin, Intake.LOTS, job["batch"], sha, {})
        except Refused as refused:
            if refused.problems[0].reason is not Reason.ALREADY_IMPORTED:
                raise
            return {"ack": job["id"]}
        self._say({"commit": 0})
        for start in range(run.rows_done, len(lines), STEP):
            part = lines[start : start + STEP]
            last = start + len(part) == len(lines)
            self._write(imports.step, run, part, start, last=last)
            self._say({"commit": 1 + start // STEP})
        return {"ack": job["id"]}

    def _write(self, action: Callable[..., Any], *args: Any, **named: Any) -> Any:
        return self.database.write(self.owner, action, *args, **named).result().result


@needs(Power.LOOK)
def twins(reading: Reading) -> tuple[str, Json]:
    """The code of the first lot that has a batch, and what the next one of its item is called."""
    row = reading.row(
        "SELECT item.code, one.batch, one.mrp, one.expiry, other.batch, other.expiry FROM lot one"
        " JOIN lot other ON other.item_id = one.item_id AND other.id > one.id"
        " JOIN item ON item.id = one.item_id WHERE one.batch <> '' ORDER BY one.id LIMIT 1"
    )
    assert row is not None
    item, batch, mrp, expiry, other, until = row
    of = joined(item, batch, str(Money(mrp)), expiry)
    return of, {"batch": other, "mrp": Money(mrp), "expiry": date.fromisoformat(until)}


@needs(Power.LOOK)
def truck(reading: Reading, uid: UUID) -> PurchaseDraft:
    """What a supplier's invoice says of the first items, and what came of it."""
    rows = reading.rows("SELECT id FROM item ORDER BY id LIMIT 8")
    asks = tuple(
        PurchaseAsk(
            item, "NEW", qty=24, free=2, received=25, damaged=1, rate=Rate(Money(1000)),
            expiry=date(NOON.year + 4, 6, 30),
        )
        for (item,) in rows
    )  # fmt: skip
    party = int(reading.value("SELECT min(id) FROM party"))
    return PurchaseDraft(
        uid, Kind.GOODS_RECEIPT, NOON.date(), party, 1, asks, "INV-1", NOON.date(), total=Money()
    )


@needs(Power.LOOK)
def goods_back(reading: Reading, uid: UUID) -> ReturnDraft:
    """Some of the first two lots that lie there."""
    rows = reading.rows(
        "SELECT lot_id FROM stock WHERE place_id = 1 AND bucket = 'saleable' AND qty > 2"
        " ORDER BY lot_id LIMIT 2"
    )
    asks = tuple(ReturnAsk(lot, 2) for (lot,) in rows)
    party = int(reading.value("SELECT min(id) FROM party"))
    return ReturnDraft(uid, Kind.RETURN_INVOICE, NOON.date(), party, 1, asks, "DAMAGED")


def incoming(row: int, lot: LotRow) -> Line:
    """A row as the reader of an import file gives it: without its empty cells, the pieces typed."""
    said = {cell.name: getattr(lot, cell.name) for cell in fields(lot)}
    given = {name: value for name, value in said.items() if value not in (None, "")}
    return Line(row, {**given, "qty": str(lot.qty)})


# What a forked process does with what it was asked; `say` reaches the tests at once.


def run(ask: Json, say: Say) -> None:
    """The jobs one after the other, each acknowledged as the user is told, and a clean end."""
    till = Till(ask["books"], say)
    for job in ask["jobs"]:
        say(till.do(job))
    till.database.close()
    say({"closed": True})


def watch(ask: Json, say: Say) -> None:
    """Like `run`; after each commit it is marked among the writes, and told how the books look."""
    commits = 0

    def seen(word: Json) -> None:
        nonlocal commits
        shim().faults_mark(str(commits := commits + 1).encode())
        say({**word, "state": state_of(Path(ask["books"]))})

    till = Till(ask["books"], seen)
    for number, job in enumerate(ask["jobs"], 1):
        told = till.do(job)
        (say if job["kind"] == "import" else seen)(told)
        if number % ask["rest"] == 0:
            time.sleep(2 * IDLE_SECONDS)  # the WAL is folded into the file
        elif number % ask["rest"] == ask["rest"] // 2:
            till.database.close()
            till = Till(ask["books"], seen)
    till.database.close()


def heal(ask: Json, say: Say) -> None:
    """What fails is tried once more at once, and again when the fault is over: in one program.

    After the first answer the files are copied as they lie: as a death at that moment leaves them.
    """
    till = Till(ask["books"], say)
    for number, job in enumerate(ask["jobs"]):
        say(told := till.do(job))
        if not number:
            copy_beside(ask["books"], ask["left"])
            say({"answered": True})
        if "failed" in told:
            say({"at once": till.do(job)})
            shim().faults_disarm()
            say({"when over": till.do(job)})
    till.database.close()
    say({"closed": True})


def copy_beside(books: str, left: str) -> None:
    """By a program of its own: to close a file here would drop the locks that SQLite has on it."""
    there = [str(part) for part in (Path(books), Path(f"{books}-wal")) if part.exists()]
    program = shutil.which("cp") or "/bin/cp"
    _, status = os.waitpid(os.posix_spawn(program, [program, *there, left], {}), 0)
    assert not status


def stream(ask: Json, say: Say) -> None:
    """Bills without end, the books let go of now and then, until somebody kills this.

    What failed is tried until it is done: the same draft is billed once.
    """
    chance, shop = _shop(ask)
    till = Till(ask["books"], say)
    _until_done(till, {"kind": "enter"}, say)
    while True:
        for _ in range(chance.randint(1, 4)):
            bill = shop.bill(chance, 30)
            told = _until_done(till, bill, say)
            if "ack" in told:
                _until_done(till, {"kind": "show", "id": bill["id"]}, say)
        till.database.close()
        till = Till(ask["books"], say)


def _until_done(till: Till, job: Json, say: Say) -> Json:
    say(told := till.do(job))
    while "failed" in told:
        time.sleep(0.05)
        say(told := till.do(job))
    return told


def fill(ask: Json, say: Say) -> None:
    """Bills until one fails; then room is made on the disk, where wanted, and it is tried again."""
    chance, shop = _shop(ask)
    till = Till(ask["books"], say)
    for _ in range(ask["most"]):
        job = shop.bill(chance)
        say(told := till.do(job))
        if "failed" in told and ask["disk"]:
            remount(Path(ask["disk"]), "size=16m")
            say(till.do(job))
        elif "failed" in told:
            break
    till.database.close()


def _shop(ask: Json) -> tuple[Random, Shop]:
    return Random(ask["seed"]), Shop(ask["books"], tuple(ask["items"]), tuple(ask["parties"]))


SCENES = {scene.__name__: scene for scene in (run, watch, heal, stream, fill)}


def shim() -> Any:
    return ctypes.CDLL(None)


def act(ask: Json, out: int) -> None:
    """The whole life of a forked process."""

    def say(word: Json) -> None:
        os.write(out, json.dumps(word).encode() + b"\n")

    gc.disable()
    try:
        if user := ask.get("user"):
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
        if arm := ask.get("arm"):
            folder = str(Path(ask["books"]).parent)
            shim().faults_arm(
                folder.encode(), arm["kinds"], ctypes.c_long(arm["kill"]),
                ctypes.c_long(arm["fail"]), arm["errno"], arm["sticky"], arm["log"].encode(),
            )  # fmt: skip
        SCENES[ask["do"]](ask, say)
        if arm:
            say({"calls": int(shim().faults_calls())})
    except BaseException:  # noqa: BLE001 - whatever it is, the tests must hear of it
        say({"bug": traceback.format_exc()})
    os._exit(0)


def serve_one(ask: Json) -> Json:
    """Fork, listen until the process ends, kill it when it was to be killed."""
    ear, mouth = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(ear)
        act(ask, mouth)
    os.close(mouth)
    said, hangs = b"", False
    until, kill_after = time.monotonic() + PATIENCE, ask.get("kill_after")
    while True:
        left = max(0.0, until - time.monotonic())
        ready, _, _ = select.select([ear], [], [], None if left == math.inf else left)
        if time.monotonic() >= until:
            os.kill(pid, signal.SIGKILL)
            hangs, until = ask.get("kill_after") is None or not said, math.inf
        if ready:
            if not (part := os.read(ear, 1 << 16)):
                break
            said += part
            if kill_after is not None:  # counted from its first word on
                until, kill_after = time.monotonic() + kill_after, None
    os.close(ear)
    _, status = os.waitpid(pid, 0)
    whole, _, _ = said.rpartition(b"\n")
    lines = [json.loads(line) for line in whole.splitlines()]
    lines += [{"bug": "it hangs"}] if hangs else []
    return {"said": lines, "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0}


def load() -> None:
    """Everything that is imported late, once, before the first fork."""
    for name in ("sqlcipher3.dbapi2", "dms_desktop.language.faults"):
        importlib.import_module(name)
    goods()
    gc.freeze()  # what all share is not copied for each


def main() -> None:
    load()
    for line in sys.stdin:
        print(json.dumps(serve_one(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
