"""Random play by the engine's own lists, without views, offers or bots: to measure the engine, and for very many games."""

from __future__ import annotations

from random import Random

from wargame.engine.commands import Advance, GiveOrders, Respond, Seal
from wargame.engine.game import Game
from wargame.engine.legality import addressee_of, kind_of, mover_of, option_block
from wargame.engine.state import Order
from wargame.rules.program import NOBODY, Program
from wargame.scenario.model import PhaseKind

_ADVANCE = Advance()


def play_at_random(program: Program, seed: bytes, luck: Random) -> Game:
    """A whole game: every answer and order is drawn from the full list of legal ones; nobody signs, lobbies or sets up."""
    game = Game.started(program, seed)
    state = game.state
    while state.status != "over":
        mover = mover_of(program, state)
        if mover != NOBODY:
            _move(game, mover, luck)
            continue
        for seat in game.active():
            _answer(game, seat, luck)
            if kind_of(program, state) is PhaseKind.ORDERS:
                _draft(game, seat, luck)
        game.run_house(_ADVANCE)
    return game


def _move(game: Game, seat: int, luck: Random) -> None:
    legal = game.program.listings[seat](game.state.board)
    if legal:
        game.give(seat, *legal[int(luck.random() * len(legal))])
    else:
        game.do(seat, Seal())


def _answer(game: Game, seat: int, luck: Random) -> None:
    for card in game.state.hand:
        addressee = addressee_of(game.program, card, seat)
        if card.resolved or addressee is None:
            continue
        open_now = [option.id for option in addressee.options if option_block(game.state, card, seat, option) is None]
        if open_now:
            game.do(seat, Respond(card.number, luck.choice(open_now), "", None))


def _draft(game: Game, seat: int, luck: Random) -> None:
    draft: list[Order] = []
    for _ in range(game.program.phases[game.state.phase].model.orders):
        legal = game.legal(seat, draft)
        if not legal:
            break
        draft.append(luck.choice(legal))
    game.do(seat, GiveOrders(tuple(draft)))
