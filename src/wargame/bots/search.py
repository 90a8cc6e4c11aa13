"""A bot that plays its choices out in its head and does what comes out best on average.

It plays on boards that it cannot tell from the real one, against seats that do what they would probably do, to the end of this
turn and of the next.

How the luck of the draw is spent on the candidates is sequential halving: all are tried with the same luck, the worse half is
dropped, and so on. The number of playouts of a decision is fixed, so a game takes the same course on any machine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from attrs import define, field, frozen

from wargame.bots.board import bound
from wargame.bots.bot import Body, Offer, Purse, View
from wargame.bots.foresight import Deed, Throw
from wargame.bots.guess import Guess
from wargame.bots.habits import Habits, Minds
from wargame.bots.model import Held, Order, Players, Stand, World, mixed
from wargame.bots.one_ply import OnePly, Plan
from wargame.bots.styles import Style
from wargame.rules.program import Addressee, Board, Motion, Phase, Program
from wargame.rules.thought import think
from wargame.scenario.model import PhaseKind

CALM = Style(0.0, 1.0)
PLAYOUTS = 64  # for each decision
BOARDS = 4  # imagined for each decision
TURNS = 1  # played on after this one
LEADS = 6  # orders that a draft is built around
VARIANTS = 3  # drafts besides, drawn with
BLUR = 2.0  # points of noise
BOND = 0.5  # points for an agreement, for what it makes possible
ASKED = 3  # agreements that a proposal is looked for among


@frozen
class Intent:
    """What the seat might do now; what is not said it does by habit."""

    answers: Mapping[int, int] = field(factory=dict)  # place of the card on the table -> option
    orders: Sequence[Order] | None = None
    stand: Stand | None = None
    deed: Deed | None = None  # carried out at once


@define(eq=False)
class Led:
    """The seats of an imagined game, one of them led by an intent."""

    habits: Players
    seat: int
    intent: Intent
    in_turns: bool  # seats before this one have given their orders already

    def answer(self, world: World, held: Held, seat: int, addressee: Addressee) -> int:
        """The option."""
        option = self.intent.answers.get(world.hand.index(held)) if seat == self.seat else None
        return self.habits.answer(world, held, seat, addressee) if option is None else option

    def orders(self, world: World, seat: int, count: int) -> Sequence[Order]:
        """The orders."""
        if seat == self.seat and self.intent.orders is not None:
            return self.intent.orders
        return () if self.in_turns and seat < self.seat else self.habits.orders(world, seat, count)

    def stand(self, world: World, motion: Motion, seat: int) -> Stand:
        """What is done about the motion."""
        if seat == self.seat and self.intent.stand is not None:
            return self.intent.stand
        return self.habits.stand(world, motion, seat)


class Search(OnePly):
    """Plays its choices out. What matters less (choices before turn 1, walking out) it does as `OnePly`, without whims."""

    def __init__(
        self, program: Program, seat: str, luck: Random, style: Style = CALM, *, silent: bool = False, playouts: int = PLAYOUTS
    ) -> None:
        super().__init__(program, seat, luck, style, silent=silent)
        self.playouts = playouts
        self._thought = think(program, self.seat)
        self._imagined: tuple[tuple[int, str], int, list[Habits]] = ((-1, ""), 0, [])
        self._dealt: dict[int, int] = {}  # cards seen -> turn when last
        self._times: dict[int, int] = {}  # cards seen -> in how many turns

    def decide(self, view: View, offers: Sequence[Offer]) -> Body | None:
        """The body of the next command, or None when there is nothing to do now."""
        for shown in view["cards"].values():
            card = self.program.card_index[shown["id"]]
            if self._dealt.get(card) != shown["turn"]:
                self._dealt[card] = shown["turn"]
                self._times[card] = self._times.get(card, 0) + 1
        return super().decide(view, offers)

    # Decisions.

    def respond(self, view: View, offer: Offer) -> Body:
        """The option that comes out best."""
        number = offer["card"]
        shown = view["cards"][number]
        card = self.program.cards[self.program.card_index[shown["id"]]]
        addressee = next(each for each in card.addressees if each.key == shown["answer"])
        hand, places = self._hand(view, number)
        given = {
            places[other]: _option(self.program, view["cards"][other], answer["option"])
            for other, answer in view["responses"].items()
            if other in places
        }
        ids = [option["id"] for option in offer["options"] if option["ok"]]
        indices = [[option.id for option in addressee.options].index(name) for name in ids]
        picked = self._best(view, [Intent({**given, places[number]: index}) for index in indices], hand)
        board, members = self._picture(view), bound(self.program, card.index, shown["bound"])
        return {
            "option": ids[picked],
            "rationale": self._reason(board, *self._option(addressee, ids[picked], members)),
            "belief": self._belief(view),
        }

    def orders(self, view: View, offers: Sequence[Offer], count: int) -> list[Body]:
        """The draft that comes out best of a few that look good."""
        board = self._picture(view)
        purse = Purse(self.program, self.id, view)
        plans = [plan for offer in offers for plan in self._plans(offer, purse)]
        gains = self._gains(board, plans, view["turn"])
        drafts = self._drafts(view, plans, gains, count)
        intents = [Intent(orders=[self._meant(plans[number]) for number in draft]) for draft in drafts]
        bodies: list[Body] = []
        for number in drafts[self._best(view, intents)]:
            plan = plans[number]
            reason = self._reason(board, plan.deed, plan.stance)
            bodies.append({"action": plan.offer["action"], "targets": list(plan.targets), "rationale": reason})
            if not self.silent:
                board = board.copy()
                plan.deed(board, Throw(b"", "", recording=False, number=len(bodies)))
        return bodies

    def sign(self, view: View, offer: Offer) -> bool:
        """Signs for a gain."""
        return self._choose(view, [offer["agreement"]]) is not None

    def propose(self, view: View, offers: Sequence[Offer]) -> str | None:
        """The agreement that comes out best of those that look best, unless it was turned down too often."""
        names = [offer["agreement"] for offer in offers if self.asked.get(offer["agreement"], 0) < ASKED]
        names.sort(key=lambda name: -self._gain(view, name, joining=True))
        wanted = self._choose(view, names[:ASKED]) if names else None
        if wanted is not None:
            self.asked[wanted] = self.asked.get(wanted, 0) + 1
        return wanted

    def vote(self, view: View, offer: Offer) -> Body:
        """What comes out best of speaking for and against, with and without lobbying."""
        low, high = offer["lobby"]
        stands = [
            Stand(aye, lobby, veto)
            for aye in ((True, False) if offer["position"] else (True,))
            for veto in ((False, True) if offer["veto"] else (False,))
            if not (veto and aye and offer["position"])
            for lobby in sorted({0, low, low // 2, high // 2, high}, key=abs)
            if low <= lobby <= high
        ]
        motion = self.program.motion_index[offer["motion"]]
        stand = stands[self._best(view, [Intent(stand=stand) for stand in stands], motion=motion)]
        body: Body = {"lobby": stand.lobby}
        if offer["position"]:
            body["position"] = "aye" if stand.aye else "nay"
        if offer["veto"]:
            body["veto"] = stand.veto
        return body

    def _choose(self, view: View, names: Sequence[str]) -> str | None:
        """The agreement that gains most by being in force, if any gains."""
        agreements = [self.program.agreements[self.program.agreement_index[name]] for name in names]
        intents = [Intent(), *(Intent(deed=self._party(agreement, joining=True)) for agreement in agreements)]
        picked = self._best(view, intents, favour=[0.0] + [BOND] * len(names))
        return names[picked - 1] if picked else None

    def _noise(self) -> float:
        return 0.0

    # Drafts.

    def _drafts(self, view: View, plans: Sequence[Plan], gains: Sequence[float], count: int) -> list[list[int]]:
        """Drafts to play out, as numbers of plans: around each order that looks good, some drawn loosely, and none at all."""
        ranked = sorted(range(len(plans)), key=lambda number: -gains[number])
        drafts = [self._filled(view, plans, gains, [], count)]
        drafts += [self._filled(view, plans, gains, [lead], count) for lead in ranked[:LEADS]]
        for _ in range(VARIANTS):
            blurred = [gain + round(self.luck.gauss(0.0, BLUR), 3) for gain in gains]
            drafts.append(self._filled(view, plans, blurred, [], count))
        drafts.append([])
        different = {frozenset(draft): draft for draft in reversed(drafts)}
        return list(different.values())[::-1]

    def _filled(self, view: View, plans: Sequence[Plan], gains: Sequence[float], lead: list[int], count: int) -> list[int]:
        """A draft filled up with what looks best and fits."""
        purse = Purse(self.program, self.id, view)
        draft: list[int] = []
        ranked = sorted((number for number in range(len(plans)) if gains[number] > 0), key=lambda number: -gains[number])
        for number in [*lead, *ranked]:
            if len(draft) == count:
                break
            if number not in draft and purse.allows(plans[number].offer, plans[number].targets):
                purse.take(plans[number].offer, plans[number].targets)
                draft.append(number)
        return draft

    def _meant(self, plan: Plan) -> Order:
        action = self.program.actions[self.program.action_index[plan.offer["action"]]]
        return action, tuple(self._member(target) for target in plan.targets)

    # Playing out.

    def _hand(self, view: View, number: str) -> tuple[list[Held], dict[str, int]]:
        """The cards on the table that are still to be answered, and their places by number. In a phase that is not for cards
        that is the one in question."""
        program = self.program
        cards = view["cards"]
        shown = list(cards) if self._phase(view).kind is PhaseKind.CARDS else [number]
        hand = []
        for each in shown:
            card = program.cards[program.card_index[cards[each]["id"]]]
            members = bound(program, card.index, cards[each]["bound"])
            hand.append(
                Held(card.index, members, card.answered_by(members, [seat in view["played"] for seat in program.seats]))
            )
        return hand, {each: place for place, each in enumerate(shown)}

    def _phase(self, view: View) -> Phase:
        return next(phase for phase in self.program.phases if phase.id == view["phase"])

    def _best(
        self,
        view: View,
        intents: Sequence[Intent],
        hand: Sequence[Held] = (),
        *,
        motion: int | None = None,
        favour: Sequence[float] | None = None,
    ) -> int:
        """The intent that comes out best. `favour`: points that intents are given besides."""
        if len(intents) == 1:
            return 0
        program, phase = self.program, self._phase(view)
        boards, habits, seed = self._imagine(view)
        played = [seat in view["played"] for seat in program.seats]
        mind = self._foresight

        def played_out(intent: Intent, sample: int) -> float:
            which = sample % len(boards)
            world = World(program, boards[which].copy(), played, mixed(seed, sample), list(hand))
            if motion is not None:
                world.motions.append(motion)
            if intent.deed is not None:
                world.do(intent.deed)
            led = Led(habits[which], self.seat, intent, phase.kind is PhaseKind.TURNS)
            world.play(phase.index, led, habits[which], TURNS)
            if world.ended is None:
                return mind.ahead(world.board) - mind.dread(boards[which], world.board)
            return self._score(world.board, world.ended)

        return halved(len(intents), self.playouts, lambda number, sample: played_out(intents[number], sample), favour)

    def _score(self, board: Board, ending: int) -> float:
        """The score when the game has ended like this."""
        score = min(100.0, max(0.0, self._thought.worth(board)))
        if ending >= 0 and self.program.endings[ending].model.catastrophe:
            score = min(score, float(self.program.scenario.scoring.ending_cap))
        return score

    def _imagine(self, view: View) -> tuple[list[Board], list[Habits], int]:
        """Boards that might be the real one, who plays on them, and the seed of their luck. All of a phase are drawn alike, so
        that what the seats there like holds for all its decisions."""
        self._picture(view)
        moment, seed, habits = self._imagined
        fresh = moment != self.moment
        if fresh:
            seed = self.luck.getrandbits(64)
        guess = Guess.of(self.program, view)
        for card, turn in self._dealt.items():
            entry = self.program.cards[card]
            guess.board[entry.fired] = min(self._times[card], self.program.slots[entry.fired].hi)
            guess.board[entry.dealt_on] = turn
        luck = Random(seed)
        boards = [guess.draw(luck) for _ in range(BOARDS)]
        if fresh:
            minds = Minds(self.program, seed)
            habits = [Habits(minds, board.copy(), self.seat) for board in boards]
            self._imagined = (self.moment, seed, habits)
        return boards, habits, seed


def halved(count: int, playouts: int, play: Callable[[int, int], float], favour: Sequence[float] | None = None) -> int:
    """The candidate (0 to `count` - 1) whose plays are worth most on average, found with about so many playouts: all are played
    with the same samples, the worse half is dropped, until one is left. `play` gets candidate and sample."""
    alive = list(range(count))
    sums = [0.0] * count
    rounds = max(1, (count - 1).bit_length())
    sample = 0
    while len(alive) > 1:
        for _ in range(max(1, playouts // (rounds * len(alive)))):
            for number in alive:
                sums[number] += play(number, sample)
            sample += 1
        bonus = favour or [0.0] * count
        # To six places: the last bit of a sum must not decide.
        alive.sort(key=lambda number: (-round(sums[number] / sample + bonus[number], 6), number))
        alive = alive[: (len(alive) + 1) // 2]
    return alive[0]


def _option(program: Program, shown: Mapping[str, object], name: str) -> int:
    """The index of an option of a card that is shown."""
    card = program.cards[program.card_index[str(shown["id"])]]
    addressee = next(each for each in card.addressees if each.key == shown["answer"])
    return [option.id for option in addressee.options].index(name)
