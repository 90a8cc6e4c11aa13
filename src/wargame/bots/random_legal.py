"""A bot that takes anything it is offered, with equal chance."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.bots.bot import Body, Offer, Purse, Seated, View

SIGNS = 0.5  # chance to sign a proposal
PROPOSES = 0.35
LEAVES = 0.04
GIVES = 0.05
ORDERS = 0.95  # chance to give each order that could be given


class RandomLegal(Seated):
    """Plays at random within the rules; its seed alone decides what it does with the same offers."""

    def choose(self, view: View, offer: Offer) -> str:
        """Any option."""
        option: str = self.luck.choice(offer["options"])["id"]
        return option

    def place(self, view: View, offer: Offer) -> list[str]:
        """Any areas, none twice."""
        return self.luck.sample(offer["areas"], min(offer["count"], len(offer["areas"])))

    def respond(self, view: View, offer: Offer) -> Body:
        """Any option that is open."""
        option = self.luck.choice([option for option in offer["options"] if option["ok"]])
        belief = self.luck.randrange(101) if self.luck.random() < 0.5 else None
        return {"option": option["id"], "rationale": "", "belief": belief}

    def sign(self, view: View, offer: Offer) -> bool:
        """One time in two."""
        return self.luck.random() < SIGNS

    def leave(self, view: View, offers: Sequence[Offer]) -> str | None:
        """Any agreement, seldom."""
        return self._seldom(offers, LEAVES)

    def propose(self, view: View, offers: Sequence[Offer]) -> str | None:
        """Any agreement, now and then."""
        return self._seldom(offers, PROPOSES)

    def transfer(self, view: View, offers: Sequence[Offer]) -> Body | None:
        """A gift to anyone, seldom."""
        offer = self.luck.choice(offers)
        if not offer["to"] or offer["limit"] < 1 or self.luck.random() >= GIVES:
            return None
        return {"to": self.luck.choice(offer["to"]), "amount": 1 + self.luck.randrange(offer["limit"])}

    def orders(self, view: View, offers: Sequence[Offer], count: int) -> list[Body]:
        """Any orders that can be paid together."""
        purse = Purse(self.program, self.id, view)
        draft: list[Body] = []
        for _ in range(count):
            fitting = [(offer, choices) for offer in offers if (choices := purse.fitting(offer))]
            if not fitting or self.luck.random() >= ORDERS:
                break
            offer, choices = self.luck.choice(fitting)
            targets = self.luck.choice(choices)
            purse.take(offer, targets)
            draft.append({"action": offer["action"], "targets": list(targets), "rationale": ""})
        return draft

    def vote(self, view: View, offer: Offer) -> Body:
        """Anything within bounds."""
        low, high = offer["lobby"]
        body: Body = {"lobby": self.luck.randint(low, high)}
        if offer["position"]:
            body["position"] = self.luck.choice(["aye", "nay"])
        if offer["veto"]:
            body["veto"] = self.luck.random() < 0.5
        return body

    def _seldom(self, offers: Sequence[Offer], chance: float) -> str | None:
        if self.luck.random() >= chance:
            return None
        agreement: str = self.luck.choice(offers)["agreement"]
        return agreement
