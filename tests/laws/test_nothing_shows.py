"""What a seat may not know changes no byte of what is sent to it: no frame, refusal, answer, size or number."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.support.hidden import questions, tries, with_hidden_changed
from tests.support.play import ALL, RandomPlay, body_of, program_of
from tests.support.seen import SeenTable, seen_table
from wargame.engine.commands import Refused
from wargame.engine.decide import decide
from wargame.engine.events import Event, GameEnded, OrderDone, OrdersPaid
from wargame.engine.msel import msel
from wargame.engine.offers import concerned, offers
from wargame.engine.parse import parse
from wargame.engine.petitions import OPEN
from wargame.engine.state import Order
from wargame.engine.view import order_of
from wargame.rules.program import Program, Sight
from wargame.scenario.model import PhaseKind
from wargame_server.game import Game, lean

EVERY = (*ALL, "bridge_week")
MOVES = 110  # of a game, for time's sake
Move = tuple[int, dict[str, Any]]


def _moves(name: str, number: int) -> list[Move]:
    play = RandomPlay(name, number, played=program_of(name).seats)
    while len(play.moves) < MOVES and not play.game.over:
        play.step()
    return play.moves


def _noise(table: SeenTable, watcher: int, move: Move, rng: Random) -> list[Move]:
    """What others may do before a move without the watcher learning of it: change their minds, whisper, try, propose, or, for
    the white cell, hold a card that is to come and let it go."""
    program, state = table.game.program, table.game.state
    who, body = move
    seats = [seat for seat in range(len(program.seats)) if seat != watcher]
    made: list[Move] = []
    if who in seats:
        for offer in offers(program, state, who):
            if offer["ok"] and _same_draft(offer, body) and (offer["do"] != "choose" or state.status == "setup"):
                other = body_of(offer, rng, [order_of(program, order) for order in state.orders.get(who, ())])
                if other is not None and rng.random() < 0.5:
                    made.append((who, other))
    other_seat = rng.choice(seats)
    confidants = [program.seats[seat] for seat in seats if seat != other_seat]
    made.append((other_seat, {"do": "say", "to": [rng.choice(confidants)], "text": "x" * rng.randint(1, 300)}))
    made.append((other_seat, {"do": "say", "to": [rng.choice(confidants)], "text": "\x07"}))  # refused: nothing is left of it
    made.append((other_seat, {"do": "orders", "orders": [{"action": "none"}]}))
    made.append((other_seat, {"do": "leave", "agreement": "none"}))
    planned = [each["entry"] for each in msel(program, state, program.white_cell) if each["status"] == "planned"]
    if planned:
        entry = rng.choice(planned)
        made.append((program.white_cell, {"do": "hold", "entry": entry, "reason": "z" * rng.randint(0, 90)}))
        made.append((program.white_cell, {"do": "unhold", "entry": entry}))
    for agreement in program.agreements:
        parties = [seat for seat in agreement.parties if seat != watcher]
        if watcher in agreement.parties or agreement.index in state.proposals:
            continue
        open_ = [offer["agreement"] for offer in offers(program, state, parties[0]) if offer["do"] == "propose" and offer["ok"]]
        if agreement.id in open_ and rng.random() < 0.5:
            made.append((parties[0], {"do": "propose", "agreement": agreement.id, "side_terms": "y" * rng.randint(0, 50)}))
            made.append((rng.choice(parties), {"do": "decline", "agreement": agreement.id}))
    return made


def _same_draft(offer: dict[str, Any], body: dict[str, Any]) -> bool:
    """Whether a body for the offer replaces the same draft that this body does."""
    keys = {"choose": ["choice"], "place": ["placement"], "respond": ["card"], "floor": [], "order": []}
    do = offer["do"]
    return do in keys and body["do"] in (do, f"{do}s") and all(offer[key] == body.get(key) for key in keys[do])


def _desk(table: SeenTable, watcher: int, moves: list[Move], rng: Random) -> list[Move]:
    """What goes on between the facilitators and seats that put nothing to them in the moves: proposals that are estimated, held
    back, turned down or ruled on in private, and private notes."""
    program, state = table.game.program, table.game.state
    asking = {who for who, body in moves if body["do"] == "petition"} | {watcher}
    shy = [seat for seat in range(len(program.seats)) if seat not in asking]
    made: list[Move] = [(program.white_cell, {"do": "note", "fact": "n" * rng.randint(1, 90)})]
    if shy and state.status == "running":
        made.append((rng.choice(shy), {"do": "petition", "what": "w" * rng.randint(1, 90), "because": ["It may work."]}))
    for each in state.petitions:
        if each.seat in shy and each.status in OPEN:
            body: dict[str, Any] = {"do": rng.choice(["estimate", "defer", "turn_down", "rule"]), "number": each.number}
            more: dict[str, dict[str, Any]] = {
                "estimate": {"percent": rng.randint(0, 100)},
                "defer": {"reason": "Upstairs."},
                "turn_down": {"ruling": "No."},
                "rule": {"odds": 50, "ruling": "So be it.", "public": False},
            }
            made.append((program.white_cell, body | more[body["do"]]))
    return made


async def _heard(
    name: str, number: int, watcher: int, moves: list[Move], noisy: bool, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> list[bytes]:
    rng = Random(number)
    async with seen_table(name, number, monkeypatch) as table:
        for step, move in enumerate(moves):
            if noisy:
                desk = _desk(table, watcher, moves, rng) if not whole else []
                for who, body in [*_noise(table, watcher, move, rng), *desk]:
                    table.command(who, body)
                    await table.settled()
                for seat in range(len(table.game.program.seats)):
                    if seat != watcher:
                        table.ask(seat, rng.choice(questions(table.game.program, table.game.state, seat)))
            who, body = move
            table.command(who, body, f"step-{step}")
            await table.settled()
        return table.lines[watcher].frames


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize(("number", "whole"), [(1, False), (2, True)])
async def test_what_others_drafted_whispered_or_tried_changes_no_frame(
    name: str, number: int, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A game with and without others changing their minds, whispering, proposing, failing and, up to its end (where all
    proposals come out), dealing with the facilitator is the same."""
    program = program_of(name)
    moves = _moves(name, number)[: None if whole else -1]
    watchers = [Random(number).randrange(len(program.seats)), program.public]
    for watcher in watchers:
        quiet = await _heard(name, number, watcher, moves, False, whole, monkeypatch)
        loud = await _heard(name, number, watcher, moves, True, whole, monkeypatch)
        assert len(quiet) > 20
        for place, (one, other) in enumerate(zip(quiet, loud, strict=False)):
            assert one == other, f"frame {place}"
        assert len(quiet) == len(loud)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("number", [3, 4, 5])
