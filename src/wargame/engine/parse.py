"""Reading commands, strictly, from what a client sent.

`parse` turns a plain body (see `docs/protocol.md`) into a typed one or a refusal; it knows names and shapes, not whether
something is allowed now (`wargame.engine.decide` does).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from attrs import frozen

from wargame.engine.commands import (
    Advance,
    Announce,
    Body,
    Cancel,
    Choose,
    Command,
    Decline,
    Extend,
    Fire,
    GiveOrder,
    GiveOrders,
    Leave,
    Override,
    Pause,
    Place,
    Propose,
    Refused,
    Reopen,
    Respond,
    Resume,
    Say,
    Seal,
    Sign,
    TakeFloor,
    Transfer,
)
from wargame.engine.state import FloorDraft, Order
from wargame.rules.program import Kind, Program

LONGEST_TEXT = 2_000
MOST_ORDERS = 20


class _MalformedError(Exception):
    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.reason)
        self.refused = refused


def parse(program: Program, who: int, body: object, *, turn: int, phase: str, at: int = 0) -> Command | Refused:
    """The command in a plain body, or why it is none. `who` is the viewer the connection belongs to."""
    if who == program.public:
        return Refused("forbidden", "Spectators watch; they cannot act.")
    if not isinstance(body, Mapping) or not isinstance(body.get("do"), str):
        return Refused("malformed", "A command is a map with `do`.")
    verbs = HOUSE if who == program.white_cell else PLAYER
    reader = verbs.get(body["do"])
    if reader is None:
        if body["do"] in HOUSE or body["do"] in PLAYER:
            return Refused("forbidden", "That is not yours to do.")
        return Refused("unknown", f"There is no command {body['do'][:40]!r}.")
    read, keys = reader
    surplus = [key for key in body if key != "do" and key not in keys]
    if surplus:
        return Refused("malformed", f"{body['do']} has no {str(surplus[0])[:40]!r}.")
    try:
        return Command(who, read(_Reader(program, who, body)), turn, phase, at)
    except _MalformedError as fault:
        return fault.refused


@frozen
class _Reader:
    """Reads fields of a body, strictly."""

    program: Program
    who: int
    body: Mapping[str, object]

    def fail(self, code: str, reason: str) -> _MalformedError:
        return _MalformedError(Refused(code, reason))

    def value(self, key: str) -> object:
        return self.body.get(key)

    def text(self, key: str, longest: int = LONGEST_TEXT) -> str:
        value = self.body.get(key, "")
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.fail("malformed", f"{key} must be a text.")
        if len(value) > longest:
            raise self.fail("too_long", f"{key} is {len(value)} characters; the most is {longest}.")
        return value

    def whole(self, key: str, lo: int, hi: int) -> int:
        value = self.body.get(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.fail("malformed", f"{key} must be a whole number.")
        if not lo <= value <= hi:
            raise self.fail("malformed", f"{key} must be from {lo} to {hi}.")
        return value

    def truth(self, key: str, default: bool) -> bool:
        value = self.body.get(key, default)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.fail("malformed", f"{key} must be true or false.")
        return value

    def named(self, key: str, known: Mapping[str, int] | Sequence[str], what: str) -> int:
        return self.member(self.body.get(key), known, what)

    def member(self, value: object, known: Mapping[str, int] | Sequence[str], what: str) -> int:
        if isinstance(value, str):
            if isinstance(known, Mapping):
                if value in known:
                    return known[value]
            elif value in known:
                return list(known).index(value)
        raise self.fail("unknown", f"There is no {what} {str(value)[:40]!r}.")

    def items(self, key: str, most: int) -> Sequence[object]:
        value = self.body.get(key, ())
        if not isinstance(value, list | tuple):
            raise self.fail("malformed", f"{key} must be a list.")
        if len(value) > most:
            raise self.fail("malformed", f"{key} holds more than {most}.")
        return value

    def seats(self, key: str) -> tuple[int, ...]:
        return tuple(self.member(each, self.program.seats, "seat") for each in self.items(key, len(self.program.seats)))

    def areas(self, key: str) -> tuple[int, ...]:
        return tuple(self.member(each, self.program.areas, "area") for each in self.items(key, len(self.program.areas)))

    def order(self, plain: object) -> Order:
        if not isinstance(plain, Mapping) or any(key not in ("action", "targets", "rationale", "do") for key in plain):
            raise self.fail("malformed", "An order has an action, targets and a rationale.")
        inner = _Reader(self.program, self.who, plain)
        index = inner.named("action", self.program.action_index, "action")
        variables = self.program.actions[index].variables
        targets = inner.items("targets", len(variables))
        if len(targets) != len(variables):
            raise self.fail("bad_target", f"This order takes {len(variables)} targets.")
        members = tuple(self.target(each, variable.kind) for each, variable in zip(targets, variables, strict=True))
        return Order(index, members, inner.text("rationale"))

    def target(self, value: object, kind: Kind) -> int:
        if kind is Kind.OWNER:
            return self.member(value, self.program.owners, "side")
        if kind is Kind.AREA:
            return self.member(value, self.program.areas, "area")
        if kind is Kind.AGREEMENT:
            return self.member(value, self.program.agreement_index, "agreement")
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.fail("bad_target", "A number is wanted.")
        return value

    def agreement(self) -> int:
        return self.named("agreement", self.program.agreement_index, "agreement")


def _choose(r: _Reader) -> Choose:
    choice = r.named("choice", {each.id: each.index for each in r.program.choices}, "choice")
    return Choose(choice, r.named("option", r.program.choices[choice].options, "option"))


def _place(r: _Reader) -> Place:
    return Place(r.named("placement", {each.id: each.index for each in r.program.placements}, "placement"), r.areas("areas"))


def _respond(r: _Reader) -> Respond:
    number = r.text("card", 20)
    if not number.isascii() or not number.isdigit():
        raise r.fail("unknown", "There is no such card on the table.")
    belief = None if r.value("belief") is None else r.whole("belief", 0, 100)
    return Respond(int(number), r.text("option", 80), r.text("rationale"), belief)


def _orders(r: _Reader) -> GiveOrders:
    return GiveOrders(tuple(r.order(each) for each in r.items("orders", MOST_ORDERS)))


def _floor(r: _Reader) -> TakeFloor:
    limit = 1_000
    position = r.value("position")
    if position not in (None, "aye", "nay"):
        raise r.fail("malformed", "position is aye, nay or nothing.")
    lobby = 0 if r.value("lobby") is None else r.whole("lobby", -limit, limit)
    return TakeFloor(FloorDraft(lobby, None if position is None else position == "aye", r.truth("veto", True)))


def _say(r: _Reader) -> Say:
    words = r.text("text")
    if not words.strip():
        raise r.fail("malformed", "There is nothing to say.")
    return Say(None if r.value("to") is None else r.seats("to"), words)


def _fire(r: _Reader) -> Fire:
    card = r.named("card", r.program.card_index, "card")
    bound = r.value("bound") or {}
    if not isinstance(bound, Mapping):
        raise r.fail("malformed", "bound must be a map.")
    variables = r.program.cards[card].variables
    members = []
    for name, value in bound.items():
        index = r.member(name, [each.name for each in variables], "name on this card")
        members.append((index, r.target(value, variables[index].kind)))
    return Fire(card, tuple(sorted(members)))


def _override(r: _Reader) -> Override:
    slot = r.named("slot", r.program.slot_of, "value")
    if not r.program.slots[slot].shown:
        raise r.fail("not_allowed", f"{r.program.slots[slot].name} is kept by the game itself.")
    reason = r.text("reason").strip()
    if not reason:
        raise r.fail("malformed", "An override needs a reason; it is kept for the debrief.")
    entry = r.program.slots[slot]
    return Override(slot, r.whole("value", entry.lo, entry.hi), reason)


def _cancel(r: _Reader) -> Cancel:
    return Cancel(r.named("card", r.program.card_index, "card"), r.text("reason"))


_Entry: TypeAlias = tuple[Callable[[_Reader], Body], tuple[str, ...]]

PLAYER: dict[str, _Entry] = {
    "choose": (_choose, ("choice", "option")),
    "place": (_place, ("placement", "areas")),
    "respond": (_respond, ("card", "option", "rationale", "belief")),
    "orders": (_orders, ("orders",)),
    "order": (lambda r: GiveOrder(r.order(r.body)), ("action", "targets", "rationale")),
    "propose": (lambda r: Propose(r.agreement(), r.text("side_terms")), ("agreement", "side_terms")),
    "sign": (lambda r: Sign(r.agreement()), ("agreement",)),
    "decline": (lambda r: Decline(r.agreement()), ("agreement",)),
    "leave": (lambda r: Leave(r.agreement()), ("agreement",)),
    "transfer": (lambda r: Transfer(r.named("to", r.program.seats, "seat"), r.whole("amount", 1, 1_000)), ("to", "amount")),
    "floor": (_floor, ("lobby", "position", "veto")),
    "say": (_say, ("to", "text")),
    "seal": (lambda _: Seal(), ()),
    "reopen": (lambda _: Reopen(), ()),
}

HOUSE: dict[str, _Entry] = {
    "advance": (lambda _: Advance(), ()),
    "pause": (lambda _: Pause(), ()),
    "resume": (lambda _: Resume(), ()),
    "extend": (lambda r: Extend(r.whole("seconds", -3_600, 86_400)), ("seconds",)),
    "fire": (_fire, ("card", "bound")),
    "cancel": (_cancel, ("card", "reason")),
    "override": (_override, ("slot", "value", "reason")),
    "announce": (lambda r: Announce(_words(r)), ("text",)),
    "say": (_say, ("to", "text")),
}


def _words(r: _Reader) -> str:
    words = r.text("text")
    if not words.strip():
        raise r.fail("malformed", "There is nothing to announce.")
    return words
