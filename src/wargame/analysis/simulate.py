"""Many games by bots, and what came of them: scores, mandates, endings, and how often what was chosen, ordered or dealt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from statistics import fmean, pstdev
from typing import Any

from attrs import define, field, frozen

from wargame.analysis.playout import Playout
from wargame.bots.levels import seat_bot
from wargame.engine import events as e
from wargame.engine.state import State
from wargame.rules.compile import build
from wargame.rules.program import Program
from wargame.scenario.load import load_sources
from wargame.scenario.model import Pool

CHUNK = 4  # games a worker plays before it hands them in
LAST_TURN = ""  # the ending of a game that was played to its last turn


@frozen
class Record:
    """One game: seed, id of its ending (empty: the last turn), totals and mandates by seat, and what happened how often."""

    seed: str
    ending: str
    turns: int
    scores: Mapping[str, float]
    met: tuple[str, ...]
    top: tuple[str, ...]
    cards: Mapping[str, int] = field(factory=dict)  # card
    options: Mapping[tuple[str, str, str], int] = field(factory=dict)  # card, addressee, option
    orders: Mapping[tuple[str, str], int] = field(factory=dict)  # seat, action
    agreements: Mapping[str, int] = field(factory=dict)
    stances: Mapping[tuple[str, str], int] = field(factory=dict)  # seat, stance


@define
class Counting:
    """Counts while a game is played: `watch` is for a playout."""

    program: Program
    cards: Counter[str] = field(factory=Counter)
    options: Counter[tuple[str, str, str]] = field(factory=Counter)
    orders: Counter[tuple[str, str]] = field(factory=Counter)
    agreements: Counter[str] = field(factory=Counter)
    stances: Counter[tuple[str, str]] = field(factory=Counter)

    def watch(self, state: State, event: e.Event) -> None:
        """Counts the event in."""
        program = self.program
        match event:
            case e.CardDealt():
                self.cards[program.cards[event.card].id] += 1
            case e.AnswerRevealed():
                dealt = next(card for card in state.hand if card.number == event.number)
                addressee = program.cards[dealt.card].addressees[next(to for seat, to in dealt.to if seat == event.seat)]
                option = addressee.options[event.answer.option]
                self.options[program.cards[dealt.card].id, addressee.key, option.id] += 1
                self.stances[program.seats[event.seat], option.model.stance.value] += 1
            case e.OrderDone(status="done"):
                action = program.actions[event.order.action]
                self.orders[program.seats[event.seat], action.id] += 1
                self.stances[program.seats[event.seat], action.model.stance.value] += 1
            case e.AgreementEntered():
                self.agreements[program.agreements[event.agreement].id] += 1


def play_one(program: Program, level: str, seed: str, seats: Sequence[str]) -> Record:
    """One game; the same seed gives the same record."""
    counting = Counting(program)
    game = Playout(program, {seat: seat_bot(level, program, seat, seed) for seat in seats}, counting.watch)
    game.start(sha256(f"wargame simulate {seed}".encode()).digest())
    state = game.play()
    result = state.result
    assert result is not None, "a game that is over has a result"
    return Record(
        seed=seed,
        ending=program.endings[result.ending].id if result.ending >= 0 else LAST_TURN,
        turns=state.turn,
        scores={program.seats[score.seat]: score.total for score in result.scores},
        met=tuple(program.seats[score.seat] for score in result.scores if score.met),
        top=tuple(program.seats[seat] for seat in result.top),
        cards=counting.cards,
        options=counting.options,
        orders=counting.orders,
        agreements=counting.agreements,
        stances=counting.stances,
    )


def required_seats(program: Program) -> tuple[str, ...]:
    """The seats that no game can do without."""
    return tuple(seat for seat in program.seats if not program.scenario.seats[seat].optional)


def play_many(program: Program, level: str, seeds: Sequence[str], seats: Sequence[str], jobs: int = 1) -> Iterator[Record]:
    """Games in the order of their seeds, played by `jobs` processes (1: in this one)."""
    if jobs <= 1:
        yield from (play_one(program, level, seed, seats) for seed in seeds)
        return
    chunks = [(level, list(seeds[at : at + CHUNK]), list(seats)) for at in range(0, len(seeds), CHUNK)]
    # Compiled functions cannot be sent to another process: each makes its own from the sources.
    with ProcessPoolExecutor(jobs, initializer=_prepare, initargs=(dict(program.scenario.sources),)) as pool:
        for records in pool.map(_play_chunk, chunks):
            yield from records


_here: list[Program] = []


def _prepare(sources: Mapping[str, str]) -> None:
    loaded = load_sources(sources)
    program = build(loaded.scenario, loaded.report) if loaded.scenario is not None else None
    assert program is not None, "sources that compiled once compile again"
    _here[:] = [program]


def _play_chunk(chunk: tuple[str, list[str], list[str]]) -> list[Record]:
    level, seeds, seats = chunk
    return [play_one(_here[0], level, seed, seats) for seed in seeds]


def summary(program: Program, records: Sequence[Record], seats: Sequence[str]) -> dict[str, Any]:
    """What came of the games, as plain data: shares are 0-1, rates are per game."""
    games = len(records)
    scores = {seat: [record.scores[seat] for record in records] for seat in seats}
    orders = _summed(record.orders for record in records)
    stances = _summed(record.stances for record in records)
    agreements = _summed(record.agreements for record in records)
    cards = _summed(record.cards for record in records)
    endings = Counter(record.ending for record in records)
    return {
        "games": games,
        "turns": round(fmean(record.turns for record in records), 2),
        "seats": {
            seat: {
                "mean": round(fmean(scores[seat]), 2),
                "deviation": round(pstdev(scores[seat]), 2),
                "met": round(sum(seat in record.met for record in records) / games, 4),
                "top": round(sum(seat in record.top for record in records) / games, 4),
                "stances": _shares({stance: count for (who, stance), count in stances.items() if who == seat}),
                "orders": {
                    action.id: round(orders[seat, action.id] / games, 4)
                    for action in program.actions
                    if program.seats.index(seat) in action.seats
                },
            }
            for seat in seats
        },
        "nobody_met": round(sum(not record.met for record in records) / games, 4),
        "endings": {
            ending: round(endings[ending] / games, 4) for ending in (LAST_TURN, *(each.id for each in program.endings))
        },
        "cards": {card.id: round(cards[card.id] / games, 4) for card in program.cards},
        "options": _options(program, _summed(record.options for record in records)),
        "agreements": {agreement.id: round(agreements[agreement.id] / games, 4) for agreement in program.agreements},
        "never": _never(program, cards, orders, agreements, seats),
    }


def _summed(counts: Iterator[Mapping[Any, int]]) -> Counter[Any]:
    total: Counter[Any] = Counter()
    for count in counts:
        total.update(count)
    return total


def _shares(counts: Mapping[str, int]) -> dict[str, float]:
    total = sum(counts.values())
    return {stance: round(counts.get(stance, 0) / total, 4) if total else 0.0 for stance in ("escalate", "hold", "deescalate")}


def _options(program: Program, counts: Mapping[tuple[str, str, str], int]) -> dict[str, dict[str, dict[str, float]]]:
    shares: dict[str, dict[str, dict[str, float]]] = {}
    for card in program.cards:
        for addressee in card.addressees:
            chosen = {option.id: counts.get((card.id, addressee.key, option.id), 0) for option in addressee.options}
            total = sum(chosen.values())
            if total:
                shares.setdefault(card.id, {})[addressee.key] = {
                    name: round(count / total, 4) for name, count in chosen.items()
                }
    return shares


def _never(
    program: Program,
    cards: Mapping[str, int],
    orders: Mapping[tuple[str, str], int],
    agreements: Mapping[str, int],
    seats: Sequence[str],
) -> dict[str, list[str]]:
    """What never came up. Cards that only a facilitator fires are left out."""
    by_hand = (Pool.SHELF, Pool.CONTINGENCY)
    numbers = {program.seats.index(seat) for seat in seats}
    return {
        "cards": [card.id for card in program.cards if not cards.get(card.id) and card.pool not in by_hand],
        "orders": [
            action.id
            for action in program.actions
            if numbers & set(action.seats) and not any(orders.get((program.seats[seat], action.id)) for seat in action.seats)
        ],
        "agreements": [agreement.id for agreement in program.agreements if not agreements.get(agreement.id)],
    }
