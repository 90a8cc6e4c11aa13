"""Loops over the targets of an action, as source: conditions as far out as their names are bound."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from wargame.rules.codegen import Writer
from wargame.rules.reach import refs
from wargame.rules.tree import Domain, Expr, Ref

MOST_UNROLLED = 64  # combinations of targets that are written out


@frozen
class Aim:
    """A declared target: its bound name and what it runs over."""

    var: Ref
    domain: Domain


def levels_of(aims: Sequence[Aim], tests: Sequence[Expr]) -> list[list[Expr]]:
    """The conditions by how many targets must be bound for them."""
    levels: list[list[Expr]] = [[] for _ in range(len(aims) + 1)]
    locals_ = [aim.var.local for aim in aims]
    for test in tests:
        used = [locals_.index(local) + 1 for local in refs(test) if local in locals_]
        levels[max(used, default=0)].append(test)
    return levels


def unrolls(aims: Sequence[Aim]) -> bool:
    """Whether the combinations are few enough to be written out."""
    total = 1
    for aim in aims:
        total *= max(1, len(aim.domain.members) if aim.domain.near is None else 4)
    return total <= MOST_UNROLLED


def nest(
    writer: Writer,
    aims: Sequence[Aim],
    levels: Sequence[Sequence[Expr]],
    lines: list[str],
    indent: str,
    leaf: str,
    *,
    unroll: bool,
    bound: tuple[str, ...] = (),
) -> None:
    """Adds the loops; innermost stands `leaf` with the tuple of targets for its `{}`."""
    depth = len(bound)
    tests = [source for source in map(writer.source, levels[depth]) if source != "True"]
    if "False" in tests:
        return  # as for areas that do not touch: known already, so not worth a line
    start = len(lines)
    if tests:
        lines.append(f"{indent}if {' and '.join(tests)}:")
        indent += "    "
    if depth == len(aims):
        lines.append(indent + leaf.format(f"({', '.join(bound)},)" if bound else "()"))
        return
    before = len(lines)
    aim = aims[depth]
    var, domain = aim.var, aim.domain
    known: tuple[int, ...] | None = domain.members
    if domain.near is not None:
        near = writer.member(domain.near)
        known = None if near is None else domain.around[near]
    if unroll and known is not None:
        for member in known:
            inner_indent, head = indent, len(lines)
            if member in domain.optional:
                lines.append(f"{indent}if b[{domain.optional[member]}]:")
                inner_indent += "    "
            body = len(lines)
            inner = writer.bound(var.local, member)
            nest(inner, aims, levels, lines, inner_indent, leaf, unroll=unroll, bound=(*bound, str(member)))
            if len(lines) == body:
                del lines[head:]
        if len(lines) == before:
            del lines[start:]  # nothing can be aimed at
    else:
        table = writer.module.table(domain.members)
        if domain.near is not None:
            table = f"{writer.module.table(domain.around)}[{writer.source(domain.near)}]"
        lines.append(f"{indent}for {var.local} in {table}:")
        indent += "    "
        conditions = writer.conditions(domain, var, None)
        if conditions:
            lines.append(f"{indent}if {conditions[0]}:")
            indent += "    "
        body = len(lines)
        nest(writer, aims, levels, lines, indent, leaf, unroll=unroll, bound=(*bound, var.local))
        if len(lines) == body:
            del lines[start:]
