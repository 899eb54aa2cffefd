"""One line of the benchmark table: a figure beside the floor that was measured in the same run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` and `floor` are in `unit`, and `ratio` is the one over the other; `bound` says in
    words what was promised, and `passed` whether it was kept."""

    name: str
    value: float
    floor: float | None
    ratio: float | None
    bound: str
    unit: str
    passed: bool
    note: str = ""
