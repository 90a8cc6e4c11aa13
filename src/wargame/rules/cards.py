"""Inject cards: when they come, whom they address, what answers do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from wargame.rules.builder import Builder, Later, Lookup
from wargame.rules.builder import variables as as_variables
from wargame.rules.effects import CardVariable
from wargame.rules.expression import Checker, Scope
from wargame.rules.names import Layout
from wargame.rules.program import NOBODY, Addressee, Card, Effects, Expected, OptionCode
from wargame.rules.reach import possible
from wargame.rules.tree import Expr, Ref, Type
from wargame.scenario import model as source
from wargame.scenario.node import Node, Scalar
from wargame.scenario.problem import suggest

MOST_VARIABLES = 8


class Bound:
    """The bound names of a card, and what each is where the scheduling effect does not hand it on."""

    def __init__(self, refs: tuple[Ref, ...], values: tuple[Expr | None, ...]) -> None:
        self.refs = refs
        self.values = values


def card_variables(checker: Checker) -> tuple[dict[str, Bound], dict[str, tuple[CardVariable, ...]]]:
    """The bound names of every card; needed before any effect that schedules a card can be checked."""
    bound = {name: bound_names(checker, name, card) for name, card in checker.layout.scenario.injects.items()}
    return bound, handed_on(bound)


def handed_on(bound: Mapping[str, Bound]) -> dict[str, tuple[CardVariable, ...]]:
    """What an effect that schedules a card may hand on to it, by card."""
    return {name: tuple(CardVariable(ref.name, ref.type) for ref in one.refs) for name, one in bound.items()}


def bound_names(checker: Checker, name: str, card: source.Inject) -> Bound:
    """The bound names of one card."""
    refs: list[Ref] = []
    values: list[Expr | None] = []
    if len(card.bind) > MOST_VARIABLES:
        checker.report.error(card.mark, "too_big", f"A card can bind {MOST_VARIABLES} names; this binds {len(card.bind)}.")
    for variable, scalar in card.bind.items():
        if not checker.may_bind(variable, scalar.mark):
            continue
        scope = Scope({ref.name: ref for ref in refs}, None, True, f"injects.{name}.bind.{variable}", card.title)
        handed = _handed_on(checker.layout, scalar)
        if handed is not None:
            refs.append(checker.ref(variable, handed[0], (*handed[1], NOBODY), scope=scope))
            values.append(None)
            continue
        expr = checker.any_type(scalar, scope)
        if expr is None:
            continue
        if expr.type not in (Type.OWNER, Type.AREA, Type.AGREEMENT):
            message = f"`{variable}` would be {expr.type.value}; a card binds seats, factions, areas or agreements."
            checker.report.error(scalar.mark, "type", message, "", max(1, len(scalar.text)))
            continue
        refs.append(checker.ref(variable, expr.type, _members(checker.layout, expr), scope=scope))
        values.append(expr)
    return Bound(tuple(refs), tuple(values))


def _members(layout: Layout, expr: Expr) -> tuple[int, ...]:
    """All that a bound name can be: what its expression gives, what may be handed on instead, and nobody."""
    found = [member for member in possible(expr) if member != NOBODY]
    kinds = [layout.sets[name] for name in layout.sets if set(found) <= set(layout.sets[name])]
    if expr.type is Type.OWNER:
        # Somebody of the same kind, where there is one.
        wider = min(kinds, key=len) if kinds else tuple(range(len(layout.owners)))
        return (*dict.fromkeys([*found, *wider]), NOBODY)
    return (*range(len(layout.areas) if expr.type is Type.AREA else len(layout.agreements)), NOBODY)


def _handed_on(layout: Layout, scalar: Scalar) -> tuple[Type, tuple[int, ...]] | None:
    """`bind: {place: areas}`: a name that only the scheduling effect binds, to one of these."""
    name = scalar.text.strip()
    if name == "areas":
        return Type.AREA, tuple(range(len(layout.areas)))
    if name == "agreements":
        return Type.AGREEMENT, tuple(range(len(layout.agreements)))
    if name == "seats":
        return Type.OWNER, layout.seats
    if name in layout.sets:
        return Type.OWNER, layout.sets[name]
    owners = re.fullmatch(r"owners\((\w+)\)", name)
    if owners is not None and owners.group(1) in layout.piece_owners:
        return Type.OWNER, layout.piece_owners[owners.group(1)]
    return None


def build_cards(builder: Builder, bound: Mapping[str, Bound]) -> list[Later[Card]]:
    """All cards, in declared order."""
    return [
        build_card(builder, index, name, card, bound[name])
        for index, (name, card) in enumerate(builder.layout.scenario.injects.items())
    ]


def build_card(builder: Builder, index: int, name: str, card: source.Inject, bound: Bound) -> Later[Card]:
    """One card, the `index`th."""
    layout, refs = builder.layout, bound.refs
    names = {ref.name: ref for ref in refs}
    binds = []
    for number, value in enumerate(bound.values):
        binds.append(None if value is None else builder.function(value, refs[:number], dice=True))
    empty = Scope({}, None, False, f"injects.{name}", card.title)
    trigger = card.trigger
    when, when_tree = builder.test(trigger.when, empty, what="trigger")
    builder.need(empty.path, when_tree)
    chance, builder.chances[name] = builder.number(trigger.chance, empty, default=100)
    scope = Scope(names, None, True, f"injects.{name}", card.title)
    on_trigger, _ = builder.maybe(card.on_trigger, scope.at("on_trigger"), refs)
    on_deal, _ = builder.maybe(card.on_deal, scope.at("on_deal"), refs)
    addressees = _addressees(builder, name, card, scope, refs)
    hints = _hints(builder, card)
    expects = tuple(_expected(builder, card))
    turns = trigger.turns or source.Span(lo=1, hi=layout.scenario.turns.count)
    _check_readers(builder, card)

    def make(get: Lookup) -> Card:
        def effects(function: str | None) -> Effects | None:
            found: Effects | None = get(function) if function is not None else None
            return found

        return Card(
            index,
            name,
            card,
            card.pool,
            as_variables(refs),
            tuple(None if function is None else get(function) for function in binds),
            get(when),
            get(chance),
            (turns.lo, turns.hi),
            trigger.once,
            trigger.cooldown,
            tuple(addressee(get) for addressee in addressees),
            effects(on_trigger),
            effects(on_deal),
            tuple((seat, get(function)) for seat, function in hints),
            layout.fired[name],
            layout.dealt_on[name],
            layout.armed[name],
            _private(card.seen_by),
            expects,
        )

    return make


def _expected(builder: Builder, card: source.Inject) -> Iterator[Expected]:
    """What the card expects of seats, as far as its names lead somewhere (`wargame.scenario.check_play` says where not)."""
    scenario = builder.layout.scenario
    numbers = builder.layout.card_numbers
    for entry in card.expects:
        seats = builder.layout.seats_named([entry.who], builder.structure, "of whom it is expected")
        if entry.wanted is None:
            continue
        sort, name = entry.wanted[0], entry.wanted[1].text
        options = [option for choice in card.choices.values() for option in choice.options if option.id == name]
        found: dict[str, source.Action | source.Agreement | source.Option | None] = {
            "order": scenario.actions.get(name),
            "agreement": scenario.agreements.get(name),
            "option": options[0] if options else None,
        }
        named = found[sort]
        if named is not None:
            missed = numbers.get(entry.if_missed.text, -1) if entry.if_missed is not None else -1
            yield Expected(seats, sort, name, named.label, entry.within, missed)


def _private(node: Node | None) -> bool:
    return isinstance(node, Scalar) and node.text == "addressees"


def _check_readers(builder: Builder, card: source.Inject) -> None:
    if isinstance(card.seen_by, Scalar) and card.seen_by.text not in ("public", "addressees"):
        hint = suggest(card.seen_by.text, ("public", "addressees")) or "it is `public` or `addressees`"
        builder.report.error(card.seen_by.mark, "seen_by", f"`{card.seen_by.text}` does not say who reads a card.", hint)


def _hints(builder: Builder, card: source.Inject) -> list[tuple[int, str]]:
    found: dict[int, str] = {}
    for key, scalar in card.hint.items():
        seats = builder.layout.seats_named([Scalar(key, scalar.mark)], builder.structure, "whose hint it is")
        name, _ = builder.number(scalar, Scope({}, builder.checker.me(seats)))
        for seat in seats:
            found[seat] = name
    return sorted(found.items())


def _addressees(builder: Builder, name: str, card: source.Inject, scope: Scope, refs: Sequence[Ref]) -> list[Later[Addressee]]:
    """Whom the card is for. A seat of a kind that has answers of its own is told apart from the others of its kind."""
    layout = builder.layout
    found: list[Later[Addressee]] = []
    to = [scalar.text for scalar in card.to] or list(card.choices)
    own = [key for key in card.choices if key not in to]
    variables = {ref.name: number for number, ref in enumerate(refs)}
    named: set[int] = set()
    for key in [*own, *to]:
        mark = next((scalar.mark for scalar in card.to if scalar.text == key), card.mark)
        if key in variables:
            ref = refs[variables[key]]
            if ref.type is not Type.OWNER:
                builder.report.error(mark, "not_a_seat", f"`{key}` is {ref.type.value}; a card is addressed to seats.")
                continue
            members = tuple(member for member in ref.members if 0 <= member < layout.seat_count)
            found.append(_addressee(builder, name, card, key, (), variables[key], members, scope, refs))
            continue
        owners = layout.owners_named(key)
        if owners is None or any(owner >= layout.seat_count for owner in owners):
            known = [*layout.owner_names(), *variables]
            hint = suggest(key, known) or "a name that a scheduling effect hands on is declared under `bind`"
            builder.report.error(mark, "unknown_name", f"There is no seat, kind or bound name `{key}`.", hint, len(key))
            continue
        seats = tuple(owner for owner in owners if owner not in named)
        named.update(seats)
        found.append(_addressee(builder, name, card, key, seats, -1, seats, scope, refs))
    return found


def _addressee(
    builder: Builder,
    name: str,
    card: source.Inject,
    key: str,
    seats: tuple[int, ...],
    variable: int,
    members: tuple[int, ...],
    scope: Scope,
    refs: Sequence[Ref],
) -> Later[Addressee]:
    choice = card.choices.get(key)
    options = choice.options if choice is not None else ()
    me = builder.checker.me(members)
    made: list[Later[OptionCode]] = []
    for option in options:
        made.append(_option(builder, name, key, option, me, members, scope, refs))
    default = standard(choice) if choice is not None else 0

    def make(get: Lookup) -> Addressee:
        return Addressee(key, seats, variable, tuple(option(get) for option in made), default)

    return make


def _option(
    builder: Builder,
    name: str,
    key: str,
    option: source.Option,
    me: Ref,
    members: tuple[int, ...],
    scope: Scope,
    refs: Sequence[Ref],
) -> Later[OptionCode]:
    inner = Scope(scope.names, me, False, f"injects.{name}.choices.{key}.{option.id}", option.label)
    reasons = builder.reasons(option.requires, members, inner, refs)
    run, code, _ = builder.block(option.effects, Scope(scope.names, me, True, inner.path, option.label), refs)

    def make(get: Lookup) -> OptionCode:
        return OptionCode(option.id, option, tuple(reason(get) for _, reason, _ in reasons), get(run), code)

    return make


def standard(choice: source.CardChoice) -> int:
    """The option taken at the deadline: as declared, else the first that holds, else the first."""
    ids = [option.id for option in choice.options]
    if choice.default in ids:
        return ids.index(choice.default)
    holding = [number for number, option in enumerate(choice.options) if option.stance is source.Stance.HOLD]
    return holding[0] if holding else 0
