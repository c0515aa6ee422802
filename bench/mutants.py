"""Mutation check: would the tests notice if a comparison, a number or a condition were another?

`python bench/mutants.py [--sample N] [--seed N]` changes one place at a time in the modules of TARGETS, runs the tests that
are named beside them in a process of its own, and prints every mutant that all of them let pass. Nothing is written:
the changed module exists only in that process. docs/testing.md keeps the figures."""

import argparse
import ast
import importlib.abc
import importlib.util
import os
import random
import signal
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import chinese_calendar  # noqa: F401  what every mutant's process would import again
import hypothesis  # noqa: F401
import pydantic  # noqa: F401
import pytest
import sqlalchemy.orm  # noqa: F401

ROOT = Path(__file__).parent.parent
RULES = ["test_book", "test_new_rule", "test_opening", "test_observations", "test_rules_letters", "test_rules_life",
         "test_rules_postings", "test_rules_vetoes"]  # fmt: skip
TARGETS = {
    "rules/book/*.py": RULES,
    "rules/engine/*.py": [*RULES, "test_alert_rules"],
    "crawler/crawling/pagination.py": ["test_walk"],
    "db/counting/counts.py": ["test_counting", "test_misdated"],
}
LONGEST = 180  # seconds; a mutant that runs on is noticed too
COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
COUNTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult}


@dataclass(frozen=True)
class Mutant:
    """A module with one node changed, and the tests to be run on it."""

    path: Path
    number: int
    tests: tuple[str, ...]

    def made(self) -> tuple[ast.Module, str]:
        """The changed module, and what was changed into what."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        node = list(places(tree))[self.number]
        before = ast.unparse(node)
        change(node)
        return ast.fix_missing_locations(tree), f"line {node.lineno}: {before}  →  {ast.unparse(node)}"

    @property
    def module(self) -> str:
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts)


def places(tree: ast.Module) -> Iterator[ast.expr]:
    """Every expression inside a function that can be changed."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in (inner for statement in function.body for inner in ast.walk(statement)):
            match node:
                case ast.Compare(ops=[kind]) if type(kind) in COMPARED:
                    yield node
                case ast.BinOp(op=kind) if type(kind) in COUNTED:
                    yield node
                case ast.BoolOp() | ast.UnaryOp(op=ast.Not()) | ast.IfExp():
                    yield node
                case ast.Constant(value=bool() | int()):
                    yield node


def change(node: ast.expr) -> None:
    match node:
        case ast.Compare():
            node.ops = [COMPARED[type(node.ops[0])]()]
        case ast.BinOp():
            node.op = COUNTED[type(node.op)]()
        case ast.BoolOp():
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.UnaryOp():
            node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)
        case ast.IfExp():
            node.body, node.orelse = node.orelse, node.body
        case ast.Constant(value=bool()):
            node.value = not node.value
        case ast.Constant():
            node.value += 1


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the changed module instead of the one on disk."""

    def __init__(self, mutant: Mutant) -> None:
        self.name, self.path, (self.tree, _) = mutant.module, mutant.path, mutant.made()

    def find_spec(self, fullname: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        return importlib.util.spec_from_loader(fullname, self, origin=str(self.path))

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = str(self.path)
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)  # noqa: S102


def passes(tests: Iterable[str], mutant: Mutant | None = None) -> bool:
    """Whether all tests pass in a process where the mutant's module is the changed one."""
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    signal.alarm(LONGEST)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    if mutant:
        sys.meta_path.insert(0, Changed(mutant))
    files = [f"tests/{name}.py" for name in tests]
    os._exit(int(pytest.main(["-x", "-q", "-n0", "-k", "not postgresql", *files])))


def all_mutants() -> list[Mutant]:
    return [
        Mutant(path, number, tuple(tests))
        for pattern, tests in TARGETS.items()
        for path in sorted(ROOT.glob(pattern))
        for number, _ in enumerate(places(ast.parse(path.read_text(encoding="utf-8"))))
    ]


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--sample", type=int, default=300)
    reader.add_argument("--seed", type=int, default=1)
    asked = reader.parse_args()
    mutants = all_mutants()
    sample = random.Random(asked.seed).sample(mutants, min(asked.sample, len(mutants)))  # noqa: S311
    for tests in TARGETS.values():
        assert passes(tests), f"{tests} fail on the modules as they are"
    passed = 0
    for mutant in sorted(sample, key=lambda each: (each.path, each.number)):
        if passes(mutant.tests, mutant):
            passed += 1
            print(f"{mutant.path.relative_to(ROOT)}, {mutant.made()[1]}", flush=True)
    print(f"{len(sample)} of {len(mutants)} mutants tried, {len(sample) - passed} noticed, {passed} not")


if __name__ == "__main__":
    main()
