"""What differs between two sweeps is told, the largest difference first; the same sweep twice differs in nothing."""

from __future__ import annotations

from tests.support.play import program_of
from wargame.analysis.simulate import Simulation
from wargame.analysis.sweep.plan import Plan


def compared(first: str, second: str, games: int = 15) -> dict[str, object]:
    program = program_of("bridge_week")
    plan = Plan.of(program, first, program.seats, seed=1, games=games)
    found: dict[str, object] = Simulation(plan, second).run()
    return found


def test_the_same_bots_differ_in_nothing() -> None:
    against = compared("random", "random")["against"]
    assert isinstance(against, dict)
    assert all(told["gain"] == {"mean": 0.0, "low": 0.0, "high": 0.0} for told in against["seats"].values())
    assert all(told["difference"] == 0 for told in [*against["options"], *against["orders"]])
    assert against["orders"]


def test_better_bots_score_more_and_choose_otherwise() -> None:
    numbers = compared("one-ply", "random")
    against = numbers["against"]
    assert isinstance(against, dict)
    assert against["bots"] == "random"
    assert sum(told["gain"]["mean"] for told in against["seats"].values()) > 0
    sizes = [abs(told["difference"]) for told in against["orders"]]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 0.1
    for told in [*against["options"], *against["orders"]]:
        assert told["low"] <= told["difference"] <= told["high"]
        assert abs(told["share"] - told["share_against"] - told["difference"]) < 2e-4
