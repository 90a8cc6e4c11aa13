"""Who acts next when all seats are bots and the same seed has to tell the same story: one seat at a time, in a fixed order."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TypeAlias

Moment: TypeAlias = tuple[str, int, str]  # status, turn, phase

ROUNDS = 6  # times around the table before the seats have to be done


def schedule(seats: Sequence[str]) -> Generator[tuple[str, bool] | None, tuple[bool, Moment], None]:
    """Yields (seat, whether it may seal) for one command at a time, and is sent whether it had one and the moment after it.

    In every phase the seats first do all they want but seal, around the table until nobody wants anything, so that each
    can answer what others proposed; then they seal. Yields None where that did not end the phase: somebody has to
    end it from outside. Never ends by itself.
    """
    _, moment = yield seats[0], False
    while True:
        before = moment
        for sealing in (False, True):
            for _ in range(ROUNDS):
                busy = False
                for seat in seats:
                    acted = True
                    while acted and moment == before:
                        acted, moment = yield seat, sealing
                        busy = busy or acted
                if not busy or moment != before:
                    break
            if moment != before:
                break
        if moment == before:
            _, moment = yield None
