"""Reading commands, strictly, from what a client sent.

`parse` turns a plain body (see `docs/protocol.md`) into a typed one or a refusal; it knows names and shapes, not whether
something is allowed now (`wargame.engine.decide` does).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from attrs import frozen

from wargame.engine.commands import (
    Act,
    Advance,
    Announce,
    Body,
    Choose,
    Command,
    Correct,
    Decide,
    Decline,
    Defer,
    Dissent,
    EndGame,
    Endorse,
    Estimate,
    Extend,
    Fire,
    GiveOrder,
    GiveOrders,
    Happen,
    Hold,
    Leave,
    LetGo,
    Object,
    OpenBoard,
    Override,
    Pause,
    Petition,
    Place,
    Plan,
    Propose,
    Recall,
    Refused,
    Release,
    Reopen,
    Respond,
    Resume,
    Retime,
    Rule,
    Say,
    Seal,
    Shift,
    Sign,
    Skip,
    TakeFloor,
    TakeNote,
    Transfer,
    TurnDown,
    VoteNote,
    Withdraw,
    Write,
)
from wargame.engine.state import FloorDraft, Order
from wargame.rules.program import Kind, Program

LONGEST_TEXT = 2_000
LONGEST_CARD, LONGEST_EFFECTS = 12_000, 4_000  # as typed
LONGEST_TITLE = 200
MOST_ORDERS = 20
MOST_TURNS = 1_000
LONGEST_PETITION, LONGEST_REASON, MOST_REASONS = 500, 200, 3


class _MalformedError(Exception):
    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.reason)
        self.refused = refused


def parse(program: Program, who: int, body: object, *, turn: int, phase: str, at: int = 0) -> Command | Refused:
    """The command in a plain body, or why it is none. `who` is the viewer the connection belongs to."""
    if who == program.public:
        return Refused("forbidden", "Spectators watch; they cannot act.")
    try:
        return Command(who, _read(program, who, body), turn, phase, at)
    except _MalformedError as fault:
        return fault.refused


def _read(program: Program, who: int, body: object) -> Body:
    """The typed body; raises _MalformedError."""

    def fail(code: str, words: str, values: Mapping[str, object] | None = None) -> _MalformedError:
        return _MalformedError(Refused(code, words, values or {}))

    if not isinstance(body, Mapping) or not isinstance(body.get("do"), str):
        raise fail("malformed", "A command is a map with `do`.")
    verbs = HOUSE if who == program.white_cell else PLAYER
    reader = verbs.get(body["do"])
    if reader is None:
        if body["do"] in HOUSE or body["do"] in PLAYER:
            raise fail("forbidden", "That is not yours to do.")
        raise fail("unknown", "There is no command {do!r}.", {"do": body["do"][:40]})
    read, keys = reader
    surplus = [key for key in body if key != "do" and key not in keys]
    if surplus:
        raise fail("malformed", "{do} has no {key!r}.", {"do": body["do"], "key": str(surplus[0])[:40]})
    return read(_Reader(program, who, body))


@frozen
class _Reader:
    """Reads fields of a body, strictly."""

    program: Program
    who: int
    body: Mapping[str, object]

    def fail(self, code: str, words: str, values: Mapping[str, object] | None = None) -> _MalformedError:
        return _MalformedError(Refused(code, words, values or {}))

    def value(self, key: str) -> object:
        return self.body.get(key)

    def text(self, key: str, longest: int = LONGEST_TEXT) -> str:
        value = self.body.get(key, "")
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.fail("malformed", "{key} must be a text.", {"key": key})
        if len(value) > longest:
            raise self.fail(
                "too_long",
                "{key} is {count} characters; the most is {longest}.",
                {"key": key, "count": len(value), "longest": longest},
            )
        return value

    def words(self, key: str, missing: str, longest: int = LONGEST_TEXT) -> str:
        words = self.text(key, longest).strip()
        if not words:
            raise self.fail("malformed", missing)
        return words

    def whole(self, key: str, lo: int, hi: int) -> int:
        value = self.body.get(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.fail("malformed", "{key} must be a whole number.", {"key": key})
        if not lo <= value <= hi:
            raise self.fail("malformed", "{key} must be from {lo} to {hi}.", {"key": key, "lo": lo, "hi": hi})
        return value

    def truth(self, key: str, default: bool) -> bool:
        value = self.body.get(key, default)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.fail("malformed", "{key} must be true or false.", {"key": key})
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
        raise self.fail("unknown", "There is no {what} {value!r}.", {"what": what, "value": str(value)[:40]})

    def items(self, key: str, most: int) -> Sequence[object]:
        value = self.body.get(key, ())
        if not isinstance(value, list | tuple):
            raise self.fail("malformed", "{key} must be a list.", {"key": key})
        if len(value) > most:
            raise self.fail("malformed", "{key} holds more than {most}.", {"key": key, "most": most})
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
            raise self.fail("bad_target", "This order takes {count} targets.", {"count": len(variables)})
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


def _card_number(r: _Reader) -> int:
    number = r.text("card", 20)
    if not number.isascii() or not number.isdigit():
        raise r.fail("unknown", "There is no such card on the table.")
    return int(number)


def _respond(r: _Reader) -> Respond:
    number = _card_number(r)
    belief = None if r.value("belief") is None else r.whole("belief", 0, 100)
    return Respond(number, r.text("option", 80), r.text("rationale"), belief)


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
    return Fire(card, _bound(r, card))


def _override(r: _Reader) -> Override:
    slot = r.named("slot", r.program.slot_of, "value")
    if not r.program.slots[slot].shown:
        raise r.fail("not_allowed", "{name} is kept by the game itself.", {"name": r.program.slots[slot].name})
    reason = r.text("reason").strip()
    if not reason:
        raise r.fail("malformed", "An override needs a reason; it is kept for the debrief.")
    entry = r.program.slots[slot]
    return Override(slot, r.whole("value", entry.lo, entry.hi), reason)


def _bound(r: _Reader, card: int) -> tuple[tuple[int, int], ...]:
    """Names of a card, bound by hand."""
    bound = r.value("bound") or {}
    if not isinstance(bound, Mapping):
        raise r.fail("malformed", "bound must be a map.")
    variables = r.program.cards[card].variables
    members = []
    for name, value in bound.items():
        index = r.member(name, [each.name for each in variables], "name on this card")
        members.append((index, r.target(value, variables[index].kind)))
    return tuple(sorted(members))


def _entry(r: _Reader) -> str:
    return r.words("entry", "Which line of the time-line?", 120)


def _reason(r: _Reader) -> str:
    """Why the facilitator does it."""
    return r.words("reason", "Give a reason; it is kept for the debrief.")


def _plan(r: _Reader) -> Plan:
    card = r.named("card", r.program.card_index, "card")
    return Plan(card, r.whole("turn", 0, MOST_TURNS), _bound(r, card))


def _correct(r: _Reader) -> Correct:
    title, text = r.text("title", LONGEST_TITLE).strip(), r.text("text").strip()
    if not title and not text:
        raise r.fail("malformed", "Give the card another title or another text.")
    return Correct(_card_number(r), title, text, _reason(r))


def _act(r: _Reader) -> Act:
    seat = r.named("seat", r.program.seats, "seat")
    deed: Any = _read(r.program, seat, r.value("body"))
    return Act(seat, deed, _reason(r))


def _outcome(r: _Reader) -> Decide:
    if r.value("passed") is None:
        raise r.fail("malformed", "passed must be true or false.")
    return Decide(r.truth("passed", False), _reason(r))


def _end(r: _Reader) -> EndGame:
    endings = {each.id: each.index for each in r.program.endings}
    ending = -1 if r.value("ending") is None else r.named("ending", endings, "ending")
    return EndGame(ending, _reason(r))


def _number(r: _Reader) -> int:
    return r.whole("number", -1_000, 2**40)


def _happen(r: _Reader) -> Happen:
    words = r.words("text", "Say what happens.")
    return Happen(words, r.text("effects", LONGEST_EFFECTS), r.words("reason", "Say why: it is kept for the debrief."))


def _petition(r: _Reader) -> Petition:
    because = []
    for each in r.items("because", MOST_REASONS):
        if not isinstance(each, str):
            raise r.fail("malformed", "A reason is a text.")
        if len(each) > LONGEST_REASON:
            raise r.fail(
                "too_long", "A reason is {count} characters; the most is {most}.", {"count": len(each), "most": LONGEST_REASON}
            )
        if each.strip():
            because.append(each.strip())
    what = r.words("what", "Say what you do.", LONGEST_PETITION)
    if not because:
        raise r.fail("malformed", "Give at least one reason why it works.")
    return Petition(what, tuple(because), r.text("against", LONGEST_REASON).strip())


def _rule(r: _Reader) -> Rule:
    ruling = r.words("ruling", "A ruling needs words for the players.")
    fails = r.text("ruling_fails").strip()
    odds = r.whole("odds", 0, 100)
    return Rule(_number(r), odds, r.text("success"), r.text("failure"), ruling, fails, r.truth("public", True))


def _note(r: _Reader) -> TakeNote:
    fact = r.words("fact", "A note begins with a fact.", LONGEST_PETITION)
    so_what, change = (r.text(key, LONGEST_PETITION).strip() for key in ("so_what", "change"))
    private = r.who == r.program.white_cell and r.truth("private", True)
    return TakeNote(fact, so_what, change, r.text("objective", 80), r.truth("anonymous", False), private)


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
    "endorse": (lambda r: Endorse(_number(r)), ("number",)),
    "object": (lambda r: Object(_number(r), r.text("why", LONGEST_REASON).strip()), ("number", "why")),
    "withdraw": (lambda r: Withdraw(_number(r)), ("number",)),
    "petition": (_petition, ("what", "because", "against")),
    "dissent": (
        lambda r: Dissent(_number(r), r.words("text", "A dissent needs words.", LONGEST_REASON)),
        ("number", "text"),
    ),
    "note": (_note, ("fact", "so_what", "change", "objective", "anonymous")),
    "vote": (lambda r: VoteNote(_number(r)), ("number",)),
}

HOUSE: dict[str, _Entry] = {
    "advance": (lambda _: Advance(), ()),
    "pause": (lambda _: Pause(), ()),
    "resume": (lambda _: Resume(), ()),
    "extend": (lambda r: Extend(r.whole("seconds", -3_600, 86_400)), ("seconds",)),
    "fire": (_fire, ("card", "bound")),
    "hold": (lambda r: Hold(_entry(r), r.text("reason").strip()), ("entry", "reason")),
    "unhold": (lambda r: LetGo(_entry(r)), ("entry",)),
    "release": (lambda r: Release(_entry(r)), ("entry",)),
    "retime": (lambda r: Retime(_entry(r), r.whole("turn", 0, MOST_TURNS)), ("entry", "turn")),
    "shift": (lambda r: Shift(_entry(r), r.whole("turns", -MOST_TURNS, MOST_TURNS)), ("entry", "turns")),
    "skip": (lambda r: Skip(_entry(r), r.text("reason").strip()), ("entry", "reason")),
    "plan": (_plan, ("card", "turn", "bound")),
    "recall": (lambda r: Recall(_card_number(r), _reason(r), r.truth("undo", False)), ("card", "reason", "undo")),
    "correct": (_correct, ("card", "title", "text", "reason")),
    "act": (_act, ("seat", "body", "reason")),
    "outcome": (_outcome, ("passed", "reason")),
    "end": (_end, ("ending", "reason")),
    "override": (_override, ("slot", "value", "reason")),
    "write": (lambda r: Write(r.words("source", "There is no card.", LONGEST_CARD)), ("source",)),
    "happen": (_happen, ("text", "effects", "reason")),
    "announce": (lambda r: Announce(r.words("text", "There is nothing to announce.")), ("text",)),
    "say": (_say, ("to", "text")),
    "estimate": (lambda r: Estimate(_number(r), r.whole("percent", 0, 100)), ("number", "percent")),
    "defer": (lambda r: Defer(_number(r), r.text("reason", LONGEST_REASON).strip()), ("number", "reason")),
    "rule": (_rule, ("number", "odds", "success", "failure", "ruling", "ruling_fails", "public")),
    "turn_down": (
        lambda r: TurnDown(_number(r), r.words("ruling", "Say why: it is kept, and the seat reads it.")),
        ("number", "ruling"),
    ),
    "note": (_note, ("fact", "so_what", "change", "objective", "anonymous", "private")),
    "vote": (lambda r: VoteNote(_number(r)), ("number",)),
    "board": (lambda r: OpenBoard(r.truth("open", True)), ("open",)),
}
