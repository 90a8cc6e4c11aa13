"""The yardstick game as straight-line Python over one list of integers: what the engine is measured against.

    PYTHONPATH=benchmarks python -m yardstick.straight [GAMES]

The board is 20 tracks, then a count of pieces for every (area, seat). Before each choice the full list of legal orders is made,
as an engine has to in order to offer a menu, and one is taken at random.
"""

from __future__ import annotations

import sys
from random import Random
from time import perf_counter

from yardstick.generate import AREAS, CARDS, SEATS, TRACKS, TURNS, deck, neighbours

HIGH = 20
MIDDLE = 10
ROOM = 9
MOVE, STRIKE, INFLUENCE, REINFORCE = range(4)

DECK = deck()
NEAR = tuple(neighbours(area) for area in range(AREAS))


def start() -> list[int]:
    """The board before turn 1: tracks at 10; three pieces at home, one in each of the last two areas."""
    board = [MIDDLE] * TRACKS + [0] * (AREAS * SEATS)
    for seat in range(SEATS):
        board[TRACKS + seat * SEATS + seat] = 3
        for area in range(SEATS, AREAS):
            board[TRACKS + area * SEATS + seat] = 1
    return board


def legal(board: list[int], seat: int) -> list[tuple[int, int, int]]:
    """Every order a seat may give: (what, first, second)."""
    orders = []
    for area in range(AREAS):
        base = TRACKS + area * SEATS
        if board[base + seat] < 1:
            continue
        for other in NEAR[area]:
            if board[TRACKS + other * SEATS + seat] < ROOM:
                orders.append((MOVE, area, other))
        for enemy in range(SEATS):
            if enemy != seat and board[base + enemy] >= 1:
                orders.append((STRIKE, area, enemy))
    for track in range(SEATS, TRACKS):
        orders.append((INFLUENCE, track, 1))
        orders.append((INFLUENCE, track, -1))
    if board[seat] >= 2 and board[TRACKS + seat * SEATS + seat] < ROOM:
        orders.append((REINFORCE, seat, 0))
    return orders


def add(board: list[int], track: int, by: int) -> None:
    """Moves a track within its bounds."""
    value = board[track] + by
    board[track] = 0 if value < 0 else HIGH if value > HIGH else value


def carry_out(board: list[int], seat: int, order: tuple[int, int, int], random: Random) -> None:
    """One order."""
    what, first, second = order
    if what == MOVE:
        board[TRACKS + first * SEATS + seat] -= 1
        board[TRACKS + second * SEATS + seat] += 1
    elif what == STRIKE:
        own, theirs = TRACKS + first * SEATS + seat, TRACKS + first * SEATS + second
        if random.randint(1, 6) + board[own] > random.randint(1, 6) + board[theirs]:
            board[theirs] -= 1
            add(board, seat, 1)
            add(board, 2 * SEATS + first, -1)
        else:
            board[own] -= 1
    elif what == INFLUENCE:
        die = random.randint(1, 6)
        if die == 1:
            add(board, seat, -1)
        else:
            add(board, first, second if die <= 3 else 2 * second)
    else:
        add(board, seat, -2)
        board[TRACKS + seat * SEATS + seat] += 1


def upkeep(board: list[int]) -> None:
    """Area tracks drift towards the middle; a seat with strictly the most pieces in an area gains."""
    for area in range(AREAS):
        track = 2 * SEATS + area
        if board[track] > MIDDLE:
            board[track] -= 1
        elif board[track] < MIDDLE:
            board[track] += 1
        base = TRACKS + area * SEATS
        pieces = board[base : base + SEATS]
        most = max(pieces)
        if most >= 1 and pieces.count(most) == 1:
            add(board, pieces.index(most), 1)


def play(random: Random) -> list[int]:
    """One game by random choice; the tracks at its end."""
    board = start()
    cards = list(range(CARDS))
    random.shuffle(cards)
    for _ in range(TURNS):
        for _ in range(2):
            option = random.choice(DECK[cards.pop()])
            for track, by in option.fixed:
                add(board, track, by)
            add(board, option.diced, random.randint(1, 6) - 3)
        for seat in range(SEATS):
            for _ in range(2):
                carry_out(board, seat, random.choice(legal(board, seat)), random)
        upkeep(board)
    return board[:TRACKS]


def main() -> None:
    """Plays some games and says how many a second."""
    games = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    random = Random(1)
    began = perf_counter()
    for _ in range(games):
        play(random)
    print(f"{games / (perf_counter() - began):.0f} games a second")


if __name__ == "__main__":
    main()
