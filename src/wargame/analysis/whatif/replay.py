"""Playing on from a decision: with what everybody did in the record, or with bots for all and luck of its own."""

from __future__ import annotations

from hashlib import sha256
from itertools import count, takewhile

from attrs import define, evolve, field, frozen

from wargame.analysis.chronicle import Chronicle, Entry, made
from wargame.analysis.playout import MOST_COMMANDS, Playout, Recorder, RunawayError, Sent
from wargame.analysis.whatif.script import Act, Script, body_of
from wargame.bots.bot import Bot
from wargame.bots.levels import seat_bot
from wargame.engine import events as e
from wargame.engine.apply import apply
from wargame.engine.commands import Advance, Command, Refused, house
from wargame.engine.legality import active, mover_of, option_block
from wargame.engine.parse import parse
from wargame.engine.state import Answer, Dealt, Result, State
from wargame.rules.program import NOBODY, Card, OptionCode, Program

LEVEL = "one-ply"  # the bots that play on
STEADY = "what if"  # what the bots of a replay are seeded with: the same question gets the same answer


@frozen
class Decision:
    """An answer to a card, as it was revealed in a game: the row of the journal, the state and program it was revealed in.

    `before` is shared: fork it. `options`: the answers that were open, by index, the one taken among them.
    """

    seq: int
    seat: int
    dealt: Dealt
    answer: Answer
    defaulted: bool
    options: tuple[int, ...]
    program: Program = field(repr=False, eq=False)
    before: State = field(repr=False, eq=False)

    @property
    def card(self) -> Card:
        """The card that was answered."""
        return self.program.cards[self.dealt.card]

    def option(self, index: int) -> OptionCode:
        """An answer by its index."""
        return self.card.addressees[next(place for seat, place in self.dealt.to if seat == self.seat)].options[index]

    @property
    def name(self) -> str:
        """What the command line calls it: `CARD:SEAT`."""
        return f"{self.card.id}:{self.program.seats[self.seat]}"


@define
class Ended:
    """How a game ended that was played on: its result, the last board, and how much of the record could be kept.

    `kept`: what people did that was done again; `lost`: what was no longer possible; `after`: whether the record ended before
    the game did, so that bots played the rest.
    """

    result: Result
    board: tuple[int, ...]
    kept: int = 0
    lost: list[Act] = field(factory=list)
    after: bool = False


def decisions(chronicle: Chronicle) -> list[Decision]:
    """Every answer to a card that had another answer open, in order. Empty for a game without one."""
    found: list[Decision] = []
    row, before = -1, None
    for step in chronicle.walk():
        if not isinstance(step.event, e.AnswerRevealed):
            continue
        if step.entry.seq != row:  # of a row all answers are revealed together: each is asked about as of the first
            row, before = step.entry.seq, step.before
        assert before is not None, "set with the row"
        dealt = next((each for each in before.hand if each.number == step.event.number), None)
        if dealt is None:
            continue
        decision = Decision(row, step.event.seat, dealt, step.event.answer, step.event.defaulted, (), step.program, before)
        place = next(index for seat, index in dealt.to if seat == decision.seat)
        options = tuple(
            index
            for index, option in enumerate(step.program.cards[dealt.card].addressees[place].options)
            if index == decision.answer.option or option_block(before, dealt, decision.seat, option) is None
        )
        if len(options) > 1:
            found.append(evolve(decision, options=options))
    return found


def changed(decision: Decision, option: int, seed: bytes | None = None) -> State:
    """The state just before the answers are revealed, with this answer; `seed`: other luck from here on."""
    state = decision.before.fork()
    if seed is not None:
        state.seed = seed
    # What a team had on its table has been settled by now; a suggestion must not overrule the change.
    state.teams = {}
    state.left = None
    apply(decision.program, state, e.AnswerDrafted(decision.seat, decision.dealt.number, _answer(decision, option)))
    return state


def _answer(decision: Decision, option: int) -> Answer:
    """The answer as it was given, or another without the reason that was given for that one."""
    return Answer(option, decision.answer.rationale if option == decision.answer.option else "")


def same_luck(decision: Decision, script: Script, option: int, record: Recorder | None = None) -> Ended:
    """The game with this answer and everything else as it was: the same dice, and what people did wherever it is still
    possible. Bots answer where it is not, and play what the record does not know. `record` is told of every command.
    Raises RunawayError."""
    game = _game(decision.program, changed(decision, option), STEADY)
    game.record = record
    replay = _Replay(game, script)
    _end_phase(game)
    replay.run()
    return _ended(game, replay.kept, replay.lost, replay.after)


def retold(chronicle: Chronicle, decision: Decision, option: int) -> Chronicle:
    """The chronicle of the game with this answer, as `same_luck` plays it: the record up to the decision, then what came
    instead. For looking at it step by step. Raises RunawayError."""
    kept = [entry for entry in chronicle.live if entry.seq < decision.seq]
    row = next(entry for entry in chronicle.live if entry.seq == decision.seq)
    before = tuple(takewhile(lambda event: not isinstance(event, e.AnswerRevealed), row.events))
    draft = e.AnswerDrafted(decision.seat, decision.dealt.number, _answer(decision, option))
    entries = [*kept, evolve(row, events=(*before, draft))]

    def take(command: Command, events: tuple[e.Event, ...]) -> None:
        entries.append(Entry(entries[-1].seq + 1, row.at, command.who, "", "", events))

    same_luck(decision, Script.of(chronicle.walk()), option, take)
    return made(chronicle.game, f"{chronicle.name}, what if", chronicle.base, entries, chronicle.people)


