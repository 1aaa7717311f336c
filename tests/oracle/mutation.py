"""Mutants of a module, made in its source one place at a time, and put in place of the original.

Only the code of functions is exchanged, and put back afterwards, so that every reference to them stays.
"""

from __future__ import annotations
import __future__

import ast
import copy
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType, FunctionType, ModuleType
from typing import Any

SWAPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}

Key = tuple[str, int, int]
"""The qualified name of a function, its line, and its number among those of the same name and line."""


@dataclass(frozen=True)
class Mutant:
    """One changed place: what it says now, and the code of all functions of the module."""

    name: str
    module: ModuleType
    codes: dict[Key, CodeType]

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Let the module work with the changed code."""
        before = [(function, function.__code__) for function in functions_of(self.module)]
        keys = _keys([code for _, code in before])
        for (function, _), key in zip(before, keys, strict=True):
            if key in self.codes:
                function.__code__ = self.codes[key]
        try:
            yield
        finally:
            for function, code in before:
                function.__code__ = code


def mutants_of(module: ModuleType) -> Iterator[Mutant]:
    """Yield a mutant for every place of a module that can be taken for its opposite or its neighbour."""
    tree = ast.parse(inspect.getsource(module))
    for number, node in enumerate(ast.walk(tree)):
        for changed in _changed(node):
            other = copy.deepcopy(tree)
            place = next(one for index, one in enumerate(ast.walk(other)) if index == number)
            place.__dict__.clear()
            place.__dict__.update(changed.__dict__)
            place.__class__ = changed.__class__
            flags = __future__.annotations.compiler_flag
            code = compile(other, module.__file__ or "", "exec", flags=flags)
            codes = list(_codes(code))
            name = f"{module.__name__.rpartition('.')[2]}: {_statement(other, place)}"
            yield Mutant(name, module, dict(zip(_keys(codes), codes, strict=True)))


def _statement(tree: ast.AST, place: ast.AST) -> str:
    """Return the first line of the innermost statement around a place."""
    around = tree
    for node in ast.walk(tree):
        # The walk goes from the outside in, so that the last statement found is the innermost.
        if isinstance(node, ast.stmt) and any(one is place for one in ast.walk(node)):
            around = node
    return ast.unparse(around).partition("\n")[0]


def _changed(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what a node may be mistaken for."""
    match node:
        case ast.Compare():
            for index, operator in enumerate(node.ops):
                other = copy.deepcopy(node)
                other.ops[index] = SWAPS[type(operator)]()
                yield other
        case ast.BoolOp():
            other_op: ast.boolop = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield ast.copy_location(ast.BoolOp(other_op, node.values), node)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.Constant(value=bool()):
            yield ast.copy_location(ast.Constant(not node.value), node)
        case ast.IfExp():
            yield ast.copy_location(ast.IfExp(node.test, node.orelse, node.body), node)
        case ast.BinOp(right=ast.Constant(value=1)):
            # One day, one minute or one place to the other side.
            other_sign: ast.operator = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
            yield ast.copy_location(ast.BinOp(node.left, other_sign, node.right), node)


def functions_of(module: ModuleType) -> list[FunctionType]:
    """Return the functions that a module defines, those in its classes and tables included."""
    found = []
    for value in vars(module).values():
        if isinstance(value, dict):
            candidates: list[Any] = list(value.values())
        elif isinstance(value, type):
            candidates = [getattr(one, "fget", one) for one in vars(value).values()]
        else:
            candidates = [value]
        found += [
            one
            for one in candidates
            if isinstance(one, FunctionType) and one.__code__.co_filename == module.__file__
        ]
    return found


def _codes(code: CodeType) -> Iterator[CodeType]:
    """Yield the codes of the functions of a module and of its classes, in the order of the source."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _keys(codes: list[CodeType]) -> list[Key]:
    keys: list[Key] = []
    for code in codes:
        name, line = code.co_qualname, code.co_firstlineno
        keys.append((name, line, sum(key[:2] == (name, line) for key in keys)))
    return keys
