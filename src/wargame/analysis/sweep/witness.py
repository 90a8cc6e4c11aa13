"""What is counted in one game: a witness looks at its events and at what bots were offered, and adds it to a tally.

The rows, by key (turns count from 1 and stand at place turn - 1; points are in tenths):

    games                          games, turns in all                  turns            games that played the turn
    ending ID|-                    by turn                              nobody           games in which no seat met its mandate
    together N                     games in which N seats met           pair A B         games in which both met
    seat S                         n, points, squares, met, top         score S          by whole points, 0-100
    by S WHAT OPTION               n, points, squares, met; then the first three without games that an ending cut short
    stances S                      escalate, hold, deescalate
    lean S                         n, x, xx, y, yy, xy (x: share that escalates, per mille; y: score)
    card C                         games, times                         card-turns C     by turn
    asked C S                      answered, of these by default
    option C KEY O TURN            chosen: n, gain, squares; open, but another chosen: the same
    option-moves C KEY O           chosen; then what each track moved
    order S A TURN, order-moves S A     the same for orders             done S A         carried out, given back, unpaid
    agreement A WHAT, motion M WHAT     by turn                         phase P          times that it took place
    usual TURN                     games; then what each track moved from the beginning of the turn to the end of the next
    track T TURN                   by step from the lowest value (turn 0: the start), see `step_of`
    level T TURN                   games, sum of the values
    reached T                      by step from the lowest value: games in which it was there at any moment; flags too
    words S, decisions S           by turn

A choice's gain is the seat's final score less its score as the turn began; what tracks moved is counted from the beginning of
the turn to the end of the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeAlias

from attrs import define, field, frozen

from wargame.analysis.sweep.reading import card_words
from wargame.analysis.sweep.tally import Tally
from wargame.bots.bot import Body, Bot, Offer, View, opened
from wargame.engine import events as e
from wargame.engine.scores import seat_score
from wargame.engine.state import State
from wargame.rules.program import Family, Program, Slot
from wargame.scenario.model import PhaseKind, Stance

LAST_TURN = "-"  # the ending of a game that was played to its last turn
STANCES = {Stance.ESCALATE: 0, Stance.HOLD: 1, Stance.DEESCALATE: 2}
MOST_STEPS = 1000  # of a histogram
SHARES = 1000  # shares are counted in so many parts
_ORDER_STATUS = {"done": 0, "refunded": 1, "unpaid": 2}

Place: TypeAlias = tuple[str, ...]  # the part of a choice's key before the option: ("option", card, key) or ("order", seat)


def tenths(points: float) -> int:
    """Points as a whole number of tenths, which is what the engine rounds them to."""
    return round(points * 10)


def step_of(slot: Slot) -> int:
    """How many values share a place of the slot's histograms: one, but for ranges of more than a thousand."""
    return 1 + (slot.hi - slot.lo) // (MOST_STEPS + 1)


@frozen
class Chosen:
    """A decision: when and whose, what could be chosen and what was."""

    turn: int
    seat: int
    place: Place
    open: frozenset[str]
    chosen: frozenset[str]


@frozen
class Watched:
    """What a program's witnesses need to know of it, worked out once. `people`: the seats that count (ids)."""

    program: Program
    people: tuple[str, ...]

    @cached_property
    def tracks(self) -> tuple[int, ...]:
        """The slots of the tracks."""
        return tuple(slot.index for slot in self.program.slots if slot.family is Family.TRACK)

    @cached_property
    def reached(self) -> frozenset[int]:
        """The slots of which every value they ever have is kept: tracks and flags."""
        return frozenset(slot.index for slot in self.program.slots if slot.family in (Family.TRACK, Family.FLAG))

    @cached_property
    def words(self) -> Sequence[Sequence[int]]:
        """By card and addressee: how many words it has to read."""
        return card_words(self.program)


