"""Before turn 1: seats in play, agendas, secret choices and placements."""

from __future__ import annotations

from wargame.engine import events as e
from wargame.engine.work import Work
from wargame.rules.dice import commitment, draw, pick_weighted, shuffled
from wargame.rules.program import VOID, Placement


def start(work: Work, seed: bytes, played: tuple[str, ...], timed: bool) -> None:
    """Opens the game: who plays, the seed, the agendas."""
    program = work.program
    playing = tuple(not played or seat in played for seat in program.seats)
    effect = work.write([(slot, int(playing[seat])) for seat, slot in enumerate(program.played) if slot != VOID])
    work.emit(e.GameStarted(playing, seed, commitment(seed), timed, None, effect))
    _deal_agendas(work)


def _deal_agendas(work: Work) -> None:
    """Each deck is shuffled once and dealt to its seats in turn, so that no two draw the same."""
    state = work.state
    decks: dict[str, list[int]] = {}
    writes = []
    for deck in work.program.agendas:
        if not state.played[deck.seat]:
            continue
        rest = decks.get(deck.deck)
        if not rest:
            rest = shuffled(state.seed, f"agendas|{deck.deck}", range(len(deck.agendas)))
            decks[deck.deck] = rest
        writes.append((deck.slot, rest.pop()))
    effect = work.write(writes)
    work.emit(e.AgendasDealt(effect))


def close(work: Work) -> None:
    """Settles what was left open and carries the placements out."""
    program = work.program
    state = work.state
    writes: dict[int, int] = {}
    for choice in program.choices:
        if choice.index in state.chosen or not state.played[choice.seat]:
            continue
        option = choice.default
        if option < 0:
            option = draw(state.seed, f"choice|{choice.id}", len(choice.options))
        writes[choice.slot] = option
    for placement in program.placements:
        for seat in placement.seats:
            if state.played[seat]:
                for area in _areas(work, placement, seat):
                    slot = program.slot_of[f"{program.areas[area]}.{program.seats[seat]}.{placement.piece}"]
                    writes[slot] = writes.get(slot, state.board[slot]) + 1
    work.emit(e.SetupClosed(work.write(list(writes.items()))))


def _areas(work: Work, placement: Placement, seat: int) -> list[int]:
    """The areas the seat chose, filled up by lot, weighted, none twice."""
    state = work.state
    legal = placement.where(state.board, seat)
    chosen = [area for area in state.placed.get((placement.index, seat), ()) if area in legal][: placement.count]
    rest = [area for area in legal if area not in chosen]
    while rest and len(chosen) < placement.count:
        weights = [placement.weight(state.board, seat, area) for area in rest]
        index = pick_weighted(state.seed, f"placement|{placement.id}|{seat}|{len(chosen)}", weights)
        if index < 0:
            index = draw(state.seed, f"placement|{placement.id}|{seat}|{len(chosen)}|even", len(rest))
        chosen.append(rest.pop(index))
    return chosen
