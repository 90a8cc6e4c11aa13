"""The conditions of a whole scenario, each taken apart: when cards come, what holds orders and agreements back, how it ends."""

from __future__ import annotations

from attrs import frozen

from wargame.rules.aside import Aside
from wargame.rules.builder import Builder, Later
from wargame.rules.expression import Scope
from wargame.rules.menus import aims_of
from wargame.rules.program import NOBODY
from wargame.rules.trial import Term
from wargame.rules.why import Part, term, why
from wargame.scenario import model as source
from wargame.scenario.node import Scalar
from wargame.scenario.problem import Report


@frozen
class Hold:
    """A condition that can hold a seat back. `closes`: it does so when it holds (a lock), not when it does not.

    The functions of its part take the targets of the order, whether or not they look at them. `seat`: whom alone it holds
    back, or NOBODY.
    """

    what: str  # `lock kinetic`, `requires`, `target`
    part: Part
    closes: bool = False
    aimed: bool = False  # whether it is about the targets
    seat: int = NOBODY

    def open(self, board: list[int], seat: int, refs: tuple[int, ...]) -> bool:
        """Whether it lets the seat through."""
        return bool(self.part.test(board, seat, *refs)) != self.closes


@frozen
class Reasons:
    """By number of the card, action, agreement, ending."""

    cards: tuple[Part | None, ...]
    chances: tuple[Term | None, ...]
    actions: tuple[tuple[Hold, ...], ...]
    agreements: tuple[tuple[Hold, ...], ...]
    lapses: tuple[Part | None, ...]
    endings: tuple[Part | None, ...]


def reasons(aside: Aside) -> Reasons:
    """Every condition of the scenario with its parts."""
    sheet = aside.sheet(Report())
    scenario = sheet.layout.scenario
    nobody = Scope({})
    cards = [_condition(sheet, card.trigger.when, nobody) for card in scenario.injects.values()]
    chances = [_chance(sheet, card) for card in scenario.injects.values()]
    actions = [_action(sheet, name, action) for name, action in scenario.actions.items()]
    agreements = [_agreement(sheet, index, each) for index, each in enumerate(scenario.agreements.values())]
    lapses = [_condition(sheet, each.ends_when, nobody) for each in scenario.agreements.values()]
    endings = [_condition(sheet, ending.when, nobody) for ending in scenario.endings.values()]
    get = sheet.module.link()
    return Reasons(
        tuple(each and each(get) for each in cards),
        tuple(each and each(get) for each in chances),
        tuple(tuple(each(get) for each in holds) for holds in actions),
        tuple(tuple(each(get) for each in holds) for holds in agreements),
        tuple(each and each(get) for each in lapses),
        tuple(each and each(get) for each in endings),
    )


def _condition(sheet: Builder, when: Scalar | None, scope: Scope) -> Later[Part] | None:
    return None if when is None else why(sheet, when, scope)


def _chance(sheet: Builder, card: source.Inject) -> Later[Term] | None:
    chance = card.trigger.chance
    expr = None if chance is None else sheet.checker.number(chance, Scope({}))
    return None if chance is None or expr is None else term(sheet, " ".join(chance.text.split()), expr, ())


def _action(sheet: Builder, name: str, action: source.Action) -> list[Later[Hold]]:
    rows = sheet.layout.given[name]
    seats = tuple(seat for seat in sheet.layout.seats if rows[seat])
    bare = Scope({}, sheet.checker.me(seats), False, f"actions.{name}", action.label)
    aims, scope, _, _ = aims_of(sheet, action, seats, bare)
    params = tuple(aim.var for aim in aims)
    found: list[Later[Hold]] = []
    for lock in action.locks:
        part = why(sheet, sheet.layout.scenario.locks[lock.text].when, bare, params)
        found += _hold(f"lock {lock.text}", part, closes=True)
    for target in action.targets.values():
        if target.where is not None:
            found += _hold("target", why(sheet, target.where, scope, params), aimed=True)
    names = {ref.name for ref in params}
    for requirement in action.requires:
        aimed = any(word in names for word in _words(requirement.when.text))
        found += _hold("requires", why(sheet, requirement.when, scope, params), aimed=aimed)
    return found


def _agreement(sheet: Builder, index: int, agreement: source.Agreement) -> list[Later[Hold]]:
    layout = sheet.layout
    found: list[Later[Hold]] = []
    for requirement in agreement.requires:
        seats = layout.parties[index]
        if requirement.for_ is not None:
            seats = layout.seats_named([requirement.for_], Report(), "whose key it holds back")
        part = why(sheet, requirement.when, Scope({}, sheet.checker.me(seats)))
        found += _hold("requires", part, seat=seats[0] if requirement.for_ is not None and len(seats) == 1 else NOBODY)
    return found


def _hold(
    what: str, part: Later[Part] | None, *, closes: bool = False, aimed: bool = False, seat: int = NOBODY
) -> list[Later[Hold]]:
    return [] if part is None else [lambda get: Hold(what, part(get), closes, aimed, seat)]


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() or letter == "_" else " " for letter in text).split()
