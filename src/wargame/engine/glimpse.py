"""What a seat is shown, made only as far as it is looked at: for bots in playouts, who are asked often and look at little.

A window holds what `view` and `offers` say and nothing else: it is made of the same parts. What it gives is good until the
game goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, overload

from attrs import define, field

from wargame.engine.events import Event
from wargame.engine.knowledge import band_of
from wargame.engine.legality import action_block, committed, mover_of, phase_of, unaffordable
from wargame.engine.mirror import LONGEST_LIST
from wargame.engine.offers import SECTIONS, Offer, offers
from wargame.engine.state import State
from wargame.engine.story import story
from wargame.engine.view import PARTS, card_of, entry_of, member_id, reads
from wargame.rules.program import Action, Board, Program, Sight
from wargame.scenario.model import PhaseKind

_SECTION_OF = {do: section for dos, section in SECTIONS for do in dos}


@define(eq=False)
class Window:
    """A seat's place at a game that is played out: `glimpse` and `openings` are its view and offers.

    `feed`: the stories told to the seat so far, if it is to hear any; then the glimpse has them too.
    """

    program: Program
    seat: int
    feed: list[Any] | None = None
    last: tuple[Any, Board] | None = field(init=False, default=None)  # what was asked, what it showed
    _sorted: dict[bytes, tuple[tuple[int, ...], tuple[int, ...]]] = field(init=False, factory=dict)
    _plain: dict[int, tuple[Offer, dict[tuple[int, ...], list[Any]]]] = field(init=False, factory=dict)

    def hear(self, state: State, event: Event) -> None:
        """Takes in an event (already folded into `state`) as the seat is told of it."""
        told = story(self.program, state, event, self.seat) if self.feed is not None else None
        if told is not None and self.feed is not None:
            self.feed.append(told)
            del self.feed[:-LONGEST_LIST]

    def glimpse(self, state: State) -> Glimpse:
        """The view of the seat."""
        return Glimpse(self, state)

    def openings(self, state: State) -> Openings:
        """What the seat is offered: good until something happens that concerns it (`wargame.engine.offers.concerned`)."""
        return Openings(self, state)

    def unclear(self, sight: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Of the slots, by a row of levels of sight: those not seen at all, and those seen as a band."""
        found = self._sorted.get(sight)
        if found is None:
            shown = {slot.index for slot in self.program.shown}
            hidden = tuple(index for index, level in enumerate(sight) if index not in shown or level == Sight.HIDDEN)
            banded = tuple(index for index, level in enumerate(sight) if index in shown and level == Sight.BAND)
            found = self._sorted[sight] = (hidden, banded)
        return found

    def orders(self, state: State) -> list[Offer]:
        """The orders that the seat may give now, as offered but without the words for people."""
        program, seat = self.program, self.seat
        phase = phase_of(program, state)
        if phase is None or state.paused:
            return []
        draft: Sequence[Any] = ()
        if phase.kind is PhaseKind.ORDERS:
            draft = state.orders.get(seat, ())
            if seat in state.sealed or len(draft) >= phase.model.orders:
                return []
        elif phase.kind is not PhaseKind.TURNS or mover_of(program, state) != seat:
            return []
        if draft:
            actions = [program.actions[index] for index in program.menus[seat]]
            legal = [
                (action.index, targets)
                for action in actions
                if action_block(program, state, seat, action, draft) is None
                for targets in action.targets(state.board, seat)
            ]
        else:
            legal = program.listings[seat](state.board)
        pledged = committed(program, state, seat, draft)
        made: list[Offer] = []
        last = -1
        choices: list[Any] = []
        for index, targets in legal:
            plain, names = self._plain.get(index) or self._known(program.actions[index])
            if index != last:
                last = index
                choices = []
                cost = program.actions[index].costs.get(seat, ())
                if not pledged or unaffordable(program, state, cost, pledged) is None:
                    made.append({**plain, "choices": choices})
            if targets:
                ids = names.get(targets)
                choices.append(ids if ids is not None else self._named(program.actions[index], names, targets))
        return made

    def _known(self, action: Action) -> tuple[Offer, dict[tuple[int, ...], list[Any]]]:
        cost = {self.program.slots[slot].name: amount for slot, amount in action.costs.get(self.seat, ())}
        offer = {
            "do": "order",
            "ok": True,
            "action": action.id,
            "menu": str(action.model.menu),
            "cost": cost,
            "targets": [each.name for each in action.variables],
        }
        self._plain[action.index] = (offer, {})
        return self._plain[action.index]

    def _named(self, action: Action, names: dict[tuple[int, ...], list[Any]], targets: tuple[int, ...]) -> list[Any]:
        kinds = [variable.kind for variable in action.variables]
        names[targets] = [member_id(self.program, kind, member) for kind, member in zip(kinds, targets, strict=True)]
        return names[targets]