def other_luck(decision: Decision, option: int, number: int) -> Ended:
    """The game with this answer, and from there on bots in all seats and the luck of `number` (the same for every answer, so
    that like is compared with like). Raises RunawayError."""
    seed = sha256(b"wargame what if:" + decision.before.seed + number.to_bytes(8, "big")).digest()
    game = _game(decision.program, changed(decision, option, seed), f"{STEADY} {number}")
    _end_phase(game)
    game.play()
    return _ended(game)


def _game(program: Program, state: State, seed: str) -> Playout:
    return Playout(program, _bots(program, state, seed), state=state)


def _bots(program: Program, state: State, seed: str) -> dict[str, Bot]:
    return {program.seats[seat]: seat_bot(LEVEL, program, program.seats[seat], seed, silent=True) for seat in state.seats}


def _end_phase(game: Playout) -> None:
    """Ends the phase with everything as it was drafted."""
    refused = game.carry(house(game.program, Advance()))
    assert refused is None, refused


def _ended(game: Playout, kept: int = 0, lost: list[Act] | None = None, after: bool = False) -> Ended:
    assert game.state.result is not None, "played to the end"
    return Ended(game.state.result, tuple(game.state.board), kept, lost or [], after)


@define
class _Replay:
    """Does what the script says, as far as it is possible, until the game is over."""

    game: Playout
    script: Script
    kept: int = 0
    lost: list[Act] = field(factory=list)
    after: bool = False

    def run(self) -> None:
        game = self.game
        for rounds in count():
            state = game.state
            if state.status == "over":
                return
            moment = (state.turn, state.phase)
            if moment > self.script.last:
                self.after = True
                game.play()
                return
            if rounds > MOST_COMMANDS * max(1, state.turn):
                raise RunawayError(f"Turn {state.turn} does not end.")
            self._phase(moment)

    def _phase(self, moment: tuple[int, int]) -> None:
        """One phase: what was done in it, then bots for what is left open, then its end."""
        game = self.game
        fallen: set[int] = set()
        for act in self.script.acts.get(moment, ()):
            if (game.state.turn, game.state.phase) != moment or game.state.status == "over":
                self.lost.append(act)
            elif self._do(act):
                self.kept += 1
            else:
                self.lost.append(act)
                fallen.add(act.seat)
        self._fill(moment, fallen)
        if (game.state.turn, game.state.phase) == moment and game.state.status != "over":
            _end_phase(game)

    def _do(self, act: Act) -> bool:
        game = self.game
        body = body_of(game.program, game.state, act)
        if body is None:
            return False
        if body["do"] == "orders":
            return self._orders(act.seat, body["orders"])
        program = game.program
        done = self._send(act.seat, body) is None
        if game.program is not program:
            game.bots = _bots(game.program, game.state, STEADY)  # they know the rules they were made with
        return done

    def _orders(self, seat: int, wanted: list[object]) -> bool:
        """Those of the orders that are still possible, in their order; whether all are."""
        draft: list[object] = []
        for order in wanted:
            if self._send(seat, {"do": "orders", "orders": [*draft, order]}) is None:
                draft.append(order)
        return len(draft) == len(wanted)

    def _send(self, seat: int, body: dict[str, object]) -> Refused | None:
        game, state = self.game, self.game.state
        phase = state.phase_id(game.program)
        if seat != NOBODY:
            return game.send(Sent(game.program.seats[seat], state.turn, phase, body))
        command = parse(game.program, game.program.white_cell, body, turn=state.turn, phase=phase)
        return game.carry(command) if isinstance(command, Command) else command

    def _fill(self, moment: tuple[int, int], fallen: set[int]) -> None:
        """Bots act for seats whose own deeds are no longer possible, answer cards the record does not know, and take a turn
        to move that nobody takes."""
        game = self.game
        for _ in range(MOST_COMMANDS):
            state = game.state
            if (state.turn, state.phase) != moment or state.status == "over":
                return
            mover = mover_of(game.program, state)
            if mover != NOBODY:
                # Where all went as it did, the facilitator ended the phase before everybody had moved.
                if not fallen or not game.act(game.program.seats[mover], True):
                    return
                continue
            seats = [seat for seat in active(game.program, state) if seat in fallen or self._asked(moment, seat)]
            if not any(game.act(game.program.seats[seat], False) for seat in seats):
                return

    def _asked(self, moment: tuple[int, int], seat: int) -> bool:
        """Whether a card asks the seat that neither it nor the record has answered."""
        state = self.game.state
        return any(
            not dealt.resolved
            and any(member == seat for member, _ in dealt.to)
            and (dealt.number, seat) not in state.answers
            and (moment, seat, dealt.card) not in self.script.silent
            for dealt in state.hand
        )
