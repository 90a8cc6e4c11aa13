"""The functions of the language: how each is called, and what it becomes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from attrs import evolve

from wargame.rules.expression import OWNER, TRUTH, Wrong
from wargame.rules.names import Layout
from wargame.rules.program import NEVER, Site
from wargame.rules.tree import (
    Binary,
    Call,
    Cell,
    Choose,
    Compare,
    Const,
    Dice,
    Domain,
    Exists,
    Expr,
    Fold,
    Logic,
    Party,
    Read,
    Ref,
    Rows,
    Start,
    Touch,
    Type,
)
from wargame.rules.visit import BEFORE, Visit
from wargame.scenario.problem import suggest

LONG_AGO = 99  # turns since a card that was never dealt
AREA, AGREEMENT = Type.AREA, Type.AGREEMENT
NUMBERS: Mapping[str, tuple[int, int, str]] = {  # least and most arguments, and how it is written
    "min": (2, 20, "min(a, b)"),
    "max": (2, 20, "max(a, b)"),
    "abs": (1, 1, "abs(x)"),
    "round": (1, 1, "round(x)"),
    "floor": (1, 1, "floor(x)"),
    "ceil": (1, 1, "ceil(x)"),
    "clamp": (3, 3, "clamp(x, lo, hi)"),
    "scale": (3, 3, "scale(x, worst, best)"),
}
FOLDS: Mapping[str, str] = {
    "count": "count(x for x in cartel if x.heat > 3)",
    "sum": "sum(x.heat for x in cartel)",
    "any": "any(x.heat > 3 for x in cartel)",
    "all": "all(x.heat > 3 for x in cartel)",
    "max": "max(x.heat for x in cartel)",
    "min": "min(x.heat for x in cartel)",
    "highest": "highest(x.heat for x in cartel)",
    "lowest": "lowest(x.heat for x in cartel)",
    "first": "first(x for x in cartel if x.heat > 3)",
    "random": "random(x for x in cartel)",
    "random_by": "random_by(x.heat for x in cartel)",
}
MEMBERS = ("count", "first", "random")  # what stands before `for` is the loop's own name


def call(visit: Visit, node: ast.Call) -> Expr:
    """The typed tree of a call."""
    if not isinstance(node.func, ast.Name):
        raise visit.wrong(node, "syntax", "Only a function of the language can be called.")
    name = node.func.id
    if node.keywords:
        raise visit.wrong(node, "arguments", f"What stands in `{name}(...)` is written without names.")
    args = node.args
    if name in FOLDS and len(args) == 1 and isinstance(args[0], ast.GeneratorExp):
        return _fold(visit, name, args[0], node)
    if name in ("sum", "max", "min") and len(args) == 1:
        if isinstance(args[0], ast.Attribute):
            return visit.spread(args[0], name)
        raise visit.wrong(node, "arguments", f"`{name}` of one thing needs several to choose from.", f"write `{FOLDS[name]}`")
    if name in NUMBERS:
        return _numbers(visit, name, node)
    if name in SPECIAL:
        return SPECIAL[name](visit, node)
    if name in FOLDS:
        raise visit.wrong(
            node, "arguments", f"`{name}` goes through several seats or areas; which is not said.", f"write `{FOLDS[name]}`"
        )
    kind = visit.layout.declared.get(name)
    if kind == "a value":
        return visit.value_call(name, args, node)
    if kind == "an effect group":
        raise visit.wrong(node, "effect_in_expression", f"`{name}` is an effect group, which does something.")
    if kind is not None:
        raise visit.wrong(node.func, "not_a_function", f"`{name}` is {kind}; no parentheses follow its name.")
    values = [key.partition("(")[0].strip() for key in visit.layout.scenario.values]
    hint = suggest(name, [*NUMBERS, *FOLDS, *SPECIAL, *values])
    raise visit.wrong(node.func, "unknown_function", f"There is no function `{name}`.", hint)


def over(layout: Layout, type_: Type, members: Rows, words: str) -> Domain:
    """A domain of fixed members; seats that may be out of play count only while in it."""
    optional = [member for member in members if member in layout.optional] if type_ is OWNER else []
    return Domain(type_, members, words, {member: layout.played[member] for member in optional})


def domain_of(visit: Visit, node: ast.expr) -> Domain:
    """What stands behind `in`."""
    layout, words = visit.layout, visit.source.snippet(node)
    if isinstance(node, ast.Name):
        if node.id == "areas":
            return over(layout, AREA, tuple(range(len(layout.areas))), words)
        if node.id == "agreements":
            return over(layout, AGREEMENT, tuple(range(len(layout.agreements))), words)
        owners = layout.owners_named(node.id) if node.id not in visit.scope.names else None
        if owners is not None:
            return over(layout, OWNER, owners, words)
        if node.id in layout.pieces:
            hint = f"write `owners({node.id})`"
            raise visit.wrong(node, "not_a_domain", f"`{node.id}` are pieces; say whose.", hint)
        known = [*layout.owner_names(), "areas", "agreements"]
        raise visit.wrong(
            node, "not_a_domain", f"`{node.id}` does not stand for several seats or areas.", suggest(node.id, known)
        )
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _called_domain(visit, node, node.func.id, words)
    if isinstance(node, (ast.List, ast.Tuple)) and node.elts:
        found = [domain_of(visit, element) if _is_set(visit, element) else _single(visit, element) for element in node.elts]
        if any(one.type is not found[0].type or one.near is not None for one in found):
            raise visit.wrong(node, "type", "This list mixes seats, areas and other things.")
        members = tuple(dict.fromkeys(member for one in found for member in one.members))
        return over(layout, found[0].type, members, words)
    raise visit.wrong(node, "not_a_domain", "Here a kind, `seats`, `areas` or the like belongs.")


def _called_domain(visit: Visit, node: ast.Call, name: str, words: str) -> Domain:
    layout = visit.layout
    if name in ("neighbours", "neighbors", "adjacent") and len(node.args) == 1:
        near = visit.want(visit.visit(node.args[0]), AREA, node.args[0])
        if isinstance(near, Const):
            return over(layout, AREA, layout.neighbours[int(near.value)], words)
        return Domain(AREA, tuple(range(len(layout.areas))), words, near=near, around=layout.neighbours)
    if name == "owners" and len(node.args) == 1 and isinstance(node.args[0], ast.Name):
        piece = node.args[0].id
        if piece not in layout.piece_owners:
            raise visit.wrong(node.args[0], "unknown_name", f"There are no pieces `{piece}`.", suggest(piece, layout.pieces))
        return over(layout, OWNER, layout.piece_owners[piece], words)
    raise visit.wrong(
        node,
        "not_a_domain",
        f"`{words}` does not stand for several seats or areas.",
        "there are `neighbours(place)`, `owners(piece)`",
    )


def _is_set(visit: Visit, node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and (node.id in visit.layout.sets or node.id in ("seats", "areas", "agreements"))


def _single(visit: Visit, node: ast.expr) -> Domain:
    item = visit.visit(node)
    if not isinstance(item, Const) or item.type not in (OWNER, AREA, AGREEMENT):
        raise visit.wrong(node, "not_a_domain", "Here names of seats, factions or areas belong.")
    return Domain(item.type, (int(item.value),), visit.source.snippet(node))


def loop(visit: Visit, comprehension: ast.comprehension, node: ast.expr) -> tuple[Ref, Domain, Expr | None, Visit]:
    """The bound name of `x in DOMAIN if C`, its domain, the condition, and the walk inside."""
    if not isinstance(comprehension.target, ast.Name):
        raise visit.wrong(node, "syntax", "One name belongs between `for` and `in`.")
    name = comprehension.target.id
    mark = visit.source.of(comprehension.target)
    if not visit.checker.may_bind(name, mark):
        raise Wrong
    domain = domain_of(visit, comprehension.iter)
    var = visit.checker.ref(name, domain.type, domain.members, scope=visit.scope)
    inner = visit.inside(visit.scope.bind(var))
    tests = inner.all(comprehension.ifs, inner.truth)
    test = None if not tests else tests[0]
    for other in tests[1:]:
        assert test is not None
        test = Logic("and", (test, other), whole=True)
    return var, domain, test, inner


def _fold(visit: Visit, name: str, generator: ast.GeneratorExp, node: ast.Call) -> Expr:
    if len(generator.generators) != 1:
        raise visit.wrong(generator, "syntax", "Only one `for` can stand here.", "put a second function inside")
    if name in ("random", "random_by"):
        _only_in_effects(visit, name, node)
    var, domain, test, inner = loop(visit, generator.generators[0], generator)
    head = generator.elt
    if name in MEMBERS:
        if not (isinstance(head, ast.Name) and head.id == var.name):
            raise visit.wrong(
                head,
                "arguments",
                f"`{name}` is about each `{var.name}` itself: only that name belongs before `for`.",
                f"write `{FOLDS[name]}`",
            )
        body: Expr = var
    elif name in ("any", "all"):
        body = inner.truth(head)
    else:
        body = inner.number(head)
    if name == "random":
        return Dice(name, _site(visit, name), visit.scope.keys(), None, var, domain, test, type=domain.type, whole=True)
    if name == "random_by":
        return Dice(name, _site(visit, name), visit.scope.keys(), None, var, domain, test, body, type=domain.type, whole=True)
    if name in ("highest", "lowest", "first"):
        return Fold(name, var, domain, body, test, type=domain.type, whole=True)
    if name in ("any", "all"):
        return Fold(name, var, domain, body, test, type=TRUTH, whole=True)
    return Fold(name, var, domain, body, test, whole=name == "count" or body.whole)


def _numbers(visit: Visit, name: str, node: ast.Call) -> Expr:
    least, most, form = NUMBERS[name]
    if not least <= len(node.args) <= most:
        raise visit.wrong(node, "arguments", f"`{name}` is written `{form}`.")
    args = visit.all(node.args, visit.number)
    if name == "clamp" and isinstance(args[1], Const) and isinstance(args[2], Const) and args[1].value > args[2].value:
        raise visit.wrong(node, "arguments", "The lower bound of this `clamp` is above the upper one.", f"write `{form}`")
    if name == "scale" and isinstance(args[1], Const) and isinstance(args[2], Const) and args[1].value == args[2].value:
        raise visit.wrong(node, "arguments", "Worst and best of this `scale` are the same.", f"write `{form}`")
    whole = name in ("round", "floor", "ceil") or (name != "scale" and all(arg.whole for arg in args))
    return Call(name, args, whole=whole)


def _plain_name(visit: Visit, node: ast.Call, known: Mapping[str, object], what: str) -> str:
    form = f"{node.func.id}({what})" if isinstance(node.func, ast.Name) else ""
    if not node.args or not isinstance(node.args[0], ast.Name):
        raise visit.wrong(node, "arguments", f"Write `{form}`, with the name of the {what}.")
    name = node.args[0].id
    if name not in known:
        raise visit.wrong(node.args[0], "unknown_name", f"There is no {what} `{name}`.", suggest(name, known))
    return name


def _one_argument(visit: Visit, node: ast.Call) -> ast.expr:
    if len(node.args) != 1:
        name = visit.source.snippet(node.func)
        raise visit.wrong(node, "arguments", f"`{name}` takes one value in its parentheses.")
    return node.args[0]


def _fired(visit: Visit, node: ast.Call) -> Expr:
    _one_argument(visit, node)
    name = _plain_name(visit, node, visit.layout.scenario.injects, "card")
    return Read(visit.layout.fired[name], whole=True)


def _turns_since(visit: Visit, node: ast.Call) -> Expr:
    _one_argument(visit, node)
    name = _plain_name(visit, node, visit.layout.scenario.injects, "card")
    dealt = Read(visit.layout.dealt_on[name], whole=True)
    since = Binary("-", Read(visit.layout.turn_slot, whole=True), dealt, whole=True)
    never = Compare("==", dealt, Const(NEVER, whole=True), whole=True)
    return Choose(never, Const(LONG_AGO, whole=True), since, whole=True)


def _given(visit: Visit, node: ast.Call) -> Expr:
    layout = visit.layout
    name = _plain_name(visit, node, layout.scenario.actions, "action")
    rows = layout.given[name]
    if len(node.args) == 2:
        seat = visit.want(visit.visit(node.args[1]), OWNER, node.args[1])
        return visit.cell(rows, (seat,), "given")
    if len(node.args) != 1:
        raise visit.wrong(node, "arguments", "Write `given(action)` or `given(action, seat)`.")
    members = tuple(seat for seat in layout.seats if rows[seat])
    if len(members) == 1:
        return Read(rows[members[0]], whole=True)
    var = visit.checker.ref("each", OWNER, members, scope=visit.scope)
    return Fold("sum", var, Domain(OWNER, members, "seats"), Cell(rows, (var,), "given", whole=True), None, whole=True)


def _in_play(visit: Visit, node: ast.Call) -> Expr:
    argument = _one_argument(visit, node)
    seat = visit.want(visit.visit(argument), OWNER, argument)
    return visit.cell(visit.layout.played, (seat,), "played", TRUTH)


def _adjacent(visit: Visit, node: ast.Call) -> Expr:
    if len(node.args) != 2:
        raise visit.wrong(node, "arguments", "Write `adjacent(a, b)` with two areas.", "`neighbours(a)` is all that touch one")
    layout = visit.layout
    one, other = (visit.want(visit.visit(arg), AREA, arg) for arg in node.args)
    return Touch(one, other, layout.neighbours, whole=True)


def _exists(visit: Visit, node: ast.Call) -> Expr:
    argument = _one_argument(visit, node)
    item = visit.visit(argument)
    if item.type not in (OWNER, AREA, AGREEMENT):
        raise visit.wrong(argument, "type", f"`exists` asks about a seat or an area; this is {item.type.value}.")
    return Exists(item, whole=True)


def _party(visit: Visit, node: ast.Call) -> Expr:
    if len(node.args) != 2:
        raise visit.wrong(node, "arguments", "Write `party(agreement, seat)`.")
    agreement = visit.want(visit.visit(node.args[0]), AGREEMENT, node.args[0])
    seat = visit.want(visit.visit(node.args[1]), OWNER, node.args[1])
    return Party(agreement, seat, visit.layout.parties, whole=True)


def _start(visit: Visit, node: ast.Call) -> Expr:
    item = visit.visit(_one_argument(visit, node))
    if item.type is AGREEMENT:
        item = visit.in_force(item, node.args[0])
    return Start(item, type=item.type, whole=item.whole)


def _before(visit: Visit, node: ast.Call) -> Expr:
    if BEFORE not in visit.scope.names:
        hint = "`start(...)` is the board as the scenario starts"
        raise visit.wrong(node, "unknown_function", "`before` can only stand in what a test expects.", hint)
    start = _start(visit, node)
    assert isinstance(start, Start)
    return evolve(start, board="was")


def _total(visit: Visit, node: ast.Call) -> Expr:
    layout, argument = visit.layout, _one_argument(visit, node)
    areas = tuple(range(len(layout.areas)))
    if isinstance(argument, ast.Name):
        part = argument.id
        owners: tuple[Expr, ...] = ()
        members = layout.piece_owners.get(part, ())
        words = f"owners({part})"
    elif isinstance(argument, ast.Attribute):
        part = argument.attr
        holder = visit.holder(argument.value)
        if holder.areas is not None:
            raise visit.wrong(argument, "arguments", "`total` is over the whole map: leave the area out.")
        owners = holder.owners or ()
        members = tuple(int(owner.value) for owner in owners if isinstance(owner, Const))
        words = holder.words
    else:
        raise visit.wrong(node, "arguments", "Write `total(seat.piece)` or `total(piece)`.")
    if part not in layout.pieces:
        raise visit.wrong(argument, "unknown_name", f"There are no pieces `{part}`.", suggest(part, layout.pieces))
    area = visit.checker.ref("area", AREA, areas, scope=visit.scope)
    here = Domain(AREA, areas, "areas")
    if len(owners) == 1:
        return Fold("sum", area, here, visit.cell(layout.pieces[part], (area, owners[0]), part), None, whole=True)
    each = visit.checker.ref("each", OWNER, members, scope=visit.scope)
    cell = Cell(layout.pieces[part], (area, each), part, whole=True)
    inner = Fold("sum", each, over(layout, OWNER, members, words), cell, None, whole=True)
    return Fold("sum", area, here, inner, None, whole=True)


def _only_in_effects(visit: Visit, name: str, node: ast.AST) -> None:
    if not visit.scope.dice:
        message = f"`{name}` rolls dice, which only effects may do."
        raise visit.wrong(node, "dice_in_condition", message, "roll in the effects: `roll:`, `outcomes:` or `let:`")


def _site(visit: Visit, name: str) -> Site:
    return visit.checker.book.site(f"{visit.scope.path}.{name}", visit.scope.label)


def _die(visit: Visit, node: ast.Call) -> Expr:
    _only_in_effects(visit, "die", node)
    sides = visit.number(_one_argument(visit, node))
    return Dice("die", _site(visit, "die"), visit.scope.keys(), sides, whole=True)


def _chance(visit: Visit, node: ast.Call) -> Expr:
    _only_in_effects(visit, "chance", node)
    percent = visit.number(_one_argument(visit, node))
    return Dice("chance", _site(visit, "chance"), visit.scope.keys(), percent, type=TRUTH, whole=True)


SPECIAL: Mapping[str, Callable[[Visit, ast.Call], Expr]] = {
    "fired": _fired,
    "given": _given,
    "turns_since": _turns_since,
    "in_play": _in_play,
    "adjacent": _adjacent,
    "exists": _exists,
    "party": _party,
    "start": _start,
    BEFORE: _before,
    "total": _total,
    "die": _die,
    "chance": _chance,
}