class Glimpse(Mapping[str, Any]):
    """A view whose parts are made when they are first asked for."""

    def __init__(self, window: Window, state: State) -> None:
        self._window = window
        self._state = state
        self._made: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        made = self._made
        if key not in made:
            window = self._window
            if key == "feed" and window.feed is not None:
                return window.feed
            lazy = _LAZY.get(key)
            make = PARTS[key]
            made[key] = make(window.program, self._state, window.seat) if lazy is None else lazy(window, self._state)
        return made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(PARTS)

    def __len__(self) -> int:
        return len(PARTS)

    def board(self, otherwise: Sequence[int], within: Callable[[int, int], int]) -> Board:
        """What `slots` says, as a board: `within(slot, band)` where only the band is known, as in `otherwise` what was never
        seen."""
        window, state = self._window, self._state
        sight, memory = state.sight[window.seat], state.memory[window.seat]
        if window.last is not None and window.last[0] == (state.board, sight, memory, otherwise, within):
            return window.last[1].copy()
        board = state.board.copy()
        hidden, banded = window.unclear(sight)
        slots = window.program.slots
        for index in hidden:
            board[index] = otherwise[index]
        for index in banded:
            board[index] = within(index, band_of(slots[index], board[index]))
        for index, (level, value, _) in memory.items():
            if sight[index] == Sight.HIDDEN:
                board[index] = value if level == Sight.EXACT else within(index, band_of(slots[index], value))
        window.last = ((state.board.copy(), sight, memory, otherwise, within), board.copy())
        return board


class Cards(Mapping[str, Any]):
    """The cards of a view, each made when it is first asked for."""

    def __init__(self, window: Window, state: State) -> None:
        self._window = window
        readable = [card for card in state.hand if reads(window.program, card, window.seat)]
        self._dealt = {str(card.number): card for card in readable}

    def __getitem__(self, number: str) -> Any:
        return card_of(self._window.program, self._dealt[number], self._window.seat)

    def __iter__(self) -> Iterator[str]:
        return iter(self._dealt)

    def __len__(self) -> int:
        return len(self._dealt)


class Slots(Mapping[int, Any]):
    """The slots of a view, each entry made when it is asked for."""

    def __init__(self, window: Window, state: State) -> None:
        self._window = window
        self._state = state

    def __getitem__(self, index: int) -> Any:
        slot = self._window.program.slots[index]
        entry = entry_of(self._window.program, self._state, self._window.seat, slot) if slot.shown else None
        if entry is None:
            raise KeyError(index)
        return entry

    def __iter__(self) -> Iterator[int]:
        return iter(PARTS["slots"](self._window.program, self._state, self._window.seat))

    def __len__(self) -> int:
        return sum(1 for _ in self)


_LAZY: Mapping[str, Callable[[Window, State], Any]] = {"cards": Cards, "slots": Slots}


class Openings(Sequence[Offer]):
    """Offers, sorted by what they do, each kind made when it is first asked for. While `sealing` is false, to be done with
    the phase is not among them."""

    def __init__(self, window: Window, state: State) -> None:
        self._window = window
        self._state = state
        self.sealing = True
        self._made: dict[str, list[Offer]] = {}

    def of(self, do: str) -> Sequence[Offer]:
        """The offers that do this and may be taken now, in the order offered; orders without the words for people."""
        if do == "seal" and not self.sealing:
            return ()
        found = self._made.get(do)
        if found is None:
            found = self._made[do] = self._make(do)
        return found

    def _make(self, do: str) -> list[Offer]:
        window, state = self._window, self._state
        if not state.played[window.seat]:
            return []
        if do == "order":
            return window.orders(state)
        # The cheap answers first: these are asked for all the time.
        if (do in ("sign", "decline") and not state.proposals) or (do == "floor" and state.motion is None):
            return []
        if do in ("choose", "place") and state.status != "setup" and not state.opened:
            return []
        section = _SECTION_OF[do]
        made = section(window.program, state, window.seat)
        for other, its in _SECTION_OF.items():
            if its is section:
                self._made[other] = [offer for offer in made if offer["do"] == other and offer["ok"]]
        return self._made[do]

    def _all(self) -> list[Offer]:
        made = offers(self._window.program, self._state, self._window.seat)
        return made if self.sealing else [offer for offer in made if offer["do"] != "seal"]

    @overload
    def __getitem__(self, index: int) -> Offer: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Offer]: ...
    def __getitem__(self, index: int | slice) -> Offer | Sequence[Offer]:
        return self._all()[index]

    def __iter__(self) -> Iterator[Offer]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())
