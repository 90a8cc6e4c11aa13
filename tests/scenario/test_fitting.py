"""A fit file changes turns, clocks and cards of a scenario, goes with its sources, and its faults are told in their place."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from wargame.rules.compile import build
from wargame.scenario.fitting import FIT, Fit, fitted, read_fit
from wargame.scenario.load import load, load_sources
from wargame.scenario.model import Pool, Span
from wargame.scenario.problem import Report

PRACTICE = Path(__file__).parents[2] / "scenarios" / "practice"
WHOLE = load(PRACTICE).scenario
assert WHOLE is not None
CARDS = sorted(WHOLE.injects)


def test_what_is_named_is_changed_and_the_rest_stays() -> None:
    """Turns, seconds, cards a turn, shelved, moved and planned cards."""
    first, second, third = CARDS[:3]
    text = (
        f"turns: 2\nseconds: {{desk: 45}}\ncards: {{desk: 1}}\nshelf: [{first}]\nwhen: {{{second}: 1-2}}\nplan: {{{third}: 2}}"
    )
    loaded = load(PRACTICE, fit=text)
    assert not loaded.report.failed
    scenario = loaded.scenario
    assert scenario is not None
    assert WHOLE is not None
    desk = next(phase for phase in scenario.phases if phase.id == "desk")
    assert (scenario.turns.count, desk.seconds, desk.cards) == (2, 45, 1)
    assert scenario.injects[first].pool is Pool.SHELF
    assert scenario.injects[second].trigger.turns == Span(lo=1, hi=2)
    planned = scenario.injects[third]
    assert (planned.pool, planned.trigger.turns, planned.trigger.when) == (Pool.TRIGGER, Span(lo=2, hi=2), None)
    others = set(CARDS) - {first, second, third}
    assert all(scenario.injects[card] == WHOLE.injects[card] for card in others)


def test_it_goes_with_the_sources() -> None:
    """A game made of the sources alone is the fitted one again; without a file nothing is kept."""
    loaded = load(PRACTICE, fit="turns: 3\n")
    assert loaded.scenario is not None
    again = load_sources(loaded.scenario.sources)
    assert again.scenario is not None
    assert again.scenario.turns.count == 3
    assert build(again.scenario, again.report) is not None
    assert FIT not in load(PRACTICE).sources


def test_every_fault_is_told_in_its_place() -> None:
    """Too many turns, no such phase or card, a span that is none: all at once."""
    text = "turns: 99\nseconds: {desks: 60}\ncards: {rooms: 2}\nshelf: [nobody]\nwhen: {x: 1}\nplan: 3\nmore: 1\n"
    report = load(PRACTICE, fit=text).report
    assert [problem.mark.line for problem in report.sorted() if problem.mark.file == FIT] == [1, 2, 3, 4, 5, 6, 7]
    assert report.failed


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_reported(text: str) -> None:
    """Whatever stands in the file, there is a fit or a problem, never an exception."""
    report = Report()
    assert WHOLE is not None
    fitted(WHOLE, read_fit(text, WHOLE, report))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 4),
    st.dictionaries(st.just("desk"), st.integers(5, 600)),
    st.lists(st.sampled_from(CARDS), unique=True, max_size=4),
    st.dictionaries(st.sampled_from(CARDS), st.integers(1, 4), max_size=3),
)
def test_a_written_fit_reads_the_same(turns: int, seconds: dict[str, int], shelf: list[str], plan: dict[str, int]) -> None:
    """`str` of a fit is the file that says it."""
    fit = Fit(turns, seconds, {"desk": 1}, tuple(shelf), {CARDS[0]: Span(lo=1, hi=2)}, plan)
    report = Report()
    assert WHOLE is not None
    assert read_fit(str(fit), WHOLE, report) == fit
    assert not report.problems
