"""The static checks of menus, cards, agreements, votes, secret decisions, phases and scores."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from wargame.scenario import model
from wargame.scenario.lookup import Lookup, Step
from wargame.scenario.problem import suggest
from wargame.scenario.scalars import shown, width

SIDE = "seat, kind or role"


def check_play(look: Lookup) -> None:
    """Reports what is wrong with the entries that seats act through."""
    _actions(look)
    check_injects(look, look.scenario.injects)
    _agreements(look)
    _transfers(look)
    _bodies(look)
    _motions(look)
    _secrets(look)
    _phases(look)
    _scoring(look)


def _actions(look: Lookup) -> None:
    scenario = look.scenario
    for name, action in scenario.actions.items():
        seats = look.seats_of(look.known(action.seat, look.sides, SIDE))
        look.known(action.locks, scenario.locks, "lock")
        for seat in action.names:
            look.unknown(seat, scenario.seats, "seat", look.place("actions", name, "names", seat))
        if isinstance(action.cost, int):
            poor = [seat for seat in seats if not look.resources(seat)] if action.cost else []
            if poor:
                message = f"`{name}` costs something, but `{poor[0]}` has no resource."
                look.error(look.value("actions", name, "cost"), "cost", message, "give it `resources`, or make it free")
            continue
        for resource in action.cost:
            place = look.place("actions", name, "cost", resource)
            for seat in seats:
                if look.unknown(resource, look.resources(seat), f"resource of `{seat}` named", place):
                    break


def check_injects(look: Lookup, cards: Mapping[str, model.Inject]) -> None:
    """Reports what is wrong with these cards of the scenario."""
    scenario = look.scenario
    paths = {path for path, _ in model.each_objective(scenario.objectives)}
    for name, card in cards.items():
        window = card.trigger.turns
        if window is not None and window.lo > scenario.turns.count and not look.partial:
            message = f"The card comes from turn {window.lo} on, but the game has {scenario.turns.count} turns."
            look.error(look.value("injects", name, "trigger", "turns"), "out_of_range", message)
        if card.objective is not None and card.objective.text not in paths:
            look.known([card.objective], sorted(paths), "objective")
        addressees = [to.text for to in card.to]
        allowed = {*addressees, *look.seats_of(addressees)}
        for index in repeated(addressees):
            to = card.to[index]
            look.error((to.mark, width(to)), "bad_value", f"`{to.text}` is addressed twice.")
        for key in card.choices:
            place = look.place("injects", name, "choices", key)
            if key not in allowed:
                message = f"`{key}` has choices but is not addressed."
                look.error(place, "addressee", message, f"`to` names: {', '.join(addressees) or 'nobody'}")
            _card_choice(look, name, key, card.choices[key])
        for key in card.texts:
            if key != "others":
                what = "seat, kind, role or addressee"
                look.unknown(key, [*look.sides, *addressees], what, look.place("injects", name, "texts", key))
        for key in card.hint:
            look.unknown(key, [*look.sides, *addressees], SIDE, look.place("injects", name, "hint", key))
        for index, entry in enumerate(card.expects):
            _expectation(look, name, card, entry, ("injects", name, "expects", index))
        if scenario.content:
            _tags(look, name, card)


def _tags(look: Lookup, name: str, card: model.Inject) -> None:
    """Where a scenario says what its tags warn of, a tag that it does not know is most likely a slip."""
    content = look.scenario.content
    for index, tag in enumerate(card.tags):
        if tag not in content and tag != model.REQUIRED:
            hint = suggest(tag, content) or "declare it under `content` (a `label` is enough), or leave it away"
            message = f"The tag {shown(tag)} is not among the `content`, so nobody can be warned of it."
            look.warning(look.value("injects", name, "tags", index), "unknown_tag", message, hint)


def _expectation(look: Lookup, name: str, card: model.Inject, entry: model.Expectation, path: tuple[Step, ...]) -> None:
    scenario = look.scenario
    seats = look.seats_of(look.known([entry.who], look.sides, SIDE))
    if entry.if_missed is not None and look.known([entry.if_missed], scenario.injects, "card"):
        missed = scenario.injects[entry.if_missed.text]
        if missed.pool is not model.Pool.CONTINGENCY:
            message = f"`{entry.if_missed.text}` cannot be armed: it is no contingency card."
            place = (entry.if_missed.mark, width(entry.if_missed))
            look.error(place, "expects", message, "give it `pool: contingency`")
    if entry.wanted is None:
        message = f"`{name}` has to expect one thing: an `order`, an `agreement` or an `option`."
        look.error(look.place(*path), "expects", message, "make an entry of its own for each")
        return
    sort, wanted = entry.wanted
    does: dict[str, Mapping[str, Collection[str]]] = {  # by id: who can do it
        "order": {each: look.seats_of([seat.text for seat in action.seat]) for each, action in scenario.actions.items()},
        "agreement": {each: look.seats_of([one.text for one in deal.parties]) for each, deal in scenario.agreements.items()},
        "option": _answers(look, card),
    }
    if not look.known([wanted], does[sort], {"order": "action", "agreement": "agreement", "option": "option"}[sort]):
        return
    able = does[sort][wanted.text]
    for seat in seats:
        if seat not in able and not look.partial:
            verb = {"order": "order", "agreement": "sign", "option": "answer"}[sort]
            hint = f"who can: {', '.join(able)}" if able else ""
            look.error((wanted.mark, width(wanted)), "expects", f"`{seat}` cannot {verb} `{wanted.text}`.", hint)
            return


def _answers(look: Lookup, card: model.Inject) -> dict[str, set[str]]:
    """Who has each option of a card; all seats for those of a bound name."""
    found: dict[str, set[str]] = {}
    for key, choice in card.choices.items():
        for option in choice.options:
            found.setdefault(option.id, set()).update(look.seats_of([key]) if key in look.sides else look.scenario.seats)
    return found


def _card_choice(look: Lookup, card: str, key: str, choice: model.CardChoice) -> None:
    path = ("injects", card, "choices", key)
    ids = [option.id for option in choice.options]
    if not ids:
        look.error(look.place(*path), "options", f"`{key}` has nothing to choose from.", "give it `options`")
        return
    for index in repeated(ids):
        message = f"The option `{ids[index]}` stands twice."
        look.error(look.value(*path, "options", index, "id"), "options", message, "each needs an id of its own")
    if choice.default:
        look.unknown(choice.default, ids, "option", look.value(*path, "default"))
    elif not any(option.stance is model.Stance.HOLD for option in choice.options):
        message = f"No option of `{key}` holds, so the first is taken when nobody answers."
        look.warning(look.place(*path), "default", message, "say which with `default`")


def repeated(names: Sequence[str]) -> list[int]:
    """The places of names that stood before."""
    first: dict[str, int] = {}
    return [index for index, name in enumerate(names) if first.setdefault(name, index) != index]


def _agreements(look: Lookup) -> None:
    for name, agreement in look.scenario.agreements.items():
        known = look.known(agreement.parties, look.sides, SIDE)
        parties = look.seats_of(known)
        if len(known) == len(agreement.parties) and len(parties) < 2 and not look.partial:
            message = f"`{name}` has {'one party' if parties else 'no party'}; an agreement needs two or more."
            look.error(look.place("agreements", name, "parties"), "parties", message)
        allowed = [*dict.fromkeys([*known, *parties])]
        for party in agreement.cost:
            place = look.place("agreements", name, "cost", party)
            look.unknown(party, allowed, f"party of `{name}` named", place)
        for requirement in agreement.requires:
            if requirement.for_ is not None:
                look.known([requirement.for_], allowed, f"party of `{name}` named")


def _transfers(look: Lookup) -> None:
    for group in look.scenario.transfers.groups:
        look.known(group, look.sides, SIDE)


def _bodies(look: Lookup) -> None:
    for name, body in look.scenario.bodies.items():
        if body.speaker is not None:
            look.known([body.speaker], look.sides, SIDE)
        if not body.blocs:
            look.error(look.place("bodies", name, "blocs"), "blocs", f"`{name}` has no blocs that could vote.")
        for bloc in body.blocs.values():
            if bloc.seat is not None:
                look.known([bloc.seat], look.sides, SIDE)
        look.known(body.lobby.seats, look.sides, SIDE)


def _motions(look: Lookup) -> None:
    scenario = look.scenario
    for name, motion in scenario.motions.items():
        if motion.veto is not None:
            look.known([motion.veto.by], look.sides, SIDE)
        if not look.known([motion.body], scenario.bodies, "body"):
            continue
        blocs = scenario.bodies[motion.body.text].blocs
        votes = sum(bloc.votes for bloc in blocs.values())
        bars: list[tuple[str, int | str, tuple[str, ...]]] = [("ayes", motion.ayes, ("ayes",))]
        if motion.veto is not None:
            bars.append(("ayes over the veto", motion.veto.ayes, ("veto", "ayes")))
        for what, ayes, path in bars:
            if isinstance(ayes, int) and ayes > votes:
                message = f"`{name}` needs {ayes} {what}, but `{motion.body.text}` has {votes} votes."
                look.error(look.value("motions", name, *path), "ayes", message)
        for bloc in motion.leans:
            look.unknown(bloc, blocs, f"bloc of `{motion.body.text}` named", look.place("motions", name, "leans", bloc))
        for bloc, entry in blocs.items():
            if entry.seat is None and bloc not in motion.leans:
                message = f"`{name}` does not say how `{bloc}` leans, and no seat decides for it."
                look.error(look.place("motions", name), "leans", message, f"add `leans: {{{bloc}: 50}}`")


def _secrets(look: Lookup) -> None:
    scenario = look.scenario
    for name, choice in scenario.choices.items():
        look.known([choice.seat], look.sides, SIDE)
        if not choice.options:
            look.error(look.place("choices", name), "options", f"`{name}` has nothing to choose from.", "give it `options`")
        elif choice.default != "random":
            known = [*choice.options, "random"]
            look.unknown(choice.default, known, "option", look.value("choices", name, "default"))
    for placement in scenario.placements.values():
        look.known(placement.seats, look.sides, SIDE)
        look.known([placement.piece], scenario.pieces, "piece")
    for key, agendas in scenario.agendas.items():
        place = look.place("agendas", key)
        if look.unknown(key, look.sides, SIDE, place):
            continue
        seats = look.sides[key]
        if len(agendas) < len(seats):
            message = f"`{key}` has {len(seats)} seats but only {len(agendas)} agendas; each seat gets another."
            look.error(place, "agendas", message)


def _phases(look: Lookup) -> None:
    phases = look.scenario.phases
    if not phases and not look.partial:
        message = "There are no phases, so a turn would hold nothing."
        look.error(look.place("phases"), "phases", message, "add `phases`, or a rulebook that has them")
    for index in repeated([phase.id for phase in phases]):
        look.error(look.value("phases", index, "id"), "phases", f"Two phases are called `{phases[index].id}`.")


def _scoring(look: Lookup) -> None:
    for key in look.scenario.scoring.seats:
        look.unknown(key, look.sides, SIDE, look.place("scoring", "seats", key))
