"""A game read once from beginning to end: everything the page tells, each thing with the row of the journal it stands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import define, field, frozen

from wargame.analysis.chronicle import Chronicle, Entry, Step
from wargame.analysis.story import Story
from wargame.engine import events as e
from wargame.engine.floor import vote_purpose
from wargame.engine.knowledge import filled
from wargame.engine.rulings import ruling_purpose
from wargame.engine.scores import seat_score
from wargame.engine.state import State
from wargame.engine.story import story
from wargame.engine.telling import UNEXPLAINED
from wargame.rules.dice import purpose
from wargame.rules.execution import Roll
from wargame.rules.program import NOBODY, Family, Program, Slot


@frozen
class Told:
    """An event that somebody heard of, as the facilitator heard it. `knew`: the seats that learned what it was; `felt`: those
    that only saw something change, or were told their own part alone; `swing`: by how many points it moved the seats'
    scores, (seat, points) each."""

    number: int  # its place among all that was told
    row: int
    at: int
    person: str
    turn: int
    phase: str
    event: Any
    story: Story
    knew: frozenset[int]
    felt: frozenset[int]
    swing: tuple[tuple[int, float], ...] = ()

    @property
    def weight(self) -> float:
        """Points by which it moved all scores together."""
        return sum(abs(points) for _, points in self.swing)


@frozen
class Draft:
    """Who wrote down a decision, and when. In a team `how` it agreed (`Adopted`), and the people for and against it."""

    row: int
    at: int
    person: str
    name: str
    how: str = ""
    backers: tuple[str, ...] = ()
    against: tuple[tuple[str, str], ...] = ()  # person, why


@frozen
class Act:
    """What a seat decided: an answer to a card or an order. `about`: the card's title, empty for an order; `seconds`: from the
    card on the table to the answer that stood, pauses left out (None: nobody answered, or the game kept no time)."""

    number: int
    kind: str  # "answer" | "order"
    seat: int
    stance: str
    label: str
    told: Told
    about: str = ""
    card: int = -1  # number of the dealt card
    dealt: int = -1  # row
    drafts: tuple[Draft, ...] = ()
    seconds: float | None = None
    rationale: str = ""
    belief: int | None = None
    defaulted: bool = False
    others: tuple[str, ...] = ()  # labels of the options not taken
    hidden: bool = False  # an order only some may know of, an answer to a private card


@frozen
class Message:
    """What somebody said. `to` None: everybody; `seat` NOBODY: the facilitator."""

    row: int
    turn: int
    seat: int
    person: str
    to: tuple[int, ...] | None
    text: str


@frozen
class Thrown:
    """A roll: who or what rolled (`label`), and what it takes to check it. `weights`: of a table's rows, in thousandths."""

    row: int
    turn: int
    label: str
    purpose: str
    sides: int
    need: int
    result: int
    weights: tuple[int, ...] = ()


@frozen
class Moment:
    """The board when a turn was over (turn 0: when the game began), and who saw what then."""

    turn: int
    row: int
    board: tuple[int, ...]
    sight: tuple[bytes, ...]


@frozen
class Seen:
    """From this row on a viewer saw a slot at another level."""

    row: int
    turn: int
    viewer: int
    slot: int
    level: int


@frozen
class Move:
    """A change of a slot, and the place in `Record.told` of what made it (-1: nobody was told)."""

    row: int
    turn: int
    slot: int
    old: int
    new: int
    told: int


@define
class Record:
    """What a game's chronicle says, in order."""

    chronicle: Chronicle
    told: list[Told] = field(factory=list)
    acts: list[Act] = field(factory=list)
    messages: list[Message] = field(factory=list)
    rolls: list[Thrown] = field(factory=list)
    moments: list[Moment] = field(factory=list)
    seen: list[Seen] = field(factory=list)
    moves: list[Move] = field(factory=list)
    happened: list[tuple[Entry, Any, int]] = field(factory=list)  # every event with its turn, for parts that look for kinds

    @property
    def program(self) -> Program:
        """The rules the game ended with."""
        return self.chronicle.program

    @property
    def final(self) -> State:
        """The last state."""
        return self.chronicle.state

    @property
    def seats(self) -> tuple[int, ...]:
        """Seats in play, in declared order."""
        return self.final.seats


def ladder_of(program: Program) -> Slot | None:
    """The track that stands for how far things have gone: the first one with named bands; None where there is none."""
    return next((slot for slot in program.slots if slot.family is Family.TRACK and slot.bands), None)


def read(chronicle: Chronicle) -> Record:
    """The record of a game, also of one that broke off. Rows that were taken back are not in it."""
    reader = _Reader(Record(chronicle))
    for step in chronicle.walk():
        reader.take(step)
    reader.close()
    return reader.record


