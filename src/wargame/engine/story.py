"""Stories: an event in words, as one viewer may hear it.

Everything said here comes from the event and from what the viewer may see; who may not know what was done hears at most of
changes that have no explanation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.engine import events as e
from wargame.engine import story_desk
from wargame.engine.expectations import missed_words
from wargame.engine.knowledge import (
    filled,
    member_label,
    owner_label,
    sees_all,
)
from wargame.engine.legality import readers
from wargame.engine.petitions import hears, numbered
from wargame.engine.state import State
from wargame.engine.telling import Line, effect_lines, told, unexplained
from wargame.rules.program import NOBODY, Program
from wargame.words import later


def story(program: Program, state: State, event: e.Event, viewer: int) -> dict[str, Any] | None:
    """The event as the viewer hears it (`state` after it), or None when there is nothing to tell."""
    teller = _TELLERS.get(type(event))
    return teller(program, state, event, viewer) if teller is not None else None


def turn_label(program: Program, turn: int) -> str:
    """What a turn is called."""
    labels = program.scenario.turns.labels
    return (
        program.phrase("Turn {turn}: {labels}", turn=turn, labels=labels[turn - 1])
        if 0 < turn <= len(labels)
        else program.phrase("Turn {turn}", turn=turn)
    )


def _phase_began(program: Program, state: State, event: e.PhaseBegan, viewer: int) -> dict[str, Any] | None:
    del viewer
    if event.phase != 0:
        return None
    return told(state, program, "phase", turn_label(program, event.turn))


def _card_dealt(program: Program, state: State, event: e.CardDealt, viewer: int) -> dict[str, Any] | None:
    card = program.cards[event.card]
    addressed = readers(card, event.bindings)
    if card.private and viewer != program.white_cell and viewer not in addressed:
        return unexplained(program, state, event.effect, viewer)
    lines, slots = effect_lines(program, state, event.effect, viewer, known=True)
    names = ", ".join(owner_label(program, seat) for seat in state.seats if seat in addressed)
    if names:
        lines.insert(0, ["note", program.phrase("For {names}", names=names)])
    head = filled(program, str(card.model.title), card.variables, event.bindings)
    return told(state, program, "card", head, lines=lines, slots=slots, card=card.id)


def _answer_revealed(program: Program, state: State, event: e.AnswerRevealed, viewer: int) -> dict[str, Any] | None:
    dealt = next(each for each in state.hand if each.number == event.number)
    card = program.cards[dealt.card]
    if card.private and viewer != program.white_cell and viewer not in readers(card, dealt.bindings):
        return unexplained(program, state, event.effect, viewer)
    place = next(index for seat, index in dealt.to if seat == event.seat)
    option = card.addressees[place].options[event.answer.option]
    lines, slots = effect_lines(program, state, event.effect, viewer, known=True)
    if event.defaulted:
        lines.insert(0, ["note", program.phrase("No answer in time: the default stands.")])
    label = filled(program, str(option.model.label), card.variables, dealt.bindings)
    return told(
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
        return unexplained(program, state, event.effect, viewer)
    lines, slots = effect_lines(program, state, event.effect, viewer, known=True)
    if event.status != "done":
        lines.insert(0, ["why", program.phrase("Not carried out: {reason}", reason=event.reason)])
    targets = ", ".join(
        member_label(program, variable, member) for variable, member in zip(action.variables, event.order.targets, strict=True)
    )
    label = str(action.model.names.get(program.seats[event.seat], action.model.label))
    head = f"{owner_label(program, event.seat)}: {label}" + (f" ({targets})" if targets else "")
    return told(
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
    return told(state, program, "vote", program.phrase("On the floor: {label}", label=motion.model.label), option=motion.id)


def _motion_voted(program: Program, state: State, event: e.MotionVoted, viewer: int) -> dict[str, Any] | None:
    motion = program.motions[event.motion]
    lines: list[Line] = []
    for seat, points in event.lobby:
        words = later("{seat} lobbied for it ({points})") if points > 0 else later("{seat} lobbied against it ({points})")
        lines.append(["note", program.phrase(words, seat=owner_label(program, seat), points=abs(points))])
    for vote in event.blocs:
        bloc = motion.body.blocs[vote.bloc]
        words = program.phrase("{label}: {ayes} of {votes}", label=str(bloc.label) or bloc.id, ayes=vote.ayes, votes=bloc.votes)
        if vote.rolls and sees_all(state, viewer, motion.lean_reads[vote.bloc]):
            words += program.phrase(" ({names} against {lean}%)", names=", ".join(map(str, vote.rolls)), lean=vote.lean)
        lines.append(["roll", words])
    if event.vetoed:
        lines.append(["note", program.phrase("A veto stands: {needed} ayes were needed.", needed=event.needed)])
    more, slots = effect_lines(program, state, event.effect, viewer, known=True)
    passes, fails = (
        later("{motion} passes, {ayes} ayes of {needed} needed"),
        later("{motion} fails, {ayes} ayes of {needed} needed"),
    )
    outcome = passes if event.passed else fails
    head = program.phrase(outcome, motion=motion.model.label, ayes=event.ayes, needed=event.needed)
    if event.passed is not (event.ayes >= event.needed):
        lines.append(["note", program.phrase("The facilitator decided it.")])
    return told(state, program, "vote", head, lines=lines + more, slots=slots, option=motion.id)


def _agreement(
    program: Program, state: State, index: int, viewer: int, effect: e.Effect, words: str, actor: int
) -> dict[str, Any] | None:
    agreement = program.agreements[index]
    if not (viewer == program.white_cell or viewer in agreement.parties or state.sight[viewer][agreement.slot]):
        return unexplained(program, state, effect, viewer)
    lines, slots = effect_lines(program, state, effect, viewer, known=True)
    head = f"{agreement.model.label}: {words}"
    return told(state, program, "agreement", head, actor=actor, lines=lines, slots=slots, option=agreement.id)


def _agreement_entered(program: Program, state: State, event: e.AgreementEntered, viewer: int) -> dict[str, Any] | None:
    parties = ", ".join(owner_label(program, seat) for seat in program.agreements[event.agreement].parties)
    return _agreement(
        program, state, event.agreement, viewer, event.effect, program.phrase("signed by {seat}", seat=parties), event.by
    )


def _agreement_held(program: Program, state: State, event: e.AgreementHeld, viewer: int) -> dict[str, Any] | None:
    return _agreement(program, state, event.agreement, viewer, event.effect, program.phrase("its terms this turn"), NOBODY)


def _agreement_leaked(program: Program, state: State, event: e.AgreementLeaked, viewer: int) -> dict[str, Any] | None:
    return _agreement(program, state, event.agreement, viewer, event.effect, program.phrase("it has come out"), NOBODY)


def _agreement_ended(program: Program, state: State, event: e.AgreementEnded, viewer: int) -> dict[str, Any] | None:
    words = (
        program.phrase("left by {seat}", seat=owner_label(program, event.seat))
        if event.seat != NOBODY
        else program.phrase("it has lapsed")
    )
    return _agreement(program, state, event.agreement, viewer, event.effect, words, event.seat)


_KEYS = {
    "AgreementProposed": later("proposed by {seat}"),
    "AgreementSigned": later("signed by {seat}"),
    "AgreementDeclined": later("declined by {seat}"),
}


def _proposal(program: Program, state: State, event: Any, viewer: int) -> dict[str, Any] | None:
    agreement = program.agreements[event.agreement]
    if viewer != program.white_cell and viewer not in agreement.parties:
        return None
    if event.seat == NOBODY:
        words = program.phrase("the proposal lapsed")
    else:
        words = program.phrase(_KEYS[type(event).__name__], seat=owner_label(program, event.seat))
    head = f"{agreement.model.label}: {words}"
    return told(state, program, "agreement", head, actor=event.seat, option=agreement.id)


def _transferred(program: Program, state: State, event: e.Transferred, viewer: int) -> dict[str, Any] | None:
    if viewer not in (event.seat, event.to, program.white_cell):
        return unexplained(program, state, event.effect, viewer)
    lines, slots = effect_lines(program, state, event.effect, viewer, known=True)
    head = program.phrase(
        "{seat} gave {amount} to {to}",
        seat=owner_label(program, event.seat),
        amount=event.amount,
        to=owner_label(program, event.to),
    )
    return told(state, program, "transfer", head, actor=event.seat, lines=lines, slots=slots)


def _upkeep(program: Program, state: State, event: e.Upkeep, viewer: int) -> dict[str, Any] | None:
    lines, slots = effect_lines(program, state, event.effect, viewer, known=True)
    if not any(tone in ("change", "note") for tone, _ in lines):
        return None
    if event.what == "clock":
        head = str(program.scenario.clocks[event.name].label) or event.name
    else:
        head = {"income": program.phrase("Income"), "expiries": program.phrase("What ends with the turn")}.get(
            event.what, event.name
        )
    return told(state, program, "upkeep", head, lines=lines, slots=slots)


def _quiet(program: Program, state: State, event: Any, viewer: int) -> dict[str, Any] | None:
    """What happened out of sight: told only to those who see it."""
    lines, slots = effect_lines(program, state, event.effect, viewer, known=True)
    if not lines:
        return None
    heads = {
        "AgendasDealt": program.phrase("Your secret agenda"),
        "ChoiceMade": program.phrase("Chosen"),
        "SetupClosed": program.phrase("The board is set"),
    }
    return told(state, program, "reveal", heads[type(event).__name__], lines=lines, slots=slots)


def _overridden(program: Program, state: State, event: e.Overridden, viewer: int) -> dict[str, Any] | None:
    lines, slots = effect_lines(program, state, event.effect, viewer, known=True)
    if viewer == program.white_cell:
        lines.insert(0, ["why", event.reason])
    elif not lines:
        return None
    change = next((f": {words}" for tone, words in lines if tone == "change"), "")
    return told(
        state,
        program,
        "override",
        program.phrase("The facilitator set a value{change}", change=change),
        lines=lines,
        slots=slots,
    )


def _written(program: Program, state: State, event: e.CardWritten, viewer: int) -> dict[str, Any] | None:
    if viewer != program.white_cell:
        return None
    title = program.scenario.injects[event.card].title
    return told(state, program, "card", program.phrase("Written and on the shelf: {title}", title=title), card=event.card)


def _happened(program: Program, state: State, event: e.Happened, viewer: int) -> dict[str, Any] | None:
    lines, slots = effect_lines(program, state, event.effect, viewer, known=True)
    if viewer == program.white_cell:
        lines.insert(0, ["why", event.reason])
    return told(state, program, "news", event.text, lines=lines, slots=slots)


def _missed(program: Program, state: State, event: e.ExpectationMissed, viewer: int) -> dict[str, Any] | None:
    if viewer != program.white_cell:
        return None
    return told(state, program, "card", missed_words(program, event), card=program.cards[event.card].id)


def _rewound(program: Program, state: State, event: e.Rewound, viewer: int) -> dict[str, Any] | None:
    lines = [["why", event.reason]] if event.reason and viewer == program.white_cell else []
    head = program.phrase(
        "The facilitator has gone back to {moment}. What came after it is taken back.", moment=moment_words(program, state)
    )
    return told(state, program, "override", head, lines=lines)


def _forked(program: Program, state: State, event: e.Forked, viewer: int) -> dict[str, Any] | None:
    del viewer
    head = program.phrase(
        "From {moment} on, this is another course of {name}.", moment=moment_words(program, state), name=event.name
    )
    return told(state, program, "override", head)


def moment_words(program: Program, state: State) -> str:
    """The phase now, in words: `turn 3, Orders`."""
    if state.phase < 0:
        return program.phrase("the set-up")
    return program.phrase("turn {turn}, {label}", turn=state.turn, label=program.phases[state.phase].model.label)


def _petition(program: Program, state: State, event: Any, viewer: int) -> dict[str, Any] | None:
    """A petition made, held back, turned down or dissented to, for those who know of it."""
    made = numbered(state, event.number)
    if made is None or not hears(program, state, made, viewer):
        return None
    seat = owner_label(program, made.seat)
    actor, lines = made.seat, [["note", made.what]]
    if isinstance(event, e.Petitioned):
        head = program.phrase("{seat} puts a proposal to the facilitator", seat=seat)
        lines += [["why", each] for each in made.because]
        if made.against:
            lines.append(["note", program.phrase("Against it: {against}", against=made.against)])
    elif isinstance(event, e.PetitionHeld):
        head = program.phrase("The facilitator holds the proposal of {seat} back", seat=seat)
        lines += [["why", event.reason]] if event.reason else []
    elif isinstance(event, e.Dissented):
        actor = event.seat
        head, lines = (
            program.phrase("{seat} dissents from a ruling", seat=owner_label(program, event.seat)),
            [["why", event.text]],
        )
    else:
        head = program.phrase("The facilitator turns down the proposal of {seat}", seat=seat)
        lines.append(["why", event.ruling])
    return told(state, program, "ruling", head, actor=actor, lines=lines)


def _ruled(program: Program, state: State, event: e.Ruled, viewer: int) -> dict[str, Any] | None:
    """A ruling: with odds and roll for those who know of the petition, else only what changed unexplained."""
    made = numbered(state, event.number)
    if made is None or not hears(program, state, made, viewer):
        return unexplained(program, state, event.effect, viewer)
    more, slots = effect_lines(program, state, event.effect, viewer, known=True)
    outcome = program.phrase("succeeds") if event.success else program.phrase("fails")
    lines = [
        ["note", made.what],
        ["roll", program.phrase("{roll} against {odds}% · {outcome}", roll=event.roll, odds=event.odds, outcome=outcome)],
        *([["note", event.ruling]] if event.ruling else []),
    ]
    head = program.phrase("Ruling on a proposal of {seat}: it {outcome}", seat=owner_label(program, made.seat), outcome=outcome)
    return told(state, program, "ruling", head, actor=made.seat, lines=[*lines, *more], slots=slots)


def _game_ended(program: Program, state: State, event: e.GameEnded, viewer: int) -> dict[str, Any] | None:
    del viewer
    result = event.result
    if result.ending >= 0:
        ending = program.endings[result.ending].model
        return told(state, program, "end", str(ending.title), lines=[["note", str(ending.text)]] if ending.text else [])
    return told(state, program, "end", program.phrase("The last turn is over"))


_AGREED = {
    "majority": later("Adopted {count} of {present}: {words}"),
    "captain": later("Adopted by the captain: {words}"),
    "objection": later("Nobody objected: {words}"),
    "deadline": later("The phase ended, so what {count} of {present} wanted stands: {words}"),
    "alone": later("Adopted: {words}"),
}


def _adopted(program: Program, state: State, event: e.Adopted, viewer: int) -> dict[str, Any] | None:
    if viewer not in (event.seat, program.white_cell):
        return None
    head = program.phrase(_AGREED[event.how], count=len(event.endorsers), present=event.present, words=event.words)
    return told(
        state,
        program,
        "team",
        head,
        actor=event.seat,
        lines=[["note", program.phrase("For it: {names}", names=", ".join(event.endorsers))]],
    )


def _dropped(program: Program, state: State, event: e.Dropped, viewer: int) -> dict[str, Any] | None:
    if viewer not in (event.seat, program.white_cell):
        return None
    head = program.phrase("No longer possible: {words}", words=event.words)
    return told(state, program, "team", head, actor=event.seat, lines=[["why", event.reason]])


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
    **story_desk.TELLERS,
    e.CardWritten: _written,
    e.Happened: _happened,
    e.ExpectationMissed: _missed,
    e.Rewound: _rewound,
    e.Forked: _forked,
    e.Petitioned: _petition,
    e.PetitionHeld: _petition,
    e.PetitionTurnedDown: _petition,
    e.Dissented: _petition,
    e.Ruled: _ruled,
    e.Adopted: _adopted,
    e.Dropped: _dropped,
    e.GameEnded: _game_ended,
}