@define
class Witness:
    """Sees one game. Give `watch` to the playout and `beside(bot, seat)` in place of each bot; at the end call `tell`."""

    known: Watched
    turn: int = 0
    levels: list[tuple[int, ...]] = field(factory=list)  # turn -> tracks at its end
    worth: list[dict[int, int]] = field(factory=list)  # turn - 1 -> score by seat as it begins
    values: set[tuple[int, int]] = field(factory=set)  # slots and the values they had
    choices: list[Chosen] = field(factory=list)
    happened: Counter[tuple[tuple[str, ...], int]] = field(factory=Counter)  # key, place
    stances: dict[int, list[int]] = field(factory=dict)
    offered: dict[tuple[int, str], frozenset[str]] = field(factory=dict)  # seat and card ("": orders) -> what was open
    drafted: set[int] = field(factory=set)  # seats with a draft of orders

    def beside(self, bot: Bot, seat: str) -> Bot:
        """The bot, with what it was offered noted when it decides."""
        return _Beside(bot, self.known.program.seats.index(seat), self)

    def note(self, seat: int, body: Mapping[str, Any], offers: Sequence[Offer]) -> None:
        """Keeps what was open when the seat answered a card or gave its orders."""
        do = body["do"]
        if do == "respond":
            for offer in opened(offers).of("respond"):
                if offer["card"] == body["card"]:
                    open_now = frozenset(option["id"] for option in offer["options"] if option["ok"])
                    self.offered[seat, body["card"]] = open_now
        elif do in ("orders", "order") or (do == "seal" and seat not in self.drafted):
            orders = frozenset(offer["action"] for offer in opened(offers).of("order"))
            if orders:
                self.offered[seat, ""] = orders

    def watch(self, state: State, event: e.Event) -> None:
        """Counts an event that has just been folded into the state."""
        effect: e.Effect | None = getattr(event, "effect", None)
        if effect is not None and effect.changes:
            reached = self.known.reached
            for slot, _, new in effect.changes:
                if slot in reached:
                    self.values.add((slot, new))
        handler = _HANDLERS.get(type(event))
        if handler is not None:
            handler(self, state, event)

    def tell(self, tally: Tally, state: State) -> tuple[int, ...]:
        """Adds the game, which is over, to the tally. The scores in tenths, by seat of the people."""
        return _Telling(self.known, self, tally, state).tell()

    # Events.

    def _began(self, state: State, event: e.PhaseBegan) -> None:
        program = self.known.program
        self.offered = {key: names for key, names in self.offered.items() if key[1]}
        self.drafted.clear()
        self.happened[("phase", program.phases[event.phase].id), 0] += 1
        if event.turn != self.turn:
            self.turn = event.turn
            self._look(state)
            self.worth.append({seat: tenths(seat_score(program, state, seat, -1).total) for seat in state.seats})

    def _look(self, state: State) -> None:
        self.levels.append(tuple([state.board[slot] for slot in self.known.tracks]))

    def _ended(self, state: State, event: e.GameEnded) -> None:
        self._look(state)

    def _dealt(self, state: State, event: e.CardDealt) -> None:
        program = self.known.program
        card = program.cards[event.card]
        self.happened[("card-turns", card.id), self.turn - 1] += 1
        for seat, addressee in event.to:
            name = program.seats[seat]
            self.happened[("words", name), self.turn - 1] += self.known.words[event.card][addressee]
            if card.addressees[addressee].options:
                self.happened[("decisions", name), self.turn - 1] += 1

    def _answered(self, state: State, event: e.AnswerRevealed) -> None:
        program = self.known.program
        dealt = next(card for card in state.hand if card.number == event.number)
        card = program.cards[dealt.card]
        addressee = card.addressees[next(to for seat, to in dealt.to if seat == event.seat)]
        option = addressee.options[event.answer.option]
        self.happened[("asked", card.id, program.seats[event.seat]), 0] += 1
        self._stance(event.seat, option.model.stance)
        open_then = self.offered.pop((event.seat, str(event.number)), None)
        if event.defaulted:
            self.happened[("asked", card.id, program.seats[event.seat]), 1] += 1
        elif open_then:
            place = ("option", card.id, addressee.key)
            self.choices.append(Chosen(self.turn, event.seat, place, open_then, frozenset((option.id,))))

    def _stance(self, seat: int, stance: Stance) -> None:
        self.stances.setdefault(seat, [0, 0, 0])[STANCES[stance]] += 1

    def _orders(self, seat: int, chosen: frozenset[str]) -> None:
        open_then = self.offered.pop((seat, ""), None)
        if open_then is not None:
            name = self.known.program.seats[seat]
            self.happened[("decisions", name), self.turn - 1] += 1
            self.choices.append(Chosen(self.turn, seat, ("order", name), open_then | chosen, chosen))

    def _drafted(self, state: State, event: e.OrdersDrafted) -> None:
        actions = self.known.program.actions
        self.drafted.add(event.seat)
        self._orders(event.seat, frozenset(actions[order.action].id for order in event.orders))

    def _sealed(self, state: State, event: e.Sealed) -> None:
        # Done without having ordered anything. What was open is noted only where orders could be given.
        self._orders(event.seat, frozenset())

    def _carried(self, state: State, event: e.OrderDone) -> None:
        program = self.known.program
        action = program.actions[event.order.action]
        seat = program.seats[event.seat]
        if state.phase >= 0 and program.phases[state.phase].kind is PhaseKind.TURNS:
            self._orders(event.seat, frozenset((action.id,)))
        self.happened[("done", seat, action.id), _ORDER_STATUS.get(event.status, 2)] += 1
        if event.status == "done":
            self._stance(event.seat, action.model.stance)

    def _voted(self, state: State, event: e.MotionVoted) -> None:
        motion = self.known.program.motions[event.motion].id
        self.happened[("motion", motion, "passed" if event.passed else "failed"), self.turn - 1] += 1
        if event.vetoed:
            self.happened[("motion", motion, "vetoed"), self.turn - 1] += 1

    def _tabled(self, state: State, event: e.MotionTabled) -> None:
        self.happened[("motion", self.known.program.motions[event.motion].id, "tabled"), self.turn - 1] += 1

    def _agreed(self, state: State, event: Any) -> None:
        what = _AGREEMENTS[type(event)]
        if isinstance(event, e.AgreementEnded | e.AgreementDeclined) and event.seat < 0:
            what = "lapsed" if isinstance(event, e.AgreementEnded) else "unanswered"
        self.happened[("agreement", self.known.program.agreements[event.agreement].id, what), max(0, self.turn - 1)] += 1


