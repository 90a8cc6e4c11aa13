"""What a run of effects did, as events carry it."""

from __future__ import annotations

from attrs import define

from wargame.rules.execution import Deal, News, Roll


# Not frozen, for speed: playouts make one for every order, and a frozen class takes twice as long to make. Nothing changes one.
@define(unsafe_hash=True)
class Effect:
    """What a run of effects did: slot changes (slot, old, new), rolls, news, cards scheduled, motions called, choices
    opened, an ending (-1: none), and whose sight of what changed (viewer, slot, level)."""

    changes: tuple[tuple[int, int, int], ...] = ()
    rolls: tuple[Roll, ...] = ()
    news: tuple[News, ...] = ()
    deals: tuple[Deal, ...] = ()
    motions: tuple[int, ...] = ()
    opened: tuple[int, ...] = ()
    ending: int = -1
    sight: tuple[tuple[int, int, int], ...] = ()


NOTHING = Effect()
