"""No float in the trade: the syntax tree of every module of the domain is walked.

`/` is allowed only where it is visibly a division of Decimals, since of whole numbers it makes a
float: one of its operands must hold a call of Decimal, a name annotated or assigned as one, or a
field annotated as one. It is a reading of the text, not a proof; mypy and the tests do the rest.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

DOMAIN = Path(__file__).resolve().parents[2] / "dms_desktop" / "domain"
MAKE_FLOATS = {"timestamp", "total_seconds", "fromtimestamp", "utcfromtimestamp"}
FLOAT_MODULES = {"math", "statistics", "random", "cmath", "numpy"}


def floats(tree: ast.AST, fields: frozenset[str] = frozenset()) -> Iterator[int]:
    """Lines on which something is, becomes or may become a float."""
    known = fields | decimals(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=float() | complex()):
                yield node.lineno
            case ast.Name(id="float" | "complex"):
                yield node.lineno
            case ast.Attribute(attr=name) if name in MAKE_FLOATS:
                yield node.lineno
            case ast.Import(names=names) if any(n.name in FLOAT_MODULES for n in names):
                yield node.lineno
            case ast.ImportFrom(module=str(module)) if module in FLOAT_MODULES:
                yield node.lineno
            case ast.BinOp(op=ast.Div(), left=left, right=right):
                if not (is_decimal(left, known) or is_decimal(right, known)):
                    yield node.lineno
            case ast.AugAssign(op=ast.Div(), target=left, value=right):
                if not (is_decimal(left, known) or is_decimal(right, known)):
                    yield node.lineno
            case ast.BinOp(op=ast.Pow(), right=ast.UnaryOp(op=ast.USub())):
                yield node.lineno


def decimals(tree: ast.AST) -> frozenset[str]:
    """Names annotated as Decimal, or assigned from an expression that calls it."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.arg(arg=name, annotation=note) if note is not None:
                if "Decimal" in ast.unparse(note):
                    found.add(name)
            case ast.AnnAssign(target=ast.Name(id=name), annotation=note):
                if "Decimal" in ast.unparse(note):
                    found.add(name)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                if is_decimal(value, frozenset()):
                    found.add(name)
    return frozenset(found)


def is_decimal(operand: ast.AST, known: frozenset[str]) -> bool:
    for node in ast.walk(operand):
        match node:
            case ast.Call(func=ast.Name(id="Decimal")):
                return True
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in known:
                return True
    return False


def test_no_float_in_the_domain() -> None:
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(DOMAIN.rglob("*.py"))}
    assert len(trees) > 15
    fields: frozenset[str] = frozenset().union(*map(decimal_fields, trees.values()))
    found = [
        f"{path.relative_to(DOMAIN)}:{line}"
        for path, tree in trees.items()
        for line in floats(tree, fields)
    ]
    assert found == []


def decimal_fields(tree: ast.AST) -> frozenset[str]:
    """Fields that any class of the domain annotates as Decimal: `rate.gst`."""
    return frozenset().union(
        *(decimals(node) for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    )


@pytest.mark.parametrize(
    "text",
    [
        "rate = 0.18",
        "rate = 1e2",
        "amount = float(text)",
        "def pay(amount: float) -> None: ...",
        "half = total / 2",
        "total /= 2",
        "tenth = 10 ** -1",
        "import math",
        "from statistics import mean",
        "millis = int(at.timestamp() * 1000)",
    ],
)
def test_a_float_is_found(text: str) -> None:
    assert list(floats(ast.parse(text))) == [1]


@pytest.mark.parametrize(
    "text",
    [
        "half = total // 2",
        "half = Decimal(total) / 2",
        "def half(of: Decimal) -> Decimal: return of / 2",
        "share = Decimal(3)\nhalf = share / 2",
    ],
)
def test_whole_numbers_and_decimals_pass(text: str) -> None:
    assert not list(floats(ast.parse(text)))
