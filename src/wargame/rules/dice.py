"""Dice keyed by purpose: a roll is a function of the game's seed and of what it is for, never of what was rolled before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b, sha256
from typing import Any, TypeVar

T = TypeVar("T")

SEED_BYTES = 32


def draw(seed: bytes, purpose: str, sides: int) -> int:
    """A number from 0 to `sides` - 1 (`sides` from 1 to 2**32), the same for the same seed and purpose.

    The first 8 bytes of keyed BLAKE2b over the UTF-8 purpose, little-endian, scaled; the bias is below 2**-32.
    """
    keyed = _keyed(seed).copy()
    keyed.update(purpose.encode())
    return int.from_bytes(keyed.digest(), "little") * sides >> 64


@lru_cache(maxsize=256)
def _keyed(seed: bytes) -> Any:
    """The hash with the key taken in: half of the work of a roll, the same for a whole game."""
    return blake2b(digest_size=8, key=seed)


def shuffled(seed: bytes, purpose: str, members: Iterable[T], count: int | None = None) -> list[T]:
    """The members in an order that is uniform over seeds (Fisher-Yates); with `count` only the first so many."""
    order = list(members)
    wanted = len(order) if count is None else min(count, len(order))
    for place in range(min(wanted, len(order) - 1)):
        other = place + draw(seed, f"{purpose}|{place}", len(order) - place)
        order[place], order[other] = order[other], order[place]
    return order[:wanted]


def purpose(*parts: object) -> str:
    """What dice are for, in one text."""
    return "|".join(map(str, parts))


def thousandths(weights: Sequence[float]) -> list[int]:
    """Weights as they are drawn by: whole thousandths."""
    return [weight * 1000 if isinstance(weight, int) else round(weight * 1000) for weight in weights]


def pick_weighted(seed: bytes, purpose: str, weights: Sequence[float]) -> int:
    """An index with chance in proportion to its weight; -1 when no weight is above 0."""
    scaled = thousandths(weights)
    total = sum([weight for weight in scaled if weight > 0])
    if total == 0:
        return -1
    rest = draw(seed, purpose, total)
    for index, weight in enumerate(scaled):
        if weight > 0:
            rest -= weight
            if rest < 0:
                return index
    raise AssertionError("a draw below the total falls on a weight")


def commitment(seed: bytes) -> str:
    """What is shown at the start, so that the seed revealed at the end can be checked: SHA-256, hex."""
    return sha256(b"wargame seed:" + seed).hexdigest()
