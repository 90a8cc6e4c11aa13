"""A seat's whole menu as one function: every order that stands by itself, in straight lines.

Playouts ask for it before every choice. It lists what the reasons and targets of the actions allow one by one; that both say
the same is tested over random play.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from wargame.rules.builder import Builder
from wargame.rules.codegen import Writer
from wargame.rules.loops import Aim, levels_of, nest, unrolls
from wargame.rules.tree import Expr


@frozen
class Listed:
    """What a menu needs of an action. `bare`: conditions that name no target; `given`: slot by seat."""

    index: int
    seats: Sequence[int]
    costs: Mapping[int, tuple[tuple[int, int], ...]]
    once: bool
    given: Sequence[int]
    bare: Sequence[Expr]
    aims: Sequence[Aim]
    tests: Sequence[Expr]


def list_menus(builder: Builder, listed: Sequence[Listed]) -> list[str]:
    """By seat, a function `(b)` that gives `[(action, targets), ...]`, in declared order."""
    return [_menu(builder, seat, [each for each in listed if seat in each.seats]) for seat in builder.layout.seats]


def _menu(builder: Builder, seat: int, listed: Sequence[Listed]) -> str:
    module = builder.module
    writer = Writer(module).bound("me", seat)
    lines = ["found = []", "append = found.append"]
    for action in listed:
        tests = [f"not b[{action.given[seat]}]"] if action.once else []
        tests += [f"b[{slot}] >= {amount}" for slot, amount in action.costs[seat] if amount]
        tests += [writer.source(test) for test in action.bare]
        indent = ""
        if tests:
            lines.append(f"if {' and '.join(tests)}:")
            indent = "    "
        leaf = f"append(({action.index}, {{}}))"
        nest(writer, action.aims, levels_of(action.aims, action.tests), lines, indent, leaf, unroll=unrolls(action.aims))
    return module.define(module.fresh(), ["b"], [*lines, "return found"])
