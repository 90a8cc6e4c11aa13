"""What a witness counts in a game is what its events and commands say."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import pytest
from attrs import define, field

from tests.support.play import program_of
from wargame.analysis.playout import Playout
from wargame.analysis.sweep.tally import Tally
from wargame.analysis.sweep.witness import LAST_TURN, MOST_STEPS, Watched, Witness, step_of
from wargame.bots.levels import seat_bot
from wargame.engine import events as e
from wargame.engine.scores import seat_score
from wargame.engine.state import State
from wargame.rules.program import Family, Program, Slot
from wargame.scenario.text import EMPTY


@define
class Game:
    """A game that was watched twice: by a witness, and event by event."""

    program: Program
    people: tuple[str, ...]
    tally: Tally = field(factory=Tally)
    events: list[e.Event] = field(factory=list)
    boards: dict[int, list[int]] = field(factory=dict)  # turn -> board as it begins
    scores: dict[tuple[int, str], float] = field(factory=dict)  # turn, seat -> score as it begins
    state: State = field(init=False)
    witness: Witness = field(init=False)
    sent: list[tuple[int, str, dict[str, object]]] = field(factory=list)

    def play(self, seed: str, level: str = "random") -> tuple[int, ...]:
        witness = self.witness = Witness(Watched(self.program, self.people))

        def watch(state: State, event: e.Event) -> None:
            self.events.append(event)
            if isinstance(event, e.PhaseBegan) and event.turn not in self.boards:
                self.boards[event.turn] = state.board.copy()
                for seat in state.seats:
                    name = self.program.seats[seat]
                    self.scores[event.turn, name] = seat_score(self.program, state, seat, -1).total
            witness.watch(state, event)

        seats = self.program.seats
        game = Playout(
            self.program, {seat: witness.beside(seat_bot(level, self.program, seat, seed), seat) for seat in seats}, watch
        )
        game.start(sha256(seed.encode()).digest())
        self.state = game.play()
        refused = [id(sent) for sent, _ in game.refused]
        self.sent = [(s.turn, s.seat, dict(s.body)) for s in game.sent if s.seat is not None and id(s) not in refused]
        return witness.tell(self.tally, self.state)

    def of(self, kind: type) -> list[e.Event]:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture(params=["bridge_week", "five_questions", "skirmish", "everything"])
def game(request: pytest.FixtureRequest) -> Game:
    program = program_of(request.param)
    game = Game(program, program.seats)
    game.play("4")
    return game


def total(game: Game, *key: str) -> int:
    return sum(row[0] for _, row in game.tally.below(*key))


def test_scores_are_the_results(game: Game) -> None:
    assert game.state.result is not None
    for score in game.state.result.scores:
        seat = game.program.seats[score.seat]
        points = round(score.total * 10)
        top = score.seat in game.state.result.top
        assert list(game.tally.row("seat", seat)) == [1, points, points**2, score.met, top]
        assert sum(game.tally.row("score", seat)) == 1
    assert game.tally.at("nobody") == (not any(score.met for score in game.state.result.scores))


def test_turns_and_the_ending_are_counted(game: Game) -> None:
    turns = game.state.turn
    assert list(game.tally.row("games")) == [1, turns]
    assert list(game.tally.row("turns")) == [1] * turns
    assert game.state.result is not None
    ending = game.state.result.ending
    name = game.program.endings[ending].id if ending >= 0 else LAST_TURN
    assert game.tally.at("ending", name, place=turns - 1) == 1


def test_cards_and_answers_are_those_of_the_events(game: Game) -> None:
    dealt = Counter(game.program.cards[event.card].id for event in game.of(e.CardDealt) if isinstance(event, e.CardDealt))
    for card, times in dealt.items():
        assert list(game.tally.row("card", card)) == [1, times]
        assert sum(game.tally.row("card-turns", card)) == times
    answers = [event for event in game.of(e.AnswerRevealed) if isinstance(event, e.AnswerRevealed)]
    assert sum(row[0] for _, row in game.tally.below("asked")) == len(answers)
    defaulted = sum(event.defaulted for event in answers)
    assert sum(row[1] for _, row in game.tally.below("asked") if len(row) > 1) == defaulted
    assert total(game, "option") == total(game, "option-moves") == len(answers) - defaulted


def test_orders_chosen_are_those_drafted(game: Game) -> None:
    drafted: Counter[str] = Counter()
    for _, seat, body in game.sent:
        orders = body["orders"] if body["do"] == "orders" else [body] if body["do"] == "order" else []
        assert isinstance(orders, list)
        drafted.update(f"{seat} {name}" for name in {order["action"] for order in orders} if body["do"] == "orders")
        drafted.update(f"{seat} {order['action']}" for order in orders if body["do"] == "order")
    counted = {" ".join(key): row[0] for key, row in game.tally.below("order-moves")}
    assert counted == dict(drafted)
    done = Counter(event.status for event in game.of(e.OrderDone) if isinstance(event, e.OrderDone))
    assert sum(row[0] for _, row in game.tally.below("done")) == done["done"]


def test_decisions_are_cards_to_answer_and_turns_of_orders(game: Game) -> None:
    expected: Counter[str] = Counter()
    for event in game.events:
        if isinstance(event, e.CardDealt):
            addressees = game.program.cards[event.card].addressees
            expected.update(game.program.seats[seat] for seat, place in event.to if addressees[place].options)
    expected.update(game.program.seats[choice.seat] for choice in game.witness.choices if choice.place[0] == "order")
    assert {seat: sum(game.tally.row("decisions", seat)) for seat in expected} == dict(expected)


def test_what_was_chosen_was_open_and_something_else_was_passed_over(game: Game) -> None:
    for key, row in [*game.tally.below("option"), *game.tally.below("order")]:
        assert row[0] + (row[3] if len(row) > 3 else 0) >= 1, key
    open_then = sum(row[0] + (row[3] if len(row) > 3 else 0) for _, row in game.tally.below("option"))
    assert open_then >= total(game, "option")


def test_gains_are_from_the_turns_beginning_to_the_end(game: Game) -> None:
    assert game.state.result is not None
    final = {game.program.seats[score.seat]: score.total for score in game.state.result.scores}
    for (seat, action, turn), row in game.tally.below("order"):
        gain = round(10 * final[seat]) - round(10 * game.scores[int(turn), seat])
        times, other = row[0], row[3] if len(row) > 3 else 0
        assert row[1] == times * gain, action
        assert other == 0 or row[4] == other * gain, action


def test_tracks_stand_where_they_stood_at_the_end_of_each_turn(game: Game) -> None:
    for slot in (slot for slot in game.program.slots if slot.family is Family.TRACK and step_of(slot) == 1):
        for turn in range(game.state.turn):
            assert game.tally.at("track", slot.name, str(turn), place=game.boards[turn + 1][slot.index] - slot.lo) == 1
        assert game.tally.at("track", slot.name, str(game.state.turn), place=game.state.board[slot.index] - slot.lo) == 1
        assert game.tally.at("reached", slot.name, place=game.state.board[slot.index] - slot.lo) == 1
        assert set(game.tally.row("reached", slot.name)) <= {0, 1}


def test_usual_moves_are_to_the_end_of_the_next_turn(game: Game) -> None:
    tracks = [slot.index for slot in game.program.slots if slot.family is Family.TRACK]
    last = game.state.turn
    for turn in range(1, last + 1):
        after = game.boards[turn + 2] if turn + 2 <= last else game.state.board
        moved = [after[slot] - game.boards[turn][slot] for slot in tracks]
        assert list(game.tally.row("usual", str(turn))) == [1, *moved]


def test_agreements_and_motions_are_those_of_the_events(game: Game) -> None:
    def counted(kind: str, what: str) -> int:
        return sum(sum(row) for key, row in game.tally.below(kind) if key[-1] == what)

    assert counted("agreement", "proposed") == len(game.of(e.AgreementProposed))
    assert counted("agreement", "signed") == len(game.of(e.AgreementEntered))
    assert counted("agreement", "left") + counted("agreement", "lapsed") == len(game.of(e.AgreementEnded))
    assert counted("motion", "tabled") == len(game.of(e.MotionTabled))
    assert counted("motion", "passed") + counted("motion", "failed") == len(game.of(e.MotionVoted))


def test_seats_beside_the_peoples_are_never_on_top() -> None:
    program = program_of("bridge_week")
    for seed in ("1", "2", "3", "4"):
        game = Game(program, program.seats[:1])
        scores = game.play(seed)
        assert len(scores) == 1
        assert game.tally.at("seat", program.seats[0], place=4) == 1
        assert all(game.tally.at("seat", seat, place=4) == 0 for seat in program.seats[1:])


def test_a_witness_changes_nothing() -> None:
    program = program_of("bridge_week")
    alone = Playout(program, {seat: seat_bot("one-ply", program, seat, "7") for seat in program.seats})
    alone.start(sha256(b"7").digest())
    game = Game(program, program.seats)
    game.play("7", "one-ply")
    assert alone.play().result == game.state.result


@pytest.mark.parametrize("most", [1, 999, 1000, 5000, 999_999_999])
def test_histograms_stay_short_however_wide_a_range(most: int) -> None:
    slot = Slot(1, "wide", Family.TRACK, EMPTY, 0, most, 0)
    assert (slot.hi - slot.lo) // step_of(slot) <= MOST_STEPS
    assert (step_of(slot) == 1) == (most <= MOST_STEPS)
