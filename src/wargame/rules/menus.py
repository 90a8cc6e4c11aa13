"""Actions: what seats may order, whom it can be aimed at, and what holds it back."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from wargame.rules.builder import Builder, Later, Lookup, variables
from wargame.rules.calls import domain_of, over
from wargame.rules.codegen import Writer
from wargame.rules.expression import Scope, Wrong
from wargame.rules.listing import Listed, list_menus
from wargame.rules.loops import Aim, levels_of, nest, unrolls
from wargame.rules.program import VOID, Action, Reason
from wargame.rules.syntax import Source, parse, source_of
from wargame.rules.tree import Const, Domain, Expr, Not, Type
from wargame.rules.visit import Visit
from wargame.scenario import model as source
from wargame.scenario.node import Map, Scalar, Seq
from wargame.scenario.problem import suggest

MOST_TARGETS = 4
MOST_COMBINATIONS = 5000


def build_actions(builder: Builder) -> tuple[list[Later[Action]], list[str]]:
    """All actions, in declared order, and by seat the function that lists its menu."""
    listed: list[Listed] = []
    actions = [
        _action(builder, index, name, action, listed)
        for index, (name, action) in enumerate(builder.layout.scenario.actions.items())
    ]
    return actions, list_menus(builder, listed)


def _action(builder: Builder, index: int, name: str, action: source.Action, listed: list[Listed]) -> Later[Action]:
    layout, checker = builder.layout, builder.checker
    rows = layout.given[name]
    seats = tuple(seat for seat in layout.seats if rows[seat] != VOID)
    me = checker.me(seats)
    scope = Scope({}, me, False, f"actions.{name}", action.label)
    reasons: list[tuple[Expr, Later[Reason], bool]] = []
    for lock_name in action.locks:
        reasons.extend(_lock(builder, lock_name, seats, scope))
    aims, scope, tests, target_reasons = aims_of(builder, action, seats, scope)
    params = [aim.var for aim in aims]
    builder.aimed[name] = tuple(var.type for var in params)
    for test, reason, named in builder.reasons(action.requires, seats, scope, params, bare=True):
        if named:
            tests.append(test)
            target_reasons.append(reason)
        else:
            reasons.append((test, reason, named))
    effects_scope = Scope(scope.names, me, True, f"actions.{name}.effects", action.label)
    run, code, _ = builder.block(action.effects, effects_scope, params)
    targets = _enumerator(builder, aims, tests)
    candidates = _enumerator(builder, aims, [])
    costs = _costs(builder, name, action, seats)
    bare = [test for test, _, _ in reasons]
    listed.append(Listed(index, seats, costs, action.once, rows, bare, aims, tests))
    audience = _audience(builder, action)
    labels = {key: target.label for key, target in action.targets.items()}
    for seat in action.names:
        if seat not in layout.owner_of:
            builder.structure.error(action.mark, "unknown_name", f"There is no seat `{seat}`.", suggest(seat, layout.owner_of))

    def make(get: Lookup) -> Action:
        return Action(
            index,
            name,
            action,
            seats,
            costs,
            variables(params, labels),
            tuple(reason(get) for _, reason, _ in reasons),
            get(targets),
            get(candidates),
            tuple(reason(get) for reason in target_reasons),
            get(run),
            audience,
            {seat: rows[seat] for seat in seats},
            code,
        )

    return make


def _lock(builder: Builder, name: Scalar, seats: Sequence[int], scope: Scope) -> list[tuple[Expr, Later[Reason], bool]]:
    locks = builder.layout.scenario.locks
    lock = locks.get(name.text)
    if lock is None:
        message = f"There is no lock `{name.text}`."
        builder.structure.error(name.mark, "unknown_name", message, suggest(name.text, locks), len(name.text))
        return []
    builder.checker.used.add(f"lock {name.text}")
    closed = builder.checker.condition(lock.when, Scope({}, scope.me), "lock")
    if closed is None:
        return []
    test = Not(closed, whole=True)
    builder.no_peeking(test, seats, lock.when)
    builder.need(scope.path, test, seats)
    return [builder.reason(builder.function(test), test, lock.otherwise, ())]


def aims_of(
    builder: Builder, action: source.Action, seats: Sequence[int], scope: Scope
) -> tuple[list[Aim], Scope, list[Expr], list[Later[Reason]]]:
    """The targets of an action in order, the scope with their names, and the conditions on them."""
    aims: list[Aim] = []
    tests: list[Expr] = []
    reasons: list[Later[Reason]] = []
    wheres: list[tuple[Scope, source.Target]] = []
    if len(action.targets) > MOST_TARGETS:
        builder.report.error(
            action.mark, "too_big", f"An action can have {MOST_TARGETS} targets; this has {len(action.targets)}."
        )
    for name, target in action.targets.items():
        domain = _domain(builder, target, scope) if builder.checker.may_bind(name, target.mark) else None
        if domain is None:
            domain = Domain(Type.OWNER, (), name)
        var = builder.checker.ref(name, domain.type, domain.members, scope=scope)
        aims.append(Aim(var, domain))
        scope = scope.bind(var)
        wheres.append((scope, target))
    params = [aim.var for aim in aims]
    for inner, target in wheres:
        if target.where is None:
            continue
        name, test = builder.test(target.where, inner, params, "target")
        builder.no_peeking(test, seats, target.where)
        builder.need(scope.path, test, seats)
        tests.append(test)
        reasons.append(builder.reason(name, test, target.otherwise, params)[1])
    total = 1
    for aim in aims:
        total *= max(1, len(aim.domain.members))
    if total > MOST_COMBINATIONS:
        message = f"The targets have {total:,} combinations; {MOST_COMBINATIONS:,} is the most."
        builder.report.error(action.mark, "too_big", message, "aim at fewer things at once")
    return aims, scope, tests, reasons


def _domain(builder: Builder, target: source.Target, scope: Scope) -> Domain | None:
    """What a target can be: one domain, or several kinds, seats and factions together."""
    found: list[Domain] = []
    for name in target.of:
        tree = parse(source_of(name), builder.report)
        if tree is None:
            return None
        visit = Visit(builder.checker, Source(name.text, name.mark, name.inline), scope)
        try:
            if isinstance(tree, ast.Name) and (tree.id in builder.layout.area_of or tree.id in builder.layout.owner_of):
                item = visit.visit(tree)
                assert isinstance(item, Const)
                found.append(over(builder.layout, item.type, (int(item.value),), name.text))
            else:
                found.append(domain_of(visit, tree))
        except Wrong:
            return None
    if not found:
        builder.report.error(target.mark, "missing_key", "`of` is missing: what is it aimed at?")
        return None
    if len(found) == 1:
        return found[0]
    if any(one.type is not found[0].type or one.near is not None for one in found):
        builder.report.error(target.of[0].mark, "type", "The targets mix seats, areas and other things.")
        return None
    members = tuple(dict.fromkeys(member for one in found for member in one.members))
    return over(builder.layout, found[0].type, members, " or ".join(one.words for one in found))


def _costs(
    builder: Builder, name: str, action: source.Action, seats: Sequence[int]
) -> Mapping[int, tuple[tuple[int, int], ...]]:
    layout = builder.layout
    costs: dict[int, tuple[tuple[int, int], ...]] = {}
    for seat in seats:
        found: list[tuple[int, int]] = []
        if isinstance(action.cost, int):
            if action.cost and layout.main_resource[seat] != VOID:
                found.append((layout.main_resource[seat], action.cost))
            elif action.cost and not layout.partial:
                message = f"`{name}` costs something, but `{layout.owners[seat]}` has no resource."
                builder.structure.error(action.mark, "cost", message, "give it `resources`, or make it free")
        else:
            for part, amount in action.cost.items():
                slot = layout.resources.get(part, (VOID,) * (len(layout.owners) + 1))[seat]
                if slot != VOID:
                    found.append((slot, amount))
                elif not layout.partial:
                    message = f"`{name}` costs `{part}`, which `{layout.owners[seat]}` does not have."
                    builder.structure.error(action.mark, "cost", message, suggest(part, layout.resources))
        costs[seat] = tuple(found)
    return costs


def _audience(builder: Builder, action: source.Action) -> tuple[bool, ...] | None:
    """By viewer, who learns what was done by whom (the white cell always; who did it knows anyway)."""
    node = action.seen_by
    count = builder.layout.seat_count
    if node is None or (isinstance(node, Scalar) and node.text in ("public", "all")):
        return None
    if isinstance(node, Map):
        builder.report.error(node.mark, "seen_by", "An action is seen by `public`, `covert` or a list of seats.")
        return None
    names: list[Scalar] = []
    if isinstance(node, Scalar):
        if node.text != "covert":
            names = [node]
    elif isinstance(node, Seq):
        names = [item for item in node.items if isinstance(item, Scalar)]
    seats = builder.layout.seats_named(names, builder.report, "who learns of it")
    return (*(viewer in seats for viewer in range(count)), False, True)


# ---------------------------------------------------------------- enumerating targets


def _enumerator(builder: Builder, aims: Sequence[Aim], tests: Sequence[Expr]) -> str:
    """A function `(b, me)` that lists all combinations for which the conditions hold, in declared order."""
    module = builder.module
    name = module.fresh()
    if not aims:
        return module.define(name, ["b", "me"], ["return [()]"])
    lines = ["found = []", "append = found.append"]
    nest(Writer(module), aims, levels_of(aims, tests), lines, "", "append({})", unroll=unrolls(aims))
    return module.define(name, ["b", "me"], [*lines, "return found"])
