"""Carrying a game over to another version of its scenario: everything goes by its name, and what no longer fits is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from attrs import define, evolve, field

from wargame.engine.scores import result
from wargame.engine.state import SETUP, Answer, Dealt, FloorDraft, Line, Order, Proposal, Scheduled, Signed, State
from wargame.engine.work import Work
from wargame.rules.program import NOBODY, Board, Card, Family, Kind, Program, Sight, Slot, Variable

Past: TypeAlias = Mapping[str, tuple[Any, ...]]  # `feed`, `messages`, `history` of a viewer's mirror
V = TypeVar("V")

COUNTED = (Family.TRACK, Family.FLAG, Family.CLOCK, Family.RESOURCE, Family.AREA, Family.PIECE)


@define(eq=False)
class Move:
    """The way from one program to another. `notes` are sentences on what could not be kept as it was."""

    old: Program
    new: Program
    notes: list[str] = field(factory=list)
    seats: dict[int, int] = field(init=False)
    owners: dict[int, int] = field(init=False)
    areas: dict[int, int] = field(init=False)
    cards: dict[int, int] = field(init=False)
    actions: dict[int, int] = field(init=False)
    agreements: dict[int, int] = field(init=False)
    motions: dict[int, int] = field(init=False)
    choices: dict[int, int] = field(init=False)
    placements: dict[int, int] = field(init=False)
    slots: dict[int, int] = field(init=False)
    viewers: dict[int, int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        old, new = self.old, self.new
        self.seats = _paired(old.seats, new.seats)
        self.owners = _paired(old.owners, new.owners)
        self.areas = _paired(old.areas, new.areas)
        self.slots = _paired([slot.name for slot in old.slots], [slot.name for slot in new.slots])
        self.viewers = {**self.seats, old.public: new.public, old.white_cell: new.white_cell}
        for name in ("cards", "actions", "agreements", "motions", "choices", "placements"):
            ids = ([each.id for each in getattr(program, name)] for program in (old, new))
            setattr(self, name, _paired(*ids))

    # ------------------------------------------------------------ the state

    def state(self, was: State) -> State:
        """The game as it goes on; `was` stays as it is."""
        old, new = self.old, self.new
        now = was.fork()
        now.board = self.board(was.board)
        now.played = tuple(
            was.played[seat] if (seat := _back(self.seats, number)) is not None else True for number, _ in enumerate(new.seats)
        )
        now.seats = tuple(seat for seat, plays in enumerate(now.played) if plays)
        self.moment(was, now)
        now.hand, now.answers = (), {}
        work = Work(new, now)
        for dealt in was.hand:
            self.deal(was, work, dealt)
        now.schedule = tuple(entry for each in was.schedule for entry in self.scheduled(each))
        now.lines = dict(entry for name, line in was.lines.items() for entry in self.line(name, line))
        self.drafts(was, now)
        self.deals(was, now)
        now.chosen = {
            self.choices[choice]: option
            for choice, picked in was.chosen.items()
            if (option := self.option(choice, picked)) is not None
        }
        now.opened = frozenset(self.choices[choice] for choice in was.opened if choice in self.choices)
        now.placed = {
            (self.placements[placement], self.seats[seat]): tuple(self.areas[area] for area in areas if area in self.areas)
            for (placement, seat), areas in was.placed.items()
            if placement in self.placements and seat in self.seats
        }
        endings = _paired([each.id for each in old.endings], [each.id for each in new.endings])
        now.doom = endings.get(was.doom, NOBODY)
        now.sight, now.memory = self.sight(was, now.board)
        if was.result is not None:
            now.result = result(new, now, endings.get(was.result.ending, NOBODY))
        return now

    def board(self, was: Board) -> Board:
        """Values by name; what left its range is brought back into it, and what never moved starts as it now should."""
        board = list(self.new.start)
        for index, slot in enumerate(self.old.slots):
            to = self.slots.get(index)
            if to is None:
                if slot.shown and was[index] != slot.start:
                    self.notes.append(f"`{slot.name}` is gone; it was {was[index]}.")
                continue
            value, now = was[index], self.new.slots[to]
            if slot.family in (Family.CHOICE, Family.AGENDA) and now.family is slot.family:
                board[to] = self.renumbered(slot, now, value)
            elif slot.family in COUNTED and value == slot.start != now.start:
                self.notes.append(f"`{slot.name}` starts at {now.start} now and had not moved, so it is {now.start}.")
            else:
                board[to] = min(now.hi, max(now.lo, value))
                if board[to] != value and now.shown:
                    self.notes.append(
                        f"`{slot.name}` was {value}; its range is {now.lo} to {now.hi} now, so it is {board[to]}."
                    )
        return board

    def renumbered(self, slot: Slot, now: Slot, value: int) -> int:
        """The number of the same option of a choice or agenda."""
        before, after = _options(self.old, slot), _options(self.new, now)
        name = before[value] if 0 <= value < len(before) else ""
        if name in after:
            return after.index(name)
        self.notes.append(f"`{slot.name}` was `{name}`, which is gone; it is as at the start.")
        return now.start

    def moment(self, was: State, now: State) -> None:
        """Turn and phase."""
        turns = self.new.scenario.turns.count
        if was.turn > turns:
            self.notes.append(f"There are {turns} turns now; it was turn {was.turn}, so it is turn {turns}.")
            now.turn = now.board[self.new.turn_slot] = turns
        if was.phase == SETUP:
            return
        names = [phase.id for phase in self.new.phases]
        name = self.old.phases[was.phase].id
        if name in names:
            now.phase = names.index(name)
        else:
            now.phase = min(was.phase, len(names) - 1)
            self.notes.append(f"The phase `{name}` is gone; the game is in `{names[now.phase]}`.")

    def sight(self, was: State, board: Board) -> tuple[tuple[bytes, ...], tuple[Mapping[int, tuple[int, int, int]], ...]]:
        """Who sees what by the rules as they are now, with what else had come out; and what is remembered."""
        new = self.new
        if was.status == "over":
            return tuple(bytes([Sight.EXACT]) * len(new.slots) for _ in range(new.viewers)), tuple(
                {} for _ in range(new.viewers)
            )
        usual, rows = _levels(self.old, was.board), _levels(new, board)
        memory: list[Mapping[int, tuple[int, int, int]]] = [{} for _ in range(new.viewers)]
        for viewer, to in self.viewers.items():
            known = was.sight[viewer]
            for slot, level in enumerate(known):
                if level != usual[viewer][slot] and slot in self.slots:
                    rows[to][self.slots[slot]] = level  # a secret that came out, say
            kept = {self.slots[slot]: seen for slot, seen in was.memory[viewer].items() if slot in self.slots}
            memory[to] = {slot: seen for slot, seen in kept.items() if rows[to][slot] == Sight.HIDDEN}
        return tuple(bytes(row) for row in rows), tuple(memory)

    # ------------------------------------------------------------ cards

    def deal(self, was: State, work: Work, dealt: Dealt) -> None:
        """A card on the table, with its answers."""
        card = self.card(dealt.card)
        if card is None:
            self.notes.append(f"The card `{self.old.cards[dealt.card].id}` is gone, and so it is from the table.")
            return
        bindings = self.bindings(work, card, dealt)
        to = card.answered_by(bindings, work.state.played)
        resolved = (dealt.resolved and (bool(dealt.to) or not to)) or not to
        did = tuple((self.slots[slot], old, new) for slot, old, new in dealt.did if slot in self.slots)
        words = dealt.title, dealt.text
        work.state.hand += (Dealt(dealt.number, card.index, bindings, to, dealt.turn, resolved, did, *words),)
        places = dict(to)
        before = dict(dealt.to)
        for (number, seat), answer in was.answers.items():
            if number == dealt.number:
                old = self.old.cards[dealt.card].addressees[before[seat]].options[answer.option].id
                place = places.get(self.seats.get(seat, NOBODY))
                options = [option.id for option in card.addressees[place].options] if place is not None else []
                if old in options:
                    kept = Answer(options.index(old), answer.rationale, answer.belief)
                    work.state.answers = {**work.state.answers, (number, self.seats[seat]): kept}
                else:
                    self.notes.append(f"The answer `{old}` of `{self.old.seats[seat]}` to `{card.id}` is gone.")

    def card(self, index: int) -> Card | None:
        """The card of the same name."""
        return self.new.cards[self.cards[index]] if index in self.cards else None

    def bindings(self, work: Work, card: Card, dealt: Dealt) -> tuple[int, ...]:
        """What a card's names are bound to; a new name is bound as if the card were dealt now."""
        handed = self.handed(card, self.old.cards[dealt.card], dealt.bindings)
        x = work.execution("deal", card.id, 0)
        found: list[int] = []
        for member, bind in zip(handed, card.binds, strict=True):
            if member is not None:
                found.append(member)
            else:
                found.append(bind(work.state.board, x, NOBODY, *found) if bind is not None else NOBODY)
        return tuple(found)

    def handed(self, card: Card, before: Card, members: Sequence[int | None]) -> list[int | None]:
        """Bound members by the names they are bound to; None where a name is new, or nothing was bound to it yet."""
        known: dict[str, tuple[Variable, int | None]] = {}
        for variable, member in zip(before.variables, members, strict=False):
            known[variable.name] = variable, member
        found: list[int | None] = []
        for variable in card.variables:
            was = known.get(variable.name)
            same = was is not None and was[0].kind is variable.kind
            found.append(self.member(variable.kind, was[1]) if same and was is not None and was[1] is not None else None)
        return found

    def member(self, kind: Kind, member: int) -> int:
        """The same seat, area, agreement or number; nobody if it is gone."""
        ways = {Kind.OWNER: self.owners, Kind.AREA: self.areas, Kind.AGREEMENT: self.agreements}
        return member if kind is Kind.NUMBER or member == NOBODY else ways[kind].get(member, NOBODY)

    def scheduled(self, entry: Scheduled) -> Iterable[Scheduled]:
        """A card to come."""
        card = self.card(entry.card)
        if card is None:
            self.notes.append(f"The card `{self.old.cards[entry.card].id}` is gone from the schedule.")
            return ()
        handed = self.handed(card, self.old.cards[entry.card], entry.bindings)
        return (evolve(entry, card=card.index, bindings=tuple(handed)),)

    def line(self, name: str, line: Line) -> Iterable[tuple[str, Line]]:
        """A line of the MSEL; the names of those of windows and armed cards are made of the card's."""
        card = self.card(line.card)
        if card is None:
            return ()
        handed = self.handed(card, self.old.cards[line.card], line.bindings) if line.bindings else []
        return ((name, evolve(line, card=card.index, bindings=tuple(handed))),)

    # ------------------------------------------------------------ what seats have done

    def option(self, choice: int, picked: int) -> int | None:
        """The number of the same option of a choice, if both are still there."""
        if choice not in self.choices:
            return None
        name, options = self.old.choices[choice].options[picked], self.new.choices[self.choices[choice]].options
        return options.index(name) if name in options else None

    def order(self, seat: int, order: Order) -> Iterable[Order]:
        """A drafted order."""
        action = self.old.actions[order.action]
        found = self.new.actions[self.actions[order.action]] if order.action in self.actions else None
        kinds = [variable.kind for variable in action.variables]
        if found is not None and self.seats[seat] in found.seats and [each.kind for each in found.variables] == kinds:
            targets = tuple(self.member(kind, target) for kind, target in zip(kinds, order.targets, strict=True))
            if not any(kind is not Kind.NUMBER and target == NOBODY for kind, target in zip(kinds, targets, strict=True)):
                return (Order(found.index, targets, order.rationale),)
        self.notes.append(f"The order `{action.id}` of `{self.old.seats[seat]}` is gone from its draft.")
        return ()

    def drafts(self, was: State, now: State) -> None:
        """Orders, votes, and who is done."""
        now.orders = {
            self.seats[seat]: tuple(kept for order in orders for kept in self.order(seat, order))
            for seat, orders in was.orders.items()
            if seat in self.seats
        }
        now.sealed = frozenset(self.seats[seat] for seat in was.sealed if seat in self.seats)
        now.motion = self.called(was.motion)
        now.motions = tuple(found for each in was.motions if (found := self.called(each)) is not None)
        kept = was.motion is None or now.motion is not None
        now.floor = _moved(was.floor, self.seats) if kept else dict[int, FloorDraft]()

    def called(self, motion: tuple[int, int] | None) -> tuple[int, int] | None:
        """A motion and who called it."""
        if motion is None or motion[0] not in self.motions:
            if motion is not None:
                self.notes.append(f"The motion `{self.old.motions[motion[0]].id}` is gone.")
            return None
        return self.motions[motion[0]], self.seats.get(motion[1], NOBODY)

    def deals(self, was: State, now: State) -> None:
        """Agreements, proposals and what was given."""
        for index in [*was.signed, *was.proposals]:
            if index not in self.agreements:
                self.notes.append(f"The agreement `{self.old.agreements[index].id}` is gone.")
        now.signed = {
            self.agreements[index]: Signed(self.seats.get(signed.by, NOBODY), signed.since, signed.side_terms, signed.leaked)
            for index, signed in was.signed.items()
            if index in self.agreements
        }
        now.proposals = {
            self.agreements[index]: Proposal(
                self.seats[proposal.by],
                frozenset(self.seats[seat] for seat in proposal.signed if seat in self.seats),
                proposal.side_terms,
            )
            for index, proposal in was.proposals.items()
            if index in self.agreements and proposal.by in self.seats
        }
        now.entered = _moved(was.entered, self.seats)
        now.transferred = {
            (self.seats[giver], self.seats[taker]): points
            for (giver, taker), points in was.transferred.items()
            if giver in self.seats and taker in self.seats
        }

    # ------------------------------------------------------------ what viewers have heard

    def past(self, past: Sequence[Past]) -> tuple[Past, ...]:
        """What every viewer has heard so far."""
        found: list[Past] = [{} for _ in range(self.new.viewers)]
        for viewer, to in self.viewers.items():
            found[to] = {name: tuple(self.heard(name, entry) for entry in entries) for name, entries in past[viewer].items()}
        return tuple(found)

    def heard(self, name: str, entry: Any) -> Any:
        """An entry of a feed or history; slots have new numbers."""
        if name == "history":
            return {**entry, "slots": _moved(entry["slots"], self.slots)}
        if name == "feed":
            changes = [[self.slots[slot], *rest] for slot, *rest in entry["slots"] if slot in self.slots]
            return {**entry, "slots": changes}
        return entry


def _paired(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Numbers of the same names."""
    numbers = {name: number for number, name in enumerate(after)}
    return {number: numbers[name] for number, name in enumerate(before) if name in numbers}


def _back(way: Mapping[int, int], to: int) -> int | None:
    return next((number for number, other in way.items() if other == to), None)


def _moved(entries: Mapping[int, V], way: Mapping[int, int]) -> dict[int, V]:
    return {way[key]: value for key, value in entries.items() if key in way}


def _options(program: Program, slot: Slot) -> Sequence[str]:
    """The options that the slot of a choice or an agenda tells apart."""
    if slot.family is Family.CHOICE:
        return next(choice.options for choice in program.choices if choice.slot == slot.index)
    return next(([name for name, _, _ in deck.agendas] for deck in program.agendas if deck.slot == slot.index), [])


def _levels(program: Program, board: Board) -> list[bytearray]:
    """How well each viewer sees each slot of a board by the rules."""
    rows = [bytearray(row) for row in program.sight]
    for one in program.dynamic_sight:
        rows[one.viewer][one.slot] = one.level(board)
    return rows
