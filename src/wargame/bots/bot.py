"""What a bot is, and the order in which every bot of ours goes through what it is offered.

A bot is a player: it is handed its seat's view and offers (`docs/protocol.md`) and answers with the body of its next
command. It sees nothing else, so it can take over an empty seat and hand it back at any moment.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, Protocol, TypeAlias, cast, runtime_checkable

from wargame.rules.program import Program
from wargame.scenario.model import PhaseKind

View: TypeAlias = Mapping[str, Any]
Offer: TypeAlias = Mapping[str, Any]
Body: TypeAlias = dict[str, Any]
Targets: TypeAlias = Sequence[str | int]  # ids; numbers where an order takes one


class Bot(Protocol):
    """A player without a face.

    One with a true attribute `hears` goes by the `feed` of its view, the stories told to its seat. In playouts only such bots
    are given one, since stories take long to tell.
    """

    def decide(self, view: View, offers: Sequence[Offer]) -> Body | None:
        """The body of the next command, or None when there is nothing to do now.

        Who answered None need not be asked again before what it is offered may have changed.
        """
        ...


@runtime_checkable
class Sorted(Protocol):
    """Offers that may be taken now, by what they do."""

    def of(self, do: str) -> Sequence[Offer]:
        """The offers that do this, in the order offered."""
        ...


class Seated(ABC):
    """A bot in a seat: goes through what is open in a fixed order and asks its subclass to choose.

    In every phase it does each thing at most once, whatever becomes of it, so that refusals cannot keep it busy for
    ever. `luck` is its own; nothing else is random, so the same views in the same order give the same game.
    """

    gives = True  # whether it ever gives anything away

    def __init__(self, program: Program, seat: str, luck: Random) -> None:
        self.program = program
        self.id = seat
        self.seat = program.seats.index(seat)
        self.luck = luck
        self.moment: tuple[int, str] = (-1, "")
        self.done: set[str] = set()

    def decide(self, view: View, offers: Sequence[Offer]) -> Body | None:
        """The body of the next command, or None when there is nothing to do now."""
        moment = (view["turn"], view["phase"])
        if moment != self.moment:
            self.moment = moment
            self.done.clear()
        now = opened(offers)
        if now.of("reopen"):
            return self._reopen(view)
        return (
            self._settle(view, now)
            or self._deal(view, now)
            or self._command(view, now)
            or self._vote(view, now)
            or (self._once("seal", {"do": "seal"}) if now.of("seal") else None)
        )

    # What subclasses decide.

    @abstractmethod
    def choose(self, view: View, offer: Offer) -> str:
        """The option of a secret choice."""

    @abstractmethod
    def place(self, view: View, offer: Offer) -> list[str]:
        """The areas for the pieces of a placement, `count` of them at most."""

    @abstractmethod
    def respond(self, view: View, offer: Offer) -> Body:
        """The answer to a card: `option`, `rationale`, `belief`."""

    @abstractmethod
    def sign(self, view: View, offer: Offer) -> bool:
        """Whether to sign what another seat proposed."""

    @abstractmethod
    def leave(self, view: View, offers: Sequence[Offer]) -> str | None:
        """The agreement to leave, if any."""

    @abstractmethod
    def propose(self, view: View, offers: Sequence[Offer]) -> str | None:
        """The agreement to propose, if any."""

    @abstractmethod
    def transfer(self, view: View, offers: Sequence[Offer]) -> Body | None:
        """What to give away: `to`, `amount`."""

    @abstractmethod
    def orders(self, view: View, offers: Sequence[Offer], count: int) -> list[Body]:
        """At most `count` orders, each `action`, `targets`, `rationale`."""

    @abstractmethod
    def vote(self, view: View, offer: Offer) -> Body:
        """What to do on the motion: `lobby`, and `position` and `veto` where they are this seat's."""

    # The fixed order.

    def _once(self, key: str, body: Body | None) -> Body | None:
        if key in self.done:
            return None
        self.done.add(key)
        return body

    def _reopen(self, view: View) -> Body | None:
        """Somebody proposed something after this seat was done: look at it."""
        for agreement, proposal in view["proposals"].items():
            if self.id not in proposal["signed"] and f"sign {agreement}" not in self.done:
                self.done.discard("seal")
                return self._once(f"reopen {agreement}", {"do": "reopen"})
        return None

    def _settle(self, view: View, now: Sorted) -> Body | None:
        """Choices, placements, cards."""
        for offer in now.of("choose"):
            key = f"choose {offer['choice']}"
            if key not in self.done:
                return self._once(key, {"do": "choose", "choice": offer["choice"], "option": self.choose(view, offer)})
        for offer in now.of("place"):
            key = f"place {offer['placement']}"
            if key not in self.done:
                areas = self.place(view, offer)
                return self._once(key, {"do": "place", "placement": offer["placement"], "areas": areas})
        for offer in now.of("respond"):
            key = f"respond {offer['card']}"
            if key not in self.done and any(option["ok"] for option in offer["options"]):
                return self._once(key, {"do": "respond", "card": offer["card"], **self.respond(view, offer)})
        return None

    def _deal(self, view: View, now: Sorted) -> Body | None:
        """What seats do together."""
        for offer in now.of("sign"):
            agreement = offer["agreement"]
            if f"sign {agreement}" in self.done:
                continue
            self.done.add(f"sign {agreement}")
            if self.sign(view, offer):
                return {"do": "sign", "agreement": agreement}
            if any(decline["agreement"] == agreement for decline in now.of("decline")):
                return {"do": "decline", "agreement": agreement}
        if "leave" not in self.done and now.of("leave"):
            leaving = self.leave(view, now.of("leave"))
            body = self._once("leave", None if leaving is None else {"do": "leave", "agreement": leaving})
            if body is not None:
                return body
        if "propose" not in self.done and now.of("propose"):
            wanted = self.propose(view, now.of("propose"))
            body = self._once("propose", None if wanted is None else {"do": "propose", "agreement": wanted, "side_terms": ""})
            if body is not None:
                return body
        if self.gives and "transfer" not in self.done and now.of("transfer"):
            gift = self.transfer(view, now.of("transfer"))
            return self._once("transfer", None if gift is None else {"do": "transfer", **gift})
        return None

    def _command(self, view: View, now: Sorted) -> Body | None:
        """Orders: a whole draft at once, or one at a time where seats take turns."""
        phase = next((phase for phase in self.program.phases if phase.id == view["phase"]), None)
        if phase is None or phase.kind not in (PhaseKind.ORDERS, PhaseKind.TURNS):
            return None
        limit = phase.model.orders
        if phase.kind is PhaseKind.TURNS:
            if not now.of("order"):
                return None
            given = sum(key.startswith("order ") for key in self.done)
            if given >= limit:
                return None
            picked = self.orders(view, now.of("order"), 1)
            return self._once(f"order {given}", {"do": "order", **picked[0]} if picked else None)
        # A draft that is there already was made by whoever had the seat before: it stands.
        if "orders" in self.done or not now.of("order") or view["orders"]:
            return None
        draft = self.orders(view, now.of("order"), limit)
        return self._once("orders", {"do": "orders", "orders": draft} if draft else None)

    def _vote(self, view: View, now: Sorted) -> Body | None:
        for offer in now.of("floor"):
            if "floor" not in self.done:
                return self._once("floor", {"do": "floor", **self.vote(view, offer)})
        return None


