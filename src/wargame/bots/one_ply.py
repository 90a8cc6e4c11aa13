"""A bot that tries each thing it is offered on its own picture of the board and takes what looks good, in its own style."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

from attrs import frozen

from wargame.bots.board import bound, picture
from wargame.bots.bot import Body, Offer, Purse, Seated, Targets, View, costs
from wargame.bots.foresight import Deed, Foresight, Throw
from wargame.bots.styles import MIXED, Style, provoked
from wargame.rules.execution import Execution
from wargame.rules.program import Action, Addressee, Agreement, Board, Program
from wargame.scenario.model import Stance

TEMPERATURE = 1.2  # of the soft-max between options, in points of score
TARGETS = 4  # targets tried for each order
LOOK = 8  # orders looked at in every turn, those that looked best; the others
RECENT = 3  # turns after which an order or agreement is looked at again in any case
HOPELESS = -3.0  # gain at which an agreement is not looked at again for so long
AGAIN = 4  # orders looked at again once another stands in the draft
GOODWILL = 1.6  # what an agreement is worth for what it makes possible
GAIN = 0.3  # least gain to sign for
NOISE = 1.0
REGRET = 2.5  # least gain to walk out of an agreement for
SHRUG = 0.8  # what every proposal that came to nothing takes off the next one like it

OPENINGS = {
    Stance.ESCALATE: "We push now",
    Stance.HOLD: "We hold the line",
    Stance.DEESCALATE: "We take the heat out",
}


@frozen
class Plan:
    """An order that could be given."""

    key: tuple[str | int, ...]
    offer: Offer
    targets: Targets
    deed: Deed
    stance: Stance


class OnePly(Seated):
    """Looks one decision ahead. Two of them in the same seat differ by `luck`: in choices, and in style where it is mixed.

    `silent`: gives no reasons, which takes time that a game nobody reads need not take.
    """

    gives = False  # what comes of a gift lies further ahead than it looks

    def __init__(self, program: Program, seat: str, luck: Random, style: Style = MIXED, *, silent: bool = False) -> None:
        super().__init__(program, seat, luck)
        self.taste, self.caution = style.drawn(luck)
        self.hears = style.in_kind
        self.silent = silent
        self.asked: dict[str, int] = {}
        # Orders and agreements: the turn when each was last looked at, and its gain then.
        self._looked: dict[tuple[str | int, ...], tuple[int, float]] = {}
        self._foresight = Foresight(program, self.seat, self.caution, 0)
        self._thrown: tuple[int, str] = (-1, "")

    def decide(self, view: View, offers: Sequence[Offer]) -> Body | None:
        """The body of the next command, or None when there is nothing to do now."""
        if self.hears:
            self.taste = math.copysign(self.taste, 1.0 if provoked(view.get("feed", ()), self.id) else -1.0)
        return super().decide(view, offers)

    # Before turn 1.

    def choose(self, view: View, offer: Offer) -> str:
        """The option that fits the board best; all alike where that says nothing."""
        choice = next(choice for choice in self.program.choices if choice.id == offer["choice"])
        board = self._picture(view)
        worths: list[float] = []
        for option in offer["options"]:
            chosen = board.copy()
            chosen[choice.slot] = choice.options.index(option["id"])
            worths.append(self._foresight.expect(chosen, None))
        # A seat that only ever took the easiest objective would give it away: choose loosely.
        picked: str = offer["options"][self._softmax(worths, 5 * TEMPERATURE)]["id"]
        return picked

    def place(self, view: View, offer: Offer) -> list[str]:
        """Areas by the placement's weight, none twice."""
        placement = next(each for each in self.program.placements if each.id == offer["placement"])
        board = self._picture(view)
        areas = list(offer["areas"])
        weights = [max(0.0, float(placement.weight(board, self.seat, self.program.areas.index(area)))) for area in areas]
        placed: list[str] = []
        while areas and len(placed) < offer["count"]:
            at = self._weighted(weights)
            placed.append(areas.pop(at))
            weights.pop(at)
        return placed

    # Cards.

    def respond(self, view: View, offer: Offer) -> Body:
        """The option with the best outlook, give or take."""
        card = self.program.cards[self.program.card_index[view["cards"][offer["card"]]["id"]]]
        shown = view["cards"][offer["card"]]
        members = bound(self.program, card.index, shown["bound"])
        addressee = next(each for each in card.addressees if each.key == shown["answer"])
        board = self._picture(view)
        ids = [option["id"] for option in offer["options"] if option["ok"]]
        tried = [self._option(addressee, option, members) for option in ids]
        worths = self._foresight.compare(board, [deed for deed, _ in tried])
        picked = self._softmax([worth + self._taste(stance) for worth, (_, stance) in zip(worths, tried, strict=True)])
        return {
            "option": ids[picked],
            "rationale": self._reason(board, *tried[picked]),
            "belief": self._belief(view),
        }

    def _option(self, addressee: Addressee, option_id: str, members: tuple[int, ...]) -> tuple[Deed, Stance]:
        option = next(option for option in addressee.options if option.id == option_id)
        run, seat = option.run, self.seat

        def deed(board: Board, execution: Execution) -> None:
            run(board, execution, seat, *members)

        return deed, option.model.stance

    # Orders.

    def orders(self, view: View, offers: Sequence[Offer], count: int) -> list[Body]:
        """The best orders one by one, each looked at after those before it; none where doing nothing looks better."""
        board, purse = self._picture(view), Purse(self.program, self.id, view)
        plans = [plan for offer in offers for plan in self._plans(offer, purse)]
        gains = self._gains(board, plans, view["turn"])
        draft: list[Body] = []
        while True:
            wanted = [gain + self._taste(plan.stance) for gain, plan in zip(gains, plans, strict=True)]
            picked = self._softmax([0.0, *wanted]) - 1
            if picked < 0:
                return draft
            plan = plans[picked]
            purse.take(plan.offer, plan.targets)
            reason = self._reason(board, plan.deed, plan.stance)
            draft.append({"action": plan.offer["action"], "targets": list(plan.targets), "rationale": reason})
            left = [number for number, each in enumerate(plans) if purse.allows(each.offer, each.targets)]
            if len(draft) == count or not left:
                return draft
            board = board.copy()
            plan.deed(board, Throw(b"", "", recording=False, number=self.luck.getrandbits(64)))
            # What one order is worth changes little by another: only the best are looked at again.
            plans, gains = [plans[number] for number in left], [gains[number] for number in left]
            self._look(board, plans, gains, sorted(range(len(plans)), key=lambda number: -gains[number])[:AGAIN])

    def _gains(self, board: Board, plans: Sequence[Plan], turn: int) -> list[float]:
        """What each order would gain. One that looked poor not long ago is taken to do so still."""
        gains = [0.0] * len(plans)
        unsure: list[int] = []
        remembered: list[int] = []
        for number, plan in enumerate(plans):
            when, gains[number] = self._looked.get(plan.key, (-RECENT, 0.0))
            (unsure if turn - when >= RECENT else remembered).append(number)
        remembered.sort(key=lambda number: -gains[number])
        looked = [*unsure, *remembered[:LOOK]]
        self._look(board, plans, gains, looked)
        for number in looked:
            self._looked[plans[number].key] = (turn, gains[number])
        return gains

    def _look(self, board: Board, plans: Sequence[Plan], gains: list[float], numbers: Sequence[int]) -> None:
        """Works out anew what some of the orders would gain."""
        before, *worths = self._foresight.compare(board, [None, *(plans[number].deed for number in numbers)])
        for number, worth in zip(numbers, worths, strict=True):
            gains[number] = worth - before

    def _plans(self, offer: Offer, purse: Purse) -> list[Plan]:
        action = self.program.actions[self.program.action_index[offer["action"]]]
        fitting = purse.fitting(offer)
        if len(fitting) > TARGETS:
            fitting = self.luck.sample(fitting, TARGETS)
        return [
            Plan((action.id, *targets), offer, targets, self._order(action, offer, targets), action.model.stance)
            for targets in fitting
        ]

    def _order(self, action: Action, offer: Offer, targets: Targets) -> Deed:
        members = [self._member(target) for target in targets]
        price, run, seat = costs(self.program, offer), action.run, self.seat

        def deed(board: Board, execution: Execution) -> None:
            for slot, amount in price.items():
                board[slot] -= amount
            run(board, execution, seat, *members)

        return deed

    def _member(self, target: str | int) -> int:
        program = self.program
        if isinstance(target, int):
            return target
        for names in (program.owners, program.areas):
            if target in names:
                return names.index(target)
        return program.agreement_index.get(target, -1)

    # What seats do together.

    def sign(self, view: View, offer: Offer) -> bool:
        """Signs for a gain."""
        return self._gain(view, offer["agreement"], joining=True) + self._noise() > GAIN

    def propose(self, view: View, offers: Sequence[Offer]) -> str | None:
        """The agreement with the most in it, unless it was turned down too often."""
        gains = [
            self._gain(view, offer["agreement"], joining=True) - SHRUG * self.asked.get(offer["agreement"], 0)
            for offer in offers
        ]
        at = self._softmax(gains)
        if gains[at] + self._noise() <= GAIN:
            return None
        wanted: str = offers[at]["agreement"]
        self.asked[wanted] = self.asked.get(wanted, 0) + 1
        return wanted

    def leave(self, view: View, offers: Sequence[Offer]) -> str | None:
        """An agreement that hurts."""
        for offer in offers:
            if self._gain(view, offer["agreement"], joining=False) + self._noise() > REGRET:
                agreement: str = offer["agreement"]
                return agreement
        return None

    def transfer(self, view: View, offers: Sequence[Offer]) -> Body | None:
        """Nothing."""
        return None

    def _gain(self, view: View, agreement_id: str, *, joining: bool) -> float:
        key, turn = (agreement_id, joining), view["turn"]
        when, change = self._looked.get(key, (-RECENT, 0.0))
        if turn - when >= RECENT or change > HOPELESS:
            agreement = self.program.agreements[self.program.agreement_index[agreement_id]]
            board = self._picture(view)
            before, after = self._foresight.compare(board, [None, self._party(agreement, joining=joining)])
            change = after - before
            self._looked[key] = (turn, change)
        return change + GOODWILL if joining else change - GOODWILL

    def _party(self, agreement: Agreement, *, joining: bool) -> Deed:
        seat = self.seat
        effects = agreement.on_sign if joining else agreement.on_leave

        def deed(board: Board, execution: Execution) -> None:
            if joining:
                for slot, amount in agreement.costs.get(seat, ()):
                    board[slot] = max(0, board[slot] - amount)
            board[agreement.slot] = int(joining)
            if effects is not None:
                effects(board, execution, seat)

        return deed

    # Votes.

    def vote(self, view: View, offer: Offer) -> Body:
        """For what it gains by, with points of lobbying where much hangs on it."""
        motion = self.program.motions[self.program.motion_index[offer["motion"]]]
        board = self._picture(view)
        speaker = motion.body.speaker
        deeds: list[Deed | None] = []
        for effects in (motion.passes, motion.fails):

            def deed(b: Board, x: Execution, effects: object = effects) -> None:
                if callable(effects):
                    effects(b, x, speaker)

            deeds.append(deed)
        passed, failed = self._foresight.compare(board, deeds)
        stake = passed - failed + self._noise()
        low, high = offer["lobby"]
        body: Body = {"lobby": min(high, max(low, round(stake / 2)))}
        if offer["position"]:
            body["position"] = "aye" if stake > 0 else "nay"
        if offer["veto"]:
            body["veto"] = stake < -GAIN
        return body

    # How it chooses and what it says.

    def _picture(self, view: View) -> Board:
        """The board as this seat pictures it. Dice to think with are thrown once for each phase."""
        if self._thrown != self.moment:
            self._thrown = self.moment
            self._foresight = Foresight(self.program, self.seat, self.caution, self.luck.getrandbits(64))
        return picture(self.program, view)

    def _taste(self, stance: Stance) -> float:
        return {Stance.ESCALATE: self.taste, Stance.HOLD: 0.0, Stance.DEESCALATE: -self.taste}[stance]

    def _noise(self) -> float:
        return round(self.luck.gauss(0.0, NOISE), 3)

    def _softmax(self, worths: Sequence[float], temperature: float = TEMPERATURE) -> int:
        best = max(worths)
        return self._weighted([math.exp((worth - best) / temperature) for worth in worths])

    def _weighted(self, weights: Sequence[float]) -> int:
        # Whole numbers: the last bit of `exp` differs between machines and must not decide.
        whole = [round(weight * 1_000_000) for weight in weights]
        if not sum(whole):
            return self.luck.randrange(len(whole))
        rest = self.luck.randrange(sum(whole))
        for at, weight in enumerate(whole):
            rest -= weight
            if rest < 0:
                return at
        raise AssertionError("a draw below the total falls on a weight")

    def _reason(self, board: Board, deed: Deed, stance: Stance) -> str:
        if self.silent:
            return ""
        purpose = self._foresight.purpose(board, deed)
        if purpose is None:
            return f"{OPENINGS[stance]}."
        label, change = purpose
        return f"{OPENINGS[stance]}: {label} should {'rise' if change > 0 else 'fall'}."

    def _belief(self, view: View) -> int:
        """How likely others are to escalate, from what they did so far (in steps of five)."""
        answers = [story for story in view.get("feed", ()) if story["kind"] == "response" and story["actor"] != self.id]
        escalated: int = sum(story["stance"] == "escalate" for story in answers)
        return 5 * round(20 * (escalated + 1) / (len(answers) + 3))