class _Beside:
    """A bot with a witness beside it."""

    def __init__(self, bot: Bot, seat: int, witness: Witness) -> None:
        self._bot = bot
        self.hears = getattr(bot, "hears", False)
        self._seat = seat
        self._witness = witness

    def decide(self, view: View, offers: Sequence[Offer]) -> Body | None:
        """What the bot decides."""
        body = self._bot.decide(view, offers)
        if body is not None:
            self._witness.note(self._seat, body, offers)
        return body


@frozen
class _Telling:
    """A game that is over goes into the tally."""

    known: Watched
    game: Witness
    tally: Tally
    state: State

    def tell(self) -> tuple[int, ...]:
        """Adds everything. The scores in tenths, by seat of the people."""
        state, tally, program = self.state, self.tally, self.known.program
        result = state.result
        assert result is not None, "a game that is over has a result"
        turns = max(1, state.turn)
        tally.add(("games",), (1, turns))
        tally.add(("turns",), [1] * turns)
        ending = program.endings[result.ending].id if result.ending >= 0 else LAST_TURN
        tally.count(("ending", ending), turns - 1)
        final = {score.seat: tenths(score.total) for score in result.scores}
        met = {score.seat for score in result.scores if score.met}
        cut = result.ending >= 0 and program.endings[result.ending].model.catastrophe
        self._seats(final, met, cut=cut)
        self._happened()
        self._tracks()
        self._choices(final)
        return tuple([final[program.seats.index(seat)] for seat in self.known.people])

    def _seats(self, final: Mapping[int, int], met: set[int], *, cut: bool) -> None:
        tally, program, board = self.tally, self.known.program, self.state.board
        people = [program.seats.index(seat) for seat in self.known.people]
        best = max(final[seat] for seat in people)
        winners = [program.seats[seat] for seat in people if seat in met]
        tally.count(("together", str(len(winners))))
        tally.add(("nobody",), (int(not winners),))
        for place, one in enumerate(winners):
            for other in winners[place + 1 :]:
                tally.count(("pair", one, other))
        for seat, points in final.items():
            name = program.seats[seat]
            top = seat in people and points == best and not cut
            tally.add(("seat", name), (1, points, points * points, int(seat in met), int(top)))
            tally.count(("score", name), (points + 5) // 10)
            secrets = [(choice.id, choice.options[board[choice.slot]]) for choice in program.choices if choice.seat == seat]
            secrets += [
                ("agenda", deck.agendas[board[deck.slot]][0])
                for deck in program.agendas
                if deck.seat == seat and 0 <= board[deck.slot] < len(deck.agendas)
            ]
            sums = (1, points, points * points)
            for what, option in secrets:
                tally.add(("by", name, what, option), (*sums, int(seat in met), *((0, 0, 0) if cut else sums)))
            stances = self.game.stances.get(seat, [0, 0, 0])
            tally.add(("stances", name), stances)
            if any(stances):
                lean = SHARES * stances[0] // sum(stances)
                tally.add(("lean", name), (1, lean, lean * lean, points, points * points, lean * points))

    def _happened(self) -> None:
        tally = self.tally
        for (key, place), times in self.game.happened.items():
            tally.add(key, [*[0] * place, times])
            if key[0] == "card-turns":
                tally.add(("card", key[1]), (0, times))
        for card in {key[1] for key, _ in self.game.happened if key[0] == "card-turns"}:
            tally.add(("card", card), (1,))

    def _tracks(self) -> None:
        slots, tally = self.known.program.slots, self.tally
        for turn, values in enumerate(self.game.levels):
            for index, value in zip(self.known.tracks, values, strict=True):
                slot = slots[index]
                tally.count(("track", slot.name, str(turn)), (value - slot.lo) // step_of(slot))
                tally.add(("level", slot.name, str(turn)), (1, value))
        start = {(index, self.known.program.start[index]) for index in self.known.reached}
        places = {(index, (value - slots[index].lo) // step_of(slots[index])) for index, value in self.game.values | start}
        for index, place in places:
            tally.count(("reached", slots[index].name), place)

    def _choices(self, final: Mapping[int, int]) -> None:
        tally, levels = self.tally, self.game.levels
        moves = [
            [1, *[new - old for old, new in zip(before, levels[min(turn + 2, len(levels) - 1)], strict=True)]]
            for turn, before in enumerate(levels[:-1])
        ]
        for turn, moved in enumerate(moves):
            tally.add(("usual", str(turn + 1)), moved)
        for choice in self.game.choices:
            turn = choice.turn
            gain = final[choice.seat] - self.game.worth[turn - 1].get(choice.seat, 0)
            chosen = (1, gain, gain * gain)
            passed_over = (0, 0, 0, *chosen)
            kind, *rest = choice.place
            for name in choice.open:
                tally.add((*choice.place, name, str(turn)), chosen if name in choice.chosen else passed_over)
            if choice.chosen:
                for name in choice.chosen:
                    tally.add((f"{kind}-moves", *rest, name), moves[turn - 1])


_HANDLERS: Mapping[type, Callable[[Witness, State, Any], None]] = {
    e.PhaseBegan: Witness._began,
    e.GameEnded: Witness._ended,
    e.CardDealt: Witness._dealt,
    e.AnswerRevealed: Witness._answered,
    e.OrdersDrafted: Witness._drafted,
    e.Sealed: Witness._sealed,
    e.OrderDone: Witness._carried,
    e.MotionTabled: Witness._tabled,
    e.MotionVoted: Witness._voted,
    e.AgreementProposed: Witness._agreed,
    e.AgreementEntered: Witness._agreed,
    e.AgreementLeaked: Witness._agreed,
    e.AgreementDeclined: Witness._agreed,
    e.AgreementEnded: Witness._agreed,
}
_AGREEMENTS: Mapping[type, str] = {
    e.AgreementProposed: "proposed",
    e.AgreementEntered: "signed",
    e.AgreementLeaked: "leaked",
    e.AgreementDeclined: "declined",
    e.AgreementEnded: "left",
}
