"""Stories: an event in words, as one viewer may hear it.

Everything said here comes from the event and from what the viewer may see; who may not know what was done hears at most of
changes that have no explanation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.engine import events as e
from wargame.engine.knowledge import (
    area_label,
    band_name,
    band_of,
    owner_label,
    sees_all,
    slot_label,
)
from wargame.engine.legality import readers
from wargame.engine.state import State
from wargame.engine.view import filled, member_label
from wargame.rules.execution import News, Roll
from wargame.rules.program import NOBODY, Family, Program, Sight

Line = list[str]  # tone, text
UNEXPLAINED = "Unexplained"


def story(program: Program, state: State, event: e.Event, viewer: int) -> dict[str, Any] | None:
    """The event as the viewer hears it (`state` after it), or None when there is nothing to tell."""
    teller = _TELLERS.get(type(event))
    return teller(program, state, event, viewer) if teller is not None else None


def _told(
    state: State,
    program: Program,
    kind: str,
    head: str,
    *,
    actor: int = NOBODY,
    stance: str | None = None,
    lines: list[Line] | None = None,
    slots: list[list[Any]] | None = None,
    card: str | None = None,
    option: str | None = None,
    rationale: str | None = None,
) -> dict[str, Any]:
    return {
        "kind": kind,
        "turn": state.turn,
        "phase": state.phase_id(program),
        "actor": program.seats[actor] if 0 <= actor < len(program.seats) else None,
        "stance": stance,
        "head": head,
        "lines": lines or [],
        "slots": slots or [],
        "card": card,
        "option": option,
        "rationale": rationale,
    }


def _changes(program: Program, state: State, effect: e.Effect, viewer: int) -> tuple[list[Line], list[list[Any]]]:
    """The visible changes of an effect, in words and as [slot, old, new]."""
    gained = {slot for member, slot, _ in effect.sight if member == viewer}
    lines: list[Line] = []
    entries: list[list[Any]] = []
    for index, old, new in effect.changes:
        slot = program.slots[index]
        level = state.sight[viewer][index]
        if not slot.shown or not level:
            continue
        before: int | None = old if index not in gained else None
        name = slot_label(program, slot)
        if level == Sight.BAND:
            was, now = band_of(slot, old), band_of(slot, new)
            if was == now and before is not None:
                continue
            entries.append([index, None if before is None else was, now])
            lines.append(["change", f"{name}: {band_name(slot, now)}"])
            continue
        entries.append([index, before, new])
        lines.append(["change", _change_words(program, name, slot.family, index, before, new)])
    return lines, entries


def _change_words(program: Program, name: str, family: Family, index: int, old: int | None, new: int) -> str:
    if family is Family.FLAG:
        return f"{name}: {'yes' if new else 'no'}"
    if family is Family.AGREEMENT:
        return f"{name}: {'in force' if new else 'ended'}"
    if family is Family.CHOICE:
        choice = next(each for each in program.choices if each.slot == index)
        return f"{name}: {choice.model.options[choice.options[new]].label}"
    if family is Family.AGENDA:
        deck = next(each for each in program.agendas if each.slot == index)
        return f"{name}: {deck.agendas[new][1].label}"
    slot = program.slots[index]
    if old is None:  # it was not seen before: the difference would tell what it was
        return f"{name}: {new}"
    change = f"{new - old:+d}".replace("-", "−")
    words = f"{name} {change} → {new}"
    if slot.bands and band_of(slot, old) != band_of(slot, new):
        words += f" ({band_name(slot, band_of(slot, new))})"
    return words


def _rolls(program: Program, state: State, rolls: tuple[Roll, ...], viewer: int) -> list[Line]:
    """Rolls in words; the chance is told to those who may see all that it came from."""
    lines: list[Line] = []
    for roll in rolls:
        label = str(program.sites[roll.site].label) or "A roll"
        if roll.need:
            outcome = "yes" if roll.result <= roll.need else "no"
            if sees_all(state, viewer, roll.reads):
                lines.append(["roll", f"{label}: {roll.result} against {roll.need}% · {outcome}"])
            else:
                lines.append(["roll", f"{label}: {outcome}"])
        elif sees_all(state, viewer, roll.reads):
            row = next((str(words) for highest, words in program.sites[roll.site].rows if roll.result <= highest), "")
            thrown = f"{roll.result} of {roll.sides}"
            lines.append(["roll", f"{label}: {row} ({thrown})" if row else f"{label}: {thrown}"])
    return lines


def _news(program: Program, effect: e.Effect, viewer: int) -> list[Line]:
    return [
        ["note", news_words(program, item)]
        for item in effect.news
        if item.audience is None or viewer in item.audience or viewer == program.white_cell
    ]


def news_words(program: Program, item: News) -> str:
    """A piece of news as it is read, its placeholders filled."""
    words = str(program.news[item.text])
    for name, kind, value in item.names:
        label = {"owner": owner_label, "area": area_label}.get(kind)
        words = words.replace("{" + name + "}", label(program, value) if label is not None else str(value))
    return words


def _effect_lines(
    program: Program, state: State, effect: e.Effect, viewer: int, *, known: bool
) -> tuple[list[Line], list[list[Any]]]:
    changes, slots = _changes(program, state, effect, viewer)
    rolls = _rolls(program, state, effect.rolls, viewer) if known else []
    return [*_news(program, effect, viewer), *rolls, *changes], slots


def _unexplained(program: Program, state: State, effect: e.Effect, viewer: int) -> dict[str, Any] | None:
    lines, slots = _effect_lines(program, state, effect, viewer, known=False)
    if not lines:
        return None
    more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
    return _told(state, program, "upkeep", f"{UNEXPLAINED}: {lines[0][1]}{more}", lines=lines, slots=slots)


def turn_label(program: Program, turn: int) -> str:
    """What a turn is called."""
    labels = program.scenario.turns.labels
    return f"Turn {turn}: {labels[turn - 1]}" if 0 < turn <= len(labels) else f"Turn {turn}"


def _phase_began(program: Program, state: State, event: e.PhaseBegan, viewer: int) -> dict[str, Any] | None:
    del viewer
    if event.phase != 0:
        return None
    return _told(state, program, "phase", turn_label(program, event.turn))


def _card_dealt(program: Program, state: State, event: e.CardDealt, viewer: int) -> dict[str, Any] | None:
    card = program.cards[event.card]
    addressed = readers(card, event.bindings)
    if card.private and viewer != program.white_cell and viewer not in addressed:
        return _unexplained(program, state, event.effect, viewer)
    lines, slots = _effect_lines(program, state, event.effect, viewer, known=True)
    names = ", ".join(owner_label(program, seat) for seat in state.seats if seat in addressed)
    if names:
        lines.insert(0, ["note", f"For {names}"])
    head = filled(program, str(card.model.title), card.variables, event.bindings)
    return _told(state, program, "card", head, lines=lines, slots=slots, card=card.id)


def _answer_revealed(program: Program, state: State, event: e.AnswerRevealed, viewer: int) -> dict[str, Any] | None:
    dealt = next(each for each in state.hand if each.number == event.number)
    card = program.cards[dealt.card]
    if card.private and viewer != program.white_cell and viewer not in readers(card, dealt.bindings):
        return _unexplained(program, state, event.effect, viewer)
    place = next(index for seat, index in dealt.to if seat == event.seat)
    option = card.addressees[place].options[event.answer.option]
    lines, slots = _effect_lines(program, state, event.effect, viewer, known=True)
    if event.defaulted:
        lines.insert(0, ["note", "No answer in time: the default stands."])
    label = filled(program, str(option.model.label), card.variables, dealt.bindings)
    return _told(
        state,
        program,
        "response",
        f"{owner_label(program, event.seat)}: {label}",
        actor=event.seat,
        stance=option.model.stance.value,
        lines=lines,
        slots=slots,
        card=card.id,
        option=option.id,
        rationale=event.answer.rationale if viewer in (event.seat, program.white_cell) else None,
    )


def _order_done(program: Program, state: State, event: e.OrderDone, viewer: int) -> dict[str, Any] | None:
    action = program.actions[event.order.action]
    own = viewer in (event.seat, program.white_cell)
    if event.status != "done" and not own:
        return None
    if not own and action.audience is not None and not action.audience[viewer]:
        return _unexplained(program, state, event.effect, viewer)
    lines, slots = _effect_lines(program, state, event.effect, viewer, known=True)
    if event.status != "done":
        lines.insert(0, ["why", f"Not carried out: {event.reason}"])
    targets = ", ".join(
        member_label(program, variable, member) for variable, member in zip(action.variables, event.order.targets, strict=True)
    )
    label = str(action.model.names.get(program.seats[event.seat], action.model.label))
    head = f"{owner_label(program, event.seat)}: {label}" + (f" ({targets})" if targets else "")
    return _told(
        state,
        program,
        "order",
        head,
        actor=event.seat,
        stance=action.model.stance.value,
        lines=lines,
        slots=slots,
        option=action.id,
        rationale=event.order.rationale if own else None,
    )


def _motion_tabled(program: Program, state: State, event: e.MotionTabled, viewer: int) -> dict[str, Any] | None:
    del viewer
    motion = program.motions[event.motion]
    return _told(state, program, "vote", f"On the floor: {motion.model.label}", option=motion.id)


def _motion_voted(program: Program, state: State, event: e.MotionVoted, viewer: int) -> dict[str, Any] | None:
    motion = program.motions[event.motion]
    lines: list[Line] = []
    for seat, points in event.lobby:
        lines.append(["note", f"{owner_label(program, seat)} lobbied {'for' if points > 0 else 'against'} it ({abs(points)})"])
    for vote in event.blocs:
        bloc = motion.body.blocs[vote.bloc]
        words = f"{str(bloc.label) or bloc.id}: {vote.ayes} of {bloc.votes}"
        if vote.rolls and sees_all(state, viewer, motion.lean_reads[vote.bloc]):
            words += f" ({', '.join(map(str, vote.rolls))} against {vote.lean}%)"
        lines.append(["roll", words])
    if event.vetoed:
        lines.append(["note", f"A veto stands: {event.needed} ayes were needed."])
    more, slots = _effect_lines(program, state, event.effect, viewer, known=True)
    outcome = "passes" if event.passed else "fails"
    head = f"{motion.model.label} {outcome}, {event.ayes} ayes of {event.needed} needed"
    return _told(state, program, "vote", head, lines=lines + more, slots=slots, option=motion.id)


def _agreement(
    program: Program, state: State, index: int, viewer: int, effect: e.Effect, words: str, actor: int
) -> dict[str, Any] | None:
    agreement = program.agreements[index]
    if not (viewer == program.white_cell or viewer in agreement.parties or state.sight[viewer][agreement.slot]):
        return _unexplained(program, state, effect, viewer)
    lines, slots = _effect_lines(program, state, effect, viewer, known=True)
    head = f"{agreement.model.label}: {words}"
    return _told(state, program, "agreement", head, actor=actor, lines=lines, slots=slots, option=agreement.id)


def _agreement_entered(program: Program, state: State, event: e.AgreementEntered, viewer: int) -> dict[str, Any] | None:
    parties = ", ".join(owner_label(program, seat) for seat in program.agreements[event.agreement].parties)
    return _agreement(program, state, event.agreement, viewer, event.effect, f"signed by {parties}", event.by)


def _agreement_held(program: Program, state: State, event: e.AgreementHeld, viewer: int) -> dict[str, Any] | None:
    return _agreement(program, state, event.agreement, viewer, event.effect, "its terms this turn", NOBODY)


def _agreement_leaked(program: Program, state: State, event: e.AgreementLeaked, viewer: int) -> dict[str, Any] | None:
    return _agreement(program, state, event.agreement, viewer, event.effect, "it has come out", NOBODY)


def _agreement_ended(program: Program, state: State, event: e.AgreementEnded, viewer: int) -> dict[str, Any] | None:
    words = f"left by {owner_label(program, event.seat)}" if event.seat != NOBODY else "it has lapsed"
    return _agreement(program, state, event.agreement, viewer, event.effect, words, event.seat)


def _proposal(program: Program, state: State, event: Any, viewer: int) -> dict[str, Any] | None:
    agreement = program.agreements[event.agreement]
    if viewer != program.white_cell and viewer not in agreement.parties:
        return None
    if event.seat == NOBODY:
        words = "the proposal lapsed"
    else:
        verb = {"AgreementProposed": "proposed", "AgreementSigned": "signed", "AgreementDeclined": "declined"}
        words = f"{verb[type(event).__name__]} by {owner_label(program, event.seat)}"
    head = f"{agreement.model.label}: {words}"
    return _told(state, program, "agreement", head, actor=event.seat, option=agreement.id)


def _transferred(program: Program, state: State, event: e.Transferred, viewer: int) -> dict[str, Any] | None:
    if viewer not in (event.seat, event.to, program.white_cell):
        return _unexplained(program, state, event.effect, viewer)
    lines, slots = _effect_lines(program, state, event.effect, viewer, known=True)
    head = f"{owner_label(program, event.seat)} gave {event.amount} to {owner_label(program, event.to)}"
    return _told(state, program, "transfer", head, actor=event.seat, lines=lines, slots=slots)


def _upkeep(program: Program, state: State, event: e.Upkeep, viewer: int) -> dict[str, Any] | None:
    lines, slots = _effect_lines(program, state, event.effect, viewer, known=True)
    if not any(tone in ("change", "note") for tone, _ in lines):
        return None
    if event.what == "clock":
        head = str(program.scenario.clocks[event.name].label) or event.name
    else:
        head = {"income": "Income", "expiries": "What ends with the turn"}.get(event.what, event.name)
    return _told(state, program, "upkeep", head, lines=lines, slots=slots)


def _quiet(program: Program, state: State, event: Any, viewer: int) -> dict[str, Any] | None:
    """What happened out of sight: told only to those who see it."""
    lines, slots = _effect_lines(program, state, event.effect, viewer, known=True)
    if not lines:
        return None
    heads = {"AgendasDealt": "Your secret agenda", "ChoiceMade": "Chosen", "SetupClosed": "The board is set"}
    return _told(state, program, "reveal", heads[type(event).__name__], lines=lines, slots=slots)


def _overridden(program: Program, state: State, event: e.Overridden, viewer: int) -> dict[str, Any] | None:
    lines, slots = _effect_lines(program, state, event.effect, viewer, known=True)
    if viewer == program.white_cell:
        lines.insert(0, ["why", event.reason])
    elif not lines:
        return None
    told = next((f": {words}" for tone, words in lines if tone == "change"), "")
    return _told(state, program, "override", f"The facilitator set a value{told}", lines=lines, slots=slots)


def _game_ended(program: Program, state: State, event: e.GameEnded, viewer: int) -> dict[str, Any] | None:
    del viewer
    result = event.result
    if result.ending >= 0:
        ending = program.endings[result.ending].model
        return _told(state, program, "end", str(ending.title), lines=[["note", str(ending.text)]] if ending.text else [])
    return _told(state, program, "end", "The last turn is over")


_TELLERS: dict[type[Any], Callable[[Program, State, Any, int], dict[str, Any] | None]] = {
    e.PhaseBegan: _phase_began,
    e.AgendasDealt: _quiet,
    e.ChoiceMade: _quiet,
    e.SetupClosed: _quiet,
    e.CardDealt: _card_dealt,
    e.AnswerRevealed: _answer_revealed,
    e.OrderDone: _order_done,
    e.MotionTabled: _motion_tabled,
    e.MotionVoted: _motion_voted,
    e.AgreementProposed: _proposal,
    e.AgreementSigned: _proposal,
    e.AgreementDeclined: _proposal,
    e.AgreementEntered: _agreement_entered,
    e.AgreementHeld: _agreement_held,
    e.AgreementLeaked: _agreement_leaked,
    e.AgreementEnded: _agreement_ended,
    e.Transferred: _transferred,
    e.Upkeep: _upkeep,
    e.Overridden: _overridden,
    e.GameEnded: _game_ended,
}
