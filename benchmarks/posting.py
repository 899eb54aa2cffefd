"""Posting a bill of 20 lines and 26 lots, with and without a million lines of history behind it."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks import raw
from benchmarks.books import COPIED, Bench, book, draft
from benchmarks.figure import Figure

FIRST_RAW = 1 << 40  # serials that no real document will have
PEACE = 0.4  # seconds after which the writer has folded its WAL


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of each save: wall and CPU, ours and the floor's."""

    ours: list[float]
    floor: list[float]
    ours_cpu: float
    floor_cpu: float


def measure(quick: bool) -> list[Figure]:
    rounds, history = (40, 20_000) if quick else (200, 1_000_000)
    with book() as bench:
        fresh = _times(bench, rounds)
    with book(history) as bench:
        old = _times(bench, rounds)
    name = f"post 20 lines, {history:,} lines of history"
    ours, floor = median(old.ours), median(old.floor)
    grown, floor_grown = ours / median(fresh.ours), floor / median(fresh.floor)
    tail = sorted(old.ours)[int(len(old.ours) * 0.99)] / ours
    cpu = f"CPU {old.ours_cpu:.2f} and {old.floor_cpu:.2f} ms"
    return [
        Figure(name, ours, floor, ours / floor, "<= 3 x raw rows", "ms", ours <= 3 * floor, cpu),
        Figure("p99 of it", tail, None, None, "<= 5 x p50", "x p50", tail <= 5),
        Figure(
            f"growth 0 -> {history:,} lines", grown, floor_grown, grown / floor_grown,
            "<= 1.15 x the floor's own", "x", grown <= 1.15 * floor_grown,
            f"empty books: {median(fresh.ours):.2f} ms, floor {median(fresh.floor):.2f} ms",
        ),
    ]  # fmt: skip


def _times(bench: Bench, rounds: int) -> Times:
    """Ours and the floor in turn, a pause between, since a clerk types between two bills."""
    for at in range(COPIED, COPIED + 10):
        bench.bill(draft(at))
    said = raw.record(bench.database, lambda: bench.bill(draft(COPIED + 10)))
    bare = bench.database.driver.connect(write=True)
    ours, floor, cpu = [], [], [0.0, 0.0]
    gc.collect()
    gc.freeze()
    for at in range(rounds):
        drafted = draft(COPIED + 11 + at)
        ours.append(_timed(lambda made=drafted: bench.bill(made), cpu, 0))
        key = bare.execute("SELECT max(id) + 1 FROM document").fetchone()[0]
        ready = raw.renewed(said, key, FIRST_RAW + at)
        floor.append(_timed(lambda rows=ready: raw.write(bare, rows), cpu, 1))
        if at % 20 == 19:
            time.sleep(PEACE)
            bare.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    bare.close()
    return Times(ours, floor, cpu[0] / rounds, cpu[1] / rounds)


def _timed(what: Any, cpu: list[float], at: int) -> float:
    start, used = time.perf_counter(), time.process_time()
    what()
    cpu[at] += (time.process_time() - used) * 1e3
    return (time.perf_counter() - start) * 1e3
