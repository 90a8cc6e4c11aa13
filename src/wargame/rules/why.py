"""Why a condition holds or does not: its parts as functions, each with the words it was written in."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from attrs import frozen

from wargame.rules.builder import Builder, Later, Lookup
from wargame.rules.expression import Scope, Wrong
from wargame.rules.program import Family
from wargame.rules.reach import reads
from wargame.rules.syntax import Source, parse, source_of
from wargame.rules.tree import Const, Expr, Ref, Type, ValueCall
from wargame.rules.trial import Term
from wargame.rules.visit import Visit
from wargame.scenario.node import Scalar

MOST_TERMS = 6  # values told of one part
DEEPEST = 4  # named values within named values that are taken apart
MOST_PARTS = 80  # of one condition


@frozen
class Part:
    """A condition or a part of one. Functions are `(b, me, *refs)`.

    `joined` says how it is made of its `parts`: `and`, `or`, `not`, `is` (a named value, with what it stands for), or `` for a
    part that is not taken apart; then `terms` are the values it looks at.
    """

    words: str
    test: Callable[..., Any]
    joined: str = ""
    parts: tuple[Part, ...] = ()
    terms: tuple[Term, ...] = ()


def leaves(tree: ast.expr) -> Iterator[ast.expr]:
    """What a condition joins by `and`, `or` and `not`, in the order written."""
    if isinstance(tree, ast.BoolOp):
        for value in tree.values:
            yield from leaves(value)
    elif isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
        yield from leaves(tree.operand)
    else:
        yield tree


def sides(leaf: ast.expr) -> list[ast.expr]:
    """The parts of a leaf whose values tell why it holds: both sides of a comparison, or else the leaf itself."""
    if isinstance(leaf, ast.Compare) and not any(isinstance(op, (ast.In, ast.NotIn)) for op in leaf.ops):
        return [side for side in (leaf.left, *leaf.comparators) if not isinstance(side, ast.Constant)]
    return [leaf]


def terms(builder: Builder, nodes: Sequence[ast.expr], visit: Visit, params: Sequence[Ref]) -> list[Later[Term]]:
    """Parts of an expression with the functions that give their values, each once, without constants."""
    made: dict[str, Later[Term]] = {}
    for node in nodes:
        words = " ".join(visit.source.snippet(node).split())
        expr = visit.visit(node)
        if expr.type is Type.AGREEMENT:
            expr = visit.in_force(expr, node)
        if words not in made and not isinstance(expr, Const):
            made[words] = term(builder, words, expr, params)
    return list(made.values())[:MOST_TERMS]


def term(builder: Builder, words: str, expr: Expr, params: Sequence[Ref]) -> Later[Term]:
    """An expression as something that can be told with its value."""
    name = builder.function(expr, params)
    layout = builder.layout
    options: tuple[str, ...] = ()
    if expr.type is Type.OPTION:
        known = {layout.options_of(slot) for slot in reads(expr) if layout.slots[slot].family in (Family.CHOICE, Family.AGENDA)}
        options = known.pop() if len(known) == 1 else ()
    elif expr.type in (Type.OWNER, Type.AREA, Type.AGREEMENT):
        named = {Type.OWNER: layout.owners, Type.AREA: layout.areas, Type.AGREEMENT: layout.agreements}
        options = tuple(named[expr.type])
    return lambda get: Term(words=words, value=get(name), type=expr.type, options=options)


def why(builder: Builder, scalar: Scalar, scope: Scope, params: Sequence[Ref] = ()) -> Later[Part] | None:
    """A condition with its parts; None where there is none to be had (then a problem has been reported)."""
    place = source_of(scalar)
    tree = parse(place, builder.report)
    if tree is None:
        return None
    try:
        return _Taker(builder, tuple(params), [0]).part(tree, Visit(builder.checker, place, scope), 0)
    except Wrong:
        return None


@frozen
class _Taker:
    """Takes one condition apart."""

    builder: Builder
    params: tuple[Ref, ...]
    count: list[int]  # of parts so far

    def part(self, node: ast.expr, visit: Visit, depth: int) -> Later[Part]:
        """A part and those it is made of."""
        self.count[0] += 1
        expr = visit.truth(node)
        name = self.builder.function(expr, self.params)
        words = " ".join(visit.source.snippet(node).split())
        joined, inner = self.inner(node, expr, visit, depth)
        told = [] if inner else self.told(node, visit)

        def make(get: Lookup) -> Part:
            return Part(words, get(name), joined, tuple(each(get) for each in inner), tuple(each(get) for each in told))

        return make

    def inner(self, node: ast.expr, expr: Expr, visit: Visit, depth: int) -> tuple[str, list[Later[Part]]]:
        if self.count[0] >= MOST_PARTS:
            return "", []
        if isinstance(node, ast.BoolOp):
            joined = "and" if isinstance(node.op, ast.And) else "or"
            return joined, [self.part(value, visit, depth) for value in node.values]
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return "not", [self.part(node.operand, visit, depth)]
        if isinstance(expr, ValueCall) and depth < DEEPEST:
            body = self.body(expr, visit)
            if body is not None:
                return "is", [self.part(body[0], body[1], depth + 1)]
        return "", []

    def body(self, call: ValueCall, visit: Visit) -> tuple[ast.expr, Visit] | None:
        """What a named value stands for, with its parameters bound to what it is called with."""
        layout = self.builder.layout
        place: Source = source_of(layout.scenario.values[layout.value_keys[call.value.name]])
        tree = parse(place, self.builder.report)
        if tree is None:
            return None
        names = {param.name: arg for param, arg in zip(call.value.params, call.args, strict=False)}
        scope = Scope(names, visit.scope.me, False, visit.scope.path, visit.scope.label)
        return tree, Visit(self.builder.checker, place, scope)

    def told(self, node: ast.expr, visit: Visit) -> list[Later[Term]]:
        """The values that a part looks at."""
        if isinstance(node, ast.Compare):
            return terms(self.builder, sides(node) if sides(node) != [node] else [node.left], visit, self.params)
        return []


def named_parts(tree: ast.expr, visit: Visit) -> list[ast.expr]:
    """The names in an expression that have a value by themselves, as large as they are written: `washington.capital`,
    `plaza(me)`. What a loop binds has none. `visit` is thrown away: what it finds wrong is no fault."""
    found: list[ast.expr] = []
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, (ast.Name, ast.Attribute, ast.Call)) and _has_value(node, visit):
            found.append(node)
            if not isinstance(node, ast.Call):
                continue
        below = node.args if isinstance(node, ast.Call) else list(ast.iter_child_nodes(node))
        waiting = [*below, *waiting]
    return found


def _has_value(node: ast.expr, visit: Visit) -> bool:
    try:
        return not isinstance(visit.visit(node), Const)
    except Wrong:
        return False
