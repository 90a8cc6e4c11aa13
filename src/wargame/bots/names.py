"""The levels of bots by name, with what each is, for people. The first is the usual one."""

from __future__ import annotations

from collections.abc import Mapping

LEVELS: Mapping[str, str] = {
    "one-ply": "one that thinks a step ahead",
    "hawk": "one that likes to escalate",
    "dove": "one that likes to calm things down",
    "tit-for-tat": "one that answers in kind",
    "search": "one that plays its choices out in its head",
    "random": "one that chooses by chance",
}
