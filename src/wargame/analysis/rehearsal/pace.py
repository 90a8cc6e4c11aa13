"""The pace of people: how long they read, decide and talk. The figures and where they come from stand in `paces.yaml`."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.resources import files
from statistics import NormalDist

import cattrs
import yaml
from attrs import frozen

PACES = ("slow", "usual", "brisk")


@frozen
class Pace:
    """Seconds for each thing people do; `member` and `spread` are shares, `messages` a number for each decision."""

    words_a_minute: float
    answer: float
    order: float
    deal: float
    vote: float
    choose: float
    headline: float
    changeover: float
    member: float
    spread: float
    messages: float
    opening_minutes: float
    debrief_minutes: float

    def reading(self, words: int) -> float:
        """Seconds to read so many words."""
        return 60 * words / self.words_a_minute

    def hesitation(self, *purpose: object) -> float:
        """By how much somebody is slower than usual this time; the same for the same purpose.

        Lognormal about 1, as times of people are.
        """
        told = blake2b("|".join(map(str, purpose)).encode(), digest_size=8).digest()
        share = (int.from_bytes(told, "little") + 0.5) / 2**64
        return float(2.718281828459045 ** (NormalDist().inv_cdf(share) * self.spread))


@cache
def paces() -> dict[str, Pace]:
    """The paces by name."""
    plain = yaml.safe_load(files("wargame.analysis.rehearsal").joinpath("paces.yaml").read_text("utf-8"))
    return {name: cattrs.structure(plain[name], Pace) for name in PACES}