def opened(offers: Sequence[Offer]) -> Sorted:
    """The offers that may be taken now, sorted, if they do not come sorted already."""
    # Not `isinstance`: whether something is of a protocol takes long to find out, and this is asked all the time.
    return cast(Sorted, offers) if hasattr(offers, "of") else Open([offer for offer in offers if offer["ok"]])


class Open:
    """The offers that may be taken now, by what they do."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        self._by_do: dict[str, list[Offer]] = {}
        for offer in offers:
            self._by_do.setdefault(offer["do"], []).append(offer)

    def of(self, do: str) -> Sequence[Offer]:
        """The offers that do this, in the order offered."""
        return self._by_do.get(do, ())


class Purse:
    """What a draft of orders may still cost and hold: resources left beside what is pledged to proposals that this
    seat has signed, menu entries and single-use orders taken."""

    def __init__(self, program: Program, seat: str, view: View) -> None:
        self._program = program
        self._view = view
        self._spent: dict[int, int] = {}
        self._taken: set[str] = set()
        self._left: dict[int, int] = {}
        self._costs: dict[str, dict[int, int]] = {}
        for agreement, proposal in view["proposals"].items():
            if seat in proposal["signed"]:
                price = program.agreements[program.agreement_index[agreement]].costs.get(program.seats.index(seat), ())
                for slot, amount in price:
                    self._spent[slot] = self._spent.get(slot, 0) + amount

    def allows(self, offer: Offer, targets: Targets) -> bool:
        """Whether the order fits beside those taken so far."""
        return self._affords(offer) and not (self._taken and self._keys(offer, targets) & self._taken)

    def fitting(self, offer: Offer) -> Sequence[Targets]:
        """What the order can be aimed at beside those taken so far; nothing where it does not fit."""
        if not self._affords(offer):
            return ()
        if not self._taken:
            return aims(offer)
        return [targets for targets in aims(offer) if not self._keys(offer, targets) & self._taken]

    def _affords(self, offer: Offer) -> bool:
        return all(amount <= self.left(slot) for slot, amount in self._price(offer).items())

    def take(self, offer: Offer, targets: Targets) -> None:
        """Counts the order in."""
        self._taken |= self._keys(offer, targets)
        for slot, amount in self._price(offer).items():
            self._spent[slot] = self._spent.get(slot, 0) + amount

    def left(self, slot: int) -> int:
        """What is left of a resource of one's own."""
        have = self._left.get(slot)
        if have is None:
            entry = self._view["slots"].get(slot)
            have = self._left[slot] = int(entry[1]) if entry is not None and entry[0] == 2 else 0
        return have - self._spent.get(slot, 0)

    def _price(self, offer: Offer) -> dict[int, int]:
        found = self._costs.get(offer["action"])
        if found is None:
            found = self._costs[offer["action"]] = costs(self._program, offer)
        return found

    def _keys(self, offer: Offer, targets: Targets) -> set[str]:
        keys = {f"order {offer['action']} {' '.join(map(str, targets))}"}
        if not targets:
            keys.add(f"menu {offer['menu'] or offer['action']}")
        if self._program.actions[self._program.action_index[offer["action"]]].model.once:
            keys.add(f"once {offer['action']}")
        return keys


def costs(program: Program, offer: Offer) -> dict[int, int]:
    """What an offer costs, by slot."""
    return {program.slot_of[slot]: amount for slot, amount in offer["cost"].items()}


def aims(offer: Offer) -> Sequence[Targets]:
    """The targets that an order may be given; one empty list for an order that takes none."""
    return offer["choices"] if offer["targets"] else [[]]