async def test_tables_that_differ_in_secrets_answer_alike(name: str, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hidden values, secret choices and agendas, others' drafts, cards to come: whoever may not know them comes back, asks,
    tries everything and drafts, and gets the same bytes."""
    moves = _moves(name, number)
    rng = Random(number)
    program = program_of(name)
    stop = rng.randrange(5, len(moves))
    watcher = rng.choice([*range(len(program.seats)), program.public])
    heard = []
    for changed in (False, True):
        luck = Random(number)
        async with seen_table(name, number, monkeypatch) as table:
            for who, body in moves[:stop]:
                table.command(who, body)
            await table.settled()
            table.lines[watcher].frames.clear()
            state = table.game.state
            if changed:
                table.game.state = with_hidden_changed(program, state, watcher, Random(99))
            table.come(watcher)
            asked = [*questions(program, state, watcher), {"what": "preview"}, {"what": []}]
            for place, question in enumerate(asked):
                table.ask(watcher, question, f"ask-{place}")
            for place, body in enumerate(
                [*tries(program, state, watcher, luck), {"do": "advance"}, {"do": "fire", "card": "x"}]
            ):
                if body["do"] != "seal":  # that may end the phase, and then secrets come out
                    table.command(watcher, body, f"try-{place}")
            await table.settled()
            heard.append(table.lines[watcher].frames)
    assert heard[0] == heard[1]


def _unseen(game: Game, event: Event, viewer: int) -> bool:
    """Whether an order (or its cost) leaves nothing that the viewer may see, said without the code that shows things."""
    effect = event.effect  # type: ignore[union-attr]
    sight = game.state.sight[viewer]
    return (
        all(sight[slot] == Sight.HIDDEN for slot, _, _ in effect.changes)
        and all(whose != viewer for whose, _, _ in effect.sight)
        and all(news.audience is not None and viewer not in news.audience for news in effect.news)
        and effect.ending < 0
    )


def test_covert_orders_without_visible_effect_change_no_frame() -> None:
    """A phase that ends with one more covert order, of which a viewer can see nothing, is the same to it byte by byte."""
    found = 0
    for name in EVERY:
        program = program_of(name)
        for number in range(6):
            play = RandomPlay(name, number, played=program.seats)
            while not play.game.over and len(play.moves) < 400:
                play.step()
                state = play.game.state
                if (
                    play.game.over
                    or state.phase < 0
                    or program.phases[state.phase].kind is not PhaseKind.ORDERS
                    or state.paused
                ):
                    continue
                if play.rng.random() < 0.7:
                    continue
                found += _compare(program, play, Random(len(play.moves)))
    assert found > 30, "the comparison was made often enough to mean something"


def _compare(program: Program, play: RandomPlay, rng: Random) -> int:
    """Ends the phase with and without each of a seat's covert orders; how many comparisons that made."""
    state = play.game.state
    seat = rng.randrange(len(program.seats))
    draft = state.orders.get(seat, ())
    found = 0
    for order in play.game.legal(seat, draft):
        action = program.actions[order.action]
        if action.audience is None:
            continue
        ends = []
        for orders in (draft, (*draft, order)):
            game = Game(program, state.fork(), Game.fresh(program).mirrors)
            game.state.orders = {**state.orders, seat: orders}
            end = parse(program, program.white_cell, {"do": "advance"}, turn=state.turn, phase=state.phase_id(program))
            assert not isinstance(end, Refused)
            events = decide(program, game.state, end)
            assert not isinstance(events, Refused)
            ends.append((game, events))
        for viewer in range(len(program.seats) + 1):
            if viewer == seat or action.audience[viewer]:
                continue
            rest = [[each for each in events if not _of(each, seat, order)] for _, events in ends]
            more = [each for each in ends[1][1] if _of(each, seat, order)]
            if rest[0] != rest[1] or not all(_unseen(ends[0][0], each, viewer) for each in more):
                continue
            if any(isinstance(each, GameEnded) for each in rest[0]):
                continue  # then all comes out
            found += 1
            shown = [game.prepare(events).packed[viewer] for game, events in ends]
            assert shown[0] == shown[1], (action.id, viewer)
        break
    return found


def _of(event: Event, seat: int, order: Order) -> bool:
    if isinstance(event, OrdersPaid):
        return event.seat == seat
    return isinstance(event, OrderDone) and (event.seat, event.order) == (seat, order)


def test_setting_a_value_again_is_not_sent() -> None:
    """How often something was set would tell how much happened out of sight."""
    mirror = {"sealed": ["red"], "active": [], "cards": {"1": {}}}
    ops: list[list[Any]] = [
        ["set", "sealed", []],
        ["set", "active", ["red"]],
        ["push", "feed", "news"],
        ["set", "sealed", ["red"]],
        ["set", "active", ["blue"]],
    ]
    assert lean(ops, mirror) == [["set", "active", ["blue"]], ["push", "feed", "news"]]
    assert lean([["set", "sealed", []], ["set", "sealed", ["red"]]], mirror) == []
    pieces: list[list[Any]] = [["set", "cards", {}], ["put", "cards", "2", {}]]
    assert lean(pieces, mirror) == pieces


@pytest.mark.parametrize("name", EVERY)
def test_offers_of_whom_an_event_does_not_concern_stay_as_they_are(name: str) -> None:
    """What the server does not look at again after a command has not changed."""
    program = program_of(name)
    play = RandomPlay(name, 11, played=program.seats)
    viewers = range(program.viewers)
    before = [offers(program, play.game.state, viewer) for viewer in viewers]
    for _ in range(MOVES):
        done = play.step()
        if done is None:
            break
        state = play.game.state
        after = [offers(program, state, viewer) for viewer in viewers]
        events = () if isinstance(done[1], Refused) else done[1]
        whose: set[int] = set()
        for event in events:
            touched = concerned(program, state, event)
            whose |= set(viewers if touched is None else touched)
        for viewer in viewers:
            if viewer not in whose:
                assert before[viewer] == after[viewer], (events, viewer)
        before = after