@define
class _Reader:
    """The walk, and what it has to remember on the way."""

    record: Record
    answers: dict[tuple[int, int], list[Draft]] = field(factory=dict)  # (card number, seat)
    orders: dict[int, list[Draft]] = field(factory=dict)  # seat
    dealt: dict[int, tuple[int, int, int]] = field(factory=dict)  # card number -> row, ms, ms paused before
    scores: dict[int, float] = field(factory=dict)
    adopted: dict[int, Draft] = field(factory=dict)  # seat -> what its team agreed on in this entry
    entry: Entry | None = None
    paused: int = 0  # ms so far
    paused_at: int | None = None
    last: State | None = None

    def take(self, step: Step) -> None:
        entry, event, state, program = step.entry, step.event, step.after, step.program
        record = self.record
        if entry is not self.entry:
            self.entry, self.adopted = entry, {}
        if isinstance(event, e.PhaseBegan) and event.phase == 0:
            self._moment(step.before.turn, entry.seq, step.before)
        if isinstance(event, e.GameEnded):
            self._moment(step.before.turn, entry.seq, step.before)
        record.happened.append((entry, event, state.turn))
        handler = _HANDLERS.get(type(event))
        if handler is not None:
            handler(self, entry, event, step.before, program)
        effect: e.Effect = getattr(event, "effect", e.NOTHING)
        told = self._told(entry, event, state, program, effect)
        for slot, old, new in effect.changes:
            if program.slots[slot].shown:
                where = len(record.told) - 1 if told is not None else -1
                record.moves.append(Move(entry.seq, state.turn, slot, old, new, where))
        for viewer, slot, level in effect.sight:
            record.seen.append(Seen(entry.seq, state.turn, viewer, slot, level))
        for roll in effect.rolls:
            record.rolls.append(_thrown(program, entry.seq, state.turn, roll))
        if told is not None:
            decided = _DECIDED.get(type(event))
            if decided is not None:
                decided(self, told, event, step.before, program)
        self.last = state

    def close(self) -> None:
        final = self.record.final
        if final.status in ("setup", "running"):
            last = self.record.chronicle.live[-1].seq if self.record.chronicle.live else 0
            self._moment(final.turn, last, final)

    def _moment(self, turn: int, row: int, state: State) -> None:
        self.record.moments.append(Moment(turn, row, tuple(state.board), state.sight))

    def _told(self, entry: Entry, event: Any, state: State, program: Program, effect: e.Effect) -> Told | None:
        whole = story(program, state, event, program.white_cell)
        if whole is None:
            return None
        if isinstance(event, e.AgendasDealt):
            whole = {**whole, "head": "Secret agendas are dealt"}  # the story speaks to the seat whose it is
        knew, felt = set[int](), set[int]()
        for seat in state.seats:
            heard = story(program, state, event, seat)
            if heard is None:
                continue
            unexplained = whole["kind"] != "upkeep" and heard["head"].startswith(program.phrase(UNEXPLAINED))
            part = whole["kind"] == "reveal" and heard["lines"] != whole["lines"]
            (felt if unexplained or part else knew).add(seat)
        swing = self._swing(program, state, event, effect)
        told = Told(
            len(self.record.told),
            entry.seq,
            entry.at,
            entry.person,
            state.turn,
            whole["phase"],
            event,
            whole,
            frozenset(knew),
            frozenset(felt),
            swing,
        )
        self.record.told.append(told)
        return told

    def _swing(self, program: Program, state: State, event: Any, effect: e.Effect) -> tuple[tuple[int, float], ...]:
        if isinstance(event, e.GameEnded) or not (effect.changes or isinstance(event, e.PhaseBegan)):
            return ()
        now = {seat: seat_score(program, state, seat, NOBODY).total for seat in state.seats}
        swing = tuple(
            (seat, now[seat] - self.scores[seat]) for seat in now if seat in self.scores and now[seat] != self.scores[seat]
        )
        self.scores = now
        return swing if state.status == "running" and effect.changes else ()

    # What has to be remembered

    def _draft(self, entry: Entry, seat: int) -> Draft:
        return self.adopted.get(seat) or Draft(entry.seq, entry.at, entry.person, entry.name)

    def team_agreed(self, entry: Entry, event: e.Adopted, before: State, program: Program) -> None:
        team = before.teams.get(event.seat)
        made = next((each for each in team.suggestions if each.number == event.number), None) if team is not None else None
        if made is not None:
            self.adopted[event.seat] = Draft(entry.seq, entry.at, made.person, "", event.how, made.endorsed, made.objected)

    def card_dealt(self, entry: Entry, event: e.CardDealt, before: State, program: Program) -> None:
        self.dealt[event.number] = (entry.seq, entry.at, self.paused)

    def answer_drafted(self, entry: Entry, event: e.AnswerDrafted, before: State, program: Program) -> None:
        self.answers.setdefault((event.number, event.seat), []).append(self._draft(entry, event.seat))

    def orders_drafted(self, entry: Entry, event: e.OrdersDrafted, before: State, program: Program) -> None:
        self.orders.setdefault(event.seat, []).append(self._draft(entry, event.seat))

    def phase_began(self, entry: Entry, event: e.PhaseBegan, before: State, program: Program) -> None:
        self.orders = {}
        self.paused_at = None

    def pause(self, entry: Entry, event: e.Paused, before: State, program: Program) -> None:
        self.paused_at = entry.at

    def resume(self, entry: Entry, event: e.Resumed, before: State, program: Program) -> None:
        if self.paused_at is not None:
            self.paused += entry.at - self.paused_at
        self.paused_at = None

    def said(self, entry: Entry, event: e.Said, before: State, program: Program) -> None:
        self.record.messages.append(Message(entry.seq, before.turn, event.seat, entry.person, event.to, event.text))

    def voted(self, entry: Entry, event: e.MotionVoted, before: State, program: Program) -> None:
        motion = program.motions[event.motion]
        for vote in event.blocs:
            bloc = motion.body.blocs[vote.bloc]
            for member, roll in enumerate(vote.rolls):
                key = purpose(before.turn, *vote_purpose(event.motion, bloc.id, member))
                label = f"{motion.model.label}: {str(bloc.label) or bloc.id}"
                self.record.rolls.append(Thrown(entry.seq, before.turn, label, key, 100, vote.lean, roll))

    def ruled(self, entry: Entry, event: e.Ruled, before: State, program: Program) -> None:
        what = next((each.what for each in before.petitions if each.number == event.number), "")
        key = purpose(before.turn, ruling_purpose(event.number))
        self.record.rolls.append(Thrown(entry.seq, before.turn, f"Ruling: {what}", key, 100, event.odds, event.roll))

    # Decisions

    def answer(self, told: Told, event: e.AnswerRevealed, before: State, program: Program) -> None:
        dealt = next(each for each in before.hand if each.number == event.number)
        card = program.cards[dealt.card]
        place = next(index for seat, index in dealt.to if seat == event.seat)
        options = card.addressees[place].options

        def words(text: object) -> str:
            return filled(program, str(text), card.variables, dealt.bindings)

        drafts = tuple(self.answers.get((event.number, event.seat), ()))
        row, at, paused = self.dealt.get(event.number, (-1, 0, 0))
        timed = bool(drafts) and at > 0 and not event.defaulted
        seconds = max(0, drafts[-1].at - at - (self.paused - paused)) / 1000 if timed else None
        taken = options[event.answer.option]
        self.record.acts.append(
            Act(
                len(self.record.acts),
                "answer",
                event.seat,
                taken.model.stance.value,
                words(taken.model.label),
                told,
                about=words(card.model.title),
                card=event.number,
                dealt=row,
                drafts=drafts,
                seconds=seconds,
                rationale=event.answer.rationale,
                belief=event.answer.belief,
                defaulted=event.defaulted,
                others=tuple(words(each.model.label) for each in options if each is not taken),
                hidden=card.private,
            )
        )

    def order(self, told: Told, event: e.OrderDone, before: State, program: Program) -> None:
        action = program.actions[event.order.action]
        drafts = tuple(self.orders.get(event.seat, ()))
        if not drafts and self.entry is not None:  # in a phase of kind `turns` an order is given and carried out at once
            drafts = (self._draft(self.entry, event.seat),)
        label = str(told.story["head"]).split(": ", 1)[-1]
        self.record.acts.append(
            Act(
                len(self.record.acts),
                "order",
                event.seat,
                action.model.stance.value,
                label,
                told,
                drafts=drafts,
                rationale=event.order.rationale,
                hidden=action.audience is not None,
            )
        )


def _thrown(program: Program, row: int, turn: int, roll: Roll) -> Thrown:
    site = program.sites[roll.site]
    return Thrown(row, turn, str(site.label) or site.name, roll.purpose, roll.sides, roll.need, roll.result, roll.weights)


_HANDLERS: Mapping[type[Any], Callable[..., None]] = {
    e.Adopted: _Reader.team_agreed,
    e.CardDealt: _Reader.card_dealt,
    e.AnswerDrafted: _Reader.answer_drafted,
    e.OrdersDrafted: _Reader.orders_drafted,
    e.PhaseBegan: _Reader.phase_began,
    e.Paused: _Reader.pause,
    e.Resumed: _Reader.resume,
    e.Said: _Reader.said,
    e.MotionVoted: _Reader.voted,
    e.Ruled: _Reader.ruled,
}

_DECIDED: Mapping[type[Any], Callable[..., None]] = {
    e.AnswerRevealed: _Reader.answer,
    e.OrderDone: _Reader.order,
}
